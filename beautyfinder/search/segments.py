"""Segments of the local index: inverted files on disk, written once, merged, searched mapped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from beautyfinder.errors import Cancelled
from beautyfinder.features.keypoints import DESCRIPTOR_LENGTH
from beautyfinder.search.code_blocks import BLOCK, interleaved, plain
from beautyfinder.search.quantiser import Quantiser

KEY_BYTES = 16
_MAGIC = b"BFLI0002"
_HEADER = np.dtype([("magic", "S8"), ("cells", "<u4"), ("code_size", "<u4"),
                    ("pictures", "<u8"), ("features", "<u8")])  # fmt: skip
_AT_A_TIME = 1 << 20  # features written together, in whole cells: some 100 MB


@dataclass(frozen=True, eq=False)
class Segment:
    """One file, mapped. P pictures, F features in C cells.

    keys: uint8 (P, 16), whose features they are. starts: int64 (C + 1,), where each cell's begin.
    owners: uint32 (F,), the picture within the segment, by cell, within a cell by picture, within a
    picture strongest first. codes: uint8 (R, code size) in the same order; short ones in blocks
    (`code_blocks`), of which each cell fills the last up. rows: int64 (C + 1,), where each cell's
    codes begin.
    """

    path: Path
    keys: NDArray[np.uint8]
    starts: NDArray[np.int64]
    rows: NDArray[np.int64]
    codes: NDArray[np.uint8]
    owners: NDArray[np.uint32]


def open_segment(path: Path) -> Segment:
    """Map the file. Raises OSError or ValueError when it is not a segment, or cut short."""
    with path.open("rb") as file:
        data = file.read(_HEADER.itemsize)
    if len(data) < _HEADER.itemsize:
        raise ValueError(f"{path} is cut short")
    header = np.frombuffer(data, _HEADER)[0]
    if header["magic"] != _MAGIC:
        raise ValueError(f"{path} is no segment of a local index")
    pictures, features = int(header["pictures"]), int(header["features"])
    code_size = int(header["code_size"])
    mapped = np.memmap(path, np.uint8, "r")
    at = _HEADER.itemsize

    def part(size: int) -> NDArray[np.uint8]:
        nonlocal at
        at += size
        return mapped[at - size : at]

    starts = part(8 * (int(header["cells"]) + 1)).view("<i8")
    keys = part(KEY_BYTES * pictures)
    rows = _rows(np.diff(starts), code_size)
    codes = part(code_size * int(rows[-1]))
    part(8 * _longest(starts))
    owners = part(4 * features)
    if at != len(mapped):
        raise ValueError(f"{path} has {len(mapped)} bytes and should have {at}")
    return Segment(
        path,
        keys.reshape(pictures, KEY_BYTES),
        starts,
        rows,
        codes.reshape(-1, code_size),
        owners.view("<u4"),
    )


def write_segment(
    path: Path,
    keys: NDArray[np.uint8],
    cells: NDArray[np.int32],
    codes: NDArray[np.uint8],
    owners: NDArray[np.uint32],
    cell_count: int,
) -> None:
    """Write features (F,), given picture by picture and strongest first, as one segment."""
    order = np.argsort(cells, kind="stable")
    starts = _cumulated(np.bincount(cells, minlength=cell_count))

    def pieces() -> Iterator[_Piece]:
        for part in _parts(starts):
            chosen = order[starts[part.start] : starts[part.stop]]
            yield part, codes[chosen], owners[chosen]

    _write(path, keys, starts, codes.shape[1], pieces())


def merge_segments(
    path: Path,
    segments: Sequence[Segment],
    alive: Sequence[NDArray[np.bool_]],
    should_stop: Callable[[], bool] = lambda: False,
) -> None:
    """Write the pictures that are `alive` (P,) in each of the segments as one.

    Memory: some cells' features at a time. Raises Cancelled when asked to stop.
    """
    names, first = [], 0
    for living in alive:
        names.append(np.where(living, first + np.cumsum(living) - 1, -1))
        first += int(np.count_nonzero(living))
    parts = _parts(np.sum([segment.starts for segment in segments], axis=0))
    sizes = np.zeros(len(segments[0].starts) - 1, np.int64)
    for part in parts:
        for segment, living in zip(segments, alive, strict=True):
            kept = living[_owners(segment, part)]
            sizes[part] += np.bincount(_cells(segment, part)[kept], minlength=_length(part))

    def pieces() -> Iterator[_Piece]:
        for part in parts:
            if should_stop():
                raise Cancelled("Stopped; the index of local features is as it was.")
            cells = np.concatenate([_cells(segment, part) for segment in segments])
            codes = np.concatenate([_codes(segment, part) for segment in segments])
            owners = np.concatenate([
                named[_owners(segment, part)]
                for segment, named in zip(segments, names, strict=True)
            ])  # fmt: skip
            order = np.argsort(cells, kind="stable")
            order = order[owners[order] >= 0]
            yield part, codes[order], owners[order]

    keys = np.concatenate([s.keys[living] for s, living in zip(segments, alive, strict=True)])
    _write(path, keys, _cumulated(sizes), segments[0].codes.shape[1], pieces())


# Cells, and the codes (not in blocks) and owners of their features.
_Piece = tuple[slice, NDArray[np.uint8], NDArray[np.integer]]


def _write(
    path: Path,
    keys: NDArray[np.uint8],
    starts: NDArray[np.int64],
    code_size: int,
    pieces: Iterable[_Piece],
) -> None:
    header = np.zeros(1, _HEADER)
    header[0] = (_MAGIC, len(starts) - 1, code_size, len(keys), starts[-1])
    sizes = np.diff(starts)
    rows = _rows(sizes, code_size)
    with path.open("wb") as file:
        for head in (header, starts.astype("<i8"), np.ascontiguousarray(keys)):
            file.write(head.tobytes())
        codes_at = file.tell()
        file.seek(codes_at + code_size * int(rows[-1]))
        # What faiss takes for the names of any cell's features: 0, 1, 2, ...
        file.write(np.arange(_longest(starts), dtype="<i8").tobytes())
        owners_at = file.tell()
        for part, codes, owners in pieces:
            padded = np.zeros((rows[part.stop] - rows[part.start], code_size), np.uint8)
            padding = (rows - starts)[part] - rows[part.start] + starts[part.start]
            padded[np.arange(len(codes)) + np.repeat(padding, sizes[part])] = codes
            file.seek(codes_at + code_size * int(rows[part.start]))
            file.write((padded if _block(code_size) == 1 else interleaved(padded)).tobytes())
            file.seek(owners_at + 4 * int(starts[part.start]))
            file.write(owners.astype("<u4").tobytes())


def _block(code_size: int) -> int:
    """Codes in a block: whole descriptors have none."""
    return 1 if code_size == DESCRIPTOR_LENGTH else BLOCK


def _rows(sizes: NDArray[np.int64], code_size: int) -> NDArray[np.int64]:
    block = _block(code_size)
    return _cumulated(-(-sizes // block) * block)


def _cumulated(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    sums = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=sums[1:])
    return sums


def _longest(starts: NDArray[np.int64]) -> int:
    return int(np.diff(starts).max(initial=0))


def _parts(starts: NDArray[np.int64]) -> list[slice]:
    """All cells, some at a time."""
    ends = np.searchsorted(starts, np.arange(_AT_A_TIME, int(starts[-1]), _AT_A_TIME))
    edges = np.unique([0, *ends, len(starts) - 1]).tolist()
    return [slice(start, end) for start, end in pairwise(edges)]


def _length(part: slice) -> int:
    return int(part.stop - part.start)


def _owners(segment: Segment, part: slice) -> NDArray[np.uint32]:
    return segment.owners[segment.starts[part.start] : segment.starts[part.stop]]


def _cells(segment: Segment, part: slice) -> NDArray[np.int64]:
    """Which of the cells, from 0, each feature is in."""
    return np.repeat(np.arange(_length(part)), np.diff(segment.starts)[part])


def _codes(segment: Segment, part: slice) -> NDArray[np.uint8]:
    """The codes of the features one by one."""
    codes = segment.codes[segment.rows[part.start] : segment.rows[part.stop]]
    if _block(codes.shape[1]) > 1:
        codes = plain(codes)
    used, filled = np.diff(segment.starts)[part], np.diff(segment.rows)[part]
    place = np.arange(len(codes)) - np.repeat(segment.rows[part] - segment.rows[part.start], filled)
    kept: NDArray[np.uint8] = codes[place < np.repeat(used, filled)]
    return kept


class SegmentSearch:
    """One segment, ready to be asked. Pictures that are not `alive` (P,) are passed over."""

    def __init__(self, quantiser: Quantiser, segment: Segment, alive: NDArray[np.bool_]) -> None:
        self._quantiser = quantiser
        self._segment = segment
        self._alive = None if alive.all() else alive
        self._index = quantiser.inverted_file()
        if hasattr(faiss, "OnDiskInvertedLists"):
            self._lists = _mapped_lists(segment)
            self._index.replace_invlists(self._lists, False)
        else:  # faiss for Windows
            _read_lists(segment, self._index.invlists)

    def nearest(
        self, features: NDArray[np.float32], cells: NDArray[np.int64], count: int
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """The `count` nearest living features of each of `features` (K, 128) in its `cells`.

        Distances² (K, count), whole numbers, inf where there are no more, and places in the
        segment, -1 there.
        """
        values = self._quantiser.asked(features, cells)
        distances, places = self._ask(values, cells, count)
        if self._alive is None:
            return distances, places
        # The dead take up places: ask for more until enough living ones are among them.
        found = np.full((len(features), count), np.inf, np.float32)
        where = np.full((len(features), count), -1, np.int64)
        rows, asked = np.arange(len(features)), count
        while True:
            living = (places >= 0) & self._alive[self._segment.owners[np.maximum(places, 0)]]
            enough = (living.sum(axis=1) >= count) | (places[:, -1] < 0)
            order = np.argsort(~living[enough], axis=1, kind="stable")[:, :count]
            masked = np.where(living, distances, np.inf)[enough]
            found[rows[enough]] = np.take_along_axis(masked, order, 1)
            where[rows[enough]] = np.take_along_axis(np.where(living, places, -1)[enough], order, 1)
            rows = rows[~enough]
            if not len(rows):
                return found, where
            asked *= 4
            values = self._quantiser.asked(features[rows], cells[rows])
            distances, places = self._ask(values, cells[rows], asked)

    def _ask(
        self, values: NDArray[np.float32], cells: NDArray[np.int64], count: int
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """The same of the dead and the living. values (K n, 128): as each of the cells (K, n) is
        asked by itself, faiss need not tell which one the answer is from.
        """
        distances = np.empty((len(values), count), np.float32)
        inside = np.empty((len(values), count), np.int64)
        self._index.search_preassigned_c(
            len(values),
            faiss.swig_ptr(values),
            count,
            faiss.swig_ptr(np.ascontiguousarray(cells)),
            faiss.swig_ptr(np.zeros(len(values), np.float32)),
            faiss.swig_ptr(distances),
            faiss.swig_ptr(inside),
            False,
        )
        # faiss rounds four-bit sums to 1/255 of the widest table: fractions would say nothing.
        np.rint(distances, out=distances)
        distances[inside < 0] = np.inf
        starts = self._segment.starts[np.maximum(cells, 0)].reshape(-1, 1)
        places = np.where(inside < 0, -1, starts + inside).reshape(len(cells), -1)
        distances = distances.reshape(len(cells), -1)
        nearest = np.argpartition(distances, count - 1, axis=1)[:, :count]
        found = np.take_along_axis(distances, nearest, 1)
        order = np.argsort(found, axis=1)
        nearest = np.take_along_axis(nearest, order, 1)
        return np.take_along_axis(found, order, 1), np.take_along_axis(places, nearest, 1)


def _mapped_lists(segment: Segment) -> Any:
    """faiss's view of the segment's codes in the file."""
    cells, code_size = len(segment.starts) - 1, segment.codes.shape[1]
    lists: Any = faiss.OnDiskInvertedLists(cells, code_size, str(segment.path))
    # size, capacity and offset of every list at once: faiss has no setter that leaves out the
    # names (its `ids`), 8 bytes a feature. It looks for a list's after as many codes as the list
    # has room for: all have room to the end of the codes, and share the names that follow there.
    places = np.empty((cells, 3), np.uintp)
    places[:, 0] = np.diff(segment.starts)
    places[:, 1] = segment.rows[-1] - segment.rows[:-1]
    places[:, 2] = segment.rows[:-1] * code_size
    places[:, 2] += _HEADER.itemsize + segment.starts.nbytes + segment.keys.nbytes
    faiss.memcpy(lists.lists.data(), faiss.swig_ptr(places), places.nbytes)
    last = lists.lists.at(cells - 1)
    if [last.size, last.capacity, last.offset] != places[-1].tolist():
        raise RuntimeError("faiss keeps its mapped lists in another form than this program knows")
    lists.totsize = segment.path.stat().st_size
    lists.read_only = True
    lists.do_mmap()
    return lists


def _read_lists(segment: Segment, lists: Any) -> None:
    """Read the segment's codes into faiss's lists in memory."""
    names = np.arange(_longest(segment.starts), dtype=np.int64)
    rows, sizes = segment.rows.tolist(), np.diff(segment.starts).tolist()
    for cell in np.flatnonzero(sizes).tolist():
        codes = np.ascontiguousarray(segment.codes[rows[cell] : rows[cell + 1]])
        lists.add_entries(cell, sizes[cell], faiss.swig_ptr(names), faiss.swig_ptr(codes))
