"""The table of preferences, its dialog, and what a settings file may hold."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale, QSettings, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialogButtonBox, QSpinBox
from pytestqt.qtbot import QtBot

from beautyfinder.gui.languages import language_for
from beautyfinder.gui.preferences import PREFERENCES, Preferences
from beautyfinder.gui.settings_dialog import SettingsDialog
from beautyfinder.gui.verdicts import judge_by
from tests.gui.conftest import make_answer


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


def test_the_two_thresholds_cannot_cross(qtbot: QtBot) -> None:
    preferences = Preferences(None)
    dialog = SettingsDialog(preferences)
    qtbot.addWidget(dialog)
    match_from, no_match_below = (dialog.editor(k) for k in ("match_from", "no_match_below"))
    assert isinstance(match_from, QSpinBox)
    assert isinstance(no_match_below, QSpinBox)
    assert (match_from.text(), no_match_below.text()) == ("90 % on", "10 %")
    match_from.setValue(0)
    no_match_below.setValue(100)
    assert preferences.number("no_match_below") < preferences.number("match_from")


@pytest.mark.parametrize(
    ("confidence", "match_from", "no_match_below", "verdict"),
    [
        (0.85, 90, 10, "unsure"),
        (0.85, 80, 10, "match"),
        (0.85, 85, 10, "match"),
        (0.2, 90, 25, "no match"),
        (None, 50, 49, "match"),  # as it was: nothing is known
    ],
)
def test_answers_are_judged_by_them(
    confidence: float | None, match_from: int, no_match_below: int, verdict: str
) -> None:
    preferences = Preferences(None)
    preferences.set_value("match_from", match_from)
    preferences.set_value("no_match_below", no_match_below)
    answer = make_answer(verdict="match")
    first, *others = answer.result.hits
    hits = (replace(first, confidence=confidence), *others)
    answer = replace(answer, result=replace(answer.result, hits=hits))
    assert judge_by(preferences)(answer).result.verdict == verdict
    nothing = replace(answer, result=replace(answer.result, hits=(), verdict="no match"))
    assert judge_by(preferences)(nothing) is nothing


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
