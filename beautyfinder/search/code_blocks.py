"""Blocks of four-bit codes: 32 side by side, in the order in which faiss adds them up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BLOCK = 32
_HALF = BLOCK // 2


def interleaved(codes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Codes (32 B, S / 2), two subspaces a byte, -> B blocks: uint8 (32 B, S / 2) all the same.

    A block has 16 bytes for each subspace in turn. Each holds the numbers of two of the block's
    codes, 16 apart; these pairs come in the order 0, 8, 1, 9, ..., 7, 15.
    """
    blocks = codes.reshape(-1, BLOCK, codes.shape[1]).swapaxes(1, 2)
    numbers = np.stack([blocks & 15, blocks >> 4], axis=2)  # (B, S / 2, 2, 32)
    pairs = numbers[..., :_HALF] | (numbers[..., _HALF:] << 4)
    order = pairs.reshape(*pairs.shape[:-1], 2, _HALF // 2).swapaxes(-1, -2)
    result: NDArray[np.uint8] = order.reshape(codes.shape)
    return result


def plain(blocks: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The codes that `interleaved` made these blocks from."""
    columns = blocks.shape[1]
    order = blocks.reshape(-1, columns, 2, _HALF // 2, 2)
    pairs = order.swapaxes(-1, -2).reshape(-1, columns, 2, _HALF)
    numbers = np.concatenate([pairs & 15, pairs >> 4], axis=3)  # (B, S / 2, 2, 32)
    codes = numbers[:, :, 0] | (numbers[:, :, 1] << 4)
    result: NDArray[np.uint8] = codes.swapaxes(1, 2).reshape(blocks.shape)
    return result
