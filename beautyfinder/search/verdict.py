"""How sure a look-up is, in words: by how far the best product stands out."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

import numpy as np

from beautyfinder.search.reranking import Reranked

# Chance matches scatter about like their square root, so leads are counted in that unit. Set on
# the development photos: of right answers about half lead by 3 units, of wrong ones 5 %; of right
# answers 97 % stand out by 5 units from the middle of the short-list.
LEAD = 3.0
STANDING_OUT = 5.0
# Of the hybrid score, a logit: of grocery and sample queries 0.1 to 0.5 % have a wrong first hit
# with a share above the first, 30 to 50 % a right one. All but 2 to 4 % of right ones lead the
# middle of the short-list by the second, which tells only some of the products that are not in the
# catalogue at all, since those have near-twins there.
CERTAIN = 0.95
LOGITS_STANDING_OUT = 7.0
_FEWEST_OTHERS = 5  # products that make a middle to stand out from

MATCH, UNSURE, NO_MATCH = "match", "unsure", "no match"


def verdict_of(products: Sequence[Reranked], rerank: str) -> str:
    """ "match", "unsure" or "no match", from the short-list's products, the best of each first.

    `rerank`: what their scores are. Where nothing was matched nothing can be said: "unsure". A rule
    of thumb until a calibrated probability replaces it.
    """
    if rerank == "hybrid":
        return _by_scores([product.score for product in products])
    counts = [
        product.inliers if rerank == "verified" and product.inliers is not None else product.matches
        for product in products
    ]
    return _by_counts([count for count in counts if count is not None])


def _by_scores(scores: Sequence[float]) -> str:
    best, *others = scores
    if not others:  # scores mean nothing but by their differences
        return UNSURE
    middle = statistics.median(others)
    if len(others) >= _FEWEST_OTHERS and best - middle < LOGITS_STANDING_OUT:
        return NO_MATCH
    shares = np.exp(np.array(scores) - best)
    return MATCH if 1 / shares.sum() >= CERTAIN else UNSURE


def _by_counts(counts: Sequence[int]) -> str:
    if not counts:
        return UNSURE
    best, *others = counts
    if others and (best - max(others)) / (max(others) + 1) ** 0.5 >= LEAD:
        return MATCH
    middle = statistics.median(others) if others else 0.0
    return NO_MATCH if (best - middle) / (middle + 1) ** 0.5 < STANDING_OUT else UNSURE
