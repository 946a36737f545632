"""Matching by FLANN and the ratio test, against exact brute force."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from beautyfinder.features.keypoints import LocalFeatures, extract_local_features, no_features
from beautyfinder.search.matching import Matches, QueryMatcher
from tests.pictures import pack_picture, phone_photo


def features(descriptors: NDArray[np.uint8]) -> LocalFeatures:
    """Local features with these descriptors, lying anywhere."""
    count = len(descriptors)
    zeros = np.zeros(count, np.float32)
    return LocalFeatures(np.zeros((count, 2), np.float32), zeros, zeros, descriptors)


def at(*distances: tuple[int, int]) -> LocalFeatures:
    """One descriptor per (dimension, distance), that far from `origin` along the dimension."""
    descriptors = np.zeros((len(distances), 128), np.uint8)
    for row, (dimension, distance) in enumerate(distances):
        descriptors[row, dimension] = distance
    return features(descriptors)


ORIGIN = at((0, 0))


def match(query: LocalFeatures, candidate: LocalFeatures, ratio: float = 0.8) -> Matches:
    (matches,) = QueryMatcher(query).match([candidate], ratio)
    return matches


def exact(
    query: LocalFeatures, candidate: LocalFeatures, ratio: float
) -> dict[int, tuple[int, float]]:
    """Every catalogue keypoint that passes the ratio test: its query keypoint, and how far."""
    found = {}
    rows = query.descriptors.astype(np.float64)
    for index, descriptor in enumerate(candidate.descriptors.astype(np.float64)):
        distances = np.sqrt(((rows - descriptor) ** 2).sum(axis=1))
        first, second = np.argsort(distances)[:2]
        if distances[first] <= ratio * distances[second]:
            found[index] = (int(first), float(distances[first]))
    return found


def as_dict(matches: Matches) -> dict[int, tuple[int, float]]:
    indices = zip(matches.query_indices.tolist(), matches.distances.tolist(), strict=True)
    return dict(zip(matches.catalogue_indices.tolist(), indices, strict=True))


def same(one: Matches, other: Matches) -> bool:
    return (
        np.array_equal(one.query_indices, other.query_indices)
        and np.array_equal(one.catalogue_indices, other.catalogue_indices)
        and np.array_equal(one.distances, other.distances)
    )


@pytest.fixture(scope="module")
def query() -> LocalFeatures:
    """Of a photo with two packs: hundreds, as of a phone photo."""
    photo = np.concatenate([phone_photo(3), phone_photo(4)], axis=1)
    grain = np.random.default_rng(1).normal(0, 18, (240, 480, 1))
    noisy = cv2.GaussianBlur((photo + grain).clip(0, 255).astype(np.uint8), (0, 0), 0.7)
    return extract_local_features(noisy, 2000)


@pytest.fixture(scope="module")
def candidates() -> list[LocalFeatures]:
    return [extract_local_features(pack_picture(number), 400) for number in range(8)]


# The ratio test


@pytest.mark.parametrize(
    ("first", "second", "accepted"),
    [
        (4, 5, True),  # "greater than 0.8 is rejected": exactly 0.8 is not
        (8, 10, True),
        (100, 125, True),
        (200, 250, True),
        (5, 6, False),
        (81, 101, False),
        (80, 101, True),
        (7, 7, False),
        (0, 9, True),
    ],
)
def test_ratio_and_its_boundary(first: int, second: int, accepted: bool) -> None:
    matches = match(at((3, second), (90, first)), ORIGIN)
    assert as_dict(matches) == ({0: (1, float(first))} if accepted else {})


def test_ratio_of_one_takes_all() -> None:
    candidate = at((5, 9), (6, 9), (7, 200))
    assert as_dict(match(at((3, 7), (9, 7)), candidate, 1.0)).keys() == {0, 1, 2}
    assert len(match(at((3, 7), (9, 7)), candidate, 0.99)) == 0


def test_distances_are_euclidean() -> None:
    query = at((0, 3), (5, 250))
    query.descriptors[0, 1] = 4
    assert as_dict(match(query, ORIGIN)) == {0: (0, 5.0)}


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_query_features_match_nothing(count: int) -> None:
    """Without a second neighbour there is no ratio."""
    query = at(*[(2, 1)] * count)
    found = QueryMatcher(query).match([ORIGIN, no_features(), at((2, 1))], 0.8)
    assert [len(matches) for matches in found] == [0, 0, 0]


def test_pictures_without_features(query: LocalFeatures, candidates: list[LocalFeatures]) -> None:
    matcher = QueryMatcher(query)
    assert matcher.match([], 0.8) == []
    assert [len(m) for m in matcher.match([no_features(), no_features()], 0.8)] == [0, 0]
    blank, whole, also_blank = matcher.match([no_features(), candidates[3], no_features()], 0.8)
    assert len(blank) == len(also_blank) == 0
    assert same(whole, matcher.match([candidates[3]], 0.8)[0])


# Against exact brute force


def test_finds_the_large_majority(query: LocalFeatures, candidates: list[LocalFeatures]) -> None:
    assert len(query) > 800
    found = QueryMatcher(query).match(candidates, 0.8)
    right = wrong = wanted = 0
    for candidate, matches in zip(candidates, found, strict=True):
        expected, got = exact(query, candidate, 0.8), as_dict(matches)
        wanted += len(expected)
        for index, (nearest, distance) in got.items():
            there = index in expected and expected[index][0] == nearest
            right, wrong = right + there, wrong + (not there)
            if there:
                assert distance == pytest.approx(expected[index][1], rel=1e-5)
    assert wanted > 100
    assert right > 0.9 * wanted
    # A second neighbour that the trees overlook lets a match pass that exact search rejects.
    assert wrong < 0.2 * wanted


def test_the_right_picture_has_most_matches(
    query: LocalFeatures, candidates: list[LocalFeatures]
) -> None:
    counts = [len(matches) for matches in QueryMatcher(query).match(candidates, 0.8)]
    assert set(np.argsort(counts)[-2:]) == {3, 4}


def test_order_and_types(query: LocalFeatures, candidates: list[LocalFeatures]) -> None:
    for candidate, matches in zip(
        candidates, QueryMatcher(query).match(candidates, 0.8), strict=True
    ):
        assert (np.diff(matches.catalogue_indices) > 0).all()
        assert len(matches.query_indices) == len(matches.catalogue_indices) == len(matches)
        assert matches.query_indices.dtype == matches.catalogue_indices.dtype == np.int64
        assert matches.distances.dtype == np.float32
        if len(matches):
            assert matches.query_indices.max() < len(query)
            assert matches.catalogue_indices.max() < len(candidate)


# The same again


def test_same_matches_whatever_the_company(
    query: LocalFeatures, candidates: list[LocalFeatures]
) -> None:
    """Alone, together, in another order: blocks and threads make no difference."""
    together = QueryMatcher(query).match(candidates, 0.8)
    alone = [match(query, candidate) for candidate in candidates]
    backwards = QueryMatcher(query).match(candidates[::-1], 0.8)[::-1]
    for one, other, third in zip(together, alone, backwards, strict=True):
        assert same(one, other)
        assert same(one, third)


def test_same_matches_in_repeated_runs_and_across_threads(
    query: LocalFeatures, candidates: list[LocalFeatures]
) -> None:
    expected = QueryMatcher(query).match(candidates, 0.8)

    def run(seed: int) -> list[Matches]:
        cv2.setRNGSeed(seed)  # whatever others do with OpenCV's generator
        return QueryMatcher(query).match(candidates, 0.8)

    with ThreadPoolExecutor(4) as pool:
        for found in [run(9), *pool.map(run, range(8))]:
            assert all(same(one, other) for one, other in zip(found, expected, strict=True))


def test_one_matcher_serves_several_threads(
    query: LocalFeatures, candidates: list[LocalFeatures]
) -> None:
    matcher = QueryMatcher(query)
    expected = matcher.match(candidates, 0.8)
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(lambda _: matcher.match(candidates, 0.8), range(8)):
            assert all(same(one, other) for one, other in zip(found, expected, strict=True))
