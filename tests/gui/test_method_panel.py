"""The method panel: presets, what is greyed and why, what is chosen by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QDoubleSpinBox, QLabel, QSpinBox
from pytestqt.qtbot import QtBot

from beautyfinder.features.backbones import BACKBONES
from beautyfinder.features.pooling import POOLING_NAMES, POOLINGS
from beautyfinder.gui.method_panel import _PAPER_BACKBONES, MethodPanel
from beautyfinder.gui.query import Choices, OpenedStore, Possible
from beautyfinder.search.distances import METRICS
from beautyfinder.search.method import Method

FULL = OpenedStore(
    Path("/shop"), 9, 9, (("efficientnet-lite0", "mac"), ("efficientnet-lite0", "r-mac"),
                          ("senet154", "mac")), True, True,
)  # fmt: skip
POOR = OpenedStore(Path("/shop"), 9, 9, (("efficientnet-lite0", "mac"),), False, False)
POSSIBLE = Possible(tuple(BACKBONES), tuple(POOLINGS), tuple(METRICS), ("auto", "cpu"))


@pytest.fixture
def panel(qtbot: QtBot) -> MethodPanel:
    made = MethodPanel()
    qtbot.addWidget(made)
    made.show_store(FULL)
    made.show_possible(POSSIBLE)
    made.show()
    return made


def control(panel: MethodPanel, name: str) -> QComboBox:
    (found,) = (box for box in panel.findChildren(QComboBox) if box.accessibleName() == name)
    return found


def choose(qtbot: QtBot, box: QComboBox, value: str) -> None:
    """As a person does with the keyboard: activated, not merely changed."""
    row = box.findData(value)
    assert row >= 0
    box.setCurrentIndex(row)
    box.activated.emit(row)


def test_recommended_by_default(panel: MethodPanel) -> None:
    assert panel.choices() == Choices()
    assert control(panel, "Pooling").currentData() == "r-mac"
    assert all(box.isChecked() for box in panel.findChildren(QCheckBox))


def test_papers_best(qtbot: QtBot, panel: MethodPanel) -> None:
    with qtbot.waitSignal(panel.chosen, timeout=1000) as told:
        choose(qtbot, control(panel, "Preset"), "paper")
    assert told.args == [
        Choices("senet154", "mac", "cosine", ("deep",), "sift", 100, 0.8, "exact", "auto")
    ]
    with qtbot.waitSignal(panel.chosen, timeout=1000) as told:
        choose(qtbot, control(panel, "Preset"), "recommended")
    assert told.args == [Choices()]


def test_papers_best_in_a_store_without_its_networks(qtbot: QtBot, panel: MethodPanel) -> None:
    panel.show_store(POOR)
    choose(qtbot, control(panel, "Preset"), "paper")
    chosen = panel.choices()
    assert (chosen.backbone, chosen.pooling) == ("efficientnet-lite0", "mac")
    assert (chosen.sources, chosen.rerank) == (("deep",), "none")


def test_the_papers_backbones_are_there() -> None:
    assert set(_PAPER_BACKBONES) <= set(BACKBONES)


def test_what_the_store_cannot_serve_is_greyed_with_the_reason(panel: MethodPanel) -> None:
    assert "not indexed" in panel.reason_against("backbone", "vgg16")
    assert "not indexed" in panel.reason_against("pooling", "spoc")
    assert panel.reason_against("pooling", "mac") == ""
    panel.show_store(POOR)
    assert "no local features" in panel.reason_against("rerank", "sift")
    assert panel.reason_against("rerank", "none") == ""
    boxes = {box.text(): box for box in panel.findChildren(QCheckBox)}
    assert not boxes["Local features"].isEnabled()
    assert "no local features" in boxes["Local features"].toolTip()
    assert "No words" in boxes["Words on the pack"].toolTip()


def test_choosing_by_hand(qtbot: QtBot, panel: MethodPanel) -> None:
    with qtbot.waitSignal(panel.chosen, timeout=1000):
        choose(qtbot, control(panel, "Re-ranking"), "sift")
    assert control(panel, "Preset").currentData() == "own"
    assert panel.choices().rerank == "sift"
    (ratio,) = panel.findChildren(QDoubleSpinBox)
    assert ratio.isEnabled()
    ratio.setValue(0.7)
    (shortlist,) = (b for b in panel.findChildren(QSpinBox))
    shortlist.setValue(50)
    assert (panel.choices().ratio, panel.choices().shortlist) == (0.7, 50)
    choose(qtbot, control(panel, "Distance"), "l1")
    ranker = control(panel, "Ranker")
    assert not ranker.model().index(1, 0).flags() & Qt.ItemFlag.ItemIsEnabled
    choose(qtbot, control(panel, "Backbone"), "senet154")
    assert panel.choices().pooling == "mac"  # what that backbone has


def test_one_source_there_must_be(qtbot: QtBot, panel: MethodPanel) -> None:
    boxes = panel.findChildren(QCheckBox)
    for box in boxes[:2]:
        qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center() / 4)
    assert panel.choices().sources == ("words",)
    with qtbot.assertNotEmitted(panel.chosen):
        boxes[2].click()
    assert boxes[2].isChecked()


def test_another_store_starts_from_the_recommended(qtbot: QtBot, panel: MethodPanel) -> None:
    choose(qtbot, control(panel, "Preset"), "paper")
    panel.show_store(POOR)
    assert panel.choices() == Choices()


def test_timings_of_the_last_look_up(panel: MethodPanel) -> None:
    method = Method("efficientnet-lite0", "mac", "cosine")
    panel.show_used(method, {"describe": 203.6, "rerank": 801.2, "total": 1100}, "cpu")
    told = "\n".join(label.text() for label in panel.findChildren(QLabel))
    assert "Describing the photo: 204 ms" in told
    assert "In all: 1" in told
    assert control(panel, "Pooling").currentData() == "mac"
    assert "efficientnet-lite0 · MAC · Cosine" in told
    assert "Re-ranking: All evidence" in told


def test_an_answer_of_the_history_leaves_the_controls(panel: MethodPanel) -> None:
    before = control(panel, "Backbone").currentData()
    panel.show_used(Method("gone", "gem", "l1"), {}, "cpu", of_this_store=False)
    assert control(panel, "Backbone").currentData() == before
    assert "gone · GEM · L1" in panel._timings.text()


@pytest.mark.parametrize("preset", ["recommended", "paper", "own"])
def test_another_panel_takes_the_choices(qtbot: QtBot, panel: MethodPanel, preset: str) -> None:
    if preset == "own":
        choose(qtbot, control(panel, "Re-ranking"), "verified")
    else:
        choose(qtbot, control(panel, "Preset"), preset)
    choose(qtbot, control(panel, "Device"), "cpu")
    other = MethodPanel()
    qtbot.addWidget(other)
    other.show_store(FULL)
    other.show_possible(POSSIBLE)
    with qtbot.assertNotEmitted(other.chosen):
        other.set_choices(panel.choices())
    assert other.choices() == panel.choices()
    assert control(other, "Preset").currentData() == preset


def test_the_wheel_scrolls_past_the_controls(qtbot: QtBot, panel: MethodPanel) -> None:
    panel.resize(300, 200)
    metric = control(panel, "Distance")
    before = panel.choices()
    down = QWheelEvent(
        QPointF(4, 4), QPointF(metric.mapToGlobal(QPoint(4, 4))), QPoint(), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    for widget in (metric, *panel.findChildren(QSpinBox), *panel.findChildren(QDoubleSpinBox)):
        assert widget.focusPolicy() == Qt.FocusPolicy.StrongFocus
        QApplication.sendEvent(widget, down)
    assert panel.choices() == before


def test_with_no_catalogue_nothing_can_be_chosen(panel: MethodPanel) -> None:
    panel.show_store(None)
    assert not control(panel, "Preset").isEnabled()


def test_a_network_of_timm_that_the_store_has(panel: MethodPanel) -> None:
    name = "timm:vit_small_patch14_dinov2.lvd142m"
    panel.show_store(replace(FULL, columns=((name, "cls"),)))
    panel.show_possible(replace(POSSIBLE, poolings=POOLING_NAMES))
    box = control(panel, "Backbone")
    assert [box.itemText(row) for row in range(box.count())] == [name, *BACKBONES]
    assert box.currentText() == box.toolTip() == name
    assert control(panel, "Pooling").currentText() == "CLS"
    assert panel.reason_against("backbone", name) == panel.reason_against("pooling", "cls") == ""
    assert "not indexed" in panel.reason_against("pooling", "gem")
    assert "not indexed" in panel.reason_against("backbone", "vgg16")
