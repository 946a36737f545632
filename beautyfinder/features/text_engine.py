"""RapidOCR taken apart: lines of text are found, turned upright and recognised, on some threads."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from beautyfinder.errors import UserError
from beautyfinder.kernels import denormals_as_zero

STEP = 32  # the detector works on sides of a multiple of this
LONGEST = 2048
_HEIGHT = 48  # of a line, as the recogniser takes it
_MODELS = ("det", "cls", "rec")
_starting = threading.Lock()


class TextReadingError(UserError):
    """Words cannot be read here: the library or its models are wanting, or it failed."""


@dataclass(frozen=True, eq=False)
class Line:
    """One line of text. box: float32 (4, 2), its corners in pixels of the picture."""

    text: str
    confidence: float
    box: NDArray[np.float32]


def read_lines(
    pixels: NDArray[np.uint8], least: int, margin: int, threads: int
) -> tuple[Line, ...]:
    """The lines of text on `pixels` (H, W, 3) RGB, sides multiples of `STEP`, from top to bottom.

    least, margin: pixels, see `Reading`. What is read does not depend on `threads`. Raises
    TextReadingError.
    """
    reader = engine()
    try:
        with _denormals_as_zero():
            found, crops = _found(reader, cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR))
            read = _recognised(reader.text_rec, crops, least, margin, threads)
    except (MemoryError, cv2.error):
        raise
    except Exception as error:  # the library wraps whatever its parts raise into its own
        reason = (str(error).strip().splitlines() or [type(error).__name__])[-1][:160]
        raise TextReadingError(f"Words could not be read ({reason}); rapidocr failed.") from error
    return tuple(Line(*one, box) for one, box in zip(read, found, strict=True))


def _found(
    reader: Any, picture: NDArray[Any]
) -> tuple[NDArray[np.float32], list[NDArray[np.uint8]]]:
    """The boxes (L, 4, 2) of the lines on `picture`, and their pixels, each upright."""
    from rapidocr.main import RapidOCRError

    record: dict[str, dict[str, int]] = {}
    try:
        crops, found = reader.detect_and_crop(picture, record)  # a strip is padded: see `record`
    except RapidOCRError:  # there is no text
        return np.zeros((0, 4, 2), np.float32), []
    corner = np.array([record["padding_1"][side] for side in ("left", "top")], np.float32)
    boxes = np.clip(found.boxes - corner, 0, picture.shape[1::-1])
    return boxes.astype(np.float32), reader.text_cls(crops).img_list


def _recognised(
    recogniser: Any, crops: Sequence[NDArray[np.uint8]], least: int, margin: int, threads: int
) -> list[tuple[str, float]]:
    """Text and confidence of each of `crops`.

    Each by itself: a batch is as wide as its widest line, and no faster a pixel.
    """

    def read(number: int) -> tuple[str, float]:
        lines = recogniser.resize_norm_img(crops[number], (widths[number] + 0.5) / _HEIGHT)
        text, confidence = recogniser.postprocess_op(recogniser.session(lines[None]))[0][0]
        return str(text), float(confidence)

    widths = [max(least, int(_HEIGHT * crop.shape[1] / crop.shape[0]) + margin) for crop in crops]
    widest_first = sorted(range(len(crops)), key=lambda number: -widths[number])
    several = threads > 1 and len(crops) > 1
    done: Iterable[tuple[str, float]] = (_pool(threads).map if several else map)(read, widest_first)
    by_number = dict(zip(widest_first, done, strict=True))
    return [by_number[number] for number in range(len(crops))]


@cache
def _pool(threads: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads, "lines", denormals_as_zero, (True,))


@contextmanager
def _denormals_as_zero() -> Iterator[None]:
    """A tenth of the detector's weights are denormal: with them it takes Intel's processors
    three times as long.
    """
    before = denormals_as_zero(True)
    try:
        yield
    finally:
        denormals_as_zero(before)


def _normalised(picture: NDArray[np.uint8]) -> NDArray[np.float32]:
    """`picture` (H, W, 3) as the detector takes it, (1, 3, H, W), -1 to 1, sides of whole steps.

    To the last digit but one what the library makes of it in float64, in a tenth of its 12 ms.
    """
    wide, high = (max(STEP, STEP * round(side / STEP)) for side in picture.shape[1::-1])
    blob = cv2.dnn.blobFromImage(picture, 2 / 255, (wide, high), (127.5, 127.5, 127.5))
    return np.asarray(blob, np.float32)


def engine() -> Any:
    """RapidOCR with its models loaded, shared by all threads. Raises TextReadingError."""
    with _starting:
        return _start()


@cache
def _start() -> Any:
    """The engine.

    onnxruntime's sessions may be used from many threads, and what rapidocr keeps besides is the
    same for every picture. Calls are on one thread each: onnxruntime's own division of a call on
    two takes twice as long where other work shares the cores.
    """
    try:
        import onnxruntime  # type: ignore[import-untyped]  # noqa: F401  # rapidocr: when it reads
        import rapidocr
    except (ImportError, OSError) as error:
        raise TextReadingError(
            f"Words on packs cannot be read, because rapidocr or onnxruntime does not load "
            f"({error}); install both with `pip install rapidocr onnxruntime`."
        ) from error
    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    settings: dict[str, Any] = {
        "Global.log_level": "critical",
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        # Without, a fifth of the detector's time goes into memory that the system hands out anew.
        "EngineConfig.onnxruntime.enable_cpu_mem_arena": True,
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
        reader = rapidocr.RapidOCR(params=settings)
        blank = np.full((64, 320, 3), 255, np.uint8)
        # A part is loaded when it is first needed. onnxruntime's first session in a process has
        # denormals count again: the detector, which takes longest, is not to be that one.
        reader(blank, use_det=False)
        with _denormals_as_zero():
            reader(blank, use_det=True)
            reader.text_det.get_preprocess = lambda: _normalised
            # What another version lacks is to be said now, not of each picture.
            _found(reader, blank)
            _recognised(reader.text_rec, reader.text_cls([blank]).img_list, 320, 0, 1)
    except Exception as error:
        raise TextReadingError(
            f"Words on packs cannot be read, because rapidocr does not start ({error}); install "
            "it anew with `pip install --force-reinstall rapidocr`."
        ) from error
    return reader
