"""Watches an event loop: for how long nothing could be done in it."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer

_EVERY_MS = 2


class StallWatch(QObject):
    """A timer that is due every 2 ms: where it comes later, the loop was busy so long.

    worst, stalls over 50 ms: in seconds, since `start`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.worst = 0.0
        self.over_50_ms: list[float] = []
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._on_tick)

    def start(self) -> None:
        """Forget what was, and watch."""
        self.worst, self.over_50_ms = 0.0, []
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        if self._timer.isActive():
            self._on_tick()
            self._timer.stop()

    def _on_tick(self) -> None:
        now = time.perf_counter()
        stall = now - self._last - _EVERY_MS / 1000
        self.worst = max(self.worst, stall)
        if stall > 0.05:
            self.over_50_ms.append(stall)
        self._last = now
