"""The median time of several runs."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
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


def interleaved_ms(
    work: dict[str, Callable[[Any], Any]], arguments: Iterable[Any]
) -> tuple[dict[str, float], dict[str, list[Any]]]:
    """Medians where each of the works is done once with each argument, turn and turn about.

    So what else the machine does hits all alike. The first argument warms up and does not count.
    Returns the answers, too.
    """
    times: dict[str, list[float]] = {what: [] for what in work}
    answers: dict[str, list[Any]] = {what: [] for what in work}
    for number, argument in enumerate(arguments):
        for what, task in work.items():
            start = time.perf_counter()
            answer = task(argument)
            if number:
                times[what].append((time.perf_counter() - start) * 1000)
                answers[what].append(answer)
    return {what: statistics.median(each) for what, each in times.items()}, answers


def table(times: dict[str, float], qualities: dict[str, str]) -> list[dict[str, Any]]:
    """Rows for the report: the first is ours, every other a multiple of it."""
    ours = next(iter(times.values()))
    return [
        {"what": what, "milliseconds": ms, "ratio": ms / ours, "quality": qualities.get(what, "")}
        for what, ms in times.items()
    ]
