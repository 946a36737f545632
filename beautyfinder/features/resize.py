"""One picture at another size, the same way for every feature."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from beautyfinder.features.backbones import InputSize

SMALLEST_SIDE = 32  # a network's last map needs one cell: its stride is 32


def resize_longer_side(pixels: NDArray[np.uint8], longer_side: int) -> NDArray[np.uint8]:
    """`pixels` (H, W, 3) or (H, W) enlarged or reduced so that its longer side is `longer_side`.

    The aspect ratio is kept to the nearest pixel, except that no side falls below
    `SMALLEST_SIDE`. Reducing averages areas (no moiré), enlarging is bicubic.
    """
    height, width = pixels.shape[:2]
    factor = longer_side / max(height, width)
    size = (
        max(SMALLEST_SIDE, round(width * factor)),
        max(SMALLEST_SIDE, round(height * factor)),
    )
    if size == (width, height):
        return pixels
    interpolation = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(pixels, size, interpolation=interpolation), dtype=np.uint8)


def resize_for_network(
    pixels: NDArray[np.uint8], size: InputSize, fill: tuple[int, int, int]
) -> NDArray[np.uint8]:
    """`pixels` (H, W, 3) RGB as a network takes them, see `InputSize`.

    Both sides go to the nearest multiple of `size.multiple`, which changes the aspect ratio by
    less than a cell. A square is padded evenly on both sides with the colour `fill` (0..255).
    """
    if not size.resampling:
        return resize_longer_side(pixels, size.longer_side)
    height, width = pixels.shape[:2]
    step, factor = size.multiple, size.longer_side / max(height, width)
    least = -(-SMALLEST_SIDE // step)
    new_height, new_width = (
        max(least, round(side * factor / step)) * step for side in (height, width)
    )
    if (new_height, new_width) != (height, width):
        resampling = Image.Resampling[size.resampling.upper()]
        picture = Image.fromarray(np.ascontiguousarray(pixels))
        pixels = np.asarray(picture.resize((new_width, new_height), resampling))
    if not size.square:
        return pixels
    square = np.empty((size.longer_side, size.longer_side, 3), np.uint8)
    square[:] = fill
    top, left = (size.longer_side - new_height) // 2, (size.longer_side - new_width) // 2
    square[top : top + new_height, left : left + new_width] = pixels
    return square
