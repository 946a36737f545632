"""Work beside the window of which only the newest wish counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from beautyfinder.gui.task import Task


class Latest(QObject):
    """Does one piece of work at a time, in Qt's thread pool.

    Of those asked for meanwhile only the last is begun; the result of one that was asked for before
    another is dropped. `done` (the result), `failed` (a sentence).
    """

    done = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._next: Callable[[], Any] | None = None
        self._running = False
        self._dropped = False

    def ask(self, work: Callable[[], Any]) -> None:
        """Do this, in place of what was asked for before."""
        self._next = work
        if not self._running:
            self._start()

    def forget(self) -> None:
        """Nobody wants what runs or waits any more."""
        self._next, self._dropped = None, self._running

    def busy(self) -> bool:
        """Whether something runs."""
        return self._running

    def _start(self) -> None:
        work, self._next = self._next, None
        if work is None:
            return
        self._running, self._dropped = True, False
        task = Task(work, self)
        task.done.connect(self._on_done)
        task.failed.connect(self._on_failed)
        task.start()

    @Slot(object)
    def _on_done(self, result: object) -> None:
        if self._over():
            self.done.emit(result)

    @Slot(str)
    def _on_failed(self, why: str) -> None:
        if self._over():
            self.failed.emit(why)

    def _over(self) -> bool:
        """Begin what waits; whether what has just ended is the newest."""
        self._running = False
        wanted = self._next is None and not self._dropped
        self._start()
        return wanted
