"""Buttons of the inspector's bars: plain ones, one of several, those that zoom, coloured dots."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QToolButton, QWidget

from beautyfinder.gui.theme import tinted_icon


def tool_button(
    text: str, tip: str, icon: str = "", checkable: bool = False, name: str = ""
) -> QToolButton:
    """A button of the bars; `name`: for assistive technology where `text` is too short."""
    button = QToolButton()
    button.setProperty("role", "bar")
    button.setText(text)
    button.setToolTip(tip)
    button.setAccessibleName(name or text)
    button.setCheckable(checkable)
    if icon:
        button.setIcon(tinted_icon(icon))
        button.setIconSize(QSize(18, 18))
        if text:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button


class Choice(QWidget):
    """A row of buttons of which one is down. `chosen`: its name."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str, str]], parent: QWidget | None = None):
        """`choices`: name, text and tooltip of each."""
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._names = [name for name, _, _ in choices]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for at, (_, text, tip) in enumerate(choices):
            button = tool_button(text, tip, checkable=True)
            self._group.addButton(button, at)
            row.addWidget(button)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self._on_clicked)

    def choose(self, name: str) -> None:
        """As if that button had been pressed."""
        self.button(name).click()

    def button(self, name: str) -> QAbstractButton:
        """That one's button."""
        return self._group.button(self._names.index(name))

    def current(self) -> str:
        """The name of the one that is down."""
        return self._names[self._group.checkedId()]

    @Slot(int)
    def _on_clicked(self, at: int) -> None:
        self.chosen.emit(self._names[at])


class ZoomBar(QWidget):
    """Smaller, whole, actual pixels, larger: what each calls is given."""

    def __init__(
        self,
        smaller: Callable[[], None],
        fit: Callable[[], None],
        actual: Callable[[], None],
        larger: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for text, icon, tip, slot in (
            ("−", "", self.tr("Smaller (−)"), smaller),
            ("", "fit", self.tr("Show whole pictures (0 or F)"), fit),
            ("1:1", "", self.tr("Actual pixels (1)"), actual),
            ("+", "", self.tr("Larger (+)"), larger),
        ):
            button = tool_button(text, tip, icon, name=tip)
            button.clicked.connect(slot)
            row.addWidget(button)


def dot_icon(colours: Sequence[QColor], ratio: float) -> QIcon:
    """A dot, in slices where there are several colours."""
    side = 12
    pixmap = QPixmap(QSize(side, side) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    turn = 5760 // max(1, len(colours))
    for at, colour in enumerate(colours):
        painter.setBrush(colour)
        if len(colours) == 1:
            painter.drawEllipse(1, 1, side - 2, side - 2)
        else:
            painter.drawPie(1, 1, side - 2, side - 2, 1440 - at * turn, -turn)
    painter.end()
    return QIcon(pixmap)
