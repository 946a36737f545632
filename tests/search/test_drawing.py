"""Shapes painted: where they lie, how they blend, and that nothing else is touched."""

from __future__ import annotations

import base64
import io
from xml.etree import ElementTree

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from beautyfinder.search.drawing import (
    Dot,
    Drawing,
    Line,
    Pen,
    Placed,
    Ring,
    Shape,
    Words,
    as_svg,
    paint,
    text_width,
)

RED = (255, 0, 0)
SVG = "{http://www.w3.org/2000/svg}"
NOISE = np.random.default_rng(0).integers(0, 255, (300, 40, 3), np.uint8)


def drawn(*shapes: Shape, size: tuple[int, int] = (40, 300)) -> Drawing:
    width, height = size
    return Drawing(width, height, (255, 255, 255), "", (), {"shapes": list(shapes)})


def ink(*shapes: Shape) -> NDArray[np.float64]:
    """How much of each pixel is inked, 0 to 1, (300, 40)."""
    pixels = np.asarray(paint(drawn(*shapes))).astype(np.float64)
    return 1 - pixels[..., 1] / 255


@pytest.mark.parametrize("row", [8.5, 128.5, 255.5, 299.5])
def test_a_line_lies_on_its_pixels(row: float) -> None:
    """Across the seams of what is painted at a time, too."""
    found = ink(Line((5, row), (25, row), Pen(RED, 1)))
    assert found[int(row), 6:24] == pytest.approx(1, abs=0.01)
    assert found.sum() == pytest.approx(20, abs=0.8)


@pytest.mark.parametrize(("width", "opacity"), [(0.75, 1.0), (1.3, 0.5), (3.0, 0.9), (4.0, 0.25)])
def test_width_and_opacity(width: float, opacity: float) -> None:
    found = ink(Line((20, 20), (20, 220), Pen(RED, width, opacity)))
    assert found.sum() == pytest.approx(200 * opacity * (round(width * 4) / 4), rel=0.03)
    assert (found * np.arange(40)).sum() / found.sum() == pytest.approx(19.5, abs=0.2)


def test_a_slanting_line_ends_where_it_should() -> None:
    found = ink(Line((5.5, 40.5), (34.5, 280.5), Pen(RED, 1)))
    assert found[40, 5] > 0.2
    assert found[280, 34] > 0.2
    assert not found[:39].any()
    assert not found[282:].any()


def test_dashes() -> None:
    found = ink(Line((20.5, 10), (20.5, 250), Pen(RED, 1, dash=(6, 4))))[:, 20]
    assert found[11:15].min() == pytest.approx(1)
    assert found[17:19].max() == 0
    assert found.sum() == pytest.approx(0.6 * 240, rel=0.06)


def test_dots_and_rings() -> None:
    dot = ink(Dot((20.5, 128.0), 5, RED, 0.8))
    assert dot.sum() == pytest.approx(0.8 * np.pi * 25, rel=0.06)
    assert (dot.sum(axis=1) * np.arange(300)).sum() / dot.sum() == pytest.approx(127.5, abs=0.15)
    ring = ink(Ring((20, 60), 10, Pen(RED, 2)))
    assert ring[60, 20] == 0
    assert ring.sum() == pytest.approx(2 * np.pi * 10 * 2, rel=0.08)


def test_pictures_are_untouched_where_nothing_lies() -> None:
    drawing = Drawing(60, 310, (9, 9, 9), "", (Placed(NOISE, 10, 5, "noise"),))
    drawing.layers["line"] = [Line((0, 150), (60, 150), Pen(RED, 2))]
    pixels = np.asarray(paint(drawing))
    assert np.array_equal(pixels[5:148, 10:50], NOISE[:143])
    assert np.array_equal(pixels[152:305, 10:50], NOISE[147:])
    assert (pixels[:5] == 9).all()


def test_words_stand_on_their_baseline() -> None:
    text = "Hill"  # nothing hangs below the line
    inked = np.asarray(paint(drawn(Words(text, 5, 130, 12, (0, 0, 0)))))[..., 1] < 200
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    assert rows.max() == 129
    assert 130 - rows.min() == pytest.approx(9, abs=2)
    assert columns.max() - 5 == pytest.approx(text_width(text, 12), abs=2)


def test_svg_has_the_same_shapes() -> None:
    drawing = Drawing(60, 310, (9, 9, 9), "A & <B>", (Placed(NOISE, 10, 5, "noise"),))
    drawing.layers["all & one"] = [
        Line((1.25, 2), (30, 40.5), Pen(RED, 1.3, 0.5, (5, 4))),
        Ring((20, 60), 10, Pen(RED, 2)),
        Dot((3, 4), 5, RED, 0.8),
        Words("a < b & “c”", 5, 130, 12, (0, 0, 0)),
    ]
    root = ElementTree.fromstring(as_svg(drawing))
    assert (root.get("width"), root.get("height")) == ("60", "310")
    assert root.findtext(f"{SVG}title") == "A & <B>"
    image, group = root.find(f"{SVG}image"), root.find(f"{SVG}g")
    assert image is not None
    assert group is not None
    assert [image.get(name) for name in ("x", "y", "width", "height")] == ["10", "5", "40", "300"]
    data = base64.b64decode(str(image.get("href")).partition("base64,")[2])
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(data))), NOISE)
    line, ring, dot, words = group
    assert [line.get(name) for name in ("x1", "y1", "x2", "y2")] == ["1.25", "2", "30", "40.5"]
    assert line.get("stroke-dasharray") == "5 4"
    assert (ring.get("r"), ring.get("stroke-width")) == ("10", "2")
    assert (dot.get("cx"), dot.get("fill"), dot.get("fill-opacity")) == ("3", "#ff0000", "0.8")
    assert words.text == "a < b & “c”"


def test_a_large_picture_in_an_svg_is_a_fine_jpeg() -> None:
    large = np.zeros((1001, 1000, 3), np.uint8) + np.arange(1000, dtype=np.uint8)[:, None] // 4
    drawing = Drawing(1000, 1001, RED, "", (Placed(large, 0, 0, "large"),))
    image = ElementTree.fromstring(as_svg(drawing)).find(f"{SVG}image")
    assert image is not None
    head, _, data = str(image.get("href")).partition(",")
    assert head == "data:image/jpeg;base64"
    with Image.open(io.BytesIO(base64.b64decode(data))) as decoded:
        assert decoded.size == (1000, 1001)
        assert np.abs(np.asarray(decoded).astype(int) - large).max() <= 4
