"""Words for how sure a look-up is."""

from __future__ import annotations

import pytest

from beautyfinder.search.reranking import Reranked
from beautyfinder.search.verdict import verdict_of


def by_matches(*matches: int) -> list[Reranked]:
    return [Reranked(place, float(count), count) for place, count in enumerate(matches)]


def by_scores(*scores: float) -> list[Reranked]:
    return [Reranked(place, score, 50, 20) for place, score in enumerate(scores)]


@pytest.mark.parametrize(
    ("matches", "verdict"),
    [
        ((41, 25, 10, 9, 8), "match"),  # leads by (41 - 25) / √26 = 3.1
        ((40, 25, 10, 9, 8), "unsure"),  # by 2.9; stands out from the middle, 9.5, by 9.4
        ((12, 11, 10, 9, 8), "no match"),  # from the middle by 0.8
        ((12,), "unsure"),  # nobody to lead
        ((3,), "no match"),
    ],
)
def test_by_matches(matches: tuple[int, ...], verdict: str) -> None:
    assert verdict_of(by_matches(*matches), "sift") == verdict


def test_verified_by_inliers() -> None:
    """Many matches in which nothing agrees are chance."""
    found = [Reranked(0, 30.0, 60, 30), Reranked(1, 6.0, 55, 6), Reranked(2, 0.9, 50, 0)]
    assert verdict_of(found, "verified") == "match"
    assert verdict_of(found, "sift") == "no match"


def test_matches_need_not_fall_along_the_order() -> None:
    """Re-ranked by inliers, the second product may have more matches than the first."""
    assert verdict_of(by_matches(60, 70, 10, 9, 8), "verified") == "unsure"


@pytest.mark.parametrize(
    ("scores", "verdict"),
    [
        ((20.0, 17.0, 5.0, 4.0, 3.0), "match"),  # e³ : 1, a share of 0.953
        ((20.0, 17.2, 5.0, 4.0, 3.0), "unsure"),  # e^2.8 : 1, a share of 0.943
        ((10.0, 4.0, 4.0, 4.0, 4.0, 3.0), "no match"),  # leads the middle by 6 only
        ((10.0, 4.0, 4.0, 4.0, 3.0), "match"),  # four others make no middle
        ((40.0, 35.0), "match"),
        ((-2.0, -7.0, -12.0), "match"),  # scores mean nothing but by their differences
    ],
)
def test_by_the_hybrid_score(scores: tuple[float, ...], verdict: str) -> None:
    assert verdict_of(by_scores(*scores), "hybrid") == verdict


def test_nothing_matched_says_nothing() -> None:
    unmatched = [Reranked(0, 0.3, None), Reranked(1, 0.2, None)]
    assert verdict_of(unmatched, "none") == "unsure"
