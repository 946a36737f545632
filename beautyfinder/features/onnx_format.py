"""The few parts of ONNX's file format that a network of convolutions takes, written as bytes.

ONNX's own library would add 50 MB to the installers for this. The format is that of Protocol
Buffers; the numbers below are its fields' in onnx.proto, which by its rules never change.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

_IR_VERSION, _OPSET = 8, 13
_FLOAT = 1  # TensorProto.DataType
_ATTRIBUTE_INT, _ATTRIBUTE_STRING, _ATTRIBUTE_INTS = 2, 3, 7  # AttributeProto.AttributeType


def tensor(name: str, values: NDArray[np.float32]) -> bytes:
    """An initializer (TensorProto) of any shape."""
    data = np.ascontiguousarray(values, "<f4").tobytes()
    return (
        b"".join(_number(1, side) for side in values.shape)
        + _number(2, _FLOAT)
        + _text(8, name)
        + _bytes(9, data)
    )


def node(
    operator: str,
    inputs: Iterable[str],
    output: str,
    **attributes: int | str | Sequence[int],
) -> bytes:
    """One operation (NodeProto) of ONNX's own set of operators."""
    return (
        b"".join(_text(1, name) for name in inputs)
        + _text(2, output)
        + _text(4, operator)
        + b"".join(_bytes(5, _attribute(*each)) for each in attributes.items())
    )


def model(
    nodes: Iterable[bytes],
    tensors: Iterable[bytes],
    given: tuple[str, Sequence[int | str]],
    result: tuple[str, Sequence[int | str]],
) -> bytes:
    """A whole file (ModelProto) from what `node` and `tensor` gave.

    given, result: name and shape of the float32 input and output, a name for a side of any length.
    """
    graph = (
        b"".join(_bytes(1, each) for each in nodes)
        + _text(2, "network")
        + b"".join(_bytes(5, each) for each in tensors)
        + _bytes(11, _value(*given))
        + _bytes(12, _value(*result))
    )
    operators = _text(1, "") + _number(2, _OPSET)
    return _number(1, _IR_VERSION) + _bytes(7, graph) + _bytes(8, operators)


def _attribute(name: str, value: int | str | Sequence[int]) -> bytes:
    if isinstance(value, int):
        return _text(1, name) + _number(3, value) + _number(20, _ATTRIBUTE_INT)
    if isinstance(value, str):
        return _text(1, name) + _text(4, value) + _number(20, _ATTRIBUTE_STRING)
    numbers = b"".join(_number(8, each) for each in value)
    return _text(1, name) + numbers + _number(20, _ATTRIBUTE_INTS)


def _value(name: str, shape: Sequence[int | str]) -> bytes:
    """A ValueInfoProto: name and TypeProto, which holds TypeProto.Tensor with its shape."""
    sides = b"".join(
        _bytes(1, _number(1, side) if isinstance(side, int) else _text(2, side)) for side in shape
    )
    return _text(1, name) + _bytes(2, _bytes(1, _number(1, _FLOAT) + _bytes(2, sides)))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _text(field: int, value: str) -> bytes:
    return _bytes(field, value.encode())


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    """Seven bits a byte, least first, the eighth for: more follow. No number is negative."""
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)
