"""Backbone and poolings on a device: pictures -> global descriptors, one pass for all poolings."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from beautyfinder.errors import UserError
from beautyfinder.features.backbones import BACKBONES, backbone_named, is_of_timm
from beautyfinder.features.device import choose_device, is_out_of_memory
from beautyfinder.features.fusing import fuse
from beautyfinder.features.onnx_network import ready_for_cpu
from beautyfinder.features.pooling import CLS, POOLING_NAMES, POOLINGS, pool
from beautyfinder.features.resize import resize_for_network
from beautyfinder.features.weights import load_network

log = logging.getLogger(__name__)


class DeepDescriber:
    """A backbone with its weights, ready to describe pictures by one or several poolings.

    When the device fails or its memory is full it goes on with smaller batches, then on the
    processor, and says so in the log.
    """

    def __init__(
        self,
        backbone: str,
        poolings: Sequence[str],
        device: str = "auto",
        longer_side: int | None = None,
    ) -> None:
        """Load the network. Raises UserError: unknown name, weights missing, no such device.

        `longer_side`: of the pictures, in pixels, where it is not to be the backbone's own.
        """
        unknown = [name for name in poolings if name not in POOLING_NAMES]
        if unknown or not poolings:
            raise UserError(
                f"There is no pooling “{', '.join(unknown)}”: choose among "
                f"{', '.join(POOLING_NAMES)}."
            )
        if backbone not in BACKBONES and not is_of_timm(backbone):
            raise UserError(
                f"There is no backbone “{backbone}”: `beautyfinder backbones list` names them."
            )
        self.backbone = backbone_named(backbone)
        if CLS in poolings and not self.backbone.class_token:
            raise UserError(
                f"{self.backbone.name} has no class token for the pooling “{CLS}”: choose among "
                f"{', '.join(POOLINGS)}."
            )
        self.poolings = tuple(poolings)
        own = self.backbone.input_size
        self._input_size = replace(own, longer_side=longer_side or own.longer_side)
        self.device, self._network, self.weights_sha256 = self._load(choose_device(device))

    @property
    def longer_side(self) -> int:
        """Of the pictures that the network sees, in pixels."""
        return self._input_size.longer_side

    def prepare(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """`pixels` (H, W, 3) RGB at the size that the network sees; safe in any thread."""
        red, green, blue = (round(255 * value) for value in self.backbone.mean)
        return resize_for_network(pixels, self._input_size, (red, green, blue))

    def describe(self, prepared: Sequence[NDArray[np.uint8]]) -> dict[str, NDArray[np.float32]]:
        """Descriptors of pictures that went through `prepare`.

        Returns for every pooling a float32 (N, C), rows l2-normalised, in the given order.
        """
        by_shape: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for index, pixels in enumerate(prepared):
            by_shape[pixels.shape].append(index)
        result = {
            name: np.empty((len(prepared), self.backbone.channels), np.float32)
            for name in self.poolings
        }
        for indices in by_shape.values():
            batch = np.stack([prepared[i] for i in indices])
            for name, rows in self._describe_batch(batch).items():
                result[name][indices] = rows
        return result

    def _describe_batch(self, batch: NDArray[np.uint8]) -> dict[str, NDArray[np.float32]]:
        try:
            return self._on_device(batch)
        except RuntimeError as error:
            if self.device.type == "cpu":
                raise
            smaller = is_out_of_memory(error) and len(batch) > 1
            if not smaller:
                log.warning("The %s device failed (%s); going on on the CPU.", self.device, error)
        # Not within `except`: there the traceback still holds the activations that filled it.
        if smaller:
            half = len(batch) // 2
            first, second = map(self._describe_batch, (batch[:half], batch[half:]))
            return {name: np.concatenate([first[name], second[name]]) for name in first}
        # Loaded anew: from a device that failed not even weights may be had back.
        self.device, self._network, _ = self._load(torch.device("cpu"))
        return self._describe_batch(batch)

    def _on_device(self, batch: NDArray[np.uint8]) -> dict[str, NDArray[np.float32]]:
        with torch.inference_mode():
            output = self._network(self._preprocess(batch))
            activations, token = output if self.backbone.class_token else (output, output)
            activations, token = activations.float(), token.float()
            pooled = pool(activations, [name for name in self.poolings if name != CLS])
            return {
                name: nn.functional.normalize(pooled.get(name, token), dim=1).cpu().numpy()
                for name in self.poolings
            }

    def _load(self, device: torch.device) -> tuple[torch.device, Callable[[Tensor], Any], str]:
        """The device that took the network, `device` or the CPU; the network, ready to be called;
        its weights' SHA-256, which is of the file as it is.
        """
        network, sha256 = load_network(self.backbone.name)
        network = network.eval()
        if not is_of_timm(self.backbone.name):
            network = fuse(network)
        if device.type != "cpu":
            try:
                return device, network.to(device), sha256
            except RuntimeError as error:
                log.warning("The network does not fit on %s (%s); using the CPU.", device, error)
                network = network.to("cpu")
        return torch.device("cpu"), ready_for_cpu(network), sha256

    def _preprocess(self, batch: NDArray[np.uint8]) -> Tensor:
        """uint8 (N, H, W, 3) RGB -> float32 (N, 3, H, W) as the backbone was trained on."""
        # Whole rows against rows of means: in one loop instead of one for every three values.
        pictures, height, width, _ = batch.shape
        pixels = torch.from_numpy(batch).to(self.device).view(pictures, height, -1).float()
        mean, std = (
            (torch.tensor(values, device=self.device) * 255).repeat(width)
            for values in (self.backbone.mean, self.backbone.std)
        )
        pixels.sub_(mean).div_(std)
        return pixels.view(batch.shape).permute(0, 3, 1, 2)
