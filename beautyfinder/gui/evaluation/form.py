"""What to evaluate: the CSV of labelled photos and the methods, ticked or not."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from beautyfinder.gui.evaluation.job import PAPER_SOURCES, EvaluationJob
from beautyfinder.gui.evaluation.names import (
    METRICS,
    POOLINGS,
    RERANKS,
    metric_name,
    pooling_name,
    rerank_name,
)
from beautyfinder.gui.theme import tinted_icon

_MOST_PHOTOS = 1_000_000


class EvaluationForm(QFrame):
    """`changed` whenever what it asks for is another. A CSV may be dropped on it."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAcceptDrops(True)
        self.queries = QLineEdit()
        self.queries.setPlaceholderText(self.tr("CSV with image,product_id – or drop it here"))
        self.queries.setAccessibleName(self.tr("CSV of labelled photos"))
        self.queries.setClearButtonEnabled(True)
        self.queries.textChanged.connect(self.changed)
        self._choose = QPushButton(self.tr("Choose…"))
        self._choose.setProperty("role", "small")
        self._choose.setAutoDefault(False)
        self._choose.clicked.connect(self._on_choose_clicked)
        self.poolings = self._boxes({name: pooling_name(name) for name in POOLINGS})
        self.metrics = self._boxes({name: metric_name(name) for name in METRICS})
        self.reranks = self._boxes({name: rerank_name(name) for name in RERANKS})
        self.sources = QComboBox()
        self.sources.setAccessibleName(self.tr("Short-list"))
        self.sources.addItem(self.tr("deep descriptors, as in the paper"), PAPER_SOURCES)
        self.sources.addItem(self.tr("descriptors, details and words"), ("deep", "local", "words"))
        self.sources.addItem(self.tr("descriptors and details"), ("deep", "local"))
        self.limit = QSpinBox()
        self.limit.setRange(0, _MOST_PHOTOS)
        self.limit.setSpecialValueText(self.tr("all"))
        self.limit.setAccessibleName(self.tr("How many of the photos"))
        self.limit.setToolTip(self.tr("Only so many of the photos, evenly spread; 0 for all"))
        self.limit.setMinimumWidth(90)
        self.limit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._dialog: QFileDialog | None = None
        self._lay_out()

    def set_queries(self, path: str) -> None:
        """Take the photos of that CSV."""
        self.queries.setText(path)

    def wanting(self) -> str:
        """What is missing yet, as a sentence; empty when the form is whole."""
        if not self.queries.text().strip():
            return self.tr("Choose the CSV that says which photo shows which product.")
        for boxes, sentence in (
            (self.poolings, self.tr("Tick at least one pooling.")),
            (self.metrics, self.tr("Tick at least one distance.")),
            (self.reranks, self.tr("Tick at least one re-ranking.")),
        ):
            if not _ticked(boxes):
                return sentence
        return ""

    def job(self, store: Path, results: Path) -> EvaluationJob:
        """What the form asks for; where every choice of a kind is ticked none is named."""
        return EvaluationJob(
            "evaluate", store, tuple(self.sources.currentData()),
            poolings=_named(self.poolings), metrics=_named(self.metrics),
            reranks=_named(self.reranks), results=results,
            queries=str(Path(self.queries.text().strip()).absolute()), limit=self.limit.value(),
        )  # fmt: skip

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and event.mimeData().urls()[0].isLocalFile():
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.set_queries(event.mimeData().urls()[0].toLocalFile())

    @Slot()
    def _on_choose_clicked(self) -> None:
        dialog = QFileDialog(self, self.tr("Labelled photos"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("CSV (*.csv)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(self.set_queries)
        self._dialog = dialog
        dialog.open()

    def _boxes(self, names: dict[str, str]) -> dict[str, QCheckBox]:
        boxes = {}
        for name, words in names.items():
            box = QCheckBox(words)
            box.setChecked(True)
            box.toggled.connect(self.changed)
            boxes[name] = box
        return boxes

    def _lay_out(self) -> None:
        photos = QHBoxLayout()
        photos.setSpacing(8)
        photos.addWidget(self.queries, 1)
        photos.addWidget(self._choose)
        photos.addSpacing(8)
        photos.addWidget(_label(self.tr("How many"), self.limit))
        photos.addWidget(self.limit)
        self._choose.setIcon(tinted_icon("table"))
        self._choose.setIconSize(QSize(20, 16))
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(8)
        grid.addWidget(_label(self.tr("Labelled photos"), self.queries), 0, 0)
        grid.addLayout(photos, 0, 1, 1, 3)
        for place, (title, boxes) in enumerate(
            (
                (self.tr("Poolings"), self.poolings),
                (self.tr("Distances"), self.metrics),
                (self.tr("Re-rankings"), self.reranks),
            )
        ):
            row = QHBoxLayout()
            row.setSpacing(12)
            for box in boxes.values():
                row.addWidget(box)
            row.addStretch(1)
            line, column = 1 + place // 2, 2 * (place % 2)
            grid.addWidget(_label(title, next(iter(boxes.values()))), line, column)
            grid.addLayout(row, line, column + 1)
        grid.addWidget(_label(self.tr("Short-list from"), self.sources), 2, 2)
        grid.addWidget(self.sources, 2, 3)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(16, 12, 16, 12)
        column_.addLayout(grid)


def _label(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "muted")
    label.setBuddy(buddy)
    return label


def _ticked(boxes: dict[str, QCheckBox]) -> tuple[str, ...]:
    return tuple(name for name, box in boxes.items() if box.isChecked())


def _named(boxes: dict[str, QCheckBox]) -> tuple[str, ...]:
    """Those ticked; none where all are, since a catalogue need not have them all."""
    ticked = _ticked(boxes)
    return () if len(ticked) == len(boxes) else ticked
