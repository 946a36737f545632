"""The sources of the short-list, alone and together, over stores with unreadable pictures."""

from __future__ import annotations

import shutil
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
import torch

from beautyfinder.errors import Cancelled, UserError
from beautyfinder.features.keypoints import (
    QUERY_LIMIT,
    LocalFeatures,
    extract_local_features,
    no_features,
)
from beautyfinder.features.text import Word
from beautyfinder.search import sources as module
from beautyfinder.search.method import SOURCES, Method
from beautyfinder.search.ranking import Ranking
from beautyfinder.search.sources import Answers, Sources, check_sources
from beautyfinder.search.words import WordScores
from beautyfinder.store.rows import to_table
from beautyfinder.store.store import DERIVED, FeatureStore
from tests.conftest import PACK_WORDS, MakeStore
from tests.pictures import phone_photo

METHOD = Method("efficientnet-lite0", "r-mac", "cosine", rerank="none")
CPU = torch.device("cpu")
NUMBER = 4  # the product in the photo


@pytest.fixture(scope="module")
def sources(worded_store: FeatureStore) -> Sources:
    return Sources(worded_store, CPU)


def ask(sources: Sources, store: FeatureStore, method: Method, word: str = "") -> Answers:
    """As a photo of product 4 would, described by its catalogue picture's own descriptor.

    `word`: what is read on it, else that product's own.
    """
    column = store.descriptor_column(method.backbone, method.pooling)
    (offset,) = offsets_of(store, f"p{NUMBER:02}")
    descriptor = store.read_descriptor_rows(column, [offset])[0]
    features = extract_local_features(phone_photo(NUMBER), QUERY_LIMIT)
    box = np.array([[0, 0], [50, 0], [50, 9], [0, 9]], np.float32)
    words = [Word(word or PACK_WORDS[NUMBER], 1.0, box)]
    return Answers(
        sources.rank_deep(descriptor, method) if "deep" in method.sources else None,
        sources.votes(features) if "local" in method.sources else None,
        sources.word_scores(words) if "words" in method.sources else None,
    )


def offsets_of(store: FeatureStore, product_id: str) -> list[int]:
    return [i for i, image in enumerate(store.read_images()) if image.product_id == product_id]


CHOICES = [chosen for count in (1, 2, 3) for chosen in combinations(SOURCES, count)]


@pytest.mark.parametrize("chosen", CHOICES)
def test_each_source_and_all_together_find_the_product(
    sources: Sources, worded_store: FeatureStore, chosen: tuple[str, ...]
) -> None:
    method = replace(METHOD, sources=chosen)
    found = sources.shortlist(ask(sources, worded_store, method), method)
    assert found.offsets[0] == offsets_of(worded_store, f"p{NUMBER:02}")[0]
    assert len(set(found.offsets.tolist())) == len(found.offsets)
    assert (np.diff(found.scores) <= 0).all()
    assert found.offsets.dtype == np.int64


def test_which_pictures_each_source_finds(sources: Sources, worded_store: FeatureStore) -> None:
    """Descriptors rank all that can be read, words such as have them in common alone."""
    (broken,) = offsets_of(worded_store, "p12")

    def found(*chosen: str) -> set[int]:
        method = replace(METHOD, sources=chosen)
        answers = ask(sources, worded_store, method, "verbena")
        return set(sources.shortlist(answers, method).offsets.tolist())

    assert found("deep") == set(range(15)) - {broken}
    assert found("words") == set(offsets_of(worded_store, "p09"))
    assert found("deep", "words") == found("deep")
    assert broken not in found("local")


@pytest.mark.parametrize("count", [1, 3])
def test_short_list_is_as_long_as_asked(
    sources: Sources, worded_store: FeatureStore, count: int
) -> None:
    for chosen in CHOICES:
        method = replace(METHOD, sources=chosen, shortlist=count)
        found = sources.shortlist(ask(sources, worded_store, method), method)
        assert 1 <= len(found.offsets) <= count
    assert len(found.offsets) == count


def test_merged_is_what_the_sources_say_in_the_methods_order(sources: Sources) -> None:
    """Tied at rank 1, the source named first decides."""
    votes, pack = np.zeros(15, np.float32), np.zeros(15, np.float32)
    votes[[7, 2]] = 3, 1
    pack[[9, 2]] = 2, 1
    answers = Answers(None, votes, WordScores(pack, np.zeros(15, np.float32)))
    orders = []
    for chosen in (("local", "words"), ("words", "local")):
        orders.append(sources.shortlist(answers, replace(METHOD, sources=chosen)))
    # Second in both: 2/12, more than one first place, 1/11.
    assert [found.offsets.tolist() for found in orders] == [[2, 7, 9], [2, 9, 7]]
    assert orders[0].scores.tolist() == pytest.approx([2 / 12, 1 / 11, 1 / 11])


def test_a_source_that_was_not_asked_is_left_out(sources: Sources) -> None:
    """As where this machine reads no words: the others go on, scored as one alone."""
    deep = Ranking(np.array([4, 1]), np.array([0.25, 0.5], np.float32))
    found = sources.shortlist(Answers(deep, None, None), METHOD)
    assert found.offsets.tolist() == [4, 1]
    assert found.scores.tolist() == [-0.25, -0.5]
    nothing = sources.shortlist(Answers(None, None, None), METHOD)
    assert (nothing.offsets.tolist(), nothing.scores.tolist()) == ([], [])


def test_pictures_that_cannot_be_read_never_come_back(make_store: MakeStore) -> None:
    """Though their titles hold the words and the whole catalogue is asked for."""
    generator = np.random.default_rng(1)
    rows = [generator.normal(size=8).astype(np.float16) for _ in range(6)]
    descriptors = [row if place % 2 else None for place, row in enumerate(rows)]
    picture = LocalFeatures(
        generator.uniform(0, 200, (60, 2)).astype(np.float32),
        np.full(60, 5, np.float32),
        np.zeros(60, np.float32),
        generator.integers(0, 99, (60, 128), np.uint8),
    )
    local = [picture if place % 2 else None for place in range(6)]
    store, column = make_store(descriptors, local)
    titled = [
        {"path": f"/{n}.jpg", "product_id": str(n), "title": "Lavender soap"} for n in range(6)
    ]
    with store.locked():
        store.update(to_table(titled, store.schema(), list(titled[0])))
    method = replace(METHOD, pooling=column.pooling)
    sources = Sources(store, CPU)
    box = np.array([[0, 0], [50, 0], [50, 9], [0, 9]], np.float32)
    answers = Answers(
        sources.rank_deep(rows[0].astype(np.float32), method),
        sources.votes(picture),
        sources.word_scores([Word("lavender", 1.0, box)]),
    )
    for chosen in CHOICES:
        found = sources.shortlist(answers, replace(method, sources=chosen))
        assert sorted(found.offsets.tolist()) == [1, 3, 5]


def test_distances_of_rows_from_any_source(sources: Sources, worded_store: FeatureStore) -> None:
    column = worded_store.descriptor_column("efficientnet-lite0", "r-mac")
    matrix = worded_store.read_descriptors(column)
    query = matrix.rows[5].astype(np.float32)
    at = [int(matrix.offsets[2]), int(matrix.offsets[5])]
    other = matrix.rows[2].astype(np.float64)
    for metric, expected in (
        ("cosine", 1 - other @ query / np.linalg.norm(other) / np.linalg.norm(query)),
        ("l2", np.linalg.norm(other - query)),
        ("l1", np.abs(other - query).sum()),
    ):
        found = sources.distances(query, replace(METHOD, metric=metric), at)
        assert found.tolist() == pytest.approx([expected, 0], abs=2e-3)
    assert len(sources.distances(query, METHOD, [])) == 0


def test_only_what_the_method_asks_is_opened(
    worded_store: FeatureStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    for name in ("exact_ranker", "HnswRanker", "LocalIndex", "WordsIndex"):

        def opening(*_: object, said: str = name, **__: object) -> object:
            opened.append(said)
            return object()

        monkeypatch.setattr(module, name, opening)
    for chosen, expected in (
        (("deep",), ["exact_ranker"]),
        (("local",), ["LocalIndex"]),
        (("words", "local"), ["LocalIndex", "WordsIndex"]),
        (SOURCES, ["exact_ranker", "LocalIndex", "WordsIndex"]),
    ):
        sources = Sources(worded_store, CPU)
        for _ in range(2):  # once
            sources.open(replace(METHOD, sources=chosen))
        assert opened == expected
        opened.clear()


def test_building_the_local_index_can_be_stopped(store_copy: FeatureStore) -> None:
    shutil.rmtree(store_copy.folder / DERIVED, ignore_errors=True)
    sources = Sources(store_copy, CPU)
    with pytest.raises(Cancelled):
        sources.open(replace(METHOD, sources=("local",)), should_stop=lambda: True)
    assert sources.votes(no_features()).shape == (15,)


# What the store cannot serve


def test_what_a_store_lacks_is_said(make_store: MakeStore, worded_store: FeatureStore) -> None:
    bare, _ = make_store([np.ones(8, np.float16)])
    for sources, rerank, said in (
        (("deep",), "sift", "no local features to re-rank by; use --rerank none, or index again"),
        (("deep",), "verified", "no local features to re-rank by"),
        (("deep",), "hybrid", "no local features to re-rank by"),
        (("local",), "none", "no local features to search by; leave “local” out of --sources"),
        (("deep", "words"), "none", "no words read off the packs; leave “words” out of --sources"),
    ):
        with pytest.raises(UserError, match=said):
            check_sources(bare, replace(METHOD, sources=sources, rerank=rerank))
    check_sources(bare, replace(METHOD, sources=("deep",)))
    for rerank in ("none", "sift", "verified", "hybrid"):
        check_sources(worded_store, replace(METHOD, rerank=rerank))


def test_words_alone_may_be_wanting(tiny_store: FeatureStore) -> None:
    check_sources(tiny_store, replace(METHOD, sources=("deep", "local"), rerank="hybrid"))
    with pytest.raises(UserError, match="no words read off the packs"):
        check_sources(tiny_store, METHOD)
