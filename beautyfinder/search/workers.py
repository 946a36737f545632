"""Threads for work on one picture at a time, each on one core."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from threading import Barrier

import torch

_MOST = 8


@cache
def workers() -> ThreadPoolExecutor:
    """The threads, started once. torch starts no further threads in them."""
    count = min(_MOST, os.cpu_count() or 1)
    pool = ThreadPoolExecutor(count, "pairs")
    all_started = Barrier(count)

    def start(_: int) -> None:
        torch.set_num_threads(1)
        all_started.wait()

    before = torch.get_num_threads()
    list(pool.map(start, range(count)))
    torch.set_num_threads(before)  # each thread has its own number, new ones have the last set
    return pool
