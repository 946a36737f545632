"""What cannot be used, said in a sentence on a tinted ground."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from beautyfinder.gui.theme import current_theme, icon_pixmap, tinted_icon

# Paths and addresses have no spaces to break a line at: after these a zero-width one is put.
_BREAKS = re.compile(r"(?<=[/\\_.-])(?=\S)")
_LONG = re.compile(r"[^\s\u200b]{20}(?=[^\s\u200b])")  # a name without any of them
_MAY_BREAK = "\u200b"


class Notice(QFrame):
    """A sentence with a button that takes it away: `dismissed`."""

    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = ""
        self._icon = QLabel()
        self.setObjectName("notice")
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        close = QToolButton()
        close.setProperty("role", "quiet")
        close.setIcon(tinted_icon("close", "muted"))
        close.setAccessibleName(self.tr("Dismiss the message"))
        close.setToolTip(self.tr("Dismiss"))
        close.clicked.connect(self.dismissed)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 8, 10)
        row.setSpacing(10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)

    def text(self) -> str:
        """The sentence that is shown."""
        return self._sentence

    def say(self, sentence: str) -> None:
        """Show `sentence`."""
        self._draw_icon()
        self._sentence = sentence
        broken = _BREAKS.sub(_MAY_BREAK, sentence)
        self._words.setText(_LONG.sub(lambda found: found.group() + _MAY_BREAK, broken))
        self._words.setAccessibleName(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(True)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icon()
        super().changeEvent(event)

    def _fit(self) -> None:
        """As tall as the words are at this width: a layout asks them about their own width."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self._words.setMinimumHeight(max(0, self._words.heightForWidth(self._words.width())))

    def _draw_icon(self) -> None:
        pixmap = icon_pixmap("alert", 20, current_theme().warning, self.devicePixelRatioF())
        self._icon.setPixmap(pixmap)
