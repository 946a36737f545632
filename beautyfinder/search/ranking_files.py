"""Files of a large catalogue's ranking beside the store: rows to map, codes to scan, added to."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from beautyfinder.errors import Cancelled
from beautyfinder.search.local_index_files import Progress, ShouldStop
from beautyfinder.search.scan_codes import (
    LEVELS,
    Scan,
    code_columns,
    encode,
    interleave,
    interleaved_bytes,
    train_levels,
)
from beautyfinder.store.columns import DescriptorColumn
from beautyfinder.store.sealed import TornError, has_manifest, read_sealed, seal, sweep
from beautyfinder.store.store import DERIVED, FeatureStore

log = logging.getLogger(__name__)

_FORMAT = 1
_SAMPLE = 4_096  # rows that the levels are trained on
_ENCODED = 4_096  # rows encoded by one thread at a time
_THREADS = 2
# Rows in the order of their codes' errors, cut at these shares: one bound serves a whole group,
# and the few rows that are badly coded do not loosen that of all the others.
_GROUPS = (0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 0.97, 0.995, 1)
_OUTGROWN = 4  # appended rows in this share of the first ones: then all are coded anew together


@dataclass(frozen=True, eq=False)
class Group:
    """Rows of a part with codes of about the same error: M of them, scanned together.

    places: int32 (M,), which rows of the part they are. errors: by "l1" and "l2", float32 (M,).
    """

    scan: Scan
    places: NDArray[np.int32]
    errors: dict[str, NDArray[np.float32]]


@dataclass(frozen=True, eq=False)
class Part:
    """Some fragments of the store. rows: float16 (N, D), mapped; offsets: int64 (N,)."""

    rows: NDArray[np.float16]
    offsets: NDArray[np.int64]
    groups: tuple[Group, ...]


@dataclass(frozen=True, eq=False)
class Coded:
    """The opened files. levels: float32 (D, 16)."""

    levels: NDArray[np.float32]
    parts: tuple[Part, ...]


def ranking_folder(store: FeatureStore, column: DescriptorColumn) -> Path:
    """Where the files of a column lie."""
    return store.folder / DERIVED / f"ranking_{column.backbone}_{column.pooling}"


def open_or_update(
    store: FeatureStore, column: DescriptorColumn, progress: Progress, should_stop: ShouldStop
) -> Coded:
    """The files of this version of the store, made or added to where they are wanting.

    `progress(done, total)`: rows, twice each (read, then coded). Raises OSError when they would
    have to be written and cannot, Cancelled when asked to stop.
    """
    folder = ranking_folder(store, column)
    names = store.fragment_names()
    fresh = _open_fresh(folder, column, names)
    if fresh is not None:  # without the lock: a store that cannot be written can still be asked
        return fresh
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder.with_name(f"{folder.name}.lock"))
    while True:
        try:
            lock.acquire(timeout=0.25)
            break
        except Timeout:
            if should_stop():
                raise Cancelled("Stopped; another run is coding the descriptors.") from None
    try:
        fresh = _open_fresh(folder, column, names)  # another process may just have made them
        if fresh is None:
            _update(store, folder, column, names, progress, should_stop)
            fresh = _open(folder, column, read_sealed(folder))
        return fresh
    finally:
        lock.release()


def ranking_states(store: FeatureStore) -> dict[str, str]:
    """Of the files of each column that are there: "fresh", "stale" or "torn"."""
    states = {}
    for column in store.descriptors:
        folder = ranking_folder(store, column)
        if not has_manifest(folder):
            continue
        try:
            content = read_sealed(folder, whole=True)
            fits = content["made_as"] == _made_as(column)
            covered = [name for part in content["parts"] for name in part["fragments"]]
            fresh = fits and covered == list(store.fragment_names())
            states[folder.name] = "fresh" if fresh else "stale"
        except (TornError, KeyError, TypeError):
            states[folder.name] = "torn"
    return states


def _made_as(column: DescriptorColumn) -> dict[str, Any]:
    # faiss's order of interleaved codes is its own affair: of another version they are made anew.
    return {"format": _FORMAT, "faiss": faiss.__version__, "column": asdict(column)}


def _open_fresh(folder: Path, column: DescriptorColumn, names: Sequence[str]) -> Coded | None:
    try:
        content = _content(folder, column)
        covered = [name for part in content["parts"] for name in part["fragments"]]
        return _open(folder, column, content) if covered == list(names) else None
    except TornError:
        return None


def _content(folder: Path, column: DescriptorColumn) -> dict[str, Any]:
    content = read_sealed(folder)
    if content.get("made_as") != _made_as(column):
        raise TornError(f"{folder} was made from other descriptors or by another version")
    return content


def _open(folder: Path, column: DescriptorColumn, content: dict[str, Any]) -> Coded:
    try:
        levels = np.load(folder / content["levels"], allow_pickle=False)
        parts = tuple(_open_part(folder, part, column.dimensions) for part in content["parts"])
    except (OSError, ValueError, KeyError) as error:
        raise TornError(f"{folder} cannot be read ({error})") from error
    return Coded(levels, parts)


def _open_part(folder: Path, part: dict[str, Any], dimensions: int) -> Part:
    bounds = np.load(folder / f"{part['name']}.npz", allow_pickle=False)
    offsets, sizes = bounds["offsets"], bounds["sizes"].tolist()
    columns = code_columns(dimensions)
    rows = _mapped_rows(folder / f"{part['name']}.rows", len(offsets), dimensions)
    codes = np.memmap(folder / f"{part['name']}.codes", np.uint8, "r") if sizes else offsets
    groups, start, at = [], 0, 0
    for size in sizes:
        end, after = start + size, at + interleaved_bytes(size, columns)
        errors = {name: bounds[name][start:end] for name in ("l1", "l2")}
        scan = Scan(codes[at:after], size, columns)
        groups.append(Group(scan, bounds["order"][start:end], errors))
        start, at = end, after
    return Part(rows, offsets, tuple(groups))


def _update(
    store: FeatureStore,
    folder: Path,
    column: DescriptorColumn,
    names: Sequence[str],
    progress: Progress,
    should_stop: ShouldStop,
) -> None:
    """The first part stays while the store begins with its fragments; a second holds the rest."""
    started = time.monotonic()
    kept, levels_name, first = [], "", 0
    try:
        content = _content(folder, column)
        base = content["parts"][0]
        covered = len(base["fragments"])
        appended = len(store) - base["covers"]
        if base["fragments"] == list(names[:covered]) and appended * _OUTGROWN <= base["covers"]:
            kept, levels_name, first = [base], content["levels"], covered
    except (TornError, KeyError, IndexError) as error:
        if has_manifest(folder):
            log.warning("The codes of descriptors are made anew: %s.", error)
    sweep(folder)
    try:
        covers = len(store) - sum(part["covers"] for part in kept)
        part = {"name": f"part-{uuid.uuid4().hex[:12]}", "fragments": list(names[first:]),
                "covers": covers}  # fmt: skip
        rows, offsets = _write_rows(
            store, column, first, folder / f"{part['name']}.rows", covers, progress, should_stop
        )
        if levels_name:
            levels = np.load(folder / levels_name, allow_pickle=False)
        else:
            chosen = np.linspace(0, len(rows) - 1, min(_SAMPLE, len(rows))).astype(np.int64)
            sample = rows[chosen].astype(np.float32)
            levels = train_levels(sample) if len(sample) else _no_levels(column.dimensions)
            levels_name = f"levels-{uuid.uuid4().hex[:12]}.npy"
            np.save(folder / levels_name, levels)
        _write_codes(folder / str(part["name"]), rows, offsets, levels, progress, should_stop)
        parts = [*kept, part]
        files = [f"{each['name']}.{kind}" for each in parts for kind in ("rows", "codes", "npz")]
        body = {"made_as": _made_as(column), "levels": levels_name, "parts": parts}
        seal(folder, body, [levels_name, *files])
    finally:
        sweep(folder)
    seconds = time.monotonic() - started
    log.info("Coded the descriptors of %d pictures, in %.1f s.", len(rows), seconds)


def _write_rows(
    store: FeatureStore,
    column: DescriptorColumn,
    first: int,
    path: Path,
    total: int,
    progress: Progress,
    should_stop: ShouldStop,
) -> tuple[NDArray[np.float16], NDArray[np.int64]]:
    offsets = [np.zeros(0, np.int64)]
    done = 0
    with path.open("wb", buffering=0) as file:
        for batch in store.descriptor_batches(column, first):
            if should_stop():
                raise Cancelled("Stopped; the codes of descriptors are as they were.")
            file.write(batch.rows.tobytes())
            offsets.append(batch.offsets)
            done += len(batch.rows)
            progress(done, 2 * total)
    joined = np.concatenate(offsets)
    return _mapped_rows(path, len(joined), column.dimensions), joined


def _write_codes(
    stem: Path,
    rows: NDArray[np.float16],
    offsets: NDArray[np.int64],
    levels: NDArray[np.float32],
    progress: Progress,
    should_stop: ShouldStop,
) -> None:
    count = len(rows)
    width = code_columns(rows.shape[1]) // 2
    raw = stem.with_suffix(".raw")  # swept, as it is in no manifest
    codes = np.memmap(raw, np.uint8, "w+", shape=(max(1, count), width))
    errors = {name: np.empty(count, np.float32) for name in ("l1", "l2")}

    def work(start: int) -> int:
        part = slice(start, min(count, start + _ENCODED))
        if not should_stop():
            coded = encode(rows[part], levels)
            codes[part], errors["l1"][part], errors["l2"][part] = coded.codes, coded.l1, coded.l2
        return part.stop

    with ThreadPoolExecutor(_THREADS, "encode") as pool:
        for done in pool.map(work, range(0, count, _ENCODED)):
            if should_stop():
                raise Cancelled("Stopped; the codes of descriptors are as they were.")
            progress(count + done, 2 * count)
    relative = [each / max(float(each.mean()), 1e-30) for each in errors.values() if count]
    order = np.argsort(np.maximum(*relative), kind="stable") if count else np.zeros(0, np.int64)
    edges = np.unique(np.rint(np.array(_GROUPS) * count).astype(np.int64))
    with stem.with_suffix(".codes").open("wb") as file:
        for start, end in pairwise(edges.tolist()):
            if should_stop():
                raise Cancelled("Stopped; the codes of descriptors are as they were.")
            file.write(interleave(codes[np.sort(order[start:end])]).tobytes())
            order[start:end].sort()
    np.savez(
        stem.with_suffix(".npz"),
        offsets=offsets,
        sizes=np.diff(edges),
        order=order.astype(np.int32),
        l1=errors["l1"][order],
        l2=errors["l2"][order],
    )


def _mapped_rows(path: Path, count: int, dimensions: int) -> NDArray[np.float16]:
    if not count:  # nothing at all cannot be mapped
        return np.zeros((0, dimensions), np.float16)
    # "c": changes would stay in memory. None are made; torch just takes no array without "w".
    return np.memmap(path, np.float16, "c", shape=(count, dimensions))


def _no_levels(dimensions: int) -> NDArray[np.float32]:
    return np.zeros((dimensions, LEVELS), np.float32)
