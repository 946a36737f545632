"""Keeps None, True and False alive under Python 3.11, which PySide 6.12 uses up.

PySide's wheels are built for the limited API of Python 3.12, where these objects are immortal and
need no counting: every call that returns nothing gives away a None that it never took. Python 3.11
does count, and ends with “deallocating None” after some ten thousand calls: minutes of painting.
"""

from __future__ import annotations

import ctypes
import sys

_PLENTY = 1 << 60  # never used up, and far from overflowing


def keep_singletons() -> None:
    """Once, before PySide is used. Does nothing where Python makes them immortal itself."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    for one in (None, True, False, NotImplemented, Ellipsis):
        count = ctypes.c_ssize_t.from_address(id(one))  # the first field of every object
        if count.value < _PLENTY:
            count.value += _PLENTY
