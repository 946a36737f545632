"""Rows of the store: what one product image becomes, and the Arrow tables made of such rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import cv2
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from beautyfinder.features.resize import resize_longer_side
from beautyfinder.store.sources import Entry
from beautyfinder.store.store import PRODUCT_COLUMNS

Row = Mapping[str, Any]

THUMBNAIL_SIDE = 256
_THUMBNAIL_QUALITY = 85


def catalogue_values(entry: Entry) -> dict[str, Any]:
    """What the source says of the entry: the product's columns and the source itself."""
    return {name: getattr(entry.image, name) for name in PRODUCT_COLUMNS} | {"source": entry.source}


def thumbnail(pixels: NDArray[np.uint8]) -> bytes:
    """JPEG of (H, W, 3) RGB `pixels`, at most `THUMBNAIL_SIDE` pixels on the longer side."""
    if max(pixels.shape[:2]) > THUMBNAIL_SIDE:
        pixels = resize_longer_side(pixels, THUMBNAIL_SIDE)
    bgr = cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)
    done, data = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, _THUMBNAIL_QUALITY])
    if not done:
        raise RuntimeError(f"no JPEG could be made of a picture of shape {pixels.shape}")
    return data.tobytes()


def to_table(rows: Sequence[Row], schema: pa.Schema, columns: Sequence[str]) -> pa.Table:
    """The rows' `columns` as an Arrow table; what a row lacks is null.

    Descriptors are float arrays (D,); everything else is a plain Python value.
    """
    fields = [schema.field(name) for name in columns]
    return pa.table([_array([row.get(f.name) for row in rows], f.type) for f in fields],
                    schema=pa.schema(fields))  # fmt: skip


def from_table(table: pa.Table) -> list[dict[str, Any]]:
    """The inverse of `to_table`: one dict per row, descriptors as float16 arrays (D,)."""
    names = table.column_names
    columns = [_values(table.column(name).combine_chunks()) for name in names]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def _array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    if not pa.types.is_fixed_size_list(kind):
        return pa.array(values, kind)
    numbers = np.zeros((len(values), kind.list_size), np.float16)
    for place, value in zip(numbers, values, strict=True):
        if value is not None:
            place[:] = value
    absent = pa.array([value is None for value in values])
    return pa.FixedSizeListArray.from_arrays(
        pa.array(numbers.ravel()), kind.list_size, mask=absent
    ).cast(kind)


def _values(column: pa.Array) -> Sequence[Any]:
    if not pa.types.is_fixed_size_list(column.type):
        values: list[Any] = column.to_pylist()
        return values
    numbers = iter(column.flatten().to_numpy().reshape(-1, column.type.list_size))
    return [next(numbers) if value.is_valid else None for value in column]
