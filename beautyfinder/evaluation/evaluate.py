"""Labelled queries through several methods at once -> mAP@7, top-1, short-list recall, time."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from beautyfinder.errors import Cancelled, UserError
from beautyfinder.evaluation.calibration import Certainty
from beautyfinder.evaluation.ground_truth import GroundTruth, LabelledQuery
from beautyfinder.evaluation.look_ups import LookUps, deep_alone, since
from beautyfinder.evaluation.metrics import (
    TOP,
    average_precision,
    bootstrap_intervals,
    challenge_average_precision,
)
from beautyfinder.photo import PhotoError, read_photo
from beautyfinder.search.method import Method
from beautyfinder.search.ranking import Ranking
from beautyfinder.search.searcher import Searcher

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class QueryAnswer:
    """How one query fared with one method.

    top: offsets of the best seven pictures, best first; hits: whether each is right; precision,
    challenge_precision: AP@7 both ways.
    """

    top: tuple[int, ...]
    hits: tuple[bool, ...]
    precision: float
    challenge_precision: float
    in_shortlist: bool
    milliseconds: float


@dataclass(frozen=True)
class AskedQuery:
    """A query that was looked up; `right`: offsets of its right answers in the catalogue."""

    path: str
    right: tuple[int, ...]


@dataclass(frozen=True)
class EvaluationRow:
    """What one method reaches. `map7` divides by all right answers (paper, eq. 10),

    `map7_challenge` by the right ones among the seven; `interval` is the 95 % bootstrap interval
    of `map7`; `shortlist_recall`: queries with a right answer in the short-list; `ms_per_query`:
    describing, asking the sources and re-ranking, work that methods share counted for each.
    `answers`: of each query, in the order of `Evaluation.asked`.
    """

    method: Method
    map7: float
    map7_challenge: float
    interval: tuple[float, float]
    top1: float
    shortlist_recall: float
    ms_per_query: float
    answers: tuple[QueryAnswer, ...] = ()


@dataclass(frozen=True)
class Evaluation:
    """One row per method, over the `asked` queries and `catalogue_images` pictures.

    seconds: what the whole took. certainties: of the first method with rerank "hybrid", each query
    as it is and with its product taken out of the short-list.
    """

    asked: tuple[AskedQuery, ...]
    catalogue_images: int
    rows: tuple[EvaluationRow, ...]
    seconds: float = 0.0
    certainties: tuple[Certainty, ...] = ()

    @property
    def queries(self) -> int:
        """How many were looked up."""
        return len(self.asked)


@dataclass(frozen=True, eq=False)
class _Described:
    """One query: a descriptor (D,) per (backbone, pooling), milliseconds per backbone."""

    descriptors: dict[tuple[str, str], NDArray[np.float32]]
    milliseconds: dict[str, float]


@dataclass(frozen=True, eq=False)
class _Ranked:
    """The deep ranking of one query, and what describing and ranking cost."""

    ranking: Ranking
    milliseconds: float


def evaluate(
    searcher: Searcher,
    queries: Sequence[LabelledQuery],
    methods: Sequence[Method],
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Evaluation:
    """Every query through every method, by pictures as the paper counts them, not by products.

    A query is described once for all poolings, matched and verified once with each picture. Queries
    whose product is not in the catalogue, or whose photo cannot be read, are left out, with a word
    in the log. Raises UserError: a method that the store cannot serve, no query left.
    """
    started = time.perf_counter()
    for method in methods:
        searcher.check(method)
    # Pictures that could not be read cannot be found: no method is blamed for them.
    unreadable = searcher.store.table(["error"]).column(0).is_valid().to_numpy()
    images = searcher.store.read_images()
    truth = GroundTruth(images, np.flatnonzero(unreadable).tolist())
    answerable = [query for query in queries if truth.right_answers(query)]
    if len(answerable) < len(queries):
        log.warning(
            "%d of %d queries show a product that is not in the catalogue; they are left out.",
            len(queries) - len(answerable),
            len(queries),
        )
    if not answerable:
        raise UserError("None of the queries shows a product of this catalogue.")
    report = _Progress(progress, should_stop, 2 * len(answerable))
    described, readable, unreadable_photos = [], [], []
    for query in answerable:
        try:
            described.append(_describe(searcher, query, methods, report))
            readable.append(query)
        except PhotoError as error:
            log.warning("%s This query is left out.", error)
            unreadable_photos.append(error)
    if not readable:
        raise UserError(f"None of the queries' photos could be read; {unreadable_photos[0]}")
    ranked = _deep_rankings(searcher, described, methods, report)
    for method in methods:  # the indices; the matrices of descriptors have had their turn
        others = tuple(source for source in method.sources if source != "deep")
        searcher.sources.open(replace(method, sources=others), should_stop=should_stop)
    asked, answers = [], []
    certainties: list[Certainty] = []
    hybrid = next((n for n, method in enumerate(methods) if method.rerank == "hybrid"), None)
    for i, query in enumerate(readable):
        look_up = LookUps(searcher, query.path, described[i].descriptors, methods)
        right = truth.right_answers(query)
        of_query = []
        for method, rankings in zip(methods, ranked, strict=True):
            order, shortlist, cost = look_up.order(method, rankings[i].ranking)
            of_query.append(_answer(order, shortlist, right, cost + rankings[i].milliseconds))
        if hybrid is not None:
            deep = ranked[hybrid][i].ranking
            certainties += look_up.certainties(methods[hybrid], deep, right, images)
        asked.append(AskedQuery(query.path, tuple(sorted(right))))
        answers.append(of_query)
        report.step()
    rows = _rows(methods, [tuple(of_method) for of_method in zip(*answers, strict=True)])
    pictures, seconds = searcher.store.info().images, since(started) / 1000
    return Evaluation(tuple(asked), pictures, rows, seconds, tuple(certainties))


class _Progress:
    """Counts steps, tells them on, and stops when asked."""

    def __init__(
        self, tell: Callable[[int, int], None], should_stop: Callable[[], bool], total: int
    ) -> None:
        self._tell, self._should_stop, self._total, self._done = tell, should_stop, total, 0

    def step(self) -> None:
        self._done += 1
        self._tell(self._done, self._total)
        self.check()

    def check(self) -> None:
        if self._should_stop():
            raise Cancelled("The evaluation was stopped.")


def _describe(
    searcher: Searcher, query: LabelledQuery, methods: Sequence[Method], report: _Progress
) -> _Described:
    """One forward pass for each backbone that the methods name."""
    photo = read_photo(query.path)
    descriptors: dict[tuple[str, str], NDArray[np.float32]] = {}
    milliseconds: dict[str, float] = {}
    for backbone in dict.fromkeys(method.backbone for method in methods):
        deep = [deep_alone(m) for m in methods if m.backbone == backbone]
        started = time.perf_counter()
        by_pooling = searcher.describe(photo, deep).descriptors
        milliseconds[backbone] = since(started)
        descriptors |= {(backbone, pooling): row for pooling, row in by_pooling.items()}
    report.step()
    return _Described(descriptors, milliseconds)


def _deep_rankings(
    searcher: Searcher,
    described: Sequence[_Described],
    methods: Sequence[Method],
    report: _Progress,
) -> list[list[_Ranked]]:
    """The deep ranking of every query by every method; equal rankings are computed once.

    Empty for methods that do not ask for it. Column by column, because the searcher holds one
    matrix of descriptors at a time.
    """
    by_ranking: dict[Method, list[_Ranked]] = {}
    for method in sorted(methods, key=lambda m: (m.backbone, m.pooling)):
        key = deep_alone(method)
        if key in by_ranking or "deep" not in method.sources:
            continue
        searcher.open(key)
        by_ranking[key] = ranked = []
        for query in described:
            report.check()
            started = time.perf_counter()
            descriptor = query.descriptors[method.backbone, method.pooling]
            ranking = searcher.sources.rank_deep(descriptor, method)
            ranked.append(_Ranked(ranking, query.milliseconds[method.backbone] + since(started)))
    nothing = Ranking(np.zeros(0, np.int64), np.zeros(0, np.float32))
    return [
        by_ranking[deep_alone(method)]
        if "deep" in method.sources
        else [_Ranked(nothing, query.milliseconds[method.backbone]) for query in described]
        for method in methods
    ]


def _answer(
    order: Sequence[int], shortlist: Sequence[int], right: set[int], milliseconds: float
) -> QueryAnswer:
    top = tuple(order[:TOP])
    hits = tuple(offset in right for offset in top)
    return QueryAnswer(
        top=top,
        hits=hits,
        precision=average_precision(hits, len(right)),
        challenge_precision=challenge_average_precision(hits),
        in_shortlist=not right.isdisjoint(shortlist),
        milliseconds=milliseconds,
    )


def _rows(
    methods: Sequence[Method], answers: Sequence[tuple[QueryAnswer, ...]]
) -> tuple[EvaluationRow, ...]:
    intervals = bootstrap_intervals([[a.precision for a in of_method] for of_method in answers])
    return tuple(
        EvaluationRow(
            method=method,
            map7=_mean([answer.precision for answer in of_method]),
            map7_challenge=_mean([answer.challenge_precision for answer in of_method]),
            interval=interval,
            top1=_mean([answer.hits[:1] == (True,) for answer in of_method]),
            shortlist_recall=_mean([answer.in_shortlist for answer in of_method]),
            ms_per_query=_mean([answer.milliseconds for answer in of_method]),
            answers=of_method,
        )
        for method, of_method, interval in zip(methods, answers, intervals, strict=True)
    )


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values))
