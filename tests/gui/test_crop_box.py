"""The geometry of the box: drawn, moved, resized, turned; never outside, never too small."""

import pytest

from beautyfinder.gui.crop_box import (
    CORNER,
    GRIPS,
    INSIDE,
    Box,
    Drag,
    Grip,
    box_between,
    changed,
    grip_at,
    handle_centres,
    least_size,
    tidied,
    turned,
)

LEAST = (0.1, 0.1)
BOX: Box = (0.2, 0.3, 0.4, 0.5)


@pytest.mark.parametrize(
    ("one", "other", "box"),
    [
        ((0.2, 0.3), (0.6, 0.8), (0.2, 0.3, 0.4, 0.5)),
        ((0.6, 0.8), (0.2, 0.3), (0.2, 0.3, 0.4, 0.5)),  # drawn backwards
        ((0.6, 0.3), (0.2, 0.8), (0.2, 0.3, 0.4, 0.5)),
        ((0.5, 0.5), (2.0, -1.0), (0.5, 0.0, 0.5, 0.5)),  # the mouse leaves the photo
        ((-0.2, 0.0), (0.4, 0.4), (0.0, 0.0, 0.4, 0.4)),  # it came in from outside
        ((0.5, 0.5), (0.51, 0.52), (0.5, 0.5, 0.1, 0.1)),  # grown to the least
        ((0.5, 0.5), (0.49, 0.48), (0.4, 0.4, 0.1, 0.1)),
        ((0.97, 0.02), (0.98, 0.01), (0.9, 0.0, 0.1, 0.1)),  # in a corner, where it does not fit
    ],
)
def test_drawing(one: tuple[float, float], other: tuple[float, float], box: Box) -> None:
    assert box_between(one, other, LEAST) == pytest.approx(box)
    assert Drag(one, None).to(other, LEAST) == pytest.approx(box)


@pytest.mark.parametrize(
    ("grip", "by", "box"),
    [
        (INSIDE, (0.1, -0.1), (0.3, 0.2, 0.4, 0.5)),
        (INSIDE, (9, 9), (0.6, 0.5, 0.4, 0.5)),
        (INSIDE, (-9, -9), (0.0, 0.0, 0.4, 0.5)),
        (CORNER, (0.1, 0.1), (0.2, 0.3, 0.5, 0.6)),
        (CORNER, (9, 9), (0.2, 0.3, 0.8, 0.7)),
        (CORNER, (-9, -9), (0.2, 0.3, 0.1, 0.1)),
        (Grip(-1, -1), (0.1, 0.1), (0.3, 0.4, 0.3, 0.4)),
        (Grip(-1, -1), (-9, -9), (0.0, 0.0, 0.6, 0.8)),
        (Grip(-1, -1), (9, 9), (0.5, 0.7, 0.1, 0.1)),
        (Grip(-1, 0), (0.1, 0.1), (0.3, 0.3, 0.3, 0.5)),
        (Grip(0, 1), (0.1, 0.1), (0.2, 0.3, 0.4, 0.6)),
    ],
)
def test_moving_and_resizing(grip: Grip, by: tuple[float, float], box: Box) -> None:
    assert changed(BOX, grip, *by, LEAST) == pytest.approx(box)
    end = 0.5 + by[0], 0.5 + by[1]
    assert Drag((0.5, 0.5), BOX, grip).to(end, LEAST) == pytest.approx(box)


def test_whatever_is_done_it_stays_in_the_photo_and_large_enough() -> None:
    for grip in (*GRIPS, INSIDE):
        box = BOX
        for step in range(60):
            dx, dy = ((step * 37) % 41 - 20) / 15, ((step * 53) % 43 - 21) / 15
            box = changed(box, grip, dx, dy, LEAST)
            left, top, width, height = box
            assert min(left, top) >= 0
            assert max(left + width, top + height) <= 1 + 1e-9
            assert min(width, height) >= 0.1 - 1e-9


def test_turning() -> None:
    assert turned(BOX, 1) == pytest.approx((0.2, 0.2, 0.5, 0.4))
    assert turned(BOX, 2) == pytest.approx((0.4, 0.2, 0.4, 0.5))
    assert turned(turned(BOX, 1), -1) == pytest.approx(BOX)
    assert turned(turned(BOX, 3), 1) == pytest.approx(BOX)
    assert turned(BOX, 4) == pytest.approx(BOX)


def test_where_it_is_held() -> None:
    size = (100.0, 200.0)  # the box: 20 to 60, 60 to 160
    for grip, centre in handle_centres(BOX).items():
        assert grip_at(centre, BOX, size, 6) == grip
    assert grip_at((0.4, 0.5), BOX, size, 6) == INSIDE
    assert grip_at((0.15, 0.28), BOX, size, 6) == Grip(-1, -1)  # just outside
    assert grip_at((0.1, 0.5), BOX, size, 6) is None
    assert grip_at((0.4, 0.9), BOX, size, 6) is None
    tiny: Box = (0.4, 0.4, 0.1, 0.05)
    assert grip_at((0.45, 0.425), tiny, size, 12) == INSIDE


def test_a_box_over_everything_is_none() -> None:
    assert tidied((0.0, 0.0, 1.0, 1.0)) is None
    assert tidied((0.001, 0.0, 0.998, 0.999)) is None
    assert tidied(None) is None
    assert tidied((0.0, 0.0, 1.0, 0.5)) == (0.0, 0.0, 1.0, 0.5)
    left, _, width, _ = tidied((2 / 3, 0.0, 1 / 3, 0.5)) or (0, 0, 0, 0)
    assert left + width <= 1


def test_the_least_box() -> None:
    assert least_size(240, 480) == (0.1, 0.05)
    assert least_size(10, 48) == (1.0, 0.5)  # all of a picture that is smaller
