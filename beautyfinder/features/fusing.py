"""A network with fewer passes over its activations: batch norm within convolutions, plain padding.

A pass over the activations of one layer costs about what a small convolution does, since they do
not stay in the processor's cache: with the default backbone half of all time.
"""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.fusion import fuse_conv_bn_eval

_SAME = "Conv2dDynamicSamePadding"


def fuse(network: nn.Module) -> nn.Module:
    """`network`, in eval mode, changed in place to compute the same up to rounding, and returned.

    A batch norm that follows a convolution, in the order of a module's children, becomes part of
    it: only for networks whose layers run in that order, as all of the table's do.
    """
    for module in list(network.modules()):
        _fold_batch_norms(module)
        for name, child in module.named_children():
            # named, since its library is imported for the default backbone alone
            if isinstance(child, nn.Conv2d) and type(child).__name__ == _SAME:
                setattr(module, name, SamePadding(child))
            elif isinstance(child, (nn.ReLU, nn.ReLU6)):
                child.inplace = True  # what stands before it is a convolution or a sum
    return network


def _fold_batch_norms(module: nn.Module) -> None:
    children = list(module.named_children())
    for (name, first), (next_name, second) in pairwise(children):
        if isinstance(first, nn.Conv2d) and type(second) is nn.BatchNorm2d:
            setattr(module, name, fuse_conv_bn_eval(first, second))
            setattr(module, next_name, nn.Identity())


class SamePadding(nn.Module):
    """A convolution that pads as TensorFlow's SAME does; no copy where both ends get as much."""

    def __init__(self, convolution: nn.Conv2d) -> None:
        super().__init__()
        self.weight, self.bias = convolution.weight, convolution.bias
        self.stride, self.groups = convolution.stride[0], convolution.groups

    def forward(self, x: Tensor) -> Tensor:
        kernel = self.weight.shape[-1]
        down, across = (self._padding(side, kernel) for side in x.shape[-2:])
        if down % 2 or across % 2:
            x = functional.pad(x, (across // 2, across - across // 2, down // 2, down - down // 2))
            down = across = 0
        return torch.conv2d(
            x, self.weight, self.bias, self.stride, (down // 2, across // 2), 1, self.groups
        )

    def _padding(self, side: int, kernel: int) -> int:
        """How many rows or columns to add to `side`."""
        return max(0, (-(-side // self.stride) - 1) * self.stride + kernel - side)
