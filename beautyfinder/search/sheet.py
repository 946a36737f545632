"""A contact sheet: each query photo and its hits side by side, for showing and printing."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from beautyfinder.errors import UserError
from beautyfinder.features.resize import resize_longer_side
from beautyfinder.photo import Photo
from beautyfinder.search.method import SearchResult, sure_words
from beautyfinder.store.store import FeatureStore

_CELL, _GAP, _CAPTION = 220, 16, 64
_INK, _PALE, _PAPER = (28, 28, 30), (110, 110, 115), (255, 255, 255)


@dataclass(frozen=True, eq=False)
class SheetRow:
    """One query of the sheet: the photo's name, its small picture, and what was found."""

    source: str
    picture: Image.Image
    result: SearchResult


def sheet_picture(photo: Photo) -> Image.Image:
    """The photo at the size of a cell."""
    return Image.fromarray(np.ascontiguousarray(resize_longer_side(photo.pixels, _CELL)))


def draw_sheet(rows: Sequence[SheetRow], store: FeatureStore, target: Path) -> None:
    """Write the sheet to `target` (PNG or JPEG, by its suffix); one row per query.

    Raises UserError when the file cannot be written.
    """
    columns = 1 + max(len(row.result.hits) for row in rows)
    step = _CELL + _CAPTION + _GAP
    sheet = Image.new("RGB", (columns * (_CELL + _GAP) + _GAP, len(rows) * step + _GAP), _PAPER)
    for number, row in enumerate(rows):
        top, result = _GAP + number * step, row.result
        _place(sheet, 0, top, row.picture, Path(row.source).name, result.verdict)
        thumbnails = store.read_thumbnails([hit.offset for hit in result.hits])
        for column, (hit, data) in enumerate(zip(result.hits, thumbnails, strict=True), 1):
            picture = Image.open(io.BytesIO(data)) if data else Image.new("RGB", (1, 1), _PAPER)
            matches = "" if hit.matches is None else f" · {hit.matches} matches"
            sure = f"{sure_words(hit)} sure" if hit.confidence is not None else ""
            _place(sheet, column, top, picture, f"{hit.rank}. {hit.image.name}",
                   f"{sure or f'score {hit.score:.3f}'}{matches}")  # fmt: skip
    part = target.with_name(f".{target.name}.part")
    try:
        sheet.save(part, format="JPEG" if target.suffix.lower() in (".jpg", ".jpeg") else "PNG")
        part.replace(target)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise UserError(f"{target} cannot be written: {error.strerror or error}.") from error


def _place(
    sheet: Image.Image, column: int, top: int, picture: Image.Image, title: str, line: str
) -> None:
    left = _GAP + column * (_CELL + _GAP)
    picture.thumbnail((_CELL, _CELL))
    x, y = left + (_CELL - picture.width) // 2, top + (_CELL - picture.height) // 2
    sheet.paste(picture, (x, y))
    draw = ImageDraw.Draw(sheet)
    font, small = ImageFont.load_default(15), ImageFont.load_default(13)
    draw.text((left, top + _CELL + 8), _shortened(draw, title, font), fill=_INK, font=font)
    draw.text((left, top + _CELL + 30), _shortened(draw, line, small), fill=_PALE, font=small)


def _shortened(
    draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont
) -> str:
    while text and draw.textlength(text, font=font) > _CELL:
        text = text[:-2].rstrip() + "…" if len(text) > 2 else ""
    return text
