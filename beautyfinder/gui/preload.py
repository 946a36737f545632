"""Loads torch's libraries without stopping the window.

Python holds its lock while it maps an extension module and everything that it links to: for torch
a third of a second in which the window stands still. A foreign call gives the lock away, so the
libraries are mapped by one first; the import then finds them there.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import platform
from pathlib import Path


def preload_torch() -> None:
    """Before the first `import torch`. Does nothing where it does not know how: only Linux."""
    if platform.system() != "Linux":
        return
    found = importlib.util.find_spec("torch")
    if found is None or not found.origin:
        return
    libraries = Path(found.origin).parent / "lib"
    libc = ctypes.CDLL(None)
    libc.dlopen.restype = ctypes.c_void_p
    libc.dlopen.argtypes = [ctypes.c_char_p, ctypes.c_int]
    # In torch's own order, the first one with its symbols for all, as torch/__init__.py does.
    for name, flags in (
        ("libtorch_global_deps.so", os.RTLD_NOW | os.RTLD_GLOBAL),
        ("libtorch_python.so", os.RTLD_NOW),
    ):
        if (libraries / name).is_file():
            libc.dlopen(str(libraries / name).encode(), flags)
