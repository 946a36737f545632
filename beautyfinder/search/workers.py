"""Threads for work that is cut into pieces, each piece on one core."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache

_MOST = 8


@cache
def workers() -> ThreadPoolExecutor:
    """The threads, for as long as the program runs. A task must not wait for others here: all
    threads might be waiting.
    """
    return ThreadPoolExecutor(min(_MOST, os.cpu_count() or 1), "pieces")
