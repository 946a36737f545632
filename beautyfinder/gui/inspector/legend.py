"""The key to the lines: how many matches there are of each kind, and in which colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QColor

from beautyfinder.gui.inspector.colours import INLIERS, OUTLIERS, REJECTED, colour_of

if TYPE_CHECKING:
    from beautyfinder.search.inspection import Pairing

_SLICES = 5


def counts_of(pairing: Pairing) -> dict[str, int]:
    """By kind."""
    agree, matches = int(pairing.inliers.sum()), int(pairing.accepted.sum())
    return {
        INLIERS: agree,
        OUTLIERS: matches - agree,
        REJECTED: int((pairing.considered & ~pairing.accepted).sum()),
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
