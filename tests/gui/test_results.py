"""The cards: model, places, keys, states of the panel."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QAction, QContextMenuEvent, QDesktopServices, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from beautyfinder.gui.card_text import wrapped
from beautyfinder.gui.cards_layout import CardSizes, arrange
from beautyfinder.gui.cards_view import bottom_of, nearest
from beautyfinder.gui.hit_words import (
    aside_text,
    decided_text,
    evidence_text,
    sure_or_score_text,
    sure_text,
    tooltip_text,
)
from beautyfinder.gui.query import Answer
from beautyfinder.gui.results import ResultsPanel
from beautyfinder.gui.results_model import MARK_ROLE, PICTURE_ROLE, ResultsModel
from beautyfinder.gui.reveal import dbus_arguments
from tests.gui.conftest import WAIT, make_answer

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


@pytest.mark.parametrize("count", [1, 2, 3, 7, 8, 40])
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


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (0.871, "87 % sure"),
        (0.004, "under 1 % sure"),
        (0.9999, "over 99 % sure"),
        (0.99, "99 % sure"),
        (None, ""),
    ],
)
def test_how_sure_in_words(panel: ResultsPanel, confidence: float | None, words: str) -> None:
    answer = make_answer(verdict="match")
    first = replace(answer.result.hits[0], confidence=confidence)
    hits = (first, *answer.result.hits[1:])
    panel.show_answer(replace(answer, result=replace(answer.result, hits=hits)))
    assert sure_text(first) == words
    assert words in panel.words()
    assert words in tooltip_text(first)
    assert sure_or_score_text(first) == (words or "score 50.5")
    assert ("sure" in panel.words()) == bool(words)


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
    middle = Qt.TextElideMode.ElideMiddle
    assert wrapped("Soap of many words, 250 ml", font, 120, 1, middle)[0].endswith("0 ml")
    lines = wrapped("A soap of many words and then some more words", font, 120, 2)
    assert len(lines) == 2
    assert lines[1].endswith("…")


def shuffled(answer: Answer, order: list[int], plain: bool = False) -> Answer:
    """The same products in another order; `plain`: as a short-list, nothing was matched yet."""
    hits = tuple(
        replace(answer.result.hits[n], rank=rank, matches=None if plain else 20)
        for rank, n in enumerate(order, 1)
    )
    pictures = tuple(answer.thumbnails[n] for n in order)
    return Answer(replace(answer.result, hits=hits), pictures, "cpu")


def titles(panel: ResultsPanel) -> list[str]:
    return [hit.image.title for hit in panel.model.listed()]


def action(menu: QMenu, text: str) -> QAction:
    return next(one for one in menu.actions() if one.text().replace("&", "") == text)


def test_what_is_said_of_a_hit() -> None:
    hit = make_answer(1).result.hits[0]
    assert evidence_text(replace(hit, inliers=23)) == "23 of 50 details"
    assert evidence_text(replace(hit, inliers=1)) == "1 matching detail"
    found = replace(hit, inliers=0, words=("lavender", "milk"), reasons=("words", "looks"))
    assert evidence_text(found) == "words: lavender, milk"
    assert aside_text(found) == "by words and looks"
    assert decided_text(replace(hit, reasons=("details", "words", "likeness"))) == (
        "by details and words"  # the two strongest
    )
    both = replace(found, inliers=23)
    assert aside_text(both) == "by words and looks  ·  lavender, milk"
    assert "words: lavender, milk" in tooltip_text(both)
    nothing = replace(hit, matches=None)
    assert evidence_text(nothing) == decided_text(nothing) == aside_text(nothing) == ""
    assert "0 matching" not in tooltip_text(replace(hit, matches=0))
    assert "%" not in tooltip_text(both)


def test_the_answer_takes_the_short_list_s_place_without_a_reset(
    qtbot: QtBot, panel: ResultsPanel
) -> None:
    answer = make_answer(12)
    panel.begin_look_up("Reading the photo…")
    panel.show_shortlist(shuffled(answer, [3, 1, 0, 2, *range(4, 12)], plain=True))
    assert panel.model.is_provisional()
    assert not panel.cards.is_dimmed()
    assert "order may change" in panel.words()
    assert "It is" not in panel.words()
    panel.show_busy("Comparing details", 30, 100)
    assert "Comparing details" in panel.words()
    assert not panel.cards.is_dimmed()
    panel.grab()
    sharp = QImage(400, 600, QImage.Format.Format_RGB888)
    panel.model.set_picture(0, sharp)
    panel.cards.setCurrentIndex(panel.model.index(1, 0))  # Product 1
    resets: list[bool] = []
    panel.model.modelReset.connect(lambda: resets.append(True))
    panel.show_answer(shuffled(answer, [2, 0, 3, 1, *range(4, 12)]))
    assert resets == []
    assert titles(panel)[:4] == ["Product 2", "Product 0", "Product 3", "Product 1"]
    assert [index.row() for index in panel.cards.selectedIndexes()] == [3]
    assert panel.cards.currentIndex().row() == 3
    assert panel.model.data(panel.model.index(2, 0), PICTURE_ROLE).width() == 400
    assert not panel.model.is_provisional()
    panel.grab()
    assert len(panel.cards.places()) == 7


def test_of_a_stopped_look_up_its_short_list_stays(panel: ResultsPanel) -> None:
    panel.show_shortlist(shuffled(make_answer(), [1, 0, 2], plain=True))
    assert panel.keep_answer()
    assert "Stopped" in panel.words()
    panel.begin_look_up("Reading…")
    assert panel.cards.is_dimmed()  # those of an earlier photo now
    panel.show_shortlist(make_answer(0))
    panel.show_answer(make_answer(5))
    assert panel.model.rowCount() == 5


@pytest.mark.parametrize("sizes", [(7, 3), (3, 7), (1, 30), (30, 1), (12, 12)])
def test_lists_of_any_length_follow_each_other(
    qtbot: QtBot, qtmodeltester: Any, panel: ResultsPanel, sizes: tuple[int, int]
) -> None:
    qtmodeltester.check(panel.model)
    panel.bar.all_action.trigger()
    panel.show_shortlist(shuffled(make_answer(sizes[0]), list(range(sizes[0]))[::-1], plain=True))
    panel.cards.setCurrentIndex(panel.model.index(panel.model.rowCount() - 1, 0))
    panel.show_answer(make_answer(sizes[1]))
    panel.grab()
    assert titles(panel) == [f"Product {n}" for n in range(min(sizes[1], 7))]


def test_all_of_them_below_the_best_seven(qtbot: QtBot, panel: ResultsPanel) -> None:
    panel.show_answer(make_answer(40))
    panel.grab()
    cards, bar = panel.cards, panel.cards.verticalScrollBar()
    seven = cards.places()
    assert len(seven) == 7
    more = cards.findChild(QPushButton)
    assert more.text() == panel.bar.all_action.text() == "Show all 40"
    assert bar.maximum() == 0  # the button fits under the seven
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    panel.grab()
    assert len(cards.places()) == 40
    assert bar.value() > 0
    assert cards.visualRect(panel.model.index(7, 0)).intersects(cards.viewport().rect())
    assert panel.bar.all_action.isChecked()
    cards.setFocus()
    qtbot.keyClick(cards, Qt.Key.Key_End)
    assert cards.currentIndex().row() == 39
    bar.setValue(bar.maximum())
    assert cards.viewport().rect().contains(more.geometry())  # at the end of the list, too
    panel.bar.all_action.trigger()
    panel.grab()
    assert len(cards.places()) == 7
    panel.bar.all_action.trigger()
    panel.show_answer(make_answer(20))  # another photo: from the best seven on
    assert panel.model.rowCount() == 7
    panel.model.show(None)  # while another one is looked up: not over the grey cards
    panel.show_busy("Waiting…")
    assert not more.isVisible()
    panel.show_answer(make_answer(20))
    assert more.isVisible()
    panel.show_answer(make_answer(7))
    assert not more.isVisible()


def test_the_filter_keeps_ranks_says_how_many_and_is_cleared(
    qtbot: QtBot, panel: ResultsPanel
) -> None:
    answer = make_answer(20)
    hits = tuple(
        replace(hit, image=replace(hit.image, brand="Vela" if hit.rank % 2 else "Tama"),
                words=("milk",) if hit.rank == 9 else ())
        for hit in answer.result.hits
    )  # fmt: skip
    panel.show_answer(replace_hits(answer, hits))
    panel.bar.filter_action.trigger()
    field, brands = panel.findChild(QLineEdit), panel.findChild(QComboBox)
    assert field.hasFocus()
    texts = [brands.itemText(n) for n in range(brands.count())]
    assert texts == ["All brands", "Tama (10)", "Vela (10)"]
    brands.setCurrentIndex(2)
    assert [hit.rank for hit in panel.model.listed()] == list(range(1, 20, 2))
    qtbot.keyClicks(field, "MILK prod")
    assert [hit.rank for hit in panel.model.listed()] == [9]
    assert panel.bar.count_text() == "1 of 20 products"
    panel.grab()
    with qtbot.waitSignal(panel.inspect_wanted) as signal:
        panel.cards.setFocus()
        panel.cards.setCurrentIndex(panel.model.index(0, 0))
        qtbot.keyClick(panel.cards, Qt.Key.Key_Return)
    assert signal.args == [8]  # its place in the answer, not in the list
    panel.model.set_picture(8, QImage(400, 300, QImage.Format.Format_RGB888))
    assert panel.model.data(panel.model.index(0, 0), PICTURE_ROLE).width() == 400
    qtbot.keyClick(panel.cards, Qt.Key.Key_Escape)
    assert panel.model.rowCount() == 7
    assert panel.bar.count_text() == ""
    field.setText("nothing of the kind")
    assert panel.cards.isHidden()
    clear = next(b for b in panel.findChildren(QPushButton) if b.text() == "Clear the filter")
    qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert panel.cards.isVisible()
    field.setText("zzz")
    panel.show_answer(make_answer(9))  # another photo: no filter
    assert field.text() == ""
    assert panel.model.rowCount() == 7


def replace_hits(answer: Answer, hits: tuple[Any, ...]) -> Answer:
    return Answer(replace(answer.result, hits=hits), answer.thumbnails, answer.device)


def test_the_menu_comes_by_mouse_and_by_key(qtbot: QtBot, panel: ResultsPanel) -> None:
    panel.show_answer(make_answer())
    panel.grab()
    asked: list[int] = []
    panel.cards.menu_wanted.connect(lambda row, _place: asked.append(row))
    cards = panel.cards
    middle = cards.visualRect(panel.model.index(4, 0)).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle, QPoint(5, 5))
    QApplication.sendEvent(cards.viewport(), event)
    cards.setCurrentIndex(panel.model.index(2, 0))
    panel.menu._on_hidden()
    qtbot.keyClick(cards, Qt.Key.Key_Menu)
    panel.menu._on_hidden()
    qtbot.keyClick(cards, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert asked == [4, 2, 2]
    menu = panel.menu._menu
    assert menu is not None
    assert menu.isVisible()
    menu.close()


def test_what_the_menu_asks_for(qtbot: QtBot, panel: ResultsPanel, tmp_path: Path) -> None:
    panel.show_answer(make_answer())
    hit = panel.model.hits()[3]
    menu = panel.menu.menu_for(hit)
    with qtbot.waitSignal(panel.inspect_wanted) as asked:
        action(menu, "Inspect").trigger()
    assert asked.args == [3]
    with qtbot.waitSignal(panel.query_wanted) as asked:
        action(menu, "Use as query").trigger()
    assert asked.args == [hit]
    action(menu, "Copy product id").trigger()
    assert QGuiApplication.clipboard().text() == "p3"
    action(menu, "Copy image id").trigger()
    assert QGuiApplication.clipboard().text() == "i3"
    with qtbot.waitSignal(panel.remarked, timeout=WAIT, check_params_cb=lambda s: "40" in s):
        action(menu, "Copy picture").trigger()  # its file is gone: the thumbnail
    assert QGuiApplication.clipboard().image().width() == 40
    file = tmp_path / "a.png"
    picture = QImage(90, 50, QImage.Format.Format_RGB888)
    picture.fill(Qt.GlobalColor.red)
    picture.save(str(file))
    there = replace(hit, image=replace(hit.image, path=str(file)))
    with qtbot.waitSignal(panel.remarked, timeout=WAIT):
        action(panel.menu.menu_for(there), "Copy picture").trigger()
    assert QGuiApplication.clipboard().image().width() == 90


def test_a_hit_is_marked_right_wrong_and_neither(qtbot: QtBot, panel: ResultsPanel) -> None:
    panel.show_answer(make_answer())
    hit = panel.model.hits()[1]
    said: list[tuple[str, bool | None]] = []
    panel.judged.connect(lambda hit, right: said.append((hit.image.product_id, right)))
    index = panel.model.index(1, 0)
    for text, mark in (("This is it", True), ("This is not it", False), ("This is not it", None)):
        action(panel.menu.menu_for(hit), text).trigger()
        assert panel.model.data(index, MARK_ROLE) is mark
        panel.grab()
    assert said == [("p1", True), ("p1", False), ("p1", None)]
    panel.show_answer(make_answer(), marks={"p2": False})  # from the history
    assert panel.model.data(panel.model.index(2, 0), MARK_ROLE) is False
    spoken = panel.model.data(panel.model.index(2, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert "marked as wrong" in spoken
    panel.show_answer(make_answer())
    assert panel.model.marks() == {}


def test_what_the_menu_cannot_do_is_grey_and_says_why(
    qtbot: QtBot, panel: ResultsPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = make_answer(3)
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or False)
    panel.show_shortlist(answer)
    hit = answer.result.hits[0]
    for text, why in (
        ("This is it", "final"), ("Open product page", "knows no page"), ("Show in folder", "no "),
    ):  # fmt: skip
        one = action(panel.menu.menu_for(hit), text)
        assert not one.isEnabled()
        assert why in one.toolTip()
    for url in ("file:///etc/passwd", "javascript:alert(1)", "smb://host/x", "nothing"):
        bad = replace(hit, image=replace(hit.image, url=url))
        assert not action(panel.menu.menu_for(bad), "Open product page").isEnabled()
    good = replace(hit, image=replace(hit.image, url="https://shop.example/p"))
    with qtbot.waitSignal(panel.remarked, check_params_cb=lambda s: "No program opens" in s):
        action(panel.menu.menu_for(good), "Open product page").trigger()
    assert [url.toString() for url in opened] == ["https://shop.example/p"]


def test_the_file_manager_is_asked_without_a_shell() -> None:
    arguments = dbus_arguments(Path("/a b/x,y;$(rm).jpg"))
    assert arguments[-2:] == ["array:string:file:///a%20b/x%2Cy;$(rm).jpg", "string:"]
