"""One photo and one catalogue picture, matched for people to look at: what a look-up counts."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from beautyfinder.features.keypoints import (
    CATALOGUE_LIMIT,
    QUERY_LIMIT,
    LocalFeatures,
    extract_local_features,
)
from beautyfinder.search import exact_matching, method
from beautyfinder.search.appearance import foreground, halvings, warp
from beautyfinder.search.exact_matching import ExactMatcher
from beautyfinder.search.matching import Matches, QueryMatcher, within_ratio
from beautyfinder.search.verification import Geometry, Size, project, verify

RULES = ("verified", "paper")  # which matching is inspected
DEFAULT_RATIO = {"verified": exact_matching.RATIO, "paper": method.RATIO}
Rectangle = tuple[float, float, float, float]  # left, top, width, height

_MATCHERS: dict[str, type[ExactMatcher] | type[QueryMatcher]] = {
    "verified": ExactMatcher,
    "paper": QueryMatcher,
}
_MOST = 40.0  # CIE Lab units of colour difference that are drawn brightest
_GREATEST_GAIN = 2.0  # of a channel of Lab: more is no light but another product
_TRIMMINGS = 4
_NOT_COMPARED = 128
_WHITE = 5.0  # Lab distance from pure white of a backdrop; a white pack is a little darker
_SMOOTH_HULL = 300  # a silhouette may be off by this part of the longer side
_COMPARED = 800  # pixels of the longer side at which larger pictures are compared
_SMOOTHED = 96  # differences finer than this part of the longer side are not looked at


@dataclass(frozen=True, eq=False)
class Inspection:
    """A photo and a catalogue picture, matched once; what a ratio makes of it costs little.

    query, catalogue: their keypoints, in pixels of the upright pictures of query_size and
    catalogue_size (width, height), the centre of the top-left pixel being (0, 0). For each of the K
    catalogue keypoints: nearest, int64 (K,), index of the nearest photo keypoint; distances,
    float32 (K, 2), to the nearest and the second nearest (of RootSIFT under "verified", of SIFT
    under "paper"); mutual, bool (K,), whether it is the nearest of that photo keypoint, too (always
    under "paper", which does not ask). With fewer than two photo keypoints there are no neighbours:
    nearest is -1, distances are NaN, mutual is False.
    """

    rule: str
    query: LocalFeatures
    catalogue: LocalFeatures
    query_size: Size
    catalogue_size: Size
    nearest: NDArray[np.int64]
    distances: NDArray[np.float32]
    mutual: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Pairing:
    """What a ratio makes of an Inspection: every catalogue keypoint with its nearest, and its fate.

    accepted: bool (K,), passes the ratio test and is mutual; inliers: bool (K,), accepted and
    agreeing with the homography; geometry: where the catalogue picture lies in the photo, None
    where no homography is believable; considered: bool (K,), has a nearest, in the part of the
    photo that counts: of these, what is not accepted was rejected; errors: float32
    (K,), photo pixels from the nearest keypoint to where the homography puts the catalogue
    keypoint, NaN without either.
    """

    ratio: float
    accepted: NDArray[np.bool_]
    inliers: NDArray[np.bool_]
    geometry: Geometry | None
    considered: NDArray[np.bool_]
    errors: NDArray[np.float32]

    @property
    def match_count(self) -> int:
        """As a look-up counts them (Hit.matches)."""
        return int(self.accepted.sum())

    @property
    def inlier_count(self) -> int:
        """As a look-up counts them (Hit.inliers): several at one place count once."""
        return self.geometry.distinct if self.geometry else 0


def inspect(
    photo: NDArray[np.uint8],
    picture: NDArray[np.uint8],
    rule: str = "verified",
    query: LocalFeatures | None = None,
    catalogue: LocalFeatures | None = None,
) -> Inspection:
    """Match a photo (H, W, 3) RGB with a catalogue picture (h, w, 3) RGB by one of RULES.

    Keypoints are found as a look-up finds them, unless they are given. Raises ValueError for a rule
    that there is not.
    """
    if rule not in RULES:
        raise ValueError(f"there is no matching rule {rule!r}")
    query = extract_local_features(photo, QUERY_LIMIT) if query is None else query
    if catalogue is None:
        catalogue = extract_local_features(picture, CATALOGUE_LIMIT)
    found = _MATCHERS[rule](query).neighbours(catalogue)
    return Inspection(
        rule,
        query,
        catalogue,
        (photo.shape[1], photo.shape[0]),
        (picture.shape[1], picture.shape[0]),
        found.nearest,
        found.distances,
        found.mutual,
    )


def pairing_at(inspection: Inspection, ratio: float, inside: Rectangle | None = None) -> Pairing:
    """What `ratio` makes of `inspection`, as a look-up would.

    `inside`: in photo pixels; only matches whose photo keypoint lies there are accepted.
    """
    query, catalogue, nearest = inspection.query, inspection.catalogue, inspection.nearest
    considered = nearest >= 0
    if inside is not None:
        considered[considered] = lies_in(inside, query.points[nearest[considered]])
    accepted = considered & inspection.mutual & within_ratio(inspection.distances, ratio)
    kept = np.flatnonzero(accepted)
    matches = Matches(nearest[kept], kept, inspection.distances[kept, 0])
    geometry = verify(query, catalogue, matches, inspection.query_size, inspection.catalogue_size)
    inliers = np.zeros(len(catalogue), np.bool_)
    errors = np.full(len(catalogue), np.nan, np.float32)
    if geometry is not None:
        inliers[kept[geometry.inliers]] = True
        misses = project(geometry.homography, catalogue.points) - query.points[nearest]
        errors = np.linalg.norm(misses, axis=1).astype(np.float32)
    return Pairing(ratio, accepted, inliers, geometry, considered, errors)


def outline(pairing: Pairing, catalogue_size: Size) -> NDArray[np.float64] | None:
    """The catalogue picture's corners in photo pixels, (4, 2), clockwise from the top left.

    Of the pixels' outer edges: half a pixel out from the centres of the corner pixels.
    """
    if pairing.geometry is None:
        return None
    right, bottom = catalogue_size[0] - 0.5, catalogue_size[1] - 0.5
    corners = [[-0.5, -0.5], [right, -0.5], [right, bottom], [-0.5, bottom]]
    return project(pairing.geometry.homography, np.array(corners, np.float32))


def silhouette(picture: NDArray[np.uint8]) -> NDArray[np.float64]:
    """The convex hull, (N, 2) pixels, of what a catalogue picture shows before a white backdrop.

    Of the whole picture where it has no such backdrop or shows nothing else.
    """
    speck = np.ones((3, 3), np.uint8)
    shown = cv2.morphologyEx(foreground(picture, _WHITE).astype(np.uint8), cv2.MORPH_OPEN, speck)
    places = cv2.findNonZero(shown if np.any(shown) else np.ones_like(shown))
    centres = cv2.convexHull(places).reshape(-1, 1, 2)
    edges = centres + np.array([[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]])
    hull = cv2.convexHull(edges.reshape(-1, 2).astype(np.float32))
    coarse = cv2.approxPolyDP(hull, max(picture.shape[:2]) / _SMOOTH_HULL, closed=True)
    return np.asarray(coarse.reshape(-1, 2), np.float64)


def warped(
    photo: NDArray[np.uint8], inspection: Inspection, pairing: Pairing
) -> NDArray[np.uint8] | None:
    """The photo laid onto the catalogue picture, at that picture's size; None without geometry.

    Black (0, 0, 0) is what the photo does not reach; what is black in the photo is (1, 1, 1).
    """
    if pairing.geometry is None:
        return None
    centre = inspection.catalogue.points[pairing.inliers].mean(axis=0, dtype=np.float64)
    homography = pairing.geometry.homography
    pixels, reached = warp(halvings(photo), homography, inspection.catalogue_size, centre)
    return np.asarray(np.where(reached[..., None], np.maximum(pixels, 1), 0), np.uint8)


def difference(picture: NDArray[np.uint8], warped: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Where `picture` and the `warped` photo differ in colour (CIE Lab), dark to bright; (h, w, 3).

    The photo's light is taken off first: the gain and offset of each Lab channel that bring most of
    the product closest. Grey is what was not compared: what the photo does not reach, and what lies
    outside the product's silhouette.
    """
    height, width = picture.shape[:2]
    factor = _COMPARED / max(height, width)
    if factor < 1:  # what is seen there would be smoothed away
        size = (max(1, round(width * factor)), max(1, round(height * factor)))
        small = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
        photo = np.asarray(cv2.resize(warped, size, interpolation=cv2.INTER_NEAREST), np.uint8)
        return np.asarray(cv2.resize(difference(small, photo), (width, height)), np.uint8)
    product = np.zeros(picture.shape[:2], np.uint8)
    cv2.fillConvexPoly(product, np.rint(silhouette(picture)).astype(np.int32), 1)
    compared = (product > 0) & warped.any(axis=2)
    if not compared.any():
        return np.full_like(picture, _NOT_COMPARED)
    first, second = _smooth_lab(picture), _smooth_lab(warped)
    gaps = np.stack(
        [
            _without_light(second[..., channel], first[..., channel], compared)
            for channel in range(3)
        ]
    )
    levels = (np.linalg.norm(gaps, axis=0) * (255 / _MOST)).clip(0, 255).astype(np.uint8)
    heat = np.asarray(cv2.applyColorMap(levels, cv2.COLORMAP_INFERNO), np.uint8)[..., ::-1]
    return np.asarray(np.where(compared[..., None], heat, _NOT_COMPARED), np.uint8)


def _without_light(
    seen: NDArray[np.float32], shown: NDArray[np.float32], where: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """`seen` minus `shown` after the line that fits most of `where` was taken off `seen`.

    Trimmed least squares: the half that fits worst (a hand, a gleam) has no say.
    """
    x, y = seen[where].astype(np.float64), shown[where].astype(np.float64)
    kept = np.ones(len(x), np.bool_)
    gain, offset = 1.0, 0.0
    for _ in range(_TRIMMINGS):
        spread = x[kept].var()
        gain = float(np.cov(x[kept], y[kept], bias=True)[0, 1] / spread) if spread > 1 else 1.0
        gain = min(max(gain, 1 / _GREATEST_GAIN), _GREATEST_GAIN)
        offset = float(np.mean(y[kept] - gain * x[kept]))
        misses = np.abs(gain * x + offset - y)
        kept = misses <= np.median(misses)
    return np.asarray(gain * seen + offset - shown, np.float32)


def lies_in(inside: Rectangle, points: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which of `points` (K, 2) lie on the pixels of a rectangle: its edges are pixels' edges."""
    left, top, width, height = inside
    first = np.array([left, top]) - 0.5
    return np.asarray(
        ((points >= first) & (points < first + np.array([width, height]))).all(axis=1)
    )


def _smooth_lab(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    side = max(1, round(max(pixels.shape[:2]) / _SMOOTHED)) | 1
    smooth = cv2.blur(pixels, (side, side)).astype(np.float32) / 255
    return np.asarray(cv2.cvtColor(smooth, cv2.COLOR_RGB2LAB), np.float32)
