"""The main window: query pane, results and status line put together, and the engine behind them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QSettings, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QImage,
    QKeySequence,
)
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMessageBox, QSplitter, QVBoxLayout, QWidget

from beautyfinder import __version__
from beautyfinder.gui.engine import Engine
from beautyfinder.gui.query import Answer, OpenedStore, Query, ReadPhoto
from beautyfinder.gui.query_pane import QueryPane
from beautyfinder.gui.results import ResultsPanel
from beautyfinder.gui.status_line import StatusLine
from beautyfinder.gui.theme import restyle, tinted_icon


class MainWindow(QMainWindow):
    """Owns the engine. `settings` None: nothing is remembered (screenshots, tests).

    `answer_shown` once the cards of a look-up are in place; `failed` (a sentence) once a look-up
    or the opening of a catalogue failed and the window says so; `ready` once look-ups are quick;
    `settled` once an answer has the sharpest pictures that there are.
    """

    answer_shown = Signal()
    failed = Signal(str)
    ready = Signal()
    settled = Signal()

    def __init__(self, engine: Engine, settings: QSettings | None = None) -> None:
        super().__init__()
        self.engine = engine
        self._settings = settings
        self._store: OpenedStore | None = None
        self._query: Query | None = None
        self._asked: Query | None = None
        self._token = 0
        self._photo_shown = False  # whether the photo of the running look-up is
        self._warm = False
        self._store_dialog: QFileDialog | None = None

        self.setWindowTitle("BeautyFinder")
        self.setAcceptDrops(True)
        self.pane = QueryPane()
        self.results = ResultsPanel()
        self.status = StatusLine()
        self.setStatusBar(self.status)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(24)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.pane)
        self._splitter.addWidget(self.results)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 7)
        self._splitter.setSizes([360, 840])
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(22, 14, 22, 16)
        column.addWidget(self._splitter)
        self.setCentralWidget(centre)
        self.setMinimumSize(900, 600)
        self.resize(1280, 800)
        self._make_menus()
        self._connect()
        QWidget.setTabOrder(self.pane, self.results)
        self._restore()
        self.status.say(self.tr("No catalogue is open."))

    def open_store(self, folder: Path) -> None:
        """Open the catalogue store in `folder`."""
        self._warm = False
        self.status.say(self.tr("Opening the catalogue {name}…").format(name=folder.name))
        self.engine.open_store(folder)

    def look_up(self, query: Query) -> None:
        """Look `query` up instead of whatever is being looked up."""
        self._asked, self._photo_shown = query, False
        if self._store is not None:
            self.results.show_busy(self.tr("Getting ready…"))
        self._token = self.engine.search(query)

    def store(self) -> OpenedStore | None:
        """The open catalogue."""
        return self._store

    @Slot(object)
    def _on_photo_offered(self, query: Query) -> None:
        self.look_up(query)

    @Slot(object)
    def _on_store_offered(self, folder: Path) -> None:
        self.open_store(folder)

    @Slot(str)
    def _on_remarked(self, sentence: str) -> None:
        self.status.say(sentence)

    @Slot(str)
    def _on_folder_used(self, folder: str) -> None:
        self._remember("photo_folder", folder)

    @Slot(object)
    def _on_store_opened(self, store: OpenedStore) -> None:
        self._store = store
        self.status.show_store(store)
        self.status.show_timings({})
        self.status.say(self.tr("Getting ready for the first look-up…"))
        self.setWindowTitle(self.tr("{name} – BeautyFinder").format(name=store.name))
        self._remember("store", str(store.folder.absolute()))
        self.results.model.show(None)
        if self._query is not None or self._asked is not None:
            self.look_up(self._asked or self._query)  # type: ignore[arg-type]
        else:
            self.results.show_invitation(store.products)

    @Slot(str)
    def _on_store_failed(self, why: str) -> None:
        self.status.say(why)
        if self._store is None or not self.results.model.hits():
            self.results.show_welcome(why)
        else:
            self.pane.refuse(why)
        self.failed.emit(why)

    @Slot(str)
    def _on_warmed_up(self, device: str) -> None:
        self._warm = True
        self.status.show_device(device)
        if self._asked is None:
            self.status.say(self.tr("Ready."))
        self.ready.emit()

    @Slot(int, object)
    def _on_photo_read(self, token: int, photo: ReadPhoto) -> None:
        if token != self._token or self._asked is None:
            return
        self._query, self._photo_shown = self._asked, True
        self.pane.show_photo(photo.preview, self._asked.name, photo.size)

    @Slot(int, str, int, int)
    def _on_stage_changed(self, token: int, stage: str, done: int, total: int) -> None:
        if token == self._token and self._store is not None:
            self.results.show_busy(self._stage_words(stage, done, total), done, total)

    @Slot(int, object)
    def _on_search_finished(self, token: int, answer: Answer) -> None:
        if token != self._token:
            return
        name = self._asked.name if self._asked else ""
        self._asked = None
        self.results.show_answer(answer)
        self.status.show_device(answer.device)
        self.status.show_timings(answer.result.timings)
        self.status.say(self.tr("Looked up {name}.").format(name=name))
        self.answer_shown.emit()

    @Slot(int, int, object)
    def _on_picture_read(self, token: int, row: int, picture: QImage) -> None:
        if token == self._token:
            self.results.model.set_picture(row, picture)

    @Slot(int)
    def _on_pictures_finished(self, token: int) -> None:
        if token == self._token:
            self.settled.emit()

    @Slot(int, str)
    def _on_search_failed(self, token: int, why: str) -> None:
        if token != self._token:
            return
        self._asked = None
        if self._store is None and self._photo_shown:
            self.status.say(self.tr("Open a catalogue to look this photo up in it."))
        elif self._photo_shown:
            self.results.show_failure(why)
            self.status.say(why)
        else:  # the photo cannot be read: what was there stays
            self.pane.refuse(why)
            self.status.say(self.tr("That could not be looked up."))
            if self._store is not None and not self.results.keep_answer():
                self.results.show_invitation(self._store.products)
        self.failed.emit(why)

    @Slot(str)
    def _on_note(self, text: str) -> None:
        self.status.say(text)

    @Slot(str)
    def on_fault(self, sentence: str) -> None:
        """A fault of the program itself, told in one sentence."""
        self.status.say(sentence)

    @Slot()
    def _on_open_store_wanted(self) -> None:
        if self._store_dialog is not None:
            self._store_dialog.raise_()
            return
        start = str(self._store.folder.parent) if self._store else ""
        dialog = QFileDialog(self, self.tr("Open catalogue store"), start)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._on_store_chosen)
        dialog.finished.connect(self._on_store_dialog_finished)
        self._store_dialog = dialog
        dialog.open()

    @Slot("QStringList")
    def _on_store_chosen(self, folders: list[str]) -> None:
        self.open_store(Path(folders[0]))

    @Slot(int)
    def _on_store_dialog_finished(self, _result: int) -> None:
        self._store_dialog = None

    @Slot()
    def _on_about(self) -> None:
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(self.tr("About BeautyFinder"))
        box.setIconPixmap(self.windowIcon().pixmap(72, 72))
        box.setText(self.tr("<h3>BeautyFinder {version}</h3>").format(version=__version__))
        box.setInformativeText(
            self.tr("Tells which product of a catalogue a photo shows.<br><br>After “Cross-domain "
                    "beauty and personal care product retrieval” by Tang, Huang and Fuh: deep "
                    "features rank the catalogue, local features re-rank the best hundred.")
        )  # fmt: skip
        box.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.pane.drag_enter(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self.pane.drag_enter(event)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self.pane.drag_leave()

    def dropEvent(self, event: QDropEvent) -> None:
        self.pane.drop(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.ApplicationPaletteChange, QEvent.Type.PaletteChange):
            restyle()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._remember("geometry", self.saveGeometry())
        self._remember("splitter", self._splitter.saveState())
        self.hide()  # the engine may still need a moment to come to its next stop
        self.engine.close()
        super().closeEvent(event)

    def _connect(self) -> None:
        pane, engine = self.pane, self.engine
        pane.photo_offered.connect(self._on_photo_offered)
        pane.store_offered.connect(self._on_store_offered)
        pane.remarked.connect(self._on_remarked)
        pane.folder_used.connect(self._on_folder_used)
        self.results.store_wanted.connect(self._on_open_store_wanted)
        engine.store_opened.connect(self._on_store_opened)
        engine.store_failed.connect(self._on_store_failed)
        engine.warmed_up.connect(self._on_warmed_up)
        engine.photo_read.connect(self._on_photo_read)
        engine.stage_changed.connect(self._on_stage_changed)
        engine.search_finished.connect(self._on_search_finished)
        engine.search_failed.connect(self._on_search_failed)
        engine.picture_read.connect(self._on_picture_read)
        engine.pictures_finished.connect(self._on_pictures_finished)
        engine.note.connect(self._on_note)

    def _make_menus(self) -> None:
        file = self.menuBar().addMenu(self.tr("&File"))
        keys = QKeySequence.StandardKey
        for text, icon, shortcut, slot in (
            (self.tr("&Open photo…"), "photo", QKeySequence(keys.Open),
             self.pane._on_open_requested),
            (self.tr("&Paste photo"), "paste", QKeySequence(keys.Paste),
             self.pane._on_paste_requested),
            (self.tr("Open &catalogue store…"), "store", QKeySequence("Ctrl+Shift+O"),
             self._on_open_store_wanted),
        ):  # fmt: skip
            action = QAction(tinted_icon(icon), text, self)
            action.setShortcut(shortcut)
            action.triggered.connect(slot)
            file.addAction(action)
        file.addSeparator()
        leave = QAction(self.tr("&Quit"), self)
        leave.setShortcut(QKeySequence("Ctrl+Q"))
        leave.setMenuRole(QAction.MenuRole.QuitRole)
        leave.triggered.connect(self.close)
        file.addAction(leave)
        about = QAction(self.tr("&About BeautyFinder"), self)
        about.setMenuRole(QAction.MenuRole.AboutRole)
        about.triggered.connect(self._on_about)
        self.menuBar().addMenu(self.tr("&Help")).addAction(about)

    def _stage_words(self, stage: str, done: int, total: int) -> str:
        words = {
            "read": self.tr("Reading the photo"),
            "open": self.tr("Getting the catalogue ready"),
            "describe": self.tr("Looking at the photo"),
            "rank": self.tr("Going through the whole catalogue"),
            "rerank": self.tr("Comparing details with the best candidates"),
        }.get(stage, stage)
        if total > 1:
            return self.tr("{what}: {done} of {total}").format(what=words, done=done, total=total)
        return f"{words}…"

    def _remember(self, name: str, value: object) -> None:
        if self._settings is not None:
            self._settings.setValue(name, value)

    def _restore(self) -> None:
        if self._settings is None:
            return
        geometry = self._settings.value("geometry")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        state = self._settings.value("splitter")
        if isinstance(state, QByteArray):
            self._splitter.restoreState(state)
        self.pane.start_in(str(self._settings.value("photo_folder", "") or ""))
