"""QImage to numpy and back: odd widths, strides, transparency, damaged JPEGs."""

import cv2
import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from beautyfinder.gui.backend import part_of
from beautyfinder.gui.images_qt import (
    image_from_jpeg,
    image_from_pixels,
    part_of_image,
    pixels_from_image,
    thumb_of,
)
from beautyfinder.gui.query import Region


@pytest.mark.parametrize("width", [1, 2, 3, 7, 64, 101])
@pytest.mark.parametrize("height", [1, 5])
def test_round_trip(width: int, height: int) -> None:
    pixels = np.random.default_rng(width).integers(0, 256, (height, width, 3), np.uint8)
    image = image_from_pixels(pixels)
    assert (image.width(), image.height()) == (width, height)
    red, green, blue = (int(value) for value in pixels[-1, -1])
    assert image.pixelColor(width - 1, height - 1) == QColor(red, green, blue)
    assert np.array_equal(pixels_from_image(image), pixels)


def test_any_strides_and_memory_of_its_own() -> None:
    pixels = np.arange(4 * 6 * 3, dtype=np.uint8).reshape(4, 6, 3)
    for view in (pixels[::-1], pixels[:, ::2], pixels.transpose(1, 0, 2), pixels[..., ::-1]):
        image = image_from_pixels(view)
        kept = view.copy()
        assert np.array_equal(pixels_from_image(image), kept)
    image = image_from_pixels(pixels)
    pixels[:] = 0
    assert image.pixelColor(5, 3) == QColor(69, 70, 71)


@pytest.mark.parametrize("kind", ["Format_RGB32", "Format_ARGB32", "Format_Grayscale8"])
def test_other_formats(kind: str) -> None:
    image = QImage(7, 3, getattr(QImage.Format, kind))
    image.fill(QColor(80, 80, 80))
    assert np.array_equal(pixels_from_image(image), np.full((3, 7, 3), 80, np.uint8))


def test_what_is_transparent_becomes_white() -> None:
    image = QImage(3, 3, QImage.Format.Format_ARGB32)
    image.setDevicePixelRatio(2.0)
    image.fill(QColor(255, 0, 0, 0))
    assert np.array_equal(pixels_from_image(image), np.full((3, 3, 3), 255, np.uint8))


def test_what_is_no_picture() -> None:
    with pytest.raises(ValueError, match="not uint8"):
        image_from_pixels(np.zeros((3, 3), np.uint8))
    with pytest.raises(ValueError, match="empty"):
        pixels_from_image(QImage())


def test_thumbs_are_never_larger_than_the_picture() -> None:
    small, large = (QImage(w, w // 2, QImage.Format.Format_RGB32) for w in (100, 2400))
    assert thumb_of(small) is small
    assert thumb_of(large).size().toTuple() == (432, 216)


def test_jpeg_bytes() -> None:
    data = cv2.imencode(".jpg", np.full((9, 7, 3), 120, np.uint8))[1].tobytes()
    image = image_from_jpeg(data)
    assert image is not None
    assert (image.width(), image.height()) == (7, 9)
    assert image_from_jpeg(None) is None
    assert image_from_jpeg(b"") is None
    assert image_from_jpeg(b"no jpeg") is None


@pytest.mark.parametrize("turns", range(4))
def test_the_part_that_is_shown_is_the_part_that_is_looked_up(turns: int) -> None:
    pixels = np.random.default_rng(3).integers(0, 255, (60, 80, 3), np.uint8)
    for region in (Region(turns), Region(turns, (0.25, 0.1, 0.5, 0.6))):
        part = part_of_image(image_from_pixels(pixels), region)
        assert np.array_equal(pixels_from_image(part), part_of(pixels, region))
