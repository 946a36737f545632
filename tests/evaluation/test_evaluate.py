"""Evaluation: the same answers as a search gives, and no work done twice."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from beautyfinder.errors import Cancelled, UserError
from beautyfinder.evaluation import evaluate as evaluating
from beautyfinder.evaluation.evaluate import Evaluation, evaluate
from beautyfinder.evaluation.ground_truth import GroundTruth, LabelledQuery, read_queries
from beautyfinder.evaluation.look_ups import LookUps
from beautyfinder.evaluation.metrics import average_precision, challenge_average_precision
from beautyfinder.features.descriptor import DeepDescriber
from beautyfinder.features.keypoints import LocalFeatures
from beautyfinder.features.text import Word
from beautyfinder.photo import read_photo
from beautyfinder.search import evidence as evidencing
from beautyfinder.search import searcher as searching
from beautyfinder.search.distances import METRICS
from beautyfinder.search.local_index import LocalIndex
from beautyfinder.search.matching import Matches, QueryMatcher
from beautyfinder.search.method import RERANKS, SOURCES, Method
from beautyfinder.search.searcher import Searcher
from beautyfinder.search.sources import Sources
from beautyfinder.store.indexer import IndexOptions, index
from beautyfinder.store.store import FeatureStore
from tests.conftest import PACK_WORDS, MakeStore, TinyCatalogue, write_csv
from tests.pictures import phone_photo

METHOD = Method("efficientnet-lite0", "r-mac", "cosine", ("deep",), "sift")  # the paper's
METHODS = [
    METHOD,
    replace(METHOD, rerank="none"),
    replace(METHOD, pooling="mac", metric="l1", rerank="none"),
    replace(METHOD, pooling="mac", metric="l1", shortlist=5),
    replace(METHOD, ratio=0.7),
    replace(METHOD, pooling="spoc", metric="l2", shortlist=2, ratio=0.7),
]


@pytest.fixture(scope="module")
def searcher(tiny_store: FeatureStore) -> Searcher:
    return Searcher(tiny_store, "cpu")


@pytest.fixture(scope="module")
def queries(tiny_catalogue: TinyCatalogue) -> list[LabelledQuery]:
    return read_queries(tiny_catalogue.queries)


@pytest.fixture(scope="module")
def evaluation(searcher: Searcher, queries: list[LabelledQuery]) -> Evaluation:
    return evaluate(searcher, queries, METHODS)


def test_rows_are_those_of_single_searches(
    searcher: Searcher, queries: list[LabelledQuery], evaluation: Evaluation
) -> None:
    assert evaluation.queries == len(queries) == 5
    assert evaluation.catalogue_images == 14
    assert [row.method for row in evaluation.rows] == METHODS
    truth = GroundTruth(searcher.store.read_images())
    photos = [read_photo(query.path) for query in queries]
    for row in evaluation.rows:
        paper, challenge, top1, recalled = [], [], [], []
        for query, photo in zip(queries, photos, strict=True):
            result = searcher.search(photo, row.method, top=100, distinct_products=False)
            right = truth.right_answers(query)
            hits = [hit.offset in right for hit in result.hits]
            assert len(hits) == min(row.method.shortlist, 14)
            paper.append(average_precision(hits[:7], len(right)))
            challenge.append(challenge_average_precision(hits[:7]))
            top1.append(hits[0])
            recalled.append(any(hits))
        assert row.map7 == pytest.approx(np.mean(paper))
        assert row.map7_challenge == pytest.approx(np.mean(challenge))
        assert row.top1 == pytest.approx(np.mean(top1))
        assert row.shortlist_recall == pytest.approx(np.mean(recalled))
        assert row.interval[0] <= row.map7 <= row.interval[1]
        assert row.ms_per_query > 0


def test_sift_finds_the_drawn_packs(evaluation: Evaluation) -> None:
    by_method = {row.method: row for row in evaluation.rows}
    assert by_method[METHOD].top1 == 1
    assert by_method[METHOD].map7 >= by_method[replace(METHOD, rerank="none")].map7


def test_work_is_shared(
    tiny_store: FeatureStore, queries: list[LabelledQuery], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One forward pass for each photo, one match for each pair and ratio, one ranking."""
    counts: Counter[object] = Counter()
    describe, match, rank = DeepDescriber.describe, QueryMatcher.match, Sources.rank_deep

    def describing(self: DeepDescriber, prepared: list[np.ndarray]) -> object:
        counts["described"] += len(prepared)
        return describe(self, prepared)

    def matching(
        self: QueryMatcher, candidates: list[LocalFeatures], ratio: float
    ) -> list[Matches]:
        counts["matched", ratio] += len(candidates)
        return match(self, candidates, ratio)

    def ranking(self: Sources, descriptor: np.ndarray, method: Method) -> object:
        counts["ranked", method.pooling, method.metric, method.shortlist] += 1
        return rank(self, descriptor, method)

    monkeypatch.setattr(DeepDescriber, "describe", describing)
    monkeypatch.setattr(QueryMatcher, "match", matching)
    monkeypatch.setattr(Sources, "rank_deep", ranking)
    evaluate(Searcher(tiny_store, "cpu"), queries[:2], METHODS)
    assert counts.pop("described") == 2
    # At 0.8 the whole catalogue's short-list holds the shorter one's pictures too.
    assert counts.pop(("matched", 0.8)) == counts.pop(("matched", 0.7)) == 2 * 14
    # METHOD with another ratio and without re-ranking ranks alike, for each of two queries.
    assert counts == {
        ("ranked", "r-mac", "cosine", 100): 2,
        ("ranked", "mac", "l1", 100): 2,
        ("ranked", "mac", "l1", 5): 2,
        ("ranked", "spoc", "l2", 2): 2,
    }


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What is read on the photo of each product, to be changed; each photo is described once."""
    said = {f"p{number:02}": PACK_WORDS[number] for number in (0, 1, 4, 7, 11)}
    box = np.array([[0, 0], [90, 0], [90, 20], [0, 20]], np.float32)

    def read(pixels: np.ndarray) -> tuple[Word, ...]:
        number = next(n for n in range(12) if np.array_equal(pixels, phone_photo(n)))
        return (Word(said[f"p{number:02}"], 1.0, box),)

    monkeypatch.setattr(searching, "read_words", read)
    describe, known = DeepDescriber.describe, {}

    def describing(self: DeepDescriber, prepared: list[np.ndarray]) -> object:
        key = b"".join(part.tobytes() for part in prepared)
        if key not in known:
            known[key] = describe(self, prepared)
        return known[key]

    monkeypatch.setattr(DeepDescriber, "describe", describing)
    return said


@pytest.mark.usefixtures("reading")
def test_every_rerank_of_every_sources_as_a_search_has_it(
    worded_store: FeatureStore, queries: list[LabelledQuery]
) -> None:
    """All of them side by side, sharing votes, words, matches, geometry and looks."""
    searcher = Searcher(worded_store, "cpu")
    methods = [
        replace(METHOD, sources=sources, rerank=rerank, shortlist=shortlist)
        for sources in (("deep",), ("words", "local"), SOURCES)
        for rerank in RERANKS
        for shortlist in (4, 100)
    ]
    path = queries[2].path
    photo = read_photo(path)
    descriptor = searcher.describe(photo, [methods[0]]).descriptors["r-mac"]
    look_ups = LookUps(searcher, path, {("efficientnet-lite0", "r-mac"): descriptor}, methods)
    for method in methods:
        deep = searcher.sources.rank_deep(descriptor, method)
        order, shortlist, cost = look_ups.order(method, deep)
        result = searcher.search(photo, method, top=100, distinct_products=False)
        assert order == [hit.offset for hit in result.hits]
        assert set(order) == set(shortlist)
        assert len(order) <= method.shortlist
        assert cost > 0
        assert result.hits[0].image.product_id == "p04"


def test_short_list_recall_counts_what_is_handed_to_re_ranking(
    worded_store: FeatureStore, queries: list[LabelledQuery], reading: dict[str, str]
) -> None:
    """Of five photos three are read aright; no re-ranking brings back what was not found."""
    reading["p04"], reading["p07"] = PACK_WORDS[9], "zzzz"  # another product's, and nobody's
    words = replace(METHOD, sources=("words",))
    both = replace(METHOD, sources=("deep", "words"))
    methods = [
        *(replace(words, rerank=rerank) for rerank in RERANKS),
        replace(words, rerank="none", shortlist=1),
        replace(both, rerank="hybrid"),
        replace(both, rerank="verified"),
    ]
    rows = evaluate(Searcher(worded_store, "cpu"), queries, methods).rows
    assert [row.shortlist_recall for row in rows[:4]] == [0.6] * 4
    assert [row.top1 for row in rows[:4]] == [0.6] * 4
    assert [row.map7 for row in rows[:4]] == pytest.approx([0.6] * 4)
    # p00 and p01 have two pictures each: of one candidate, half of their right answers are left.
    alone = rows[4]
    assert (alone.shortlist_recall, alone.top1) == (0.6, 0.6)
    assert alone.map7 == pytest.approx((0.5 + 0.5 + 1) / 5)
    assert alone.map7_challenge == pytest.approx(0.6)
    for row in rows[5:]:
        assert (row.shortlist_recall, row.top1) == (1, 1)


def test_verified_work_is_shared(
    worded_store: FeatureStore,
    queries: list[LabelledQuery],
    reading: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each photo is read and asked of the index once, each pair matched and looked at once."""
    counts: Counter[str] = Counter()

    def counting(owner: object, name: str, what: str) -> None:
        real = getattr(owner, name)

        def counted(*arguments: object) -> object:
            counts[what] += 1
            return real(*arguments)

        monkeypatch.setattr(owner, name, counted)

    counting(searching, "read_words", "read")
    counting(LocalIndex, "votes", "votes")
    counting(evidencing, "verify", "verified")
    counting(evidencing, "rectify", "looked at")
    full = replace(METHOD, sources=SOURCES, rerank="hybrid")
    methods = [
        full,
        replace(full, rerank="verified"),
        replace(full, sources=("deep", "local"), pooling="mac"),
        replace(full, sources=("words",)),
    ]
    told = evaluate(Searcher(worded_store, "cpu"), queries[:2], methods).certainties
    # Of the first hybrid: right as they are, never without the product, and then less sure.
    assert [(one.present, one.right) for one in told] == [(True, True), (False, False)] * 2
    assert told[0].confidence > told[1].confidence
    assert counts.pop("looked at") <= 2 * 14
    assert counts == {"read": 2, "votes": 2, "verified": 2 * 14}


def test_descriptors_are_not_ranked_where_nothing_asks(
    searcher: Searcher, queries: list[LabelledQuery], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is a method refused for a ranking that it does not need (HNSW has no L1)."""
    monkeypatch.setattr(Sources, "rank_deep", lambda *_: pytest.fail("for what?"))
    method = replace(METHOD, sources=("local",), rerank="verified", metric="l1", ranker="hnsw")
    (row,) = evaluate(searcher, queries[:2], [method]).rows
    assert row.top1 == row.shortlist_recall == 1


def test_nothing_local_where_nothing_is_re_ranked(
    searcher: Searcher, queries: list[LabelledQuery], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "extract_local_features", lambda *_: pytest.fail("for what?"))
    monkeypatch.setattr(searching, "read_words", lambda *_: pytest.fail("for what?"))
    methods = [replace(METHOD, rerank="none", metric=metric) for metric in METRICS]
    assert len(evaluate(searcher, queries[:1], methods).rows) == 3


def test_queries_without_an_answer_are_left_out(
    searcher: Searcher, queries: list[LabelledQuery], caplog: pytest.LogCaptureFixture
) -> None:
    stranger = LabelledQuery("/nowhere.jpg", product_ids=frozenset({"unknown"}))
    methods = [replace(METHOD, rerank="none")]
    assert evaluate(searcher, [stranger, *queries[:2]], methods).queries == 2
    assert "1 of 3 queries show a product that is not in the catalogue" in caplog.text
    with pytest.raises(UserError, match="None of the queries"):
        evaluate(searcher, [stranger], methods)


def test_queries_by_picture_name(searcher: Searcher, queries: list[LabelledQuery]) -> None:
    """As the challenge labels them: here the pictures of p00 and of p01 under their own name."""
    named = LabelledQuery(queries[0].path, image_names=frozenset({"shop/p00.png"}))
    row = evaluate(searcher, [named], [METHOD]).rows[0]
    assert (row.map7_challenge, row.top1, row.shortlist_recall) in ((1.0, 1.0, 1.0), (0.5, 0, 1.0))
    by_product = evaluate(searcher, queries[:1], [METHOD]).rows[0]
    assert by_product.map7 == by_product.map7_challenge == 1  # both pictures of p00 are right


def test_photo_that_cannot_be_read(
    searcher: Searcher, queries: list[LabelledQuery], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no picture")
    query = replace(queries[0], path=str(broken))
    with pytest.raises(UserError, match=r"broken\.jpg"):
        evaluate(searcher, [query], [METHOD])


def test_methods_that_the_store_cannot_serve(
    searcher: Searcher, queries: list[LabelledQuery], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Said at once, before any photo is looked at."""
    monkeypatch.setattr(evaluating, "read_photo", lambda *_: pytest.fail("too late"))
    for change in ({"backbone": "vgg16"}, {"pooling": "gem"}, {"metric": "l3"}, {"rerank": "x"}):
        with pytest.raises(UserError):
            evaluate(searcher, queries, [METHOD, replace(METHOD, **change)])  # type: ignore[arg-type]


def test_re_ranking_without_local_features_is_refused(
    make_store: MakeStore, queries: list[LabelledQuery]
) -> None:
    """Not answered in the short-list's order, as if nothing had matched."""
    store, _ = make_store([np.ones(1280, np.float16)])
    with pytest.raises(UserError, match="no local features to re-rank by"):
        evaluate(Searcher(store, "cpu"), queries, [replace(METHOD, pooling="mac")])


def test_progress_and_cancelling(searcher: Searcher, queries: list[LabelledQuery]) -> None:
    told: list[tuple[int, int]] = []
    methods = [replace(METHOD, rerank="none")]
    evaluate(searcher, queries[:3], methods, lambda done, total: told.append((done, total)))
    assert told == [(done, 6) for done in range(1, 7)]
    with pytest.raises(Cancelled):
        evaluate(searcher, queries[:3], methods, should_stop=lambda: True)


@pytest.mark.data
def test_sift_beats_none_on_real_photos(data: Path, tmp_path: Path) -> None:
    """Twelve phone photos, evenly spread over the grocery set, against its packaged goods."""
    grocery = data / "grocery"
    labelled = read_queries(grocery / "queries.csv")
    packaged = {product for query in labelled for product in query.product_ids}
    with (grocery / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["product_id"] in packaged]
    lines = [[str(grocery / row["image"]), row["product_id"]] for row in rows]
    catalogue = write_csv(tmp_path / "catalogue.csv", [["image", "product_id"], *lines])
    index(tmp_path / "S", [catalogue], IndexOptions(device="cpu", poolings=("r-mac",), text=False))
    searcher = Searcher(FeatureStore.open(tmp_path / "S"), "cpu")
    methods = [METHOD, replace(METHOD, rerank="none")]
    by_sift, by_none = evaluate(searcher, labelled[::80][:12], methods).rows
    assert by_sift.shortlist_recall == by_none.shortlist_recall == 1  # all are in the short-list
    assert by_sift.map7 > by_none.map7 > 0.3
    assert by_sift.map7 > 0.6
