"""What lies on top of the pictures: captions, the outline, the chosen part, the lit pair."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from beautyfinder.gui.inspector.overlay import Box
from beautyfinder.gui.inspector.pane import Pane
from beautyfinder.gui.theme import Theme

if TYPE_CHECKING:
    from beautyfinder.features.keypoints import LocalFeatures
    from beautyfinder.search.inspection import Inspection

_SHADE = QColor(12, 14, 20, 190)  # under white: on pictures, not on the window
_WHITE = QColor(255, 255, 255)
_YELLOW = QColor(255, 204, 0)  # as search.match_look has it
_LEAST_RING = 6.0


def paint_caption(
    painter: QPainter, area: QRectF, text: str, theme: Theme, side: Qt.AlignmentFlag
) -> None:
    """A word on a small plate: in the corner of a picture, or in the middle of all."""
    if not text:
        return
    metrics = QFontMetricsF(painter.font())
    text = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, area.width() - 48)
    size = metrics.size(Qt.TextFlag.TextSingleLine, text)
    plate = QRectF(area.left() + 10, area.top() + 10, size.width() + 20, size.height() + 8)
    if side == Qt.AlignmentFlag.AlignRight:
        plate.moveRight(area.right() - 10)
    elif side == Qt.AlignmentFlag.AlignCenter:
        plate.moveCenter(area.center())
    back = QColor(theme.surface)
    back.setAlpha(232)
    painter.setPen(QPen(theme.border, 1))
    painter.setBrush(back)
    painter.drawRoundedRect(plate, 8, 8)
    painter.setPen(theme.text)
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)


def paint_outline(painter: QPainter, pane: Pane, outline: NDArray[np.float64]) -> None:
    """Where the product lies; `outline` (N, 2) in pixels from the picture's corner."""
    polygon = QPolygonF([QPointF(*corner) for corner in pane.to_widget(outline).tolist()])
    painter.save()
    painter.setClipRect(pane.rect)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((_SHADE, 3.6), (_YELLOW, 1.8)):
        pen = QPen(colour, width)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolygon(polygon)
    painter.restore()


def paint_region(painter: QPainter, pane: Pane, box: Box, theme: Theme) -> None:
    """The part of the photo whose matches count; what lies beside it is veiled."""
    corners = pane.to_widget(np.array([box[:2], (box[0] + box[2], box[1] + box[3])]))
    inner = QRectF(QPointF(*corners[0].tolist()), QPointF(*corners[1].tolist()))
    painter.save()
    painter.setClipRect(pane.rect)
    veil = QPainterPath()
    veil.addRect(pane.rect)
    veil.addRect(inner)
    shade = QColor(_SHADE)
    shade.setAlpha(110)
    painter.fillPath(veil, shade)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(_WHITE, 3))
    painter.drawRect(inner)
    painter.setPen(QPen(theme.accent, 1.6))
    painter.drawRect(inner)
    painter.restore()


def paint_lit(
    painter: QPainter, inspection: Inspection, pair: int, photo: Pane, picture: Pane
) -> None:
    """One pair on top of all: its line, and both keypoints with scale and orientation."""
    nearest = int(inspection.nearest[pair])
    ends = [
        _end(pane, features, row)
        for pane, features, row in (
            (photo, inspection.query, nearest),
            (picture, inspection.catalogue, pair),
        )
    ]
    if all(pane.rect.contains(end[0]) for pane, end in zip((photo, picture), ends, strict=True)):
        (start, first, _), (stop, second, _) = ends
        way = stop - start
        length = max(1.0, math.hypot(way.x(), way.y()))
        unit = way / length
        for colour, width in ((_SHADE, 4.6), (_WHITE, 2.2)):
            painter.setPen(QPen(colour, width, c=Qt.PenCapStyle.RoundCap))
            painter.drawLine(start + unit * min(first, length), stop - unit * min(second, length))
    for pane, (place, radius, turn) in zip((photo, picture), ends, strict=True):
        painter.save()
        painter.setClipRect(pane.rect)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        tip = place + QPointF(math.cos(turn), math.sin(turn)) * radius
        for colour, width in ((_SHADE, 4.6), (_WHITE, 2.2)):
            painter.setPen(QPen(colour, width))
            painter.drawEllipse(place, radius, radius)
            painter.drawLine(place, tip)
        painter.restore()


def _end(pane: Pane, features: LocalFeatures, row: int) -> tuple[QPointF, float, float]:
    """Place and radius in the widget, and the angle in radians."""
    place = pane.to_widget(features.points[[row]] + 0.5)[0].tolist()
    radius = max(_LEAST_RING, float(features.scales[row]) / 2 * pane.scale)
    return QPointF(*place), radius, math.radians(float(features.angles[row]))
