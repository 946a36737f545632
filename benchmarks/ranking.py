"""One query against a whole catalogue of descriptors: ours, NumPy, torch, faiss, graphs."""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import faiss
import hnswlib
import numpy as np
import torch
import usearch.index as usearch
from numpy.typing import NDArray

from beautyfinder.search.bounded_ranking import BoundedRanker
from beautyfinder.search.exact import Ranker, exact_ranker
from beautyfinder.search.ranking import ExactRanker
from beautyfinder.search.ranking_files import open_or_update, ranking_folder
from beautyfinder.store.columns import DescriptorColumn, DescriptorMatrix
from beautyfinder.store.store import FeatureStore
from benchmarks.descriptors import append_rows, make_queries, make_store
from benchmarks.timing import interleaved_ms, table

TOP = 100
CPU = torch.device("cpu")
_NUMBERS = 1 << 32  # of a catalogue of the growth curve: larger ones are left out

Task = Callable[[NDArray[np.float32]], Any]


def measure(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Top-100 of one query, with recall against exact float32, memory and what ours took."""
    rows, dimensions = options.rows, options.dimensions
    with _kept(options, rows, dimensions, True) as (store, column, built):
        started = time.perf_counter()
        ours = _bounded(store, column)
        opened = time.perf_counter() - started
        half = ours._parts[0].rows
        queries = make_queries(half, options.runs + 1)
        flat, wide = _flat(half)
        quantised = _half_precision(half)
        tensor = torch.from_numpy(wide)
        work: dict[str, Task] = {
            "ours, bounds, cosine": lambda q: ours.rank(q, "cosine", TOP).offsets,
            "ours, bounds, l2": lambda q: ours.rank(q, "l2", TOP).offsets,
            "ours, bounds, l1": lambda q: ours.rank(q, "l1", TOP).offsets,
            "NumPy float32, cosine": lambda q: np.argpartition(-(wide @ q), TOP)[:TOP],
            "torch float32, cosine": lambda q: torch.topk(
                tensor @ torch.from_numpy(q), TOP
            ).indices.numpy(),
            "faiss IndexFlatIP": lambda q: flat.search(q[None], TOP)[1][0],
            "faiss SQfp16, inner product": lambda q: quantised.search(q[None], TOP)[1][0],
        }
        plain = ExactRanker(DescriptorMatrix(np.arange(len(half)), half), CPU)
        if options.plain:
            work["ours, all rows, cosine"] = lambda q: plain.rank(q, "cosine", TOP).offsets
        work |= _usearch(wide)
        if options.graphs:
            work |= _graphs(wide)
        metrics = ("cosine", "l2", "l1") if options.plain else ("cosine",)
        truths = {m: [plain.rank(q, m, TOP).offsets for q in queries] for m in metrics}
        times, answers = interleaved_ms(work, queries)
        matrix = half.nbytes
        qualities = {}
        for what, found in answers.items():
            metric = what.rsplit(", ", 1)[-1]
            truth = truths.get(metric if metric in ("l1", "l2") else "cosine")
            qualities[what] = f"recall@{TOP} {_recall(truth, found):.4f}" if truth else ""
        for what in [name for name in work if name.startswith("ours, bounds")]:
            qualities[what] += "; " + _efforts(ours, queries, what.rsplit(", ", 1)[-1])
        codes = sum(path.stat().st_size for path in _files(store, column, "codes"))
        first = next(iter(work))
        qualities[first] += (
            f"; {codes / matrix:.3f} of the float16 matrix in memory beside its map; made in "
            f"{built:.0f} s, opened in {opened:.2f} s"
        )
        qualities["faiss IndexFlatIP"] += "; 2.000 of the float16 matrix in memory"
        return table(times, qualities)


def growth(options: argparse.Namespace) -> list[dict[str, Any]]:
    """From 1,000 rows to 2 million: making the files, opening them, appending 1,000, ranking."""
    results = []
    for dimensions in options.growth_dimensions:
        for rows in options.growth_rows:
            if rows * dimensions > _NUMBERS:
                continue
            with _kept(options, rows, dimensions, False) as (store, column, _):
                times = {}
                start = time.perf_counter()
                exact_ranker(store, column, CPU, lambda *_: None, lambda: False)
                times["made and opened"] = (time.perf_counter() - start) * 1000
                start = time.perf_counter()
                ranker = exact_ranker(store, column, CPU, lambda *_: None, lambda: False)
                times["opened"] = (time.perf_counter() - start) * 1000
                some = store.read_descriptor_rows(column, range(min(rows, 1000)))
                queries = make_queries(some.astype(np.float16), options.runs + 1)
                work = {metric: _task(ranker, metric) for metric in ("cosine", "l2", "l1")}
                times |= interleaved_ms(work, queries)[0]
                store = append_rows(store, column, some.astype(np.float16))
                start = time.perf_counter()
                exact_ranker(store, column, CPU, lambda *_: None, lambda: False)
                times["1,000 appended and opened"] = (time.perf_counter() - start) * 1000
                name = f"{rows:,} x {dimensions}, {type(ranker).__name__}"
                results += table({f"{name}, {k}": v for k, v in times.items()}, {})
    return results


def bandwidth(options: argparse.Namespace) -> list[dict[str, Any]]:
    """How fast this machine reads memory: the sum over a gigabyte of float32."""
    numbers = torch.ones(1 << 28)
    times, _ = interleaved_ms({"sum over 1 GiB": lambda _: numbers.sum()}, [None] * options.runs)
    (ms,) = times.values()
    said = f"{numbers.nbytes / ms / 1e6:.1f} GB/s, load {os.getloadavg()[0]:.1f}"
    return table(times, {"sum over 1 GiB": said})


def _task(ranker: Ranker, metric: str) -> Task:
    return lambda query: ranker.rank(query, metric, TOP)


def _bounded(store: FeatureStore, column: DescriptorColumn) -> BoundedRanker:
    return BoundedRanker(open_or_update(store, column, lambda *_: None, lambda: False))


@contextmanager
def _kept(
    options: argparse.Namespace, rows: int, dimensions: int, made: bool
) -> Iterator[tuple[FeatureStore, DescriptorColumn, float]]:
    """A store, its files `made` or not, and the seconds that these took."""
    folder = Path(tempfile.mkdtemp(prefix="ranking-", dir=options.folder))
    try:
        store, column = make_store(folder / "store", rows, dimensions)
        started = time.perf_counter()
        if made:
            _bounded(store, column)
        yield store, column, time.perf_counter() - started
    finally:
        shutil.rmtree(folder)


def _files(store: FeatureStore, column: DescriptorColumn, kind: str) -> list[Path]:
    return sorted(ranking_folder(store, column).glob(f"*.{kind}"))


def _flat(half: NDArray[np.float16]) -> tuple[Any, NDArray[np.float32]]:
    """An IndexFlatIP and its rows, which NumPy and torch share: there is room for them once."""
    index = faiss.IndexFlatIP(half.shape[1])
    index.codes.resize(half.size * 4)
    index.ntotal = len(half)
    wide: NDArray[np.float32] = faiss.rev_swig_ptr(index.get_xb(), half.size).reshape(half.shape)
    for start in range(0, len(half), 16_384):
        wide[start : start + 16_384] = half[start : start + 16_384]
    return index, wide


def _half_precision(half: NDArray[np.float16]) -> Any:
    kind = faiss.ScalarQuantizer.QT_fp16
    index = faiss.IndexScalarQuantizer(half.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
    index.is_trained = True
    for start in range(0, len(half), 16_384):
        index.add(half[start : start + 16_384].astype(np.float32))
    return index


def _usearch(wide: NDArray[np.float32]) -> dict[str, Task]:
    return {
        "usearch exact float32, cosine": lambda q: (
            usearch.search(
                wide, q, TOP, metric="cos", exact=True, threads=torch.get_num_threads()
            ).keys
        )
    }


def _graphs(wide: NDArray[np.float32]) -> dict[str, Task]:
    graph = hnswlib.Index("cosine", wide.shape[1])
    graph.init_index(len(wide), M=16, ef_construction=200)
    graph.add_items(wide)
    graph.set_ef(400)
    tasks: dict[str, Task] = {"hnswlib, cosine": lambda q: graph.knn_query(q[None], TOP)[0][0]}
    other = usearch.Index(ndim=wide.shape[1], metric="cos", dtype="f16", expansion_search=400)
    other.add(np.arange(len(wide)), wide)
    tasks["usearch graph float16, cosine"] = lambda q: other.search(q, TOP).keys
    return tasks


def _recall(truths: list[NDArray[np.int64]], found: list[Any]) -> float:
    shares = [
        len(set(truth.tolist()) & {int(n) for n in answer}) / len(truth)
        for truth, answer in zip(truths[1:], found, strict=True)
    ]
    return float(np.mean(shares))


def _efforts(ranker: BoundedRanker, queries: NDArray[np.float32], metric: str) -> str:
    efforts = []
    for query in queries:
        ranker.rank(query, metric, TOP)
        efforts.append(ranker.effort)
    measured = [effort.measured for effort in efforts if not effort.all_rows]
    certain = [
        effort for effort in efforts if not effort.whole_groups and effort.deviations == np.inf
    ]
    return (
        f"certified by bounds {len(certain)} of {len(efforts)}, rows measured median "
        f"{np.median(measured or [0]):,.0f}, most {max(measured, default=0):,}; groups measured "
        f"whole {sum(effort.whole_groups for effort in efforts)}"
    )
