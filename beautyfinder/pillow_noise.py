"""Keeps what Pillow and libtiff print about broken picture files off standard error."""

import contextlib
import ctypes
import re
import threading
import warnings
from pathlib import Path

import PIL

_lock = threading.Lock()


def silence_warnings() -> None:
    """Keeps Pillow's warnings about broken files off stderr, and from being raised under -W error.

    warnings.catch_warnings is not for threads, so one filter for Pillow's own modules stays in
    force; it is put back in front where someone (a test, a library) put another before it.
    """
    ours = ("ignore", None, Warning, re.compile(r"PIL\."), 0)
    if not warnings.filters or warnings.filters[0] != ours:
        with _lock:
            if not warnings.filters or warnings.filters[0] != ours:
                warnings.filterwarnings("ignore", module=r"PIL\.")


def silence_libtiff() -> None:
    """Stops libtiff printing to stderr for each broken TIFF; Pillow raises for them all the same.

    Pillow offers no switch, so libtiff's own is used where Pillow brings libtiff as a library of
    its own (Linux, macOS); elsewhere the lines stay.
    """
    package = Path(PIL.__file__).parent
    for library in [
        *package.parent.glob("pillow.libs/libtiff*"),
        *package.glob(".dylibs/libtiff*"),
    ]:
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(str(library)).TIFFSetErrorHandler(None)
