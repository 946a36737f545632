"""On a real X server: the window comes up, is drawn, and turns dark with the desktop."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from beautyfinder.gui.app import make_app
from beautyfinder.gui.main_window import MainWindow
from beautyfinder.gui.theme import StyleKeeper, current_theme
from tests.gui.conftest import WAIT, file_query

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
