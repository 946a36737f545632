"""The types of a look-up: how it is done (Method) and what it finds (Hit, SearchResult)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from beautyfinder.store.product import ProductImage

SOURCES = ("deep", "local", "words")
RERANKS = ("none", "sift", "verified", "hybrid")
RANKERS = ("exact", "hnsw")
SHORTLIST = 100
RATIO = 0.8
TOP = 7


@dataclass(frozen=True)
class Method:
    """How a look-up is done.

    `sources` of the short-list, each over the whole catalogue: "deep" descriptors, "local"
    features, "words" on the pack. `shortlist`: how many of the best ranked are re-ranked. `rerank`:
    "sift", the paper's rule; "verified", by spatially verified RootSIFT matches; "hybrid", by all
    evidence fused. `ratio`: greatest nearest-to-second-nearest distance of a match of the paper's
    rule. The paper's own is sources=("deep",) with rerank="sift". `ranker` "hnsw" ranks the deep
    descriptors approximately.
    """

    backbone: str
    pooling: str
    metric: str
    sources: tuple[str, ...] = SOURCES
    rerank: str = "hybrid"
    shortlist: int = SHORTLIST
    ratio: float = RATIO
    ranker: str = "exact"


@dataclass(frozen=True)
class Hit:
    """One answer. `score`: higher is better; `distance`: of the descriptors, lower is better.

    `offset`: the picture's row in the store that was searched. `matches`: keypoints matched, None
    where nothing was matched (rerank "none"); `inliers`: those that agree on where the product lies
    in the photo, None where that was not asked; `words`: those read on the photo that agree with
    the product's; `reasons`: what speaks for it, the strongest first, among "details", "words",
    "looks" and "likeness" (rerank "hybrid"); `confidence`: how probable it is, 0 to 1, that the
    photo shows this product, None where that is not known (rerank "none", or nothing else found).
    """

    rank: int
    image: ProductImage
    score: float
    distance: float
    offset: int
    matches: int | None = None
    inliers: int | None = None
    words: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    confidence: float | None = None


def sure_words(hit: Hit) -> str:
    """“87 %”, for tables; empty where the confidence is not known. Never 0 or 100 %."""
    if hit.confidence is None:
        return ""
    percent = round(100 * hit.confidence)
    return "< 1 %" if percent < 1 else f"{percent} %" if percent < 100 else "> 99 %"


@dataclass(frozen=True)
class SearchResult:
    """The hits of one query, best first, with milliseconds per stage and the method used.

    `verdict`: "match", "unsure" or "no match", by the first hit's confidence, see `verdict_of`.
    """

    hits: tuple[Hit, ...]
    timings: Mapping[str, float]
    method: Method
    verdict: str
