"""The form for a new catalogue: from what, what to compute, where; and what it will take."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent, QStandardItemModel
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from beautyfinder.gui.catalogues.background import Background, Question
from beautyfinder.gui.catalogues.estimate import (
    count_pictures,
    estimate,
    fits,
    free_bytes,
    workers,
)
from beautyfinder.gui.catalogues.job import CatalogueJob
from beautyfinder.gui.catalogues.job_text import duration, size
from beautyfinder.gui.catalogues.machine_facts import MachineFacts, Network, read_machine_facts
from beautyfinder.gui.catalogues.new_catalogue_fields import CatalogueFields
from beautyfinder.paths import catalogues_folder

DEFAULT_NETWORK = Network("efficientnet-lite0", 1280)
_TYPING_MS = 350
_FORBIDDEN = '<>:"/\\|?*'  # in a folder's name, on one system or another


class NewCatalogueDialog(QDialog):
    """`wanted` (a CatalogueJob of kind "build") when the form is whole and confirmed."""

    wanted = Signal(object)

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._parent_folder = catalogues_folder()
        self._pictures: int | None = None  # None: not counted yet
        self._source_problem = self._place_problem = ""
        self._free: int | None = None
        self._networks: dict[str, Network] = {DEFAULT_NETWORK.name: DEFAULT_NETWORK}
        self._name_is_own = False  # typed by hand: the source's name does not replace it
        self._tokens: dict[str, int] = {}
        self._file_dialog: QFileDialog | None = None
        self.setWindowTitle(self.tr("New catalogue"))
        self.setAcceptDrops(True)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._look)
        self.fields = CatalogueFields()
        self.fields.backbone.addItem(DEFAULT_NETWORK.name)
        self._lay_out()
        self._connect()
        self.setMinimumWidth(620)
        self._ask("facts", _machine_facts, self._on_machine_facts)
        self._refresh()

    def set_source(self, path: str) -> None:
        """Take the pictures from that folder or CSV."""
        self.fields.source.setText(path)

    def job(self) -> CatalogueJob | None:
        """What the form asks for; None while something is wanting."""
        if self._wanting():
            return None
        return CatalogueJob(
            "build",
            self._folder(),
            (os.path.abspath(self.fields.source.text().strip()),),
            self._network().name,
            tuple(name for name, box in self.fields.poolings.items() if box.isChecked()),
            self.fields.local.isChecked(),
            self.fields.words.isChecked(),
        )

    def message(self) -> str:
        """The lines at the bottom, as they are read."""
        return f"{self._headline.text()} {self._detail.text()}".strip()

    def accept(self) -> None:
        job = self.job()
        if job is not None:
            self.wanted.emit(job)
            super().accept()

    def done(self, result: int) -> None:
        for token in self._tokens.values():
            self._background.drop(token)
        self._tokens.clear()
        super().done(result)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and event.mimeData().urls()[0].isLocalFile():
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
        if urls:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.set_source(urls[0].toLocalFile())

    @Slot()
    def _on_source_changed(self) -> None:
        source = self.fields.source.text().strip()
        if not self._name_is_own:
            path = Path(source)
            stem = path.stem if path.suffix.lower() == ".csv" else path.name
            self.fields.name.setText("".join(c for c in stem if c not in _FORBIDDEN))
        self._drop("count")
        self._pictures, self._source_problem = None, ""
        self._wait_and_look()

    @Slot(str)
    def _on_name_edited(self, text: str) -> None:
        self._name_is_own = bool(text)

    @Slot()
    def _wait_and_look(self) -> None:
        self._drop("place")
        self._place_problem = ""
        self._typing.start()
        self._refresh()

    @Slot()
    def _look(self) -> None:
        """Ask the disk about what the form says now."""
        source = self.fields.source.text().strip()
        if source and self._pictures is None:
            self._ask("count", partial(count_pictures, source), self._on_counted)
        if self.fields.name.text().strip():
            self._ask("place", partial(_place, self._folder()), self._on_place)

    def _on_counted(self, pictures: int) -> None:
        self._pictures, self._source_problem = pictures, ""
        self._refresh()

    def _on_not_looked(self, why: str) -> None:
        self._source_problem = why
        self._refresh()

    def _on_place(self, found: tuple[str, int | None]) -> None:
        problem, self._free = found
        self._place_problem = {
            "": "",
            "store": self.tr("There is a catalogue of that name already. Choose another name, or "
                             "add the pictures to that catalogue."),
            "other": self.tr("There is a folder of that name with other things in it. Choose "
                             "another name."),
        }[problem]  # fmt: skip
        self._refresh()

    def _on_machine_facts(self, facts: MachineFacts) -> None:
        chosen = self._network().name
        self._networks = {network.name: network for network in facts.networks}
        self.fields.backbone.clear()
        for row, network in enumerate(facts.networks):
            self.fields.backbone.addItem(network.name)
            tip = network.wanting or network.note
            self.fields.backbone.setItemData(row, tip, Qt.ItemDataRole.ToolTipRole)
            model = self.fields.backbone.model()
            if network.wanting and isinstance(model, QStandardItemModel):
                model.item(row).setEnabled(False)
                model.item(row).setText(self.tr("{name}  (no weights)").format(name=network.name))
        self.fields.backbone.setCurrentIndex(list(self._networks).index(chosen))
        if facts.words_wanting:
            self.fields.words.setChecked(False)
            self.fields.words.setEnabled(False)
            self.fields.words_hint.setText(facts.words_wanting)
        self._refresh()

    @Slot()
    def _on_folder_clicked(self) -> None:
        self._choose(self.tr("Folder of pictures"), True, self._on_source_chosen)

    @Slot()
    def _on_csv_clicked(self) -> None:
        self._choose(self.tr("Catalogue CSV"), False, self._on_source_chosen)

    @Slot()
    def _on_place_clicked(self) -> None:
        self._choose(self.tr("Where to keep the catalogue"), True, self._on_place_chosen)

    @Slot("QStringList")
    def _on_source_chosen(self, paths: list[str]) -> None:
        self.set_source(paths[0])

    @Slot("QStringList")
    def _on_place_chosen(self, paths: list[str]) -> None:
        self._parent_folder = Path(paths[0])
        self._wait_and_look()

    def _choose(self, title: str, folder: bool, on_chosen: object) -> None:
        dialog = QFileDialog(self, title)
        if folder:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
            dialog.setNameFilters([self.tr("Catalogue CSV (*.csv)"), self.tr("All files (*)")])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(on_chosen)
        self._file_dialog = dialog
        dialog.open()

    def _ask(self, what: str, question: Question, on_answer: Callable[[Any], None]) -> None:
        """Ask the disk; an earlier question about the same is dropped."""
        self._drop(what)
        self._tokens[what] = self._background.ask(question, on_answer, self._on_not_looked)

    def _drop(self, what: str) -> None:
        token = self._tokens.pop(what, None)
        if token is not None:
            self._background.drop(token)

    def _folder(self) -> Path:
        return self._parent_folder / self.fields.name.text().strip()

    def _network(self) -> Network:
        names = list(self._networks)
        row = self.fields.backbone.currentIndex()
        return self._networks[names[row]] if 0 <= row < len(names) else DEFAULT_NETWORK

    def _wanting(self) -> str:
        """What is still wanting, in a sentence; empty when the catalogue can be built."""
        name = self.fields.name.text().strip()
        if not self.fields.source.text().strip():
            return self.tr("Choose a folder of product pictures or a catalogue CSV.")
        if self._source_problem:
            return self._source_problem
        if not name:
            return self.tr("Give the catalogue a name.")
        if any(c in _FORBIDDEN for c in name) or name.strip(".") == "" or name.startswith("."):
            return self.tr("A name cannot begin with a dot, nor contain any of {signs}").format(
                signs=" ".join(_FORBIDDEN)
            )
        if self._place_problem:
            return self._place_problem
        if not any(box.isChecked() for box in self.fields.poolings.values()):
            return self.tr("Choose one pooling at least.")
        if self._pictures is None:
            return self.tr("Counting the pictures…")
        return ""

    @Slot()
    def _refresh(self) -> None:
        """Say what is wanting, or what to expect."""
        wanting = self._wanting()
        self._build.setEnabled(not wanting)
        self.fields.where.setText(self.tr("Kept in {folder}").format(folder=self._parent_folder))
        self.fields.where.setToolTip(str(self._folder()))
        warn = bool(self._source_problem or self._place_problem)
        self._headline.setText(wanting)
        self._detail.setText("")
        if not wanting and self._pictures is not None:
            network = self._network()
            expected = estimate(
                self._pictures, network.name, network.channels,
                sum(box.isChecked() for box in self.fields.poolings.values()),
                self.fields.local.isChecked(), self.fields.words.isChecked(), workers(),
            )  # fmt: skip
            count = self.locale().toString(self._pictures)
            self._headline.setText(
                self.tr("{count} pictures found").format(count=count)
                if self._pictures != 1
                else self.tr("1 picture found")
            )
            words = self.tr("About {least} to {most}, and {small} to {large} on the disk. This is "
                            "an estimate; it is built in the background.")  # fmt: skip
            said = words.format(
                least=duration(expected.seconds[0]),
                most=duration(expected.seconds[1]),
                small=size(expected.bytes[0]),
                large=size(expected.bytes[1]),
            )
            if not fits(expected, self._free) and self._free is not None:
                warn = True
                short = self.tr("There may not be room enough: {free} are free there.")
                said = f"{short.format(free=size(self._free))} {said}"
            self._detail.setText(said)
        self._detail.setVisible(bool(self._detail.text()))
        self._panel.setObjectName("notice" if warn else "panel")
        self._panel.style().unpolish(self._panel)  # the name chooses the style
        self._panel.style().polish(self._panel)
        self._make_room()

    def _lay_out(self) -> None:
        self._panel = QFrame()
        self._headline, self._detail = QLabel(), QLabel()
        self._headline.setProperty("role", "strong")
        for label in (self._headline, self._detail):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._build = self._buttons.addButton(
            self.tr("Build catalogue"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self._build.setProperty("role", "primary")
        inner = QVBoxLayout(self._panel)
        inner.setContentsMargins(14, 12, 14, 12)
        inner.setSpacing(4)
        inner.addWidget(self._headline)
        inner.addWidget(self._detail)
        title = QLabel(self.tr("New catalogue"))
        title.setProperty("role", "headline")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        column.addWidget(title)
        column.addWidget(self.fields)
        column.addStretch(1)
        column.addWidget(self._panel)
        column.addWidget(self._buttons)

    def _make_room(self) -> None:
        """Lines that wrap need height for their width; a dialog does not ask for it by itself."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.setMinimumHeight(layout.totalMinimumHeightForWidth(self.width()))

    def _connect(self) -> None:
        self.fields.source.textChanged.connect(self._on_source_changed)
        self.fields.name.textEdited.connect(self._on_name_edited)
        self.fields.name.textChanged.connect(self._wait_and_look)
        self.fields.folder_button.clicked.connect(self._on_folder_clicked)
        self.fields.csv_button.clicked.connect(self._on_csv_clicked)
        self.fields.place_button.clicked.connect(self._on_place_clicked)
        self.fields.backbone.currentIndexChanged.connect(self._refresh)
        for box in (*self.fields.poolings.values(), self.fields.local, self.fields.words):
            box.toggled.connect(self._refresh)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)


# Questions to the disk, for the threads.


def _machine_facts(_should_stop: object) -> MachineFacts:
    return read_machine_facts()


def _place(folder: Path, _should_stop: object) -> tuple[str, int | None]:
    """What is in the way at `folder` ("", "store", "other"), and the room there."""
    in_the_way = ""
    try:
        if (folder / "catalogue.lance").is_dir():
            in_the_way = "store"
        elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            in_the_way = "other"
    except OSError:
        in_the_way = "other"
    return in_the_way, free_bytes(folder)
