"""The strip of photos that were given at once: a small picture each, and what was found for it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from beautyfinder.gui.query_strip_delegate import StripDelegate
from beautyfinder.gui.query_strip_model import QueryState, StripModel


class QueryStrip(QListView):
    """Hidden while there is one query or none. Ctrl and left or right arrow go through it.

    `selected` (row) when a person goes to another query, or it moved up where one was removed;
    `removed` (row) for every row that goes, also where the Delete key took it away.
    """

    selected = Signal(int)
    removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strip_model = StripModel()
        self._current = -1
        self.setObjectName("strip")
        self.setModel(self.strip_model)
        delegate = StripDelegate(self)
        self.setItemDelegate(delegate)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setSpacing(0)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setAcceptDrops(False)  # a drop here is the window's, as everywhere
        self.viewport().setAcceptDrops(False)
        self.setAccessibleName(self.tr("Photos given at once"))
        self.setFixedHeight(
            delegate.size().height() + self.horizontalScrollBar().sizeHint().height()
        )
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        for keys, step in (("Ctrl+Right", self.go_next), ("Ctrl+Left", self.go_back)):
            shortcut = QShortcut(QKeySequence(keys), self)  # anywhere in the window
            shortcut.activated.connect(step)
        self.hide()

    def set_queries(self, names: Sequence[str]) -> None:
        """These photos were given; all of them wait, the first one is the current one."""
        self._current = -1
        self.strip_model.set_names(names)
        self.setVisible(len(names) > 1)
        self.set_current(0)

    def set_state(
        self,
        row: int,
        state: QueryState,
        text: str = "",
        picture: QImage | None = None,
        verdict: str = "",
    ) -> None:
        """How far the query in `row` is.

        `text`: the best hit's title once answered, the sentence why it failed; `picture`: the
        photo made small, drawn as it is (None: as before); `verdict`: "match", "unsure" or
        "no match".
        """
        self.strip_model.set_state(row, state, text, picture, verdict)

    def state_of(self, row: int) -> QueryState:
        """How far the query in `row` is."""
        return self.strip_model.items[row].state

    def current(self) -> int:
        """The row whose answer is shown; −1 where there is none."""
        return self._current

    def set_current(self, row: int) -> None:
        """Mark the query in `row` as the one whose answer is shown; `selected` is not emitted."""
        self._current = row if 0 <= row < self.strip_model.rowCount() else -1
        index = self.strip_model.index(self._current, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flags)
        if index.isValid():
            self.scrollTo(index)

    def remove(self, row: int) -> None:
        """Take a query away; where it was the current one its neighbour is selected."""
        if not 0 <= row < self.strip_model.rowCount():
            return
        was_current, before = row == self._current, self._current
        self._current = -1  # what Qt makes the current one meanwhile is not a person's choice
        self.strip_model.remove(row)
        count = self.strip_model.rowCount()
        self.set_current(min(row, count - 1) if was_current else before - (row < before))
        self.setVisible(count > 1)
        self.removed.emit(row)
        if was_current and self._current >= 0:
            self.selected.emit(self._current)

    def clear(self) -> None:
        """No queries."""
        self.set_queries(())

    @Slot()
    def go_next(self) -> None:
        """To the query at the right."""
        self._go(1)

    @Slot()
    def go_back(self) -> None:
        """To the query at the left."""
        self._go(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove(self._current)
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(480, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.height())

    def _go(self, step: int) -> None:
        row = self._current + step
        if self._current >= 0 and 0 <= row < self.strip_model.rowCount():
            self.set_current(row)
            self.selected.emit(row)

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid() and self._current >= 0 and now.row() != self._current:
            self._current = now.row()
            self.selected.emit(self._current)
