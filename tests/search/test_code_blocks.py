"""Blocks of four-bit codes: as faiss lays them out, and back."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from beautyfinder.search.code_blocks import BLOCK, interleaved, plain


@pytest.mark.parametrize("blocks", [0, 1, 5])
def test_laid_out_as_faiss_does(blocks: int) -> None:
    import faiss

    codes = np.random.default_rng(blocks).integers(0, 256, (blocks * BLOCK, 16), np.uint8)
    index: Any = faiss.IndexPQ(128, 32, 4)
    index.is_trained = True
    faiss.copy_array_to_vector(codes.ravel(), index.codes)
    index.ntotal = len(codes)
    scanned = faiss.IndexPQFastScan(index, BLOCK)
    expected = np.empty(scanned.codes.size(), np.uint8)
    faiss.memcpy(faiss.swig_ptr(expected), scanned.codes.data(), expected.nbytes)
    np.testing.assert_array_equal(interleaved(codes).ravel(), expected)


def test_back_again() -> None:
    codes = np.random.default_rng(7).integers(0, 256, (3 * BLOCK, 16), np.uint8)
    np.testing.assert_array_equal(plain(interleaved(codes)), codes)
