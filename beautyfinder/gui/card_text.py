"""Text on cards: in a given number of lines, the last one elided; and words as chips."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout, QTextOption

from beautyfinder.gui.theme import Theme

_RIGHT = Qt.TextElideMode.ElideRight


def wrapped(
    text: str, font: QFont, width: float, most: int, elide: Qt.TextElideMode = _RIGHT
) -> list[str]:
    """`text` in at most `most` lines of `width`, the last elided where there is more."""
    if most <= 0 or not text:
        return []
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(text, font)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[str] = []
    start = 0
    while len(lines) < most - 1 and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start = line.textStart() + line.textLength()
        lines.append(text[line.textStart() : start].strip())
    layout.endLayout()
    if rest := text[start:].strip():
        lines.append(QFontMetrics(font).elidedText(rest, elide, int(width)))
    return lines


def paint_lines(
    painter: QPainter,
    area: QRectF,
    font: QFont,
    text: str,
    colour: QColor,
    most: int,
    elide: Qt.TextElideMode = _RIGHT,
) -> float:
    """Draw `text` from the top of `area`; returns where the room of `most` lines ends."""
    spacing = QFontMetrics(font).lineSpacing()
    painter.setFont(font)
    painter.setPen(colour)
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    for n, line in enumerate(wrapped(text, font, area.width(), most, elide)):
        place = QRectF(area.left(), area.top() + n * spacing, area.width(), spacing)
        painter.drawText(place, left, line)
    return area.top() + most * spacing


def paint_chips(
    painter: QPainter, area: QRectF, font: QFont, words: Sequence[str], height: int, theme: Theme
) -> None:
    """Draw `words` in one row from the left of `area`; those that do not fit as “+2”."""
    painter.setFont(font)
    metrics, left, gap = QFontMetrics(font), area.left(), 5

    def width_of(text: str) -> int:
        return metrics.horizontalAdvance(text) + 16

    def draw(text: str, width: float) -> None:
        place = QRectF(left, area.top(), width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.accent_soft)
        painter.drawRoundedRect(place, height / 2, height / 2)
        painter.setPen(theme.text)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)

    for n, word in enumerate(words):
        more = len(words) - n - 1
        room = area.right() - left - (width_of(f"+{more}") + gap if more else 0)
        if width_of(word) > room:
            if n:
                draw(f"+{more + 1}", width_of(f"+{more + 1}"))
                return
            word = metrics.elidedText(word, Qt.TextElideMode.ElideRight, int(room) - 16)
        draw(word, width_of(word))
        left += width_of(word) + gap
