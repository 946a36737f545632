"""Poolings: values worked out by hand, and a slow second implementation with explicit loops."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor

from beautyfinder.features.pooling import POOLINGS, attention, region_grid

SHAPES = [(1, 1), (1, 5), (2, 2), (3, 7), (10, 7), (7, 10), (4, 20)]


def pooled(name: str, channels: list[list[list[float]]]) -> list[float]:
    return POOLINGS[name](torch.tensor([channels]))[0].tolist()


def activations(height: int, width: int, count: int = 2, channels: int = 5) -> Tensor:
    """Like the output of a ReLU: about half of it zeros."""
    generator = torch.Generator().manual_seed(100 * height + width)
    return torch.randn(count, channels, height, width, generator=generator).clamp_min(0)


# By hand


def test_mac_and_spoc_by_hand() -> None:
    channels = [[[1.0, 2.0, 3.0], [4.0, 0.0, 2.0]], [[0.0, 0.0, 0.0], [0.0, 6.0, 0.0]]]
    assert pooled("mac", channels) == [4, 6]
    assert pooled("spoc", channels) == [2, 1]


def test_gem_by_hand() -> None:
    # (1³ + 0 + 3³ + 6³) / 4 = 61; negative activations count as 0, so the second map is 1³ / 4.
    channels = [[[1.0, 0.0], [3.0, 6.0]], [[-5.0, 1.0], [-0.5, -9.0]]]
    assert pooled("gem", channels) == pytest.approx([61 ** (1 / 3), 0.25 ** (1 / 3)])


def test_grid_of_a_square_by_hand() -> None:
    # 3 x 3. Scale 1: side 2·3/2 = 3, one region. Scale 2: side 2·3/3 = 2, 2 x 2 regions at 0, 1.
    # Scale 3: side floor(2·3/4) = 1, 3 x 3 regions at 0, 1, 2. No whole picture besides scale 1.
    expected = [(0, 0, 3)]
    expected += [(top, left, 2) for top in (0, 1) for left in (0, 1)]
    expected += [(top, left, 1) for top in (0, 1, 2) for left in (0, 1, 2)]
    assert list(region_grid(3, 3)) == expected
    # 10 x 10: sides 10, floor(20/3) = 6 and 5; the slack of 4 and 5 spread over 2 and 3 regions.
    expected = [(0, 0, 10)]
    expected += [(top, left, 6) for top in (0, 4) for left in (0, 4)]
    expected += [(top, left, 5) for top in (0, 2, 5) for left in (0, 2, 5)]
    assert list(region_grid(10, 10)) == expected


def test_grid_of_a_tall_map_by_hand() -> None:
    # 10 x 7. Two squares of side 7 along 10 overlap by 4/7 = 57 %, three by 79 %: two are nearest
    # to 40 %, so every scale has one region more along the height.
    # Scale 1: side 7, rows 0, 3. Scale 2: side floor(14/3) = 4, 3 rows spread over 10 - 4 = 6,
    # 2 columns over 3. Scale 3: side floor(14/4) = 3, 4 rows over 7 (0, 2.3, 4.7, 7), 3 columns
    # over 4.
    expected = [(top, 0, 7) for top in (0, 3)]
    expected += [(top, left, 4) for top in (0, 3, 6) for left in (0, 3)]
    expected += [(top, left, 3) for top in (0, 2, 4, 7) for left in (0, 2, 4)]
    assert list(region_grid(10, 7)) == expected
    assert sorted((left, top, side) for top, left, side in expected) == sorted(region_grid(7, 10))


def test_square_map_by_hand() -> None:
    # Two channels on 2 x 2: (3, 4) in the corner at the top left, (0, 2) at the bottom right.
    # Scale 1: side 2, everything: maxima (3, 4), normalised (0.6, 0.8).
    # Scale 2: side floor(4/3) = 1, the four cells: (0.6, 0.8), two empty ones, (0, 1).
    # Scale 3: side 1, three offsets floor(i/2) = 0, 0, 1 each way, so the corner at the top left
    # four times, the one at the bottom right once.
    # R-MAC: (1 + 1 + 4) (0.6, 0.8) + (1 + 1) (0, 1) = (3.6, 6.8).
    channels = [[[3.0, 0.0], [0.0, 0.0]], [[4.0, 0.0], [0.0, 2.0]]]
    assert pooled("r-mac", channels) == pytest.approx([3.6, 6.8])
    # RA-MAC: summed over the channels 7, 0, 0, 2, mean 2.25: attention on the first cell alone.
    # It covers a quarter of scale 1's region and all of the five regions that are the cell:
    # (0.25 + 1 + 4) (0.6, 0.8) = (3.15, 4.2).
    assert pooled("ra-mac", channels) == pytest.approx([3.15, 4.2])


def test_wide_and_tall_map_by_hand() -> None:
    # One channel on 2 x 4, 5 at (0, 0) and 2 at (1, 3): a region that sees either adds 1 to R-MAC.
    # Two squares of side 2 along 4 overlap by 0 %, three by 50 %: three, two more than one.
    # Scale 1: side 2, columns 0, 1, 2: the first and the third see one each: 2.
    # Scale 2: side 1, 2 rows, 4 columns, each cell once: 2.
    # Scale 3: side 1, rows 0, 0, 1, columns floor(3i/4) = 0, 0, 1, 2, 3: (0, 0) four times,
    # (1, 3) once: 5. Together 9.
    wide = [[[5.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 2.0]]]
    tall = [[list(row) for row in zip(*wide[0], strict=True)]]
    assert pooled("r-mac", wide) == pooled("r-mac", tall) == pytest.approx([9])
    # RA-MAC: the mean is 7/8, so attention is on both cells: of the two regions of scale 1 it
    # covers a quarter each, of the others all: 0.5 + 2 + 5.
    assert pooled("ra-mac", wide) == pooled("ra-mac", tall) == pytest.approx([7.5])


def test_attention_is_above_the_mean_not_at_it() -> None:
    channels = torch.tensor([[[[0.0, 2.0], [1.0, 1.0]], [[0.0, 2.0], [1.0, 1.0]]]])
    assert attention(channels).tolist() == [[[0, 1], [0, 0]]]


# A second implementation


def slow_grid(height: int, width: int) -> list[tuple[int, int, int]]:
    """Tolias, Sicre and Jégou's grid in exact fractions, trying every number of squares."""
    shorter, longer = min(height, width), max(height, width)
    along = 1
    if longer > shorter:

        def miss(count: int) -> Fraction:
            step = Fraction(longer - shorter, count - 1)
            return abs(1 - step / shorter - Fraction(2, 5))

        along = min(range(2, 60), key=miss)
    regions = []
    for scale in (1, 2, 3):
        side = max(1, math.floor(Fraction(2 * shorter, scale + 1)))
        down = scale + (along - 1 if height > width else 0)
        across = scale + (along - 1 if width > height else 0)
        for i in range(down):
            for j in range(across):
                top = math.floor(Fraction(i * (height - side), max(1, down - 1)))
                left = math.floor(Fraction(j * (width - side), max(1, across - 1)))
                regions.append((top, left, side))
    return regions


def slow(name: str, maps: NDArray[np.float64]) -> NDArray[np.float64]:
    """`name` of one picture's activations (C, H, W), cell by cell in float64."""
    channels, height, width = maps.shape
    if name == "mac":
        return np.array([max(maps[c].ravel()) for c in range(channels)])
    if name == "spoc":
        return np.array([sum(maps[c].ravel()) / (height * width) for c in range(channels)])
    if name == "gem":
        cubes = [[max(value, 0.0) ** 3 for value in maps[c].ravel()] for c in range(channels)]
        return np.array([(sum(values) / (height * width)) ** (1 / 3) for values in cubes])
    summed = [[sum(maps[:, y, x]) for x in range(width)] for y in range(height)]
    mean = sum(map(sum, summed)) / (width * height)
    total = np.zeros(channels)
    for top, left, side in slow_grid(height, width):
        cells = [(y, x) for y in range(top, top + side) for x in range(left, left + side)]
        region = np.array([max(maps[c, y, x] for y, x in cells) for c in range(channels)])
        norm = math.sqrt(sum(region**2))
        weight = 1.0
        if name == "ra-mac":
            weight = sum(summed[y][x] > mean for y, x in cells) / side**2
        if norm > 0:
            total += weight * region / norm
    return total


@pytest.mark.parametrize("name", POOLINGS)
@pytest.mark.parametrize(("height", "width"), SHAPES)
def test_against_explicit_loops(name: str, height: int, width: int) -> None:
    maps = activations(height, width)
    expected = np.stack([slow(name, picture) for picture in maps.double().numpy()])
    got = POOLINGS[name](maps)
    assert got.shape == (2, 5)
    np.testing.assert_allclose(got.numpy(), expected, rtol=1e-5, atol=1e-6)


def test_grid_of_every_shape() -> None:
    for height in range(1, 21):
        for width in range(1, 21):
            grid = region_grid(height, width)
            if (height, width) not in {(5, 9), (9, 5), (10, 18), (18, 10)}:  # an exact tie
                assert list(grid) == slow_grid(height, width), (height, width)
            for top, left, side in grid:
                assert 0 <= top <= height - side
                assert 0 <= left <= width - side


# What holds for all


@pytest.mark.parametrize("name", POOLINGS)
@pytest.mark.parametrize(("height", "width"), SHAPES)
def test_zero_activations_give_zeros(name: str, height: int, width: int) -> None:
    got = POOLINGS[name](torch.zeros(2, 3, height, width))
    assert torch.equal(got, torch.zeros(2, 3))


@pytest.mark.parametrize("name", POOLINGS)
def test_a_picture_does_not_depend_on_its_batch(name: str) -> None:
    maps = activations(7, 10, count=4)
    maps[2] = 0
    together = POOLINGS[name](maps)
    alone = torch.cat([POOLINGS[name](maps[i : i + 1]) for i in range(4)])
    torch.testing.assert_close(together, alone, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("name", POOLINGS)
def test_not_normalised_and_input_untouched(name: str) -> None:
    maps = activations(10, 7) * 9
    before = maps.clone()
    lengths = POOLINGS[name](maps).norm(dim=1)
    assert (lengths - 1).abs().min() > 0.1
    assert torch.equal(maps, before)


@pytest.mark.parametrize("name", POOLINGS)
@pytest.mark.parametrize(
    "wrong",
    [
        torch.zeros(3, 4, 4),
        torch.zeros(4, 4),
        torch.zeros(0, 3, 4, 4),
        torch.zeros(2, 0, 4, 4),
        torch.zeros(2, 3, 0, 4),
        torch.zeros(2, 3, 4, 4, dtype=torch.int64),
    ],
)
def test_wrong_input_is_refused(name: str, wrong: Tensor) -> None:
    with pytest.raises(ValueError, match="activations must be"):
        POOLINGS[name](wrong)
