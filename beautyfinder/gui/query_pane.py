"""The left side: the photo that is looked up, and every way to give one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal, Slot
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
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from beautyfinder.gui.drops import Offer, may_take, offer_of_paths, read_offer
from beautyfinder.gui.photo_view import PhotoView
from beautyfinder.gui.theme import current_theme, icon_pixmap, tinted_icon


class QueryPane(QWidget):
    """Takes photos by drop, paste, button and dialog, and shows the one being looked up.

    `photo_offered` (a Query) and `store_offered` (a Path) are wishes; what cannot be used is
    refused in words, and what is shown stays. `remarked` is a sentence for the status line.
    """

    photo_offered = Signal(object)
    store_offered = Signal(object)
    remarked = Signal(str)
    folder_used = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._dialog: QFileDialog | None = None
        self._folder = ""
        self._full_name = ""

        self._title = QLabel(self.tr("Your photo"))
        self._title.setProperty("role", "headline")
        self._caption = QLabel()
        self._caption.setProperty("role", "muted")
        self._caption.setTextFormat(Qt.TextFormat.PlainText)
        self._caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.view = PhotoView()
        self.view.open_requested.connect(self._on_open_requested)
        self._notice = _Notice()
        self._notice.dismissed.connect(self.hide_notice)
        self._notice_gap = QWidget()
        self._notice_gap.setFixedHeight(12)
        self.hide_notice()
        self._open = QPushButton(tinted_icon("photo", "accent_text"), self.tr("Open photo…"))
        self._open.setProperty("role", "primary")
        self._open.setToolTip(self.tr("Choose a photo file (Ctrl+O)"))
        self._open.clicked.connect(self._on_open_requested)
        self._paste = QPushButton(tinted_icon("paste"), self.tr("Paste"))
        self._paste.setToolTip(self.tr("Look up the picture on the clipboard (Ctrl+V)"))
        self._paste.clicked.connect(self._on_paste_requested)
        for button in (self._open, self._paste):
            button.setIconSize(QSize(25, 18))  # the icon takes the left, the rest is a gap
            button.setAccessibleName(button.text().rstrip("…"))
            button.setCursor(Qt.CursorShape.PointingHandCursor)

        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addWidget(self._open, 1)
        buttons.addWidget(self._paste)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addSpacing(4)
        column.addWidget(self._caption)
        column.addSpacing(14)
        column.addWidget(self.view, 1)
        column.addSpacing(12)
        column.addWidget(self._notice)
        column.addWidget(self._notice_gap)
        column.addLayout(buttons)
        self.setMinimumWidth(268)
        self._set_caption(self.tr("Nothing chosen yet"))

    def show_photo(self, preview: QImage, name: str, size: tuple[int, int]) -> None:
        """Show the decoded photo; a refusal that is still there goes."""
        self.view.show_image(preview)
        self.hide_notice()
        self._set_caption(self.tr("{name}  ·  {width} × {height}").format(
            name=name, width=size[0], height=size[1]
        ))  # fmt: skip

    def refuse(self, why: str) -> None:
        """Say why something cannot be used; the photo that is shown stays."""
        self._notice.say(why)
        self._notice_gap.setVisible(True)
        self.view.set_hovered(False)

    def notice(self) -> str:
        """The refusal that is shown, or an empty text."""
        return "" if self._notice.isHidden() else self._notice.text()

    def hide_notice(self) -> None:
        """Take the refusal away."""
        self._notice.setVisible(False)
        self._notice_gap.setVisible(False)

    def start_in(self, folder: str) -> None:
        """Where the file dialog begins."""
        self._folder = folder

    def take(self, mime: QMimeData | None, pasted: bool = False) -> bool:
        """Use a drop or the clipboard; says whether there was something to use."""
        return self._use(read_offer(mime, pasted))

    def drag_enter(self, event: QDragEnterEvent | QDragMoveEvent) -> None:
        """A drag comes over this pane or anywhere over the window."""
        if may_take(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
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
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
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
        self._elide()

    @Slot()
    def _on_paste_requested(self) -> None:
        self.take(QGuiApplication.clipboard().mimeData(), pasted=True)

    @Slot()
    def _on_open_requested(self) -> None:
        if self._dialog is not None:
            self._dialog.raise_()
            return
        from beautyfinder.photo import PHOTO_SUFFIXES  # brings numpy and Pillow along

        patterns = " ".join(f"*{suffix}" for suffix in sorted(PHOTO_SUFFIXES))
        dialog = QFileDialog(self, self.tr("Open photo"), self._folder)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [self.tr("Pictures ({patterns})").format(patterns=patterns), self.tr("All files (*)")]
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._on_files_selected)
        dialog.finished.connect(self._on_dialog_finished)
        self._dialog = dialog
        dialog.open()

    @Slot("QStringList")
    def _on_files_selected(self, files: list[str]) -> None:
        self._folder = str(Path(files[0]).parent)
        self.folder_used.emit(self._folder)
        self._use(offer_of_paths(files))

    @Slot(int)
    def _on_dialog_finished(self, _result: int) -> None:
        self._dialog = None

    def _use(self, offer: Offer) -> bool:
        if offer.store is not None:
            self.hide_notice()
            self.store_offered.emit(offer.store)
        elif offer.query is not None:
            self.hide_notice()
            self.photo_offered.emit(offer.query)
            if offer.remark:
                self.remarked.emit(offer.remark)
        else:
            self.refuse(offer.refusal)
            return False
        return True

    def _set_caption(self, text: str) -> None:
        self._full_name = text
        self._caption.setToolTip(text)
        self._elide()

    def _elide(self) -> None:
        metrics = self._caption.fontMetrics()
        self._caption.setText(
            metrics.elidedText(self._full_name, Qt.TextElideMode.ElideMiddle, self.width() - 2)
        )


class _Notice(QFrame):
    """A sentence on a tinted ground, with a button that takes it away: `dismissed`."""

    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._icon = QLabel()
        self.setObjectName("notice")
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        close = QToolButton()
        close.setProperty("role", "quiet")
        close.setIcon(tinted_icon("close", "muted"))
        close.setAccessibleName(self.tr("Dismiss the message"))
        close.setToolTip(self.tr("Dismiss"))
        close.clicked.connect(self.dismissed)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 8, 10)
        row.setSpacing(10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)

    def text(self) -> str:
        return self._words.text()

    def say(self, sentence: str) -> None:
        self._draw_icon()
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(True)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icon()
        super().changeEvent(event)

    def _draw_icon(self) -> None:
        pixmap = icon_pixmap("alert", 20, current_theme().warning, self.devicePixelRatioF())
        self._icon.setPixmap(pixmap)
