"""The photo and the box on it: mouse, keys, turns, what is drawn."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from beautyfinder.gui.photo_view import PhotoView
from beautyfinder.gui.query import Region

LEFT = Qt.MouseButton.LeftButton
KEYS = Qt.Key
BOX = (0.2, 0.2, 0.6, 0.6)


@pytest.fixture
def photo() -> QImage:
    """900 × 500, four quarters: red, green, blue and white."""
    image = QImage(900, 500, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    for n, colour in enumerate(("red", "lime", "blue", "white")):
        painter.fillRect(n % 2 * 450, n // 2 * 250, 450, 250, QColor(colour))
    painter.end()
    return image


@pytest.fixture
def view(qtbot: QtBot, photo: QImage) -> PhotoView:
    made = PhotoView()
    qtbot.addWidget(made)
    made.resize(400, 400)
    made.show_image(photo)
    made.show()
    made.setFocus()
    return made


@pytest.fixture
def heard(view: PhotoView) -> list[Region]:
    regions: list[Region] = []
    view.region_changed.connect(regions.append)
    return regions


def at(view: PhotoView, x: float, y: float) -> QPoint:
    photo = view.photo_rect()
    return QPointF(photo.left() + x * photo.width(), photo.top() + y * photo.height()).toPoint()


def drag(
    qtbot: QtBot, view: PhotoView, start: tuple[float, float], *way: tuple[float, float]
) -> None:
    qtbot.mousePress(view, LEFT, pos=at(view, *start))
    for place in way:
        qtbot.mouseMove(view, at(view, *place))
    qtbot.mouseRelease(view, LEFT, pos=at(view, *way[-1]))


def close_to(box: tuple[float, ...] | None, other: tuple[float, ...]) -> bool:
    return box is not None and box == pytest.approx(other, abs=0.01)


def test_a_box_is_drawn_moved_resized_and_removed(
    qtbot: QtBot, view: PhotoView, heard: list[Region]
) -> None:
    drag(qtbot, view, (0.2, 0.2), (0.4, 0.4), (0.6, 0.7))
    assert len(heard) == 1  # when it is let go, not before
    assert close_to(heard[-1].box, (0.2, 0.2, 0.4, 0.5))
    drag(qtbot, view, (0.4, 0.4), (0.5, 0.45))
    assert close_to(heard[-1].box, (0.3, 0.25, 0.4, 0.5))
    drag(qtbot, view, (0.7, 0.75), (0.9, 0.9))
    assert close_to(heard[-1].box, (0.3, 0.25, 0.6, 0.65))
    drag(qtbot, view, (0.3, 0.5), (0.1, 0.1))  # the left edge moves sideways only
    assert close_to(heard[-1].box, (0.1, 0.25, 0.8, 0.65))
    drag(qtbot, view, (0.02, 0.02), (0.3, 0.3))  # outside: another box
    assert close_to(heard[-1].box, (0.02, 0.02, 0.28, 0.28))
    assert view.region() == heard[-1]
    qtbot.mouseDClick(view, LEFT, pos=at(view, 0.8, 0.8))
    assert heard[-1] == Region()
    assert len(heard) == 6


def test_a_click_does_nothing_to_a_photo(
    qtbot: QtBot, view: PhotoView, heard: list[Region]
) -> None:
    wishes: list[bool] = []
    view.open_requested.connect(lambda: wishes.append(True))
    qtbot.mouseClick(view, LEFT, pos=at(view, 0.5, 0.5))
    qtbot.mouseClick(view, LEFT, pos=at(view, 0.1, 0.1))
    drag(qtbot, view, (0.5, 0.5), (0.502, 0.503))  # a hand that is not steady
    qtbot.mouseDClick(view, LEFT, pos=at(view, 0.5, 0.5))
    qtbot.mousePress(view, Qt.MouseButton.RightButton, pos=at(view, 0.1, 0.1))
    qtbot.mouseMove(view, at(view, 0.9, 0.9))
    qtbot.mouseRelease(view, Qt.MouseButton.RightButton, pos=at(view, 0.9, 0.9))
    assert heard == []
    assert wishes == []
    assert view.region() == Region()


def test_the_box_stays_in_the_photo_and_is_not_too_small(
    qtbot: QtBot, view: PhotoView, heard: list[Region]
) -> None:
    qtbot.mousePress(view, LEFT, pos=at(view, 0.9, 0.9))
    qtbot.mouseMove(view, QPoint(-50, -50))
    qtbot.mouseRelease(view, LEFT, pos=QPoint(-50, -50))
    assert close_to(heard[-1].box, (0.0, 0.0, 0.9, 0.9))
    view.remove_box()
    photo = view.photo_rect()
    view.resize(220, 220)  # so small that a box of 24 pixels is less than a drag
    assert photo.width() > view.photo_rect().width()
    drag(qtbot, view, (0.5, 0.5), (0.5, 0.6))
    assert heard[-1].box is not None
    assert heard[-1].box[2] * 900 == pytest.approx(24, abs=0.1)
    drag(qtbot, view, (0.0, 0.0), (1.0, 1.0))  # all of it is no box
    assert heard[-1] == Region()


def test_keys(qtbot: QtBot, view: PhotoView, heard: list[Region]) -> None:
    with qtbot.waitSignal(view.region_changed):
        qtbot.keyClick(view, KEYS.Key_B)
        assert view.is_changing()
        for _ in range(3):
            qtbot.keyClick(view, KEYS.Key_Right)
        qtbot.keyClick(view, KEYS.Key_Up)
        qtbot.keyClick(view, KEYS.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        qtbot.keyClick(view, KEYS.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert heard == [Region(0, pytest.approx((0.26, 0.18, 0.58, 0.62)))]  # once for all of them
    qtbot.keyClick(view, KEYS.Key_Escape)
    assert heard[-1] == Region()
    assert len(heard) == 2
    for key in (KEYS.Key_Escape, KEYS.Key_Left, KEYS.Key_X):  # not for a photo without a box
        qtbot.keyClick(view, key)
    qtbot.keyClick(view, KEYS.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert view.region() == Region()
    assert not view.is_changing()


def test_escape_takes_back_what_is_being_dragged(
    qtbot: QtBot, view: PhotoView, heard: list[Region]
) -> None:
    view.set_region(Region(0, BOX))
    qtbot.mousePress(view, LEFT, pos=at(view, 0.5, 0.5))
    qtbot.mouseMove(view, at(view, 0.6, 0.6))
    assert view.region().box != BOX
    qtbot.keyClick(view, KEYS.Key_Escape)
    qtbot.mouseMove(view, at(view, 0.7, 0.7))
    qtbot.mouseRelease(view, LEFT, pos=at(view, 0.7, 0.7))
    assert view.region().box == BOX
    assert heard == []


def test_the_box_turns_with_the_photo(view: PhotoView, heard: list[Region]) -> None:
    view.set_region(Region(0, (0.1, 0.2, 0.3, 0.4)))
    assert heard == []  # nobody needs to be told what they said
    view.turn(1)
    assert heard[-1].turns == 1
    assert close_to(heard[-1].box, (0.4, 0.1, 0.4, 0.3))
    view.turn(-1)
    view.turn(-1)
    assert heard[-1].turns == 3
    view.turn(1)
    assert close_to(heard[-1].box, (0.1, 0.2, 0.3, 0.4))
    assert heard[-1].turns == 0


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize(("turns", "first"), [(0, "red"), (1, "blue"), (2, "white"), (3, "lime")])
def test_it_is_drawn_turned_and_its_sides_kept(
    view: PhotoView, monkeypatch: pytest.MonkeyPatch, turns: int, first: str, ratio: float
) -> None:
    monkeypatch.setattr(view, "devicePixelRatioF", lambda: ratio)
    view.set_region(Region(turns))
    photo = view.photo_rect()
    sides = (photo.height(), photo.width()) if turns % 2 else (photo.width(), photo.height())
    assert sides[0] / sides[1] == pytest.approx(9 / 5, rel=0.02)
    assert max(sides) == pytest.approx(394, abs=2)
    drawn = view.grab().toImage()
    place = at(view, 0.1, 0.1) * drawn.devicePixelRatio()
    assert drawn.pixelColor(place) == QColor(first)
    assert view._scaled is not None
    assert view._scaled.size() == QSize(round(photo.width() * ratio), round(photo.height() * ratio))


def test_outside_the_box_it_is_darker(view: PhotoView) -> None:
    view.set_region(Region(0, (0.5, 0.5, 0.5, 0.5)))
    drawn = view.grab().toImage()
    assert drawn.pixelColor(at(view, 0.8, 0.8)) == QColor("white")
    assert drawn.pixelColor(at(view, 0.1, 0.1)).red() < 200


def test_cursors(qtbot: QtBot, view: PhotoView) -> None:
    view.set_region(Region(0, BOX))
    shapes = Qt.CursorShape
    for place, shape in (
        ((0.05, 0.05), shapes.CrossCursor),
        ((0.5, 0.5), shapes.SizeAllCursor),
        ((0.2, 0.2), shapes.SizeFDiagCursor),
        ((0.8, 0.2), shapes.SizeBDiagCursor),
        ((0.2, 0.5), shapes.SizeHorCursor),
        ((0.5, 0.8), shapes.SizeVerCursor),
    ):
        qtbot.mouseMove(view, at(view, *place))
        assert view.cursor().shape() == shape


def test_an_answer_that_comes_late_leaves_the_newer_box(
    qtbot: QtBot, view: PhotoView, photo: QImage, heard: list[Region]
) -> None:
    qtbot.mousePress(view, LEFT, pos=at(view, 0.2, 0.2))
    qtbot.mouseMove(view, at(view, 0.6, 0.7))
    view.show_image(photo.copy(), Region(0, (0.0, 0.0, 0.5, 0.5)))
    qtbot.mouseRelease(view, LEFT, pos=at(view, 0.6, 0.7))
    assert close_to(heard[-1].box, (0.2, 0.2, 0.4, 0.5))
    qtbot.mousePress(view, LEFT, pos=at(view, 0.4, 0.4))
    qtbot.mouseMove(view, at(view, 0.5, 0.5))
    other = photo.scaled(50, 80)
    view.show_image(other)  # another photo
    qtbot.mouseRelease(view, LEFT, pos=at(view, 0.6, 0.7))
    assert view.image() == other
    assert view.region() == Region()
    assert len(heard) == 1


def test_what_it_says_to_screen_readers(view: PhotoView) -> None:
    assert "Press B" in view.accessibleDescription()
    view.set_region(Region(0, BOX))
    assert "with a box" in view.accessibleName()
    assert "Escape removes it" in view.accessibleDescription()
    view.show_image(QImage())
    assert "Drop area" in view.accessibleName()
