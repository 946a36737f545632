"""Deep descriptors, the whole catalogue: exact ranking on GPU or CPU, and HNSW."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hnswlib
import numpy as np
import torch
from numpy.typing import NDArray

from beautyfinder.errors import UserError
from beautyfinder.features.backbones import safe_name
from beautyfinder.features.device import is_out_of_memory
from beautyfinder.kernels import distances
from beautyfinder.search.distances import METRICS
from beautyfinder.search.workers import workers
from beautyfinder.store.columns import DescriptorColumn, DescriptorMatrix
from beautyfinder.store.derived import derived_file
from beautyfinder.store.store import FeatureStore

log = logging.getLogger(__name__)

_CHUNK = 16_384  # rows turned into float32 at a time: 80 MB of 1,280 numbers each
_MEASURED = 4_096  # rows that a thread measures at a time on the CPU

HNSW_SPACES = {"cosine": "cosine", "l2": "l2"}
_HNSW_LINKS = 16
_HNSW_BUILD_BREADTH = 200
_HNSW_SEARCH_BREADTH = 400


@dataclass(frozen=True, eq=False)
class Ranking:
    """The nearest rows, nearest first. offsets: int64 (K,) in the store; distances: float32."""

    offsets: NDArray[np.int64]
    distances: NDArray[np.float32]


class ExactRanker:
    """Every row compared with the query; distances in float32 of the stored float16.

    The matrix stays on `device`, in float16. When that device fails or is full, the CPU goes on and
    the log says so.
    """

    def __init__(self, matrix: DescriptorMatrix, device: torch.device) -> None:
        self._offsets, self._cpu_rows = matrix.offsets, matrix.rows
        self.device = device
        try:
            if device.type != "cpu":
                self._rows = torch.from_numpy(matrix.rows).to(device)
        except RuntimeError as error:
            self._fall_back(error)

    def rank(self, query: NDArray[np.float32], metric: str, count: int) -> Ranking:
        """The `count` nearest rows to `query` (D,), ties in the order of the store."""
        count = min(count, len(self._offsets))
        try:
            found = self._distances(query, metric)
        except RuntimeError as error:
            if self.device.type == "cpu":
                raise
            self._fall_back(error)
            found = self._distances(query, metric)
        nearest = nearest_first(found, count)
        return Ranking(self._offsets[nearest], found[nearest])

    def _distances(self, query: NDArray[np.float32], metric: str) -> NDArray[np.float32]:
        if self.device.type == "cpu":
            return measured(query, self._cpu_rows, metric)
        return _measured_by_torch(torch.from_numpy(query).to(self.device), self._rows, metric)

    def _fall_back(self, error: RuntimeError) -> None:
        why = "its memory is full" if is_out_of_memory(error) else str(error)
        log.warning("Ranking on %s failed (%s); going on on the CPU.", self.device, why)
        self.device = torch.device("cpu")
        self._rows = torch.empty(0)  # lets go of what the device holds


class HnswRanker:
    """A graph of near neighbours: far faster on a large catalogue, and approximate.

    Built once per column and metric, kept beside the store, rebuilt when the store moved on.
    """

    def __init__(self, store: FeatureStore, column: DescriptorColumn, metric: str) -> None:
        """Raises UserError for a metric that hnswlib does not have (L1)."""
        if metric not in HNSW_SPACES:
            raise UserError(
                f"HNSW ranks by {' or '.join(HNSW_SPACES)}, not by {metric}; use the exact ranker."
            )
        self._index = hnswlib.Index(HNSW_SPACES[metric], column.dimensions)
        self._metric = metric

        def build(target: Path) -> None:
            matrix = store.read_descriptors(column)
            index = hnswlib.Index(HNSW_SPACES[metric], column.dimensions)
            index.init_index(
                max(1, len(matrix.rows)), M=_HNSW_LINKS, ef_construction=_HNSW_BUILD_BREADTH
            )
            for start in range(0, len(matrix.rows), _CHUNK):
                part = slice(start, start + _CHUNK)
                index.add_items(matrix.rows[part].astype(np.float32), matrix.offsets[part])
            index.save_index(str(target))

        name = f"hnsw_{safe_name(column.backbone)}_{column.pooling}_{metric}.bin"
        self._index.load_index(str(derived_file(store, name, build, "use the exact ranker")))

    def rank(self, query: NDArray[np.float32], count: int) -> Ranking:
        """The `count` nearest rows to `query` (D,), as far as the graph finds them."""
        count = min(count, self._index.get_current_count())
        if count == 0:
            return Ranking(np.zeros(0, np.int64), np.zeros(0, np.float32))
        self._index.set_ef(max(_HNSW_SEARCH_BREADTH, 2 * count))
        labels, nearest = self._index.knn_query(query[None], k=count)
        found: NDArray[Any] = nearest[0]
        if self._metric == "l2":  # hnswlib's is squared
            found = np.sqrt(np.maximum(found, 0))
        return Ranking(labels[0].astype(np.int64), found.astype(np.float32))


def measured(
    query: NDArray[np.float32],
    rows: NDArray[np.float16],
    metric: str,
    places: NDArray[np.int64] | None = None,
) -> NDArray[np.float32]:
    """The distances (N,) of `rows` (N, D), or of those at `places` (N,), on all cores."""
    count = len(rows) if places is None else len(places)

    def some(start: int) -> NDArray[np.float32]:
        part = slice(start, start + _MEASURED)
        if places is None:
            return distances(query, rows[part], metric)
        return distances(query, rows, metric, places[part])

    starts = range(0, count, _MEASURED)
    found = workers().map(some, starts) if len(starts) > 1 else map(some, starts)
    return np.concatenate([np.zeros(0, np.float32), *found])


def _measured_by_torch(query: torch.Tensor, rows: torch.Tensor, metric: str) -> NDArray[np.float32]:
    """The same of all rows, a chunk at a time in float32 on their device."""
    measure = METRICS[metric]
    result = np.empty(len(rows), np.float32)
    with torch.inference_mode():
        for start in range(0, len(result), _CHUNK):
            chunk = rows[start : start + _CHUNK].float()
            result[start : start + _CHUNK] = measure(query, chunk).cpu().numpy()
    return result


def nearest_first(values: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Indices of the `count` smallest values in order, equal ones by index."""
    if count < len(values):
        threshold = np.partition(values, count - 1)[count - 1] if count else -np.inf
        candidates = np.flatnonzero(values <= threshold)
    else:
        candidates = np.arange(len(values))
    order = np.argsort(values[candidates], kind="stable")
    return np.asarray(candidates[order][:count], np.int64)
