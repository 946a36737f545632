"""Ranking of a large catalogue: a scan of short codes, then only what could be near is measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from beautyfinder.search.ranking import Ranking, measured, nearest_first
from beautyfinder.search.ranking_files import Coded, Group
from beautyfinder.search.scan_codes import SumTable, sum_table
from beautyfinder.search.workers import workers

_REPORTED = 64  # one row in so many of a group is reported by its scan
_SMALL = 4_096  # rows of a group that are all reported
_LEAST_REPORTED, _LEAST_JUDGED_BY = 512, 32  # rows, for what they are off by to be known
_MEASURED_FIRST = 128  # then twice as many, each time: the limit falls fast at first
# So many standard deviations are taken for certain: were half a million rows just beyond, one would
# be nearer in one look-up of two thousand, if what they are off by is normal. Most are far beyond.
_DEVIATIONS = 6
# This share of the rows in question: all are measured, which then takes less than picking them.
_MOST = 3
# Distances in float32 are off by about 1e-6; rows nearer than this to the last place are measured.
_SLACK, _SLACK_ABSOLUTE = 1e-4, 1e-5


@dataclass(frozen=True)
class Effort:
    """What a ranking took: rows measured; groups measured whole; whether every row was.

    deviations: infinite where bounds certify the result; else how many standard deviations a row
    that was not measured would have to be off to belong to it.
    """

    measured: int
    whole_groups: int
    all_rows: bool
    deviations: float


@dataclass(frozen=True, eq=False)
class _Report:
    """Of a group. places: int64 (K,), numbered through all parts; sums: float64 (K,), rising, of
    costs by their codes; lower: float64 (K,), the least that their distances can be; rest: the
    least of all rows that are not among them.
    """

    places: NDArray[np.int64]
    sums: NDArray[np.float64]
    lower: NDArray[np.float64]
    rest: float


class BoundedRanker:
    """The rows that `ExactRanker` ranks first, with its distances, for a fraction of the reading:
    certified by bounds, or all but certain.

    Every row has a four-bit code of each number. A scan of the codes bounds all distances from
    below: the distance to what the code stands for, less how far the code is from its row (the
    triangle inequality; cosine goes by the Euclidean distance of unit vectors). The most promising
    rows are measured, and whatever could still be nearer than the last of them.

    A photo unlike anything in the catalogue is about as far from many rows, and bounds leave most
    in question: they hold for the worst of cases, in which the errors of a thousand numbers all
    add up. Then all rows that the scan reported are measured, and from how far the sums of those
    at its edge are off follows how unlikely it is that one beyond the edge belongs to the result.
    Where that does not settle it, the whole group of rows is measured.
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
        self.effort = Effort(0, 0, False, np.inf)

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

        def ask(one: tuple[Group, int]) -> _Report:
            size = one[0].scan.count
            wanted = size if size <= _SMALL else max(2 * count, size // _REPORTED, _LEAST_REPORTED)
            return _ask(one[0], one[1], table, metric, wanted)

        reports = list(workers().map(ask, self._groups))
        nearest = _Nearest(lambda places: self._measure(query, metric, places), metric, count)
        nearest.take(np.concatenate([r.places for r in reports]),
                     np.concatenate([r.lower for r in reports]))  # fmt: skip
        doubtful = [number for number, report in enumerate(reports) if report.rest <= nearest.limit]
        if doubtful:
            nearest.add_new(np.concatenate([reports[number].places for number in doubtful]))
        judged = nearest.deviations([reports[number] for number in doubtful])
        beyond = dict(zip(doubtful, judged, strict=True))
        whole = [number for number, off in beyond.items() if not off >= _DEVIATIONS]
        rows = [self._groups[n][0].places.astype(np.int64) + self._groups[n][1] for n in whole]
        if sum(map(len, rows)) + nearest.measured > total // _MOST:
            return self._measure_all(query, metric, count)
        for all_of_it in rows:
            nearest.add_new(all_of_it)
        left = [off for number, off in beyond.items() if number not in whole]
        self.effort = Effort(nearest.measured, len(whole), False, min(left, default=np.inf))
        places, distances = nearest.first()
        return Ranking(self._offsets[places], distances)

    def _measure(
        self, query: NDArray[np.float32], metric: str, places: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """The distances of rows that are given in order."""
        ends = np.searchsorted(places, self._starts)
        return np.concatenate([
            measured(query, part.rows, metric, places[a:b] - start)
            for part, start, (a, b) in zip(self._parts, self._starts, pairwise(ends), strict=False)
        ])  # fmt: skip

    def _measure_all(self, query: NDArray[np.float32], metric: str, count: int) -> Ranking:
        distances = np.concatenate([measured(query, part.rows, metric) for part in self._parts])
        self.effort = Effort(len(distances), len(self._groups), True, np.inf)
        nearest = nearest_first(distances, count)
        return Ranking(self._offsets[nearest], distances[nearest])


class _Nearest:
    """The `count` nearest of the rows that were measured, and how near others would have to be."""

    def __init__(
        self,
        measure: Callable[[NDArray[np.int64]], NDArray[np.float32]],
        metric: str,
        count: int,
    ) -> None:
        self._measure, self._metric, self._count = measure, metric, count
        self._places = np.zeros(0, np.int64)
        self._distances = np.zeros(0, np.float32)
        self.limit = np.inf

    @property
    def measured(self) -> int:
        """Rows."""
        return len(self._places)

    def take(self, places: NDArray[np.int64], lower: NDArray[np.float64]) -> None:
        """Measure those whose `lower` bounds are within the limit, the most promising first."""
        order = np.argsort(lower, kind="stable")
        places, lower = places[order], lower[order]
        done, size = 0, max(2 * self._count, _MEASURED_FIRST)
        while done < len(places):
            within = int(np.searchsorted(lower, self.limit, "right"))
            end = min(within, done + size)
            if end <= done:
                return
            self.add(places[done:end])
            done, size = end, 2 * size

    def add_new(self, places: NDArray[np.int64]) -> None:
        """Measure those that were not yet; each is given once."""
        self.add(np.setdiff1d(places, self._places, assume_unique=True))

    def deviations(self, reports: Sequence[_Report]) -> list[float]:
        """How far beyond the limit the next row after each report is, all of whose rows were
        measured: in standard deviations of what the last half's distances differ from their sums
        by. Copies of one row, as placeholders for pictures are, tell no more than one.
        """
        order = np.argsort(self._places)
        return [self._deviations(report, order) for report in reports]

    def _deviations(self, report: _Report, order: NDArray[np.int64]) -> float:
        edge = slice(len(report.places) // 2, None)
        found = order[np.searchsorted(self._places, report.places[edge], sorter=order)]
        squared = self._metric != "l1"
        distances = self._distances[found].astype(np.float64)
        if squared:
            distances = 2 * distances if self._metric == "cosine" else np.square(distances)
        sums, distances = np.unique(np.stack([report.sums[edge], distances]), axis=1)
        if len(sums) < _LEAST_JUDGED_BY:
            return -np.inf
        off = distances - sums
        limit = self.limit**2 if squared else self.limit
        return float((report.sums[-1] + off.mean() - limit) / max(off.std(), 1e-12))

    def add(self, places: NDArray[np.int64]) -> None:
        """Measure these rows."""
        places = np.sort(places)
        self._places = np.concatenate([self._places, places])
        self._distances = np.concatenate([self._distances, self._measure(places)])
        if len(self._distances) >= self._count:
            last = float(np.partition(self._distances, self._count - 1)[self._count - 1])
            last = np.sqrt(2 * max(last, 0.0)) if self._metric == "cosine" else last
            self.limit = last * (1 + _SLACK) + _SLACK_ABSOLUTE

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
    benefits, found = group.scan.best(table, count)
    sums = table.lower(benefits)
    least = np.maximum(sums, 0)
    least = least if metric == "l1" else np.sqrt(least)
    rest = float(least[-1] - errors.max()) if count < group.scan.count else np.inf
    return _Report(
        start + group.places[found].astype(np.int64),
        sums,
        np.maximum(least - errors[found], 0),
        rest,
    )
