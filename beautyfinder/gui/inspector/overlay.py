"""What is drawn over both pictures: an Inspection and its Pairing -> lines and keypoints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from beautyfinder.gui.inspector.colours import (
    OUTLIERS,
    POSITION,
    REJECTED,
    colour_of,
    inlier_colours,
)

if TYPE_CHECKING:
    from beautyfinder.features.keypoints import LocalFeatures
    from beautyfinder.search.inspection import Inspection, Pairing

Box = tuple[float, float, float, float]  # left, top, width, height


@dataclass(frozen=True)
class Shown:
    """What a person wants drawn. colour: of the matches that agree, by POSITION or CONFIDENCE."""

    inliers: bool = True
    outliers: bool = False
    rejected: bool = False
    keypoints: bool = False
    outline: bool = True
    colour: str = POSITION


@dataclass(frozen=True, eq=False)
class Overlay:
    """N lines and the keypoints of both pictures; points in pixels from the picture's corner.

    pairs: int64 (N,), the catalogue keypoint of each line, weakest kind first so that the strongest
    is on top. photo, picture: float32 (N, 2), its ends; rings_photo and rings_picture: float32
    (N, 3), radius and direction (cosine, sine) of the keypoint there. colours: int32 (N,),
    0xRRGGBB. others_photo, others_picture: float32 (M, 5), x, y, radius, cosine and sine of
    the keypoints that are drawn without a line.
    """

    pairs: NDArray[np.int64]
    photo: NDArray[np.float32]
    picture: NDArray[np.float32]
    rings_photo: NDArray[np.float32]
    rings_picture: NDArray[np.float32]
    colours: NDArray[np.int32]
    others_photo: NDArray[np.float32]
    others_picture: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.pairs)


def overlay_of(
    inspection: Inspection, pairing: Pairing, shown: Shown, inside: Box | None = None
) -> Overlay:
    """`inside`: the part of the photo that counts, in its pixels; no keypoints beside it."""
    query, catalogue, nearest = inspection.query, inspection.catalogue, inspection.nearest
    pairs, colours = [], []
    for wanted, which, kind in (
        (shown.rejected, pairing.considered & ~pairing.accepted, REJECTED),
        (shown.outliers, pairing.accepted & ~pairing.inliers, OUTLIERS),
        (shown.inliers, pairing.inliers, ""),
    ):
        if not wanted:
            continue
        rows = np.flatnonzero(which)
        if kind:
            own = np.full(len(rows), colour_of(kind), np.int32)
        else:
            own = inlier_colours(inspection, shown.colour)[rows]
        order = np.argsort(own, kind="stable")  # each colour is drawn in one go
        pairs.append(rows[order])
        colours.append(own[order])
    chosen = np.concatenate([*pairs, np.zeros(0, np.int64)])
    ends = nearest[chosen]
    others_photo, others_picture = np.zeros((0, 5), np.float32), np.zeros((0, 5), np.float32)
    if shown.keypoints:
        free = np.ones(len(query), bool) if inside is None else _inside(query, inside)
        free[ends] = False
        others_photo = _keypoints(query, np.flatnonzero(free))
        others_picture = _keypoints(
            catalogue, np.setdiff1d(np.arange(len(catalogue)), chosen, assume_unique=True)
        )
    photo, picture = _keypoints(query, ends), _keypoints(catalogue, chosen)
    return Overlay(
        chosen,
        photo[:, :2],
        picture[:, :2],
        photo[:, 2:],
        picture[:, 2:],
        np.concatenate([*colours, np.zeros(0, np.int32)]),
        others_photo,
        others_picture,
    )


def _inside(query: LocalFeatures, box: Box) -> NDArray[np.bool_]:
    from beautyfinder.search.inspection import lies_in

    return lies_in(box, query.points)


def _keypoints(features: LocalFeatures, rows: NDArray[np.int64]) -> NDArray[np.float32]:
    """x, y from the picture's corner, radius, cosine and sine of the orientation: (N, 5)."""
    if not len(rows):
        return np.zeros((0, 5), np.float32)
    angles = np.deg2rad(features.angles[rows])
    return np.column_stack(
        [features.points[rows] + 0.5, features.scales[rows] / 2, np.cos(angles), np.sin(angles)]
    ).astype(np.float32)
