"""What the engine's thread does, without Qt's threads: the door to torch, OpenCV and the store.

Everything heavy is imported here, inside the functions, hence in the engine's thread.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QImage

from beautyfinder.errors import Cancelled, UserError
from beautyfinder.gui.images_qt import image_from_jpeg, image_from_pixels, pixels_from_image
from beautyfinder.gui.preload import preload_torch
from beautyfinder.gui.query import (
    Answer,
    BytesQuery,
    FileQuery,
    OpenedStore,
    Query,
    ReadPhoto,
)

if TYPE_CHECKING:
    from beautyfinder.photo import Photo
    from beautyfinder.search.searcher import Searcher
    from beautyfinder.store.store import FeatureStore

PREVIEW_SIDE = 2400
SHARP_SIDE = 1000
_SAME_SHAPE = 0.03
Progress = Callable[[str, int, int], None]
StopCheck = Callable[[], bool]


class Backend(Protocol):
    """What the engine needs of whoever does the work; tests have their own."""

    def open(self, folder: Path) -> OpenedStore:
        """Open a store; the one before stays open where that fails. Raises UserError."""

    def warm_up(self, should_stop: StopCheck) -> str:
        """Load what the first look-up will need; returns the device. Raises UserError."""

    def read(self, query: Query) -> ReadPhoto:
        """Decode the query. Raises UserError."""

    def search(self, photo: Photo, progress: Progress, should_stop: StopCheck) -> Answer:
        """Look the photo up in the open store. Raises UserError, and Cancelled when stopped."""

    def sharper(self, answer: Answer, row: int) -> QImage | None:
        """The picture of that hit larger than its thumbnail, where there is one."""


class StoreBackend:
    """The real one: a FeatureStore and its Searcher. For one thread."""

    def __init__(self) -> None:
        self._store: FeatureStore | None = None
        self._searcher: Searcher | None = None

    def open(self, folder: Path) -> OpenedStore:
        """Open the store's newest version."""
        from beautyfinder.store.store import FeatureStore

        store = FeatureStore.open(folder)
        info = store.info()
        self._store, self._searcher = store, None
        return OpenedStore(folder, info.images, info.products)

    def warm_up(self, should_stop: StopCheck) -> str:
        """Load network and descriptors, and run the network once: its first run is its slowest."""
        searcher = self._ready_searcher()
        import numpy as np

        from beautyfinder.photo import photo_from_pixels
        from beautyfinder.search.searcher import recommended_method

        method = recommended_method(searcher.store)
        with suppress(Cancelled):  # the look-up that waits opens what it needs
            searcher.open(method, should_stop=should_stop)
        if not should_stop():
            grey = photo_from_pixels(np.full((320, 240, 3), 128, np.uint8), "warming up")
            searcher.describe(grey, [method])
        return str(searcher.device)

    def read(self, query: Query) -> ReadPhoto:
        """Decode as every picture is, catalogue or query; clipboard images are taken as they are.

        The preview is bounded: drawing it must not take long, whatever the photo's size.
        """
        from beautyfinder.photo import decode_photo, photo_from_pixels, read_photo

        if isinstance(query, FileQuery):
            photo = read_photo(query.path)
        elif isinstance(query, BytesQuery):
            photo = decode_photo(query.data, query.name)
        else:
            photo = photo_from_pixels(pixels_from_image(query.image), query.name)
        pixels = photo.pixels
        if max(pixels.shape[:2]) > PREVIEW_SIDE:
            from beautyfinder.features.resize import resize_longer_side

            pixels = resize_longer_side(pixels, PREVIEW_SIDE)
        return ReadPhoto(photo, image_from_pixels(pixels))

    def search(self, photo: Photo, progress: Progress, should_stop: StopCheck) -> Answer:
        """The store's recommended method, and the thumbnails of what it found."""
        searcher = self._ready_searcher()
        searcher.refresh()  # pictures indexed since are found, too
        result = searcher.search(photo, progress=progress, should_stop=should_stop)
        thumbnails = searcher.store.read_thumbnails([hit.offset for hit in result.hits])
        pictures = tuple(image_from_jpeg(data) for data in thumbnails)
        return Answer(result, pictures, str(searcher.device))

    def sharper(self, answer: Answer, row: int) -> QImage | None:
        """From the catalogue's own file, if it is still there and still the same picture."""
        from beautyfinder.features.resize import resize_longer_side
        from beautyfinder.photo import read_photo

        thumbnail = answer.thumbnails[row]
        try:
            pixels = read_photo(answer.result.hits[row].image.path).pixels
        except UserError:
            return None
        height, width = pixels.shape[:2]
        if thumbnail is not None:
            if max(width, height) <= max(thumbnail.width(), thumbnail.height()):
                return None
            if abs(thumbnail.width() / thumbnail.height() / (width / height) - 1) > _SAME_SHAPE:
                return None
        if max(width, height) > SHARP_SIDE:
            pixels = resize_longer_side(pixels, SHARP_SIDE)
        return image_from_pixels(pixels)

    def _ready_searcher(self) -> Searcher:
        if self._store is None:
            raise UserError("No catalogue is open. Open one to look photos up in it.")
        if self._searcher is None:
            preload_torch()
            from beautyfinder.search.searcher import Searcher

            self._searcher = Searcher(self._store)
        return self._searcher
