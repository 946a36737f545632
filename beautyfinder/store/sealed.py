"""A folder of derived files under one manifest of checksums: taken whole or not at all."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
_VERIFIED = "verified.json"
_BLOCK = 1 << 24
# Up to here every opening reads and checks every byte (a third of a second). Above, a file that
# was checked once and has kept its size, time and inode since is not read whole again.
_ALWAYS_CHECKED = 1 << 28


class TornError(Exception):
    """The folder does not hold what its manifest says, or has none."""


def checksum(path: Path) -> int:
    """CRC-32 of the CRC-32s of the file's blocks, so that two cores can share the work."""
    size = path.stat().st_size

    def block(start: int) -> int:
        with path.open("rb") as file:
            file.seek(start)
            return zlib.crc32(file.read(_BLOCK))

    with ThreadPoolExecutor(2, "checksum") as pool:
        sums = list(pool.map(block, range(0, size, _BLOCK)))
    return zlib.crc32(b"".join(value.to_bytes(4, "little") for value in sums))


def seal(folder: Path, content: Mapping[str, Any], names: Iterable[str]) -> None:
    """Make `names` and `content` the state of the folder, in one step; remove all other files.

    The files must be complete, under names that were never used in the folder before: another
    process may still have the earlier state mapped. A run that is killed at any moment leaves the
    earlier state or the new one.
    """
    before = _listed(folder)
    files = {}
    for name in names:
        path = folder / name
        if name in before:
            files[name] = before[name]
            continue
        with path.open("rb+") as file:
            os.fsync(file.fileno())
        files[name] = described(path)
    body = json.dumps({"content": dict(content), "files": files}, sort_keys=True)
    part = folder / f"{MANIFEST}.part"
    with part.open("w", encoding="utf-8") as file:
        file.write(json.dumps({"crc32": zlib.crc32(body.encode()), "body": body}))
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, folder / MANIFEST)
    sweep(folder)


def read_sealed(folder: Path, whole: bool = False) -> dict[str, Any]:
    """The content of the folder's manifest, after every file was checked against it.

    `whole`: large files are read, too, that were checked before and seem not to have changed.
    Raises TornError when anything is missing, cut short or altered.
    """
    content, files = _manifest(folder)
    verified = _read_json(folder / _VERIFIED)
    small = sum(entry["bytes"] for entry in files.values()) <= _ALWAYS_CHECKED
    whole = whole or small
    seen = {
        name: check_file(folder / name, entry, None if whole else verified.get(name))
        for name, entry in files.items()
    }
    if not small and seen != verified:
        _remember(folder / _VERIFIED, seen)
    return content


def described(path: Path) -> dict[str, int]:
    """What `check_file` compares a file with."""
    return {"bytes": path.stat().st_size, "crc32": checksum(path)}


def check_file(path: Path, entry: Mapping[str, int], verified: object) -> list[int]:
    """What to remember of a file that is as `entry` says; it is read whole unless `verified` is
    what was remembered of it. Raises TornError when it is not.
    """
    try:
        state = path.stat()
        if state.st_size != entry["bytes"]:
            raise TornError(f"{path} has {state.st_size} bytes instead of {entry['bytes']}")
        seen = [entry["crc32"], state.st_mtime_ns, state.st_ino]
        if verified != seen and checksum(path) != entry["crc32"]:
            raise TornError(f"{path} is not what was written")
    except OSError as error:
        raise TornError(f"{path} cannot be read ({error.strerror})") from error
    return seen


def check_single(path: Path, entry: Mapping[str, int], whole: bool = False) -> None:
    """`check_file` of one that stands alone; of a large one a note beside it is kept."""
    if entry["bytes"] <= _ALWAYS_CHECKED:
        check_file(path, entry, None)
        return
    note = path.with_name(f"{path.name}.{_VERIFIED}")
    verified = _read_json(note).get(path.name)
    seen = check_file(path, entry, None if whole else verified)
    if seen != verified:
        _remember(note, {path.name: seen})


def _remember(note: Path, seen: Mapping[str, list[int]]) -> None:
    with suppress(OSError):  # a folder that cannot be written is checked whole each time
        part = note.with_name(f"{note.name}.{os.getpid()}.part")
        part.write_text(json.dumps(seen), encoding="utf-8")
        os.replace(part, note)


def sweep(folder: Path) -> None:
    """Remove what the manifest does not list: leavings of earlier states and of killed runs."""
    kept = {MANIFEST, _VERIFIED, *_listed(folder)}
    for path in folder.iterdir():
        if path.name not in kept:
            with suppress(OSError):  # on Windows, one that another process has mapped
                path.unlink()


def has_manifest(folder: Path) -> bool:
    """Whether anything was ever sealed in the folder."""
    return (folder / MANIFEST).is_file()


def _listed(folder: Path) -> dict[str, dict[str, int]]:
    try:
        return _manifest(folder)[1]
    except TornError:
        return {}


def _manifest(folder: Path) -> tuple[dict[str, Any], dict[str, dict[str, int]]]:
    outer = _read_json(folder / MANIFEST)
    try:
        body = outer["body"]
        if zlib.crc32(body.encode()) != outer["crc32"]:
            raise TornError(f"the manifest of {folder} is not what was written")
        inner = json.loads(body)
        return inner["content"], inner["files"]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise TornError(f"{folder} has no readable manifest") from error


def _read_json(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}
