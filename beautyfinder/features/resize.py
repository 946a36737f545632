"""One picture at another size, the same way for every feature."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

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
