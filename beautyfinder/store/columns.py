"""Columns of descriptors in the store, and what is read from one."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from beautyfinder.features.backbones import safe_name

METADATA = b"beautyfinder"  # of the dataset's schema and of its fields


@dataclass(frozen=True)
class DescriptorColumn:
    """One column of descriptors: what computed it and how long its rows are."""

    backbone: str
    pooling: str
    dimensions: int
    weights_sha256: str
    longer_side: int

    @property
    def name(self) -> str:
        """The column's name in the dataset."""
        return f"descriptor_{safe_name(self.backbone)}_{self.pooling}"

    def field(self) -> pa.Field:
        """The column in the dataset's schema, its origin in the field's metadata."""
        origin = {
            "backbone": self.backbone,
            "pooling": self.pooling,
            "weights_sha256": self.weights_sha256,
            "longer_side": self.longer_side,
        }
        return pa.field(
            self.name,
            pa.list_(pa.float16(), self.dimensions),
            metadata={METADATA: json.dumps(origin).encode()},
        )


@dataclass(frozen=True, eq=False)
class DescriptorMatrix:
    """The descriptors of one column: float16 (N, D), rows l2-normalised, and the rows' offsets.

    offsets: int64 (N,), the position of each row in the store (rows without a descriptor left
    out), as `read_images` and its siblings take them.
    """

    offsets: NDArray[np.int64]
    rows: NDArray[np.float16]
