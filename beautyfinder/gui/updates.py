"""Help › Check for updates: asked when a person wants it; a dialog tells the answer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from beautyfinder import __version__, releases
from beautyfinder.gui.catalogues.background import Background
from beautyfinder.gui.dialog_parts import close_box
from beautyfinder.gui.theme import tinted_icon
from beautyfinder.gui.translation import tr


def update_action(parent: QObject, show: Callable[[], object]) -> QAction:
    """The action of the Help menu; greyed, with the reason, where there is nowhere to ask."""
    action = QAction(tinted_icon("update"), tr("Check for &updates…"), parent)
    action.setMenuRole(QAction.MenuRole.ApplicationSpecificRole)
    action.setEnabled(bool(releases.ADDRESS))
    action.setToolTip(
        tr("Ask once whether there is a newer version")
        if releases.ADDRESS
        else tr("This build does not know where newer versions are told")
    )
    action.triggered.connect(show)
    return action


class UpdateDialog(QDialog):
    """Asks when it is made, and says what the answer is."""

    def __init__(self, address: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Check for updates"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._page = ""
        self._title = QLabel(self.tr("Asking for the newest version…"))
        self._title.setProperty("role", "title")
        self._title.setWordWrap(True)
        self._words = QLabel(self.tr("You have {version}.").format(version=__version__))
        self._words.setProperty("role", "muted")
        self._words.setWordWrap(True)
        self._open = QPushButton(self.tr("Open the page"))
        self._open.setProperty("role", "primary")
        self._open.hide()
        self._open.clicked.connect(self._on_open)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._open)
        row.addWidget(close_box(self))
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 16)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addWidget(self._words)
        column.addStretch(1)
        column.addLayout(row)
        self.resize(440, 170)
        self._background = Background(self)
        self.finished.connect(self._background.close)
        self._background.ask(
            lambda _stop: releases.newest_release(address), self._on_answer, self._on_failure
        )

    def _on_answer(self, release: releases.Release) -> None:
        if not release.is_newer:
            self._title.setText(self.tr("BeautyFinder is up to date"))
            return
        self._title.setText(
            self.tr("BeautyFinder {version} is there").format(version=release.version)
        )
        self._words.setText(
            self.tr("You have {version}. Your catalogues, history and settings stay as they are.")
            .format(version=__version__)
        )  # fmt: skip
        self._page = release.page
        self._open.setVisible(bool(release.page))

    def _on_failure(self, why: str) -> None:
        self._title.setText(self.tr("That could not be found out"))
        self._words.setText(why)

    @Slot()
    def _on_open(self) -> None:
        QDesktopServices.openUrl(QUrl(self._page))
        self.accept()
