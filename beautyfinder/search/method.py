"""The types of a look-up: how it is done (Method) and what it finds (Hit, SearchResult)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from beautyfinder.store.product import ProductImage

SOURCES = ("deep",)
RERANKS = ("none", "sift")
RANKERS = ("exact", "hnsw")
SHORTLIST = 100
RATIO = 0.8
TOP = 7


@dataclass(frozen=True)
class Method:
    """How a look-up is done.

    `sources` of the short-list, each over the whole catalogue; `shortlist`: how many of the best
    ranked are re-ranked; `ratio`: greatest nearest-to-second-nearest distance of a match. The
    paper's own is sources=("deep",) with rerank="sift". `ranker` "hnsw" ranks approximately.
    """

    backbone: str
    pooling: str
    metric: str
    sources: tuple[str, ...] = ("deep",)
    rerank: str = "sift"
    shortlist: int = SHORTLIST
    ratio: float = RATIO
    ranker: str = "exact"


@dataclass(frozen=True)
class Hit:
    """One answer. `score`: higher is better; `distance`: of the descriptors, lower is better.

    `offset`: the picture's row in the store that was searched. `matches`: keypoints matched, None
    where nothing was matched (rerank "none"); `inliers` and `confidence` are None until a method
    computes them.
    """

    rank: int
    image: ProductImage
    score: float
    distance: float
    offset: int
    matches: int | None = None
    inliers: int | None = None
    confidence: float | None = None


@dataclass(frozen=True)
class SearchResult:
    """The hits of one query, best first, with milliseconds per stage and the method used.

    `verdict`: "match", "unsure" or "no match", see `verdict_of`.
    """

    hits: tuple[Hit, ...]
    timings: Mapping[str, float]
    method: Method
    verdict: str
