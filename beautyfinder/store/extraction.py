"""One picture file -> the feature columns of its row; in any thread, each on one core."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from beautyfinder.features.descriptor import DeepDescriber
from beautyfinder.features.keypoints import (
    LONGER_SIDE,
    extract_local_features,
    pack,
)
from beautyfinder.features.text import CATALOGUE, pack_words, read_words
from beautyfinder.features.text_engine import TextReadingError
from beautyfinder.photo import ReducedPhoto, decode_reduced
from beautyfinder.store.columns import DescriptorColumn
from beautyfinder.store.rows import thumbnail

log = logging.getLogger(__name__)

# JPEGs are decoded at a reduced size that is still twice what SIFT, or the reader of words, sees.
_DECODED_SIDE = 2 * LONGER_SIDE
_DECODED_SIDE_FOR_WORDS = 2 * _DECODED_SIDE  # background is cut off before the words are read


class Extractor:
    """Computes the columns `names` of rows: `keypoints` at the most, words, `descriptors`."""

    def __init__(
        self,
        describer: DeepDescriber,
        descriptors: Sequence[DescriptorColumn],
        names: Sequence[str],
        keypoints: int,
    ) -> None:
        self._describer, self._descriptors, self._names = describer, descriptors, names
        self._keypoints = keypoints
        self._text_failed, self._text_failing = False, threading.Lock()

    def extract(
        self, data: bytes, row: dict[str, Any], kept: Collection[str]
    ) -> NDArray[np.uint8] | None:
        """Fill the `row` of the file `data` with all of the columns but those `kept`.

        On the CPU descriptors are made here, one network pass on one core beside the other
        threads': a batch's activations would not stay in the cache. For another device the pixels
        that `describe` takes are returned. Raises PhotoError, MemoryError, cv2.error.
        """
        wanted = [name for name in self._names if name not in kept]
        side = _DECODED_SIDE_FOR_WORDS if "words" in wanted else _DECODED_SIDE
        photo = decode_reduced(data, row["path"], side)
        row["height"], row["width"] = photo.shape
        row["thumbnail"] = thumbnail(photo.pixels)
        if "local_features" in wanted:
            found = extract_local_features(photo.pixels, self._keypoints, shape=photo.shape)
            row["local_features"] = pack(found)
        if "words" in wanted:
            self._add_words(row, photo)
        if not {column.name for column in self._descriptors}.intersection(wanted):
            return None
        pixels = self._describer.prepare(photo.pixels)
        if self._describer.device.type != "cpu":
            return pixels
        self.describe([row], [pixels])
        return None

    def describe(
        self, rows: Sequence[dict[str, Any]], pictures: Sequence[NDArray[np.uint8]]
    ) -> None:
        """Put the descriptors of `pictures`, as `extract` returned them, into their `rows`."""
        if not pictures:
            return
        described = self._describer.describe(pictures)
        for column in self._descriptors:
            for row, descriptor in zip(rows, described[column.pooling], strict=True):
                row[column.name] = descriptor

    def _add_words(self, row: dict[str, Any], photo: ReducedPhoto) -> None:
        try:
            row["words"] = pack_words(read_words(photo.pixels, CATALOGUE, photo.shape))
        except TextReadingError as error:
            with self._text_failing:  # one word in the log, not one for each picture or thread
                first, self._text_failed = not self._text_failed, True
            if first:
                log.warning("%s %s and perhaps others go without words.", error, row["path"])
            row["filled"] = " ".join(sorted({*row["filled"].split()} - {"words"}))


@contextmanager
def one_thread_each() -> Iterator[None]:
    """Keeps OpenCV to the thread that calls it: the pool has one for each core already."""
    before = cv2.getNumThreads(), torch.get_num_threads()
    cv2.setNumThreads(1)
    try:
        yield
    finally:
        cv2.setNumThreads(before[0])
        torch.set_num_threads(before[1])  # the pool's threads said one, for new threads as well
