"""SIFT: one picture -> keypoints and local descriptors, and their form on disk."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from beautyfinder.features.resize import resize_longer_side
from beautyfinder.kernels import sift

# Both sides of a pair are brought to one size first: on real photos that counts for more than any
# parameter of SIFT (catalogue pictures of 198 px against photos of 348 px: mAP@7 0.59 -> 0.74).
LONGER_SIDE = 512
# The strongest keypoints of a catalogue picture. Fewer than all is not only smaller: a cap makes
# match counts of different pictures comparable (development photos: 0.77 uncapped, 0.82 at 400).
CATALOGUE_LIMIT = 400
# A query keeps more, because most of its keypoints lie on hand, shelf and neighbours.
QUERY_LIMIT = 2000

DESCRIPTOR_LENGTH = 128
_MAGIC = b"LF1\0"


@dataclass(frozen=True, eq=False)
class LocalFeatures:
    """K keypoints of one picture and their local descriptors.

    points: float32 (K, 2), x and y in pixels of the picture as stored (upright), the centre of the
    top-left pixel being (0, 0). scales: float32 (K,), diameter in the same pixels. angles:
    float32 (K,), degrees clockwise. descriptors: uint8 (K, 128), SIFT's as OpenCV scales them.
    """

    points: NDArray[np.float32]
    scales: NDArray[np.float32]
    angles: NDArray[np.float32]
    descriptors: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.points)


def no_features() -> LocalFeatures:
    """Of a picture in which SIFT finds nothing."""
    return LocalFeatures(
        np.zeros((0, 2), np.float32),
        np.zeros(0, np.float32),
        np.zeros(0, np.float32),
        np.zeros((0, DESCRIPTOR_LENGTH), np.uint8),
    )


def extract_local_features(
    pixels: NDArray[np.uint8],
    limit: int,
    longer_side: int = LONGER_SIDE,
    shape: tuple[int, int] | None = None,
) -> LocalFeatures:
    """The `limit` strongest SIFT keypoints of `pixels` (H, W, 3) RGB, found at `longer_side`.

    Coordinates and scales are those of `pixels`, whatever size SIFT looked at, or where `pixels`
    were decoded at a reduced size, of the picture of `shape` (height, width). Keypoints come
    strongest first, ties in the order of their position, so the same picture always gives the
    same features.
    """
    height, width = shape or pixels.shape[:2]
    whole = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    grey = resize_longer_side(whole, longer_side)
    points, sizes, angles, _, descriptors = sift(grey, limit)
    factor = np.array([width / grey.shape[1], height / grey.shape[0]], np.float32)
    return LocalFeatures(
        points=(points + 0.5) * factor - 0.5,
        scales=sizes * factor.mean(),
        angles=angles,
        descriptors=descriptors,
    )


def root_sift(descriptors: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Square roots of the l1-normalised SIFT descriptors: uint8 (K, 128) -> float32 unit (K, 128).

    Their Euclidean distance is the Hellinger distance of the histograms (Arandjelović and
    Zisserman 2012), which weighs small bins more than SIFT's own.
    """
    wide = descriptors.astype(np.float32)
    wide /= np.maximum(wide.sum(axis=1, keepdims=True), 1e-7)
    return np.sqrt(wide)


def pack(features: LocalFeatures) -> bytes:
    """Little-endian bytes: magic, K as uint32, points, scales, angles (float32), descriptors."""
    return b"".join(
        (
            _MAGIC,
            np.uint32(len(features)).astype("<u4").tobytes(),
            features.points.astype("<f4").tobytes(),
            features.scales.astype("<f4").tobytes(),
            features.angles.astype("<f4").tobytes(),
            np.ascontiguousarray(features.descriptors).tobytes(),
        )
    )


def unpack(data: bytes) -> LocalFeatures:
    """The inverse of `pack`. Raises ValueError when `data` is not what `pack` wrote."""
    if data[:4] != _MAGIC or len(data) < 8:
        raise ValueError("these bytes are not packed local features")
    count = int(np.frombuffer(data, "<u4", 1, 4)[0])
    if len(data) != 8 + count * (4 * 4 + DESCRIPTOR_LENGTH):
        raise ValueError(f"packed local features are torn: {len(data)} bytes for {count} keypoints")
    numbers = np.frombuffer(data, "<f4", 4 * count, 8)
    return LocalFeatures(
        points=numbers[: 2 * count].reshape(count, 2),
        scales=numbers[2 * count : 3 * count],
        angles=numbers[3 * count :],
        descriptors=np.frombuffer(data, np.uint8, offset=8 + 16 * count).reshape(
            count, DESCRIPTOR_LENGTH
        ),
    )
