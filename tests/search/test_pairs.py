"""Verified matching on real pictures: homographies against the truth of `benchmarks.pairs`."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.pairs import Row, grid_errors, measure, read_pairs, view


@pytest.fixture(scope="module")
def rows(data: Path) -> dict[str, Row]:
    return {pair.name: measure(pair, runs=0) for pair in read_pairs(data / "pairs")}


@pytest.mark.data
@pytest.mark.parametrize(("number", "inliers"), [(2, 190), (3, 170), (4, 160), (5, 110), (6, 75)])
def test_noise(rows: dict[str, Row], number: int, inliers: int) -> None:
    """iguazu: one view, each photo noisier than the last; 900 px wide."""
    row = rows[f"iguazu 1-{number}"]
    assert row.inliers >= inliers
    assert row.near is not None
    assert row.errors is not None
    assert row.near >= 0.75
    assert row.errors[0] <= 2
    assert row.errors[1] <= 8


@pytest.mark.data
def test_less_is_found_as_noise_rises(rows: dict[str, Row]) -> None:
    assert rows["iguazu 1-2"].inliers > rows["iguazu 1-4"].inliers > rows["iguazu 1-6"].inliers


@pytest.mark.data
@pytest.mark.parametrize("picture", ["iguazu 1", "boat 1"])
@pytest.mark.parametrize(
    "what", ["turned 25°, 0.6 as large", "tilted 40°", "turned 90°, 1.5 as large"]
)
def test_views(rows: dict[str, Row], picture: str, what: str) -> None:
    """Real pictures seen through known homographies, in photos of another size."""
    row = rows[f"{picture}, {what}"]
    assert row.inliers >= 80
    assert row.near is not None
    assert row.errors is not None
    assert row.near >= 0.75
    assert row.errors[0] <= 1.5
    assert row.errors[1] <= 5


@pytest.mark.data
@pytest.mark.parametrize("direction", ["1-3", "3-1"])
def test_another_photo_of_the_scene(rows: dict[str, Row], direction: str) -> None:
    """boat: turned by 40° and 0.74 as large; of 3 a good part lies outside the photo 1."""
    row = rows[f"boat {direction}"]
    assert row.inliers >= 110
    assert row.near is not None
    assert row.errors is not None
    assert row.near >= 0.9
    assert row.errors[0] <= 1
    assert row.errors[1] <= 5


def test_view_by_hand() -> None:
    """The middle stays the middle; turned by 90° clockwise, the right edge points down."""
    homography = view(np.zeros((101, 201, 3), np.uint8), 90, 0, 2, (401, 801))
    ends = homography @ np.array([[100, 50, 1], [200, 50, 1], [100, 0, 1]]).T
    assert np.allclose(ends[:2] / ends[2], [[200, 200, 300], [400, 600, 400]])


def test_view_tilts_about_the_upright_axis() -> None:
    """60° at two widths (402 px): 100 px to the right lie 50 px to the right and 86.6 px back."""
    homography = view(np.zeros((101, 201, 3), np.uint8), 0, 60, 1, (201, 101))
    x, y, depth = homography @ [200, 100, 1]
    shrunk = 402 / (402 + 100 * np.sqrt(3) / 2)
    assert np.allclose((x / depth, y / depth), (100 + 50 * shrunk, 50 + 50 * shrunk))


def test_grid_errors_by_hand() -> None:
    """Twice as wide about the left edge: column k of ten lies 10 k px off."""
    wider = np.diag([2.0, 1, 1])
    assert grid_errors(wider, np.eye(3), (91, 31)) == pytest.approx((45, 90))
