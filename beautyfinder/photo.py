"""Any picture file, bytes or camera frame -> an upright RGB array, within stated limits.

Every source goes through this one decoder, so that query and catalogue pictures come out alike.
Pillow (for HEIC pillow-heif) decodes; what all formats have in common is done once, here and in
`colour`: limits, orientation, colour, and one sentence for people where a file cannot be read.
Of several frames, pages or pictures the first is read, of a HEIF file its primary one.
"""

import contextlib
import errno
import functools
import io
import logging
import math
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

# The plugins are imported by name: Image.open would otherwise import all of Pillow's at the first
# WebP. pillow-heif, the slow one, is imported at the first HEIC.
from PIL import (
    AvifImagePlugin,  # noqa: F401
    ExifTags,
    Image,
    ImageFile,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,  # noqa: F401
)

from beautyfinder.colour import bands, depth_of, opaque_rgb
from beautyfinder.errors import UserError
from beautyfinder.pillow_noise import silence_libtiff, silence_warnings

MAX_PIXELS = 200_000_000
"""Most pixels a picture may have: a 200-megapixel phone picture (16,320 x 12,240) still fits."""

MAX_BYTES = 256 * 1024 * 1024
"""Most bytes a picture file may have."""

PHOTO_SUFFIXES: frozenset[str] = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".png", ".webp", ".gif", ".bmp", ".dib", ".tif"}
    | {".tiff", ".heic", ".heics", ".heif", ".heifs", ".hif", ".avif", ".avifs"}
)
"""Suffixes under which the formats taken usually go, for listing folders and for file dialogs.
Decoding never looks at the suffix."""

# Pillow's own limits, global because Pillow has no other place for them. Pillow refuses twice this,
# before it allocates anything; for what lies between it only warns, and that is silenced below.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2
# Uncompressed TIFFs go through libtiff too: Pillow's own reader takes subsampled YCbCr for full and
# 16-bit planes for 8-bit ones.
TiffImagePlugin.READ_LIBTIFF = True
# Without this logging's last resort prints Pillow's complaints about broken files to stderr.
logging.getLogger("PIL").addHandler(logging.NullHandler())
silence_libtiff()


class PhotoError(UserError):
    """A picture that cannot be read or is too large: one line says which, why and what to do."""


@dataclass(frozen=True, eq=False)
class Photo:
    """A decoded picture: upright, sRGB, opaque. Treat it as read-only; threads share it.

    `pixels`: uint8, shape (height, width, 3), RGB, C-contiguous; `pixels[y, x]` is the pixel whose
    centre lies at (x, y), so the centre of the top-left pixel is (0, 0).
    `source`: the name shown to people, usually the path as it was given.
    """

    pixels: NDArray[np.uint8]
    source: str


def read_photo(path: str | Path) -> Photo:
    """Reads and decodes the picture file `path`; `source` is the path as given.

    Raises PhotoError as `read_file` and `decode_photo` do.
    """
    return decode_photo(read_file(path), str(path))


def read_file(path: str | Path) -> bytes:
    """The content of the picture file `path`, not yet decoded.

    Raises PhotoError where there is no such file, it may not be read, is a folder, a pipe, a device
    or another special file (these are not even opened), or is larger than MAX_BYTES.
    """
    name = _one_line(str(path))
    try:
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            raise PhotoError(f"{name} is a folder, not a picture. Choose a picture file.")
        if not stat.S_ISREG(status.st_mode):
            raise PhotoError(f"{name} is a pipe, socket or device, not a picture file.")
        _check_bytes(name, status.st_size)
        return Path(path).read_bytes()
    except FileNotFoundError as error:
        raise PhotoError(f"{name} does not exist. Check its name and folder.") from error
    except PermissionError as error:
        raise PhotoError(f"{name} may not be read: its permissions forbid it.") from error
    except OSError as error:
        reason = _one_line(error.strerror or errno.errorcode.get(error.errno or 0, "input error"))
        raise PhotoError(f"{name} cannot be read: {reason}.") from error
    except ValueError as error:  # a NUL in the name
        raise PhotoError(f"{name} is not a possible file name.") from error


@dataclass(frozen=True, eq=False)
class ReducedPhoto:
    """A picture that may have been decoded smaller. `pixels`: as a Photo's; `shape`: its own."""

    pixels: NDArray[np.uint8]
    shape: tuple[int, int]  # height and width of the whole picture, upright, in pixels


def decode_photo(data: bytes, source: str) -> Photo:
    """Decodes a whole picture file held in memory; its format is told from its content.

    `source` is the name shown to people. Raises PhotoError where `data` is empty, not one of the
    formats taken, damaged, cut short, or beyond MAX_BYTES or MAX_PIXELS (the latter told from the
    header, before anything is decoded). Safe to call from many threads at once.
    """
    return Photo(_decode(data, source)[0], source)


def decode_reduced(data: bytes, source: str, longer_side: int) -> ReducedPhoto:
    """As `decode_photo`, but a JPEG at a half, quarter or eighth of its size: a third of the work.

    Its longer side stays at least `longer_side` pixels. libjpeg takes means of the pixels, as
    reducing by areas afterwards does.
    """
    return ReducedPhoto(*_decode(data, source, longer_side))


def _decode(
    data: bytes, source: str, longer_side: float = math.inf
) -> tuple[NDArray[np.uint8], tuple[int, int]]:
    """Upright pixels, and height and width of the whole picture."""
    name = _one_line(source)
    _check_bytes(name, len(data))
    if not data:
        raise PhotoError(f"{name} is empty (0 bytes). Copy or save it again.")
    kind = _kind_of(data)
    if kind is None:
        known = "JPEG, PNG, WebP, TIFF, BMP, GIF, HEIC or AVIF"
        raise PhotoError(f"{name} is not a {known} picture. Save it as JPEG or PNG.")
    silence_warnings()
    guard = functools.partial(_plugin_errors, name, kind, data)
    with guard():
        file = _open(data, kind)
    _check_pixels(name, file.size)
    _mend_header(file)
    width, height = file.size
    scale = next((s for s in (8, 4, 2) if max(file.size) >= s * longer_side), 1)
    if kind == "JPEG" and scale > 1:
        with guard():
            file.draft(None, (max(1, width // scale), max(1, height // scale)))
    first_frame = file.tile[0].extents if kind == "GIF" and file.tile else None
    image: Image.Image = file
    with guard():
        file.load()
        orientation = _orientation(image, kind)
        if image.mode in ("P", "PA"):  # may be damaged, too, so it is expanded here
            image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    _check_pixels(name, image.size)  # a HEIF picture may turn out another size than announced
    if kind == "BMP" and image.mode == "RGBA" and not image.getchannel("A").getbbox():
        image = image.convert("RGB")  # a fourth byte that nobody filled in is no transparency
    with guard():
        pixels = np.empty((*(image.size if orientation >= 5 else image.size[::-1]), 3), np.uint8)
    _fill_upright(pixels, image, orientation)
    if first_frame is not None:  # what the first frame of a GIF leaves uncovered is transparent
        left, top, right, bottom = first_frame
        pixels[:top] = pixels[bottom:] = 255
        pixels[:, :left] = pixels[:, right:] = 255
    if scale == 1 or kind != "JPEG":
        height, width = pixels.shape[:2]
    elif orientation >= 5:
        height, width = width, height
    return pixels, (height, width)


def photo_from_pixels(pixels: NDArray[np.uint8], source: str) -> Photo:
    """Copies an array that is upright RGB already (a camera frame, the clipboard) into a Photo.

    `pixels`: uint8, shape (height, width, 3), RGB, any strides. Raises PhotoError where it is not,
    is empty, or has more than MAX_PIXELS pixels.
    """
    name = _one_line(source)
    if not isinstance(pixels, np.ndarray) or pixels.dtype != np.uint8:
        found = getattr(pixels, "dtype", type(pixels).__name__)
        raise PhotoError(f"{name} is not an array of 8-bit numbers but of {found}.")
    if pixels.ndim != 3 or pixels.shape[2] != 3 or pixels.size == 0:
        shape = " x ".join(map(str, pixels.shape))
        raise PhotoError(f"{name} is not height x width x 3 numbers (RGB) but {shape or 'one'}.")
    _check_pixels(name, (pixels.shape[1], pixels.shape[0]))
    return Photo(np.array(pixels, order="C", copy=True), source)


def _one_line(text: str) -> str:
    """`text` fit to stand in a message: line ends, controls, lone surrogates become U+FFFD."""
    return re.sub("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", "\ufffd", text) or '""'


def _rounded_up(value: float) -> str:
    """One decimal at most, upwards: what is over a limit must not read as the limit itself."""
    return f"{math.ceil(value * 10) / 10:,.1f}".removesuffix(".0")


def _check_bytes(name: str, size: int) -> None:
    if size > MAX_BYTES:
        raise PhotoError(
            f"{name} is {_rounded_up(size / 2**20)} MiB; the limit is {MAX_BYTES // 2**20} MiB. "
            "Save it smaller and try again."
        )


def _check_pixels(name: str, size: tuple[int, int]) -> None:
    if size[0] * size[1] > MAX_PIXELS:
        raise _too_many_pixels(name, size)


def _too_many_pixels(name: str, size: tuple[int, int] | None) -> PhotoError:
    """`size` is (width, height), or None where it is too large but not known."""
    limit = f"the limit is {MAX_PIXELS // 1_000_000} megapixels. Save it smaller and try again."
    if size is None:
        return PhotoError(f"{name} has too many pixels; {limit}")
    megapixels = _rounded_up(size[0] * size[1] / 1e6)
    return PhotoError(f"{name} is {size[0]} x {size[1]} pixels ({megapixels} megapixels); {limit}")


def _kind_of(data: bytes) -> str | None:
    """Pillow's name for the format of `data`, told from its first bytes; None if not one taken."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"  # a multi-picture file (MPO) is a JPEG with more after it
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WEBP"
    if data.startswith((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")):
        return "TIFF"
    if data.startswith(b"BM"):
        return "BMP"
    if data[4:8] == b"ftyp":
        # HEIF and AVIF are one container; both may call themselves mif1 first, so all names count.
        end = min(int.from_bytes(data[:4], "big"), 256)
        brands = {data[8:12], *(data[at : at + 4] for at in range(16, end, 4))}
        if brands & {b"avif", b"avis"}:
            return "AVIF"
        if brands & set(b"heic heix heim heis hevc hevx hevm hevs mif1 msf1".split()):
            return "HEIF"
    return None


@contextlib.contextmanager
def _plugin_errors(name: str, kind: str, data: bytes) -> Iterator[None]:
    """Turns whatever Pillow's plugins raise over bad data (nearly anything) into PhotoError."""
    try:
        yield
    except Image.DecompressionBombError as error:
        size = None
        with contextlib.suppress(Exception):  # its header alone, without Image.open's check
            size = Image.OPEN[kind][0](io.BytesIO(data), "").size
        known = size is not None and size[0] * size[1] > MAX_PIXELS
        raise _too_many_pixels(name, size if known else None) from error
    except MemoryError as error:
        raise PhotoError(f"{name} needs more memory than is free. Save it smaller.") from error
    except Exception as error:
        kind = "HEIC" if kind == "HEIF" else kind
        raise PhotoError(
            f"{name} is damaged, cut short, or a kind of {kind} that cannot be read. "
            "Copy it again, or save it as JPEG or PNG."
        ) from error


def _open(data: bytes, kind: str) -> ImageFile.ImageFile:
    """Opens the picture without decoding it yet; raises whatever the plugins do."""
    if kind == "HEIF":
        _register_heif()
    if kind in ("HEIF", "AVIF"):
        _check_boxes(data)
    if kind == "PNG":  # the checksums of the pixel data, which are looked at nowhere else
        Image.open(io.BytesIO(data), formats=(kind,)).verify()
    try:
        file = Image.open(io.BytesIO(data), formats=(kind,))
    except Exception:
        if kind != "AVIF" or b"Exif" not in data:
            raise
        # libavif refuses for broken EXIF data, which nobody needs here: hide them from it
        file = Image.open(io.BytesIO(data.replace(b"Exif", b"none")), formats=(kind,))
    # Two kinds of small file made to keep a decoder busy for minutes; real ones have some 10 scans.
    if kind == "JPEG" and "progressive" in file.info and data.count(b"\xff\xda") > 100:
        raise ValueError("too many scans over the picture")
    if file.tile and file.tile[0].codec_name == "bmp_rle" and math.prod(file.size) > 10_000_000:
        raise ValueError("too large a picture for Pillow's run-length decoder, written in Python")
    return file


def _check_boxes(data: bytes) -> None:
    """Raises EOFError where a HEIF or AVIF file ends inside its pixel data (the box mdat).

    libheif leaves the missing parts of a picture in tiles, as phones write it, empty instead.
    """
    start = 0
    while start + 8 <= len(data):
        size, name = int.from_bytes(data[start : start + 4], "big"), data[start + 4 : start + 8]
        if size == 1:
            size = int.from_bytes(data[start + 8 : start + 16], "big")
        if size < 8:  # 0: all the rest
            return
        start += size
        if name == b"mdat" and start > len(data):
            raise EOFError("the file ends inside its pixel data")


@functools.cache
def _register_heif() -> None:
    import pillow_heif

    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


def _mend_header(image: ImageFile.ImageFile) -> None:
    """Puts right, before the pixels are decoded, what Pillow 13 takes wrongly from the header."""
    if isinstance(image, TiffImagePlugin.TiffImageFile) and image.tile:
        image.info.pop(
            "xmp", None
        )  # unless it is bytes, Pillow fails looking for orientation in it
        # libtiff has brought the bytes into native order already, Pillow would swap them again
        native = {"I;16BS": "I;16NS", "I;32BS": "I;32NS", "F;32BF": "F;32NF"}
        tile = image.tile[0]
        if isinstance(tile.args, tuple) and tile.args[0] in native:
            image.tile = [tile._replace(args=(native[tile.args[0]], *tile.args[1:]))]
    elif isinstance(image, PngImagePlugin.PngImageFile) and image.tile:
        # the transparent colour is in the file's depth, the pixels will be in 8 bits
        key, depth = image.info.get("transparency"), image.tile[0].args
        if isinstance(key, int) and depth in ("L;2", "L;4"):
            image.info["transparency"] = key * (85 if depth == "L;2" else 17)
        elif isinstance(key, tuple) and depth == "RGB;16B":
            image.info["transparency"] = tuple(value >> 8 for value in key)


def _orientation(image: Image.Image, kind: str) -> int:
    """The EXIF orientation (1 to 8) still to be applied to the decoded `image`.

    Pillow applies a TIFF's itself. pillow-heif applies HEIF's own rotation, next to which EXIF's
    does not count; so it is for AVIF, but there Pillow hands the file's own over as EXIF's.
    """
    if kind in ("TIFF", "HEIF"):
        return 1
    if kind == "AVIF":
        image.info.pop("xmp", None)
    with contextlib.suppress(Exception):  # broken EXIF says nothing
        orientation = image.getexif().get(ExifTags.Base.Orientation)
        if isinstance(orientation, int) and 1 <= orientation <= 8:
            return orientation
    return 1


_TRANSPOSE = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _fill_upright(pixels: NDArray[np.uint8], image: Image.Image, orientation: int) -> None:
    """Converts the decoded `image` band by band into the upright (height, width, 3) RGB array."""
    depth = depth_of(image)
    for top, bottom, band in bands(image):
        band = opaque_rgb(band, depth)
        if orientation > 1:
            band = band.transpose(_TRANSPOSE[orientation])
        place = slice(top, bottom)  # the band's rows in the upright picture, columns if turned
        if orientation in (3, 4, 6, 7):
            place = slice(image.height - bottom, image.height - top)
        if orientation >= 5:
            pixels[:, place] = np.asarray(band)
        else:
            pixels[place] = np.asarray(band)
