"""Fitting of the hybrid's weights: known ones found again, by samples made here."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from beautyfinder.evaluation.fitting import (
    FOLDS,
    Sample,
    fit,
    fold_of,
    held_out_precisions,
    measure,
    measure_scores,
    weights_file,
)
from beautyfinder.search.hybrid import FEATURES, Weights, read_weights

TRUE = {"deep": 2.0, "votes": -1.0, "inliers": 0.5}


def drawn(
    count: int, candidates: int = 8, seed: int = 0, scale: dict[str, float] | None = None
) -> list[Sample]:
    """Short-lists whose right candidate is drawn by the model itself with the weights `TRUE`.

    `scale`: features in other units, whose weights must come out that much smaller.
    """
    generator = np.random.default_rng(seed)
    weights = vector(TRUE)
    units = np.array([(scale or {}).get(name, 1.0) for name in FEATURES])
    samples = []
    for number in range(count):
        features = generator.normal(size=(candidates, len(FEATURES)))
        chances = np.exp(features @ weights)
        right = np.zeros(candidates, np.bool_)
        right[generator.choice(candidates, p=chances / chances.sum())] = True
        samples.append(Sample(str(number), features * units, right, 1))
    return samples


def vector(values: dict[str, float]) -> NDArray[np.float64]:
    return np.array([values.get(name, 0.0) for name in FEATURES])


def by_deep(group: str, deep: list[float], right: list[bool], total: int = 1) -> Sample:
    """A short-list of which nothing but the deep similarities is known."""
    features = np.zeros((len(deep), len(FEATURES)))
    features[:, FEATURES.index("deep")] = deep
    return Sample(group, features, np.array(right), total)


# Fitting


def test_known_weights_are_found_again() -> None:
    fitted = fit(drawn(1500)).values
    assert set(fitted) == set(FEATURES)
    assert fitted["deep"] > 0 > fitted["votes"]
    assert fitted["deep"] / fitted["votes"] == pytest.approx(-2, rel=0.15)
    assert fitted["inliers"] / fitted["deep"] == pytest.approx(0.25, rel=0.3)
    idle = [abs(fitted[name]) for name in FEATURES if name not in TRUE]
    assert max(idle) < 0.15


def test_units_make_no_difference() -> None:
    plain = fit(drawn(200)).values
    scaled = fit(drawn(200, scale={"deep": 0.01, "guided": 50.0})).values
    assert scaled["deep"] == pytest.approx(plain["deep"] * 100, rel=1e-3)
    assert scaled["guided"] == pytest.approx(plain["guided"] / 50, rel=1e-2, abs=1e-5)
    assert scaled["votes"] == pytest.approx(plain["votes"], rel=1e-3)


def test_features_left_out_get_no_weight() -> None:
    samples = drawn(300)
    fitted = fit(samples, left_out=("deep", "colour")).values
    assert fitted["deep"] == fitted["colour"] == 0
    assert fitted["votes"] < -0.3
    # What is left out has no say, whatever it holds.
    blind = [replace(s, features=s.features * (vector({"deep": 1}) != 1)) for s in samples]
    assert fit(blind, left_out=("deep", "colour")).values == pytest.approx(fitted)


def test_a_feature_that_is_always_the_same_gets_no_weight() -> None:
    samples = drawn(50, scale={"area": 0.0})
    assert fit(samples).values["area"] == 0


def test_more_than_one_right_candidate() -> None:
    """Either will do: that they differ in colour teaches nothing of colour."""
    samples = [by_deep("a", [1, 1, 0], [True, True, False], 2) for _ in range(5)]
    for sample in samples:
        sample.features[0, FEATURES.index("colour")] = 1
        sample.features[2, FEATURES.index("colour")] = 0.5
    fitted = fit(samples).values
    assert fitted["deep"] > 1
    assert abs(fitted["colour"]) < 0.2 * fitted["deep"]


def test_short_lists_of_different_lengths() -> None:
    """The places that a shorter one lacks are nobody's."""
    short = [by_deep("a", [1, 0], [True, False]), by_deep("b", [0, 1], [True, False])]
    long = by_deep("c", [0.5, 0.0, 0.2, 0.1], [True, False, False, False])
    assert fit(short).values["deep"] == pytest.approx(0, abs=1e-4)  # one for, one against
    assert fit([*short, long]).values["deep"] > 0.1


def test_short_lists_without_the_product_teach_nothing() -> None:
    samples = drawn(60)
    lost = [replace(s, right=np.zeros_like(s.right)) for s in drawn(40, seed=1)]
    alone = fit(samples).values
    assert fit([*lost[:20], *samples, *lost[20:]]).values == pytest.approx(alone, abs=1e-6)
    for nothing in (lost, []):
        with pytest.raises(ValueError, match="no query has its product in the short-list"):
            fit(nothing)


def test_weighing_is_as_if_a_sample_came_so_often() -> None:
    samples = drawn(40)
    repeated = fit([*samples, *samples[:10], *samples[:10]]).values
    weighed = [replace(s, weight=3.0) for s in samples[:10]] + samples[10:]
    # Standard deviations are of the samples as given, so the penalty differs a little.
    assert fit(weighed).values == pytest.approx(repeated, abs=0.1)
    halved = fit([replace(sample, weight=sample.weight / 2) for sample in weighed]).values
    assert halved == pytest.approx(fit(weighed).values, abs=1e-6)


# Measuring


def test_fold_of() -> None:
    groups = [f"product {number}" for number in range(23)]
    fold = fold_of(groups)
    assert set(fold) == set(groups)
    assert sorted(Counter(fold.values()).values()) == [4, 4, 5, 5, 5]
    # Neither the order nor how often a product comes makes a difference.
    assert fold_of([*reversed(groups), *groups[:7]]) == fold
    assert set(fold_of(groups, folds=2).values()) == {0, 1}
    assert fold_of([]) == {}


def test_measure_by_hand() -> None:
    sample = by_deep("a", [0.1, 0.9, 0.5, 0.9], [True, False, True, True], total=4)
    # In order: wrong (the earlier of equals), right, right, right.
    weights = Weights(dict.fromkeys(FEATURES, 0.0) | {"deep": 3.0})
    precision, first = measure(sample, weights)
    assert precision == pytest.approx((1 / 2 + 2 / 3 + 3 / 4) / 4)
    assert not first
    # Nine candidates, the right one second, eighth (beyond the seven that count) and first.
    late = by_deep("a", [0.0] * 9, [False] * 7 + [True, False])
    assert measure_scores(late, np.arange(9.0)) == (0.5, False)
    assert measure_scores(late, -np.arange(9.0)) == (0, False)
    assert measure_scores(late, np.eye(9)[7]) == (1, True)


def test_held_out_precisions_by_hand() -> None:
    """High similarity is right for four of five products, one each in a fold of its own."""
    samples = [
        by_deep("a", [0.2, 0.8], [False, True]),
        by_deep("b", [0.1, 0.9, 0.5], [False, True, True], total=2),
        by_deep("c", [0.9, 0.3], [True, False], total=2),  # the other is not in the short-list
        by_deep("d", [0.7, 0.1, 0.2], [False, False, True]),
        by_deep("e", [0.6, 0.2], [False, False]),  # not in the short-list at all
    ]
    assert len(set(fold_of([s.group for s in samples]).values())) == FOLDS
    precisions, first = held_out_precisions(samples)
    np.testing.assert_allclose(precisions, [1, 1, 1 / 2, 1 / 2, 0])
    assert first.tolist() == [True, True, True, False, False]


def test_no_product_is_measured_by_weights_that_saw_it() -> None:
    """Of one product low is right, in many photos; of the others high: each knows no better."""
    odd = [by_deep("odd", [1, 0], [False, True]) for _ in range(30)]
    samples = odd[:11] + [by_deep(name, [0, 1], [False, True]) for name in "abcd"] + odd[11:]
    assert measure(odd[0], fit(samples)) == (1, True)
    precisions, first = held_out_precisions(samples)
    np.testing.assert_allclose(precisions, [1 / 2] * len(samples))
    assert not first.any()


def test_what_is_fitted_on_elsewhere_holds_the_same_products_out() -> None:
    """Fitted on other queries; those of the product that is measured teach nothing."""
    samples = [by_deep(name, [0, 1], [False, True]) for name in "abcde"]
    misleading = [by_deep("a", [1, 0], [False, True])] * 3
    teaching = [by_deep("other", [0, 1], [False, True])]
    precisions, _ = held_out_precisions(samples, fitted_on=[*misleading, *teaching])
    assert precisions.tolist() == [1, 0.5, 0.5, 0.5, 0.5]


def test_held_out_without_features() -> None:
    """What is left out is left out of the measurement, too: the short-list's order stays."""
    samples = [by_deep(name, [0, 1], [False, True]) for name in "abcde"]
    assert held_out_precisions(samples)[0].tolist() == [1] * 5
    assert held_out_precisions(samples, left_out=FEATURES[:1])[0].tolist() == [0.5] * 5


# The file


def test_weights_file_is_read_back() -> None:
    weights = Weights({name: number - 1 / 3 for number, name in enumerate(FEATURES)})
    how = {"queries": 120, "sets": ["grocery"], "map7": 0.9}
    text = weights_file(weights, how)
    read = read_weights(text)
    assert list(json.loads(text)["weights"]) == list(FEATURES)
    np.testing.assert_allclose(read.vector(), weights.vector(), atol=5.1e-6)
    assert json.loads(text)["fitted"] == how
    assert weights_file(read, how) == text
    assert text.endswith("}\n")
