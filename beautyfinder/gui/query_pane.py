"""The left side: the photo that is looked up, and every way to give one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from beautyfinder.gui.drops import Offer, may_take, offer_of_paths, read_offer
from beautyfinder.gui.fetch_bar import FetchBar
from beautyfinder.gui.notice import Notice
from beautyfinder.gui.photo_folders import offer_of_folders
from beautyfinder.gui.photo_tools import PhotoTools
from beautyfinder.gui.photo_view import PhotoView
from beautyfinder.gui.query import BytesQuery, Region
from beautyfinder.gui.recent_menu import RecentMenu
from beautyfinder.gui.recent_queries import RecentQueries
from beautyfinder.gui.task import Task
from beautyfinder.gui.theme import tinted_icon
from beautyfinder.gui.web_pictures import PictureFetcher

_ROOM_FOR_PASTE = 330  # in a narrower pane the button has its icon only
_LEAST_WIDTH = 268
_SPACING = 8


class QueryPane(QWidget):
    """Takes photos by drop, paste, button, dialog and from the web; shows the one looked up.

    `photos_offered` (a tuple of Query, in the order given) and `store_offered` (a Path) are wishes;
    what cannot be used is refused in words, and what is shown stays. `region_changed` (a Region):
    another part of the photo that is shown is to be looked up. `remarked` is a sentence for the
    status line, `folder_used` the folder a photo was chosen from. `video_offered` (a Path) is a
    recorded video; `came_up`: there is something in this pane to be seen.
    """

    photos_offered = Signal(object)
    store_offered = Signal(object)
    region_changed = Signal(object)
    remarked = Signal(str)
    folder_used = Signal(str)
    video_offered = Signal(object)
    came_up = Signal()

    def __init__(self, recent: RecentQueries | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.recent = recent or RecentQueries()
        self.may_fetch = True  # pictures from the web
        self._dialog: QFileDialog | None = None
        self._fetcher: PictureFetcher | None = None
        self._listing: Task | None = None
        self._given = 0  # offers so far: of a folder that is listed late, the pictures do not count
        self._folder = ""
        self._full_name = ""
        self._measuring = QTimer(self)  # when the parts have got the new type, too
        self._measuring.setSingleShot(True)
        self._measuring.setInterval(0)
        self._measuring.timeout.connect(self._measure)

        self._title = QLabel(self.tr("Your photo"))
        self._title.setProperty("role", "headline")
        self._caption = QLabel()
        self._caption.setProperty("role", "muted")
        self._caption.setTextFormat(Qt.TextFormat.PlainText)
        self._caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.view = PhotoView()
        self.view.open_requested.connect(self.open_photo)
        self.view.region_changed.connect(self._on_region_changed)
        self.tools = PhotoTools()
        self.tools.left.clicked.connect(self.turn_left)
        self.tools.right.clicked.connect(self.turn_right)
        self.tools.remove.clicked.connect(self.remove_box)
        self._fetch_bar = FetchBar()
        self._fetch_bar.hide()
        self._fetch_bar.cancelled.connect(self.cancel_fetching)
        self._notice = Notice()
        self._notice.dismissed.connect(self.hide_notice)
        self.hide_notice()
        self._make_buttons()
        self._lay_out()
        self._set_caption(self.tr("Nothing chosen yet"))

    def _make_buttons(self) -> None:
        self._open = QPushButton(tinted_icon("photo", "accent_text"), self.tr("Open photo…"))
        self._open.setProperty("role", "primary")
        self._open.setToolTip(self.tr("Choose one photo file or several (Ctrl+O)"))
        self._open.clicked.connect(self.open_photo)
        self._paste = QPushButton(tinted_icon("paste"), self.tr("Paste"))
        self._paste.setToolTip(
            self.tr("Look up the picture, file or address on the clipboard (Ctrl+V)")
        )
        self._paste.clicked.connect(self.paste_photo)
        for button in (self._open, self._paste):
            button.setIconSize(QSize(25, 18))  # the icon takes the left, the rest is a gap
            button.setAccessibleName(button.text().rstrip("…"))
            button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.recent_menu = RecentMenu(self.recent, self)
        self.recent_menu.chosen.connect(self._on_recent_chosen)
        self._recent = QToolButton()
        self._recent.setProperty("role", "side")
        self._recent.setIcon(tinted_icon("recent"))
        self._recent.setIconSize(QSize(18, 18))
        self._recent.setMenu(self.recent_menu)
        self._recent.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._recent.setToolTip(self.tr("Photos looked up before"))
        self._recent.setAccessibleName(self.tr("Recent photos"))
        self._recent.setCursor(Qt.CursorShape.PointingHandCursor)
        self._recent.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._recent.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(_SPACING)
        buttons.addWidget(self._open, 1)
        buttons.addWidget(self._recent)
        buttons.addWidget(self._paste)
        head = QVBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._title)
        head.addWidget(self._caption)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)  # what is hidden takes its gap along
        column.addLayout(head)
        column.addWidget(self.view, 1)
        for widget in (self.tools, self._fetch_bar, self._notice):
            column.addWidget(widget)
        column.addLayout(buttons)
        self._measure()

    def show_photo(
        self,
        preview: QImage,
        name: str,
        size: tuple[int, int],
        region: Region = Region(),  # noqa: B008
    ) -> None:
        """Show the decoded photo, all of it, and what of it is looked up; a refusal goes."""
        self.view.show_image(preview, region)
        self.tools.show_region(self.view.region())
        self.hide_notice()
        self._set_caption(self.tr("{name}  ·  {width} × {height}").format(
            name=name, width=size[0], height=size[1]
        ))  # fmt: skip

    def show_pending(self, name: str) -> None:
        """The photo of that name is not read yet, or cannot be; empty: there is none."""
        self.view.show_image(QImage())
        self.tools.hide()
        self.hide_notice()
        self._set_caption(name or self.tr("Nothing chosen yet"))

    def yields_focus(self, holder: QWidget) -> bool:
        """Whether `holder` needs the keyboard no longer once the photo is looked up.

        The photo keeps it while there is a box: the arrow keys may move that on.
        """
        if holder is self.view:
            return self.view.region().box is None
        return holder in (self._open, self._paste)

    def region(self) -> Region:
        """What of the photo is looked up."""
        return self.view.region()

    @Slot()
    def open_photo(self) -> None:
        """Ask for photo files."""
        if self._dialog is not None:
            self._dialog.raise_()
            return
        from beautyfinder.photo import PHOTO_SUFFIXES  # brings numpy and Pillow along

        patterns = " ".join(f"*{suffix}" for suffix in sorted(PHOTO_SUFFIXES))
        dialog = QFileDialog(self, self.tr("Open photos"), self._folder)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(
            [self.tr("Pictures ({patterns})").format(patterns=patterns), self.tr("All files (*)")]
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._on_files_selected)
        dialog.finished.connect(self._on_dialog_finished)
        self._dialog = dialog
        dialog.open()

    @Slot()
    def paste_photo(self) -> None:
        """Use what is on the clipboard."""
        self.take(QGuiApplication.clipboard().mimeData(), pasted=True)

    @Slot()
    def turn_left(self) -> None:
        """Turn the photo a quarter counter-clockwise."""
        self.view.turn(-1)

    @Slot()
    def turn_right(self) -> None:
        """Turn the photo a quarter clockwise."""
        self.view.turn(1)

    @Slot()
    def remove_box(self) -> None:
        """Look up all of the photo, as it is turned."""
        if self.tools.remove.hasFocus():
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.view.remove_box()

    @Slot()
    def cancel_fetching(self) -> None:
        """Stop fetching from the web; what is shown stays."""
        if self._fetcher is not None:
            self._fetcher.cancel()
        self._fetch_bar.hide()

    def is_fetching(self) -> bool:
        """Whether a picture is being fetched."""
        return self._fetcher is not None and self._fetcher.is_busy()

    @Slot(str)
    def refuse(self, why: str) -> None:
        """Say why something cannot be used; the photo that is shown stays."""
        self.came_up.emit()
        self._notice.say(why)
        self.view.set_hovered(False)

    def notice(self) -> str:
        """The refusal that is shown, or an empty text."""
        return "" if self._notice.isHidden() else self._notice.text()

    def hide_notice(self) -> None:
        """Take the refusal away."""
        self._notice.setVisible(False)

    def start_in(self, folder: str) -> None:
        """Where the file dialog begins."""
        self._folder = folder

    def take(self, mime: QMimeData | None, pasted: bool = False) -> bool:
        """Use a drop or the clipboard; says whether there was something to use."""
        return self._use(read_offer(mime, pasted))

    def drag_enter(self, event: QDragEnterEvent | QDragMoveEvent) -> None:
        """A drag comes over this pane or anywhere over the window."""
        if may_take(event.mimeData()):
            _accept(event)
            self.view.set_hovered(True)
        else:
            event.ignore()

    def drag_leave(self) -> None:
        """The drag went."""
        self.view.set_hovered(False)

    def drop(self, event: QDropEvent) -> None:
        """The drag let go."""
        self.view.set_hovered(False)
        if self.take(event.mimeData()):
            _accept(event)
        else:
            event.ignore()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.drag_enter(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self.drag_enter(event)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self.drag_leave()

    def dropEvent(self, event: QDropEvent) -> None:
        self.drop(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_paste(self.width() >= self._roomy_from)
        self._elide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self.layout():
            self._measuring.start()

    @Slot()
    def _measure(self) -> None:
        """How wide the buttons are together depends on type size and language."""
        beside = self._open.sizeHint().width() + self._recent.sizeHint().width() + 2 * _SPACING
        self._say_paste(True)
        self._roomy_from = max(_ROOM_FOR_PASTE, beside + self._paste.sizeHint().width())
        self._say_paste(False)
        least = beside + self._paste.sizeHint().width()
        self.setMinimumWidth(max(_LEAST_WIDTH, least, self.tools.roomy_width()))
        self._say_paste(self.width() >= self._roomy_from)

    def _say_paste(self, in_words: bool) -> None:
        self._paste.setText(self.tr("Paste") if in_words else "")
        self._paste.setIconSize(QSize(25 if in_words else 18, 18))

    @Slot("QStringList")
    def _on_files_selected(self, files: list[str]) -> None:
        self._folder = str(Path(files[0]).parent)
        self.folder_used.emit(self._folder)
        self._use(offer_of_paths(files))

    @Slot(int)
    def _on_dialog_finished(self, _result: int) -> None:
        self._dialog = None

    @Slot(str)
    def _on_recent_chosen(self, path: str) -> None:
        self._use(offer_of_paths([path]))

    @Slot(object)
    def _on_region_changed(self, region: Region) -> None:
        self.tools.show_region(region)
        self.region_changed.emit(region)

    @Slot(object)
    def _on_listed(self, listed: tuple[int, Offer]) -> None:
        given, offer = listed
        if given == self._given:
            self._use(offer)

    @Slot(object)
    def _on_fetched(self, query: BytesQuery) -> None:
        self._use(Offer((query,)))

    @Slot(str)
    def _on_fetch_failed(self, why: str) -> None:
        self._fetch_bar.hide()
        self.refuse(why)

    def _use(self, offer: Offer) -> bool:
        if offer.refusal:
            self.refuse(offer.refusal)
            return False
        self._given += 1
        self.hide_notice()
        self.cancel_fetching()  # what a person gave last counts
        if offer.store is not None:
            self.store_offered.emit(offer.store)
        elif offer.video is not None:
            self.video_offered.emit(offer.video)
        elif offer.folders:
            self._list(offer.folders)
        elif offer.urls and not self.may_fetch:
            self.refuse(
                self.tr("That is a link, and fetching pictures from the web is switched off in the "
                        "settings. Save the picture, then drop or paste it here.")
            )  # fmt: skip
            return False
        elif offer.urls:
            self._fetch(offer.urls)
        else:
            self.photos_offered.emit(offer.queries)
            if offer.remark:
                self.remarked.emit(offer.remark)
        return True

    def _list(self, folders: tuple[Path, ...]) -> None:
        self.remarked.emit(self.tr("Looking for pictures in the folder…"))
        given = self._given
        self._listing = Task(lambda: (given, offer_of_folders(folders)), self)
        self._listing.done.connect(self._on_listed)
        self._listing.failed.connect(self.refuse)
        self._listing.start()

    def _fetch(self, urls: tuple[str, ...]) -> None:
        self.came_up.emit()
        if self._fetcher is None:
            self._fetcher = PictureFetcher(self)
            self._fetcher.started.connect(self._fetch_bar.show_host)
            self._fetcher.progressed.connect(self._fetch_bar.show_progress)
            self._fetcher.fetched.connect(self._on_fetched)
            self._fetcher.failed.connect(self._on_fetch_failed)
        self._fetcher.fetch(*urls)

    def _set_caption(self, text: str) -> None:
        self._full_name = text
        self._caption.setToolTip(text)
        self._elide()

    def _elide(self) -> None:
        metrics = self._caption.fontMetrics()
        self._caption.setText(
            metrics.elidedText(self._full_name, Qt.TextElideMode.ElideMiddle, self.width() - 2)
        )


def _accept(event: QDragMoveEvent | QDropEvent) -> None:
    """As a copy, so that no file manager deletes the photo; as a link where a browser insists."""
    actions = Qt.DropAction
    only_link = not event.possibleActions() & actions.CopyAction
    link = only_link and bool(event.possibleActions() & actions.LinkAction)
    event.setDropAction(actions.LinkAction if link else actions.CopyAction)
    event.accept()
