"""Drawn capitals: one skeleton alphabet that becomes a Didone serif, a slab or a hairline face.

OpenCV and Pillow embed only sans faces, and shop shelves are full of high-contrast serifs, so these
letters are built from strokes: thick stems, thin hairlines, arcs whose weight follows direction.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Points = list[tuple[float, float]]


@dataclass(frozen=True)
class Pen:
    """Stroke weights in cap heights; `serif` is the half-length of a serif beyond the stem."""

    thick: float
    thin: float
    serif: float
    serif_weight: float


PENS: dict[str, Pen] = {
    "didone": Pen(0.165, 0.028, 0.085, 0.028),
    "serif": Pen(0.125, 0.050, 0.075, 0.042),
    "slab": Pen(0.150, 0.115, 0.085, 0.105),
    "hairline": Pen(0.045, 0.045, 0.0, 0.0),
    "geometric": Pen(0.115, 0.115, 0.0, 0.0),
}


def _arc(cx: float, cy: float, rx: float, ry: float, start: float, end: float) -> Points:
    steps = max(8, int(abs(end - start) / 6))
    angles = [math.radians(start + (end - start) * i / steps) for i in range(steps + 1)]
    return [(cx + rx * math.cos(a), cy + ry * math.sin(a)) for a in angles]


# weight: T thick, t thin, m by direction (vertical thick), s swelling in the middle.
# serifs: 0 none, 1 at the start, 2 at the end, 3 both.
Stroke = tuple[str, int, Points]


def _stem(x: float, serifs: int = 3, weight: str = "T", low: float = 0.0) -> Stroke:
    return (weight, serifs, [(x, low), (x, 1.0)])


def _bar(x0: float, x1: float, y: float) -> Stroke:
    return ("t", 0, [(x0, y), (x1, y)])


_S_CURVE: Points = [
    *_arc(0.33, 0.755, 0.265, 0.245, 35, 205),
    (0.13, 0.60),
    (0.22, 0.545),
    (0.33, 0.505),
    (0.45, 0.455),
    (0.545, 0.395),
    *_arc(0.33, 0.255, 0.285, 0.255, 22, -148),
]
_O: Stroke = ("m", 0, _arc(0.47, 0.5, 0.47, 0.5, 0, 360))
_C: Stroke = ("m", 0, _arc(0.47, 0.5, 0.47, 0.5, 48, 312))

# letter -> (advance width, strokes); x to the right, y up, the cap height is 1.
SKELETON: dict[str, tuple[float, list[Stroke]]] = {
    " ": (0.34, []),
    "A": (
        0.88,
        [
            ("t", 1, [(0.04, 0.0), (0.43, 1.0)]),
            ("T", 2, [(0.43, 1.0), (0.84, 0.0)]),
            _bar(0.18, 0.68, 0.34),
        ],
    ),
    "B": (
        0.70,
        [
            _stem(0.12),
            ("m", 0, [(0.12, 1.0), *_arc(0.36, 0.765, 0.25, 0.235, 90, -90), (0.12, 0.53)]),
            ("m", 0, [(0.12, 0.53), *_arc(0.38, 0.265, 0.29, 0.265, 90, -90), (0.12, 0.0)]),
        ],
    ),
    "C": (0.84, [_C, ("t", 0, [(0.785, 0.87), (0.785, 0.64)])]),
    "D": (
        0.88,
        [
            _stem(0.12),
            ("m", 0, [(0.12, 1.0), *_arc(0.36, 0.5, 0.48, 0.5, 90, -90), (0.12, 0.0)]),
        ],
    ),
    "E": (0.66, [_stem(0.12), _bar(0.12, 0.60, 1.0), _bar(0.12, 0.50, 0.51), _bar(0.12, 0.62, 0)]),
    "F": (0.62, [_stem(0.12), _bar(0.12, 0.60, 1.0), _bar(0.12, 0.50, 0.49)]),
    "G": (0.90, [_C, ("T", 0, [(0.785, 0.10), (0.785, 0.44)]), _bar(0.56, 0.86, 0.44)]),
    "H": (0.86, [_stem(0.12), _stem(0.74), _bar(0.12, 0.74, 0.51)]),
    "I": (0.26, [_stem(0.13)]),
    "J": (0.52, [("m", 2, [*_arc(0.16, 0.2, 0.22, 0.2, 205, 360), (0.38, 1.0)])]),
    "K": (
        0.80,
        [_stem(0.12), ("t", 2, [(0.12, 0.40), (0.68, 1.0)]), ("T", 2, [(0.31, 0.60), (0.72, 0.0)])],
    ),
    "L": (0.62, [_stem(0.12), _bar(0.12, 0.60, 0.0), ("t", 0, [(0.60, 0.0), (0.60, 0.18)])]),
    "M": (
        1.00,
        [
            _stem(0.10, 1, "t"),
            ("T", 0, [(0.10, 1.0), (0.49, 0.0)]),
            ("t", 0, [(0.49, 0.0), (0.87, 1.0)]),
            _stem(0.87),
        ],
    ),
    "N": (0.88, [_stem(0.11, 1, "t"), ("T", 0, [(0.11, 1.0), (0.77, 0.0)]), _stem(0.77, 2, "t")]),
    "O": (0.94, [_O]),
    "P": (
        0.66,
        [
            _stem(0.12),
            ("m", 0, [(0.12, 1.0), *_arc(0.35, 0.735, 0.27, 0.265, 90, -90), (0.12, 0.47)]),
        ],
    ),
    "Q": (0.94, [_O, ("T", 0, [(0.52, 0.18), (0.86, -0.14)])]),
    "R": (
        0.76,
        [
            _stem(0.12),
            ("m", 0, [(0.12, 1.0), *_arc(0.35, 0.745, 0.26, 0.255, 90, -90), (0.12, 0.49)]),
            ("T", 2, [(0.36, 0.49), (0.68, 0.0)]),
        ],
    ),
    "S": (0.66, [("s", 0, _S_CURVE)]),
    "T": (0.74, [_stem(0.37, 1), _bar(0.03, 0.71, 1.0)]),
    "U": (0.84, [("m", 3, [(0.12, 1.0), *_arc(0.42, 0.32, 0.30, 0.32, 180, 360), (0.72, 1.0)])]),
    "V": (0.86, [("T", 1, [(0.04, 1.0), (0.43, 0.0)]), ("t", 2, [(0.43, 0.0), (0.82, 1.0)])]),
    "W": (
        1.22,
        [
            ("T", 1, [(0.04, 1.0), (0.34, 0.0)]),
            ("t", 0, [(0.34, 0.0), (0.61, 1.0)]),
            ("T", 0, [(0.61, 1.0), (0.90, 0.0)]),
            ("t", 2, [(0.90, 0.0), (1.18, 1.0)]),
        ],
    ),
    "X": (0.82, [("T", 3, [(0.08, 1.0), (0.74, 0.0)]), ("t", 3, [(0.08, 0.0), (0.74, 1.0)])]),
    "Y": (
        0.82,
        [
            ("T", 1, [(0.05, 1.0), (0.41, 0.46)]),
            ("t", 2, [(0.41, 0.46), (0.77, 1.0)]),
            ("T", 1, [(0.41, 0.0), (0.41, 0.48)]),
        ],
    ),
    "Z": (0.74, [_bar(0.06, 0.68, 1.0), ("T", 0, [(0.68, 1.0), (0.06, 0.0)]), _bar(0.06, 0.68, 0)]),
    "&": (
        0.86,
        [
            (
                "s",
                0,
                [(0.80, 0.0), (0.24, 0.72), *_arc(0.38, 0.80, 0.17, 0.20, 195, -60), (0.2, 0.45)],
            ),
            ("m", 0, [(0.24, 0.48), *_arc(0.34, 0.24, 0.28, 0.24, 120, 300), (0.76, 0.42)]),
        ],
    ),
    "-": (0.42, [_bar(0.06, 0.36, 0.42)]),
    ".": (0.24, [("T", 0, [(0.11, 0.0), (0.11, 0.13)])]),
    "'": (0.20, [("T", 0, [(0.10, 0.78), (0.10, 1.0)])]),
}


def _ribbon(points: Points, weight: str, pen: Pen) -> list[npt.NDArray[np.float64]]:
    path = np.asarray(points, dtype=np.float64)
    tangent = np.gradient(path, axis=0)
    tangent /= np.maximum(np.hypot(tangent[:, 0], tangent[:, 1]), 1e-9)[:, None]
    along = np.linspace(0.0, 1.0, len(path))
    swell = {
        "T": np.ones(len(path)),
        "t": np.zeros(len(path)),
        "m": np.abs(tangent[:, 1]) ** 1.6,
        "s": np.exp(-(((along - 0.5) / 0.24) ** 2)),
    }[weight]
    half = (pen.thin + (pen.thick - pen.thin) * swell)[:, None] / 2
    normal = np.stack([-tangent[:, 1], tangent[:, 0]], axis=1) * half
    left, right = path + normal, path - normal
    # One quadrilateral per step: a closed ring would otherwise fill its own counter.
    return [np.array([left[i], left[i + 1], right[i + 1], right[i]]) for i in range(len(path) - 1)]


@lru_cache(maxsize=512)
def glyph(letter: str, face: str) -> tuple[float, tuple[npt.NDArray[np.float64], ...]]:
    """Advance width and filled polygons, float64 (K, 2) each, in cap heights with y upwards."""
    pen = PENS[face]
    width, strokes = SKELETON.get(letter, SKELETON["-"])
    shapes: list[npt.NDArray[np.float64]] = []
    inset = pen.thin / 2  # horizontals sit inside the cap height, not astride its edge
    for weight, serifs, raw in strokes:
        points = [(x, inset + y * (1 - 2 * inset)) for x, y in raw]
        if weight in "Tt" and len(points) == 2 and points[0][1] != points[1][1]:
            points = [(x, y * (1 + 2 * inset) - inset) for x, y in points]  # stems reach the edge
        shapes += _ribbon(points, weight, pen)
        half = (pen.thick if weight in "Tms" else pen.thin) / 2 + pen.serif
        for bit, (x, y) in ((1, points[0]), (2, points[-1])):
            if pen.serif and serifs & bit:
                edge = min(max(y, pen.serif_weight / 2), 1 - pen.serif_weight / 2)
                low, high = edge - pen.serif_weight / 2, edge + pen.serif_weight / 2
                shapes.append(
                    np.array([(x - half, low), (x + half, low), (x + half, high), (x - half, high)])
                )
    return width, tuple(shapes)
