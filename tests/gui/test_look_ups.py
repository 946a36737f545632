"""Photos in turn: several, another part, another method, what cannot be read, what is stopped."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from beautyfinder.gui.engine import Engine
from beautyfinder.gui.look_ups import ANSWERED, FAILED, RUNNING, WAITING, LookUp, LookUps
from beautyfinder.gui.query import Choices, Region
from tests.gui.conftest import WAIT, FakeBackend, file_query, make_answer

LEFT_HALF = Region(0, (0.0, 0.0, 0.5, 1.0))


@pytest.fixture
def look_ups(qtbot: QtBot, engine: Engine, tmp_path: Path) -> LookUps:
    with qtbot.waitSignal(engine.warmed_up, timeout=WAIT):
        engine.open_store(tmp_path / "shop")
    return LookUps(engine)


def states(look_ups: LookUps) -> list[str]:
    return [look_up.state for look_up in look_ups.all()]


def names(look_ups: LookUps) -> list[str]:
    return [look_up.query.name for look_up in look_ups.all()]


def wait_for(qtbot: QtBot, look_ups: LookUps, *expected: str) -> None:
    qtbot.waitUntil(lambda: states(look_ups) == list(expected), timeout=WAIT)


def test_several_are_answered_in_turn(
    qtbot: QtBot, look_ups: LookUps, backend: FakeBackend
) -> None:
    shown: list[LookUp] = []
    look_ups.answered.connect(shown.append)
    look_ups.give([file_query("a.jpg"), file_query("fail.jpg"), file_query("c.jpg")])
    wait_for(qtbot, look_ups, ANSWERED, FAILED, ANSWERED)
    assert backend.done == ["a.jpg", "c.jpg"]
    assert [look_up.query.name for look_up in shown] == ["a.jpg"]  # the current one alone
    assert look_ups.all()[1].why == "It cannot be looked up."
    assert not look_ups.busy()


def test_the_selected_one_is_looked_up_next(
    qtbot: QtBot, look_ups: LookUps, backend: FakeBackend
) -> None:
    backend.hold = True
    look_ups.give([file_query(f"{n}.jpg") for n in range(4)])
    qtbot.waitUntil(lambda: backend.begun == ["0.jpg"], timeout=WAIT)
    look_ups.select(2)
    qtbot.waitUntil(lambda: backend.begun == ["0.jpg", "2.jpg"], timeout=WAIT)
    assert states(look_ups) == [WAITING, WAITING, RUNNING, WAITING]
    backend.go.set()
    wait_for(qtbot, look_ups, *[ANSWERED] * 4)
    assert backend.done == ["2.jpg", "3.jpg", "0.jpg", "1.jpg"]
    with qtbot.assertNotEmitted(look_ups.current_changed):
        look_ups.select(2)
        look_ups.select(9)


def test_another_part_and_another_method_look_up_again(
    qtbot: QtBot, look_ups: LookUps, backend: FakeBackend
) -> None:
    look_ups.give([file_query("a.jpg")])
    wait_for(qtbot, look_ups, ANSWERED)
    with qtbot.waitSignal(look_ups.answered, timeout=WAIT):
        look_ups.set_region(LEFT_HALF)
    with qtbot.waitSignal(look_ups.answered, timeout=WAIT):
        look_ups.set_choices(Choices(rerank="sift"))
    assert backend.asked == [
        (Region(), Choices()),
        (LEFT_HALF, Choices()),
        (LEFT_HALF, Choices(rerank="sift")),
    ]
    look_ups.set_region(LEFT_HALF)
    look_ups.set_choices(Choices(rerank="sift"))
    assert not look_ups.busy()  # nothing changed
    look_ups.set_choices(Choices(), again=False)
    assert not look_ups.busy()


def test_a_photo_that_cannot_be_read_leaves_what_was_there(qtbot: QtBot, look_ups: LookUps) -> None:
    look_ups.give([file_query("a.jpg"), file_query("b.jpg")])
    wait_for(qtbot, look_ups, ANSWERED, ANSWERED)
    look_ups.select(1)
    with qtbot.waitSignal(look_ups.refused, timeout=WAIT) as said:
        look_ups.give([file_query("bad.jpg")])
    assert said.args == ["bad.jpg is not a picture."]
    assert names(look_ups) == ["a.jpg", "b.jpg"]
    assert states(look_ups) == [ANSWERED, ANSWERED]
    current = look_ups.current()
    assert current is not None
    assert current.query.name == "b.jpg"


def test_bad_ones_one_after_the_other_still_leave_what_was_there(
    qtbot: QtBot, look_ups: LookUps
) -> None:
    look_ups.give([file_query("a.jpg")])
    wait_for(qtbot, look_ups, ANSWERED)
    look_ups.give([file_query("bad1.jpg")])
    with qtbot.waitSignal(look_ups.refused, timeout=WAIT):
        look_ups.give([file_query("bad2.jpg")])
    assert names(look_ups) == ["a.jpg"]


def test_what_was_interrupted_by_a_bad_one_goes_on(
    qtbot: QtBot, look_ups: LookUps, backend: FakeBackend
) -> None:
    backend.hold = True
    look_ups.give([file_query("a.jpg")])
    qtbot.waitUntil(lambda: backend.begun == ["a.jpg"], timeout=WAIT)
    with qtbot.waitSignal(look_ups.refused, timeout=WAIT):
        look_ups.give([file_query("bad.jpg")])
    backend.go.set()
    wait_for(qtbot, look_ups, ANSWERED)
    assert backend.done == ["a.jpg"]


def test_one_of_several_that_cannot_be_read_fails_alone(qtbot: QtBot, look_ups: LookUps) -> None:
    look_ups.give([file_query("bad.jpg"), file_query("b.jpg"), file_query("c.jpg")])
    wait_for(qtbot, look_ups, FAILED, ANSWERED, ANSWERED)
    assert look_ups.row() == 1  # nobody chose the bad one
    look_ups.select(0)
    look_ups.again()
    wait_for(qtbot, look_ups, FAILED, ANSWERED, ANSWERED)
    assert look_ups.row() == 0


def test_of_several_none_can_be_read(qtbot: QtBot, look_ups: LookUps) -> None:
    look_ups.give([file_query("a.jpg")])
    wait_for(qtbot, look_ups, ANSWERED)
    with qtbot.waitSignal(look_ups.refused, timeout=WAIT) as said:
        look_ups.give([file_query("bad1.jpg"), file_query("bad2.jpg")])
    assert said.args == ["None of these 2 photos can be read. bad1.jpg is not a picture."]
    assert names(look_ups) == ["a.jpg"]


def test_a_bad_one_before_an_answer_of_the_history_is_forgotten(
    qtbot: QtBot, look_ups: LookUps
) -> None:
    look_ups.give([file_query("a.jpg")])
    wait_for(qtbot, look_ups, ANSWERED)
    look_ups.give([file_query("bad.jpg")])
    look_ups.show_earlier(LookUp(file_query("old.jpg"), state=ANSWERED, answer=make_answer()))
    with qtbot.waitSignal(look_ups.refused, timeout=WAIT):
        look_ups.give([file_query("bad.jpg")])
    assert names(look_ups) == ["old.jpg"]


def test_forgetting_the_one_that_runs(
    qtbot: QtBot, look_ups: LookUps, backend: FakeBackend
) -> None:
    backend.hold = True
    look_ups.give([file_query(f"{n}.jpg") for n in range(3)])
    qtbot.waitUntil(lambda: backend.begun == ["0.jpg"], timeout=WAIT)
    look_ups.forget(0)
    backend.go.set()
    wait_for(qtbot, look_ups, ANSWERED, ANSWERED)
    assert names(look_ups) == ["1.jpg", "2.jpg"]
    look_ups.forget(1)
    look_ups.forget(0)  # the last one stays
    assert names(look_ups) == ["1.jpg"]


def test_stopping(qtbot: QtBot, look_ups: LookUps, backend: FakeBackend) -> None:
    backend.hold = True
    look_ups.give([file_query("a.jpg"), file_query("b.jpg")])
    qtbot.waitUntil(lambda: backend.begun == ["a.jpg"], timeout=WAIT)
    look_ups.stop()
    qtbot.waitUntil(lambda: backend.stopped == ["a.jpg"], timeout=WAIT)
    assert states(look_ups) == [WAITING, WAITING]
    backend.go.set()
    look_ups.resume()
    wait_for(qtbot, look_ups, ANSWERED, ANSWERED)


def test_an_answer_of_the_history_is_shown_without_looking_up(
    qtbot: QtBot, look_ups: LookUps, backend: FakeBackend
) -> None:
    earlier = LookUp(file_query("old.jpg"), state=ANSWERED, answer=make_answer())
    with qtbot.waitSignal(look_ups.current_changed, timeout=WAIT):
        look_ups.show_earlier(earlier)
    assert look_ups.current() is earlier
    assert backend.begun == []
    with qtbot.waitSignal(look_ups.answered, timeout=WAIT):
        look_ups.again()
    assert backend.begun == ["old.jpg"]


def test_the_shortlist_and_sharper_pictures_are_of_the_current_one(
    qtbot: QtBot, look_ups: LookUps
) -> None:
    with (
        qtbot.waitSignal(look_ups.shortlist_found, timeout=WAIT),
        qtbot.waitSignal(look_ups.picture_read, timeout=WAIT),
        qtbot.waitSignal(look_ups.settled, timeout=WAIT),
    ):
        look_ups.give([file_query("a.jpg")])
