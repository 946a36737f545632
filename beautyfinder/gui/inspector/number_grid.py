"""A grid of names and numbers, as the inspector's side panel has several."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget


class NumberGrid(QWidget):
    """Names at the left, values at the right. Rows are fixed by the first `show_rows`' length."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(0, 1)
        self._labels: list[tuple[QLabel, QLabel]] = []

    def show_rows(self, rows: Sequence[tuple[str, str, str]]) -> None:
        """Name, value and tooltip of each row."""
        while len(self._labels) < len(rows):
            name, value = QLabel(), QLabel()
            name.setProperty("role", "muted")
            name.setTextFormat(Qt.TextFormat.PlainText)
            value.setTextFormat(Qt.TextFormat.PlainText)
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            at = len(self._labels)
            self._grid.addWidget(name, at, 0)
            self._grid.addWidget(value, at, 1)
            self._labels.append((name, value))
        for at, (name, value) in enumerate(self._labels):
            there = at < len(rows)
            name.setVisible(there)
            value.setVisible(there)
            if there:
                name.setText(rows[at][0])
                value.setText(rows[at][1])
                name.setToolTip(rows[at][2])
                value.setToolTip(rows[at][2])
                value.setAccessibleName(f"{rows[at][0]}: {rows[at][1]}")

    def rows(self) -> dict[str, str]:
        """What is shown, by name."""
        return {name.text(): value.text() for name, value in self._labels if not name.isHidden()}
