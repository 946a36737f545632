"""Ranking by bounds: what measuring every row gives, and files that are kept in order."""

from __future__ import annotations

import logging
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from beautyfinder.errors import Cancelled
from beautyfinder.search import bounded_ranking, exact, ranking_files
from beautyfinder.search.bounded_ranking import BoundedRanker
from beautyfinder.search.distances import METRICS
from beautyfinder.search.exact import exact_ranker
from beautyfinder.search.ranking import ExactRanker
from beautyfinder.search.ranking_files import open_or_update, ranking_folder, ranking_states
from beautyfinder.search.scan_codes import (
    Scan,
    code_columns,
    encode,
    interleave,
    sum_table,
    train_levels,
)
from beautyfinder.store.columns import DescriptorColumn
from beautyfinder.store.store import FeatureStore
from tests.conftest import MakeStore
from tests.search.test_ranking import clustered, query_of

CPU = torch.device("cpu")


def silent(done: int, total: int) -> None:
    pass


def never() -> bool:
    return False


def opened(store: FeatureStore, column: DescriptorColumn) -> BoundedRanker:
    return BoundedRanker(open_or_update(store, column, silent, never))


def check_same(
    store: FeatureStore, column: DescriptorColumn, query: NDArray[np.float32], count: int = 100
) -> list[bounded_ranking.Effort]:
    """By each metric what measuring every row gives; what it took."""
    bounded = opened(store, column)
    plain = ExactRanker(store.read_descriptors(column), CPU)
    efforts = []
    for metric in METRICS:
        expected, found = plain.rank(query, metric, count), bounded.rank(query, metric, count)
        assert found.offsets.tolist() == expected.offsets.tolist(), metric
        np.testing.assert_allclose(found.distances, expected.distances, atol=1e-6)
        assert (found.offsets.dtype, found.distances.dtype) == (np.int64, np.float32)
        efforts.append(bounded.effort)
    return efforts


# Codes and their sums


@pytest.mark.parametrize("length", [31, 64])
def test_sums_are_those_of_the_table(length: int) -> None:
    """faiss gives back the whole numbers that it is asked to add, for all rows."""
    rows = clustered(777, length)
    levels = train_levels(rows.astype(np.float32))
    coded = encode(rows, levels)
    columns = code_columns(length)
    codes = np.zeros((len(rows), columns), np.uint8)
    codes[:, 0::2], codes[:, 1::2] = coded.codes & 15, coded.codes >> 4
    query = query_of(rows, 3).astype(np.float64)
    table = sum_table((query[:, None] - levels) ** 2)
    sums, places = Scan(interleave(coded.codes), len(rows), columns).best(table, len(rows))
    expected = table.benefits.reshape(columns, 16)[np.arange(columns), codes].sum(axis=1)
    assert sums.tolist() == expected[places].tolist()
    assert sorted(places.tolist()) == list(range(len(rows)))


def test_codes_are_the_nearest_levels_and_their_errors_are_told() -> None:
    rows = clustered(300)
    levels = train_levels(rows.astype(np.float32))
    coded = encode(rows, levels)
    codes = np.zeros((300, 32), np.uint8)
    codes[:, 0::2], codes[:, 1::2] = (coded.codes & 15)[:, :16], (coded.codes >> 4)[:, :16]
    stood = levels[np.arange(32), codes].astype(np.float64)
    apart = np.abs(rows.astype(np.float64) - stood)
    nearest = np.abs(rows.astype(np.float64)[:, :, None] - levels).min(axis=2)
    np.testing.assert_allclose(apart, nearest, atol=1e-3)  # bounds are rounded to float16
    assert (coded.l1 >= apart.sum(axis=1)).all()
    unit = rows / np.linalg.norm(rows.astype(np.float64), axis=1, keepdims=True)
    assert (coded.l2 >= np.linalg.norm(rows.astype(np.float64) - stood, axis=1)).all()
    assert (coded.l2 >= np.linalg.norm(unit - stood, axis=1)).all()
    assert coded.l2.mean() < 0.15


# The ranking


@pytest.mark.parametrize("length", [31, 256])
def test_same_as_all_measured(length: int, make_store: MakeStore) -> None:
    rows = clustered(5000, length)
    store, column = make_store([None, *rows[:2000], None, *rows[2000:]])
    for seed in range(3):
        for effort in check_same(store, column, query_of(rows, seed), 20):
            assert 20 <= effort.measured < 2500
            assert not effort.all_rows


def test_non_negative_descriptors(make_store: MakeStore) -> None:
    """As a network's are: half of the numbers nothing."""
    rows = np.maximum(clustered(3000, 128).astype(np.float32), 0)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    store, column = make_store(list(rows.astype(np.float16)))
    check_same(store, column, rows[77])


def test_of_a_group_whose_scan_reports_too_few_all_are_measured(
    make_store: MakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded_ranking, "_SMALL", 0)
    monkeypatch.setattr(bounded_ranking, "_REPORTED", 1 << 30)
    monkeypatch.setattr(bounded_ranking, "_LEAST_REPORTED", 0)
    monkeypatch.setattr(bounded_ranking, "_MOST", 1)
    rows = clustered(4000, 64)
    store, column = make_store(list(rows))
    efforts = check_same(store, column, query_of(rows, 1), 5)
    assert max(effort.whole_groups for effort in efforts) > 0
    assert not any(effort.all_rows for effort in efforts)


def test_far_from_all_rows_the_edge_of_the_scan_settles_it(
    make_store: MakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bounds leave most rows in question, what the rows at the edge are off by leaves none."""
    monkeypatch.setattr(bounded_ranking, "_SMALL", 0)
    monkeypatch.setattr(bounded_ranking, "_REPORTED", 8)
    monkeypatch.setattr(bounded_ranking, "_LEAST_REPORTED", 64)
    generator = np.random.default_rng(4)
    rows = np.abs(clustered(6000, 512).astype(np.float32)) * generator.gamma(2, size=(6000, 512))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    store, column = make_store(list(rows.astype(np.float16)))
    efforts = []
    for seed in range(4):
        query = np.abs(np.random.default_rng(seed).normal(size=512)).astype(np.float32)
        efforts += check_same(store, column, query, 20)
    assert any(6 <= effort.deviations < np.inf for effort in efforts)
    assert all(effort.deviations >= 6 for effort in efforts)


@pytest.mark.parametrize(("copies", "settled"), [(1, True), (400, False)])
def test_copies_of_one_row_at_the_edge_settle_nothing(copies: int, settled: bool) -> None:
    """They are all off by the same: without any deviation a group would count as settled."""
    generator = np.random.default_rng(5)
    sums = np.linspace(1.0, 1.5, 400)
    sums[-copies:] = sums[-1]
    off = generator.normal(0, 0.01, 400)
    off[-copies:] = off[-1]
    distances = np.sqrt(sums + off).astype(np.float32)
    nearest = bounded_ranking._Nearest(lambda places: distances[places], "l2", 5)
    nearest.add(np.arange(400))
    nearest.limit = 1.0
    report = bounded_ranking._Report(np.arange(400), sums, sums, 1.0)
    if settled:  # half a unit beyond the limit, a hundredth the deviation
        assert nearest.deviations([report])[0] == pytest.approx(50, rel=0.15)
    else:
        assert nearest.deviations([report])[0] == -np.inf


def test_where_bounds_do_not_help_all_rows_are_measured(
    make_store: MakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No row is nearer than the others: as in no catalogue, but the answer must be right."""
    monkeypatch.setattr(bounded_ranking, "_MEASURED_FIRST", 16)
    monkeypatch.setattr(bounded_ranking, "_MOST", 8)
    generator = np.random.default_rng(2)
    rows = generator.normal(size=(3000, 64))
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float16)
    store, column = make_store(list(rows))
    query = generator.normal(size=64).astype(np.float32)
    efforts = check_same(store, column, query / np.linalg.norm(query), 100)
    assert efforts[0].all_rows
    assert efforts[0].measured == 3000


def test_twins_and_zeros_in_the_order_of_the_store(make_store: MakeStore) -> None:
    rows = clustered(2000, 64)
    rows[500:560] = rows[3]  # the same picture under many products
    rows[900:] = rows[900]
    rows[1200:1300] = 0  # a picture in which the network sees nothing
    store, column = make_store(list(rows))
    for query in (rows[3], rows[900], rows[1200], rows[42]):
        check_same(store, column, query.astype(np.float32), 50)


@pytest.mark.parametrize("count", [0, 1, 7, 2000, 3000])
def test_as_many_as_asked_for(count: int, make_store: MakeStore) -> None:
    rows = clustered(2000)
    store, column = make_store(list(rows))
    check_same(store, column, query_of(rows, 5), count)


@pytest.mark.parametrize("readable", [0, 1, 40])
def test_few_rows(readable: int, make_store: MakeStore) -> None:
    rows = clustered(40)
    store, column = make_store([*rows[:readable], None] if readable else [np.ones(32), None])
    if not readable:
        store.delete(["0.jpg"])
        store = FeatureStore.open(store.folder)
    check_same(store, column, query_of(rows, 1), 9)


def test_query_of_another_length_than_one(make_store: MakeStore) -> None:
    rows = clustered(3000, 64)
    store, column = make_store(list(rows))
    check_same(store, column, 7 * query_of(rows, 1), 20)


# Files


def files(store: FeatureStore, column: DescriptorColumn, kind: str) -> dict[str, int]:
    folder = ranking_folder(store, column)
    return {path.name: path.stat().st_ino for path in folder.glob(f"*.{kind}")}


def test_kept_while_the_store_is_the_same(make_store: MakeStore) -> None:
    store, column = make_store(list(clustered(200)))
    opened(store, column)
    made = files(store, column, "*")
    opened(FeatureStore.open(store.folder), column)
    assert files(store, column, "*") == made
    assert ranking_states(store) == {"ranking_efficientnet-lite0_mac": "fresh"}
    assert not files(store, column, "raw")


def test_appended_rows_are_added_to_what_is_there(make_store: MakeStore) -> None:
    rows = clustered(1300, 64)
    store, column = make_store([None, *rows[:1000]])
    opened(store, column)
    made = files(store, column, "rows")
    for end in (1100, 1200):
        store, column = make_store([*rows[end - 100 : end], None])
        assert ranking_states(store) == {"ranking_efficientnet-lite0_mac": "stale"}
        check_same(store, column, rows[end - 50].astype(np.float32), 20)
        now = files(store, column, "rows")
        assert len(now) == 2
        assert made.items() <= now.items()
    store, column = make_store(list(rows[1200:]))  # more than a quarter of the first thousand
    check_same(store, column, rows[1250].astype(np.float32), 20)
    assert len(files(store, column, "rows")) == 1


def test_appended_pictures_that_cannot_be_read(make_store: MakeStore) -> None:
    rows = clustered(300)
    store, column = make_store(list(rows))
    opened(store, column)
    store.append(store.table(["image_id", "product_id", "path"], [0, 1]))  # no descriptors
    check_same(FeatureStore.open(store.folder), column, query_of(rows, 1), 20)
    assert len(files(store, column, "rows")) == 2


def test_made_anew_when_rows_are_gone(make_store: MakeStore) -> None:
    rows = clustered(400)
    store, column = make_store(list(rows))
    opened(store, column)
    store.delete(["7.jpg"])
    store = FeatureStore.open(store.folder)
    check_same(store, column, rows[8].astype(np.float32), 20)
    assert opened(store, column).rank(rows[8].astype(np.float32), "l2", 1).offsets == [7]


@pytest.mark.parametrize("kind", ["rows", "codes", "npz", "npy", "json"])
@pytest.mark.parametrize("damage", ["cut", "changed", "gone"])
def test_torn_files_are_made_anew(kind: str, damage: str, make_store: MakeStore) -> None:
    rows = clustered(300)
    store, column = make_store(list(rows))
    opened(store, column)
    (path,) = ranking_folder(store, column).glob(f"*.{kind}")
    whole = path.read_bytes()
    if damage == "cut":
        path.write_bytes(whole[: len(whole) // 2])
    elif damage == "changed":
        path.write_bytes(whole[:40] + bytes([whole[40] ^ 1]) + whole[41:])
    else:
        path.unlink()
    if kind != "json" or damage != "gone":
        assert ranking_states(store) == {"ranking_efficientnet-lite0_mac": "torn"}
    check_same(store, column, query_of(rows, 4), 20)
    assert ranking_states(store) == {"ranking_efficientnet-lite0_mac": "fresh"}


@pytest.mark.parametrize("calls", [0, 1, 2, 3])
def test_stopped_it_leaves_what_was_there(calls: int, make_store: MakeStore) -> None:
    rows = clustered(500)
    store, column = make_store(list(rows[:300]))
    opened(store, column)
    made = files(store, column, "*")
    store, column = make_store(list(rows[300:]))
    left = [calls]

    def stop() -> bool:
        left[0] -= 1
        return left[0] < 0

    with pytest.raises(Cancelled, match="as they were"):
        open_or_update(store, column, silent, stop)
    assert files(store, column, "*") == made
    check_same(store, column, query_of(rows, 4), 20)


def test_progress_goes_to_the_end(make_store: MakeStore) -> None:
    store, column = make_store(list(clustered(300)))
    heard: list[tuple[int, int]] = []
    open_or_update(store, column, lambda *said: heard.append(said), never)
    assert heard[-1] == (600, 600)
    assert all(a <= b for a, b in pairwise(heard))


# Which ranker


def small_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact, "BOUNDED_FROM", 3000)


def test_the_size_decides(make_store: MakeStore, monkeypatch: pytest.MonkeyPatch) -> None:
    small_is_large(monkeypatch)
    rows = clustered(200)
    store, column = make_store(list(rows[:90]))
    assert isinstance(exact_ranker(store, column, CPU, silent, never), ExactRanker)
    assert not ranking_folder(store, column).exists()
    store, column = make_store(list(rows[90:]))
    assert isinstance(exact_ranker(store, column, CPU, silent, never), BoundedRanker)


def test_without_room_for_files_all_rows_are_measured(
    make_store: MakeStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    small_is_large(monkeypatch)
    rows = clustered(200)
    store, column = make_store(list(rows))

    def full(path: Path, *_: Any, **__: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ranking_files, "_write_rows", full)
    ranker = exact_ranker(store, column, CPU, silent, never)
    assert isinstance(ranker, ExactRanker)
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert "No space left" in caplog.text
    assert ranker.rank(rows[7].astype(np.float32), "l2", 1).offsets.tolist() == [7]
