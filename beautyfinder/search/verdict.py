"""How sure a look-up is, in words: by how far the best product's matches stand out."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from beautyfinder.search.reranking import Reranked

# Chance matches scatter about like their square root, so leads are counted in that unit. Set on
# the development photos: of right answers about half lead by 3 units, of wrong ones 5 %; of right
# answers 97 % stand out by 5 units from the middle of the short-list.
LEAD = 3.0
STANDING_OUT = 5.0

MATCH, UNSURE, NO_MATCH = "match", "unsure", "no match"


def verdict_of(products: Sequence[Reranked]) -> str:
    """ "match", "unsure" or "no match", from the short-list's products, the best of each first.

    Where nothing was matched nothing can be said: "unsure". A rule of thumb until a calibrated
    probability replaces it.
    """
    matches = [product.matches for product in products if product.matches is not None]
    if not matches:
        return UNSURE
    best, *others = matches
    if others and (best - max(others)) / (max(others) + 1) ** 0.5 >= LEAD:
        return MATCH
    middle = statistics.median(others) if others else 0.0
    return NO_MATCH if (best - middle) / (middle + 1) ** 0.5 < STANDING_OUT else UNSURE
