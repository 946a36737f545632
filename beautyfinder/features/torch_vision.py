"""torchvision, imported whether or not its compiled operators fit the torch that is there."""

from __future__ import annotations

from typing import Any

# torchvision describes these to torch when it is imported, and fails where they are not known:
# that is so when its compiled part was made for another torch (CUDA beside a torch for the CPU) or
# left out of an installer. No network here calls them.
_OPERATORS = {
    "torchvision::nms": "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
    "torchvision::qnms": "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
}


def import_torchvision() -> Any:
    """The library. Call it before anything that imports torchvision itself.

    Raises ImportError where it is not installed.
    """
    try:
        import torchvision
    except RuntimeError as error:
        if "torchvision::" not in str(error):
            raise
    else:
        return torchvision
    import torch

    for name, signature in _OPERATORS.items():
        if not _is_known(name):
            torch.library.define(name, signature)
    import torchvision

    return torchvision


def _is_known(name: str) -> bool:
    import torch

    namespace, _, operator = name.partition("::")
    return hasattr(getattr(torch.ops, namespace), operator)
