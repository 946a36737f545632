"""Text as coverage masks: the faces a label may use, spacing, sizes, fitting to a width."""

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from beautyfinder.sample.glyphs import PENS, glyph

Mask = npt.NDArray[np.uint8]
Pixels = npt.NDArray[np.uint8]
Colour = tuple[int, int, int]

LINE_BOX = 1.56  # height of a text mask in cap heights: room above for ascenders, below for tails
CAP_TOP = 0.2  # where the capitals begin in that box


@dataclass(frozen=True)
class Face:
    """An embedded typeface: OpenCV's `name` at a weight, Pillow's ("aileron") or a drawn one."""

    engine: str
    name: str
    weight: int = 400
    slant: float = 0.0
    stretch: float = 1.0


FACES: dict[str, Face] = {
    "thin": Face("cv", "sans", 100),
    "sans": Face("cv", "sans", 400),
    "bold": Face("cv", "sans", 600),
    "black": Face("cv", "sans", 800),
    "wide": Face("cv", "sans", 250, stretch=1.28),
    "condensed": Face("cv", "sans", 600, stretch=0.72),
    "italic": Face("cv", "italic", 250),
    "italic-bold": Face("cv", "italic", 700),
    "humanist": Face("cv", "uni", 400),
    "humanist-narrow": Face("cv", "uni", 400, stretch=0.8),
    "humanist-slant": Face("cv", "uni", 400, slant=0.2),
    "aileron": Face("pil", "aileron"),
    "aileron-wide": Face("pil", "aileron", stretch=1.25),
    "didone": Face("drawn", "didone"),
    "didone-slant": Face("drawn", "didone", slant=0.24),
    "didone-narrow": Face("drawn", "didone", stretch=0.74),
    "serif": Face("drawn", "serif"),
    "slab": Face("drawn", "slab"),
    "hairline": Face("drawn", "hairline"),
    "geometric": Face("drawn", "geometric"),
    "geometric-wide": Face("drawn", "geometric", stretch=1.25),
}


@lru_cache(maxsize=16)
def _cv_face(name: str) -> cv2.FontFace:
    return cv2.FontFace(name)


@lru_cache(maxsize=64)
def _aileron(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise RuntimeError("Pillow was built without FreeType; the sample's labels need it.")
    return font


def _cv_mask(text: str, face: Face, cap: int, gap: int) -> Mask:
    size = round(cap / 0.70)  # both OpenCV faces have capitals of about 0.70 of their size
    font = _cv_face(face.name)
    pad = cap
    canvas = np.zeros((round(cap * LINE_BOX), 2 * pad + (len(text) + 1) * (size + gap)), np.uint8)
    base = round(cap * (1 + CAP_TOP))
    if gap == 0:
        pen, _ = cv2.putText(canvas, text, (pad, base), (255,), font, size, face.weight)
        end = int(pen[0])
    else:
        end = pad
        for letter in text:
            pen, _ = cv2.putText(canvas, letter, (end, base), (255,), font, size, face.weight)
            end = int(pen[0]) + gap
        end -= gap
    return _trim(canvas, pad, end)


def _pil_mask(text: str, cap: int, gap: int) -> Mask:
    font = _aileron(round(cap / 0.715))
    widths = [font.getlength(letter) + gap for letter in text]
    image = Image.new("L", (round(sum(widths)) + 2 * cap, round(cap * LINE_BOX)))
    draw = ImageDraw.Draw(image)
    base = round(cap * (1 + CAP_TOP))
    if gap == 0:
        draw.text((cap, base), text, fill=255, font=font, anchor="ls")
    else:
        x = float(cap)
        for letter, width in zip(text, widths, strict=True):
            draw.text((x, base), letter, fill=255, font=font, anchor="ls")
            x += width
    return _trim(np.asarray(image), cap, image.width - cap)


_GLYPH_CAP = 64  # drawn letters are kept at this size and at half of it


@lru_cache(maxsize=1024)
def _letter(letter: str, face: str, cap: int) -> tuple[float, Mask]:
    """A drawn letter's advance in pixels and its cover, begun half a cap height to its left."""
    advance, shapes = glyph(letter, face)
    canvas = np.zeros((round(cap * LINE_BOX), round((advance + 1.2) * cap)), np.uint8)
    for shape in shapes:
        pixels = np.stack([0.5 + shape[:, 0], 1 + CAP_TOP - shape[:, 1]], axis=1) * cap
        cv2.fillConvexPoly(canvas, np.round(pixels * 16).astype(np.int32), (255,), cv2.LINE_AA, 4)
    return advance * cap, canvas


def _drawn_mask(text: str, face: Face, cap: int, gap: int) -> Mask:
    bearing = (0.10 if PENS[face.name].serif else 0.09) * cap + gap
    letters = [_letter(letter, face.name, cap) for letter in text.upper()]
    width = sum(advance + bearing for advance, _ in letters) + cap * 2
    canvas = np.zeros((letters[0][1].shape[0], round(width) + cap), np.uint8)
    x = float(cap)
    for advance, cover in letters:
        left = round(x - cap * 0.5)
        area = canvas[:, left : left + cover.shape[1]]
        np.maximum(area, cover[:, : area.shape[1]], out=area)
        x += advance + bearing
    return _trim(canvas, cap // 2, round(x) + cap)


def _trim(canvas: Mask, left: int, right: int) -> Mask:
    columns = np.flatnonzero(canvas.max(axis=0))
    if len(columns) == 0:
        return canvas[:, left : max(right, left + 1)]
    return canvas[:, columns[0] : columns[-1] + 1]


@lru_cache(maxsize=256)
def text_mask(text: str, face: str, cap: float, tracking: float = 0.0) -> Mask:
    """Coverage of one line of text: uint8 (H, W), H about `LINE_BOX` times `cap` pixels.

    `cap` is the height of the capitals, `tracking` the extra space between letters in cap heights.
    Drawn larger and reduced, because the engines place letters on whole pixels only.
    """
    spec = FACES[face]
    zoom = 2.0 if cap >= 12 else 3.0
    big = max(8, round(cap * zoom))
    if spec.engine == "drawn":
        big = _GLYPH_CAP if cap > 14 else _GLYPH_CAP // 2
    gap = max(0, round(tracking * big))
    if spec.engine == "cv":
        mask = _cv_mask(text, spec, big, gap)
    elif spec.engine == "pil":
        mask = _pil_mask(text, big, gap)
    else:
        mask = _drawn_mask(text, spec, big, gap)
    if spec.slant:
        height, width = mask.shape
        shift = spec.slant * height
        matrix = np.array([[1, -spec.slant, shift], [0, 1, 0]], dtype=np.float64)
        mask = cv2.warpAffine(mask, matrix, (width + round(shift), height)).astype(np.uint8)
    height = max(2, round(cap * LINE_BOX))
    width = max(1, round(mask.shape[1] * cap / big * spec.stretch))
    return cv2.resize(mask, (width, height), interpolation=cv2.INTER_AREA).astype(np.uint8)


def fitted_mask(text: str, face: str, cap: float, tracking: float, width: float) -> Mask:
    """`text_mask` at `cap` pixels, or smaller so that it is at most `width` pixels wide."""
    mask = text_mask(text, face, round(cap * 4) / 4, tracking)
    if mask.shape[1] > width:
        cap = max(2.0, cap * width / mask.shape[1])
        mask = text_mask(text, face, round(cap * 4) / 4, tracking)
    return mask


def stamp(
    image: Pixels, mask: Mask, x: float, y: float, colour: Colour, opacity: float = 1
) -> None:
    """Paint `colour` through `mask` onto uint8 (H, W, 3) `image` with its corner at (x, y)."""
    left, top = round(x), round(y)
    x0, y0 = max(left, 0), max(top, 0)
    x1 = min(left + mask.shape[1], image.shape[1])
    y1 = min(top + mask.shape[0], image.shape[0])
    if x0 >= x1 or y0 >= y1:
        return
    part = mask[y0 - top : y1 - top, x0 - left : x1 - left]
    cover = part[..., None].astype(np.float32) * (opacity / 255)
    region = image[y0:y1, x0:x1]
    region[:] = (region + (np.asarray(colour, np.float32) - region) * cover + 0.5).astype(np.uint8)
