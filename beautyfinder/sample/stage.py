"""The drawing board: bodies of revolution, slabs and quads with cover, colour and shading."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from beautyfinder.sample.finishes import Finish, shade_tables
from beautyfinder.sample.lettering import Colour

Floats = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]
Profile = Sequence[tuple[float, float]]  # (distance below the part's top, radius), millimetres


@dataclass(frozen=True)
class Stage:
    """A transparent board; drawing functions work in millimetres and add to it in place.

    `rgb` is float32 (H, W, 3) in 0..255 RGB, `cover` float32 (H, W) in 0..1, `ppm` the pixels per
    millimetre.
    """

    rgb: Floats
    cover: Floats
    ppm: float

    @property
    def width(self) -> float:
        return float(self.cover.shape[1] / self.ppm)

    @property
    def height(self) -> float:
        return float(self.cover.shape[0] / self.ppm)


def new_stage(width: float, height: float, ppm: float) -> Stage:
    """An empty board of `width` x `height` millimetres."""
    size = (max(8, math.ceil(height * ppm)), max(8, math.ceil(width * ppm)))
    return Stage(np.zeros((*size, 3), np.float32), np.zeros(size, np.float32), float(ppm))


def stage_pixels(stage: Stage) -> Pixels:
    """The finished board: uint8 (H, W, 4) RGBA, straight alpha."""
    rgba = np.empty((*stage.cover.shape, 4), np.uint8)
    rgba[..., :3] = np.clip(stage.rgb + 0.5, 0, 255)
    rgba[..., 3] = np.clip(stage.cover * 255 + 0.5, 0, 255)
    return rgba


def put(stage: Stage, left: int, top: int, rgb: Floats | Colour, cover: Floats) -> None:
    """Lay `rgb` (float32 (H, W, 3) or one colour) over the board through `cover` at a pixel."""
    x0, y0 = max(left, 0), max(top, 0)
    x1 = min(left + cover.shape[1], stage.cover.shape[1])
    y1 = min(top + cover.shape[0], stage.cover.shape[0])
    if x0 >= x1 or y0 >= y1:
        return
    part = cover[y0 - top : y1 - top, x0 - left : x1 - left]
    paint: Floats = (
        np.asarray(rgb, np.float32)
        if isinstance(rgb, tuple)
        else rgb[y0 - top : y1 - top, x0 - left : x1 - left]
    )
    under = stage.cover[y0:y1, x0:x1]
    total = part + under * (1 - part)
    share = (part / np.maximum(total, 1e-4))[..., None]
    board = stage.rgb[y0:y1, x0:x1]
    board += (paint - board) * share
    under[:] = total


def turned(
    stage: Stage,
    centre: float,
    top: float,
    profile: Profile,
    finish: Finish,
    colour: Colour,
    texture: Pixels | None = None,
    sag: float = 0.05,
    flat: float = 1.0,
    opacity: float = 1.0,
    open_top: bool | None = None,
) -> None:
    """A body of revolution (bottle, cap, jar, tube) seen from slightly above.

    `texture` is uint8 (h, w, 3) RGB wrapped round the visible half. `sag` bends horizontals into
    arcs (share of the radius); `flat` > 1 makes the section an oval box instead of a circle.
    `open_top` also shows the top disc behind the front edge; by default where nothing is printed.
    """
    ppm = stage.ppm
    length = profile[-1][0]
    widest = max(radius for _, radius in profile)
    droop = sag * widest * ppm
    rows = math.ceil(length * ppm + droop) + 2
    columns = math.ceil(2 * widest * ppm) + 4
    left = math.floor(centre * ppm - columns / 2)
    start = math.floor(top * ppm)
    y = np.arange(rows, dtype=np.float32)[:, None] + np.float32(0.5 + start - top * ppm)
    x = np.arange(columns, dtype=np.float32)[None, :] + np.float32(0.5 + left - centre * ppm)
    heights = [point[0] * ppm for point in profile]
    radii = [point[1] * ppm for point in profile]
    start_foot = _foot_start(heights, radii)
    held = np.minimum(y[:, 0], heights[start_foot])  # the rounded foot is cut out by `under`
    radius = np.interp(held, heights, radii).astype(np.float32)[:, None]
    u = x / np.maximum(radius, 0.5)
    steps = np.clip(np.abs(u) * 1023, 0, 1023).astype(np.int32)
    bent = y - sag * radius * _arc_table(flat)[steps]
    if open_top if open_top is not None else texture is None:
        _disc(stage, centre, top, profile[0][1], sag, flat, finish, colour)
    under = _lower_edge(x[0], heights, radii, start_foot, sag, flat)
    # Where the outline runs nearly level its soft edge spans more columns.
    steep = np.sqrt(1 + np.gradient(radius[:, 0])[:, None] ** 2).astype(np.float32)
    cover = np.clip((radius - np.abs(x)) / steep + 0.5, 0, 1)
    cover *= np.clip(bent + 0.5, 0, 1) * np.clip(under[None, :] - y + 0.5, 0, 1)
    tables = shade_tables(finish, flat)
    index = np.clip(u * 127.5 + 127.5, 0, 255).astype(np.uint8)
    if texture is None:
        paint = (np.asarray(colour, np.float32) * tables.tint + tables.gloss)[index]
    else:
        height, width = texture.shape[:2]
        clipped = np.clip(u, -0.999, 0.999)
        angle = np.arcsin(clipped) / np.float32(math.pi) if flat <= 1.5 else clipped * 0.5
        map_x = (angle + 0.5) * width - 0.5
        map_y = np.broadcast_to(bent * (height / (length * ppm)) - 0.5, map_x.shape)
        albedo = cv2.remap(
            texture,
            map_x.astype(np.float32),
            map_y.astype(np.float32),
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
        paint = albedo * tables.tint[index] + tables.gloss[index]
    fall = 1.03 - 0.09 * np.clip(bent / max(length * ppm, 1), 0, 1)  # light comes from above
    put(stage, left, start, (paint * fall[..., None]).astype(np.float32), cover * opacity)


@lru_cache(maxsize=32)
def _arc_table(flat: float) -> Floats:
    """Height of the front of the section over its width: 1 in the middle, 0 at the edge."""
    u = np.linspace(0, 1, 1024)
    return np.sqrt(np.clip(1 - u ** (2 * flat), 0, 1)).astype(np.float32)


def _foot_start(heights: list[float], radii: list[float]) -> int:
    """The point of the profile where its rounded foot begins; the last point where it has none."""
    first = len(heights) - 1
    while (
        first > 0
        and heights[first - 1] > heights[-1] * 0.65
        and radii[first - 1] >= radii[first] - 1e-6
    ):
        first -= 1
    return first


def _lower_edge(
    x: Floats, heights: list[float], radii: list[float], first: int, sag: float, flat: float
) -> Floats:
    """For each column the lowest row of the body: the envelope of the rounded foot's ellipses."""
    along = np.linspace(first, len(heights) - 1, 1 + 6 * (len(heights) - 1 - first))
    h = np.interp(along, np.arange(len(heights)), heights)[:, None]
    r = np.interp(along, np.arange(len(radii)), radii)[:, None]
    ratio = np.abs(x)[None, :] / np.maximum(r, 0.5)
    reach = h + sag * r * np.sqrt(np.clip(1 - ratio ** (2 * flat), 0, 1))
    lowest: Floats = np.where(ratio <= 1, reach, heights[first]).max(axis=0).astype(np.float32)
    return lowest


def _disc(
    stage: Stage,
    centre: float,
    top: float,
    radius: float,
    sag: float,
    flat: float,
    finish: Finish,
    colour: Colour,
) -> None:
    ppm = stage.ppm
    rx, ry = radius * ppm, max(radius * sag * ppm, 0.6)
    shade = np.asarray(colour, np.float32) * (0.55 if finish.name == "glass" else 1.0)
    high = shade + (255 - shade) * (0.38 if finish.metal else 0.22)
    rows, columns = math.ceil(2 * ry) + 4, math.ceil(2 * rx) + 4
    left, start = math.floor(centre * ppm - columns / 2), math.floor(top * ppm - ry - 2)
    x = (np.arange(columns) + 0.5 + left - centre * ppm)[None, :] / max(rx, 0.5)
    y = (np.arange(rows) + 0.5 + start - top * ppm)[:, None] / ry
    # The part below its middle lies under the front, whose edge bends down as far.
    inside = 1 - np.sqrt(np.abs(x) ** (2 * flat) + y**2)
    cover = np.clip(inside * ry + 0.5, 0, 1).astype(np.float32)
    share = np.clip(0.5 - 0.35 * x - 0.2 * y, 0, 1)[..., None]
    paint = (shade * (1 - share) + high * share).astype(np.float32)
    put(stage, left, start, paint, cover)


def rounded_distance(columns: int, rows: int, radius: float, margin: float = 0) -> Floats:
    """Signed distance in pixels to a rounded rectangle filling (rows, columns) less `margin`."""
    radius = max(0.0, min(radius, columns / 2 - margin, rows / 2 - margin))
    x = np.abs(np.arange(columns, dtype=np.float32) + 0.5 - columns / 2)
    y = np.abs(np.arange(rows, dtype=np.float32) + 0.5 - rows / 2)
    dx = (x - (columns / 2 - margin) + radius)[None, :]
    dy = (y - (rows / 2 - margin) + radius)[:, None]
    outside = np.hypot(np.maximum(dx, 0), np.maximum(dy, 0))
    inside = np.minimum(np.maximum(dx, dy), 0)
    distance: Floats = (outside + inside - radius).astype(np.float32)
    return distance


def slab(
    stage: Stage,
    x: float,
    y: float,
    width: float,
    height: float,
    corner: float,
    paint: Pixels | Colour,
    rim: float = 0.0,
    dish: bool = False,
    sheen: float = 0.10,
    opacity: float = 1.0,
) -> None:
    """A flat rounded rectangle seen face on; (x, y) is its corner, all in millimetres.

    `rim` is the bevel's width (lit from the upper left, or pressed in where `dish`), `sheen` the
    strength of a diagonal brightening.
    """
    ppm = stage.ppm
    columns, rows = max(2, round(width * ppm)) + 2, max(2, round(height * ppm)) + 2
    distance = rounded_distance(columns, rows, corner * ppm, 1)
    cover = np.clip(0.5 - distance, 0, 1) * opacity
    if isinstance(paint, tuple):
        base: Floats = np.empty((rows, columns, 3), np.float32)
        base[:] = paint
    else:
        base = cv2.resize(paint, (columns, rows), interpolation=cv2.INTER_AREA).astype(np.float32)
    diagonal = np.linspace(1, -1, columns)[None, :] * 0.5 + np.linspace(1, -1, rows)[:, None] * 0.5
    light = 1 + sheen * diagonal.astype(np.float32)
    if rim > 0:
        edge = np.clip(1 + distance / (rim * ppm), 0, 1)
        gy, gx = np.gradient(cv2.GaussianBlur(distance, (0, 0), max(rim * ppm * 0.3, 0.5)))
        slope = -(gx * 0.6 + gy * 0.8) * (-1 if dish else 1)
        light += (0.34 * slope * edge).astype(np.float32)
    shaded = base * light[..., None]
    over = np.maximum(light - 1, 0)[..., None] * 90
    put(stage, round(x * ppm) - 1, round(y * ppm) - 1, shaded + over, cover.astype(np.float32))


def quad(
    stage: Stage, texture: Pixels, corners: Sequence[tuple[float, float]], light: float = 1.0
) -> None:
    """A flat face in perspective: `corners` clockwise from its upper left, millimetres."""
    target = np.asarray(corners, np.float32) * stage.ppm
    low, high = np.floor(target.min(axis=0)) - 1, np.ceil(target.max(axis=0)) + 1
    left, top = int(low[0]), int(low[1])
    size = (int(high[0]) - left, int(high[1]) - top)
    height, width = texture.shape[:2]
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, target - low)
    face = cv2.warpPerspective(
        texture, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    put(stage, left, top, face.astype(np.float32) * light, polygon_cover(target - low, size))


def polygon_cover(points: npt.NDArray[np.float32], size: tuple[int, int]) -> Floats:
    """Smooth-edged cover, float32 (H, W), of a polygon (K, 2) in pixels; `size` is (W, H)."""
    mask = np.zeros((size[1] * 2, size[0] * 2), np.uint8)
    cv2.fillPoly(mask, [np.round(points * 32).astype(np.int32)], (255,), cv2.LINE_AA, 4)
    half = cv2.resize(mask, size, interpolation=cv2.INTER_AREA)
    return (half / np.float32(255)).astype(np.float32)


def polygon(stage: Stage, points: Sequence[tuple[float, float]], colour: Colour) -> None:
    """A flat polygon in one colour, millimetres."""
    target = np.asarray(points, np.float32) * stage.ppm
    low, high = np.floor(target.min(axis=0)) - 1, np.ceil(target.max(axis=0)) + 1
    size = (int(high[0] - low[0]), int(high[1] - low[1]))
    put(stage, int(low[0]), int(low[1]), colour, polygon_cover(target - low, size))
