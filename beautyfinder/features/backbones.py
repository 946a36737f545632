"""The networks: their layers up to the last convolution, preprocessing, channels, weights' sources.

Importing this module costs nothing: torch and the libraries are imported when a network is built.
"""

from __future__ import annotations

import copy
import re
import warnings
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from beautyfinder.errors import UserError
from beautyfinder.features.torch_vision import import_torchvision

if TYPE_CHECKING:
    from torch import Tensor, nn

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True)
class Source:
    """A file of weights on the web. `sha256`: its full sum or the start of it, lower-case hex.

    Raises ValueError for a URL that is not https (plain http is for this machine's own address
    alone, which is what tests use) and for a sum of fewer than 8 hexadecimal digits.
    """

    url: str
    sha256: str
    note: str = ""

    def __post_init__(self) -> None:
        if not is_trustworthy(self.url):
            raise ValueError(f"weights are fetched over https only: {self.url}")
        if not re.fullmatch(r"[0-9a-f]{8,64}", self.sha256):
            raise ValueError(f"no usable SHA-256: {self.sha256!r}")

    @property
    def file_name(self) -> str:
        return urlsplit(self.url).path.rsplit("/", 1)[1]

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""


@dataclass(frozen=True)
class InputSize:
    """The size at which a network sees a picture, in pixels.

    The longer side becomes `longer_side`, both sides multiples of `multiple`; `square`: the network
    takes squares of `longer_side` alone, and pictures are padded to it. `resampling`: the filter
    that it was trained with, by Pillow's name in lower case; empty for the program's own.
    """

    longer_side: int = 320  # development photos, R-MAC and cosine: 0.65 at 320 px, 0.57 at 416 px
    multiple: int = 1
    square: bool = False
    resampling: str = ""


@dataclass(frozen=True)
class Backbone:
    """A network's preprocessing and output, beside where its weights come from.

    Input is `(pixels - mean) / std` for RGB pixels of 0..1, channel by channel; on 0..255 take both
    times 255, which is exact for the default's 127 and 128. Output has `channels` channels and one
    cell for about `stride` x `stride` input pixels. `original` is the file the paper's library
    names; `sources` are tried in their order. `class_token`: the network's output is a pair, the
    activations and the class token (N, C). `hub`: the repository that timm has its weights from.
    """

    name: str
    channels: int
    stride: int
    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    original: str
    sources: tuple[Source, ...] = ()
    embedded: bool = False
    class_token: bool = False
    input_size: InputSize = InputSize()
    hub: str = ""

    @property
    def known_hashes(self) -> tuple[str, ...]:
        """SHA-256 sums, or starts of sums, of the files that are this backbone's weights."""
        sums = [source.sha256 for source in self.sources] + [hash_in_name(self.original)]
        return tuple(dict.fromkeys(filter(None, sums)))

    @property
    def file_names(self) -> tuple[str, ...]:
        """Names under which its weights are known, the preferred first."""
        names = [source.file_name for source in self.sources] + [self.original]
        return tuple(dict.fromkeys(filter(None, names)))

    @property
    def safe_name(self) -> str:
        """See `safe_name`."""
        return safe_name(self.name)


def safe_name(backbone: str) -> str:
    """A backbone's name for names of files and columns: no `:` for Windows, no `.` for Lance.

    Different for different names: timm's consist of small letters, digits, `_` and one `.`.
    """
    return backbone.replace(":", "-").replace(".", "-")


def is_trustworthy(url: str) -> bool:
    """Whether weights may be fetched from `url`: https, or http on this machine itself."""
    parts = urlsplit(url)
    local = parts.scheme == "http" and parts.hostname in _LOOPBACK
    return bool(parts.hostname) and (parts.scheme == "https" or local)


def hash_in_name(file_name: str) -> str:
    """The start of the SHA-256 in a name as torch-hub writes it, NAME-HASH.pth; else empty."""
    match = re.fullmatch(r".*-([0-9a-f]{8,64})\.(?:pth|pt|safetensors)", file_name)
    return match[1] if match else ""


def _imagenet(
    name: str, original: str, *urls: str, channels: int = 2048, stride: int = 32, note: str = ""
) -> Backbone:
    """A row of the ImageNet networks of `pretrainedmodels`, which share their preprocessing."""
    sources = tuple(Source(url, hash_in_name(url.rsplit("/", 1)[1]), note) for url in urls)
    mean, std = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
    return Backbone(name, channels, stride, mean, std, original, sources)


_PYTORCH = "https://download.pytorch.org/models/"
_TIMM = "https://github.com/rwightman/pytorch-image-models/releases/download/v0.1-weights/legacy_"
_CADENE = "https://github.com/rwightman/pytorch-image-models/releases/download/v0.1-cadene/"
_LITE0_MEAN, _LITE0_STD = (127 / 255,) * 3, (128 / 255,) * 3  # (x - 127) / 128 on 0..255
_ANOTHER_TRAINING = (
    "trained by torchvision, not the weights of the paper's library: "
    "results will differ from the paper's"
)
# name, the file as the library names it, where it is still to be had. The library's own host,
# data.lip6.fr, speaks plain http and is left out; two networks are nowhere else.
# fmt: off
_ROWS = (
    Backbone("efficientnet-lite0", 1280, 32, _LITE0_MEAN, _LITE0_STD,
             "efficientnet-lite0-57934424.pth", embedded=True),
    _imagenet("vgg16", "vgg16-397923af.pth", _PYTORCH + "vgg16-397923af.pth",
              channels=512, stride=16),
    _imagenet("resnet50", "resnet50-19c8e357.pth", _PYTORCH + "resnet50-19c8e357.pth"),
    _imagenet("resnet101", "resnet101-5d3b4d8f.pth", _PYTORCH + "resnet101-5d3b4d8f.pth"),
    _imagenet("resnet152", "resnet152-b121ed2d.pth", _PYTORCH + "resnet152-b121ed2d.pth"),
    _imagenet("resnext101_32x4d", "resnext101_32x4d-29e315fa.pth"),
    _imagenet("resnext101_64x4d", "resnext101_64x4d-e77a0586.pth",
              _PYTORCH + "resnext101_64x4d-173b62eb.pth", note=_ANOTHER_TRAINING),
    _imagenet("senet154", "senet154-c7b49a05.pth", _TIMM + "senet154-e9eb9fe6.pth"),
    _imagenet("se_resnet50", "se_resnet50-ce0d4300.pth", _CADENE + "se_resnet50-ce0d4300.pth"),
    _imagenet("se_resnet101", "se_resnet101-7e38fcc6.pth", _CADENE + "se_resnet101-7e38fcc6.pth"),
    _imagenet("se_resnet152", "se_resnet152-d17c99b7.pth", _CADENE + "se_resnet152-d17c99b7.pth"),
    _imagenet("se_resnext50_32x4d", "se_resnext50_32x4d-a260b3a4.pth",
              _TIMM + "se_resnext50_32x4d-f3651bad.pth"),
    _imagenet("se_resnext101_32x4d", "se_resnext101_32x4d-3b2fe3d8.pth",
              _TIMM + "se_resnext101_32x4d-37725eac.pth"),
)
# fmt: on
BACKBONES: dict[str, Backbone] = {row.name: row for row in _ROWS}
DEFAULT_BACKBONE = "efficientnet-lite0"


def is_of_timm(name: str) -> bool:
    """Whether `name` stands for one of timm's networks, timm:NAME, not for a row of the table."""
    return name.startswith("timm:")


def backbone_named(name: str) -> Backbone:
    """The table's row of `name`, or for timm:NAME what timm says of it, by its full name.

    Raises UserError where there is none, and for timm:NAME without timm.
    """
    if is_of_timm(name):
        from beautyfinder.features.timm_backbones import timm_backbone

        return timm_backbone(name)
    if name not in BACKBONES:
        raise UserError(
            f"There is no backbone “{name}”: choose one of {', '.join(BACKBONES)}, or a network of "
            "timm as timm:NAME."
        )
    return BACKBONES[name]


def build_network(name: str) -> nn.Module:
    """The network up to its last convolution, random weights, eval mode, on torch's default device.

    Its `forward` takes preprocessed float32 (N, 3, H, W) and gives non-negative activations
    float32 (N, C, h, w): after the last ReLU, before any pooling. For timm's see
    `timm_backbones.TimmTrunk`. Raises UserError for an unknown name or a library that cannot be
    imported.
    """
    if is_of_timm(name):
        from beautyfinder.features.timm_backbones import build_timm_network

        return build_timm_network(name)
    backbone_named(name)
    return _ARCHITECTURES[name][0].build(name).eval().requires_grad_(False)


def network_from_state(name: str, state: Mapping[str, Tensor], file: Path) -> nn.Module:
    """The network of `name` with the weights of `state`, float32, eval mode, on the CPU.

    Classifier weights and `num_batches_tracked` are ignored. Raises UserError naming `file` and
    the first keys that are missing, left over or of another shape.
    """
    if is_of_timm(name):
        from beautyfinder.features.timm_backbones import timm_network_from_state

        return timm_network_from_state(name, state, file)
    import torch

    problems: list[list[str]] = []
    for architecture in _ARCHITECTURES[backbone_named(name).name]:
        with torch.device("meta"):
            network = architecture.build(name)
        own = architecture.trunk_keys(state)
        wanted = network.state_dict()
        wrong = differences(wanted, own)
        if not wrong:
            tensors = {
                key: own[key].to(torch.float32).contiguous()
                if value.is_floating_point()
                else torch.zeros(value.shape, dtype=value.dtype)
                for key, value in wanted.items()
            }
            network.load_state_dict(tensors, assign=True)
            return network.eval().requires_grad_(False)
        problems.append(wrong)
    raise not_weights_of(name, file, min(problems, key=len))


def not_weights_of(name: str, file: Path, wrong: Sequence[str]) -> UserError:
    """The error to raise where `file` doesn't fit the network, with the first of what is wrong."""
    more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""
    return UserError(f"{file} does not hold weights of {name}: {', '.join(wrong[:3])}{more}.")


@dataclass(frozen=True)
class _Architecture:
    """How a network is built, and how the names in its files become the names in its trunk."""

    build: Callable[[str], nn.Module]
    prefixes: tuple[str, ...]
    classifier: tuple[str, ...]

    def trunk_keys(self, state: Mapping[str, Tensor]) -> dict[str, Tensor]:
        own = {}
        for key, value in state.items():
            if not key.startswith(self.classifier):
                prefix = next((start for start in self.prefixes if key.startswith(start)), "")
                own[key[len(prefix) :]] = value
        return own


def differences(wanted: Mapping[str, Tensor], own: Mapping[str, Tensor]) -> list[str]:
    """What keeps tensors `own` from being those of a network, `wanted`, each in a few words."""
    counter = "num_batches_tracked"
    wrong = [f"{key} is missing" for key in wanted if key not in own and not key.endswith(counter)]
    wrong += [f"{key} is unknown" for key in own if key not in wanted and not key.endswith(counter)]
    for key, value in wanted.items():
        if key in own and not key.endswith(counter):
            if own[key].shape != value.shape:
                wrong.append(f"{key} is {tuple(own[key].shape)}, not {tuple(value.shape)}")
            elif not own[key].is_floating_point():
                wrong.append(f"{key} is {own[key].dtype}")
    return wrong


def _library() -> Any:
    """`pretrainedmodels`, imported so that it neither warns nor fills 490 MB.

    It builds both ResNeXts when imported; on the "meta" device they take no memory. Its old
    spellings make Python warn (under `-W error`: fail) when it is first compiled.
    """
    import torch

    import_torchvision()  # before "meta" is the default: its tensors must be real
    with warnings.catch_warnings(), torch.device("meta"):
        warnings.simplefilter("ignore")
        try:
            import pretrainedmodels
        except ImportError as error:
            raise UserError(
                f"The library pretrainedmodels cannot be imported ({error}): "
                "install what it lacks with pip."
            ) from error
    return pretrainedmodels


def _from_library(name: str) -> Any:
    library = _library()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="The parameter 'pretrained' is deprecated")
        warnings.filterwarnings("ignore", message="Arguments other than a weight enum")
        return getattr(library, name)(num_classes=1000, pretrained=None)


def _children(network: Any, *names: str) -> nn.Module:
    from torch import nn

    return nn.Sequential(OrderedDict((name, getattr(network, name)) for name in names))


def _efficientnet(name: str) -> nn.Module:
    """`EfficientNet.extract_features` as a plain sequence; in eval mode nothing is dropped.

    With no image size its convolutions pad as TensorFlow's SAME does, whatever the input's size;
    at multiples of 32 that is what the library's default, padding fixed for 224, does.
    """
    from efficientnet_lite_pytorch import EfficientNet
    from torch import nn

    network = EfficientNet.from_name(name, image_size=None)
    names = ("_conv_stem", "_bn0", "_relu0", "_blocks", "_conv_head", "_bn1", "_relu1")
    network._blocks = nn.Sequential(*network._blocks)
    network._relu0, network._relu1 = nn.ReLU6(), nn.ReLU6()
    return _children(network, *names)


def _vgg(name: str) -> nn.Module:
    """Up to the ReLU after conv5_3: the library's `features()` would go on to the classifier."""
    trunk: nn.Module = _from_library(name)._features[:-1]
    return trunk


def _resnet(name: str) -> nn.Module:
    return _resnet_trunk(_from_library(name))


def _resnet_trunk(network: Any) -> nn.Module:
    layers = ("layer1", "layer2", "layer3", "layer4")
    return _children(network, "conv1", "bn1", "relu", "maxpool", *layers)


def _senet(name: str) -> nn.Module:
    return _children(_from_library(name), "layer0", "layer1", "layer2", "layer3", "layer4")


def _resnext(name: str) -> nn.Module:
    """A copy: all the library's networks of one name share one trunk, made when it is imported."""
    import torch

    trunk: nn.Module = copy.deepcopy(_from_library(name).features)
    device = torch.get_default_device()
    trunk.to_empty(device=device)
    for module in trunk.modules():
        if device.type != "meta" and isinstance(module, (torch.nn.Conv2d, torch.nn.BatchNorm2d)):
            module.reset_parameters()
    return trunk


def _torchvision_resnext(name: str) -> nn.Module:
    return _resnet_trunk(import_torchvision().models.resnext101_64x4d(weights=None))


_EFFICIENTNET = _Architecture(_efficientnet, (), ("_fc.",))
_VGG = _Architecture(
    _vgg, ("features.", "_features."), ("classifier.", "linear0.", "linear1.", "last_linear.")
)
_RESNET = _Architecture(_resnet, (), ("fc.", "last_linear."))
_SENET = _Architecture(_senet, (), ("last_linear.",))
_RESNEXT = _Architecture(_resnext, ("features.",), ("last_linear.",))
_TORCHVISION_RESNEXT = _Architecture(_torchvision_resnext, (), ("fc.",))

# The first is what `build_network` builds; a file may fit any of them.
_ARCHITECTURES: dict[str, tuple[_Architecture, ...]] = {
    "efficientnet-lite0": (_EFFICIENTNET,),
    "vgg16": (_VGG,),
    "resnet50": (_RESNET,),
    "resnet101": (_RESNET,),
    "resnet152": (_RESNET,),
    "resnext101_32x4d": (_RESNEXT,),
    "resnext101_64x4d": (_RESNEXT, _TORCHVISION_RESNEXT),
    "senet154": (_SENET,),
    "se_resnet50": (_SENET,),
    "se_resnet101": (_SENET,),
    "se_resnet152": (_SENET,),
    "se_resnext50_32x4d": (_SENET,),
    "se_resnext101_32x4d": (_SENET,),
}
