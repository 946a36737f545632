"""Segments of the local index: what is written is read, merged and found again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from beautyfinder.search import segments as module
from beautyfinder.search.code_blocks import plain
from beautyfinder.search.quantiser import Quantiser
from beautyfinder.search.segments import (
    Segment,
    SegmentSearch,
    merge_segments,
    open_segment,
    write_segment,
)

_CELLS = 40
Drawn = tuple[Segment, NDArray[np.int32], NDArray[np.uint8], NDArray[np.uint32]]


def quantiser(exact: bool) -> Quantiser:
    generator = np.random.default_rng(2)
    codewords = generator.integers(-40, 40, (0 if exact else 32, 16, 4)).astype(np.int16)
    centroids = generator.integers(0, 60, (_CELLS, 128)).astype(np.uint8)
    return Quantiser(centroids, np.zeros((0, 128), np.uint8), codewords, 10)


def drawn(path: Path, features: int, code_size: int) -> Drawn:
    """Of ten pictures. Some cells stay empty, some have more than a block."""
    generator = np.random.default_rng(features)
    cells = (generator.integers(0, _CELLS, features) // 3 * 3).astype(np.int32)
    codes = generator.integers(0, 256, (features, code_size), np.uint8)
    owners = np.sort(generator.integers(0, 10, features)).astype(np.uint32)
    keys = generator.integers(0, 256, (10, 16), np.uint8)
    write_segment(path, keys, cells, codes, owners, _CELLS)
    return open_segment(path), cells, codes, owners


def codes_of(segment: Segment, cell: int) -> NDArray[np.uint8]:
    """Of one cell, out of its blocks."""
    held = segment.codes[segment.rows[cell] : segment.rows[cell + 1]]
    count = segment.starts[cell + 1] - segment.starts[cell]
    return (held if held.shape[1] == 128 else plain(held))[:count]


@pytest.mark.parametrize("code_size", [16, 128])
@pytest.mark.parametrize("features", [0, 1, 900])
@pytest.mark.parametrize("at_a_time", [50, 1 << 20])
def test_cell_by_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code_size: int, features: int, at_a_time: int
) -> None:
    monkeypatch.setattr(module, "_AT_A_TIME", at_a_time)
    segment, cells, codes, owners = drawn(tmp_path / "a", features, code_size)
    for cell in range(_CELLS):
        part = slice(segment.starts[cell], segment.starts[cell + 1])
        np.testing.assert_array_equal(codes_of(segment, cell), codes[cells == cell])
        np.testing.assert_array_equal(segment.owners[part], owners[cells == cell])


@pytest.mark.parametrize("code_size", [16, 128])
@pytest.mark.parametrize("at_a_time", [50, 1 << 20])
def test_merged_without_the_dead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code_size: int, at_a_time: int
) -> None:
    monkeypatch.setattr(module, "_AT_A_TIME", at_a_time)
    parts = [drawn(tmp_path / f"{count}", count, code_size) for count in (700, 3, 400)]
    alive = [np.ones(10, np.bool_), np.arange(10) % 2 == 0, np.arange(10) > 3]
    segments = [part[0] for part in parts]
    merge_segments(tmp_path / "merged", segments, alive)
    merged = open_segment(tmp_path / "merged")
    renamed = [np.arange(10), 10 + np.arange(10) // 2, 15 + np.arange(10) - 4]
    for cell in range(_CELLS):
        kept = [
            (cells == cell) & living[owners]
            for (_, cells, _, owners), living in zip(parts, alive, strict=True)
        ]
        codes = [part[2][keep] for part, keep in zip(parts, kept, strict=True)]
        owners = [new[p[3][keep]] for p, keep, new in zip(parts, kept, renamed, strict=True)]
        part = slice(merged.starts[cell], merged.starts[cell + 1])
        np.testing.assert_array_equal(codes_of(merged, cell), np.concatenate(codes))
        np.testing.assert_array_equal(merged.owners[part], np.concatenate(owners))
    keys = [s.keys[living] for s, living in zip(segments, alive, strict=True)]
    np.testing.assert_array_equal(merged.keys, np.concatenate(keys))


@pytest.mark.parametrize("mapped", [True, False])
@pytest.mark.parametrize("exact", [True, False])
def test_nearest_by_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exact: bool, mapped: bool
) -> None:
    """Distances to what the codes stand for, written out; off by what rounding the tables may."""
    import faiss

    if not mapped:
        monkeypatch.delattr(faiss, "OnDiskInvertedLists")
    coded = quantiser(exact)
    segment, cells, codes, _ = drawn(tmp_path / "a", 900, coded.code_size)
    order = np.argsort(cells, kind="stable")
    stands_for = codes[order].astype(float)
    if not exact:
        numbers = np.stack([codes & 15, codes >> 4], axis=2).reshape(len(codes), 32)
        words = coded.codewords[np.arange(32), numbers].reshape(-1, 128)
        stands_for = (coded.centroids[cells].astype(float) + words)[order]
    generator = np.random.default_rng(4)
    asked = generator.integers(0, 60, (20, 128)).astype(np.float32)
    probed = np.array([generator.permutation(_CELLS)[:5] for _ in asked], np.int64)
    probed[0, 2] = -1
    search = SegmentSearch(coded, segment, np.ones(10, np.bool_))
    distances, places = search.nearest(asked, probed, 16)
    for feature, near, found, where in zip(asked, probed, distances, places, strict=True):
        candidates = np.flatnonzero(np.isin(cells[order], near))
        true = ((stands_for - feature) ** 2).sum(axis=1)
        off = 0.0
        if not exact:
            # Half a step of each of 32 tables, which share the 255 steps of the widest.
            left = (feature - coded.centroids[near[near >= 0]]).reshape(-1, 32, 1, 4)
            tables = ((left - coded.codewords) ** 2).sum(axis=3)
            off = 32 * (tables.max(axis=2) - tables.min(axis=2)).max() / 255 / 2 + 1
        expected = np.sort(true[candidates])[:16]
        held = len(expected)
        assert np.isin(where[:held], candidates).all()
        assert len(set(where[:held].tolist())) == held
        assert (np.abs(found[:held] - true[where[:held]]) <= off).all()
        assert (np.abs(found[:held] - expected) <= off).all()
        assert np.isinf(found[held:]).all()
        assert (where[held:] == -1).all()


def test_of_another_format(tmp_path: Path) -> None:
    path = tmp_path / "a"
    drawn(path, 5, 16)
    path.write_bytes(b"BFLI0001" + path.read_bytes()[8:])
    with pytest.raises(ValueError, match="no segment"):
        open_segment(path)
