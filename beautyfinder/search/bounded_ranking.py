"""Exact ranking of a large catalogue: a scan of short codes, then only what could be near."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import torch
from numpy.typing import NDArray

from beautyfinder.search.distances import METRICS
from beautyfinder.search.ranking import Ranking, measured, nearest_first
from beautyfinder.search.ranking_files import Coded, Group
from beautyfinder.search.scan_codes import SumTable, sum_table

_REPORTED = 64  # one row in so many of a group is reported by its first scan
_SMALL = 4_096  # rows of a group that are all reported
_MORE = 8  # times as many by the next, where that was not enough to be sure
_MEASURED_AT_A_TIME = 1_024
_PIECE = 64  # rows worth another thread
# This share of the rows measured and still not sure: all are. Picking rows would soon take longer.
_MOST = 8
# Distances in float32 are off by about 1e-6; rows nearer than this to the last place are measured.
_SLACK, _SLACK_ABSOLUTE = 1e-4, 1e-5


@dataclass(frozen=True)
class Effort:
    """What a ranking took. rescanned: groups; all_rows: the codes were of no use."""

    measured: int
    rescanned: int
    all_rows: bool


@dataclass(frozen=True, eq=False)
class _Report:
    """Of a group. places: int64 (K,), numbered through all parts; lower: float64 (K,), the least
    that their distances can be; rest: the least of all rows that are not among them.
    """

    places: NDArray[np.int64]
    lower: NDArray[np.float64]
    rest: float


class BoundedRanker:
    """The rows that `ExactRanker` ranks first, with its distances, for a fraction of the reading.

    Every row has a four-bit code of each number. A scan of the codes bounds all distances from
    below: the distance to what the code stands for, less how far the code is from its row (the
    triangle inequality; cosine goes by the Euclidean distance of unit vectors). The most promising
    rows are measured; whatever could still be nearer than the last of them is, too, until nothing
    could. So the answer is exact, always; what varies is how long it takes.
    """

    def __init__(self, coded: Coded) -> None:
        self._levels = coded.levels
        self._parts = coded.parts
        self._starts = np.cumsum([0, *(len(part.rows) for part in coded.parts)])
        self._offsets = np.concatenate([part.offsets for part in coded.parts])
        self._groups = [
            (group, int(start))
            for part, start in zip(coded.parts, self._starts, strict=False)
            for group in part.groups
        ]
        self._threads = torch.get_num_threads()
        self._pool = ThreadPoolExecutor(self._threads, "scan", _one_thread_each)
        self.effort = Effort(0, 0, False)

    def rank(self, query: NDArray[np.float32], metric: str, count: int) -> Ranking:
        """The `count` nearest rows to `query` (D,), ties in the order of the store."""
        total = len(self._offsets)
        count = min(count, total)
        length = float(np.linalg.norm(query.astype(np.float64)))
        if not count:
            return Ranking(np.zeros(0, np.int64), np.zeros(0, np.float32))
        if count * _MOST > total or not np.isfinite(length) or not length:
            return self._measure_all(query, metric, count)
        table = sum_table(_costs(query, metric, length, self._levels))
        sizes = [group.scan.count for group, _ in self._groups]
        wanted = [n if n <= _SMALL else max(2 * count, n // _REPORTED) for n in sizes]
        asked = zip(self._groups, wanted, strict=True)
        reports = list(
            self._pool.map(lambda one: _ask(one[0][0], one[0][1], table, metric, one[1]), asked)
        )
        most = total // _MOST
        nearest = _Nearest(lambda places: self._measure(query, metric, places), metric, count, most)
        nearest.take(np.concatenate([r.places for r in reports]),
                     np.concatenate([r.lower for r in reports]))  # fmt: skip
        rescanned = 0
        for number, (group, report) in enumerate(zip(self._groups, reports, strict=True)):
            while report.rest <= nearest.limit and not nearest.gave_up:
                wanted[number] *= _MORE
                rescanned += 1
                before = report.places
                report = _ask(group[0], group[1], table, metric, wanted[number])
                new = np.isin(report.places, before, invert=True, assume_unique=True)
                nearest.take(report.places[new], report.lower[new])
        if nearest.gave_up:
            return self._measure_all(query, metric, count)
        self.effort = Effort(nearest.measured, rescanned, False)
        places, distances = nearest.first()
        return Ranking(self._offsets[places], distances)

    def _measure(
        self, query: NDArray[np.float32], metric: str, places: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """The distances of rows that are given in order."""
        vector = torch.from_numpy(query)

        def some(chosen: NDArray[np.int64]) -> NDArray[np.float32]:
            ends = np.searchsorted(chosen, self._starts)
            rows = [
                part.rows[chosen[a:b] - start]
                for part, start, (a, b) in zip(
                    self._parts, self._starts, pairwise(ends), strict=False
                )
            ]
            picked = torch.from_numpy(np.concatenate(rows)).float()
            with torch.inference_mode():
                return METRICS[metric](vector, picked).numpy()

        pieces = np.array_split(places, max(1, min(self._threads, len(places) // _PIECE)))
        return np.concatenate(list(self._pool.map(some, pieces)))

    def _measure_all(self, query: NDArray[np.float32], metric: str, count: int) -> Ranking:
        vector = torch.from_numpy(query)
        parts: Sequence[NDArray[np.float32]] = [
            measured(vector, torch.from_numpy(part.rows), metric) for part in self._parts
        ]
        distances = np.concatenate(parts)
        self.effort = Effort(len(distances), 0, True)
        nearest = nearest_first(distances, count)
        return Ranking(self._offsets[nearest], distances[nearest])


def _one_thread_each() -> None:
    """Let torch work on one thread where this one calls it, and as before everywhere else.

    Threads that torch adds for a thousand rows would take longer to start and to wait for than to
    measure these, far longer on a machine that has other work.
    """
    before = torch.get_num_threads()
    torch.set_num_threads(1)  # of this thread, and of those that start later; so:
    restorer = threading.Thread(target=torch.set_num_threads, args=(before,))
    restorer.start()
    restorer.join()


class _Nearest:
    """The `count` nearest of the rows that were measured, and how near others would have to be.

    Of more than `most` rows it measures no more, and has given up.
    """

    def __init__(
        self,
        measure: Callable[[NDArray[np.int64]], NDArray[np.float32]],
        metric: str,
        count: int,
        most: int,
    ) -> None:
        self._measure, self._metric, self._count, self._most = measure, metric, count, most
        self._places = np.zeros(0, np.int64)
        self._distances = np.zeros(0, np.float32)
        self.limit = np.inf
        self.measured = 0
        self.gave_up = False

    def take(self, places: NDArray[np.int64], lower: NDArray[np.float64]) -> None:
        """Measure those whose `lower` bounds are within the limit, the most promising first."""
        order = np.argsort(lower, kind="stable")
        places, lower = places[order], lower[order]
        done, size = 0, max(2 * self._count, 128)
        while done < len(places):
            within = int(np.searchsorted(lower, self.limit, "right"))
            end = min(within, done + size)
            if end <= done:
                return
            if self.measured > self._most:
                self.gave_up = True
                return
            some = np.sort(places[done:end])
            self._places = np.concatenate([self._places, some])
            self._distances = np.concatenate([self._distances, self._measure(some)])
            self.measured += len(some)
            if len(self._distances) >= self._count:
                last = float(np.partition(self._distances, self._count - 1)[self._count - 1])
                last = np.sqrt(2 * max(last, 0.0)) if self._metric == "cosine" else last
                self.limit = last * (1 + _SLACK) + _SLACK_ABSOLUTE
            done, size = end, _MEASURED_AT_A_TIME

    def first(self) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The nearest in order, ties by place, and their distances."""
        order = np.lexsort((self._places, self._distances))[: self._count]
        return self._places[order], self._distances[order]


def _costs(
    query: NDArray[np.float32], metric: str, length: float, levels: NDArray[np.float32]
) -> NDArray[np.float64]:
    """What each level of each dimension adds to the distance, squared unless it is L1: (D, 16)."""
    values = query.astype(np.float64) / (length if metric == "cosine" else 1)
    apart = np.abs(values[:, None] - levels)
    return apart if metric == "l1" else np.square(apart)


def _ask(group: Group, start: int, table: SumTable, metric: str, count: int) -> _Report:
    """The `count` rows of the group that are nearest by their codes."""
    errors = group.errors["l1" if metric == "l1" else "l2"]
    count = min(count, group.scan.count)
    sums, found = group.scan.best(table, count)
    least = np.maximum(table.lower(sums), 0)
    least = least if metric == "l1" else np.sqrt(least)
    rest = float(least[-1] - errors.max()) if count < group.scan.count else np.inf
    return _Report(
        start + group.places[found].astype(np.int64), np.maximum(least - errors[found], 0), rest
    )
