"""A calm page of words in the middle of a panel: the welcome, a hint, an error."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from beautyfinder.gui.theme import current_theme, icon_pixmap

_ICON_SIDE = 56


class MessagePage(QWidget):
    """An icon, a title, a sentence or two, perhaps a button (`asked`)."""

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
        colour: str = "muted",
    ) -> None:
        """Fill the page."""
        self._icon_name, self._icon_colour = icon, colour
        self._draw_icon()
        self._title.setText(title)
        self._text.setText(text)
        self._button.setText(button)
        self._button.setAccessibleName(button.rstrip("…"))
        self._button.setVisible(bool(button))

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
