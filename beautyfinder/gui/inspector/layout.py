"""Where the parts of the inspector's window are, and which of them are seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from beautyfinder.gui.inspector.buttons import ZoomBar
from beautyfinder.gui.inspector.controls import COMPARE, MATCHES
from beautyfinder.gui.translation import tr

if TYPE_CHECKING:
    from beautyfinder.gui.inspector.window import InspectorWindow

_SIDE = (236, 320)  # pixels that the panel at the right has at the least and at the most
_SHARE = 0.24
_REMARK_MS = 8000


class InspectorLayout(QObject):
    """Head, bars, pictures and, at the right, tabs."""

    def __init__(self, window: InspectorWindow) -> None:
        super().__init__(window)
        self._window = window
        self.mode = MATCHES
        self._notice, self._remark = QLabel(), QLabel()
        self._notice.setObjectName("warning")
        self._notice.setWordWrap(True)
        self._remark.setProperty("role", "muted")
        self._remark.setTextFormat(Qt.TextFormat.PlainText)
        self._remark.setWordWrap(True)
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(_REMARK_MS)
        self._silence.timeout.connect(self._remark.hide)
        self._views, self._bars = QStackedWidget(), QStackedWidget()
        for view in (window.canvas, window.compare):
            self._views.addWidget(view)
        for bar in (window.view_bar, window.compare_bar):
            self._bars.addWidget(bar)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for panel, title in (
            (window.pairs, tr("Match")),
            (window.words, tr("Words")),
            (window.facts, tr("Product")),
        ):
            self.tabs.addTab(_scrolled(panel), title)
        zoom = ZoomBar(window.smaller, window.fit, window.actual_pixels, window.larger)
        below = QHBoxLayout()
        below.setSpacing(10)
        below.addWidget(self._bars, 1)
        below.addWidget(zoom)
        left = QVBoxLayout()
        left.setSpacing(10)
        for widget in (window.bar, self._notice):
            left.addWidget(widget)
        left.addWidget(self._views, 1)
        left.addLayout(below)
        left.addWidget(self._remark)
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addLayout(left, 1)
        both.addWidget(self.tabs)
        column = QVBoxLayout(window)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(12)
        column.addWidget(window.header)
        column.addLayout(both, 1)
        self._notice.hide()
        self._remark.hide()

    def show_mode(self, mode: str) -> None:
        """MATCHES or COMPARE: the view, and the bars that mean something then."""
        self.mode, window = mode, self._window
        comparing = mode == COMPARE
        window.bar.setVisible(not comparing)
        self._views.setCurrentWidget(window.compare if comparing else window.canvas)
        self._bars.setCurrentWidget(window.compare_bar if comparing else window.view_bar)

    def share_width(self, width: int) -> None:
        """The panel's part of the window."""
        self.tabs.setFixedWidth(round(min(max(width * _SHARE, _SIDE[0]), _SIDE[1])))

    def notify(self, sentence: str) -> None:
        """What is wrong with what is shown; empty: nothing."""
        self._notice.setText(sentence)
        self._notice.setVisible(bool(sentence))

    def notice(self) -> str:
        """What `notify` was given last."""
        return self._notice.text()

    def remarked(self) -> str:
        """What was remarked last."""
        return self._remark.text()

    @Slot(str)
    def remark(self, sentence: str) -> None:
        """How something went; goes away by itself."""
        self._remark.setText(sentence)
        self._remark.show()
        self._silence.start()


def _scrolled(panel: QWidget) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(panel)
    scroll.viewport().setAutoFillBackground(False)
    panel.setAutoFillBackground(False)
    return scroll
