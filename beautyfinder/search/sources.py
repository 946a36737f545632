"""The three sources of the short-list over one version of a store, each loaded when first asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from beautyfinder.errors import UserError
from beautyfinder.features.keypoints import LocalFeatures
from beautyfinder.features.text import Word
from beautyfinder.search.candidates import Candidates, best
from beautyfinder.search.distances import METRICS
from beautyfinder.search.exact import Ranker, exact_ranker
from beautyfinder.search.local_index import LocalIndex
from beautyfinder.search.local_index_files import Progress, ShouldStop, never, silent
from beautyfinder.search.method import Method
from beautyfinder.search.ranking import HnswRanker, Ranking
from beautyfinder.search.shortlist import merge
from beautyfinder.search.words import WordScores, WordsIndex
from beautyfinder.store.columns import DescriptorColumn
from beautyfinder.store.store import FeatureStore


@dataclass(frozen=True, eq=False)
class Answers:
    """What the sources say of one query; None where one was not asked.

    deep: the nearest pictures; votes: float32 (N,) and words: one score for every row of the store.
    """

    deep: Ranking | None
    votes: NDArray[np.float32] | None
    words: WordScores | None


class Sources:
    """Rankers and indices of one store. For use by one thread."""

    def __init__(self, store: FeatureStore, device: torch.device) -> None:
        self._store, self._device = store, device
        self._exact: tuple[DescriptorColumn, Ranker] | None = None
        self._hnsw: dict[tuple[str, str, str], HnswRanker] = {}
        self._local: LocalIndex | None = None
        self._words: WordsIndex | None = None
        self._readable: NDArray[np.bool_] | None = None

    def open(
        self, method: Method, progress: Progress = silent, should_stop: ShouldStop = never
    ) -> None:
        """Load what `method` asks; an index that is missing, stale or torn is built first.

        `progress(done, total)` hears of the pictures taken in, where one is built. Raises
        Cancelled when `should_stop` says so.
        """
        if "deep" in method.sources:
            self._ranker(method, progress, should_stop)
        if "local" in method.sources:
            self._local_index(progress, should_stop)
        if "words" in method.sources:
            self._words_index(progress, should_stop)

    def rank_deep(self, descriptor: NDArray[np.float32], method: Method) -> Ranking:
        """The nearest `shortlist` pictures of the whole catalogue (paper, 3.4.1)."""
        ranker = self._ranker(method)
        if isinstance(ranker, HnswRanker):
            return ranker.rank(descriptor, method.shortlist)
        return ranker.rank(descriptor, method.metric, method.shortlist)

    def votes(self, query: LocalFeatures) -> NDArray[np.float32]:
        """The local index's votes for every row of the store."""
        return self._local_index().votes(query)

    def word_scores(self, words: Sequence[Word]) -> WordScores:
        """How the words agree with every row of the store."""
        return self._words_index().scores(words)

    def found_words(self, words: Sequence[Word], offsets: Sequence[int]) -> list[tuple[str, ...]]:
        """Those of the words read on the photo that agree with each picture at `offsets`."""
        return self._words_index().found(words, offsets)

    def shortlist(self, answers: Answers, method: Method) -> Candidates:
        """The sources that `method` asks merged; pictures that could not be read are left out."""
        lists = []
        for source in method.sources:
            if source == "deep" and answers.deep is not None:
                lists.append(Candidates(answers.deep.offsets, -answers.deep.distances))
            elif source == "local" and answers.votes is not None:
                lists.append(best(answers.votes, method.shortlist))
            elif source == "words" and answers.words is not None:
                scores = np.where(self._readable_rows(), answers.words.combined(), 0)
                lists.append(best(scores.astype(np.float32), method.shortlist))
        return merge(lists, method.shortlist)

    def distances(
        self, descriptor: NDArray[np.float32], method: Method, offsets: Sequence[int]
    ) -> NDArray[np.float32]:
        """Distances (K,) of the rows at `offsets`, whichever source they came from."""
        column = self._store.descriptor_column(method.backbone, method.pooling)
        rows = torch.from_numpy(self._store.read_descriptor_rows(column, offsets))
        if not len(rows):
            return np.zeros(0, np.float32)
        with torch.inference_mode():
            return METRICS[method.metric](torch.from_numpy(descriptor), rows).numpy()

    def _ranker(
        self, method: Method, progress: Progress = silent, should_stop: ShouldStop = never
    ) -> Ranker | HnswRanker:
        column = self._store.descriptor_column(method.backbone, method.pooling)
        if method.ranker == "hnsw":
            key = (method.backbone, method.pooling, method.metric)
            if key not in self._hnsw:
                self._hnsw[key] = HnswRanker(self._store, column, method.metric)
            return self._hnsw[key]
        # One matrix at a time: of half a million pictures each is over a gigabyte.
        if self._exact is None or self._exact[0] != column:
            self._exact = None
            ranker = exact_ranker(self._store, column, self._device, progress, should_stop)
            self._exact = (column, ranker)
        return self._exact[1]

    def _local_index(
        self, progress: Progress = silent, should_stop: ShouldStop = never
    ) -> LocalIndex:
        if self._local is None:
            self._local = LocalIndex(self._store, progress, should_stop)
        return self._local

    def _words_index(
        self, progress: Progress = silent, should_stop: ShouldStop = never
    ) -> WordsIndex:
        if self._words is None:
            self._words = WordsIndex(self._store, progress, should_stop)
        return self._words

    def _readable_rows(self) -> NDArray[np.bool_]:
        if self._readable is None:
            errors = self._store.table(["error"]).column(0)
            self._readable = errors.is_null().to_numpy()
        return self._readable


def check_sources(store: FeatureStore, method: Method) -> None:
    """Raises UserError when the store lacks what `method` needs besides descriptors."""
    if method.rerank != "none" and not store.has_local_features():
        raise UserError(
            f"The store {store.folder} has no local features to re-rank by; use --rerank none, or "
            "index again without --no-local-features."
        )
    if "local" in method.sources and not store.has_local_features():
        raise UserError(
            f"The store {store.folder} has no local features to search by; leave “local” out of "
            "--sources, or index again without --no-local-features."
        )
    if "words" in method.sources and not store.has_words():
        raise UserError(
            f"The store {store.folder} has no words read off the packs; leave “words” out of "
            "--sources, or index again without --no-text."
        )
