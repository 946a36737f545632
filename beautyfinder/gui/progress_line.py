"""A thin line that shows how far something is."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from beautyfinder.gui.theme import current_theme


class ProgressLine(QWidget):
    """Four pixels high: how far it is, or a light that wanders while that is not known."""

    def __init__(self) -> None:
        super().__init__()
        self._share: float | None = None
        self._active = False
        self._phase = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(33)
        self._timer.timeout.connect(self._on_tick)
        self.setFixedHeight(4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float | None) -> None:
        """0 to 1, or None where it is not known."""
        self._active, self._share = True, share
        self._follow()

    def stop(self) -> None:
        """Nothing runs."""
        self._active = False
        self._follow()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _follow(self) -> None:
        if self._active and self._share is None and self.isVisible():
            self._timer.start()
        else:
            self._timer.stop()
        self.update()

    def _on_tick(self) -> None:
        self._phase = (self._phase + 0.012) % 1.0
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._active:
            return
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        track = QRectF(self.rect())
        painter.setBrush(theme.hover)
        painter.drawRoundedRect(track, 2, 2)
        painter.setBrush(theme.accent)
        if self._share is None:
            width = track.width() * 0.22
            track = QRectF(self._phase * (track.width() + width) - width, 0, width, 4)
        else:
            track.setWidth(max(4.0, track.width() * self._share))
        painter.drawRoundedRect(track, 2, 2)
        painter.end()
