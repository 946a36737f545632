"""The cameras of this machine, as QtMultimedia knows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QCameraDevice, QCameraFormat, QVideoSink

Size = tuple[int, int]
BEST_AREA = 1920 * 1080  # more shows no more of a product and costs time
_SMOOTH = 24.0  # frames a second


@dataclass(frozen=True)
class Device:
    """A camera. sizes: width and height of the pictures that it offers, the largest first."""

    id: str
    name: str
    sizes: tuple[Size, ...] = ()
    is_default: bool = False


class OpenedCamera(Protocol):
    """A camera whose frames go into a sink."""

    def start(self) -> None:
        """Begin to send frames."""

    def stop(self) -> None:
        """Send no more, and let go of the camera."""


class Cameras(Protocol):
    """All cameras, and how to open one; tests have their own."""

    @property
    def changed(self) -> SignalInstance:
        """One came or went."""

    def devices(self) -> tuple[Device, ...]:
        """Those that are there."""

    def opened(
        self, device: Device, size: Size | None, sink: QVideoSink, failed: Slot1
    ) -> OpenedCamera:
        """The camera, not started; `failed` is called with the system's words. None: best size."""


class Slot1(Protocol):
    """Called with a text."""

    def __call__(self, text: str, /) -> None: ...


class QtCameras(QObject):
    """The real ones. QtMultimedia must be there: see `load_multimedia`."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        from PySide6.QtMultimedia import QMediaDevices

        super().__init__(parent)
        self._devices = QMediaDevices(self)
        self._devices.videoInputsChanged.connect(self.changed)

    def devices(self) -> tuple[Device, ...]:
        return tuple(map(_described, self._raw()))

    def opened(
        self, device: Device, size: Size | None, sink: QVideoSink, failed: Slot1
    ) -> OpenedCamera:
        raw = next((one for one in self._raw() if _id(one) == device.id), None)
        return _QtCamera(raw, size, sink, failed)

    def _raw(self) -> list[QCameraDevice]:
        return self._devices.videoInputs()


class _QtCamera(QObject):
    def __init__(
        self, raw: QCameraDevice | None, size: Size | None, sink: QVideoSink, failed: Slot1
    ) -> None:
        from PySide6.QtMultimedia import QCamera, QCameraDevice, QMediaCaptureSession

        super().__init__()
        self._failed = failed
        self._camera = QCamera(raw or QCameraDevice())
        if raw is not None and (form := _format_for(raw, size)) is not None:
            self._camera.setCameraFormat(form)
        self._camera.errorOccurred.connect(self._on_error)
        self._session = QMediaCaptureSession()
        self._session.setCamera(self._camera)
        self._session.setVideoSink(sink)

    def start(self) -> None:
        self._camera.start()

    def stop(self) -> None:
        self._camera.errorOccurred.disconnect(self._on_error)
        self._camera.stop()
        self._session.setVideoSink(None)  # type: ignore[arg-type]
        self._session.setCamera(None)  # type: ignore[arg-type]
        self._camera.deleteLater()
        self._session.deleteLater()

    @Slot()
    def _on_error(self, *_: object) -> None:
        from PySide6.QtMultimedia import QCamera

        if self._camera.error() != QCamera.Error.NoError:
            self._failed(self._camera.errorString())


def best_size(sizes: tuple[Size, ...]) -> Size | None:
    """The largest that is worth it."""
    fitting = [size for size in sizes if size[0] * size[1] <= BEST_AREA]
    area = max if fitting else min
    return area(fitting or sizes, key=lambda size: size[0] * size[1], default=None)


def _id(raw: QCameraDevice) -> str:
    return bytes(raw.id().data()).hex()


def _described(raw: QCameraDevice) -> Device:
    sizes = {_size(form) for form in raw.videoFormats()}
    ordered = sorted(sizes, key=lambda size: (-size[0] * size[1], -size[0]))
    return Device(_id(raw), raw.description(), tuple(ordered), raw.isDefault())


def _size(form: QCameraFormat) -> Size:
    return form.resolution().width(), form.resolution().height()


def _format_for(raw: QCameraDevice, size: Size | None) -> QCameraFormat | None:
    """Of that size, or of the best; smooth, and of those that are the slowest."""
    wanted = size or best_size(_described(raw).sizes)
    fitting = [form for form in raw.videoFormats() if _size(form) == wanted]
    smooth = [form for form in fitting if form.maxFrameRate() >= _SMOOTH]
    if smooth:
        return min(smooth, key=lambda form: form.maxFrameRate())
    return max(fitting, key=lambda form: form.maxFrameRate(), default=None)
