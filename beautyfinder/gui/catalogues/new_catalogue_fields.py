"""The fields of the form for a new catalogue: widgets and their places, nothing more."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from beautyfinder.gui.theme import tinted_icon

# The paper's, as beautyfinder.features.pooling names them, which would bring torch along.
POOLINGS = {"mac": "MAC", "spoc": "SPoC", "r-mac": "R-MAC", "ra-mac": "RA-MAC"}


class CatalogueFields(QWidget):
    """What the form asks for, everything ticked that can be."""

    def __init__(self) -> None:
        super().__init__()
        self.source, self.name = QLineEdit(), QLineEdit()
        self.source.setPlaceholderText(self.tr("Choose one, or drop it here"))
        self.source.setAccessibleName(self.tr("Folder of pictures or catalogue CSV"))
        self.name.setAccessibleName(self.tr("Name of the catalogue"))
        self.folder_button = QPushButton(tinted_icon("store"), self.tr("Folder…"))
        self.csv_button = QPushButton(tinted_icon("table"), self.tr("CSV…"))
        self.where = _muted("")
        self.place_button = QPushButton(self.tr("Change…"))
        self.place_button.setProperty("role", "small")
        self.place_button.setAccessibleName(self.tr("Change where the catalogue is kept"))
        for button in (self.folder_button, self.csv_button, self.place_button):
            button.setAutoDefault(False)
        self.backbone = QComboBox()
        self.backbone.setAccessibleName(self.tr("Network"))
        self.poolings = {name: QCheckBox(words) for name, words in POOLINGS.items()}
        for box in self.poolings.values():
            box.setChecked(True)
            box.setToolTip(self.tr("A way to sum a picture up; look-ups use one of them"))
        self.local = QCheckBox(self.tr("Details (local features)"))
        self.local.setChecked(True)
        self.words = QCheckBox(self.tr("Words on the packs"))
        self.words.setChecked(True)
        self.words_hint = _muted(
            self.tr("Read by OCR: finds packs by what stands on them. Half of the time.")
        )
        self._lay_out()

    def _lay_out(self) -> None:
        source, where, poolings = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        source.setSpacing(8)
        for widget in (self.source, self.folder_button, self.csv_button):
            source.addWidget(widget)
        where.addWidget(self.where, 1)
        where.addWidget(self.place_button)
        poolings.setSpacing(18)
        for pooling in self.poolings.values():
            poolings.addWidget(pooling)
        poolings.addStretch(1)
        hint = _muted(self.tr("In a folder, the folder that holds a picture tells the product; in "
                              "a CSV, the columns image and product_id do."))  # fmt: skip
        details = _muted(self.tr("Compares fine print and pattern: surest, and most of the disk."))
        gap: tuple[None, None] = (None, None)
        rows: tuple[tuple[str | None, QWidget | QLayout | None], ...] = (
            (self.tr("Pictures"), source), ("", hint), gap,
            (self.tr("Name"), self.name), ("", where), gap,
            (self.tr("Network"), self.backbone), (self.tr("Poolings"), poolings), gap,
            (self.tr("Compute"), self.local), ("", details),
            ("", self.words), ("", self.words_hint),
        )  # fmt: skip
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        for row, (label, content) in enumerate(rows):
            if label is None:
                grid.setRowMinimumHeight(row, 8)
            elif label:
                grid.addWidget(QLabel(label), row, 0)
            if isinstance(content, QWidget):
                grid.addWidget(content, row, 1)
            elif content is not None:
                grid.addLayout(content, row, 1)


def _muted(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "muted")
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
