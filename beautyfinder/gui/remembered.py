"""A look-up of the history as the window has it, to and from the journal's plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QByteArray, QDateTime, Qt
from PySide6.QtGui import QImage

from beautyfinder.errors import UserError
from beautyfinder.gui.images_qt import image_from_jpeg, jpeg_from_image
from beautyfinder.gui.query import Answer, BytesQuery, FileQuery, Query, Region

if TYPE_CHECKING:
    from beautyfinder.journal import LookUp

PHOTO_SIDE = 1024
_PICTURES, _PICTURE_SIDE = 7, 320
_MOST_HITS = 100
_ICON_SIDE = 160

_T = TypeVar("_T")


@dataclass(frozen=True, eq=False)
class Line:
    """What the history's list shows of a look-up; `when` in local time."""

    id: str
    when: QDateTime
    name: str
    best: str
    verdict: str
    store: Path
    photo: QImage | None


@dataclass(frozen=True, eq=False)
class Remembered:
    """A look-up as it was: its photo (whole, at most 1024 pixels), region, hits and labels.

    `path`: of the photo's file, None where it had none. `data`: `photo` as JPEG. `marks`: by
    product id, whether a person said that it is right.
    """

    id: str
    name: str
    path: str | None
    photo: QImage
    data: bytes
    region: Region
    store: Path
    answer: Answer
    marks: Mapping[str, bool] = field(default_factory=dict)

    def query(self) -> Query:
        """To look it up again: its file where that is still there, else the photo kept here."""
        if self.path and Path(self.path).is_file():
            return FileQuery(self.path)
        return BytesQuery(self.data, self.name)


def look_up_of(
    id_: str, query: Query, photo: QImage, region: Region, store: Path, answer: Answer
) -> LookUp:
    """What the journal keeps; `photo` is the whole photo, not turned or cut."""
    from beautyfinder.journal import LookUp, now

    result = answer.result
    pictures = {
        hit.image.image_id: jpeg_from_image(picture, _PICTURE_SIDE)
        for hit, picture in zip(result.hits[:_PICTURES], answer.thumbnails, strict=False)
        if picture is not None
    }
    return LookUp(
        id=id_,
        time=now(),
        name=query.name,
        path=str(Path(query.path).absolute()) if isinstance(query, FileQuery) else None,
        photo=jpeg_from_image(photo, PHOTO_SIDE),
        region=asdict(region),
        store=str(store.absolute()),
        verdict=result.verdict,
        best=result.hits[0].image.name if result.hits else "",
        hits=tuple(asdict(hit) for hit in result.hits[:_MOST_HITS]),
        method=asdict(result.method) | {"device": answer.device, "timings": dict(result.timings)},
        pictures=pictures,
    )


def line_of(entry: LookUp) -> Line:
    """For the list, with the photo small."""
    photo = image_from_jpeg(entry.photo)
    if photo is not None:
        photo = photo.scaled(
            _ICON_SIDE, _ICON_SIDE, Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )  # fmt: skip
    when = QDateTime.fromString(entry.time, Qt.DateFormat.ISODate).toLocalTime()
    return Line(entry.id, when, entry.name, entry.best, entry.verdict, Path(entry.store), photo)


def remembered_of(entry: LookUp, marks: Mapping[str, bool]) -> Remembered:
    """The whole look-up. Raises UserError where it is damaged."""
    from beautyfinder.search.method import Hit, Method, SearchResult
    from beautyfinder.store.product import ProductImage

    try:
        hits = tuple(
            _built(Hit, dict(hit) | {"image": _built(ProductImage, hit["image"])})
            for hit in entry.hits
        )
        method = dict(entry.method)
        timings, device = method.pop("timings", {}), method.pop("device", "cpu")
        result = SearchResult(hits, timings, _built(Method, method), entry.verdict)
        region = _built(Region, entry.region)
    except (KeyError, TypeError) as error:
        raise UserError(
            f"The look-up of {entry.name} cannot be shown: another version of BeautyFinder kept it."
        ) from error
    pictures = tuple(image_from_jpeg(entry.pictures.get(hit.image.image_id)) for hit in hits)
    photo = QImage.fromData(QByteArray(entry.photo))
    return Remembered(
        entry.id, entry.name, entry.path, photo, entry.photo, region, Path(entry.store),
        Answer(result, pictures, device), dict(marks),
    )  # fmt: skip


def _built(kind: type[_T], values: Mapping[str, Any]) -> _T:
    """A dataclass of plain data; lists become tuples, what this version does not know is left."""
    known = {one.name for one in fields(kind)}  # type: ignore[arg-type]
    return kind(
        **{
            name: tuple(value) if isinstance(value, list) else value
            for name, value in values.items()
            if name in known
        }
    )
