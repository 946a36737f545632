"""How sure a look-up is of each product: a calibrated probability, by a small fitted model."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from beautyfinder import paths
from beautyfinder.search.hybrid import FEATURES
from beautyfinder.search.reranking import Reranked

FORMAT = 1
MODELS_FILE = "confidence.json"

# What a model is given of a product. The product that is in the catalogue leads the others in every
# kind of evidence; where it is missing, its place is taken by one that leads in some of them only.
_HYBRID = (
    "lead",  # of the hybrid score, over the best other product
    "log lead",
    "standing out",  # of the hybrid score, over the middle of the short-list
    "log standing out",
    *(f"{name}, lead" for name in FEATURES),  # over the most that any other product has of it
    *(f"{name}, ahead" for name in FEATURES),  # of the best other product
    *FEATURES,
    "words asked",
)
_COUNTS = ("lead", "standing out", "count")  # of logarithms
CUES = {"hybrid": _HYBRID, "verified": (*_COUNTS, "matches"), "sift": _COUNTS}
# The more of these, the surer: a model may not learn otherwise from the few products there are.
# "compared" is none of them: it says that looks were measured, not that they agree.
RISING = frozenset({
    "lead", "log lead", "standing out", "log standing out", "count",
    *(f"{name}, {how}" for name in FEATURES[:-1] for how in ("lead", "ahead")),
})  # fmt: skip


@dataclass(frozen=True, eq=False)
class Model:
    """A logistic model with one hidden layer of H units; with H = 0 plain logistic regression.

    weights: float64 (C, 1 + H), a row for each cue, first the linear part's; biases (1 + H,);
    out (H,): the probability is that of the logit z₀ + Σ out · tanh(z₁ …), with z = cues · weights
    + biases.
    """

    weights: NDArray[np.float64]
    biases: NDArray[np.float64]
    out: NDArray[np.float64]

    def probabilities(self, cues: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of each row of `cues` (P, C): (P,), 0 to 1."""
        z = cues @ self.weights + self.biases
        logits = z[:, 0] + np.tanh(z[:, 1:]) @ self.out
        return np.asarray(0.5 * (1 + np.tanh(logits / 2)))  # the logistic function, never too large


def confidences(
    products: Sequence[Reranked],
    rerank: str,
    features: NDArray[np.float64] | None = None,
    words: bool = False,
    model: Model | None = None,
) -> list[float | None]:
    """How probable it is that the photo shows each of `products`, the best of them first.

    products: the short-list's, the best picture of each; features: of the same, for rerank
    "hybrid" (`hybrid.features`); words: whether the photo's words were asked for. They fall along
    the order and sum to 1 at most: what is missing is that the product is not in the catalogue.
    None where nothing was matched, or where there is no other product to stand out from.
    """
    if rerank not in CUES or len(products) < 2 or products[0].matches is None:
        return [None] * len(products)
    if rerank == "hybrid":
        if features is None:
            raise ValueError("the hybrid's confidence needs the features of its evidence")
        scores = np.array([product.score for product in products])
        cues = hybrid_cues(scores, features, words)
    else:
        matches = np.array([product.matches or 0 for product in products])
        inliers = np.array([product.inliers or 0 for product in products])
        cues = verified_cues(inliers, matches) if rerank == "verified" else sift_cues(matches)
    model = model or shipped_models()[rerank]
    return list(consistent(model.probabilities(cues)).tolist())


def hybrid_cues(
    scores: NDArray[np.float64], features: NDArray[np.float64], words: bool
) -> NDArray[np.float64]:
    """(P, C) for hybrid scores (P,), best first, and features (P, F) of at least 2 products."""
    lead, standing_out = _lead(scores), scores - np.median(scores)
    best_other = features[[1, *[0] * (len(scores) - 1)]]
    columns = [lead, _log(lead), standing_out, _log(standing_out)]
    asked = np.full((len(scores), 1), float(words))
    parts = (np.stack(columns, 1), _lead(features), features - best_other, features, asked)
    return np.hstack(parts)


def verified_cues(inliers: NDArray[np.int64], matches: NDArray[np.int64]) -> NDArray[np.float64]:
    """(P, C) for the counts (P,) of at least 2 products."""
    return np.hstack([sift_cues(inliers), np.log1p(matches.astype(np.float64))[:, None]])


def sift_cues(matches: NDArray[np.int64]) -> NDArray[np.float64]:
    """(P, C) for the numbers of matches (P,) of at least 2 products."""
    logs = np.log1p(matches.astype(np.float64))
    return np.stack([_lead(logs), logs - np.median(logs), logs], axis=1)


def consistent(probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    """None above that of a product before it, and in sum 1 at most; the first stays what it is.

    It is the first that the model is calibrated for; the others share what it leaves.
    """
    falling = np.minimum.accumulate(probabilities)
    left, asked = 1 - falling[0], falling[1:].sum()
    if asked > left:
        falling[1:] *= left / asked
    return np.asarray(falling)


def _lead(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of each row over the greatest of the other rows, column by column; below 0 for all but one.

    `values`: (P,) or (P, F) of at least 2 products.
    """
    order = np.sort(values, axis=0)
    most, second = order[-1], order[-2]
    return np.asarray(values - np.where(values == most, second, most))


def _log(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Twice as far ahead is not twice as sure."""
    return np.asarray(np.sign(values) * np.log1p(np.abs(values)))


@cache
def shipped_models() -> Mapping[str, Model]:
    """Those in resources/confidence.json. Raises ValueError where they do not fit this code."""
    return read_models(paths.resource(MODELS_FILE).read_text(encoding="utf-8"))


def read_models(text: str) -> dict[str, Model]:
    """Models by re-ranking, from JSON. Raises ValueError: another format, other cues, torn."""
    data = json.loads(text)
    told = data.get("models") if isinstance(data, dict) and data.get("format") == FORMAT else None
    if not isinstance(told, dict) or set(told) != set(CUES):
        raise ValueError(
            f"{MODELS_FILE} is not of format {FORMAT} with models for {', '.join(CUES)}"
        )
    return {rerank: _read_model(rerank, told[rerank]) for rerank in CUES}


def _read_model(rerank: str, told: object) -> Model:
    try:
        assert isinstance(told, dict)
        weights = np.array([told["weights"][cue] for cue in CUES[rerank]], np.float64)
        biases, out = np.array(told["biases"], np.float64), np.array(told["out"], np.float64)
        assert set(told["weights"]) == set(CUES[rerank])
        assert weights.shape == (len(CUES[rerank]), 1 + len(out))
        assert biases.shape == (1 + len(out),)
        assert all(np.isfinite(part).all() for part in (weights, biases, out))
    except (AssertionError, KeyError, TypeError, ValueError) as error:
        raise ValueError(
            f"{MODELS_FILE}: the model for {rerank} has other cues or numbers than this code's"
        ) from error
    return Model(weights, biases, out)


def models_file(models: Mapping[str, Model], how: Mapping[str, object]) -> str:
    """The text of resources/confidence.json: the models and how they were fitted."""

    def numbers(values: NDArray[np.float64]) -> str:
        return json.dumps([round(float(value), 5) for value in values])

    parts = []
    for rerank, model in models.items():
        rows = ",\n".join(
            f"        {json.dumps(cue)}: {numbers(row)}"
            for cue, row in zip(CUES[rerank], model.weights, strict=True)
        )
        parts.append(
            f'    {json.dumps(rerank)}: {{\n      "biases": {numbers(model.biases)},\n'
            f'      "out": {numbers(model.out)},\n      "weights": {{\n{rows}\n      }}\n    }}'
        )
    told = json.dumps(dict(how), indent=2).replace("\n", "\n  ")
    models_told = ",\n".join(parts)
    return (
        f'{{\n  "format": {FORMAT},\n  "fitted": {told},\n  "models": {{\n{models_told}\n  }}\n}}\n'
    )
