"""QtMultimedia, loaded when the camera is first wanted; why it cannot be, in words."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import platform
import re
from pathlib import Path

from beautyfinder.errors import UserError
from beautyfinder.gui.translation import tr

_LIBRARY = re.compile(r"lib[\w.+-]+\.(?:so[\w.]*|dylib)|[\w.-]+\.dll", re.IGNORECASE)


def load_multimedia() -> None:
    """Import it, in whichever thread. Raises UserError where the system lacks something for it."""
    _map_libraries()
    try:
        import_multimedia()
    except ImportError as error:
        missing = _LIBRARY.search(str(error))
        raise UserError(_why(missing.group() if missing else str(error))) from error


def import_multimedia() -> None:
    """The import alone. Raises ImportError."""
    import PySide6.QtMultimedia  # noqa: F401


def _why(missing: str) -> str:
    if missing.startswith("libpulse"):
        return tr(
            "The camera needs the system library {library}, which is not installed (Debian and "
            "Ubuntu: the package libpulse0). Install it, then start BeautyFinder again."
        ).format(library=missing)
    return tr(
        "The camera needs Qt Multimedia, which cannot be loaded: {what}. Install what is missing, "
        "then start BeautyFinder again."
    ).format(what=missing)


def _map_libraries() -> None:
    """Map them by a foreign call, which does not stop the window: see `preload_torch`."""
    found = importlib.util.find_spec("PySide6")
    if platform.system() != "Linux" or found is None or not found.origin:
        return
    qt = Path(found.origin).parent / "Qt"
    libc = ctypes.CDLL(None)
    libc.dlopen.restype = ctypes.c_void_p
    libc.dlopen.argtypes = [ctypes.c_char_p, ctypes.c_int]
    for name in ("lib/libQt6Multimedia.so.6", "plugins/multimedia/libffmpegmediaplugin.so"):
        if (qt / name).is_file():
            libc.dlopen(str(qt / name).encode(), os.RTLD_NOW)
