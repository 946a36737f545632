"""Fetches what the inspector shows: pictures, keypoints, words. In the engine's thread."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from beautyfinder.errors import UserError
from beautyfinder.gui.images_qt import image_from_jpeg, image_from_pixels, pixels_from_image
from beautyfinder.gui.inspector.messages import (
    FILE,
    THUMBNAIL_CHANGED,
    THUMBNAIL_GONE,
    Inspected,
    Picture,
    Wanted,
)
from beautyfinder.gui.translation import tr

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from beautyfinder.features.keypoints import LocalFeatures
    from beautyfinder.photo import Photo
    from beautyfinder.search.verification import Size
    from beautyfinder.store.store import FeatureStore

_SMALLEST_LEVEL = 400  # pixels of the longer side, below which no half is made
_SAME_SHAPE = 0.03


class InspectionReader:
    """Keeps the last photo's keypoints and picture: the next hit's photo is the same."""

    def __init__(self) -> None:
        self._photo: Photo | None = None
        self._picture: Picture | None = None
        self._features: LocalFeatures | None = None

    def read(
        self,
        wanted: Wanted,
        photo: Photo,
        store: FeatureStore | None,
        photo_words: tuple[str, ...] | None,
    ) -> Inspected:
        """`photo`: the part that was looked up. Raises UserError where there is no picture at all.

        `store`: that the hit comes from, None where it is not open.
        """
        from beautyfinder.features.keypoints import QUERY_LIMIT, extract_local_features

        # Not for here: so that the window's thread, which draws with it, need not import it.
        from beautyfinder.search import match_look  # noqa: F401
        from beautyfinder.search.inspection import inspect, silhouette

        if self._photo is not photo or self._features is None or self._picture is None:
            self._photo, self._picture = photo, picture_of(photo.pixels)
            self._features = extract_local_features(photo.pixels, QUERY_LIMIT)
        row = _row_of(wanted, store)
        pixels, origin = _catalogue_pixels(wanted, row)
        size = pixels.shape[1], pixels.shape[0]
        features, pack_words = None, None
        if row is not None and store is not None:
            features = _stored_features(store, wanted.hit.offset, row, size)
            filled = "words" in str(row.get("filled") or "").split()
            words = store.read_words([wanted.hit.offset])[0] if filled else None
            pack_words = None if words is None else tuple(word.text for word in words)
        return Inspected(
            wanted,
            self._picture,
            picture_of(pixels),
            origin,
            inspect(photo.pixels, pixels, wanted.rule, self._features, features),
            silhouette(pixels),
            photo_words,
            pack_words,
        )


def picture_of(pixels: NDArray[np.uint8]) -> Picture:
    """`pixels` made ready to be drawn at any size: in Qt's own format, and its halves."""
    levels = [image_from_pixels(pixels).convertToFormat(QImage.Format.Format_RGB32)]
    while max(levels[-1].width(), levels[-1].height()) > 2 * _SMALLEST_LEVEL:
        last = levels[-1]
        levels.append(
            last.scaled(
                (last.width() + 1) // 2,
                (last.height() + 1) // 2,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            ).convertToFormat(QImage.Format.Format_RGB32)
        )
    return Picture(pixels, tuple(levels))


def _row_of(wanted: Wanted, store: FeatureStore | None) -> dict[str, object] | None:
    """The hit's row, where the store still has that very picture there."""
    if store is None or wanted.other_store or not 0 <= wanted.hit.offset < len(store):
        return None
    columns = ["image_id", "sha256", "width", "height", "thumbnail", "filled"]
    row: dict[str, object] = store.table(columns, [wanted.hit.offset]).to_pylist()[0]
    return row if row["image_id"] == wanted.hit.image.image_id else None


def _catalogue_pixels(
    wanted: Wanted, row: dict[str, object] | None
) -> tuple[NDArray[np.uint8], str]:
    """The catalogue's own file, else its thumbnail, and where it comes from."""
    from beautyfinder.photo import decode_photo, read_file

    path, thumbnail = wanted.hit.image.path, wanted.picture
    if row is not None:
        stored = row["thumbnail"]
        thumbnail = image_from_jpeg(stored if isinstance(stored, bytes) else None) or thumbnail
    try:
        data = read_file(path)
        if row is not None and row["sha256"]:
            same = hashlib.sha256(data).hexdigest() == row["sha256"]
        else:
            same = True
        pixels = decode_photo(data, path).pixels if same else None
    except UserError as error:
        if thumbnail is None:
            raise UserError(
                tr("There is no picture of {name} any more. {why}").format(
                    name=wanted.hit.image.name, why=error
                )
            ) from error
        return pixels_from_image(thumbnail), THUMBNAIL_GONE
    if pixels is not None and (row is not None or _same_shape(pixels, thumbnail)):
        return pixels, FILE
    if thumbnail is None:
        raise UserError(
            tr("The picture {file} is another one now. Update the catalogue.").format(file=path)
        )
    return pixels_from_image(thumbnail), THUMBNAIL_CHANGED


def _same_shape(pixels: NDArray[np.uint8], thumbnail: QImage | None) -> bool:
    if thumbnail is None or thumbnail.isNull():
        return True
    height, width = pixels.shape[:2]
    return bool(abs(thumbnail.width() / thumbnail.height() * height / width - 1) <= _SAME_SHAPE)


def _stored_features(
    store: FeatureStore, offset: int, row: dict[str, object], shown: Size
) -> LocalFeatures | None:
    """Those that a look-up matches, in pixels of the picture shown; None where there are none."""
    import numpy as np

    if "local_features" not in str(row.get("filled") or "").split():
        return None
    features = store.read_local_features([offset])[0]
    width, height = row["width"], row["height"]
    if not isinstance(width, int) or not isinstance(height, int) or (width, height) == shown:
        return features
    factor = np.array([shown[0] / width, shown[1] / height], np.float32)
    return replace(
        features,
        points=(features.points + 0.5) * factor - 0.5,
        scales=features.scales * factor.mean(),
    )
