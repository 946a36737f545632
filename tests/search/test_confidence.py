"""The confidence: its cues by hand, what holds of every answer, and the file of the models."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest

from beautyfinder.search.confidence import (
    CUES,
    FORMAT,
    RISING,
    Model,
    confidences,
    consistent,
    hybrid_cues,
    models_file,
    read_models,
    shipped_models,
    sift_cues,
    verified_cues,
)
from beautyfinder.search.hybrid import FEATURES
from beautyfinder.search.reranking import Reranked


def model(rerank: str, hidden: int = 0, **weights: list[float]) -> Model:
    """Nothing weighs anything but what is named; spaces in names as underscores."""
    rows = [weights.get(cue.replace(" ", "_"), [0.0] * (1 + hidden)) for cue in CUES[rerank]]
    return Model(np.array(rows), np.zeros(1 + hidden), np.ones(hidden))


def products(*scores: float) -> list[Reranked]:
    return [Reranked(n, score, 40, 20) for n, score in enumerate(scores)]


def cue(cues: np.ndarray[Any, Any], name: str) -> list[float]:
    return [round(float(value), 4) for value in cues[:, CUES["hybrid"].index(name)]]


# Cues


def test_cues_of_the_hybrid_by_hand() -> None:
    features = np.zeros((3, len(FEATURES)))
    features[:, FEATURES.index("inliers")] = 3.0, 5.0, 1.0
    features[:, FEATURES.index("votes")] = 4.0, 4.0, 2.0
    cues = hybrid_cues(np.array([10.0, 7.0, 1.0]), features, words=True)
    assert cues.shape == (3, len(CUES["hybrid"]))
    assert cue(cues, "lead") == [3, -3, -9]
    assert cue(cues, "log lead") == [1.3863, -1.3863, -2.3026]  # ln 4, -ln 4, -ln 10
    assert cue(cues, "standing out") == [3, 0, -6]
    assert cue(cues, "inliers, lead") == [-2, 2, -4]
    assert cue(cues, "votes, lead") == [0, 0, -2]  # two that have the most lead by nothing
    assert cue(cues, "inliers, ahead") == [-2, 2, -2]  # of the second, of the first, of the first
    assert cue(cues, "inliers") == [3, 5, 1]
    assert cue(cues, "words asked") == [1, 1, 1]


def test_cues_of_counts_by_hand() -> None:
    cues = sift_cues(np.array([7, 3, 1]))  # logarithms of one more: ln 8, ln 4, ln 2
    # Over the best other, over the middle, and itself.
    assert cues == pytest.approx(np.log(np.array([[2.0, 2, 8], [0.5, 1, 4], [0.25, 0.5, 2]])))
    with_matches = verified_cues(np.array([7, 3, 1]), np.array([0, 9, 9]))
    assert with_matches[:, :3] == pytest.approx(cues)
    assert with_matches[:, 3] == pytest.approx(np.log([1, 10, 10]))


# Probabilities


def test_the_model_by_hand() -> None:
    made = Model(
        np.array([[1.0, 0.5], [0.0, -1.0], [0.0, 0.0]]), np.array([0.25, -0.5]), np.array([2.0])
    )
    logit = 2 + 0.25 + 2 * math.tanh(2 * 0.5 - 3 - 0.5)
    expected = 1 / (1 + math.exp(-logit))
    assert made.probabilities(np.array([[2.0, 3.0, 9.0]])) == pytest.approx([expected])


def test_far_out_it_stays_a_probability() -> None:
    found = model("sift", count=[1e6]).probabilities(np.array([[0, 0, 50.0], [0, 0, -50.0]]))
    assert found.tolist() == [1, 0]


def test_the_first_keeps_its_word_and_the_others_share_the_rest() -> None:
    assert consistent(np.array([0.8, 0.3, 0.1])) == pytest.approx([0.8, 0.15, 0.05])
    assert consistent(np.array([0.5, 0.2, 0.1])) == pytest.approx([0.5, 0.2, 0.1])
    # None is likelier than one that ranks before it.
    assert consistent(np.array([0.2, 0.6, 0.1])) == pytest.approx([0.2, 0.2, 0.1])
    assert consistent(np.array([1.0, 1.0])) == pytest.approx([1, 0])


@pytest.mark.parametrize("rerank", CUES)
def test_sums_to_one_at_most_and_falls(rerank: str) -> None:
    generator = np.random.default_rng(0)
    for count in (2, 3, 12, 100):
        scores = np.sort(generator.normal(size=count) * 6)[::-1]
        found = [
            Reranked(n, float(s), int(generator.integers(0, 99)), int(generator.integers(0, 50)))
            for n, s in enumerate(scores)
        ]
        features = generator.random((count, len(FEATURES))) * 4
        told = confidences(found, rerank, features, words=True)
        values = [value for value in told if value is not None]
        assert len(values) == count
        assert min(values) >= 0
        assert sum(values) <= 1 + 1e-9
        assert values == sorted(values, reverse=True)


def test_rises_with_the_lead() -> None:
    """More score than the others, all else alike, never makes it less sure."""
    features = np.tile(np.linspace(2, 0, 6)[:, None], len(FEATURES))
    told = [
        confidences(products(lead, 0, -1, -2, -3, -4), "hybrid", features)[0]
        for lead in (0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
    ]
    values = [value for value in told if value is not None]
    assert values == sorted(values)
    assert values[-1] > values[0] + 0.1


def test_rises_with_what_was_verified() -> None:
    def first(inliers: int) -> float:
        found = [Reranked(n, 0, 60, count) for n, count in enumerate((inliers, 9, 8, 7, 6))]
        return confidences(found, "verified")[0] or 0.0

    assert first(9) < first(30) < first(120)


def test_where_nothing_can_be_said() -> None:
    features = np.zeros((2, len(FEATURES)))
    assert confidences(products(1, 0), "none") == [None, None]
    assert confidences([Reranked(0, 9, 40)], "sift") == [None]  # nobody to stand out from
    unmatched = [Reranked(0, 0.3, None), Reranked(1, 0.2, None)]
    assert confidences(unmatched, "hybrid", features) == [None, None]
    assert confidences([], "hybrid", features[:0]) == []
    with pytest.raises(ValueError, match="needs the features"):
        confidences(products(1, 0), "hybrid")


# The file


def test_shipped_models_are_whole_and_rise_with_what_speaks_for_a_product() -> None:
    for rerank, shipped in shipped_models().items():
        rising = [cue in RISING for cue in CUES[rerank]]
        assert (shipped.weights[rising] >= 0).all()
        assert (shipped.out >= 0).all()
        assert shipped.weights.any()


def test_what_is_written_is_read_again() -> None:
    models = {rerank: model(rerank, 1, lead=[0.5, 0.25]) for rerank in CUES}
    text = models_file(models, {"command": "here"})
    assert json.loads(text)["fitted"] == {"command": "here"}
    for rerank, read in read_models(text).items():
        assert read.weights.tolist() == models[rerank].weights.tolist()
        assert read.out.tolist() == [1]


@pytest.mark.parametrize("fault", ["format", "no sift", "cue", "row", "number", "list", "torn"])
def test_other_files_are_refused(fault: str) -> None:
    data = json.loads(models_file({rerank: model(rerank, 1) for rerank in CUES}, {}))
    verified = data["models"]["verified"]
    if fault == "format":
        data["format"] = FORMAT + 1
    elif fault == "no sift":
        del data["models"]["sift"]
    elif fault == "cue":
        verified["weights"]["smell"] = verified["weights"].pop("count")
    elif fault == "row":
        verified["weights"]["count"] = [1]
    elif fault == "number":
        verified["out"] = [float("nan")]
    elif fault == "list":
        data["models"]["verified"] = []
    text = json.dumps(data)
    with pytest.raises(ValueError, match=r"confidence\.json|Expecting|delimiter|Unterminated"):
        read_models(text[: len(text) // 2] if fault == "torn" else text)
