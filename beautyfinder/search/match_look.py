"""How matches look: the pens and colours of their lines, in exported pictures and in the window."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from beautyfinder.search.drawing import Colour, Pen
from beautyfinder.search.inspection import Inspection

COLOURS = ("position", "confidence")
KEYPOINT: Colour = (64, 200, 255)
_SURE, _DOUBTFUL = 0.4, 1.0  # nearest to second nearest distance: ends of the scale of confidence
_TURBO = (0.08, 0.85)  # its ends are nearly black, its red is the outliers'
_CROWD = 60  # lines from which on they let the pictures shine through


@dataclass(frozen=True)
class Shown:
    """What is drawn. `outline`: where the product lies; `colour` of the inliers' lines: one of
    COLOURS.
    """

    inliers: bool = True
    outliers: bool = True
    rejected: bool = False
    keypoints: bool = True
    outline: bool = True
    colour: str = "position"


def line_colours(inspection: Inspection, colour: str) -> NDArray[np.uint8]:
    """The colours, uint8 (K, 3) RGB, of the K catalogue keypoints' lines; `colour` of COLOURS.

    "position": hue by height in the catalogue picture, from blue at the top to red at the bottom,
    as many keypoints to each hue, and paler to the right: so that of crossing lines each can be
    followed. "confidence": from violet, where nearest and second nearest are hardly told apart, to
    yellow, where they are far apart.
    """
    if colour == "confidence":
        with np.errstate(invalid="ignore", divide="ignore"):
            quotient = inspection.distances[:, 0] / inspection.distances[:, 1]
        quotient = np.nan_to_num(quotient, nan=_DOUBTFUL)
        return scale((_DOUBTFUL - quotient) / (_DOUBTFUL - _SURE), colour)
    across, down = (inspection.catalogue.points / np.array(inspection.catalogue_size)).T
    place = np.argsort(np.argsort(down, kind="stable")) / max(1, len(down) - 1)
    pale = 0.35 * across.clip(0, 1)[:, None]
    colours = scale(place, colour) * (1 - pale) + 255 * pale
    return np.asarray(np.rint(colours), np.uint8)


def scale(shares: NDArray[np.floating], colour: str) -> NDArray[np.uint8]:
    """The colours (K, 3) at `shares` (K,), 0..1, of the scale of one of COLOURS."""
    first, last = _TURBO if colour == "position" else (0.0, 1.0)
    map_ = cv2.COLORMAP_TURBO if colour == "position" else cv2.COLORMAP_VIRIDIS
    levels = np.rint(255 * (first + shares.clip(0, 1) * (last - first))).astype(np.uint8)
    if not len(levels):
        return np.zeros((0, 3), np.uint8)
    bgr = np.asarray(cv2.applyColorMap(levels[:, None], map_), np.uint8)
    return np.ascontiguousarray(bgr.reshape(-1, 3)[:, ::-1])


def inlier_pen(unit: float, count: int = 1) -> Pen:
    """Of `count` lines, to be given their colours; `unit`: pixels of a thin stroke."""
    return Pen((0, 0, 0), 1.3 * unit, 0.9 if count <= _CROWD else max(0.5, 0.9 * _CROWD / count))


def outlier_pen(unit: float) -> Pen:
    return Pen((235, 64, 52), unit, 0.7, (5 * unit, 4 * unit))


def rejected_pen(unit: float) -> Pen:
    return Pen((125, 125, 132), 0.7 * unit, 0.5)


def keypoint_pen(unit: float) -> Pen:
    return Pen(KEYPOINT, 0.7 * unit, 0.6)


def outline_pens(unit: float) -> tuple[Pen, Pen]:
    """Dark below, bright above: seen on any picture."""
    return Pen((20, 20, 24), 4 * unit, 0.65), Pen((255, 204, 0), 2 * unit)
