"""Makes the frozen program smaller without taking anything from it, and tells what weighs what."""

from __future__ import annotations

import filecmp
import os
import platform
import re
import shutil
import subprocess
from collections import Counter, defaultdict
from pathlib import Path

import elf
import stubs

# Linked with and never called: films are read by Qt's FFmpeg alone, and that one is linked with Qt
# Quick only to record a window of it.
NEVER_CALLED = (
    "PySide6/Qt/lib/libQt6Quick.*", "PySide6/Qt/lib/libQt6Qml.*",
    "opencv_python_headless.libs/libav[cfu]*", "opencv_python_headless.libs/libswscale-*",
)  # fmt: skip
# Asked for its version and never called: HEIC is read and not written.
NEVER_USED = ("pillow_heif.libs/libx265-*",)
ONLY_NEEDED_BY_THEM = (
    "PySide6/Qt/lib/libQt6Qml[A-Z]*",
    "opencv_python_headless.libs/libvpx-*", "opencv_python_headless.libs/libswresample-*",
    "opencv_python_headless.libs/libssl-*", "opencv_python_headless.libs/libcrypto-*",
)  # fmt: skip
# faiss and OpenCV each bring OpenBLAS 0.3.15 with the same functions; faiss needs its own kind
# (OpenMP), and OpenCV works with either.
SHARED = ("opencv_python_headless.libs/libopenblasp-*", "faiss_cpu.libs/libopenblaso-*")
_LEAST_SHARED = 100_000  # bytes; smaller files that are there twice are not worth a link


def slim(folder: Path) -> None:
    """Once; a second time changes nothing. On Linux alone: elsewhere libraries come stripped.

    Needs gcc, binutils and chrpath. Raises CalledProcessError, OSError.
    """
    if platform.system() != "Linux":
        return
    inside = folder / "_internal"
    _stub(inside)
    for duplicate in inside.glob(SHARED[0]):
        for kept in inside.glob(SHARED[1]):
            _link(duplicate, kept)
    _share(inside)
    for file in elf.libraries(inside):
        _forget_builder(file)
        _strip(file)
    for link in inside.rglob("*"):
        if link.is_symlink() and not link.exists():
            link.unlink()


def _stub(inside: Path) -> None:
    for pattern in ONLY_NEEDED_BY_THEM:
        for library in inside.glob(pattern):
            library.unlink()
    libraries = elf.libraries(inside)
    for pattern in NEVER_CALLED + NEVER_USED:
        for library in inside.glob(pattern):
            if library.stat().st_size > stubs.LARGEST:
                stubs.replace(library, libraries, answers=pattern in NEVER_USED)


def _share(inside: Path) -> None:
    """One file where several are the same."""
    by_size: defaultdict[int, list[Path]] = defaultdict(list)
    for file in sorted(inside.rglob("*")):
        if file.is_file() and not file.is_symlink() and file.stat().st_size >= _LEAST_SHARED:
            by_size[file.stat().st_size].append(file)
    for same_size in by_size.values():
        kept, *others = same_size
        for other in others:
            if filecmp.cmp(kept, other, shallow=False):
                _link(other, kept)


def _link(duplicate: Path, kept: Path) -> None:
    if not duplicate.is_symlink():
        duplicate.unlink()
        duplicate.symlink_to(os.path.relpath(kept, duplicate.parent))


def _forget_builder(file: Path) -> None:
    """No library is looked for in folders of the machine that this one was built on."""
    told = subprocess.run(["chrpath", "--list", str(file)], check=False, capture_output=True,
                          text=True)  # fmt: skip
    found = re.search(r": R(?:UN)?PATH=(.*)", told.stdout)
    folders = found[1].split(":") if found else []
    ours = [folder for folder in folders if not folder.startswith("/")]
    if len(ours) < len(folders):
        change = ["--replace", ":".join(ours)] if ours else ["--delete"]
        subprocess.run(["chrpath", *change, str(file)], check=True)


def _strip(file: Path) -> None:
    """Without the symbols that only debuggers read, unless that would spoil it.

    `strip` misplaces the segments of some libraries that auditwheel has rewritten: they cannot be
    loaded any more, and stay as they are.
    """
    stripped = file.with_name(file.name + ".stripped")
    subprocess.run(["strip", "--strip-unneeded", "-o", str(stripped), str(file)], check=True)
    if elf.can_be_loaded(stripped):
        shutil.copymode(file, stripped)
        stripped.replace(file)
    else:
        stripped.unlink()


def sizes(folder: Path) -> Counter[str]:
    """Bytes of the program by library; links weigh nothing."""
    found: Counter[str] = Counter()
    for root, _, files in os.walk(folder):
        for name in files:
            file = Path(root, name)
            if not file.is_symlink():
                found[_part(file.relative_to(folder))] += file.stat().st_size
    return found


def _part(path: Path) -> str:
    parts = path.parts[1:] if path.parts[0] == "_internal" and len(path.parts) > 1 else path.parts
    first = parts[0]
    if len(parts) == 1:
        return "the program's code" if first.startswith("beautyfinder") else "Python and system"
    first = first.removesuffix(".libs").removesuffix("_cpu").split("-")[0]
    return {"opencv_python_headless": "cv2", "python3.11": "Python and system"}.get(first, first)


def print_table(folder: Path, least: float = 2.0) -> None:
    """Megabytes (10^6 bytes) by library, the heaviest first."""
    found = sizes(folder)
    rest = 0
    for name, size in found.most_common():
        if size < least * 1e6:
            rest += size
        else:
            print(f"{size / 1e6:8.1f} MB  {name}")
    print(f"{rest / 1e6:8.1f} MB  the rest")
    print(f"{sum(found.values()) / 1e6:8.1f} MB  all")
