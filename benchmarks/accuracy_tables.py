"""The tables of docs/accuracy.md, from gathered evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from beautyfinder.evaluation.fitting import (
    Sample,
    held_out_precisions,
    measure,
    measure_scores,
)
from beautyfinder.evaluation.metrics import bootstrap_interval
from beautyfinder.search.hybrid import FEATURES, shipped_weights
from benchmarks.gathering import ALL, SHORTLISTS, QueryEvidence

# What is removed, and which features of the model go with it.
PARTS = {
    "nothing": (),
    "deep similarity": ("deep",),
    "votes": ("votes",),
    "words on the pack": ("pack",),
    "words of the catalogue": ("texts",),
    "all words": ("pack", "texts"),
    "number of matches": ("matches",),
    "inliers and guided matches": ("inliers", "guided"),
    "structure": ("structure",),
    "colour and shade": ("colour", "shade"),
    "all looks": ("structure", "colour", "shade", "area", "compared"),
}
# The shipped weights are fitted on these sets, each weighing the same, and without these features:
# given inliers, the bare number of matches is mostly chance, and its weight came out negative.
FITTED_ON = ("grocery-3000", "sample-5000")
LEFT_OUT = ("matches",)
Found = dict[str, list[QueryEvidence]]


def fitting_samples(found: Found) -> list[Sample]:
    """What the shipped weights are fitted on, of the sets that were gathered."""
    return [
        replace(query.sample(), weight=1 / len(found[name]))
        for name in FITTED_ON
        for query in found.get(name, ())
    ]


def print_tables(found: Found, costs: dict[str, str]) -> None:
    """Methods, sources and parts, for every set that was gathered, in Markdown."""
    for name, queries in found.items():
        cost = np.median([query.milliseconds for query in queries])
        print(f"\n### {name}: {len(queries)} queries, {costs[name]}, {cost:.0f} ms a look-up\n")
        head = ("method", "mAP@7", "95 %", "top-1", "in short-list")
        table(head, _methods(queries, fitting_samples(found)))
        print()
        table(("sources", "in short-list", "hybrid mAP@7", "top-1"), _sources(queries))
    print("\n### Each part removed in turn (mAP@7, weights fitted anew, products held out)\n")
    table(("removed", *found), [(part, *_without(found, part)) for part in PARTS])
    print("\n### Fitted on one set, measured on another (mAP@7 of the hybrid)\n")
    table(("fitted on", *found), [(name, *_carried_over(found, name)) for name in found])


def _methods(
    queries: Sequence[QueryEvidence], fitted_on: Sequence[Sample]
) -> list[tuple[str, ...]]:
    rows = []
    scores: dict[str, Callable[[QueryEvidence, str], NDArray[np.float64]]] = {
        "none": lambda query, names: -np.arange(len(query.shortlists[names]), dtype=np.float64),
        "sift": lambda query, names: query.sift[query.shortlists[names]],
        "verified": lambda query, names: verified_scores(query.features[names]),
    }
    for shortlist in ("deep", ALL):
        for name, score in scores.items():
            results = [
                measure_scores(query.sample(shortlist), score(query, shortlist))
                for query in queries
            ]
            rows.append(_row(f"{name}, {shortlist}", results, _recall(queries, shortlist)))
    for name, shortlist in (("hybrid, held out", "deep,local"), ("hybrid, held out", ALL)):
        held_out = held_out_precisions([query.sample(shortlist) for query in queries])
        results = list(zip(*held_out, strict=True))
        rows.append(_row(f"{name}, {shortlist}", results, _recall(queries, shortlist)))
    if fitted_on:
        held_out = held_out_precisions([query.sample() for query in queries], LEFT_OUT, fitted_on)
        results = list(zip(*held_out, strict=True))
        rows.append(_row(f"hybrid as shipped, held out, {ALL}", results, _recall(queries, ALL)))
    shipped = [measure(query.sample(), shipped_weights()) for query in queries]
    rows.append(_row(f"hybrid, shipped weights, {ALL}", shipped, _recall(queries, ALL)))
    return rows


def verified_scores(features: NDArray[np.float64]) -> NDArray[np.float64]:
    """The score of rerank "verified", from the features, which hold logarithms of counts."""
    inliers = np.expm1(features[:, FEATURES.index("inliers")])
    matches = np.expm1(features[:, FEATURES.index("matches")])
    return np.rint(inliers) + matches / (matches + 1)


def _sources(queries: Sequence[QueryEvidence]) -> list[tuple[str, ...]]:
    rows = []
    for shortlist in SHORTLISTS:
        precisions, first = held_out_precisions([query.sample(shortlist) for query in queries])
        rows.append(
            (shortlist, _recall(queries, shortlist), f"{precisions.mean():.4f}",
             f"{first.mean():.3f}")
        )  # fmt: skip
    return rows


def _without(found: Found, part: str) -> list[str]:
    cells = []
    for queries in found.values():
        samples = [query.sample() for query in queries]
        cells.append(f"{held_out_precisions(samples, PARTS[part])[0].mean():.4f}")
    return cells


def _carried_over(found: Found, name: str) -> list[str]:
    """Weights of the set `name` on every other; products that both have are held out."""
    fitted_on = [query.sample() for query in found[name]]
    return [
        f"{held_out_precisions([q.sample() for q in queries], fitted_on=fitted_on)[0].mean():.4f}"
        for queries in found.values()
    ]


def _recall(queries: Sequence[QueryEvidence], shortlist: str) -> str:
    samples: list[Sample] = [query.sample(shortlist) for query in queries]
    return f"{np.mean([sample.right.any() for sample in samples]):.4f}"


def _row(name: str, results: Sequence[tuple[float, bool]], recall: str) -> tuple[str, ...]:
    precisions = [precision for precision, _ in results]
    low, high = bootstrap_interval(precisions)
    return (
        name,
        f"{np.mean(precisions):.4f}",
        f"{low:.3f}–{high:.3f}",
        f"{np.mean([first for _, first in results]):.3f}",
        recall,
    )


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print it in Markdown."""
    print(f"| {' | '.join(head)} |\n|{'---|' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")
