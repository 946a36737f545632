"""One labelled photo looked up by many methods: what they share is computed once."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from beautyfinder.evaluation.calibration import Certainty
from beautyfinder.photo import read_photo
from beautyfinder.search.appearance import Agreement
from beautyfinder.search.confidence import confidences
from beautyfinder.search.description import Description
from beautyfinder.search.evidence import Evidence, Pair, verify_all
from beautyfinder.search.hybrid import features
from beautyfinder.search.matching import QueryMatcher
from beautyfinder.search.method import Method
from beautyfinder.search.ranking import Ranking
from beautyfinder.search.reranking import Reranked, rerank_hybrid, rerank_verified, sift_score
from beautyfinder.search.searcher import Searcher
from beautyfinder.search.sources import Answers
from beautyfinder.search.words import WordScores
from beautyfinder.store.product import ProductImage


def deep_alone(method: Method) -> Method:
    """`method` reduced to its ranking by deep descriptors; equal for methods that share it."""
    return replace(method, sources=("deep",), rerank="none", ratio=1.0)


def since(started: float) -> float:
    """Milliseconds since `started`, a time of `time.perf_counter`."""
    return (time.perf_counter() - started) * 1000


class LookUps:
    """Look-ups of one photo. Costs are those of each method alone, in milliseconds."""

    def __init__(
        self,
        searcher: Searcher,
        path: str,
        descriptors: dict[tuple[str, str], NDArray[np.float32]],
        methods: Sequence[Method],
    ) -> None:
        """`descriptors`: (D,) per (backbone, pooling), of the whole photo. Raises PhotoError."""
        self._searcher = searcher
        self._descriptors = descriptors
        photo = read_photo(path)
        started = time.perf_counter()
        local = any(m.rerank != "none" or "local" in m.sources for m in methods)
        self._local = searcher.local_features(photo) if local else None
        self._local_ms = since(started)
        started = time.perf_counter()
        words = any("words" in method.sources for method in methods)
        self._words = searcher.read_words(photo) if words else None
        self._words_ms = since(started)
        self._pixels = photo.pixels
        self._votes: tuple[NDArray[np.float32], float] | None = None
        self._word_scores: tuple[WordScores, float] | None = None
        self._matcher: QueryMatcher | None = None
        self._sift: dict[tuple[float, int], tuple[float, float]] = {}
        self._pairs: dict[int, tuple[Pair, float]] = {}
        self._looks: dict[int, Agreement | None] = {}
        self._looks_ms = 0.0

    def order(self, method: Method, deep: Ranking) -> tuple[list[int], list[int], float]:
        """The hits' offsets, best first, the short-list they come from, and the cost.

        `deep`: the ranking by the method's descriptors, whose cost is not counted here.
        """
        answers, cost = self._answers(method, deep)
        started = time.perf_counter()
        shortlist = self._searcher.sources.shortlist(answers, method).offsets.tolist()
        cost += since(started)
        if method.rerank != "none" or "local" in method.sources:
            cost += self._local_ms
        if method.rerank == "none":
            return shortlist, shortlist, cost
        if method.rerank == "sift":
            scores, matching = self.sift_scores(shortlist, method.ratio)
            order = sorted(shortlist, key=lambda offset: -scores[offset])
            return order, shortlist, cost + matching
        pairs, matching = self._verified(shortlist)
        if method.rerank == "verified":
            reranked = rerank_verified(pairs)
        else:
            started = time.perf_counter()
            evidence = self._evidence(method, answers, shortlist, pairs)
            # Looks are compared for the first method that asks; each would alone.
            self._looks_ms = max(self._looks_ms, since(started))
            matching += self._looks_ms
            reranked = rerank_hybrid(pairs, evidence)
        return [shortlist[c.place] for c in reranked], shortlist, cost + matching

    def evidence(self, method: Method, deep: Ranking, offsets: Sequence[int]) -> Evidence:
        """All evidence of the pictures at `offsets`, as `method` has it of its short-list."""
        answers, _ = self._answers(method, deep)
        return self._evidence(method, answers, offsets, self._verified(offsets)[0])

    def certainties(
        self, method: Method, deep: Ranking, right: set[int], images: Sequence[ProductImage]
    ) -> list[Certainty]:
        """How sure the hybrid is of its first product, as it is and without the right answers.

        As if the catalogue did not have them. `images`: the whole catalogue's, by offset. None of
        the two where there is no other product to stand out from.
        """
        answers, _ = self._answers(method, deep)
        shortlist = self._searcher.sources.shortlist(answers, method).offsets.tolist()
        pairs = self._verified(shortlist)[0]
        evidence = self._evidence(method, answers, shortlist, pairs)
        order, known = rerank_hybrid(pairs, evidence), features(evidence)
        told = []
        for present in (True, False):
            best: dict[str, Reranked] = {}
            for candidate in order:
                if present or shortlist[candidate.place] not in right:
                    product = images[shortlist[candidate.place]].product_id
                    best.setdefault(product, candidate)
            products = list(best.values())
            cues = known[[product.place for product in products]]
            sure = confidences(products, "hybrid", cues, answers.words is not None)
            if sure and sure[0] is not None:
                first_right = shortlist[products[0].place] in right
                told.append(Certainty(sure[0], first_right, present))
        return told

    def _evidence(
        self, method: Method, answers: Answers, shortlist: Sequence[int], pairs: Sequence[Pair]
    ) -> Evidence:
        query = self._description(method.backbone)
        return self._searcher.evidence(query, answers, method, shortlist, pairs, self._looks)

    def _description(self, backbone: str) -> Description:
        descriptors = {
            pooling: row for (name, pooling), row in self._descriptors.items() if name == backbone
        }
        return Description(self._pixels, descriptors, self._local, self._words)

    def _answers(self, method: Method, deep: Ranking) -> tuple[Answers, float]:
        """What the method's sources say, and what asking them (but for `deep`) costs."""
        cost = 0.0
        votes = words = None
        if "local" in method.sources and self._local is not None:
            if self._votes is None:
                started = time.perf_counter()
                self._votes = self._searcher.sources.votes(self._local), since(started)
            votes, spent = self._votes
            cost += spent
        if "words" in method.sources and self._words is not None:
            if self._word_scores is None:
                started = time.perf_counter()
                scores = self._searcher.sources.word_scores(self._words)
                self._word_scores = scores, since(started)
            words, spent = self._word_scores
            cost += spent + self._words_ms
        return Answers(deep if "deep" in method.sources else None, votes, words), cost

    def sift_scores(self, offsets: Sequence[int], ratio: float) -> tuple[dict[int, float], float]:
        """The paper's score of each picture and the cost of matching them all."""
        assert self._local is not None
        new = [offset for offset in offsets if (ratio, offset) not in self._sift]
        if new:
            started = time.perf_counter()
            if self._matcher is None:
                self._matcher = QueryMatcher(self._local)
            matches = self._matcher.match(self._searcher.store.read_local_features(new), ratio)
            each = since(started) / len(new)
            self._sift.update(
                ((ratio, o), (sift_score(m), each)) for o, m in zip(new, matches, strict=True)
            )
        found = {offset: self._sift[ratio, offset] for offset in offsets}
        return {o: score for o, (score, _) in found.items()}, sum(ms for _, ms in found.values())

    def _verified(self, offsets: Sequence[int]) -> tuple[list[Pair], float]:
        new = [offset for offset in offsets if offset not in self._pairs]
        if new:
            started = time.perf_counter()
            query = Description(self._pixels, {}, self._local)
            pairs = verify_all(query, self._searcher.store, new)
            each = since(started) / len(new)
            self._pairs.update((o, (pair, each)) for o, pair in zip(new, pairs, strict=True))
        found = [self._pairs[offset] for offset in offsets]
        return [pair for pair, _ in found], sum(ms for _, ms in found)
