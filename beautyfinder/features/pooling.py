"""Pooling: activations -> one descriptor (MAC, SPoC, R-MAC, RA-MAC of the paper; GeM).

The activations are the last convolution's, non-negative after its ReLU. Networks of timm, patches
of transformers among them, have negative ones as well: maxima and means take them as they are,
GeM counts them as 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache

import torch
from torch import Tensor

RMAC_SCALES = 3
RMAC_OVERLAP = 0.4
GEM_POWER = 3
CLS = "cls"  # the class token of a transformer, which no pooling over the activations gives


def mac(activations: Tensor) -> Tensor:
    """Maximum activation of each channel (paper, eq. 1).

    `activations`: non-negative float32 (N, C, H, W). Returns (N, C), not normalised.
    """
    return _checked(activations).amax(dim=(2, 3))


def spoc(activations: Tensor) -> Tensor:
    """Mean activation of each channel (paper, eq. 2).

    `activations`: non-negative float32 (N, C, H, W). Returns (N, C), not normalised.
    """
    return _checked(activations).mean(dim=(2, 3))


def r_mac(activations: Tensor) -> Tensor:
    """Sum of the l2-normalised maxima of the regions of `region_grid` (paper, eq. 3).

    `activations`: non-negative float32 (N, C, H, W). Returns (N, C), not normalised. A region in
    which nothing is active adds nothing.
    """
    return _regions(_checked(activations)).sum(dim=0)


def ra_mac(activations: Tensor) -> Tensor:
    """R-MAC whose regions weigh as much as the share of them that attention covers (eq. 4, 5).

    Attention is 1 where the sum over the channels lies above its mean over the picture.
    `activations`: non-negative float32 (N, C, H, W). Returns (N, C), not normalised.
    """
    return _attended_sum(_regions(_checked(activations)), activations)


def gem(activations: Tensor) -> Tensor:
    """Generalised mean of each channel: cube root of the mean of cubes (Radenović et al. 2018).

    `activations`: float32 (N, C, H, W); negative ones count as 0, else a power would not be
    monotonic. Returns (N, C), not normalised.
    """
    cubes = _checked(activations).clamp_min(0).pow(GEM_POWER)
    return cubes.mean(dim=(2, 3)).pow(1 / GEM_POWER)


POOLINGS: dict[str, Callable[[Tensor], Tensor]] = {
    "mac": mac,
    "spoc": spoc,
    "r-mac": r_mac,
    "ra-mac": ra_mac,
    "gem": gem,
}
POOLING_NAMES = (*POOLINGS, CLS)
PAPER_POOLINGS = ("mac", "spoc", "r-mac", "ra-mac")


@lru_cache(maxsize=512)
def region_grid(
    height: int, width: int, scales: int = RMAC_SCALES, overlap: float = RMAC_OVERLAP
) -> tuple[tuple[int, int, int], ...]:
    """Square regions of R-MAC's grid on a map of `height` x `width`: (top, left, side) each.

    Tolias, Sicre and Jégou 2015, section 3.2: at scale l the side is 2 min(H, W) / (l + 1) and
    l x (l + m - 1) regions are spread evenly, where m, the number of regions of the first scale
    along the longer side, brings the overlap of neighbours as close as possible to `overlap`.
    """
    shorter, longer = min(height, width), max(height, width)
    extra = _regions_along(shorter, longer, overlap) - 1
    rows_extra, columns_extra = (extra, 0) if height > width else (0, extra)
    grid: list[tuple[int, int, int]] = []
    for scale in range(1, scales + 1):
        side = max(1, 2 * shorter // (scale + 1))
        for top in _offsets(height, side, scale + rows_extra):
            for left in _offsets(width, side, scale + columns_extra):
                grid.append((top, left, side))
    return tuple(grid)


def attention(activations: Tensor) -> Tensor:
    """Where the sum over the channels is above its mean over the picture (paper, eq. 4).

    (N, C, H, W) -> (N, H, W) of 0 and 1, float32.
    """
    summed = activations.sum(dim=1)
    return (summed > summed.mean(dim=(1, 2), keepdim=True)).to(activations.dtype)


def pool(activations: Tensor, names: Sequence[str]) -> dict[str, Tensor]:
    """The poolings `names` over the same activations, at hardly more than the price of one.

    `activations`: float32 (N, C, H, W). Returns for each name (N, C), not normalised.
    """
    regions = _regions(_checked(activations)) if {"r-mac", "ra-mac"} & {*names} else None
    result = {}
    for name in names:
        if name == "r-mac" and regions is not None:
            result[name] = regions.sum(dim=0)
        elif name == "ra-mac" and regions is not None:
            result[name] = _attended_sum(regions, activations)
        else:
            result[name] = POOLINGS[name](activations)
    return result


def _regions(activations: Tensor) -> Tensor:
    """(N, C, H, W) -> (R, N, C): the l2-normalised maxima of every region of the grid."""
    # With the channels innermost a region's maximum takes a tenth of the time.
    cells = activations.permute(2, 3, 0, 1).contiguous()
    grid = region_grid(*activations.shape[2:])
    maxima = torch.stack([cells[t : t + s, left : left + s].amax(0).amax(0) for t, left, s in grid])
    lengths: Tensor = maxima.norm(dim=2, keepdim=True)
    return maxima / lengths.clamp_min(1e-12)


def _attended_sum(regions: Tensor, activations: Tensor) -> Tensor:
    """The sum of `regions`, each times the share of it that attention covers."""
    mask = attention(activations)
    grid = region_grid(*activations.shape[2:])
    shares = [mask[:, t : t + s, left : left + s].mean(dim=(1, 2)) for t, left, s in grid]
    return torch.einsum("rnc,rn->nc", regions, torch.stack(shares))


def _regions_along(shorter: int, longer: int, overlap: float) -> int:
    """m of the grid: how many squares of side `shorter` lie along `longer`."""
    if shorter == longer:
        return 1
    # With m squares the step is (longer - shorter) / (m - 1) and the overlap 1 - step / shorter.
    ideal = (longer - shorter) / (shorter * (1 - overlap)) + 1
    candidates = {max(2, math.floor(ideal)), max(2, math.ceil(ideal))}

    def miss(m: int) -> tuple[float, int]:
        return abs(1 - (longer - shorter) / ((m - 1) * shorter) - overlap), m

    return min(candidates, key=miss)


def _offsets(length: int, side: int, count: int) -> list[int]:
    if count == 1:
        return [0]
    return [math.floor(i * (length - side) / (count - 1)) for i in range(count)]


def _checked(activations: Tensor) -> Tensor:
    if activations.ndim != 4 or 0 in activations.shape:
        raise ValueError(f"activations must be (N, C, H, W), none of them 0: {activations.shape}")
    if not torch.is_floating_point(activations):
        raise ValueError(f"activations must be floating-point numbers, not {activations.dtype}")
    return activations
