"""What an evaluation found: the table of methods, the photos, and what each method made of one."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, QSortFilterProxyModel, Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QListView,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from beautyfinder.gui.evaluation.query_list import GAINED, LISTED, WORST, QueriesModel
from beautyfinder.gui.evaluation.results import Results
from beautyfinder.gui.evaluation.strips import Pictures, StripsView
from beautyfinder.gui.evaluation.table_model import MAP7, PAPER, SORT_ROLE, CellsModel

_PICTURE = 44  # side of a photo in the list


class ResultsPage(QSplitter):
    """A method is chosen in the table, a photo in the list; its strips are beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._results: Results | None = None
        self._pictures: Pictures | None = None
        self._query: int | None = None
        self.model = CellsModel()
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self.model)
        self._sorted.setSortRole(SORT_ROLE)
        self.queries_model = QueriesModel()
        self.table, self.list = QTableView(), QListView()
        self.order = QComboBox()
        self.strips = StripsView()
        self._make_table()
        self._make_list()
        photos = QWidget()
        column = QVBoxLayout(photos)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.order)
        column.addWidget(self.list, 1)
        below = QSplitter()
        for widget in (photos, self.strips):
            below.addWidget(widget)
        below.setSizes([270, 800])
        for widget in (self.table, below):
            self.addWidget(widget)
        self.setSizes([270, 430])
        for splitter in (self, below):
            splitter.setHandleWidth(14)
            splitter.setChildrenCollapsible(False)
        self.table.selectionModel().currentRowChanged.connect(self._on_cell_chosen)
        self.list.selectionModel().currentRowChanged.connect(self._on_query_chosen)
        self.order.currentIndexChanged.connect(self._on_order_chosen)

    def show_results(self, results: Results | None) -> None:
        """Show them, the best method chosen; or nothing."""
        self._results = results
        self._pictures = Pictures(results) if results is not None else None
        self._query = None
        self.model.show(results)
        self.queries_model.show(None, None, 0, WORST)
        self.strips.clear()
        if results is not None:
            self.table.setColumnHidden(0, not self.model.has_backbones())
            self.table.setColumnHidden(PAPER, not self.model.has_paper())
            self.table.resizeColumnsToContents()
            self.table.sortByColumn(MAP7, Qt.SortOrder.DescendingOrder)
            self.table.selectRow(0)

    def cell(self) -> int:
        """The method that is chosen in the table."""
        return max(self._sorted.mapToSource(self.table.currentIndex()).row(), 0)

    @Slot(QModelIndex, QModelIndex)
    def _on_cell_chosen(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._list_queries(self._query)

    @Slot(int)
    def _on_order_chosen(self, _index: int) -> None:
        self._list_queries(None)

    def _list_queries(self, query: int | None) -> None:
        """In the chosen order; `query` stays chosen, or the first is."""
        if self._results is None:
            return
        order = self.order.currentData()
        self.queries_model.show(self._results, self._pictures, self.cell(), order)
        row = self.queries_model.row_of(query)
        self.list.setCurrentIndex(self.queries_model.index(row))

    @Slot(QModelIndex, QModelIndex)
    def _on_query_chosen(self, now: QModelIndex, _before: QModelIndex) -> None:
        query = self.queries_model.query(now.row())
        if query is None or self._results is None or self._pictures is None:
            return
        self._query = query
        self.strips.show_query(self._results, self._pictures, query, self.cell())

    def _make_table(self) -> None:
        table = self.table
        table.setModel(self._sorted)
        table.setObjectName("cells")
        table.setAccessibleName(self.tr("Methods"))
        table.setSortingEnabled(True)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setResizeContentsPrecision(8)  # rows that the widths go by
        table.horizontalHeader().setStretchLastSection(True)

    def _make_list(self) -> None:
        for words, order in (
            (self.tr("Worst first"), WORST),
            (self.tr("Gained most by re-ranking"), GAINED),
            (self.tr("As listed"), LISTED),
        ):
            self.order.addItem(words, order)
        self.order.setAccessibleName(self.tr("Order of the photos"))
        self.list.setModel(self.queries_model)
        self.list.setObjectName("asked")
        self.list.setAccessibleName(self.tr("Photos"))
        self.list.setIconSize(QSize(_PICTURE, _PICTURE))
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
