"""A video frame to an RGB picture of the size wanted, without Qt's converter.

`QVideoFrame.toImage` keeps Python's lock while it converts, and where there is a graphics card it
does so by way of that, set up anew in each thread: up to 160 ms in which the window stands still.
Here the frame's planes are made small first and then converted, all of it by OpenCV, which lets go
of the lock.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QTransform

from beautyfinder.gui.images_qt import image_from_pixels

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat

    Plane = NDArray[np.uint8]
    Planes = tuple[Plane, Plane, Plane]  # Y, U, V, each at its own size


def image_of(frame: QVideoFrame, most: int | None = None) -> QImage:
    """The frame upright, as the camera sees it (never mirrored), in memory of its own.

    Its longer side is at most `most` pixels; None: as it is. Null where the frame has no pixels.
    """
    from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat

    form = frame.surfaceFormat()
    size = _size_within(frame.size(), most)
    if size.isEmpty() or not frame.map(QVideoFrame.MapMode.ReadOnly):
        return QImage()
    try:
        own = QVideoFrameFormat.imageFormatFromPixelFormat(frame.pixelFormat())
        read = _READERS.get(frame.pixelFormat().name)
        if own != QImage.Format.Format_Invalid:
            image = _scaled(_wrapped(frame, own), size)
        elif read is not None:
            image = _converted(read(frame), size, form)
        else:  # a rare format, such as ten bits a channel: Qt knows them all
            image = _scaled(frame.toImage(), size)
            return image.convertToFormat(QImage.Format.Format_RGB888)
    finally:
        frame.unmap()
    if form.scanLineDirection() == QVideoFrameFormat.Direction.BottomToTop:
        image = image.flipped(Qt.Orientation.Vertical)
    turn = form.rotation().value + frame.rotation().value
    return image.transformed(QTransform().rotate(turn)) if turn % 360 else image


def _size_within(size: QSize, most: int | None) -> QSize:
    if most is None or max(size.width(), size.height()) <= most:
        return size
    return size.scaled(most, most, Qt.AspectRatioMode.KeepAspectRatio)


def _wrapped(frame: QVideoFrame, form: QImage.Format) -> QImage:
    """A view of the mapped frame."""
    return QImage(frame.bits(0), frame.width(), frame.height(), frame.bytesPerLine(0), form)


def _scaled(image: QImage, size: QSize) -> QImage:
    """Of its own memory, whatever the size; video has no transparency, whatever its format."""
    opaque = image.convertToFormat(QImage.Format.Format_RGB888)
    if opaque.size() == size:
        return opaque.copy()
    return opaque.scaled(
        size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )


def _converted(planes: Planes, size: QSize, form: QVideoFrameFormat) -> QImage:
    import cv2
    import numpy as np

    to = (size.width(), size.height())
    # Colour planes are small already: enlarged they need no averaging.
    same = [
        plane
        if plane.shape == to[::-1]
        else cv2.resize(
            plane, to, interpolation=cv2.INTER_AREA if plane.shape[1] > to[0] else cv2.INTER_LINEAR
        )
        for plane in planes
    ]
    rgb = cv2.transform(cv2.merge(same), np.array(_matrix(form), np.float32))
    return image_from_pixels(rgb.astype(np.uint8, copy=False))


def _matrix(form: QVideoFrameFormat) -> list[list[float]]:
    """From (Y, U, V) to (R, G, B), rows of three factors and an offset."""
    from PySide6.QtMultimedia import QVideoFrameFormat

    spaces, ranges = QVideoFrameFormat.ColorSpace, QVideoFrameFormat.ColorRange
    red, blue = {
        spaces.ColorSpace_BT709: (0.2126, 0.0722),
        spaces.ColorSpace_BT2020: (0.2627, 0.0593),
    }.get(form.colorSpace(), (0.299, 0.114))
    green = 1 - red - blue
    full = form.colorRange() == ranges.ColorRange_Full
    y, c, black = (1.0, 1.0, 0.0) if full else (255 / 219, 255 / 224, 16.0)
    rows = (
        (0.0, 2 * (1 - red)),
        (-2 * blue * (1 - blue) / green, -2 * red * (1 - red) / green),
        (2 * (1 - blue), 0.0),
    )
    return [[y, c * u, c * v, -y * black - 128 * c * (u + v)] for u, v in rows]


def _plane(frame: QVideoFrame, number: int, width: int, height: int) -> Plane:
    """`height` rows of `width` bytes of a plane; they may be padded."""
    import numpy as np

    step = frame.bytesPerLine(number)
    data = np.frombuffer(frame.bits(number), np.uint8)
    rows = min(height, (len(data) + step - width) // step)
    return np.lib.stride_tricks.as_strided(data, (rows, width), (step, 1), writeable=False)


def _planar(down: int) -> Callable[[QVideoFrame], Planes]:
    """Y, U and V each for itself; the colours half as wide, their height divided by `down`."""

    def read(frame: QVideoFrame) -> Planes:
        wide, high = frame.width(), frame.height()
        colours = (wide + 1) // 2, (high + down - 1) // down
        return (
            _plane(frame, 0, wide, high), _plane(frame, 1, *colours), _plane(frame, 2, *colours),
        )  # fmt: skip

    return read


def _half_planar(first: int) -> Callable[[QVideoFrame], Planes]:
    """Y, then U and V in turn; `first`: where U is."""

    def read(frame: QVideoFrame) -> Planes:
        wide, high = frame.width(), frame.height()
        both = _plane(frame, 1, (wide + 1) // 2 * 2, (high + 1) // 2)
        u, v = both[:, first::2].copy(), both[:, 1 - first :: 2].copy()
        return _plane(frame, 0, wide, high), u, v

    return read


def _packed(y: int, u: int) -> Callable[[QVideoFrame], Planes]:
    """Four bytes for two pixels; `y` and `u`: where the first Y and U are. V is two after U."""

    def read(frame: QVideoFrame) -> Planes:
        wide, high = frame.width(), frame.height()
        data = _plane(frame, 0, wide // 2 * 4, high)
        return data[:, y::2].copy(), data[:, u::4].copy(), data[:, u + 2 :: 4].copy()

    return read


_READERS: dict[str, Callable[[QVideoFrame], Planes]] = {
    "Format_YUV420P": _planar(2),
    "Format_YUV422P": _planar(1),
    "Format_NV12": _half_planar(0),
    "Format_NV21": _half_planar(1),
    "Format_YUYV": _packed(0, 1),
    "Format_UYVY": _packed(1, 0),
}
