"""The queries of the strip as a list model: name, state, small picture, words for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage

THUMBNAIL = 72
"""Side of the pictures in device-independent pixels."""

_Index = QModelIndex | QPersistentModelIndex

ITEM_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class QueryState(Enum):
    """How far a query is."""

    WAITING = "waiting"
    LOOKING_UP = "looking up"
    ANSWERED = "answered"
    FAILED = "failed"


@dataclass
class StripItem:
    """One query. `text`: the best hit's title, or why it failed; `picture`: small, maybe null."""

    name: str
    state: QueryState = QueryState.WAITING
    text: str = ""
    verdict: str = ""
    picture: QImage = field(default_factory=QImage)


class StripModel(QAbstractListModel):
    """One row per query, in the order given."""

    def __init__(self) -> None:
        super().__init__()
        self.items: list[StripItem] = []

    def set_names(self, names: Sequence[str]) -> None:
        """These queries instead, all of them waiting."""
        self.beginResetModel()
        self.items = [StripItem(name) for name in names]
        self.endResetModel()

    def set_state(
        self, row: int, state: QueryState, text: str, picture: QImage | None, verdict: str
    ) -> None:
        """See QueryStrip.set_state; a row that is gone by now is no matter."""
        if not 0 <= row < len(self.items):
            return
        item = self.items[row]
        item.state, item.text, item.verdict = state, text, verdict
        if picture is not None and not picture.isNull():
            item.picture = picture
        index = self.index(row, 0)
        self.dataChanged.emit(index, index)

    def remove(self, row: int) -> None:
        """Take one away."""
        self.beginRemoveRows(QModelIndex(), row, row)
        del self.items[row]
        self.endRemoveRows()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.items):
            return None
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{item.name}\n{self.words(item)}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{item.name}. {self.words(item)}"
        if role == ITEM_ROLE:
            return item
        return None

    def words(self, item: StripItem) -> str:
        """What there is to say of a query."""
        if item.state == QueryState.WAITING:
            return self.tr("Waiting")
        if item.state == QueryState.LOOKING_UP:
            return self.tr("Looking it up…")
        if item.state == QueryState.FAILED:
            return item.text or self.tr("It could not be looked up.")
        if item.verdict == "no match":
            return self.tr("Probably not in this catalogue; closest: {title}").format(
                title=item.text
            )
        return item.text or self.tr("Nothing found")

    def short_words(self, item: StripItem) -> str:
        """The same where there is little room."""
        if item.state == QueryState.ANSWERED and item.verdict == "no match":
            return self.tr("Probably not in this catalogue")
        return self.words(item)
