"""What reading words takes and what it is worth: mAP@7 of the source `words` alone.

Looked up are the grocery photos of --data, every --every-th, among their shop pictures and every
tenth of the distractors. The sides are those of a square that has as many pixels as the picture
is brought to.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import cv2
import numpy as np
from numpy.typing import NDArray

from beautyfinder.evaluation.ground_truth import GroundTruth, LabelledQuery, read_queries
from beautyfinder.evaluation.metrics import TOP, average_precision, bootstrap_interval
from beautyfinder.features import text, text_engine
from beautyfinder.features.text import CATALOGUE, QUERY, Reading, Word, read_words
from beautyfinder.photo import read_photo
from beautyfinder.search.words import WordsIndex
from beautyfinder.store import extraction
from beautyfinder.store.indexer import IndexOptions, index
from beautyfinder.store.store import FeatureStore

_STRANGERS_STEP = 10
_FIRST_LOOK = 256  # a quarter of the pixels of a catalogue picture
Read = tuple[Word, ...]
Reader = Callable[[NDArray[np.uint8], Reading, tuple[int, int]], Read]


def of_queries(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Processor time of reading a photo at each of --query-sides; `ratio` is of the first."""
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        catalogue = _catalogue(options.data, Path(folder))
        store, _ = _indexed(catalogue, Path(folder) / "store", read_words)
        for side in options.query_sides:
            queries, read, times = _queries(options, replace(QUERY, size=side * side))
            ms = statistics.median(times)
            quality = f"p95 {np.percentile(times, 95):.0f} ms; {_worth(store, queries, read)}"
            what = f"a photo's words read at {side} * {side}"
            rows.append({"what": what, "milliseconds": ms, "quality": quality})
    return [row | {"ratio": row["milliseconds"] / rows[0]["milliseconds"]} for row in rows]


def of_indexing(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Time for a picture of `index` with all features, as it is and with words read otherwise."""
    readers: dict[str, Reader | None] = {"as shipped": read_words, "words not read": None}
    readers |= {f"words read at {side} * {side}": _at(side) for side in options.catalogue_sides}
    readers[f"words read where {_FIRST_LOOK} * {_FIRST_LOOK} shows any"] = _first_look
    queries, read, _ = _queries(options, QUERY)
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        catalogue = _catalogue(options.data, Path(folder))
        _indexed(catalogue, Path(folder) / "warm", None)
        for number, (what, reader) in enumerate(readers.items()):
            start = time.process_time()
            store, seconds = _indexed(catalogue, Path(folder) / f"store{number}", reader)
            processor_ms = 1000 * (time.process_time() - start) / len(store)
            offsets = range(len(store))
            printed = sum(bool(words) for words in store.read_words(offsets)) if reader else 0
            quality = (
                f"{len(store) / seconds:.1f} pictures/s, {processor_ms:.0f} ms of processor time, "
                f"words on {printed} of {len(store)}"
            )
            rows.append(
                {
                    "what": f"index: {what}",
                    "milliseconds": 1000 * seconds / len(store),
                    "quality": f"{quality}; {_worth(store, queries, read)}",
                }
            )
    return [row | {"ratio": row["milliseconds"] / rows[0]["milliseconds"]} for row in rows]


def _at(side: int) -> Reader:
    reading = replace(CATALOGUE, size=side * side)
    return lambda pixels, _, shape: read_words(pixels, reading, shape)


def _first_look(pixels: NDArray[np.uint8], reading: Reading, shape: tuple[int, int]) -> Read:
    """As shipped where the detector finds any text in the picture reduced, else nothing."""
    top, bottom, left, right = text._content(pixels)
    small = text._resized(pixels[top:bottom, left:right], _FIRST_LOOK * _FIRST_LOOK)
    found = text_engine.engine().text_det(cv2.cvtColor(small, cv2.COLOR_RGB2BGR))
    return () if found.boxes is None else read_words(pixels, reading, shape)


def _catalogue(data: Path, folder: Path) -> Path:
    """A CSV of the shop pictures and every tenth of the distractors."""
    rows = []
    for name, step in (("grocery", 1), ("distractors", _STRANGERS_STEP)):
        source = (data / name / "catalogue.csv").resolve()
        with source.open(encoding="utf-8", newline="") as file:
            for row in list(csv.DictReader(file))[::step]:
                rows.append(row | {"image": str(source.parent / row["image"])})
    path = folder / "catalogue.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def _indexed(catalogue: Path, folder: Path, reader: Reader | None) -> tuple[FeatureStore, float]:
    """The store, and the seconds that it took, the network's and the reader's start not counted."""
    read_words(np.full((64, 64, 3), 200, np.uint8), CATALOGUE)
    with patch.object(extraction, "read_words", reader):
        report = index(folder, [catalogue], IndexOptions(device="cpu", text=reader is not None))
    return FeatureStore.open(folder), report.seconds


def _queries(
    options: argparse.Namespace, reading: Reading
) -> tuple[list[LabelledQuery], list[Read], list[float]]:
    """The queries, the words on each, and the milliseconds of processor time of reading them."""
    queries = read_queries(options.data / "grocery" / "queries.csv")[:: options.every]
    read_words(read_photo(queries[0].path).pixels, reading)  # warm
    read, times = [], []
    for query in queries:
        pixels = read_photo(query.path).pixels
        start = time.process_time()
        read.append(read_words(pixels, reading))
        times.append((time.process_time() - start) * 1000)
    return queries, read, times


def _worth(store: FeatureStore, queries: Sequence[LabelledQuery], read: Sequence[Read]) -> str:
    """mAP@7 of the pictures ranked by words alone, those read off them and the catalogue's."""
    words, truth = WordsIndex(store), GroundTruth(store.read_images())
    precisions = []
    for query, found in zip(queries, read, strict=True):
        right = truth.right_answers(query)
        hits = words.rank(found, TOP).offsets.tolist()
        precisions.append(average_precision([hit in right for hit in hits], len(right)))
    low, high = bootstrap_interval(precisions)
    return f"mAP@7 {np.mean(precisions):.4f} ({low:.3f}–{high:.3f}), {len(queries)} photos"
