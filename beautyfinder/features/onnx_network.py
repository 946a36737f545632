"""A fused network run by ONNX Runtime: in half of torch's time on a CPU where its convolutions are
depthwise, as the default backbone's are. The numbers are the same up to rounding.
"""

from __future__ import annotations

import logging
import operator
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor, fx, nn

from beautyfinder.features import onnx_format as onnx
from beautyfinder.features.fusing import SamePadding

log = logging.getLogger(__name__)


def ready_for_cpu(network: nn.Module) -> Callable[[Tensor], Any]:
    """`network`, as `fuse` leaves it, or the same by ONNX Runtime where that is the faster one.

    Where ONNX Runtime does not load, as on a Windows without the libraries it needs, that is said
    in the log.
    """
    layers = network.modules()
    if not any(isinstance(layer, SamePadding) and layer.groups > 1 for layer in layers):
        return network
    try:
        return OnnxNetwork(network)
    except (ImportError, OSError) as error:
        log.warning("ONNX Runtime does not load (%s); torch takes twice its time.", error)
        return network


class OnnxNetwork:
    """Called with float32 (N, 3, H, W) on the CPU it gives the network's float32 (N, C, h, w).

    A call works on one core, the caller's; calls from several threads run side by side.
    """

    def __init__(self, network: nn.Module) -> None:
        """`network`: as `fuse` leaves it, made of what `_onnx_file` knows."""
        import onnxruntime  # type: ignore[import-untyped]  # takes 0.1 s

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self._session: Any = onnxruntime.InferenceSession(
            _onnx_file(network), options, providers=["CPUExecutionProvider"]
        )

    def __call__(self, pixels: Tensor) -> Tensor:
        """The activations."""
        values = np.ascontiguousarray(pixels.numpy())
        (activations,) = self._session.run(None, {"pixels": values})
        return torch.from_numpy(activations)


class _Tracer(fx.Tracer):
    """Follows the calls within a network down to its convolutions, padding and all."""

    def is_leaf_module(self, m: nn.Module, module_qualified_name: str) -> bool:
        return isinstance(m, SamePadding) or super().is_leaf_module(m, module_qualified_name)


def _onnx_file(network: nn.Module) -> bytes:
    """The network as ONNX. Raises TypeError for a layer that is not in the efficientnet-lites."""
    modules = dict(network.named_modules())
    tensors = [onnx.tensor("zero", np.zeros((), np.float32)),
               onnx.tensor("six", np.full((), 6, np.float32))]  # fmt: skip
    nodes: list[bytes] = []
    names: dict[fx.Node, str] = {}  # of what each step gives
    for step in _Tracer().trace(network).nodes:
        given = [names[argument] for argument in step.all_input_nodes]
        layer = modules.get(step.target) if step.op == "call_module" else None
        name = step.name
        if step.op == "placeholder":
            name = "pixels"
        elif step.op == "output" or isinstance(layer, nn.Identity):
            name = given[0]
        elif isinstance(layer, SamePadding):
            own = {f"{name}.{part}": value for part, value in layer.named_parameters()}
            tensors += [onnx.tensor(each, value.detach().numpy()) for each, value in own.items()]
            nodes.append(onnx.node("Conv", [*given, *own], name, auto_pad="SAME_UPPER",
                                   group=layer.groups, kernel_shape=layer.weight.shape[2:],
                                   strides=(layer.stride, layer.stride)))  # fmt: skip
        elif isinstance(layer, nn.ReLU6):
            nodes.append(onnx.node("Clip", [*given, "zero", "six"], name))
        elif step.op == "call_function" and step.target is operator.add:
            nodes.append(onnx.node("Add", given, name))
        else:
            raise TypeError(f"no ONNX is known for {layer or step.target}")
        names[step] = name
    result = next(name for step, name in names.items() if step.op == "output")
    pixels = ("pixels", ("pictures", 3, "height", "width"))
    return onnx.model(nodes, tensors, pixels, (result, ("pictures", "channels", "rows", "columns")))
