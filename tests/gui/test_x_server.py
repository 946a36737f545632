"""On a real X server: the window comes up, is drawn, and turns dark with the desktop."""

import subprocess

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from beautyfinder.gui.app import make_app
from beautyfinder.gui.main_window import MainWindow
from beautyfinder.gui.theme import StyleKeeper, current_theme
from tests.gui.conftest import WAIT, FakeBackend, file_query

pytestmark = pytest.mark.xvfb


def test_the_window_is_drawn_light_and_dark(
    qtbot: QtBot, qapp: QApplication, ready_window: MainWindow
) -> None:
    assert qapp.platformName() == "xcb"
    make_app()
    keeper = qapp.findChild(StyleKeeper)
    assert keeper is not None
    qtbot.waitExposed(ready_window)
    with qtbot.waitSignal(ready_window.answer_shown, timeout=WAIT):
        ready_window.look_up(file_query("soap.jpg"))
    shades = []
    try:
        for scheme in (Qt.ColorScheme.Light, Qt.ColorScheme.Dark):
            keeper._on_scheme_changed(scheme)  # a bare X server has no desktop to tell it
            dark = scheme == Qt.ColorScheme.Dark
            qtbot.waitUntil(lambda dark=dark: current_theme().dark == dark, timeout=WAIT)
            qtbot.wait(50)
            shades.append(ready_window.grab().toImage().pixelColor(5, 300).lightness())
    finally:
        keeper._on_scheme_changed(Qt.ColorScheme.Light)
    assert shades[0] > 200
    assert shades[1] < 60


def test_what_a_person_does(
    qtbot: QtBot, qapp: QApplication, ready_window: MainWindow, backend: FakeBackend
) -> None:
    """With the keys of a real keyboard: paste, go to another card, inspect it."""
    window = ready_window
    qtbot.waitExposed(window)
    picture = QImage(64, 48, QImage.Format.Format_RGB888)
    picture.fill(QColor("orange"))
    qapp.clipboard().setImage(picture)
    with qtbot.waitSignal(window.answer_shown, timeout=WAIT):
        press(qtbot, window, "ctrl+v")
    assert window.results.model.rowCount() == 7
    assert backend.done == ["Pasted picture"]
    cards = window.results.cards
    assert cards.hasFocus()
    before = cards.currentIndex().row()
    press(qtbot, window, "Right")
    qtbot.waitUntil(lambda: cards.currentIndex().row() != before, timeout=WAIT)
    press(qtbot, window, "Return")
    qtbot.waitUntil(lambda: window.dialogs.shown("inspector") is not None, timeout=WAIT)
    inspector = window.dialogs.shown("inspector")
    assert inspector is not None
    row = cards.currentIndex().row()
    assert inspector.windowTitle() == window.results.model.listed()[row].image.name


def press(qtbot: QtBot, window: QWidget, keys: str) -> None:
    """With no window manager nobody gives a window the keyboard: xdotool does."""
    subprocess.run(["xdotool", "windowfocus", "--sync", str(int(window.winId()))], check=False)
    qtbot.wait(50)
    subprocess.run(["xdotool", "key", "--clearmodifiers", keys], check=True)
    qtbot.wait(100)
