"""Text in a given number of lines, the last one elided."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout, QTextOption


def wrapped(text: str, font: QFont, width: float, most: int) -> list[str]:
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
        elide = Qt.TextElideMode.ElideRight
        lines.append(QFontMetrics(font).elidedText(rest, elide, int(width)))
    return lines


def paint_lines(
    painter: QPainter, area: QRectF, font: QFont, text: str, colour: QColor, most: int
) -> float:
    """Draw `text` from the top of `area`; returns where the room of `most` lines ends."""
    spacing = QFontMetrics(font).lineSpacing()
    painter.setFont(font)
    painter.setPen(colour)
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    for n, line in enumerate(wrapped(text, font, area.width(), most)):
        place = QRectF(area.left(), area.top() + n * spacing, area.width(), spacing)
        painter.drawText(place, left, line)
    return area.top() + most * spacing
