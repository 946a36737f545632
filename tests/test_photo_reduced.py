"""Decoding at a reduced size: JPEGs alone, never below the side asked for, coordinates kept."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from beautyfinder.features.keypoints import extract_local_features
from beautyfinder.photo import PhotoError, decode_photo, decode_reduced
from tests.pictures import pack_picture


def encoded(pixels: NDArray[np.uint8], kind: str = "JPEG", orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, kind, exif=exif, quality=95)
    return out.getvalue()


def large(height: int, width: int) -> NDArray[np.uint8]:
    return np.asarray(cv2.resize(pack_picture(3), (width, height)), np.uint8)


@pytest.mark.parametrize(
    ("size", "longer_side", "expected"),
    [
        ((600, 801), 200, (150, 201)),
        ((600, 800), 201, (300, 400)),
        ((600, 800), 401, (600, 800)),
        ((600, 800), 1, (75, 100)),
        ((3, 900), 100, (2, 450)),
    ],
)
def test_side_stays_at_least_what_is_asked_for(
    size: tuple[int, int], longer_side: int, expected: tuple[int, int]
) -> None:
    reduced = decode_reduced(encoded(large(*size)), "a.jpg", longer_side)
    assert reduced.pixels.shape == (*expected, 3)
    assert reduced.shape == size


@pytest.mark.parametrize("orientation", range(1, 9))
def test_turned_pictures_come_out_upright(orientation: int) -> None:
    data = encoded(large(480, 640), orientation=orientation)
    whole = decode_photo(data, "a.jpg").pixels
    reduced = decode_reduced(data, "a.jpg", 300)
    assert reduced.shape == whole.shape[:2]
    small = cv2.resize(whole, reduced.pixels.shape[1::-1], interpolation=cv2.INTER_AREA)
    assert max(reduced.pixels.shape) == 320
    assert np.abs(small.astype(int) - reduced.pixels).mean() < 3


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_formats_are_decoded_whole(kind: str) -> None:
    reduced = decode_reduced(encoded(large(300, 400), kind), "a", 50)
    assert reduced.pixels.shape == (300, 400, 3)
    assert reduced.shape == (300, 400)


def test_small_pictures_are_the_same_to_the_bit() -> None:
    data = encoded(pack_picture(1))
    reduced = decode_reduced(data, "a.jpg", 1024)
    np.testing.assert_array_equal(reduced.pixels, decode_photo(data, "a.jpg").pixels)


def test_a_picture_cut_short_is_refused_as_ever() -> None:
    data = encoded(large(600, 800))
    with pytest.raises(PhotoError, match="damaged, cut short"):
        decode_reduced(data[: len(data) // 2], "a.jpg", 100)


def test_keypoints_have_the_whole_pictures_coordinates() -> None:
    data = encoded(large(1800, 2400))
    whole = extract_local_features(decode_photo(data, "a.jpg").pixels, 100)
    photo = decode_reduced(data, "a.jpg", 1024)
    assert max(photo.pixels.shape) == 1200
    reduced = extract_local_features(photo.pixels, 100, shape=photo.shape)
    apart = np.linalg.norm(whole.points[:, None] - reduced.points[None], axis=2).min(axis=1)
    assert np.mean(apart < 2400 / 512) > 0.8
    assert abs(np.median(whole.scales) / np.median(reduced.scales) - 1) < 0.2
