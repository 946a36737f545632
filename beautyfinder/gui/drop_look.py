"""Draws the drop area's words: an invitation while there is no photo, “let go” under a drag."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from beautyfinder.gui.theme import Theme, paint_icon, scaled_font

RADIUS = 14.0
"""Of the corners of the drop area."""


def paint_invitation(
    painter: QPainter, area: QRectF, theme: Theme, title: str, detail: str, lively: bool
) -> None:
    """The empty drop area; `lively`: the mouse is over it."""
    colour = theme.accent if lively else theme.border_strong
    _paint_frame(painter, area, QPen(colour, 1.5), theme.surface)
    icon = theme.accent if lively else theme.muted
    _paint_words(painter, area, (icon, theme.text, theme.muted), title, detail)


def paint_let_go(painter: QPainter, area: QRectF, theme: Theme, ground: QColor, words: str) -> None:
    """Over whatever is there, while something that may be dropped is held above."""
    _paint_frame(painter, area, QPen(theme.accent, 2.0), ground)
    _paint_words(painter, area, (theme.accent, theme.accent, theme.muted), words, "")


def _paint_frame(painter: QPainter, area: QRectF, pen: QPen, ground: QColor) -> None:
    pen.setDashPattern([5, 4])
    painter.setPen(pen)
    painter.setBrush(ground)
    painter.drawRoundedRect(area, RADIUS, RADIUS)


def _paint_words(
    painter: QPainter,
    area: QRectF,
    colours: tuple[QColor, QColor, QColor],
    title: str,
    detail: str,
) -> None:
    """Icon, title and detail in these colours, one below the other in the middle of `area`."""
    plain = painter.font()
    large = scaled_font(plain, 1.25, QFont.Weight.DemiBold)
    painter.setFont(large)
    title_height = painter.fontMetrics().height() * 1.2
    painter.setFont(plain)
    detail_height = painter.fontMetrics().lineSpacing() * (detail.count("\n") + 1)
    side = min(72.0, area.height() * 0.24)
    height = side + 14 + title_height + (6 + detail_height if detail else 0)
    top = area.center().y() - height / 2
    paint_icon(painter, "photo", QRectF(area.center().x() - side / 2, top, side, side), colours[0])
    top += side + 14
    centred = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
    painter.setPen(colours[1])
    painter.setFont(large)
    painter.drawText(QRectF(area.left(), top, area.width(), title_height), centred, title)
    painter.setPen(colours[2])
    painter.setFont(plain)
    place = QRectF(area.left(), top + title_height + 6, area.width(), detail_height + 4)
    painter.drawText(place, centred, detail)
