"""AP@7 by hand in both ways of counting, and the bootstrap interval."""

from __future__ import annotations

import numpy as np
import pytest

from beautyfinder.evaluation.metrics import (
    TOP,
    average_precision,
    bootstrap_interval,
    challenge_average_precision,
)


@pytest.mark.parametrize(
    ("right", "total", "paper", "challenge"),
    [
        # one right answer at rank 1, 2, 7, and not among the seven
        ([1, 0, 0, 0, 0, 0, 0], 1, 1.0, 1.0),
        ([0, 1, 0, 0, 0, 0, 0], 1, 1 / 2, 1 / 2),
        ([0, 0, 0, 0, 0, 0, 1], 1, 1 / 7, 1 / 7),
        ([0, 0, 0, 0, 0, 0, 0], 1, 0.0, 0.0),
        # ranks 1, 3 and 6 of four: (1/1 + 2/3 + 3/6) = 13/6, over 4 and over the 3 that were seen
        ([1, 0, 1, 0, 0, 1, 0], 4, 13 / 24, 13 / 18),
        # ranks 2 and 3 of two: 1/2 + 2/3 = 7/6
        ([0, 1, 1, 0, 0, 0, 0], 2, 7 / 12, 7 / 12),
        # seven of ten: the paper's way cannot reach 1
        ([1, 1, 1, 1, 1, 1, 1], 10, 0.7, 1.0),
        # fewer hits than seven, and none
        ([0, 1], 2, 1 / 4, 1 / 2),
        ([], 3, 0.0, 0.0),
    ],
)
def test_by_hand(right: list[int], total: int, paper: float, challenge: float) -> None:
    hits = [bool(r) for r in right]
    assert average_precision(hits, total) == pytest.approx(paper)
    assert challenge_average_precision(hits) == pytest.approx(challenge)


def test_the_paper_looks_at_seven() -> None:
    assert TOP == 7


def test_no_right_answers() -> None:
    with pytest.raises(ValueError, match="no average precision"):
        average_precision([False], 0)


def test_interval_covers_the_true_mean() -> None:
    """Of samples whose true mean is known: about 95 of 100 intervals hold it."""
    generator = np.random.default_rng(3)
    covered = 0
    for seed in range(25):
        sample = generator.choice([0.0, 0.5, 1.0], 120, p=[0.3, 0.3, 0.4])  # mean 0.55
        low, high = bootstrap_interval(sample.tolist(), seed=seed)
        assert low <= sample.mean() <= high
        assert 0 < high - low < 0.25
        covered += low <= 0.55 <= high
    assert 21 <= covered <= 25


def test_interval_is_that_of_the_normal_law_for_many_queries() -> None:
    sample = np.random.default_rng(4).normal(0.5, 0.1, 900)
    low, high = bootstrap_interval(sample.tolist())
    half = 1.96 * sample.std() / 30
    assert (low, high) == pytest.approx((sample.mean() - half, sample.mean() + half), abs=6e-4)


def test_interval_is_the_same_every_time_and_as_wide_as_asked() -> None:
    values = np.random.default_rng(5).random(50).tolist()
    assert bootstrap_interval(values) == bootstrap_interval(values)
    low, high = bootstrap_interval(values, coverage=0.5)
    wide_low, wide_high = bootstrap_interval(values, coverage=0.99)
    assert wide_low < low < high < wide_high


def test_interval_of_one_query_and_of_equal_ones() -> None:
    assert bootstrap_interval([0.25]) == (0.25, 0.25)
    assert bootstrap_interval([1.0] * 9) == (1, 1)
