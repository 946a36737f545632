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
from beautyfinder.evaluation.metrics import average_precision, challenge_average_precision
from beautyfinder.features.descriptor import DeepDescriber
from beautyfinder.features.keypoints import LocalFeatures
from beautyfinder.photo import read_photo
from beautyfinder.search import searcher as searching
from beautyfinder.search.distances import METRICS
from beautyfinder.search.matching import Matches, QueryMatcher
from beautyfinder.search.method import Method
from beautyfinder.search.searcher import Searcher
from beautyfinder.search.sources import Sources
from beautyfinder.store.indexer import IndexOptions, index
from beautyfinder.store.store import FeatureStore
from tests.conftest import MakeStore, TinyCatalogue, write_csv

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
