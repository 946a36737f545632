"""What is looked up and what comes back: the messages between the window and the engine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from beautyfinder.photo import Photo
    from beautyfinder.search.method import SearchResult


@dataclass(frozen=True)
class FileQuery:
    """A picture file."""

    path: str

    @property
    def name(self) -> str:
        """What the window calls it."""
        return Path(self.path).name or self.path


@dataclass(frozen=True, eq=False)
class BytesQuery:
    """A whole picture file held in memory, as a program puts it on the clipboard."""

    data: bytes
    name: str


@dataclass(frozen=True, eq=False)
class ImageQuery:
    """A picture that Qt decoded: from the clipboard or a drag. Its own copy, nobody changes it."""

    image: QImage
    name: str


Query = FileQuery | BytesQuery | ImageQuery


@dataclass(frozen=True)
class Region:
    """The part of a photo that is looked up: turned first, then cut.

    turns: quarter turns clockwise, 0 to 3. box: left, top, width and height as shares, 0 to 1, of
    the turned photo; None: all of it.
    """

    turns: int = 0
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class Choices:
    """How to look up, as far as a person chose; None: what is recommended for the store."""

    backbone: str | None = None
    pooling: str | None = None
    metric: str | None = None
    sources: tuple[str, ...] | None = None
    rerank: str | None = None
    shortlist: int | None = None
    ratio: float | None = None
    ranker: str | None = None
    device: str = "auto"


@dataclass(frozen=True)
class OpenedStore:
    """A catalogue that was opened, and what it can serve.

    columns: backbone and pooling of each column of descriptors. local_features, words: whether it
    has any.
    """

    folder: Path
    images: int
    products: int
    columns: tuple[tuple[str, str], ...] = ()
    local_features: bool = True
    words: bool = True

    @property
    def name(self) -> str:
        """What the window calls it: the folder's name."""
        return self.folder.resolve().name or str(self.folder)


@dataclass(frozen=True)
class Possible:
    """Every choice that this program and this machine know, by the names that `Choices` takes."""

    backbones: tuple[str, ...]
    poolings: tuple[str, ...]
    metrics: tuple[str, ...]
    devices: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class ReadPhoto:
    """A query decoded.

    photo: the part that is looked up. preview: all of it, unturned, small enough to draw. size:
    width and height in pixels of all of it. thumb: the preview made small, for lists.
    """

    photo: Photo
    preview: QImage
    size: tuple[int, int]
    thumb: QImage


@dataclass(frozen=True, eq=False)
class Answer:
    """What a look-up found, with the pictures to draw: one for every hit, None where it has none.

    The best picture of up to a hundred products; the first seven are the answer. `device`: what the
    networks ran on, as Torch names it.
    """

    result: SearchResult
    thumbnails: tuple[QImage | None, ...]
    device: str
