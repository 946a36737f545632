"""Descriptors: one pass for all poolings, order, length, and devices that fail."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from beautyfinder.errors import UserError
from beautyfinder.features import descriptor
from beautyfinder.features.descriptor import DeepDescriber
from beautyfinder.features.pooling import POOLINGS
from beautyfinder.features.weights import load_network
from tests.pictures import pack_picture

BACKBONE = "efficientnet-lite0"
Pixels = NDArray[np.uint8]


class Fake(nn.Module):
    """Activations told from the picture: 1,280 channels, each another mix of its colours.

    `fails` is asked before every pass and may raise; `batches` notes the sizes that came through.
    """

    def __init__(self, fails: Callable[[int], None] = lambda size: None) -> None:
        super().__init__()
        self.fails, self.batches, self.calls = fails, [], 0
        generator = torch.Generator().manual_seed(1)
        self.mix = torch.rand(1280, 3, generator=generator)

    def forward(self, pictures: Tensor) -> Tensor:
        self.calls += 1
        self.fails(len(pictures))
        self.batches.append(len(pictures))
        cells = nn.functional.avg_pool2d(pictures + 2, 32)
        return torch.einsum("kc,nchw->nkhw", self.mix, cells).clamp_min(0)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[DeepDescriber, Fake]]:
    """A describer with a `Fake` network that believes itself on `device`; numbers stay here."""

    def put(
        fails: Callable[[int], None] = lambda size: None,
        poolings: tuple[str, ...] = tuple(POOLINGS),
        device: str = "cpu",
    ) -> tuple[DeepDescriber, Fake]:
        network, cpu = Fake(fails), torch.device("cpu")
        monkeypatch.setattr(descriptor, "load_network", lambda name: (network, "0" * 64))
        describer = DeepDescriber(BACKBONE, poolings, "cpu")
        preprocess = describer._preprocess

        def here(batch: Pixels) -> Tensor:
            claimed, describer.device = describer.device, cpu
            try:
                return preprocess(batch)
            finally:
                describer.device = claimed

        monkeypatch.setattr(describer, "_preprocess", here)
        describer.device = torch.device(device)
        return describer, network

    return put


def pictures(count: int, height: int = 96, width: int = 64) -> list[Pixels]:
    generator = np.random.default_rng(1000 * height + width)
    coarse = [generator.integers(0, 256, (height // 32, width // 32, 3)) for _ in range(count)]
    return [np.kron(cells, np.ones((32, 32, 1))).astype(np.uint8) for cells in coarse]


@pytest.fixture(scope="module")
def real() -> DeepDescriber:
    return DeepDescriber(BACKBONE, tuple(POOLINGS), "cpu")


# Numbers


def test_agrees_with_the_network_itself(real: DeepDescriber) -> None:
    """Preprocessing, network, pooling and normalising written out."""
    prepared = [real.prepare(pack_picture(1)), real.prepare(pack_picture(2)[:, :110])]
    assert [p.shape for p in prepared] == [(320, 320, 3), (320, 220, 3)]
    network, sha256 = load_network(BACKBONE)
    assert real.weights_sha256 == sha256
    described = real.describe(prepared)
    assert set(described) == set(POOLINGS)
    for row, pixels in enumerate(prepared):
        batch = (torch.tensor(pixels).permute(2, 0, 1)[None].float() - 127) / 128
        activations = network(batch)
        for name, pool in POOLINGS.items():
            expected = pool(activations)[0].numpy()
            expected = expected / np.linalg.norm(expected)
            np.testing.assert_allclose(described[name][row], expected, atol=2e-6)


def test_types_and_lengths(real: DeepDescriber) -> None:
    prepared = [real.prepare(pack_picture(n)) for n in range(3)]
    for rows in real.describe(prepared).values():
        assert rows.shape == (3, 1280)
        assert rows.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_every_channel_has_its_own_mean_and_deviation(
    fake: Callable[..., tuple[DeepDescriber, Fake]],
) -> None:
    describer, _ = fake()
    mean, std = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
    describer.backbone = replace(describer.backbone, mean=mean, std=std)
    batch = np.random.default_rng(0).integers(0, 256, (2, 32, 64, 3), dtype=np.uint8)
    found = describer._preprocess(batch).numpy()
    assert found.shape == (2, 3, 32, 64)
    expected = (batch / 255 - np.array(mean)) / np.array(std)
    np.testing.assert_allclose(found, expected.transpose(0, 3, 1, 2), atol=1e-6)


def test_nothing_to_describe(real: DeepDescriber) -> None:
    assert {rows.shape for rows in real.describe([]).values()} == {(0, 1280)}


def test_one_pass_for_all_poolings(fake: Callable[..., tuple[DeepDescriber, Fake]]) -> None:
    describer, network = fake()
    described = describer.describe(pictures(5))
    assert network.batches == [5]
    assert list(described) == list(POOLINGS)


def test_order_is_kept_for_mixed_shapes(fake: Callable[..., tuple[DeepDescriber, Fake]]) -> None:
    describer, network = fake()
    tall, wide, square = pictures(3), pictures(2, 64, 96), pictures(1, 64, 64)
    mixed = [tall[0], wide[0], square[0], tall[1], wide[1], tall[2]]
    together = describer.describe(mixed)
    assert sorted(network.batches) == [1, 2, 3]  # one pass for each shape
    for row, picture in enumerate(mixed):
        for name, alone in describer.describe([picture]).items():
            np.testing.assert_allclose(together[name][row], alone[0], atol=1e-6)
    assert len(np.unique(together["spoc"].round(5), axis=0)) == 6


def test_black_and_blank_pictures_have_finite_descriptors(real: DeepDescriber) -> None:
    blank = [real.prepare(np.full((50, 70, 3), v, np.uint8)) for v in (0, 255)]
    for rows in real.describe(blank).values():
        assert np.isfinite(rows).all()


# Devices


def test_full_memory_halves_the_batch(
    fake: Callable[..., tuple[DeepDescriber, Fake]], caplog: pytest.LogCaptureFixture
) -> None:
    handling = []

    def fails(size: int) -> None:
        handling.append(sys.exc_info()[0])
        if size > 2:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB")

    describer, network = fake(fails, device="cuda")
    batch = pictures(7)
    described = describer.describe(batch)
    assert network.batches == [1, 2, 2, 2]  # 7 = 3 + 4 = (1 + 2) + (2 + 2)
    assert describer.device.type == "cuda"
    assert not caplog.records
    # While an exception is handled, its traceback keeps alive what filled the memory.
    assert set(handling) == {None}
    expected = fake()[0].describe(batch)
    for name in POOLINGS:
        np.testing.assert_allclose(described[name], expected[name], atol=1e-6)


def test_memory_too_small_for_one_goes_to_the_cpu(
    fake: Callable[..., tuple[DeepDescriber, Fake]], caplog: pytest.LogCaptureFixture
) -> None:
    describer: DeepDescriber

    def fails(size: int) -> None:
        if describer.device.type != "cpu":
            raise RuntimeError("MPS backend out of memory")

    describer, network = fake(fails, device="mps")
    batch = pictures(4)
    described = describer.describe(batch)
    assert describer.device == torch.device("cpu")
    assert network.batches == [1, 1, 2]
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert "mps" in caplog.text
    assert "CPU" in caplog.text
    assert described["mac"].shape == (4, 1280)
    describer.describe(batch)
    assert network.batches[3:] == [4]  # it stays there
    assert len(caplog.records) == 1


def test_device_that_fails_is_left_for_good(
    fake: Callable[..., tuple[DeepDescriber, Fake]], caplog: pytest.LogCaptureFixture
) -> None:
    describer: DeepDescriber

    def fails(size: int) -> None:
        if describer.device.type != "cpu":
            raise RuntimeError("CUDA error: unspecified launch failure")

    describer, network = fake(fails, device="cuda")
    # What lies on a device that failed cannot be read any more.
    network.to = lambda *_: pytest.fail("weights are not to be had from there")  # type: ignore[method-assign]
    described = describer.describe(pictures(3))
    assert network.calls == 2
    assert network.batches == [3]
    assert "unspecified launch failure" in caplog.text
    assert np.isfinite(described["r-mac"]).all()


def test_failure_on_the_cpu_is_not_hidden(fake: Callable[..., tuple[DeepDescriber, Fake]]) -> None:
    def fails(size: int) -> None:
        raise RuntimeError("a bug")

    describer, network = fake(fails)
    with pytest.raises(RuntimeError, match="a bug"):
        describer.describe(pictures(2))
    assert network.calls == 1


def test_network_that_does_not_fit_on_the_device(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Heavy(Fake):
        def to(self, device: torch.device | str) -> Heavy:  # type: ignore[override]
            if torch.device(device).type != "cpu":
                raise torch.OutOfMemoryError("CUDA out of memory")
            return self

    monkeypatch.setattr(descriptor, "load_network", lambda name: (Heavy(), ""))
    monkeypatch.setattr(descriptor, "choose_device", lambda name: torch.device("cuda"))
    describer = DeepDescriber(BACKBONE, ["mac"])
    assert describer.device == torch.device("cpu")
    assert "does not fit on cuda" in caplog.text
    assert describer.describe(pictures(1))["mac"].shape == (1, 1280)


@pytest.mark.gpu
def test_gpu_agrees_with_the_cpu(real: DeepDescriber) -> None:
    prepared = [real.prepare(pack_picture(n)) for n in range(4)]
    expected = real.describe(prepared)
    for name, rows in DeepDescriber(BACKBONE, tuple(POOLINGS), "cuda").describe(prepared).items():
        assert (np.sum(rows * expected[name], axis=1) > 0.999).all()


# Choices that there are not


def test_unknown_names() -> None:
    with pytest.raises(UserError, match=r"no pooling “gap, max”: choose among mac, spoc"):
        DeepDescriber(BACKBONE, ["mac", "gap", "max"])
    with pytest.raises(UserError, match=r"choose among mac, spoc"):
        DeepDescriber(BACKBONE, [])
    with pytest.raises(UserError, match=r"no backbone “alexnet”"):
        DeepDescriber("alexnet", ["mac"])
    with pytest.raises(UserError, match=r"no device “abacus”"):
        DeepDescriber(BACKBONE, ["mac"], "abacus")
