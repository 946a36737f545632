"""Makes the frozen program smaller without taking anything from it, and tells what weighs what."""

from __future__ import annotations

import os
import platform
import subprocess
from collections import Counter
from pathlib import Path

# Only those that have symbols to spare: others gain nothing, and some that auditwheel has rewritten
# would not survive it. What is gained: 125 MB, of which libtorch_cpu 89.
STRIPPED = (
    "torch/lib/libtorch_cpu.so", "torch/lib/libtorch_python.so", "pyarrow/libarrow.so.*",
    "pyarrow/libarrow_compute.so.*", "pyarrow/libparquet.so.*", "hnswlib*.so",
    "libpython3*.so.*", "pillow_heif.libs/libx265*", "pyclipper/*.so", "yaml/*.so",
    "PIL/_imaging*.so", "numpy/_core/_multiarray_umath*.so", "pyarrow/lib.*.so",
)  # fmt: skip
# faiss and OpenCV each bring OpenBLAS 0.3.15 with the same functions; faiss needs its own kind
# (OpenMP), and OpenCV works with either.
SHARED = ("opencv_python_headless.libs", "libopenblasp-*", "faiss_cpu.libs", "libopenblaso-*")


def slim(folder: Path) -> None:
    """Once; a second time changes nothing. On Linux alone: elsewhere libraries come stripped."""
    if platform.system() != "Linux":
        return
    inside = folder / "_internal"
    for pattern in STRIPPED:
        for file in inside.glob(pattern):
            if not file.is_symlink():
                subprocess.run(["strip", "--strip-unneeded", str(file)], check=True)
    _share_openblas(inside)


def _share_openblas(inside: Path) -> None:
    theirs, name, ours, other = SHARED
    for duplicate in (inside / theirs).glob(name):
        for kept in (inside / ours).glob(other):
            if not duplicate.is_symlink():
                duplicate.unlink()
                duplicate.symlink_to(Path("..") / ours / kept.name)


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
