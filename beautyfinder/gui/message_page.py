"""A calm page of words in the middle of a panel: the welcome, a hint, an error."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from beautyfinder.gui.theme import current_theme, icon_pixmap

_ICON_SIDE = 56


class MessagePage(QWidget):
    """An icon, a title, a sentence or two, perhaps a button (`asked`) and lines to type."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name, self._icon_colour = "", "muted"
        self._icon = QLabel()
        self._title = QLabel()
        self._title.setProperty("role", "title")
        self._text = QLabel()
        self._text.setProperty("role", "muted")
        for label in (self._icon, self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        for label in (self._title, self._text):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setMinimumWidth(1)
        self._button = QPushButton()
        self._button.setProperty("role", "primary")
        self._button.setCursor(Qt.CursorShape.PointingHandCursor)
        self._button.clicked.connect(self.asked)
        self._lines = QWidget()
        self._lines_column = QVBoxLayout(self._lines)
        self._lines_column.setContentsMargins(0, 0, 0, 0)
        self._lines_column.setSpacing(6)

        inner = QWidget()
        inner.setMaximumWidth(520)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._icon)
        column.addSpacing(14)
        column.addWidget(self._title)
        column.addSpacing(8)
        column.addWidget(self._text)
        column.addSpacing(20)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(24)
        column.addWidget(self._lines)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(inner, 8)
        row.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 0, 12, 0)
        outer.addStretch(4)
        outer.addLayout(row)
        outer.addStretch(5)

    def say(
        self,
        icon: str,
        title: str,
        text: str,
        button: str = "",
        lines: Sequence[tuple[str, str]] = (),
        colour: str = "muted",
    ) -> None:
        """Fill the page; `lines` are pairs of words and a command that can be typed."""
        self._icon_name, self._icon_colour = icon, colour
        self._draw_icon()
        self._title.setText(title)
        self._text.setText(text)
        self._button.setText(button)
        self._button.setAccessibleName(button.rstrip("…"))
        self._button.setVisible(bool(button))
        while (item := self._lines_column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for words, command in lines:
            self._lines_column.addWidget(_words(words))
            self._lines_column.addWidget(_command(command), 0, Qt.AlignmentFlag.AlignHCenter)
            self._lines_column.addSpacing(8)
        self._lines.setVisible(bool(lines))

    def words(self) -> str:
        """Title and text, as they are read."""
        return f"{self._title.text()} {self._text.text()}"

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icon()
        super().changeEvent(event)

    def _draw_icon(self) -> None:
        if self._icon_name:
            colour = getattr(current_theme(), self._icon_colour)
            ratio = self.devicePixelRatioF()
            self._icon.setPixmap(icon_pixmap(self._icon_name, _ICON_SIDE, colour, ratio))


def _words(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "muted")
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    label.setWordWrap(True)
    return label


def _command(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "code")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
