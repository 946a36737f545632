"""Ranking the whole catalogue: exact against brute force in float64, and HNSW against exact."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from beautyfinder.errors import UserError
from beautyfinder.search import ranking
from beautyfinder.search.distances import METRICS
from beautyfinder.search.ranking import HNSW_SPACES, ExactRanker, HnswRanker
from beautyfinder.store.columns import DescriptorMatrix
from beautyfinder.store.derived import derived_state
from beautyfinder.store.store import FeatureStore
from tests.conftest import MakeStore
from tests.search.test_distances import in_float64

CPU = torch.device("cpu")


def clustered(count: int, length: int = 32, seed: int = 1) -> NDArray[np.float16]:
    """Unit rows about 40 centres, as descriptors of kinds of products lie."""
    generator = np.random.default_rng(seed)
    centres = np.random.default_rng(0).normal(size=(40, length))
    rows = centres[generator.integers(0, 40, count)] + 0.5 * generator.normal(size=(count, length))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float16)


def matrix(rows: NDArray[np.float16]) -> DescriptorMatrix:
    return DescriptorMatrix(np.arange(len(rows), dtype=np.int64), rows)


def query_of(rows: NDArray[np.float16], seed: int) -> NDArray[np.float32]:
    generator = np.random.default_rng(seed)
    near = rows[generator.integers(len(rows))].astype(np.float64)
    near += generator.normal(size=len(near)) * 0.05
    return (near / np.linalg.norm(near)).astype(np.float32)


# Exact


@pytest.mark.parametrize("metric", METRICS)
def test_exact_is_brute_force(metric: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "_CHUNK", 1000)  # several chunks, the last one partly filled
    rows = clustered(4321, 256)
    ranker = ExactRanker(matrix(rows), CPU)
    for seed in range(5):
        query = query_of(rows, seed)
        expected = in_float64(metric, query, rows)
        found = ranker.rank(query, metric, 100)
        assert found.offsets.tolist() == np.argsort(expected, kind="stable")[:100].tolist()
        np.testing.assert_allclose(found.distances, expected[found.offsets], rtol=1e-4, atol=1e-6)
        assert (found.offsets.dtype, found.distances.dtype) == (np.int64, np.float32)


@pytest.mark.parametrize("metric", METRICS)
def test_the_picture_itself_comes_first(metric: str) -> None:
    rows = clustered(500, 1280)
    ranker = ExactRanker(matrix(rows), CPU)
    for offset in (0, 17, 499):
        assert ranker.rank(rows[offset].astype(np.float32), metric, 1).offsets.tolist() == [offset]


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("count", [1, 3, 4, 5, 9])
def test_ties_in_the_order_of_the_store(metric: str, count: int) -> None:
    rows = np.array([[0, 1], [1, 0], [0, 1], [1, 0], [0, 1], [1, 0], [1, 0], [-1, 0], [1, 0]])
    ranker = ExactRanker(matrix(rows.astype(np.float16)), CPU)
    found = ranker.rank(np.array([1, 0], np.float32), metric, count)
    assert found.offsets.tolist() == [1, 3, 5, 6, 8, 0, 2, 4, 7][:count]


@pytest.mark.parametrize("metric", METRICS)
def test_more_asked_for_than_there_are(metric: str) -> None:
    rows = clustered(20)
    query = query_of(rows, 1)
    found = ExactRanker(matrix(rows), CPU).rank(query, metric, 100)
    assert sorted(found.offsets) == list(range(20))
    assert (np.diff(found.distances) >= 0).all()


@pytest.mark.parametrize("metric", METRICS)
def test_empty_catalogue(metric: str) -> None:
    ranker = ExactRanker(matrix(np.zeros((0, 8), np.float16)), CPU)
    found = ranker.rank(np.ones(8, np.float32), metric, 7)
    assert len(found.offsets) == len(found.distances) == 0


def test_offsets_are_the_stores(make_store: MakeStore) -> None:
    """Rows without a descriptor are passed over, and the others keep their places."""
    rows = clustered(6)
    store, column = make_store([None, rows[0], rows[1], None, None, rows[2]])
    found = ExactRanker(store.read_descriptors(column), CPU)
    for row, offset in ((0, 1), (1, 2), (2, 5)):
        assert found.rank(rows[row].astype(np.float32), "cosine", 9).offsets[0] == offset
    assert sorted(found.rank(query_of(rows, 3), "l1", 9).offsets) == [1, 2, 5]


# Devices


@pytest.mark.parametrize("metric", METRICS)
def test_device_that_fails_while_ranking(metric: str, caplog: pytest.LogCaptureFixture) -> None:
    rows = clustered(300)
    query = query_of(rows, 1)
    expected = ExactRanker(matrix(rows), CPU).rank(query, metric, 20)
    ranker = ExactRanker(matrix(rows), torch.device("meta"))  # it computes no numbers: it fails
    assert ranker.device.type == "meta"
    found = ranker.rank(query, metric, 20)
    assert found.offsets.tolist() == expected.offsets.tolist()
    assert ranker.device == CPU
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert "meta" in caplog.text
    assert "CPU" in caplog.text
    ranker.rank(query, metric, 20)
    assert len(caplog.records) == 1


def test_device_too_small_for_the_catalogue(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Large(torch.Tensor):
        def to(self, device: torch.device) -> torch.Tensor:  # type: ignore[override]
            if self.dtype == torch.float16:
                raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 9 GiB")
            return self

    real = torch.from_numpy
    monkeypatch.setattr(ranking.torch, "from_numpy", lambda a: real(a).as_subclass(Large))
    rows = clustered(300)
    ranker = ExactRanker(matrix(rows), torch.device("cuda"))
    assert ranker.device == CPU
    assert "cuda" in caplog.text
    assert "memory is full" in caplog.text
    query = rows[5].astype(np.float32)
    assert ranker.rank(query, "l1", 1).offsets.tolist() == [5]


def test_failure_on_the_cpu_is_not_hidden() -> None:
    ranker = ExactRanker(matrix(clustered(10, 32)), CPU)
    with pytest.raises(ValueError, match="query"):
        ranker.rank(np.ones(31, np.float32), "l2", 3)


@pytest.mark.gpu
@pytest.mark.parametrize("metric", METRICS)
def test_gpu_agrees_with_the_cpu(metric: str) -> None:
    rows = clustered(5000, 1280)
    query = query_of(rows, 2)
    expected = ExactRanker(matrix(rows), CPU).rank(query, metric, 100)
    found = ExactRanker(matrix(rows), torch.device("cuda")).rank(query, metric, 100)
    np.testing.assert_allclose(found.distances, expected.distances, rtol=1e-4, atol=1e-6)
    assert len(set(found.offsets) & set(expected.offsets)) >= 98


# HNSW


def index_file(store: FeatureStore) -> Path:
    (file,) = (store.folder / "derived").glob("hnsw_*.bin")
    return file


@pytest.mark.parametrize("metric", HNSW_SPACES)
def test_hnsw_finds_nearly_all(metric: str, make_store: MakeStore) -> None:
    rows = clustered(3000)
    descriptors = [None, *rows[:1500], None, *rows[1500:]]
    store, column = make_store(descriptors)
    exact = ExactRanker(store.read_descriptors(column), CPU)
    ranker = HnswRanker(store, column, metric)
    recalls = []
    for seed in range(20):
        query = query_of(rows, seed)
        expected, found = exact.rank(query, metric, 100), ranker.rank(query, 100)
        assert len(set(found.offsets)) == 100
        assert (np.diff(found.distances) >= 0).all()
        assert found.offsets[0] == expected.offsets[0]
        recalls.append(len(set(found.offsets) & set(expected.offsets)) / 100)
        true = dict(zip(*exact.rank(query, metric, 3000).__dict__.values(), strict=True))
        for offset, distance in zip(found.offsets, found.distances, strict=True):
            assert distance == pytest.approx(true[offset], abs=1e-3)
    assert np.mean(recalls) > 0.97


def test_hnsw_has_no_l1(make_store: MakeStore) -> None:
    store, column = make_store(list(clustered(3)))
    with pytest.raises(UserError, match="HNSW ranks by cosine or l2, not by l1"):
        HnswRanker(store, column, "l1")
    assert not (store.folder / "derived").exists()


@pytest.mark.parametrize("count", [0, 1, 2])
def test_hnsw_of_a_small_catalogue(count: int, make_store: MakeStore) -> None:
    rows = clustered(count) if count else []
    store, column = make_store([*rows, None, None] if count else [np.ones(32), None])
    if not count:
        store.delete(["0.jpg"])
        store = FeatureStore.open(store.folder)
    ranker = HnswRanker(store, column, "l2")
    found = ranker.rank(np.ones(32, np.float32), 100)
    assert sorted(found.offsets) == list(range(count))


def test_hnsw_is_kept_beside_the_store(make_store: MakeStore) -> None:
    store, column = make_store(list(clustered(200)))
    HnswRanker(store, column, "cosine")
    file = index_file(store)
    made = (file.stat().st_ino, file.stat().st_mtime_ns)
    HnswRanker(FeatureStore.open(store.folder), column, "cosine")
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == made
    assert derived_state(store, file.name) == "fresh"


def test_hnsw_is_rebuilt_when_the_store_moved_on(make_store: MakeStore) -> None:
    rows = clustered(201)
    store, column = make_store(list(rows[:200]))
    HnswRanker(store, column, "cosine")
    store, column = make_store([rows[200]])
    assert derived_state(store, index_file(store).name) == "stale"
    found = HnswRanker(store, column, "cosine").rank(rows[200].astype(np.float32), 1)
    assert found.offsets.tolist() == [200]


@pytest.mark.parametrize("damage", ["cut", "changed", "no stamp"])
def test_torn_hnsw_is_rebuilt(damage: str, make_store: MakeStore) -> None:
    rows = clustered(200)
    store, column = make_store(list(rows))
    HnswRanker(store, column, "l2")
    file = index_file(store)
    whole = file.read_bytes()
    if damage == "cut":
        file.write_bytes(whole[: len(whole) // 2])
    elif damage == "changed":
        file.write_bytes(whole[:500] + b"\xff" * 64 + whole[564:])
    else:
        file.with_name(f"{file.name}.stamp.json").unlink()
    assert derived_state(store, file.name) == "torn"
    ranker = HnswRanker(store, column, "l2")
    assert derived_state(store, file.name) == "fresh"
    assert ranker.rank(rows[7].astype(np.float32), 1).offsets.tolist() == [7]
