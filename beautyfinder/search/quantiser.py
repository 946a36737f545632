"""Quantiser of local descriptors: RootSIFT -> cell and code, in whole numbers so nothing rounds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeVar

import faiss
import numpy as np
from numpy.typing import NDArray

from beautyfinder.errors import Cancelled
from beautyfinder.features.keypoints import DESCRIPTOR_LENGTH, root_sift
from beautyfinder.kernels import Cells
from beautyfinder.search.code_blocks import BLOCK
from beautyfinder.search.workers import workers

_Number = TypeVar("_Number", np.uint8, np.float32)

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
_MOST_SAMPLES = 32 * 65_536  # more cells get fewer each
_ROUNDS = 8
_SUMMED = 4_096  # cells whose features a thread adds up at a time: some 150 MB
_CHUNK = 16_384  # features whose cells a thread looks for at a time


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
    def _finder(self) -> Cells:
        return Cells(self.centroids, self.inner, _INNER_PROBES)

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
        cells = _nearest(features, self._finder)
        if self.exact:
            return cells, features
        return cells, self._codec.compute_codes(_residuals(features, self.centroids, cells))

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

    Deterministic. Memory: some 0.5 KB a feature of the sample. Raises Cancelled when asked to stop.
    """
    cells = min(cell_count(features), max(1, len(sample) // 4))
    values = sample[: min(_SAMPLE_PER_CELL * cells, _MOST_SAMPLES)]
    none = np.zeros((0, DESCRIPTOR_LENGTH), np.uint8)
    if cells == 1:
        centroids, inner = np.zeros((1, DESCRIPTOR_LENGTH), np.uint8), none
    else:
        centroids, inner = _cluster(values, cells, should_stop)
    codewords = np.zeros((0, _CODEWORDS, DESCRIPTOR_LENGTH // SUBSPACES), np.float32)
    if features >= _EXACT_FEATURES:
        values = sample[:_EXACT_FEATURES]
        residuals = _residuals(values, centroids, _owners(values, centroids, inner))
        codewords = np.stack(
            [
                _lloyd(np.ascontiguousarray(part), _CODEWORDS, _nearest_codeword, should_stop)
                for part in np.split(residuals, SUBSPACES, axis=1)
            ]
        )
    return Quantiser(centroids, inner, codewords.astype(np.int16), pictures)


def _cluster(
    values: NDArray[np.uint8], cells: int, should_stop: Callable[[], bool]
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Centroids (cells, 128) of the values, and the inner cells of the centroids."""
    inner = none = values[:0]
    if cells > _FLAT_CELLS:
        inner_cells = round(np.sqrt(cells))
        chosen = values[: inner_cells * _SAMPLE_PER_CELL * 4]
        inner = _lloyd(chosen, inner_cells, partial(_owners, inner=none), should_stop)
    return _lloyd(values, cells, partial(_owners, inner=inner), should_stop), inner


def _lloyd(
    values: NDArray[_Number],
    cells: int,
    owners_of: Callable[[NDArray[_Number], NDArray[_Number]], NDArray[np.integer]],
    should_stop: Callable[[], bool],
) -> NDArray[_Number]:
    """k-means with whole-numbered centroids; round by round, so that it can be stopped."""
    centroids = values[np.linspace(0, len(values) - 1, cells).astype(np.int64)].copy()
    for _ in range(_ROUNDS):
        if should_stop():
            raise Cancelled("Stopped; the index of local features is as it was.")
        owners = owners_of(values, centroids)
        counts = np.bincount(owners, minlength=cells)
        filled = np.flatnonzero(counts)
        centroids[filled] = np.rint(
            _means(values, np.argsort(owners, kind="stable"), counts[filled])
        )
        # A cell that nothing is nearest to takes half of the fullest one.
        for empty in np.flatnonzero(counts == 0):
            fullest = int(np.argmax(counts))
            centroids[empty] = centroids[fullest] + np.arange(centroids.shape[1]) % 2
            counts[empty] = counts[fullest] // 2
            counts[fullest] -= counts[empty]
    return centroids


def _means(
    values: NDArray[_Number], order: NDArray[np.int64], counts: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Of the first counts[0] of values[order], of the next counts[1], ..."""
    ends = np.cumsum(counts)

    def some(part: slice) -> NDArray[np.float64]:
        starts = ends[part] - counts[part]
        chosen = values[order[starts[0] : ends[part][-1]]]
        sums = np.add.reduceat(chosen, starts - starts[0], axis=0, dtype=np.float64)
        return np.asarray(sums / counts[part, None])

    parts = [slice(start, start + _SUMMED) for start in range(0, len(counts), _SUMMED)]
    return np.concatenate(list(workers().map(some, parts)))


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


def _nearest(features: NDArray[np.uint8], finder: Cells) -> NDArray[np.int32]:
    """The cell of each feature (K, 128)."""
    parts = np.split(features, range(_CHUNK, len(features), _CHUNK))
    return np.concatenate(list(workers().map(finder.nearest, parts)))


def _owners(
    features: NDArray[np.uint8], centroids: NDArray[np.uint8], inner: NDArray[np.uint8]
) -> NDArray[np.int32]:
    return _nearest(features, Cells(centroids, inner, _INNER_PROBES))


def _nearest_codeword(
    values: NDArray[np.float32], codewords: NDArray[np.float32]
) -> NDArray[np.int64]:
    nearest: NDArray[np.int64] = (
        (codewords * codewords).sum(axis=1) - 2 * (values @ codewords.T)
    ).argmin(axis=1)
    return nearest


def _residuals(
    features: NDArray[np.uint8], centroids: NDArray[np.uint8], cells: NDArray[np.int32]
) -> NDArray[np.float32]:
    """What features (K, 128) differ from the centroids of their cells by."""
    return features.astype(np.float32) - centroids[cells]
