"""Words for how sure a look-up is."""

from __future__ import annotations

import pytest

from beautyfinder.errors import UserError
from beautyfinder.search.verdict import THRESHOLDS, Thresholds, verdict_of


@pytest.mark.parametrize(
    ("confidence", "verdict"),
    [
        (1.0, "match"),
        (0.8, "match"),
        (0.79, "unsure"),
        (0.3, "unsure"),
        (0.29, "no match"),
        (0.0, "no match"),
        (None, "unsure"),
    ],
)
def test_by_two_thresholds(confidence: float | None, verdict: str) -> None:
    assert verdict_of(confidence, Thresholds(0.8, 0.3)) == verdict


def test_shipped_thresholds_leave_room_for_doubt() -> None:
    assert 0 < THRESHOLDS.no_match_below < 0.5 < THRESHOLDS.match_from < 1
    assert verdict_of(0.5) == "unsure"


@pytest.mark.parametrize("pair", [(0.2, 0.9), (0.5, 0.5), (1.2, 0.1), (0.9, -0.1)])
def test_thresholds_that_cross_are_refused(pair: tuple[float, float]) -> None:
    with pytest.raises(UserError, match="do not go together"):
        Thresholds(*pair)
