"""The models of how sure a look-up is: fitted on labelled queries, measured on products left out.

Each query is taken twice, as it is and with its product taken out of the short-list, as if the
catalogue did not have it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from beautyfinder.search.confidence import CUES, RISING, Model

HIDDEN = {"hybrid": 6, "verified": 3, "sift": 3}
# Products of a short-list, the first ones, that are learned from: more only blur what tells the
# first, which has to be right above all.
LEARNED = {"hybrid": 3, "verified": 1, "sift": 1}
# Of the squared weights of standardised cues. On products left out a third of it and three times
# as much change the area under the curve by less than 0.01.
PENALTY = 0.003
_START = 0.3  # standard deviation of the hidden weights that the fit starts from


@dataclass(frozen=True, eq=False)
class Sure:
    """One short-list to learn from or to measure on, its products best first.

    group: the product that the photo shows; present: whether the catalogue has it; cues: float64
    (P, C); right: bool (P,); weight: in a fit, relative to other short-lists.
    """

    group: str
    present: bool
    cues: NDArray[np.float64]
    right: NDArray[np.bool_]
    weight: float = 1.0


def fit_confidence(samples: Sequence[Sure], rerank: str) -> Model:
    """The model of greatest likelihood, less `PENALTY` times the squared weights.

    Every short-list weighs the same, however many products it has. Cues in `RISING` get no weight
    below 0. Raises ValueError when there is nothing to learn from.
    """
    most = LEARNED[rerank]
    if not any(sample.right[:most].any() for sample in samples):
        raise ValueError("no short-list has its product among the first")
    cues = np.concatenate([sample.cues[:most] for sample in samples])
    right = np.concatenate([sample.right[:most] for sample in samples]).astype(np.float64)
    first = np.concatenate([np.arange(len(sample.right[:most])) == 0 for sample in samples])
    shares = np.concatenate([np.full(len(s.right[:most]), s.weight) for s in samples])
    mean, deviation = cues[first].mean(axis=0), cues[first].std(axis=0)
    deviation[deviation == 0] = 1.0
    x, y = torch.from_numpy((cues - mean) / deviation), torch.from_numpy(right)
    shares_of = torch.from_numpy(shares / shares[first].sum())
    rising = torch.tensor([[cue in RISING] for cue in CUES[rerank]])
    hidden = HIDDEN[rerank]
    generator = torch.Generator().manual_seed(0)
    start = torch.randn((len(CUES[rerank]), 1 + hidden), generator=generator, dtype=torch.float64)
    start[:, 0] = 0
    free = (start * _START).requires_grad_()
    biases = torch.zeros(1 + hidden, dtype=torch.float64, requires_grad=True)
    out = torch.zeros(hidden, dtype=torch.float64, requires_grad=True)
    parameters = [free, biases, out] if hidden else [free, biases]
    optimiser = torch.optim.LBFGS(parameters, max_iter=300, line_search_fn="strong_wolfe")

    def weights() -> torch.Tensor:
        return torch.where(rising, _above_0(free), free)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        z = x @ weights() + biases
        logits = z[:, 0] + torch.tanh(z[:, 1:]) @ _above_0(out)
        each = torch.nn.functional.binary_cross_entropy_with_logits(logits, y, reduction="none")
        size = weights().square().sum() + out.square().sum()
        value = (shares_of * each).sum() + PENALTY * size
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    found = weights().detach().numpy() / deviation[:, None]
    return Model(found, biases.detach().numpy() - mean @ found, _above_0(out).detach().numpy())


def _above_0(values: torch.Tensor) -> torch.Tensor:
    return torch.nn.functional.softplus(4 * values) / 4
