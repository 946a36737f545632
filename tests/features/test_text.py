"""Words on the pack: read upright, tilted and turned; boxes where the text is; no library."""

from __future__ import annotations

import builtins
import logging
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from beautyfinder.errors import UserError
from beautyfinder.features import text_engine
from beautyfinder.features.text import (
    CATALOGUE,
    QUERY,
    Reading,
    Word,
    pack_words,
    read_words,
    text_reading_problem,
    unpack_texts,
    unpack_words,
)

INK = (20, 30, 90)
SMALL = replace(QUERY, size=320 * 320)


def drawn(angle: float = 0, side: int = 320) -> NDArray[np.uint8]:
    """uint8 (side, side, 3) RGB: a pack with two words on a table, turned counter-clockwise."""
    picture = Image.new("RGB", (side, side), (150, 175, 140))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((side * 0.1, side * 0.3, side * 0.9, side * 0.7), fill=(250, 245, 235))
    for line, y in (("VELVET", 0.4), ("Shampoo", 0.58)):
        font = ImageFont.load_default(side / 9)
        draw.text((side / 2, side * y), line, INK, font, anchor="mm")
    return np.asarray(picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=(150, 175, 140)))


def heard(words: tuple[Word, ...]) -> set[str]:
    return {word.text.lower() for word in words}


@pytest.fixture
def fresh_engine() -> Iterator[None]:
    text_engine._start.cache_clear()
    yield
    text_engine._start.cache_clear()


@pytest.mark.parametrize("reading", [SMALL, CATALOGUE, QUERY])
@pytest.mark.parametrize("angle", [0, 30, 90, 180, 270])
def test_text_is_read_whichever_way_it_runs(angle: int, reading: Reading) -> None:
    words = read_words(drawn(angle), reading)
    assert heard(words) == {"velvet", "shampoo"}
    assert all(0.5 <= word.confidence <= 1 for word in words)


def test_each_line_is_read_at_its_own_width(monkeypatch: pytest.MonkeyPatch) -> None:
    # The time is that of the width: nothing is padded to the longest line beside it.
    page = Image.new("RGB", (960, 320), (250, 245, 235))
    draw = ImageDraw.Draw(page)
    lines = ("XL", "VELVET", "moisturising shampoo with almond milk and honey")
    for line, y in zip(lines, (60, 160, 260), strict=True):
        draw.text((40, y), line, INK, ImageFont.load_default(36), anchor="lm")
    recogniser, shapes = text_engine.engine().text_rec, []
    network = recogniser.session

    def spy(lines: NDArray[np.float32]) -> Any:
        shapes.append(lines.shape)
        return network(lines)

    monkeypatch.setattr(recogniser, "session", spy)
    words = read_words(np.asarray(page), replace(QUERY, size=960 * 320, threads=1))
    assert [word.text for word in words] == list(lines)
    edges = [np.linalg.norm(word.box - word.box[0], axis=1) for word in words]
    own = sorted(48 * edge[1] / edge[3] for edge in edges)
    assert own[0] + 48 < 160 < own[1] + 48 < own[2] / 2
    assert [shape[:3] for shape in shapes] == [(1, 3, 48)] * 3
    widths = [shape[3] for shape in shapes[::-1]]  # the longest is first
    assert widths[0] == QUERY.line_width == 160  # the least
    for given, width in zip(widths[1:], own[1:], strict=True):
        assert abs(given - QUERY.margin - width) < width / 10


@pytest.mark.parametrize(("side", "border"), [(160, 0), (1200, 0), (320, 90)])
def test_boxes_lie_on_the_text_of_the_picture_as_it_is(side: int, border: int) -> None:
    # Enlarged, reduced, or with plain background around it that is cut off before reading.
    pixels = np.pad(
        drawn(side=side), ((border, 0), (border // 2, border), (0, 0)), constant_values=255
    )
    words = {word.text.lower(): word.box for word in read_words(pixels, SMALL)}
    ink = np.abs(pixels.astype(int) - INK).sum(axis=2) < 60
    middle = border + side // 2  # between the lines
    for name, rows in (("velvet", slice(0, middle)), ("shampoo", slice(middle, None))):
        ys, xs = np.nonzero(ink[rows])
        ys = ys + (rows.start or 0)
        box = words[name]
        assert box.dtype == np.float32
        assert box.shape == (4, 2)
        tight = np.array([[xs.min(), ys.min()], [xs.max(), ys.max()]])
        assert np.abs(np.array([box.min(axis=0), box.max(axis=0)]) - tight).max() < side / 16
        # Clockwise from the top left corner.
        assert box[0, 0] < box[1, 0]
        assert box[1, 1] < box[2, 1]


@pytest.mark.parametrize("shape", [(64, 64), (3, 200), (1, 1)])
def test_blank_and_odd_pictures_have_no_words(shape: tuple[int, int]) -> None:
    assert read_words(np.full((*shape, 3), 200, np.uint8), SMALL) == ()


def test_threads_share_one_reader_and_read_the_same() -> None:
    pictures = [drawn(angle) for angle in (0, 10, 20, 0)]
    alone = [pack_words(read_words(p, SMALL)) for p in pictures]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda p: pack_words(read_words(p, SMALL)), pictures)) == alone


def test_lines_read_on_several_threads_are_the_same_in_the_same_order() -> None:
    page = np.vstack([drawn(), drawn(180), drawn()[:, ::-1]])
    one, several = (read_words(page, replace(QUERY, threads=threads)) for threads in (1, 3))
    assert len(one) >= 4
    assert [(word.text, word.confidence) for word in several] == [
        (word.text, word.confidence) for word in one
    ]
    np.testing.assert_array_equal([w.box for w in several], [w.box for w in one])


@pytest.mark.parametrize("shape", [(64, 96), (50, 70)])
def test_the_detector_is_given_what_the_library_would_give_it(shape: tuple[int, int]) -> None:
    from rapidocr.ch_ppocr_det.utils import DetPreProcess

    picture = np.random.default_rng(3).integers(0, 256, (*shape, 3), np.uint8)
    expected = DetPreProcess(2048, "max")(picture)
    given = text_engine._normalised(picture)
    assert given.dtype == np.float32
    np.testing.assert_allclose(given, expected, atol=1e-6)


def test_a_strip_is_read_and_its_boxes_lie_on_it() -> None:
    # The library pads what is eight times as wide as high; the boxes are of the strip itself.
    strip = Image.new("RGB", (960, 64), (250, 245, 235))
    font = ImageFont.load_default(36)
    ImageDraw.Draw(strip).text((480, 32), "VELVET Shampoo", INK, font, anchor="mm")
    pixels = np.asarray(strip).copy()
    pixels[0, :] = pixels[-1, :] = (90, 160, 40)  # no plain background to be cut off
    pixels[:, :8] = pixels[:, -8:] = (90, 60, 140)
    (word,) = read_words(pixels, SMALL)
    assert word.text.lower().replace(" ", "") == "velvetshampoo"
    ink = np.argwhere(np.abs(pixels.astype(int) - INK).sum(axis=2) < 60)[:, ::-1]
    edges = np.array([word.box.min(axis=0), word.box.max(axis=0)])
    assert np.abs(edges - [ink.min(axis=0), ink.max(axis=0)]).max() < 16


def test_packing_keeps_text_confidence_and_box() -> None:
    box = np.array([[1.4, 2.6], [30, 2], [30, 9], [1, 9]], np.float32)
    words = (Word('5% "Crème" 保湿', 0.98765, box), Word("b", 1.0, box + 40))
    packed = pack_words(words)
    assert packed.startswith('[["5% \\"Crème\\" 保湿",0.99,[1,3,30,2,30,9,1,9]],')
    first, second = unpack_words(packed)
    assert (first.text, first.confidence) == ('5% "Crème" 保湿', 0.99)
    np.testing.assert_array_equal(first.box, np.rint(box))
    np.testing.assert_array_equal(second.box, np.rint(box + 40))
    assert first.box.dtype == np.float32
    assert unpack_texts(packed) == [('5% "Crème" 保湿', 0.99), ("b", 1.0)]
    assert unpack_words(pack_words(())) == ()


@pytest.mark.parametrize("data", ["", "{", "[1]", '[["a"]]', '[["a",1,[1,2]]]', "null"])
def test_what_is_not_packed_words_is_refused(data: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # json's own among them
        unpack_words(data)


@pytest.mark.usefixtures("fresh_engine")
@pytest.mark.parametrize("wanting", ["rapidocr", "onnxruntime"])
def test_a_missing_library_is_one_sentence(wanting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.split(".")[0] == wanting:
            raise ImportError(f"No module named {wanting!r}")
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    problem = text_reading_problem()
    assert problem is not None
    assert "pip install rapidocr onnxruntime" in problem
    assert "\n" not in problem
    with pytest.raises(UserError) as caught:
        read_words(drawn())
    assert str(caught.value) == problem


@pytest.mark.usefixtures("fresh_engine")
def test_missing_models_are_told_and_never_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import rapidocr

    def no_network(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    assert text_reading_problem() is None
    text_engine._start.cache_clear()
    monkeypatch.setattr(rapidocr, "__file__", str(tmp_path / "__init__.py"))
    problem = text_reading_problem()
    assert problem is not None
    assert "has no model" in problem


def test_a_failing_reader_is_one_sentence_and_nothing_is_printed(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert text_reading_problem() is None
    assert read_words(np.full((64, 64, 3), 200, np.uint8), SMALL) == ()
    logging.getLogger("RapidOCR").error("heard by nobody")
    assert capfd.readouterr() == ("", "")

    def fail(*_: object) -> None:
        raise RuntimeError("Traceback ...\nout of luck")

    monkeypatch.setattr(text_engine.engine(), "detect_and_crop", fail)
    with pytest.raises(UserError, match=r"^Words could not be read \(out of luck\)"):
        read_words(drawn())


@pytest.mark.parametrize("fails", [False, True])
def test_denormals_count_again_after_reading(monkeypatch: pytest.MonkeyPatch, fails: bool) -> None:
    def failing(*_: Any) -> None:
        raise RuntimeError("out of order")

    tiny = np.full(8, 1e-40, np.float32)
    text_engine.engine()
    if fails:
        monkeypatch.setattr(text_engine, "_recognised", failing)
        with pytest.raises(UserError, match="out of order"):
            read_words(drawn(), SMALL)
    else:
        assert read_words(drawn(), SMALL)
    assert (tiny * np.float32(1)).all()
