"""The catalogue picture: a product on a studio backdrop with its shadow."""

from dataclasses import replace

import cv2
import numpy as np

from beautyfinder.sample.lettering import Pixels
from beautyfinder.sample.look import Look, make_look
from beautyfinder.sample.packs import LYING, draw_pack, pack_size
from beautyfinder.sample.products import Product
from beautyfinder.sample.surfaces import concrete, linen, marble, wood

_TEXTURES = (marble, linen, wood, concrete)


# These are often shown beside the carton they come in.
_BOXED = frozenset({"flacon", "dropper", "airless", "jar"})


def _with_carton(product: Product, look: Look, width: int, height: int) -> Pixels | None:
    """The product in front of its carton, uint8 (H, W, 4) RGBA, for about a quarter of families."""
    if product.kind not in _BOXED or look.form[6] > 0.26:
        return None
    pack = draw_pack(product, round(width * 0.62), height)
    carton = replace(product, kind="carton")
    box = draw_pack(carton, round(width * 0.52), round(max(pack.shape[0], height * 0.6) * 0.97))
    rows = max(box.shape[0] + round(height * 0.02), pack.shape[0])
    left = round(box.shape[1] * 0.97)
    group = np.zeros((rows, left + pack.shape[1], 4), np.uint8)
    top = rows - box.shape[0] - round(height * 0.02)
    group[top : top + box.shape[0], : box.shape[1]] = box
    area = group[rows - pack.shape[0] :, left:]
    cover = pack[..., 3:].astype(np.float32) / 255
    area[..., :3] = area[..., :3] * (1 - cover) + pack[..., :3] * cover
    area[..., 3] = np.maximum(area[..., 3], pack[..., 3])
    return group


def _frame(product: Product, rng: np.random.Generator) -> tuple[int, int]:
    """Width and height: the longer side 600 to 800, square or upright as the product asks."""
    longer = int(rng.choice([600, 640, 680, 700, 720, 750, 800]))
    board = pack_size(product)
    if board[1] < board[0] * 0.9:
        ratio = float(rng.choice([1.0, 0.8]))
    elif board[1] < board[0] * 1.5:
        ratio = 1.0
    else:
        ratio = float(rng.choice([1.0, 1.25, 4 / 3, 4 / 3, 1.5]))
    return (round(longer / ratio), longer) if ratio >= 1 else (longer, round(longer * ratio))


def _backdrop(height: int, width: int, look: Look, rng: np.random.Generator, lying: bool) -> Pixels:
    if look.backdrop == "white":
        return np.full((height, width, 3), 255, np.uint8)
    if look.backdrop == "texture":
        drawn = _TEXTURES[int(rng.integers(len(_TEXTURES)))](height, width, rng)
        return (drawn * np.float32(0.55) + np.float32(107)).astype(np.uint8)
    tone = look.backdrop_colour if look.backdrop == "pastel" else (238, 238, 238)
    y = np.linspace(0, 1, height // 2, dtype=np.float32)[:, None, None]
    x = np.linspace(-1, 1, width // 2, dtype=np.float32)[None, :, None]
    light = 1.03 - 0.07 * (x**2 + (2 * y - 1) ** 2) / 2
    if not lying:  # where the wall meets the table, seen out of focus
        light = light * (
            1 - 0.06 * np.clip((y - 0.74) * 14, 0, 1) + 0.05 * np.clip((y - 0.8) * 4, 0, 1)
        )
    small = np.clip(np.asarray(tone, np.float32) * light, 0, 255).astype(np.uint8)
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR).astype(np.uint8)


def _shadow(alpha: Pixels, shape: tuple[int, int], x: int, y: int, lying: bool) -> Pixels:
    """How much light is kept, uint8 (H, W); worked out at a quarter of the size, being soft."""
    small = (max(1, shape[1] // 4), max(1, shape[0] // 4))
    mask = np.zeros((small[1] + 1, small[0] + 1), np.float32)
    rows, columns = max(1, alpha.shape[0] // 4), max(1, alpha.shape[1] // 4)
    reduced = cv2.resize(alpha, (columns, rows), interpolation=cv2.INTER_AREA) / np.float32(255)
    if lying:
        reduced = reduced * 0.55
        top, left = y // 4 + 4, x // 4 + 3
        area = mask[top : top + rows, left : left + columns]
        area[:] = reduced[: area.shape[0], : area.shape[1]]
        keep = cv2.GaussianBlur(mask, (0, 0), 4.0)
    else:
        foot = reduced[-max(2, rows // 16) :].max(axis=0)
        used = np.flatnonzero(foot > 0.5)
        left, right = (int(used[0]), int(used[-1])) if len(used) else (0, columns)
        centre = (x // 4 + (left + right) // 2, (y + alpha.shape[0]) // 4 - 1)
        half = max(2, (right - left) // 2)
        cv2.ellipse(mask, centre, (round(half * 1.12), max(2, half // 7)), 0, 0, 360, (0.85,), -1)
        contact = cv2.GaussianBlur(mask, (0, 0), max(1.0, half * 0.05))
        mask[:] = 0
        cast = (centre[0] + half // 3, centre[1])
        cv2.ellipse(mask, cast, (round(half * 1.45), max(2, half // 4)), 0, 0, 360, (0.42,), -1)
        keep = np.maximum(contact * 0.8, cv2.GaussianBlur(mask, (0, 0), max(2.0, half * 0.16)))
    whole = cv2.resize(
        keep[: small[1], : small[0]], (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR
    )
    return np.clip(255 - whole * 160, 0, 255).astype(np.uint8)


def draw_catalogue_picture(product: Product) -> Pixels:
    """The picture a shop would show: uint8 (H, W, 3) RGB, longer side 600 to 800."""
    look = make_look(product)
    rng = np.random.default_rng((*product.look, 5))
    width, height = _frame(product, rng)
    lying = product.kind in LYING
    fill = float(rng.uniform(0.88, 0.96))
    room = (round(width * fill), round(height * (fill - 0.02)))
    pack = _with_carton(product, look, *room)
    if pack is None:
        pack = draw_pack(product, *room)
    image = _backdrop(height, width, look, rng, lying)
    x = (width - pack.shape[1]) // 2
    y = (height - pack.shape[0]) // 2 - (0 if lying else round(height * 0.01))
    keep = _shadow(np.ascontiguousarray(pack[..., 3]), (height, width), x, y, lying)
    image = cv2.multiply(image, cv2.merge([keep, keep, keep]), scale=1 / 255).astype(np.uint8)
    if not lying and look.form[11] > 0.66 and look.backdrop in {"white", "grey"}:
        _reflect(image, pack, x, y)
    area = image[y : y + pack.shape[0], x : x + pack.shape[1]]
    cover = pack[..., 3:].astype(np.float32) / 255
    area[:] = (area + (pack[..., :3] - area.astype(np.float32)) * cover + 0.5).astype(np.uint8)
    return image


def _reflect(image: Pixels, pack: Pixels, x: int, y: int) -> None:
    """A faint mirror image below the product, as on a glass table, in place."""
    foot = y + pack.shape[0]
    rows = min(image.shape[0] - foot, pack.shape[0] // 5)
    if rows < 4:
        return
    mirrored = pack[::-1][:rows]
    fade = np.linspace(0.22, 0, rows, dtype=np.float32)[:, None, None]
    cover = mirrored[..., 3:].astype(np.float32) / 255 * fade
    area = image[foot : foot + rows, x : x + pack.shape[1]]
    area[:] = (area + (mirrored[..., :3] - area.astype(np.float32)) * cover + 0.5).astype(np.uint8)
