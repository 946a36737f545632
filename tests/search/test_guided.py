"""Guided counts of a verified pair: keypoints that find their like where they belong."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from beautyfinder.features.keypoints import LocalFeatures, extract_local_features
from beautyfinder.search.exact_matching import ExactMatcher
from beautyfinder.search.matching import Matches
from beautyfinder.search.verification import Geometry, verify
from tests.pictures import pack_picture
from tests.search.test_verification import in_turn, placed, scattered


def turned(quarters: int) -> tuple[int, Geometry]:
    """A drawn pack, half as large again and turned: its keypoints, and what was found."""
    picture = pack_picture(3, side=300)
    catalogue = extract_local_features(picture, 400)
    photo = np.ascontiguousarray(np.rot90(cv2.resize(picture, (450, 450)), quarters))
    query = extract_local_features(photo, 2000)
    matches = ExactMatcher(query).match(catalogue, 0.9)
    geometry = verify(query, catalogue, matches, (450, 450), (300, 300))
    assert geometry is not None
    return len(catalogue), geometry


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_guided_finds_as_many_however_the_pack_is_turned(quarters: int) -> None:
    """Orientations and scales are expected as the homography turns them."""
    visible, geometry = turned(quarters)
    assert geometry.visible >= 0.97 * visible
    assert 0.35 * visible <= geometry.guided <= geometry.visible
    assert geometry.guided > geometry.distinct


def guided(
    points: NDArray[np.float32], query: LocalFeatures, photo: tuple[int, int] = (512, 512)
) -> tuple[int, int]:
    """Counts for catalogue keypoints as `placed` makes them, photographed as they are."""
    candidate = placed(points)
    geometry = verify(query, candidate, in_turn(len(points)), photo, (512, 512))
    assert geometry is not None
    return geometry.guided, geometry.visible


def test_guided_counts_by_hand() -> None:
    points = scattered(30, size=(500, 500))
    query = placed(points)
    assert guided(points, query) == (30, 30)
    scales, angles, descriptors = query.scales.copy(), query.angles.copy(), query.descriptors.copy()
    scales[:3] *= 2.1  # more than twice as large
    scales[3] *= 1.9
    angles[4:8] = [41, 319, 39, 321]  # two by more than 40°
    # RootSIFT distances up to sqrt(2): nothing in common.
    descriptors[8:12] = np.where(query.descriptors[8:12] > 0, 0, 90)
    other = replace(query, scales=scales, angles=angles, descriptors=descriptors)
    assert guided(points, other) == (30 - 3 - 2 - 4, 30)


def test_guided_leaves_out_what_lies_outside_the_photo() -> None:
    points = scattered(30, size=(500, 500))
    points[:7, 0] += 600
    assert guided(points, placed(points)) == (23, 23)


def test_one_query_keypoint_stands_for_one_catalogue_keypoint() -> None:
    """Six catalogue keypoints alike at one place, where the photo has one."""
    points = scattered(30, size=(500, 500))
    points[:6] = points[0]
    candidate = placed(points)
    candidate.descriptors[:6] = candidate.descriptors[0]
    keep = np.r_[0, 6:30]
    query = LocalFeatures(*(getattr(candidate, name)[keep] for name in
                            ("points", "scales", "angles", "descriptors")))  # fmt: skip
    indices = np.arange(25, dtype=np.int64)
    matches = Matches(indices, keep.astype(np.int64), np.zeros(25, np.float32))
    geometry = verify(query, candidate, matches, (512, 512), (512, 512))
    assert geometry is not None
    assert (geometry.guided, geometry.visible) == (25, 30)
