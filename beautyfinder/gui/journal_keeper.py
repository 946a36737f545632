"""The history's own thread: everything that reads or writes the journal happens there."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Qt, QThread, Signal, Slot
from PySide6.QtGui import QImage

from beautyfinder.errors import UserError
from beautyfinder.gui.faults import sentence_for
from beautyfinder.gui.query import Answer, Query, Region
from beautyfinder.gui.remembered import line_of, look_up_of, remembered_of
from beautyfinder.gui.translation import tr

if TYPE_CHECKING:
    from beautyfinder.journal import Exported, Journal

_WAIT_MS = 60_000
_stuck: list[QThread] = []  # a thread that is garbage-collected while it runs ends the process


class _Worker(QObject):
    """Lives in the keeper's thread and does one task after the other."""

    listed = Signal(int, object)
    opened = Signal(object)
    changed = Signal()
    remarked = Signal(str)
    failed = Signal(str)

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._journal: Journal | None = None

    @Slot(object)
    def _on_task(self, task: Callable[[_Worker, Journal], None]) -> None:
        try:
            task(self, self._opened())
        except UserError as error:
            self.failed.emit(str(error))
        except Exception as error:
            self.failed.emit(sentence_for(error))

    def _opened(self) -> Journal:
        from beautyfinder.journal import Journal

        if self._journal is None:
            self._journal = Journal(self._path)
            if self._journal.notice:
                self.remarked.emit(self._journal.notice)
        return self._journal

    @Slot()
    def _on_ended(self) -> None:
        if self._journal is not None:
            self._journal.close()
        QThread.currentThread().quit()


class JournalKeeper(QObject):
    """What the window asks of the history. Signals arrive in the thread that made the keeper.

    `listed` (token, list of Line) answers `find`; `opened` (Remembered) answers `get`; `changed`:
    what is listed may be out of date; `erased` (id; empty: all) as soon as it is asked to be;
    `remarked` and `failed` are sentences.
    """

    listed = Signal(int, object)
    opened = Signal(object)
    changed = Signal()
    erased = Signal(str)
    remarked = Signal(str)
    failed = Signal(str)

    _asked = Signal(object)
    _ended = Signal()

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        """The file is opened when it is first needed."""
        super().__init__(parent)
        self._closed = threading.Event()
        self._token = 0
        self._thread = QThread()
        self._thread.setObjectName("beautyfinder-history")
        self._worker = _Worker(path)
        self._worker.moveToThread(self._thread)
        self._asked.connect(self._worker._on_task, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._worker._on_ended, Qt.ConnectionType.QueuedConnection)
        self._worker.listed.connect(self.listed)
        self._worker.opened.connect(self.opened)
        self._worker.changed.connect(self.changed)
        self._worker.remarked.connect(self.remarked)
        self._worker.failed.connect(self.failed)
        self._thread.start()

    def add(self, query: Query, photo: QImage, region: Region, store: Path, answer: Answer) -> str:
        """Remember a look-up; returns its id, to label it by. `photo`: whole, not turned or cut."""
        look_up = uuid.uuid4().hex

        def task(worker: _Worker, journal: Journal) -> None:
            journal.add(look_up_of(look_up, query, photo, region, store, answer))
            worker.changed.emit()

        self._ask(task)
        return look_up

    def find(self, text: str, limit: int, offset: int) -> int:
        """List look-ups, the newest first; returns the token that `listed` will have."""
        self._token += 1
        token = self._token

        def task(worker: _Worker, journal: Journal) -> None:
            if token == self._token:  # else a later search is on its way
                lines = [line_of(entry) for entry in journal.find(text, limit, offset)]
                worker.listed.emit(token, lines)

        self._ask(task)
        return token

    def get(self, look_up: str) -> None:
        """Read all of one look-up: `opened`."""

        def task(worker: _Worker, journal: Journal) -> None:
            marks = {label.product_id: label.right for label in journal.labels(look_up)}
            worker.opened.emit(remembered_of(journal.get(look_up), marks))

        self._ask(task)

    def label(self, look_up: str, product_id: str, right: bool | None) -> None:
        """Keep that the photo shows the product, or does not; None takes that back."""
        self._ask(lambda _worker, journal: journal.label(look_up, product_id, right))

    def erase(self, look_up: str) -> None:
        """Forget one look-up."""

        def task(worker: _Worker, journal: Journal) -> None:
            journal.erase(look_up)
            worker.changed.emit()

        self._ask(task)
        self.erased.emit(look_up)

    def erase_all(self) -> None:
        """Forget everything."""

        def task(worker: _Worker, journal: Journal) -> None:
            journal.erase_all()
            worker.changed.emit()

        self._ask(task)
        self.erased.emit("")

    def export(self, folder: Path) -> None:
        """Write the labelled queries; `remarked` says how many."""

        def task(worker: _Worker, journal: Journal) -> None:
            worker.remarked.emit(_exported_text(journal.export_ground_truth(folder)))

        self._ask(task)

    def close(self) -> None:
        """Do what was asked before, then end the thread; returns when it has ended."""
        if self._closed.is_set():
            return
        self._closed.set()
        self._ended.emit()  # comes after the tasks: nothing that was said of a hit is lost
        if not self._thread.wait(_WAIT_MS):
            _stuck.append(self._thread)

    def _ask(self, task: Callable[[_Worker, Journal], None]) -> None:
        if not self._closed.is_set():
            self._asked.emit(task)


def _exported_text(done: Exported) -> str:
    count = QLocale().toString
    if done.wrong:
        text = tr(
            "Saved {queries} labelled photos ({right} right products) in {folder}; {wrong} that "
            "are wrong stand in a file of their own, which “evaluate” does not read."
        )
    else:
        text = tr("Saved {queries} labelled photos ({right} right products) in {folder}.")
    return text.format(
        queries=count(done.queries),
        right=count(done.right),
        wrong=count(done.wrong),
        folder=done.folder,
    )
