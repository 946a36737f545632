"""Cameras that are not there: a system of fake ones, and frames made up."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtMultimedia import QVideoFrame, QVideoSink

from beautyfinder.gui.camera.devices import Device, Size
from beautyfinder.gui.camera.permission import Permission
from beautyfinder.gui.camera.sources import CameraSource
from beautyfinder.gui.images_qt import image_from_pixels

WEBCAM = Device("a1", "Webcam", ((1920, 1080), (640, 480)), is_default=True)
OTHER = Device("b2", "Microscope", ((3840, 2160), (2592, 1944)))


class FakeCamera:
    """Sends what it is told to."""

    def __init__(self, sink: QVideoSink, failed: Callable[[str], None]) -> None:
        self.sink, self.failed = sink, failed
        self.started = self.stopped = False

    def start(self) -> None:
        self.started = True

    def stop(self) -> None:
        self.stopped = True


class FakeCameras(QObject):
    """`here` may be changed; `unplug` and `plug` tell of it."""

    changed = Signal()

    def __init__(self, *here: Device) -> None:
        super().__init__()
        self.here = here
        self.opened_ones: list[tuple[Device, Size | None]] = []
        self.camera: FakeCamera | None = None

    def devices(self) -> tuple[Device, ...]:
        return self.here

    def opened(
        self, device: Device, size: Size | None, sink: QVideoSink, failed: Callable[[str], None]
    ) -> FakeCamera:
        self.opened_ones.append((device, size))
        self.camera = FakeCamera(sink, failed)
        return self.camera

    def put(self, *here: Device) -> None:
        """Plug in or unplug."""
        self.here = here
        self.changed.emit()

    def send(self, image: QImage) -> None:
        """A frame of the camera that is open, by its real sink."""
        assert self.camera is not None
        self.camera.sink.setVideoFrame(QVideoFrame(image))


class FakePermission:
    """What the platform says, and the person when asked."""

    def __init__(self, now: Permission = Permission.GRANTED) -> None:
        self.now = now
        self.then: Callable[[], None] | None = None

    def __call__(self) -> Permission:
        return self.now

    def ask(self, _context: QObject, then: Callable[[], None]) -> None:
        self.then = then

    def answer(self, now: Permission) -> None:
        self.now = now
        assert self.then is not None
        self.then()


@pytest.fixture
def cameras(qapp: object) -> FakeCameras:
    return FakeCameras(WEBCAM, OTHER)


@pytest.fixture
def permission() -> FakePermission:
    return FakePermission()


@pytest.fixture
def source(cameras: FakeCameras, permission: FakePermission) -> CameraSource:
    return CameraSource(cameras, None, permission, permission.ask)


def scene(seed: int = 1, size: tuple[int, int] = (640, 480), shift: int = 0) -> QImage:
    """Something sharp, other things for other seeds; the left half is red, the right is not."""
    rng = np.random.default_rng(seed)
    blocks = rng.integers(40, 255, (12, 16), dtype=np.uint8)
    grey = np.kron(blocks, np.ones((size[1] // 12, size[0] // 16), np.uint8))
    grey = np.roll(grey, shift, axis=1)
    pixels = np.stack([grey, grey, grey], axis=2)
    pixels[:, : size[0] // 2, 1:] //= 4
    return image_from_pixels(pixels)


def blurred(image: QImage) -> QImage:
    """As if it had been moved."""
    import cv2

    from beautyfinder.gui.images_qt import pixels_from_image

    return image_from_pixels(cv2.GaussianBlur(pixels_from_image(image), (0, 0), 9).astype(np.uint8))


def write_clip(path: Path, images: list[QImage], fps: int = 15) -> None:
    """A small video; skips the test where nothing encodes it."""
    import cv2

    from beautyfinder.gui.images_qt import pixels_from_image

    size = images[0].width(), images[0].height()
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), fps, size)
    if not writer.isOpened():
        pytest.skip("OpenCV has no encoder for MPEG-4 here")
    for image in images:
        writer.write(cv2.cvtColor(pixels_from_image(image), cv2.COLOR_RGB2BGR))
    writer.release()


def dark(size: tuple[int, int] = (64, 48)) -> QImage:
    """A frame without light."""
    image = QImage(*size, QImage.Format.Format_RGB888)
    image.fill(0)
    return image


def marked(image: QImage) -> QImage:
    """The same with a white corner at the top left."""
    made = QImage(image)
    painter = QPainter(made)
    painter.fillRect(0, 0, made.width() // 4, made.height() // 4, "white")
    painter.end()
    return made
