"""Words on the pack (OCR): one picture -> words with their boxes, and their form in the store."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from beautyfinder.features import text_engine
from beautyfinder.features.text_engine import LONGEST, STEP, TextReadingError

# A text that the reader itself holds for less likely than this is mostly no text at all.
_LEAST_CONFIDENCE = 0.5
_GREATEST_ENLARGEMENT = 4.0
# Background around a product shown alone is cut off: a third of a shop picture, and of the time.
_BACKGROUND_TOLERANCE = 24  # grey levels: shadows, traces of JPEG
_BACKGROUND_SHARE = 0.005  # of a row or column may differ from it
_MARGIN = 0.03  # of the longer side stays around the product
_BACKGROUND_SIDE = 640  # pixels of the longer side suffice to find it


@dataclass(frozen=True)
class Reading:
    """How pictures are read.

    size: they are brought to about so many pixels, whatever their shape, before text is looked
    for. line_width, margin: of lines brought to 48 pixels high, the least width and what is
    padded behind the text; threads: that lines are recognised on.
    """

    size: int
    line_width: int
    margin: int
    threads: int


# Time is proportional to size and widths. The recogniser misreads ends of lines that end at the
# text; the library pads all to 320, which more than doubles the time of a photo's lines. The small
# print of shop pictures needs it. What other sizes take and lose: docs/accuracy.md. Indexing reads
# a picture on each core; a look-up has a core to spare when it waits for the last lines.
CATALOGUE = Reading(512 * 512, 320, 0, 1)
QUERY = Reading(704 * 704, 160, 48, 2)


@dataclass(frozen=True, eq=False)
class Word:
    """One line of text on a picture: mostly some words, as they stand together.

    confidence: 0 to 1, the reader's own. box: float32 (4, 2), the corners x and y in pixels of the
    upright picture, clockwise from the top left one *as the picture stands* (not as the text
    runs), the centre of the top-left pixel being (0, 0).
    """

    text: str
    confidence: float
    box: NDArray[np.float32]


def text_reading_problem() -> str | None:
    """Why no words can be read on this machine, in one sentence; None if they can."""
    try:
        text_engine.engine()
    except TextReadingError as error:
        return str(error)
    return None


def read_words(
    pixels: NDArray[np.uint8], reading: Reading = QUERY, shape: tuple[int, int] | None = None
) -> tuple[Word, ...]:
    """The words on `pixels` (H, W, 3) RGB, from top to bottom; tilted and turned ones, too.

    Plain background around the product is cut off first. `shape`: height and width of the picture
    that the boxes are of, where `pixels` were decoded at a reduced size. May be called from several
    threads at once. Raises TextReadingError (a UserError).
    """
    top, bottom, left, right = _content(pixels)
    part = pixels[top:bottom, left:right]
    resized = _resized(part, reading.size)
    lines = text_engine.read_lines(resized, reading.line_width, reading.margin, reading.threads)
    whole = np.array((shape or pixels.shape)[1::-1], np.float32)
    full = np.divide(whole, pixels.shape[1::-1], dtype=np.float32)
    factor = full * np.divide(part.shape[1::-1], resized.shape[1::-1], dtype=np.float32)
    corner, edge = full * np.array([left, top], np.float32), whole - 1
    return tuple(
        Word(line.text, line.confidence, ((line.box + 0.5) * factor - 0.5 + corner).clip(0, edge))
        for line in lines
        if line.text.strip() and line.confidence >= _LEAST_CONFIDENCE
    )


def _content(pixels: NDArray[np.uint8]) -> tuple[int, int, int, int]:
    """Top, bottom, left, right of what differs from the colour of the picture's edge."""
    factor = math.ceil(max(pixels.shape[:2]) / _BACKGROUND_SIDE)
    if factor > 1:
        wide, high = (max(1, side // factor) for side in pixels.shape[1::-1])
        small = cv2.resize(pixels, (wide, high), interpolation=cv2.INTER_AREA)
        top, bottom, left, right = _content(np.asarray(small, np.uint8))
        down, across = pixels.shape[0] / high, pixels.shape[1] / wide
        return (
            math.floor(top * down),
            math.ceil(bottom * down),
            math.floor(left * across),
            math.ceil(right * across),
        )
    height, width = pixels.shape[:2]
    edge = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    colour = np.median(edge, axis=0).astype(np.uint8)
    difference = cv2.absdiff(pixels, np.broadcast_to(colour, pixels.shape))
    other = difference.max(axis=2) > _BACKGROUND_TOLERANCE
    rows = np.flatnonzero(other.mean(axis=1) > _BACKGROUND_SHARE)
    columns = np.flatnonzero(other.mean(axis=0) > _BACKGROUND_SHARE)
    if not len(rows) or not len(columns):
        return 0, height, 0, width
    margin = 1 + round(_MARGIN * max(height, width))
    return (
        max(0, int(rows[0]) - margin),
        min(height, int(rows[-1]) + 1 + margin),
        max(0, int(columns[0]) - margin),
        min(width, int(columns[-1]) + 1 + margin),
    )


def _resized(pixels: NDArray[np.uint8], size: int) -> NDArray[np.uint8]:
    """`pixels` at about `size` pixels, its sides multiples of `STEP`."""
    height, width = pixels.shape[:2]
    factor = min(math.sqrt(size / (height * width)), _GREATEST_ENLARGEMENT)
    factor = min(factor, LONGEST / max(height, width))
    wide, high = (max(STEP, STEP * round(side * factor / STEP)) for side in (width, height))
    interpolation = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(pixels, (wide, high), interpolation=interpolation), np.uint8)


def pack_words(words: Sequence[Word]) -> str:
    """JSON: text, confidence (two digits), and the box's eight coordinates (whole pixels), each."""
    lines = [
        [word.text, round(word.confidence, 2), np.rint(word.box).astype(int).ravel().tolist()]
        for word in words
    ]
    return json.dumps(lines, ensure_ascii=False, separators=(",", ":"))


def unpack_words(data: str) -> tuple[Word, ...]:
    """The inverse of `pack_words`. Raises ValueError when `data` is not what it wrote."""
    try:
        return tuple(
            Word(str(text), float(confidence), np.array(box, np.float32).reshape(4, 2))
            for text, confidence, box in json.loads(data)
        )
    except TypeError as error:
        raise ValueError(f"these are not packed words: {data[:40]!r}") from error


def unpack_texts(data: str) -> list[tuple[str, float]]:
    """Text and confidence alone of what `pack_words` wrote: several times as fast."""
    return [(text, confidence) for text, confidence, _ in json.loads(data)]
