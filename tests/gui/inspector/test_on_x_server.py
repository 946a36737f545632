"""On a real X server: Return opens the inspector, its keys work, a picture of it is taken."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from beautyfinder.gui.inspector.window import InspectorWindow
from beautyfinder.gui.main_window import MainWindow
from beautyfinder.gui.query import Answer
from tests.gui.conftest import WAIT, file_query, make_answer
from tests.gui.inspector.conftest import InspectingBackend
from tests.gui.test_x_server import press

pytestmark = pytest.mark.xvfb


def test_what_a_person_does(
    qtbot: QtBot,
    qapp: QApplication,
    ready_window: MainWindow,
    backend: InspectingBackend,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert qapp.platformName() == "xcb"
    file = tmp_path / "pack.png"
    Image.fromarray(backend.pack).save(file)
    answer = make_answer()
    hits = tuple(
        replace(hit, image=replace(hit.image, path=str(file))) for hit in answer.result.hits
    )
    found = Answer(replace(answer.result, hits=hits), (None,) * len(hits), "cpu")
    monkeypatch.setattr(backend, "search", lambda *_: found)
    monkeypatch.setattr(backend, "sharper", lambda *_: None)
    qtbot.waitExposed(ready_window)
    with qtbot.waitSignal(ready_window.answer_shown, timeout=WAIT):
        ready_window.look_up(file_query("soap.jpg"))
    press(qtbot, ready_window, "Return")
    qtbot.waitUntil(lambda: ready_window.dialogs.shown("inspector") is not None, timeout=WAIT)
    inspector = ready_window.dialogs.shown("inspector")
    assert isinstance(inspector, InspectorWindow)
    qtbot.waitUntil(lambda: inspector.matching.pairing is not None, timeout=6 * WAIT)
    press(qtbot, inspector, "n")
    qtbot.waitUntil(lambda: inspector.canvas.lit >= 0, timeout=WAIT)
    press(qtbot, inspector, "Next")
    qtbot.waitUntil(lambda: inspector.windowTitle() == "Product 1", timeout=WAIT)
    assert ready_window.results.cards.currentIndex().row() == 1
    qtbot.waitUntil(lambda: inspector.matching.pairing is not None, timeout=6 * WAIT)
    inspector.canvas.zoom(1.5, QPointF(200, 200))
    qtbot.waitUntil(inspector.canvas.is_fine, timeout=WAIT)
    shot = tmp_path / "inspector.png"
    screen = inspector.screen().grabWindow(inspector.winId())
    assert screen.save(str(shot))
    assert shot.stat().st_size > 20_000
    press(qtbot, inspector, "Escape")
    if ready_window.dialogs.shown("inspector") is not None:  # the first took the light off
        press(qtbot, inspector, "Escape")
    qtbot.waitUntil(lambda: ready_window.dialogs.shown("inspector") is None, timeout=WAIT)
