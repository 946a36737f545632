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
# Of the hybrid score, a logit: on the same photos 90 % of wrong answers have a share below the
# first, and all but 2 % of right ones lead the middle of the short-list by the second.
CERTAIN = 0.9
LOGITS_STANDING_OUT = 7.0

MATCH, UNSURE, NO_MATCH = "match", "unsure", "no match"


def verdict_of(products: Sequence[Reranked], rerank: str) -> str:
    """ "match", "unsure" or "no match", from the short-list's products, the best of each first.

    `rerank`: what their scores are. Where nothing was matched nothing can be said: "unsure". A rule
    of thumb until a calibrated probability replaces it.
    """
    if rerank == "hybrid":
        return _by_scores([product.score for product in products])
    return _by_matches([product.matches for product in products if product.matches is not None])


def _by_scores(scores: Sequence[float]) -> str:
    best, *others = scores
    if not others:  # scores mean nothing but by their differences
        return UNSURE
    if best - statistics.median(others) < LOGITS_STANDING_OUT:
        return NO_MATCH
    shares = np.exp(np.array(scores) - best)
    return MATCH if 1 / shares.sum() >= CERTAIN else UNSURE


def _by_matches(matches: Sequence[int]) -> str:
    if not matches:
        return UNSURE
    best, *others = matches
    if others and (best - max(others)) / (max(others) + 1) ** 0.5 >= LEAD:
        return MATCH
    middle = statistics.median(others) if others else 0.0
    return NO_MATCH if (best - middle) / (middle + 1) ** 0.5 < STANDING_OUT else UNSURE
