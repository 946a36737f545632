"""What hits, history, catalogues and the first page want of the window; hits want the keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot

from beautyfinder.gui.catalogues.job import JobReport
from beautyfinder.gui.inspector.messages import Subject
from beautyfinder.gui.look_ups_shown import earlier
from beautyfinder.gui.query import FileQuery, ImageQuery
from beautyfinder.gui.remembered import Remembered

if TYPE_CHECKING:
    from beautyfinder.gui.main_window import MainWindow
    from beautyfinder.search.method import Hit


class Wishes(QObject):
    """Fulfils them; connected as soon as it is made."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        first, dialogs, services = window.first_page, window.dialogs, window.services
        first.open_wanted.connect(self._on_sample_made)
        first.sample_photo.connect(self._on_sample_photo)
        first.new_wanted.connect(dialogs.new_catalogue)
        first.open_existing_wanted.connect(dialogs.open_store)
        dialogs.store_deleted.connect(self._on_store_deleted)
        dialogs.reopen_wanted.connect(self._on_reopen)
        dialogs.again_wanted.connect(self._on_again)
        window.answer_shown.connect(self._on_answer_shown)
        window.results.inspect_wanted.connect(self._on_inspect)
        window.results.query_wanted.connect(self._on_hit_as_query)
        window.results.judged.connect(self._on_judged)
        for told in (
            window.look_ups.changed,
            window.look_ups.given,
            window.look_ups.current_changed,
        ):
            told.connect(self.follow)
        services.jobs.finished.connect(self._on_catalogue_made)
        services.journal.erased.connect(self._on_erased)
        services.preferences.changed.connect(self._on_preference)
        self._on_preference("keep_history")
        for told in (services.jobs.noted, services.journal.failed, services.journal.remarked):
            told.connect(window.status.say)

    @Slot()
    def _on_answer_shown(self) -> None:
        """Arrow keys go through the hits at once, unless a person uses another control."""
        holder = self._window.focusWidget()
        if holder is None or self._window.pane.yields_focus(holder):
            self._window.results.cards.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int)
    def _on_inspect(self, row: int) -> None:
        current, model = self._window.look_ups.current(), self._window.results.model
        if current is None or not 0 <= row < len(model.hits()):
            return
        hit, listed = model.hits()[row], model.listed()
        hits = listed if hit in listed else (hit,)
        opened = self._window.services.store
        other = current.store is not None and not (opened and _same(current.store, opened.folder))
        subject = Subject(
            current.query, current.region, hits, tuple(map(model.picture, hits)),
            current.preview, other,
        )  # fmt: skip
        inspector = self._window.dialogs.inspector(subject, hits.index(hit))
        inspector.hit_shown.connect(self._on_hit_shown, Qt.ConnectionType.UniqueConnection)

    @Slot()
    def inspect_current(self) -> None:
        """The hit that is chosen, or the best, beside the photo."""
        listed = self._window.results.model.listed()
        row = max(0, self._window.results.cards.currentIndex().row())
        if row < len(listed):
            self._on_inspect(self._window.results.model.row_of(listed[row]))

    @Slot(object)
    def _on_hit_shown(self, hit: Hit) -> None:
        """The results follow the inspector, as far as they still list that hit."""
        model, cards = self._window.results.model, self._window.results.cards
        if hit in model.listed():
            cards.setCurrentIndex(model.index(model.listed().index(hit), 0))

    @Slot(object)
    def _on_hit_as_query(self, hit: Hit) -> None:
        picture = self._window.results.model.picture(hit)
        if Path(hit.image.path).is_file() or picture is None:
            self._window.look_up(FileQuery(hit.image.path))
        else:
            self._window.look_up(ImageQuery(picture, hit.image.name))

    @Slot(object)
    def _on_reopen(self, entry: Remembered) -> None:
        """A look-up of the history as it was, without a new one."""
        self._window.services.recorder.adopt(entry)
        self._window.look_ups.show_earlier(earlier(entry))
        self._window.status.say(self.tr("Looked up earlier: {name}.").format(name=entry.name))

    @Slot(object)
    def _on_again(self, entry: Remembered) -> None:
        self._window.look_ups.give([entry.query()], entry.region)

    @Slot(object, object)
    def _on_judged(self, hit: Hit, right: bool | None) -> None:
        model, recorder = self._window.results.model, self._window.services.recorder
        answer = model.answer()
        if answer is not None and not recorder.judge(answer.result, hit, right):
            model.set_marks(recorder.marks(answer.result))
            self._window.status.say(
                self.tr(
                    "That could not be noted: the photo is no longer at hand. Look it up again."
                )
            )

    @Slot(str)
    def _on_erased(self, look_up: str) -> None:
        """What was said of it is gone, too; with all of the history go the recent photos."""
        model = self._window.results.model
        answer = model.answer()
        if answer is not None:
            model.set_marks(self._window.services.recorder.marks(answer.result))
        if not look_up:
            self._window.pane.recent.clear()

    @Slot(str)
    def _on_preference(self, key: str) -> None:
        if key == "keep_history":
            keeps = self._window.services.preferences.flag("keep_history")
            self._window.results.menu.set_keeps_history(keeps)
            if not keeps:
                self._window.pane.recent.clear()

    @Slot()
    def follow(self, *_: object) -> None:
        """Jobs make way for a look-up that runs; actions that can do nothing now are greyed."""
        window, current = self._window, self._window.look_ups.current()
        busy = window.look_ups.busy()
        make_way = busy or window.look_ups.is_live()
        window.services.jobs.make_way(make_way)
        window.dialogs.make_way(make_way)
        answer = current.answer if current is not None else None
        camera = window.camera.is_open()  # in place of the photo
        window.actions_.follow(
            photo=current is not None and current.preview is not None and not camera,
            look_up=busy,
            hits=answer is not None and bool(answer.result.hits),
        )

    @Slot(object)
    def _on_catalogue_made(self, report: JobReport) -> None:
        """The first catalogue of all is opened by itself, and the open one anew when it changed."""
        store, job = self._window.services.store, report.job
        first = store is None and job.kind == "build"  # a sample is the first page's
        changed = store is not None and job.kind != "check" and _same(store.folder, job.store)
        if first or changed:
            self._window.open_store(job.store)

    @Slot(object)
    def _on_store_deleted(self, folder: Path) -> None:
        store = self._window.services.store
        if store is not None and _same(store.folder, folder):
            self._forget_store()

    def _forget_store(self) -> None:
        """The open catalogue is gone: as if none had been opened."""
        window, services = self._window, self._window.services
        services.store = services.recorder.store = None
        services.device = ""
        services.remember("store", "")
        window.engine.close_store()
        window.look_ups.clear()
        window.pane.show_pending("")
        window.dialogs.store_is_open(None)
        window.method.show_store(None)
        window.results.model.show(None)
        window.results.show_welcome()
        window.status.show_store(None)
        window.status.show_device("")
        window.status.show_timings({})
        window.status.say(self.tr("No catalogue is open."))
        window.setWindowTitle("BeautyFinder")

    @Slot(object)
    def _on_sample_made(self, folder: Path) -> None:
        """It is opened where nothing else is; a person's own work is left alone."""
        self._window.services.known_stores.add(folder)
        if self._window.services.store is None:
            self._window.open_store(folder)
        else:
            self._window.status.say(
                self.tr("The sample catalogue is ready: it is in the list of catalogues.")
            )

    @Slot(object)
    def _on_sample_photo(self, path: Path) -> None:
        if self._window.services.store is None:  # then the sample is just being opened
            self._window.look_up(FileQuery(str(path)))


def _same(one: Path, other: Path) -> bool:
    return one.absolute() == other.absolute()
