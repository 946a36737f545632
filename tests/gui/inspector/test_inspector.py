"""What a person does in the inspector, and what goes wrong there."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSlider, QToolButton
from pytestqt.qtbot import QtBot

from beautyfinder.gui.engine import Engine
from beautyfinder.gui.images_qt import pixels_from_image
from beautyfinder.gui.inspector.compare import BLINK, DIFFERENCE, WIPE
from beautyfinder.gui.inspector.controls import COMPARE, MATCHES
from beautyfinder.gui.inspector.latest import Latest
from beautyfinder.gui.inspector.messages import (
    THUMBNAIL_CHANGED,
    THUMBNAIL_GONE,
    Subject,
    Wanted,
    WordsKept,
)
from beautyfinder.gui.inspector.window import InspectorWindow
from beautyfinder.gui.query import FileQuery, Region
from beautyfinder.gui.services import Services
from beautyfinder.search.inspection import pairing_at
from tests.gui.conftest import WAIT
from tests.gui.inspector.conftest import InspectingBackend


def settle(qtbot: QtBot, inspector: InspectorWindow) -> QImage:
    """What the canvas shows once it is drawn finely."""
    qtbot.waitUntil(inspector.canvas.is_fine, timeout=WAIT)
    return inspector.canvas.grab().toImage()


def test_what_is_shown(inspector: InspectorWindow, subject: Subject) -> None:
    assert inspector.windowTitle() == "Product 0"
    numbers = inspector.pairs.numbers.rows()
    pairing, current = inspector.matching.pairing, inspector.matching.current
    assert pairing is not None
    assert current is not None
    assert pairing.inlier_count > 20
    assert numbers["at different places"] == str(pairing.inlier_count)
    assert numbers["Keypoints, photo"] == str(len(current.inspection.query))
    assert "Brand" in inspector.facts.texts()
    summary, photo, _ = inspector.words.words()
    assert summary == "1 word is on both."
    assert "Hair" in photo
    assert "Milk</span>" in photo
    assert inspector.layout_.notice() == ""


def test_the_slider_matches_anew_from_the_distances(
    qtbot: QtBot, inspector: InspectorWindow, backend: InspectingBackend
) -> None:
    current = inspector.matching.current
    assert current is not None
    for percent in (60, 75, 90):
        with qtbot.waitSignal(inspector.matched, timeout=WAIT):
            inspector.bar.slider.setValue(percent)
            inspector.bar.ratio_changed.emit(percent / 100)
        expected = pairing_at(current.inspection, percent / 100)
        pairing = inspector.matching.pairing
        assert pairing is not None
        assert np.array_equal(pairing.accepted, expected.accepted)
        assert np.array_equal(pairing.inliers, expected.inliers)
    assert len(backend.wanted) == 1  # nothing was asked of the engine
    inspector.bar.slider.setValue(50)
    with qtbot.waitSignal(inspector.matched, timeout=WAIT):
        inspector.bar.value.click()
    assert inspector.bar.ratio() == 0.9


def test_another_rule_is_another_inspection(qtbot: QtBot, inspector: InspectorWindow) -> None:
    with qtbot.waitSignal(inspector.matched, timeout=WAIT):
        inspector.bar.rule.setCurrentIndex(1)
        inspector.bar.rule.activated.emit(1)
    current = inspector.matching.current
    assert current is not None
    assert current.inspection.rule == "paper"
    assert inspector.bar.ratio() == 0.8


def test_toggles_change_what_is_drawn(qtbot: QtBot, inspector: InspectorWindow) -> None:
    buttons = [
        *inspector.bar.shows.values(), inspector.view_bar.keypoints, inspector.view_bar.outline,
    ]  # fmt: skip
    before = settle(qtbot, inspector)
    for button in buttons:
        button.click()
        after = settle(qtbot, inspector)
        assert after != before
        button.click()
        assert settle(qtbot, inspector) == before
    inspector.view_bar.colour.setCurrentIndex(1)
    inspector.view_bar.colour.activated.emit(1)
    assert settle(qtbot, inspector) != before


def test_lines_are_those_that_were_asked_for(inspector: InspectorWindow) -> None:
    canvas, pairing = inspector.canvas, inspector.matching.pairing
    assert pairing is not None
    assert canvas.overlay is not None
    assert set(canvas.overlay.pairs) == set(np.flatnonzero(pairing.inliers))
    for name in ("outliers", "rejected"):
        inspector.bar.shows[name].click()
    assert canvas.overlay is not None
    assert len(canvas.overlay) == int((canvas.inspection.nearest >= 0).sum())  # type: ignore[union-attr]


def test_hovering_and_stepping_light_one_pair(qtbot: QtBot, inspector: InspectorWindow) -> None:
    canvas = inspector.canvas
    before = settle(qtbot, inspector)
    assert canvas.overlay is not None
    pair = int(canvas.overlay.pairs[-1])
    ends = canvas.ends_of(pair)
    assert ends is not None
    QTest.mouseMove(canvas, ends[1].toPoint())
    qtbot.waitUntil(lambda: canvas.lit >= 0, timeout=WAIT)
    gap = np.linalg.norm(canvas.overlay.picture - canvas.picture.to_picture(ends[1]), axis=1)
    assert canvas.lit in canvas.overlay.pairs[gap < 8].tolist()
    assert canvas.grab().toImage() != before
    assert "Ratio" in inspector.pairs.pair_numbers.rows()
    canvas.set_lit(-1)
    canvas.setFocus()
    seen = []
    for _ in range(len(canvas.overlay)):
        qtbot.keyClick(canvas, Qt.Key.Key_N)
        seen.append(canvas.lit)
    assert sorted(seen) == sorted(canvas.overlay.pairs.tolist())
    qtbot.keyClick(canvas, Qt.Key.Key_P)
    assert canvas.lit == seen[-2]
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.lit == -1
    assert inspector.isVisible()


def test_a_part_of_the_photo(qtbot: QtBot, inspector: InspectorWindow) -> None:
    canvas = inspector.canvas
    all_of_them = inspector.matching.pairing
    assert all_of_them is not None
    assert canvas.overlay is not None
    middle = canvas.photo.to_widget(canvas.overlay.photo).mean(axis=0)
    inspector.view_bar.select.click()
    start, end = QPoint(2, 40), QPoint(int(middle[0]), int(middle[1]))
    with qtbot.waitSignal(inspector.matched, timeout=WAIT):
        qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
        qtbot.mouseMove(canvas, end)
        qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)
    assert canvas.region is not None
    assert not inspector.view_bar.select.isChecked()
    part = inspector.matching.pairing
    assert part is not None
    assert 0 < part.match_count < all_of_them.match_count
    left, top, wide, tall = canvas.region
    for pair in canvas.overlay.pairs.tolist():
        x, y = canvas.inspection.query.points[canvas.inspection.nearest[pair]] + 0.5  # type: ignore[union-attr]
        assert left <= x <= left + wide
        assert top <= y <= top + tall
    with qtbot.waitSignal(inspector.matched, timeout=WAIT):
        qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.region is None
    assert inspector.isVisible()


def test_wheel_drag_and_keys_move_the_pictures(qtbot: QtBot, inspector: InspectorWindow) -> None:
    canvas = inspector.canvas
    inspector.view_bar.linked.setChecked(False)
    scale = canvas.photo.scale
    place = QPointF(150, 200)
    under = canvas.photo.to_picture(place)
    event = QWheelEvent(
        place, QPointF(canvas.mapToGlobal(place)), QPoint(), QPoint(0, 240),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    other = canvas.picture.scale
    QApplication.sendEvent(canvas, event)
    assert canvas.photo.scale > scale
    assert canvas.photo.to_picture(place) == pytest.approx(under)
    assert canvas.picture.scale == other
    centre = canvas.photo.centre
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    qtbot.mouseMove(canvas, QPoint(140, 90))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(140, 90))
    assert canvas.photo.centre[0] < centre[0]
    qtbot.keyClick(canvas, Qt.Key.Key_Left)
    qtbot.keyClick(canvas, Qt.Key.Key_1)
    assert canvas.photo.scale == 1.0
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.photo.scale > 1.0
    qtbot.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.photo.scale == pytest.approx(scale)


def test_linked_pictures_show_the_same_part_at_the_same_size(inspector: InspectorWindow) -> None:
    canvas, current = inspector.canvas, inspector.matching.current
    assert current is not None
    canvas.zoom(6.0, canvas.picture.rect.center())
    homography = canvas.homography()
    assert homography is not None
    x, y = canvas.picture.centre
    there = homography @ np.array([x - 0.5, y - 0.5, 1.0])
    assert canvas.photo.centre == pytest.approx(there[:2] / there[2] + 0.5, abs=1.0)
    size = np.sqrt(abs(np.linalg.det(homography[:2, :2])))
    assert canvas.picture.scale == pytest.approx(canvas.photo.scale * size, rel=0.05)


def test_previous_and_next_hit(
    qtbot: QtBot, inspector: InspectorWindow, backend: InspectingBackend
) -> None:
    assert not inspector.header.back.isEnabled()
    with (
        qtbot.waitSignal(inspector.hit_shown, timeout=WAIT) as shown,
        qtbot.waitSignal(inspector.matched, timeout=WAIT),
    ):
        qtbot.keyClick(inspector, Qt.Key.Key_PageDown)
    assert shown.args is not None
    assert shown.args[0].rank == 2
    assert inspector.windowTitle() == "Product 1"
    with qtbot.waitSignal(inspector.matched, timeout=WAIT):
        qtbot.keyClick(inspector, Qt.Key.Key_BracketLeft)
    assert inspector.windowTitle() == "Product 0"
    assert [wanted.hit.rank for wanted in backend.wanted] == [1, 2, 1]


def test_comparing(qtbot: QtBot, inspector: InspectorWindow) -> None:
    inspector.header.mode.choose(COMPARE)
    compare = inspector.compare
    qtbot.waitUntil(lambda: compare.laid() is not None, timeout=WAIT)
    assert compare.isVisible()
    laid = compare.laid()
    assert laid is not None
    assert laid.photo.width() == 240
    shots = [compare.grab().toImage()]
    inspector.compare_bar.slider.setValue(100)
    shots.append(compare.grab().toImage())
    inspector.compare_bar.mode.choose(WIPE)
    compare.set_share(0.4)
    shots.append(compare.grab().toImage())
    inspector.compare_bar.mode.choose(DIFFERENCE)
    shots.append(compare.grab().toImage())
    inspector.compare_bar.mode.choose(BLINK)
    qtbot.waitUntil(lambda: not compare.shows_photo(), timeout=WAIT)
    shots.append(compare.grab().toImage())
    assert all(one != other for n, one in enumerate(shots) for other in shots[:n])
    inspector.header.mode.choose(MATCHES)
    assert inspector.canvas.isVisible()


def test_nothing_to_compare(qtbot: QtBot, inspector: InspectorWindow) -> None:
    with qtbot.waitSignal(inspector.matched, timeout=WAIT):
        inspector.canvas.set_region((0.0, 0.0, 3.0, 3.0))
    with qtbot.waitSignal(inspector.matching.laid, timeout=WAIT):
        inspector.header.mode.choose(COMPARE)
    assert inspector.compare.laid() is None


@pytest.mark.parametrize("suffix", ["png", "svg"])
def test_saving(qtbot: QtBot, inspector: InspectorWindow, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"pair.{suffix}"
    with qtbot.waitSignal(inspector.exporter.finished, timeout=WAIT):
        inspector.exporter.save(target)
    assert target.name in inspector.layout_.remarked()
    data = target.read_bytes()
    if suffix == "png":
        image = QImage(str(target))
        assert image.width() >= 600 + 240
    else:
        assert b"<svg" in data
    assert [file.name for file in tmp_path.glob("*pair*")] == [target.name]


def test_saving_where_nothing_can_be_written(
    qtbot: QtBot, inspector: InspectorWindow, tmp_path: Path
) -> None:
    target = tmp_path / "none" / "pair.png"
    with qtbot.waitSignal(inspector.exporter.remarked, timeout=WAIT):
        inspector.exporter.save(target)
    qtbot.waitUntil(lambda: "cannot be written" in inspector.layout_.remarked(), timeout=WAIT)
    assert not target.parent.exists()


def test_copying(qtbot: QtBot, inspector: InspectorWindow) -> None:
    with qtbot.waitSignal(inspector.exporter.finished, timeout=WAIT):
        inspector.header.copy.click()
    assert QGuiApplication.clipboard().image().width() >= 600 + 240


def test_the_picture_file_is_gone(
    open_inspector: Callable[..., InspectorWindow], subject: Subject, backend: InspectingBackend
) -> None:
    from beautyfinder.gui.images_qt import image_from_pixels

    thumbnail = image_from_pixels(backend.pack)
    inspector = open_inspector(replace(subject, pictures=(thumbnail,) * 3), 2)
    assert inspector.matching.current is not None
    assert inspector.matching.current.origin == THUMBNAIL_GONE
    assert "pack2.png cannot be read" in inspector.layout_.notice()


def test_the_picture_file_is_another_one(
    open_inspector: Callable[..., InspectorWindow], subject: Subject, backend: InspectingBackend
) -> None:
    from beautyfinder.gui.images_qt import image_from_pixels

    thumbnail = image_from_pixels(backend.pack).scaled(100, 40)
    inspector = open_inspector(replace(subject, pictures=(thumbnail,) * 3), 0)
    assert inspector.matching.current is not None
    assert inspector.matching.current.origin == THUMBNAIL_CHANGED
    assert "another picture now" in inspector.layout_.notice()


def test_there_is_no_picture_at_all(
    qtbot: QtBot, inspector: InspectorWindow, subject: Subject
) -> None:
    with qtbot.waitSignal(inspector.matching.failed, timeout=WAIT):
        inspector.show_subject(subject, 2)
    assert "There is no picture of Product 2 any more." in inspector.layout_.notice()
    assert not inspector.header.save.isEnabled()
    assert inspector.pairs.numbers.rows() == {}


def test_a_photo_that_is_gone(qtbot: QtBot, inspector: InspectorWindow, subject: Subject) -> None:
    with qtbot.waitSignal(inspector.matching.failed, timeout=WAIT):
        inspector.show_subject(replace(subject, query=FileQuery("/photos/broken.png")), 0)
    assert "no picture of it" in inspector.layout_.notice()


def test_closing_while_it_is_matched(
    qtbot: QtBot, services: Services, subject: Subject, backend: InspectingBackend, engine: Engine
) -> None:
    backend.hold = True
    inspector = InspectorWindow(services)
    inspector.show()
    inspector.show_subject(subject, 0)
    qtbot.waitUntil(lambda: bool(backend.wanted), timeout=WAIT)
    assert inspector.canvas.message == "Matching…"
    heard: list[object] = []
    inspector.matching.inspected.connect(heard.append)
    threads = threading.active_count()
    inspector.close()
    backend.go.set()
    token = engine.inspect(Wanted(subject.query, subject.region, subject.hits[1], "verified"))
    with qtbot.waitSignal(engine.inspected, timeout=WAIT) as answer:
        pass
    assert answer.args is not None
    assert answer.args[0] == token
    assert heard == []
    assert threading.active_count() <= threads


def test_geometry_is_remembered(
    open_inspector: Callable[..., InspectorWindow], services: Services
) -> None:
    first = open_inspector(size=(1100, 720))
    first.close()
    again = InspectorWindow(services)
    assert again.height() == 720  # the screen off screen is narrower than 1,100
    again.close()


def test_a_small_window(open_inspector: Callable[..., InspectorWindow]) -> None:
    inspector = open_inspector(size=(1024, 700))
    assert inspector.width() <= 1024
    assert inspector.canvas.width() > 600


def test_everything_has_a_name_and_a_tooltip(inspector: InspectorWindow) -> None:
    for control in (*inspector.findChildren(QToolButton), *inspector.findChildren(QSlider)):
        if control.objectName().startswith("qt_") or control.objectName().startswith("Scroll"):
            continue
        assert control.accessibleName(), control
        assert control.toolTip(), control.accessibleName()


def test_of_several_wishes_the_last_is_done(qtbot: QtBot) -> None:
    from PySide6.QtCore import QObject

    owner, done, begun = QObject(), [], []
    go = threading.Event()
    latest = Latest(owner, done.append, done.append)

    def work(name: int) -> int:
        begun.append(name)
        go.wait(5)
        return name

    for name in range(5):
        latest.ask(lambda name=name: work(name))
    go.set()
    qtbot.waitUntil(lambda: bool(done), timeout=WAIT)
    assert done == [4]
    assert len(begun) == 2


def test_words_are_kept_by_photo_and_part() -> None:
    kept = WordsKept()
    query, part = FileQuery("a.jpg"), Region(1)
    kept.keep(query, Region(), ["one"])
    kept.keep(query, part, ["two"])
    assert kept.of(query, part) == ("two",)
    assert kept.of(query, Region()) == ("one",)
    assert kept.of(FileQuery("a.jpg"), part) is None


def test_keys_reach_the_pictures_from_the_slider(qtbot: QtBot, inspector: InspectorWindow) -> None:
    inspector.bar.slider.setFocus()
    qtbot.keyClick(inspector.bar.slider, Qt.Key.Key_N)
    assert inspector.canvas.lit >= 0
    scale = inspector.canvas.photo.scale
    inspector.canvas.set_linked(False)
    qtbot.keyClick(inspector.bar.slider, Qt.Key.Key_Plus)
    assert inspector.canvas.photo.scale > scale
    qtbot.keyClick(inspector.bar.slider, Qt.Key.Key_Escape)
    assert inspector.canvas.lit == -1
    assert inspector.isVisible()
    before = inspector.bar.slider.value()
    qtbot.keyClick(inspector.bar.slider, Qt.Key.Key_Left)
    assert inspector.bar.slider.value() == before - 1


def test_rough_frames_of_a_large_screen_have_half_the_pixels(
    qtbot: QtBot, inspector: InspectorWindow
) -> None:
    canvas = inspector.canvas
    canvas.resize(3200, 1800)
    canvas.zoom(1.1)
    rough = canvas.grab().toImage()
    assert not canvas.is_fine()
    qtbot.waitUntil(canvas.is_fine, timeout=WAIT)
    fine = canvas.grab().toImage()
    assert rough.size() == fine.size() == canvas.size()
    small = [image.scaled(32, 18, mode=Qt.TransformationMode.SmoothTransformation)
             for image in (rough, fine)]  # fmt: skip
    pixels = [pixels_from_image(image).astype(int) for image in small]
    assert np.abs(pixels[0] - pixels[1]).mean() < 6
