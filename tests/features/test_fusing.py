"""Fusing: the same activations as the network as it was loaded, for every kind of layer."""

from __future__ import annotations

import copy

import pytest
import torch
from torch import nn

from beautyfinder.features.backbones import BACKBONES, build_network
from beautyfinder.features.fusing import fuse
from beautyfinder.features.weights import load_network


def compare(network: nn.Module, shape: tuple[int, int]) -> None:
    generator = torch.Generator().manual_seed(1)
    pictures = torch.rand(2, 3, *shape, generator=generator) * 2 - 1
    with torch.inference_mode():
        expected = network(pictures)
        found = fuse(copy.deepcopy(network))(pictures.clone())
    assert found.shape == expected.shape
    scale = expected.abs().max().item()
    torch.testing.assert_close(found, expected, atol=2e-5 * scale, rtol=0)


@pytest.mark.parametrize("shape", [(64, 64), (320, 211), (33, 75)])
def test_the_default_network_gives_the_same(shape: tuple[int, int]) -> None:
    compare(load_network("efficientnet-lite0")[0].eval(), shape)


@pytest.mark.parametrize(
    "name", ["vgg16", "resnet50", "resnext101_32x4d", "se_resnet50", "se_resnext50_32x4d"]
)
def test_every_family_of_the_table_gives_the_same(name: str) -> None:
    assert name in BACKBONES
    torch.manual_seed(0)
    network = build_network(name)
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):  # what training leaves: not the neutral numbers
            module.running_mean.uniform_(-0.1, 0.1)  # type: ignore[union-attr]
            module.running_var.uniform_(0.5, 2)  # type: ignore[union-attr]
            module.weight.data.uniform_(0.5, 1.5)
            module.bias.data.uniform_(-0.1, 0.1)
    compare(network, (64, 96))


def test_no_batch_norm_is_left_in_the_default_network() -> None:
    network = fuse(load_network("efficientnet-lite0")[0].eval())
    assert not any(isinstance(module, nn.BatchNorm2d) for module in network.modules())
