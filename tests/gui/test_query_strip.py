"""The strip of queries given at once: states, going through it, taking queries away."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from beautyfinder.gui.query_strip import QueryStrip
from beautyfinder.gui.query_strip_model import QueryState
from beautyfinder.gui.theme import current_theme

STATE = QueryState


@pytest.fixture
def strip(qtbot: QtBot) -> Iterator[QueryStrip]:
    """In a window, with another control beside it."""
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    made = QueryStrip()
    column.addWidget(made)
    window.resize(800, 140)
    window.show()
    yield made
    del window  # it is kept until here


@pytest.fixture
def heard(strip: QueryStrip) -> list[Any]:
    rows: list[Any] = []
    strip.selected.connect(rows.append)
    return rows


def told(strip: QueryStrip, row: int) -> str:
    index = strip.strip_model.index(row, 0)
    return str(strip.strip_model.data(index, Qt.ItemDataRole.ToolTipRole))


def test_it_is_there_for_more_than_one_query(strip: QueryStrip, heard: list[Any]) -> None:
    assert strip.isHidden()
    strip.set_queries(["a.jpg"])
    assert strip.isHidden()
    assert strip.current() == 0
    strip.set_queries(["a.jpg", "b.jpg"])
    assert not strip.isHidden()
    assert strip.current() == 0
    strip.clear()
    assert strip.isHidden()
    assert strip.current() == -1
    assert heard == []  # nobody went anywhere


def test_states(strip: QueryStrip) -> None:
    strip.set_queries(["a.jpg", "b.jpg", "c.jpg", "d.jpg", "e.jpg", "f.jpg"])
    photo = QImage(400, 300, QImage.Format.Format_RGB32)
    photo.fill(QColor("teal"))
    strip.set_state(1, STATE.LOOKING_UP, picture=photo)
    strip.set_state(2, STATE.ANSWERED, "Rose soap", photo, "match")
    strip.set_state(3, STATE.ANSWERED, "Rose soap", photo, "no match")
    strip.set_state(4, STATE.FAILED, "e.jpg is damaged.")
    strip.set_state(5, STATE.ANSWERED)
    strip.set_state(99, STATE.ANSWERED)  # removed meanwhile
    assert [told(strip, row) for row in range(6)] == [
        "a.jpg\nWaiting",
        "b.jpg\nLooking it up…",
        "c.jpg\nRose soap",
        "d.jpg\nProbably not in this catalogue; closest: Rose soap",
        "e.jpg\ne.jpg is damaged.",
        "f.jpg\nNothing found",
    ]
    assert strip.state_of(4) == STATE.FAILED
    small = strip.strip_model.items[1].picture
    assert small is photo  # as it was given: scaling it here would hold the window up
    strip.set_state(1, STATE.ANSWERED, "Gel", None, "unsure")
    assert strip.strip_model.items[1].picture is small  # it stays


def test_the_verdict_is_seen(qtbot: QtBot, strip: QueryStrip) -> None:
    strip.set_queries(["a.jpg", "b.jpg"])
    strip.window().activateWindow()

    def colours(row: int) -> set[str]:
        place = strip.visualRect(strip.strip_model.index(row, 0))
        drawn = strip.viewport().grab(place).toImage()
        return {
            drawn.pixelColor(x, y).name()
            for x in range(80, 115)
            for y in range(drawn.height() // 3)
        }

    assert current_theme().good.name() not in colours(0)
    strip.set_state(0, STATE.ANSWERED, "Rose soap", None, "match")
    strip.set_state(1, STATE.FAILED, "No.")
    assert current_theme().good.name() in colours(0)
    assert current_theme().warning.name() in colours(1)


def test_going_through_it(qtbot: QtBot, strip: QueryStrip, heard: list[Any]) -> None:
    strip.set_queries([f"{n}.jpg" for n in range(4)])
    place = strip.visualRect(strip.strip_model.index(2, 0)).center()
    qtbot.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (heard, strip.current()) == ([2], 2)
    qtbot.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heard == [2]  # it is there already
    strip.setFocus()
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert heard == [2, 3]
    strip.go_next()
    assert heard == [2, 3]  # the last one
    strip.go_back()
    assert (heard, strip.current()) == ([2, 3, 2], 2)
    strip.set_current(0)
    strip.go_back()
    assert heard == [2, 3, 2]
    strip.clear()
    strip.go_next()
    assert heard == [2, 3, 2]


def test_taking_queries_away(qtbot: QtBot, strip: QueryStrip, heard: list[Any]) -> None:
    gone: list[int] = []
    strip.removed.connect(gone.append)
    strip.set_queries(list("abcd"))
    strip.set_current(2)
    strip.remove(0)  # before the current one: that stays, one row up
    assert (strip.current(), heard) == (1, [])
    strip.setFocus()
    qtbot.keyClick(strip, Qt.Key.Key_Delete)  # "c": now "d" is the current one
    assert [item.name for item in strip.strip_model.items] == ["b", "d"]
    assert (strip.current(), heard) == (1, [1])
    strip.remove(7)
    strip.remove(1)
    assert (strip.current(), heard) == (0, [1, 0])
    assert strip.isHidden()  # one is left
    strip.remove(0)
    assert strip.current() == -1
    assert gone == [0, 1, 1, 0]
