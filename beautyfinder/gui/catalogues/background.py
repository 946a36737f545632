"""Short questions to the disk, asked in a thread of their own and answered in the window's."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from beautyfinder.errors import Cancelled, UserError
from beautyfinder.gui.faults import sentence_for

_THREADS = 3  # one that waits for a share which does not answer must not hold up the others
ShouldStop = Callable[[], bool]
Question = Callable[[ShouldStop], Any]


class Background(QObject):
    """Asks questions of plain functions. A question gets a `should_stop` and knows no widget:
    what a thread holds may be destroyed there, and widgets must not be.
    """

    _answered = Signal(int, object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(_THREADS, "catalogues")
        self._stops: dict[int, threading.Event] = {}
        self._receivers: dict[int, tuple[Callable[[Any], None], Callable[[str], None]]] = {}
        self._token = 0
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)

    def ask(
        self,
        question: Question,
        on_answer: Callable[[Any], None],
        on_failure: Callable[[str], None] = lambda _sentence: None,
    ) -> int:
        """Answer `question`; returns a token to `drop` it by. A UserError is told as a sentence."""
        self._token += 1
        stop = threading.Event()
        self._stops[self._token] = stop
        self._receivers[self._token] = (on_answer, on_failure)
        self._pool.submit(_answer, self._token, question, stop, self._answered)
        return self._token

    def drop(self, token: int) -> None:
        """Nobody wants that answer any more."""
        self._receivers.pop(token, None)
        stop = self._stops.pop(token, None)
        if stop is not None:
            stop.set()

    def close(self) -> None:
        """Drop every question; nothing more is answered."""
        for token in list(self._stops):
            self.drop(token)
        self._pool.shutdown(wait=False, cancel_futures=True)

    @Slot(int, object, str)
    def _on_answered(self, token: int, value: object, failure: str) -> None:
        self._stops.pop(token, None)
        receivers = self._receivers.pop(token, None)
        if receivers is None:
            return
        on_answer, on_failure = receivers
        if failure:
            on_failure(failure)
        else:
            on_answer(value)


def _answer(token: int, question: Question, stop: threading.Event, answered: Any) -> None:
    """In the thread: never raises."""
    value, failure = None, ""
    try:
        if stop.is_set():
            return
        value = question(stop.is_set)
    except Cancelled:
        return
    except UserError as error:
        failure = str(error)
    except Exception as error:  # a fault of ours: told, and kept for a report
        failure = sentence_for(error)
    with suppress(RuntimeError):  # the window was closed meanwhile
        answered.emit(token, value, failure)
