"""Garbage collection in the window's thread only.

Python collects reference cycles in whichever thread happens to allocate: in the engine's, it would
destroy widgets there, which ends the process. So it is switched off and done by a timer instead.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY_MS = 1000
_FLOOD = 50_000


class GarbageCollector(QObject):
    """Collects in the thread that made it, as often as Python itself would, once a second."""

    def __init__(self) -> None:
        super().__init__()
        self._was_on = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._on_tick)

    def install(self) -> None:
        """From now on."""
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer.start()

    def uninstall(self) -> None:
        """Back to Python's own way."""
        self._timer.stop()
        if self._was_on:
            gc.enable()

    @Slot()
    def on_libraries_loaded(self) -> None:
        """What is there now stays: looking through torch's objects again would take 0.1 s."""
        gc.freeze()

    @Slot()
    def _on_tick(self) -> None:
        counts = gc.get_count()
        if counts[0] > _FLOOD:  # modules being imported: they stay, and looking takes long
            gc.freeze()
            return
        due = [count > most for count, most in zip(counts, gc.get_threshold(), strict=True)]
        if any(due):
            gc.collect(2 if due[2] else 1 if due[1] else 0)
