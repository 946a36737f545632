"""The network by ONNX Runtime: torch's activations, whatever the size; and what stays torch's."""

from __future__ import annotations

import builtins
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import torch
from torch import nn

from beautyfinder.features import onnx_network
from beautyfinder.features.fusing import fuse
from beautyfinder.features.onnx_network import OnnxNetwork, ready_for_cpu
from beautyfinder.features.weights import load_network


def pixels(count: int, height: int, width: int) -> torch.Tensor:
    generator = torch.Generator().manual_seed(height)
    return torch.rand(count, 3, height, width, generator=generator) * 2 - 1


@pytest.fixture(scope="module")
def loaded() -> nn.Module:
    """As it comes, neither fused nor converted."""
    return load_network("efficientnet-lite0")[0].eval()


@pytest.fixture(scope="module")
def converted() -> OnnxNetwork:
    network = ready_for_cpu(fuse(load_network("efficientnet-lite0")[0].eval()))
    assert isinstance(network, OnnxNetwork)
    return network


@pytest.mark.parametrize(
    ("count", "height", "width"), [(1, 320, 320), (3, 320, 211), (1, 213, 320), (2, 33, 75)]
)
def test_activations_are_torchs(
    loaded: nn.Module, converted: OnnxNetwork, count: int, height: int, width: int
) -> None:
    """Odd sides, too, where TensorFlow's padding is not the same at both ends."""
    given = pixels(count, height, width)
    with torch.inference_mode():
        expected, found = loaded(given), converted(given)
    assert found.dtype == torch.float32
    scale = expected.abs().max().item()
    torch.testing.assert_close(found, expected, atol=2e-5 * scale, rtol=0)


def test_threads_may_share_it(converted: OnnxNetwork) -> None:
    given = [pixels(1, 64 + 16 * n, 96) for n in range(8)]
    expected = [converted(each) for each in given]
    with ThreadPoolExecutor(4) as pool:
        for found, wanted in zip(pool.map(converted, given), expected, strict=True):
            assert torch.equal(found, wanted)


def test_pixels_in_any_order_of_memory(converted: OnnxNetwork) -> None:
    given = pixels(2, 64, 48)
    turned = given.contiguous(memory_format=torch.channels_last)
    assert torch.equal(converted(turned), converted(given))


def test_other_networks_stay_torchs() -> None:
    network = nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU())
    assert ready_for_cpu(network) is network


def test_a_layer_without_a_form_is_named() -> None:
    network = fuse(load_network("efficientnet-lite0")[0].eval())
    with pytest.raises(TypeError, match="no ONNX is known for Tanh"):
        onnx_network._onnx_file(nn.Sequential(network, nn.Tanh()))


def test_without_onnxruntime_torch_goes_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real_import = builtins.__import__

    def no_onnxruntime(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "onnxruntime":
            raise ImportError("DLL load failed")
        return real_import(name, *args, **kwargs)

    network = fuse(load_network("efficientnet-lite0")[0].eval())
    monkeypatch.setattr(builtins, "__import__", no_onnxruntime)
    with caplog.at_level(logging.WARNING):
        assert ready_for_cpu(network) is network
    assert "DLL load failed" in caplog.text
