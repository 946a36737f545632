"""Programs and libraries of Linux (ELF, 64 bits): finding them, and whether one can be loaded."""

from __future__ import annotations

import struct
from pathlib import Path

_HEADER = struct.Struct("<32xQ14xHH")  # of the file: where segments are told, their size and number
_SEGMENT = struct.Struct("<IIQQQQQQ")  # kind, flags, offset, address, …, the last is the alignment
_LOADED = 1


def libraries(folder: Path) -> list[Path]:
    """Every program and library below, no links."""
    return [path for path in sorted(folder.rglob("*")) if _is_elf(path)]


def _is_elf(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as stream:
        return stream.read(4) == b"\x7fELF"


def can_be_loaded(library: Path) -> bool:
    """Whether its segments lie in the file as they have to in memory, by page."""
    data = library.read_bytes()
    start, size, count = _HEADER.unpack_from(data)
    for index in range(count):
        kind, _, offset, address, *_, alignment = _SEGMENT.unpack_from(data, start + index * size)
        if kind == _LOADED and (address - offset) % max(alignment, 1):
            return False
    return True
