"""One run of the program: its window, which another takes the place of in another language."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot

from beautyfinder.gui.languages import install_language, language_for
from beautyfinder.gui.main_window import MainWindow
from beautyfinder.gui.query import FileQuery
from beautyfinder.gui.services import Services
from beautyfinder.gui.theme import style_keeper


class Program(QObject):
    """Keeps one window, which is exchanged for another language."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self._language = language_for(services.preferences.text("language"))
        self._apply_look()
        install_language(self._language)
        self.window = MainWindow(services)
        services.preferences.changed.connect(self._on_preference)

    @Slot(str, str)
    def on_fault(self, sentence: str, traceback_text: str) -> None:
        """A fault of the program: said in the status line, and reported in a dialog."""
        from beautyfinder.gui.crash_dialog import report_of

        self.window.status.say(sentence)
        report = report_of(traceback_text, self.services.log.lines())
        self.window.dialogs.crash(sentence, report)

    @Slot()
    def close(self) -> None:
        """End the run."""
        self.window.close()

    @Slot(list, str)
    def take_over(self, photos: list[str], store: str) -> None:
        """A later start of the program hands over what it was given."""
        if store:
            self.window.open_store(Path(store))
        if photos:
            self.window.look_up(*(FileQuery(path) for path in photos))
        window = self.window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()

    @Slot(str)
    def _on_preference(self, key: str) -> None:
        if key in ("appearance", "text_size"):
            self._apply_look()
        elif key == "language":
            self._change_language(language_for(self.services.preferences.text("language")))

    def _apply_look(self) -> None:
        keeper = style_keeper()
        if keeper is not None:
            keeper.set_appearance(self.services.preferences.text("appearance"))
            keeper.set_text_size(self.services.preferences.number("text_size"))

    def _change_language(self, language: str) -> None:
        """Every text anew: a window that shows the same takes this one's place."""
        if language == self._language:
            return
        self._language = language
        before = self.window
        before.hand_over()
        install_language(language)
        self.window = window = MainWindow(self.services)
        window.layout_.put(before.layout_.state())
        window.setGeometry(before.geometry())
        if before.results.model.lists_all():
            window.results.toggle_all()
        window.results.bar.set_filter(*before.results.bar.filter())
        if before.isVisible():
            window.show()
        window.dialogs.open_again(before.dialogs.open_ones())
        before.close()
        before.deleteLater()
