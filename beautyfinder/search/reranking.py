"""The short-list in a better order: SIFT as in the paper, verified matches, all evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from beautyfinder.errors import Cancelled
from beautyfinder.features.keypoints import LocalFeatures
from beautyfinder.search.evidence import Evidence, Pair
from beautyfinder.search.hybrid import hybrid_scores, reasons
from beautyfinder.search.matching import Matches, QueryMatcher

_PAIRS_AT_A_TIME = 10  # between two looks at `should_stop`


@dataclass(frozen=True)
class Reranked:
    """One candidate after re-ranking: its place in the short-list, its score (higher is better).

    `matches` is None where nothing was matched, `inliers` where nothing was verified. `reasons`:
    what speaks for it, see `hybrid.reasons`.
    """

    place: int
    score: float
    matches: int | None
    inliers: int | None = None
    reasons: tuple[str, ...] = ()


def rerank_sift(
    query: LocalFeatures,
    candidates: Sequence[LocalFeatures],
    ratio: float,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> list[Reranked]:
    """The candidates by number of matches, ties by their descriptors' distances (paper, 3.1.1).

    `candidates` come in the order of the short-list, which decides where nothing else does. Raises
    Cancelled when `should_stop` says so.
    """
    matcher = QueryMatcher(query)
    matched: list[Matches] = []
    for start in range(0, len(candidates), _PAIRS_AT_A_TIME):
        if should_stop():
            raise Cancelled("The look-up was stopped.")
        matched += matcher.match(candidates[start : start + _PAIRS_AT_A_TIME], ratio)
        progress(len(matched), len(candidates))
    scored = [
        Reranked(place, sift_score(matches), len(matches)) for place, matches in enumerate(matched)
    ]
    return in_order(scored)


def rerank_verified(pairs: Sequence[Pair]) -> list[Reranked]:
    """The candidates by the inliers of the homography, ties by the number of matches."""
    return in_order(
        [
            Reranked(place, pair.inliers + pair.matches / (pair.matches + 1), pair.matches,
                     pair.inliers)
            for place, pair in enumerate(pairs)
        ]
    )  # fmt: skip


def rerank_hybrid(pairs: Sequence[Pair], evidence: Evidence) -> list[Reranked]:
    """The candidates by all evidence, see `hybrid_scores`."""
    scores, why = hybrid_scores(evidence), reasons(evidence)
    return in_order(
        [
            Reranked(place, float(scores[place]), pair.matches, pair.inliers, why[place])
            for place, pair in enumerate(pairs)
        ]
    )


def in_order(scored: Sequence[Reranked]) -> list[Reranked]:
    """Best score first, equal ones by the short-list."""
    return sorted(scored, key=lambda candidate: (-candidate.score, candidate.place))


def sift_score(matches: Matches) -> float:
    """The number of matches, plus a fraction below 1 that falls as their mean distance rises."""
    if not len(matches):
        return 0.0
    return len(matches) + 1 / (2 + float(np.mean(matches.distances, dtype=np.float64)))
