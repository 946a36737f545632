"""Where the parts of the main window are, and how that is remembered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QDockWidget, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from beautyfinder.gui.services import Services
from beautyfinder.gui.translation import tr

if TYPE_CHECKING:
    from beautyfinder.gui.main_window import MainWindow


_ROOM_FOR_METHOD = 1180  # pixels of the window that pane, results and method panel need


class WindowLayout:
    """Pane and results side by side, the strip below them, the method panel in a dock."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.splitter = splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(24)
        splitter.setChildrenCollapsible(False)
        self.left = QStackedWidget()  # the photo, or the camera in its place
        self.left.addWidget(window.pane)
        splitter.addWidget(self.left)
        splitter.addWidget(window.results)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 7)
        splitter.setSizes([360, 840])
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(22, 14, 22, 16)
        column.setSpacing(10)
        column.addWidget(window.unfinished)
        column.addWidget(splitter, 1)
        column.addWidget(window.strip)
        window.setCentralWidget(centre)
        self.method_dock = QDockWidget(tr("Method"), window)
        self.method_dock.setObjectName("method")
        self.method_dock.setAllowedAreas(
            Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea
        )
        self.method_dock.setWidget(window.method)
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.method_dock)
        self.method_dock.hide()
        window.setMinimumSize(900, 600)
        window.resize(1280, 800)
        QWidget.setTabOrder(window.pane, window.results)

    def show_method(self, shown: bool) -> None:
        """The method panel beside the results where both have room, else in a window of its own."""
        window, dock = self._window, self.method_dock
        if shown and not dock.isVisible() and window.width() < _ROOM_FOR_METHOD:
            free = window.screen().availableGeometry().width()
            if free >= _ROOM_FOR_METHOD and not window.isMaximized():
                window.resize(_ROOM_FOR_METHOD, window.height())
            else:
                dock.setFloating(True)
        dock.setVisible(shown)

    def restore(self, services: Services) -> None:
        """As the last window was."""
        self.put({name: services.remembered(name) for name in self.state()})
        self._window.pane.start_in(str(services.remembered("photo_folder") or ""))

    def remember(self, services: Services) -> None:
        """For the next window."""
        for name, value in self.state().items():
            services.remember(name, value)

    def state(self) -> dict[str, QByteArray]:
        """Where everything is, for `put`."""
        return {
            "geometry": self._window.saveGeometry(),
            "window": self._window.saveState(),
            "splitter": self.splitter.saveState(),
        }

    def put(self, state: Mapping[str, object]) -> None:
        """Put everything where `state` says; what that lacks stays."""
        geometry, window, sizes = map(state.get, ("geometry", "window", "splitter"))
        if isinstance(geometry, QByteArray):
            self._window.restoreGeometry(geometry)
        if isinstance(window, QByteArray):
            self._window.restoreState(window)
        if isinstance(sizes, QByteArray):
            self.splitter.restoreState(sizes)
        self._window.actions_["method"].setChecked(not self.method_dock.isHidden())
