"""What the inspector asks of the engine and what comes back; nothing heavy is imported here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from beautyfinder.gui.query import Query, Region

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from beautyfinder.search.inspection import Inspection
    from beautyfinder.search.method import Hit

FILE, THUMBNAIL_GONE, THUMBNAIL_CHANGED = "file", "gone", "changed"


@dataclass(frozen=True, eq=False)
class Subject:
    """The photo and its hits, through which the inspector goes.

    pictures: of each hit, what the results show of it. other_store: whether the hits come from
    another catalogue than the one that is open, as those of the history may. preview: all of the
    photo, unturned, to be shown until its full resolution is there.
    """

    query: Query
    region: Region
    hits: tuple[Hit, ...]
    pictures: tuple[QImage | None, ...]
    preview: QImage | None = None
    other_store: bool = False


@dataclass(frozen=True, eq=False)
class Wanted:
    """One hit to inspect. picture: to be used where neither file nor store has one."""

    query: Query
    region: Region
    hit: Hit
    rule: str
    picture: QImage | None = None
    other_store: bool = False


@dataclass(frozen=True, eq=False)
class Picture:
    """One picture to draw: `pixels` uint8 (H, W, 3) RGB, and as QImages, each half of the last.

    The first of `levels` has the full resolution.
    """

    pixels: NDArray[np.uint8]
    levels: tuple[QImage, ...]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        height, width = self.pixels.shape[:2]
        return width, height


@dataclass(frozen=True, eq=False)
class Inspected:
    """A hit, matched with the photo's part that was looked up.

    origin: where the catalogue's picture comes from: FILE, or the thumbnail, since the file is gone
    or no longer the picture that was indexed. silhouette: float64 (N, 2), the product's outline in
    the catalogue's picture, keypoint coordinates. photo_words, pack_words: lines read off the photo
    and off the pack; None where that is not known.
    """

    wanted: Wanted
    photo: Picture
    picture: Picture
    origin: str
    inspection: Inspection
    silhouette: NDArray[np.float64]
    photo_words: tuple[str, ...] | None = None
    pack_words: tuple[str, ...] | None = None


@dataclass(eq=False)
class WordsKept:
    """The words read on the photos looked up last, by query and region; for the engine's thread."""

    _kept: list[tuple[Query, Region, tuple[str, ...]]] = field(default_factory=list)
    _most: int = 50

    def keep(self, query: Query, region: Region, words: Sequence[str]) -> None:
        """Remember; the oldest are forgotten."""
        others = [one for one in self._kept if one[0] is not query or one[1] != region]
        self._kept = [*others, (query, region, tuple(words))][-self._most :]

    def of(self, query: Query, region: Region) -> tuple[str, ...] | None:
        """What was read on that photo; None: it is not at hand."""
        for known, part, words in self._kept:
            if known is query and part == region:
                return words
        return None
