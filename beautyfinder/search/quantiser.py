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
from beautyfinder.features.keypoints import DESCRIPTOR_LENGTH, root_sift
from beautyfinder.search.code_blocks import BLOCK

# A unit RootSIFT is kept as whole numbers of length UNIT, and so are centroids and codewords. Every
# product and every sum of them stays below 2**24, where float32 is exact: cells and codes come out
# the same in any order of adding, any batch, any number of threads and any processor's vector unit.
# Hence an index added to answers to the last bit as one built afresh. Rounding to 1/255 moves a
# descriptor by a fortieth of the distance between neighbours.
UNIT = 255

# faiss adds up four-bit codes in the registers of vector units: 32 at a time, from tables of bytes.
SUBSPACES = 32
_CODEWORDS = 16
_INNER_PROBES = 8
_FLAT_CELLS = 256  # up to here every centroid is compared; above, they lie in cells themselves
_MAX_CELLS = 262_144
_MOST_IN_A_CELL = 1_000  # features on average: where 4 √n cells are too few, scanning would rule
_EXACT_FEATURES = 65_536  # few enough to keep whole: 128 bytes instead of 16
_SAMPLE_PER_CELL = 32
_MOST_SAMPLES = 32 * 65_536  # 2.7 GB while training; more cells get fewer each
_ROUNDS = 8
_CHUNK = 65_536  # values compared with centroids at a time: at most 128 MB


@dataclass(frozen=True, eq=False)
class Quantiser:
    """C cells, and the codewords of what a descriptor differs from its cell's centroid by.

    centroids: uint8 (C, 128). inner: uint8 (c, 128), the cells the centroids are looked up
    through (empty: all are compared). codewords: int16 (32, 16, 4), or (0, 16, 4) where
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
        return DESCRIPTOR_LENGTH if self.exact else SUBSPACES // 2

    @cached_property
    def _coarse(self) -> tuple[Any, ...]:
        return _coarse_index(self.centroids.astype(np.float32), self.inner.astype(np.float32))

    @cached_property
    def _groups(self) -> _Groups:
        return _grouped(self.centroids.astype(np.float32), self.inner.astype(np.float32))

    @cached_property
    def _codec(self) -> Any:
        codec = faiss.ProductQuantizer(DESCRIPTOR_LENGTH, SUBSPACES, 4)
        faiss.copy_array_to_vector(self.codewords.astype(np.float32).ravel(), codec.centroids)
        return codec

    def nearest_cells(self, features: NDArray[np.float32], count: int) -> NDArray[np.int64]:
        """The numbers of the `count` nearest cells of features (K, 128): (K, count), or -1."""
        cells: NDArray[np.int64] = self._coarse[0].search(features, min(count, self.cells))[1]
        return cells

    def asked(self, features: NDArray[np.float32], cells: NDArray[np.int64]) -> NDArray[np.float32]:
        """What the codes of `cells` (K, n) are compared with: float32 (K n, 128)."""
        values = np.repeat(features, cells.shape[1], axis=0)
        if not self.exact:
            values -= self.centroids[cells.ravel()]
        return values

    def encode(self, features: NDArray[np.uint8]) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
        """Cells (K,) and codes (K, `code_size`) of features (K, 128)."""
        if not len(features):
            return np.zeros(0, np.int32), np.zeros((0, self.code_size), np.uint8)
        values = features.astype(np.float32)
        cells = _nearest(values, self._groups).astype(np.int32)
        if self.exact:
            return cells, features
        values -= self.centroids[cells]
        return cells, self._codec.compute_codes(values)

    def inverted_file(self) -> Any:
        """A faiss index that asks one cell a query, without lists. Keep the quantiser meanwhile."""
        coarse = self._coarse[0]
        index: Any
        if self.exact:
            kind = faiss.ScalarQuantizer.QT_8bit_direct
            index = faiss.IndexIVFScalarQuantizer(
                coarse, DESCRIPTOR_LENGTH, self.cells, kind, faiss.METRIC_L2, False
            )
        else:
            index = faiss.IndexIVFPQFastScan(
                coarse, DESCRIPTOR_LENGTH, self.cells, SUBSPACES, 4, faiss.METRIC_L2, BLOCK
            )
            index.pq = self._codec
            index.by_residual = False  # `asked` says what is left of the features
        index.own_fields = False
        index.is_trained = True
        index.nprobe = 1
        index.parallel_mode = 3  # else one thread, where cells are given
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


def rounded_root_sift(descriptors: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """SIFT uint8 (K, 128) -> RootSIFT of l2-norm UNIT, rounded."""
    return np.asarray(np.rint(root_sift(descriptors) * np.float32(UNIT)), np.uint8)


def cell_count(features: int) -> int:
    """How many cells for so many features: the power of two next to 4 √n, or to n / 1,000.

    The latter where half a million pictures would have 3,000 a cell, which take long to scan.
    Finer cells lose little: 32 times as many over 3,081 pictures gave the right one of 121 photos
    first 90 times instead of 91, among the first hundred as often.
    """
    if features < 4096:
        return 1
    wanted = max(4 * np.sqrt(features), features / _MOST_IN_A_CELL)
    return min(_MAX_CELLS, int(2 ** np.rint(np.log2(wanted))))


def sample_size(features: int) -> int:
    """How many of so many features to train on."""
    return max(min(_SAMPLE_PER_CELL * cell_count(features), _MOST_SAMPLES), _EXACT_FEATURES)


def train(
    sample: NDArray[np.uint8],
    features: int,
    pictures: int,
    should_stop: Callable[[], bool] = lambda: False,
) -> Quantiser:
    """Learn a quantiser for a catalogue of so many features from a sample (S, 128) of them.

    Deterministic. Memory: some 1.3 KB a feature of the sample. Raises Cancelled when asked to stop.
    """
    cells = min(cell_count(features), max(1, len(sample) // 4))
    values = sample[: min(_SAMPLE_PER_CELL * cells, _MOST_SAMPLES)].astype(np.float32)
    none = np.zeros((0, DESCRIPTOR_LENGTH), np.float32)
    if cells == 1:
        centroids, inner = np.zeros((1, DESCRIPTOR_LENGTH), np.float32), none
    else:
        centroids, inner = _cluster(values, cells, should_stop)
    codewords = np.zeros((0, _CODEWORDS, DESCRIPTOR_LENGTH // SUBSPACES), np.float32)
    if features >= _EXACT_FEATURES:
        values = sample[:_EXACT_FEATURES].astype(np.float32)
        values -= centroids[_nearest(values, _grouped(centroids, inner))]
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
        owners = _nearest(values, _grouped(centroids, centroids[:0] if inner is None else inner))
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
    kind = faiss.ScalarQuantizer.QT_8bit_direct  # whole numbers: exact, and a quarter to read
    index = faiss.IndexIVFScalarQuantizer(
        flat, centroids.shape[1], len(inner), kind, faiss.METRIC_L2, False
    )
    index.own_fields = False
    index.is_trained = True
    index.nprobe = min(_INNER_PROBES, len(inner))
    index.add(centroids)
    return index, flat


@dataclass(frozen=True, eq=False)
class _Groups:
    """Centroids by the inner cell that they lie in: inner (c, D), and each cell's members."""

    inner: NDArray[np.float32]
    members: list[NDArray[np.int64]]
    centroids: list[NDArray[np.float32]]


def _grouped(centroids: NDArray[np.float32], inner: NDArray[np.float32]) -> _Groups:
    if not len(inner):
        return _Groups(inner, [np.arange(len(centroids))], [centroids])
    homes = _nearest(centroids, _grouped(inner, inner[:0]))
    members = [np.flatnonzero(homes == number) for number in range(len(inner))]
    return _Groups(inner, members, [centroids[group] for group in members])


def _nearest(values: NDArray[np.float32], groups: _Groups) -> NDArray[np.int64]:
    """The nearest centroid of each value (K, D), as far as the nearest inner cells hold it.

    Group by group, all values that look there at once: matrix products, two to three times as
    fast as asking faiss. Equal ones by group and number, so neighbours in a batch change nothing.
    """
    nearest = np.empty(len(values), np.int64)
    for start in range(0, len(values), _CHUNK):
        part = values[start : start + _CHUNK]
        nearest[start : start + _CHUNK] = _nearest_in_chunk(part, groups)
    return nearest


def _nearest_in_chunk(values: NDArray[np.float32], groups: _Groups) -> NDArray[np.int64]:
    if not len(groups.inner):
        only: NDArray[np.int64] = _distances(values, groups.centroids[0]).argmin(axis=1)
        return only
    probes = min(_INNER_PROBES, len(groups.inner))
    ranks = np.argpartition(_distances(values, groups.inner), probes - 1, axis=1)[:, :probes]
    order = np.argsort(ranks, axis=None, kind="stable")
    bounds = np.searchsorted(ranks.ravel()[order], np.arange(len(groups.inner) + 1))
    least = np.full(len(values), np.inf, np.float32)
    nearest = np.zeros(len(values), np.int64)
    for number, members in enumerate(groups.members):
        rows = order[bounds[number] : bounds[number + 1]] // probes
        if not len(rows) or not len(members):
            continue
        distances = _distances(values[rows], groups.centroids[number])
        found = distances.argmin(axis=1)
        distance = distances[np.arange(len(rows)), found]
        nearer = distance < least[rows]
        least[rows[nearer]] = distance[nearer]
        nearest[rows[nearer]] = members[found[nearer]]
    return nearest


def _distances(values: NDArray[np.float32], centroids: NDArray[np.float32]) -> NDArray[np.float32]:
    """Squared distances (K, C), less the values' own squared lengths."""
    products = values @ centroids.T
    products *= -2
    products += (centroids * centroids).sum(axis=1)
    return products
