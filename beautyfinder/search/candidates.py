"""Candidates: what one source of the short-list found in the whole catalogue."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Candidates:
    """K pictures, best first. offsets: int64 (K,) in the store; scores: float32 (K,), higher is
    better, comparable within one source and one query only.
    """

    offsets: NDArray[np.int64]
    scores: NDArray[np.float32]


def best(scores: NDArray[np.float32], count: int) -> Candidates:
    """The `count` highest of `scores` (N,), one a row of the store, above zero; ties by offset."""
    least = np.float32(0)
    if 0 < count < len(scores):  # sorting all that are above zero would take long
        least = np.partition(scores, len(scores) - count)[len(scores) - count]
    found = np.flatnonzero((scores > 0) & (scores >= least))
    order = found[np.argsort(-scores[found], kind="stable")][:count]
    return Candidates(order.astype(np.int64), scores[order])
