"""The median time of several runs."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any


def median_ms(work: Callable[[], Any], runs: int) -> float:
    """Milliseconds of the median run, after one that does not count."""
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def table(times: dict[str, float], qualities: dict[str, str]) -> list[dict[str, Any]]:
    """Rows for the report: the first is ours, every other a multiple of it."""
    ours = next(iter(times.values()))
    return [
        {"what": what, "milliseconds": ms, "ratio": ms / ours, "quality": qualities[what]}
        for what, ms in times.items()
    ]
