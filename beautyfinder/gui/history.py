"""The dialog of look-ups that were: search, reopen, look up again, erase, export the labelled."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from beautyfinder.gui.history_list import HistoryDelegate, HistoryModel
from beautyfinder.gui.journal_keeper import JournalKeeper
from beautyfinder.gui.message_page import MessagePage
from beautyfinder.gui.remembered import Remembered
from beautyfinder.gui.theme import tinted_icon
from beautyfinder.gui.translation import plain

_PAUSE_MS = 150  # between typing and searching


class HistoryDialog(QDialog):
    """Does not stop the window. `reopen_wanted` (Remembered): show photo and hits as they were;
    `again_wanted` (Remembered): look the photo up anew.
    """

    reopen_wanted = Signal(object)
    again_wanted = Signal(object)

    def __init__(self, keeper: JournalKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._wish = ""  # what happens to the look-up that is being read: "reopen" or "again"
        self._current = "", 0  # the look-up that stays chosen when the list is read anew: id, row
        self.setWindowTitle(self.tr("History"))
        self.resize(620, 640)
        self._search = QLineEdit()
        self._search.setObjectName("search")
        self._search.setClearButtonEnabled(True)
        self._search.setPlaceholderText(self.tr("Search by name, product, verdict or catalogue"))
        self._search.setAccessibleName(self.tr("Search the history"))
        self._search.addAction(
            tinted_icon("find", "muted"), QLineEdit.ActionPosition.LeadingPosition
        )
        self.model = HistoryModel(keeper)
        self._list = QListView()
        self._list.setObjectName("history")
        self._list.setModel(self.model)
        self._list.setItemDelegate(HistoryDelegate(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._list.setAccessibleName(self.tr("Look-ups, the newest first"))
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._empty = MessagePage()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._empty)
        self._remark = QLabel()
        self._remark.setProperty("role", "muted")
        self._remark.setTextFormat(Qt.TextFormat.PlainText)
        self._remark.setWordWrap(True)
        self._remark.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._make_buttons()
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(12)
        column.addWidget(self._search)
        column.addWidget(self._stack, 1)
        column.addWidget(self._remark)
        column.addLayout(self._buttons_row())
        self._connect()
        self._follow()

    def remark(self) -> str:
        """The sentence under the list."""
        return self._remark.text()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.model.refresh()
        self._follow()
        self._search.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._reopen.click()  # from the search field too
            return
        if event.key() == Qt.Key.Key_Down and self._search.hasFocus() and self.model.rowCount():
            self._list.setFocus()
            return
        super().keyPressEvent(event)

    def _make_buttons(self) -> None:
        self._reopen = QPushButton(self.tr("&Reopen"))
        self._reopen.setProperty("role", "primary")
        self._reopen.setToolTip(self.tr("Show the photo and what was found then (Enter)"))
        self._again = QPushButton(tinted_icon("again"), self.tr("&Look up again"))
        self._again.setToolTip(self.tr("Look the photo up in the catalogue that is open now"))
        self._erase = QPushButton(tinted_icon("erase"), self.tr("&Erase"))
        self._erase.setToolTip(self.tr("Forget this look-up and what was said of it (Delete)"))
        self._erase_all = QPushButton(self.tr("Erase &all…"))
        self._erase_all.setToolTip(self.tr("Forget all look-ups"))
        self._export = QPushButton(tinted_icon("export"), self.tr("E&xport labelled queries…"))
        self._export.setToolTip(
            self.tr("Save the photos whose products were marked as right, with a table that "
                    "“beautyfinder evaluate --queries” reads")
        )  # fmt: skip
        for button in (self._reopen, self._again, self._erase, self._erase_all, self._export):
            button.setAutoDefault(False)
            button.setIconSize(QSize(22, 16))  # the icon takes the left, the rest is a gap
            button.setAccessibleName(plain(button.text()))

    def _buttons_row(self) -> QVBoxLayout:
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(8)
        first.addWidget(self._reopen)
        first.addWidget(self._again)
        first.addStretch(1)
        first.addWidget(self._erase)
        second.addWidget(self._export)
        second.addStretch(1)
        second.addWidget(self._erase_all)
        rows = QVBoxLayout()
        rows.setSpacing(8)
        rows.addLayout(first)
        rows.addLayout(second)
        return rows

    def _connect(self) -> None:
        keeper = self._keeper
        keeper.changed.connect(self._on_changed)
        keeper.opened.connect(self._on_opened)
        keeper.remarked.connect(self._say)
        keeper.failed.connect(self._say)
        self.model.modelReset.connect(self._on_listed)
        self._pause.timeout.connect(self._on_pause)
        self._search.textChanged.connect(self._on_typed)
        self._list.selectionModel().currentChanged.connect(self._on_current_changed)
        self._list.doubleClicked.connect(self._on_double_clicked)
        self._reopen.clicked.connect(self._on_reopen)
        self._again.clicked.connect(self._on_again)
        self._erase.clicked.connect(self._on_erase)
        self._erase_all.clicked.connect(self._on_erase_all)
        self._export.clicked.connect(self._on_export)
        for button, shortcut in ((self._reopen, None), (self._again, None),
                                 (self._erase, QKeySequence.StandardKey.Delete)):  # fmt: skip
            action = QAction(button.icon(), button.text(), self._list)
            if shortcut is not None:
                action.setShortcut(QKeySequence(shortcut))
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(button.click)
            self._list.addAction(action)

    def _chosen(self) -> str:
        """The id of the current look-up; empty: there is none."""
        index = self._list.currentIndex()
        return self.model.line(index.row()).id if index.isValid() else ""

    def _follow(self) -> None:
        """Buttons do only what can be done now."""
        one, any_ = bool(self._chosen()), self.model.rowCount() > 0
        for button in (self._reopen, self._again, self._erase):
            button.setEnabled(one)
        searched = bool(self._search.text().strip())
        self._erase_all.setEnabled(any_ or searched)
        self._export.setEnabled(any_ or searched)
        if any_ or self.model.is_loading():
            self._stack.setCurrentWidget(self._list)
            return
        if searched:
            self._empty.say(
                "find", self.tr("Nothing fits"),
                self.tr("No look-up has these words in its name, product, verdict or catalogue."),
            )  # fmt: skip
        else:
            self._empty.say(
                "history", self.tr("No look-ups yet"),
                self.tr("Every photo that you look up is kept here, on this computer only."),
            )  # fmt: skip
        self._stack.setCurrentWidget(self._empty)

    def _read(self, wish: str) -> None:
        if look_up := self._chosen():
            self._wish = wish
            self._keeper.get(look_up)

    @Slot(str)
    def _say(self, sentence: str) -> None:
        self._remark.setText(sentence)
        self._remark.setVisible(bool(sentence))

    @Slot()
    def _on_typed(self) -> None:
        self._pause.start()

    @Slot()
    def _on_pause(self) -> None:
        self._current = "", 0
        self.model.search(self._search.text())

    @Slot()
    def _on_changed(self) -> None:
        if self.isVisible():
            self.model.refresh()

    @Slot()
    def _on_listed(self) -> None:
        row = self.model.row_of(self._current[0])
        if row is None:  # it was erased: the one that took its place
            row = min(self._current[1], self.model.rowCount() - 1)
        if row >= 0:
            self._list.setCurrentIndex(self.model.index(row, 0))
        self._follow()

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self._current = self._chosen(), current.row()
        self._follow()

    @Slot(QModelIndex)
    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self._read("reopen")

    @Slot()
    def _on_reopen(self) -> None:
        self._read("reopen")

    @Slot()
    def _on_again(self) -> None:
        self._read("again")

    @Slot(object)
    def _on_opened(self, entry: Remembered) -> None:
        wish, self._wish = self._wish, ""
        if wish == "reopen":
            self.reopen_wanted.emit(entry)
        elif wish == "again":
            self.again_wanted.emit(entry)

    @Slot()
    def _on_erase(self) -> None:
        if look_up := self._chosen():
            self._keeper.erase(look_up)

    @Slot()
    def _on_erase_all(self) -> None:
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("Erase the history"))
        box.setText(self.tr("Erase all look-ups?"))
        box.setInformativeText(
            self.tr("Their photos and everything that was marked as right or wrong are erased, "
                    "too. This cannot be undone.")
        )  # fmt: skip
        erase = box.addButton(self.tr("Erase all"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        erase.clicked.connect(self._keeper.erase_all)
        box.open()

    @Slot()
    def _on_export(self) -> None:
        dialog = QFileDialog(self, self.tr("A folder for the labelled queries"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.export_to)
        dialog.open()

    @Slot(str)
    def export_to(self, folder: str) -> None:
        """As if `folder` had been chosen in the dialog."""
        self._keeper.export(Path(folder))
