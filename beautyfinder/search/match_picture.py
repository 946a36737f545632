"""A matched pair as a picture: photo and catalogue picture side by side, lines between them."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from beautyfinder.errors import UserError
from beautyfinder.search.drawing import (
    Dot,
    Drawing,
    Line,
    Pen,
    Placed,
    Point,
    Ring,
    Shape,
    as_svg,
    paint,
)
from beautyfinder.search.inspection import Inspection, Pairing, silhouette
from beautyfinder.search.match_caption import caption, captioned
from beautyfinder.search.match_look import (
    Shown,
    inlier_pen,
    keypoint_pen,
    line_colours,
    outlier_pen,
    outline_pens,
    rejected_pen,
)
from beautyfinder.search.verification import project

ALL_BUT_REJECTED = Shown()
_PAPER = (235, 235, 239)  # darker than a shop's white picture
_BESIDE = 3.0  # pixels that an outline may lie beside the photo: it is hardly ever exact
_NARROWEST = 480  # pixels of a drawing, so that the words find room
_QUALITY: dict[str, dict[str, int]] = {
    "PNG": {},
    "JPEG": {"quality": 92, "subsampling": 0},
}


def match_png(
    photo: NDArray[np.uint8],
    picture: NDArray[np.uint8],
    inspection: Inspection,
    pairing: Pairing,
    shown: Shown = ALL_BUT_REJECTED,
) -> bytes:
    """The PNG file of `describe`'s drawing."""
    return _pixel_file(describe(photo, picture, inspection, pairing, shown), "PNG")


def match_jpeg(
    photo: NDArray[np.uint8],
    picture: NDArray[np.uint8],
    inspection: Inspection,
    pairing: Pairing,
    shown: Shown = ALL_BUT_REJECTED,
) -> bytes:
    """The JPEG file of `describe`'s drawing."""
    return _pixel_file(describe(photo, picture, inspection, pairing, shown), "JPEG")


def match_svg(
    photo: NDArray[np.uint8],
    picture: NDArray[np.uint8],
    inspection: Inspection,
    pairing: Pairing,
    shown: Shown = ALL_BUT_REJECTED,
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
    shown: Shown = ALL_BUT_REJECTED,
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
    pair = _Pair(inspection, pairing, here, there)
    outliers = pairing.accepted & ~pairing.inliers
    rejected = pairing.considered & ~pairing.accepted
    layers: dict[str, list[Shape]] = {}
    if shown.keypoints:
        layers["keypoints"] = pair.keypoints(keypoint_pen(unit))
    if shown.rejected:
        layers["rejected"] = pair.lines(rejected, rejected_pen(unit))
    if shown.outliers:
        layers["outliers"] = pair.lines(outliers, outlier_pen(unit))
    if shown.inliers:
        pen = inlier_pen(unit, int(pairing.inliers.sum()))
        layers["inliers"] = pair.lines(pairing.inliers, pen, line_colours(inspection, shown.colour))
    if shown.outline:
        layers["outline"] = pair.outline(outline_pens(unit))
    layers["caption"], bottom = captioned(
        inspection,
        pairing,
        shown,
        (margin, tall + 2 * margin),
        width - 2 * margin,
        max(13.0, width / 75),
    )
    title = caption(inspection, pairing)[0]
    return Drawing(width, bottom + margin, _PAPER, title, (here, there), layers)


@dataclass(frozen=True, eq=False)
class _Pair:
    """What was matched, where it lies in the drawing, and the shapes that show it."""

    inspection: Inspection
    pairing: Pairing
    here: Placed
    there: Placed

    def lines(
        self, which: NDArray[np.bool_], pen: Pen, colours: NDArray[np.uint8] | None = None
    ) -> list[Shape]:
        """Those of `which` (K,), photo to catalogue picture, and a dot at either end."""
        lines: list[Shape] = []
        dots: list[Shape] = []
        for row in np.flatnonzero(which).tolist():
            if colours is not None:
                pen = replace(pen, colour=tuple(colours[row].tolist()))
            start = _at(self.here, self.inspection.query.points[self.inspection.nearest[row]])
            end = _at(self.there, self.inspection.catalogue.points[row])
            lines.append(Line(start, end, pen))
            dots += [Dot(place, 1.5 * pen.width, pen.colour) for place in (start, end)]
        return lines + dots

    def keypoints(self, pen: Pen) -> list[Shape]:
        """A ring each, of its size, and a radius that points where it points."""
        shapes: list[Shape] = []
        for side, features in (
            (self.here, self.inspection.query),
            (self.there, self.inspection.catalogue),
        ):
            for point, size, angle in zip(
                features.points, features.scales, np.deg2rad(features.angles), strict=True
            ):
                (x, y), radius = _at(side, point), float(size) / 2
                tip = x + radius * math.cos(angle), y + radius * math.sin(angle)
                shapes += [Ring((x, y), radius, pen), Line((x, y), tip, pen)]
        return shapes

    def outline(self, pens: Sequence[Pen]) -> list[Shape]:
        """The product's silhouette, and where the homography puts it in the photo."""
        if self.pairing.geometry is None:
            return []
        own = silhouette(self.there.pixels)
        shapes: list[Shape] = []
        for pen in pens:
            for side, places in (
                (self.here, project(self.pairing.geometry.homography, own)),
                (self.there, own),
            ):
                points = [_at(side, place) for place in places]
                for start, end in zip(points, [*points[1:], points[0]], strict=True):
                    within = _clipped(start, end, side)
                    if within is not None:
                        shapes.append(Line(*within, pen))
        return shapes


def _at(side: Placed, point: NDArray[np.floating]) -> Point:
    """A place in pixels of a picture -> a place in the drawing (half-pixel rule)."""
    return side.left + float(point[0]) + 0.5, side.top + float(point[1]) + 0.5


def _clipped(start: Point, end: Point, side: Placed) -> tuple[Point, Point] | None:
    """What of a line lies on the picture `side`, None where nothing does (Liang and Barsky)."""
    tall, wide = side.pixels.shape[:2]
    first, last = 0.0, 1.0
    for from_, to, least, size in (
        (start[0], end[0], side.left - _BESIDE, wide + 2 * _BESIDE),
        (start[1], end[1], side.top - _BESIDE, tall + 2 * _BESIDE),
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


def _pixel_file(drawing: Drawing, kind: str) -> bytes:
    data = io.BytesIO()
    paint(drawing).save(data, kind, **_QUALITY[kind])
    return data.getvalue()
