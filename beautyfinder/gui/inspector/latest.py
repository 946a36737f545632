"""Work beside the window of which only the newest wish counts."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, Slot

from beautyfinder.errors import UserError
from beautyfinder.gui.faults import sentence_for


class Latest(QObject):
    """Does one piece of work at a time, in Qt's thread pool.

    Of those asked for meanwhile only the last is begun; the result of one that was asked for before
    another is dropped. `done` is called with the result and `failed` with a sentence, in the thread
    that made this. The result itself is not a signal's argument: PySide 6.12 now and then delivers
    None in its place.
    """

    _ended = Signal()

    def __init__(
        self, parent: QObject, done: Callable[[Any], None], failed: Callable[[str], None]
    ) -> None:
        super().__init__(parent)
        self._done, self._failed = done, failed
        self._next: Callable[[], Any] | None = None
        self._running = self._dropped = False
        self._result: Any = None
        self._why = ""
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

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

        def run() -> None:
            try:
                self._result, self._why = work(), ""
            except UserError as error:
                self._why = str(error)
            except Exception as error:
                self._why = sentence_for(error)
            with suppress(RuntimeError):  # the window has gone meanwhile
                self._ended.emit()

        QThreadPool.globalInstance().start(run)

    @Slot()
    def _on_ended(self) -> None:
        result, why = self._result, self._why
        self._result, self._running = None, False
        wanted = self._next is None and not self._dropped
        self._start()
        if not wanted:
            return
        if why:
            self._failed(why)
        else:
            self._done(result)
