"""Description: a query photo in numbers, as the sources and the re-ranking need it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beautyfinder.features.keypoints import LocalFeatures
from beautyfinder.features.text import Word


@dataclass(frozen=True, eq=False)
class Description:
    """A query in numbers.

    pixels: uint8 (H, W, 3) RGB, upright; descriptors: float32 (D,) per pooling; local features and
    words read off the pack are None where the method asks for none.
    """

    pixels: NDArray[np.uint8]
    descriptors: dict[str, NDArray[np.float32]]
    local: LocalFeatures | None = None
    words: tuple[Word, ...] | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        height, width = self.pixels.shape[:2]
        return width, height
