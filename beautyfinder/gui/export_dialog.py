"""Asks where to save the hits, and has them saved beside the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QObject, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from beautyfinder.gui.task import Task

if TYPE_CHECKING:
    from beautyfinder.search.method import Hit


class ExportWorker(QObject):
    """Saves one sheet in the thread pool: `finished` (the path) or `failed` (a sentence)."""

    finished = Signal(object)
    failed = Signal(str)

    def save(self, kind: str, sheet: object, path: Path) -> None:
        """Begin; `kind` is one of export.KINDS, `sheet` an export.Sheet."""

        def work() -> Path:
            from beautyfinder.gui.export import Sheet, save

            assert isinstance(sheet, Sheet)
            return save(kind, sheet, path)

        task = Task(work, self)
        task.done.connect(self.finished)
        task.failed.connect(self.failed)
        task.start()


class Exporter(QObject):
    """Knows what is looked up; `ask` opens the dialog. `remarked`: a sentence on how it went."""

    remarked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._widget = parent
        self._name, self._catalogue = self.tr("Photo"), self.tr("the catalogue")
        self._photo: QImage | None = None
        self._folder = Path.home()
        self._dialog: QFileDialog | None = None
        self.worker = ExportWorker(self)
        self.worker.finished.connect(self._on_finished)
        self.worker.failed.connect(self.remarked)

    def set_subject(self, name: str, photo: QImage | None, catalogue: str) -> None:
        """The photo that is looked up, its name, and the name of the catalogue."""
        self._name, self._photo, self._catalogue = name, photo, catalogue

    def ask(
        self, kind: str, hits: tuple[Hit, ...], pictures: tuple[QImage | None, ...], verdict: str
    ) -> None:
        """Ask for a file, then save these hits and their pictures as `kind`."""
        if self._dialog is not None:
            self._dialog.raise_()
            return
        from beautyfinder.gui.export import Sheet

        when = QDateTime.currentDateTime()
        sheet = Sheet(self._name, self._photo, self._catalogue, verdict, hits, pictures, when)
        filters = {
            "csv": self.tr("Tables (*.csv)"),
            "html": self.tr("Web pages (*.html)"),
            "pdf": self.tr("PDF files (*.pdf)"),
        }
        start = self._folder / f"{Path(self._name).stem or 'hits'}.{kind}"
        dialog = QFileDialog(self._widget, self.tr("Save the products"), str(start), filters[kind])
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind)
        dialog.selectFile(start.name)
        dialog.finished.connect(self._on_dialog_finished)
        dialog.fileSelected.connect(lambda path: self.save(kind, sheet, Path(path)))
        self._dialog = dialog
        dialog.open()

    def save(self, kind: str, sheet: object, path: Path) -> None:
        """As if `path` had been chosen in the dialog."""
        self._folder = path.parent
        self.remarked.emit(self.tr("Saving {file}…").format(file=path.name))
        self.worker.save(kind, sheet, path)

    @Slot(object)
    def _on_finished(self, path: Path) -> None:
        self.remarked.emit(self.tr("Saved {file}.").format(file=path))

    @Slot(int)
    def _on_dialog_finished(self, _result: int) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
        self._dialog = None
