"""Exact matching against brute force, and homographies against the ones that made the points."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from beautyfinder.features.keypoints import (
    LocalFeatures,
    no_features,
    root_sift,
)
from beautyfinder.search.exact_matching import ExactMatcher
from beautyfinder.search.matching import Matches
from beautyfinder.search.verification import Geometry, project, verify
from tests.search.test_matching import as_dict, features


def random_features(count: int, seed: int) -> LocalFeatures:
    """Descriptors as sparse as SIFT's."""
    generator = np.random.default_rng(seed)
    values = generator.integers(0, 200, (count, 128)) * (generator.random((count, 128)) < 0.4)
    return features(values.astype(np.uint8))


def near(original: LocalFeatures, count: int, noise: int, seed: int) -> LocalFeatures:
    """`count` descriptors of `original`, some taken twice, each changed by up to `noise`."""
    generator = np.random.default_rng(seed)
    taken = original.descriptors[generator.integers(0, len(original), count)].astype(np.int64)
    changed = taken + generator.integers(-noise, noise + 1, taken.shape)
    return features(changed.clip(0, 255).astype(np.uint8))


def alike(seed: int) -> tuple[LocalFeatures, LocalFeatures]:
    """A query of 60 descriptors, a third of them near copies, and 80 of a picture of the same."""
    own = random_features(40, seed)
    copies = near(own, 20, 60, seed + 20)
    query = features(np.concatenate([own.descriptors, copies.descriptors]))
    return query, near(query, 80, 70, seed + 10)


def brute_force(
    query: LocalFeatures, candidate: LocalFeatures, ratio: float, mutual: bool = True
) -> dict[int, tuple[int, float]]:
    """As the docstring says it, a pair at a time, in float64."""

    def unit(row: NDArray[np.uint8]) -> NDArray[np.float64]:
        histogram = row.astype(np.float64)
        return np.asarray(np.sqrt(histogram / histogram.sum()))

    table = np.array(
        [
            [np.linalg.norm(unit(theirs) - unit(ours)) for theirs in query.descriptors]
            for ours in candidate.descriptors
        ]
    )
    found = {}
    for row in range(len(candidate)):
        first, second = np.argsort(table[row])[:2]
        if table[row, first] > ratio * table[row, second]:
            continue
        if not mutual or np.argmin(table[:, first]) == row:
            found[row] = (int(first), float(table[row, first]))
    return found


# RootSIFT and matching


def test_root_sift_by_hand() -> None:
    descriptors = np.zeros((2, 128), np.uint8)
    descriptors[0, [3, 90]] = 16, 9  # of 25: square roots 4/5 and 3/5
    rows = root_sift(descriptors)
    assert rows.dtype == np.float32
    assert rows[0, 3] == pytest.approx(0.8)
    assert rows[0, 90] == pytest.approx(0.6)
    assert np.linalg.norm(rows[0]) == pytest.approx(1)
    assert not rows[1].any()  # nothing to normalise, and no NaN


@pytest.mark.parametrize("ratio", [0.7, 0.9, 1.0])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_matches_are_those_of_brute_force(seed: int, ratio: float) -> None:
    query, candidate = alike(seed)
    expected = brute_force(query, candidate, ratio)
    found = as_dict(ExactMatcher(query).match(candidate, ratio))
    assert 10 < len(expected) < 60
    assert {row: nearest for row, (nearest, _) in found.items()} == {
        row: nearest for row, (nearest, _) in expected.items()
    }
    for row, (_, distance) in found.items():
        assert distance == pytest.approx(expected[row][1], abs=1e-4)


def test_both_rules_matter() -> None:
    """So the comparison above would tell if either were left out."""
    query, candidate = alike(1)
    both = brute_force(query, candidate, 0.7)
    assert len(both) < len(brute_force(query, candidate, 0.7, mutual=False)) - 3
    assert len(both) < len(brute_force(query, candidate, 1.0)) - 3


def test_mutual_only() -> None:
    """Two catalogue keypoints want the one query keypoint: the nearer has it."""
    query, candidate = np.zeros((2, 128), np.uint8), np.zeros((2, 128), np.uint8)
    query[0, 0] = query[1, 1] = 100
    candidate[0, [0, 2]] = 80, 20
    candidate[1, [0, 2]] = 90, 10
    found = as_dict(ExactMatcher(features(query)).match(features(candidate), 0.9))
    assert found == {1: (0, pytest.approx(np.sqrt(2 - 2 * np.sqrt(0.9)), abs=1e-4))}


def test_ratio_is_of_distances_not_of_their_squares() -> None:
    """Distances 1 and 1.1 or so: within a ratio of 0.95, though their squares are not of 0.8."""
    query, candidate = np.zeros((2, 128), np.uint8), np.zeros((1, 128), np.uint8)
    candidate[0, [0, 1, 2]] = 60, 40, 100
    query[0, 0] = query[1, 1] = 100
    matcher = ExactMatcher(features(query))
    first, second = (np.sqrt(2 - 2 * np.sqrt(share)) for share in (0.3, 0.2))
    for ratio, count in ((first / second + 0.001, 1), (first / second - 0.001, 0)):
        assert len(matcher.match(features(candidate), ratio)) == count


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_query_keypoints_match_nothing(count: int) -> None:
    query = random_features(count, 1)
    for candidate in (no_features(), query, random_features(9, 1)):
        matches = ExactMatcher(query).match(candidate, 0.9)
        assert len(matches) == 0
        assert matches.query_indices.dtype == matches.catalogue_indices.dtype == np.int64
        assert matches.distances.dtype == np.float32


def test_catalogue_picture_of_no_or_one_keypoint() -> None:
    query = random_features(20, 1)
    one = features(query.descriptors[7:8])
    matcher = ExactMatcher(query)
    nothing, single = (matcher.match(candidate, 0.9) for candidate in (no_features(), one))
    assert len(nothing) == 0
    assert as_dict(single) == {0: (7, pytest.approx(0, abs=1e-3))}


def test_matches_do_not_depend_on_the_company() -> None:
    query = random_features(60, 1)
    candidates = [near(query, 30, 60, seed) for seed in range(4)]
    alone = [as_dict(ExactMatcher(query).match(candidate, 0.9)) for candidate in candidates]
    matcher = ExactMatcher(query)
    assert [as_dict(matcher.match(candidate, 0.9)) for candidate in candidates] == alone


# Homographies of given points

SIZE = (300, 400)
PHOTO = (1500, 1200)  # so a pixel at LONGER_SIDE is 2.93 of the photo's
TILT = np.array([[1.9, -0.7, 500.0], [0.6, 2.1, 120.0], [0.0003, -0.0002, 1.0]])


def scattered(count: int, seed: int = 0, size: tuple[int, int] = SIZE) -> NDArray[np.float32]:
    generator = np.random.default_rng(seed)
    return (generator.random((count, 2)) * size).astype(np.float32)


def placed(points: NDArray[np.float32]) -> LocalFeatures:
    """Keypoints at these points with a descriptor of its own each."""
    found = random_features(len(points), 99)
    return LocalFeatures(
        np.asarray(points, np.float32),
        np.full(len(points), 8, np.float32),
        np.zeros(len(points), np.float32),
        found.descriptors,
    )


def in_turn(count: int) -> Matches:
    """Keypoint n with keypoint n."""
    indices = np.arange(count, dtype=np.int64)
    return Matches(indices, indices, np.zeros(count, np.float32))


def verified(
    here: NDArray[np.float32],
    there: NDArray[np.float64] | NDArray[np.float32],
    size: tuple[int, int] = SIZE,
    photo: tuple[int, int] = PHOTO,
) -> Geometry | None:
    """What `verify` makes of points of a catalogue picture that lie `there` in a photo."""
    query, candidate = placed(np.asarray(there, np.float32)), placed(here)
    return verify(query, candidate, in_turn(len(here)), photo, size)


def test_project_by_hand() -> None:
    homography = np.array([[2.0, 0, 1], [0, 3, 0], [0, 0.5, 1]])
    points = np.array([[1, 2], [0, 0]], np.float32)
    assert project(homography, points).tolist() == [[1.5, 3], [1, 0]]


@pytest.mark.parametrize(
    ("size", "photo"),
    [((300, 400), (1500, 1200)), ((300, 400), (600, 480)), ((1200, 1600), (640, 512))],
)
def test_the_homography_is_found_in_the_pixels_of_the_stored_pictures(
    size: tuple[int, int], photo: tuple[int, int]
) -> None:
    """40 points that agree to a third of a pixel, 40 that lie anywhere."""
    truth = (
        np.diag([photo[0] / PHOTO[0], photo[1] / PHOTO[1], 1])
        @ TILT
        @ np.diag([SIZE[0] / size[0], SIZE[1] / size[1], 1])
    )
    here = scattered(80, size=size)
    generator = np.random.default_rng(5)
    unit = max(photo) / 512  # a pixel of the photo where it is verified
    there = project(truth, here) + generator.normal(0, 0.3 * unit, (80, 2))
    there[40:] = generator.random((40, 2)) * photo
    geometry = verified(here, there, size, photo)
    assert geometry is not None
    assert geometry.inliers[:40].all()
    assert geometry.inliers[40:].sum() <= 3
    corners = np.array([[0, 0], [size[0], 0], [0, size[1]], size], np.float32)
    misses = np.linalg.norm(project(geometry.homography, corners) - project(truth, corners), axis=1)
    assert misses.max() < 1.5 * unit
    # Root mean square of two coordinates of 0.3 each.
    assert geometry.error == pytest.approx(0.3 * np.sqrt(2) * unit, rel=0.35)
    assert 38 <= geometry.distinct <= 43


def test_inliers_lie_within_four_pixels_at_the_size_of_verification() -> None:
    here = scattered(60)
    there = project(TILT, here)
    there[50:, 0] += np.linspace(0.5, 30, 10) * 1500 / 512
    geometry = verified(here, there)
    assert geometry is not None
    misses = np.linalg.norm(project(geometry.homography, here) - there, axis=1) * 512 / 1500
    assert (misses[geometry.inliers] <= 4.01).all()
    assert not geometry.inliers[misses > 6].any()
    assert geometry.error == pytest.approx(
        np.sqrt((misses[geometry.inliers] ** 2).mean()) * 1500 / 512, rel=1e-3
    )


def test_again_gives_the_same() -> None:
    here = scattered(60)
    there = project(TILT, here)
    there[30:] = scattered(30, 8, PHOTO)
    cv2.setRNGSeed(3)
    first = verified(here, there)
    cv2.setRNGSeed(4)
    second = verified(here, there)
    assert first is not None
    assert second is not None
    assert np.array_equal(first.homography, second.homography)
    assert np.array_equal(first.inliers, second.inliers)


def test_keypoints_at_one_place_are_one_piece_of_evidence() -> None:
    """SIFT puts several, of different orientations, at one place."""
    here = np.repeat(scattered(12), 5, axis=0)
    geometry = verified(here, project(TILT, here))
    assert geometry is not None
    assert geometry.inliers.all()
    assert geometry.distinct == 12


# What is refused


def test_too_few() -> None:
    here = scattered(4)
    assert verified(here, project(TILT, here)) is not None
    assert verified(here[:3], project(TILT, here[:3])) is None
    assert verified(here[:0], here[:0]) is None


def test_all_at_one_place() -> None:
    here = scattered(40)
    point = np.tile(np.float32([700, 600]), (40, 1))
    assert verified(here, point) is None
    assert verified(np.tile(np.float32([90, 120]), (40, 1)), project(TILT, here)) is None
    assert verified(np.repeat(here[:3], 12, axis=0), np.repeat(here[:3], 12, axis=0)) is None


@pytest.mark.parametrize("bent", [0, 1e-3])
def test_on_one_line(bent: float) -> None:
    """Collinear points say nothing of what lies beside their line."""
    along = np.linspace(10, 290, 40)
    wobble = np.random.default_rng(2).normal(0, bent, 40)
    here = np.stack([along, 50 + 0.5 * along + wobble], axis=1).astype(np.float32)
    assert verified(here, project(TILT, here)) is None


def test_all_on_a_line_in_the_photo() -> None:
    here = scattered(40)
    there = np.stack([100 + 3 * here[:, 0], 200 + 2 * here[:, 0]], axis=1)
    assert verified(here, there) is None


def test_mirrored() -> None:
    here = scattered(40)
    mirror = np.array([[-1.0, 0, SIZE[0]], [0, 1, 0], [0, 0, 1]])
    assert verified(here, project(TILT @ mirror, here)) is None


def test_needle_thin() -> None:
    here = scattered(40)
    assert verified(here, project(np.diag([0.5, 2.5, 1.0]), here)) is not None
    assert verified(here, project(np.diag([0.3, 2.5, 1.0]), here)) is None


@pytest.mark.parametrize(
    ("scale", "believed"), [(0.02, False), (0.1, True), (6, True), (12, False)]
)
def test_scales_no_photo_has(scale: float, believed: bool) -> None:
    """Of both pictures brought to 512 px on the longer side, however large they are stored."""
    for size in ((60, 80), SIZE, (3000, 4000)):
        here = scattered(40, size=size)
        homography = np.diag([scale * PHOTO[0] / size[1]] * 2 + [1.0])
        assert (verified(here, project(homography, here), size) is not None) == believed


def test_folded() -> None:
    """The horizon, x = 150, runs through the picture: no camera sees both its sides."""
    here = scattered(40)
    here = here[np.abs(here[:, 0] - 150) > 25]
    fold = np.array([[1.0, 0, 0], [0, 1, 0], [-1 / 150, 0, 1]])
    assert verified(here, project(fold, here)) is None


def test_chance() -> None:
    """Points that have nothing to do with one another make no great consensus."""
    for seed in range(10):
        geometry = verified(scattered(40, seed), scattered(40, seed + 100, PHOTO))
        assert geometry is None or geometry.distinct < 9
