"""`beautyfinder match` as a user runs it: what it draws, prints and refuses."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from beautyfinder.search.inspection import DEFAULT_RATIO
from tests.pictures import pack_picture, phone_photo, save
from tests.test_cli import call, run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo and its product, another product, a plain picture and files that are none."""
    root = tmp_path_factory.mktemp("match")
    photo = save(phone_photo(4), root / "photo.jpg")
    save(pack_picture(4), root / "product.png")
    save(np.full((60, 90, 3), 128, np.uint8), root / "plain.png")
    (root / "torn.jpg").write_bytes(photo.read_bytes()[:2000])
    (root / "text.jpg").write_text("not a picture")
    return root


@pytest.mark.parametrize("rule", ["verified", "paper"])
def test_json_has_the_agreed_form(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], rule: str
) -> None:
    photo, product, out = folder / "photo.jpg", folder / "product.png", tmp_path / "out.png"
    code, text, err = call(capsys, "match", photo, product, "--out", out, "--json", "--rule", rule)
    assert (code, err) == (0, "")
    document = json.loads(text)
    assert list(document) == [
        "query", "image", "rule", "ratio", "keypoints", "matches", "inliers",
        "reprojection_error_px", "homography", "outline", "out",
    ]  # fmt: skip
    assert (document["query"], document["image"]) == (str(photo), str(product))
    assert (document["rule"], document["out"]) == (rule, str(out))
    assert document["ratio"] == DEFAULT_RATIO[rule]
    assert document["keypoints"]["query"] > document["matches"] > document["inliers"] > 8
    assert 0 < document["reprojection_error_px"] < 4
    homography = np.array(document["homography"])
    for corner, end in zip(
        ([-0.5, -0.5], [159.5, -0.5], [159.5, 159.5], [-0.5, 159.5]),
        document["outline"],
        strict=True,
    ):
        x, y, depth = homography @ [*corner, 1]
        assert (x / depth, y / depth) == pytest.approx(end)
    with Image.open(out) as image:
        assert image.width > 240 + 160


def test_in_words(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.svg"
    code, text, err = call(
        capsys, "match", folder / "photo.jpg", folder / "product.png", "--out", out
    )
    assert (code, err) == (0, "")
    (line,) = text.splitlines()
    assert " matches · " in line
    assert f"Drawn into {out}." in line
    assert ElementTree.parse(out).getroot().tag.endswith("svg")


def test_a_stricter_ratio_leaves_fewer_matches(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    counts = []
    for ratio in ("0.5", "0.8", "1"):
        arguments = ("--out", tmp_path / "out.jpg", "--json", "--ratio", ratio)
        _, text, _ = call(capsys, "match", folder / "photo.jpg", folder / "product.png", *arguments)
        document = json.loads(text)
        assert document["ratio"] == float(ratio)
        counts.append(document["matches"])
    assert counts == sorted(counts)
    assert counts[0] < counts[2]


def test_a_plain_picture_matches_nothing(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("match", folder / "plain.png", folder / "product.png", "--out", tmp_path / "o.png")
    code, text, err = call(capsys, *arguments, "--json")
    document = json.loads(text)
    assert (code, err) == (0, "")
    assert (document["matches"], document["inliers"], document["keypoints"]["query"]) == (0, 0, 0)
    assert document["homography"] is document["outline"] is None
    assert document["reprojection_error_px"] is None
    assert (tmp_path / "o.png").exists()
    code, text, _ = call(capsys, *arguments)
    assert code == 0
    assert "the photo is too plain" in text


@pytest.mark.parametrize(
    ("photo", "product", "out", "said"),
    [
        ("torn.jpg", "product.png", "o.png", "torn.jpg is damaged, cut short"),
        ("photo.jpg", "text.jpg", "o.png", "text.jpg is not a"),
        ("missing.jpg", "product.png", "o.png", "missing.jpg does not exist"),
        ("photo.jpg", "product.png", "o.gif", "has to end in .png, .jpg, .jpeg, .svg"),
        ("photo.jpg", "product.png", "no/o.png", "there is no folder"),
        ("photo.jpg", "product.png", "folder.png", "cannot be written"),
    ],
)
def test_what_cannot_be_is_one_line(
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    photo: str,
    product: str,
    out: str,
    said: str,
) -> None:
    (tmp_path / "folder.png").mkdir()
    arguments = ("match", folder / photo, folder / product, "--out", tmp_path / out, "--json")
    code, text, err = call(capsys, *arguments)
    assert (code, text) == (1, "")
    (line,) = err.splitlines()
    assert said in line
    assert [path.name for path in tmp_path.iterdir()] == ["folder.png"]


def test_the_pictures_themselves_are_not_written_over(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo = save(phone_photo(4), tmp_path / "photo.jpg")
    before = photo.read_bytes()
    code, _, err = call(capsys, "match", photo, folder / "product.png", "--out", photo)
    assert code == 1
    assert "is one of the two pictures" in err
    assert photo.read_bytes() == before


@pytest.mark.parametrize(
    "options", [("--ratio", "0"), ("--ratio", "1.5"), ("--rule", "sift"), ("--out",)]
)
def test_wrong_usage_ends_with_2(
    options: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = call(capsys, "match", "a.jpg", "b.jpg", "--out", "o.png", *options)
    assert code == 2
    assert options[0] in err


def test_a_process_of_its_own(folder: Path, tmp_path: Path) -> None:
    ended = run("match", folder / "photo.jpg", folder / "product.png", "--out", "o.png",
                "--json", cwd=tmp_path)  # fmt: skip
    assert (ended.returncode, ended.stderr) == (0, "")
    assert json.loads(ended.stdout)["out"] == "o.png"
    assert (tmp_path / "o.png").exists()


# Real photos


@pytest.mark.data
@pytest.mark.parametrize(
    ("photo", "inliers"),
    [
        ("train-Arla-Natural-Yoghurt_013.jpg", 100),
        ("train-Yoggi-Strawberry-Yoghurt_014.jpg", 80),
        ("train-Garant-Ecological-Medium-Fat-Milk_010.jpg", 70),
        ("train-Tropicana-Juice-Smooth_025.jpg", 50),
    ],
)
def test_packs_held_in_a_hand(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], photo: str, inliers: int
) -> None:
    import csv

    grocery = data / "grocery"
    with (grocery / "queries.csv").open(encoding="utf-8") as file:
        (product,) = [
            row["product_id"] for row in csv.DictReader(file) if row["image"].endswith(photo)
        ]
    with (grocery / "catalogue.csv").open(encoding="utf-8") as file:
        (image,) = [row["image"] for row in csv.DictReader(file) if row["product_id"] == product]
    _, text, _ = call(capsys, "match", grocery / "queries" / photo, grocery / image,
                      "--out", tmp_path / "o.png", "--json")  # fmt: skip
    document = json.loads(text)
    assert document["inliers"] >= inliers
    assert document["reprojection_error_px"] < 1.5
