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
    return bootstrap_intervals([values], coverage, seed)[0]


def bootstrap_intervals(
    rows: Sequence[Sequence[float]], coverage: float = 0.95, seed: int = 0
) -> list[tuple[float, float]]:
    """`bootstrap_interval` of each row: values of the same queries, resampled alike for all."""
    sample = np.asarray(rows, np.float64).T  # a query's values side by side
    generator = np.random.default_rng(seed)
    means = np.empty((_RESAMPLES, sample.shape[1]))
    for i in range(_RESAMPLES):
        drawn = generator.integers(0, len(sample), len(sample))
        # How often each query was drawn: cheaper than gathering its values so often.
        means[i] = np.bincount(drawn, minlength=len(sample)) @ sample / len(sample)
    low, high = np.quantile(means, [(1 - coverage) / 2, (1 + coverage) / 2], axis=0)
    return [(float(one), float(other)) for one, other in zip(low, high, strict=True)]
