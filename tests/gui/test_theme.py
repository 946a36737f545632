"""The look: every resource is there, colours follow the palette, text can be read."""

import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from beautyfinder.gui.app import make_app
from beautyfinder.gui.main_window import MainWindow
from beautyfinder.gui.theme import (
    app_icon,
    icon_pixmap,
    own_palette,
    style_sheet,
    theme_of,
    tinted_icon,
)
from beautyfinder.paths import resource

SOURCES = sorted(Path(__file__).parents[2].joinpath("beautyfinder", "gui").rglob("*.py"))
ICONS = sorted(path.stem for path in resource("icons").glob("*.svg"))


def luminance(colour: QColor) -> float:
    parts = [
        value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4
        for value in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_icon_that_is_named_is_there_and_every_one_there_is_named() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in SOURCES)
    assert SOURCES
    for name in ICONS:
        assert f'"{name}"' in text or f"icons/{name}.svg" in text, name
    with pytest.raises(FileNotFoundError):
        tinted_icon("no-such-icon")


@pytest.mark.parametrize("name", [name for name in ICONS if name != "app"])
def test_icons_are_drawn_in_the_colour_asked_for(qapp: Any, name: str) -> None:
    image = icon_pixmap(name, 24, QColor("#ff0000"), 2.0).toImage()
    assert image.width() == 48
    seen = {image.pixelColor(x, y).name() for x in range(48) for y in range(48)
            if image.pixelColor(x, y).alpha() == 255}  # fmt: skip
    assert seen == {"#ff0000"}
    pixmap = tinted_icon(name).pixmap(QSize(25, 18), 2.0)
    assert (pixmap.width(), pixmap.height(), pixmap.devicePixelRatio()) == (50, 36, 2.0)


def test_the_program_has_an_icon(qapp: Any) -> None:
    assert app_icon().pixmap(64, 64).toImage().pixelColor(32, 50).alpha() == 255


@pytest.mark.parametrize("dark", [False, True])
def test_the_style_sheet_is_filled_in(qapp: QApplication, dark: bool) -> None:
    theme = theme_of(own_palette(dark))
    assert theme.dark == dark
    text = re.sub(r"/\*.*?\*/", "", style_sheet(theme, qapp.font()), flags=re.DOTALL)
    assert "@" not in text
    assert theme.accent.name() in text


@pytest.mark.parametrize("dark", [False, True])
def test_text_can_be_read(dark: bool) -> None:
    theme = theme_of(own_palette(dark))
    for ground in (theme.window, theme.surface, theme.well):
        assert contrast(theme.text, ground) >= 7
        assert contrast(theme.muted, ground) >= 4.5
    assert contrast(theme.accent_text, theme.accent) >= 4.5
    assert contrast(theme.accent, theme.surface) >= 3
    assert contrast(theme.text, theme.warning_soft) >= 7
    for sign in (theme.good, theme.warning):
        assert contrast(sign, theme.window) >= 3


def test_a_palette_of_the_users_own_is_followed(qapp: QApplication) -> None:
    palette = QPalette(QColor("#002b36"))
    palette.setColor(QPalette.ColorRole.Highlight, QColor("#cb4b16"))
    theme = theme_of(palette)
    assert theme.dark
    assert theme.accent == QColor("#cb4b16")


def test_turning_dark_restyles_the_window(
    qtbot: QtBot, qapp: QApplication, window: MainWindow
) -> None:
    before = qapp.palette(), qapp.styleSheet(), qapp.font()
    try:
        app = make_app()
        assert make_app() is app is qapp
        app.setPalette(own_palette(True))
        qtbot.waitUntil(lambda: theme_of(own_palette(True)).window.name() in app.styleSheet())
        app.setPalette(own_palette(False))
        qtbot.waitUntil(lambda: theme_of(own_palette(False)).window.name() in app.styleSheet())
    finally:
        qapp.setPalette(before[0])
        qapp.setStyleSheet(before[1])
        qapp.setFont(before[2])
