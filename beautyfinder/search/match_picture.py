"""A matched pair as a picture: photo and catalogue picture side by side, lines between them."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from beautyfinder.errors import UserError
from beautyfinder.search.drawing import (
    Colour,
    Dot,
    Drawing,
    Line,
    Pen,
    Placed,
    Point,
    Ring,
    Shape,
    Words,
    as_svg,
    paint,
    text_width,
)
from beautyfinder.search.inspection import Inspection, Pairing, outline

COLOURS = ("position", "confidence")

_PAPER, _INK, _PALE = (246, 246, 248), (28, 28, 30), (110, 110, 115)
_OUTLIER, _REJECTED, _KEYPOINT = (235, 64, 52), (140, 140, 146), (255, 255, 255)
_EDGE, _EDGE_SHADE = (255, 255, 255), (20, 20, 24)
_NARROWEST = 480  # pixels of a drawing, so that the words find room
_SURE, _DOUBTFUL = 0.4, 1.0  # nearest to second nearest distance: ends of the scale of confidence
_STEPS = 12  # colours of a scale in the key
_QUALITY: dict[str, dict[str, int]] = {"PNG": {}, "JPEG": {"quality": 92, "subsampling": 0}}
_RULE_NAMES = {
    "verified": "Verified matching (RootSIFT, mutual nearest neighbours, homography)",
    "paper": "The paper's matching (SIFT, FLANN)",
}


@dataclass(frozen=True)
class Shown:
    """What is drawn. `colour` of the inliers' lines: one of COLOURS."""

    inliers: bool = True
    outliers: bool = True
    rejected: bool = False
    keypoints: bool = True
    colour: str = "position"


DEFAULT = Shown()


def match_png(
    photo: NDArray[np.uint8],
    picture: NDArray[np.uint8],
    inspection: Inspection,
    pairing: Pairing,
    shown: Shown = DEFAULT,
) -> bytes:
    """The PNG file of `describe`'s drawing."""
    return _pixel_file(describe(photo, picture, inspection, pairing, shown), "PNG")


def match_jpeg(
    photo: NDArray[np.uint8],
    picture: NDArray[np.uint8],
    inspection: Inspection,
    pairing: Pairing,
    shown: Shown = DEFAULT,
) -> bytes:
    """The JPEG file of `describe`'s drawing."""
    return _pixel_file(describe(photo, picture, inspection, pairing, shown), "JPEG")


def match_svg(
    photo: NDArray[np.uint8],
    picture: NDArray[np.uint8],
    inspection: Inspection,
    pairing: Pairing,
    shown: Shown = DEFAULT,
) -> bytes:
    """The SVG file of `describe`'s drawing: lines and words as vectors, the pictures inside."""
    return as_svg(describe(photo, picture, inspection, pairing, shown)).encode()


FORMATS: dict[str, Callable[..., bytes]] = {
    ".png": match_png,
    ".jpg": match_jpeg,
    ".jpeg": match_jpeg,
    ".svg": match_svg,
}


def write_match(
    target: Path,
    photo: NDArray[np.uint8],
    picture: NDArray[np.uint8],
    inspection: Inspection,
    pairing: Pairing,
    shown: Shown = DEFAULT,
) -> None:
    """Write the drawing to `target`, whose suffix names the format; nothing half-written stays.

    Raises UserError when the suffix is none of FORMATS or the file cannot be written.
    """
    check_target(target)
    part = target.with_name(f".{target.name}.part")
    try:
        part.write_bytes(FORMATS[target.suffix.lower()](photo, picture, inspection, pairing, shown))
        part.replace(target)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise UserError(f"{target} cannot be written: {error.strerror or error}.") from error


def check_target(target: Path) -> None:
    """Raises UserError where `target` has no known suffix, or its folder is missing."""
    if target.suffix.lower() not in FORMATS:
        raise UserError(f"{target} cannot be written: its name has to end in {', '.join(FORMATS)}.")
    folder = target.absolute().parent
    if not folder.is_dir():
        raise UserError(f"{target} cannot be written: there is no folder {folder}.")


def describe(
    photo: NDArray[np.uint8],
    picture: NDArray[np.uint8],
    inspection: Inspection,
    pairing: Pairing,
    shown: Shown,
) -> Drawing:
    """Photo left, catalogue picture right, each at its own pixels; numbers and a key below.

    A keypoint at (x, y), the centre of the top-left pixel being (0, 0), lies half a pixel further
    right and down in the drawing, whose (0, 0) is its corner.
    """
    (w1, h1), (w2, h2) = inspection.query_size, inspection.catalogue_size
    # Between a photo of 4,000 px and a shop's picture of 198 px, strokes that are seen on both.
    unit = max(1.0, math.sqrt(max(w1, h1) * max(w2, h2)) / 800)
    margin, gap = round(14 * unit), round(36 * unit)
    across, tall = w1 + gap + w2, max(h1, h2)
    width = max(_NARROWEST, across + 2 * margin)
    left = (width - across) // 2
    here = Placed(photo, left, margin + (tall - h1) // 2, "photo")
    there = Placed(picture, left + w1 + gap, margin + (tall - h2) // 2, "catalogue-picture")
    ends = _Ends(inspection, pairing, here, there, unit)
    layers: dict[str, list[Shape]] = {}
    if shown.keypoints:
        layers["keypoints"] = ends.keypoints()
    if shown.rejected:
        rejected = ~pairing.accepted & (inspection.nearest >= 0)
        layers["rejected"] = ends.lines(rejected, Pen(_REJECTED, 0.7 * unit, 0.45), None)
    layers["edge"] = _edge(inspection, pairing, here, there, unit)
    if shown.outliers:
        outliers = pairing.accepted & ~pairing.inliers
        layers["outliers"] = ends.lines(outliers, _outlier_pen(unit), None)
    if shown.inliers:
        colours = line_colours(inspection, shown.colour)
        layers["inliers"] = ends.lines(pairing.inliers, Pen(_INK, 1.25 * unit, 0.9), colours)
    size = max(13.0, width / 75)
    layers["caption"], height = _below(
        inspection, pairing, shown, (margin, tall + 2 * margin), width - 2 * margin, size
    )
    headline = caption(inspection, pairing)[0]
    return Drawing(width, height + margin, _PAPER, headline, (here, there), layers)


def line_colours(inspection: Inspection, colour: str) -> NDArray[np.uint8]:
    """The colours, uint8 (K, 3) RGB, of the K catalogue keypoints' lines; `colour` of COLOURS.

    "position": hue by height in the catalogue picture, brightness by breadth, so that of crossing
    lines each can be followed. "confidence": from violet, where nearest and second nearest are
    hardly told apart, to yellow, where they are far apart.
    """
    if colour == "confidence":
        with np.errstate(invalid="ignore", divide="ignore"):
            quotient = inspection.distances[:, 0] / inspection.distances[:, 1]
        share = (_DOUBTFUL - np.nan_to_num(quotient, nan=_DOUBTFUL)) / (_DOUBTFUL - _SURE)
        return _viridis(share)
    return _by_position(inspection.catalogue.points / np.array(inspection.catalogue_size))


def caption(inspection: Inspection, pairing: Pairing) -> list[str]:
    """The numbers in words: one line of what was found, one of how."""
    for features, what in (
        (inspection.query, "photo"),
        (inspection.catalogue, "catalogue picture"),
    ):
        if not len(features):
            found = f"No keypoints in the {what}: it is too plain to be matched"
            break
    else:
        matches, inliers = pairing.match_count, pairing.inlier_count
        found = f"{matches:,} {'match' if matches == 1 else 'matches'}"
        if pairing.geometry is None:
            found += " · no inliers: they agree on no place of the product in the photo"
        else:
            error = pairing.geometry.error
            found += f" · {inliers:,} inliers · reprojection error {error:.2f} px"
    return [
        found,
        f"{_RULE_NAMES[inspection.rule]} · ratio {pairing.ratio:.2f} · keypoints: "
        f"{len(inspection.query):,} in the photo, {len(inspection.catalogue):,} in the catalogue "
        "picture",
    ]


@dataclass(frozen=True, eq=False)
class _Ends:
    """Where the keypoints lie in the drawing, and the shapes that mark them."""

    inspection: Inspection
    pairing: Pairing
    here: Placed
    there: Placed
    unit: float

    def lines(
        self, which: NDArray[np.bool_], pen: Pen, colours: NDArray[np.uint8] | None
    ) -> list[Shape]:
        """Those of `which` (K,), photo to catalogue picture, and a ring at either end."""
        lines: list[Shape] = []
        rings: list[Shape] = []
        for row in np.flatnonzero(which).tolist():
            own = pen if colours is None else replace(pen, colour=_colour(colours[row]))
            start = _at(self.here, self.inspection.query.points[self.inspection.nearest[row]])
            end = _at(self.there, self.inspection.catalogue.points[row])
            lines.append(Line(start, end, own))
            rim = Pen(own.colour, own.width, own.opacity)
            rings += [Ring(start, 2.6 * self.unit, rim), Ring(end, 2.6 * self.unit, rim)]
        return lines + rings

    def keypoints(self) -> list[Shape]:
        return [
            Dot(_at(side, point), 0.9 * self.unit, _KEYPOINT, 0.55)
            for side, features in (
                (self.here, self.inspection.query),
                (self.there, self.inspection.catalogue),
            )
            for point in features.points
        ]


def _at(side: Placed, point: NDArray[np.floating]) -> Point:
    """A place in pixels of a picture -> a place in the drawing (half-pixel rule)."""
    return side.left + float(point[0]) + 0.5, side.top + float(point[1]) + 0.5


def _edge(
    inspection: Inspection, pairing: Pairing, here: Placed, there: Placed, unit: float
) -> list[Shape]:
    """The edge of the catalogue picture, and where the homography puts it in the photo."""
    corners = outline(pairing, inspection.catalogue_size)
    if corners is None:
        return []
    width, height = inspection.catalogue_size
    own = np.array([[0, 0], [width, 0], [width, height], [0, height]]) - 0.5
    shapes: list[Shape] = []
    for pen in (Pen(_EDGE_SHADE, 4.2 * unit, 0.6), Pen(_EDGE, 2 * unit)):
        for side, places in ((here, corners), (there, own)):
            points = [_at(side, place) for place in places]
            for start, end in zip(points, [*points[1:], points[0]], strict=True):
                within = _clipped(start, end, side)
                if within is not None:
                    shapes.append(Line(*within, pen))
    return shapes


def _clipped(start: Point, end: Point, side: Placed) -> tuple[Point, Point] | None:
    """What of a line lies on the picture `side`, None where nothing does (Liang and Barsky)."""
    tall, wide = side.pixels.shape[:2]
    first, last = 0.0, 1.0
    for from_, to, least, size in (
        (start[0], end[0], side.left, wide),
        (start[1], end[1], side.top, tall),
    ):
        step = to - from_
        if not step:
            if not least <= from_ <= least + size:
                return None
            continue
        enters, leaves = sorted(((least - from_) / step, (least + size - from_) / step))
        first, last = max(first, enters), min(last, leaves)
    if first >= last:
        return None
    x, y, across, down = *start, end[0] - start[0], end[1] - start[1]
    return (x + first * across, y + first * down), (x + last * across, y + last * down)


def _below(
    inspection: Inspection,
    pairing: Pairing,
    shown: Shown,
    corner: Point,
    width: float,
    size: float,
) -> tuple[list[Shape], int]:
    """The words from `corner` down, `width` wide, letters of `size`; and the row they end at."""
    left, row = corner
    shapes: list[Shape] = []
    found, how = caption(inspection, pairing)
    for text, height, colour in ((found, size * 1.2, _INK), (how, size, _PALE)):
        for line in _wrapped(text, height, width):
            row += height * 1.4
            shapes.append(Words(line, left, row - height * 0.35, height, colour))
    x, sample = left, size * 1.8
    row += size * 1.7
    for text, marks in _key(inspection, pairing, shown, sample, size):
        step = sample + size * 0.5 + text_width(text, size)
        if x > left and x + step > left + width:
            x, row = left, row + size * 1.5
        middle = row - size * 0.7
        shapes += [_moved(mark, x, middle) for mark in marks]
        shapes.append(Words(text, x + sample + size * 0.5, row - size * 0.35, size, _PALE))
        x += step + size * 1.5
    return shapes, math.ceil(row)


def _key(
    inspection: Inspection, pairing: Pairing, shown: Shown, sample: float, size: float
) -> list[tuple[str, list[Shape]]]:
    """What the marks mean, those that are drawn: words, and a sample from (0, 0) rightwards."""
    unit = size / 13
    entries: list[tuple[str, list[Shape]]] = []

    def line(pen: Pen) -> Line:
        return Line((0.0, 0.0), (sample, 0.0), pen)

    if shown.inliers and pairing.inliers.any():
        by_confidence = shown.colour == "confidence"
        if by_confidence:
            scale = _viridis(np.linspace(0, 1, _STEPS))
        else:
            scale = _by_position(np.linspace([0.5, 0], [0.5, 1], _STEPS))
        step = sample / _STEPS
        entries.append(
            (
                "inliers, doubtful to sure" if by_confidence else "inliers, top to bottom",
                [
                    Line((i * step, 0.0), ((i + 1) * step, 0.0), Pen(_colour(row), 2.5 * unit))
                    for i, row in enumerate(scale)
                ],
            )
        )
    if shown.outliers and (pairing.accepted & ~pairing.inliers).any():
        entries.append(("outliers", [line(_outlier_pen(unit))]))
    if shown.rejected and (~pairing.accepted & (inspection.nearest >= 0)).any():
        entries.append(("rejected", [line(Pen(_REJECTED, unit, 0.8))]))
    if pairing.geometry is not None:
        edge = [line(Pen(_EDGE_SHADE, 4.2 * unit, 0.6)), line(Pen(_EDGE, 2 * unit))]
        entries.append(("edge of the catalogue picture, margins included", list(edge)))
    return entries


def _moved(shape: Line, x: float, y: float) -> Line:
    return Line(
        (shape.start[0] + x, shape.start[1] + y), (shape.end[0] + x, shape.end[1] + y), shape.pen
    )


def _wrapped(text: str, size: float, width: float) -> list[str]:
    """`text` in lines of at most `width` pixels, broken between words."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".lstrip()
        if lines[-1] and text_width(longer, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _outlier_pen(unit: float) -> Pen:
    return Pen(_OUTLIER, unit, 0.75, (5 * unit, 4 * unit))


def _by_position(places: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Colours (K, 3) of places (K, 2), x and y of 0..1."""
    across, down = places.clip(0, 1).T
    hsv = np.stack([300 * down, 0.95 - 0.25 * across, 0.72 + 0.28 * across], axis=1)
    rgb = cv2.cvtColor(hsv[:, None].astype(np.float32), cv2.COLOR_HSV2RGB)
    return np.rint(255 * rgb.reshape(-1, 3)).astype(np.uint8)


def _viridis(shares: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Colours (K, 3) of numbers (K,) of 0..1."""
    levels = (shares.clip(0, 1) * 255).astype(np.uint8)[:, None]
    bgr = np.asarray(cv2.applyColorMap(levels, cv2.COLORMAP_VIRIDIS), np.uint8)
    return np.ascontiguousarray(bgr.reshape(-1, 3)[:, ::-1])


def _colour(row: NDArray[np.uint8]) -> Colour:
    red, green, blue = row.tolist()
    return red, green, blue


def _pixel_file(drawing: Drawing, kind: str) -> bytes:
    data = io.BytesIO()
    paint(drawing).save(data, kind, **_QUALITY[kind])
    return data.getvalue()
