"""The compiled part: what is said where it is missing; its cells and distances against NumPy's."""

from __future__ import annotations

import platform
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from beautyfinder.kernels import Cells, denormals_as_zero, distances, instruction_sets
from tests.pictures import pack_picture

_WITHOUT = """
import sys
sys.modules["beautyfinder.kernels._native"] = None
from beautyfinder.cli import main
main()
"""


def test_one_sentence_where_the_compiled_module_is_missing(tmp_path: Path) -> None:
    picture = tmp_path / "pack.png"
    Image.fromarray(pack_picture(1)).save(picture)
    ended = subprocess.run(
        [sys.executable, "-c", _WITHOUT, "match", str(picture), str(picture), "--out", "x.png"],
        capture_output=True,
        cwd=tmp_path,
        text=True,
    )
    assert ended.returncode == 1
    told = " ".join(ended.stderr.split())
    assert "The compiled part of BeautyFinder is missing" in told
    assert "pip install -e ." in told
    assert "Traceback" not in told


PROBES = 8
X86 = platform.machine().lower() in {"x86_64", "amd64"}
NONE = np.zeros((0, 128), np.uint8)


def drawn(count: int, seed: int) -> NDArray[np.uint8]:
    """Descriptors (count, 128) that use the whole range of a byte."""
    generator = np.random.default_rng(seed)
    values = generator.integers(0, 256, (count, 128)) * (generator.random((count, 128)) < 0.4)
    return values.astype(np.uint8)


def squared_distances(some: NDArray[np.uint8], others: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Pair by pair (K, C)."""
    differences = some[:, None].astype(np.int64) - others[None].astype(np.int64)
    return np.asarray((differences**2).sum(axis=2))


def nearest_through(
    descriptors: NDArray[np.uint8], centroids: NDArray[np.uint8], inner: NDArray[np.uint8]
) -> list[int]:
    """By the definition: the first of the nearest in the nearest inner cells, cell by cell."""
    homes = squared_distances(centroids, inner).argmin(axis=1)
    asked = np.argsort(squared_distances(descriptors, inner), axis=1, kind="stable")[:, :PROBES]
    order = np.lexsort((np.arange(len(centroids)), homes))
    distances = squared_distances(descriptors, centroids[order])
    for row, cells in enumerate(asked):
        distances[row, ~np.isin(homes[order], cells)] = np.iinfo(np.int64).max
    return [int(order[place]) for place in distances.argmin(axis=1)]


@pytest.mark.parametrize("instructions", instruction_sets())
@pytest.mark.parametrize("count", [1, 2, 15, 16, 17, 33, 256])
def test_nearest_of_all_centroids(instructions: str, count: int) -> None:
    centroids, descriptors = drawn(count, 1), drawn(61, 2)
    descriptors[0], descriptors[1] = 0, 255  # the longest there could be
    found = Cells(centroids, NONE, PROBES, instructions).nearest(descriptors)
    assert found.dtype == np.int32
    np.testing.assert_array_equal(found, squared_distances(descriptors, centroids).argmin(axis=1))


@pytest.mark.parametrize("instructions", instruction_sets())
@pytest.mark.parametrize("inner_count", [1, 5, 8, 9, 40, 200])
def test_nearest_through_inner_cells(instructions: str, inner_count: int) -> None:
    centroids, descriptors = drawn(700, 3), drawn(203, 4)
    inner = drawn(inner_count, 5)
    found = Cells(centroids, inner, PROBES, instructions).nearest(descriptors)
    assert found.tolist() == nearest_through(descriptors, centroids, inner)


@pytest.mark.parametrize("instructions", instruction_sets())
def test_the_first_of_equally_near_ones(instructions: str) -> None:
    distinct = drawn(30, 6)
    centroids = np.concatenate([distinct, distinct, distinct])
    inner = np.concatenate([distinct[:6], distinct[:6]])
    found = Cells(centroids, inner, PROBES, instructions).nearest(distinct)
    assert found.tolist() == nearest_through(distinct, centroids, inner)
    assert Cells(centroids, NONE, PROBES, instructions).nearest(distinct).tolist() == list(
        range(30)
    )


@pytest.mark.parametrize("instructions", instruction_sets())
def test_no_centroid_in_the_inner_cells_that_are_asked(instructions: str) -> None:
    centroids = np.full((20, 128), 255, np.uint8)  # all in the first inner cell, the farthest
    inner = np.concatenate([centroids[:1], drawn(9, 7) // 4])
    found = Cells(centroids, inner, PROBES, instructions).nearest(np.zeros((33, 128), np.uint8))
    assert not found.any()


def test_many_descriptors_and_several_threads() -> None:
    """More than are sorted by their inner cells at a time."""
    finder = Cells(drawn(10, 8), drawn(3, 9), 2)
    descriptors = drawn(33_000, 10)
    found = finder.nearest(descriptors)
    with ThreadPoolExecutor(4) as threads:
        parts = list(threads.map(finder.nearest, np.array_split(descriptors, 7)))
    np.testing.assert_array_equal(found, np.concatenate(parts))


def expected_distances(
    query: NDArray[np.float32], rows: NDArray[np.float16], metric: str
) -> NDArray[np.float64]:
    """The paper's, in float64."""
    u, v = query.astype(np.float64), rows.astype(np.float64)
    if metric == "l1":
        return np.asarray(np.abs(u - v).sum(axis=1))
    if metric == "l2":
        return np.asarray(np.sqrt(((u - v) ** 2).sum(axis=1)))
    lengths = np.linalg.norm(v, axis=1) * np.linalg.norm(u)
    return np.asarray(1 - np.where(lengths > 0, v @ u, 0) / np.where(lengths > 0, lengths, 1))


@pytest.mark.parametrize("instructions", instruction_sets())
@pytest.mark.parametrize("metric", ["cosine", "l1", "l2"])
@pytest.mark.parametrize("length", [1, 3, 16, 63, 64, 65, 1280])
def test_distances(length: int, metric: str, instructions: str) -> None:
    generator = np.random.default_rng(length)
    rows = generator.normal(size=(50, length)).astype(np.float16)
    query = rows[7].astype(np.float32) + np.float32(1e-3)
    rows[5] = 0
    found = distances(query, rows, metric, None, instructions)
    assert found.dtype == np.float32
    expected = expected_distances(query, rows, metric)
    np.testing.assert_allclose(found, expected, rtol=2e-6, atol=1e-6)
    places = np.array([7, 0, 49, 7])
    np.testing.assert_array_equal(
        distances(query, rows, metric, places, instructions), found[places]
    )


@pytest.mark.parametrize("instructions", instruction_sets())
def test_distances_of_near_twins_keep_their_digits(instructions: str) -> None:
    """One minus nearly one would be 6e-8 or nothing."""
    rows = np.full((2, 256), 0.0625, np.float16)
    rows[1, 0] = 0.0626
    query = rows[0].astype(np.float32)
    found = distances(query, rows, "cosine", None, instructions)
    assert found[0] == 0
    assert found[1] == pytest.approx(expected_distances(query, rows, "cosine")[1], rel=1e-3)


@pytest.mark.parametrize("instructions", instruction_sets())
def test_every_float16_is_read_as_it_is(instructions: str) -> None:
    bits = np.arange(1 << 16, dtype=np.uint16)
    rows = bits.view(np.float16)[np.isfinite(bits.view(np.float16))][:, None]
    for asked in (0, 1):
        query = np.full(1, asked, np.float32)
        found = distances(query, rows, "l1", None, instructions)
        np.testing.assert_array_equal(found, np.abs(asked - rows[:, 0].astype(np.float32)))


def test_what_distances_refuse() -> None:
    rows, query = np.ones((4, 8), np.float16), np.ones(8, np.float32)
    for wrong in (rows[:, :7], rows.astype(np.float32), rows[::2, ::2], rows[0]):
        with pytest.raises(ValueError, match="float16"):
            distances(query, wrong, "l1")
    for places in ([4], [-1]):
        with pytest.raises(ValueError, match="no such row"):
            distances(query, rows, "l1", np.array(places))
    with pytest.raises(ValueError, match="no metric"):
        distances(query, rows, "l3")
    assert distances(query, rows[:0], "l2").shape == (0,)
    assert distances(query, rows, "l2", np.zeros(0, np.int64)).shape == (0,)


@pytest.mark.skipif(not X86, reason="other processors do not mind denormals")
def test_denormals_count_or_not_in_one_thread() -> None:
    tiny = np.full(64, 1e-40, np.float32)
    assert not denormals_as_zero(True)
    try:
        assert denormals_as_zero(True)
        assert not (tiny * np.float32(1)).any()
        # A thread takes over what is so in the one that starts it.
        with ThreadPoolExecutor(1, initializer=denormals_as_zero, initargs=(False,)) as thread:
            assert thread.submit(lambda: (tiny * np.float32(1)).all()).result()
    finally:
        denormals_as_zero(False)
    assert (tiny * np.float32(1)).all()


def test_cells_of_nothing() -> None:
    assert Cells(drawn(3, 0), NONE, PROBES).nearest(NONE).shape == (0,)
    with pytest.raises(ValueError, match="centroid"):
        Cells(NONE, NONE, PROBES)
    with pytest.raises(ValueError, match="inner"):
        Cells(drawn(3, 0), NONE, 0)
    with pytest.raises(ValueError, match="128"):
        Cells(np.zeros((3, 4), np.uint8), NONE, PROBES)
