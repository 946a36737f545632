"""The cards: model, places, keys, states of the panel."""

from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from pytestqt.qtbot import QtBot

from beautyfinder.gui.card_text import wrapped
from beautyfinder.gui.cards_layout import CardSizes, arrange
from beautyfinder.gui.cards_view import bottom_of, nearest
from beautyfinder.gui.results import ResultsPanel
from beautyfinder.gui.results_model import PICTURE_ROLE, ResultsModel
from tests.gui.conftest import make_answer

SIZES = CardSizes(least_width=168, text_height=90, best_text_height=110)


@pytest.fixture
def panel(qtbot: QtBot) -> ResultsPanel:
    made = ResultsPanel()
    qtbot.addWidget(made)
    made.resize(840, 720)
    made.show()
    return made


def test_the_model_is_a_model(qtmodeltester: Any) -> None:
    model = ResultsModel()
    qtmodeltester.check(model)
    model.show(make_answer())
    qtmodeltester.check(model)
    assert model.rowCount() == 7
    index = model.index(0, 0)
    assert model.data(index) == "Product 0"
    assert model.data(index, PICTURE_ROLE).width() == 40
    assert "Product 0" in model.data(index, Qt.ItemDataRole.ToolTipRole)
    spoken = model.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "1. Product 0, Brand, 3.99 €, 50 matching details, score 50.5"
    model.show(None)
    assert model.rowCount() == 0


@pytest.mark.parametrize("count", [1, 2, 3, 7])
@pytest.mark.parametrize(
    ("width", "height"), [(420, 400), (566, 440), (846, 645), (1700, 1280), (2800, 1900), (60, 60)]
)
def test_cards_lie_side_by_side_inside_the_view(width: int, height: int, count: int) -> None:
    places = arrange(width, height, count, SIZES)
    assert len(places) == count
    for n, place in enumerate(places):
        assert place.left() >= 0
        assert place.right() < max(width, 200)
        assert place.width() > 0
        assert place.height() > 0
        assert not any(place.intersects(other) for other in places[n + 1 :])
    if width > 500:
        assert all(place.height() <= places[0].height() for place in places)


def test_seven_cards_fit_a_usual_window_without_scrolling() -> None:
    assert bottom_of(arrange(846, 645, 7, SIZES)) <= 645


def test_arrow_keys_go_to_the_neighbour() -> None:
    places = arrange(846, 645, 7, SIZES)
    right, left, down, up = (1, 0), (-1, 0), (0, 1), (0, -1)
    assert nearest(places, 1, right) == 2
    assert nearest(places, 2, down) == 5
    assert nearest(places, 5, up) == 2
    assert nearest(places, 1, left) == nearest(places, 4, left) == 0
    assert nearest(places, 0, right) in (1, 4)
    assert nearest(places, 3, right) == 3
    assert nearest([QRect(0, 0, 5, 5)], 0, down) == 0


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        ("match", "It is Product 0"),
        ("unsure", "Likely one of these"),
        ("no match", "Probably not in this catalogue"),
    ],
)
def test_the_verdict_in_words(panel: ResultsPanel, verdict: str, words: str) -> None:
    panel.show_answer(make_answer(verdict=verdict))
    assert words in panel.words()
    assert panel.model.rowCount() == 7


def test_busy_dims_the_answer_before_and_says_the_stage(panel: ResultsPanel) -> None:
    panel.show_busy("Reading the photo…")
    assert not panel.cards.is_dimmed()
    panel.grab()  # the grey cards
    panel.show_answer(make_answer())
    panel.show_busy("Comparing details", 30, 100)
    assert panel.cards.is_dimmed()
    assert panel.model.rowCount() == 7
    assert "Comparing details" in panel.words()
    panel.grab()
    assert panel.keep_answer()
    assert not panel.cards.is_dimmed()


def test_failure_and_nothing_found(panel: ResultsPanel) -> None:
    panel.show_answer(make_answer())
    panel.show_failure("The store has gone.")
    assert "The store has gone." in panel.words()
    assert panel.model.rowCount() == 0
    assert not panel.keep_answer()
    panel.show_answer(make_answer(0))
    assert "Nothing found" in panel.words()


def test_the_cards_are_painted_and_keys_walk_them(qtbot: QtBot, panel: ResultsPanel) -> None:
    panel.show_answer(make_answer())
    panel.grab()
    cards = panel.cards
    qtbot.waitUntil(lambda: len(cards.places()) == 7, timeout=2000)
    for row, place in enumerate(cards.places()):
        assert cards.visualRect(panel.model.index(row, 0)) == place
        assert cards.indexAt(place.center()).row() == row
    cards.setFocus()
    assert cards.currentIndex().row() == 0
    qtbot.keyClick(cards, Qt.Key.Key_Right)
    assert cards.currentIndex().row() == 1
    with qtbot.waitSignal(cards.chosen) as signal:
        qtbot.keyClick(cards, Qt.Key.Key_Return)
    assert signal.args == [1]
    colours = {
        panel.model.data(panel.model.index(row, 0), PICTURE_ROLE).pixelColor(5, 5).name()
        for row in range(7)
    }
    drawn = cards.viewport().grab().toImage()
    seen = {
        drawn.pixelColor(x, y).name()
        for x in range(0, drawn.width(), 3)
        for y in range(0, drawn.height(), 3)
    }
    assert colours <= seen  # every thumbnail is there


def test_a_missing_thumbnail_and_long_names_do_no_harm(panel: ResultsPanel) -> None:
    answer = make_answer(3, name="A very long name " * 20)
    panel.show_answer(type(answer)(answer.result, (None, *answer.thumbnails[1:]), "cpu"))
    for width in (430, 840, 2400):
        panel.resize(width, 600)
        panel.grab()


def test_wrapping_elides_the_last_line(panel: ResultsPanel) -> None:
    font = panel.font()
    assert wrapped("", font, 100, 2) == []
    assert wrapped("Soap", font, 100, 2) == ["Soap"]
    lines = wrapped("A soap of many words and then some more words", font, 120, 2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
