"""A fault of the program itself, told in a dialog whose report can be read, copied and sent."""

from __future__ import annotations

import platform

from PySide6.QtCore import Qt, Slot, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from beautyfinder import __version__
from beautyfinder.gui.dialog_parts import close_box, text_to_copy
from beautyfinder.gui.log_view import without_private_paths


def report_of(traceback_text: str, log_lines: list[str]) -> str:
    """What helps to mend it: versions, the traceback, the last lines of the log."""
    versions = (
        f"BeautyFinder {__version__}, Python {platform.python_version()}, Qt {qVersion()}, "
        f"{platform.system()} {platform.release()} {platform.machine()}"
    )
    return "\n".join([versions, "", traceback_text.strip(), "", *log_lines[-30:]])


class CrashDialog(QDialog):
    """Shows the report without private paths; with them only where the person asks."""

    def __init__(self, sentence: str, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report = report
        self.setWindowTitle(self.tr("Something went wrong"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = QLabel(self.tr("Something went wrong inside BeautyFinder"))
        title.setProperty("role", "title")
        words = QLabel(
            self.tr("The program goes on, and your catalogues are as they were. To help mend it, "
                    "copy this report and send it with a word about what you did.")
        )  # fmt: skip
        words.setWordWrap(True)
        told = QLabel(without_private_paths(sentence))
        told.setProperty("role", "muted")
        told.setWordWrap(True)
        told.setTextFormat(Qt.TextFormat.PlainText)
        self._text = text_to_copy(self.tr("Report"))
        self._paths = QCheckBox(self.tr("Include the names of folders"))
        self._paths.toggled.connect(self._show_report)
        copy = QPushButton(self.tr("Copy report"))
        copy.setProperty("role", "primary")
        copy.clicked.connect(self._on_copy)
        buttons = close_box(self)
        row = QHBoxLayout()
        row.addWidget(self._paths, 1)
        row.addWidget(copy)
        row.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        for widget in (title, words, told):
            column.addWidget(widget)
        column.addWidget(self._text, 1)
        column.addLayout(row)
        self.resize(720, 460)
        self._show_report(False)

    def report(self) -> str:
        """The report as it is shown and copied."""
        return self._text.toPlainText()

    @Slot(bool)
    def _show_report(self, with_paths: bool) -> None:
        self._text.setPlainText(self._report if with_paths else without_private_paths(self._report))

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report())
