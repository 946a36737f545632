"""The menu of photos that were looked up before: a small picture and a name each."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QIcon, QImage, QPixmap
from PySide6.QtWidgets import QMenu, QWidget

from beautyfinder.gui.recent_queries import RecentQueries, RecentQuery
from beautyfinder.gui.theme import tinted_icon

_NAME_PIXELS = 320


class RecentMenu(QMenu):
    """Filled anew whenever it opens. `chosen`: a path."""

    chosen = Signal(str)

    def __init__(self, recent: RecentQueries, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.recent = recent
        self.setObjectName("recent")
        self.setTitle(self.tr("Recent photos"))
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self._fill)
        self.triggered.connect(self._on_triggered)

    @Slot()
    def _fill(self) -> None:
        self.clear()
        entries = self.recent.entries()
        for entry in entries:
            self.addAction(self._action(entry))
        if not entries:
            self.addAction(self.tr("No photo has been looked up yet")).setEnabled(False)
            return
        self.addSeparator()
        self.addAction(self.tr("Clear the list")).triggered.connect(self._on_clear)

    def _action(self, entry: RecentQuery) -> QAction:
        name = self.fontMetrics().elidedText(
            Path(entry.path).name, Qt.TextElideMode.ElideMiddle, _NAME_PIXELS
        )
        icon = tinted_icon("photo", "muted") if entry.picture.isNull() else _icon(entry.picture)
        action = QAction(icon, name.replace("&", "&&"), self)
        action.setToolTip(entry.path)
        action.setData(entry.path)
        return action

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        path = action.data()
        if isinstance(path, str):
            self.chosen.emit(path)

    @Slot()
    def _on_clear(self) -> None:
        self.recent.clear()


def _icon(picture: QImage) -> QIcon:
    """The middle of the picture, square."""
    side = min(picture.width(), picture.height())
    left, top = (picture.width() - side) // 2, (picture.height() - side) // 2
    return QIcon(QPixmap.fromImage(picture.copy(left, top, side, side)))
