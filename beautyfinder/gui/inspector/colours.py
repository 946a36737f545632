"""The colours of matches. They lie on pictures, not on the window: the same in light and dark."""

from __future__ import annotations

import colorsys

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

POSITION, CONFIDENCE = "position", "confidence"
OUTLIER, REJECTED, KEYPOINT, LIT = range(4)  # the first places of the palette
_STEPS = 24
_SURE, _DOUBTFUL = 0.4, 1.0  # ratio of distances at the ends of the scale of confidence


def _confidence(share: float) -> tuple[int, int, int]:
    """Red, over yellow, to green: not sure to sure."""
    return _of_hsv(share * 0.36, 0.78, 0.95 - 0.15 * share)


def _of_hsv(hue: float, saturation: float, value: float) -> tuple[int, int, int]:
    red, green, blue = colorsys.hsv_to_rgb(hue, saturation, value)
    return round(255 * red), round(255 * green), round(255 * blue)


PALETTE: tuple[tuple[int, int, int], ...] = (
    (232, 62, 74),  # outliers
    (142, 146, 158),  # rejected
    (64, 156, 255),  # keypoints
    (255, 255, 255),  # the pair that is lit
    *(_confidence(step / (_STEPS - 1)) for step in range(_STEPS)),
    *(_of_hsv(0.9 * step / _STEPS, 0.82, 0.92) for step in range(_STEPS)),
)
"""RGB. After the fixed ones: the scale of confidence, then that of positions."""

_FIRST_CONFIDENCE = 4
_FIRST_POSITION = _FIRST_CONFIDENCE + _STEPS


def by_confidence(ratios: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Places in the palette: the clearer the nearest is before the second nearest, the greener."""
    share = np.clip((_DOUBTFUL - ratios) / (_DOUBTFUL - _SURE), 0, 1)
    return np.asarray(_FIRST_CONFIDENCE + np.rint(share * (_STEPS - 1)), np.uint8)


def by_position(points: NDArray[np.floating], size: tuple[int, int]) -> NDArray[np.uint8]:
    """Places in the palette by where in the catalogue picture: from top to bottom, rows slanted.

    Neighbours have like colours and lines that cross have unlike ones.
    """
    across, down = points[:, 0] / max(size[0], 1), points[:, 1] / max(size[1], 1)
    share = np.clip(0.8 * down + 0.2 * across, 0, 0.999)
    return np.asarray(_FIRST_POSITION + np.floor(share * _STEPS), np.uint8)


def qcolor(place: int) -> QColor:
    """The palette's colour at `place`."""
    return QColor(*PALETTE[place])
