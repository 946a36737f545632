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
from beautyfinder.search import exact_matching
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


def found(query: LocalFeatures, candidate: LocalFeatures, ratio: float) -> Found:
    matches = ExactMatcher(query).match(candidate, ratio)
    return dict(
        zip(matches.catalogue_indices.tolist(), matches.query_indices.tolist(), strict=True)
    )


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


@pytest.mark.parametrize("screening", [True, False])
@pytest.mark.parametrize("ratio", [0.6, 0.8, 0.9, 0.97])
def test_pictures(
    photo: LocalFeatures,
    packs: list[LocalFeatures],
    ratio: float,
    screening: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exact_matching, "_SCREENING", screening)
    counts = [len(found(photo, pack, ratio)) for pack in packs]
    assert sum(counts) > 30
    for pack in packs:
        assert found(photo, pack, ratio) == brute_force(photo, pack, ratio)


@pytest.mark.parametrize("ratio", [0.8, 0.9])
def test_hard_descriptors(photo: LocalFeatures, packs: list[LocalFeatures], ratio: float) -> None:
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
    for query in queries:
        for candidate in candidates:
            assert found(query, candidate, ratio) == brute_force(query, candidate, ratio)


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


def test_few_are_compared_in_full(photo: LocalFeatures, packs: list[LocalFeatures]) -> None:
    """So the rounded descriptors do decide; should their bound be too wide, this would be slow."""
    if not exact_matching._SCREENING:
        pytest.skip("this machine compares all in full")
    matcher = ExactMatcher(photo)
    asked = decided = 0
    for pack in packs:
        rows = root_sift(pack.descriptors)
        assert matcher._rounded is not None
        asked += len(rows)
        decided += np.count_nonzero(~matcher._screened(rows, matcher._rounded, 0.9)[2])
    assert decided > 0.9 * asked


def test_products_are_whole_numbers_without_overflow() -> None:
    """The greatest that the two sides may hold: processors without VNNI add pairs in 16 bits."""
    query = exact_matching._round_query(np.eye(128, dtype=np.float32))
    assert int(query.columns.max()) == exact_matching._RIGHT
    assert int(query.columns.min()) == -exact_matching._RIGHT
    assert (2**7 + exact_matching._LEFT) * exact_matching._RIGHT * 2 < 2**15


def test_the_same_in_every_thread(photo: LocalFeatures, packs: list[LocalFeatures]) -> None:
    matcher = ExactMatcher(photo)
    alone = [matcher.match(pack, 0.9) for pack in packs]
    for pool in (workers(), ThreadPoolExecutor(4)):
        for _ in range(3):
            together = list(pool.map(lambda pack: matcher.match(pack, 0.9), packs))
            assert all(same(one, other) for one, other in zip(together, alone, strict=True))


def test_no_candidate_keypoints(photo: LocalFeatures) -> None:
    assert len(ExactMatcher(photo).match(no_features(), 0.9)) == 0


def test_several_at_once_are_as_one_by_one(
    photo: LocalFeatures, packs: list[LocalFeatures]
) -> None:
    """Whatever lies beside a picture, also one without keypoints, changes nothing."""
    matcher = ExactMatcher(photo)
    several = [no_features(), packs[3], no_features(), *packs, no_features()]
    together = matcher.match_all(several, 0.9)
    assert len(together) == len(several)
    for one, candidate in zip(together, several, strict=True):
        assert same(one, matcher.match(candidate, 0.9))
    assert [len(matches) for matches in matcher.match_all([no_features()] * 2, 0.9)] == [0, 0]
    assert matcher.match_all([], 0.9) == []
