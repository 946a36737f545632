"""Networks of timm: tiny ones of its own for tests, with random weights; numbers written out."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from beautyfinder.errors import UserError
from beautyfinder.features import timm_backbones
from beautyfinder.features.backbones import backbone_named, build_network, safe_name
from beautyfinder.features.descriptor import DeepDescriber
from beautyfinder.features.timm_backbones import timm_network_from_state
from beautyfinder.features.weights import import_weights

timm = pytest.importorskip("timm")
safetensors_torch = pytest.importorskip("safetensors.torch")

FILE = Path("weights.safetensors")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BEAUTYFINDER_WEIGHTS", str(tmp_path / "weights"))
    return tmp_path / "weights"


def reference(name: str, **options: Any) -> Any:
    """timm's whole network with its classifier, the same random weights each time."""
    torch.manual_seed(7)
    return timm.create_model(name, **options).eval()


@pytest.fixture
def imported(folder: Path, tmp_path: Path) -> Callable[..., Any]:
    """Import the weights of a network of timm as a user would; gives that network."""

    def put(name: str, **options: Any) -> Any:
        network = reference(name, **options)
        file = tmp_path / f"{name}.safetensors"
        safetensors_torch.save_file(network.state_dict(), file)
        import_weights(f"timm:{name}", file, unverified=True)
        return network

    return put


def noise(height: int, width: int) -> NDArray[np.uint8]:
    return np.random.default_rng(height * width).integers(0, 256, (height, width, 3), np.uint8)


# Names and what timm says of them


def test_full_name_and_preprocessing() -> None:
    for name in ("timm:test_vit", "timm:test_vit.r160_in1k"):
        row = backbone_named(name)
        assert (row.name, row.channels, row.stride) == ("timm:test_vit.r160_in1k", 64, 16)
        assert row.class_token
    cfg = timm.get_pretrained_cfg("test_vit")
    assert (row.mean, row.std) == (cfg.mean, cfg.std) == ((0.5,) * 3, (0.5,) * 3)
    size = row.input_size
    assert (size.longer_side, size.multiple, size.square) == (cfg.input_size[-1], 16, False)
    assert size.resampling == cfg.interpolation == "bicubic"
    resnet = backbone_named("timm:test_resnet")
    assert resnet.input_size.resampling == "bilinear"
    assert (resnet.input_size.multiple, resnet.class_token) == (1, False)
    dino = backbone_named("timm:vit_small_patch14_dinov2.lvd142m")
    assert (dino.channels, dino.stride, dino.class_token) == (384, 14, True)
    assert (dino.input_size.longer_side, dino.input_size.multiple) == (518, 14)
    assert safe_name(dino.name) == "timm-vit_small_patch14_dinov2-lvd142m"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("timm:resnet5", r"no network named “timm:resnet5”: perhaps timm:resnet50"),
        ("timm:resnet50.nix", r"no weights named “timm:resnet50.nix”"),
        ("timm:", "no network named “timm:”"),
        ("timm:hf-hub:a/b", "no network named “timm:hf-hub:a/b”"),
        ("timm:local-dir:/tmp", "no network named"),
        ("timm:../x", "no network named"),
        ("timm:crossvit_9_240", "gives neither maps nor patches"),
    ],
)
def test_names_that_will_not_do(name: str, said: str) -> None:
    for use in (backbone_named, build_network):
        with pytest.raises(UserError, match=said):
            use(name)


def test_without_timm(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *more: Any) -> Any:
        if name == "timm":
            raise ImportError("No module named 'timm'")
        return real(name, *more)

    timm_backbones._plan.cache_clear()
    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(UserError, match=r"need the library timm .*pip install timm$"):
        DeepDescriber("timm:test_vit", ["mac"])


# Numbers


@pytest.mark.parametrize(
    ("name", "kind", "class_token"),
    [
        ("test_vit", "tokens", True),
        ("test_vit2", "tokens", False),  # a register, but no class token
        ("test_vit3", "tokens", False),
        ("test_vit_relpos", "tokens", False),
        ("test_resnet", "maps", False),
        ("test_convnext", "maps", False),
        ("test_efficientnet", "maps", False),
        ("test_maxvit", "maps", False),
        ("test_mambaout", "channels last", False),
    ],
)
@pytest.mark.parametrize("shape", [(200, 320), (317, 140), (160, 160), (40, 700)])
def test_agrees_with_timm(
    imported: Callable[..., Any], name: str, kind: str, class_token: bool, shape: tuple[int, int]
) -> None:
    """Size, padding, mean and layout written out with timm's own network."""
    dynamic = {"dynamic_img_size": True} if name in ("test_vit", "test_vit2", "test_vit3") else {}
    network = imported(name, **dynamic)
    cls = ["cls"] if class_token else []
    describer = DeepDescriber(f"timm:{name}", ["mac", "spoc", *cls], "cpu")
    assert describer.backbone.class_token == class_token
    picture = noise(*shape)
    prepared = describer.prepare(picture)

    height, width = shape
    factor = 160 / max(shape)
    step = 16 if dynamic else 1
    size = [max(32, step * round(side * factor / step)) for side in (width, height)]
    cfg = network.pretrained_cfg
    filter_ = Image.Resampling[cfg["interpolation"].upper()]
    expected = np.asarray(Image.fromarray(picture).resize((size[0], size[1]), filter_))
    if cfg["fixed_input_size"] and not dynamic:  # its own square, padded with the mean
        mean = [round(255 * value) for value in cfg["mean"]]
        top, left = (160 - size[1]) // 2, (160 - size[0]) // 2
        square = np.full((160, 160, 3), mean, np.uint8)
        square[top : top + size[1], left : left + size[0]] = expected
        expected = square
    np.testing.assert_array_equal(prepared, expected)

    pixels = torch.tensor(expected).permute(2, 0, 1).float() / 255
    mean, std = (torch.tensor(cfg[key]).view(3, 1, 1) for key in ("mean", "std"))
    with torch.inference_mode():
        output = network.forward_features(((pixels - mean) / std)[None])[0]
    if kind == "tokens":
        patches = output[getattr(network, "num_prefix_tokens", 0) :]
    elif kind == "maps":
        patches = output.flatten(1).T
    else:
        patches = output.flatten(0, 1)
    wanted = {"mac": patches.max(dim=0).values, "spoc": patches.mean(dim=0), "cls": output[0]}
    got = describer.describe([prepared])
    for pooling, rows in got.items():
        vector = wanted[pooling] / wanted[pooling].norm()
        np.testing.assert_allclose(rows[0], vector.numpy(), atol=1e-5)


def test_patches_lie_row_by_row() -> None:
    """With the blocks of a ViT made idle, what a bright patch does stays in its cell."""
    trunk: Any = build_network("timm:test_vit")
    state = trunk.network.state_dict()
    for key, value in state.items():
        if "attn.proj" in key or "mlp.fc2" in key or key in ("pos_embed", "patch_embed.proj.bias"):
            value.zero_()
    state["patch_embed.proj.weight"].zero_()
    state["patch_embed.proj.weight"][0] = 1
    pictures = torch.zeros(1, 3, 64, 112)
    pictures[:, :, 32:48, 80:96] = 1
    maps, token = trunk(pictures)
    assert maps.shape == (1, 64, 4, 7)
    assert token.shape == (1, 64)
    active = maps[0].abs().sum(dim=0) > 1e-3
    assert active.nonzero().tolist() == [[2, 5]]
    assert maps[0, :, 2, 5].argmax() == 0


@pytest.mark.parametrize("name", ["test_resnet", "test_mambaout"])
def test_maps_are_the_right_way_up(name: str) -> None:
    trunk: Any = build_network(f"timm:{name}")
    torch.manual_seed(1)
    plain = torch.zeros(1, 3, 160, 288)
    bright = plain.clone()
    bright[:, :, 130:150, 10:30] = 3
    change = (trunk(bright) - trunk(plain))[0].abs().sum(dim=0)
    assert change.shape == (5, 9)
    row, column = divmod(int(change.argmax()), 9)
    assert row >= 3
    assert column <= 1


def test_pictures_of_different_shapes_in_one_batch(imported: Callable[..., Any]) -> None:
    imported("test_vit")
    describer = DeepDescriber("timm:test_vit", ["mac", "r-mac", "ra-mac", "gem", "cls"], "cpu")
    prepared = [describer.prepare(noise(*shape)) for shape in ((90, 160), (160, 90), (90, 160))]
    assert [p.shape for p in prepared] == [(96, 160, 3), (160, 96, 3), (96, 160, 3)]
    together = describer.describe(prepared)
    for row, one in enumerate(prepared):
        for pooling, rows in describer.describe([one]).items():
            np.testing.assert_allclose(rows[0], together[pooling][row], atol=1e-5)
            assert np.linalg.norm(rows[0]) == pytest.approx(1, abs=1e-5)


def test_class_token_of_a_network_without(imported: Callable[..., Any]) -> None:
    for name in ("timm:test_resnet", "timm:test_vit2", "efficientnet-lite0"):
        with pytest.raises(UserError, match=r"has no class token .*choose among mac"):
            DeepDescriber(name, ["cls"], "cpu")


# Files


def load(name: str, state: dict[str, Tensor]) -> Any:
    return timm_network_from_state(name, state, FILE)


def test_file_without_and_with_classifier() -> None:
    whole = reference("test_convnext").state_dict()
    bare = {key: value for key, value in whole.items() if not key.startswith("head.fc.")}
    other = whole | {"head.fc.weight": torch.zeros(3, 64), "head.fc.bias": torch.zeros(3)}
    for state in (whole, bare, other, {k: v.half().float() for k, v in bare.items()}):
        own = load("timm:test_convnext", state).network.state_dict()
        assert all(torch.equal(value, state[key]) for key, value in own.items())
        assert not any(key.startswith("head.fc.") for key in own)


def test_half_precision_becomes_single() -> None:
    state = {key: value.half() for key, value in reference("test_vit").state_dict().items()}
    trunk = load("timm:test_vit", state)
    assert {value.dtype for value in trunk.state_dict().values()} == {torch.float32}


@pytest.mark.parametrize("name", ["test_vit", "test_convnext", "test_resnet"])
def test_file_that_does_not_fit(name: str) -> None:
    state = reference(name).state_dict()
    first = next(key for key in state if key.endswith("weight"))
    less = {key: value for key, value in state.items() if key != first}
    with pytest.raises(UserError, match=f"weights.safetensors does not hold .*{first} is missing"):
        load(f"timm:{name}", less)
    with pytest.raises(UserError, match=f"{first} is \\(2,\\), not"):
        load(f"timm:{name}", state | {first: torch.zeros(2)})
    with pytest.raises(UserError, match="surplus is unknown"):
        load(f"timm:{name}", state | {"surplus": torch.zeros(2)})
    with pytest.raises(UserError, match="does not hold weights of timm:"):
        load(f"timm:{name}", reference("test_efficientnet").state_dict())
    with pytest.raises(UserError, match="does not hold weights of timm:"):
        load(f"timm:{name}", {})


def test_file_that_timm_would_take_though_it_lacks_weights() -> None:
    """For the DLAs timm says nothing of what is missing: random weights would stay."""
    state = reference("dla46_c").state_dict()
    trunk = load("timm:dla46_c", state)
    assert torch.equal(trunk.network.base_layer[0].weight, state["base_layer.0.weight"])
    del state["base_layer.0.weight"]
    with pytest.raises(UserError, match=r"base_layer.0.weight is missing"):
        load("timm:dla46_c", state)


def test_spelling_of_the_authors() -> None:
    """ConvNeXt's own files say downsample_layers.0.0 where timm says stem.0; timm knows."""
    state = reference("test_convnext").state_dict()
    theirs = {}
    for key, value in state.items():
        key = key.replace("stem.", "downsample_layers.0.").replace("head.norm.", "norm.")
        key = key.replace("head.fc.", "head.").replace(".conv_dw.", ".dwconv.")
        parts = key.split(".")
        if parts[0] == "stages":
            kind = "stages" if parts[2] == "blocks" else "downsample_layers"
            parts = [kind, parts[1], *parts[3:]]
        key = ".".join(parts)
        key = key.replace("mlp.fc1", "pwconv1").replace("mlp.fc2", "pwconv2")
        theirs[key] = value
    trunk = load("timm:test_convnext", theirs)
    assert torch.equal(trunk.network.stem[0].weight, state["stem.0.weight"])
