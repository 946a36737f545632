"""The photo files that were looked up last, remembered from one day to the next."""

from __future__ import annotations

import os
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSettings, Qt
from PySide6.QtGui import QImage, QImageWriter

MOST = 20
_SIDE = 64  # pixels of the small picture that is kept
_KEY = "recent_queries"


@dataclass(frozen=True, eq=False)
class RecentQuery:
    """A photo file and a small picture of it, null where none was kept."""

    path: str
    picture: QImage


class RecentQueries:
    """The last files first. `settings` None: they are forgotten with the program.

    The small pictures are kept with the paths, since decoding twenty photos to open a menu would
    take seconds.
    """

    def __init__(self, settings: QSettings | None = None) -> None:
        self._settings = settings
        self._kept: list[tuple[str, bytes]] = _read(settings) if settings is not None else []

    def remember(self, path: str, preview: QImage | None = None) -> None:
        """`path` was looked up; `preview`: the photo, the smaller the quicker."""
        path = os.path.abspath(path)
        before = next((data for kept, data in self._kept if kept == path), b"")
        data = _small_jpeg(preview) if preview is not None and not preview.isNull() else before
        others = [one for one in self._kept if one[0] != path]
        self._kept = [(path, data), *others][:MOST]
        self._write()

    def entries(self) -> list[RecentQuery]:
        """Those files that are still there, the last one first."""
        return [
            RecentQuery(path, QImage.fromData(QByteArray(data)))
            for path, data in self._kept
            if os.path.isfile(path)
        ]

    def paths(self) -> list[str]:
        """The paths of `entries`."""
        return [path for path, _ in self._kept if os.path.isfile(path)]

    def clear(self) -> None:
        """Forget them all."""
        self._kept = []
        self._write()

    def _write(self) -> None:
        if self._settings is None:
            return
        self._settings.remove(_KEY)  # a shorter list would leave the old one's end
        self._settings.beginWriteArray(_KEY, len(self._kept))
        for row, (path, data) in enumerate(self._kept):
            self._settings.setArrayIndex(row)
            self._settings.setValue("path", path)
            self._settings.setValue("picture", QByteArray(data))
        self._settings.endArray()


def _read(settings: QSettings) -> list[tuple[str, bytes]]:
    kept = []
    for row in range(min(settings.beginReadArray(_KEY), MOST)):
        settings.setArrayIndex(row)
        path, data = settings.value("path"), settings.value("picture")
        if isinstance(path, str) and path:  # else a person or another program wrote it
            kept.append((path, bytes(data.data()) if isinstance(data, QByteArray) else b""))
    settings.endArray()
    return kept


def _small_jpeg(image: QImage) -> bytes:
    small = image.scaled(
        _SIDE,
        _SIDE,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(80)
    writer.write(small)
    return bytes(buffer.data().data())
