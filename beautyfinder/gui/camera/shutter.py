"""The big round button that takes a photo."""

from __future__ import annotations

import math

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from beautyfinder.gui.theme import current_theme, paint_icon

_SIDE = 64


class Shutter(QAbstractButton):
    """A disc in a ring; a cross in its middle while a countdown may be stopped."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counting = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_counting(False)

    def set_counting(self, counting: bool) -> None:
        """Whether a click stops a countdown."""
        self._counting = counting
        if counting:
            name, tip = self.tr("Stop the countdown"), self.tr("Stop the countdown (Escape)")
        else:
            name = self.tr("Take a photo")
            tip = self.tr("Take a photo and look it up in full (Space)")
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_SIDE, _SIDE)

    def hitButton(self, place: QPoint) -> bool:
        offset = place - self.rect().center()
        return math.hypot(offset.x(), offset.y()) <= _SIDE / 2

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(0, 0, _SIDE - 4, _SIDE - 4)
        ring.moveCenter(QRectF(self.rect()).center())
        colour = theme.accent if self.isEnabled() else theme.border_strong
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            colour = theme.accent_hover
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.text if self.hasFocus() else colour, 3))
        painter.drawEllipse(ring)
        inset = 8 if self.isDown() else 6
        disc = ring.adjusted(inset, inset, -inset, -inset)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(disc)
        icon = QRectF(0, 0, 24, 24)
        icon.moveCenter(disc.center())
        ink = theme.accent_text if self.isEnabled() else theme.surface
        paint_icon(painter, "close" if self._counting else "camera", icon, ink)
        painter.end()
