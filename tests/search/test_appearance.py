"""Structure and colour of a drawn pack against photos of it through a known homography."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from beautyfinder.search import appearance
from beautyfinder.search.appearance import (
    Agreement,
    Rectified,
    agreement,
    foreground,
    halvings,
    rectify,
)
from tests.pictures import pack_picture

SIDE = 240
PHOTO = (640, 480)  # width and height
TILT = np.array([[1.3, -0.35, 190.0], [0.3, 1.25, 60.0], [0.0003, -0.0002, 1.0]])
# Keypoints on the pack, which leaves a sixth and a twelfth of white around it.
ON_PACK = np.array([[50, 30], [190, 30], [190, 210], [50, 210], [120, 120]], np.float32)


def photographed(
    picture: NDArray[np.uint8], homography: NDArray[np.float64] = TILT
) -> NDArray[np.uint8]:
    """`picture` seen through `homography`, on a grey table."""
    photo = cv2.warpPerspective(
        picture, homography, PHOTO, flags=cv2.INTER_LINEAR, borderValue=(110, 110, 110)
    )
    return np.asarray(photo, np.uint8)


def compared(
    photo: NDArray[np.uint8],
    catalogue: NDArray[np.uint8],
    homography: NDArray[np.float64] = TILT,
    inliers: NDArray[np.float32] = ON_PACK,
) -> Agreement:
    found = agreement(rectified(photo, catalogue, homography, inliers))
    assert found is not None
    return found


def looked_at(rectified: Rectified) -> Agreement:
    found = agreement(rectified)
    assert found is not None
    return found


def rectified(
    photo: NDArray[np.uint8],
    catalogue: NDArray[np.uint8],
    homography: NDArray[np.float64] = TILT,
    inliers: NDArray[np.float32] = ON_PACK,
) -> Rectified:
    return rectify(halvings(photo), catalogue, homography, (SIDE, SIDE), inliers)


@pytest.fixture(scope="module")
def pack() -> NDArray[np.uint8]:
    return pack_picture(3, SIDE)


def other_shade(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The same print, its ground of another hue: half the pack's area or more."""
    ground = picture[SIDE // 12 + 3, SIDE // 6 + 3]
    assert not (ground == 245).all()
    changed = picture.copy()
    changed[(picture == ground).all(axis=2)] = ground[[1, 2, 0]]
    return changed


def tinted(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Under the yellow light of a bulb."""
    return (picture * np.array([1.0, 0.9, 0.7])).astype(np.uint8)


# The photo in the catalogue picture's frame


@pytest.mark.parametrize("reduced", [SIDE, 100])
def test_the_photo_is_laid_on_the_catalogue_picture(pack: NDArray[np.uint8], reduced: int) -> None:
    """Also where the catalogue's side is a thumbnail: coordinates are those of the full size."""
    thumbnail = cv2.resize(pack, (reduced, reduced), interpolation=cv2.INTER_AREA)
    laid = rectified(photographed(pack), np.asarray(thumbnail, np.uint8))
    assert laid.photo.shape == laid.catalogue.shape == (192, 192, 3)
    assert laid.photo.dtype == laid.catalogue.dtype == np.uint8
    expected = cv2.resize(pack, (192, 192), interpolation=cv2.INTER_AREA).astype(float)
    difference = np.abs(laid.photo.astype(float) - expected)[laid.trusted]
    assert difference.mean() < 6
    for shift in ((0, 2), (2, 0), (0, -2), (-2, 0)):  # a sharp minimum: it lies where it belongs
        moved = np.roll(laid.photo.astype(float), shift, axis=(0, 1))
        assert np.abs(moved - expected)[laid.trusted].mean() > 1.5 * difference.mean()


def test_a_large_photo_is_reduced_before_it_is_warped(pack: NDArray[np.uint8]) -> None:
    """Grain of single pixels, four of which fall on one, is averaged, not picked from."""
    enlarge = np.diag([4.0, 4.0, 1.0])
    photo = cv2.resize(pack, (4 * SIDE, 4 * SIDE), interpolation=cv2.INTER_NEAREST)
    grain = np.random.default_rng(0).normal(0, 60, photo.shape)
    grey = np.full(photo.shape, 128.0)
    noisy = rectified((grey + grain).clip(0, 255).astype(np.uint8), pack, enlarge)
    # 60 over the root of about 5 x 5 pixels is 12; picked by interpolation it would be 35 or more.
    assert noisy.photo[noisy.trusted].std() < 22


def test_frame_keeps_the_shape_of_the_picture() -> None:
    tall = np.full((400, 100, 3), 90, np.uint8)
    points = np.array([[10, 10], [90, 10], [90, 390]], np.float32)
    laid = rectify(
        halvings(np.full((480, 640, 3), 90, np.uint8)), tall, np.eye(3), (100, 400), points
    )
    assert laid.catalogue.shape == laid.photo.shape == (192, 48, 3)
    assert laid.trusted.shape == (192, 48)


def test_white_backdrop_is_left_out(pack: NDArray[np.uint8]) -> None:
    """The pack is trusted, the white around it is not, white print on the pack is."""
    white = pack.copy()
    white[(pack == 245).all(axis=2)] = 255
    cv2.rectangle(white, (100, 100), (140, 140), (255, 255, 255), -1)
    trusted = rectified(photographed(white), white).trusted
    left, top = 192 // 6, 192 // 12
    assert not trusted[:, : left - 1].any()
    assert not trusted[: top - 1].any()
    assert not trusted[:, 192 * 5 // 6 + 2 :].any()
    assert trusted[top + 2 : 175, left + 2 : 158].mean() > 0.97
    assert trusted[84:110, 84:110].all()


def test_trusted_is_what_lies_near_the_inliers() -> None:
    """Within 0.12 of the side, 23 pixels, of their hull."""
    grey = np.full((192, 192, 3), 120, np.uint8)
    points = np.array([[80, 80], [110, 80], [110, 110], [80, 110]], np.float32)
    trusted = rectify([grey], grey, np.eye(3), (192, 192), points).trusted
    assert trusted[95, 80 - 23 : 110 + 24].all()
    assert trusted[95].sum() == 31 + 2 * 23
    assert trusted[:, 95].sum() == 31 + 2 * 23
    assert not trusted[80 - 20, 80 - 20]  # round, not square, at the corners


def test_trusted_is_what_lies_in_the_photo() -> None:
    """The left half of the picture lies beyond the photo's left edge."""
    grey = np.full((192, 192, 3), 120, np.uint8)
    moved = np.array([[1.0, 0, -96], [0, 1, 0], [0, 0, 1]])
    points = np.array([[4, 4], [188, 4], [188, 188], [4, 188]], np.float32)
    trusted = rectify([grey], grey, moved, (192, 192), points).trusted
    assert not trusted[:, :95].any()
    assert trusted[10:180, 98:].all()
    assert looked_at(rectify([grey], grey, moved, (192, 192), points)).area == pytest.approx(
        0.5, abs=0.03
    )


def test_a_large_photo_is_warped_from_a_halved_one(pack: NDArray[np.uint8]) -> None:
    """Stripes finer than a pixel of the frame come out grey, not as moiré."""
    stripes = np.zeros((1536, 1536, 3), np.uint8)
    stripes[:, ::4] = stripes[:, 1::4] = 255
    levels = halvings(stripes)
    assert [len(level) for level in levels] == [1536, 768, 384, 192, 96]
    eightfold = np.array([[8.0, 0, 3.5], [0, 8, 3.5], [0, 0, 1]])
    points = np.array([[4, 4], [188, 4], [188, 188], [4, 188]], np.float32)
    photo = rectify(levels, pack, eightfold, (192, 192), points).photo
    assert np.abs(photo.astype(int) - 127).max() <= 2


# Agreement


@pytest.mark.parametrize("number", [3, 5, 8])
def test_the_right_pack_agrees(number: int) -> None:
    pack = pack_picture(number, SIDE)
    found = compared(photographed(pack), pack)
    assert found.structure > 0.9
    assert found.colour < 2.5
    assert found.shade < 2.5
    assert found.area > 0.85


@pytest.mark.parametrize("length", [2, 3])
def test_lengths_are_numpys_to_the_last_bit(length: int) -> None:
    vectors = np.random.default_rng(0).normal(0, 50, (40, 30, 3)).astype(np.float32)[..., -length:]
    np.testing.assert_array_equal(appearance._lengths(vectors), np.linalg.norm(vectors, axis=2))


def test_a_picture_agrees_with_itself(pack: NDArray[np.uint8]) -> None:
    same = Rectified(pack, pack, foreground(pack), np.ones(pack.shape[:2], bool))
    found = looked_at(same)
    assert found.structure == pytest.approx(1, abs=0.03)
    assert found.colour == found.shade == 0


def test_another_pack_does_not(pack: NDArray[np.uint8]) -> None:
    right = compared(photographed(pack), pack)
    for number in (1, 2, 4, 6):
        wrong = compared(photographed(pack), pack_picture(number, SIDE))
        assert wrong.structure < right.structure - 0.3
        assert wrong.colour > right.colour + 5


def test_a_negative_is_no_likeness(pack: NDArray[np.uint8]) -> None:
    """Structure is signed: light print on dark is not dark print on light."""
    found = compared(photographed((255 - pack).astype(np.uint8)), pack)
    assert found.structure < 0.2


def test_another_shade_of_the_same_pack(pack: NDArray[np.uint8]) -> None:
    """Its print agrees, its colour does not, and evening out the light does not hide it."""
    right, wrong = (
        compared(photographed(pack), pack),
        compared(photographed(pack), other_shade(pack)),
    )
    assert wrong.structure > 0.6
    assert wrong.colour > right.colour + 10
    assert wrong.shade > right.shade + 5


def test_tinted_light_is_no_other_shade(pack: NDArray[np.uint8]) -> None:
    plain, yellow = compared(photographed(pack), pack), compared(tinted(photographed(pack)), pack)
    assert yellow.structure > 0.9
    moved, shifted = yellow.colour - plain.colour, yellow.shade - plain.shade
    assert moved > 8
    assert shifted < 0.4 * moved


def test_colour_and_shade_by_hand() -> None:
    """Colour axes 30 off on a quarter: 7.5 in the mean; the median of the offset is none."""
    ours = np.full((192, 192, 3), 119, np.uint8)
    red = cv2.cvtColor(np.float32([[[50, 24, 18]]]), cv2.COLOR_LAB2RGB)[0, 0]
    theirs = ours.copy()
    theirs[:, :48] = np.rint(255 * red)
    everywhere = np.ones((192, 192), bool)
    found = looked_at(Rectified(theirs, ours, foreground(ours), everywhere))
    assert found.colour == pytest.approx(7.5, abs=0.5)
    assert found.shade == pytest.approx(found.colour, abs=0.1)
    # All of it so: a tint of the light, which `shade` takes out.
    whole = looked_at(
        Rectified(np.full_like(ours, 1) * theirs[0, 0], ours, foreground(ours), everywhere)
    )
    assert whole.colour == pytest.approx(30, abs=1)
    assert whole.shade == pytest.approx(0, abs=0.01)


def test_brightness_alone_moves_no_colour() -> None:
    ours, darker = np.full((192, 192, 3), 150, np.uint8), np.full((192, 192, 3), 90, np.uint8)
    found = looked_at(Rectified(darker, ours, foreground(ours), np.ones((192, 192), bool)))
    assert found.colour == pytest.approx(0, abs=0.05)


def test_structure_forgives_three_pixels(pack: NDArray[np.uint8]) -> None:
    """What the homography of a bent pack may be off."""
    same = cv2.resize(pack, (192, 192), interpolation=cv2.INTER_AREA)
    everywhere = np.ones((192, 192), bool)
    off = [
        looked_at(
            Rectified(np.roll(same, pixels, axis=1), same, foreground(same), everywhere)
        ).structure
        for pixels in (3, 12)
    ]
    assert off[0] > 0.95
    assert off[1] < off[0] - 0.2


# Nothing to compare


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "points",
    [
        [[120, 120]],
        [[120, 120]] * 4,
        [[100, 120], [140, 120], [120, 120]],
        [[119, 119], [121, 119], [120, 121]],
    ],
)
def test_tiny_hulls(pack: NDArray[np.uint8], points: list[list[float]]) -> None:
    """One place, one line, three pixels: what lies around it is compared, and is finite."""
    found = compared(photographed(pack), pack, inliers=np.array(points, np.float32))
    assert np.isfinite([found.structure, found.colour, found.shade, found.area]).all()
    assert 0 < found.area < 0.4
    assert found.structure > 0.8


@pytest.mark.filterwarnings("error")
def test_pack_outside_the_photo(pack: NDArray[np.uint8]) -> None:
    away = np.array([[1.0, 0, 5000], [0, 1, 0], [0, 0, 1]])
    assert agreement(rectified(photographed(pack), pack, away)) is None


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("shape", [(6000, 20, 3), (20, 6000, 3)])
def test_photo_that_is_a_strip(pack: NDArray[np.uint8], shape: tuple[int, int, int]) -> None:
    """Halved no further than is left of it; what little of it shows is not compared."""
    large = np.diag([60.0, 60.0, 1.0])
    assert len(halvings(np.zeros(shape, np.uint8))) == 1
    assert agreement(rectified(np.zeros(shape, np.uint8), pack, large, ON_PACK / 100)) is None


@pytest.mark.filterwarnings("error")
def test_white_picture() -> None:
    """All backdrop: nothing is compared, nothing is divided by."""
    white = np.full((SIDE, SIDE, 3), 255, np.uint8)
    assert agreement(rectified(photographed(white), white)) is None


@pytest.mark.filterwarnings("error")
def test_flat_pack_has_no_structure() -> None:
    """One plain colour without print: colour is compared, structure is not."""
    flat = np.full((SIDE, SIDE, 3), (150, 40, 60), np.uint8)
    found = compared(photographed(flat), flat)
    assert found.structure == 0
    assert found.colour < 1
    assert found.area > 0.75
