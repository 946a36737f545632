"""Is everything in a store whole, and are the files still those that were indexed?"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from beautyfinder.errors import Cancelled
from beautyfinder.features.keypoints import unpack
from beautyfinder.features.text import unpack_words
from beautyfinder.store.derived import derived_names, derived_state
from beautyfinder.store.store import FeatureStore

_ROWS_AT_A_TIME = 256
_UNPACK: dict[str, Callable[[Any], object]] = {"local_features": unpack, "words": unpack_words}
_LENGTH_TOLERANCE = 5e-3  # float16 keeps a unit vector's length to about 1e-3


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, where, and what to do. Not `serious`: the store answers rightly."""

    what: str
    where: str
    remedy: str
    serious: bool


def check_store(
    store: FeatureStore,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> list[Finding]:
    """Read every column of every row, and look for the files (their size, not their content).

    Raises UserError where the store cannot be read at all, Cancelled when stopped.
    """
    findings = []
    columns = ["image_id", "path", "file_bytes", "error", "filled", "thumbnail", *_UNPACK]
    names = [column.name for column in store.descriptors]
    total = len(store)
    for start in range(0, total, _ROWS_AT_A_TIME):
        if should_stop():
            raise Cancelled("The check was stopped.")
        offsets = range(start, min(start + _ROWS_AT_A_TIME, total))
        table = store.table([*columns, *names], offsets)
        lengths = {name: _lengths(table.column(name)) for name in names}
        for i, row in enumerate(table.select(columns).to_pylist()):
            findings += _file_findings(row)
            filled = (row["filled"] or "").split()
            bad = [name for name in filled if name in lengths and not _is_unit(lengths[name][i])]
            bad += [n for n in _UNPACK if n in filled and not _unpacks(n, row[n])]
            if bad:
                remedy = "remove the picture from the store and index again"
                findings.append(Finding(f"torn {', '.join(bad)}", row["image_id"], remedy, True))
        progress(offsets[-1] + 1, total)
    for name in derived_names(store):
        findings += cache_findings(name, derived_state(store, name, whole=True))
    return findings


def cache_findings(name: str, state: str) -> list[Finding]:
    """What is to be said of a derived file that is "fresh", "stale", "torn" or "missing"."""
    if state in ("fresh", "missing"):
        return []
    return [Finding(f"{state} cache", name, "it is built anew when needed", False)]


def _file_findings(row: dict[str, object]) -> list[Finding]:
    path, where = str(row["path"]), str(row["image_id"])
    if row["error"] is not None:
        return [Finding("unreadable picture", where, str(row["error"]), False)]
    try:
        size = os.stat(path).st_size
    except OSError:
        return [Finding("vanished file", where, f"{path} is gone: store remove --vanished", False)]
    if size != row["file_bytes"]:
        return [Finding("changed file", where, f"{path}: index again", False)]
    return []


def _lengths(column: object) -> list[float | None]:
    """The l2 norm of each descriptor, None where there is none."""
    return [
        None if not value.is_valid
        else float(np.linalg.norm(value.values.to_numpy().astype(np.float32)))
        for value in column  # type: ignore[attr-defined]
    ]  # fmt: skip


def _is_unit(length: float | None) -> bool:
    # A picture in which the network sees nothing at all has a descriptor of zeros.
    return length is not None and (abs(length - 1) < _LENGTH_TOLERANCE or length == 0)


def _unpacks(name: str, data: Any) -> bool:
    try:
        return data is not None and _UNPACK[name](data) is not None
    except ValueError:
        return False
