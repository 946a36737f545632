"""Saves the matched pair as a picture, or copies it; drawn and written beside the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from beautyfinder.gui.inspector.latest import Latest
from beautyfinder.gui.inspector.messages import Inspected
from beautyfinder.gui.inspector.overlay import Shown

if TYPE_CHECKING:
    from beautyfinder.search.inspection import Pairing
    from beautyfinder.search.match_look import Shown as Drawn

KINDS = ("png", "svg")


class PairExporter(QObject):
    """`remarked` (a sentence on how it went); `finished` (the file, empty for the clipboard)."""

    remarked = Signal(str)
    finished = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._widget = parent
        self._folder = Path.home()
        self._dialog: QFileDialog | None = None
        self._pair: tuple[Inspected, Pairing, Shown] | None = None
        self._worker = Latest(self, self._on_made, self.remarked.emit)

    def set_pair(self, inspected: Inspected | None, pairing: Pairing | None, shown: Shown) -> None:
        """What is saved, as it is drawn now."""
        there = inspected is not None and pairing is not None
        self._pair = (inspected, pairing, shown) if there else None  # type: ignore[assignment]

    def ask(self, kind: str) -> None:
        """Ask for a file, then save as one of KINDS."""
        if self._pair is None or self._dialog is not None:
            return
        wanted = self._pair[0].wanted
        filters = {"png": self.tr("PNG pictures (*.png)"), "svg": self.tr("SVG drawings (*.svg)")}
        name = f"{Path(wanted.query.name).stem or 'photo'} – {wanted.hit.image.name}"
        name = "".join("_" if sign in '/\\:*?"<>|' else sign for sign in name)[:120]
        dialog = QFileDialog(
            self._widget, self.tr("Save the matched pair"), str(self._folder), filters[kind]
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind)
        dialog.selectFile(f"{name}.{kind}")
        dialog.fileSelected.connect(self._on_chosen)
        dialog.finished.connect(self._on_dialog_finished)
        self._dialog = dialog
        dialog.open()

    def save(self, path: Path) -> None:
        """Save to `path`, whose suffix names the kind."""
        if self._pair is None or self._worker.busy():
            return
        self._folder = path.parent
        inspected, pairing, shown = self._pair

        def work() -> Path:
            from beautyfinder.search.match_picture import write_match

            pixels = inspected.photo.pixels, inspected.picture.pixels
            write_match(path, *pixels, inspected.inspection, pairing, _their(shown))
            return path

        self.remarked.emit(self.tr("Saving {file}…").format(file=path.name))
        self._worker.ask(work)

    def copy(self) -> None:
        """Onto the clipboard, at full resolution."""
        if self._pair is None or self._worker.busy():
            return
        inspected, pairing, shown = self._pair

        def work() -> QImage:
            from beautyfinder.search.match_picture import match_png

            pixels = inspected.photo.pixels, inspected.picture.pixels
            data = match_png(*pixels, inspected.inspection, pairing, _their(shown))
            return QImage.fromData(QByteArray(data))

        self.remarked.emit(self.tr("Copying…"))
        self._worker.ask(work)

    def _on_made(self, made: Path | QImage) -> None:
        if isinstance(made, QImage):
            QGuiApplication.clipboard().setImage(made)
            self.remarked.emit(self.tr("Copied the picture to the clipboard."))
            self.finished.emit("")
        else:
            self.remarked.emit(self.tr("Saved {file}.").format(file=made))
            self.finished.emit(str(made))

    @Slot(str)
    def _on_chosen(self, path: str) -> None:
        self.save(Path(path))

    @Slot(int)
    def _on_dialog_finished(self, _result: int) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
        self._dialog = None


def _their(shown: Shown) -> Drawn:
    """The same choice in the words of search.match_picture."""
    from beautyfinder.search.match_look import Shown as Theirs

    return Theirs(
        shown.inliers, shown.outliers, shown.rejected, shown.keypoints, shown.outline, shown.colour
    )
