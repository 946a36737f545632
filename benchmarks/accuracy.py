"""`make accuracy`: every table of docs/accuracy.md and what is fitted, from the photos up.

Builds a store for each set (going on where an earlier run stopped), gathers all evidence of every
query once, then measures methods, sources, and each part removed in turn. Hours from nothing;
with the stores and the evidence kept in --work, a minute.
"""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # a process for each core, one thread each

from beautyfinder.evaluation.calibration import draw_calibration
from beautyfinder.evaluation.fitting import fit, held_out_precisions, weights_file
from beautyfinder.evaluation.ground_truth import read_queries
from beautyfinder.sample.catalogue import draw_catalogue
from beautyfinder.search.confidence import models_file
from beautyfinder.search.hybrid import Weights, shipped_weights
from beautyfinder.store.indexer import IndexOptions, IndexProgress, index
from beautyfinder.store.store import FeatureStore
from benchmarks.accuracy_tables import FITTED_ON, LEFT_OUT, fitting_samples, print_tables
from benchmarks.confidence import (
    LEARNED_FROM,
    SHORTLISTS,
    HeldOut,
    fit_models,
    held_out,
    held_out_figures,
    print_how_sure,
)
from benchmarks.gathering import QueryEvidence, gather

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class PhotoSet:
    """Queries and the catalogues they are looked up in."""

    name: str
    catalogues: tuple[Path, ...]
    queries: Path


def main() -> None:
    """Measure, print the tables in Markdown, and with --fit write the weights."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "accuracy")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--sets", nargs="*", help="by name; all by default")
    parser.add_argument(
        "--fit", action="store_true", help="write resources/hybrid.json and confidence.json"
    )
    parser.add_argument("--fit-confidence", action="store_true", help="write confidence.json alone")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    found: dict[str, list[QueryEvidence]] = {}
    costs: dict[str, str] = {}
    for photos in _photo_sets(options.data, options.work):
        if options.sets and photos.name not in options.sets:
            continue
        store = _built(photos, options.work)
        queries = read_queries(photos.queries)
        kept = options.work / f"evidence-{photos.name}.npz"
        found[photos.name] = gather(store, queries, kept, options.workers, _say)
        info = store.info()
        costs[photos.name] = f"{info.images} pictures, {info.bytes / info.images / 1e3:.0f} kB each"
    _say("")
    print_tables(found, costs)
    weights = shipped_weights()
    if not {*FITTED_ON, *LEARNED_FROM} <= set(found):
        return  # of some sets alone nothing is fitted
    if options.fit:
        weights = _fit(found)
    sure = held_out(found, "hybrid")
    if options.fit or options.fit_confidence:
        _fit_confidence(found, weights, sure)
    shown = print_how_sure(found, sure)
    (ROOT / "docs" / "calibration.svg").write_text(draw_calibration(shown), encoding="utf-8")


def _photo_sets(data: Path, work: Path) -> list[PhotoSet]:
    sample = draw_catalogue(work / "sample-5000", 5_000, queries=200)
    shop, photos = data / "grocery" / "catalogue.csv", data / "grocery" / "queries.csv"
    others = data / "distractors" / "catalogue.csv"
    return [
        PhotoSet("grocery", (shop,), photos),
        PhotoSet("grocery-3000", (shop, others), photos),
        PhotoSet("grocery-3000-5000", (shop, others, sample.catalogue_csv), photos),
        PhotoSet("sample-5000", (sample.catalogue_csv,), sample.queries_csv),
    ]


def _built(photos: PhotoSet, work: Path) -> FeatureStore:
    folder = work / f"store-{photos.name}"

    def tell(state: IndexProgress) -> None:
        _say(f"{photos.name}: {state.done} of {state.total} pictures")

    index(folder, list(photos.catalogues), IndexOptions(), tell)
    return FeatureStore.open(folder)


def _fit(found: dict[str, list[QueryEvidence]]) -> Weights:
    """Fit on all products of the fitting sets, each set weighing the same, and write the file."""
    fitted_on = fitting_samples(found)
    held_out = {
        name: held_out_precisions([q.sample() for q in found[name]], LEFT_OUT, fitted_on)[0].mean()
        for name in FITTED_ON
    }
    how = {
        "command": "make accuracy FIT=--fit",
        "sets": {name: len(found[name]) for name in FITTED_ON},
        "held_out_map7": {name: round(float(value), 4) for name, value in held_out.items()},
        "left_out": LEFT_OUT,
    }
    target = ROOT / "resources" / "hybrid.json"
    weights = fit(fitted_on, LEFT_OUT)
    target.write_text(weights_file(weights, how), encoding="utf-8")
    _say(f"{target} written\n")
    return weights


def _fit_confidence(found: dict[str, list[QueryEvidence]], weights: Weights, sure: HeldOut) -> None:
    """Fit on all products of its sets, with these weights of the hybrid, and write the file."""
    how = {
        "command": "make accuracy FIT=--fit",
        "sets": {name: len(found[name]) for name in LEARNED_FROM},
        "each query": "once as it is, once with its product taken out of the short-list",
        "short-lists": SHORTLISTS,
        "held_out": held_out_figures(sure),
    }
    target = ROOT / "resources" / "confidence.json"
    target.write_text(models_file(fit_models(found, weights), how), encoding="utf-8")
    _say(f"{target} written\n")


def _say(line: str) -> None:
    sys.stderr.write(f"\r\x1b[K{line}")
    sys.stderr.flush()


if __name__ == "__main__":  # the processes of `gather` import this file anew
    main()
