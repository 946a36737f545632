"""Words on the pack (OCR): one picture -> words with their boxes, and their form in the store."""

from __future__ import annotations

import json
import logging
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from beautyfinder.errors import UserError
from beautyfinder.features.resize import resize_longer_side

log = logging.getLogger(__name__)

# A text that the reader itself holds for less likely than this is mostly no text at all.
_LEAST_CONFIDENCE = 0.5
_MODELS = ("det", "cls", "rec")
_starting = threading.Lock()


@dataclass(frozen=True)
class Reading:
    """How a picture is read: text is looked for at `detected`, letters are read at `read`.

    Both are pixels on the longer side; finding the text costs most, and the time for it grows with
    the square of `detected`.
    """

    read: int
    detected: int


CATALOGUE_READING = Reading(read=704, detected=512)
QUERY_READING = Reading(read=704, detected=704)


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


class TextReadingError(UserError):
    """Words cannot be read here: the library or its models are wanting, or it failed."""


def text_reading_problem() -> str | None:
    """Why no words can be read on this machine, in one sentence; None if they can."""
    try:
        for reading in (CATALOGUE_READING, QUERY_READING):
            _engine(reading.detected)
    except TextReadingError as error:
        return str(error)
    return None


def read_words(pixels: NDArray[np.uint8], reading: Reading = QUERY_READING) -> tuple[Word, ...]:
    """The words on `pixels` (H, W, 3) RGB, from top to bottom; tilted and turned ones, too.

    May be called from several threads at once: each call works on one core. Raises
    TextReadingError (a UserError).
    """
    engine = _engine(reading.detected)
    height, width = pixels.shape[:2]
    resized = resize_longer_side(pixels, reading.read)
    try:
        result = engine(cv2.cvtColor(resized, cv2.COLOR_RGB2BGR))
    except (MemoryError, cv2.error):
        raise
    except Exception as error:  # the library wraps whatever its parts raise into its own
        reason = (str(error).strip().splitlines() or [type(error).__name__])[-1][:160]
        raise TextReadingError(f"Words could not be read ({reason}); rapidocr failed.") from error
    if result.txts is None:
        return ()
    factor = np.array([width / resized.shape[1], height / resized.shape[0]], np.float32)
    edge = np.array([width - 1, height - 1], np.float32)
    return tuple(
        Word(str(text), float(score), ((box + 0.5) * factor - 0.5).clip(0, edge))
        for text, score, box in zip(
            result.txts, result.scores, np.asarray(result.boxes, np.float32), strict=True
        )
    )


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


def _engine(detected: int) -> Any:
    with _starting:
        return _start(detected)


@cache
def _start(detected: int) -> Any:
    """The engine that looks for text at `detected` pixels; shared by all threads.

    onnxruntime's sessions may be used from many threads, and what rapidocr keeps besides is the
    same for every picture. One thread for each call is as fast as one engine for each thread and,
    where other work shares the cores, twice as fast as calls of two threads.
    """
    try:
        import onnxruntime  # noqa: F401  # rapidocr asks for it only when it is to read
        import rapidocr
    except (ImportError, OSError) as error:
        raise TextReadingError(
            f"Words on packs cannot be read, because rapidocr or onnxruntime does not load "
            f"({error}); install both with `pip install rapidocr onnxruntime`."
        ) from error
    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    settings: dict[str, Any] = {
        "Global.log_level": "critical",
        "Global.text_score": _LEAST_CONFIDENCE,
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        "Det.limit_side_len": detected,
        "Det.limit_type": "max",
    }
    # Named here, a model is never looked for on the network.
    folder = Path(rapidocr.__file__).parent / "models"
    for part in _MODELS:
        models = sorted(folder.glob(f"*_{part}_*.onnx"))
        if not models:
            raise TextReadingError(
                f"Words on packs cannot be read, because {folder} has no model for it; install "
                "rapidocr anew with `pip install --force-reinstall rapidocr`."
            )
        settings[f"{part.capitalize()}.model_path"] = os.fspath(models[0])
    try:
        return rapidocr.RapidOCR(params=settings)
    except Exception as error:
        raise TextReadingError(
            f"Words on packs cannot be read, because rapidocr does not start ({error}); install "
            "it anew with `pip install --force-reinstall rapidocr`."
        ) from error
