"""Searcher: from a photo to hits, on a tiny store made from pictures drawn here."""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from beautyfinder.errors import Cancelled, UserError
from beautyfinder.features import text_engine
from beautyfinder.features.descriptor import DeepDescriber
from beautyfinder.features.pooling import PAPER_POOLINGS
from beautyfinder.photo import Photo, photo_from_pixels, read_photo
from beautyfinder.search import searcher as searching
from beautyfinder.search.distances import METRICS
from beautyfinder.search.method import RERANKS, Method
from beautyfinder.search.searcher import Searcher, check_method, recommended_method
from beautyfinder.store.columns import DescriptorColumn
from beautyfinder.store.indexer import IndexOptions, index
from beautyfinder.store.store import FeatureStore
from tests.conftest import TinyCatalogue
from tests.pictures import pack_picture

METHOD = Method("efficientnet-lite0", "r-mac", "cosine", ("deep",), "sift")  # the paper's
STAGES = ["open", "describe", "rank", "rerank"]


@pytest.fixture(scope="module")
def searcher(tiny_store: FeatureStore) -> Searcher:
    return Searcher(tiny_store, "cpu")


@pytest.fixture(scope="module")
def photos(tiny_catalogue: TinyCatalogue) -> dict[str, Photo]:
    return {product_id: read_photo(path) for product_id, path in tiny_catalogue.photos.items()}


# What is found


def test_right_product_first(searcher: Searcher, photos: dict[str, Photo]) -> None:
    for product_id, photo in photos.items():
        first = searcher.search(photo).hits[0]
        assert first.image.product_id == product_id
        assert first.image.title == f"Product {int(product_id[1:])}"


@pytest.mark.parametrize("ranker", ["exact", "hnsw"])
def test_catalogue_picture_finds_itself(store_copy: FeatureStore, ranker: str) -> None:
    searcher = Searcher(store_copy, "cpu")
    photo = photo_from_pixels(pack_picture(5), "p05")
    for pooling, metric in product(PAPER_POOLINGS, METRICS):
        method = replace(METHOD, metric=metric, pooling=pooling, ranker=ranker, rerank="none")
        if (ranker, metric) == ("hnsw", "l1"):
            with pytest.raises(UserError, match="HNSW"):
                searcher.search(photo, method)
            continue
        first = searcher.search(photo, method).hits[0]
        assert first.image.image_id == "shop/p05.png"
        assert first.distance == pytest.approx(0, abs=0.05)


def test_hits_by_sift(searcher: Searcher, photos: dict[str, Photo]) -> None:
    result = searcher.search(photos["p04"], METHOD)
    assert result.method == METHOD
    assert [hit.rank for hit in result.hits] == list(range(1, 8))
    assert all(hit.matches == int(hit.score) for hit in result.hits)
    scores = [hit.score for hit in result.hits]
    assert scores == sorted(scores, reverse=True)
    assert result.hits[0].matches > 60
    assert scores[0] > scores[1] + 10
    first = result.hits[0]
    assert searcher.store.read_images([first.offset]) == [first.image]
    assert first.inliers is None
    sure = [hit.confidence or 0 for hit in result.hits]
    assert sure == sorted(sure, reverse=True)
    assert 0 < sum(sure) <= 1


def test_hits_without_re_ranking(searcher: Searcher, photos: dict[str, Photo]) -> None:
    result = searcher.search(photos["p04"], replace(METHOD, rerank="none"))
    distances = [hit.distance for hit in result.hits]
    assert distances == sorted(distances)
    assert [hit.score for hit in result.hits] == [-d for d in distances]
    assert all(hit.matches is None for hit in result.hits)


def test_re_ranking_looks_at_the_short_list_alone(
    searcher: Searcher, photos: dict[str, Photo]
) -> None:
    ranked = searcher.search(photos["p07"], replace(METHOD, rerank="none"), distinct_products=False)
    short = searcher.search(photos["p07"], replace(METHOD, shortlist=3), distinct_products=False)
    assert {h.offset for h in short.hits} == {h.offset for h in ranked.hits[:3]}
    by_offset = {hit.offset: hit.distance for hit in ranked.hits}
    assert all(hit.distance == by_offset[hit.offset] for hit in short.hits)


@pytest.mark.parametrize("rerank", ["none", "sift"])
def test_distinct_products(searcher: Searcher, photos: dict[str, Photo], rerank: str) -> None:
    method = replace(METHOD, rerank=rerank)
    pictures = searcher.search(photos["p00"], method, top=14, distinct_products=False).hits
    products = searcher.search(photos["p00"], method, top=14).hits
    assert len(pictures) == 14  # the broken one is never a hit
    assert len(products) == len({hit.image.product_id for hit in products}) == 12
    best = {}
    for hit in pictures:
        best.setdefault(hit.image.product_id, hit)
    assert [replace(hit, rank=0) for hit in best.values()] == [
        replace(hit, rank=0) for hit in products
    ]
    assert [hit.rank for hit in products] == list(range(1, 13))


@pytest.mark.parametrize("top", [1, 3, 12, 50])
def test_top(searcher: Searcher, photos: dict[str, Photo], top: int) -> None:
    assert len(searcher.search(photos["p01"], METHOD, top=top).hits) == min(top, 12)


def test_blank_photo_is_answered(searcher: Searcher) -> None:
    blank = photo_from_pixels(pack_picture(0) * 0 + 128, "blank")
    result = searcher.search(blank, METHOD)
    assert [hit.matches for hit in result.hits] == [0] * 7
    ranked = searcher.search(blank, replace(METHOD, rerank="none"))
    assert [h.offset for h in result.hits] == [h.offset for h in ranked.hits]


@pytest.mark.parametrize("rerank", RERANKS)
def test_nothing_in_common_is_no_fault_of_the_stores(searcher: Searcher, rerank: str) -> None:
    """A blank photo has a descriptor, but no features and no words."""
    blank = photo_from_pixels(pack_picture(0) * 0 + 128, "blank")
    result = searcher.search(blank, replace(METHOD, sources=("local",), rerank=rerank))
    assert (result.hits, result.verdict) == ((), "no match")
    result = searcher.search(blank, replace(METHOD, sources=("deep", "local"), rerank=rerank))
    assert len(result.hits) == 7
    assert result.verdict != "match"


def test_without_rapidocr_it_goes_on(
    worded_store: FeatureStore,
    photos: dict[str, Photo],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """As where the library is not installed: said once, what to do with it."""
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    text_engine._start.cache_clear()
    searcher = Searcher(worded_store, "cpu")
    for product_id in ("p01", "p11"):
        first = searcher.search(photos[product_id]).hits[0]
        assert (first.image.product_id, first.words) == (product_id, ())
    (said,) = (record.getMessage() for record in caplog.records)
    assert "pip install rapidocr" in said
    assert said.endswith("Look-ups go on without words.")
    alone = searcher.search(photos["p01"], Method(METHOD.backbone, "r-mac", "cosine", ("words",)))
    assert (alone.hits, alone.verdict) == ((), "no match")


def test_same_photo_same_answer(tiny_store: FeatureStore, photos: dict[str, Photo]) -> None:
    one, other = (Searcher(tiny_store, "cpu").search(photos["p11"], METHOD) for _ in range(2))
    assert one.hits == other.hits


# How it goes


def test_timings_and_progress(searcher: Searcher, photos: dict[str, Photo]) -> None:
    told: list[tuple[str, int, int]] = []
    result = searcher.search(
        photos["p00"], METHOD, progress=lambda *progress: told.append(progress)
    )
    assert list(result.timings) == [*STAGES, "total"]
    assert all(ms >= 0 for ms in result.timings.values())
    stages = sum(result.timings[stage] for stage in STAGES)
    assert stages <= result.timings["total"] + 1e-6
    assert list(dict.fromkeys(stage for stage, _, _ in told)) == STAGES
    assert told[-1] == ("rerank", 14, 14)
    assert all(0 <= done <= total for _, done, total in told)


@pytest.mark.parametrize("at", STAGES)
def test_stopping(searcher: Searcher, photos: dict[str, Photo], at: str) -> None:
    """Asked during a stage, it stops before the next step."""
    begun: list[str] = []
    with pytest.raises(Cancelled):
        searcher.search(
            photos["p00"],
            METHOD,
            progress=lambda stage, *_: begun.append(stage),
            should_stop=lambda: at in begun,
        )
    assert begun == STAGES[: STAGES.index(at) + 1]
    assert searcher.search(photos["p00"], METHOD).hits[0].image.product_id == "p00"


def test_networks_and_matrices_are_loaded_once(
    tiny_store: FeatureStore, photos: dict[str, Photo], monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []

    class Counting(DeepDescriber):
        def __init__(self, *arguments: object) -> None:
            loaded.append("network")
            super().__init__(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(searching, "DeepDescriber", Counting)
    read = FeatureStore.read_descriptors

    def reading(self: FeatureStore, column: DescriptorColumn) -> object:
        loaded.append(column.pooling)
        return read(self, column)

    monkeypatch.setattr(FeatureStore, "read_descriptors", reading)
    searcher = Searcher(tiny_store, "cpu")
    for metric in METRICS:
        searcher.search(photos["p00"], replace(METHOD, metric=metric))
    assert sorted(loaded) == ["network", "r-mac"]
    searcher.search(photos["p00"], replace(METHOD, pooling="mac"))
    assert sorted(loaded) == ["mac", "network", "r-mac"]


def test_what_the_store_can_serve_is_asked_once(
    store_copy: FeatureStore, photos: dict[str, Photo], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is counted over all rows; a store that has changed is asked anew."""
    asked: list[int] = []
    has_local_features = FeatureStore.has_local_features

    def asking(self: FeatureStore) -> bool:
        asked.append(self.version)
        return has_local_features(self)

    monkeypatch.setattr(FeatureStore, "has_local_features", asking)
    searcher = Searcher(store_copy, "cpu")
    for _ in range(3):
        searcher.search(photos["p00"], METHOD)
    assert asked == [store_copy.version]
    with pytest.raises(UserError):
        searcher.check(replace(METHOD, sources=("words",)))
    with pytest.raises(UserError):  # refused again, not remembered as served
        searcher.check(replace(METHOD, sources=("words",)))
    other = FeatureStore.open(store_copy.folder)
    with other.locked():
        other.delete(["shop/p07.png"])
    searcher.refresh()
    searcher.search(photos["p00"], METHOD)
    assert asked[-1] == other.version


def test_open_loads_what_a_search_needs(
    tiny_store: FeatureStore, photos: dict[str, Photo], monkeypatch: pytest.MonkeyPatch
) -> None:
    searcher = Searcher(tiny_store, "cpu")
    searcher.open(METHOD)
    monkeypatch.setattr(searching, "DeepDescriber", lambda *_: pytest.fail("loaded late"))
    assert searcher.search(photos["p07"], METHOD).hits[0].image.product_id == "p07"


# What the store cannot serve


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"metric": "l3"}, "no metric “l3”: choose among cosine, l2, l1"),
        ({"rerank": "magic"}, "no re-ranking “magic”: choose among none, sift, verified, hybrid"),
        ({"ranker": "tree"}, "no ranker “tree”: choose among exact, hnsw"),
        ({"sources": ("deep", "smell")}, "no source “smell”"),
        ({"shortlist": 0}, "at least 1 picture"),
        ({"ratio": 0.0}, "a ratio above 0 up to 1"),
        ({"ratio": 1.01}, "a ratio above 0 up to 1"),
    ],
)
def test_choices_that_there_are_not(
    searcher: Searcher, photos: dict[str, Photo], change: dict[str, object], said: str
) -> None:
    with pytest.raises(UserError, match=said):
        check_method(replace(METHOD, **change))  # type: ignore[arg-type]
    with pytest.raises(UserError, match=said):
        searcher.search(photos["p00"], replace(METHOD, **change))  # type: ignore[arg-type]


@pytest.mark.parametrize("change", [{"backbone": "vgg16"}, {"pooling": "gem"}])
def test_column_that_the_store_lacks(
    searcher: Searcher, photos: dict[str, Photo], change: dict[str, str]
) -> None:
    with pytest.raises(UserError, match=r"has no descriptors of .* index again with"):
        searcher.search(photos["p00"], replace(METHOD, **change))  # type: ignore[arg-type]


def test_other_weights(store_copy: FeatureStore, photos: dict[str, Photo]) -> None:
    """The store says which weights described it; others would give nonsense."""
    folder = store_copy.folder / "other"
    store = FeatureStore.open_or_create(folder)
    column = DescriptorColumn("efficientnet-lite0", "r-mac", 1280, "ab" * 32, 320)
    store.add_descriptor_column(column)
    with pytest.raises(UserError, match=r"other weights of efficientnet-lite0 \(abababab…\)"):
        Searcher(FeatureStore.open(folder), "cpu").search(
            photos["p00"], replace(METHOD, rerank="none")
        )


@pytest.fixture(scope="module")
def without_local(
    tiny_catalogue: TinyCatalogue, tmp_path_factory: pytest.TempPathFactory
) -> FeatureStore:
    folder = tmp_path_factory.mktemp("stores") / "no-local"
    options = IndexOptions(device="cpu", poolings=("mac", "spoc"), local_features=False, text=False)
    index(folder, [tiny_catalogue.folder / "shop"], options)
    return FeatureStore.open(folder)


def test_re_ranking_without_local_features(
    without_local: FeatureStore, photos: dict[str, Photo]
) -> None:
    searcher = Searcher(without_local, "cpu")
    method = replace(METHOD, pooling="mac")
    with pytest.raises(UserError, match="no local features to re-rank by; use --rerank none"):
        searcher.search(photos["p00"], method)
    assert len(searcher.search(photos["p00"], replace(method, rerank="none")).hits) == 7


def test_recommended_method(
    tiny_store: FeatureStore,
    worded_store: FeatureStore,
    without_local: FeatureStore,
    tmp_path: Path,
) -> None:
    recommended = recommended_method(worded_store)
    assert recommended == Method("efficientnet-lite0", "r-mac", recommended.metric, rerank="hybrid")
    assert recommended.sources == ("deep", "local", "words")
    check_method(recommended)
    recommended = recommended_method(tiny_store)
    assert (recommended.sources, recommended.rerank) == (("deep", "local"), "hybrid")
    recommended = recommended_method(without_local)
    assert (recommended.pooling, recommended.rerank) == ("mac", "none")
    assert recommended.sources == ("deep",)
    empty = FeatureStore.open_or_create(tmp_path / "empty")
    with pytest.raises(UserError, match="no pictures yet; run `beautyfinder index"):
        recommended_method(empty)


def test_no_such_device(tiny_store: FeatureStore) -> None:
    with pytest.raises(UserError, match="no device “abacus”"):
        Searcher(tiny_store, "abacus")
