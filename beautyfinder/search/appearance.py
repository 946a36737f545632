"""How well photo and catalogue picture agree where one lies on the other: structure and colour."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from beautyfinder.search.verification import Size

_SIDE = 192  # both pictures are compared at this size, in the catalogue picture's frame
_REACH = 0.12  # how far beyond the hull of the inliers the homography is trusted, of the side
_WINDOW = 15
_SHIFTS = (-3, 0, 3)  # what a homography of a bent or blurred pack may be off, in pixels
_FLAT = 6.0  # grey levels of deviation under which a window shows nothing to compare
_COARSEST = 64  # pixels of the shorter side of a photo that is halved no further
_SHARPEST = 1.5  # pixels of the photo to one of the frame that warping may step over
_WHITE = 12.0  # distance from pure white, in Lab, of the backdrop of a shop's picture


@dataclass(frozen=True, eq=False)
class Rectified:
    """The photo seen as the catalogue picture sees the product. uint8 (H, W, 3) RGB each.

    product: bool (H, W), what is not white backdrop. trusted: bool (H, W), what of the product is
    near the inliers and in the photo.
    """

    photo: NDArray[np.uint8]
    catalogue: NDArray[np.uint8]
    product: NDArray[np.bool_]
    trusted: NDArray[np.bool_]


@dataclass(frozen=True)
class Agreement:
    """How well the photo fits the catalogue picture where the homography is trusted.

    structure: mean local correlation of brightness, -1 to 1; colour: mean difference of Lab's
    colour axes; shade: the same after the median difference, most of the light's tint, was taken
    off. area: the part of the product that could be compared, 0 to 1.
    """

    structure: float
    colour: float
    shade: float
    area: float


def halvings(photo: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
    """`photo` (H, W, 3) at its own size, half of it, a quarter, ...: what `rectify` warps from."""
    levels = [photo]
    while min(levels[-1].shape[:2]) >= 2 * _COARSEST:
        half = (levels[-1].shape[1] // 2, levels[-1].shape[0] // 2)
        smaller = cv2.resize(levels[-1], half, interpolation=cv2.INTER_AREA)
        levels.append(np.asarray(smaller, np.uint8))
    return levels


def rectify(
    levels: Sequence[NDArray[np.uint8]],
    catalogue: NDArray[np.uint8],
    homography: NDArray[np.float64],
    catalogue_size: Size,
    inliers: NDArray[np.float32],
) -> Rectified:
    """Warp a photo into the frame of `catalogue`, (H, W, 3) RGB, which may be a thumbnail.

    `levels`: the photo's `halvings`. `homography`: pixels of the catalogue picture of
    `catalogue_size` -> pixels of the photo. `inliers`: (K, 2), in pixels of the catalogue picture.
    """
    width, height = catalogue_size
    factor = _SIDE / max(width, height)
    size = (max(8, round(width * factor)), max(8, round(height * factor)))
    picture = np.asarray(cv2.resize(catalogue, size, interpolation=cv2.INTER_AREA), np.uint8)
    # Half-pixel rule, as everywhere: centre of the top-left pixel is (0, 0).
    sx, sy = size[0] / width, size[1] / height
    to_frame = np.array([[sx, 0, sx / 2 - 0.5], [0, sy, sy / 2 - 0.5], [0, 0, 1]])
    back = homography @ np.linalg.inv(to_frame)  # frame -> photo
    centre = to_frame[:2, :2] @ inliers.mean(axis=0) + to_frame[:2, 2]
    warped, inside = warp(levels, back, size, centre)
    hull = np.zeros((size[1], size[0]), np.uint8)
    corners = cv2.convexHull((inliers * [sx, sy] + [sx / 2 - 0.5, sy / 2 - 0.5]).astype(np.float32))
    cv2.fillConvexPoly(hull, np.rint(corners).astype(np.int32), 255)
    reach = 2 * round(_REACH * _SIDE) + 1
    near = cv2.dilate(hull, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
    product = foreground(picture)
    return Rectified(warped, picture, product, (np.asarray(near) > 0) & inside & product)


def warp(
    levels: Sequence[NDArray[np.uint8]],
    homography: NDArray[np.float64],
    size: Size,
    centre: NDArray[np.float64],
) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """A photo as seen in a frame of `size`: uint8 (H, W, 3), and bool (H, W), what it reaches.

    `levels`: the photo's `halvings`. `homography`: pixels of the frame -> pixels of the photo.
    `centre`: the place in the frame where sharpness is to be right. Beyond the photo its border is
    repeated.
    """
    # From a reduced photo where warping would skip pixels (moiré).
    x, y = centre
    ends = _through(homography, np.array([[x, y], [x + 1, y], [x, y + 1]]))
    stretch = float(np.sqrt(abs(np.linalg.det(ends[1:] - ends[0]))))
    level = math.ceil(math.log2(min(max(_SHARPEST, stretch), 1e6) / _SHARPEST))
    photo = levels[min(level, len(levels) - 1)]
    fx, fy = photo.shape[1] / levels[0].shape[1], photo.shape[0] / levels[0].shape[0]
    back = np.array([[fx, 0, fx / 2 - 0.5], [0, fy, fy / 2 - 0.5], [0, 0, 1]]) @ homography
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    warped = cv2.warpPerspective(photo, back, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    inside = (
        cv2.warpPerspective(np.full(photo.shape[:2], 255, np.uint8), back, size, flags=flags) > 127
    )
    return np.asarray(warped, np.uint8), np.asarray(inside)


def agreement(rectified: Rectified) -> Agreement | None:
    """Compare the two where the homography is trusted; None where that is hardly anywhere."""
    trusted = rectified.trusted
    if trusted.sum() < _WINDOW**2:
        return None
    area = float(trusted.sum() / max(1, rectified.product.sum()))
    ours = cv2.cvtColor(rectified.catalogue, cv2.COLOR_RGB2GRAY).astype(np.float32)
    catalogue = _Grey.of(ours)
    theirs = cv2.cvtColor(rectified.photo, cv2.COLOR_RGB2GRAY).astype(np.float32)
    correlation = np.full(ours.shape, -1.0, np.float32)
    for dy in _SHIFTS:
        for dx in _SHIFTS:
            moved = _Grey.of(np.roll(theirs, (dy, dx), axis=(0, 1)))
            correlation = np.maximum(correlation, _local_correlation(catalogue, moved))
    deviation = catalogue.deviation
    weight = np.minimum(deviation, 40.0) * (deviation > _FLAT) * trusted
    structure = float((correlation * weight).sum() / max(1e-6, weight.sum()))
    first, second = _lab(rectified.catalogue), _lab(rectified.photo)
    colour = _colour_gap(first, second, trusted)
    offset = np.median((second - first)[trusted], axis=0)
    shade = _colour_gap(first, second - offset, trusted)
    return Agreement(structure, colour, shade, area)


def _colour_gap(
    first: NDArray[np.float32], second: NDArray[np.float32], where: NDArray[np.bool_]
) -> float:
    gap = _lengths((first - second)[..., 1:])
    return float(np.minimum(gap, 60)[where].mean())


def _lab(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    smooth = cv2.blur(pixels, (7, 7)).astype(np.float32) / 255
    return np.asarray(cv2.cvtColor(smooth, cv2.COLOR_RGB2LAB), np.float32)


def foreground(picture: NDArray[np.uint8], white: float = _WHITE) -> NDArray[np.bool_]:
    """All but what is white and joined to the border, bool (H, W).

    `white`: greatest distance from pure white, in Lab, of what is white.
    """
    lab = np.asarray(cv2.cvtColor(picture.astype(np.float32) / 255, cv2.COLOR_RGB2LAB), np.float32)
    backdrop = _lengths(lab - np.array([100, 0, 0], np.float32)) < white
    padded = np.pad(backdrop, 1, constant_values=True).astype(np.uint8)
    _, labels = cv2.connectedComponents(padded, connectivity=4)
    return np.asarray(labels[1:-1, 1:-1] != labels[0, 0])


def _lengths(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """(H, W, n) -> (H, W): what `np.linalg.norm` gives, to the last bit, in a sixth of its time."""
    squares = vectors * vectors
    total = squares[..., 0]
    for part in range(1, vectors.shape[2]):
        total = total + squares[..., part]
    return np.asarray(np.sqrt(total))


@dataclass(frozen=True, eq=False)
class _Grey:
    """Brightness with its local mean and deviation; float32 (H, W) each."""

    values: NDArray[np.float32]
    mean: NDArray[np.float32]
    deviation: NDArray[np.float32]

    @classmethod
    def of(cls, values: NDArray[np.float32]) -> _Grey:
        mean = np.asarray(cv2.blur(values, (_WINDOW, _WINDOW)), np.float32)
        square = cv2.blur(values * values, (_WINDOW, _WINDOW))
        deviation = np.sqrt(np.maximum(square - mean * mean, 0))
        return cls(values, mean, np.asarray(deviation, np.float32))


def _local_correlation(first: _Grey, second: _Grey) -> NDArray[np.float32]:
    both = cv2.blur(first.values * second.values, (_WINDOW, _WINDOW)) - first.mean * second.mean
    return np.asarray(both / (first.deviation * second.deviation + 4.0), np.float32)


def _through(homography: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.float64]:
    ends = points @ homography[:, :2].T + homography[:, 2]
    return np.asarray(ends[:, :2] / ends[:, 2:])
