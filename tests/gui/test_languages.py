"""Traditional Chinese: nothing left untranslated, and exchanged at once."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from beautyfinder.gui.engine import Engine
from beautyfinder.gui.languages import install_language
from beautyfinder.gui.program import Program
from beautyfinder.gui.services import make_services
from beautyfinder.paths import resource
from tests.gui.conftest import WAIT, file_query

ROOT = Path(__file__).parents[2]
SHEET = ROOT / "resources" / "translations" / "zh_TW.ts"


def messages(sheet: Path) -> dict[tuple[str, str], ElementTree.Element]:
    found = {}
    for context in ElementTree.parse(sheet).getroot().iter("context"):
        for message in context.iter("message"):
            key = context.findtext("name") or "", message.findtext("source") or ""
            translation = message.find("translation")
            assert translation is not None
            found[key] = translation
    return found


def test_everything_is_translated_with_its_names() -> None:
    for (context, source), translation in messages(SHEET).items():
        text = translation.text or ""
        assert translation.get("type") is None, f"{context}: {source}"
        assert text.strip(), f"{context}: {source}"
        names = re.findall(r"\{[a-z_]*\}", source)
        assert sorted(re.findall(r"\{[a-z_]*\}", text)) == sorted(names), f"{context}: {source}"
        assert ("&" in text) == ("&" in source), f"{context}: {source}"


def test_the_sheet_has_the_texts_of_the_sources(tmp_path: Path) -> None:
    """`make translations` brings it up to date."""
    tool = Path(sys.executable).with_name("pyside6-lupdate")
    if not tool.exists():
        pytest.skip(f"{tool.name} is not installed")
    sources = [str(path) for path in sorted((ROOT / "beautyfinder" / "gui").rglob("*.py"))]
    fresh = shutil.copy(SHEET, tmp_path / "fresh.ts")
    subprocess.run(
        [str(tool), "-silent", "-no-obsolete", "-locations", "none", *sources, "-ts", str(fresh)],
        check=True,
        timeout=120,
    )
    assert messages(Path(fresh)).keys() == messages(SHEET).keys()


def test_the_compiled_sheet_is_the_sheet(qapp: QApplication) -> None:
    assert resource("translations/zh_TW.qm").stat().st_size > 10_000
    install_language("zh_TW")
    try:
        for (context, source), translation in messages(SHEET).items():
            told = QCoreApplication.translate(context, source)
            assert told == translation.text, f"{context}: {source}"
    finally:
        install_language("en")


def test_another_language_at_once(qtbot: QtBot, engine: Engine, tmp_path: Path) -> None:
    """The window says the same in Chinese; look-ups, answer and dialog stay."""
    services = make_services(engine)
    program = Program(services)  # closes its windows itself
    try:
        program.window.show()
        with qtbot.waitSignal(program.window.answer_shown, timeout=WAIT):
            program.window.open_store(tmp_path / "shop")
            program.window.look_up(file_query("soap.jpg"))
        program.window.dialogs.settings()
        program.window.dialogs.history()
        program.window.actions_["method"].trigger()
        with qtbot.waitSignal(program.window.answer_shown, timeout=WAIT):
            program.window.method._rerank.setCurrentIndex(1)
            program.window.method._rerank.activated.emit(1)
        program.window.results.bar.set_filter("soap.jpg 3", "Brand")
        choices = services.look_ups.choices()
        english = program.window
        services.preferences.set_value("language", "zh_TW")
        window = program.window
        assert window is not english
        assert not english.isVisible()
        assert window.isVisible()
        assert engine.running
        assert "開啟" in window.actions_["open"].text()
        assert "&" not in window.actions_["open"].toolTip()
        assert window.results.model.hits()[0].image.title == "soap.jpg 0"
        assert "soap.jpg" in window.pane._full_name
        settings = window.dialogs.shown("settings")
        assert settings is not None
        assert settings.windowTitle() == "設定"
        assert window.dialogs.shown("history") is not None
        assert window.layout_.method_dock.isVisible()
        assert window.actions_["method"].isChecked()
        assert window.method.choices() == choices == services.look_ups.choices()
        assert choices.rerank == "sift"
        assert window.results.bar.filter() == ("soap.jpg 3", "Brand")
        assert window.results.model.rowCount() == 1
        with qtbot.waitSignal(window.answer_shown, timeout=WAIT):
            window.look_up(file_query("milk.jpg"))
        services.preferences.set_value("language", "en")
        assert "Open" in program.window.actions_["open"].text()
    finally:
        install_language("en")
        program.close()
    assert not engine.running
