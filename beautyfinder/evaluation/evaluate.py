"""Labelled queries through several methods at once -> mAP@7, top-1, short-list recall, time."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from beautyfinder.errors import Cancelled, UserError
from beautyfinder.evaluation.ground_truth import GroundTruth, LabelledQuery
from beautyfinder.evaluation.metrics import (
    TOP,
    average_precision,
    bootstrap_interval,
    challenge_average_precision,
)
from beautyfinder.features.keypoints import QUERY_LIMIT, extract_local_features
from beautyfinder.photo import PhotoError, read_photo
from beautyfinder.search.method import Method
from beautyfinder.search.reranking import rerank_sift
from beautyfinder.search.searcher import Searcher

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class EvaluationRow:
    """What one method reaches. `map7` divides by all right answers (paper, eq. 10),

    `map7_challenge` by the right ones among the seven; `interval` is the 95 % bootstrap interval
    of `map7`; `shortlist_recall`: queries with a right answer in the short-list; `ms_per_query`:
    describing, ranking and re-ranking, work that methods share counted for each.
    """

    method: Method
    map7: float
    map7_challenge: float
    interval: tuple[float, float]
    top1: float
    shortlist_recall: float
    ms_per_query: float


@dataclass(frozen=True)
class Evaluation:
    """One row per method, over `queries` queries and `catalogue_images` pictures."""

    queries: int
    catalogue_images: int
    rows: tuple[EvaluationRow, ...]


@dataclass(frozen=True)
class _Answer:
    """How one query fared with one method."""

    precision: float
    challenge_precision: float
    first_right: bool
    in_shortlist: bool
    milliseconds: float


@dataclass(frozen=True, eq=False)
class _Described:
    """One query: a descriptor (D,) per (backbone, pooling), milliseconds per backbone."""

    descriptors: dict[tuple[str, str], NDArray[np.float32]]
    milliseconds: dict[str, float]


@dataclass(frozen=True)
class _Shortlist:
    """Rows nearest to one query, nearest first, and what describing and ranking cost."""

    offsets: list[int]
    milliseconds: float


def evaluate(
    searcher: Searcher,
    queries: Sequence[LabelledQuery],
    methods: Sequence[Method],
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Evaluation:
    """Every query through every method, by pictures as the paper counts them, not by products.

    A query is described once for all poolings, and matched once with each picture. Queries whose
    product is not in the catalogue, or whose photo cannot be read, are left out, with a word in
    the log. Raises UserError: a method that the store cannot serve, no query left.
    """
    for method in methods:
        searcher.check(method)
    # Pictures that could not be read cannot be found: no method is blamed for them.
    unreadable = searcher.store.table(["error"]).column(0).is_valid().to_numpy()
    truth = GroundTruth(searcher.store.read_images(), np.flatnonzero(unreadable).tolist())
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
    answerable = readable
    right = [truth.right_answers(query) for query in answerable]
    shortlists = _shortlists(searcher, described, methods, report)
    answers = [
        _answers(searcher, query, right[i], [lists[i] for lists in shortlists], methods, report)
        for i, query in enumerate(answerable)
    ]
    rows = tuple(_row(m, [of_query[i] for of_query in answers]) for i, m in enumerate(methods))
    return Evaluation(len(answerable), searcher.store.info().images, rows)


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
        poolings = tuple(dict.fromkeys(m.pooling for m in methods if m.backbone == backbone))
        started = time.perf_counter()
        by_pooling = searcher.describe(photo, backbone, poolings, local=False).descriptors
        milliseconds[backbone] = _since(started)
        descriptors |= {(backbone, pooling): by_pooling[pooling] for pooling in poolings}
    report.step()
    return _Described(descriptors, milliseconds)


def _shortlists(
    searcher: Searcher,
    described: Sequence[_Described],
    methods: Sequence[Method],
    report: _Progress,
) -> list[list[_Shortlist]]:
    """The short-list of every query by every method; equal rankings are computed once.

    Column by column, because the searcher holds one matrix of descriptors at a time.
    """
    by_ranking: dict[Method, list[_Shortlist]] = {}
    for method in sorted(methods, key=lambda m: (m.backbone, m.pooling)):
        key = replace(method, rerank="none", ratio=1.0)
        if key in by_ranking:
            continue
        searcher.open(key)
        by_ranking[key] = lists = []
        for query in described:
            report.check()
            started = time.perf_counter()
            ranking = searcher.rank(query.descriptors[method.backbone, method.pooling], method)
            cost = query.milliseconds[method.backbone] + _since(started)
            lists.append(_Shortlist(ranking.offsets.tolist(), cost))
    return [by_ranking[replace(method, rerank="none", ratio=1.0)] for method in methods]


def _answers(
    searcher: Searcher,
    query: LabelledQuery,
    right: set[int],
    shortlists: Sequence[_Shortlist],
    methods: Sequence[Method],
    report: _Progress,
) -> list[_Answer]:
    """How the query fares with each method; each picture is matched once for each ratio."""
    scores: dict[float, dict[int, float]] = {}
    costs: dict[float, float] = {}  # milliseconds of matching one picture
    extraction_ms = 0.0
    if any(method.rerank == "sift" for method in methods):
        started = time.perf_counter()
        local = extract_local_features(read_photo(query.path).pixels, QUERY_LIMIT)
        extraction_ms = _since(started)
        for ratio in {method.ratio for method in methods if method.rerank == "sift"}:
            offsets = sorted(
                {
                    offset
                    for method, shortlist in zip(methods, shortlists, strict=True)
                    if method.rerank == "sift" and method.ratio == ratio
                    for offset in shortlist.offsets
                }
            )
            started = time.perf_counter()
            candidates = searcher.store.read_local_features(offsets)
            reranked = rerank_sift(local, candidates, ratio)
            scores[ratio] = {offsets[candidate.place]: candidate.score for candidate in reranked}
            costs[ratio] = _since(started) / max(1, len(offsets))
    answers = []
    for method, shortlist in zip(methods, shortlists, strict=True):
        order, milliseconds = shortlist.offsets, shortlist.milliseconds
        if method.rerank == "sift":
            score_of = scores[method.ratio]
            order = sorted(order, key=lambda offset: -score_of[offset])
            milliseconds += extraction_ms + len(order) * costs[method.ratio]
        answers.append(_answer(order, right, milliseconds))
    report.step()
    return answers


def _answer(order: Sequence[int], right: set[int], milliseconds: float) -> _Answer:
    hits = [offset in right for offset in order[:TOP]]
    return _Answer(
        precision=average_precision(hits, len(right)),
        challenge_precision=challenge_average_precision(hits),
        first_right=bool(hits and hits[0]),
        in_shortlist=not right.isdisjoint(order),
        milliseconds=milliseconds,
    )


def _row(method: Method, answers: Sequence[_Answer]) -> EvaluationRow:
    def mean(values: Sequence[float]) -> float:
        return float(np.mean(values))

    precisions = [answer.precision for answer in answers]
    return EvaluationRow(
        method=method,
        map7=mean(precisions),
        map7_challenge=mean([answer.challenge_precision for answer in answers]),
        interval=bootstrap_interval(precisions),
        top1=mean([answer.first_right for answer in answers]),
        shortlist_recall=mean([answer.in_shortlist for answer in answers]),
        ms_per_query=mean([answer.milliseconds for answer in answers]),
    )


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000
