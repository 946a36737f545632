"""The table of preferences, its dialog, and what a settings file may hold."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale, QSettings, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialogButtonBox, QSpinBox
from pytestqt.qtbot import QtBot

from beautyfinder.gui.languages import language_for
from beautyfinder.gui.preferences import PREFERENCES, Preferences
from beautyfinder.gui.settings_dialog import SettingsDialog


def test_defaults_are_valid_and_keys_differ() -> None:
    assert len({p.key for p in PREFERENCES}) == len(PREFERENCES)
    preferences = Preferences(None)
    for preference in PREFERENCES:
        assert preferences.value(preference.key) == preference.default


def test_values_are_kept_and_told(qtbot: QtBot, settings: QSettings) -> None:
    preferences = Preferences(settings)
    with qtbot.waitSignal(preferences.changed, timeout=1000) as told:
        preferences.set_value("appearance", "dark")
    assert told.args == ["appearance"]
    preferences.set_value("text_size", 120)
    preferences.set_value("reopen", False)
    with qtbot.assertNotEmitted(preferences.changed):
        preferences.set_value("text_size", 120)
    settings.sync()
    again = Preferences(QSettings(settings.fileName(), QSettings.Format.IniFormat))
    kept = again.text("appearance"), again.number("text_size"), again.flag("reopen")
    assert kept == ("dark", 120, False)
    again.reset()
    assert again.text("appearance") == ""


@pytest.mark.parametrize(
    ("key", "written", "read"),
    [
        ("text_size", "many", 100),
        ("text_size", "9999", 200),
        ("appearance", "purple", ""),
        ("reopen", "perhaps", True),
        ("reopen", "false", False),
        ("language", 7, ""),
    ],
)
def test_odd_values_in_the_file(settings: QSettings, key: str, written: object, read: object):  # type: ignore[no-untyped-def]
    settings.setValue(f"preferences/{key}", written)
    assert Preferences(settings).value(key) == read


def test_the_dialog_changes_at_once_and_restores(qtbot: QtBot) -> None:
    preferences = Preferences(None)
    dialog = SettingsDialog(preferences)
    qtbot.addWidget(dialog)
    dialog.show()
    size, appearance, fetch = (dialog.editor(k) for k in ("text_size", "appearance", "fetch"))
    assert isinstance(size, QSpinBox)
    assert isinstance(appearance, QComboBox)
    assert isinstance(fetch, QCheckBox)
    size.setValue(130)
    appearance.setFocus()
    qtbot.keyClick(appearance, Qt.Key.Key_End)
    fetch.click()
    assert preferences.number("text_size") == 130
    assert preferences.text("appearance") == "dark"
    assert not preferences.flag("fetch")
    buttons = dialog.findChild(QDialogButtonBox)
    assert buttons is not None
    buttons.button(QDialogButtonBox.StandardButton.RestoreDefaults).click()
    assert (size.value(), appearance.currentData(), fetch.isChecked()) == (100, "", True)
    assert all(dialog.editor(p.key).accessibleName() or p.default is True for p in PREFERENCES)


@pytest.mark.parametrize(
    ("chosen", "locale", "expected"),
    [
        ("zh_TW", "de_DE", "zh_TW"),
        ("en", "zh_TW", "en"),
        ("", "zh_TW", "zh_TW"),
        ("", "zh_HK", "zh_TW"),
        ("", "en_GB", "en"),
        ("", "de_DE", "en"),
    ],
)
def test_language_of_the_window(chosen: str, locale: str, expected: str) -> None:
    assert language_for(chosen, QLocale(locale)) == expected
