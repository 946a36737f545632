"""Files computed from the store and kept beside it: made once, never trusted when stale or torn."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from beautyfinder.errors import UserError
from beautyfinder.store.sealed import TornError, check_single, described
from beautyfinder.store.store import DERIVED, FeatureStore

log = logging.getLogger(__name__)


def derived_file(
    store: FeatureStore, name: str, build: Callable[[Path], None], instead: str
) -> Path:
    """The file `name` of this version of the store, built by `build(target)` where it is wanting.

    A stamp beside it holds the store's version and the file's size and checksum; a file whose stamp
    is missing, of another version or does not fit is built anew and replaced in one step. A large
    one that was checked once and looks unchanged is not read whole again. Raises UserError when the
    store's folder cannot be written; `instead`: what a user can do then.
    """
    folder = store.folder / DERIVED
    if derived_state(store, name) == "fresh":  # without the lock: a store may be read-only
        return folder / name
    try:
        return _derived_file(store, folder, name, build)
    except OSError as error:
        raise UserError(
            f"{folder / name} cannot be written ({error.strerror or error}); make room or mend the "
            f"access, or {instead}."
        ) from error


def _derived_file(
    store: FeatureStore, folder: Path, name: str, build: Callable[[Path], None]
) -> Path:
    folder.mkdir(exist_ok=True)
    target, stamp = folder / name, folder / f"{name}.stamp.json"
    with FileLock(folder / f"{name}.lock"):
        if derived_state(store, name) == "fresh":
            return target
        log.info("Building %s for version %d of the store.", name, store.version)
        temporary = folder / f"{name}.part"
        try:
            build(temporary)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        content = {"version": store.version, **described(temporary)}
        stamp.unlink(missing_ok=True)  # an old stamp must never vouch for the new file
        os.replace(temporary, target)
        part = folder / f"{name}.stamp.part"
        part.write_text(json.dumps(content), encoding="utf-8")
        os.replace(part, stamp)
    return target


def derived_state(store: FeatureStore, name: str, whole: bool = False) -> str:
    """ "fresh", "stale" (of another version), "torn" or "missing".

    `whole`: a large file is read, too, that was checked before and seems not to have changed.
    """
    target = store.folder / DERIVED / name
    if not target.is_file():
        return "missing"
    try:
        stamp = json.loads(target.with_name(f"{name}.stamp.json").read_text(encoding="utf-8"))
        version, entry = stamp["version"], {key: stamp[key] for key in ("bytes", "crc32")}
    except (OSError, ValueError, KeyError, TypeError):
        return "torn"
    if version != store.version:
        return "stale"
    try:
        check_single(target, entry, whole)
    except TornError:
        return "torn"
    return "fresh"


def derived_names(store: FeatureStore) -> list[str]:
    """The derived files that are there, in whatever state."""
    folder = store.folder / DERIVED
    return sorted(path.name for path in folder.glob("*.bin")) if folder.is_dir() else []
