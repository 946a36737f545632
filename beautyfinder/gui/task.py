"""One piece of work beside the window, in Qt's thread pool."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, Slot

from beautyfinder.errors import UserError
from beautyfinder.gui.faults import sentence_for


class Task(QObject):
    """`done` (what `work` returned) or `failed` (a sentence), in the thread that made the Task.

    Lives until then, or as long as `owner`, whichever is shorter.
    """

    done = Signal(object)
    failed = Signal(str)
    # Without the result: it was seen to arrive as None when it crossed threads in a signal.
    _ended = Signal()

    def __init__(self, work: Callable[[], Any], owner: QObject) -> None:
        super().__init__(owner)
        self._work = work
        self._result: Any = None
        self._why = ""
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin; connect the signals first."""
        QThreadPool.globalInstance().start(self._run)

    def _run(self) -> None:
        try:
            self._result = self._work()
        except UserError as error:
            self._why = str(error)
        except Exception as error:
            self._why = sentence_for(error)
        with suppress(RuntimeError):  # the owner has gone meanwhile: nobody is left to be told
            self._ended.emit()

    @Slot()
    def _on_ended(self) -> None:
        self.deleteLater()  # before those who listen, who may end the owner
        if self._why:
            self.failed.emit(self._why)
        else:
            self.done.emit(self._result)
