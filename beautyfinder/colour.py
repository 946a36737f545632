"""A picture as Pillow decoded it, in any of its modes -> opaque 8-bit sRGB, band by band.

Numbers become 0..255 as follows. 16 bits a channel: the high byte; 12-bit grey: the high 8 bits.
Grey of 32-bit integers or floats: 0..1 (floats only), 0..255 or 0..65535, the first of these that
holds all of the picture's values and is used to more than a sixteenth; else its own least and
greatest value become 0 and 255. NaN is black. Transparent parts are shown over white. ICC profiles
are converted to sRGB, perceptual intent; a picture without one is taken to be sRGB.
"""

import functools
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, TiffImagePlugin

if TYPE_CHECKING:
    from PIL.ImageCms import ImageCmsTransform

_MAX_PROFILE_BYTES = 16 * 1024 * 1024  # the largest real ICC profiles, for print, have about 3 MB
_BAND_PIXELS = 4 * 1024 * 1024


@dataclass(frozen=True)
class Depth:
    """How grey numbers of 16 or 32 bits become 8: shifted right or, where that is 0, stretched."""

    shift: int
    black: float = 0.0  # the values that become 0 and 255
    white: float = 0.0
    unsigned: bool = False  # Pillow holds unsigned 32-bit numbers as if they were signed
    inverted: bool = False  # TIFF's WhiteIsZero, which Pillow itself heeds up to 8 bits only


def depth_of(image: Image.Image) -> Depth | None:
    """None where the picture has colour or 8 bits at most: such Pillow scales itself."""
    if image.mode not in ("I", "F") and not image.mode.startswith("I;16"):
        return None
    tags: Any = image.tag_v2 if isinstance(image, TiffImagePlugin.TiffImageFile) else {}
    bits = tags.get(TiffImagePlugin.BITSPERSAMPLE, (16,))
    inverted = tags.get(TiffImagePlugin.PHOTOMETRIC_INTERPRETATION, 1) == 0
    if image.mode.startswith("I;16"):
        return Depth(4 if bits == (12,) else 8, inverted=inverted)
    unsigned = bits == (32,) and 1 in tags.get(TiffImagePlugin.SAMPLEFORMAT, (1,))
    least, greatest = math.inf, -math.inf
    for _, _, band in bands(image):
        values = _numbers(band, unsigned)
        values = values[np.isfinite(values)]
        if values.size:
            least = min(least, float(values.min()))
            greatest = max(greatest, float(values.max()))
    nominal = (255.0, 65535.0) if image.mode == "I" else (1.0, 255.0, 65535.0)
    for white in nominal:
        if least >= 0 and greatest <= white and (white == nominal[0] or greatest > white / 16):
            return Depth(0, 0.0, white, unsigned, inverted)
    return Depth(0, least, greatest, unsigned, inverted)


def bands(image: Image.Image) -> Iterator[tuple[int, int, Image.Image]]:
    """Yields (top, bottom, the rows from top to before bottom as a picture of their own).

    A small picture comes whole. A large one comes in parts, so that converting it makes no second
    full-size copy of it: 200 megapixels are 800 MB in Pillow.
    """
    width, height = image.size
    rows = max(1, _BAND_PIXELS // width)
    if rows >= height:
        yield 0, height, image
        return
    for top in range(0, height, rows):
        bottom = min(top + rows, height)
        yield top, bottom, image.crop((0, top, width, bottom))


def opaque_rgb(band: Image.Image, depth: Depth | None) -> Image.Image:
    """A band in any of Pillow's modes -> mode RGB: 8 bits, sRGB, over white."""
    profile = band.info.get("icc_profile")
    grey = depth is not None or band.mode in ("1", "L", "LA", "La")
    alpha: Image.Image | None = None
    if depth is not None:
        band, alpha = _eight_bits(band, depth)
    elif band.has_transparency_data:
        band = band.convert("RGBA")
        alpha = band.getchannel("A")
        band = band.convert("RGB")
    elif band.mode not in ("L", "RGB", "CMYK", "LAB"):
        band = band.convert("RGB")
    if isinstance(profile, bytes) and len(profile) <= _MAX_PROFILE_BYTES:
        transform = _srgb_transform(profile)
        model = band.mode if band.mode in ("CMYK", "LAB") else "L" if grey else "RGB"
        if transform and transform.input_mode in (model, "RGB" if model == "L" else model):
            band = transform.apply(band.convert(transform.input_mode))
    if band.mode != "RGB":
        band = band.convert("RGB")
    if alpha is not None:
        over_white = Image.new("RGB", band.size, "white")
        over_white.paste(band, mask=alpha)
        band = over_white
    return band


@functools.lru_cache(maxsize=16)
def _srgb_transform(profile: bytes) -> "ImageCmsTransform | None":
    """The transform from an ICC profile to sRGB, its `input_mode` being RGB, L or CMYK.

    None where the profile is broken or of another kind, which is ignored; and where it changes no
    colour by more than 2 of 255, as the many makes of sRGB itself do not.
    """
    from PIL import ImageCms  # most pictures have no profile

    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = {"RGB ": "RGB", "GRAY": "L", "CMYK": "CMYK"}[source.profile.xcolor_space]
        srgb = ImageCms.createProfile("sRGB")
        # For grey lcms would save no time by interpolating, but lose up to 10 levels in the dark.
        flags = ImageCms.Flags.NOOPTIMIZE if mode == "L" else ImageCms.Flags.NONE
        transform = ImageCms.buildTransform(source, srgb, mode, "RGB", flags=flags)
    except (OSError, ValueError, TypeError, KeyError, ImageCms.PyCMSError):
        return None
    if mode != "CMYK":
        steps = np.arange(0, 256, 17, dtype=np.uint8)
        before = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(64, 64, 3)
        if mode == "L":
            before = np.arange(256, dtype=np.uint8).reshape(16, 16, 1).repeat(3, axis=2)
        after = np.asarray(transform.apply(Image.fromarray(before).convert(mode)))
        if np.abs(after.astype(int) - before).max() <= 2:
            return None
    return transform


def _numbers(band: Image.Image, unsigned: bool) -> NDArray[Any]:
    values: NDArray[Any] = np.asarray(band)
    return values.view(np.uint32) if unsigned else values


def _eight_bits(band: Image.Image, depth: Depth) -> tuple[Image.Image, Image.Image | None]:
    """A band of mode I;16, I or F -> (mode L, the transparency as mode L if it has any)."""
    values = _numbers(band, depth.unsigned)
    if depth.shift:
        grey = (values >> depth.shift).astype(np.uint8)
    else:
        span = max(depth.white - depth.black, np.finfo(np.float64).tiny)
        scaled = np.clip((values - np.float64(depth.black)) / span, 0, 1) * 255
        grey = np.rint(np.nan_to_num(scaled, copy=False, nan=0)).astype(np.uint8)
    if depth.inverted:
        grey = 255 - grey
    key = band.info.get("transparency")
    alpha = (
        None if key is None else Image.fromarray(np.where(values == key, 0, 255).astype(np.uint8))
    )
    return Image.fromarray(grey), alpha
