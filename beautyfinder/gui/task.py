"""One piece of work beside the window, in Qt's thread pool."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot

from beautyfinder.errors import UserError
from beautyfinder.gui.faults import sentence_for


class Task(QObject):
    """`done` (what `work` returned) or `failed` (a sentence), in the thread that made the Task.

    Lives until then, or as long as `owner`, whichever is shorter.
    """

    done = Signal(object)
    failed = Signal(str)

    def __init__(self, work: Callable[[], Any], owner: QObject) -> None:
        super().__init__(owner)
        self._work = work
        self.done.connect(self._on_over)
        self.failed.connect(self._on_over)

    def start(self) -> None:
        """Begin; connect the signals first."""
        QThreadPool.globalInstance().start(self._run)

    def _run(self) -> None:
        with suppress(RuntimeError):  # the owner has gone meanwhile: nobody is left to be told
            try:
                self.done.emit(self._work())
            except UserError as error:
                self.failed.emit(str(error))
            except Exception as error:
                self.failed.emit(sentence_for(error))

    @Slot()
    def _on_over(self) -> None:
        self.deleteLater()
