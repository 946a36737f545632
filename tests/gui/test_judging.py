"""What a person says of hits is kept in the history, or cannot be said."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from beautyfinder.gui.main_window import MainWindow
from beautyfinder.gui.query import FileQuery
from beautyfinder.gui.remembered import Remembered
from beautyfinder.journal import Journal
from beautyfinder.paths import journal_file
from tests.gui.conftest import WAIT, file_query


def look_up(qtbot: QtBot, window: MainWindow, name: str) -> None:
    with qtbot.waitSignal(window.answer_shown, timeout=WAIT):
        window.look_up(file_query(name))


def judging(window: MainWindow, row: int = 0) -> tuple[QAction, QAction]:
    model = window.results.model
    actions = window.results.menu.menu_for(model.hits()[row]).actions()
    yes, no = (action for action in actions if action.isCheckable())
    return yes, no


def kept(window: MainWindow) -> dict[str, dict[str, bool]]:
    """The marks in the file by look-up, once everything asked so far is done."""
    window.services.journal.close()
    journal = Journal(journal_file())
    found: dict[str, dict[str, bool]] = {one.id: {} for one in journal.find()}
    for label in journal.labels():
        found[label.look_up][label.product_id] = label.right
    journal.close()
    return found


def entry(qtbot: QtBot, window: MainWindow) -> Remembered:
    journal = window.services.journal
    with qtbot.waitSignal(journal.listed, timeout=WAIT) as listed:
        journal.find("", 1, 0)
    with qtbot.waitSignal(journal.opened, timeout=WAIT) as opened:
        journal.get(listed.args[1][0].id)
    found: Remembered = opened.args[0]
    return found


def test_without_a_history_nothing_can_be_said(qtbot: QtBot, ready_window: MainWindow) -> None:
    window = ready_window
    window.services.preferences.set_value("keep_history", False)
    look_up(qtbot, window, "soap.jpg")
    for action in judging(window):
        assert not action.isEnabled()
        assert "No history is kept" in action.toolTip()
    window.services.preferences.set_value("keep_history", True)
    yes, _no = judging(window)
    assert yes.isEnabled()
    yes.trigger()  # of a look-up that was not kept when it was answered
    assert list(kept(window).values()) == [{"p0": True}]


def test_a_reopened_look_up_that_was_erased_is_kept_anew(
    qtbot: QtBot, ready_window: MainWindow
) -> None:
    window = ready_window
    look_up(qtbot, window, "soap.jpg")
    judging(window, 1)[0].trigger()
    earlier = entry(qtbot, window)
    window.dialogs.reopen_wanted.emit(earlier)
    assert window.results.model.marks() == {"p1": True}
    window.services.journal.erase(earlier.id)
    assert window.results.model.marks() == {}  # what was said is erased, too
    judging(window, 2)[1].trigger()
    found = kept(window)
    assert earlier.id not in found
    assert list(found.values()) == [{"p2": False}]


def test_marks_stay_when_the_same_catalogue_is_opened_anew(
    qtbot: QtBot, ready_window: MainWindow, tmp_path: Path
) -> None:
    window = ready_window
    look_up(qtbot, window, "soap.jpg")
    judging(window)[0].trigger()
    with qtbot.waitSignal(window.answer_shown, timeout=WAIT):
        window.open_store(tmp_path / "shop")  # as after an update
    assert window.results.model.marks() == {"p0": True}
    with qtbot.waitSignal(window.answer_shown, timeout=WAIT):
        window.open_store(tmp_path / "other")  # its p0 is another product
    assert window.results.model.marks() == {}
    assert sorted(map(str, kept(window).values())) == ["{'p0': True}", "{'p0': True}", "{}"]


def test_what_cannot_be_kept_is_said(qtbot: QtBot, ready_window: MainWindow) -> None:
    window = ready_window
    look_up(qtbot, window, "soap.jpg")
    window.services.journal.erase_all()
    window.look_ups.clear()
    judging(window)[0].trigger()
    assert "could not be noted" in window.status.sentence()
    assert window.results.model.marks() == {}


def test_recent_photos_are_part_of_the_history(
    qtbot: QtBot, ready_window: MainWindow, tmp_path: Path
) -> None:
    window, preferences = ready_window, ready_window.services.preferences
    file = tmp_path / "soap.jpg"
    file.touch()

    def give() -> None:
        with qtbot.waitSignal(window.answer_shown, timeout=WAIT):
            window.look_up(FileQuery(str(file)))

    give()
    assert window.pane.recent.paths() == [str(file)]
    preferences.set_value("keep_history", False)
    assert window.pane.recent.paths() == []
    give()
    assert window.pane.recent.paths() == []
    preferences.set_value("keep_history", True)
    give()
    window.services.journal.erase_all()
    assert window.pane.recent.paths() == []


def test_a_reopened_look_up_is_of_its_own_catalogue_and_method(
    qtbot: QtBot, ready_window: MainWindow, tmp_path: Path
) -> None:
    window = ready_window
    look_up(qtbot, window, "soap.jpg")
    earlier = entry(qtbot, window)
    with qtbot.waitSignal(window.answer_shown, timeout=WAIT):
        window.open_store(tmp_path / "other")
    assert window.results.exporter._catalogue == "other"
    window.method._show(None)
    before = window.method._metric.currentData()
    window.dialogs.reopen_wanted.emit(earlier)
    assert window.results.exporter._catalogue == "shop"
    assert window.method._metric.currentData() == before != earlier.answer.result.method.metric
    assert "backbone · R-MAC · L1" in window.method._timings.text()
    with qtbot.waitSignal(window.answer_shown, timeout=WAIT):
        window.actions_["again"].trigger()
    assert window.results.exporter._catalogue == "other"
