"""An icon and two lines of words: the verdict, or what goes on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from beautyfinder.gui.theme import current_theme, icon_pixmap

_ICON_SIDE = 36


class Headline(QWidget):
    """Both lines are elided where they do not fit; their tooltips have it all."""

    def __init__(self) -> None:
        super().__init__()
        self._first = _ElidedLabel("headline")
        self._second = _ElidedLabel("muted")
        self._icon = QLabel()
        self._icon_name = self._icon_colour = ""
        lines = QVBoxLayout()
        lines.setSpacing(4)
        lines.addWidget(self._first)
        lines.addWidget(self._second)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(lines, 1)

    def say(self, icon: str, colour: str, first: str, second: str) -> None:
        """Show these; `icon` in the theme's colour of that name."""
        if (icon, colour) != (self._icon_name, self._icon_colour):
            self._icon_name, self._icon_colour = icon, colour
            self._draw_icon()
        self._first.set_full_text(first)
        self._second.set_full_text(second)

    def words(self, between: str = " ") -> str:
        """Both lines in full."""
        return between.join((self._first.full_text(), self._second.full_text()))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and self._icon_name:
            self._draw_icon()
        super().changeEvent(event)

    def _draw_icon(self) -> None:
        colour = getattr(current_theme(), self._icon_colour)
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(icon_pixmap(self._icon_name, _ICON_SIDE, colour, ratio))


class _ElidedLabel(QLabel):
    """One line that ends in an ellipsis where it does not fit; the tooltip has it all."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self._full = ""
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def full_text(self) -> str:
        return self._full

    def set_full_text(self, text: str) -> None:
        self._full = text
        self.setToolTip(text)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def _elide(self) -> None:
        self.ensurePolished()
        room = max(self.width() - 2, 40)
        self.setText(self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, room))
