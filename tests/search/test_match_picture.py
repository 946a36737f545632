"""The drawn pair: lines end on the keypoints, in SVG and in pixels, and files are whole or none."""

from __future__ import annotations

import errno
import io
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from beautyfinder.errors import UserError
from beautyfinder.photo import read_photo
from beautyfinder.search.drawing import Line, Ring, Words
from beautyfinder.search.inspection import Inspection, Pairing, inspect, pairing_at
from beautyfinder.search.match_caption import caption
from beautyfinder.search.match_look import COLOURS, Shown, line_colours
from beautyfinder.search.match_picture import (
    FORMATS,
    describe,
    match_jpeg,
    match_png,
    match_svg,
    write_match,
)
from tests.pictures import pack_picture, phone_photo, save

SVG = "{http://www.w3.org/2000/svg}"
NOTHING = Shown(inliers=False, outliers=False, rejected=False, keypoints=False)
PLAIN = np.full((60, 90, 3), 128, np.uint8)
Matched = tuple[NDArray[np.uint8], NDArray[np.uint8], Inspection, Pairing]


def matched(photo: NDArray[np.uint8], picture: NDArray[np.uint8], ratio: float = 0.9) -> Matched:
    inspection = inspect(photo, picture)
    return photo, picture, inspection, pairing_at(inspection, ratio)


@pytest.fixture(scope="module")
def pair() -> Matched:
    found = matched(phone_photo(4), pack_picture(4))
    assert found[3].inlier_count > 10
    return found


def ends(which: NDArray[np.bool_], inspection: Inspection) -> NDArray[np.float64]:
    """(N, 4): of the photo's and the catalogue picture's keypoints, in their own pixels."""
    rows = np.flatnonzero(which)
    here = inspection.query.points[inspection.nearest[rows]]
    return np.concatenate([here, inspection.catalogue.points[rows]], axis=1).astype(np.float64)


def svg_lines(document: bytes, layer: str) -> NDArray[np.float64]:
    """(N, 4): the ends of the lines of a layer in pixels of the two pictures they end on."""
    root = ElementTree.fromstring(document)
    corners = []
    for image in root.iter(f"{SVG}image"):
        corners += [float(str(image.get("x"))), float(str(image.get("y")))]
    (group,) = [group for group in root.iter(f"{SVG}g") if group.get("id") == layer]
    lines = [
        [float(str(line.get(name))) for name in ("x1", "y1", "x2", "y2")]
        for line in group.iter(f"{SVG}line")
    ]
    # Half-pixel rule: the centre of the top-left pixel, (0, 0), lies at (0.5, 0.5).
    return np.asarray(np.array(lines).reshape(-1, 4) - np.array(corners) - 0.5, np.float64)


# Where things lie


def test_pictures_stand_level_side_by_side_at_their_own_size(pair: Matched) -> None:
    photo, picture, *_ = pair
    drawing = describe(*pair, Shown())
    here, there = drawing.pictures
    assert here.pixels is photo
    assert there.pixels is picture
    assert here.left + 240 < there.left
    assert there.left + 160 < drawing.width
    assert here.top + 240 / 2 == there.top + 160 / 2
    assert drawing.height > here.top + 240


def test_svg_lines_end_on_the_keypoints(pair: Matched) -> None:
    _, _, inspection, pairing = pair
    document = match_svg(*pair, Shown(rejected=True))
    outliers = pairing.accepted & ~pairing.inliers
    for layer, which in (
        ("inliers", pairing.inliers), ("outliers", outliers), ("rejected", ~pairing.accepted),
    ):  # fmt: skip
        assert which.any()
        assert svg_lines(document, layer) == pytest.approx(ends(which, inspection), abs=1e-3)


@pytest.mark.parametrize("change", ["turned", "reduced", "cropped"])
def test_lines_end_on_the_keypoints_of_the_upright_photo(change: str, tmp_path: Path) -> None:
    """Whatever the file: the same places on the print, within a pixel of the original photo."""
    large = cv2.resize(phone_photo(4), (720, 720), interpolation=cv2.INTER_CUBIC)
    original = np.asarray(large, np.uint8)
    path = tmp_path / "photo.png"
    if change == "turned":
        exif = Image.Exif()
        exif[0x112] = 6  # to be turned clockwise by 90°
        Image.fromarray(np.rot90(original)).save(path, exif=exif)
    elif change == "reduced":
        half = cv2.resize(original, (360, 360), interpolation=cv2.INTER_AREA)
        save(np.asarray(half, np.uint8), path)
    else:
        save(original[100:650, 60:680], path)
    photo = read_photo(path).pixels
    found = matched(photo, pack_picture(4))
    _, _, inspection, pairing = found
    lines = svg_lines(match_svg(*found), "inliers")
    assert len(lines) > 10
    assert lines == pytest.approx(ends(pairing.inliers, inspection), abs=1e-3)
    here = {
        "turned": lines[:, :2],
        "reduced": (lines[:, :2] + 0.5) * 2 - 0.5,
        "cropped": lines[:, :2] + (60, 100),
    }[change]
    # The pack's own turn into the photo, `phone_photo`'s, then three times as large.
    turn = cv2.getRotationMatrix2D((80, 80), 9, 1.05)
    turn[:, 2] += 40
    there = (lines[:, 2:] @ turn[:, :2].T + turn[:, 2] + 0.5) * 3 - 0.5
    misses = np.linalg.norm(here - there, axis=1)
    assert np.median(misses) < 1.5
    assert misses.max() < 12  # MAGSAC's own bound, 4 px at 512


def test_png_has_the_ends_in_its_pixels(pair: Matched) -> None:
    _, _, inspection, pairing = pair
    shown = replace(NOTHING, inliers=True)
    with Image.open(io.BytesIO(match_png(*pair, shown))) as image:
        drawn = np.asarray(image).astype(int)
    here, there = describe(*pair, shown).pictures
    colours = line_colours(inspection, "position")[pairing.inliers].astype(int)
    hits = 0
    for (x1, y1, x2, y2), colour in zip(ends(pairing.inliers, inspection), colours, strict=True):
        for x, y, side in ((x1, y1, here), (x2, y2, there)):
            pixel = drawn[int(side.top + y + 0.5), int(side.left + x + 0.5)]
            hits += bool(np.abs(pixel - colour).max() < 60)  # others may lie over it
    assert hits > 0.9 * 2 * len(colours)


def test_png_has_the_pictures_own_pixels(pair: Matched) -> None:
    photo, picture, inspection, pairing = pair
    bare = photo, picture, inspection, replace(pairing, geometry=None)
    with Image.open(io.BytesIO(match_png(*bare, NOTHING))) as image:
        drawn = np.asarray(image)
    for side in describe(*bare, NOTHING).pictures:
        tall, wide = side.pixels.shape[:2]
        place = drawn[side.top : side.top + tall, side.left : side.left + wide]
        assert np.array_equal(place, side.pixels)


def test_the_outline_stays_on_the_photo() -> None:
    """Of a photo that shows a part of the pack only."""
    found = matched(np.ascontiguousarray(phone_photo(4)[60:170, 70:200]), pack_picture(4))
    assert found[3].geometry is not None
    drawing = describe(*found, NOTHING)
    here, there = drawing.pictures
    lines = [shape for shape in drawing.layers["outline"] if isinstance(shape, Line)]
    assert len(lines) >= 8
    for x, y in [end for line in lines for end in (line.start, line.end)]:
        assert any(
            side.left - 3.01 <= x <= side.left + side.pixels.shape[1] + 3.01
            and side.top - 3.01 <= y <= side.top + side.pixels.shape[0] + 3.01
            for side in (here, there)
        )


@pytest.mark.parametrize("suffix", FORMATS)
def test_strokes_grow_with_the_pictures(pair: Matched, suffix: str, tmp_path: Path) -> None:
    """And the whole is drawn at the pictures' full size."""
    large = np.repeat(np.repeat(pack_picture(4), 8, axis=0), 8, axis=1)
    found = matched(large, large)
    (line, *_) = describe(*found, Shown()).layers["inliers"]
    (small, *_) = describe(*pair, Shown()).layers["inliers"]
    assert isinstance(line, Line)
    assert isinstance(small, Line)
    assert line.pen.width > small.pen.width
    write_match(tmp_path / f"out{suffix}", *found)
    drawing = describe(*found, Shown())
    if suffix == ".svg":
        root = ElementTree.parse(tmp_path / "out.svg").getroot()
        size = int(str(root.get("width"))), int(str(root.get("height")))
    else:
        with Image.open(tmp_path / f"out{suffix}") as image:
            size = image.size
            assert image.format == ("PNG" if suffix == ".png" else "JPEG")
    assert size == (drawing.width, drawing.height)
    assert drawing.width > 2 * 1280


# What is shown, and how


def test_layers_are_what_was_asked_for(pair: Matched) -> None:
    _, _, inspection, pairing = pair
    layers = describe(*pair, Shown(rejected=True)).layers
    assert list(layers) == ["keypoints", "rejected", "outliers", "inliers", "outline", "caption"]
    counts = {
        name: sum(isinstance(shape, Line) for shape in layers[name])
        for name in ("inliers", "outliers", "rejected")
    }
    matches = int(pairing.accepted.sum())
    inliers = int(pairing.inliers.sum())
    assert counts == {
        "inliers": inliers,
        "outliers": matches - inliers,
        "rejected": len(inspection.catalogue) - matches,
    }
    rings = [shape for shape in layers["keypoints"] if isinstance(shape, Ring)]
    assert len(rings) == len(inspection.query) + len(inspection.catalogue)
    diameters = [*inspection.query.scales.tolist(), *inspection.catalogue.scales.tolist()]
    assert [2 * ring.radius for ring in rings] == pytest.approx(diameters)
    assert list(describe(*pair, NOTHING).layers) == ["outline", "caption"]
    assert list(describe(*pair, replace(NOTHING, outline=False)).layers) == ["caption"]


def test_what_lies_beside_the_chosen_part_is_not_drawn_as_rejected(pair: Matched) -> None:
    photo, picture, inspection, whole = pair
    width, height = inspection.query_size
    part = pairing_at(inspection, whole.ratio, (0.0, 0.0, float(width), height / 2))
    layers = describe(photo, picture, inspection, part, Shown(rejected=True)).layers
    drawn = sum(isinstance(shape, Line) for shape in layers["rejected"])
    upper = inspection.query.points[inspection.nearest][:, 1] < height / 2 - 0.5
    assert drawn == int((upper & ~part.accepted).sum()) < int((~part.accepted).sum())


def test_the_key_names_what_is_drawn(pair: Matched) -> None:
    def key(shown: Shown) -> list[str]:
        caption_ = describe(*pair, shown).layers["caption"]
        return [shape.text for shape in caption_ if isinstance(shape, Words)]

    assert "inliers, top to bottom" in key(Shown())
    assert "inliers, doubtful to sure" in key(Shown(colour="confidence"))
    assert "rejected" not in key(Shown())
    assert "rejected" in key(Shown(rejected=True))
    assert not {"outliers", "keypoints", "inliers, top to bottom"} & set(key(NOTHING))


def test_words_stay_within_the_drawing(pair: Matched) -> None:
    from beautyfinder.search.drawing import text_width

    drawing = describe(*pair, Shown(rejected=True))
    words = [shape for shape in drawing.layers["caption"] if isinstance(shape, Words)]
    assert len(words) >= 4
    for line in words:
        assert line.left + text_width(line.text, line.size) <= drawing.width
        assert line.baseline < drawing.height


def test_colours_by_position_follow_the_height(pair: Matched) -> None:
    inspection = pair[2]
    colours = line_colours(inspection, "position").astype(int)
    order = np.argsort(inspection.catalogue.points[:, 1])
    top, bottom = colours[order[:5]], colours[order[-5:]]
    assert (top[:, 2] > top[:, 0]).all()  # blue
    assert (bottom[:, 0] > bottom[:, 2]).all()  # red
    assert colours.shape == (len(inspection.catalogue), 3)


def test_colours_by_confidence_follow_the_ratio(pair: Matched) -> None:
    inspection = pair[2]
    count = len(inspection.catalogue)
    distances = np.ones((count, 2), np.float32)
    distances[:3, 0] = (0.3, 0.7, 1.0)
    distances[3] = 0  # two like it, and like each other
    distances[4] = np.nan
    colours = line_colours(replace(inspection, distances=distances), "confidence").astype(int)
    brightness = colours.sum(axis=1)
    assert brightness[0] > brightness[1] > brightness[2]
    assert (colours[[3, 4]] == colours[2]).all()


# Numbers


def test_the_caption_tells_the_numbers(pair: Matched) -> None:
    _, _, inspection, pairing = pair
    assert pairing.geometry is not None
    found, how = caption(inspection, pairing)
    assert found == (
        f"{pairing.match_count} matches · {pairing.inlier_count} inliers · "
        f"reprojection error {pairing.geometry.error:.2f} px"
    )
    assert "ratio 0.90" in how
    assert f"{len(inspection.query)} in the photo" in how
    strict = pairing_at(inspection, 0.01)
    assert caption(inspection, strict)[0].startswith(f"{strict.match_count} match")
    assert "no inliers" in caption(inspection, strict)[0]


@pytest.mark.parametrize("colour", COLOURS)
def test_plain_pictures_are_drawn_and_said(colour: str) -> None:
    """In all kinds, with nothing to draw on them."""
    for photo, picture, said in (
        (PLAIN, pack_picture(1), "photo is too plain"),
        (phone_photo(1), PLAIN, "catalogue picture is too plain"),
        (PLAIN, PLAIN, "photo and the catalogue picture is too plain"),
    ):
        found = matched(photo, picture)
        shown = Shown(rejected=True, colour=colour)
        assert said in caption(found[2], found[3])[0]
        assert match_png(*found, shown).startswith(b"\x89PNG")
        assert match_jpeg(*found, shown).startswith(b"\xff\xd8")
        assert said.encode() in match_svg(*found, shown)


# Files


def test_a_file_is_replaced_whole(pair: Matched, tmp_path: Path) -> None:
    target = tmp_path / "out.PNG"
    target.write_text("old")
    write_match(target, *pair)
    assert target.read_bytes() == match_png(*pair)
    assert [path.name for path in tmp_path.iterdir()] == ["out.PNG"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("out.gif", "has to end in .png, .jpg, .jpeg, .svg"),
        ("out", "has to end in"),
        ("nowhere/out.png", "there is no folder"),
    ],
)
def test_a_target_that_cannot_be_is_refused(
    pair: Matched, tmp_path: Path, name: str, said: str
) -> None:
    with pytest.raises(UserError, match=said):
        write_match(tmp_path / name, *pair)
    assert not list(tmp_path.iterdir())


def test_a_folder_is_no_target(pair: Matched, tmp_path: Path) -> None:
    (tmp_path / "out.png").mkdir()
    with pytest.raises(UserError, match=r"out\.png cannot be written"):
        write_match(tmp_path / "out.png", *pair)
    assert [path.name for path in tmp_path.iterdir()] == ["out.png"]


def test_a_full_disk_leaves_the_old_file(
    pair: Matched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.svg"
    target.write_text("old")

    def half(self: Path, data: bytes) -> int:
        with self.open("wb") as file:
            file.write(data[: len(data) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(UserError, match="No space left on device"):
        write_match(target, *pair)
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.svg"]
