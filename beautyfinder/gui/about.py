"""About the program: versions, device, licences; and the list of shortcuts."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from functools import cache
from importlib import metadata

from PySide6.QtCore import Qt, Slot, qVersion
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from beautyfinder import __version__
from beautyfinder.gui.actions import ACTIONS, shortcut_of, translated
from beautyfinder.gui.dialog_parts import close_box
from beautyfinder.gui.theme import app_icon
from beautyfinder.gui.translation import plain

# What the installed program is made of; versions are asked of the installation.
_PARTS = (
    "PySide6", "torch", "torchvision", "pretrainedmodels", "opencv-python", "numpy", "hnswlib",
    "faiss-cpu", "pylance", "pyarrow", "rapidocr", "onnxruntime", "Pillow", "pillow-heif",
)  # fmt: skip


def versions(device: str) -> list[tuple[str, str]]:
    """Name and version of everything that matters when something does not work."""
    return [
        ("BeautyFinder", __version__),
        ("Python", platform.python_version()),
        ("Qt", qVersion()),
        ("System", f"{platform.system()} {platform.release()} ({platform.machine()})"),
        ("Device", device or "–"),
        *part_versions(),
    ]


@cache
def part_versions() -> tuple[tuple[str, str], ...]:
    """The parts that are installed, with their versions."""
    rows = []
    for name in _PARTS:
        try:
            rows.append((name, metadata.version(name)))
        except metadata.PackageNotFoundError:
            continue
    return tuple(rows)


@cache
def licences() -> tuple[tuple[str, str], ...]:
    """The licences of the program and of the parts that tell theirs."""
    told = [("BeautyFinder", "Apache-2.0"), *((name, _licence(name)) for name in _PARTS)]
    return tuple((name, licence) for name, licence in told if licence)


def _licence(name: str) -> str:
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    fields = about.json
    told = str(fields.get("license_expression") or fields.get("license") or "")
    if told and "\n" not in told and len(told) < 80:
        return told
    kinds = [c.split(" :: ")[-1] for c in about.get_all("Classifier") or () if "License ::" in c]
    return ", ".join(kinds)


class AboutDialog(QDialog):
    """Three pages: what it is, versions to copy, licences."""

    def __init__(self, device: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = versions(device)
        self.setWindowTitle(self.tr("About BeautyFinder"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        icon = QLabel()
        icon.setPixmap(app_icon().pixmap(64, 64))
        title = QLabel(self.tr("BeautyFinder {version}").format(version=__version__))
        title.setProperty("role", "headline")
        words = QLabel(self.tr("Tells which product of a catalogue a photo shows."))
        words.setProperty("role", "muted")
        texts = QVBoxLayout()
        texts.addStretch(1)
        texts.addWidget(title)
        texts.addWidget(words)
        texts.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(icon)
        head.addLayout(texts, 1)
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.setAccessibleName(self.tr("About BeautyFinder"))
        tabs.tabBar().setAccessibleName(self.tr("Pages"))
        tabs.addTab(self._about(), self.tr("About"))
        tabs.addTab(_table(self._rows, self.tr("Versions")), self.tr("Versions"))
        tabs.addTab(_table(licences(), self.tr("Licences")), self.tr("Licences"))
        copy = QPushButton(self.tr("Copy versions"))
        copy.clicked.connect(self._on_copy)
        buttons = close_box(self)
        row = QHBoxLayout()
        row.addWidget(copy)
        row.addStretch(1)
        row.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 16)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(tabs, 1)
        column.addLayout(row)
        self.resize(560, 460)

    def _about(self) -> QWidget:
        text = QTextBrowser()
        text.setFrameShape(QTextBrowser.Shape.NoFrame)
        text.setOpenExternalLinks(False)
        text.setAccessibleName(self.tr("About BeautyFinder"))
        text.setPlainText(
            self.tr(
                "Deep features, local features and the words on the pack search the whole "
                "catalogue; what they find is compared in detail, on this computer alone.\n\n"
                "After “Cross-domain beauty and personal care product retrieval” by Tang, Huang "
                "and Fuh: deep features rank the catalogue, local features re-rank the best "
                "hundred. The paper's own method can be chosen in the method panel."
            )
        )
        return text

    @Slot()
    def _on_copy(self) -> None:
        lines = [f"{name} {version}" for name, version in self._rows]
        QGuiApplication.clipboard().setText("\n".join(lines))


class ShortcutsDialog(QDialog):
    """Every action that has keys, and the keys of photo and hits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        native = QKeySequence.SequenceFormat.NativeText
        rows = [
            (plain(translated(spec.text)), shortcut_of(spec).toString(native))
            for spec in ACTIONS
            if not shortcut_of(spec).isEmpty()
        ]
        rows += [
            (self.tr("In the photo: begin a box"), "B"),
            (self.tr("In the photo: move the box"), self.tr("Arrow keys")),
            (self.tr("In the photo: change the box's size"), self.tr("Shift + arrow keys")),
            (self.tr("In the photo: remove the box"), self.tr("Esc")),
            (self.tr("Among several photos: the one before, the next"), "Ctrl+←  Ctrl+→"),
            (self.tr("Among the hits: go to another"), self.tr("Arrow keys")),
            (self.tr("Among the hits: details"), self.tr("Return")),
            (self.tr("Among the hits: menu"), self.tr("Shift+F10")),
        ]
        buttons = close_box(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(12)
        column.addWidget(_table(rows, self.tr("Keyboard shortcuts")))
        column.addWidget(buttons)
        self.resize(480, 560)


def _table(rows: Sequence[tuple[str, str]], name: str) -> QTableWidget:
    table = QTableWidget(len(rows), 2)
    table.setAccessibleName(name)
    table.horizontalHeader().hide()
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setAlternatingRowColors(True)
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    table.setFrameShape(QTableWidget.Shape.NoFrame)
    header = table.horizontalHeader()
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.setItem(row, column, QTableWidgetItem(text))
    return table
