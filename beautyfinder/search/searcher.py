"""Searcher: a photo in, the most likely products out."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beautyfinder.errors import Cancelled, UserError
from beautyfinder.features.descriptor import DeepDescriber
from beautyfinder.features.device import choose_device
from beautyfinder.features.keypoints import QUERY_LIMIT, LocalFeatures, extract_local_features
from beautyfinder.photo import Photo
from beautyfinder.search.distances import METRICS
from beautyfinder.search.method import RANKERS, RERANKS, SOURCES, TOP, Hit, Method, SearchResult
from beautyfinder.search.ranking import ExactRanker, HnswRanker, Ranking
from beautyfinder.search.reranking import Reranked, rerank_sift
from beautyfinder.search.verdict import verdict_of
from beautyfinder.store.product import ProductImage
from beautyfinder.store.store import DescriptorColumn, FeatureStore

Progress = Callable[[str, int, int], None]
StopCheck = Callable[[], bool]


@dataclass(frozen=True, eq=False)
class Description:
    """A query in numbers: float32 (D,) per pooling, and its local features if asked for."""

    descriptors: dict[str, NDArray[np.float32]]
    local: LocalFeatures | None


def recommended_method(store: FeatureStore, backbone: str | None = None) -> Method:
    """What a look-up uses when nothing, or the backbone alone, is chosen.

    R-MAC ranks best before re-ranking, on real and on drawn photos; of the metrics none is best on
    both, and cosine is the cheapest. Raises UserError when the store has no descriptors.
    """
    if not store.descriptors:
        raise UserError(
            f"The store {store.folder} has no pictures yet; run `beautyfinder index SOURCE "
            f"--store {store.folder}`."
        )
    backbone = backbone or store.descriptors[0].backbone
    poolings = [column.pooling for column in store.descriptors if column.backbone == backbone]
    preference = ("r-mac", "ra-mac", "mac", "spoc")
    # A backbone that the store does not have is refused where its column is asked for.
    pooling = next((name for name in preference if name in poolings), preference[0])
    rerank = "sift" if store.has_local_features() else "none"
    return Method(backbone, pooling, metric="cosine", rerank=rerank)


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
        self._exact: tuple[DescriptorColumn, ExactRanker] | None = None
        self._hnsw: dict[tuple[str, str, str], HnswRanker] = {}

    def search(
        self,
        photo: Photo,
        method: Method | None = None,
        progress: Progress = lambda _stage, _done, _total: None,
        should_stop: StopCheck = lambda: False,
        *,
        top: int = TOP,
        distinct_products: bool = True,
    ) -> SearchResult:
        """The `top` most likely products in `photo`, the best picture of each.

        `distinct_products=False` gives the best pictures instead, as the paper counts them.
        `progress` hears of each stage ("open", "describe", "rank", "rerank"), what is done of how
        much. Raises UserError when the store cannot serve `method`, Cancelled when `should_stop`
        says so.
        """
        method = method or recommended_method(self.store)
        clock = _Clock(progress, should_stop)
        clock.begin("open")
        self.open(method)
        clock.begin("describe")
        described = self.describe(
            photo, method.backbone, (method.pooling,), method.rerank != "none"
        )
        clock.begin("rank")
        ranking = self.rank(described.descriptors[method.pooling], method)
        if not len(ranking.offsets):
            raise UserError(
                f"The store {self.store.folder} has no picture that could be read; "
                "`beautyfinder store check` names them."
            )
        clock.begin("rerank")
        order = self._rerank(described, ranking, method, progress, should_stop)
        images = self.store.read_images(ranking.offsets.tolist())
        best_of_product = _best_of_each_product(order, images)
        chosen = best_of_product if distinct_products else order
        hits = tuple(
            _hit(rank, candidate, ranking, images[candidate.place])
            for rank, candidate in enumerate(chosen[:top], 1)
        )
        verdict = verdict_of([c.matches for c in best_of_product if c.matches is not None])
        clock.end()
        return SearchResult(hits, clock.timings, method, verdict)

    def refresh(self) -> None:
        """Go on with the store's newest version, where others have written since."""
        newest = self.store.refreshed()
        if newest is not self.store:
            self.store = newest
            self._exact = None
            self._hnsw.clear()
            self._describers.clear()

    def open(self, method: Method) -> None:
        """Load what `method` needs: network, descriptors. Done by `search` when it was not yet."""
        self.check(method)
        self._ranker(method)
        self._describer(method.backbone)

    def check(self, method: Method) -> None:
        """Raises UserError when the store cannot serve `method`; loads nothing."""
        check_method(method)
        self.store.descriptor_column(method.backbone, method.pooling)
        if method.rerank != "none" and not self.store.has_local_features():
            raise UserError(
                f"The store {self.store.folder} has no local features to re-rank by; use "
                "--rerank none, or index again without --no-local-features."
            )

    def describe(
        self, photo: Photo, backbone: str, poolings: tuple[str, ...], local: bool
    ) -> Description:
        """The query's descriptors by each pooling, from one forward pass, and local features."""
        describer = self._describer(backbone)
        described = describer.describe([describer.prepare(photo.pixels)])
        return Description(
            {pooling: described[pooling][0] for pooling in poolings},
            extract_local_features(photo.pixels, QUERY_LIMIT) if local else None,
        )

    def rank(self, descriptor: NDArray[np.float32], method: Method) -> Ranking:
        """The short-list of `method`: the nearest `shortlist` pictures of the whole catalogue."""
        ranker = self._ranker(method)
        if isinstance(ranker, HnswRanker):
            return ranker.rank(descriptor, method.shortlist)
        return ranker.rank(descriptor, method.metric, method.shortlist)

    def _rerank(
        self,
        described: Description,
        ranking: Ranking,
        method: Method,
        progress: Progress,
        should_stop: StopCheck,
    ) -> list[Reranked]:
        if described.local is None:
            return [Reranked(i, -float(d), None) for i, d in enumerate(ranking.distances)]
        candidates = self.store.read_local_features(ranking.offsets.tolist())
        return rerank_sift(
            described.local,
            candidates,
            method.ratio,
            lambda done, total: progress("rerank", done, total),
            should_stop,
        )

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

    def _ranker(self, method: Method) -> ExactRanker | HnswRanker:
        column = self.store.descriptor_column(method.backbone, method.pooling)
        if method.ranker == "hnsw":
            key = (method.backbone, method.pooling, method.metric)
            if key not in self._hnsw:
                self._hnsw[key] = HnswRanker(self.store, column, method.metric)
            return self._hnsw[key]
        # One matrix at a time: of half a million pictures each is over a gigabyte.
        if self._exact is None or self._exact[0] != column:
            self._exact = None
            ranker = ExactRanker(self.store.read_descriptors(column), self.device)
            self._exact = (column, ranker)
        return self._exact[1]


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


def _hit(rank: int, candidate: Reranked, ranking: Ranking, image: ProductImage) -> Hit:
    return Hit(
        rank=rank,
        image=image,
        score=candidate.score,
        distance=float(ranking.distances[candidate.place]),
        offset=int(ranking.offsets[candidate.place]),
        matches=candidate.matches,
    )


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
