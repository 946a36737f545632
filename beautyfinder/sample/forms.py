"""Outlines of bodies of revolution as lists of (distance below the top, radius), millimetres."""

import math
from itertools import pairwise


def rounded(
    height: float, radius: float, top: float = 0.0, bottom: float = 0.0, taper: float = 0.0
) -> list[tuple[float, float]]:
    """A cylinder with rounded shoulders (`top`) and foot (`bottom`).

    `taper` widens it downwards.
    """
    points: list[tuple[float, float]] = []
    top_radius = radius * (1 - taper)
    for step in range(9):
        angle = math.pi / 2 * step / 8
        if top > 0:
            points.append((top * (1 - math.cos(angle)), top_radius - top * (1 - math.sin(angle))))
    if top <= 0:
        points.append((0.0, top_radius))
    for step in range(9):
        angle = math.pi / 2 * step / 8
        if bottom > 0:
            points.append(
                (height - bottom * (1 - math.sin(angle)), radius - bottom * (1 - math.cos(angle)))
            )
    if bottom <= 0:
        points.append((height, radius))
    return points


def shouldered(
    height: float, radius: float, neck: float, shoulder: float, bottom: float, slope: float = 0.5
) -> list[tuple[float, float]]:
    """A bottle: from the `neck` radius over a curved shoulder to the body.

    `slope` 0 gives a flat, square shoulder, 1 a long sloping one.
    """
    points: list[tuple[float, float]] = []
    power = 0.35 + 0.75 * slope
    for step in range(15):
        t = step / 14
        swell = math.sin(math.pi / 2 * t) ** power
        points.append((shoulder * t, neck + (radius - neck) * swell))
    return points + [(h, r) for h, r in rounded(height, radius, 0, bottom) if h > shoulder]


def waisted(
    height: float, radius: float, neck: float, shoulder: float, bottom: float, waist: float
) -> list[tuple[float, float]]:
    """A bottle drawn in at the middle by the share `waist`."""
    base = shouldered(height, radius, neck, shoulder, bottom)
    points: list[tuple[float, float]] = []
    for step in range(40):
        y = height * step / 39
        for (h0, r0), (h1, r1) in pairwise(base):
            if h0 <= y <= h1:
                r = r0 + (r1 - r0) * (y - h0) / max(h1 - h0, 1e-6)
                break
        else:
            r = base[-1][1]
        pull = math.exp(-(((y - height * 0.55) / (height * 0.22)) ** 2))
        points.append((y, r * (1 - waist * pull)))
    return points
