"""The catalogue manager: every known catalogue, what can be done with it, and the running job."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from beautyfinder.gui.catalogues.background import Background
from beautyfinder.gui.catalogues.job import CatalogueJob, JobReport
from beautyfinder.gui.catalogues.job_runner import JobRunner
from beautyfinder.gui.catalogues.job_text import size
from beautyfinder.gui.catalogues.job_view import JobView
from beautyfinder.gui.catalogues.known_stores import KnownStores
from beautyfinder.gui.catalogues.new_catalogue import NewCatalogueDialog
from beautyfinder.gui.catalogues.store_files import (
    StoreFacts,
    delete_store,
    read_facts,
    size_to_delete,
)
from beautyfinder.gui.catalogues.store_list import StoreList
from beautyfinder.gui.catalogues.unfinished_bar import UnfinishedBar
from beautyfinder.gui.message_page import MessagePage
from beautyfinder.gui.theme import tinted_icon


class CatalogueManager(QDialog):
    """Not modal: the window stays usable. Jobs go to `runner`, the list is `known`.

    `open_wanted` (a Path): look photos up in that catalogue. `deleted` (a Path): that one is gone.
    """

    open_wanted = Signal(object)
    deleted = Signal(object)

    def __init__(
        self, runner: JobRunner, known: KnownStores, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._runner, self._known = runner, known
        self._background = Background(self)
        self._opened: Path | None = None
        self._dialog: QDialog | None = None
        self._subject = Path()  # the catalogue that the dialog is about
        self.setWindowTitle(self.tr("Catalogues"))
        self.setModal(False)
        self.list = StoreList()
        self.job_view = JobView(runner)
        self.unfinished = UnfinishedBar(runner)
        self._buttons: dict[str, QPushButton] = {}
        self._notice = QLabel()
        self._notice.setObjectName("warning")
        self._notice.setWordWrap(True)
        self._notice.setTextFormat(Qt.TextFormat.PlainText)
        self._notice.hide()
        self._empty = MessagePage()
        self._empty.say(
            "store", self.tr("No catalogue yet"),
            self.tr("A catalogue is made from a folder of product pictures or from a CSV. It is "
                    "built in the background, and you can go on working meanwhile."),
            self.tr("New catalogue…"), colour="accent",
        )  # fmt: skip
        self._empty.asked.connect(self._on_new_clicked)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self.list)
        self._lay_out()
        self._connect()
        self.setMinimumSize(700, 620)
        self.resize(880, 740)
        self._on_known_changed()

    def set_open(self, folder: Path | None) -> None:
        """Which catalogue the window has open; it is put on the list."""
        self._opened = folder.absolute() if folder is not None else None
        if folder is not None:
            self._known.opened(folder)  # which shows it
        else:
            self._on_known_changed()

    def notice(self) -> str:
        """What the manager had to refuse, or an empty text."""
        return "" if self._notice.isHidden() else self._notice.text()

    def shut_down(self) -> None:
        """The program ends: no more questions to the disk."""
        self._background.close()

    def new_catalogue(self, source: str = "") -> None:
        """The form for a new catalogue, over this window."""
        self._say("")
        dialog = NewCatalogueDialog(self._background, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wanted.connect(self._on_new_wanted)
        if source:
            dialog.set_source(source)
        self._show_dialog(dialog)

    @Slot()
    def _on_new_clicked(self) -> None:
        self.new_catalogue()

    @Slot(object)
    def _on_new_wanted(self, job: CatalogueJob) -> None:
        self._runner.start(job)

    @Slot()
    def _on_known_changed(self) -> None:
        stores = self._known.stores()
        self._pages.setCurrentWidget(self.list if stores else self._empty)
        self._side.setVisible(bool(stores))
        self.list.show_stores(stores, self._opened)
        if self.isVisible():
            self._look_at([store.folder for store in stores])
        self._enable()

    def _look_at(self, folders: Sequence[Path]) -> None:
        for folder in folders:
            self._background.ask(partial(_facts, folder), self._on_facts, self._say)

    def _on_facts(self, facts: StoreFacts) -> None:
        self.list.set_facts(facts)

    @Slot(object)
    def _on_finished(self, report: JobReport) -> None:
        if report.job.kind in ("build", "sample"):
            self._known.add(report.job.store)
            self.list.choose(report.job.store)
        self._look_at([report.job.store])

    @Slot(object)
    def _on_ended_early(self, job: CatalogueJob) -> None:
        self._background.ask(partial(_facts, job.store), self._on_ended_early_facts, self._say)

    def _on_ended_early_facts(self, facts: StoreFacts) -> None:
        if not facts.problem:  # as far as it came, it is a catalogue
            self._known.add(facts.folder)
        self.list.set_facts(facts)

    @Slot()
    def _enable(self) -> None:
        folder = self.list.chosen()
        facts = self.list.facts().get(folder) if folder is not None else None
        usable = facts is not None and not facts.problem
        busy = folder is not None and self._runner.is_busy_with(folder)
        for name in ("open", "add", "check", "compact"):
            self._buttons[name].setEnabled(usable)
        self._buttons["update"].setEnabled(usable and facts is not None and bool(facts.sources))
        self._buttons["remove"].setEnabled(folder is not None and not busy)
        self._buttons["delete"].setEnabled(usable and not busy)
        if facts is not None:
            self._buttons["update"].setToolTip(
                self.tr("Look for new and changed pictures in:\n{sources}").format(
                    sources="\n".join(facts.sources[:12])
                )
            )

    @Slot()
    def _on_open_clicked(self) -> None:
        folder = self.list.chosen()
        if folder is not None and self._buttons["open"].isEnabled():
            self._say("")
            self.open_wanted.emit(folder)

    @Slot(QModelIndex)
    def _on_row_activated(self, _index: QModelIndex) -> None:
        self._on_open_clicked()

    @Slot()
    def _on_add_clicked(self) -> None:
        folder = self.list.chosen()
        if folder is None:
            return
        self._subject = folder
        box = QMessageBox(self)
        box.setWindowTitle(self.tr("Add pictures"))
        box.setText(self.tr("Add pictures to “{name}” from:").format(name=folder.name))
        box.setInformativeText(self.tr("Pictures that it has already are not computed again."))
        from_folder = box.addButton(self.tr("A folder…"), QMessageBox.ButtonRole.AcceptRole)
        from_csv = box.addButton(self.tr("A CSV…"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(from_folder)
        from_folder.clicked.connect(self._on_add_folder_clicked)
        from_csv.clicked.connect(self._on_add_csv_clicked)
        self._show_dialog(box)

    @Slot()
    def _on_add_folder_clicked(self) -> None:
        self._choose_source(csv=False)

    @Slot()
    def _on_add_csv_clicked(self) -> None:
        self._choose_source(csv=True)

    def _choose_source(self, csv: bool) -> None:
        dialog = QFileDialog(self, self.tr("Add pictures"))
        if csv:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
            dialog.setNameFilters([self.tr("Catalogue CSV (*.csv)"), self.tr("All files (*)")])
        else:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.filesSelected.connect(self._on_sources_chosen)
        self._show_dialog(dialog)

    @Slot("QStringList")
    def _on_sources_chosen(self, sources: list[str]) -> None:
        self._runner.start(CatalogueJob("update", self._subject, tuple(sources)))

    @Slot()
    def _on_update_clicked(self) -> None:
        folder = self.list.chosen()
        facts = self.list.facts().get(folder) if folder is not None else None
        if folder is not None and facts is not None:
            self._runner.start(CatalogueJob("update", folder, facts.sources))

    @Slot()
    def _on_check_clicked(self) -> None:
        self._start_on_chosen("check")

    @Slot()
    def _on_compact_clicked(self) -> None:
        self._start_on_chosen("compact")

    def _start_on_chosen(self, kind: str) -> None:
        folder = self.list.chosen()
        if folder is not None:
            self._runner.start(CatalogueJob(kind, folder))

    @Slot()
    def _on_remove_clicked(self) -> None:
        folder = self.list.chosen()
        if folder is not None:
            self._known.remove(folder)

    @Slot()
    def _on_delete_clicked(self) -> None:
        folder = self.list.chosen()
        if folder is not None:
            self._say("")
            self._background.ask(
                partial(_size, folder), partial(self._ask_to_delete, folder), self._say
            )

    def _ask_to_delete(self, folder: Path, frees: int) -> None:
        self._subject = folder
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("Delete the catalogue"))
        box.setText(self.tr("Delete the catalogue “{name}” for good?").format(name=folder.name))
        box.setInformativeText(
            self.tr("The folder {folder} ({size}) is deleted. The pictures that the catalogue was "
                    "made of stay where they are.").format(folder=folder, size=size(frees))
        )  # fmt: skip
        delete = box.addButton(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        cancel = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(cancel)
        box.setEscapeButton(cancel)
        delete.clicked.connect(self._on_delete_confirmed)
        self._show_dialog(box)

    @Slot()
    def _on_delete_confirmed(self) -> None:
        folder = self._subject
        if self._runner.is_busy_with(folder):
            self._say(self.tr("A job works on “{name}”; cancel it first.").format(name=folder.name))
            return
        self._background.ask(partial(_delete, folder), partial(self._on_deleted, folder), self._say)

    def _on_deleted(self, folder: Path, _nothing: object) -> None:
        self._known.remove(folder)
        self.deleted.emit(folder)

    @Slot()
    def _on_existing_clicked(self) -> None:
        dialog = QFileDialog(self, self.tr("Add a catalogue to the list"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.filesSelected.connect(self._on_existing_chosen)
        self._show_dialog(dialog)

    @Slot("QStringList")
    def _on_existing_chosen(self, folders: list[str]) -> None:
        self._say("")
        self._background.ask(partial(_facts, Path(folders[0])), self._on_existing_facts, self._say)

    def _on_existing_facts(self, facts: StoreFacts) -> None:
        if facts.problem:
            self._say(f"{facts.folder}: {facts.problem}")
            return
        self._known.add(facts.folder)
        self.list.choose(facts.folder)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._side.setMinimumHeight(self._side.sizeHint().height())  # of its style, known only now
        self.unfinished.offer_unfinished()
        (self.list if self._known.stores() else self._empty).setFocus()
        self._look_at([store.folder for store in self._known.stores()])

    def _say(self, sentence: str) -> None:
        self._notice.setText(sentence)
        self._notice.setVisible(bool(sentence))

    def _show_dialog(self, dialog: QDialog) -> None:
        """One at a time; kept until it is closed."""
        if self._dialog is not None:
            self._dialog.close()
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._on_dialog_finished)
        self._dialog = dialog
        dialog.open()

    @Slot(int)
    def _on_dialog_finished(self, _result: int) -> None:
        if self.sender() is self._dialog:  # not one whose place another has taken
            self._dialog = None

    def _lay_out(self) -> None:
        headline = QLabel(self.tr("Catalogues"))
        headline.setProperty("role", "headline")
        new = QPushButton(tinted_icon("plus", "accent_text"), self.tr("New catalogue…"))
        new.setProperty("role", "primary")
        new.setIconSize(QSize(22, 16))
        new.clicked.connect(self._on_new_clicked)
        existing = QPushButton(self.tr("Add to the list…"))
        existing.setToolTip(self.tr("A catalogue that was made elsewhere"))
        existing.clicked.connect(self._on_existing_clicked)
        for button in (new, existing):
            button.setAutoDefault(False)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(headline, 1)
        head.addWidget(existing)
        head.addWidget(new)
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(8)
        for name, icon, text, tip, slot in (
            ("open", "store", self.tr("Open"),
             self.tr("Look photos up in this catalogue"), self._on_open_clicked),
            ("add", "plus", self.tr("Add pictures…"),
             self.tr("From a further folder or CSV"), self._on_add_clicked),
            ("update", "update", self.tr("Update"),
             self.tr("Look for new and changed pictures where it was made from"),
             self._on_update_clicked),
            ("check", "check", self.tr("Check"),
             self.tr("Read everything in it and compare it with the picture files"),
             self._on_check_clicked),
            ("compact", "compact", self.tr("Compact"),
             self.tr("Give back the space of what was removed or replaced"),
             self._on_compact_clicked),
            ("remove", "close", self.tr("Remove from list"),
             self.tr("The catalogue itself stays where it is"), self._on_remove_clicked),
            ("delete", "trash", self.tr("Delete…"),
             self.tr("Delete its folder; the pictures stay"), self._on_delete_clicked),
        ):  # fmt: skip
            button = QPushButton(tinted_icon(icon), text)
            button.setProperty("role", "side")
            button.setIconSize(QSize(26, 18))
            button.setAccessibleName(text.rstrip("…"))
            button.setToolTip(tip)
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            if name == "remove":
                side.addSpacing(14)
            side.addWidget(button)
            self._buttons[name] = button
        side.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self._pages, 1)
        middle.addWidget(self._side)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 20)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(self._notice)
        column.addWidget(self.unfinished)
        column.addLayout(middle, 1)
        column.addWidget(self.job_view)

    def _connect(self) -> None:
        self._known.changed.connect(self._on_known_changed)
        self.list.chosen_changed.connect(self._enable)
        self.list.activated.connect(self._on_row_activated)
        self.job_view.open_wanted.connect(self.open_wanted)
        self._runner.finished.connect(self._on_finished)
        self._runner.stopped.connect(self._on_ended_early)
        self._runner.broken.connect(self._on_ended_early)
        self._runner.changed.connect(self._enable)
        QShortcut(QKeySequence.StandardKey.Close, self, self.close)


# Questions to the disk, for the threads: plain functions that know no widget.


def _facts(folder: Path, _should_stop: object) -> StoreFacts:
    return read_facts(folder)


def _size(folder: Path, _should_stop: object) -> int:
    return size_to_delete(folder)


def _delete(folder: Path, _should_stop: object) -> None:
    delete_store(folder)
