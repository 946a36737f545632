"""The main window: panes, panels and actions wired to look-ups and engine; no work of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QImage,
)
from PySide6.QtWidgets import QMainWindow

from beautyfinder.gui.actions import Actions
from beautyfinder.gui.camera.camera import Camera
from beautyfinder.gui.catalogues.unfinished_bar import UnfinishedBar
from beautyfinder.gui.dialogs import Dialogs
from beautyfinder.gui.first_run import FirstRunPage
from beautyfinder.gui.look_ups import FAILED, LIVE, RUNNING, LookUp
from beautyfinder.gui.look_ups_shown import show_in_strip, tell_subject
from beautyfinder.gui.method_panel import MethodPanel
from beautyfinder.gui.query import (
    Answer,
    Choices,
    FileQuery,
    OpenedStore,
    Possible,
    Query,
)
from beautyfinder.gui.query_pane import QueryPane
from beautyfinder.gui.query_strip import QueryStrip
from beautyfinder.gui.recent_queries import RecentQueries
from beautyfinder.gui.results import ResultsPanel
from beautyfinder.gui.services import Services
from beautyfinder.gui.stages import stage_words
from beautyfinder.gui.status_line import StatusLine
from beautyfinder.gui.theme import restyle
from beautyfinder.gui.window_layout import WindowLayout
from beautyfinder.gui.wishes import Wishes


class MainWindow(QMainWindow):
    """Closing it closes the engine, unless `hand_over` was called for another window to follow.

    `answer_shown` once the cards of a look-up are in place; `failed` (a sentence) once a look-up
    or the opening of a catalogue failed and the window says so; `ready` once look-ups are quick;
    `settled` once an answer has the sharpest pictures that there are.
    """

    answer_shown = Signal()
    failed = Signal(str)
    ready = Signal()
    settled = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self.engine, self.look_ups = services.engine, services.look_ups
        self._handed_over = False
        self.setWindowTitle("BeautyFinder")
        self.setAcceptDrops(True)
        self.pane = QueryPane(RecentQueries(services.settings))
        self.results = ResultsPanel()
        self.status = StatusLine()
        self.method = MethodPanel()
        self.strip = QueryStrip()
        self.first_page = FirstRunPage(services.jobs)
        self.unfinished = UnfinishedBar(services.jobs)
        self.results.use_first_page(self.first_page)
        self.dialogs = Dialogs(self, services)
        self.setStatusBar(self.status)
        self.layout_ = WindowLayout(self)
        self.camera = Camera(self)
        self.wishes = Wishes(self)
        self.actions_ = Actions(self, self._slots())
        self._connect()
        self.layout_.restore(services)
        self._on_preference("fetch")
        self.unfinished.offer_unfinished()
        self._catch_up()
        self.wishes.follow()

    def open_store(self, folder: Path) -> None:
        """Open the catalogue store in `folder`."""
        self.status.say(self.tr("Opening the catalogue {name}…").format(name=folder.name))
        self.engine.open_store(folder, self.method.choices())

    def look_up(self, *queries: Query) -> None:
        """Look these up, in turn, instead of what was given before."""
        self.look_ups.give(queries)

    def store(self) -> OpenedStore | None:
        """The open catalogue."""
        return self.services.store

    def hand_over(self) -> None:
        """Another window follows: closing this one leaves the engine running."""
        self._handed_over = True

    # What the engine says of catalogues

    @Slot(object)
    def _on_store_opened(self, store: OpenedStore) -> None:
        self.services.store = store
        self.services.recorder.store = store.folder
        self.services.remember("store", str(store.folder.absolute()))
        self.dialogs.store_is_open(store.folder)
        self._show_store(store)
        self.status.show_timings({})
        self.status.say(self.tr("Getting ready for the first look-up…"))
        self.results.model.show(None)
        self.look_ups.set_choices(self.method.choices(), again=False)
        if self.look_ups.current() is not None:
            self.look_ups.again()
        else:
            self.results.show_invitation(store.products)

    @Slot(str)
    def _on_store_failed(self, why: str) -> None:
        self.status.say(why)
        if self.services.store is None or not self.results.model.hits():
            self.results.show_welcome(why)
        else:
            self.pane.refuse(why)
        self.failed.emit(why)

    @Slot(int, int)
    def _on_warming_up(self, done: int, total: int) -> None:
        self.status.say(stage_words("open", done, total))

    @Slot(str, object)
    def _on_warmed_up(self, device: str, possible: Possible) -> None:
        self.services.device, self.services.possible = device, possible
        self.status.show_device(device)
        self.method.show_possible(possible)
        if not self.look_ups.busy():
            self.status.say(self.tr("Ready."))
        self.ready.emit()

    # What the look-ups say

    @Slot(int)
    def _on_given(self, _count: int) -> None:
        self.strip.set_queries([look_up.query.name for look_up in self.look_ups.all()])
        self.strip.set_current(self.look_ups.row())

    @Slot(int, object)
    def _on_changed(self, row: int, look_up: LookUp) -> None:
        show_in_strip(self.strip, row, look_up)
        current = self.look_ups.current()
        runs = look_up.state == RUNNING
        if current is look_up and runs and self.services.store is not None:
            self.results.begin_look_up(self.tr("Getting ready…"))

    @Slot(object)
    def _on_current_changed(self, look_up: LookUp) -> None:
        """Another of the photos is to be shown, as far as it got."""
        self.strip.set_current(self.look_ups.row())
        self._show_photo(look_up)
        if look_up.answer is not None:
            self._show_answer(look_up)
        elif look_up.state == FAILED:
            self._show_failure(look_up)
        elif self.services.store is not None and self.look_ups.busy():
            self.results.model.show(None)
            self.results.show_busy(self.tr("Waiting for its turn…"))
        elif self.services.store is not None:
            self.results.show_stopped()

    @Slot(object)
    def _on_photo_read(self, look_up: LookUp) -> None:
        self._show_photo(look_up)
        keeps = self.services.preferences.flag("keep_history")
        if keeps and isinstance(look_up.query, FileQuery):
            self.pane.recent.remember(look_up.query.path, look_up.thumb)

    @Slot(str, int, int)
    def _on_stage_changed(self, stage: str, done: int, total: int) -> None:
        if self.services.store is not None:
            self.results.show_busy(stage_words(stage, done, total), done, total)

    @Slot(object)
    def _on_shortlist_found(self, answer: Answer) -> None:
        tell_subject(self.results, self.look_ups.current(), self.services.store)
        self.results.show_shortlist(answer)

    @Slot(object)
    def _on_answered(self, look_up: LookUp) -> None:
        self._show_answer(look_up)
        self.status.say(self.tr("Looked up {name}.").format(name=look_up.query.name))
        self.answer_shown.emit()

    @Slot(object)
    def _on_failed(self, look_up: LookUp) -> None:
        self._show_photo(look_up)
        self._show_failure(look_up)
        self.failed.emit(look_up.why)

    @Slot(str)
    def _on_refused(self, why: str) -> None:
        """No photo of those given can be read: what was there stays."""
        if not self.look_ups.busy():
            self._offer()
        self.pane.refuse(why)
        self.status.say(self.tr("That could not be looked up."))
        self.failed.emit(why)

    @Slot(int, object)
    def _on_picture_read(self, row: int, picture: QImage) -> None:
        self.results.model.set_picture(row, picture)

    # What a person wants

    @Slot(object)
    def _on_photos_offered(self, queries: tuple[Query, ...]) -> None:
        self.look_ups.give(queries)

    @Slot(str)
    def _on_folder_used(self, folder: str) -> None:
        self.services.remember("photo_folder", folder)

    @Slot(object)
    def _on_choices(self, choices: Choices) -> None:
        self.look_ups.set_choices(choices)

    @Slot()
    def _on_stop(self) -> None:
        self.look_ups.stop()
        if not self.results.keep_answer():
            self._offer()
        self.status.say(self.tr("Stopped."))

    @Slot(str)
    def _on_preference(self, key: str) -> None:
        if key == "fetch":
            self.pane.may_fetch = self.services.preferences.flag("fetch")

    @Slot(bool)
    def _on_method(self, shown: bool) -> None:
        self.layout_.show_method(shown)

    @Slot(bool)
    def _on_dock_shown(self, shown: bool) -> None:
        if self.isVisible():
            self.actions_["method"].setChecked(shown)

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
        self.layout_.remember(self.services)
        self.camera.close()
        self.pane.cancel_fetching()
        self.dialogs.shut_down()
        self.hide()  # the engine may still need a moment to come to its next stop
        if not self._handed_over:
            self.services.close()
        super().closeEvent(event)

    # Putting it together

    def _slots(self) -> dict[str, Callable[..., object] | QAction]:
        pane, dialogs, bar = self.pane, self.dialogs, self.results.bar
        return {
            "open": pane.open_photo,
            "paste": pane.paste_photo,
            "camera": self.camera.show,
            "open_video": self.camera.ask_for_video,
            "open_store": dialogs.open_store,
            "settings": dialogs.settings,
            "quit": self.close,
            "turn_left": pane.turn_left,
            "turn_right": pane.turn_right,
            "whole": pane.remove_box,
            "again": self.look_ups.again,
            "stop": self._on_stop,
            "inspect": self.wishes.inspect_current,
            "filter": bar.filter_action,
            "more": bar.all_action,
            "export": bar.ask_export,
            "history": dialogs.history,
            "catalogues": dialogs.catalogues,
            "new_catalogue": dialogs.new_catalogue,
            "method": self._on_method,
            "log": dialogs.log,
            "evaluate": dialogs.evaluate,
            "shortcuts": dialogs.shortcuts,
            "updates": dialogs.updates_action,
            "about": dialogs.about,
        }

    def _connect(self) -> None:
        pane, results, look_ups, engine = self.pane, self.results, self.look_ups, self.engine
        pane.photos_offered.connect(self._on_photos_offered)
        pane.store_offered.connect(self.open_store)
        pane.remarked.connect(self.status.say)
        pane.folder_used.connect(self._on_folder_used)
        pane.region_changed.connect(look_ups.set_region)
        results.remarked.connect(self.status.say)
        self.strip.selected.connect(look_ups.select)
        self.strip.removed.connect(look_ups.forget)
        self.services.preferences.changed.connect(self._on_preference)
        look_ups.given.connect(self._on_given)
        results.store_wanted.connect(self.dialogs.open_store)
        results.again_wanted.connect(look_ups.resume)
        self.dialogs.store_chosen.connect(self.open_store)
        self.method.chosen.connect(self._on_choices)
        self.layout_.method_dock.visibilityChanged.connect(self._on_dock_shown)
        engine.store_opened.connect(self._on_store_opened)
        engine.store_failed.connect(self._on_store_failed)
        engine.warming_up.connect(self._on_warming_up)
        engine.warmed_up.connect(self._on_warmed_up)
        engine.note.connect(self.status.say)
        look_ups.changed.connect(self._on_changed)
        look_ups.current_changed.connect(self._on_current_changed)
        look_ups.photo_read.connect(self._on_photo_read)
        look_ups.stage_changed.connect(self._on_stage_changed)
        look_ups.shortlist_found.connect(self._on_shortlist_found)
        look_ups.answered.connect(self._on_answered)
        look_ups.failed.connect(self._on_failed)
        look_ups.refused.connect(self._on_refused)
        look_ups.picture_read.connect(self._on_picture_read)
        look_ups.settled.connect(self.settled)

    def _catch_up(self) -> None:
        """Show what was there before this window was: another language is shown in a new one."""
        services = self.services
        self._on_given(len(self.look_ups.all()))
        for row, look_up in enumerate(self.look_ups.all()):
            show_in_strip(self.strip, row, look_up)
        if services.store is None:
            self.status.say(self.tr("No catalogue is open."))
            return
        self._show_store(services.store)
        self.status.show_device(services.device)
        if services.possible is not None:
            self.method.show_possible(services.possible)
        self.method.set_choices(self.look_ups.choices())
        self._offer()

    def _offer(self) -> None:
        """What there is of the current photo, or the invitation to give one."""
        current, store = self.look_ups.current(), self.services.store
        if current is not None:
            self._on_current_changed(current)
        else:
            self.pane.show_pending("")
            self.results.invite(store.products if store else None)

    def _show_store(self, store: OpenedStore) -> None:
        self.status.show_store(store)
        self.method.show_store(store)
        self.setWindowTitle(self.tr("{name} – BeautyFinder").format(name=store.name))

    def _show_photo(self, look_up: LookUp) -> None:
        name, region = look_up.query.name, look_up.region
        if look_up.preview is None:
            self.pane.show_pending(name)
        else:
            self.pane.show_photo(look_up.preview, name, look_up.size, region)

    def _show_failure(self, look_up: LookUp) -> None:
        if self.services.store is None and look_up.preview is not None:
            self.results.show_welcome()
            self.status.say(self.tr("Open a catalogue to look this photo up in it."))
        else:
            self.results.show_failure(look_up.why)
            self.status.say(look_up.why)

    def _show_answer(self, look_up: LookUp) -> None:
        answer = look_up.answer
        if answer is None:
            return
        tell_subject(self.results, look_up, self.services.store)
        marks = self.services.recorder.marks(answer.result)
        self.results.show_answer(answer, marks, live=look_up.state == LIVE)
        self.status.show_device(answer.device)
        self.status.show_timings(answer.result.timings)
        of_this_store = self.services.store is not None and look_up.store is None
        result, device = answer.result, answer.device
        self.method.show_used(result.method, result.timings, device, of_this_store)
