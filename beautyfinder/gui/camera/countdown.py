"""Counts the seconds down to a photo."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

SECOND_MS = 1_000


class Countdown(QObject):
    """`ticked` (seconds left; 0: it is over or was stopped), then `done` unless it was stopped."""

    ticked = Signal(int)
    done = Signal()

    def __init__(self, parent: QObject | None = None, second_ms: int = SECOND_MS) -> None:
        super().__init__(parent)
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setInterval(second_ms)
        self._timer.timeout.connect(self._on_second)

    def start(self, seconds: int) -> None:
        """Count from there; 0: at once."""
        self._left = seconds
        if seconds:
            self.ticked.emit(seconds)
            self._timer.start()
        else:
            self.done.emit()

    def stop(self) -> bool:
        """No photo after all; says whether one was being counted down to."""
        ran = self._timer.isActive()
        self._timer.stop()
        if ran:
            self.ticked.emit(0)
        return ran

    def is_running(self) -> bool:
        """Whether it counts."""
        return self._timer.isActive()

    @Slot()
    def _on_second(self) -> None:
        self._left -= 1
        self.ticked.emit(self._left)
        if not self._left:
            self._timer.stop()
            self.done.emit()
