"""The hybrid's features and score by hand, and the weights file."""

from __future__ import annotations

import json
from dataclasses import fields

import numpy as np
import pytest

from beautyfinder.search.evidence import Evidence
from beautyfinder.search.hybrid import (
    FEATURES,
    Weights,
    features,
    hybrid_scores,
    read_weights,
    reasons,
    shipped_weights,
)

NAN = float("nan")


def evidence(**columns: list[float]) -> Evidence:
    """Evidence of these columns; NaN, as of what was not measured, in the others."""
    count = len(next(iter(columns.values()), []))
    return Evidence(
        **{
            field.name: np.array(columns.get(field.name, [NAN] * count), np.float64)
            for field in fields(Evidence)
        }
    )


def weights(**values: float) -> Weights:
    return Weights(dict.fromkeys(FEATURES, 0.0) | values)


def column(matrix: np.ndarray, name: str) -> list[float]:
    values: list[float] = matrix[:, FEATURES.index(name)].tolist()
    return values


def test_features_by_hand() -> None:
    """Counts as log(1 + n), likenesses as they are."""
    matrix = features(
        evidence(
            deep=[0.75, -0.25],
            votes=[0, np.e - 1],
            pack=[1, 3],
            texts=[0, 1],
            matches=[7, 0],
            inliers=[31, 0],
            guided=[63, 0],
            structure=[-0.5, 0.25],
            colour=[12, 0],
            shade=[3, 0],
            area=[1, 0.5],
        )
    )
    log2 = float(np.log(2))
    assert matrix.shape == (2, 12)
    assert column(matrix, "deep") == [0.75, -0.25]
    assert column(matrix, "votes") == pytest.approx([0, 1])
    assert column(matrix, "pack") == pytest.approx([log2, 2 * log2])
    assert column(matrix, "texts") == pytest.approx([0, log2])
    assert column(matrix, "matches") == pytest.approx([3 * log2, 0])
    assert column(matrix, "inliers") == pytest.approx([5 * log2, 0])
    assert column(matrix, "guided") == pytest.approx([6 * log2, 0])
    assert column(matrix, "structure") == [-0.5, 0.25]
    assert column(matrix, "colour") == [12, 0]
    assert column(matrix, "shade") == [3, 0]
    assert column(matrix, "area") == [1, 0.5]
    assert column(matrix, "compared") == [1, 1]


def test_what_is_unknown_counts_nothing_and_is_told() -> None:
    """A structure of 0 was compared, one of NaN was not: `compared` tells them apart."""
    matrix = features(evidence(deep=[0.5, 0.5], structure=[0, NAN]))
    assert np.isfinite(matrix).all()
    assert column(matrix, "compared") == [1, 0]
    rest = [name for name in FEATURES if name not in ("deep", "compared")]
    assert all(column(matrix, name) == [0, 0] for name in rest)


@pytest.mark.filterwarnings("error")
def test_a_count_below_zero_is_none() -> None:
    assert column(features(evidence(votes=[-3.0])), "votes") == [0]


def test_no_candidates() -> None:
    nothing = evidence()
    assert features(nothing).shape == (0, len(FEATURES))
    assert hybrid_scores(nothing).shape == (0,)


def test_score_is_the_weighted_sum() -> None:
    given = evidence(deep=[0.5, 1], inliers=[3, 0], structure=[0.25, NAN])
    fused = hybrid_scores(given, weights(deep=2, inliers=-1, structure=4, compared=10))
    assert fused.tolist() == pytest.approx([1 - np.log(4) + 1 + 10, 2])


def test_weights_belong_to_names_not_places() -> None:
    """A file that lists them backwards gives the same score."""
    values = {name: float(number) for number, name in enumerate(FEATURES)}
    backwards = read_weights(
        json.dumps({"format": 1, "weights": dict(reversed(list(values.items())))})
    )
    assert backwards.vector().tolist() == list(range(len(FEATURES)))


def test_more_evidence_changes_the_order_by_the_shipped_weights() -> None:
    """Equal but for geometry and structure: what was verified and looks alike comes first."""
    verified = {"matches": [5.0, 60], "inliers": [0.0, 40], "guided": [0.0, 80], "area": [NAN, 0.9]}
    scores = hybrid_scores(evidence(deep=[0.8, 0.8], structure=[NAN, 0.8], **verified))
    assert scores[1] > scores[0]


# The weights file


def test_reasons_by_hand() -> None:
    """What adds at least 1 more than it does to the candidate in the middle, the most first."""
    found = evidence(
        deep=[0.9, 0.5, 0.5], inliers=[np.e**3 - 1, 0, 0], pack=[np.e**1 - 1, 0, np.e**2 - 1]
    )
    of = weights(deep=2.0, inliers=1.0, pack=1.0)
    # Added beyond the middle: likeness 0.8, 0, 0; details 3, 0, 0; words 0, -1, 1.
    assert reasons(found, of) == [("details",), (), ("words",)]
    of = weights(deep=20.0, inliers=1.0)
    assert reasons(found, of) == [("likeness", "details"), (), ()]
    assert reasons(evidence(), of) == []


def test_shipped_weights_load() -> None:
    shipped = shipped_weights()
    assert set(shipped.values) == set(FEATURES)
    assert np.isfinite(shipped.vector()).all()
    assert shipped.vector().any()


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"format": None},
        {"weights": dict.fromkeys(FEATURES[1:], 1)},
        {"weights": dict.fromkeys((*FEATURES, "smell"), 1)},
        {"weights": {}},
    ],
)
def test_other_files_are_refused(change: dict[str, object]) -> None:
    good = {"format": 1, "weights": dict.fromkeys(FEATURES, 1)}
    assert read_weights(json.dumps(good)).vector().tolist() == [1] * len(FEATURES)
    with pytest.raises(ValueError, match="format 1 with the weights of deep, votes"):
        read_weights(json.dumps(good | change))


@pytest.mark.parametrize("text", ["", "{", '{"format": 1}'])
def test_torn_files_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"hybrid\.json|Expecting"):
        read_weights(text)
