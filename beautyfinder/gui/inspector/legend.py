"""The key to the lines: how many matches there are of each kind, and in which colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QColor

from beautyfinder.gui.inspector.colours import INLIERS, OUTLIERS, REJECTED, colour_of
from beautyfinder.gui.inspector.overlay import Box, in_box

if TYPE_CHECKING:
    from beautyfinder.search.inspection import Inspection, Pairing

_SLICES = 5


def counts_of(inspection: Inspection, pairing: Pairing, region: Box | None) -> dict[str, int]:
    """By kind; `region`: the part of the photo that counts."""
    there = inspection.nearest >= 0
    if region is not None:
        there[there] = in_box(inspection.query.points[inspection.nearest[there]], region)
    agree, matches = int(pairing.inliers.sum()), int(pairing.accepted.sum())
    return {
        INLIERS: agree,
        OUTLIERS: matches - agree,
        REJECTED: int((there & ~pairing.accepted).sum()),
    }


def colours_of(colour: str) -> dict[str, list[QColor]]:
    """By kind; of inliers the scale of `colour`, POSITION or CONFIDENCE."""
    from beautyfinder.search.match_look import scale

    slices = scale(np.linspace(0.1, 0.9, _SLICES), colour).tolist()
    return {
        INLIERS: [QColor(*rgb) for rgb in slices],
        OUTLIERS: [QColor(colour_of(OUTLIERS))],
        REJECTED: [QColor(colour_of(REJECTED))],
    }
