"""Phone photos: a product of the catalogue in somebody's hand, on a table or on a shop shelf."""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from beautyfinder.sample.hand import SKINS, fingers_over, hand_behind
from beautyfinder.sample.lettering import Pixels, fitted_mask, stamp
from beautyfinder.sample.packs import LYING, draw_pack, draw_pack_at, pack_size
from beautyfinder.sample.phone import develop
from beautyfinder.sample.places import blurred_shelf, room, table_top
from beautyfinder.sample.products import Product
from beautyfinder.sample.surfaces import SURFACES, cloud

Rng = np.random.Generator
Floats = npt.NDArray[np.float32]
Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Placed:
    """A cut-out put into perspective: full-frame colour and cover, and its box in the frame."""

    rgb: Pixels
    cover: Floats
    box: Box


def _place(
    pack: Pixels,
    size: tuple[int, int],
    centre: tuple[float, float],
    turn: float,
    tilt: float,
    rng: Rng,
) -> Placed:
    """Turn `pack` by `turn` degrees, lean it by `tilt` (a share) and set it at `centre`."""
    height, width = pack.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    target = corners - (width / 2, height / 2)
    lean = rng.uniform(-tilt, tilt, 2)
    # A nearer edge is longer: stretch each corner by how far the tilt brings it forward.
    reach = max(width, height) / 2
    near = 1 + target[:, 0] / reach * lean[0] + target[:, 1] / reach * lean[1]
    target = target * near[:, None]
    target[:, 0] *= 1 - 0.5 * abs(lean[0])
    c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    target = (target @ np.array([[c, s], [-s, c]]) + centre).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target)
    padded = pack.copy()
    padded[padded[..., 3] == 0] = 0
    premultiplied = padded.astype(np.float32)
    premultiplied[..., :3] *= premultiplied[..., 3:] / 255
    warped = cv2.warpPerspective(premultiplied, matrix, size, flags=cv2.INTER_AREA)
    cover = warped[..., 3] / 255
    rgb = np.clip(warped[..., :3] / np.maximum(cover, 1e-3)[..., None], 0, 255).astype(np.uint8)
    low, high = target.min(axis=0), target.max(axis=0)
    return Placed(
        rgb, cover.astype(np.float32), (int(low[0]), int(low[1]), int(high[0]), int(high[1]))
    )


def _paste(image: Pixels, placed: Placed) -> None:
    x0, y0, x1, y1 = placed.box
    x0, y0 = max(x0 - 2, 0), max(y0 - 2, 0)
    x1, y1 = min(x1 + 2, image.shape[1]), min(y1 + 2, image.shape[0])
    if x0 >= x1 or y0 >= y1:
        return
    area = image[y0:y1, x0:x1]
    cover = placed.cover[y0:y1, x0:x1, None]
    area[:] = (area + (placed.rgb[y0:y1, x0:x1] - area.astype(np.float32)) * cover + 0.5).astype(
        np.uint8
    )


def _cast(
    image: Pixels, cover: Floats, shift: tuple[float, float], soft: float, dark: float
) -> None:
    """Darken `image` where `cover`, moved and blurred, would throw its shadow, in place."""
    small = cv2.resize(cover, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    move = np.array([[1, 0, shift[0] / 4], [0, 1, shift[1] / 4]], np.float64)
    small = cv2.warpAffine(small, move, (small.shape[1], small.shape[0]))
    small = cv2.GaussianBlur(small, (0, 0), max(soft / 4, 0.6))
    shade = cv2.resize(small, (image.shape[1], image.shape[0]), interpolation=cv2.INTER_LINEAR)
    image[:] = (image * (1 - dark * np.clip(shade, 0, 1)[..., None])).astype(np.uint8)


def _pack_for(
    product: Product, size: tuple[int, int], fill: float, turn: float, room: float = 0.97
) -> Pixels:
    """The product's cut-out at the size where its turned box covers `fill` of the frame.

    It stays within `room`, a share of the frame's height, and within the frame's width.
    """
    width, height = size
    board = pack_size(product)
    c, s = abs(np.cos(np.radians(turn))), abs(np.sin(np.radians(turn)))
    box = (board[0] * c + board[1] * s, board[0] * s + board[1] * c)
    ppm = (fill * width * height / (box[0] * box[1])) ** 0.5
    ppm = min(ppm, 0.97 * width / box[0], room * height / box[1])
    return draw_pack_at(product, float(ppm))


def _scene_hand(product: Product, others: list[Product], size: tuple[int, int], rng: Rng) -> Pixels:
    width, height = size
    image = (
        blurred_shelf(size, others, rng, float(rng.uniform(5, 11)))
        if rng.random() < 0.6
        else room(size, rng)
    )
    turn = float(rng.normal(0, 9))
    pack = _pack_for(product, size, float(rng.uniform(0.40, 0.60)), turn)
    centre = (width * float(rng.uniform(0.44, 0.56)), height * float(rng.uniform(0.45, 0.50)))
    placed = _place(pack, size, centre, turn, 0.07, rng)
    skin = SKINS[int(rng.integers(len(SKINS)))]
    right = bool(rng.random() < 0.5)
    box = _solid_box(placed)
    hand_behind(image, box, skin, right)
    _cast(image, placed.cover, (10, 16), 16, 0.35)
    _paste(image, placed)
    fingers_over(image, box, skin, right, rng)
    return image


def _solid_box(placed: Placed) -> Box:
    """The box of what is opaque in the lower two thirds, where a hand would grip."""
    x0, y0, x1, y1 = placed.box
    y0, y1 = max(y0, 0), min(y1, placed.cover.shape[0])
    grip = placed.cover[y0 + (y1 - y0) // 2 : y0 + (y1 - y0) * 4 // 5]
    used = np.flatnonzero((grip > 0.6).mean(axis=0) > 0.4)
    if len(used) == 0:
        return x0, y0, x1, y1
    return int(used[0]), y0, int(used[-1]), y1


def _scene_table(
    product: Product, others: list[Product], size: tuple[int, int], rng: Rng
) -> Pixels:
    width, height = size
    horizon = float(rng.uniform(0.40, 0.62))
    image = room(size, rng) if rng.random() < 0.6 else blurred_shelf(size, others, rng, 9)
    table, cover = table_top(size, horizon, rng)
    blur = cv2.GaussianBlur(table, (0, 0), 3)
    far = np.clip((np.arange(height) / height - horizon) * 4, 0, 1).astype(np.float32)[
        :, None, None
    ]
    table = (blur * (1 - far) + table * far).astype(np.uint8)
    image[:] = (image * (1 - cover[..., None]) + table * cover[..., None]).astype(np.uint8)
    turn = float(rng.normal(0, 4))
    pack = _pack_for(product, size, float(rng.uniform(0.40, 0.66)), turn, 0.90)
    foot = height * float(rng.uniform(0.90, 0.97))
    centre = (width * float(rng.uniform(0.40, 0.60)), foot - pack.shape[0] / 2)
    for k, other in enumerate(others[: int(rng.integers(1, 4))]):
        side = -1 if k % 2 else 1
        scale = float(rng.uniform(0.55, 0.85))
        cut = draw_pack(other, round(pack.shape[0] * scale * 0.7), round(pack.shape[0] * scale))
        back = foot - height * float(rng.uniform(0.05, 0.14))
        apart = (pack.shape[1] / 2 + cut.shape[1] * float(rng.uniform(0.25, 0.62))) * side
        at = (centre[0] + apart, max(back, height * horizon + 20) - cut.shape[0] / 2)
        neighbour = _place(cut, size, at, float(rng.normal(0, 3)), 0.04, rng)
        soft = cv2.GaussianBlur(neighbour.rgb, (0, 0), 1.4).astype(np.uint8)
        _foot_shadow(image, neighbour)
        _paste(image, Placed(soft, neighbour.cover, neighbour.box))
    placed = _place(pack, size, centre, turn, 0.06, rng)
    _foot_shadow(image, placed)
    _paste(image, placed)
    return image


def _foot_shadow(image: Pixels, placed: Placed) -> None:
    """A contact shadow under a standing product and a long one to its side, in place."""
    x0, _, x1, y1 = placed.box
    height, width = image.shape[:2]
    mask = np.zeros((height, width), np.float32)
    centre = ((x0 + x1) // 2 + (x1 - x0) // 5, min(y1, height) - (x1 - x0) // 24)
    axes = (max(4, round((x1 - x0) * 0.66)), max(3, (x1 - x0) // 9))
    cv2.ellipse(mask, centre, axes, 0, 0, 360, (1.0,), -1)
    _cast(image, mask, (0, 0), (x1 - x0) * 0.06, 0.5)


def _scene_flat(product: Product, others: list[Product], size: tuple[int, int], rng: Rng) -> Pixels:
    width, height = size
    name = list(SURFACES)[int(rng.integers(len(SURFACES)))]
    side = max(width, height)
    ground = SURFACES[name](side, side, rng)
    angle = float(rng.uniform(-25, 25))
    matrix = cv2.getRotationMatrix2D((side / 2, side / 2), angle, float(rng.uniform(1.2, 1.5)))
    turned = cv2.warpAffine(ground, matrix, (side, side), borderMode=cv2.BORDER_REFLECT)
    image: Pixels = np.ascontiguousarray(turned[:height, :width]).astype(np.uint8)
    turn = float(rng.normal(0, 17))
    pack = _pack_for(product, size, float(rng.uniform(0.40, 0.70)), turn)
    spots = [(0.06, 0.18), (0.95, 0.82), (0.92, 0.10), (0.08, 0.90)]
    order = rng.permutation(4)
    for k, other in enumerate(others[: int(rng.integers(2, 5))]):
        share = float(rng.uniform(0.30, 0.5))
        cut = draw_pack(other, round(width * share), round(height * share))
        spot = spots[int(order[k])]
        at = (width * spot[0], height * spot[1])
        neighbour = _place(cut, size, at, float(rng.uniform(-70, 70)), 0.05, rng)
        _cast(image, neighbour.cover, (9, 13), 12, 0.45)
        _paste(image, neighbour)
    centre = (width * float(rng.uniform(0.45, 0.55)), height * float(rng.uniform(0.46, 0.54)))
    placed = _place(pack, size, centre, turn, 0.10, rng)
    _cast(image, placed.cover, (12, 18), 14, 0.5)
    _cast(image, placed.cover, (3, 4), 5, 0.35)
    _paste(image, placed)
    return image


def _scene_shelf(
    product: Product, others: list[Product], size: tuple[int, int], rng: Rng
) -> Pixels:
    width, height = size
    tones = ((224, 220, 214), (176, 150, 120), (90, 92, 96), (238, 238, 236))
    tone = np.asarray(tones[int(rng.integers(len(tones)))], np.float32)
    image = np.empty((height, width, 3), np.uint8)
    back = tone * 0.72 * (1 + 0.05 * cloud(height, width, rng, (3, 9))[..., None])
    image[:] = np.clip(back, 0, 255).astype(np.uint8)
    floor = round(height * float(rng.uniform(0.84, 0.90)))
    image[:floor] = (
        (image[:floor] * np.linspace(0.72, 1.05, floor)[:, None, None])
        .clip(0, 255)
        .astype(np.uint8)
    )
    lip = round(height * 0.05)
    image[floor:] = np.clip(tone * 1.02, 0, 252).astype(np.uint8)
    image[floor + lip :] = (tone * 0.45).astype(np.uint8)
    _shelf_furniture(image, tone, floor, lip, product, others, rng)
    turn = float(rng.normal(0, 2.5))
    pack = _pack_for(product, size, float(rng.uniform(0.40, 0.66)), turn, 0.86)
    centre = (width * float(rng.uniform(0.42, 0.58)), floor + lip * 0.45 - pack.shape[0] / 2)
    for side in (-1, 1):
        x = centre[0] + side * pack.shape[1] * 0.53
        for other in others[(0 if side < 0 else 2) :][:2]:
            tall = round(pack.shape[0] * float(rng.uniform(0.7, 1.02)))
            cut = draw_pack(other, round(width * 0.42), min(tall, round(height * 0.8)))
            at = (x + side * cut.shape[1] / 2, floor + lip * 0.25 - cut.shape[0] / 2)
            neighbour = _place(cut, size, at, float(rng.normal(0, 1.5)), 0.03, rng)
            _foot_shadow(image, neighbour)
            _paste(image, neighbour)
            x += side * cut.shape[1] * 1.03
    placed = _place(pack, size, centre, turn, 0.06, rng)
    _cast(image, placed.cover, (14, 4), 18, 0.4)
    _foot_shadow(image, placed)
    _paste(image, placed)
    return image


def _shelf_furniture(
    image: Pixels,
    tone: Floats,
    floor: int,
    lip: int,
    product: Product,
    others: list[Product],
    rng: Rng,
) -> None:
    """Price tickets on the shelf's edge and the next shelf's foot at the top, in place."""
    height, width = image.shape[:2]
    upper = round(height * float(rng.uniform(0.0, 0.07)))
    image[:upper] = np.clip(tone * 0.95, 0, 250).astype(np.uint8)
    image[upper : upper + lip // 2] = (image[upper : upper + lip // 2] * 0.6).astype(np.uint8)
    x = float(rng.uniform(0.02, 0.12)) * width
    for entry in (product, *others):
        w, h = round(lip * 2.6), round(lip * 1.25)
        y0, x0 = floor + lip // 2, round(x)
        ticket = image[y0 : y0 + h, x0 : x0 + w]
        ticket[:] = (250, 248, 236) if rng.random() < 0.75 else (255, 222, 60)
        stamp(ticket, fitted_mask(entry.price, "condensed", h * 0.36, 0, w * 0.86),
              w * 0.07, h * 0.34, (30, 30, 34))  # fmt: skip
        stamp(ticket, fitted_mask(entry.brand.name, "humanist-narrow", h * 0.16, 0, w * 0.8),
              w * 0.07, h * 0.06, (70, 70, 76))  # fmt: skip
        x += w * float(rng.uniform(1.3, 2.2))


_SCENES: dict[str, Callable[[Product, list[Product], tuple[int, int], Rng], Pixels]] = {
    "hand": _scene_hand,
    "table": _scene_table,
    "flat": _scene_flat,
    "shelf": _scene_shelf,
}


def draw_phone_photo(
    product: Product, others: list[Product], seed: tuple[int, ...], turn: int
) -> Pixels:
    """A phone photo of `product` with `others` about it: uint8 (H, W, 3) RGB.

    `turn` is the photo's number; the kinds of scene take turns so that few photos show them all.
    """
    rng = np.random.default_rng(seed)
    standing = [other for other in others if other.kind not in LYING]
    kinds = ("flat", "hand") if product.kind in LYING else ("hand", "table", "shelf", "flat")
    kind = kinds[turn % len(kinds)]
    sizes = ((900, 1200), (900, 1200), (960, 1280), (1200, 900))
    size = sizes[int(rng.integers(len(sizes)))]
    board = pack_size(product)
    tall = board[1] > board[0] * 1.5 and rng.random() < 0.75  # nobody lies the phone down for these
    if size[0] > size[1] and (tall or kind == "hand"):
        size = (900, 1200)
    company = others if kind == "flat" else standing
    image = _SCENES[kind](product, company, size, rng)
    return develop(image, rng)
