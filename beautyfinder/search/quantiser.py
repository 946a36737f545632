"""Quantiser of local descriptors: RootSIFT -> cell and code, in whole numbers so nothing rounds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from beautyfinder.errors import Cancelled
from beautyfinder.features.keypoints import DESCRIPTOR_LENGTH

# A unit RootSIFT is kept as whole numbers of length UNIT, and so are centroids and codewords. Every
# product and every sum of them stays below 2**24, where float32 is exact: distances come out the
# same in any order of adding, any batch, any number of threads and any processor's vector unit.
# Hence an index added to answers to the last bit as one built afresh. Rounding to 1/255 moves a
# descriptor by a fortieth of the distance between neighbours.
UNIT = 255

SUBSPACES = 16
_CODEWORDS = 256
_INNER_PROBES = 8
_FLAT_CELLS = 256  # up to here every centroid is compared; above, they lie in cells themselves
_MAX_CELLS = 65_536
_EXACT_FEATURES = 65_536  # too few to learn 16 × 256 codewords from: 128 bytes instead of 16
_SAMPLE_PER_CELL = 32
_ROUNDS = 8


@dataclass(frozen=True, eq=False)
class Quantiser:
    """C cells, and the codewords of what a descriptor differs from its cell's centroid by.

    centroids: uint8 (C, 128). inner: uint8 (c, 128), the cells the centroids are looked up
    through (empty: all are compared). codewords: int16 (16, 256, 8), or (0, 256, 8) where
    descriptors are kept whole. pictures: how many the catalogue had when it was trained.
    """

    centroids: NDArray[np.uint8]
    inner: NDArray[np.uint8]
    codewords: NDArray[np.int16]
    pictures: int

    @property
    def cells(self) -> int:
        """C."""
        return len(self.centroids)

    @property
    def exact(self) -> bool:
        """Whether descriptors are kept whole."""
        return len(self.codewords) == 0

    @property
    def code_size(self) -> int:
        """Bytes a feature."""
        return DESCRIPTOR_LENGTH if self.exact else SUBSPACES

    @cached_property
    def _coarse(self) -> tuple[Any, ...]:
        return _coarse_index(self.centroids.astype(np.float32), self.inner.astype(np.float32))

    @cached_property
    def _codec(self) -> Any:
        codec = faiss.ProductQuantizer(DESCRIPTOR_LENGTH, SUBSPACES, 8)
        faiss.copy_array_to_vector(self.codewords.astype(np.float32).ravel(), codec.centroids)
        return codec

    def nearest_cells(
        self, features: NDArray[np.float32], count: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The `count` nearest cells of features (K, 128): numbers (K, count) or -1, distances²."""
        distances, cells = self._coarse[0].search(features, min(count, self.cells))
        return cells, distances

    def encode(self, features: NDArray[np.uint8]) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
        """Cells (K,) and codes (K, `code_size`) of features (K, 128)."""
        if not len(features):
            return np.zeros(0, np.int32), np.zeros((0, self.code_size), np.uint8)
        values = features.astype(np.float32)
        cells = _nearest(self._coarse[0], values).astype(np.int32)
        if self.exact:
            return cells, features
        values -= self.centroids[cells]
        return cells, self._codec.compute_codes(values)

    def inverted_file(self) -> Any:
        """A faiss index of this quantiser, without lists; keep the quantiser while it is in use."""
        coarse = self._coarse[0]
        index: Any
        if self.exact:
            kind = faiss.ScalarQuantizer.QT_8bit_direct
            index = faiss.IndexIVFScalarQuantizer(
                coarse, DESCRIPTOR_LENGTH, self.cells, kind, faiss.METRIC_L2, False
            )
        else:
            index = faiss.IndexIVFPQ(coarse, DESCRIPTOR_LENGTH, self.cells, SUBSPACES, 8)
            index.pq = self._codec
            # A table per cell would cost 16 KB each to keep and time at every start.
            index.use_precomputed_table = -1
        index.own_fields = False
        index.is_trained = True
        return index

    def save(self, path: Path) -> None:
        """Write as NumPy arrays."""
        with path.open("wb") as file:
            np.savez(file, centroids=self.centroids, inner=self.inner, codewords=self.codewords,
                     pictures=np.int64(self.pictures))  # fmt: skip

    @classmethod
    def load(cls, path: Path) -> Quantiser:
        """Read what `save` wrote. Raises OSError, ValueError or KeyError when it is not that."""
        with np.load(path, allow_pickle=False) as arrays:
            return cls(arrays["centroids"], arrays["inner"], arrays["codewords"],
                       int(arrays["pictures"]))  # fmt: skip


def root_sift(descriptors: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """SIFT (K, 128) -> its root (Arandjelović and Zisserman 2012), of l2-norm UNIT, rounded."""
    values = descriptors.astype(np.float32)
    values /= np.maximum(values.sum(axis=1, keepdims=True), 1)
    return np.rint(np.sqrt(values) * np.float32(UNIT)).astype(np.uint8)


def cell_count(features: int) -> int:
    """How many cells for so many features: the power of two next to 4 √n.

    Finding the cells of a feature then costs about what scanning them does.
    """
    if features < 4096:
        return 1
    return min(_MAX_CELLS, int(2 ** np.rint(np.log2(4 * np.sqrt(features)))))


def sample_size(features: int) -> int:
    """How many of so many features to train on."""
    return max(_SAMPLE_PER_CELL * cell_count(features), _EXACT_FEATURES)


def train(
    sample: NDArray[np.uint8],
    features: int,
    pictures: int,
    should_stop: Callable[[], bool] = lambda: False,
) -> Quantiser:
    """Learn a quantiser for a catalogue of so many features from a sample (S, 128) of them.

    Deterministic. Memory: 512 bytes a feature of the sample. Raises Cancelled when asked to stop.
    """
    cells = min(cell_count(features), max(1, len(sample) // 4))
    values = sample[: _SAMPLE_PER_CELL * cells].astype(np.float32)
    none = np.zeros((0, DESCRIPTOR_LENGTH), np.float32)
    if cells == 1:
        centroids, inner = np.zeros((1, DESCRIPTOR_LENGTH), np.float32), none
    else:
        centroids, inner = _cluster(values, cells, should_stop)
    codewords = np.zeros((0, _CODEWORDS, DESCRIPTOR_LENGTH // SUBSPACES), np.float32)
    if features >= _EXACT_FEATURES:
        values = sample[:_EXACT_FEATURES].astype(np.float32)
        nearest = _coarse_index(centroids, inner)
        values -= centroids[_nearest(nearest[0], values)]
        codewords = np.stack(
            [
                _lloyd(np.ascontiguousarray(part), _CODEWORDS, should_stop)
                for part in np.split(values, SUBSPACES, axis=1)
            ]
        )
    return Quantiser(
        centroids.astype(np.uint8), inner.astype(np.uint8), codewords.astype(np.int16), pictures
    )


def _cluster(
    values: NDArray[np.float32], cells: int, should_stop: Callable[[], bool]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Centroids (cells, 128) of the values, and the inner cells of the centroids."""
    if cells <= _FLAT_CELLS:
        return _lloyd(values, cells, should_stop), values[:0]
    inner_cells = round(np.sqrt(cells))
    inner = _lloyd(values[: inner_cells * _SAMPLE_PER_CELL * 4], inner_cells, should_stop)
    return _lloyd(values, cells, should_stop, inner), inner


def _lloyd(
    values: NDArray[np.float32],
    cells: int,
    should_stop: Callable[[], bool],
    inner: NDArray[np.float32] | None = None,
) -> NDArray[np.float32]:
    """k-means with whole-numbered centroids; round by round, so that it can be stopped."""
    centroids = values[np.linspace(0, len(values) - 1, cells).astype(np.int64)].copy()
    for _ in range(_ROUNDS):
        if should_stop():
            raise Cancelled("Stopped; the index of local features is as it was.")
        nearest = _coarse_index(centroids, centroids[:0] if inner is None else inner)
        owners = _nearest(nearest[0], values)
        counts = np.bincount(owners, minlength=cells)
        order = np.argsort(owners, kind="stable")
        filled = np.flatnonzero(counts)
        starts = (np.cumsum(counts) - counts)[filled]
        sums = np.add.reduceat(values[order], starts, axis=0, dtype=np.float64)
        centroids[filled] = np.rint(sums / counts[filled, None])
        # A cell that nothing is nearest to takes half of the fullest one.
        for empty in np.flatnonzero(counts == 0):
            fullest = int(np.argmax(counts))
            centroids[empty] = centroids[fullest] + np.arange(centroids.shape[1]) % 2
            counts[empty] = counts[fullest] // 2
            counts[fullest] -= counts[empty]
    return centroids


def _coarse_index(centroids: NDArray[np.float32], inner: NDArray[np.float32]) -> tuple[Any, ...]:
    """A faiss index of the centroids, and what it needs kept alive."""
    flat = faiss.IndexFlatL2(centroids.shape[1])
    if not len(inner):
        flat.add(centroids)
        return (flat,)
    flat.add(inner)
    index = faiss.IndexIVFFlat(flat, centroids.shape[1], len(inner))
    index.own_fields = False
    index.is_trained = True
    index.nprobe = min(_INNER_PROBES, len(inner))
    index.make_direct_map()
    index.add(centroids)
    return index, flat


def _nearest(coarse: Any, values: NDArray[np.float32]) -> NDArray[np.int64]:
    """The nearest cell of each value (K,)."""
    found: NDArray[np.int64] = coarse.search(values, 1)[1][:, 0]
    lost = np.flatnonzero(found < 0)  # the inner cells that were looked into hold no centroid
    if len(lost):
        centroids = coarse.reconstruct_n(0, coarse.ntotal)
        found[lost] = faiss.knn(values[lost], centroids, 1)[1][:, 0]
    return found
