"""A look-up, photo file to seven hits with the default method: every stage, median and p95.

`stages` are asked one after another, so that each has its own time; the whole look-up, which lets
some run beside others, is timed by itself. CPU time tells what a stage costs on a busy machine.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from beautyfinder.photo import read_photo
from beautyfinder.search.evidence import compare_looks, verify_all
from beautyfinder.search.exact_matching import RATIO, TOGETHER, ExactMatcher
from beautyfinder.search.hybrid import hybrid_scores
from beautyfinder.search.method import TOP, Method
from beautyfinder.search.searcher import Searcher, recommended_method
from beautyfinder.search.workers import workers
from beautyfinder.store.store import FeatureStore


def main() -> None:
    """Look photos up and print the table in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.look_up", description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("queries", type=Path, help="CSV with a column `image`")
    parser.add_argument("--every", type=int, default=20, help="one of so many queries")
    options = parser.parse_args()
    with options.queries.open(encoding="utf-8", newline="") as file:
        names = [row["image"] for row in csv.DictReader(file)][:: options.every]
    photos = [options.queries.parent / name for name in names]
    searcher = Searcher(FeatureStore.open(options.store), "cpu")
    method = recommended_method(searcher.store)
    searcher.open(method)
    searcher.search(read_photo(photos[0]), method)  # warm
    times = _Times()
    for photo in photos:
        times.of("whole look-up", _look_up, searcher, method, photo)
        _stages(times, searcher, method, photo)
    sys.stdout.write(f"{len(searcher.store)} pictures, {len(photos)} photos, {method.sources}\n\n")
    sys.stdout.write(times.table())


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

    def table(self) -> str:
        """Markdown."""
        lines = [
            "| stage | median ms | p95 ms | least ms | median CPU ms |",
            "|---|---|---|---|---|",
        ]
        for stage, spent in self._found.items():
            wall, cpu = ([one[part] for one in spent] for part in (0, 1))
            lines.append(
                f"| {stage} | {statistics.median(wall):.0f} | {np.percentile(wall, 95):.0f} "
                f"| {min(wall):.0f} | {statistics.median(cpu):.0f} |"
            )
        return "\n".join(lines) + "\n"


def _look_up(searcher: Searcher, method: Method, path: Path) -> None:
    found = searcher.search(read_photo(path), method)
    searcher.store.read_thumbnails([hit.offset for hit in found.hits])


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
    parts = [candidates[at : at + TOGETHER] for at in range(0, len(candidates), TOGETHER)]
    times.of("match", lambda: list(workers().map(lambda c: matcher.match_all(c, RATIO), parts)))
    pairs = times.of("features, match and MAGSAC", verify_all, query, store, offsets)
    looks: dict[int, Any] = {}
    times.of("looks", compare_looks, query, store, offsets, pairs, looks)
    evidence = times.of(
        "other evidence", searcher.evidence, query, answers, method, offsets, pairs, looks
    )
    times.of("scores", hybrid_scores, evidence)
    times.of("found words", sources.found_words, query.words or (), offsets[:TOP])
    times.of("thumbnails", store.read_thumbnails, offsets[:TOP])


if __name__ == "__main__":
    main()
