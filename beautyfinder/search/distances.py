"""The paper's three distances between a query's descriptor and many others, by torch.

On the CPU catalogues are ranked by kernels/distances.cpp: the same formulas.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

_NEAR = 0.01


def l1(query: Tensor, rows: Tensor) -> Tensor:
    """Manhattan distance (paper, eq. 6). float (D,) and (N, D) -> (N,)."""
    return torch.cdist(query[None], rows, p=1)[0]


def l2(query: Tensor, rows: Tensor) -> Tensor:
    """Euclidean distance (paper, eq. 7). float (D,) and (N, D) -> (N,)."""
    # Not by |u|² + |v|² - 2uv, which loses half of the digits where rows are near-twins.
    return torch.cdist(query[None], rows, compute_mode="donot_use_mm_for_euclid_dist")[0]


def cosine(query: Tensor, rows: Tensor) -> Tensor:
    """One minus the cosine of the angle (paper, eq. 8). float (D,) and (N, D) -> (N,).

    A vector of zeros is at distance 1 from everything.
    """
    lengths = torch.linalg.vector_norm(rows, dim=1)
    length = torch.linalg.vector_norm(query)
    distances: Tensor = 1 - (rows @ query) / (lengths * length).clamp_min(1e-12)
    # One minus nearly one loses all digits, down to negative distances of near-twins: of two unit
    # vectors it is half of their squared Euclidean distance, too slow to compute for every row.
    near = torch.nonzero(distances < _NEAR)[:, 0]
    distances[near] = l2(query / length, rows[near] / lengths[near, None]).square() / 2
    return distances


METRICS: dict[str, Callable[[Tensor, Tensor], Tensor]] = {"cosine": cosine, "l2": l2, "l1": l1}
