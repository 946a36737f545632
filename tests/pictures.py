"""Small pictures that tests draw: textured enough for SIFT, each unlike the others."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image


def pack_picture(number: int, side: int = 160) -> NDArray[np.uint8]:
    """uint8 (side, side, 3) RGB: a coloured pack with shapes and print, the same for a number."""
    generator = np.random.default_rng(number)
    picture = np.full((side, side, 3), 245, np.uint8)
    colour = generator.integers(30, 220, 3).tolist()
    cv2.rectangle(picture, (side // 6, side // 12), (side * 5 // 6, side * 11 // 12), colour, -1)
    for _ in range(14):
        x, y = generator.integers(side // 5, side * 4 // 5, 2).tolist()
        ink = generator.integers(0, 255, 3).tolist()
        radius = int(generator.integers(3, side // 10))
        if generator.random() < 0.5:
            cv2.circle(picture, (x, y), radius, ink, -1, cv2.LINE_AA)
        else:
            cv2.rectangle(picture, (x, y), (x + radius, y + 2 * radius), ink, -1)
    text = "".join(chr(65 + int(i)) for i in generator.integers(0, 26, 5))
    at = (side // 6 + 4, side // 2)
    cv2.putText(picture, text, at, cv2.FONT_HERSHEY_SIMPLEX, side / 200, (255, 255, 255), 2)
    return picture


def phone_photo(number: int, side: int = 240) -> NDArray[np.uint8]:
    """uint8 (side, side, 3) RGB: the pack of that number, turned, smaller and on a table."""
    pack = pack_picture(number)
    turn = cv2.getRotationMatrix2D((80, 80), 9, 1.05)
    turn[:, 2] += (side - 160) / 2
    table = np.random.default_rng(10_000 + number).integers(90, 130, (side, side, 3), np.uint8)
    photo = cv2.warpAffine(pack, turn, (side, side), borderValue=(110, 110, 110))
    covered = cv2.warpAffine(np.full((160, 160), 255, np.uint8), turn, (side, side)) > 127
    return np.where(covered[..., None], photo, table).astype(np.uint8)


def save(pixels: NDArray[np.uint8], path: Path) -> Path:
    """Write RGB `pixels` to `path`, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path)
    return path
