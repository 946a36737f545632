"""The index of local features: a photo against a synthetic catalogue; ours and faiss alone."""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from beautyfinder.features.keypoints import LocalFeatures, pack
from beautyfinder.search.local_index import NEIGHBOURS, LocalIndex
from beautyfinder.search.local_index_files import FEATURES
from beautyfinder.search.quantiser import rounded_root_sift
from beautyfinder.store.rows import to_table
from beautyfinder.store.store import FeatureStore
from benchmarks.timing import median_ms, table

_CROWDS, _QUERY, _FOUND, _PHOTOS = 2_000, 1_600, 80, 20
_PERFECT_500K = 538_517
_COMMIT = 1_024


def measure(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Votes of a photo of 1,600 features, 80 of them altered ones of the picture it shows."""
    pictures = options.pictures
    with tempfile.TemporaryDirectory() as folder:
        store = _store(Path(folder) / "store", pictures)
        started = time.perf_counter()
        index = LocalIndex(store)
        built = time.perf_counter() - started
        started = time.perf_counter()
        index = LocalIndex(store)
        opened = time.perf_counter() - started
        photos = [(n, _photo(n)) for n in range(0, pictures, max(1, pictures // _PHOTOS))]
        right = np.mean([index.rank(photo, 1).offsets[0] == n for n, photo in photos])
        # Both peers only find the neighbours of the features: nothing is counted or kept on disk.
        chosen = np.arange(0, pictures, max(1, pictures // 500))
        some = np.concatenate([rounded_root_sift(_picture(n).descriptors) for n in chosen])
        flat = faiss.IndexFlatL2(128)
        flat.add(some.astype(np.float32))
        values = rounded_root_sift(photos[0][1].descriptors).astype(np.float32)
        work = {
            f"ours, votes of {_QUERY} features, {pictures:,} pictures": lambda: index.votes(
                photos[0][1]
            ),
            "ours, opening": lambda: LocalIndex(store),
            f"faiss, exact neighbours in {len(chosen)} pictures": lambda: flat.search(
                values, NEIGHBOURS
            ),
        }
        times = {what: median_ms(task, options.runs) for what, task in work.items()}
        each = index.bytes / max(1, index.pictures)
        scale = _PERFECT_500K / max(1, pictures)
        qualities = dict.fromkeys(work, "")
        first = next(iter(work))
        qualities[first] = (
            f"first {right:.2f}; {each:,.0f} bytes a picture, {each * _PERFECT_500K / 1e9:.1f} GB "
            f"for {_PERFECT_500K:,}; built in {built:.1f} s, {built * scale / 60:.0f} min for that "
            "many if it grew in proportion"
        )
        qualities["ours, opening"] = f"the first {opened * 1000:.0f} ms"
        return table(times, qualities)


def _crowds() -> NDArray[np.float64]:
    return np.random.default_rng(11).gamma(0.5, 40, (_CROWDS, 128))


def _altered(values: NDArray[np.float64], generator: np.random.Generator) -> LocalFeatures:
    noisy = values * generator.gamma(6, 1 / 6, values.shape)
    count = len(values)
    return LocalFeatures(
        np.zeros((count, 2), np.float32),
        np.ones(count, np.float32),
        np.zeros(count, np.float32),
        np.clip(np.rint(noisy), 0, 255).astype(np.uint8),
    )


_CROWD_CENTRES = _crowds()


def _picture(number: int, count: int = FEATURES) -> LocalFeatures:
    generator = np.random.default_rng([1, number])
    return _altered(_CROWD_CENTRES[generator.integers(0, _CROWDS, count)], generator)


def _photo(number: int) -> LocalFeatures:
    generator = np.random.default_rng([2, number])
    own = _picture(number).descriptors[:_FOUND].astype(np.float64)
    own *= generator.normal(1, 0.2, own.shape)
    strangers = _CROWD_CENTRES[generator.integers(0, _CROWDS, _QUERY - _FOUND)]
    others = strangers * generator.gamma(6, 1 / 6, strangers.shape)
    values = np.concatenate([own, others])
    return _altered(values, np.random.default_rng([4, number]))


def _store(folder: Path, pictures: int) -> FeatureStore:
    store = FeatureStore.open_or_create(folder)
    for start in range(0, pictures, _COMMIT):
        rows = [
            {
                "image_id": f"{number}",
                "product_id": f"{number}",
                "path": f"/{number}.jpg",
                "source": "/",
                "sha256": f"{number:064x}"[::-1],
                "local_features": pack(_picture(number)),
                "filled": "local_features",
            }
            for number in range(start, min(pictures, start + _COMMIT))
        ]
        store.append(to_table(rows, store.schema(), store.schema().names))
    return FeatureStore.open(folder)
