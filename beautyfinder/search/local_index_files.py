"""Files of the local index: made from the store, added to, merged, made anew when torn."""

from __future__ import annotations

import hashlib
import logging
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.compute as pc
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from beautyfinder.errors import Cancelled, UserError
from beautyfinder.features.keypoints import CATALOGUE_LIMIT, DESCRIPTOR_LENGTH, LONGER_SIDE
from beautyfinder.search.quantiser import Quantiser, rounded_root_sift, sample_size, train
from beautyfinder.search.segments import (
    KEY_BYTES,
    Segment,
    merge_segments,
    open_segment,
    write_segment,
)
from beautyfinder.store.sealed import TornError, has_manifest, read_sealed, seal, sweep
from beautyfinder.store.store import DERIVED, FeatureStore

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
ShouldStop = Callable[[], bool]
_Batch = list[NDArray[np.uint8]]  # descriptors of some pictures

# The strongest features of a picture: 384 at 16 + 4 bytes, and its key, stay under 8 KB.
FEATURES = 384
_FORMAT = {"format": 2, "features": FEATURES, "sift": [LONGER_SIDE, CATALOGUE_LIMIT]}
_OUTGROWN = 4  # times the pictures that the quantiser was trained for
_MOST_SEGMENTS = 8
_MOST_DEAD = 0.25  # of a segment's pictures: then it is written again without them
_BATCH = 256  # pictures read at a time: about 15 MB
_RUN_FEATURES = 4_000_000  # encoded before they are sorted and written: 80 MB, briefly twice that


@dataclass(frozen=True, eq=False)
class Contents:
    """The opened files. rows: int32 (N,), the picture of each row of the store, -1 for none;
    pictures are numbered through the segments.
    """

    quantiser: Quantiser
    segments: tuple[Segment, ...]
    rows: NDArray[np.int32]
    paths: tuple[Path, ...]

    def alive(self) -> list[NDArray[np.bool_]]:
        """Of each segment, the pictures that a row still has: bool (P,)."""
        return _alive(self.segments, self.rows)


@dataclass(frozen=True)
class _Stamp:
    """What the files were made from: the store's version and what its rows are."""

    version: int
    rows: str


def silent(done: int, total: int) -> None:
    """Tell nobody."""


def never() -> bool:
    """Go on to the end."""
    return False


def folder_of(store: FeatureStore) -> Path:
    """Where the index of a store lies."""
    return store.folder / DERIVED / "local_index"


def open_or_update(store: FeatureStore, progress: Progress, should_stop: ShouldStop) -> Contents:
    """The index of this version of the store, made or brought up to date where it is wanting.

    Raises UserError when it would have to be written and cannot, Cancelled when asked to stop.
    """
    folder = folder_of(store)
    keys = row_keys(store)
    stamp = _stamp(store, keys)
    fresh = _open_fresh(folder, stamp)
    if fresh is not None:  # without the lock: a store that cannot be written can still be asked
        return fresh
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = _locked(folder.with_name("local_index.lock"), should_stop)
        try:
            fresh = _open_fresh(folder, stamp)  # another process may just have made it
            return fresh or _update(store, folder, keys, stamp, progress, should_stop)
        finally:
            lock.release()
    except OSError as error:
        raise UserError(
            f"{folder} cannot be written ({error.strerror or error}); make room or mend the "
            "access, or search without the source `local`."
        ) from error


def index_state(store: FeatureStore) -> str:
    """ "fresh", "stale" (of another version), "torn" or "missing"."""
    folder = folder_of(store)
    if not has_manifest(folder):
        return "missing"
    try:
        content, _ = _open(folder, whole=True)
    except TornError:
        return "torn"
    return "fresh" if content["stamp"] == vars(_stamp(store, row_keys(store))) else "stale"


def row_keys(store: FeatureStore) -> NDArray[np.uint8]:
    """What tells the pictures of the rows apart, whatever their offsets: uint8 (N, 16).

    The file's SHA-256 where it is known, so that the same picture under several products or paths
    is one picture to the index; nothing but zeros where a row has no local features.
    """
    table = store.table(["sha256", "filled"])
    described = pc.fill_null(pc.match_substring(table["filled"], "local_features"), False)
    offsets = np.flatnonzero(described.to_numpy())
    digests = table["sha256"].take(offsets).to_pylist()
    unhashed = [place for place, value in enumerate(digests) if not value]
    rows = store.table(["path", "product_id"], offsets[unhashed].tolist()).to_pylist()
    for place, row in zip(unhashed, rows, strict=True):
        name = f"{row['path']}\0{row['product_id']}".encode()
        digests[place] = hashlib.blake2b(name, digest_size=KEY_BYTES).hexdigest()
    keys = np.zeros((len(table), KEY_BYTES), np.uint8)
    joined = bytes.fromhex("".join([value[: 2 * KEY_BYTES] for value in digests]))
    keys[offsets] = np.frombuffer(joined, np.uint8).reshape(-1, KEY_BYTES)
    return keys


def _stamp(store: FeatureStore, keys: NDArray[np.uint8]) -> _Stamp:
    # The version alone does not tell a store from one made anew in the same folder.
    return _Stamp(store.version, hashlib.blake2b(keys.tobytes(), digest_size=16).hexdigest())


def _locked(path: Path, should_stop: ShouldStop) -> FileLock:
    lock = FileLock(path)
    while True:
        try:
            lock.acquire(timeout=0.25)
            return lock
        except Timeout:
            if should_stop():
                raise Cancelled("Stopped; another run is making the index.") from None


def _open_fresh(folder: Path, stamp: _Stamp) -> Contents | None:
    try:
        content, opened = _open(folder)
    except TornError:
        return None
    return opened if content["stamp"] == vars(stamp) else None


def _open(folder: Path, whole: bool = False) -> tuple[dict[str, Any], Contents]:
    """What is in the folder, checked. Raises TornError when that is not a whole index."""
    content = read_sealed(folder, whole)
    if content.get("made_as") != _FORMAT:
        raise TornError(f"{folder} was made by another version of the program")
    paths = [folder / name for name in content["segments"]]
    try:
        contents = Contents(
            Quantiser.load(folder / content["quantiser"]),
            tuple(open_segment(path) for path in paths),
            np.load(folder / content["rows"], allow_pickle=False),
            (folder / content["quantiser"], folder / content["rows"], *paths),
        )
    except (OSError, ValueError, KeyError) as error:
        raise TornError(f"{folder} cannot be read ({error})") from error
    return content, contents


def _update(
    store: FeatureStore,
    folder: Path,
    keys: NDArray[np.uint8],
    stamp: _Stamp,
    progress: Progress,
    should_stop: ShouldStop,
) -> Contents:
    try:
        _, before = _open(folder)
        quantiser, segments = before.quantiser, list(before.segments)
        quantiser_name = before.paths[0].name
    except TornError as error:
        if has_manifest(folder):
            log.warning("The index of local features is made anew: %s.", error)
        quantiser, segments, quantiser_name = None, [], ""
    sweep(folder)
    offsets = _first_offsets(keys)
    try:
        if quantiser is None or len(offsets) > _OUTGROWN * quantiser.pictures:
            quantiser, segments = _trained(store, offsets, should_stop), []
            quantiser_name = f"quantiser-{uuid.uuid4().hex[:12]}.npz"
            quantiser.save(folder / quantiser_name)
        known = {key.tobytes() for segment in segments for key in segment.keys}
        new = [offset for key, offset in offsets.items() if key not in known]
        if new:
            started = time.monotonic()
            added = _segment_of(store, folder, quantiser, keys, new, progress, should_stop)
            segments.append(added)
            seconds = time.monotonic() - started
            log.info("Took the local features of %d pictures in, in %.1f s.", len(new), seconds)
        segments = _merged(folder, segments, set(offsets), should_stop)
        rows_name = f"rows-{uuid.uuid4().hex[:12]}.npy"
        np.save(folder / rows_name, _rows(keys, segments))
        names = [segment.path.name for segment in segments]
        content = {"made_as": _FORMAT, "stamp": vars(stamp), "quantiser": quantiser_name,
                   "rows": rows_name, "segments": names}  # fmt: skip
        seal(folder, content, [quantiser_name, rows_name, *names])
    finally:
        sweep(folder)
    return _open(folder)[1]


def _first_offsets(keys: NDArray[np.uint8]) -> dict[bytes, int]:
    """Each picture and the first row that has it, in the order of the rows."""
    offsets: dict[bytes, int] = {}
    for offset in np.flatnonzero(keys.any(axis=1)).tolist():
        offsets.setdefault(keys[offset].tobytes(), offset)
    return offsets


def _trained(store: FeatureStore, offsets: dict[bytes, int], should_stop: ShouldStop) -> Quantiser:
    """A quantiser for the catalogue, from pictures that their keys choose, whatever their rows."""
    order = [offsets[key] for key in sorted(offsets)]
    wanted = sample_size(len(order) * FEATURES)
    sample: list[NDArray[np.uint8]] = []
    features = pictures = 0
    for batch in _read(store, order, should_stop):
        sample += batch
        features += sum(map(len, batch))
        pictures += len(batch)
        if features >= wanted:
            break
    expected = round(features / max(1, pictures) * len(order))
    joined = np.concatenate([*sample, np.zeros((0, DESCRIPTOR_LENGTH), np.uint8)])
    # Picture by picture as it comes, the first features of the sample would be of few pictures.
    joined = joined[np.random.default_rng(0).permutation(len(joined))]
    return train(joined, expected, len(order), should_stop)


def _read(store: FeatureStore, offsets: Sequence[int], should_stop: ShouldStop) -> Iterator[_Batch]:
    """The strongest features of the rows, uint8 RootSIFT (K, 128) each, in batches."""
    for start in range(0, len(offsets), _BATCH):
        if should_stop():
            raise Cancelled("Stopped; the index of local features is as it was.")
        stored = store.read_local_features(offsets[start : start + _BATCH])
        yield [rounded_root_sift(features.descriptors[:FEATURES]) for features in stored]


def _one_ahead(batches: Iterator[_Batch]) -> Iterator[_Batch]:
    """The same, the next one made by a thread while the last one is worked on."""
    with ThreadPoolExecutor(1, "reader") as reader:
        waiting = reader.submit(next, batches, None)
        while (batch := waiting.result()) is not None:
            waiting = reader.submit(next, batches, None)
            yield batch


def _segment_of(
    store: FeatureStore,
    folder: Path,
    quantiser: Quantiser,
    keys: NDArray[np.uint8],
    offsets: Sequence[int],
    progress: Progress,
    should_stop: ShouldStop,
) -> Segment:
    """A new segment of the rows: sorted in runs that fit in memory, the runs then merged."""
    runs: list[Segment] = []
    waiting: list[tuple[NDArray[np.int32], NDArray[np.uint8], NDArray[np.uint32]]] = []
    first = done = 0

    def write() -> None:
        nonlocal first
        cells, codes, owners = (np.concatenate(part) for part in zip(*waiting, strict=True))
        path = _new_segment(folder)
        write_segment(path, keys[list(offsets[first:done])], cells, codes, owners, quantiser.cells)
        runs.append(open_segment(path))
        waiting.clear()
        first = done

    for batch in _one_ahead(_read(store, offsets, should_stop)):
        sizes = [len(features) for features in batch]
        cells, codes = quantiser.encode(np.concatenate(batch))
        numbers = np.arange(done - first, done - first + len(batch), dtype=np.uint32)
        waiting.append((cells, codes, np.repeat(numbers, sizes)))
        done += len(batch)
        if sum(len(part[0]) for part in waiting) >= _RUN_FEATURES:
            write()
        progress(done, len(offsets))
    if waiting:
        write()
    if len(runs) == 1:
        return runs[0]
    path = _new_segment(folder)
    merge_segments(path, runs, [np.ones(len(r.keys), np.bool_) for r in runs], should_stop)
    for run in runs:
        run.path.unlink()
    return open_segment(path)


def _merged(
    folder: Path, segments: Sequence[Segment], wanted: set[bytes], should_stop: ShouldStop
) -> list[Segment]:
    """The segments without those that are of no use, without too many, without too many dead."""
    alive = [np.array([k.tobytes() in wanted for k in s.keys], np.bool_) for s in segments]
    chosen = {
        number
        for number, living in enumerate(alive)
        if np.count_nonzero(living) < (1 - _MOST_DEAD) * len(living)
    }
    if len(segments) - len(chosen) > _MOST_SEGMENTS:
        # From the first on that is not more than twice all the later ones: each picture is
        # written again only a few times, however often the catalogue grows.
        sizes = [len(segment.keys) for segment in segments]
        start = next(n for n in range(len(sizes)) if sizes[n] <= 2 * sum(sizes[n + 1 :]) or
                     n == len(sizes) - 2)  # fmt: skip
        chosen.update(range(start, len(segments)))
    if not chosen:
        return list(segments)
    kept = [segment for number, segment in enumerate(segments) if number not in chosen]
    together = sorted(chosen)
    if any(alive[number].any() for number in together):
        path = _new_segment(folder)
        merge_segments(
            path, [segments[n] for n in together], [alive[n] for n in together], should_stop
        )
        kept.append(open_segment(path))
    return kept


def _rows(keys: NDArray[np.uint8], segments: Sequence[Segment]) -> NDArray[np.int32]:
    numbers: dict[bytes, int] = {}
    for segment in segments:
        for key in segment.keys:
            numbers[key.tobytes()] = len(numbers)
    return np.array([numbers.get(key.tobytes(), -1) for key in keys], np.int32)


def _alive(segments: Sequence[Segment], rows: NDArray[np.int32]) -> list[NDArray[np.bool_]]:
    living = np.zeros(sum(len(segment.keys) for segment in segments), np.bool_)
    living[rows[rows >= 0]] = True
    ends = np.cumsum([len(segment.keys) for segment in segments])
    return [living[end - len(s.keys) : end] for end, s in zip(ends, segments, strict=True)]


def _new_segment(folder: Path) -> Path:
    return folder / f"segment-{uuid.uuid4().hex[:12]}.bin"
