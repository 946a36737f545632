"""The photos of an evaluation in a list: picture, name, AP@7 by the chosen method."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon, QPixmap

from beautyfinder.gui.evaluation.results import Results
from beautyfinder.gui.evaluation.strips import Pictures

WORST, GAINED, LISTED = "worst", "gained", "listed"
_Index = QModelIndex | QPersistentModelIndex


class QueriesModel(QAbstractListModel):
    """By how they fare with one method: worst first, gained most; or as the CSV has them."""

    def __init__(self) -> None:
        super().__init__()
        self._results: Results | None = None
        self._pictures: Pictures | None = None
        self._cell = 0
        self._queries: list[int] = []

    def show(
        self, results: Results | None, pictures: Pictures | None, cell: int, order: str
    ) -> None:
        """List the photos of `results` in that order, by the method `cell`."""
        self.beginResetModel()
        self._results, self._pictures, self._cell = results, pictures, cell
        self._queries = _ordered(results, cell, order) if results is not None else []
        self.endResetModel()

    def query(self, row: int) -> int | None:
        """Which photo stands in that row."""
        return self._queries[row] if 0 <= row < len(self._queries) else None

    def row_of(self, query: int | None) -> int:
        """Where that photo stands; the first row where it is not listed."""
        return self._queries.index(query) if query in self._queries else 0

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._queries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        query = self.query(index.row()) if index.isValid() else None
        if query is None or self._results is None or self._pictures is None:
            return None
        asked = self._results.asked[query]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.tr("{name}\nAP {precision}").format(
                name=asked.name, precision=f"{self._results.precision(query, self._cell):.3f}"
            )
        if role == Qt.ItemDataRole.DecorationRole:
            return QIcon(QPixmap.fromImage(self._pictures.image(asked.picture)))
        if role == Qt.ItemDataRole.ToolTipRole:
            return asked.name
        return None


def _ordered(results: Results, cell: int, order: str) -> list[int]:
    queries = list(range(len(results.asked)))
    before = results.without_reranking(cell)
    if order == WORST:
        queries.sort(key=lambda query: results.precision(query, cell))
    elif order == GAINED and before is not None:
        queries.sort(
            key=lambda query: results.precision(query, before) - results.precision(query, cell)
        )
    return queries
