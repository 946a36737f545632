"""`python -m benchmarks.pairs`: verified matching of real pairs of pictures, against the truth.

Not a part of `python -m benchmarks`: it compares with a known homography, not with a peer.
iguazu is one view under rising noise, so its homographies are all the identity; what tilt, turn and
scale do is measured on the same pictures warped by homographies chosen here. The folder “graf”
holds pictures 1 and 3 of the Oxford sequence *boat* (Mikolajczyk and Schmid 2005), zoomed and
turned, without the homography that was published with them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from beautyfinder.features.keypoints import CATALOGUE_LIMIT, QUERY_LIMIT, extract_local_features
from beautyfinder.search.exact_matching import RATIO, ExactMatcher
from beautyfinder.search.verification import Geometry, Size, project, verify
from benchmarks.timing import median_ms

FOLDER = Path(__file__).parents[2] / "shared" / "data" / "pairs"
NEAR_PX = 3.0
_GRID = 10


@dataclass(frozen=True, eq=False)
class Pair:
    """A catalogue picture and a photo of it, uint8 (H, W, 3) RGB each.

    truth: float64 (3, 3), pixels of the first -> pixels of the second; None where it is not known.
    """

    name: str
    catalogue: NDArray[np.uint8]
    photo: NDArray[np.uint8]
    truth: NDArray[np.float64] | None


@dataclass(frozen=True)
class Row:
    """What one pair gave. near: share of the inliers within `NEAR_PX` of the truth; errors: median

    and greatest distance in photo pixels of a 10x10 grid over the catalogue picture, projected by
    ours and by the truth. None: no homography of ours, or none that is true.
    """

    name: str
    keypoints: tuple[int, int]
    matches: int
    inliers: int
    near: float | None
    errors: tuple[float, float] | None
    extract_ms: float
    match_ms: float


def read_pairs(folder: Path) -> Iterator[Pair]:
    """Every pair below `folder`. Raises FileNotFoundError where there are no such pictures."""
    iguazu = folder / "iguazu" / "datasets" / "iguazu"
    first = _read(iguazu / "img1.pgm")
    for number in range(2, 7):
        truth = np.loadtxt(iguazu / f"H1to{number}p", dtype=np.float64)
        yield Pair(f"iguazu 1-{number}", first, _read(iguazu / f"img{number}.pgm"), truth)
    boat, turned = (_read(folder / "graf" / "imgs" / f"img{number}.jpg") for number in (1, 3))
    yield Pair("boat 1-3", boat, turned, _BOAT)
    yield Pair("boat 3-1", turned, boat, np.linalg.inv(_BOAT))
    for name, picture in (("iguazu 1", first), ("boat 1", boat)):
        for what, turn, tilt, scale, size in _VIEWS:
            truth = view(picture, turn, tilt, scale, size)
            photo = cv2.warpPerspective(
                picture, truth, size, flags=cv2.INTER_CUBIC, borderValue=(110, 110, 110)
            )
            yield Pair(f"{name}, {what}", picture, np.asarray(photo, np.uint8), truth)


# Of boat, picture 1 -> 3: www.robots.ox.ac.uk/~vgg/data/affine, H1to3p.
_BOAT = np.array(
    [
        [5.6887079e-01, 4.6997572e-01, 2.5515642e01],
        [-4.6783159e-01, 5.6548769e-01, 3.4819925e02],
        [6.4697420e-06, -1.1704138e-06, 1.0],
    ]
)

# What, degrees turned, degrees tilted about the upright axis, scale of width, size of the photo.
_VIEWS: tuple[tuple[str, float, float, float, Size], ...] = (
    ("turned 25°, 0.6 as large", 25, 0, 0.6, (1000, 750)),
    ("tilted 40°", 5, 40, 0.8, (1000, 750)),
    ("turned 90°, 1.5 as large", 90, 0, 1.5, (1500, 2000)),
)


def view(
    picture: NDArray[np.uint8], turn: float, tilt: float, scale: float, size: Size
) -> NDArray[np.float64]:
    """The homography of a flat `picture` seen in the middle of a photo of `size`.

    Degrees; the camera stands two widths of the picture away.
    """
    height, width = picture.shape[:2]
    cos, sin = np.cos(np.deg2rad(turn)), np.sin(np.deg2rad(turn))
    lean = np.deg2rad(tilt)
    centred = np.array([[1, 0, (1 - width) / 2], [0, 1, (1 - height) / 2], [0, 0, 1]])
    turned = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]])
    # x and y on the picture to x, y and depth before the camera, in units of its distance.
    away = 2 * width
    seen = np.array([[np.cos(lean), 0, 0], [0, 1, 0], [np.sin(lean) / away, 0, 1]])
    placed = np.array([[scale, 0, (size[0] - 1) / 2], [0, scale, (size[1] - 1) / 2], [0, 0, 1]])
    return np.asarray(placed @ turned @ seen @ centred, np.float64)


def measure(pair: Pair, runs: int) -> Row:
    """Extract, match and verify one pair as a look-up does, and compare with the truth.

    Without `runs` nothing is timed: the milliseconds are NaN.
    """
    catalogue = extract_local_features(pair.catalogue, CATALOGUE_LIMIT)
    photo = extract_local_features(pair.photo, QUERY_LIMIT)
    size = (pair.photo.shape[1], pair.photo.shape[0])
    catalogue_size = (pair.catalogue.shape[1], pair.catalogue.shape[0])
    matches = ExactMatcher(photo).match(catalogue, RATIO)
    geometry = verify(photo, catalogue, matches, size, catalogue_size)

    def again() -> Geometry | None:
        found = ExactMatcher(photo).match(catalogue, RATIO)
        return verify(photo, catalogue, found, size, catalogue_size)

    near = errors = None
    if geometry is not None and pair.truth is not None:
        here = catalogue.points[matches.catalogue_indices[geometry.inliers]]
        there = photo.points[matches.query_indices[geometry.inliers]]
        misses = np.linalg.norm(project(pair.truth, here) - there, axis=1)
        near = float((misses <= NEAR_PX).mean())
        errors = grid_errors(geometry.homography, pair.truth, catalogue_size)
    extract_ms = match_ms = float("nan")
    if runs:
        extract_ms = median_ms(lambda: extract_local_features(pair.photo, QUERY_LIMIT), runs)
        match_ms = median_ms(again, runs)
    return Row(
        pair.name,
        (len(catalogue), len(photo)),
        len(matches),
        0 if geometry is None else int(geometry.inliers.sum()),
        near,
        errors,
        extract_ms,
        match_ms,
    )


def grid_errors(
    ours: NDArray[np.float64], truth: NDArray[np.float64], size: Size
) -> tuple[float, float]:
    """Median and maximum distance of a 10x10 grid over a picture of `size` through both."""
    x, y = np.meshgrid(np.linspace(0, size[0] - 1, _GRID), np.linspace(0, size[1] - 1, _GRID))
    grid = np.stack([x.ravel(), y.ravel()], axis=1).astype(np.float32)
    distances = np.linalg.norm(project(ours, grid) - project(truth, grid), axis=1)
    return float(np.median(distances)), float(distances.max())


def markdown(rows: list[Row]) -> str:
    """The rows as a Markdown table."""
    lines = [
        "| pair | keypoints | matches | inliers | within 3 px | median error, px | max error, px |"
        " photo's features, ms | match and verify, ms |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for row in rows:
        near = "–" if row.near is None else f"{row.near:.1%}"
        errors = ("–", "–") if row.errors is None else tuple(f"{e:.2f}" for e in row.errors)
        lines.append(
            f"| {row.name} | {row.keypoints[0]}, {row.keypoints[1]} | {row.matches} | {row.inliers}"
            f" | {near} | {errors[0]} | {errors[1]} | {row.extract_ms:.0f} | {row.match_ms:.1f} |"
        )
    return "\n".join(lines)


def _read(path: Path) -> NDArray[np.uint8]:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"), np.uint8)


def main() -> None:
    """Print the table, or one line where the pictures are missing."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.pairs", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--folder", type=Path, default=FOLDER, help=f"default: {FOLDER}")
    parser.add_argument("--runs", type=int, default=3, help="the median of so many is given")
    options = parser.parse_args()
    if not options.folder.is_dir():
        print(f"There are no pairs in {options.folder}: nothing measured.")
        return
    try:
        pairs = list(read_pairs(options.folder))
    except FileNotFoundError as error:
        sys.exit(f"{options.folder} is not complete: {error}")
    print(markdown([measure(pair, options.runs) for pair in pairs]))


if __name__ == "__main__":
    main()
