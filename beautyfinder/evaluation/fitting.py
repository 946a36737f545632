"""The weights of the hybrid score: fitted on labelled queries, measured on products left out."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from beautyfinder.evaluation.metrics import TOP, average_precision
from beautyfinder.search.hybrid import FEATURES, FORMAT, Weights

FOLDS = 5
# Of the squared weights of standardised features; from 0.001 to 0.03 the held-out mAP@7 hardly
# moves, and more of it spreads the weight over features that say the same.
PENALTY = 0.01


@dataclass(frozen=True, eq=False)
class Sample:
    """The short-list of one labelled query.

    group: the product, so that a product is never in both halves of a measurement; features:
    float64 (K, F), see `FEATURES`; right: bool (K,), which candidates are right answers; total: how
    many right answers the catalogue holds; weight: in a fit, relative to other queries.
    """

    group: str
    features: NDArray[np.float64]
    right: NDArray[np.bool_]
    total: int
    weight: float = 1.0


def fit(samples: Sequence[Sample], left_out: Collection[str] = ()) -> Weights:
    """Weights of the conditional logistic model that best tell the right candidate of each query.

    Maximises the mean log-probability of the right candidates, exp(w·x) over its sum over the
    short-list (McFadden 1974), less `PENALTY` times the squared weights of the features in units of
    their standard deviation. Features in `left_out` get the weight 0. Queries whose product is not
    in the short-list teach nothing. Raises ValueError when there is nothing to learn from.
    """
    useful = [sample for sample in samples if sample.right.any()]
    if not useful:
        raise ValueError("no query has its product in the short-list")
    columns = [i for i, name in enumerate(FEATURES) if name not in left_out]
    longest = max(len(sample.right) for sample in useful)
    rows = np.zeros((len(useful), longest, len(columns)))
    present = np.zeros((len(useful), longest), np.bool_)
    right = np.zeros_like(present)
    for number, sample in enumerate(useful):
        count = len(sample.right)
        rows[number, :count] = sample.features[:, columns]
        present[number, :count], right[number, :count] = True, sample.right
    deviation = rows[present].std(axis=0)
    deviation[deviation == 0] = 1.0
    x = torch.from_numpy(rows / deviation)
    outside, wrong = torch.from_numpy(~present), torch.from_numpy(~right)
    relative = np.array([sample.weight for sample in useful])
    shares = torch.from_numpy(relative / relative.sum())
    weights = torch.zeros(len(columns), dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=300, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        scores = (x @ weights).masked_fill(outside, -torch.inf)
        likelihood = scores.masked_fill(wrong, -torch.inf).logsumexp(1) - scores.logsumexp(1)
        value = -(shares * likelihood).sum() + PENALTY * weights.square().sum()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    values = dict.fromkeys(FEATURES, 0.0)
    fitted = weights.detach().numpy() / deviation
    values |= {FEATURES[i]: float(value) for i, value in zip(columns, fitted, strict=True)}
    return Weights(values)


def fold_of(groups: Sequence[str], folds: int = FOLDS) -> dict[str, int]:
    """Which fold each product belongs to: the same for the same products, whatever their order."""
    shuffled = np.random.default_rng(0).permutation(sorted(set(groups)))
    return {str(group): number % folds for number, group in enumerate(shuffled)}


def held_out_precisions(
    samples: Sequence[Sample],
    left_out: Collection[str] = (),
    fitted_on: Sequence[Sample] | None = None,
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """AP@7 and whether the first hit is right, of each query, by weights that its fold did not see.

    Fitted on four fifths of the products, measured on the other fifth, in turn. `fitted_on`: other
    queries to fit on, less those of the products measured; `samples` themselves by default.
    """
    fold = fold_of([sample.group for sample in samples])
    fitted_on = samples if fitted_on is None else fitted_on
    precisions = np.zeros(len(samples))
    first = np.zeros(len(samples), np.bool_)
    for number in sorted(set(fold.values())):
        weights = fit([s for s in fitted_on if fold.get(s.group) != number], left_out)
        for place, sample in enumerate(samples):
            if fold[sample.group] == number:
                precisions[place], first[place] = measure(sample, weights)
    return precisions, first


def measure(sample: Sample, weights: Weights) -> tuple[float, bool]:
    """AP@7 of one query with these weights, and whether the first hit is right."""
    return measure_scores(sample, sample.features @ weights.vector())


def measure_scores(sample: Sample, scores: NDArray[np.float64]) -> tuple[float, bool]:
    """AP@7 of one query whose candidates have these scores, and whether the first hit is right."""
    order = np.argsort(-scores, kind="stable")[:TOP]
    hits = sample.right[order].tolist()
    return average_precision(hits, sample.total), bool(hits and hits[0])


def weights_file(weights: Weights, how: Mapping[str, Any]) -> str:
    """The text of resources/hybrid.json: the weights and how they were fitted."""
    values = {name: round(weights.values[name], 5) for name in FEATURES}
    return json.dumps({"format": FORMAT, "fitted": how, "weights": values}, indent=2) + "\n"
