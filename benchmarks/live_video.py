"""Draws a video of products held up to a webcam: they come, stay, are turned, stay and go."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from beautyfinder.sample.hand import SKINS, fingers_over, hand_behind
from beautyfinder.sample.lettering import Pixels
from beautyfinder.sample.packs import draw_pack_at, pack_size
from beautyfinder.sample.places import blurred_shelf, room
from beautyfinder.sample.products import Product

Floats = npt.NDArray[np.float32]
Rng = np.random.Generator
SIZE = (1280, 720)
FPS = 24
_ROOM_BELOW = 420  # of the arm, which comes into the picture when the product is lifted
_EXPOSURES = 4  # within the time of a frame that moves
_SEEN_MOVING = 1.5  # pixels
# What is done with a product, in seconds: where it is at the end of each part, as a share of the
# frame's height below its place, and by how many degrees it is turned.
_PARTS = (
    (0.5, 1.6, 0.0), (0.7, 0.0, 4.0), (2.6, 0.0, 4.0), (0.6, 0.06, -9.0), (1.8, 0.06, -9.0),
    (0.6, 1.6, 10.0),
)  # fmt: skip
SECONDS = sum(part[0] for part in _PARTS)
"""That each product takes."""
_STAYS = (1.2, 6.2)  # seconds between which it is held up


@dataclass(frozen=True)
class Shown:
    """A product of the video. begin, end: seconds between which it is held up, moving or not."""

    product_id: str
    begin: float
    end: float


def write_video(
    path: Path, products: Sequence[Product], others: Sequence[Product], seed: int = 7
) -> list[Shown]:
    """Write the video and return what it shows when. Raises OSError where nothing encodes it."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), FPS, SIZE)
    if not writer.isOpened():
        raise OSError(f"{path}: OpenCV has no encoder for MPEG-4 here")
    shown = []
    for number, product in enumerate(products):
        for frame in _frames(product, others, np.random.default_rng((seed, number))):
            writer.write(cv2.cvtColor(frame, cv2.COLOR_RGB2BGR))
        begin = number * SECONDS
        shown.append(Shown(product.product_id, begin + _STAYS[0], begin + _STAYS[1]))
    writer.release()
    return shown


def _frames(product: Product, others: Sequence[Product], rng: Rng) -> Iterator[Pixels]:
    back = _background(others, rng).astype(np.float32)
    layer = _held(product, rng)
    count = round(SECONDS * FPS)
    sway = rng.uniform(0, 2 * math.pi, 3)
    for number in range(count):
        poses = [_pose((number + part / _EXPOSURES) / FPS, sway) for part in range(_EXPOSURES)]
        moved = max(abs(a - b) for a, b in zip(poses[0][:2], poses[-1][:2], strict=True))
        if moved < _SEEN_MOVING:
            poses = poses[:1]
        frame = sum(_composed(back, layer, pose) for pose in poses) * (1 / len(poses))
        flicker = 1 + 0.03 * math.sin(number * 1.9) + float(rng.normal(0, 0.012))
        noise = rng.standard_normal((SIZE[1] // 2, SIZE[0] // 2, 1), dtype=np.float32) * 3.5
        noise = cv2.resize(noise, SIZE)[..., None]
        yield np.clip(frame * flicker + noise, 0, 255).astype(np.uint8)


def _background(others: Sequence[Product], rng: Rng) -> Pixels:
    if rng.random() < 0.5:
        return blurred_shelf(SIZE, list(others[:5]), rng, 8.0)
    return room(SIZE, rng)


def _held(product: Product, rng: Rng) -> Pixels:
    """The product in a hand, as wide as the frame: premultiplied colour and cover (H, W, 4).

    Drawn over black and over white: where the two differ, the ground shows through.
    """
    width, height = SIZE[0], SIZE[1] + _ROOM_BELOW
    board = pack_size(product)
    pack = draw_pack_at(product, min(0.78 * SIZE[1] / board[1], 0.5 * SIZE[0] / board[0]))
    high, wide = pack.shape[:2]
    left, top = (width - wide) // 2, (SIZE[1] - high) // 2
    skin, right = SKINS[int(rng.integers(len(SKINS)))], bool(rng.random() < 0.5)
    seed = int(rng.integers(1 << 30))
    grounds = []
    for shade in (0, 255):
        canvas = np.full((height, width, 3), shade, np.uint8)
        box = (left, top, left + wide, top + high)
        hand_behind(canvas, box, skin, right)
        area = canvas[top : top + high, left : left + wide]
        alpha = pack[..., 3:].astype(np.float32) / 255
        area[:] = (area * (1 - alpha) + pack[..., :3] * alpha).astype(np.uint8)
        fingers_over(canvas, box, skin, right, np.random.default_rng(seed))
        grounds.append(canvas.astype(np.float32))
    black, white = grounds
    cover = 1 - (white - black).mean(axis=2, keepdims=True) / 255
    return np.concatenate([black, np.clip(cover, 0, 1) * 255], axis=2).astype(np.uint8)


def _pose(at: float, sway: npt.NDArray[np.float64]) -> tuple[float, float, float, float]:
    """Shift right and down in pixels, turn in degrees and scale, `at` seconds in."""
    begin, low, turn = 0.0, 1.6, 0.0
    for seconds, to_low, to_turn in _PARTS:
        if at < begin + seconds:
            share = (at - begin) / seconds
            ease = share * share * (3 - 2 * share)
            low, turn = low + (to_low - low) * ease, turn + (to_turn - turn) * ease
            break
        begin, low, turn = begin + seconds, to_low, to_turn
    x = 5 * math.sin(at * 2.1 + sway[0]) + 2.0 * math.sin(at * 7.3 + sway[1])
    y = 4 * math.sin(at * 1.7 + sway[2]) + 1.5 * math.sin(at * 8.9 + sway[0])
    scale = 1 + 0.012 * math.sin(at * 1.3 + sway[1])
    return x, y + low * SIZE[1] * 0.75, turn + 0.5 * math.sin(at * 2.9 + sway[2]), scale


def _composed(back: Floats, layer: Pixels, pose: tuple[float, float, float, float]) -> Floats:
    x, y, turn, scale = pose
    matrix = cv2.getRotationMatrix2D((SIZE[0] / 2, SIZE[1] / 2), turn, scale)
    matrix[:, 2] += x, y
    placed = cv2.warpAffine(layer, matrix, SIZE, flags=cv2.INTER_LINEAR).astype(np.float32)
    blended: Floats = back * (1 - placed[..., 3:] / 255) + placed[..., :3]
    return blended
