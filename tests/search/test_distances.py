"""The three distances: by hand, and against float64 where two pictures are near-twins."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from beautyfinder.search.distances import METRICS


def distances(metric: str, query: list[float], rows: list[list[float]]) -> list[float]:
    return METRICS[metric](torch.tensor(query), torch.tensor(rows)).tolist()


def in_float64(metric: str, query: np.ndarray, rows: np.ndarray) -> np.ndarray:
    query, rows = query.astype(np.float64), rows.astype(np.float64)
    if metric == "l1":
        return np.abs(rows - query).sum(axis=1)
    if metric == "l2":
        return np.sqrt(((rows - query) ** 2).sum(axis=1))
    return 1 - rows @ query / (np.linalg.norm(rows, axis=1) * np.linalg.norm(query))


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        # (3, 4) to itself, to (0, 0), to (4, -3) at a right angle, to (-6, -8) the other way
        ("l1", [0, 7, 8, 21]),
        ("l2", [0, 5, 50**0.5, 15]),
        ("cosine", [0, 1, 1, 2]),
    ],
)
def test_by_hand(metric: str, expected: list[float]) -> None:
    rows = [[3.0, 4.0], [0.0, 0.0], [4.0, -3.0], [-6.0, -8.0]]
    assert distances(metric, [3.0, 4.0], rows) == pytest.approx(expected, abs=1e-7)


def test_cosine_does_not_look_at_lengths() -> None:
    rows = [[1.0, 1.0], [1e-3, 1e-3], [1e3, 0.0], [0.5, 0.5000001]]
    got = distances("cosine", [7.0, 7.0], rows)
    assert got == pytest.approx([0, 0, 1 - 0.5**0.5, 0], abs=1e-6)


def test_zeros_are_at_cosine_distance_1_from_everything() -> None:
    assert distances("cosine", [0.0, 0.0], [[1.0, 2.0], [0.0, 0.0]]) == [1, 1]
    assert distances("cosine", [1.0, 2.0], [[0.0, 0.0]]) == [1]


@pytest.mark.parametrize("metric", METRICS)
def test_no_rows(metric: str) -> None:
    assert METRICS[metric](torch.ones(4), torch.zeros(0, 4)).shape == (0,)


@pytest.mark.parametrize("metric", METRICS)
def test_near_twins_agree_with_float64(metric: str) -> None:
    """Rows that differ from the query by less and less: every distance to four digits."""
    generator = np.random.default_rng(5)
    query = np.abs(generator.normal(size=1280)).astype(np.float32)
    query /= np.linalg.norm(query)
    noise = generator.normal(size=(60, 1280)) / 1280**0.5
    rows = (query + noise * np.logspace(-4, 0, 60)[:, None]).astype(np.float32)
    got = METRICS[metric](torch.from_numpy(query), torch.from_numpy(rows)).numpy()
    expected = in_float64(metric, query, rows)
    np.testing.assert_allclose(got, expected, rtol=5e-4)
    assert list(np.argsort(got, kind="stable")) == list(np.argsort(expected, kind="stable"))


@pytest.mark.parametrize("metric", METRICS)
def test_nothing_is_nearer_than_the_query_itself(metric: str) -> None:
    generator = np.random.default_rng(6)
    rows = generator.normal(size=(50, 1280)).astype(np.float32)
    for row in rows:
        got = METRICS[metric](torch.from_numpy(row), torch.from_numpy(rows))
        assert got.min() >= 0
        assert got.min() < 1e-6


@pytest.mark.parametrize("metric", METRICS)
def test_agrees_with_float64_on_random_rows(metric: str) -> None:
    generator = np.random.default_rng(7)
    query = generator.normal(size=512).astype(np.float32)
    rows = generator.normal(size=(1000, 512)).astype(np.float32)
    got = METRICS[metric](torch.from_numpy(query), torch.from_numpy(rows)).numpy()
    np.testing.assert_allclose(got, in_float64(metric, query, rows), rtol=2e-5)
