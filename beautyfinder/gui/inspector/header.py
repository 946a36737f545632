"""The inspector's head: which hit of how many it is, and what can be done with the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from beautyfinder.gui.hit_words import BETWEEN, maker_text, reason_text
from beautyfinder.gui.inspector.buttons import Choice, tool_button
from beautyfinder.gui.inspector.controls import COMPARE, MATCHES

if TYPE_CHECKING:
    from beautyfinder.search.method import Hit


class ElidedLabel(QLabel):
    """One line, its end left out where there is no room."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()


class HitHeader(QWidget):
    """`step_wanted` (-1 or 1), `save_wanted` ("png" or "svg"), `copy_wanted`; `mode`: MATCHES or
    COMPARE.
    """

    step_wanted = Signal(int)
    save_wanted = Signal(str)
    copy_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = tool_button("", self.tr("Previous hit (Page up, or [)"), "back",
                                name=self.tr("Previous hit"))  # fmt: skip
        self.forward = tool_button("", self.tr("Next hit (Page down, or ])"), "forward",
                                   name=self.tr("Next hit"))  # fmt: skip
        self.back.clicked.connect(self._on_back)
        self.forward.clicked.connect(self._on_forward)
        self.place = QLabel()
        self.place.setProperty("role", "muted")
        self.title, self.about = ElidedLabel("title"), ElidedLabel("muted")
        self.copy = tool_button(
            self.tr("Copy"), self.tr("Copy the matched pair as a picture (Ctrl+C)"), "copy"
        )
        self.copy.clicked.connect(self.copy_wanted)
        self.save = tool_button(
            self.tr("Save"),
            self.tr("Save the matched pair as a picture at full resolution (Ctrl+S)"),
            "export",
        )
        self.save.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.save)
        menu.addAction(self.tr("PNG picture…")).triggered.connect(self._on_png)
        menu.addAction(self.tr("SVG drawing…")).triggered.connect(self._on_svg)
        self.save.setMenu(menu)
        self.mode = Choice(
            (
                (MATCHES, self.tr("Matches"), self.tr("Matching details, side by side (M)")),
                (
                    COMPARE,
                    self.tr("Compare"),
                    self.tr("The photo over the catalogue's picture (C)"),
                ),
            )
        )
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self.title)
        words.addWidget(self.about)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.back)
        row.addWidget(self.forward)
        row.addSpacing(4)
        row.addWidget(self.place)
        row.addSpacing(8)
        row.addLayout(words, 1)
        row.addSpacing(8)
        row.addWidget(self.mode)
        row.addSpacing(10)
        row.addWidget(self.copy)
        row.addWidget(self.save)

    def show_hit(self, hit: Hit, row: int, count: int) -> None:
        """The hit in `row` of `count`."""
        number = self.locale().toString
        self.place.setText(
            self.tr("{place} of {count}").format(place=number(row + 1), count=number(count))
        )
        self.title.setText(hit.image.name)
        self.title.setToolTip(hit.image.name)
        told = [text for text in (maker_text(hit), reason_text(hit)) if text]
        self.about.setText(BETWEEN.join(told))
        self.back.setEnabled(row > 0)
        self.forward.setEnabled(row + 1 < count)

    def set_savable(self, savable: bool) -> None:
        """Whether there is something to save."""
        self.copy.setEnabled(savable)
        self.save.setEnabled(savable)

    def _on_back(self) -> None:
        self.step_wanted.emit(-1)

    def _on_forward(self) -> None:
        self.step_wanted.emit(1)

    def _on_png(self) -> None:
        self.save_wanted.emit("png")

    def _on_svg(self) -> None:
        self.save_wanted.emit("svg")
