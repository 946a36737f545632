"""How sure a look-up is, from gathered evidence: the models, their figures, tables and drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beautyfinder.evaluation.calibration import (
    Certainty,
    expected_calibration_error,
    no_match_auroc,
    reliability,
    verdict_counts,
)
from beautyfinder.evaluation.confidence_fitting import Sure, fit_confidence
from beautyfinder.evaluation.fitting import FOLDS, fit, fold_of
from beautyfinder.search.confidence import (
    CUES,
    Model,
    consistent,
    hybrid_cues,
    sift_cues,
    verified_cues,
)
from beautyfinder.search.hybrid import FEATURES, Weights
from benchmarks.accuracy_tables import LEFT_OUT, Found, fitting_samples, table, verified_scores
from benchmarks.gathering import ALL, QueryEvidence

# Catalogues of 81, 3,081 and 5,000 pictures: in how large a one a product stands out must not
# matter. Each weighs the same.
LEARNED_FROM = ("grocery", "grocery-3000", "sample-5000")
WITHOUT_WORDS = "deep,local"
SHORTLISTS = {
    "hybrid": (ALL, WITHOUT_WORDS),
    "verified": (ALL, WITHOUT_WORDS),
    "sift": ("deep", ALL),
}
HeldOut = dict[tuple[str, str], list[Certainty]]  # by set and short-list
LIVE = 40  # candidates, without words: a camera's frames


@dataclass(frozen=True, eq=False)
class Case:
    """One short-list of a set, for one re-ranking; see `Sure`."""

    set_name: str
    shortlist: str
    sure: Sure


def fit_models(found: Found, weights: Weights) -> dict[str, Model]:
    """On all products; `weights`: the hybrid's."""
    return {
        rerank: fit_confidence([case.sure for case in _cases(found, rerank, weights)], rerank)
        for rerank in CUES
    }


def held_out(found: Found, rerank: str, most: int | None = None) -> HeldOut:
    """Of each set and short-list; no product is measured by what was fitted on it.

    That holds for the hybrid's own weights, too. `most`: candidates that are measured, not those
    that are learned from.
    """
    fold = fold_of([query.group for queries in found.values() for query in queries])
    told: HeldOut = {}
    for number in range(FOLDS):
        weights = Weights(dict.fromkeys(FEATURES, 0.0))
        if rerank == "hybrid":
            samples = [s for s in fitting_samples(found) if fold[s.group] != number]
            weights = fit(samples, LEFT_OUT)
        cases = _cases(found, rerank, weights)
        model = fit_confidence([c.sure for c in cases if fold[c.sure.group] != number], rerank)
        for case in cases if most is None else _cases(found, rerank, weights, most):
            if fold[case.sure.group] == number:
                confidence = consistent(model.probabilities(case.sure.cues))[0]
                certainty = Certainty(
                    float(confidence), bool(case.sure.right[0]), case.sure.present
                )
                told.setdefault((case.set_name, case.shortlist), []).append(certainty)
    return told


def print_how_sure(found: Found, hybrid: HeldOut) -> list[Certainty]:
    """The tables of docs/accuracy.md in Markdown. Returns what the drawing shows."""
    live = held_out(found, "hybrid", LIVE)
    rows = [
        (name, "hybrid", shortlist, *_figures(told)) for (name, shortlist), told in hybrid.items()
    ]
    rows += [
        (name, "hybrid", f"{shortlist}, {LIVE} candidates", *_figures(told))
        for (name, shortlist), told in live.items()
        if shortlist == WITHOUT_WORDS
    ]
    for rerank in ("verified", "sift"):
        told_by = held_out(found, rerank)
        rows += [(name, rerank, sl, *_figures(told)) for (name, sl), told in told_by.items()]
    print("\n### How sure (products held out, each query once with and once without its product)\n")
    table(("set", "re-ranking", "sources", "calibration error", "AUROC of no match",
           "“match” right", "“match”, of those there", "“no match”, of those there",
           "“no match”, of the missing"), rows)  # fmt: skip
    shown = hybrid.get(("grocery", ALL)) or next(iter(hybrid.values()))
    print("\nReliability (grocery, all sources):\n")
    table(
        ("confidence", "look-ups", "mean confidence", "first hit right"),
        [
            (f"{b.low:.0%} to {b.high:.0%}", str(b.count), f"{b.confidence:.3f}", f"{b.right:.3f}")
            for b in reliability(shown)
        ],
    )
    return shown


def held_out_figures(hybrid: HeldOut) -> dict[str, dict[str, float]]:
    """For the file of the models: of each set with all sources."""
    return {
        name: {
            "calibration_error": round(expected_calibration_error(told), 4),
            "no_match_auroc": round(no_match_auroc(told), 4),
        }
        for (name, shortlist), told in hybrid.items()
        if shortlist == ALL
    }


def _figures(told: Sequence[Certainty]) -> tuple[str, ...]:
    match, _, no_match = verdict_counts(told)
    return (
        f"{expected_calibration_error(told):.3f}",
        f"{no_match_auroc(told):.3f}",
        f"{match.right:.3f}",
        f"{match.present:.3f}",
        f"{no_match.present:.3f}",
        f"{no_match.absent:.3f}",
    )


def _cases(found: Found, rerank: str, weights: Weights, most: int | None = None) -> list[Case]:
    return [
        Case(name, shortlist, _sure(query, rerank, shortlist, present, weights, most, 1 / len(qs)))
        for name, qs in found.items()
        if name in LEARNED_FROM
        for shortlist in SHORTLISTS[rerank]
        for query in qs
        for present in (True, False)
    ]


def _sure(
    query: QueryEvidence,
    rerank: str,
    shortlist: str,
    present: bool,
    weights: Weights,
    most: int | None,
    weight: float,
) -> Sure:
    places = query.shortlists[shortlist]
    kept = np.arange(len(places))[:most]
    if not present:
        kept = kept[~query.right[places[kept]]]
    features, right = query.features[shortlist][kept], query.right[places[kept]]
    scores: NDArray[np.float64]
    if rerank == "hybrid":
        scores = features @ weights.vector()
    else:
        scores = verified_scores(features) if rerank == "verified" else query.sift[places[kept]]
    order = np.argsort(-scores, kind="stable")
    order = order[_first_of_each(query.products(shortlist)[kept][order])]
    if rerank == "hybrid":
        cues = hybrid_cues(scores[order], features[order], "words" in shortlist)
    elif rerank == "verified":
        matches = np.rint(np.expm1(features[order, FEATURES.index("matches")]))
        cues = verified_cues(np.floor(scores[order]).astype(np.int64), matches.astype(np.int64))
    else:
        cues = sift_cues(np.floor(scores[order]).astype(np.int64))
    return Sure(query.group, present, cues, right[order], weight)


def _first_of_each(products: NDArray[np.str_]) -> NDArray[np.int64]:
    """Places of the best picture of every product, in order."""
    return np.sort(np.unique(products, return_index=True)[1])
