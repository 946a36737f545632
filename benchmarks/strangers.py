"""A store grown with strangers: rows whose parts are real ones', mixed.

A stranger's descriptor is the mean of two real ones, altered; its local features are drawn from
those of up to two thousand pictures, altered, at the places of one; so are its words. It is like
the catalogue and like none of its pictures, as the rows of a larger catalogue are.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beautyfinder.features.keypoints import LocalFeatures, pack, unpack
from beautyfinder.store.columns import DescriptorColumn
from beautyfinder.store.rows import from_table, to_table
from beautyfinder.store.store import FeatureStore

_BATCH = 2_000  # rows a piece, as compaction leaves them
_NOISE = 12  # a SIFT value is moved by so much at the most: what another photo of it would do
_LEFT_OUT = "descriptor_"

Row = dict[str, Any]


def grow(base: FeatureStore, folder: Path, rows: int, column: DescriptorColumn) -> FeatureStore:
    """`base` with `column` alone of its descriptors, and strangers until there are `rows`."""
    grown = FeatureStore.open_or_create(folder)
    grown.add_descriptor_column(column)
    names = [n for n in base.schema().names if not n.startswith(_LEFT_OUT) or n == column.name]
    generator = np.random.default_rng(7)
    size = min(_BATCH, len(base))
    starts = itertools.cycle(range(0, len(base), size))
    done = 0
    while done < rows:
        start = next(starts)
        if done < len(base):
            found = from_table(base.table(names, range(start, min(start + size, len(base)))))
        else:
            some = [number % len(base) for number in range(start, start + size)]
            real = from_table(base.table(names, some))
            found = _strangers(real, done, column.name, generator)[: rows - done]
        for row in found:
            row["filled"] = " ".join(name for name in row["filled"].split() if name in names)
        grown.append(to_table(found, grown.schema(), names))
        done += len(found)
    return FeatureStore.open(folder)


def _strangers(
    real: Sequence[Row], number: int, descriptor: str, generator: np.random.Generator
) -> list[Row]:
    whole = [row for row in real if row["local_features"] and row[descriptor] is not None]
    if len(whole) < 2:
        raise ValueError("a store whose pictures have no local features cannot be grown")
    features = [unpack(row["local_features"]) for row in whole]
    pool = np.concatenate([one.descriptors for one in features])
    words = [word for row in whole for word in json.loads(row["words"] or "[]")]
    order = generator.permutation(len(words))
    others = (np.arange(len(whole)) + int(generator.integers(1, len(whole)))) % len(whole)
    result, taken = [], 0
    for place, (row, own) in enumerate(zip(whole, features, strict=True)):
        count = len(json.loads(row["words"] or "[]"))
        chosen = [words[n] for n in order[taken : taken + count]]
        taken += count
        name = f"stranger-{number + place}"
        result.append(
            row
            | {
                "image_id": name,
                "product_id": name,
                "title": " ".join(word[0] for word in chosen),
                "brand": "",
                "description": "",
                "sha256": f"{number + place + 1:064x}"[::-1],
                "words": json.dumps(chosen),
                "local_features": pack(_drawn(own, pool, generator)),
                descriptor: _mean(row[descriptor], whole[others[place]][descriptor], generator),
            }
        )
    return result


def _drawn(
    places: LocalFeatures, pool: NDArray[np.uint8], generator: np.random.Generator
) -> LocalFeatures:
    values = pool[generator.integers(0, len(pool), len(places))].astype(np.int16)
    values += generator.integers(-_NOISE, _NOISE + 1, values.shape, np.int16) * (values > 0)
    return replace(places, descriptors=np.clip(values, 0, 255).astype(np.uint8))


def _mean(
    one: NDArray[np.float16], other: NDArray[np.float16], generator: np.random.Generator
) -> NDArray[np.float32]:
    mean = one.astype(np.float32) + other
    mean *= generator.standard_gamma(6, mean.shape, dtype=np.float32)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-6), np.float32)
