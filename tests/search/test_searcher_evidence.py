"""Searcher with every source and re-ranking: what its hits tell, stopping, stores that change."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from beautyfinder.errors import Cancelled
from beautyfinder.features.text import Word
from beautyfinder.features.text_engine import TextReadingError
from beautyfinder.photo import Photo, photo_from_pixels, read_photo
from beautyfinder.search import evidence
from beautyfinder.search import searcher as searching
from beautyfinder.search.method import RERANKS, Hit, Method, SearchResult
from beautyfinder.search.searcher import Searcher, recommended_method
from beautyfinder.store.store import FeatureStore
from tests.conftest import PACK_WORDS, TinyCatalogue
from tests.pictures import pack_picture

FULL = Method("efficientnet-lite0", "r-mac", "cosine")  # all sources, hybrid
STAGES = ["open", "describe", "rank", "rerank"]
Read = Callable[..., None]


@pytest.fixture(scope="module")
def searcher(worded_store: FeatureStore) -> Searcher:
    return Searcher(worded_store, "cpu")


@pytest.fixture(scope="module")
def photos(tiny_catalogue: TinyCatalogue) -> dict[str, Photo]:
    return {product_id: read_photo(path) for product_id, path in tiny_catalogue.photos.items()}


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Read:
    """`read("milk", "soap")`: what is read on every photo from now on."""
    box = np.array([[50, 90], [150, 90], [150, 120], [50, 120]], np.float32)

    def set_words(*texts: str) -> None:
        words = tuple(Word(text, 0.9, box) for text in texts)
        monkeypatch.setattr(searching, "read_words", lambda _pixels: words)

    return set_words


def products(hits: tuple[Hit, ...]) -> list[str]:
    return [hit.image.product_id for hit in hits]


# What hits tell


@pytest.mark.parametrize("rerank", RERANKS)
def test_each_re_ranking_finds_the_product(
    searcher: Searcher, photos: dict[str, Photo], read: Read, rerank: str
) -> None:
    for product_id, photo in photos.items():
        read(PACK_WORDS[int(product_id[1:])])
        hits = searcher.search(photo, replace(FULL, rerank=rerank)).hits
        assert hits[0].image.product_id == product_id
        scores = [hit.score for hit in hits]
        assert scores == sorted(scores, reverse=True)
        assert all((hit.matches is None) == (rerank == "none") for hit in hits)
        assert all((hit.inliers is None) == (rerank in ("none", "sift")) for hit in hits)


@pytest.mark.parametrize("rerank", ["verified", "hybrid"])
def test_inliers(searcher: Searcher, photos: dict[str, Photo], read: Read, rerank: str) -> None:
    read()
    first, *others = searcher.search(photos["p04"], replace(FULL, rerank=rerank), top=14).hits
    assert first.inliers is not None
    assert first.matches is not None
    assert 20 < first.inliers <= first.matches
    for hit in others:
        assert hit.inliers is not None
        assert hit.matches is not None
        assert 0 <= hit.inliers <= min(hit.matches, first.inliers / 2)


def test_verified_is_by_inliers_then_matches(
    searcher: Searcher, photos: dict[str, Photo], read: Read
) -> None:
    read()
    hits = searcher.search(photos["p11"], replace(FULL, rerank="verified"), top=14).hits
    keys = [(hit.inliers or 0, hit.matches or 0) for hit in hits]
    assert keys == sorted(keys, reverse=True)


@pytest.mark.parametrize("rerank", RERANKS)
def test_hits_name_the_words_that_agree(
    searcher: Searcher, photos: dict[str, Photo], read: Read, rerank: str
) -> None:
    read("Lavendor.", "verbena", "nonsense")  # p01's, misread, and p09's
    hits = searcher.search(photos["p01"], replace(FULL, rerank=rerank), top=14).hits
    told = {hit.image.product_id: hit.words for hit in hits if hit.words}
    assert told == {"p01": ("Lavendor",), "p09": ("verbena",)}


def test_words_help_where_nothing_else_does(
    searcher: Searcher, photos: dict[str, Photo], read: Read
) -> None:
    """A photo of nothing but a word: the hybrid puts the pack with that word first."""
    blank = photo_from_pixels(pack_picture(0) * 0 + 128, "blank")
    for number in (3, 8):
        read(PACK_WORDS[number])
        first = searcher.search(blank, FULL).hits[0]
        assert first.image.product_id == f"p{number:02}"
        assert first.inliers == 0


def test_distances_do_not_depend_on_the_source(
    searcher: Searcher, photos: dict[str, Photo], read: Read
) -> None:
    """Of pictures that words brought in, too, though the ranking by descriptors lacks them."""
    read("verbena")
    deep = replace(FULL, sources=("deep",), rerank="none")
    ranked = searcher.search(photos["p04"], deep, top=14, distinct_products=False).hits
    known = {hit.offset: hit.distance for hit in ranked}
    for sources in (("words",), ("local", "words"), ("deep", "words")):
        method = replace(FULL, sources=sources, shortlist=3)
        hits = searcher.search(photos["p04"], method, distinct_products=False).hits
        assert "p09" in products(hits)
        for hit in hits:
            assert hit.distance == pytest.approx(known[hit.offset], abs=1e-5)


# Reading words is not to be had everywhere


def test_without_a_reader_of_words(
    searcher: Searcher,
    worded_store: FeatureStore,
    photos: dict[str, Photo],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Said once however many look-ups there are; they go on as if there were no words."""
    tried = []

    def fail(pixels: np.ndarray) -> tuple[Word, ...]:
        tried.append(pixels.shape)
        raise TextReadingError("Words on packs cannot be read, because rapidocr does not load.")

    monkeypatch.setattr(searching, "read_words", fail)
    monkeypatch.setattr(searching, "text_reading_problem", lambda: "rapidocr does not load.")
    degraded = Searcher(worded_store, "cpu")
    with caplog.at_level(logging.INFO):
        results = {product_id: degraded.search(photo) for product_id, photo in photos.items()}
    said = [record.getMessage() for record in caplog.records if "rapidocr" in record.getMessage()]
    assert len(said) == len(tried) == 1
    assert said[0].endswith("does not load. Look-ups go on without words.")
    for product_id, result in results.items():
        assert result.method == recommended_method(worded_store)
        assert result.hits[0].image.product_id == product_id
        assert all(hit.words == () for hit in result.hits)
        without = replace(FULL, sources=("deep", "local"))
        expected = searcher.search(photos[product_id], without).hits
        assert products(result.hits) == products(expected)


def test_words_are_not_read_unless_asked(
    searcher: Searcher, photos: dict[str, Photo], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "read_words", lambda _: pytest.fail("nobody asked"))
    for rerank in RERANKS:
        method = replace(FULL, sources=("deep", "local"), rerank=rerank)
        assert searcher.search(photos["p07"], method).hits[0].words == ()


# Stopping


@pytest.mark.parametrize("rerank", RERANKS)
def test_stopping_between_stages(
    searcher: Searcher, photos: dict[str, Photo], read: Read, rerank: str
) -> None:
    """Asked to during a stage, it begins no other; the next look-up is as good as ever."""
    read("mandarin")
    method = replace(FULL, rerank=rerank)
    for at in STAGES[:-1]:
        begun: list[str] = []

        def tell(stage: str, _done: int, _total: int, begun: list[str] = begun) -> None:
            begun.append(stage)

        def stop(at: str = at, begun: list[str] = begun) -> bool:
            return at in begun

        with pytest.raises(Cancelled):
            searcher.search(photos["p00"], method, tell, stop)
        assert begun == STAGES[: STAGES.index(at) + 1]
    assert searcher.search(photos["p00"], method).hits[0].image.product_id == "p00"


@pytest.mark.parametrize("rerank", ["verified", "hybrid"])
def test_stopping_amid_verification(
    searcher: Searcher,
    photos: dict[str, Photo],
    read: Read,
    monkeypatch: pytest.MonkeyPatch,
    rerank: str,
) -> None:
    read("mandarin")
    monkeypatch.setattr(evidence, "_PAIRS_AT_A_TIME", 3)
    told: list[tuple[str, int, int]] = []
    with pytest.raises(Cancelled):
        searcher.search(
            photos["p00"],
            replace(FULL, rerank=rerank),
            lambda *progress: told.append(progress),
            lambda: ("rerank", 6, 14) in told,
        )
    assert told[-1] == ("rerank", 6, 14)


# Stores that others change


@pytest.fixture
def changing(worded_store: FeatureStore, tmp_path: Path) -> FeatureStore:
    return FeatureStore.open(shutil.copytree(worded_store.folder, tmp_path / "changing"))


@pytest.mark.parametrize("rerank", ["none", "hybrid"])
def test_refresh(changing: FeatureStore, photos: dict[str, Photo], read: Read, rerank: str) -> None:
    """Until then it answers from the version it opened, afterwards from the newest by all means."""
    read(PACK_WORDS[4])
    method = replace(FULL, rerank=rerank)
    searcher = Searcher(changing, "cpu")
    assert searcher.search(photos["p04"], method).hits[0].words == (PACK_WORDS[4],)
    kept = searcher.sources
    searcher.refresh()
    assert searcher.sources is kept  # nothing has changed

    other = FeatureStore.open(changing.folder)
    with other.locked():
        assert other.delete(["shop/p04.png"]) == 1
    assert searcher.search(photos["p04"], method).hits[0].image.product_id == "p04"
    searcher.refresh()
    assert searcher.store.version > changing.version
    for sources in (("deep",), ("local",), FULL.sources):
        chosen = replace(method, sources=sources)
        hits = searcher.search(photos["p04"], chosen, top=14).hits
        assert "p04" not in products(hits)
        assert all(hit.words == () for hit in hits)
    # Rows have moved up: each is still found where it is now.
    read(PACK_WORDS[7])
    for sources in (("deep",), ("local",), ("words",), FULL.sources):
        first = searcher.search(photos["p07"], replace(method, sources=sources)).hits[0]
        assert first.image.product_id == "p07"
        assert searcher.store.read_images([first.offset]) == [first.image]


def test_one_photo_that_cannot_be_read_costs_only_its_own_words(
    worded_store: FeatureStore,
    photos: dict[str, Photo],
    read: Read,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    read(PACK_WORDS[1])
    readable = searching.read_words

    def fail_once(pixels: np.ndarray) -> tuple[Word, ...]:
        monkeypatch.setattr(searching, "read_words", readable)
        raise TextReadingError("Words could not be read (odd shape); rapidocr failed.")

    monkeypatch.setattr(searching, "read_words", fail_once)
    searcher = Searcher(worded_store, "cpu")
    found = [searcher.search(photos["p01"]).hits[0].words for _ in range(2)]
    assert not found[0]
    assert found[1]
    (said,) = (record.getMessage() for record in caplog.records)
    assert said.endswith("This look-up goes on without words.")


# The short-list before it is re-ranked, and what speaks for a hit


def test_the_shortlist_is_told_before_it_is_re_ranked(
    searcher: Searcher, photos: dict[str, Photo], read: Read
) -> None:
    read(PACK_WORDS[4])
    told: list[SearchResult] = []
    result = searcher.search(photos["p04"], FULL, on_shortlist=told.append, top=100)
    (before,) = told
    assert before.verdict == "unsure"
    assert set(products(before.hits)) == set(products(result.hits))
    assert [hit.rank for hit in before.hits] == list(range(1, len(before.hits) + 1))
    assert all(hit.matches is None and hit.reasons == () for hit in before.hits)
    assert "rerank" not in before.timings
    ranked = searcher.search(photos["p04"], replace(FULL, rerank="none"), top=100)
    assert [h.offset for h in ranked.hits] == [h.offset for h in before.hits]
    told.clear()
    searcher.search(photos["p04"], replace(FULL, rerank="none"), on_shortlist=told.append)
    assert told == []  # the answer itself comes at once


def test_hits_tell_what_speaks_for_them(
    searcher: Searcher, photos: dict[str, Photo], read: Read
) -> None:
    read()
    best, *others = searcher.search(photos["p04"], FULL).hits
    assert "details" in best.reasons
    assert "words" not in best.reasons
    assert all(len(hit.reasons) < len(best.reasons) for hit in others)
    read(PACK_WORDS[4])
    assert "words" in searcher.search(photos["p04"], FULL).hits[0].reasons
    assert searcher.search(photos["p04"], replace(FULL, rerank="sift")).hits[0].reasons == ()
