"""Backbone and poolings on a device: pictures -> global descriptors, one pass for all poolings."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from beautyfinder.errors import UserError
from beautyfinder.features.backbones import BACKBONES
from beautyfinder.features.device import choose_device, is_out_of_memory
from beautyfinder.features.pooling import POOLINGS
from beautyfinder.features.resize import resize_longer_side
from beautyfinder.features.weights import load_network

log = logging.getLogger(__name__)

LONGER_SIDE = 320  # development photos, R-MAC and cosine: 0.65 at 320 px, 0.57 at 416 px


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
        longer_side: int = LONGER_SIDE,
    ) -> None:
        """Load the network. Raises UserError: unknown name, weights missing, no such device."""
        unknown = [name for name in poolings if name not in POOLINGS]
        if unknown or not poolings:
            raise UserError(
                f"There is no pooling “{', '.join(unknown)}”: choose among {', '.join(POOLINGS)}."
            )
        if backbone not in BACKBONES:
            raise UserError(
                f"There is no backbone “{backbone}”: `beautyfinder backbones list` names them."
            )
        self.backbone = BACKBONES[backbone]
        self.poolings = tuple(poolings)
        self.longer_side = longer_side
        self.device = choose_device(device)
        network, self.weights_sha256 = load_network(backbone)
        self._network: nn.Module = network.eval()
        self._move(self.device)

    def prepare(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """`pixels` (H, W, 3) RGB at the size that the network sees; safe in any thread."""
        return resize_longer_side(pixels, self.longer_side)

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
        self._network, self.device = load_network(self.backbone.name)[0], torch.device("cpu")
        return self._describe_batch(batch)

    def _on_device(self, batch: NDArray[np.uint8]) -> dict[str, NDArray[np.float32]]:
        with torch.inference_mode():
            activations = self._network(self._preprocess(batch)).float()
            return {
                name: nn.functional.normalize(POOLINGS[name](activations), dim=1).cpu().numpy()
                for name in self.poolings
            }

    def _preprocess(self, batch: NDArray[np.uint8]) -> Tensor:
        """uint8 (N, H, W, 3) RGB -> float32 (N, 3, H, W) as the backbone was trained on."""
        pixels = torch.from_numpy(batch).to(self.device).permute(0, 3, 1, 2).float()
        mean, std = (
            torch.tensor(values, device=self.device).view(1, 3, 1, 1) * 255
            for values in (self.backbone.mean, self.backbone.std)
        )
        return (pixels - mean) / std

    def _move(self, device: torch.device) -> None:
        try:
            self._network.to(device)
        except RuntimeError as error:
            if device.type == "cpu":
                raise
            log.warning("The network does not fit on %s (%s); using the CPU.", device, error)
            device = torch.device("cpu")
            self._network.to(device)
        self.device = device
