"""Where frames come from: a camera, or a video file that stands in for one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl, Signal, Slot

from beautyfinder.gui.camera.devices import Cameras, Device, OpenedCamera, Size, best_size
from beautyfinder.gui.camera.permission import Permission, ask_for_camera, camera_permission
from beautyfinder.gui.camera.states import CameraState

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame

SILENT_MS = 8_000  # without a frame: some systems do not say that a camera is in use
_IN_USE = ("in use", "busy", "resource unavailable", "0xc00d3704")


class Source(QObject):
    """`frame` (QVideoFrame) while it runs; `state_changed` (CameraState, the system's words).

    `devices_changed`: the cameras to choose from.
    """

    frame = Signal(object)
    state_changed = Signal(object, str)
    devices_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = CameraState.STARTING
        self._on = False

    def name(self) -> str:
        """What the camera or file is called."""
        return ""

    def devices(self) -> tuple[Device, ...]:
        """The cameras to choose from; none where there is no choice."""
        return ()

    def device(self) -> Device | None:
        """The camera that is chosen."""
        return None

    def size(self) -> Size | None:
        """The size of pictures that is chosen."""
        return None

    def choose(self, device: str, size: Size | None = None) -> None:
        """Go on with the camera of that id, and pictures of that size; None: the best."""

    def start(self) -> None:
        """Begin, or begin anew."""

    def stop(self) -> None:
        """End; nothing more is heard."""

    def _go(self, state: CameraState, why: str = "") -> None:
        self.state = state
        self.state_changed.emit(state, why)


class CameraSource(Source):
    """A camera of `cameras`: the one that was chosen while it is there, else the system's first."""

    def __init__(
        self,
        cameras: Cameras,
        parent: QObject | None = None,
        permission: Callable[[], Permission] = camera_permission,
        ask: Callable[[QObject, Callable[[], None]], None] = ask_for_camera,
    ) -> None:
        from PySide6.QtMultimedia import QVideoSink

        super().__init__(parent)
        self._cameras, self._permission, self._ask = cameras, permission, ask
        self._device: Device | None = None
        self._size: Size | None = None
        self._wanted = ""
        self._camera: OpenedCamera | None = None
        self._sink = QVideoSink(self)
        self._sink.videoFrameChanged.connect(self._on_frame)
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(SILENT_MS)
        self._silence.timeout.connect(self._on_silence)
        cameras.changed.connect(self._on_devices_changed)

    def sink(self) -> QObject:
        """What the camera's frames go into."""
        return self._sink

    def name(self) -> str:
        return self._device.name if self._device is not None else ""

    def devices(self) -> tuple[Device, ...]:
        return self._cameras.devices()

    def device(self) -> Device | None:
        return self._device

    def size(self) -> Size | None:
        if self._size is None and self._device is not None:
            return best_size(self._device.sizes)
        return self._size

    def choose(self, device: str, size: Size | None = None) -> None:
        self._wanted, self._size = device, size
        if self._on:
            self.start()

    def start(self) -> None:
        self._let_go()
        self._on = True
        permission = self._permission()
        if permission == Permission.DENIED:
            self._go(CameraState.DENIED)
        elif permission == Permission.UNDECIDED:
            self._go(CameraState.ASKING)
            self._ask(self, self._on_answered)
        else:
            self._open()

    def stop(self) -> None:
        self._on = False
        self._let_go()

    def _open(self) -> None:
        devices = self._cameras.devices()
        if not devices:
            self._go(CameraState.NONE)
            return
        chosen = [device for device in devices if device.id == self._wanted]
        first = sorted(devices, key=lambda device: not device.is_default)
        self._device = (chosen or first)[0]
        if self._size not in self._device.sizes:
            self._size = None
        self._go(CameraState.STARTING)
        self._camera = self._cameras.opened(self._device, self._size, self._sink, self._on_failed)
        self._silence.start()
        self._camera.start()

    def _let_go(self) -> None:
        self._silence.stop()
        camera, self._camera = self._camera, None
        if camera is not None:
            camera.stop()

    def _is_there(self) -> bool:
        ids = [device.id for device in self._cameras.devices()]
        return self._device is not None and self._device.id in ids

    @Slot()
    def _on_answered(self) -> None:
        if not self._on:
            return
        if self._permission() == Permission.GRANTED:
            self._open()
        else:
            self._go(CameraState.DENIED)

    @Slot(object)
    def _on_frame(self, frame: QVideoFrame) -> None:
        if self._camera is None or not frame.isValid():
            return
        self._silence.start()
        if self.state != CameraState.RUNNING:
            self._go(CameraState.RUNNING)
        self.frame.emit(frame)

    def _on_failed(self, why: str) -> None:
        if self._camera is None:
            return
        self._let_go()
        if not self._is_there():
            self._go(CameraState.UNPLUGGED)
        elif any(words in why.lower() for words in _IN_USE):
            self._go(CameraState.BUSY, why)
        else:
            self._go(CameraState.FAILED, why)

    @Slot()
    def _on_silence(self) -> None:
        self._go(CameraState.SILENT)  # its frames, should they come, are welcome

    @Slot()
    def _on_devices_changed(self) -> None:
        self.devices_changed.emit()
        if not self._on:
            return
        if self._camera is not None and not self._is_there():
            self._let_go()
            self._go(CameraState.UNPLUGGED)
        elif (self.state == CameraState.NONE and self._cameras.devices()) or (
            self.state == CameraState.UNPLUGGED and self._is_there()
        ):
            self.start()


class VideoFileSource(Source):
    """A video file, played at its own speed and without its sound; `loops`: again and again."""

    def __init__(self, path: Path, parent: QObject | None = None, loops: bool = False) -> None:
        from PySide6.QtMultimedia import QMediaPlayer, QVideoSink

        super().__init__(parent)
        self._path = path
        self._sink = QVideoSink(self)
        self._sink.videoFrameChanged.connect(self._on_frame)
        self.player = QMediaPlayer(self)
        self.player.setVideoSink(self._sink)
        if loops:
            self.player.setLoops(QMediaPlayer.Loops.Infinite)
        self.player.errorOccurred.connect(self._on_error)
        self.player.mediaStatusChanged.connect(self._on_status)

    def name(self) -> str:
        return self._path.name

    def start(self) -> None:
        if not self._path.is_file():
            self._go(CameraState.UNREADABLE, self.tr("there is no such file"))
            return
        self._on = True
        self._go(CameraState.STARTING)
        source = QUrl.fromLocalFile(str(self._path))
        if self.player.source() != source:
            self.player.setSource(source)
        self.player.setPosition(0)
        self.player.play()

    def stop(self) -> None:
        self._on = False
        self.player.stop()

    @Slot(object)
    def _on_frame(self, frame: QVideoFrame) -> None:
        if not self._on or not frame.isValid():
            return
        if self.state != CameraState.RUNNING:
            self._go(CameraState.RUNNING)
        self.frame.emit(frame)

    @Slot()
    def _on_error(self, *_: object) -> None:
        if self._on:
            self._on = False
            self._go(CameraState.UNREADABLE, self.player.errorString())

    @Slot()
    def _on_status(self, *_: object) -> None:
        from PySide6.QtMultimedia import QMediaPlayer

        status = self.player.mediaStatus()
        if not self._on:
            return
        if status == QMediaPlayer.MediaStatus.EndOfMedia:
            self._on = False
            self._go(CameraState.ENDED)
        elif status == QMediaPlayer.MediaStatus.LoadedMedia and not self.player.hasVideo():
            self._on = False
            self._go(CameraState.UNREADABLE, self.tr("it has no pictures"))
