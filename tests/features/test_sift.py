"""Our SIFT against OpenCV's, and against facts that need neither; with every instruction set."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from beautyfinder.features.resize import resize_longer_side
from beautyfinder.kernels import instruction_sets, sift
from tests.pictures import pack_picture, phone_photo

Pixels = NDArray[np.uint8]
every_instruction_set = pytest.mark.parametrize("instructions", instruction_sets())


@dataclass(frozen=True, eq=False)
class Found:
    """Keypoints, strongest first, ties by y, x, angle: as `sift` gives them."""

    points: NDArray[np.float32]
    sizes: NDArray[np.float32]
    angles: NDArray[np.float32]
    responses: NDArray[np.float32]
    descriptors: Pixels

    def __len__(self) -> int:
        return len(self.sizes)


def opencv(grey: Pixels, limit: int) -> Found:
    detector = cv2.SIFT_create(nfeatures=limit, enable_precise_upscale=True)
    keypoints, descriptors = detector.detectAndCompute(grey, None)
    points = np.array([k.pt for k in keypoints], np.float32).reshape(-1, 2)
    sizes, angles, responses = (
        np.array([getattr(k, name) for k in keypoints], np.float32)
        for name in ("size", "angle", "response")
    )
    order = np.lexsort((angles, points[:, 0], points[:, 1], -responses))[:limit]
    numbers = np.zeros((0, 128)) if descriptors is None else descriptors
    return Found(*(part[order] for part in (points, sizes, angles, responses)),
                 numbers[order].astype(np.uint8))  # fmt: skip


def differences(one: Found, other: Found) -> tuple[int, NDArray[np.int16]]:
    """How many keypoints of `one` are in `other`; differences of the descriptors of those (N, 128).

    The same place within 0.05 px, size within 1 % and angle within half a degree.
    """
    apart = np.hypot(*(one.points[:, None] - other.points[None]).transpose(2, 0, 1))
    larger = np.abs(one.sizes[:, None] / other.sizes[None] - 1)
    turned = np.abs((one.angles[:, None] - other.angles[None] + 180) % 360 - 180)
    same = (apart < 0.05) & (larger < 0.01) & (turned < 0.5)
    rows, columns = np.flatnonzero(same.any(axis=1)), same.argmax(axis=1)
    off = one.descriptors[rows].astype(np.int16) - other.descriptors[columns[rows]]
    return len(rows), np.abs(off)


def agree(pictures: list[Pixels], limit: int, instructions: str) -> None:
    """Nearly the same keypoints, descriptors and angles: what rounding leaves."""
    found = total = extra = 0
    off = []
    for grey in pictures:
        theirs, ours = opencv(grey, limit), Found(*sift(grey, limit, instructions))
        count, descriptors = differences(theirs, ours)
        found, total, extra = found + count, total + len(theirs), extra + len(ours) - len(theirs)
        off.append(descriptors)
    assert total > 100
    assert found >= 0.995 * total
    assert abs(extra) <= 0.01 * total  # drawn shapes have ties that rounding alone decides
    assert (np.concatenate(off) <= 1).mean() >= 0.999


def drawn() -> list[Pixels]:
    """Wide, high and square ones, sides even and odd."""
    scenes = [
        *(resize_longer_side(pack_picture(number), 512) for number in range(3)),
        phone_photo(1, 333),
        np.concatenate([phone_photo(3), phone_photo(4, 240)], axis=1)[:173],
        np.concatenate([phone_photo(5), phone_photo(6, 240)], axis=0)[:, :131],
        np.random.default_rng(1).integers(0, 255, (97, 64, 3), np.uint8),
    ]
    return [np.ascontiguousarray(cv2.cvtColor(scene, cv2.COLOR_RGB2GRAY)) for scene in scenes]


@every_instruction_set
@pytest.mark.parametrize("limit", [400, 2000])
def test_drawn_pictures_give_the_keypoints_of_opencv(limit: int, instructions: str) -> None:
    agree(drawn(), limit, instructions)


@pytest.mark.data
@every_instruction_set
@pytest.mark.parametrize("limit", [400, 2000])
def test_photos_give_the_keypoints_of_opencv(limit: int, instructions: str, data: Path) -> None:
    files = [
        *sorted((data / "grocery" / "catalogue").glob("*.jpg"))[::20],
        *sorted((data / "grocery" / "queries").glob("*.jpg"))[::160],
    ]
    photos = [cv2.imread(str(file), cv2.IMREAD_GRAYSCALE) for file in files]
    agree([resize_longer_side(np.asarray(grey, np.uint8), 512) for grey in photos],
          limit, instructions)  # fmt: skip


@every_instruction_set
@pytest.mark.parametrize(("width", "x", "y"), [(6.0, 100.0, 80.0), (11.0, 90.4, 87.7)])
def test_a_blob_is_found_where_it_is_and_as_large(
    width: float, x: float, y: float, instructions: str
) -> None:
    """A Gaussian blob of standard deviation s, blurred by g, has the height s² / (s² + g²).

    The difference of two blurs g and k g is then greatest at g² = s² / k, k being the third root of
    2. SIFT takes a picture as blurred by half a pixel already. A diameter is twice the blur.
    """
    rows, columns = np.mgrid[:170, :200]
    blob = 150 * np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / (2 * width**2))
    points, sizes, _, responses, _ = sift(np.rint(blob + 40).astype(np.uint8), 9, instructions)
    blur = np.sqrt((width**2 - 0.25) / 2 ** (1 / 3))
    assert points[0] == pytest.approx((x, y), abs=0.1)
    assert sizes[0] == pytest.approx(2 * blur, rel=0.03)
    ratio = 2 ** (1 / 3)
    assert responses[0] == pytest.approx(150 / 255 * (ratio - 1) / (ratio + 1), rel=0.03)


@every_instruction_set
def test_the_angle_is_the_direction_of_the_slope(instructions: str) -> None:
    """A blob's own gradients lie all ways; those along the slope that it stands on are longer."""
    rows, columns = np.mgrid[:80, :80] - 40.0
    direction = np.radians(30)  # clockwise from the right, as rows count downwards
    slope = 1.8 * (columns * np.cos(direction) + rows * np.sin(direction))
    blob = 40 * np.exp(-(columns**2 + rows**2) / (2 * 4.0**2))
    grey = np.rint(110 + slope + blob).clip(0, 255).astype(np.uint8)
    points, _, angles, _, _ = sift(grey, 9, instructions)
    at_blob = np.hypot(*(points - 40).T) < 3
    assert at_blob.any()
    assert angles[at_blob][0] == pytest.approx(30, abs=5)


@every_instruction_set
@pytest.mark.parametrize("shape", [(0, 0), (0, 9), (1, 1), (1, 300), (300, 1), (5, 5), (6, 512),
                                   (11, 7), (64, 64), (37, 401)])  # fmt: skip
def test_small_and_flat_pictures(shape: tuple[int, int], instructions: str) -> None:
    flat = Found(*sift(np.full(shape, 200, np.uint8), 400, instructions))
    assert len(flat) == 0
    assert flat.points.shape == (0, 2)
    assert flat.descriptors.shape == (0, 128)
    noise = np.random.default_rng(0).integers(0, 255, shape, np.uint8)
    ours = Found(*sift(noise, 400, instructions))
    theirs = opencv(noise, 400) if noise.size else flat
    assert abs(len(ours) - len(theirs)) <= 0.01 * len(theirs)


@every_instruction_set
def test_the_limit_is_exact_and_keeps_the_strongest(instructions: str) -> None:
    grey = drawn()[0]
    whole = Found(*sift(grey, 100_000, instructions))
    assert len(whole) > 150
    assert (np.diff(whole.responses) <= 0).all()
    for limit in (0, 1, 7, 150):
        part = Found(*sift(grey, limit, instructions))
        assert len(part) == limit
        np.testing.assert_array_equal(part.points, whole.points[:limit])
        np.testing.assert_array_equal(part.descriptors, whole.descriptors[:limit])


def test_threads_do_not_disturb_one_another() -> None:
    pictures = drawn() * 3
    alone = [sift(grey, 300) for grey in pictures]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda grey: sift(grey, 300), pictures))
    for one, other in zip(alone, together, strict=True):
        for part, its_part in zip(one, other, strict=True):
            np.testing.assert_array_equal(part, its_part)


def test_what_is_no_grey_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="grey"):
        sift(np.zeros((9, 9, 3), np.uint8), 400)
    with pytest.raises(ValueError, match="no instructions"):
        sift(np.zeros((9, 9), np.uint8), 400, "abacus")
