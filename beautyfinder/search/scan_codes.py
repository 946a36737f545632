"""Four-bit codes of descriptors, scanned by faiss: sums that bound distances from below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

LEVELS = 16
ROWS_AT_A_TIME = 256  # encoded together: what is worked on stays in the processor's cache
_BLOCK = 128  # rows that faiss scans together: a quarter less time than its usual 32
_ROUNDS = 8  # of Lloyd's algorithm; the errors hardly shrink after
# faiss keeps a table in bytes and a sum in 16 bits. The last 255 belong to a column whose code is
# always 0: it makes faiss's scale exactly 1, so that whole numbers come back as they went in.
_ENTRY, _SUM = 255, 65_535 - 255


def train_levels(sample: NDArray[np.float32]) -> NDArray[np.float32]:
    """The 16 numbers that stand for each dimension's values: sample (S, D) -> (D, 16), rising."""
    ordered = np.sort(sample.T, axis=1)
    low, high = ordered[:, len(sample) // 1000], ordered[:, -1 - len(sample) // 1000]
    steps = (np.arange(LEVELS) + 0.5) / LEVELS
    levels = low[:, None] + (high - low)[:, None] * steps
    for values, own in zip(ordered, levels, strict=True):
        sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
        for _ in range(_ROUNDS):
            inner = np.searchsorted(values, (own[1:] + own[:-1]) / 2, "right")
            edges = np.concatenate([[0], inner, [len(values)]])
            counts, totals = np.diff(edges), np.diff(sums[edges])
            np.divide(totals, counts, out=own, where=counts > 0)
        own.sort()
    return np.asarray(levels, np.float32)


# Every float16 in float32, by its bits: NumPy takes three times as long to convert.
_FLOATS = np.arange(1 << 16, dtype=np.uint16).view(np.float16).astype(np.float32)


@dataclass(frozen=True, eq=False)
class Coded:
    """Rows as codes: uint8 (N, columns / 2), two in a byte, and how far each is from its row.

    l1, l2: float32 (N,), Manhattan and Euclidean distance between the row and the levels that its
    codes stand for, rounded up; l2 also holds for the row brought to length 1.
    """

    codes: NDArray[np.uint8]
    l1: NDArray[np.float32]
    l2: NDArray[np.float32]


def code_columns(dimensions: int) -> int:
    """Columns of a code: an even number, at least one more than the dimensions."""
    return dimensions + 2 - dimensions % 2


def encode(rows: NDArray[np.float16], levels: NDArray[np.float32]) -> Coded:
    """The nearest levels of each number of `rows` (N, D)."""
    bounds = _ordered_bits(((levels[:, 1:] + levels[:, :-1]) / 2).astype(np.float16))
    thresholds = np.ascontiguousarray(bounds.T)
    flat = np.ascontiguousarray(levels).reshape(-1)
    first = np.arange(0, flat.size, LEVELS)
    codes = np.zeros((len(rows), code_columns(rows.shape[1]) // 2), np.uint8)
    l1, l2 = np.empty(len(rows), np.float32), np.empty(len(rows), np.float32)
    for start in range(0, len(rows), ROWS_AT_A_TIME):
        part = slice(start, start + ROWS_AT_A_TIME)
        block = np.ascontiguousarray(rows[part])
        bits = _ordered_bits(block)
        code: NDArray[np.uint8] = np.zeros(block.shape, np.uint8)
        above = np.empty(block.shape, np.bool_)
        for threshold in thresholds:
            np.greater(bits, threshold, out=above)
            code += above
        values = _FLOATS[block.view(np.uint16)]
        errors = values - flat[code + first]
        lengths = np.linalg.norm(values, axis=1)
        l1[part] = np.abs(errors).sum(axis=1)
        l2[part] = np.linalg.norm(errors, axis=1) + np.where(lengths, np.abs(1 - lengths), 0)
        if code.shape[1] % 2:
            code = np.pad(code, ((0, 0), (0, 1)))
        codes[part, : code.shape[1] // 2] = code[:, 0::2] | (code[:, 1::2] << 4)
    return Coded(codes, l1 * np.float32(1.0001), l2 * np.float32(1.0001))


def _ordered_bits(values: NDArray[np.float16]) -> NDArray[np.int16]:
    """Whole numbers in the order of the values: compared far faster than float16 is."""
    bits: NDArray[np.int16] = values.view(np.int16)
    return bits ^ ((bits >> 15) & 0x7FFF)


@dataclass(frozen=True, eq=False)
class SumTable:
    """What each code of each column adds for one query, in whole numbers: more is nearer."""

    benefits: NDArray[np.float32]  # (1, columns x 16), as faiss is asked
    unit: float
    worst: float

    def lower(self, sums: NDArray[np.float32]) -> NDArray[np.float64]:
        """Sums of costs that rows with these sums of benefits have at least, in the costs' unit."""
        return np.asarray(self.worst - self.unit * sums.astype(np.float64))


def sum_table(costs: NDArray[np.float64]) -> SumTable:
    """The table of non-negative costs (D, 16). Costs are rounded down, by less than one unit."""
    least = costs.min(axis=1)
    spans = costs.max(axis=1) - least
    unit = max(spans.sum() / _SUM, spans.max() / _ENTRY) or 1.0
    whole = np.floor((costs - least[:, None]) / unit)
    most = whole.max(axis=1)
    benefits = np.zeros((code_columns(len(costs)), LEVELS), np.float32)
    benefits[: len(costs)] = most[:, None] - whole
    benefits[-1, 1] = _ENTRY
    return SumTable(benefits.reshape(1, -1), unit, float(least.sum() + unit * most.sum()))


def interleave(codes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Codes (N, columns / 2) in the order in which faiss scans them, as one row of bytes."""
    quantiser = _quantiser(codes.shape[1] * 2)
    faiss.copy_array_to_vector(np.ascontiguousarray(codes).reshape(-1), quantiser.codes)
    quantiser.ntotal = len(codes)
    packed = faiss.IndexPQFastScan(
        quantiser, _BLOCK
    )  # named: it owns the codes that are copied from it
    result = np.empty(packed.codes.size(), np.uint8)
    faiss.memcpy(faiss.swig_ptr(result), packed.codes.data(), result.nbytes)
    return result


class Scan:
    """Interleaved codes of `count` rows, in memory. May be asked by several threads."""

    def __init__(self, interleaved: NDArray[np.uint8], count: int, columns: int) -> None:
        index: Any = faiss.IndexPQFastScan(_quantiser(columns), _BLOCK)
        index.codes.resize(interleaved.size)
        faiss.memcpy(index.codes.data(), faiss.swig_ptr(interleaved), interleaved.nbytes)
        index.ntotal = count
        index.ntotal2 = -(-count // _BLOCK) * _BLOCK
        self._index = index
        self.count = count

    def best(self, table: SumTable, count: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """The `count` greatest sums of benefits, greatest first, and whose they are."""
        sums, places = self._index.search(table.benefits, count)
        return sums[0], places[0]


def interleaved_bytes(count: int, columns: int) -> int:
    """Size of the interleaved codes of so many rows: whole blocks."""
    return -(-count // _BLOCK) * _BLOCK * columns // 2


def _quantiser(columns: int) -> Any:
    """A product quantiser whose table is whatever it is asked: inner products with unit vectors.

    A query of columns x 16 numbers is then its own table, of any additive measure.
    """
    index = faiss.IndexPQ(columns * LEVELS, columns, 4, faiss.METRIC_INNER_PRODUCT)
    units = np.tile(np.eye(LEVELS, dtype=np.float32), (columns, 1, 1))
    faiss.copy_array_to_vector(units.reshape(-1), index.pq.centroids)
    index.is_trained = True
    return index
