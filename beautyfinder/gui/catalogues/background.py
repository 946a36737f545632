"""Short questions to the disk, asked in a thread of their own and answered in the window's."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot

from beautyfinder.errors import Cancelled, UserError
from beautyfinder.gui.faults import sentence_for

_THREADS = 3  # one that waits for a share which does not answer must not hold up the others
_EVERY_MS = 25
ShouldStop = Callable[[], bool]
Question = Callable[[ShouldStop], Any]


@dataclass(frozen=True)
class _Answer:
    """`failure`: why there is no `value`."""

    token: int
    value: Any = None
    failure: str = ""


@dataclass(frozen=True)
class _Receiver:
    """Who waits for an answer, and how to say that nobody does."""

    stop: threading.Event
    on_answer: Callable[[Any], None]
    on_failure: Callable[[str], None]


class Background(QObject):
    """Asks questions of plain functions. A question gets a `should_stop` and knows no widget:
    what a thread holds may be destroyed there, and widgets must not be.

    Answers are fetched by a timer: a thread of Python's that emits signals becomes one of Qt's,
    and both would clear it away when the program ends.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(_THREADS, "catalogues")
        self._answers: SimpleQueue[_Answer] = SimpleQueue()
        self._receivers: dict[int, _Receiver] = {}
        self._token = 0
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._on_tick)

    def ask(
        self,
        question: Question,
        on_answer: Callable[[Any], None],
        on_failure: Callable[[str], None],
    ) -> int:
        """Answer `question`; returns a token to `drop` it by. A UserError is told as a sentence."""
        self._token += 1
        if self._closed:
            return self._token
        stop = threading.Event()
        self._receivers[self._token] = _Receiver(stop, on_answer, on_failure)
        self._pool.submit(_answer, self._token, question, stop, self._answers)
        self._timer.start()
        return self._token

    def drop(self, token: int) -> None:
        """Nobody wants that answer any more."""
        receiver = self._receivers.pop(token, None)
        if receiver is not None:
            receiver.stop.set()

    def close(self) -> None:
        """Drop every question; nothing more is asked or answered."""
        self._closed = True
        for token in list(self._receivers):
            self.drop(token)
        self._timer.stop()
        self._pool.shutdown(wait=False, cancel_futures=True)

    @Slot()
    def _on_tick(self) -> None:
        try:
            answer = self._answers.get_nowait()  # one at a time: what is done with it may be slow
        except Empty:
            if not self._receivers:
                self._timer.stop()
            return
        receiver = self._receivers.pop(answer.token, None)
        if receiver is None:
            return
        if answer.failure:
            receiver.on_failure(answer.failure)
        else:
            receiver.on_answer(answer.value)


def _answer(
    token: int, question: Question, stop: threading.Event, answers: SimpleQueue[_Answer]
) -> None:
    """In the thread: never raises."""
    if stop.is_set():
        return
    try:
        answers.put(_Answer(token, question(stop.is_set)))
    except Cancelled:
        return  # nobody waits for it
    except UserError as error:
        answers.put(_Answer(token, failure=str(error)))
    except Exception as error:  # a fault of ours: told, and kept for a report
        answers.put(_Answer(token, failure=sentence_for(error)))
