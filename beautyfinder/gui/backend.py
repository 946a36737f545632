"""What the engine's thread does, without Qt's threads: the door to torch, OpenCV and the store.

Everything heavy is imported here, inside the functions, hence in the engine's thread.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QImage

from beautyfinder.errors import Cancelled, UserError
from beautyfinder.gui.images_qt import (
    image_from_jpeg,
    image_from_pixels,
    pixels_from_image,
    thumb_of,
)
from beautyfinder.gui.preload import preload_torch
from beautyfinder.gui.query import (
    Answer,
    BytesQuery,
    Choices,
    FileQuery,
    OpenedStore,
    Possible,
    Query,
    ReadPhoto,
    Region,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from beautyfinder.photo import Photo
    from beautyfinder.search.method import Method, SearchResult
    from beautyfinder.search.searcher import Searcher
    from beautyfinder.store.store import FeatureStore

MOST_HITS = 100
PREVIEW_SIDE = 2400
SHARP_SIDE = 1000
SHARP_SIDE_SMALL = 560  # of all but the best card: scaling them costs the window its time
_LEAST_SIDE = 16  # pixels of a region: less shows nothing
_METHOD_FIELDS = (
    "backbone", "pooling", "metric", "sources", "rerank", "shortlist", "ratio", "ranker",
)  # fmt: skip
_SAME_SHAPE = 0.03
Progress = Callable[[str, int, int], None]
StopCheck = Callable[[], bool]


class Backend(Protocol):
    """What the engine needs of whoever does the work; tests have their own."""

    def open(self, folder: Path) -> OpenedStore:
        """Open a store; the one before stays open where that fails. Raises UserError."""

    def close(self) -> None:
        """Let go of the open store, if one is open."""

    def warm_up(self, choices: Choices, progress: Progress, should_stop: StopCheck) -> str:
        """Load what the first look-up will need; returns the device. Raises UserError."""

    def possible(self) -> Possible:
        """What there is to choose from."""

    def read(self, query: Query, region: Region) -> ReadPhoto:
        """Decode the query. Raises UserError."""

    def search(
        self,
        photo: Photo,
        choices: Choices,
        progress: Progress,
        on_shortlist: Callable[[Answer], None],
        should_stop: StopCheck,
    ) -> Answer:
        """Look the photo up in the open store. Raises UserError, and Cancelled when stopped."""

    def sharper(self, answer: Answer, row: int) -> QImage | None:
        """The picture of that hit larger than its thumbnail, where there is one."""


class StoreBackend:
    """The real one: a FeatureStore and its Searcher. For one thread."""

    def __init__(self) -> None:
        self._store: FeatureStore | None = None
        self._searcher: Searcher | None = None
        self._device = "auto"
        self._last: tuple[Query, ReadPhoto] | None = None  # whole: a part may be wanted next

    def open(self, folder: Path) -> OpenedStore:
        """Open the store's newest version."""
        from beautyfinder.store.store import FeatureStore

        store = FeatureStore.open(folder)
        info = store.info()
        self._store, self._searcher = store, None
        columns = tuple((column.backbone, column.pooling) for column in info.descriptors)
        return OpenedStore(
            folder, info.images, info.products, columns, bool(info.local_features), bool(info.words)
        )

    def close(self) -> None:
        """Forget store and searcher; their files are closed with them."""
        self._store = self._searcher = None

    def warm_up(self, choices: Choices, progress: Progress, should_stop: StopCheck) -> str:
        """Load network and descriptors, and run the network once: its first run is its slowest."""
        searcher = self._ready_searcher(choices.device)
        import numpy as np

        from beautyfinder.photo import photo_from_pixels

        method = _method_for(searcher.store, choices)
        with suppress(Cancelled):  # the look-up that waits opens what it needs
            searcher.open(method, lambda done, total: progress("open", done, total), should_stop)
        if not should_stop():
            grey = photo_from_pixels(np.full((320, 240, 3), 128, np.uint8), "warming up")
            searcher.describe(grey, [method])
        return str(searcher.device)

    def possible(self) -> Possible:
        """All that the program has, and the devices that torch finds."""
        from beautyfinder.features.backbones import BACKBONES
        from beautyfinder.features.device import available_devices
        from beautyfinder.features.pooling import POOLING_NAMES
        from beautyfinder.search.distances import METRICS

        devices = ("auto", *available_devices())
        return Possible(tuple(BACKBONES), POOLING_NAMES, tuple(METRICS), devices)

    def read(self, query: Query, region: Region) -> ReadPhoto:
        """Decode as every picture is, catalogue or query; clipboard images are taken as they are.

        The preview is bounded: drawing it must not take long, whatever the photo's size.
        """
        from beautyfinder.photo import photo_from_pixels

        if self._last is None or self._last[0] is not query:
            self._last = None  # two large photos need not be held at once
            self._last = query, _whole(_decoded(query))
        whole = self._last[1]
        if region == Region():
            return whole
        part = part_of(whole.photo.pixels, region)
        return replace(whole, photo=photo_from_pixels(part, whole.photo.source))

    def search(
        self,
        photo: Photo,
        choices: Choices,
        progress: Progress,
        on_shortlist: Callable[[Answer], None],
        should_stop: StopCheck,
    ) -> Answer:
        """By the store's recommended method and what was chosen otherwise; with thumbnails."""
        searcher = self._ready_searcher(choices.device)
        searcher.refresh()  # pictures indexed since are found, too

        def answer(result: SearchResult) -> Answer:
            thumbnails = searcher.store.read_thumbnails([hit.offset for hit in result.hits])
            pictures = tuple(image_from_jpeg(data) for data in thumbnails)
            return Answer(result, pictures, str(searcher.device))

        return answer(
            searcher.search(
                photo,
                _method_for(searcher.store, choices),
                progress,
                should_stop,
                lambda result: on_shortlist(answer(result)),
                top=MOST_HITS,
            )
        )

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
        side = SHARP_SIDE if row == 0 else SHARP_SIDE_SMALL
        if max(width, height) > side:
            pixels = resize_longer_side(pixels, side)
        return image_from_pixels(pixels)

    def _ready_searcher(self, device: str) -> Searcher:
        if self._store is None:
            raise UserError("No catalogue is open. Open one to look photos up in it.")
        if self._searcher is None or device != self._device:
            preload_torch()
            from beautyfinder.search.searcher import Searcher

            self._searcher, self._device = Searcher(self._store, device), device
        return self._searcher


def part_of(pixels: NDArray[np.uint8], region: Region) -> NDArray[np.uint8]:
    """The region of uint8 (H, W, 3): turned clockwise, then cut; 16 pixels a side at the least."""
    import numpy as np

    turned = np.rot90(pixels, -region.turns)
    if region.box is None:
        return np.ascontiguousarray(turned)
    height, width = turned.shape[:2]
    left, top, wide, high = region.box
    x = min(max(0, round(left * width)), max(0, width - _LEAST_SIDE))
    y = min(max(0, round(top * height)), max(0, height - _LEAST_SIDE))
    right = max(x + _LEAST_SIDE, round((left + wide) * width))
    bottom = max(y + _LEAST_SIDE, round((top + high) * height))
    return np.ascontiguousarray(turned[y:bottom, x:right])


def _whole(photo: Photo) -> ReadPhoto:
    pixels = photo.pixels
    height, width = pixels.shape[:2]
    if max(height, width) > PREVIEW_SIDE:
        from beautyfinder.features.resize import resize_longer_side

        pixels = resize_longer_side(pixels, PREVIEW_SIDE)
    preview = image_from_pixels(pixels)
    return ReadPhoto(photo, preview, (width, height), thumb_of(preview))


def _decoded(query: Query) -> Photo:
    from beautyfinder.photo import decode_photo, photo_from_pixels, read_photo

    if isinstance(query, FileQuery):
        return read_photo(query.path)
    if isinstance(query, BytesQuery):
        return decode_photo(query.data, query.name)
    return photo_from_pixels(pixels_from_image(query.image), query.name)


def _method_for(store: FeatureStore, choices: Choices) -> Method:
    from beautyfinder.search.searcher import recommended_method

    chosen = {name: getattr(choices, name) for name in _METHOD_FIELDS}
    method = recommended_method(store, choices.backbone)
    return replace(method, **{name: value for name, value in chosen.items() if value is not None})
