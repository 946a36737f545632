"""The log of this run: kept in memory, shown in a dialog, copied with private paths taken out."""

from __future__ import annotations

import logging
import re
from collections import deque
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from beautyfinder.gui.dialog_parts import close_box, text_to_copy

_KEPT = 2_000
_REFRESH_MS = 300


class LogKeeper(logging.Handler):
    """The last 2,000 lines of the program's log, from whichever thread."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self._lines: deque[str] = deque(maxlen=_KEPT)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        try:
            when = datetime.fromtimestamp(record.created)
            self._lines.append(f"{when:%H:%M:%S}  {record.levelname:<7}  {record.getMessage()}")
            self.count += 1
        except Exception:
            self.handleError(record)

    def lines(self) -> list[str]:
        """The oldest first."""
        return list(self._lines)

    def install(self) -> None:
        """From now on."""
        logger = logging.getLogger("beautyfinder")
        logger.addHandler(self)
        if logger.getEffectiveLevel() > logging.INFO:
            logger.setLevel(logging.INFO)

    def uninstall(self) -> None:
        """No more."""
        logging.getLogger("beautyfinder").removeHandler(self)


def without_private_paths(text: str) -> str:
    """`text` with the home folder and every other folder of a path taken out: names of files stay.

    What is copied to be sent to somebody need not tell who the person is or what they work on.
    """
    home = str(Path.home())
    if len(home) > 1:
        text = text.replace(home, "~")
    # Folders may have blanks in their names: rather too much is taken out than too little.
    return re.sub(r"(?<![\w.…])(?:[A-Za-z]:|~)?[\\/](?:[^\n\"'“”\\/]+[\\/])+", "…/", text)


class LogDialog(QDialog):
    """The lines, following what comes; Copy takes private paths out unless told not to."""

    def __init__(self, keeper: LogKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeper, self._shown = keeper, -1
        self.setWindowTitle(self.tr("Log"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._text = text_to_copy(self.tr("Log of this run"))
        self._text.setPlaceholderText(self.tr("Nothing has been logged yet."))
        copy = QPushButton(self.tr("Copy"))
        copy.setToolTip(self.tr("Copy the log; folders are left out of it"))
        copy.clicked.connect(self._on_copy)
        self._said = QLabel()
        self._said.setProperty("role", "muted")
        buttons = close_box(self)
        row = QHBoxLayout()
        row.addWidget(copy)
        row.addWidget(self._said, 1)
        row.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.addWidget(self._text)
        column.addLayout(row)
        self.resize(820, 480)
        self._timer = QTimer(self)
        self._timer.setInterval(_REFRESH_MS)
        self._timer.timeout.connect(self._refresh)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()
        self._timer.start()

    @Slot()
    def _refresh(self) -> None:
        if self._keeper.count == self._shown:
            return
        self._shown = self._keeper.count
        bar = self._text.verticalScrollBar()
        follow = bar.value() >= bar.maximum() - 4
        self._text.setPlainText("\n".join(self._keeper.lines()))
        if follow:
            bar.setValue(bar.maximum())

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(without_private_paths("\n".join(self._keeper.lines())))
        self._said.setText(self.tr("Copied, without the names of folders."))
