"""What a report shows of each query: its photo, and the best seven of each method, told once."""

from __future__ import annotations

import io
import json
from base64 import b64encode
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from beautyfinder.evaluation.evaluate import Evaluation
from beautyfinder.evaluation.metrics import average_precision
from beautyfinder.evaluation.records import document
from beautyfinder.photo import PhotoError, read_photo
from beautyfinder.store.store import FeatureStore

PICTURE_BYTES = 24 * 2**20  # of all pictures of a report, as they stand in it
_SIDE = 112  # pixels of the longer side
_QUALITY = 72


def report_data(
    evaluation: Evaluation, store: FeatureStore, most: int = PICTURE_BYTES
) -> dict[str, Any]:
    """The figures (see `document`), and for each query what each method found; for JSON.

    queries: name, picture, right (how many right answers), answers (a strip for each row); strips:
    pictures, hits (“0100…”), sum (of the precisions at the right hits: AP@7 is sum / right);
    pictures: id, product, name, and jpeg in base64, empty beyond `most` bytes of them, the
    pictures shown most often first. Strips and pictures are numbered, and kept once each.
    """
    shown = Counter(
        offset for row in evaluation.rows for answer in row.answers for offset in answer.top
    )
    offsets = [offset for offset, _ in shown.most_common()]
    number_of = {offset: number for number, offset in enumerate(offsets)}
    strips: dict[tuple[tuple[int, ...], tuple[bool, ...]], int] = {}
    queries: list[dict[str, Any]] = []
    for place, query in enumerate(evaluation.asked):
        answers = [row.answers[place] for row in evaluation.rows]
        numbers = [strips.setdefault((a.top, a.hits), len(strips)) for a in answers]
        queries.append(
            {
                "name": Path(query.path).name,
                "picture": len(offsets) + place,
                "right": len(query.right),
                "answers": numbers,
            }
        )
    photos = _photos([query.path for query in evaluation.asked], most // 2)
    thumbnails = _thumbnails(store, offsets, most - sum(map(len, photos)))
    images = store.read_images(offsets) if offsets else []
    pictures: list[dict[str, Any]] = [
        {"id": image.image_id, "product": image.product_id, "name": image.name, "jpeg": jpeg}
        for image, jpeg in zip(images, thumbnails, strict=True)
    ]
    pictures += [
        {"id": query["name"], "product": "", "name": query["name"], "jpeg": jpeg}
        for query, jpeg in zip(queries, photos, strict=True)
    ]
    return document(evaluation) | {
        "catalogue": store.folder.name,
        "queries_asked": queries,
        "strips": [
            {
                "pictures": [number_of[offset] for offset in top],
                "hits": "".join("1" if hit else "0" for hit in hits),
                "sum": round(average_precision(hits, 1), 6),
            }
            for top, hits in strips
        ],
        "pictures": pictures,
    }


def _photos(paths: list[str], most: int) -> list[str]:
    texts: list[str] = []
    for path in paths:
        text = _photo(path) if most > 0 else ""
        most -= len(text)
        texts.append(text)
    return texts


def _thumbnails(store: FeatureStore, offsets: list[int], most: int) -> list[str]:
    """Base64 of the pictures at `offsets`, until there are `most` bytes; empty from there on."""
    texts: list[str] = []
    for start in range(0, len(offsets), 256):
        for data in store.read_thumbnails(offsets[start : start + 256]):
            text = "" if data is None or most <= 0 else _small(io.BytesIO(data))
            most -= len(text)
            texts.append(text)
        if most <= 0:
            break
    return texts + [""] * (len(offsets) - len(texts))


def _photo(path: str) -> str:
    try:
        pixels = read_photo(path).pixels
    except PhotoError:  # it could be read a moment ago: the report does without
        return ""
    return _jpeg(Image.fromarray(np.ascontiguousarray(pixels)))


def _small(file: io.BytesIO) -> str:
    with Image.open(file) as picture:
        return _jpeg(picture.convert("RGB"))


def _jpeg(picture: Image.Image) -> str:
    picture.thumbnail((_SIDE, _SIDE))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY)
    return b64encode(out.getvalue()).decode()


def as_lines(data: dict[str, Any]) -> str:
    """`report_data` as JSON, a line for each strip, query and picture, for the window.

    One large document would hold up every thread of whoever reads it.
    """
    parts = {"strips": "strip", "queries_asked": "query", "pictures": "picture"}
    lines = [{"figures": {name: value for name, value in data.items() if name not in parts}}]
    lines += [{word: one} for name, word in parts.items() for one in data[name]]
    return "".join(json.dumps(line) + "\n" for line in lines)
