"""The cells of an evaluation as a table that can be sorted; the best of a column is marked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from beautyfinder.gui.evaluation.names import metric_name, pooling_name, rerank_name
from beautyfinder.gui.evaluation.results import Cell, Results
from beautyfinder.gui.theme import current_theme

_Index = QModelIndex | QPersistentModelIndex
SORT_ROLE = int(Qt.ItemDataRole.UserRole) + 1

# What a column shows of a cell: words, or a number with so many decimals.
_TEXTS: tuple[Callable[[Cell], str], ...] = (
    lambda cell: cell.backbone,
    lambda cell: pooling_name(cell.pooling),
    lambda cell: metric_name(cell.metric),
    lambda cell: rerank_name(cell.rerank),
)
_NUMBERS: tuple[tuple[Callable[[Cell], float | None], int], ...] = (
    (lambda cell: cell.map7, 4),
    (lambda cell: cell.low, 3),
    (lambda cell: cell.challenge, 4),
    (lambda cell: cell.top1, 3),
    (lambda cell: cell.recall, 3),
    (lambda cell: cell.milliseconds, 0),
    (lambda cell: cell.paper, 4),
)
MAP7, INTERVAL, CHALLENGE, TOP1, RECALL, MILLISECONDS, PAPER = range(len(_TEXTS), 11)
_MARKED = (MAP7, CHALLENGE, TOP1, RECALL)


class CellsModel(QAbstractTableModel):
    """A row for each method, in the order they were measured in."""

    def __init__(self) -> None:
        super().__init__()
        self._cells: tuple[Cell, ...] = ()
        self._best: dict[int, float] = {}

    def show(self, results: Results | None) -> None:
        """Show the cells of `results`, or none."""
        self.beginResetModel()
        self._cells = results.cells if results is not None else ()
        self._best = {
            column: max((self._number(cell, column) or 0.0 for cell in self._cells), default=0.0)
            for column in _MARKED
        }
        self.endResetModel()

    def is_best(self, row: int, column: int) -> bool:
        """Whether no other method reaches more in that column."""
        return column in _MARKED and self._number(self._cells[row], column) == self._best[column]

    def has_paper(self) -> bool:
        """Whether the paper measured any of these."""
        return any(cell.paper is not None for cell in self._cells)

    def has_backbones(self) -> bool:
        """Whether there is more than one backbone."""
        return len({cell.backbone for cell in self._cells}) > 1

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._cells)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else PAPER + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                self.tr("Backbone"), self.tr("Pooling"), self.tr("Distance"),
                self.tr("Re-ranking"), self.tr("mAP@7"), self.tr("95 %"),
                self.tr("challenge's"), self.tr("first right"), self.tr("short-listed"),
                self.tr("ms/photo"), self.tr("paper"),
            )[section]  # fmt: skip
        if role == Qt.ItemDataRole.ToolTipRole:
            return {
                MAP7: self.tr("Mean average precision of the best seven, over all right answers"),
                INTERVAL: self.tr("Where the mean lies with 95 % probability"),
                CHALLENGE: self.tr("mAP@7 over the right answers among the seven"),
                TOP1: self.tr("Share of photos whose first hit is right"),
                RECALL: self.tr("Share of photos with a right answer in the short-list"),
                PAPER: self.tr("What the paper published, on its own data"),
            }.get(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell, column = self._cells[index.row()], index.column()
        best = self.is_best(index.row(), column)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"★ {self._shown(cell, column)}" if best else self._shown(cell, column)
        if role == SORT_ROLE:
            number = self._number(cell, column)
            return _TEXTS[column](cell) if column < len(_TEXTS) else number or 0.0
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ForegroundRole and (best or column == INTERVAL):
            return current_theme().accent if best else current_theme().muted
        if role == Qt.ItemDataRole.FontRole and best:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.AccessibleTextRole and best:
            return self.tr("{value}, the best").format(value=self._shown(cell, column))
        return None

    def _shown(self, cell: Cell, column: int) -> str:
        if column < len(_TEXTS):
            return _TEXTS[column](cell)
        if column == INTERVAL:
            return f"{_text(cell.low, 3)}–{_text(cell.high, 3)}"
        number, decimals = self._number(cell, column), _NUMBERS[column - len(_TEXTS)][1]
        return "–" if number is None else _text(number, decimals)

    def _number(self, cell: Cell, column: int) -> float | None:
        return _NUMBERS[column - len(_TEXTS)][0](cell) if column >= len(_TEXTS) else None


def _text(number: float, decimals: int) -> str:
    return QLocale().toString(number, "f", decimals)


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column >= len(_TEXTS) else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
