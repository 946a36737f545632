"""SIFT: positions in the stored picture's own pixels, and the form on disk."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from beautyfinder.features.keypoints import (
    CATALOGUE_LIMIT,
    LONGER_SIDE,
    QUERY_LIMIT,
    LocalFeatures,
    extract_local_features,
    no_features,
    pack,
    unpack,
)
from tests.pictures import phone_photo

Pixels = NDArray[np.uint8]


def discs(height: int, width: int, centres: NDArray[np.float64], radii: list[float]) -> Pixels:
    """White discs on grey, each pixel covered as far as the disc covers it (4 x 4 samples)."""
    y, x = (np.mgrid[0 : 4 * height, 0 : 4 * width] + 0.5) / 4 - 0.5
    fine = np.full(x.shape, 60.0)
    for (cx, cy), radius in zip(centres, radii, strict=True):
        fine[(x - cx) ** 2 + (y - cy) ** 2 < radius**2] = 220
    grey = np.rint(fine.reshape(height, 4, width, 4).mean((1, 3))).astype(np.uint8)
    return np.repeat(grey[..., None], 3, axis=2)


def same(one: LocalFeatures, other: LocalFeatures) -> bool:
    return (
        np.array_equal(one.points, other.points)
        and np.array_equal(one.scales, other.scales)
        and np.array_equal(one.angles, other.angles)
        and np.array_equal(one.descriptors, other.descriptors)
    )


# Where


@pytest.mark.parametrize(
    ("height", "width"),
    [(512, 400), (300, 256), (301, 223), (900, 701), (611, 1033), (97, 512), (160, 90)],
)
def test_discs_are_found_where_they_are(height: int, width: int) -> None:
    """Within a tenth of a pixel of the picture that SIFT saw, for sides above and below 512."""
    pixel = max(height, width) / LONGER_SIDE
    share = np.array(
        [[0.32, 0.45], [0.68, 0.55]] if width > height else [[0.45, 0.32], [0.55, 0.68]]
    )
    centres = share * [width, height] + [0.3, -0.2]
    radii = [16 * pixel, 20 * pixel]  # of SIFT's scales: half-way between two it is less exact
    found = extract_local_features(discs(height, width, centres, radii), 400)
    for centre, radius in zip(centres, radii, strict=True):
        away = np.hypot(*(found.points - centre).T)
        blob = (away < radius / 2) & (np.abs(found.scales / radius - 1.28) < 0.05)
        assert blob.any()
        assert away[blob].max() < 0.1 * pixel


@pytest.mark.parametrize("flip", [0, 1], ids=["upside down", "mirrored"])
def test_mirrored_picture_has_mirrored_keypoints(flip: int) -> None:
    """A shift to one side, of half a pixel say, would show twice."""
    pixels = cv2.GaussianBlur(phone_photo(3), (0, 0), 1.5)
    last = np.array([pixels.shape[1] - 1, pixels.shape[0] - 1], np.float32)
    there = extract_local_features(pixels, 400).points
    back = extract_local_features(np.ascontiguousarray(cv2.flip(pixels, flip)), 400).points
    axis = 1 if flip == 0 else 0
    back[:, axis] = last[axis] - back[:, axis]
    between = there[:, None] - back[None]
    nearest = np.hypot(*np.moveaxis(between, 2, 0)).argmin(axis=1)
    moved = there - back[nearest]
    close = np.hypot(*moved.T) < 2
    assert close.mean() > 0.7
    assert np.abs(np.median(moved[close], axis=0)).max() < 0.02


def test_scales_are_in_the_pictures_pixels() -> None:
    centres = np.array([[100.0, 120.0]])
    small = extract_local_features(discs(256, 256, centres, [12]), 400)
    large = extract_local_features(discs(1024, 1024, centres * 4 + 1.5, [48]), 400)
    assert large.scales[0] / small.scales[0] == pytest.approx(4, rel=0.02)
    assert large.points[0] == pytest.approx(small.points[0] * 4 + 1.5, abs=0.2)


# What


def test_types_order_and_limit() -> None:
    pixels = phone_photo(1)
    everything = extract_local_features(pixels, QUERY_LIMIT)
    assert len(everything) > 60
    assert everything.points.dtype == everything.scales.dtype == everything.angles.dtype
    assert everything.points.dtype == np.float32
    assert everything.descriptors.dtype == np.uint8
    assert everything.descriptors.shape == (len(everything), 128)
    assert everything.descriptors.max() > 100
    height, width = pixels.shape[:2]
    assert (everything.points >= -0.5).all()
    assert (everything.points <= [width - 0.5, height - 0.5]).all()
    for limit in (1, 2, 17, 50):
        strongest = extract_local_features(pixels, limit)
        assert len(strongest) == limit
        assert np.array_equal(strongest.points, everything.points[:limit])
        assert np.array_equal(strongest.descriptors, everything.descriptors[:limit])


@pytest.mark.parametrize(
    "shape", [(1, 1), (3, 900), (40, 30), (512, 512), (700, 900)], ids=lambda s: f"{s[0]}x{s[1]}"
)
def test_blank_picture_has_none(shape: tuple[int, int]) -> None:
    features = extract_local_features(np.full((*shape, 3), 200, np.uint8), CATALOGUE_LIMIT)
    assert len(features) == 0
    assert same(features, no_features())


def test_same_picture_same_features_in_any_thread() -> None:
    pixels = phone_photo(5)
    expected = extract_local_features(pixels, 200)
    with ThreadPoolExecutor(4) as pool:
        for features in pool.map(lambda _: extract_local_features(pixels, 200), range(8)):
            assert same(features, expected)


# On disk


@pytest.mark.parametrize("limit", [1, 2, 120])
def test_round_trip(limit: int) -> None:
    features = extract_local_features(phone_photo(2), limit)
    data = pack(features)
    assert len(data) == 8 + 144 * limit
    back = unpack(data)
    assert same(back, features)
    assert [a.dtype for a in (back.points, back.scales, back.angles)] == [np.float32] * 3
    assert pack(back) == data


def test_round_trip_of_none() -> None:
    assert same(unpack(pack(no_features())), no_features())


def test_torn_bytes_are_refused() -> None:
    data = pack(extract_local_features(phone_photo(2), 20))
    for torn in (data[:-1], data + b"\0", data[:100], data[:8], data[:4] + b"\xff" * 4 + data[8:]):
        with pytest.raises(ValueError, match="torn"):
            unpack(torn)
    for other in (b"", b"LF1", data[:7], b"LF2\0" + data[4:], data[1:]):
        with pytest.raises(ValueError, match="not packed local features"):
            unpack(other)
