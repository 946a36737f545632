"""Synthetic catalogues of descriptors: clustered, non-negative, with long tails, in a store."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from beautyfinder.store.columns import DescriptorColumn
from beautyfinder.store.store import FeatureStore

CLUSTERS = 500
_BATCH = 16_384


def make_store(folder: Path, rows: int, dimensions: int) -> tuple[FeatureStore, DescriptorColumn]:
    """Unit rows about `CLUSTERS` centres of gamma-distributed activations."""
    store = FeatureStore.open_or_create(folder)
    column = DescriptorColumn("efficientnet-lite0", "r-mac", dimensions, "0" * 64, 320)
    store.add_descriptor_column(column)
    generator = np.random.default_rng(0)
    centres = generator.standard_gamma(0.5, (CLUSTERS, dimensions), dtype=np.float32)
    # Noise is drawn once and shifted about: drawing all of it anew would take longer than coding.
    noise = generator.standard_gamma(4, (4_096, dimensions), dtype=np.float32) / 4
    for start in range(0, rows, _BATCH):
        batch = centres[generator.integers(0, CLUSTERS, min(_BATCH, rows - start))]
        for first in range(0, len(batch), len(noise)):
            block = batch[first : first + len(noise)]
            order = generator.permutation(len(noise))[: len(block)]
            block *= np.roll(noise, int(generator.integers(dimensions)), axis=1)[order]
        batch /= np.linalg.norm(batch, axis=1, keepdims=True)
        _append(store, column, batch.astype(np.float16), start)
    return FeatureStore.open(folder), column


def append_rows(
    store: FeatureStore, column: DescriptorColumn, rows: NDArray[np.float16]
) -> FeatureStore:
    """The store's new version with these rows at its end."""
    _append(store, column, rows, len(store))
    return FeatureStore.open(store.folder)


def make_queries(rows: NDArray[np.float16], count: int) -> NDArray[np.float32]:
    """Altered rows (count, D), of length 1: like a photo of something in the catalogue."""
    generator = np.random.default_rng(3)
    chosen = np.sort(generator.choice(len(rows), count, replace=len(rows) < count))
    queries = rows[chosen].astype(np.float32)
    queries *= generator.standard_gamma(4, queries.shape, dtype=np.float32) / 4
    queries /= np.linalg.norm(queries, axis=1, keepdims=True)
    return queries


def _append(
    store: FeatureStore, column: DescriptorColumn, rows: NDArray[np.float16], start: int
) -> None:
    names = pa.array([str(number) for number in range(start, start + len(rows))])
    values = pa.FixedSizeListArray.from_arrays(pa.array(rows.reshape(-1)), column.dimensions)
    texts = [pa.field(name, pa.string()) for name in ("image_id", "product_id", "path")]
    schema = pa.schema([*texts, pa.field(column.name, pa.list_(pa.float16(), column.dimensions))])
    store.append(pa.table([names, names, names, values.cast(schema.types[3])], schema=schema))
