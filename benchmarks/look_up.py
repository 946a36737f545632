"""A look-up, photo file to seven hits with the default method: every stage, median and p95.

`stages` are asked one after another, so that each has its own time; the whole look-up, which lets
some run beside others, is timed by itself. CPU time tells what a stage costs on a busy machine.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from beautyfinder.evaluation.ground_truth import read_queries
from beautyfinder.photo import read_photo
from beautyfinder.sample.catalogue import draw_catalogue
from beautyfinder.search.evidence import compare_looks, verify_all
from beautyfinder.search.exact_matching import RATIO, ExactMatcher
from beautyfinder.search.hybrid import hybrid_scores
from beautyfinder.search.method import TOP, Hit, Method
from beautyfinder.search.searcher import Searcher, recommended_method
from beautyfinder.search.workers import workers
from beautyfinder.store.indexer import IndexOptions, index
from beautyfinder.store.store import FeatureStore
from benchmarks.strangers import grow

_PRODUCTS, _QUERIES = 126, 24  # of the sample that is drawn where no store is given


def measure(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Look photos up in `--store`, or in a drawn sample, grown to `--look-up-rows`.

    `ratio` is a stage's share of the whole look-up, in which some of them run side by side.
    """
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        store, labelled = _base(options, Path(folder))
        queries = read_queries(labelled)[: options.look_ups]
        photos = [Path(query.path) for query in queries]
        column = store.descriptor_column(*_best_of(store))
        if options.look_up_rows > len(store):
            store = grow(store, Path(folder) / "grown", options.look_up_rows, column)
        searcher = Searcher(store, "cpu")
        method = recommended_method(searcher.store)
        started = time.perf_counter()
        searcher.open(method)  # makes the indices that there are not yet
        made = time.perf_counter() - started
        started = time.perf_counter()
        Searcher(FeatureStore.open(store.folder), "cpu").open(method)
        opened = time.perf_counter() - started
        searcher.search(read_photo(photos[0]), method)  # warm
        times = _Times()
        first = 0
        for query, photo in zip(queries, photos, strict=True):
            found = times.of("whole look-up", _look_up, searcher, method, photo)
            first += bool(found) and found[0].image.product_id in query.product_ids
        for photo in photos:
            _stages(times, searcher, method, photo)
        rows = times.rows()
        rows[0]["opened"] = opened
        rows[0]["quality"] += (
            f"; the right product first {first} times of {len(queries)}; {len(store):,} pictures, "
            f"sources {' + '.join(method.sources)}; indices made in {made:.0f} s, opened in "
            f"{opened:.2f} s"
        )
        return rows


def _base(options: argparse.Namespace, folder: Path) -> tuple[FeatureStore, Path]:
    if options.store:
        return FeatureStore.open(options.store), options.queries
    sample = draw_catalogue(folder / "sample", _PRODUCTS, queries=_QUERIES)
    index(folder / "store", [sample.catalogue_csv], IndexOptions(device="cpu"))
    return FeatureStore.open(folder / "store"), sample.queries_csv


def _best_of(store: FeatureStore) -> tuple[str, str]:
    method = recommended_method(store)
    return method.backbone, method.pooling


class _Times:
    """Wall and CPU milliseconds of every stage, photo by photo."""

    def __init__(self) -> None:
        self._found: dict[str, list[tuple[float, float]]] = {}

    def of(self, stage: str, work: Callable[..., Any], *arguments: Any) -> Any:
        """What `work` returns."""
        wall, cpu = time.perf_counter(), time.process_time()
        result = work(*arguments)
        spent = (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000
        self._found.setdefault(stage, []).append(spent)
        return result

    def rows(self) -> list[dict[str, Any]]:
        """For the report; wall time is the median."""
        whole = statistics.median(wall for wall, _ in self._found["whole look-up"])
        rows = []
        for stage, spent in self._found.items():
            wall, cpu = ([one[part] for one in spent] for part in (0, 1))
            median = statistics.median(wall)
            rows.append(
                {
                    "what": stage,
                    "milliseconds": median,
                    "p95": float(np.percentile(wall, 95)),
                    "ratio": median / whole,
                    "quality": f"p95 {np.percentile(wall, 95):.0f} ms, least {min(wall):.0f} ms, "
                    f"{statistics.median(cpu):.0f} ms of processor time",
                }
            )
        return rows


def _look_up(searcher: Searcher, method: Method, path: Path) -> tuple[Hit, ...]:
    hits = searcher.search(read_photo(path), method).hits
    searcher.store.read_thumbnails([hit.offset for hit in hits])
    return hits


def _stages(times: _Times, searcher: Searcher, method: Method, path: Path) -> None:
    store, sources = searcher.store, searcher.sources
    photo = times.of("decode", read_photo, path)
    describer = searcher._describer(method.backbone)
    prepared = times.of("network: prepare", describer.prepare, photo.pixels)
    times.of("network", describer.describe, [prepared])
    times.of("SIFT", searcher.local_features, photo)
    times.of("words", searcher.read_words, photo)
    query = searcher.describe(photo, [method])
    assert query.local is not None
    times.of("rank", sources.rank_deep, query.descriptors[method.pooling], method)
    times.of("local votes", sources.votes, query.local)
    times.of("word scores", sources.word_scores, query.words or ())
    answers = searcher.ask(query, method)
    offsets = times.of("merge", sources.shortlist, answers, method).offsets.tolist()
    times.of("catalogue's texts", store.read_images, offsets)
    candidates = times.of("read features", store.read_local_features, offsets)
    matcher = ExactMatcher(query.local)
    times.of("match", lambda: list(workers().map(lambda c: matcher.match(c, RATIO), candidates)))
    pairs = times.of("features, match and MAGSAC", verify_all, query, store, offsets)
    looks: dict[int, Any] = {}
    times.of("looks", compare_looks, query, store, offsets, pairs, looks)
    evidence = times.of(
        "other evidence", searcher.evidence, query, answers, method, offsets, pairs, looks
    )
    times.of("scores", hybrid_scores, evidence)
    times.of("found words", sources.found_words, query.words or (), offsets[:TOP])
    times.of("thumbnails", store.read_thumbnails, offsets[:TOP])
