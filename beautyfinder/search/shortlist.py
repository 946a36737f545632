"""The sources' candidates merged into one short-list."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from beautyfinder.search.candidates import Candidates

# Reciprocal rank fusion: how little the first place counts for more than the tenth.
_DAMPING = 10.0


def merge(sources: Sequence[Candidates], count: int) -> Candidates:
    """The `count` best of all sources, by the sum of 1 / (10 + rank) over those that found them.

    Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009): the sources' scores are of
    different kinds, their ranks are not. Ties go to the source that comes first. One source alone
    keeps its scores.
    """
    if len(sources) == 1:
        return Candidates(sources[0].offsets[:count], sources[0].scores[:count])
    parts: dict[int, list[float]] = {}
    for source in sources:
        for rank, offset in enumerate(source.offsets.tolist(), 1):
            parts.setdefault(offset, []).append(1 / (_DAMPING + rank))
    # fsum: the same ranks from other sources are a tie, in whatever order they add up.
    fused = {offset: math.fsum(terms) for offset, terms in parts.items()}
    order = sorted(fused, key=lambda offset: -fused[offset])[:count]
    return Candidates(
        np.array(order, np.int64), np.array([fused[offset] for offset in order], np.float32)
    )
