"""Frame: pixels that Qt and OpenCV both draw into; Qt the pictures, OpenCV the many lines.

Qt's raster engine takes five times as long as OpenCV for thousands of long lines, see
benchmarks/inspector.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from beautyfinder.gui.inspector.colours import KEYPOINTS, bgr_of, colour_of
from beautyfinder.gui.inspector.overlay import Overlay
from beautyfinder.gui.inspector.pane import Pane

_SHIFT = 4  # bits of a pixel's fractions
_LENGTH = 160_000  # pixels of smooth lines drawn in one go: some milliseconds
_RINGS = 400  # keypoints drawn in one go
_DOT = 2.6  # radius of a line's ends, widget pixels


class Frame:
    """`image`, without alpha, is a view of `pixels`, uint8 (H, W, 4): blue, green, red, 255.

    ratio: its pixels for one of the widget's.
    """

    def __init__(self, size: QSize, ratio: float) -> None:
        """`size`: the widget's."""
        self.ratio = ratio
        width, height = (max(1, round(side * ratio)) for side in (size.width(), size.height()))
        self.pixels = np.full((height, width, 4), 255, np.uint8)
        self.image = QImage(self.pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
        self.image.setDevicePixelRatio(ratio)


def draw(
    frame: Frame,
    overlay: Overlay,
    photo: Pane,
    picture: Pane,
    *,
    smooth: bool,
    rings: bool,
) -> Iterator[None]:
    """Draw all of it, some milliseconds' work at a time, which ends with each step.

    `rings`: keypoints with scale and
    orientation, in place of dots. Lines whose ends are not both seen are left out: they would lead
    into the other picture.
    """
    ratio = frame.ratio
    sides = ((photo, overlay.photo, overlay.rings_photo, overlay.others_photo),
             (picture, overlay.picture, overlay.rings_picture, overlay.others_picture))  # fmt: skip
    if rings:
        for pane, _, _, others in sides:
            colours = np.full(len(others), colour_of(KEYPOINTS), np.int32)
            yield from _draw_rings(
                frame, pane, others[:, :2], others[:, 2:], colours, ratio, smooth
            )
    starts, ends = photo.to_widget(overlay.photo), picture.to_widget(overlay.picture)
    seen = visible(photo, starts) & visible(picture, ends)
    lines = np.stack([starts[seen], ends[seen]], axis=1) * ratio - 0.5
    yield from _draw_lines(frame, lines, overlay.colours[seen], max(1, round(ratio)), smooth)
    for pane, points, own, _ in sides:
        if rings:
            yield from _draw_rings(frame, pane, points, own, overlay.colours, ratio, smooth)
        elif smooth:
            still = np.zeros((len(points), 3), np.float32)
            yield from _draw_rings(frame, pane, points, still, overlay.colours, ratio, smooth)
        else:
            _stamp(frame, pane, points, overlay.colours, ratio)
            yield


def visible(pane: Pane, places: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which of the widget's points (N, 2) lie in the pane."""
    rect = pane.rect
    low, high = (rect.left(), rect.top()), (rect.right(), rect.bottom())
    return np.asarray(((places >= low) & (places <= high)).all(axis=1))


def _draw_lines(
    frame: Frame, lines: NDArray[np.float64], colours: NDArray[np.int32], width: int, smooth: bool
) -> Iterator[None]:
    """`lines` (N, 2, 2) with pixel centres at whole numbers, in their order."""
    import cv2

    kind = cv2.LINE_AA if smooth else cv2.LINE_8
    fixed: Any = np.rint(lines * (1 << _SHIFT)).astype(np.int32)
    lengths = np.abs(lines[:, 1] - lines[:, 0]).max(axis=1, initial=0)
    drawn = 0.0
    for first, last in _runs(colours):
        while first < last:
            until = last
            if smooth:
                reach = np.searchsorted(np.cumsum(lengths[first:last]), _LENGTH, "right")
                until = min(last, first + max(1, int(reach)))
            cv2.polylines(
                frame.pixels, fixed[first:until], False, bgr_of(int(colours[first])), width, kind,
                _SHIFT,
            )  # fmt: skip
            drawn += float(lengths[first:until].sum()) if smooth else 0.0
            if drawn > _LENGTH:
                drawn = 0.0
                yield
            first = until
    yield


def _draw_rings(
    frame: Frame,
    pane: Pane,
    points: NDArray[np.float32],
    rings: NDArray[np.float32],
    colours: NDArray[np.int32],
    ratio: float,
    smooth: bool,
) -> Iterator[None]:
    """Circles of the keypoints' size, each with a line from its centre in their direction."""
    import cv2

    area, corner = _area(frame, pane, ratio)
    if not len(points) or not area.size:
        return
    centres = pane.to_widget(points)
    radii = np.maximum(rings[:, 0] * pane.scale, _DOT) * ratio
    rect = pane.rect.adjusted(*(side * radii.max() / ratio for side in (-1, -1, 1, 1)))
    near = (centres >= (rect.left(), rect.top())) & (centres <= (rect.right(), rect.bottom()))
    rows = np.flatnonzero(near.all(axis=1))
    rows = rows[np.argsort(colours[rows], kind="stable")]
    centres = centres[rows] * ratio - 0.5 - corner
    radii, directions, colours = radii[rows], rings[rows, 1:], colours[rows]
    turn = np.linspace(0, 2 * np.pi, 25 if smooth else 13)
    circle = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    shapes = centres[:, None] + radii[:, None, None] * circle
    tips = centres + radii[:, None] * directions
    kind = cv2.LINE_AA if smooth else cv2.LINE_8
    for first, last in _runs(colours):
        for start in range(first, last, _RINGS):
            until = min(last, start + _RINGS)
            colour = bgr_of(int(colours[start]))
            for drawn in (shapes[start:until], np.stack([centres, tips], axis=1)[start:until]):
                fixed: Any = np.rint(drawn * (1 << _SHIFT)).astype(np.int32)
                cv2.polylines(area, fixed, False, colour, max(1, round(ratio)), kind, _SHIFT)
            if smooth:
                yield
    yield


def _stamp(
    frame: Frame, pane: Pane, points: NDArray[np.float32], colours: NDArray[np.int32], ratio: float
) -> None:
    """Dots, all at once: while the pictures move."""
    area, corner = _area(frame, pane, ratio)
    height, width = area.shape[:2]
    at = np.rint(pane.to_widget(points) * ratio - 0.5 - corner).astype(np.int64)
    reach = max(1, round(_DOT * ratio) - 1)
    inside = ((at >= reach) & (at < np.array([width, height]) - reach)).all(axis=1)
    at, chosen = at[inside], colours[inside]
    values = np.stack([chosen, chosen >> 8, chosen >> 16, np.full_like(chosen, 255)], axis=1)
    values = (values & 255).astype(np.uint8)
    for down in range(-reach, reach + 1):
        for across in range(-reach, reach + 1):
            if across * across + down * down <= reach * reach + 1:
                area[at[:, 1] + down, at[:, 0] + across] = values


def _area(frame: Frame, pane: Pane, ratio: float) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """The pane's part of the frame, and its corner."""
    rect = pane.rect
    left, top = max(0, round(rect.left() * ratio)), max(0, round(rect.top() * ratio))
    right, bottom = max(0, round(rect.right() * ratio)), max(0, round(rect.bottom() * ratio))
    return frame.pixels[top:bottom, left:right], np.array([left, top], np.float64)


def _runs(colours: NDArray[np.int32]) -> Iterator[tuple[int, int]]:
    """From where to where one colour goes."""
    if len(colours):
        changes = (np.flatnonzero(np.diff(colours)) + 1).tolist()
        yield from zip([0, *changes], [*changes, len(colours)], strict=True)
