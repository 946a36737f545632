"""Files of weights -> tensors by name, without executing anything that a file holds."""

from __future__ import annotations

import json
import math
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from beautyfinder.errors import UserError

if TYPE_CHECKING:
    from torch import Tensor

# As safetensors names them -> torch's names.
_DTYPES = {
    "F64": "float64",
    "F32": "float32",
    "F16": "float16",
    "BF16": "bfloat16",
    "I64": "int64",
    "I32": "int32",
    "U8": "uint8",
}


def read_state_dict(file: Path) -> dict[str, Tensor]:
    """The tensors of a .pth, .pt or .safetensors file, by name, on the CPU.

    Nothing in the file is executed: torch reads it with `weights_only=True`. Raises UserError for
    a file that is missing, damaged, or holds anything but tensors.
    """
    import torch

    try:
        if file.suffix.lower() == ".safetensors":
            return _read_safetensors(file)
        with warnings.catch_warnings():  # of unusual pickles, which end in an error of ours below
            warnings.simplefilter("ignore")
            state = torch.load(file, map_location="cpu", weights_only=True)
    except (OSError, MemoryError) as error:
        raise UserError(f"{file} cannot be read: {error}.") from error
    except Exception as error:  # unpicklers fail in every way there is
        raise UserError(f"{file} is not a file of weights that can be read safely.") from error
    if not isinstance(state, Mapping) or not all(
        isinstance(key, str) and isinstance(value, torch.Tensor) for key, value in state.items()
    ):
        raise UserError(f"{file} is not a state dict: it must map names to tensors.")
    return dict(state)


def _read_safetensors(file: Path) -> dict[str, Tensor]:
    """A length of 8 bytes, a JSON header, raw tensors: read here, so that no library is needed."""
    import torch

    data = bytearray(file.read_bytes())
    start = 8 + int.from_bytes(data[:8], "little")
    if len(data) < 8 or start > len(data):
        raise ValueError("the header is cut off")
    header = json.loads(data[8:start])
    tensors = {}
    for key, entry in header.items():
        if key == "__metadata__":
            continue
        dtype = getattr(torch, _DTYPES[entry["dtype"]])
        shape, (first, end) = entry["shape"], entry["data_offsets"]
        count = math.prod(shape)
        size = count * torch.empty((), dtype=dtype).element_size()
        if min(shape, default=0) < 0 or not 0 <= first <= end <= len(data) - start:
            raise ValueError(f"{key} lies outside the file")
        if end - first != size:
            raise ValueError(f"{key} has another size than its shape")
        raw = data[start + first : start + end]  # a copy: aligned, and the file's bytes can go
        flat = torch.frombuffer(raw, dtype=dtype) if count else torch.empty(0, dtype=dtype)
        tensors[key] = flat.reshape(shape)
    return tensors
