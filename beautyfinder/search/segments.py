"""Segments of the local index: inverted files on disk, written once, merged, searched mapped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import faiss
import numpy as np
from numpy.typing import NDArray

from beautyfinder.errors import Cancelled
from beautyfinder.search.quantiser import Quantiser

KEY_BYTES = 16
_MAGIC = b"BFLI0001"
_HEADER = np.dtype([("magic", "S8"), ("cells", "<u4"), ("code_size", "<u4"),
                    ("pictures", "<u8"), ("features", "<u8")])  # fmt: skip


@dataclass(frozen=True, eq=False)
class Segment:
    """One file, mapped. P pictures, F features in C cells.

    keys: uint8 (P, 16), whose features they are. starts: int64 (C + 1,), where each cell's begin.
    codes: uint8 (F, code size) and owners: uint32 (F,), the picture within the segment, both by
    cell, within a cell by picture, within a picture strongest first.
    """

    path: Path
    keys: NDArray[np.uint8]
    starts: NDArray[np.int64]
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
    cells, code_size = int(header["cells"]), int(header["code_size"])
    mapped = np.memmap(path, np.uint8, "r")
    at = _HEADER.itemsize
    parts = []
    for size in (8 * (cells + 1), KEY_BYTES * pictures, code_size * features, 4 * features):
        parts.append(mapped[at : at + size])
        at += size
    if at != len(mapped):
        raise ValueError(f"{path} has {len(mapped)} bytes and should have {at}")
    return Segment(
        path,
        parts[1].reshape(pictures, KEY_BYTES),
        parts[0].view("<i8"),
        parts[2].reshape(features, code_size),
        parts[3].view("<u4"),
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
    starts = np.zeros(cell_count + 1, np.int64)
    np.cumsum(np.bincount(cells, minlength=cell_count), out=starts[1:])
    with path.open("wb") as file:
        _write_head(file, keys, starts, codes.shape[1])
        file.write(codes[order].tobytes())
        file.write(owners[order].astype("<u4").tobytes())


def merge_segments(
    path: Path,
    segments: Sequence[Segment],
    alive: Sequence[NDArray[np.bool_]],
    should_stop: Callable[[], bool] = lambda: False,
) -> None:
    """Write the pictures that are `alive` (P,) in each of the segments as one, cell by cell.

    Memory: the owners' numbers of one cell. Raises Cancelled when asked to stop.
    """
    cell_count = len(segments[0].starts) - 1
    sizes = np.zeros(cell_count, np.int64)
    renamed, first = [], 0
    for segment, living in zip(segments, alive, strict=True):
        names = np.full(len(living), -1, np.int64)
        names[living] = first + np.arange(np.count_nonzero(living))
        first += int(np.count_nonzero(living))
        renamed.append(names)
        kept = np.zeros(len(segment.owners) + 1, np.int64)
        np.cumsum(living[segment.owners], out=kept[1:])
        sizes += np.diff(kept[segment.starts])
    starts = np.zeros(cell_count + 1, np.int64)
    np.cumsum(sizes, out=starts[1:])
    keys = np.concatenate([s.keys[living] for s, living in zip(segments, alive, strict=True)])
    whole = [bool(living.all()) for living in alive]

    def pieces(owners: bool) -> Iterator[NDArray[np.generic]]:
        for cell in range(cell_count):
            if cell % 256 == 0 and should_stop():
                raise Cancelled("Stopped; the index of local features is as it was.")
            for segment, names, all_live in zip(segments, renamed, whole, strict=True):
                part = slice(segment.starts[cell], segment.starts[cell + 1])
                if part.start == part.stop:
                    continue
                if all_live and not owners:
                    yield segment.codes[part]
                    continue
                named = names[segment.owners[part]]
                living = named >= 0
                yield named[living].astype("<u4") if owners else segment.codes[part][living]

    with path.open("wb", buffering=1 << 20) as file:
        _write_head(file, keys, starts, segments[0].codes.shape[1])
        for owners in (False, True):
            for piece in pieces(owners):
                file.write(piece.tobytes())


def _write_head(
    file: IO[bytes], keys: NDArray[np.uint8], starts: NDArray[np.int64], code_size: int
) -> None:
    header = np.zeros(1, _HEADER)
    header[0] = (_MAGIC, len(starts) - 1, code_size, len(keys), starts[-1])
    file.write(header.tobytes())
    file.write(starts.astype("<i8").tobytes())
    file.write(np.ascontiguousarray(keys).tobytes())


class SegmentSearch:
    """One segment, ready to be asked. Pictures that are not `alive` (P,) are passed over."""

    def __init__(self, quantiser: Quantiser, segment: Segment, alive: NDArray[np.bool_]) -> None:
        self._segment = segment
        self._alive = None if alive.all() else alive
        self._index = quantiser.inverted_file()
        self._lists = _inverted_lists(segment)
        self._index.replace_invlists(self._lists, False)

    def nearest(
        self,
        features: NDArray[np.float32],
        cells: NDArray[np.int64],
        cell_distances: NDArray[np.float32],
        count: int,
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """The `count` nearest living features of each of `features` (K, 128) in its `cells`.

        Distances² (K, count), inf where there are no more, and places in the segment, -1 there.
        """
        distances, places = self._ask(features, cells, cell_distances, count)
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
            distances, places = self._ask(features[rows], cells[rows], cell_distances[rows], asked)

    def _ask(
        self,
        features: NDArray[np.float32],
        cells: NDArray[np.int64],
        cell_distances: NDArray[np.float32],
        count: int,
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        distances = np.empty((len(features), count), np.float32)
        pairs = np.empty((len(features), count), np.int64)
        self._index.nprobe = cells.shape[1]
        # The last argument: answer with (cell, place in the cell) and never read the lists' ids,
        # which this format does not have: 8 bytes a feature saved.
        self._index.search_preassigned_c(
            len(features),
            faiss.swig_ptr(np.ascontiguousarray(features)),
            count,
            faiss.swig_ptr(np.ascontiguousarray(cells)),
            faiss.swig_ptr(np.ascontiguousarray(cell_distances)),
            faiss.swig_ptr(distances),
            faiss.swig_ptr(pairs),
            True,
        )
        missing = pairs < 0
        places = self._segment.starts[np.maximum(pairs, 0) >> 32] + (pairs & 0xFFFFFFFF)
        distances[missing] = np.inf
        return distances, np.where(missing, -1, places)


def _inverted_lists(segment: Segment) -> Any:
    """faiss's view of the segment's codes: mapped, or read into memory where it cannot map."""
    cells, code_size = len(segment.starts) - 1, segment.codes.shape[1]
    starts = segment.starts.tolist()
    lists: Any
    if not hasattr(faiss, "OnDiskInvertedLists"):  # faiss for Windows has no mapped lists
        lists = faiss.ArrayInvertedLists(cells, code_size)
        ids = np.zeros(int(np.diff(segment.starts).max(initial=0)), np.int64)
        for cell in range(cells):
            codes = np.ascontiguousarray(segment.codes[starts[cell] : starts[cell + 1]])
            if len(codes):
                lists.add_entries(cell, len(codes), faiss.swig_ptr(ids), faiss.swig_ptr(codes))
        return lists
    lists = faiss.OnDiskInvertedLists(cells, code_size, str(segment.path))
    # size, capacity and offset of every list at once: faiss has no setter that leaves out the ids.
    places = np.empty((cells, 3), np.uintp)
    places[:, 0] = places[:, 1] = np.diff(segment.starts)
    places[:, 2] = segment.starts[:-1] * code_size
    places[:, 2] += _HEADER.itemsize + segment.starts.nbytes + segment.keys.nbytes
    faiss.memcpy(lists.lists.data(), faiss.swig_ptr(places), places.nbytes)
    last = lists.lists.at(cells - 1)
    if [last.size, last.capacity, last.offset] != places[-1].tolist():
        raise RuntimeError("faiss keeps its mapped lists in another form than this program knows")
    lists.totsize = segment.path.stat().st_size
    lists.read_only = True
    lists.do_mmap()
    return lists
