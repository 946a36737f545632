"""Reciprocal rank fusion of the sources' candidates, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from beautyfinder.search.candidates import Candidates, best
from beautyfinder.search.shortlist import merge


def found(*offsets: int) -> Candidates:
    """Candidates in this order, with scores that mean nothing to another source."""
    scores = 1000 - np.arange(len(offsets), dtype=np.float32)
    return Candidates(np.array(offsets, np.int64), scores)


def test_ranks_are_added_up() -> None:
    merged = merge([found(7, 3, 9), found(3, 5)], 10)
    # 3: 1/12 + 1/11; 7: 1/11; 5: 1/12; 9: 1/13.
    assert merged.offsets.tolist() == [3, 7, 5, 9]
    assert merged.scores.tolist() == pytest.approx([1 / 12 + 1 / 11, 1 / 11, 1 / 12, 1 / 13])
    assert merged.offsets.dtype == np.int64
    assert merged.scores.dtype == np.float32


def test_two_late_places_beat_one_early() -> None:
    """Found by two sources at rank 8, 2/18; by one at rank 1, 1/11."""
    one, other = found(*range(10, 17), 99), found(*range(20, 27), 99)
    assert merge([one, other], 3).offsets.tolist() == [99, 10, 20]


def test_ties_go_to_the_source_that_comes_first() -> None:
    assert merge([found(5, 2), found(1, 8), found(0)], 9).offsets.tolist() == [5, 1, 0, 2, 8]
    assert merge([found(1, 8), found(5, 2)], 9).offsets.tolist() == [1, 5, 8, 2]


def test_ties_of_three_sources() -> None:
    """1/11 + 1/14 + 1/12 is a tie in whatever order it adds up; floats alone differ in the end."""
    sources = [found(8, 30, 31, 9), found(40, 9, 41, 8), found(9, 8, 50, 51)]
    merged = merge(sources, 2)
    assert merged.offsets.tolist() == [8, 9]
    assert merged.scores[0] == merged.scores[1]


def test_one_source_keeps_its_scores() -> None:
    source = Candidates(np.array([4, 1, 2], np.int64), np.array([9, 5, -1], np.float32))
    merged = merge([source], 2)
    assert merged.offsets.tolist() == [4, 1]
    assert merged.scores.tolist() == [9, 5]


def test_the_count_is_kept() -> None:
    sources = [found(*range(50)), found(*range(25, 75))]
    assert len(merge(sources, 30).offsets) == len(merge(sources, 30).scores) == 30
    everything = merge(sources, 1000)
    assert sorted(everything.offsets.tolist()) == list(range(75))
    assert (np.diff(everything.scores) <= 0).all()
    assert len(merge(sources, 0).offsets) == 0


def test_sources_that_found_nothing() -> None:
    nothing = found()
    assert merge([], 5).offsets.tolist() == []
    assert merge([nothing], 5).offsets.tolist() == []
    assert merge([nothing, nothing], 5).scores.tolist() == []
    assert merge([nothing, found(3, 1)], 5).offsets.tolist() == [3, 1]


def test_best_takes_what_is_above_zero() -> None:
    candidates = best(np.array([0, 2, -1, 5, 2, 0.5], np.float32), 3)
    assert candidates.offsets.tolist() == [3, 1, 4]
    assert candidates.scores.tolist() == [5, 2, 2]
    assert best(np.zeros(4, np.float32), 3).offsets.tolist() == []
