"""Searcher: a photo in, the most likely products out."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from types import MappingProxyType

from beautyfinder.errors import Cancelled, UserError
from beautyfinder.features.descriptor import DeepDescriber
from beautyfinder.features.device import choose_device
from beautyfinder.features.keypoints import QUERY_LIMIT, LocalFeatures, extract_local_features
from beautyfinder.features.text import Word, read_words, text_reading_problem
from beautyfinder.features.text_engine import TextReadingError
from beautyfinder.photo import Photo
from beautyfinder.search.appearance import Agreement
from beautyfinder.search.confidence import confidences
from beautyfinder.search.description import Description
from beautyfinder.search.distances import METRICS
from beautyfinder.search.evidence import Evidence, Pair, gather, verify_ahead, verify_all
from beautyfinder.search.hybrid import features
from beautyfinder.search.method import RANKERS, RERANKS, SOURCES, TOP, Hit, Method, SearchResult
from beautyfinder.search.reranking import Reranked, rerank_hybrid, rerank_sift, rerank_verified
from beautyfinder.search.sources import Answers, Sources, check_sources
from beautyfinder.search.verdict import NO_MATCH, THRESHOLDS, UNSURE, Thresholds, verdict_of
from beautyfinder.search.workers import workers
from beautyfinder.store.product import ProductImage
from beautyfinder.store.store import FeatureStore

log = logging.getLogger(__name__)

_NOTHING_SURE: Mapping[str, float | None] = MappingProxyType({})
Progress = Callable[[str, int, int], None]
StopCheck = Callable[[], bool]


def recommended_method(store: FeatureStore, backbone: str | None = None) -> Method:
    """What a look-up uses when nothing, or the backbone alone, is chosen.

    R-MAC ranks best before re-ranking, on real and on drawn photos; of the metrics none is best on
    both, and cosine is the cheapest. All sources that the store can serve, and all evidence, do
    best on every set. Raises UserError when the store has no descriptors.
    """
    if not store.descriptors:
        raise UserError(
            f"The store {store.folder} has no pictures yet; run `beautyfinder index SOURCE "
            f"--store {store.folder}`."
        )
    backbone = backbone or store.descriptors[0].backbone
    poolings = [column.pooling for column in store.descriptors if column.backbone == backbone]
    preference = ("r-mac", "ra-mac", "mac", "spoc", "gem", "cls")
    # A backbone that the store does not have is refused where its column is asked for.
    pooling = next((name for name in preference if name in poolings), preference[0])
    local, words = store.has_local_features(), store.has_words()
    sources = ("deep", *(("local",) if local else ()), *(("words",) if words else ()))
    return Method(backbone, pooling, "cosine", sources, rerank="hybrid" if local else "none")


class Searcher:
    """Answers queries from one version of a store. Keeps networks and rankers once loaded.

    For use by one thread.
    """

    def __init__(self, store: FeatureStore, device: str = "auto") -> None:
        """Raises UserError when there is no such device."""
        self.store = store
        self.device = choose_device(device)
        self._device_name = device
        self._describers: dict[str, DeepDescriber] = {}
        self.sources = Sources(store, self.device)
        self._checked: set[Method] = set()
        self._cannot_read_words = False
        self._words: tuple[Photo, tuple[Word, ...]] | None = None  # read last

    def search(
        self,
        photo: Photo,
        method: Method | None = None,
        progress: Progress = lambda _stage, _done, _total: None,
        should_stop: StopCheck = lambda: False,
        on_shortlist: Callable[[SearchResult], None] | None = None,
        *,
        top: int = TOP,
        distinct_products: bool = True,
        thresholds: Thresholds = THRESHOLDS,
    ) -> SearchResult:
        """The `top` most likely products in `photo`, the best picture of each.

        `distinct_products=False` gives the best pictures instead, as the paper counts them.
        `progress` hears of each stage ("open", "describe", "rank", "rerank"), what is done of how
        much. `on_shortlist` is given the short-list as it is before re-ranking, while that goes on;
        its verdict is "unsure". `thresholds`: of the verdict. There are no hits where the sources,
        without "deep" among them, find nothing. Raises UserError when the store cannot serve
        `method`, Cancelled when `should_stop` says so.
        """
        method = method or recommended_method(self.store)
        clock = _Clock(progress, should_stop)
        clock.begin("open")
        self.open(method, lambda done, total: progress("open", done, total), should_stop)
        clock.begin("describe")
        known: dict[int, Pair] = {}
        looks: dict[int, Agreement | None] = {}
        with ThreadPoolExecutor(1, "words") as beside:  # the slowest, on one core
            words = beside.submit(self.read_words, photo) if "words" in method.sources else None
            query = self._without_words(photo, [method])
            clock.begin("rank")
            answers = self.ask(query, method)
            if words is not None:
                if method.rerank in ("verified", "hybrid"):  # what would be in the short-list
                    likely = self.sources.shortlist(answers, method).offsets.tolist()
                    seen = looks if method.rerank == "hybrid" else None
                    verify_ahead(query, self.store, likely, known, seen, words.done, should_stop)
                query = replace(query, words=words.result())
                answers = replace(answers, words=self.sources.word_scores(query.words or ()))
        shortlist = self.sources.shortlist(answers, method)
        if not len(shortlist.offsets) and "deep" in method.sources:
            raise UserError(
                f"The store {self.store.folder} has no picture that could be read; "
                "`beautyfinder store check` names them."
            )
        offsets = shortlist.offsets.tolist()
        reading = workers().submit(self.store.read_images, offsets)  # beside what follows
        ranked = [Reranked(i, float(score), None) for i, score in enumerate(shortlist.scores)]
        if on_shortlist is not None and method.rerank != "none" and ranked:
            images = reading.result()
            chosen = (_best_of_each_product(ranked, images) if distinct_products else ranked)[:top]
            hits = self._hits(query, answers, method, offsets, images, chosen)
            on_shortlist(SearchResult(hits, dict(clock.timings), method, UNSURE))
        clock.begin("rerank")
        order, evidence = self._rerank(
            query,
            ranked,
            offsets,
            answers,
            method,
            lambda done, total: progress("rerank", done, total),
            should_stop,
            known,
            looks,
        )
        images = reading.result()
        best_of_product = _best_of_each_product(order, images)
        chosen = (best_of_product if distinct_products else order)[:top]
        sure = _sure_of_products(best_of_product, images, method, evidence, answers)
        hits = self._hits(query, answers, method, offsets, images, chosen, sure)
        # Of features and words, other than of descriptors, there may be none in common.
        verdict = verdict_of(hits[0].confidence, thresholds) if hits else NO_MATCH
        clock.end()
        return SearchResult(hits, clock.timings, method, verdict)

    def refresh(self) -> None:
        """Go on with the store's newest version, where others have written since."""
        newest = self.store.refreshed()
        if newest is not self.store:
            self.store = newest
            self.sources = Sources(newest, self.device)
            self._describers.clear()
            self._checked.clear()

    def open(
        self,
        method: Method,
        progress: Callable[[int, int], None] = lambda _done, _total: None,
        should_stop: StopCheck = lambda: False,
    ) -> None:
        """Load what `method` needs: network, descriptors, indices. Done by `search` when needed.

        `progress(done, total)`: pictures taken into an index that has to be built first.
        Raises UserError when the store cannot serve `method`, Cancelled when `should_stop` says so.
        """
        self.check(method)
        self.sources.open(method, progress, should_stop)
        self._describer(method.backbone)

    def check(self, method: Method) -> None:
        """Raises UserError when the store cannot serve `method`; loads nothing."""
        if method in self._checked:
            return
        check_method(method)
        self.store.descriptor_column(method.backbone, method.pooling)
        check_sources(self.store, method)  # of half a million pictures it takes 0.1 s
        self._checked.add(method)

    def describe(self, photo: Photo, methods: Sequence[Method]) -> Description:
        """The query as `methods`, all of one backbone, need it; one forward pass for all poolings.

        Where words cannot be read on this machine the log says so once, and there are none.
        """
        with ThreadPoolExecutor(1, "words") as beside:
            wanted = any("words" in method.sources for method in methods)
            words = beside.submit(self.read_words, photo) if wanted else None
            query = self._without_words(photo, methods)
            return replace(query, words=words.result() if words else None)

    def _without_words(self, photo: Photo, methods: Sequence[Method]) -> Description:
        describer = self._describer(methods[0].backbone)
        described = describer.describe([describer.prepare(photo.pixels)])
        local = any(m.rerank != "none" or "local" in m.sources for m in methods)
        return Description(
            photo.pixels,
            {m.pooling: described[m.pooling][0] for m in methods},
            self.local_features(photo) if local else None,
        )

    def local_features(self, photo: Photo) -> LocalFeatures:
        """The query's keypoints: more than a catalogue picture's."""
        return extract_local_features(photo.pixels, QUERY_LIMIT)

    def ask(self, query: Description, method: Method) -> Answers:
        """What each of the sources that `method` names says of the query."""
        deep = votes = words = None
        if "deep" in method.sources:
            deep = self.sources.rank_deep(query.descriptors[method.pooling], method)
        if "local" in method.sources and query.local is not None:
            votes = self.sources.votes(query.local)
        if "words" in method.sources and query.words is not None:
            words = self.sources.word_scores(query.words)
        return Answers(deep, votes, words)

    def evidence(
        self,
        query: Description,
        answers: Answers,
        method: Method,
        offsets: Sequence[int],
        pairs: Sequence[Pair],
        looks: dict[int, Agreement | None] | None = None,
    ) -> Evidence:
        """All evidence of the candidates at `offsets`; see `gather`."""
        words = answers.words
        return gather(
            query,
            self.store,
            self.store.descriptor_column(method.backbone, method.pooling),
            offsets,
            pairs,
            None if answers.votes is None else answers.votes[offsets],
            None if words is None else (words.pack[offsets], words.text[offsets]),
            looks,
        )

    def _rerank(
        self,
        query: Description,
        ranked: list[Reranked],
        offsets: Sequence[int],
        answers: Answers,
        method: Method,
        progress: Callable[[int, int], None],
        should_stop: StopCheck,
        known: dict[int, Pair],
        looks: dict[int, Agreement | None],
    ) -> tuple[list[Reranked], Evidence | None]:
        """The candidates, best first, and their evidence in the order of `offsets` (hybrid)."""
        if method.rerank == "none" or query.local is None:
            return ranked, None
        if method.rerank == "sift":
            candidates = self.store.read_local_features(offsets)
            order = rerank_sift(query.local, candidates, method.ratio, progress, should_stop)
            return order, None
        pairs = verify_all(query, self.store, offsets, known, progress, should_stop)
        if method.rerank == "verified":
            return rerank_verified(pairs), None
        evidence = self.evidence(query, answers, method, offsets, pairs, looks)
        return rerank_hybrid(pairs, evidence), evidence

    def _hits(
        self,
        query: Description,
        answers: Answers,
        method: Method,
        offsets: Sequence[int],
        images: Sequence[ProductImage],
        chosen: Sequence[Reranked],
        sure: Mapping[str, float | None] = _NOTHING_SURE,
    ) -> tuple[Hit, ...]:
        rows = [offsets[candidate.place] for candidate in chosen]
        distances = self._distances(query, answers, method, rows)
        words = self.sources.found_words(query.words, rows) if query.words else [()] * len(rows)
        return tuple(
            Hit(
                rank=rank,
                image=images[candidate.place],
                score=candidate.score,
                distance=float(distance),
                offset=offsets[candidate.place],
                matches=candidate.matches,
                inliers=candidate.inliers,
                words=words[rank - 1],
                reasons=candidate.reasons,
                confidence=sure.get(images[candidate.place].product_id),
            )
            for rank, (candidate, distance) in enumerate(zip(chosen, distances, strict=True), 1)
        )

    def _distances(
        self, query: Description, answers: Answers, method: Method, offsets: Sequence[int]
    ) -> Sequence[float]:
        """Of the descriptors; those of the ranking where it has them all."""
        if answers.deep is not None:
            known = dict(zip(answers.deep.offsets.tolist(), answers.deep.distances, strict=True))
            if known.keys() >= set(offsets):
                return [float(known[offset]) for offset in offsets]
        descriptor = query.descriptors[method.pooling]
        return [float(d) for d in self.sources.distances(descriptor, method, offsets)]

    def read_words(self, photo: Photo) -> tuple[Word, ...]:
        """The words on the photo; none, and a word in the log, where this machine cannot read."""
        if self._cannot_read_words:
            return ()
        try:
            words = read_words(photo.pixels)
            self._words = photo, words
            return words
        except TextReadingError as error:
            self._cannot_read_words = text_reading_problem() is not None
            which = "Look-ups go" if self._cannot_read_words else "This look-up goes"
            log.warning("%s %s on without words.", error, which)
            return ()

    def words_on(self, photo: Photo) -> tuple[Word, ...] | None:
        """The words on `photo` where it is the one that they were read on last."""
        return self._words[1] if self._words is not None and self._words[0] is photo else None

    def _describer(self, backbone: str) -> DeepDescriber:
        if backbone not in self._describers:
            columns = [c for c in self.store.descriptors if c.backbone == backbone]
            poolings = [column.pooling for column in columns]
            describer = DeepDescriber(backbone, poolings, self._device_name, columns[0].longer_side)
            for column in columns:
                if column.longer_side != describer.longer_side:
                    raise UserError(
                        f"The store {self.store.folder} has descriptors of {backbone} made at "
                        f"{column.longer_side} and at {describer.longer_side} px, which do not fit "
                        "together; index anew."
                    )
                if column.weights_sha256 != describer.weights_sha256:
                    raise UserError(
                        f"The store {self.store.folder} was described with other weights of "
                        f"{backbone} ({column.weights_sha256[:8]}…) than this machine has "
                        f"({describer.weights_sha256[:8]}…); import those weights or index anew."
                    )
            self._describers[backbone] = describer
        return self._describers[backbone]


def check_method(method: Method) -> None:
    """Raises UserError when a field of `method` names no choice that there is."""
    for what, chosen, choices in (
        ("metric", method.metric, tuple(METRICS)),
        ("re-ranking", method.rerank, RERANKS),
        ("ranker", method.ranker, RANKERS),
        *(("source", source, SOURCES) for source in method.sources),
    ):
        if chosen not in choices:
            raise UserError(f"There is no {what} “{chosen}”: choose among {', '.join(choices)}.")
    if not method.sources:
        raise UserError(f"A short-list needs a source: choose among {', '.join(SOURCES)}.")
    if method.shortlist < 1 or not 0 < method.ratio <= 1:
        raise UserError("The short-list needs at least 1 picture, and a ratio above 0 up to 1.")


def _best_of_each_product(
    order: Sequence[Reranked], images: Sequence[ProductImage]
) -> list[Reranked]:
    """The first candidate of every product, in order. `images` by place in the short-list."""
    best: dict[str, Reranked] = {}
    for candidate in order:
        best.setdefault(images[candidate.place].product_id, candidate)
    return list(best.values())


def _sure_of_products(
    products: Sequence[Reranked],
    images: Sequence[ProductImage],
    method: Method,
    evidence: Evidence | None,
    answers: Answers,
) -> dict[str, float | None]:
    """The confidence in each product by its id. `products`: the best picture of each, in order."""
    places = [product.place for product in products]
    known = None if evidence is None else features(evidence)[places]
    found = confidences(products, method.rerank, known, answers.words is not None)
    return {images[place].product_id: one for place, one in zip(places, found, strict=True)}


class _Clock:
    """Times the stages of a look-up in milliseconds, and stops between them when asked."""

    def __init__(self, progress: Progress, should_stop: StopCheck) -> None:
        self.timings: dict[str, float] = {}
        self._progress, self._should_stop = progress, should_stop
        self._stage: str | None = None
        self._began = self._start = time.perf_counter()

    def begin(self, stage: str) -> None:
        self._finish_stage()
        if self._should_stop():
            raise Cancelled("The look-up was stopped.")
        self._stage = stage
        self._progress(stage, 0, 1)

    def end(self) -> None:
        self._finish_stage()
        self.timings["total"] = (self._began - self._start) * 1000

    def _finish_stage(self) -> None:
        now = time.perf_counter()
        if self._stage is not None:
            self.timings[self._stage] = (now - self._began) * 1000
        self._began = now
