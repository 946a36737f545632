"""Re-ranking by SIFT matches: count, then distances, then the short-list's order."""

from __future__ import annotations

import numpy as np
import pytest

from beautyfinder.errors import Cancelled
from beautyfinder.features.keypoints import LocalFeatures, no_features
from beautyfinder.search.matching import Matches
from beautyfinder.search.reranking import Reranked, rerank_sift, sift_score
from tests.search.test_matching import features

# Eight query descriptors, each 255 along a dimension of its own, so 360 from one another.
QUERY = features((255 * np.eye(8, 128)).astype(np.uint8))


def candidate(*matching: tuple[int, int]) -> LocalFeatures:
    """A picture with a match for each (query keypoint, distance), and one that matches nothing."""
    descriptors = np.zeros((len(matching) + 1, 128), np.uint8)
    for row, (keypoint, distance) in enumerate(matching):
        descriptors[row, keypoint] = 255
        descriptors[row, 100] = distance
    descriptors[-1, 8:] = 90
    return features(descriptors)


def order(candidates: list[LocalFeatures]) -> list[int]:
    return [place.place for place in rerank_sift(QUERY, candidates, 0.8)]


def test_most_matches_first() -> None:
    one, three, two = ([(i, 10) for i in range(n)] for n in (1, 3, 2))
    pictures = [candidate(*one), candidate(*three), no_features(), candidate(*two)]
    reranked = rerank_sift(QUERY, pictures, 0.8)
    assert [(r.place, r.matches) for r in reranked] == [(1, 3), (3, 2), (0, 1), (2, 0)]
    assert [int(r.score) for r in reranked] == [3, 2, 1, 0]


def test_more_matches_win_however_far_they_are() -> None:
    near, far = candidate((0, 0)), candidate((0, 150), (1, 150))
    assert order([near, far]) == [1, 0]


def test_ties_by_distance() -> None:
    pictures = [candidate((0, d), (1, d + 2)) for d in (90, 5, 60, 6)]
    assert order(pictures) == [1, 3, 2, 0]


def test_ties_by_the_mean_of_the_distances() -> None:
    assert order([candidate((0, 40), (1, 42)), candidate((0, 1), (1, 80))]) == [1, 0]


def test_what_nothing_tells_apart_keeps_the_short_lists_order() -> None:
    nothing = [no_features(), candidate(), no_features()]
    assert order(nothing) == [0, 1, 2]
    equal = candidate((2, 7))
    assert order([*nothing, equal, candidate(), equal, equal]) == [3, 5, 6, 0, 1, 2, 4]
    assert [r.score for r in rerank_sift(QUERY, nothing, 0.8)] == [0, 0, 0]


def test_query_without_features_keeps_the_order() -> None:
    pictures = [candidate((0, 1)), candidate((0, 1), (1, 1))]
    expected = [Reranked(0, 0.0, 0), Reranked(1, 0.0, 0)]
    assert rerank_sift(no_features(), pictures, 0.8) == expected
    assert rerank_sift(QUERY, [], 0.8) == []


def test_score_grows_with_matches_and_falls_with_distance() -> None:
    def score(*distances: float) -> float:
        places = np.arange(len(distances))
        return sift_score(Matches(places, places, np.array(distances, np.float32)))

    assert score() == 0
    assert 1 < score(0) <= 1.5
    assert score(1000) < score(300) < score(299.5) < score(0) < score(1000, 1000)
    many = [250.0] * 400
    assert score(*many) < score(*many[1:], 249.0) < 401


def test_ratio_is_used() -> None:
    pictures = [candidate((0, 200)), candidate((0, 150))]
    assert [r.matches for r in rerank_sift(QUERY, pictures, 0.8)] == [1, 1]
    assert [r.matches for r in rerank_sift(QUERY, pictures, 0.3)] == [0, 0]


def test_progress_and_cancelling() -> None:
    pictures = [candidate((0, 1))] * 35
    told: list[tuple[int, int]] = []
    rerank_sift(QUERY, pictures, 0.8, lambda done, total: told.append((done, total)))
    assert told == [(10, 35), (20, 35), (30, 35), (35, 35)]
    told.clear()
    with pytest.raises(Cancelled):
        rerank_sift(
            QUERY,
            pictures,
            0.8,
            lambda done, total: told.append((done, total)),
            lambda: len(told) == 2,
        )
    assert told == [(10, 35), (20, 35)]
