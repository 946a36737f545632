"""Spatial verification: matches of two pictures -> the homography that explains them."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from beautyfinder.features.keypoints import LONGER_SIDE, LocalFeatures, root_sift
from beautyfinder.search.matching import Matches

Size = tuple[int, int]  # width and height of a picture in pixels

# Greatest distance in the photo, brought to LONGER_SIDE px, of an inlier from where it belongs.
_INLIER_PX = 4.0
_ITERATIONS = 1000
_CONFIDENCE = 0.999
_FEWEST = 4  # matches that make a homography
# A pack is photographed neither mirrored, nor tilted until it is a line, nor far larger or smaller.
_GREATEST_STRETCH = 6.0
_SCALES = (0.05, 8.0)
# Guided matching: around where the homography puts a catalogue keypoint, at LONGER_SIDE px.
_GUIDED_PX = 8.0
_GUIDED_DISTANCE = 0.75  # of RootSIFT descriptors, which are unit vectors
_GUIDED_SCALE = 2.0
_GUIDED_ANGLE = 40.0


@dataclass(frozen=True, eq=False)
class Geometry:
    """How a catalogue picture lies in the photo.

    homography: float64 (3, 3), pixels of the catalogue picture -> pixels of the photo, both upright
    with the centre of the top-left pixel at (0, 0). inliers: bool (M,), which of the matches agree
    with it. error: root mean square distance of the inliers from where they belong, photo pixels.
    distinct: inliers at different places in both pictures, which is what counts as evidence.
    guided: catalogue keypoints that find their like where the homography puts them; visible: those
    that it puts inside the photo.
    """

    homography: NDArray[np.float64]
    inliers: NDArray[np.bool_]
    error: float
    distinct: int
    guided: int
    visible: int


def verify(
    query: LocalFeatures,
    candidate: LocalFeatures,
    matches: Matches,
    query_size: Size,
    candidate_size: Size,
) -> Geometry | None:
    """The homography that most matches agree with (MAGSAC), or None where none is believable.

    Refused: fewer than four places, a mirrored, folded or needle-thin pack, a scale no photo has.
    """
    if len(matches) < _FEWEST:
        return None
    factor = LONGER_SIDE / max(query_size)
    here = candidate.points[matches.catalogue_indices]
    there = query.points[matches.query_indices] * factor
    if min(_distinct(here), _distinct(there)) < _FEWEST:
        return None
    # OpenCV's USAC seeds a generator of its own, so a look-up repeats in any number of threads.
    found, mask = cv2.findHomography(
        here, there, cv2.USAC_MAGSAC, _INLIER_PX, maxIters=_ITERATIONS, confidence=_CONFIDENCE
    )
    if not np.size(found):  # None, against OpenCV's stubs
        return None
    scaled = np.asarray(found, np.float64)
    inliers = mask.ravel().astype(bool)
    if not inliers.any() or not _is_believable(scaled, here[inliers], candidate_size, factor):
        return None
    distinct = min(_distinct(here[inliers]), _distinct(there[inliers]))
    if distinct < _FEWEST:
        return None
    misses = project(scaled, here[inliers]) - there[inliers]
    homography = np.asarray(np.diag([1 / factor, 1 / factor, 1.0]) @ scaled, np.float64)
    guided, visible = _guided(query, candidate, homography, query_size)
    return Geometry(
        homography,
        inliers,
        float(np.sqrt((misses**2).sum(axis=1).mean()) / factor),
        distinct,
        guided,
        visible,
    )


def project(homography: NDArray[np.float64], points: NDArray[np.floating]) -> NDArray[np.float64]:
    """Points (K, 2) through a homography (3, 3)."""
    ends = points.astype(np.float64) @ homography[:, :2].T + homography[:, 2]
    return np.asarray(ends[:, :2] / ends[:, 2:], np.float64)


def _is_believable(
    homography: NDArray[np.float64],
    inliers: NDArray[np.float32],
    size: Size,
    factor: float,
) -> bool:
    width, height = size
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64)
    depths = corners @ homography[2, :2] + homography[2, 2]
    if depths.min() <= 0 <= depths.max():
        return False  # the horizon runs through the picture
    centre = inliers.mean(axis=0, dtype=np.float64)
    x, y, depth = homography @ [*centre, 1]
    jacobian = (homography[:2, :2] - np.outer((x / depth, y / depth), homography[2, :2])) / depth
    if np.linalg.det(jacobian) <= 0:
        return False
    # Both pictures at LONGER_SIDE px.
    stretch = np.linalg.svd(jacobian, compute_uv=False) * max(size) / LONGER_SIDE
    return bool(
        stretch[0] <= _GREATEST_STRETCH * stretch[1]
        and _SCALES[0] <= stretch[1]
        and stretch[0] <= _SCALES[1]
    )


def _guided(
    query: LocalFeatures,
    candidate: LocalFeatures,
    homography: NDArray[np.float64],
    query_size: Size,
) -> tuple[int, int]:
    """How many catalogue keypoints find their like where they belong, of how many in the photo."""
    reach = _GUIDED_PX * max(query_size) / LONGER_SIDE
    expected = project(homography, candidate.points)
    inside = np.flatnonzero(
        ((expected >= -0.5) & (expected <= np.array(query_size) - 0.5)).all(axis=1)
    )
    if not len(inside):
        return 0, 0
    rows, columns = _near(expected[inside], query.points, reach)
    if not len(rows):
        return 0, len(inside)
    # Scale and orientation must turn as the homography turns them around that keypoint.
    angles = np.deg2rad(candidate.angles[inside])
    step = np.stack([np.cos(angles), np.sin(angles)], axis=1) * candidate.scales[inside, None]
    tips = project(homography, candidate.points[inside] + step) - expected[inside]
    turned = np.rad2deg(np.arctan2(tips[:, 1], tips[:, 0]))
    gap = np.abs((query.angles[columns] - turned[rows] + 180) % 360 - 180)
    scale = np.log2(query.scales[columns] / np.hypot(*tips.T)[rows].clip(1e-6))
    fits = (gap <= _GUIDED_ANGLE) & (np.abs(scale) <= np.log2(_GUIDED_SCALE))
    rows, columns = rows[fits], columns[fits]
    ours = root_sift(candidate.descriptors[inside[rows]])
    theirs = root_sift(query.descriptors[columns])
    close = np.linalg.norm(ours - theirs, axis=1) <= _GUIDED_DISTANCE
    # One query keypoint stands for one catalogue keypoint.
    return min(len(np.unique(rows[close])), len(np.unique(columns[close]))), len(inside)


def _near(
    places: NDArray[np.float64], points: NDArray[np.float32], reach: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Which of `places` (P, 2) and `points` (K, 2) lie within `reach` of each other in x and in y.

    Returns their indices, pair by pair. Sorted by x, since most of K x P pairs are far apart.
    """
    order = np.argsort(points[:, 0], kind="stable")
    sorted_x = points[order, 0]
    first = np.searchsorted(sorted_x, places[:, 0] - reach, "left")
    counts = np.searchsorted(sorted_x, places[:, 0] + reach, "right") - first
    rows = np.repeat(np.arange(len(places)), counts)
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    columns = order[np.repeat(first, counts) + within]
    kept = np.abs(places[rows, 1] - points[columns, 1]) <= reach
    return rows[kept], columns[kept]


def _distinct(points: NDArray[np.float32]) -> int:
    """How many different places, to the pixel: SIFT may put several keypoints at one."""
    whole = np.rint(points).astype(np.int64)
    keys = np.sort((whole[:, 0] << 32) + whole[:, 1])
    return int(np.count_nonzero(np.diff(keys))) + min(1, len(keys))
