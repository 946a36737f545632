"""Which device is chosen, and what is said where there is none."""

from __future__ import annotations

import pytest
import torch

from beautyfinder.errors import UserError
from beautyfinder.features.device import DEVICES, choose_device, is_out_of_memory


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> object:
    def put(*, cuda: int = 0, mps: bool = False) -> None:
        monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda > 0)
        monkeypatch.setattr(torch.cuda, "device_count", lambda: cuda)
        monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)

    return put


@pytest.mark.parametrize(
    ("has", "chosen"),
    [
        ({}, "cpu"),
        ({"mps": True}, "mps"),
        ({"cuda": 1}, "cuda"),
        ({"cuda": 2, "mps": True}, "cuda"),
    ],
)
def test_auto(machine, has: dict[str, int], chosen: str) -> None:
    machine(**has)
    assert choose_device() == choose_device("auto") == torch.device(chosen)


def test_by_name(machine) -> None:
    machine(cuda=2, mps=True)
    for name in ("cpu", "cuda", "cuda:1", "mps"):
        assert choose_device(name) == torch.device(name)


@pytest.mark.parametrize("name", ["cuda", "cuda:0", "mps"])
def test_device_that_the_machine_lacks(machine, name: str) -> None:
    machine()
    with pytest.raises(UserError, match=f"offers no {name} device"):
        choose_device(name)


@pytest.mark.parametrize("name", ["tpu", "", "CUDA", "cuda0"])
def test_device_that_there_is_not(machine, name: str) -> None:
    machine(cuda=1)
    with pytest.raises(UserError, match=f"“{name}”: choose one of {', '.join(DEVICES)}"):
        choose_device(name)


@pytest.mark.parametrize("name", ["cuda:1", "cuda:x", "cuda:", "cpu:x"])
def test_number_that_there_is_not(machine, name: str) -> None:
    machine(cuda=1)
    with pytest.raises(UserError, match=f"no device “{name}” on this machine"):
        choose_device(name)


def test_out_of_memory() -> None:
    assert is_out_of_memory(torch.OutOfMemoryError("full"))
    assert is_out_of_memory(RuntimeError("MPS backend out of memory (MPS allocated: 9 GB)"))
    assert not is_out_of_memory(RuntimeError("CUDA error: an illegal memory access"))
