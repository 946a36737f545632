"""What hits, history, catalogues and the first page want of the window; hits want the keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QImage

from beautyfinder.gui.catalogues.job import JobReport
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
        first.open_wanted.connect(window.open_store)
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
        services.jobs.finished.connect(self._on_catalogue_made)
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
        current, hits = self._window.look_ups.current(), self._window.results.model.hits()
        if current is None or not 0 <= row < len(hits):
            return
        preview = current.preview or QImage()
        picture = self._window.results.model.picture(hits[row])
        self._window.dialogs.details(preview, picture or QImage(), hits[row])

    @Slot()
    def inspect_current(self) -> None:
        """Details of the hit that is chosen, or of the best."""
        listed = self._window.results.model.listed()
        row = max(0, self._window.results.cards.currentIndex().row())
        if row < len(listed):
            self._on_inspect(self._window.results.model.row_of(listed[row]))

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
        answer = self._window.results.model.answer()
        if answer is not None:
            self._window.services.recorder.judge(answer.result, hit, right)

    @Slot(object)
    def _on_catalogue_made(self, report: JobReport) -> None:
        """The first catalogue of all is opened by itself, and the open one anew when it changed."""
        store, job = self._window.services.store, report.job
        first = store is None and job.kind in ("build", "sample")
        changed = store is not None and job.kind != "check" and _same(store.folder, job.store)
        if first or changed:
            self._window.open_store(job.store)

    @Slot(object)
    def _on_store_deleted(self, folder: Path) -> None:
        store = self._window.services.store
        if store is not None and _same(store.folder, folder):
            self._window.forget_store()

    @Slot(object)
    def _on_sample_photo(self, path: Path) -> None:
        self._window.look_up(FileQuery(str(path)))


def _same(one: Path, other: Path) -> bool:
    return one.absolute() == other.absolute()
