"""A hand that holds a product: palm and arm behind it, thumb and fingertips over its edges."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from beautyfinder.sample.lettering import Colour, Pixels
from beautyfinder.sample.palette import mix

Floats = npt.NDArray[np.float32]

SKINS: tuple[Colour, ...] = (
    (236, 196, 170),
    (222, 172, 138),
    (198, 146, 110),
    (150, 102, 72),
    (104, 68, 48),
)


@dataclass(frozen=True)
class Limb:
    """A tapering finger (or arm) from (x0, y0) to its tip (x1, y1), radii in pixels."""

    x0: float
    y0: float
    x1: float
    y1: float
    r0: float
    r1: float
    nail: bool = False


def _limb_depth(limb: Limb, x: Floats, y: Floats) -> tuple[Floats, Floats, Floats]:
    """Signed inside depth (1 on the axis, 0 on the outline), position along, side (-1..1)."""
    dx, dy = limb.x1 - limb.x0, limb.y1 - limb.y0
    length = max(float(np.hypot(dx, dy)), 1.0)
    along = np.clip(((x - limb.x0) * dx + (y - limb.y0) * dy) / length**2, 0, 1)
    # A little thicker at the knuckle and at the pad of the tip than between them.
    bulge = 1 + 0.07 * np.cos(along * 2 * np.pi * 1.35)
    radius = (limb.r0 + (limb.r1 - limb.r0) * along) * bulge
    ox, oy = x - (limb.x0 + along * dx), y - (limb.y0 + along * dy)
    distance = np.hypot(ox, oy)
    side = (ox * -dy + oy * dx) / length / np.maximum(radius, 1)
    depth = 1 - distance / np.maximum(radius, 1)
    return depth.astype(np.float32), along.astype(np.float32), side.astype(np.float32)


def draw_limb(
    image: Pixels, limb: Limb, skin: Colour, light: float = 1.0, shadow: bool = True
) -> None:
    """Paint one limb on uint8 (H, W, 3) RGB `image`, with the shadow it throws, in place."""
    reach = max(limb.r0, limb.r1) * 1.5 + 4
    x0, x1 = int(min(limb.x0, limb.x1) - reach), int(max(limb.x0, limb.x1) + reach)
    y0, y1 = int(min(limb.y0, limb.y1) - reach), int(max(limb.y0, limb.y1) + reach)
    x0, y0 = max(x0, 0), max(y0, 0)
    x1, y1 = min(x1, image.shape[1]), min(y1, image.shape[0])
    if x1 - x0 < 2 or y1 - y0 < 2:
        return
    area = image[y0:y1, x0:x1]
    y, x = np.mgrid[y0:y1, x0:x1].astype(np.float32)
    depth, along, side = _limb_depth(limb, x, y)
    edge = np.clip(depth * min(limb.r0, limb.r1) + 0.5, 0, 1)
    canvas = area.astype(np.float32)
    if shadow:
        drop = cv2.GaussianBlur(edge, (0, 0), max(limb.r1 * 0.30, 1.0))
        moved = np.array([[1, 0, limb.r1 * 0.10], [0, 1, limb.r1 * 0.28]], np.float32)
        drop = cv2.warpAffine(drop, moved, (drop.shape[1], drop.shape[0]))
        canvas *= 1 - 0.42 * drop[..., None]
    bulk = np.sqrt(np.clip(1 - (1 - np.clip(depth, 0, 1)) ** 2, 0, 1))
    shade = 0.64 + 0.34 * bulk - 0.13 * np.clip(side, -1, 1) * np.sign(limb.x1 - limb.x0 + 1e-3)
    rng = np.random.default_rng(int(abs(limb.x0) * 7 + abs(limb.y1)))
    grain = cv2.resize(
        rng.normal(0, 1, (max(4, area.shape[0] // 5), max(4, area.shape[1] // 5))).astype(
            np.float32
        ),
        (area.shape[1], area.shape[0]),
        interpolation=cv2.INTER_CUBIC,
    )
    shade += 0.014 * grain
    for crease in (0.40, 0.43):
        shade -= 0.10 * np.exp(-(((along - crease - 0.02 * side**2) * 70) ** 2)) * bulk
    warm = np.asarray(mix(skin, (214, 96, 84), 0.22), np.float32)
    tip = (np.clip(along - 0.55, 0, 1) * 1.5)[..., None]
    paint = (np.asarray(skin, np.float32) * (1 - tip) + warm * tip) * shade[..., None] * light
    if limb.nail:
        paint = _nail(paint, limb, x, y, skin)
    cover = edge[..., None]
    area[:] = np.clip(canvas * (1 - cover) + paint * cover, 0, 255).astype(np.uint8)


def _nail(paint: Floats, limb: Limb, x: Floats, y: Floats, skin: Colour) -> Floats:
    dx, dy = limb.x1 - limb.x0, limb.y1 - limb.y0
    length = max(float(np.hypot(dx, dy)), 1.0)
    ux, uy = dx / length, dy / length
    cx, cy = limb.x1 + ux * limb.r1 * 0.22, limb.y1 + uy * limb.r1 * 0.22
    a: npt.NDArray[np.float64] = ((x - cx) * ux + (y - cy) * uy) / (limb.r1 * 0.62)
    b: npt.NDArray[np.float64] = ((x - cx) * -uy + (y - cy) * ux) / (limb.r1 * 0.54)
    inside = 1 - (np.abs(a) ** 2.8 + np.abs(b) ** 2.6)
    cover = np.clip(inside * limb.r1 * 0.30, 0, 1)[..., None]
    rim = np.exp(-((inside * 5) ** 2))[..., None] * 0.16
    tone = np.asarray(mix(skin, (246, 206, 200), 0.55), np.float32)
    white = np.clip((a - 0.62) * 8, 0, 1)[..., None]
    colour = tone * (1 - white) + np.array([246, 238, 232], np.float32) * white
    colour = (
        colour * (0.90 - 0.12 * b[..., None] ** 2)
        + 42 * np.exp(-(((b + 0.35) * 5) ** 2))[..., None]
    )
    nailed: Floats = ((paint * (1 - rim)) * (1 - cover) + colour * cover).astype(np.float32)
    return nailed


def hand_behind(image: Pixels, box: tuple[int, int, int, int], skin: Colour, right: bool) -> None:
    """Palm and forearm behind a product whose box is (left, top, right, bottom), in place."""
    left, top, far, bottom = box
    width, height = far - left, bottom - top
    size = min(max(width, height * 0.30), height * 0.6)
    side = 1 if right else -1
    cx, cy = (left + far) / 2 + side * size * 0.30, bottom - max(height * 0.26, size * 0.30)
    tall = image.shape[0]
    arm = Limb(
        cx + side * size * 0.75, tall + size * 0.9, cx, cy + size * 0.2, size * 0.58, size * 0.50
    )
    draw_limb(image, arm, skin, 0.86, shadow=False)
    palm = Limb(cx + side * size * 0.15, cy + size * 0.35, cx - side * size * 0.1, cy - size * 0.1,
                size * 0.60, size * 0.52)  # fmt: skip
    draw_limb(image, palm, skin, 0.92, shadow=False)


def fingers_over(
    image: Pixels,
    box: tuple[int, int, int, int],
    skin: Colour,
    right: bool,
    rng: np.random.Generator,
) -> None:
    """Thumb from one side and fingertips from the other, over the product's edges, in place."""
    left, top, far, bottom = box
    width, height = far - left, bottom - top
    size = min(max(width, height * 0.30), height * 0.6)
    thick = size * 0.135
    side = 1 if right else -1
    palm_edge, finger_edge = (far, left) if right else (left, far)
    base = bottom - max(height * float(rng.uniform(0.28, 0.36)), thick * 3.4)
    reach = min(width * 0.16, thick * 1.6)
    for k in range(4):
        y = base + (k - 0.6) * thick * 2.02
        over = reach * (1.0, 1.15, 1.0, 0.62)[k] * float(rng.uniform(0.85, 1.1))
        radius = thick * (0.95, 1.0, 0.95, 0.82)[k]
        tip_x = finger_edge + side * (over - radius * 0.4)
        root_x = finger_edge - side * thick * 1.25
        limb = Limb(root_x, y + thick * 0.3, tip_x, y, radius * 1.05, radius * 0.92, nail=True)
        draw_limb(image, limb, skin)
    y = base - thick * 0.4
    thumb_x = palm_edge - side * min(width * 0.24, thick * 2.4)
    joint = (palm_edge + side * thick * 1.0, y + thick * 2.6)
    root = Limb(palm_edge + side * thick * 1.3, y + thick * 6.0, *joint, thick * 1.9, thick * 1.32)
    draw_limb(image, root, skin, shadow=False)
    tip = Limb(*joint, thumb_x, y, thick * 1.32, thick * 1.10, nail=True)
    draw_limb(image, tip, skin)
