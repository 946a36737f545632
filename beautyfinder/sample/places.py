"""Where phone photos are taken: shop shelves and rooms out of focus, tables in perspective."""

import cv2
import numpy as np

from beautyfinder.sample.lettering import Pixels
from beautyfinder.sample.packs import draw_pack
from beautyfinder.sample.products import Product
from beautyfinder.sample.surfaces import SURFACES, Floats, Rng

TABLES = ("wood", "marble", "linen", "concrete", "tiles", "gingham")


def blurred_shelf(size: tuple[int, int], others: list[Product], rng: Rng, soft: float) -> Pixels:
    """A shop shelf full of products, out of focus."""
    width, height = size
    tone = np.asarray([(206, 202, 198), (150, 140, 130), (228, 226, 222)][int(rng.integers(3))])
    image = np.empty((height, width, 3), np.uint8)
    image[:] = tone
    rows = int(rng.integers(2, 4))
    step = height / rows
    cuts = [draw_pack(other, round(step * 0.55), round(step * 0.72)) for other in others[:5]]
    for row in range(rows):
        floor = round((row + 0.86) * step)
        image[floor - round(step * 0.86) : floor] = (tone * float(rng.uniform(0.72, 0.9))).astype(
            np.uint8
        )
        x = float(rng.uniform(-60, 0))
        while x < width and cuts:
            pick = cuts[int(rng.integers(len(cuts)))]
            for _ in range(int(rng.integers(1, 4))):
                _flat_paste(image, pick, round(x), floor - pick.shape[0])
                x += pick.shape[1] * 1.04
        image[floor : floor + max(3, round(step * 0.10))] = np.clip(tone * 1.1, 0, 250).astype(
            np.uint8
        )
    return cv2.GaussianBlur(image, (0, 0), soft).astype(np.uint8)


def _flat_paste(image: Pixels, pack: Pixels, x: int, y: int) -> None:
    x0, y0 = max(x, 0), max(y, 0)
    x1, y1 = min(x + pack.shape[1], image.shape[1]), min(y + pack.shape[0], image.shape[0])
    if x0 >= x1 or y0 >= y1:
        return
    part = pack[y0 - y : y1 - y, x0 - x : x1 - x]
    area = image[y0:y1, x0:x1]
    cover = part[..., 3:].astype(np.float32) / 255
    area[:] = (area + (part[..., :3] - area.astype(np.float32)) * cover + 0.5).astype(np.uint8)


def room(size: tuple[int, int], rng: Rng) -> Pixels:
    """A room out of focus: a wall, furniture-like blocks, lamps."""
    width, height = size
    walls = ((206, 196, 180), (160, 168, 172), (224, 220, 214), (134, 118, 104), (178, 188, 170))
    image = np.empty((height // 4, width // 4, 3), np.uint8)
    image[:] = walls[int(rng.integers(len(walls)))]
    for _ in range(9):
        x, y = int(rng.uniform(-0.1, 0.9) * width / 4), int(rng.uniform(0, 0.9) * height / 4)
        w, h = int(rng.uniform(0.08, 0.4) * width / 4), int(rng.uniform(0.1, 0.5) * height / 4)
        tone = tuple(
            int(value) for value in rng.uniform(90, 150, 3) * 0.5 + float(rng.uniform(0, 150))
        )
        cv2.rectangle(image, (x, y), (x + w, y + h), tone, -1)
    for _ in range(int(rng.integers(0, 5))):
        at = (int(rng.uniform(0, 1) * width / 4), int(rng.uniform(0, 0.6) * height / 4))
        cv2.circle(image, at, int(rng.uniform(3, 14)), (255, 240, 205), -1, cv2.LINE_AA)
    image = cv2.GaussianBlur(image, (0, 0), float(rng.uniform(4, 9))).astype(np.uint8)
    return cv2.resize(image, (width, height), interpolation=cv2.INTER_CUBIC).astype(np.uint8)


def table_top(size: tuple[int, int], horizon: float, rng: Rng) -> tuple[Pixels, Floats]:
    """A table in perspective below `horizon` (share of the height): colours and cover."""
    width, height = size
    name = TABLES[int(rng.integers(len(TABLES)))]
    flat = SURFACES[name](height, height, rng)
    top = height * horizon
    source = np.array([[0, 0], [height, 0], [height, height], [0, height]], np.float32)
    spread = width * 0.7
    target = np.array(
        [[-width * 0.05, top], [width * 1.05, top], [width + spread, height], [-spread, height]],
        np.float32,
    )
    matrix = cv2.getPerspectiveTransform(source, target)
    table = cv2.warpPerspective(
        flat, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
    )
    y = np.arange(height, dtype=np.float32)[:, None]
    cover = np.broadcast_to(np.clip((y - top) / 3, 0, 1), (height, width))
    return table.astype(np.uint8), cover.astype(np.float32)
