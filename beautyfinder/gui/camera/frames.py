"""Video frames become pictures and measures in a thread of their own, the latest one at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot
from PySide6.QtGui import QImage

from beautyfinder.gui.camera.sharpness import FrameMeter, Measures
from beautyfinder.gui.camera.yuv import image_of
from beautyfinder.gui.faults import sentence_for

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame

FRAME_SIDE = 960
"""Pixels of a frame's longer side as it is shown and looked up live; stills keep all theirs."""
_WAIT_MS = 10_000


@dataclass(frozen=True, eq=False)
class Frame:
    """What the camera saw, upright and never mirrored. still: the same at full size, if asked."""

    image: QImage
    measures: Measures
    still: QImage | None = None


class _Worker(QObject):
    """Lives in the reader's thread."""

    read = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._meter = FrameMeter()

    @Slot(object, bool)
    def _on_frame(self, frame: QVideoFrame, whole: bool) -> None:
        try:
            still = image_of(frame) if whole else None
            image = image_of(frame, FRAME_SIDE)
            if image.isNull():
                self.read.emit(None)
            else:
                self.read.emit(Frame(image, self._meter.measure(image), still))
        except Exception as error:  # one frame more or less
            sentence_for(error)
            self.read.emit(None)


class FrameReader(QObject):
    """`read` (Frame) for the frames it gets to; of those that come meanwhile only the last is kept.

    given, dropped: frames so far.
    """

    read = Signal(object)
    _asked = Signal(object, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.given = self.dropped = 0
        self._busy = self._closed = self._still_wanted = False
        self._next: QVideoFrame | None = None
        self._thread = QThread()
        self._thread.setObjectName("beautyfinder-camera")
        self._worker = _Worker()
        self._worker.moveToThread(self._thread)
        self._thread.finished.connect(self._worker.deleteLater)
        self._asked.connect(self._worker._on_frame, Qt.ConnectionType.QueuedConnection)
        self._worker.read.connect(self._on_read)
        self._thread.start()

    @Slot(object)
    def offer(self, frame: QVideoFrame) -> None:
        """Read this one, or keep it for when the one before is done."""
        if self._closed:
            return
        self.given += 1
        if self._busy:
            self.dropped += self._next is not None
            self._next = frame
        else:
            self._begin(frame)

    def want_still(self) -> None:
        """The next frame is wanted at full size, too."""
        self._still_wanted = True

    def close(self) -> None:
        """End the thread; nothing more is heard."""
        if self._closed:
            return
        self._closed = True
        self._next = None
        self._thread.quit()
        self._thread.wait(_WAIT_MS)

    @property
    def running(self) -> bool:
        """Whether the thread is there."""
        return self._thread.isRunning()

    def _begin(self, frame: QVideoFrame) -> None:
        self._busy = True
        whole, self._still_wanted = self._still_wanted, False
        self._asked.emit(frame, whole)

    @Slot(object)
    def _on_read(self, frame: Frame | None) -> None:
        self._busy = False
        if self._closed:
            return
        waiting, self._next = self._next, None
        if waiting is not None:
            self._begin(waiting)
        if frame is not None:
            self.read.emit(frame)
