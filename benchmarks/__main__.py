"""`make bench`: every benchmark in one run, with machine and versions, as a table, JSON and a page.

On Linux. Ranking and asking the local index are measured at 538,517 pictures, what has to be built
first at fewer: half an hour and 20 GB of disk. `--small` is three minutes, to see that all works.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch

from benchmarks import indexing, local_index, look_up, ranking, reranking, words
from benchmarks.performance_page import write_page

Rows = list[dict[str, Any]]

ROOT = Path(__file__).parents[1]
PERFECT_500K = 538_517
_GRAPH_ROWS = 30_000  # building a graph over more takes hours
_LIBRARIES = ("numpy", "torch", "opencv-python", "faiss-cpu", "hnswlib", "usearch", "pylance")


def _with(options: argparse.Namespace, **changes: Any) -> argparse.Namespace:
    return argparse.Namespace(**vars(options) | changes)


def _ranking(options: argparse.Namespace) -> Rows:
    found = []
    for dimensions in options.dimensions:
        for row in ranking.measure(_with(options, dimensions=dimensions)):
            found.append(row | {"what": f"{options.rows:,} x {dimensions:,}: {row['what']}"})
    return found


def _graphs(options: argparse.Namespace) -> Rows:
    rows = min(options.rows, _GRAPH_ROWS)
    return _ranking(_with(options, rows=rows, dimensions=options.dimensions[-1:], graphs=True))


PARTS: dict[str, Callable[[argparse.Namespace], Rows]] = {
    "bandwidth": ranking.bandwidth,
    "ranking": _ranking,
    "ranking_graphs": _graphs,
    "ranking_growth": ranking.growth,
    "reranking": reranking.measure,
    "local_index": local_index.measure,
    "local_index_scale": local_index.scale,
    "look_up": look_up.measure,
    "indexing": indexing.measure,
    "indexing_memory": indexing.memory,
}
_WITH_PHOTOS: dict[str, Callable[[argparse.Namespace], Rows]] = {  # of --data; only if asked for
    "words_queries": words.of_queries,
    "words_indexing": words.of_indexing,
}

_SMALL = {
    "rows": 10_000,
    "growth_rows": [1_000, 10_000],
    "pictures": 500,
    "scale_pictures": 5_000,
    "look_up_rows": 0,
    "look_ups": 5,
    "index_pictures": 16,
    "index_rows": [200, 1_000],
    "candidates": 30,
    "runs": 3,
}


def main() -> None:
    """Run the parts that are asked for; print them, and write JSON and the page where asked."""
    options = _options()
    results: dict[str, Rows] = {}
    found = {"machine": _machine(), "results": results}
    for name in options.parts or PARTS:
        started = time.perf_counter()
        results[name] = (PARTS | _WITH_PHOTOS)[name](options)
        sys.stderr.write(f"{name}: {time.perf_counter() - started:.0f} s\n")
        _write(found, options)  # after each: half an hour may end early
    print(", ".join(f"{name} {value}" for name, value in found["machine"].items()))
    for name, rows in results.items():
        print(f"\n{name}")
        for row in rows:
            print(
                f"  {row['what']:<56}{row['milliseconds']:>11.2f} ms"
                f"{row['ratio']:>8.2f} x ours   {row['quality']}"
            )


def _write(found: dict[str, Any], options: argparse.Namespace) -> None:
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    if options.page:
        write_page(found, options.page)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, allow_abbrev=False
    )
    add = parser.add_argument
    parts = f"{', '.join(PARTS)} (all by default), {', '.join(_WITH_PHOTOS)}"
    add("parts", nargs="*", help=f"of {parts}")
    add("--small", action="store_true", help="small sizes for what is not said")
    add("--runs", type=int, default=7, help="the median of so many is given")
    add("--json", type=Path, help="write the figures to this file")
    add("--page", type=Path, help="write the page and its plots; docs/performance.md")
    add("--folder", help="where stores are put while it runs")
    add("--rows", type=int, default=PERFECT_500K, help="catalogue pictures to rank")
    add("--dimensions", type=int, nargs="+", default=[2_048, 1_280], help="of a descriptor")
    add("--plain", action="store_true", help="ranking: all rows, too; recall by L1 and L2")
    add("--growth-rows", type=int, nargs="+", metavar="N",
        default=[1_000, 10_000, 100_000, PERFECT_500K, 2_000_000])  # fmt: skip
    add("--growth-dimensions", type=int, nargs="+", default=[1_280], metavar="D")
    add("--candidates", type=int, default=100, help="pictures to re-rank")
    add("--keypoints", type=int, default=1_000, help="of a picture to re-rank")
    add("--pictures", type=int, default=10_000, help="of the local index that is built")
    add("--features", type=Path, help="store whose local features are drawn from")
    add("--scale-pictures", type=int, default=PERFECT_500K, help="of the one that is drawn")
    add("--store", type=Path, help="to look up in; else a sample is drawn and indexed")
    add("--queries", type=Path, help="CSV with a column `image`: photos to look up in --store")
    add("--look-up-rows", type=int, default=50_000, help="strangers are added up to so many")
    add("--look-ups", type=int, default=24, help="photos looked up")
    add("--photos", help="of indexing: a folder of pictures, else they are drawn")
    add("--index-pictures", type=int, default=64, help="of indexing")
    add("--words", action="store_true", help="index with words, too")
    add("--index-rows", type=int, nargs="+", default=[2_000, 50_000], help="of indexing_memory")
    add("--data", type=Path, default=ROOT.parent / "shared" / "data", help="photos of words_*")
    add("--every", type=int, default=8, help="of words_*: every so many of the queries")
    add("--query-sides", type=int, nargs="+", default=[704, 640, 576, 512], metavar="SIDE")
    add("--catalogue-sides", type=int, nargs="+", default=[448, 384], metavar="SIDE")
    parser.set_defaults(graphs=False)
    if "--small" in sys.argv:
        parser.set_defaults(**_SMALL)
    options = parser.parse_args()
    unknown = set(options.parts) - {*PARTS, *_WITH_PHOTOS}
    if unknown:
        parser.error(f"no part {', '.join(sorted(unknown))}")
    if (options.store is None) != (options.queries is None):
        parser.error("--store and --queries belong together")
    return options


def _machine() -> dict[str, Any]:
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "threads": torch.get_num_threads(),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        **{name: version(name) for name in _LIBRARIES},
    }


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


main()
