"""Which device the networks and the ranking run on."""

from __future__ import annotations

import torch

from beautyfinder.errors import UserError

DEVICES = ("auto", "cpu", "cuda", "mps")


def available_devices() -> tuple[str, ...]:
    """The names of `DEVICES` that this machine has, other than "auto"."""
    there = (
        ("cuda", torch.cuda.is_available()),
        ("mps", torch.backends.mps.is_available()),
        ("cpu", True),
    )
    return tuple(kind for kind, is_there in there if is_there)


def choose_device(name: str = "auto") -> torch.device:
    """The device of that name; "auto" takes CUDA, then Apple's MPS, then the processor.

    Raises UserError when the machine has no such device.
    """
    available = available_devices()
    if name == "auto":
        return torch.device(available[0])
    kind = name.split(":")[0]
    if kind not in DEVICES:
        raise UserError(f"There is no device “{name}”: choose one of {', '.join(DEVICES)}.")
    if kind not in available:
        raise UserError(
            f"This machine offers no {name} device to PyTorch; use --device cpu or auto."
        )
    try:
        device = torch.device(name)
    except RuntimeError:  # no such number: "cuda:x"
        device = None
    count = torch.cuda.device_count() if kind == "cuda" else 1
    if device is None or (device.index or 0) >= count:
        raise UserError(
            f"There is no device “{name}” on this machine, which has {count} of that kind."
        )
    return device


def is_out_of_memory(error: BaseException) -> bool:
    """Whether `error` says that a device's memory is full (CUDA has a type for it, MPS words)."""
    return isinstance(error, torch.OutOfMemoryError) or "out of memory" in str(error).lower()
