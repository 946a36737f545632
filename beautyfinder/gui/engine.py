"""The one background thread, and the signals it speaks: everything slow happens there.

The window asks through `Engine`, which lives in the window's thread; `_Worker` lives in the
other. Every request has a token; the latest wins, the others are stopped or never begun, and
what they still had to say is dropped on both sides.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from beautyfinder.errors import Cancelled, UserError
from beautyfinder.gui.backend import Backend, StoreBackend
from beautyfinder.gui.faults import sentence_for
from beautyfinder.gui.inspector.messages import Wanted
from beautyfinder.gui.mailbox import RECOMMENDED, WHOLE, Mailbox, Request
from beautyfinder.gui.query import Answer, Choices, Query, Region

_WAIT_MS = 60_000
_SHARPENED = 7  # hits whose pictures are shown large
_stuck: list[QThread] = []  # a thread that is garbage-collected while it runs ends the process


class _Worker(QObject):
    """Lives in the engine's thread and does one request after the other."""

    store_opened = Signal(int, object)
    store_failed = Signal(int, str)
    warming_up = Signal(int, int)
    warmed_up = Signal(str, object)
    photo_read = Signal(int, object)
    stage_changed = Signal(int, str, int, int)
    shortlist_found = Signal(int, object)
    search_finished = Signal(int, object)
    search_failed = Signal(int, str)
    picture_read = Signal(int, int, object)
    pictures_finished = Signal(int)
    inspected = Signal(int, object)
    inspection_failed = Signal(int, str)

    def __init__(self, mailbox: Mailbox, make_backend: Callable[[], Backend]) -> None:
        super().__init__()
        self._mailbox = mailbox
        self._make_backend = make_backend
        self._backend: Backend | None = None

    @Slot()
    def _on_woken(self) -> None:
        self._do_requests()
        while self._inspect():
            self._do_requests()

    def _do_requests(self) -> None:
        while (request := self._mailbox.take()) is not None:
            if request.wish is None:
                if self._backend is not None:
                    self._backend.close()
                continue
            if self._backend is None:
                self._backend = self._make_backend()
            if isinstance(request.wish, Path):
                self._open_store(self._backend, request, request.wish)
            else:
                self._search(self._backend, request, request.wish)

    def _open_store(self, backend: Backend, request: Request, folder: Path) -> None:
        token = request.token

        def progress(_stage: str, done: int, total: int) -> None:
            self.warming_up.emit(done, total)

        try:
            self.store_opened.emit(token, backend.open(folder))
            stop = self._mailbox.something_waits
            device = backend.warm_up(request.choices, progress, stop)
            self.warmed_up.emit(device, backend.possible())
        except Cancelled:
            pass
        except UserError as error:
            self.store_failed.emit(token, str(error))
        except Exception as error:
            self.store_failed.emit(token, sentence_for(error))

    def _search(self, backend: Backend, request: Request, query: Query) -> None:
        token = request.token

        def should_stop() -> bool:
            return self._mailbox.outdated(token)

        def progress(stage: str, done: int, total: int) -> None:
            if not should_stop():
                self.stage_changed.emit(token, stage, done, total)

        try:
            progress("read", 0, 1)
            photo = backend.read(query, request.region)
            if should_stop():
                raise Cancelled
            self.photo_read.emit(token, photo)
            answer = backend.search(
                photo.photo,
                request.choices,
                progress,
                lambda shortlist: self.shortlist_found.emit(token, shortlist),
                should_stop,
            )
            self.search_finished.emit(token, answer)
            self._sharpen(backend, token, answer)
        except Cancelled:
            self._mailbox.put_back(request)
        except UserError as error:
            self.search_failed.emit(token, str(error))
        except Exception as error:
            self.search_failed.emit(token, sentence_for(error))

    def _inspect(self) -> bool:
        """Do the inspection that waits, if one does."""
        if (waiting := self._mailbox.take_inspection()) is None:
            return False
        token, wanted = waiting
        try:
            if self._backend is None:
                self._backend = self._make_backend()
            self.inspected.emit(token, self._backend.inspect(wanted))
        except UserError as error:
            self.inspection_failed.emit(token, str(error))
        except Exception as error:
            self.inspection_failed.emit(token, sentence_for(error))
        return True

    def _sharpen(self, backend: Backend, token: int, answer: Answer) -> None:
        for row in range(min(_SHARPENED, len(answer.result.hits))):
            self._inspect()  # a person waits for it
            if self._mailbox.outdated(token):
                return
            try:
                picture = backend.sharper(answer, row)
            except Exception as error:  # the answer is there: a thumbnail will do
                sentence_for(error)
                continue
            if picture is not None:
                self.picture_read.emit(token, row, picture)
        self.pictures_finished.emit(token)


class _NoteHandler(logging.Handler):
    """Hands the log's warnings on, from whichever thread they come."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self._tell(record.getMessage())
        except Exception:
            self.handleError(record)


class Engine(QObject):
    """What the window talks to. Signals arrive in the thread that made the Engine.

    `store_opened` (OpenedStore) and `store_failed` (a sentence) answer `open_store`; `warming_up`
    (done, total) tells of an index that has to be built first; `warmed_up` names the device, and
    what there is to choose from (Possible), once look-ups will be quick. A look-up gives
    `photo_read` (token, ReadPhoto) as soon as the photo is decoded, `stage_changed` (token, stage,
    done, total), `shortlist_found` (token, Answer) before that is re-ranked, and ends with
    `search_finished` (token, Answer) or `search_failed` (token, a sentence). After an answer come,
    one by one, larger pictures of the hits: `picture_read` (token, row, QImage), and at their end
    `pictures_finished` (token). `inspect`, which waits for look-ups, gives `inspected`
    (token, Inspected) or `inspection_failed` (token, a sentence). `note` is a warning of the log.
    """

    store_opened = Signal(object)
    store_failed = Signal(str)
    warming_up = Signal(int, int)
    warmed_up = Signal(str, object)
    photo_read = Signal(int, object)
    stage_changed = Signal(int, str, int, int)
    shortlist_found = Signal(int, object)
    search_finished = Signal(int, object)
    search_failed = Signal(int, str)
    picture_read = Signal(int, int, object)
    pictures_finished = Signal(int)
    inspected = Signal(int, object)
    inspection_failed = Signal(int, str)
    note = Signal(str)

    _woken = Signal()
    _noted = Signal(str)

    def __init__(
        self,
        make_backend: Callable[[], Backend] = StoreBackend,
        parent: QObject | None = None,
    ) -> None:
        """`make_backend` is called in the engine's thread."""
        super().__init__(parent)
        self.judged: Callable[[Answer], Answer] = lambda answer: answer  # by a person's thresholds
        self._mailbox = Mailbox()
        self._store_token = self._search_token = self._inspection_token = 0
        self._closed = False
        self._store_wanted = False  # no store: what is heard of its warming up is late
        self._thread = QThread()
        self._thread.setObjectName("beautyfinder-engine")
        self._worker = _Worker(self._mailbox, make_backend)
        self._worker.moveToThread(self._thread)
        self._thread.finished.connect(self._worker.deleteLater)
        self._woken.connect(self._worker._on_woken, Qt.ConnectionType.QueuedConnection)
        worker = self._worker
        worker.store_opened.connect(self._on_store_opened)
        worker.store_failed.connect(self._on_store_failed)
        worker.warming_up.connect(self._on_warming_up)
        worker.warmed_up.connect(self._on_warmed_up)
        worker.photo_read.connect(self._on_photo_read)
        worker.stage_changed.connect(self._on_stage_changed)
        worker.shortlist_found.connect(self._on_shortlist_found)
        worker.search_finished.connect(self._on_search_finished)
        worker.search_failed.connect(self._on_search_failed)
        worker.picture_read.connect(self._on_picture_read)
        worker.pictures_finished.connect(self._on_pictures_finished)
        worker.inspected.connect(self._on_inspected)
        worker.inspection_failed.connect(self._on_inspection_failed)
        self._noted.connect(self._on_noted, Qt.ConnectionType.QueuedConnection)
        self._handler = _NoteHandler(self._noted.emit)
        logging.getLogger("beautyfinder").addHandler(self._handler)
        self._thread.start()

    def open_store(self, folder: Path, choices: Choices = RECOMMENDED) -> None:
        """Open the store in `folder`; a running look-up is stopped and begun anew in it.

        `choices`: what to get ready for.
        """
        self._store_token += 1
        self._store_wanted = True
        self._mailbox.put_store(Request(self._store_token, Path(folder), WHOLE, choices))
        self._woken.emit()

    def close_store(self) -> None:
        """Let go of the open store; nothing more is heard of it."""
        self.cancel()
        self._store_token += 1
        self._store_wanted = False
        self._mailbox.put_store(Request(self._store_token, None))
        self._woken.emit()

    def search(self, query: Query, region: Region = WHOLE, choices: Choices = RECOMMENDED) -> int:
        """Look `query` up, instead of whatever is being looked up; returns its token."""
        self._search_token += 1
        self._mailbox.put_search(Request(self._search_token, query, region, choices))
        self._woken.emit()
        return self._search_token

    def cancel(self) -> None:
        """Stop the running look-up; nothing more is heard of it."""
        self._search_token += 1
        self._mailbox.drop_search(self._search_token)

    def inspect(self, wanted: Wanted | None) -> int:
        """Match a hit with its photo, instead of the one asked for before; None: none any more.

        Returns its token.
        """
        self._inspection_token += 1
        self._mailbox.put_inspection(self._inspection_token, wanted)
        self._woken.emit()
        return self._inspection_token

    def close(self) -> None:
        """Stop what runs and end the thread; returns when it has ended."""
        if self._closed:
            return
        self._closed = True
        logging.getLogger("beautyfinder").removeHandler(self._handler)
        self._mailbox.close()
        self._thread.quit()
        if not self._thread.wait(_WAIT_MS):
            _stuck.append(self._thread)

    @property
    def running(self) -> bool:
        """Whether the thread is there."""
        return not self._closed and self._thread.isRunning()

    @Slot(int, object)
    def _on_store_opened(self, token: int, store: object) -> None:
        if token == self._store_token and not self._closed:
            self.store_opened.emit(store)

    @Slot(int, str)
    def _on_store_failed(self, token: int, why: str) -> None:
        if token == self._store_token and not self._closed:
            self.store_failed.emit(why)

    @Slot(int, int)
    def _on_warming_up(self, done: int, total: int) -> None:
        if self._store_wanted and not self._closed:
            self.warming_up.emit(done, total)

    @Slot(str, object)
    def _on_warmed_up(self, device: str, possible: object) -> None:
        if self._store_wanted and not self._closed:
            self.warmed_up.emit(device, possible)

    @Slot(int, object)
    def _on_photo_read(self, token: int, photo: object) -> None:
        if self._wanted(token):
            self.photo_read.emit(token, photo)

    @Slot(int, str, int, int)
    def _on_stage_changed(self, token: int, stage: str, done: int, total: int) -> None:
        if self._wanted(token):
            self.stage_changed.emit(token, stage, done, total)

    @Slot(int, object)
    def _on_shortlist_found(self, token: int, answer: object) -> None:
        if self._wanted(token):
            self.shortlist_found.emit(token, answer)

    @Slot(int, object)
    def _on_search_finished(self, token: int, answer: Answer) -> None:
        if self._wanted(token):
            self.search_finished.emit(token, self.judged(answer))

    @Slot(int, str)
    def _on_search_failed(self, token: int, why: str) -> None:
        if self._wanted(token):
            self.search_failed.emit(token, why)

    @Slot(int, int, object)
    def _on_picture_read(self, token: int, row: int, picture: object) -> None:
        if self._wanted(token):
            self.picture_read.emit(token, row, picture)

    @Slot(int)
    def _on_pictures_finished(self, token: int) -> None:
        if self._wanted(token):
            self.pictures_finished.emit(token)

    @Slot(int, object)
    def _on_inspected(self, token: int, inspected: object) -> None:
        if token == self._inspection_token and not self._closed:
            self.inspected.emit(token, inspected)

    @Slot(int, str)
    def _on_inspection_failed(self, token: int, why: str) -> None:
        if token == self._inspection_token and not self._closed:
            self.inspection_failed.emit(token, why)

    @Slot(str)
    def _on_noted(self, text: str) -> None:
        if not self._closed:
            self.note.emit(text)

    def _wanted(self, token: int) -> bool:
        return token == self._search_token and not self._closed
