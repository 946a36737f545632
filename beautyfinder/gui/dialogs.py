"""Every dialog of the window, each open once at the most; asked for again, it comes up front."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from beautyfinder.gui.services import Services
from beautyfinder.gui.updates import update_action

if TYPE_CHECKING:
    from beautyfinder.gui.catalogues.manager import CatalogueManager
    from beautyfinder.gui.evaluation.window import EvaluationWindow
    from beautyfinder.gui.inspector.messages import Subject
    from beautyfinder.gui.inspector.window import InspectorWindow


_OPENED_AGAIN = ("history", "log", "about", "shortcuts", "settings")  # each a method of Dialogs


class Dialogs(QObject):
    """Heavy ones are imported when first wanted.

    `store_chosen` (Path): a catalogue to open; `store_deleted` (Path): one that is gone.
    `reopen_wanted`, `again_wanted` (Remembered): see HistoryDialog.
    """

    store_chosen = Signal(object)
    store_deleted = Signal(object)
    reopen_wanted = Signal(object)
    again_wanted = Signal(object)

    def __init__(self, window: QWidget, services: Services) -> None:
        super().__init__(window)
        self._window, self._services = window, services
        self._open: dict[str, QDialog] = {}
        self._manager: CatalogueManager | None = None
        self._evaluation: EvaluationWindow | None = None
        self.updates_action = update_action(self, self.updates)

    def shown(self, name: str) -> QDialog | None:
        """The dialog of that name, if it is open."""
        return self._open.get(name)

    def open_ones(self) -> list[str]:
        """The names of the open dialogs that another window can open as they are."""
        names = [name for name in _OPENED_AGAIN if name in self._open]
        shown = self._manager is not None and self._manager.isVisible()
        return ["catalogues", *names] if shown else names

    def open_again(self, names: Sequence[str]) -> None:
        """Open those that `open_ones` of another window named."""
        for name in names:
            getattr(self, name)()

    def settings(self) -> None:
        """The settings."""
        from beautyfinder.gui.settings_dialog import SettingsDialog

        self._show("settings", lambda: SettingsDialog(self._services.preferences, self._window))

    def catalogues(self) -> CatalogueManager:
        """The catalogues; kept once made, since work may go on in it."""
        from beautyfinder.gui.catalogues.manager import CatalogueManager

        if self._manager is None:
            services = self._services
            manager = CatalogueManager(services.jobs, services.known_stores, self._window)
            manager.open_wanted.connect(self.store_chosen)
            manager.deleted.connect(self.store_deleted)
            manager.set_open(services.store.folder if services.store else None)
            self._manager = manager
        self._manager.show()
        self._manager.raise_()
        self._manager.activateWindow()
        return self._manager

    def evaluate(self) -> EvaluationWindow:
        """Methods measured on labelled photos; kept once made, since work may go on in it."""
        from beautyfinder.gui.evaluation.window import EvaluationWindow

        if self._evaluation is None:
            self._evaluation = EvaluationWindow(self._window)
            store = self._services.store
            self._evaluation.set_store(store.folder if store else None)
        self._evaluation.show()
        self._evaluation.raise_()
        self._evaluation.activateWindow()
        return self._evaluation

    def make_way(self, busy: bool) -> None:
        """Somebody waits for a look-up, or no longer."""
        if self._evaluation is not None:
            self._evaluation.runner.make_way(busy)

    def new_catalogue(self) -> None:
        """The form for a new catalogue, over the list of them."""
        self.catalogues().new_catalogue()

    def store_is_open(self, folder: Path | None) -> None:
        """The window has that catalogue open, or none."""
        if self._evaluation is not None:
            self._evaluation.set_store(folder)
        if self._manager is not None:
            self._manager.set_open(folder)
        elif folder is not None:
            self._services.known_stores.opened(folder)

    def shut_down(self) -> None:
        """The window closes."""
        if self._manager is not None:
            self._manager.shut_down()
        if self._evaluation is not None:
            self._evaluation.shut_down()

    def history(self) -> None:
        """Earlier look-ups."""

        def make() -> QDialog:
            from beautyfinder.gui.history import HistoryDialog

            dialog = HistoryDialog(self._services.journal, self._window)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.reopen_wanted.connect(self.reopen_wanted)
            dialog.again_wanted.connect(self.again_wanted)
            return dialog

        self._show("history", make)

    def log(self) -> None:
        """The log of this run."""
        from beautyfinder.gui.log_view import LogDialog

        self._show("log", lambda: LogDialog(self._services.log, self._window))

    def about(self) -> None:
        """Versions, device, licences."""
        from beautyfinder.gui.about import AboutDialog

        self._show("about", lambda: AboutDialog(self._services.device, self._window))

    def updates(self) -> None:
        """Whether there is a newer version."""
        from beautyfinder.gui.updates import UpdateDialog
        from beautyfinder.releases import ADDRESS

        self._show("updates", lambda: UpdateDialog(ADDRESS, self._window))

    def shortcuts(self) -> None:
        """The list of shortcuts."""
        from beautyfinder.gui.about import ShortcutsDialog

        self._show("shortcuts", lambda: ShortcutsDialog(self._window))

    def inspector(self, subject: Subject, row: int) -> InspectorWindow:
        """The hit in that row of the subject, beside the photo."""
        from beautyfinder.gui.inspector.window import InspectorWindow

        window = self._show("inspector", lambda: InspectorWindow(self._services, self._window))
        assert isinstance(window, InspectorWindow)
        window.show_subject(subject, row)
        return window

    def crash(self, sentence: str, report: str) -> None:
        """A fault of the program; a second one while the first is shown is in the log alone."""
        from beautyfinder.gui.crash_dialog import CrashDialog

        self._show("crash", lambda: CrashDialog(sentence, report, self._window))

    def open_store(self) -> None:
        """Choose the folder of a catalogue store."""

        def make() -> QDialog:
            store = self._services.store
            start = str(store.folder.parent) if store else ""
            dialog = QFileDialog(self._window, self.tr("Open catalogue store"), start)
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.filesSelected.connect(self._on_store_chosen)
            return dialog

        self._show("open_store", make)

    def close(self, name: str) -> None:
        """Close that one, if it is open."""
        dialog = self._open.pop(name, None)
        if dialog is not None:
            dialog.close()

    def _show(self, name: str, make: Callable[[], QDialog]) -> QDialog:
        dialog = self._open.get(name)
        if dialog is None:
            dialog = make()
            self._open[name] = dialog
            dialog.finished.connect(self._on_finished)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        return dialog

    @Slot(int)
    def _on_finished(self, _result: int) -> None:
        closed = self.sender()
        self._open = {name: dialog for name, dialog in self._open.items() if dialog is not closed}

    @Slot("QStringList")
    def _on_store_chosen(self, folders: list[str]) -> None:
        self.store_chosen.emit(Path(folders[0]))
