"""Draws one query of the strip: picture, name, and below it what was found or how far it is."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from beautyfinder.gui.card_text import paint_lines
from beautyfinder.gui.query_strip_model import (
    ITEM_ROLE,
    THUMBNAIL,
    QueryState,
    StripItem,
    StripModel,
)
from beautyfinder.gui.theme import Theme, current_theme, paint_icon, scaled_font

_PAD, _GAP, _RADIUS = 6, 8, 10.0
_WORDS = 132  # pixels in width
_BADGE = 17.0
# Icon and colour, as the results panel has them.
_VERDICTS = {
    "match": ("match", "good"),
    "unsure": ("unsure", "warning"),
    "no match": ("no-match", "warning"),
}

_Index = QModelIndex | QPersistentModelIndex


class StripDelegate(QStyledItemDelegate):
    """Paints in the current theme; every item has the same `size`."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view

    def size(self) -> QSize:
        """Of an item, the gap at its right included."""
        return QSize(THUMBNAIL + 4 * _PAD + _WORDS + _GAP, THUMBNAIL + 2 * _PAD + 2)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return self.size()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        item, model = index.data(ITEM_ROLE), index.model()
        if not isinstance(item, StripItem) or not isinstance(model, StripModel):
            return
        theme = current_theme()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        card = QRectF(option.rect).adjusted(1, 1, -1 - _GAP, -1)
        self._paint_card(painter, card, option, theme)
        picture = QRectF(card.left() + _PAD, card.top() + _PAD, THUMBNAIL, THUMBNAIL)
        picture.setHeight(card.height() - 2 * _PAD)
        self._paint_picture(painter, picture, item, theme)
        self._paint_words(painter, card, picture.right() + 2 * _PAD, item, model, theme)
        painter.restore()

    def _paint_card(
        self, painter: QPainter, card: QRectF, option: QStyleOptionViewItem, theme: Theme
    ) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = selected and bool(option.state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        colour = theme.border_strong if hovered else theme.border
        painter.setPen(QPen(theme.accent, 2.5 if focused else 1.5) if selected else QPen(colour, 1))
        painter.setBrush(theme.accent_soft if selected else theme.surface)
        painter.drawRoundedRect(card, _RADIUS, _RADIUS)

    def _paint_picture(
        self, painter: QPainter, area: QRectF, item: StripItem, theme: Theme
    ) -> None:
        clip = QPainterPath()
        clip.addRoundedRect(area, 6, 6)
        painter.fillPath(clip, theme.well)
        if item.picture.isNull():
            place = QRectF(0, 0, 26, 26)
            place.moveCenter(area.center())
            paint_icon(painter, "photo", place, theme.muted)
            return
        whole = QRectF(item.picture.rect())
        side = min(whole.width(), whole.height())
        middle = QRectF(0, 0, side, side * area.height() / area.width())
        middle.moveCenter(whole.center())
        painter.save()
        painter.setClipPath(clip)
        painter.drawImage(area, item.picture, middle)
        painter.restore()

    def _paint_words(
        self,
        painter: QPainter,
        card: QRectF,
        left: float,
        item: StripItem,
        model: StripModel,
        theme: Theme,
    ) -> None:
        small = scaled_font(self._view.font(), 0.9)
        room = QRectF(left, card.top() + _PAD + 2, card.right() - _PAD - left, card.height())
        icon, colour = _badge(item, theme)
        badge = QRectF(left, room.top(), _BADGE, _BADGE)
        paint_icon(painter, icon, badge, colour)
        name = room.adjusted(_BADGE + 5, 0, 0, 0)
        metrics = QFontMetrics(small)
        painter.setFont(small)
        painter.setPen(theme.muted)
        elided = metrics.elidedText(item.name, Qt.TextElideMode.ElideMiddle, int(name.width()))
        name.setHeight(_BADGE)
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)
        lines = max(1, int((card.bottom() - _PAD - badge.bottom() - 5) // metrics.lineSpacing()))
        told = item.state in (QueryState.ANSWERED, QueryState.FAILED)
        below = QRectF(left, badge.bottom() + 5, room.width(), card.height())
        ink = theme.text if told else theme.muted
        paint_lines(painter, below, small, model.short_words(item), ink, lines)


def _badge(item: StripItem, theme: Theme) -> tuple[str, QColor]:
    """Icon and colour for how far a query is."""
    if item.state == QueryState.WAITING:
        return "recent", theme.muted
    if item.state == QueryState.LOOKING_UP:
        return "find", theme.accent
    if item.state == QueryState.FAILED:
        return "alert", theme.warning
    icon, colour = _VERDICTS.get(item.verdict, ("unsure", "warning"))
    return icon, getattr(theme, colour)
