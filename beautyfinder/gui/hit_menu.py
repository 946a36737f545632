"""What can be done with one hit: the context menu of a card."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QUrl, Signal, Slot
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication, QImage
from PySide6.QtWidgets import QMenu, QWidget

from beautyfinder.errors import UserError
from beautyfinder.gui.results_model import ResultsModel
from beautyfinder.gui.reveal import show_in_folder
from beautyfinder.gui.task import Task
from beautyfinder.gui.theme import tinted_icon

if TYPE_CHECKING:
    from beautyfinder.search.method import Hit

_SAFE_SCHEMES = {"http", "https"}  # a catalogue may name anything; only these are opened


class HitMenu(QObject):
    """Pops the menu up and does what needs nobody else; the rest it asks for.

    `inspect_wanted` (row of the answer's hits), `query_wanted` (Hit), `judged` (Hit, True: right,
    False: wrong, None: taken back); `remarked` is a sentence for the status line.
    """

    inspect_wanted = Signal(int)
    query_wanted = Signal(object)
    judged = Signal(object, object)
    remarked = Signal(str)

    def __init__(self, model: ResultsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model, self._widget = model, parent
        self._menu: QMenu | None = None
        self._keeps_history = True

    def set_keeps_history(self, keeps: bool) -> None:
        """Whether what is judged can be kept; else it cannot be said."""
        self._keeps_history = keeps

    def popup(self, row: int, place: QPoint) -> None:
        """Show the menu of the listed hit `row` at `place` on the screen."""
        if self._menu is not None:  # the key and the event that it makes both ask for it
            return
        self._menu = self.menu_for(self._model.listed()[row])
        self._menu.aboutToHide.connect(self._on_hidden)
        self._menu.popup(place)

    def menu_for(self, hit: Hit) -> QMenu:
        """The menu of `hit`; what is not possible is grey and says why."""
        menu = QMenu(self._widget)
        menu.setToolTipsVisible(True)
        image, marks = hit.image, self._model.marks()
        picture, page = self._model.picture(hit), QUrl(image.url)
        file = Path(image.path)
        there = bool(image.path) and file.exists()
        gone = self.tr("The picture file is no longer where the catalogue found it.")
        why_not_yet = (
            self.tr("Wait until the order is final.") if self._model.is_provisional() else ""
        )
        if not self._keeps_history:
            why_not_yet = self.tr(
                "No history is kept, so this could not be noted: see the settings."
            )
        right = marks.get(image.product_id)

        inspect = self._add(menu, "inspect", self.tr("&Inspect"))
        inspect.triggered.connect(lambda: self.inspect_wanted.emit(self._model.row_of(hit)))
        menu.setDefaultAction(inspect)
        query = self._add(
            menu, "photo", self.tr("&Use as query"),
            "" if there or picture else self.tr("The catalogue has no picture of it any more."),
        )  # fmt: skip
        query.triggered.connect(lambda: self.query_wanted.emit(hit))
        menu.addSeparator()
        yes = self._add(menu, "right", self.tr("&This is it"), why_not_yet)
        no = self._add(menu, "close", self.tr("This is &not it"), why_not_yet)
        for action, says in ((yes, True), (no, False)):
            action.setCheckable(True)
            action.setChecked(right is says)
        yes.triggered.connect(lambda on: self._judge(hit, True if on else None))
        no.triggered.connect(lambda on: self._judge(hit, False if on else None))
        menu.addSeparator()
        copy = self._add(
            menu, "copy", self.tr("&Copy picture"),
            "" if there or picture else self.tr("The catalogue has no picture of it any more."),
        )  # fmt: skip
        copy.triggered.connect(lambda: self._copy_picture(hit))
        product = self._add(menu, "tag", self.tr("Copy &product id"))
        product.triggered.connect(lambda: self._copy_text(image.product_id))
        picture_id = self._add(menu, "tag", self.tr("Copy i&mage id"))
        picture_id.triggered.connect(lambda: self._copy_text(image.image_id))
        menu.addSeparator()
        if not image.url:
            why = self.tr("The catalogue knows no page of this product.")
        elif page.scheme().lower() not in _SAFE_SCHEMES or not page.host():
            why = self.tr("The catalogue's address of it is no web page.")
        else:
            why = ""
        web = self._add(menu, "link", self.tr("&Open product page"), why)
        web.triggered.connect(lambda: self._open_page(page))
        folder = self._add(menu, "store", self.tr("Show in &folder"), "" if there else gone)
        folder.triggered.connect(lambda: show_in_folder(file))
        return menu

    def _add(self, menu: QMenu, icon: str, text: str, why_not: str = "") -> QAction:
        action = menu.addAction(tinted_icon(icon), text)
        action.setEnabled(not why_not)
        action.setToolTip(why_not)
        action.setStatusTip(why_not)
        return action

    def _judge(self, hit: Hit, right: bool | None) -> None:
        marks = self._model.marks()
        marks.pop(hit.image.product_id, None)
        if right is not None:
            marks[hit.image.product_id] = right
        self._model.set_marks(marks)
        self.judged.emit(hit, right)

    def _copy_text(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.remarked.emit(self.tr("Copied {text}.").format(text=text))

    def _copy_picture(self, hit: Hit) -> None:
        path, instead = hit.image.path, self._model.picture(hit)
        task = Task(lambda: _largest(path, instead), self)
        task.done.connect(self._on_picture_read)
        task.failed.connect(self.remarked)
        task.start()

    @Slot(object)
    def _on_picture_read(self, picture: QImage) -> None:
        QGuiApplication.clipboard().setImage(picture)
        size = self.tr("{width} × {height}").format(width=picture.width(), height=picture.height())
        self.remarked.emit(self.tr("Copied the picture ({size}).").format(size=size))

    def _open_page(self, page: QUrl) -> None:
        if not QDesktopServices.openUrl(page):
            self.remarked.emit(
                self.tr("No program opens {address}.").format(address=page.toDisplayString())
            )

    @Slot()
    def _on_hidden(self) -> None:
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = None


def _largest(path: str, instead: QImage | None) -> QImage:
    """The picture in the file, or `instead` where that is gone or damaged. Raises UserError."""
    from beautyfinder.gui.images_qt import image_from_pixels
    from beautyfinder.photo import read_photo

    try:
        return image_from_pixels(read_photo(path).pixels)
    except UserError:
        if instead is None:
            raise
        return instead
