"""The hybrid score: all evidence of a candidate fused into one number, by fitted weights."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache

import numpy as np
from numpy.typing import NDArray

from beautyfinder import paths
from beautyfinder.search.evidence import Evidence

FORMAT = 1
WEIGHTS_FILE = "hybrid.json"


@dataclass(frozen=True)
class Weights:
    """One weight for each of `FEATURES`; see resources/hybrid.json for how they were fitted."""

    values: Mapping[str, float]

    def vector(self) -> NDArray[np.float64]:
        return np.array([self.values[name] for name in FEATURES])


FEATURES = (
    *(field.name for field in fields(Evidence)),
    "compared",  # whether structure, colour, shade and area were measured
)
# Counts, votes and words: twice as much of them does not say twice as much.
_CLEARLY = 1.0
_LOGARITHMIC = frozenset({"votes", "pack", "texts", "matches", "inliers", "guided"})


def features(evidence: Evidence) -> NDArray[np.float64]:
    """The evidence as the linear model takes it: (K, len(FEATURES)); what is unknown is 0."""
    columns = []
    for name in FEATURES[:-1]:
        values = np.nan_to_num(getattr(evidence, name), nan=0.0)
        columns.append(np.log1p(np.maximum(values, 0)) if name in _LOGARITHMIC else values)
    columns.append((~np.isnan(evidence.structure)).astype(np.float64))
    return np.stack(columns, axis=1) if len(columns[0]) else np.zeros((0, len(FEATURES)))


# What a person understands of the evidence, and which features speak of it.
REASONS = {
    "details": ("votes", "matches", "inliers", "guided"),
    "words": ("pack", "texts"),
    "looks": ("structure", "colour", "shade", "area", "compared"),
    "likeness": ("deep",),
}


def reasons(evidence: Evidence, weights: Weights | None = None) -> list[tuple[str, ...]]:
    """Of each candidate, which of `REASONS` speak for it, the strongest first.

    One speaks for a candidate where it adds `_CLEARLY` logits more to the score than it adds to
    that of the candidate in the middle of the short-list.
    """
    terms = features(evidence) * (weights or shipped_weights()).vector()
    if not len(terms):
        return []
    columns = {name: [FEATURES.index(n) for n in names] for name, names in REASONS.items()}
    added = {name: terms[:, places].sum(axis=1) for name, places in columns.items()}
    leads = {name: values - np.median(values) for name, values in added.items()}
    return [
        tuple(
            sorted(
                (name for name in REASONS if leads[name][row] >= _CLEARLY),
                key=lambda name: -float(leads[name][row]),
            )
        )
        for row in range(len(terms))
    ]


def hybrid_scores(evidence: Evidence, weights: Weights | None = None) -> NDArray[np.float64]:
    """A score (K,) for each candidate: the logit of a conditional logistic model.

    exp(score) over its sum is the model's probability that this candidate, of those in the
    short-list, shows the product.
    """
    return np.asarray(features(evidence) @ (weights or shipped_weights()).vector())


@cache
def shipped_weights() -> Weights:
    """The weights in resources/hybrid.json. Raises ValueError where they do not fit this code."""
    return read_weights(paths.resource(WEIGHTS_FILE).read_text(encoding="utf-8"))


def read_weights(text: str) -> Weights:
    """Weights from JSON. Raises ValueError: another format, or other features than this code's."""
    data = json.loads(text)
    known = isinstance(data, dict) and isinstance(data.get("weights"), dict)
    if not known or data.get("format") != FORMAT or set(data["weights"]) != set(FEATURES):
        raise ValueError(
            f"{WEIGHTS_FILE} is not of format {FORMAT} with the weights of {', '.join(FEATURES)}"
        )
    return Weights({name: float(value) for name, value in data["weights"].items()})
