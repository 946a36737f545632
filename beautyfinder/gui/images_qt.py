"""Between QImage and numpy's RGB arrays, and from JPEG bytes; colours and strides kept right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter, QTransform

if TYPE_CHECKING:  # numpy takes a tenth of a second to import: the engine does it
    import numpy as np
    from numpy.typing import NDArray

    from beautyfinder.gui.query import Region
THUMB_SIDE = 216
"""Pixels of a thumb's shorter side: what the strip draws, sharp at three times."""


def image_from_pixels(pixels: NDArray[np.uint8]) -> QImage:
    """A QImage of its own memory from uint8 (H, W, 3) RGB `pixels`, any strides."""
    import numpy as np

    if pixels.ndim != 3 or pixels.shape[2] != 3 or pixels.dtype != np.uint8:
        raise ValueError(f"not uint8 (H, W, 3): {pixels.dtype} {pixels.shape}")
    pixels = np.ascontiguousarray(pixels)
    height, width = pixels.shape[:2]
    view = QImage(pixels.data, width, height, width * 3, QImage.Format.Format_RGB888)
    return view.copy()  # `view` borrows the array's memory


def pixels_from_image(image: QImage) -> NDArray[np.uint8]:
    """uint8 (H, W, 3) RGB from a QImage; what is transparent becomes white."""
    import numpy as np

    if image.isNull():
        raise ValueError("the picture is empty")
    if image.hasAlphaChannel():
        image = _on_white(image)
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    width, height = image.width(), image.height()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine())
    return rows[:, : width * 3].reshape(height, width, 3).copy()  # rows are padded to 4 bytes


def part_of_image(image: QImage, region: Region) -> QImage:
    """The part of the whole, unturned `image` that `region` says: turned clockwise, then cut."""
    if region.turns:
        image = image.transformed(QTransform().rotate(90 * region.turns))
    if region.box is None:
        return image
    left, top, wide, high = region.box
    width, height = image.width(), image.height()
    x, y = min(round(left * width), width - 1), min(round(top * height), height - 1)
    right, bottom = round((left + wide) * width), round((top + high) * height)
    return image.copy(x, y, max(1, right - x), max(1, bottom - y))


def image_from_jpeg(data: bytes | None) -> QImage | None:
    """A thumbnail's bytes as a QImage; None where there is none or it is damaged."""
    if not data:
        return None
    image = QImage.fromData(QByteArray(data))
    return None if image.isNull() else image


def thumb_of(image: QImage) -> QImage:
    """`image` with its shorter side at most THUMB_SIDE pixels."""
    if min(image.width(), image.height()) <= THUMB_SIDE:
        return image
    return image.scaled(
        THUMB_SIDE, THUMB_SIDE, Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )  # fmt: skip


def jpeg_from_image(image: QImage, most: int, quality: int = 88) -> bytes:
    """JPEG bytes of `image`, its longer side at most `most` pixels; transparent becomes white."""
    if max(image.width(), image.height()) > most:
        image = image.scaled(
            most, most, Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )  # fmt: skip
    if image.hasAlphaChannel():
        image = _on_white(image)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(quality)
    writer.write(image)
    return bytes(data.data())


def _on_white(image: QImage) -> QImage:
    opaque = QImage(image.size(), QImage.Format.Format_RGB32)
    opaque.fill(QColor(Qt.GlobalColor.white))
    bare = QImage(image)
    bare.setDevicePixelRatio(1.0)
    painter = QPainter(opaque)
    painter.drawImage(0, 0, bare)
    painter.end()
    return opaque
