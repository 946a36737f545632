"""The index of local features: a photo against a drawn catalogue; ours and faiss alone."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from beautyfinder.features.keypoints import LocalFeatures, pack
from beautyfinder.search.local_index import NEIGHBOURS, PROBES, LocalIndex
from beautyfinder.search.local_index_files import FEATURES
from beautyfinder.search.quantiser import Quantiser, cell_count, rounded_root_sift, train
from beautyfinder.search.segments import (
    KEY_BYTES,
    SegmentSearch,
    merge_segments,
    open_segment,
    write_segment,
)
from beautyfinder.store.rows import to_table
from beautyfinder.store.store import FeatureStore
from benchmarks.timing import interleaved_ms, table

_CROWDS, _QUERY, _FOUND, _PHOTOS = 2_000, 1_600, 80, 20
_PERFECT_500K = 538_517
_COMMIT = 1_024
_REAL_PICTURES = 4_000
_PICTURES_DRAWN, _EXACT = 4_000, 65_536
_PART = 50_000  # pictures drawn at a time
_ASKED = 400  # features of a photo whose exact neighbours are looked for


def measure(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Votes of a photo of 1,600 features, 80 of them altered ones of the picture it shows."""
    pictures = options.pictures
    _forget_peak()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        drawing = _Drawing(options.features)
        store = _store(Path(folder) / "store", pictures, drawing)
        started = time.perf_counter()
        index = LocalIndex(store)
        built = time.perf_counter() - started
        started = time.perf_counter()
        index = LocalIndex(store)
        opened = time.perf_counter() - started
        photos = [(n, drawing.photo(n)) for n in range(0, pictures, max(1, pictures // _PHOTOS))]
        right = np.mean([index.rank(photo, 1).offsets[0] == n for n, photo in photos])
        # The peer only finds the neighbours of the features: nothing is counted or kept on disk.
        chosen = np.arange(0, pictures, max(1, pictures // 500))
        some = np.concatenate([rounded_root_sift(drawing.picture(n).descriptors) for n in chosen])
        flat = faiss.IndexFlatL2(128)
        flat.add(some.astype(np.float32))

        def exact(photo: LocalFeatures) -> object:
            values = rounded_root_sift(photo.descriptors).astype(np.float32)
            return flat.search(values, NEIGHBOURS)

        work: dict[str, Callable[[LocalFeatures], object]] = {
            f"ours, votes of {_QUERY} features, {pictures:,} pictures": index.votes,
            "ours, opening": lambda _: LocalIndex(store),
            f"faiss, exact neighbours in {len(chosen)} pictures": exact,
        }
        asked = [drawing.photo(number) for number in range(options.runs + 1)]
        times, _ = interleaved_ms(work, asked)
        each = index.bytes / max(1, index.pictures)
        scale = _PERFECT_500K / max(1, pictures)
        qualities = dict.fromkeys(work, "")
        first = next(iter(work))
        qualities[first] = (
            f"first {right:.2f}; {each:,.0f} bytes a picture, {each * _PERFECT_500K / 1e9:.1f} GB "
            f"for {_PERFECT_500K:,}; built in {built:.1f} s, {built * scale / 60:.0f} min for that "
            "many if it grew in proportion"
        )
        qualities[first] += f"; {_peak_mb():,.0f} MB at the most"
        recall = _recall(index, drawing, photos[0][1], pictures)
        qualities[first] += f"; {recall:.2f} of the {NEIGHBOURS} exact neighbours' pictures"
        qualities["ours, opening"] = f"the first {opened * 1000:.0f} ms"
        return table(times, qualities)


def scale(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Asking an index of `--scale-pictures`: real-looking cells and codes are drawn, not built.

    Building takes twelve minutes at 538,517 and says nothing about asking. Cells are features of
    pictures instead of their means, which makes the full ones fuller than in a real index.
    """
    pictures = options.scale_pictures
    drawing = _Drawing(options.features)
    real = np.concatenate(
        [rounded_root_sift(drawing.picture(n).descriptors) for n in range(_PICTURES_DRAWN)]
    )
    generator = np.random.default_rng(5)
    real = real[generator.permutation(len(real))]
    cells = min(cell_count(pictures * FEATURES), len(real) // 2)
    codewords = train(real[:_EXACT], _EXACT, 1).codewords
    inner = real[-round(np.sqrt(cells)) :]
    quantiser = Quantiser(real[:cells], inner, codewords, pictures)
    of_cells, codes = quantiser.encode(real)
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        parts = []
        for start in range(0, pictures, _PART):
            count = min(_PART, pictures - start)
            chosen = generator.integers(0, len(real), count * FEATURES)
            owners = np.repeat(np.arange(count, dtype=np.uint32), FEATURES)
            path = Path(folder) / f"part{start}"
            keys = np.zeros((count, KEY_BYTES), np.uint8)
            write_segment(path, keys, of_cells[chosen], codes[chosen], owners, cells)
            parts.append(open_segment(path))
        whole = Path(folder) / "whole"
        merge_segments(whole, parts, [np.ones(len(part.keys), np.bool_) for part in parts])
        segment = open_segment(whole)
        search = SegmentSearch(quantiser, segment, np.ones(pictures, np.bool_))
        photos = [drawing.photo(n).descriptors for n in range(options.runs + 1)]

        def ask(count: int, photo: NDArray[np.uint8]) -> object:
            features = rounded_root_sift(photo[:count]).astype(np.float32)
            return search.nearest(features, quantiser.nearest_cells(features, PROBES), NEIGHBOURS)

        work: dict[str, Callable[[NDArray[np.uint8]], object]] = {
            f"neighbours of {count:,} features, {pictures:,} pictures": partial(ask, count)
            for count in (_QUERY, _QUERY // 2)
        }
        times, _ = interleaved_ms(work, photos)
        full = np.diff(segment.starts)
        said = f"{cells:,} cells of {np.median(full):,.0f} features in the median"
        return table(times, dict.fromkeys(work, f"{said}, {whole.stat().st_size / 1e9:.1f} GB"))


def _forget_peak() -> None:
    """Of what the process did before; on Linux."""
    file = Path("/proc/self/clear_refs")
    if file.exists():
        file.write_text("5", encoding="ascii")


def _peak_mb() -> float:
    """Greatest resident memory of this process, mapped files included."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return float("nan")


class _Drawing:
    """Draws pictures' features around centres: of `store`, that real pictures have, or random."""

    def __init__(self, store: Path | None) -> None:
        if store is None:
            self._centres = np.random.default_rng(11).gamma(0.5, 40, (_CROWDS, 128))
            return
        real = FeatureStore.open(store)
        chosen = np.random.default_rng(11).permutation(len(real))[:_REAL_PICTURES]
        found = real.read_local_features(sorted(chosen.tolist()))
        self._centres = np.concatenate([features.descriptors for features in found])

    def picture(self, number: int, count: int = FEATURES) -> LocalFeatures:
        """Number `number` of the catalogue."""
        generator = np.random.default_rng([1, number])
        return _altered(self._some(count, generator), generator)

    def photo(self, number: int) -> LocalFeatures:
        """Of that picture: `_FOUND` of its features, altered, and strangers."""
        generator = np.random.default_rng([2, number])
        own = self.picture(number).descriptors[:_FOUND].astype(np.float64)
        own *= generator.normal(1, 0.2, own.shape)
        strangers = self._some(_QUERY - _FOUND, generator)
        others = strangers * generator.gamma(6, 1 / 6, strangers.shape)
        values = np.concatenate([own, others])
        return _altered(values, np.random.default_rng([4, number]))

    def _some(self, count: int, generator: np.random.Generator) -> NDArray[np.float64]:
        return self._centres[generator.integers(0, len(self._centres), count)].astype(np.float64)


def _altered(values: NDArray[np.float64], generator: np.random.Generator) -> LocalFeatures:
    noisy = values * generator.gamma(6, 1 / 6, values.shape)
    count = len(values)
    return LocalFeatures(
        np.zeros((count, 2), np.float32),
        np.ones(count, np.float32),
        np.zeros(count, np.float32),
        np.clip(np.rint(noisy), 0, 255).astype(np.uint8),
    )


def _recall(index: LocalIndex, drawing: _Drawing, photo: LocalFeatures, pictures: int) -> float:
    """Share of the exact nearest of each feature whose picture is among the nearest's of ours."""
    wanted = rounded_root_sift(photo.descriptors[:: _QUERY // _ASKED]).astype(np.float32)
    nearest = faiss.ResultHeap(len(wanted), NEIGHBOURS)
    for start in range(0, pictures, _COMMIT):
        numbers = range(start, min(pictures, start + _COMMIT))
        rows = np.concatenate([rounded_root_sift(drawing.picture(n).descriptors) for n in numbers])
        flat = faiss.IndexFlatL2(128)
        flat.add(rows.astype(np.float32))
        distances, places = flat.search(wanted, NEIGHBOURS)
        nearest.add_result(distances, places // FEATURES + start)
    nearest.finalize()
    _, _, owners = index._nearest(wanted)
    rows_of = np.argsort(index._contents.rows)  # the store's row of each picture of the index
    found = rows_of[np.maximum(owners, 0)]
    shares = [
        len(set(ours.tolist()) & set(exact.tolist())) / len(set(exact.tolist()))
        for ours, exact in zip(found, nearest.I, strict=True)
    ]
    return float(np.mean(shares))


def _store(folder: Path, pictures: int, drawing: _Drawing) -> FeatureStore:
    store = FeatureStore.open_or_create(folder)
    for start in range(0, pictures, _COMMIT):
        rows = [
            {
                "image_id": f"{number}",
                "product_id": f"{number}",
                "path": f"/{number}.jpg",
                "source": "/",
                "sha256": f"{number + 1:064x}"[::-1],  # zeros stand for no picture
                "local_features": pack(drawing.picture(number)),
                "filled": "local_features",
            }
            for number in range(start, min(pictures, start + _COMMIT))
        ]
        store.append(to_table(rows, store.schema(), store.schema().names))
    return FeatureStore.open(folder)
