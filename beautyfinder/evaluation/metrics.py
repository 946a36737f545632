"""AP@7 both ways, and how sure a mean over few queries is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

TOP = 7
_RESAMPLES = 2_000


def average_precision(right: Sequence[bool], total: int) -> float:
    """AP of one query (paper, eq. 10): the precisions at each right hit, summed, over `total`.

    `right`: for each hit, best first, whether it is a right answer; the paper looks at seven.
    `total`: how many right answers the catalogue holds (GTP), at least 1.
    """
    if total < 1:
        raise ValueError("a query without right answers has no average precision")
    seen, summed = 0, 0.0
    for rank, is_right in enumerate(right, 1):
        if is_right:
            seen += 1
            summed += seen / rank
    return summed / total


def challenge_average_precision(right: Sequence[bool]) -> float:
    """AP of one query as the challenge's teams computed it: over the right hits there are."""
    return average_precision(right, sum(right)) if any(right) else 0.0


def bootstrap_interval(
    values: Sequence[float], coverage: float = 0.95, seed: int = 0
) -> tuple[float, float]:
    """The interval that holds the mean of `values` with that probability, by resampling queries."""
    sample = np.asarray(values, np.float64)
    generator = np.random.default_rng(seed)
    means = np.empty(_RESAMPLES)
    for i in range(_RESAMPLES):
        means[i] = generator.choice(sample, len(sample)).mean()
    low, high = np.quantile(means, [(1 - coverage) / 2, (1 + coverage) / 2])
    return float(low), float(high)
