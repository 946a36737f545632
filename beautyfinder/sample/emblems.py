"""Brand emblems and single ornaments as coverage masks, drawn from polygons."""

import math
from collections.abc import Callable
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from beautyfinder.sample.lettering import Mask, text_mask

Points = npt.NDArray[np.float64]
_SIZE = 192  # emblems are drawn once at this size and reduced


def _fill(canvas: Mask, points: Points, value: int = 255) -> None:
    pixels = np.round((points * 0.46 + 0.5) * _SIZE * 16).astype(np.int32)
    cv2.fillPoly(canvas, [pixels], (value,), cv2.LINE_AA, 4)


def _line(canvas: Mask, points: Points, width: float = 0.07, closed: bool = False) -> None:
    pixels = np.round((points * 0.46 + 0.5) * _SIZE * 16).astype(np.int32)
    thick = max(1, round(width * 0.46 * _SIZE))
    cv2.polylines(canvas, [pixels], closed, (255,), thick, cv2.LINE_AA, 4)


def _ring(
    radius: float, start: float = 0, end: float = 360, cx: float = 0, cy: float = 0
) -> Points:
    angle = np.radians(np.linspace(start, end, 64))
    return np.stack([cx + radius * np.cos(angle), cy + radius * np.sin(angle)], axis=1)


def _star(points: int, inner: float, outer: float = 1.0, turn: float = -90) -> Points:
    angle = np.radians(turn + np.arange(points * 2) * 180 / points)
    radius = np.where(np.arange(points * 2) % 2 == 0, outer, inner)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def petal(length: float, width: float, turn: float, cx: float = 0, cy: float = 0) -> Points:
    """A pointed leaf of `length` starting at (cx, cy) and pointing to `turn` degrees."""
    t = np.linspace(0, 1, 20)
    half = width / 2 * np.sin(np.pi * t) ** 0.85
    along, across = np.r_[t, t[::-1]] * length, np.r_[half, -half[::-1]]
    c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    return np.stack([cx + along * c - across * s, cy + along * s + across * c], axis=1)


def _xy(*values: float) -> Points:
    return np.asarray(values, dtype=np.float64).reshape(-1, 2)


def _sun(c: Mask) -> None:
    _fill(c, _ring(0.42))
    for k in range(16):
        _fill(c, petal(0.40 if k % 2 else 0.5, 0.11, k * 22.5) + _polar(0.5, k))


def _polar(radius: float, step: int, count: int = 16) -> Points:
    angle = 2 * math.pi * step / count
    return np.array([[radius * math.cos(angle), radius * math.sin(angle)]])


def _moon(c: Mask) -> None:
    _fill(c, _ring(0.9))
    _fill(c, _ring(0.78, cx=0.36, cy=-0.12), 0)
    _fill(c, _star(4, 0.09, 0.30) + _xy(0.45, -0.15))


def _drop(c: Mask) -> None:
    t = np.linspace(0, 2 * np.pi, 80)
    _fill(c, np.stack([0.72 * np.sin(t) * np.sin(t / 2) ** 1.4, -0.92 * np.cos(t)], axis=1))
    _line(c, _ring(0.3, 20, 80, 0, 0.35), 0.05)


def _leaf(c: Mask) -> None:
    _fill(c, petal(1.9, 0.95, -60, -0.5, 0.82))
    foot, tip = (
        (round(0.27 * _SIZE), round(0.88 * _SIZE)),
        (round(0.66 * _SIZE), round(0.22 * _SIZE)),
    )
    cv2.line(c, foot, tip, (0,), 3, cv2.LINE_AA)


def _hexagon(c: Mask) -> None:
    _line(c, _star(3, 1.0) * 0.92, 0.10, True)
    _line(c, _star(3, 1.0) * 0.58, 0.07, True)
    _fill(c, _star(3, 1.0) * 0.30)


def _citrus(c: Mask) -> None:
    _fill(c, _ring(0.95))
    _fill(c, _ring(0.82), 0)
    for k in range(8):
        a = k * 45 + 22.5
        wedge = np.concatenate([_ring(0.72, a - 18, a + 18), _ring(0.10, a, a)])
        _fill(c, wedge)


def _flower(c: Mask) -> None:
    for k in range(6):
        _fill(c, petal(0.95, 0.52, k * 60 - 90))
    _fill(c, _ring(0.2), 0)
    _fill(c, _ring(0.12))


def _circle(c: Mask) -> None:
    _line(c, _ring(0.85), 0.08, True)
    _fill(c, _ring(0.42, cx=0.18, cy=0.18))


def _sprig(c: Mask) -> None:
    _line(c, _xy(0, 0.95, 0.03, 0.3, 0, -0.5), 0.06)
    for k in range(4):
        y = 0.65 - k * 0.36
        _fill(c, petal(0.62, 0.26, -35, 0, y))
        _fill(c, petal(0.62, 0.26, -145, 0, y))
    _fill(c, petal(0.55, 0.26, -90, 0, -0.4))


def _fern(c: Mask) -> None:
    _line(c, _xy(0, 0.95, 0, -0.8), 0.05)
    for k in range(8):
        y, length = 0.7 - k * 0.19, 0.72 - k * 0.07
        _fill(c, petal(length, 0.15, -28, 0, y))
        _fill(c, petal(length, 0.15, -152, 0, y))


def _crown(c: Mask) -> None:
    _fill(c, _xy(-0.9, 0.45, -0.9, -0.35, -0.45, 0.05, 0, -0.7, 0.45, 0.05, 0.9, -0.35, 0.9, 0.45))
    _fill(c, _xy(-0.9, 0.58, 0.9, 0.58, 0.9, 0.75, -0.9, 0.75))
    for x, y in ((-0.9, -0.48), (0, -0.84), (0.9, -0.48)):
        _fill(c, _ring(0.12, cx=x, cy=y))


def _wave(c: Mask) -> None:
    t = np.linspace(-0.95, 0.95, 60)
    for k in range(3):
        _line(c, np.stack([t, -0.42 + k * 0.42 + 0.16 * np.sin(t * 6.6)], axis=1), 0.13)


def _thistle(c: Mask) -> None:
    for k in range(7):
        _fill(c, petal(1.0, 0.15, -150 + k * 20, 0, 0.05))
    _fill(c, _ring(0.32, cx=0, cy=0.15))
    _line(c, _xy(0, 0.3, 0, 0.95), 0.07)
    _fill(c, petal(0.6, 0.2, -20, 0, 0.85))
    _fill(c, petal(0.6, 0.2, 200, 0, 0.85))


def _mountain(c: Mask) -> None:
    _fill(c, _xy(-1, 0.6, -0.35, -0.5, 0.0, 0.05, 0.3, -0.25, 1, 0.6))
    _fill(c, _xy(-0.35, -0.5, -0.55, -0.15, -0.35, -0.22, -0.16, -0.18), 0)
    _line(c, _xy(-1, 0.78, 1, 0.78), 0.07)


def _stars(c: Mask) -> None:
    _fill(c, _star(5, 0.42) * 0.95)


def _cross(c: Mask) -> None:
    _fill(c, _ring(0.92))
    _fill(c, _xy(-0.17, -0.6, 0.17, -0.6, 0.17, 0.6, -0.17, 0.6), 0)
    _fill(c, _xy(-0.6, -0.17, 0.6, -0.17, 0.6, 0.17, -0.6, 0.17), 0)


def _diamond(c: Mask) -> None:
    _line(c, _xy(0, -0.92, 0.62, 0, 0, 0.92, -0.62, 0), 0.07, True)
    _line(c, _xy(0, -0.92, 0.22, 0, 0, 0.92, -0.22, 0), 0.04, True)
    _line(c, _xy(-0.62, 0, 0.62, 0), 0.04)


def _heart(c: Mask) -> None:
    t = np.linspace(0, 2 * np.pi, 80)
    y = -(13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)) / 17
    _fill(c, np.stack([np.sin(t) ** 3 * 0.95, y], axis=1))


def _anchor(c: Mask) -> None:
    _line(c, _ring(0.18, cx=0, cy=-0.7), 0.1, True)
    _line(c, _xy(0, -0.5, 0, 0.8), 0.13)
    _line(c, _xy(-0.4, -0.25, 0.4, -0.25), 0.12)
    _line(c, _ring(0.72, 10, 170, 0, 0.1), 0.13)


def _shell(c: Mask) -> None:
    for k in range(7):
        _fill(c, petal(1.45, 0.28, -150 + k * 20, 0, 0.75))
    _fill(c, _xy(-0.28, 0.72, 0.28, 0.72, 0.2, 0.95, -0.2, 0.95))


def _dots(c: Mask) -> None:
    for k in range(9):
        _fill(c, _ring(0.14 + 0.05 * (k % 3), cx=(k % 3 - 1) * 0.6, cy=(k // 3 - 1) * 0.6))


def _triangle(c: Mask) -> None:
    _line(c, _xy(0, -0.8, 0.9, 0.65, -0.9, 0.65), 0.11, True)
    _line(c, _xy(-0.42, 0.1, 0.42, 0.1), 0.09)


def _comb(c: Mask) -> None:
    for x, y in ((0, 0), (0.56, 0), (-0.56, 0), (0.28, 0.49), (-0.28, 0.49), (0.28, -0.49)):
        _fill(c, _star(3, 1.0) * 0.29 + _xy(x, y))


def _eye(c: Mask) -> None:
    t = np.linspace(-0.95, 0.95, 40)
    arc = 0.52 * (1 - (t / 0.95) ** 2)
    _line(c, np.r_[np.c_[t, arc], np.c_[t[::-1], -arc[::-1]]], 0.08, True)
    _fill(c, _ring(0.27))
    _fill(c, _ring(0.10, cx=0.07, cy=-0.08), 0)


def _tree(c: Mask) -> None:
    _line(c, _xy(0, 0.95, 0, -0.1), 0.11)
    for k in range(9):
        x, y = _polar(0.52, k, 9)[0]
        _fill(c, _ring(0.25, cx=x, cy=y - 0.3))
    _fill(c, _ring(0.3, cx=0, cy=-0.3))


def _rose(c: Mask) -> None:
    t = np.linspace(0, 5.4 * np.pi, 160)
    _line(c, np.stack([0.045 * t * np.cos(t), 0.045 * t * np.sin(t) - 0.15], axis=1), 0.09)
    _fill(c, petal(0.75, 0.3, 35, 0.05, 0.52))
    _fill(c, petal(0.75, 0.3, 145, -0.05, 0.52))


def _arch(c: Mask) -> None:
    for radius in (0.85, 0.58, 0.31):
        ends = _xy(radius, 0.85)
        _line(c, np.r_[_xy(-radius, 0.85), _ring(radius, 180, 360), ends], 0.09)


def _bird(c: Mask) -> None:
    _fill(c, _xy(-0.95, -0.1, -0.4, -0.35, 0.0, 0.02, 0.5, -0.6, 0.95, -0.55, 0.4, 0.3, -0.1, 0.5))
    _fill(c, _xy(-0.1, 0.45, -0.6, 0.8, -0.3, 0.25))


def _spark(c: Mask) -> None:
    _fill(c, _star(4, 0.22))
    _fill(c, _star(4, 0.08, 0.32) + _xy(0.62, -0.62))


def _molecule(c: Mask) -> None:
    nodes = _xy(-0.6, 0.3, 0, -0.1, 0.62, 0.25, 0.05, -0.75, -0.05, 0.75)
    for a, b in ((0, 1), (1, 2), (1, 3), (0, 4)):
        _line(c, nodes[[a, b]], 0.08)
    for k, node in enumerate(nodes):
        _fill(c, _ring(0.24 if k % 2 else 0.17) + node)


def _feather(c: Mask) -> None:
    _fill(c, petal(2.0, 0.62, -62, -0.45, 0.9))
    cut = _xy(-0.12, 0.30, 0.5, 0.05, 0.5, 0.12)
    _fill(c, cut, 0)


def _cotton(c: Mask) -> None:
    for k in range(5):
        _fill(c, _ring(0.33, cx=_polar(0.4, k, 5)[0][0], cy=_polar(0.4, k, 5)[0][1] - 0.25))
    _line(c, _xy(0, 0.2, 0, 0.95), 0.08)
    _fill(c, petal(0.6, 0.24, -30, 0, 0.75))


def _ringed(c: Mask) -> None:
    _line(c, _ring(0.92), 0.06, True)
    _line(c, _ring(0.78), 0.03, True)


_EMBLEMS: dict[str, Callable[[Mask], None]] = {
    "sun": _sun, "moon": _moon, "drop": _drop, "leaf": _leaf, "hexagon": _hexagon,
    "citrus": _citrus, "flower": _flower, "circle": _circle, "sprig": _sprig, "fern": _fern,
    "crown": _crown, "wave": _wave, "thistle": _thistle, "mountain": _mountain, "star": _stars,
    "cross": _cross, "diamond": _diamond, "heart": _heart, "anchor": _anchor, "shell": _shell,
    "dots": _dots, "triangle": _triangle, "comb": _comb, "eye": _eye, "tree": _tree,
    "rose": _rose, "arch": _arch, "bird": _bird, "spark": _spark, "molecule": _molecule,
    "feather": _feather, "cotton": _cotton, "monogram": _ringed,
}  # fmt: skip


@lru_cache(maxsize=512)
def emblem_mask(name: str, size: int, initial: str = "") -> Mask:
    """An emblem, uint8 (size, size) cover; `initial` is set inside a "monogram" ring."""
    canvas = np.zeros((_SIZE, _SIZE), np.uint8)
    _EMBLEMS[name](canvas)
    if name == "monogram" and initial:
        letter = text_mask(initial.upper(), "didone", _SIZE * 0.42)
        y, x = (_SIZE - letter.shape[0]) // 2 + round(_SIZE * 0.03), (_SIZE - letter.shape[1]) // 2
        area = canvas[y : y + letter.shape[0], x : x + letter.shape[1]]
        np.maximum(area, letter, out=area)
    return cv2.resize(canvas, (size, size), interpolation=cv2.INTER_AREA).astype(np.uint8)
