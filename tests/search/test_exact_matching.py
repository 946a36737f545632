"""Exact matching against brute force over every pair of keypoints, in float64."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from numpy.typing import NDArray

from beautyfinder.features.keypoints import (
    LocalFeatures,
    extract_local_features,
    no_features,
    root_sift,
)
from beautyfinder.kernels import QueryDescriptors, instruction_sets
from beautyfinder.search.exact_matching import ExactMatcher
from beautyfinder.search.matching import within_ratio
from beautyfinder.search.workers import workers
from tests.pictures import pack_picture, phone_photo
from tests.search.test_matching import features, same

Found = dict[int, int]


def brute_force(query: LocalFeatures, candidate: LocalFeatures, ratio: float) -> Found:
    """The query keypoint of every catalogue keypoint that matches; equal ones: the first."""
    similarity = root_sift(candidate.descriptors).astype(np.float64) @ root_sift(
        query.descriptors
    ).T.astype(np.float64)
    distances = np.sqrt(np.maximum(2 - 2 * similarity, 0))
    nearest = distances.argmin(axis=1)
    mutual = distances.argmin(axis=0)[nearest] == np.arange(len(distances))
    kept = mutual & within_ratio(np.sort(distances, axis=1)[:, :2].astype(np.float32), ratio)
    return {row: int(nearest[row]) for row in np.flatnonzero(kept).tolist()}


def found(
    query: LocalFeatures, candidate: LocalFeatures, ratio: float, instructions: str = ""
) -> Found:
    prepared = QueryDescriptors(query.descriptors, instructions)
    query_indices, indices, _ = prepared.match(candidate.descriptors, ratio)
    return dict(zip(indices.tolist(), query_indices.tolist(), strict=True))


def joined(*parts: LocalFeatures | NDArray[np.uint8]) -> LocalFeatures:
    rows = [part.descriptors if isinstance(part, LocalFeatures) else part for part in parts]
    return features(np.concatenate(rows))


@pytest.fixture(scope="module")
def photo() -> LocalFeatures:
    return extract_local_features(
        np.concatenate([phone_photo(3), phone_photo(4)], axis=1), limit=2000
    )


@pytest.fixture(scope="module")
def packs() -> list[LocalFeatures]:
    return [extract_local_features(pack_picture(number), 1000) for number in range(8)]


def noise(count: int, seed: int, greatest: int = 255) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(0, greatest + 1, (count, 128)).astype(np.uint8)


ZEROS = np.zeros((3, 128), np.uint8)
SPIKES = (255 * np.eye(4, 128)).astype(np.uint8)  # lose most when they set the scale of rounding


@pytest.mark.parametrize("instructions", instruction_sets())
@pytest.mark.parametrize("ratio", [0.6, 0.8, 0.9, 0.97])
def test_pictures(
    photo: LocalFeatures,
    packs: list[LocalFeatures],
    ratio: float,
    instructions: str,
) -> None:
    matches = [found(photo, pack, ratio, instructions) for pack in packs]
    assert sum(map(len, matches)) > 30
    assert matches == [brute_force(photo, pack, ratio) for pack in packs]


@pytest.mark.parametrize("instructions", instruction_sets())
@pytest.mark.parametrize("ratio", [0.8, 0.9])
def test_hard_descriptors(
    photo: LocalFeatures, packs: list[LocalFeatures], ratio: float, instructions: str
) -> None:
    """Zeros, spikes, noise without structure, and the same keypoints twice, on either side."""
    queries = [
        joined(photo, ZEROS),
        joined(SPIKES, photo),
        joined(photo, photo),
        joined(noise(300, 1), SPIKES, ZEROS),
        joined(SPIKES[:2]),
    ]
    candidates = [
        joined(packs[3], ZEROS, SPIKES),
        joined(packs[4], packs[4]),
        joined(noise(200, 1), noise(200, 2)),
        joined(packs[3].descriptors // 3, noise(9, 3, greatest=1)),
        joined(ZEROS),
    ]
    assert found(joined(ZEROS), joined(ZEROS), 1.0, instructions) == {0: 0}
    for query in queries:
        for candidate in candidates:
            expected = brute_force(query, candidate, ratio)
            assert found(query, candidate, ratio, instructions) == expected


@pytest.mark.parametrize("instructions", instruction_sets())
@pytest.mark.parametrize("counts", [(2, 1), (15, 7), (16, 8), (17, 9), (31, 65), (33, 16)])
def test_any_number_of_keypoints(
    photo: LocalFeatures, packs: list[LocalFeatures], counts: tuple[int, int], instructions: str
) -> None:
    """Panels and blocks of rows that are not full."""
    query = features(np.concatenate([packs[3].descriptors[: counts[0] // 2], photo.descriptors])
                     [: counts[0]])  # fmt: skip
    candidate = features(packs[3].descriptors[: counts[1]])
    expected = brute_force(query, candidate, 0.95)
    assert found(query, candidate, 0.95, instructions) == expected
    assert expected


def test_twins_in_the_photo_do_not_match(photo: LocalFeatures, packs: list[LocalFeatures]) -> None:
    """Nearest and second nearest are as far: no ratio below 1 lets that pass."""
    alone = found(photo, packs[3], 0.9)
    twice = found(joined(photo, photo), packs[3], 0.9)
    assert len(alone) > 5
    assert not twice


def test_of_twins_in_the_catalogue_picture_the_first_matches(
    photo: LocalFeatures, packs: list[LocalFeatures]
) -> None:
    alone = found(photo, packs[3], 0.9)
    assert found(photo, joined(packs[3], packs[3]), 0.9) == alone


def test_ratios_next_to_the_greatest(photo: LocalFeatures, packs: list[LocalFeatures]) -> None:
    """Every ratio that there is, each a little widened and narrowed: float32 would not do."""
    for pack in packs[3:5]:
        first, second = ExactMatcher(photo).neighbours(pack).distances.astype(np.float64).T
        for ratio in (first / second)[first < second][::7]:
            for limit in (ratio * (1 - 3e-7), ratio * (1 + 3e-7)):
                assert found(photo, pack, limit) == brute_force(photo, pack, limit)


@pytest.mark.parametrize("instructions", instruction_sets())
def test_distances_and_neighbours(
    photo: LocalFeatures, packs: list[LocalFeatures], instructions: str
) -> None:
    prepared = QueryDescriptors(photo.descriptors, instructions)
    pack = packs[3]
    similarity = root_sift(pack.descriptors).astype(np.float64) @ root_sift(
        photo.descriptors
    ).T.astype(np.float64)
    expected = np.sqrt(np.maximum(2 - 2 * similarity, 0))
    nearest, distances, mutual = prepared.neighbours(pack.descriptors)
    np.testing.assert_array_equal(nearest, expected.argmin(axis=1))
    np.testing.assert_allclose(distances, np.sort(expected, axis=1)[:, :2], rtol=1e-6)
    own = np.arange(len(pack))
    np.testing.assert_array_equal(mutual, expected.argmin(axis=0)[nearest] == own)
    query_indices, indices, of_matches = prepared.match(pack.descriptors, 0.9)
    np.testing.assert_array_equal(of_matches, distances[indices, 0])
    np.testing.assert_array_equal(query_indices, nearest[indices])


def test_what_is_not_there_or_does_not_fit_is_said() -> None:
    descriptors = noise(4, 0)
    with pytest.raises(ValueError, match="no instructions mmx"):
        QueryDescriptors(descriptors, "mmx")
    with pytest.raises(ValueError, match=r"uint8 \(K, 128\)"):
        QueryDescriptors(descriptors[:, :64])
    prepared = QueryDescriptors(descriptors)
    with pytest.raises(ValueError, match=r"uint8 \(K, 128\)"):
        prepared.match(descriptors[0], 0.9)
    with pytest.raises(ValueError, match="no second nearest"):
        QueryDescriptors(descriptors[:1]).neighbours(descriptors)


def test_the_same_in_every_thread(photo: LocalFeatures, packs: list[LocalFeatures]) -> None:
    matcher = ExactMatcher(photo)
    alone = [matcher.match(pack, 0.9) for pack in packs]
    for pool in (workers(), ThreadPoolExecutor(4)):
        for _ in range(3):
            together = list(pool.map(lambda pack: matcher.match(pack, 0.9), packs))
            assert all(same(one, other) for one, other in zip(together, alone, strict=True))


def test_no_candidate_keypoints(photo: LocalFeatures) -> None:
    assert len(ExactMatcher(photo).match(no_features(), 0.9)) == 0
