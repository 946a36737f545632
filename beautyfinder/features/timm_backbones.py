"""Backbones of the library timm, as timm:NAME: its networks, their preprocessing, files that fit.

timm knows for each set of weights the size, mean, deviation and filter that it was trained with.
What a network gives, maps or tokens, for pictures of which sizes, is found by running it once
without numbers, on torch's "meta" device.
"""

from __future__ import annotations

import difflib
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from beautyfinder.errors import UserError
from beautyfinder.features.backbones import (
    Backbone,
    InputSize,
    Source,
    differences,
    hash_in_name,
    not_weights_of,
)
from beautyfinder.features.torch_vision import import_torchvision

_PREFIX = "timm:"
# How a network whose size is fixed is told to take others; those that cannot know neither word.
_ANY_SIZE: tuple[dict[str, bool], ...] = ({"dynamic_img_size": True}, {"strict_img_size": False})
_FILTERS = ("nearest", "bilinear", "bicubic", "lanczos")


@dataclass(frozen=True)
class _Layout:
    """How activations lie in a network's output: "maps", "channels last" or "tokens".

    `stride`: input pixels for a cell. `prefix`: tokens before the patches, class token first.
    """

    kind: str
    channels: int
    stride: int
    prefix: int = 0

    def maps(self, output: Any, height: int, width: int) -> Tensor:
        """(N, C, h, w) of what came for pictures of this size; ValueError where it does not fit."""
        if not isinstance(output, Tensor) or output.ndim != (3 if self.kind == "tokens" else 4):
            raise ValueError("no activations in an order that is known")
        if self.kind != "tokens":
            return output.permute(0, 3, 1, 2) if self.kind == "channels last" else output
        patches = output[:, self.prefix :].transpose(1, 2)  # row by row, as timm cuts a picture up
        grid = height // self.stride, width // self.stride
        if patches.shape[2] != grid[0] * grid[1]:
            raise ValueError("tokens that are no grid of patches")
        return patches.reshape(*patches.shape[:2], *grid)


@dataclass(frozen=True)
class _Plan:
    """What timm says of a network and what a trial of it showed. `model`: its full name in timm."""

    backbone: Backbone
    model: str
    options: Mapping[str, bool]
    layout: _Layout


class TimmTrunk(nn.Module):
    """A network of timm without its classifier: preprocessed (N, 3, H, W) -> activations.

    They are float32 (N, C, h, w), also negative; of a transformer its patches, row by row. With a
    class token it gives a pair: the activations, and the token (N, C).
    """

    def __init__(self, network: Any, layout: _Layout, class_token: bool) -> None:
        super().__init__()
        self.network = network
        self._layout, self._class_token = layout, class_token

    def forward(self, pictures: Tensor) -> Tensor | tuple[Tensor, Tensor]:
        """See the class."""
        output = self.network.forward_features(pictures)
        maps = self._layout.maps(output, *pictures.shape[-2:])
        return (maps, output[:, 0]) if self._class_token else maps


def timm_backbone(name: str) -> Backbone:
    """What timm says of timm:NAME, under its full name, timm:MODEL.TAG: the tag names the training.

    Raises UserError without timm, for a name that timm does not have, and for a network whose
    activations come in no order that is known here.
    """
    return _plan(name).backbone


def build_timm_network(name: str) -> nn.Module:
    """The `TimmTrunk` of timm:NAME, random weights, eval mode, on torch's default device."""
    plan = _plan(name)
    return _trunk(plan, _create(plan.model, num_classes=0, **plan.options))


def timm_network_from_state(name: str, state: Mapping[str, Tensor], file: Path) -> nn.Module:
    """The `TimmTrunk` of timm:NAME with the weights of `state`, float32, eval mode, on the CPU.

    timm's own loader takes them in, which knows the spellings of the networks' authors; every
    tensor must be there and fit, but the classifier's need not. Raises UserError naming `file`.
    """
    plan = _plan(name)
    classifier = _classifier(plan.model)
    own = {key: value for key, value in state.items() if not key.startswith(classifier)}
    # The authors' files name the classifier otherwise: kept, it is renamed with all the rest.
    tries: tuple[tuple[Mapping[str, Tensor], dict[str, int]], ...]
    tries = (own, {"num_classes": 0}), (state, {})
    for tensors, classes in tries:
        create = partial(_create_from, plan, tensors, classes)
        try:
            network = create()
        except (RuntimeError, KeyError, ValueError, AttributeError, AssertionError, TypeError):
            continue
        if missing := _left_out(create, network, tensors):
            raise not_weights_of(plan.backbone.name, file, missing)
        if not classes:
            network.reset_classifier(0)
        return _trunk(plan, network)
    with torch.device("meta"):
        wanted = _create(plan.model, num_classes=0, **plan.options).state_dict()
    wrong = differences(wanted, own) or ["timm cannot make sense of its tensors"]
    raise not_weights_of(plan.backbone.name, file, wrong)


def _create_from(plan: _Plan, tensors: Mapping[str, Tensor], classes: dict[str, int]) -> Any:
    # Without a source, or timm would take an empty state dict as leave to download.
    overlay = {"state_dict": dict(tensors), "hf_hub_id": None, "url": "", "file": None, **classes}
    options = {**classes, **plan.options}
    return _create(plan.model, pretrained=True, pretrained_cfg_overlay=overlay, **options)


def _left_out(create: Callable[[], Any], network: Any, tensors: Mapping[str, Tensor]) -> list[str]:
    """Which of the network's weights are still random: for some networks timm lets that pass."""
    loaded = network.state_dict()
    if loaded.keys() <= tensors.keys():
        return []
    again = create().state_dict()
    return [f"{key} is missing" for key in loaded if not torch.equal(loaded[key], again[key])]


def hub_file_names(name: str) -> tuple[str, ...]:
    """Under which names the hub may have the weights of timm:NAME, the likeliest first."""
    own = _pretrained_cfg(_plan(name).model).get("hf_hub_filename")
    return (own,) if own else ("model.safetensors", "pytorch_model.bin")


@lru_cache(maxsize=64)
def _plan(name: str) -> _Plan:
    model = name.removeprefix(_PREFIX)
    _check_name(model)
    cfg = _pretrained_cfg(model)
    full = f"{cfg['architecture']}.{cfg['tag']}" if cfg.get("tag") else cfg["architecture"]
    model, name = full, _PREFIX + full
    options, network, layout, size = _tried(name, cfg)
    url = cfg.get("url") or ""
    sources: tuple[Source, ...] = ()
    if not cfg.get("hf_hub_id") and url.startswith("https:") and hash_in_name(url):
        sources = (Source(url, hash_in_name(url)),)
    backbone = Backbone(
        name,
        layout.channels,
        layout.stride,
        tuple(cfg["mean"]),
        tuple(cfg["std"]),
        original="",
        sources=sources,
        class_token=layout.kind == "tokens" and getattr(network, "cls_token", None) is not None,
        input_size=size,
        hub=cfg.get("hf_hub_id") or "",
    )
    return _Plan(backbone, model, options, layout)


def _tried(name: str, cfg: Mapping[str, Any]) -> tuple[dict[str, bool], Any, _Layout, InputSize]:
    """The options, a network without numbers, its layout, and the sizes that it took in a trial.

    Preferred: any size; sides that are multiples of the stride; its own square alone.
    """
    height, width = cfg["input_size"][-2:]
    longer, resampling = max(height, width), cfg["interpolation"]
    resampling = resampling if resampling in _FILTERS else "bicubic"
    for options in (*(_ANY_SIZE if cfg.get("fixed_input_size") else ()), {}):
        with torch.device("meta"):
            try:
                network = _create(name.removeprefix(_PREFIX), num_classes=0, **options).eval()
            except TypeError:  # it does not know that word
                continue
        layout = _layout(name, network, height, width)
        stride = layout.stride
        for multiple, taller, wider in ((1, 3, 2 * stride + 5), (stride, 0, stride)):
            if _takes(network, layout, height + taller, width + wider):
                return options, network, layout, InputSize(longer, multiple, False, resampling)
    if height != width:
        raise UserError(f"{name} takes pictures of {width} × {height} px alone: choose another.")
    return {}, network, layout, InputSize(longer, 1, True, resampling)


def _layout(name: str, network: Any, height: int, width: int) -> _Layout:
    """How the output lies for a picture of the network's own size."""
    with torch.inference_mode():
        output = network.forward_features(torch.empty(1, 3, height, width, device="meta"))
    shape = tuple(output.shape) if isinstance(output, Tensor) else ()
    if len(shape) == 4:
        last = shape[3] == network.num_features != shape[1]
        rows, channels = (shape[1], shape[3]) if last else (shape[2], shape[1])
        return _Layout("channels last" if last else "maps", channels, round(height / rows))
    if len(shape) == 3:
        prefix = getattr(network, "num_prefix_tokens", None)
        if prefix is None:
            prefix = int(getattr(network, "cls_token", None) is not None)
        patches = shape[1] - prefix
        if patches > 0:
            stride = round((height * width / patches) ** 0.5)
            layout = _Layout("tokens", shape[2], stride, prefix)
            if (height // stride) * (width // stride) == patches:
                return layout
    raise UserError(
        f"{name} gives neither maps nor patches that can be pooled: choose another network of timm."
    )


def _takes(network: Any, layout: _Layout, height: int, width: int) -> bool:
    """Whether a picture of this size goes through and comes out as a grid."""
    try:
        with torch.inference_mode():
            output = network.forward_features(torch.empty(1, 3, height, width, device="meta"))
        layout.maps(output, height, width)
    except (RuntimeError, AssertionError, ValueError):
        return False
    return True


def _trunk(plan: _Plan, network: Any) -> nn.Module:
    trunk = TimmTrunk(network, plan.layout, plan.backbone.class_token)
    return trunk.float().eval().requires_grad_(False)


def _create(model: str, **options: Any) -> Any:
    with _quietly():
        return _timm().create_model(model, **options)


def _pretrained_cfg(model: str) -> dict[str, Any]:
    """What timm says of the weights that `model`, with or without a tag, stands for."""
    with torch.device("meta"):
        cfg: dict[str, Any] = _create(model).pretrained_cfg
    return cfg


def _classifier(model: str) -> tuple[str, ...]:
    """How the names of the classifier's tensors begin, the network's and the weights' own."""
    named = _pretrained_cfg(model).get("classifier") or ()
    return tuple(f"{one}." for one in ((named,) if isinstance(named, str) else named))


def _check_name(model: str) -> None:
    timm = _timm()
    architecture, _, tag = model.partition(".")
    known, what = timm.list_models() + timm.list_pretrained(), "network"
    if re.fullmatch(r"[a-z0-9_]+(\.[a-z0-9_]+)?", model) and timm.is_model(architecture):
        with suppress(RuntimeError), _quietly():  # its word for a tag that it does not know
            if not tag or timm.get_pretrained_cfg(model, allow_unregistered=False):
                return
        known, what = timm.list_pretrained(f"{architecture}.*"), "weights"
    close = [_PREFIX + one for one in difflib.get_close_matches(model, known, 3)]
    hint = f"perhaps {', '.join(close)} is meant" if close else "timm.list_models() names them"
    raise UserError(f"timm {timm.__version__} has no {what} named “{_PREFIX}{model}”: {hint}.")


def _timm() -> Any:
    with _quietly():
        try:
            import_torchvision()
            import timm
        except ImportError as error:
            raise UserError(
                f"Backbones named timm:NAME need the library timm ({error}): install it with "
                "pip install timm"
            ) from error
    return timm


@contextmanager
def _quietly() -> Iterator[None]:
    """Without warnings of timm's to its programmers, which under `-W error` would end the run."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
