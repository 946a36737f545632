"""The box round the product: where it is held, how it moves and changes; plain geometry.

A box is left, top, width and height as shares, 0 to 1, of the photo as it is shown, turned. Points
are shares, too, except where pixels are said.
"""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[float, float, float, float]
Point = tuple[float, float]

MIDDLE: Box = (0.2, 0.2, 0.6, 0.6)
"""Where a box begins that nobody has drawn."""
LEAST_PIXELS = 24
"""Least side of a box in pixels of the preview: less holds nothing to compare."""
_WHOLE = 0.995  # a box over all but a hair of the photo is no box


@dataclass(frozen=True)
class Grip:
    """What of a box is held: dx, dy −1 for the left or top edge, 1 for the right or bottom one.

    Both 0: the inside, which moves the whole box.
    """

    dx: int
    dy: int


INSIDE = Grip(0, 0)
CORNER = Grip(1, 1)
GRIPS = tuple(Grip(dx, dy) for dy in (-1, 0, 1) for dx in (-1, 0, 1) if (dx, dy) != (0, 0))
"""The eight handles."""


@dataclass(frozen=True)
class Drag:
    """A box being drawn (`box` None), resized or moved, as it was when the button went down."""

    start: Point
    box: Box | None
    grip: Grip = CORNER

    def to(self, point: Point, least: Point) -> Box:
        """The box with the mouse at `point`."""
        if self.box is None:
            return box_between(self.start, point, least)
        dx, dy = point[0] - self.start[0], point[1] - self.start[1]
        return changed(self.box, self.grip, dx, dy, least)


def least_size(width: int, height: int) -> Point:
    """The least sides of a box in a preview of so many pixels."""
    return min(1.0, LEAST_PIXELS / max(width, 1)), min(1.0, LEAST_PIXELS / max(height, 1))


def box_between(one: Point, other: Point, least: Point) -> Box:
    """The box with corners at `one`, which stays, and at `other`."""
    (left, width), (top, height) = (
        _span_between(*ends) for ends in zip(one, other, least, strict=True)
    )
    return left, top, width, height


def changed(box: Box, grip: Grip, dx: float, dy: float, least: Point) -> Box:
    """`box` with what is held moved by dx, dy; it stays in the photo and no side below `least`."""
    left, top, width, height = box
    if grip == INSIDE:
        left = min(max(left + dx, 0.0), 1 - width)
        top = min(max(top + dy, 0.0), 1 - height)
        return left, top, width, height
    left, width = _span_changed(left, width, grip.dx, dx, least[0])
    top, height = _span_changed(top, height, grip.dy, dy, least[1])
    return left, top, width, height


def tidied(box: Box | None) -> Box | None:
    """None for a box that leaves nothing out; digits that nobody set are rounded away."""
    if box is None or min(box[2:]) >= _WHOLE:
        return None
    left, top, width, height = (round(value, 6) for value in box)
    return left, top, min(width, 1 - left), min(height, 1 - top)


def turned(box: Box, turns: int) -> Box:
    """The same part of the photo once that has been turned on by `turns` quarters clockwise."""
    left, top, width, height = box
    for _ in range(turns % 4):
        left, top, width, height = 1 - top - height, left, height, width
    return left, top, width, height


def grip_at(point: Point, box: Box, size: Point, reach: float) -> Grip | None:
    """What of `box` lies at `point`, None outside; `size`: the photo as drawn, `reach`: pixels.

    In a box too small for all handles the corners come first, and its middle stays free to move it.
    """
    x, y = point[0] * size[0], point[1] * size[1]
    left, top = box[0] * size[0], box[1] * size[1]
    width, height = box[2] * size[0], box[3] * size[1]
    dx = _end_at(x - left, width, reach)
    dy = _end_at(y - top, height, reach)
    return None if dx is None or dy is None else Grip(dx, dy)


def handle_centres(box: Box) -> dict[Grip, Point]:
    """Where the eight handles are."""
    left, top, width, height = box
    return {
        grip: (left + width * (grip.dx + 1) / 2, top + height * (grip.dy + 1) / 2) for grip in GRIPS
    }


def _span_between(start: float, end: float, least: float) -> tuple[float, float]:
    start, end = min(max(start, 0.0), 1.0), min(max(end, 0.0), 1.0)
    length = max(abs(end - start), least)
    low = start if end >= start else start - length
    return min(max(low, 0.0), 1 - length), length


def _span_changed(
    low: float, length: float, end: int, by: float, least: float
) -> tuple[float, float]:
    high = low + length
    if end < 0:
        low = min(max(low + by, 0.0), max(high - least, 0.0))
    elif end > 0:
        high = max(min(high + by, 1.0), min(low + least, 1.0))
    return low, high - low


def _end_at(place: float, length: float, reach: float) -> int | None:
    """−1, 1: at the beginning or end of a span, 0: within, None: out of reach."""
    if not -reach <= place <= length + reach:
        return None
    inner = min(reach, length / 4)
    if place <= inner:
        return -1
    return 1 if place >= length - inner else 0
