"""Calibration: figures worked out by hand, and a model whose truth is known."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pytest

from beautyfinder.evaluation.calibration import (
    Certainty,
    calibration_section,
    draw_calibration,
    expected_calibration_error,
    no_match_auroc,
    no_match_curve,
    reliability,
    verdict_counts,
)
from beautyfinder.evaluation.confidence_fitting import HIDDEN, Sure, fit_confidence
from beautyfinder.search.confidence import CUES, RISING
from beautyfinder.search.verdict import Thresholds


def told(*pairs: tuple[float, bool]) -> list[Certainty]:
    return [Certainty(confidence, right, present=True) for confidence, right in pairs]


def there_and_missing(there: list[float], missing: list[float]) -> list[Certainty]:
    return [
        *(Certainty(one, True, True) for one in there),
        *(Certainty(one, False, False) for one in missing),
    ]


# 4 look-ups of 0.9 with 3 right, 1 of 0.2 that is wrong, 5 of 1.0 that are all right.
MIXED = told(*[(0.9, True)] * 3, (0.9, False), (0.2, False), *[(1.0, True)] * 5)


def test_reliability_by_hand() -> None:
    low, high = reliability(MIXED, bins=2)
    assert (low.low, low.high, low.count, low.confidence, low.right) == (0, 0.5, 1, 0.2, 0)
    assert (high.low, high.high, high.count) == (0.5, 1, 9)
    assert high.confidence == pytest.approx((4 * 0.9 + 5) / 9)
    assert high.right == pytest.approx(8 / 9)


def test_the_calibration_error_by_hand() -> None:
    assert expected_calibration_error(MIXED, bins=2) == pytest.approx(0.1 * 0.2 + (8.6 - 8) / 10)
    assert expected_calibration_error(told((0.0, False), (1.0, True))) == 0
    assert expected_calibration_error(told((0.5, True), (0.5, False))) == 0


def test_auroc_with_ties_by_hand() -> None:
    """Of 2 · 3 pairs: 0.8 beats all three; 0.5 beats one, ties with one, loses to one."""
    mixed = there_and_missing([0.8, 0.5], [0.7, 0.5, 0.1])
    assert no_match_auroc(mixed) == pytest.approx((3 + 1 + 0.5) / 6)
    assert no_match_auroc(there_and_missing([0.9], [0.1])) == 1
    assert no_match_auroc(there_and_missing([0.5] * 3, [0.5] * 2)) == 0.5
    assert np.isnan(no_match_auroc(there_and_missing([0.5], [])))


def test_the_curve_by_hand_and_its_area() -> None:
    mixed = there_and_missing([0.8, 0.5], [0.7, 0.5, 0.1])
    curve = no_match_curve(mixed)
    assert curve == [(0, 0), (0, 1 / 3), (0.5, 2 / 3), (0.5, 1), (1, 1)]
    across, up = zip(*curve, strict=True)
    assert np.trapezoid(up, across) == pytest.approx(no_match_auroc(mixed))


def test_verdicts_are_counted() -> None:
    mixed = [*there_and_missing([0.95, 0.5], [0.92, 0.1, 0.05]), Certainty(0.1, False, True)]
    match, unsure, no_match = verdict_counts(mixed, Thresholds(0.9, 0.2))
    assert (match.verdict, match.count, match.right) == ("match", 2, 0.5)
    assert [match.present, match.absent] == pytest.approx([1 / 3, 1 / 3])
    assert (unsure.count, unsure.right) == (1, 1)
    assert (no_match.count, no_match.right) == (3, 0)
    assert [no_match.present, no_match.absent] == pytest.approx([1 / 3, 2 / 3])


@pytest.mark.parametrize("certainties", [MIXED, there_and_missing([0.9, 0.3], [0.2])])
def test_the_drawing_is_well_formed(certainties: list[Certainty]) -> None:
    root = ElementTree.fromstring(draw_calibration(certainties))
    assert root.tag.endswith("svg")
    bars = [part for part in root.iter() if part.tag.endswith("rect")]
    assert len(bars) == len(reliability(certainties))


def test_the_section_of_a_report() -> None:
    title, html = calibration_section(there_and_missing([0.95, 0.6], [0.1, 0.3]))
    assert title == "How sure"
    assert "Of 2 look-ups and of 2 whose product" in html
    assert "<b>1.000</b>" in html
    ElementTree.fromstring(f"<div>{html}</div>")


# Fitting


def drawn(count: int, seed: int = 0, unit: float = 1.0) -> list[Sure]:
    """First products alone, right by a logistic model: -1 + 2 · lead + 0.5 · count."""
    generator = np.random.default_rng(seed)
    cues = generator.normal(size=(count, 3))
    chances = 1 / (1 + np.exp(1 - 2 * cues[:, 0] - 0.5 * cues[:, 2]))
    right = generator.random(count) < chances
    return [Sure(str(n), True, cues[n : n + 1] * unit, right[n : n + 1]) for n in range(count)]


def test_a_known_model_is_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(HIDDEN, "sift", 0)  # plain logistic regression, as the truth is
    fitted = fit_confidence(drawn(4000), "sift")
    assert fitted.weights[:, 0] == pytest.approx([2, 0, 0.5], abs=0.25)
    assert fitted.biases == pytest.approx([-1], abs=0.15)
    cues = np.concatenate([sample.cues for sample in drawn(500, 1)])
    expected = 1 / (1 + np.exp(1 - 2 * cues[:, 0] - 0.5 * cues[:, 2]))
    assert fitted.probabilities(cues) == pytest.approx(expected, abs=0.06)


def test_units_make_no_difference() -> None:
    plain, scaled = (fit_confidence(drawn(300, unit=unit), "sift") for unit in (1.0, 50.0))
    assert scaled.weights * 50 == pytest.approx(plain.weights, rel=1e-3, abs=1e-4)
    assert scaled.biases == pytest.approx(plain.biases, rel=1e-3, abs=1e-4)


def test_what_should_rise_never_falls() -> None:
    """Data that say that a lead makes it less sure teach that it says nothing."""
    turned = [Sure(s.group, True, -s.cues, s.right) for s in drawn(300)]
    fitted = fit_confidence(turned, "sift")
    rising = [cue in RISING for cue in CUES["sift"]]
    assert (fitted.weights[rising] >= 0).all()
    assert fitted.weights[0, 0] < 0.05


def test_the_hidden_layer_rises_too() -> None:
    generator = np.random.default_rng(0)
    cues = generator.normal(size=(200, 1, len(CUES["hybrid"])))
    samples = [Sure(str(n), True, row, np.array([row[0, 0] > 0])) for n, row in enumerate(cues)]
    fitted = fit_confidence(samples, "hybrid")
    rising = [cue in RISING for cue in CUES["hybrid"]]
    assert fitted.weights.shape == (len(CUES["hybrid"]), 7)
    assert (fitted.weights[rising] >= 0).all()
    assert (fitted.out >= 0).all()


def test_nothing_to_learn_from() -> None:
    with pytest.raises(ValueError, match="no short-list has its product"):
        fit_confidence([Sure("a", False, np.zeros((2, 3)), np.zeros(2, np.bool_))], "sift")
