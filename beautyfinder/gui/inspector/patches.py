"""One keypoint's surroundings, magnified and turned as the descriptor sees them."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from beautyfinder.gui.theme import current_theme

_WINDOW = 6.0  # SIFT's descriptor covers so many diameters of the keypoint
_CELLS = 4
_SIDE = 120


class Patch(QWidget):
    """Square; the keypoint is in the middle and its orientation points to the right."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._levels: tuple[QImage, ...] = ()
        self._keypoint: tuple[float, float, float, float] | None = None
        self.setAccessibleName(name)
        self.setToolTip(
            self.tr(
                "{name}: the keypoint's surroundings at its scale, turned so that its orientation "
                "points to the right. The grid is the descriptor's."
            ).format(name=name)
        )
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_keypoint(
        self, levels: tuple[QImage, ...], keypoint: tuple[float, float, float, float] | None
    ) -> None:
        """`keypoint`: x and y from the picture's corner, diameter in its pixels, degrees."""
        self._levels, self._keypoint = levels, keypoint
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_SIDE, _SIDE)

    def minimumSizeHint(self) -> QSize:
        return QSize(72, 72)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return width

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = float(min(self.width(), self.height()))
        area = QRectF(0.5, 0.5, side - 1, side - 1)
        edge = QPainterPath()
        edge.addRoundedRect(area, 8, 8)
        painter.fillPath(edge, theme.well)
        if self._keypoint is not None and self._levels:
            painter.save()
            painter.setClipPath(edge)
            self._paint_picture(painter, area, self._keypoint)
            _paint_grid(painter, area)
            painter.restore()
        painter.setPen(QPen(theme.border_strong, 1))
        painter.drawPath(edge)
        painter.end()

    def _paint_picture(
        self, painter: QPainter, area: QRectF, keypoint: tuple[float, float, float, float]
    ) -> None:
        x, y, diameter, angle = keypoint
        seen = max(diameter * _WINDOW, 8.0)
        scale = area.width() / seen
        whole = self._levels[0].width()
        fine = [level for level in self._levels if level.width() >= whole * scale]
        level = fine[-1] if fine else self._levels[0]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(area.center())
        painter.rotate(-angle)
        painter.scale(scale, scale)
        painter.translate(-x, -y)
        painter.scale(whole / level.width(), self._levels[0].height() / level.height())
        painter.drawImage(0, 0, level)
        painter.restore()


def _paint_grid(painter: QPainter, area: QRectF) -> None:
    """The descriptor's cells and the orientation; white on dark, to be seen on any picture."""
    step, middle = area.width() / _CELLS, area.center()
    lines = []
    for n in range(1, _CELLS):
        across, down = area.left() + n * step, area.top() + n * step
        lines.append(QLineF(across, area.top(), across, area.bottom()))
        lines.append(QLineF(area.left(), down, area.right(), down))
    painter.setPen(QPen(QColor(255, 255, 255, 70), 1))
    painter.drawLines(lines)
    radius = area.width() / 12
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((QColor(12, 14, 20, 190), 3.6), (QColor(255, 255, 255), 1.8)):
        painter.setPen(QPen(colour, width))
        painter.drawEllipse(middle, radius, radius)
        painter.drawLine(middle, middle + QPointF(radius * 1.9, 0))
