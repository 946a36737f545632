"""Tests of the one decoder: every format, mode, depth, orientation, profile, limit and damage."""

import contextlib
import io
import os
import struct
import subprocess
import sys
import time
import warnings
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pillow_heif
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms

from beautyfinder import colour, photo
from beautyfinder.errors import UserError
from beautyfinder.photo import (
    MAX_BYTES,
    MAX_PIXELS,
    PHOTO_SUFFIXES,
    Photo,
    PhotoError,
    decode_photo,
    photo_from_pixels,
    read_photo,
)

pillow_heif.register_heif_opener()  # to write HEIC here

Pixels = NDArray[np.uint8]

ODD = Path(__file__).parents[1].parent / "shared" / "data" / "odd"

BLOCKS = np.array(
    [
        [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)],
        [(0, 0, 0), (128, 128, 128), (255, 255, 0), (0, 255, 255)],
        [(255, 0, 255), (200, 100, 50), (50, 100, 200), (20, 60, 30)],
    ],
    np.uint8,
)
PICTURE: Pixels = BLOCKS.repeat(16, axis=0).repeat(16, axis=1)  # 64 x 48, blocks of 16 pixels


def encoded(image: Image.Image | NDArray[Any], format: str, **options: Any) -> bytes:
    if not isinstance(image, Image.Image):
        image = Image.fromarray(image)
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def decoded(data: bytes, source: str = "picture") -> Pixels:
    found = decode_photo(data, source)
    assert found.source == source
    assert found.pixels.dtype == np.uint8
    assert found.pixels.ndim == 3
    assert found.pixels.shape[2] == 3
    assert found.pixels.flags.c_contiguous
    return found.pixels


def refusal(data: bytes, source: str = "picture") -> str:
    with pytest.raises(PhotoError) as caught:
        decode_photo(data, source)
    message = str(caught.value)
    assert message.startswith(source)
    assert message.isprintable()
    assert message.endswith(".")
    return message


def assert_blocks(pixels: Pixels, blocks: NDArray[Any], tolerance: int = 0) -> None:
    """The middle of each block of 16 x 16 pixels has its colour."""
    assert pixels.shape == (blocks.shape[0] * 16, blocks.shape[1] * 16, 3)
    middle = pixels.reshape(blocks.shape[0], 16, blocks.shape[1], 16, 3)[:, 4:12, :, 4:12]
    difference = np.abs(middle.astype(int) - blocks[:, None, :, None].astype(int))
    assert difference.max() <= tolerance


# Raw PNG and TIFF, for what Pillow does not write.


def png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(
    width: int, height: int, depth: int, kind: int, rows: list[bytes], *chunks: tuple[bytes, bytes]
) -> bytes:
    """A PNG of raw rows; `kind` 0 grey, 2 RGB, 3 palette, 4 grey + alpha, 6 RGB + alpha."""
    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows))
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + b"".join(png_chunk(*chunk) for chunk in chunks)
        + png_chunk(b"IDAT", body)
        + png_chunk(b"IEND", b"")
    )


def tiff(
    width: int,
    height: int,
    bits: list[int],
    photometric: int,
    strips: list[bytes],
    tags: dict[int, tuple[int, list[int]]] | None = None,
    end: str = "<",
) -> bytes:
    """An uncompressed TIFF, its directory first; `tags` maps a tag to (type, values)."""
    entries: dict[int, tuple[int, list[int]]] = {
        256: (4, [width]),
        257: (4, [height]),
        258: (3, bits),
        259: (3, [1]),
        262: (3, [photometric]),
        277: (3, [len(bits)]),
        278: (4, [height]),
        **(tags or {}),
        279: (4, [len(strip) for strip in strips]),
    }
    code = {1: "B", 2: "B", 3: "H", 4: "I"}
    sizes = {tag: struct.calcsize(f"{len(v)}{code[t]}") for tag, (t, v) in entries.items()}
    start = 8 + 2 + 12 * (len(entries) + 1) + 4
    first = start + 4 * len(strips) + sum(size + 4 for size in sizes.values())
    entries[273] = (4, [first + sum(map(len, strips[:at])) for at in range(len(strips))])
    directory, extra = struct.pack(end + "H", len(entries)), b""
    for tag, (kind, values) in sorted(entries.items()):
        body = struct.pack(f"{end}{len(values)}{code[kind]}", *values)
        if len(body) > 4:
            extra += body
            body = struct.pack(end + "I", start + len(extra) - len(body))
        directory += struct.pack(end + "HHI", tag, kind, len(values)) + body.ljust(4, b"\0")
    magic = b"II*\0" if end == "<" else b"MM\0*"
    head = magic + struct.pack(end + "I", 8) + directory + b"\0\0\0\0" + extra
    return head.ljust(first, b"\0") + b"".join(strips)


def grey_tiff(
    values: NDArray[Any],
    end: str = "<",
    photometric: int = 1,
    orientation: int = 1,
    deflated: bool = False,
) -> bytes:
    """A 2-D array as a TIFF of its own number type and the byte order asked for."""
    sample = {"u": 1, "i": 2, "f": 3}[values.dtype.kind]
    body = values.astype(values.dtype.newbyteorder(end)).tobytes()
    tags: dict[int, tuple[int, list[int]]] = {339: (3, [sample]), 274: (3, [orientation])}
    if deflated:
        body, tags[259] = zlib.compress(body), (3, [8])
    height, width = values.shape
    return tiff(width, height, [values.itemsize * 8], photometric, [body], tags, end)


# Formats


@pytest.mark.parametrize(
    ("format", "options"),
    [
        ("PNG", {}),
        ("BMP", {}),
        ("GIF", {}),
        ("WEBP", {"lossless": True}),
        ("TIFF", {}),
        ("TIFF", {"compression": "tiff_lzw"}),
        ("TIFF", {"compression": "tiff_adobe_deflate"}),
        ("TIFF", {"compression": "packbits"}),
        ("TIFF", {"big_tiff": True}),
    ],
)
def test_lossless_formats_are_exact(format: str, options: dict[str, Any]) -> None:
    assert np.array_equal(decoded(encoded(PICTURE, format, **options)), PICTURE)


@pytest.mark.parametrize(
    ("format", "options"),
    [
        ("JPEG", {"quality": 95}),
        ("JPEG", {"quality": 95, "progressive": True}),
        ("MPO", {"quality": 95, "save_all": True, "append_images": [Image.new("RGB", (9, 9))]}),
        ("WEBP", {"quality": 95}),
        ("TIFF", {"compression": "jpeg", "quality": 95}),
        ("HEIF", {"quality": 95}),
        ("AVIF", {"quality": 95}),
    ],
)
def test_lossy_formats_are_close(format: str, options: dict[str, Any]) -> None:
    assert_blocks(decoded(encoded(PICTURE, format, **options)), BLOCKS, 8)


def test_of_several_frames_the_first_is_read() -> None:
    first, second = Image.fromarray(PICTURE), Image.new("RGB", (64, 48), "red")
    for format, options in (("GIF", {}), ("PNG", {}), ("TIFF", {}), ("WEBP", {"lossless": True})):
        data = encoded(first, format, save_all=True, append_images=[second], **options)
        assert np.array_equal(decoded(data), PICTURE), format


def test_the_content_decides_not_the_suffix(tmp_path: Path) -> None:
    for suffix in (".jpg", ".heic", ".txt", ""):
        path = tmp_path / f"picture{suffix}"
        path.write_bytes(encoded(PICTURE, "PNG"))
        found = read_photo(path)
        assert np.array_equal(found.pixels, PICTURE)
        assert found.source == str(path)
        assert read_photo(str(path)).source == str(path)


@pytest.mark.parametrize("format", ["PPM", "ICO", "TGA", "PCX", "SGI", "JPEG2000", "EPS", "DDS"])
def test_other_formats_are_refused(format: str) -> None:
    assert "is not a JPEG, PNG, WebP" in refusal(encoded(PICTURE, format))


def test_suffixes() -> None:
    assert all(suffix == suffix.lower() and suffix[0] == "." for suffix in PHOTO_SUFFIXES)
    assert {".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".bmp", ".gif"} <= PHOTO_SUFFIXES
    assert {".mpo", ".heic", ".heif", ".avif"} <= PHOTO_SUFFIXES


def test_one_pixel_is_a_picture() -> None:
    assert decoded(encoded(Image.new("RGB", (1, 1), (1, 2, 3)), "PNG")).tolist() == [[[1, 2, 3]]]


# Modes and depths


def test_palette_grey_and_one_bit() -> None:
    one = Image.fromarray(np.array([[0, 255], [255, 0]], np.uint8)).convert("1")
    grey = np.array([[0, 100], [200, 255]], np.uint8)
    for format in ("PNG", "TIFF", "BMP", "GIF"):
        assert decoded(encoded(one, format))[..., 0].tolist() == [[0, 255], [255, 0]], format
        assert np.array_equal(decoded(encoded(grey, format)), np.stack([grey] * 3, -1)), format
    palette = Image.fromarray(np.array([[0, 1], [2, 3]], np.uint8), "L")
    palette = palette.convert("P")
    palette.putpalette([10, 20, 30, 40, 50, 60, 70, 80, 90, 255, 0, 1])
    want = [[[10, 20, 30], [40, 50, 60]], [[70, 80, 90], [255, 0, 1]]]
    for format in ("PNG", "TIFF", "BMP", "GIF"):
        assert decoded(encoded(palette, format)).tolist() == want, format
    for format in ("PNG", "GIF"):
        want[0][1] = [255, 255, 255]
        assert decoded(encoded(palette, format, transparency=1)).tolist() == want, format
    shades = encoded(palette, "PNG", transparency=bytes([255, 0, 128, 255]))
    want[1][0] = [162, 167, 172]  # 128/255 of 70, 80, 90 over white
    assert decoded(shades).tolist() == want


@pytest.mark.parametrize("format", ["PNG", "WEBP", "TIFF"])
def test_alpha_is_shown_over_white(format: str) -> None:
    options = {"lossless": True, "exact": True} if format == "WEBP" else {}
    rgba = np.array([[[200, 100, 0, 255], [200, 100, 0, 0], [200, 100, 0, 51]]], np.uint8)
    want = [[[200, 100, 0], [255, 255, 255], [244, 224, 204]]]
    assert decoded(encoded(rgba, format, **options)).tolist() == want
    grey = Image.fromarray(rgba[..., [0, 3]])
    assert decoded(encoded(grey, format, **options))[0, :, 1].tolist() == [200, 255, 244]


@pytest.mark.parametrize("format", ["HEIF", "AVIF"])
def test_alpha_of_lossy_formats(format: str) -> None:
    rgba = np.dstack([PICTURE, np.full(PICTURE.shape[:2], 255, np.uint8)])
    rgba[:16, :, 3] = 0
    want = BLOCKS.copy()
    want[0] = 255
    assert_blocks(decoded(encoded(rgba, format, quality=95)), want, 8)


def test_premultiplied_tiff() -> None:
    data = tiff(2, 1, [8] * 4, 2, [bytes([40, 20, 0, 51, 200, 100, 0, 255])], {338: (3, [1])})
    assert decoded(data).tolist() == [[[244, 224, 204], [200, 100, 0]]]


@pytest.mark.parametrize("depth", [1, 2, 4, 8, 16])
def test_transparent_colour_of_a_grey_png_at_every_depth(depth: int) -> None:
    most = 2**depth - 1
    row = 0
    for value in (0, most, 0, most):
        row = row << depth | value
    data = row << (-4 * depth) % 8
    rows = [data.to_bytes((4 * depth + 7) // 8, "big")]
    black_clear = png(4, 1, depth, 0, rows, (b"tRNS", struct.pack(">H", 0)))
    assert decoded(black_clear)[0, :, 0].tolist() == [255] * 4
    white_clear = png(4, 1, depth, 0, rows, (b"tRNS", struct.pack(">H", most)))
    assert decoded(white_clear)[0, :, 0].tolist() == [0, 255, 0, 255]
    other_clear = png(4, 1, depth, 0, rows, (b"tRNS", struct.pack(">H", most // 2 + 1)))
    assert decoded(other_clear)[0, :, 0].tolist() == [0, 255, 0, 255] or depth == 1
    if depth in (2, 4):  # a value other than black and white
        third = most // 3
        odd = png(1, 1, depth, 0, [bytes([third << 8 - depth])])
        assert decoded(odd)[0, 0].tolist() == [85] * 3
        clear = png(1, 1, depth, 0, [bytes([third << 8 - depth])], (b"tRNS", bytes([0, third])))
        assert decoded(clear)[0, 0].tolist() == [255] * 3


def test_transparent_colour_of_rgb_pngs() -> None:
    rows = [bytes([10, 20, 30, 10, 20, 31])]
    key = (b"tRNS", struct.pack(">HHH", 10, 20, 30))
    assert decoded(png(2, 1, 8, 2, rows, key)).tolist() == [[[255] * 3, [10, 20, 31]]]
    deep = [struct.pack(">6H", 0x1234, 0x5678, 0x9ABC, 0xFFFF, 0, 0x8000)]
    assert decoded(png(2, 1, 16, 2, deep)).tolist() == [[[0x12, 0x56, 0x9A], [255, 0, 128]]]
    key = (b"tRNS", struct.pack(">HHH", 0x1234, 0x5678, 0x9ABC))
    assert decoded(png(2, 1, 16, 2, deep, key)).tolist() == [[[255] * 3, [255, 0, 128]]]


def test_sixteen_bits_with_alpha() -> None:
    grey = png(2, 1, 16, 4, [struct.pack(">4H", 0x6400, 0xFFFF, 0x6400, 0)])
    assert decoded(grey)[0, :, 0].tolist() == [100, 255]
    rgba = png(2, 1, 16, 6, [struct.pack(">8H", 0x6400, 0, 0xC8FF, 0xFFFF, 1, 2, 3, 0)])
    assert decoded(rgba).tolist() == [[[100, 0, 200], [255] * 3]]


@pytest.mark.parametrize("end", ["<", ">"])
@pytest.mark.parametrize("deflated", [False, True])
@pytest.mark.parametrize(
    ("values", "want"),
    [
        (np.array([[0, 0x8000, 0xFFFF]], np.uint16), [0, 128, 255]),
        (np.array([[0, 12800, 32767]], np.int16), [0, 50, 127]),  # of 65535
        (np.array([[0, 100, 255]], np.int32), [0, 100, 255]),  # as they are
        (np.array([[0, 25700, 65535]], np.int32), [0, 100, 255]),  # of 65535
        (np.array([[0, 500, 1000]], np.int32), [0, 128, 255]),  # stretched
        (np.array([[-1000, 0, 1000]], np.int32), [0, 128, 255]),
        (np.array([[0, 2_000_000_000, 4_000_000_000]], np.uint32), [0, 128, 255]),
        (np.array([[0, 0.5, 1]], np.float32), [0, 128, 255]),
        (np.array([[0, 0.25, 0.25]], np.float32), [0, 64, 64]),
        (np.array([[0, 100, 255]], np.float32), [0, 100, 255]),
        (np.array([[0, 2, 4]], np.float32), [0, 128, 255]),
        (np.array([[-3e38, 0, 3e38]], np.float32), [0, 128, 255]),
        (np.array([[np.nan, 1, np.inf]], np.float32), [0, 255, 255]),
        (np.array([[np.nan, np.nan, np.nan]], np.float32), [0, 0, 0]),
    ],
)
def test_deep_grey_tiff(values: NDArray[Any], want: list[int], deflated: bool, end: str) -> None:
    data = grey_tiff(values, end, deflated=deflated)
    if values.dtype == np.uint32 and end == ">":
        refusal(data)  # Pillow reads unsigned 32-bit numbers in little-endian order only
    else:
        assert decoded(data)[0, :, 2].tolist() == want


def test_white_is_zero() -> None:
    for values, end in [
        (np.array([[0, 100, 255]], np.uint8), "<"),
        (np.array([[0, 100 << 8 | 100, 65535]], np.uint16), "<"),
        (np.array([[0, 100, 255]], np.float32), "<"),
        (np.array([[0, 100, 255]], np.float32), ">"),
    ]:
        assert decoded(grey_tiff(values, end, 0))[0, :, 0].tolist() == [255, 155, 0]


def test_twelve_bits() -> None:
    data = tiff(2, 1, [12], 1, [bytes([0x00, 0x0F, 0xFF])])
    assert decoded(data)[0, :, 0].tolist() == [0, 255]


def test_sixteen_bit_grey_png_and_heif() -> None:
    ramp = np.linspace(0, 65535, 64 * 64).astype(np.uint16).reshape(64, 64)
    assert np.array_equal(decoded(encoded(ramp, "PNG"))[..., 0], ramp >> 8)
    found = decoded(encoded(ramp, "HEIF", quality=95))[..., 1]
    assert np.abs(found.astype(int) - (ramp >> 8)).max() <= 6


@pytest.mark.parametrize("end", ["<", ">"])
def test_planes_of_a_tiff(end: str) -> None:
    deep = np.array([[[0x0A00, 0x1400, 0x1E00], [0xFFFF, 0, 0x6464]]], f"{end}u2")
    want = [[[10, 20, 30], [255, 0, 100]]]
    chunky = tiff(2, 1, [16] * 3, 2, [deep.tobytes()], end=end)
    assert decoded(chunky).tolist() == want
    planes = [deep[..., channel].tobytes() for channel in range(3)]
    assert decoded(tiff(2, 1, [16] * 3, 2, planes, {284: (3, [2])}, end)).tolist() == want
    planes = [(deep[..., channel] >> 8).astype(np.uint8).tobytes() for channel in range(3)]
    assert decoded(tiff(2, 1, [8] * 3, 2, planes, {284: (3, [2])}, end)).tolist() == want


@pytest.mark.parametrize("end", ["<", ">"])
def test_ycbcr_and_lab_tiff(end: str) -> None:
    red = bytes([76, 85, 255])
    full = tiff(4, 2, [8] * 3, 6, [red * 8], {530: (3, [1, 1])}, end)
    assert np.abs(decoded(full).astype(int) - [255, 0, 0]).max() <= 2
    unit = bytes([76] * 4 + [85, 255])
    halved = tiff(4, 2, [8] * 3, 6, [unit * 2], {530: (3, [2, 2])}, end)
    assert np.abs(decoded(halved).astype(int) - [255, 0, 0]).max() <= 2
    # L* 50 is sRGB 119; red is about L*a*b* 54, 81, 70 with the white of D50
    lab = tiff(2, 1, [8] * 3, 8, [bytes([128, 0, 0, 139, 81, 70])], end=end)
    assert np.abs(decoded(lab).astype(int) - [[[119] * 3, [255, 0, 0]]]).max() <= 10


def test_cmyk() -> None:
    inks = [(0, 0, 0, 0), (255, 0, 0, 0), (0, 255, 0, 0), (0, 0, 255, 0), (0, 0, 0, 255)]
    want = np.array([[(255, 255, 255), (0, 255, 255), (255, 0, 255), (255, 255, 0), (0, 0, 0)]])
    blocks = np.array([inks], np.uint8).repeat(16, axis=0).repeat(16, axis=1)
    image = Image.frombytes("CMYK", (80, 16), blocks.tobytes())
    jpeg = encoded(image, "JPEG", quality=98)
    assert b"Adobe" in jpeg  # so the inks are stored inverted
    assert_blocks(decoded(jpeg), want, 6)
    assert_blocks(decoded(encoded(image, "TIFF")), want)
    assert_blocks(decoded(encoded(image, "TIFF", compression="tiff_lzw")), want)


def test_bmp_alpha_that_nobody_filled_in_is_no_transparency() -> None:
    head = struct.pack("<IiiHHIIiiII", 108, 2, 1, 1, 32, 3, 8, 0, 0, 0, 0)
    masks = struct.pack("<4I", 0xFF0000, 0xFF00, 0xFF, 0xFF000000).ljust(68, b"\0")
    data = b"BM" + struct.pack("<IHHI", 130, 0, 0, 122) + head + masks
    empty, half = bytes([3, 2, 1, 0, 6, 5, 4, 0]), bytes([3, 2, 1, 0, 6, 5, 4, 255])
    assert decoded(data + empty).tolist() == [[[1, 2, 3], [4, 5, 6]]]
    assert decoded(data + half).tolist() == [[[255, 255, 255], [4, 5, 6]]]


def test_bmp_from_top_to_bottom() -> None:
    data = bytearray(encoded(PICTURE, "BMP"))
    struct.pack_into("<i", data, 22, -48)
    assert np.array_equal(decoded(bytes(data)), PICTURE[::-1])


def test_gif_frame_smaller_than_its_screen() -> None:
    data = bytearray(encoded(Image.new("P", (2, 1), 1), "GIF"))
    frame = data.index(b",") + 1
    struct.pack_into("<2H", data, 6, 4, 3)
    struct.pack_into("<2H", data, frame, 1, 1)
    pixels = decoded(bytes(data))
    assert pixels.shape == (3, 4, 3)
    inside = pixels[1, 1:3].copy()
    assert (inside == inside[0]).all()
    pixels[1, 1:3] = 255
    assert (pixels == 255).all()


# Orientation

UPRIGHT: dict[int, Callable[[Pixels], Pixels]] = {  # stored picture -> upright one
    1: lambda stored: stored,
    2: lambda stored: stored[:, ::-1],
    3: lambda stored: stored[::-1, ::-1],
    4: lambda stored: stored[::-1],
    5: lambda stored: stored.swapaxes(0, 1),
    6: lambda stored: np.rot90(stored, -1),  # turn it clockwise
    7: lambda stored: np.rot90(stored, 2).swapaxes(0, 1),
    8: lambda stored: np.rot90(stored),
}


def exif_with(orientation: int | None) -> bytes:
    exif = Image.Exif()
    if orientation is not None:
        exif[0x0112] = orientation
    exif[0x010F] = "Maker"
    return exif.tobytes()


@pytest.mark.parametrize("orientation", UPRIGHT)
@pytest.mark.parametrize("format", ["JPEG", "MPO", "PNG", "WEBP", "TIFF", "HEIF", "AVIF"])
def test_exif_orientation_is_applied_once(format: str, orientation: int) -> None:
    options: dict[str, Any] = {"quality": 95} if format != "TIFF" else {}
    stored = Image.fromarray(PICTURE)
    if format == "MPO":
        options |= {"save_all": True, "append_images": [stored]}
    data = encoded(stored, format, exif=exif_with(orientation), **options)
    want = UPRIGHT[orientation](BLOCKS)
    assert_blocks(decoded(data), want, 8)


def test_heif_orientation_is_its_own_not_exifs() -> None:
    data = encoded(PICTURE, "HEIF", quality=95, exif=exif_with(1))
    tag = struct.pack("<HHIH", 0x0112, 3, 1, 1), struct.pack(">HHIH", 0x0112, 3, 1, 1)
    assert sum(data.count(one) for one in tag) == 1
    for one, end in zip(tag, "<>", strict=True):
        data = data.replace(one, struct.pack(end + "HHIH", 0x0112, 3, 1, 6))
    assert_blocks(decoded(data), BLOCKS, 8)


def test_avif_orientation_is_its_own_not_xmps() -> None:
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/" tiff:Orientation="6"/>'
    assert_blocks(decoded(encoded(PICTURE, "AVIF", quality=95, xmp=xmp)), BLOCKS, 8)


@pytest.mark.parametrize("orientation", UPRIGHT)
def test_large_pictures_are_converted_in_bands(
    orientation: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(colour, "_BAND_PIXELS", 64 * 7)
    alpha = np.full(PICTURE.shape[:2], 255, np.uint8)
    alpha[:, :16] = 0
    rgba = np.dstack([PICTURE, alpha])
    want = PICTURE.copy()
    want[:, :16] = 255
    data = encoded(rgba, "PNG", exif=exif_with(orientation))
    assert np.array_equal(decoded(data), UPRIGHT[orientation](want))
    ramp = np.linspace(-5, 5, 64 * 48, dtype=np.float32).reshape(48, 64)
    found = decoded(grey_tiff(ramp, orientation=orientation))
    want = np.rint((ramp + 5) * 25.5).astype(np.uint8)[..., None].repeat(3, axis=2)
    assert np.abs(found.astype(int) - UPRIGHT[orientation](want)).max() <= 1


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF", "TIFF"])
def test_broken_exif_does_not_matter(format: str, capfd: pytest.CaptureFixture[str]) -> None:
    exif = exif_with(None)
    options: dict[str, Any] = {"quality": 95} if format != "TIFF" else {}
    whole = encoded(PICTURE, format, exif=exif, **options)
    body = exif.removeprefix(b"Exif\0\0")
    assert decoded(whole).shape == PICTURE.shape
    if format == "TIFF":
        pixels = [PICTURE.tobytes()]
        tags = {34665: (4, [10**6]), 34853: (4, [3]), 700: (3, [1, 2, 3]), 274: (3, [77])}
        broken = [tiff(64, 48, [8] * 3, 2, pixels, {tag: at}) for tag, at in tags.items()]
    else:
        start = whole.index(body)
        broken = [
            whole[:start] + junk[: len(body)].ljust(len(body), b"\xff") + whole[start + len(body) :]
            for junk in (
                b"",
                b"II*\0\xff\xff\xff\x7f",
                body[:12],
                body[:8] + b"\xff\xff" + body[9:],
            )
        ]
    if format == "PNG":  # its checksum is to be right again
        broken = [mended_png(data) for data in broken]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for data in broken:
            assert_blocks(decoded(data), BLOCKS, 8)
    assert capfd.readouterr() == ("", "")


def mended_png(data: bytes) -> bytes:
    out, at = data[:8], 8
    while at < len(data):
        (size,) = struct.unpack_from(">I", data, at)
        out += png_chunk(data[at + 4 : at + 8], data[at + 8 : at + 8 + size])
        at += size + 12
    return out


# ICC profiles, written by hand: what they do is known without lcms


def icc(space: bytes, tags: dict[bytes, bytes], pcs: bytes = b"XYZ ") -> bytes:
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        content += b"\0" * (-len(content) % 4)
        table += name + struct.pack(">II", start + len(body), len(content))
        body += content
    size = struct.pack(">I", start + len(body))
    head = size + b"\0" * 4 + bytes([2, 0x20, 0, 0]) + b"prtr" + space + pcs + b"\0" * 12 + b"acsp"
    white = struct.pack(">3i", 63190, 65536, 54061)  # D50
    return head.ljust(68, b"\0") + white + b"\0" * 48 + table + body


def xyz(x: float, y: float, z: float) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in (x, y, z)))


STRAIGHT = b"curv\0\0\0\0\0\0\0\0"  # light grows in proportion to the number
RED, GREEN, BLUE = (  # of sRGB, for the white of D50
    xyz(0.4361, 0.2225, 0.0139),
    xyz(0.3851, 0.7169, 0.0971),
    xyz(0.1431, 0.0606, 0.7139),
)


def rgb_profile(red: bytes, green: bytes, blue: bytes) -> bytes:
    curves = dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), STRAIGHT)
    points = {b"wtpt": xyz(0.9642, 1, 0.8249), b"rXYZ": red, b"gXYZ": green, b"bXYZ": blue}
    return icc(b"RGB ", points | curves)


def srgb_of_light(value: NDArray[Any]) -> NDArray[Any]:
    light = np.asarray(value, float) / 255
    shown = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return shown * 255


def assert_close(found: NDArray[Any], want: NDArray[Any], tolerance: float = 2) -> None:
    assert found.shape == want.shape
    assert np.abs(found.astype(float) - want).max() <= tolerance


@pytest.mark.parametrize("format", ["PNG", "TIFF", "WEBP"])
def test_rgb_profile(format: str) -> None:
    options = {"lossless": True} if format == "WEBP" else {}
    linear, swapped = rgb_profile(RED, GREEN, BLUE), rgb_profile(BLUE, GREEN, RED)
    data = encoded(PICTURE, format, icc_profile=linear, **options)
    assert_close(decoded(data), srgb_of_light(PICTURE))
    data = encoded(PICTURE, format, icc_profile=swapped, **options)
    assert_close(decoded(data), srgb_of_light(PICTURE[..., ::-1]))


@pytest.mark.parametrize("format", ["JPEG", "HEIF", "AVIF"])
def test_rgb_profile_of_lossy_formats(format: str) -> None:
    data = encoded(PICTURE, format, quality=98, icc_profile=rgb_profile(BLUE, GREEN, RED))
    bright = BLOCKS.reshape(-1, 3).min(axis=1) % 255 == 0  # dark tones magnify the format's loss
    found = decoded(data).reshape(3, 16, 4, 16, 3)[:, 8, :, 8].reshape(-1, 3)[bright]
    primary = (found > 128).astype(int)
    assert np.array_equal(primary, BLOCKS.reshape(-1, 3)[bright][:, ::-1] > 128)


def test_profile_with_transparency_palette_and_sixteen_bits() -> None:
    swapped = rgb_profile(BLUE, GREEN, RED)
    rgba = np.array([[[255, 0, 0, 255], [255, 0, 0, 0]]], np.uint8)
    want = np.array([[[0, 0, 255], [255, 255, 255]]])
    assert_close(decoded(encoded(rgba, "PNG", icc_profile=swapped)), want)
    palette = Image.new("P", (1, 1), 1)
    palette.putpalette([0, 0, 0, 255, 0, 0])
    assert_close(decoded(encoded(palette, "PNG", icc_profile=swapped)), want[:, :1])
    chunk = (b"iCCP", b"name\0\0" + zlib.compress(swapped))
    deep = png(1, 1, 16, 2, [struct.pack(">3H", 65535, 0, 0)], chunk)
    assert_close(decoded(deep), want[:, :1])


def test_grey_profile() -> None:
    linear = icc(b"GRAY", {b"wtpt": xyz(0.9642, 1, 0.8249), b"kTRC": STRAIGHT})
    ramp = np.arange(256, dtype=np.uint8).reshape(1, -1)
    want = srgb_of_light(ramp)[..., None].repeat(3, axis=2)
    assert_close(decoded(encoded(ramp, "PNG", icc_profile=linear)), want)
    deep = ramp.astype(np.uint16) * 257
    assert_close(decoded(encoded(deep, "PNG", icc_profile=linear)), want)
    alpha = np.dstack([ramp, np.full_like(ramp, 255)])
    assert_close(decoded(encoded(alpha, "PNG", icc_profile=linear)), want)
    # an RGB profile also says what grey means; a grey one says nothing about colour
    rgb = rgb_profile(RED, GREEN, BLUE)
    assert_close(decoded(encoded(ramp, "PNG", icc_profile=rgb)), want)
    assert np.array_equal(decoded(encoded(PICTURE, "PNG", icc_profile=linear)), PICTURE)


def test_cmyk_profile() -> None:
    # a table of 2 x 2 x 2 x 2 colours: no ink is L* 100, with black it is 0, with others 50
    lightness = (0 if inks & 1 else 128 if inks else 255 for inks in range(16))
    shades = b"".join(bytes([light, 128, 128]) for light in lightness)
    identity = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    ramp = bytes(range(256))
    table = b"mft1\0\0\0\0" + bytes([4, 3, 2, 0]) + identity + ramp * 4 + shades + ramp * 3
    profile = icc(b"CMYK", {b"wtpt": xyz(0.9642, 1, 0.8249), b"A2B0": table}, b"Lab ")
    inks = np.zeros((16, 32, 4), np.uint8)
    inks[:, 16:, 1] = 255
    image = Image.frombytes("CMYK", (32, 16), inks.tobytes())
    want = np.array([[[255] * 3, [119] * 3]])  # L* 50 is sRGB 119; without profile magenta
    assert_blocks(decoded(encoded(image, "TIFF", icc_profile=profile)), want, 3)
    assert_blocks(decoded(encoded(image, "JPEG", quality=98, icc_profile=profile)), want, 5)
    assert np.array_equal(decoded(encoded(PICTURE, "PNG", icc_profile=profile)), PICTURE)


def test_srgb_profile_changes_nothing() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert np.array_equal(decoded(encoded(PICTURE, "PNG", icc_profile=srgb)), PICTURE)


def test_broken_profile_is_ignored() -> None:
    good = rgb_profile(BLUE, GREEN, RED)
    for broken in (b"junk", b"\0" * 200, good[:100], good[:140], good[:-30], good[:16] + b"????"):
        for format in ("PNG", "TIFF"):
            data = encoded(PICTURE, format, icc_profile=broken)
            assert np.array_equal(decoded(data), PICTURE)
    data = tiff(64, 48, [8] * 3, 2, [PICTURE.tobytes()], {34675: (3, [1, 2, 3])})
    assert np.array_equal(decoded(data), PICTURE)


# Limits


def bomb_png(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    idat = zlib.compress(b"\0" * 10_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", idat)


def bomb_jpeg() -> bytes:
    data = bytearray(encoded(PICTURE, "JPEG"))
    struct.pack_into(">HH", data, data.index(b"\xff\xc0") + 5, 60000, 60000)
    return bytes(data)


def bomb_gif() -> bytes:
    data = bytearray(encoded(PICTURE, "GIF"))
    struct.pack_into("<HH", data, 6, 60000, 60000)
    return bytes(data)


def bomb_bmp() -> bytes:
    data = bytearray(encoded(PICTURE, "BMP"))
    struct.pack_into("<ii", data, 18, 60000, 60000)
    return bytes(data)


@pytest.mark.parametrize(
    "bomb",
    [
        lambda: bomb_png(60000, 60000),
        bomb_jpeg,
        bomb_gif,
        bomb_bmp,
        lambda: tiff(60000, 60000, [8] * 3, 2, [b"\0" * 100], {278: (3, [1])}),
    ],
)
def test_bomb_is_refused_from_its_header(bomb: Callable[[], bytes]) -> None:
    data = bomb()
    start = time.perf_counter()
    assert refusal(data, "huge.png") == (
        "huge.png is 60000 x 60000 pixels (3,600 megapixels); the limit is 200 megapixels. "
        "Save it smaller and try again."
    )
    assert time.perf_counter() - start < 1


def test_bombs_of_other_kinds() -> None:
    frame = bytearray(bomb_gif())
    struct.pack_into("<HH", frame, 6, 10, 10)
    at = frame.index(b",", 13 + (3 << (frame[10] & 7) + 1))
    struct.pack_into("<HH", frame, at + 5, 60000, 60000)
    canvas = b"VP8X" + struct.pack("<I", 10) + b"\0" * 4 + (59999).to_bytes(3, "little") * 2
    webp = b"RIFF" + struct.pack("<I", 4 + len(canvas)) + b"WEBP" + canvas
    for data in (bytes(frame), webp):
        assert "the limit is 200 megapixels" in refusal(data)
    tiles = {322: (4, [65536]), 323: (4, [65536]), 324: (4, [8]), 325: (4, [9])}
    refusal(tiff(8, 8, [8] * 3, 2, [b"\0" * 192], tiles))
    zeros = zlib.compress(b"\0" * 100_000_000, 9)
    for chunk in (b"zTXt", b"iCCP"):
        refusal(png(1, 1, 8, 0, [b"\0"], (chunk, b"name\0\0" + zeros)))
    refusal(png(1, 1, 8, 0, [b"\0"], (b"iTXt", b"name\0\1\0\0\0" + zeros)))


def test_small_files_that_would_take_minutes() -> None:
    jpeg = encoded(PICTURE, "JPEG", progressive=True)
    last = jpeg.rindex(b"\xff\xda")
    refusal(jpeg[:last] + jpeg[last:-2] * 101 + b"\xff\xd9")
    bmp = bytearray(encoded(Image.new("P", (10, 10)), "BMP"))
    struct.pack_into("<ii", bmp, 18, 10_000, 10_000)
    struct.pack_into("<I", bmp, 30, 1)  # run-length coded
    refusal(bytes(bmp))


def test_pixel_limit_is_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MAX_PIXELS >= 16_320 * 12_240
    monkeypatch.setattr(photo, "MAX_PIXELS", 1_000_000)
    assert decoded(encoded(Image.new("1", (1000, 1000)), "PNG")).shape == (1000, 1000, 3)
    message = refusal(encoded(Image.new("1", (1000, 1001)), "PNG"))
    assert "1000 x 1001 pixels (1.1 megapixels); the limit is 1 megapixels" in message


def test_byte_limit(tmp_path: Path) -> None:
    path = tmp_path / "long.tif"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)  # takes no room on the disk
    with pytest.raises(PhotoError, match=r"long.tif is 256.1 MiB; the limit is 256 MiB. Save"):
        read_photo(path)


# Damage

ENCODED = {
    "jpeg": lambda: encoded(PICTURE, "JPEG"),
    "progressive": lambda: encoded(PICTURE, "JPEG", progressive=True),
    "png": lambda: encoded(PICTURE, "PNG"),
    "webp": lambda: encoded(PICTURE, "WEBP"),
    "lossless webp": lambda: encoded(PICTURE, "WEBP", lossless=True),
    "gif": lambda: encoded(PICTURE, "GIF"),
    "bmp": lambda: encoded(PICTURE, "BMP"),
    "tiff": lambda: tiff(64, 48, [8] * 3, 2, [PICTURE.tobytes()]),
    "lzw": lambda: encoded(PICTURE, "TIFF", compression="tiff_lzw"),
    "heif": lambda: encoded(PICTURE, "HEIF"),
    "heif in tiles": lambda: encoded(np.tile(PICTURE, (3, 3, 1)), "HEIF", tile_size=64),
    "avif": lambda: encoded(PICTURE, "AVIF"),
}


@pytest.mark.parametrize("name", ENCODED)
def test_truncated_file_is_refused(name: str) -> None:
    data = ENCODED[name]()
    assert decoded(data).shape[2] == 3
    end = len(data) - {"gif": 2, "png": 4}.get(name, 0)  # end marks after complete pixels
    for length in [*(end * tenth // 10 for tenth in range(1, 10)), end - 20, end - 1]:
        if length > 16:
            message = refusal(data[:length])
            assert "cut short" in message
            assert "Copy it again" in message


@pytest.mark.parametrize("name", ENCODED)
def test_flipped_bytes_give_a_photo_or_a_photo_error(name: str) -> None:
    data = ENCODED[name]()
    random = np.random.default_rng(5)
    for _ in range(60):
        broken = np.frombuffer(data, np.uint8).copy()
        where = random.integers(0, min(len(data), 2000), 3)
        broken[where] = random.integers(0, 256, 3)
        with contextlib.suppress(PhotoError):
            decoded(broken.tobytes())


def test_png_with_a_wrong_checksum_in_its_pixels_is_refused() -> None:
    data = bytearray(encoded(PICTURE, "PNG"))
    data[data.index(b"IEND") - 5] ^= 1
    refusal(bytes(data))


@pytest.mark.parametrize(
    "error",
    [OSError, SyntaxError, ValueError, struct.error, zlib.error, EOFError, IndexError, KeyError,
     OverflowError, MemoryError, RuntimeError, TypeError, AttributeError, AssertionError,
     ZeroDivisionError, UserWarning, RecursionError, Image.DecompressionBombError],
    ids=lambda error: error.__name__,
)  # fmt: skip
@pytest.mark.parametrize("where", ["open", "load"])
def test_whatever_a_plugin_raises(
    error: type[Exception], where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise error("from within")

    data = encoded(PICTURE, "JPEG")
    target = Image if where == "open" else type(Image.open(io.BytesIO(data)))
    monkeypatch.setattr(target, where, fail)
    refusal(data)


def test_our_own_mistakes_show(monkeypatch: pytest.MonkeyPatch) -> None:
    def mistake(*_: Any) -> None:
        raise RuntimeError("ours")

    monkeypatch.setattr(photo, "opaque_rgb", mistake)
    with pytest.raises(RuntimeError, match="ours"):
        decode_photo(encoded(PICTURE, "PNG"), "picture")


def test_nothing_reaches_standard_error(tmp_path: Path) -> None:
    jpeg = encoded(PICTURE, "JPEG", exif=exif_with(6))
    (tmp_path / "exif.jpg").write_bytes(jpeg.replace(b"Maker\0", b"Maker\0", 1)[:30] + jpeg[30:])
    exif = bytearray(jpeg)
    at = exif.index(b"Maker") - 12
    exif[at - 40 : at] = exif[at - 40 : at].replace(b"\0\0\0\6", b"\xff\xff\xff\xff")
    (tmp_path / "broken.jpg").write_bytes(exif)
    lzw = bytearray(encoded(PICTURE, "TIFF", compression="tiff_lzw"))
    lzw[60:90] = b"\xff" * 30
    (tmp_path / "lzw.tif").write_bytes(lzw)
    (tmp_path / "many.tif").write_bytes(
        tiff(8, 8, [8], 1, [b"\0" * 64], {277: (4, [10**6]), 60000: (3, [1])})
    )
    (tmp_path / "short.tif").write_bytes(tiff(8, 8, [8], 1, [b"\0" * 64])[:-9])
    code = (
        "import sys, pathlib\n"
        "from beautyfinder.photo import read_photo, PhotoError\n"
        "for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):\n"
        "    try: read_photo(path)\n"
        "    except PhotoError: pass\n"
        "heavy = {'pillow_heif', 'cv2', 'torch', 'PySide6'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    for flags in ([], ["-W", "error"]):
        done = subprocess.run(
            [sys.executable, *flags, "-c", code, str(tmp_path)], capture_output=True, text=True
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_many_threads_at_once() -> None:
    linear = rgb_profile(RED, GREEN, BLUE)
    files = [make() for make in ENCODED.values()]
    files += [encoded(PICTURE, "PNG", icc_profile=linear), encoded(PICTURE, "JPEG")[:600]] * 4

    def attempt(data: bytes) -> bytes | str:
        try:
            return decode_photo(data, "picture").pixels.tobytes()
        except PhotoError as error:
            return str(error)

    one_by_one = [attempt(data) for data in files]
    with warnings.catch_warnings(), ThreadPoolExecutor(8) as pool:
        warnings.simplefilter("error")
        for _ in range(5):
            assert list(pool.map(attempt, files)) == one_by_one


# Files


def file_refusal(path: str | Path) -> str:
    with pytest.raises(PhotoError) as caught:
        read_photo(path)
    assert isinstance(caught.value, UserError)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_what_is_no_picture_file(tmp_path: Path) -> None:
    missing = tmp_path / "missing.jpg"
    assert file_refusal(missing) == f"{missing} does not exist. Check its name and folder."
    assert "is a folder" in file_refusal(tmp_path)
    empty, text = tmp_path / "empty.jpg", tmp_path / "text.jpg"
    empty.touch()
    assert f"{empty} is empty (0 bytes)" in file_refusal(empty)
    text.write_text("This is not a picture.\n" * 9)
    assert f"{text} is not a JPEG, PNG," in file_refusal(text)
    assert "cannot be read: Not a directory" in file_refusal(empty / "photo.jpg")
    assert "cannot be read" in file_refusal(tmp_path / ("x" * 5000))
    assert "not a possible file name" in file_refusal("a\0b.jpg")
    assert file_refusal("a\nb\udcff.jpg").startswith("a\ufffdb\ufffd.jpg does not exist")
    loop = tmp_path / "loop.jpg"
    loop.symlink_to(loop)
    assert "loop.jpg cannot be read" in file_refusal(loop)


@pytest.mark.timeout(20)
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files on this system")
def test_special_files_are_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.jpg"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero"), Path("/dev/null")):
        assert f"{path} is a pipe, socket or device" in file_refusal(path)


def test_forbidden_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.jpg"
    path.write_bytes(encoded(PICTURE, "JPEG"))

    def forbid(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", forbid)  # chmod does not stop root
    assert file_refusal(path) == f"{path} may not be read: its permissions forbid it."


# Arrays


def test_photo_from_pixels_copies() -> None:
    view = PICTURE[:, ::-1]
    found = photo_from_pixels(view, "camera")
    assert np.array_equal(found.pixels, view)
    assert found.pixels.flags.c_contiguous
    assert not np.shares_memory(found.pixels, PICTURE)
    assert found.source == "camera"
    with pytest.raises(AttributeError):
        found.source = "other"  # type: ignore[misc]
    assert found != Photo(found.pixels, found.source)


@pytest.mark.parametrize(
    ("pixels", "says"),
    [
        (PICTURE.astype(np.float32), "float32"),
        (PICTURE.astype(np.int8), "int8"),
        (PICTURE[..., 0], "48 x 64"),
        (np.dstack([PICTURE, PICTURE]), "48 x 64 x 6"),
        (PICTURE[:0], "0 x 64 x 3"),
        (np.array(5, np.uint8), "one"),
        ([[[1, 2, 3]]], "list"),
        (None, "NoneType"),
        (np.broadcast_to(np.uint8(0), (20_000, 20_000, 3)), "400 megapixels"),
    ],
)
def test_photo_from_pixels_refuses(pixels: Any, says: str) -> None:
    with pytest.raises(PhotoError, match=f"^camera .*{says}"):
        photo_from_pixels(pixels, "camera")


# Real files

needs_odd = pytest.mark.skipif(not ODD.is_dir(), reason=f"{ODD} is not there")


def outcome(path: Path) -> Pixels | None:
    """The pixels, or None where the file is refused as it should be."""
    start = time.perf_counter()
    message, pixels = "", None
    try:
        pixels = read_photo(path).pixels
    except PhotoError as error:
        message = str(error)
    assert time.perf_counter() - start < 10
    if pixels is None:
        assert path.name in message
        assert message.isprintable()
        return None
    assert pixels.dtype == np.uint8
    assert pixels.ndim == 3
    assert pixels.shape[2] == 3
    assert pixels.size > 0
    assert pixels.flags.c_contiguous
    return pixels


@pytest.mark.data
@needs_odd
def test_every_odd_file_gives_a_photo_or_a_photo_error(capfd: pytest.CaptureFixture[str]) -> None:
    files = [path for path in sorted(ODD.rglob("*")) if path.is_file()]
    assert len(files) > 2000
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read = sum(outcome(path) is not None for path in files)
    assert 950 < read < 1100
    assert capfd.readouterr() == ("", "")


@pytest.mark.data
@needs_odd
@pytest.mark.parametrize("name", ["Landscape", "Portrait"])
def test_odd_orientations_agree(name: str) -> None:
    pictures = [
        read_photo(ODD / "exif-orientation" / f"{name}_{orientation}.jpg").pixels.astype(int)
        for orientation in range(9)
    ]
    assert pictures[0].shape == ((1200, 1800, 3) if name == "Landscape" else (1800, 1200, 3))
    for one in pictures[1:]:  # each has its number painted in the middle
        assert one.shape == pictures[0].shape
        assert np.median(np.abs(one - pictures[0])) <= 3
        assert np.abs(one - pictures[0]).mean() < 6


@pytest.mark.data
@needs_odd
def test_odd_avif_rotations_agree() -> None:
    pictures = [
        read_photo(ODD / "pillow" / "avif" / f"rot{turn}mir{mirror}.avif").pixels.astype(int)
        for turn in range(4)
        for mirror in range(2)
    ]
    assert all(np.abs(one - pictures[0]).mean() < 12 for one in pictures)


@pytest.mark.data
@needs_odd
def test_pngsuite() -> None:
    files = sorted((ODD / "pngsuite" / "png").glob("*.png"))
    assert len(files) > 170
    for path in files:
        assert (outcome(path) is None) == path.name.startswith("x"), path.name


@pytest.mark.data
@needs_odd
def test_odd_heif_looks_like_its_png() -> None:
    seen = 0
    for path in sorted((ODD / "heif" / "heif").glob("*_*__*.heif")):
        mode, bits, size = path.stem.replace("__", "_").split("_")
        deep = "16" if mode != "L" and bits != "8" else "8"
        original = ODD / "heif" / "non_heif" / f"{mode}_{deep}__{size}.png"
        difference = read_photo(path).pixels.astype(int) - read_photo(original).pixels
        assert np.abs(difference).mean() < 4, path.name
        seen += 1
    assert seen >= 16
    assert outcome(ODD / "heif" / "heif_truncated" / "truncated.heic") is None


@pytest.mark.data
@needs_odd
@pytest.mark.parametrize(
    ("one", "other", "difference"),
    [
        ("hopper.Lab.tif", "hopper.ppm", 4),
        ("hopper_jpg.tif", "hopper.ppm", 4),
        ("hopper_orientation_6.webp", "hopper.jpg", 6),
        ("tiff_16bit_RGBa.tiff", "tiff_16bit_RGBa_target.png", 0),
        ("tiff_strip_planar_16bit_RGBa.tiff", "tiff_16bit_RGBa_target.png", 0),
        ("tiff_strip_cmyk_jpeg.tif", "pil_sample_rgb.jpg", 6),
        ("pil_sample_cmyk.jpg", "pil_sample_rgb.jpg", 6),
    ],
)
def test_odd_pairs_look_alike(one: str, other: str, difference: float) -> None:
    found = read_photo(ODD / "pillow" / one).pixels.astype(int)
    if other.endswith(".ppm"):
        want = np.asarray(Image.open(ODD / "pillow" / other))
    else:
        want = read_photo(ODD / "pillow" / other).pixels
    assert np.abs(found - want).mean() <= difference
