"""The words below a matched pair: its numbers, and what the marks mean."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from beautyfinder.search.drawing import Colour, Line, Pen, Point, Ring, Shape, Words, text_width
from beautyfinder.search.inspection import Inspection, Pairing
from beautyfinder.search.match_look import (
    Shown,
    inlier_pen,
    keypoint_pen,
    outlier_pen,
    outline_pens,
    rejected_pen,
    scale,
)

INK: Colour = (28, 28, 30)
PALE: Colour = (100, 100, 106)
_SLACK = 0.88  # of the width: a viewer of SVG may have a broader font than ours
_STEPS = 16  # colours of a scale in the key
_RULE_NAMES = {
    "verified": "Verified matching (RootSIFT, mutual nearest neighbours, homography)",
    "paper": "The paper's matching (SIFT, FLANN, ratio test)",
}


def caption(inspection: Inspection, pairing: Pairing) -> tuple[str, str]:
    """The numbers in words: a line of what was found, a line of how."""
    matches, inliers = pairing.match_count, pairing.inlier_count
    plain = [
        what
        for what, features in (
            ("photo", inspection.query),
            ("catalogue picture", inspection.catalogue),
        )
        if not len(features)
    ]
    found = f"{matches:,} {'match' if matches == 1 else 'matches'}"
    if plain:
        found += f" · the {' and the '.join(plain)} is too plain: it has no keypoints"
    elif pairing.geometry is None:
        found += " · no inliers: they do not agree on where the product lies"
    else:
        error = pairing.geometry.error
        found += f" · {inliers:,} inliers · reprojection error {error:.2f} px"
    how = (
        f"{_RULE_NAMES[inspection.rule]} · ratio {pairing.ratio:.2f} · keypoints: "
        f"{len(inspection.query):,} in the photo, {len(inspection.catalogue):,} in the catalogue "
        "picture"
    )
    return found, how


def captioned(
    inspection: Inspection,
    pairing: Pairing,
    shown: Shown,
    corner: Point,
    width: float,
    size: float,
) -> tuple[list[Shape], int]:
    """The words from `corner` down, `width` wide, letters of `size`; and the row they end at."""
    left, row = corner
    width *= _SLACK
    shapes: list[Shape] = []
    found, how = caption(inspection, pairing)
    for text, height, colour in ((found, size * 1.2, INK), (how, size, PALE)):
        for line in _wrapped(text, height, width):
            row += height * 1.4
            shapes.append(Words(line, left, row - height * 0.35, height, colour))
    entries = _key(inspection, pairing, shown, size)
    x = left
    row += size * 1.8 if entries else 0
    for text, marks in entries:
        step = size * 2.4 + text_width(text, size)
        if x > left and x + step > left + width:
            x, row = left, row + size * 1.5
        shapes += [_moved(mark, x, row - size * 0.7) for mark in marks]
        shapes.append(Words(text, x + size * 2.4, row - size * 0.35, size, PALE))
        x += step + size * 1.5
    return shapes, math.ceil(row)


def _key(
    inspection: Inspection, pairing: Pairing, shown: Shown, size: float
) -> list[tuple[str, list[Line | Ring]]]:
    """What the marks mean, those that are drawn: words, and a sample from (0, 0) rightwards."""
    unit, sample = size / 13, size * 1.9

    def line(pen: Pen) -> Line:
        return Line((0.0, 0.0), (sample, 0.0), pen)

    ends = np.linspace(0, sample, _STEPS + 1).tolist()
    colours = scale(np.linspace(0, 1, _STEPS), shown.colour).tolist()
    pen = replace(inlier_pen(2 * unit), opacity=1.0)
    rainbow: list[Line | Ring] = [
        Line((ends[step], 0.0), (ends[step + 1], 0.0), replace(pen, colour=tuple(colours[step])))
        for step in range(_STEPS)
    ]
    order = "top to bottom" if shown.colour == "position" else "doubtful to sure"
    keypoints = len(inspection.query) + len(inspection.catalogue) > 0
    rejected = pairing.considered & ~pairing.accepted
    outliers = pairing.accepted & ~pairing.inliers
    outlined = "product as on the catalogue picture"
    entries: list[tuple[bool, str, list[Line | Ring]]] = [
        (shown.inliers and bool(pairing.inliers.any()), f"inliers, {order}", rainbow),
        (shown.outliers and bool(outliers.any()), "outliers", [line(outlier_pen(unit))]),
        (shown.rejected and bool(rejected.any()), "rejected", [line(rejected_pen(unit))]),
        (shown.outline and pairing.geometry is not None, outlined, [
            line(pen) for pen in outline_pens(unit)
        ]),
        (shown.keypoints and keypoints, "keypoints", [
            Ring((sample * 0.6, 0.0), 5 * unit, keypoint_pen(unit)),
            Line((sample * 0.6, 0.0), (sample * 0.6 + 5 * unit, 0.0), keypoint_pen(unit)),
        ]),
    ]  # fmt: skip
    return [(text, marks) for drawn, text, marks in entries if drawn]


def _moved(mark: Line | Ring, x: float, y: float) -> Line | Ring:
    def moved(point: Point) -> Point:
        return point[0] + x, point[1] + y

    if isinstance(mark, Ring):
        return replace(mark, centre=moved(mark.centre))
    return replace(mark, start=moved(mark.start), end=moved(mark.end))


def _wrapped(text: str, size: float, width: float) -> list[str]:
    """`text` in lines of at most `width` pixels, broken between words."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".lstrip()
        if lines[-1] and text_width(longer, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return [line.removesuffix(" ·") for line in lines]
