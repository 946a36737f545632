"""The colours of matches as one number each. Exported pictures have the same: search.match_look.

They lie on pictures, not on the window, and are the same in light and dark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from beautyfinder.search.inspection import Inspection

POSITION, CONFIDENCE = "position", "confidence"
_COARSE = 12  # steps of a channel that are told apart: lines of one colour are drawn in one go

INLIERS, OUTLIERS, REJECTED, KEYPOINTS = "inliers", "outliers", "rejected", "keypoints"


def colour_of(kind: str) -> int:
    """0xRRGGBB of OUTLIERS, REJECTED or KEYPOINTS."""
    from beautyfinder.search.match_look import KEYPOINT, outlier_pen, rejected_pen

    pens = {OUTLIERS: outlier_pen(1).colour, REJECTED: rejected_pen(1).colour, KEYPOINTS: KEYPOINT}
    red, green, blue = pens[kind]
    return red << 16 | green << 8 | blue


def inlier_colours(inspection: Inspection, colour: str) -> NDArray[np.int32]:
    """0xRRGGBB for each of the K catalogue keypoints, by POSITION or CONFIDENCE."""
    from beautyfinder.search.match_look import line_colours

    coarse = line_colours(inspection, colour).astype(np.int32) // _COARSE * _COARSE
    return np.asarray(coarse[:, 0] << 16 | coarse[:, 1] << 8 | coarse[:, 2], np.int32)


def bgr_of(colour: int) -> tuple[int, int, int, int]:
    """As OpenCV takes it: blue, green, red, opaque."""
    return colour & 255, colour >> 8 & 255, colour >> 16 & 255, 255
