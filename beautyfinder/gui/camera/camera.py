"""The camera of a window: opened and closed, its frames looked up, its photos handed on.

Light to import: QtMultimedia and what needs it come when the camera is first opened.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog

from beautyfinder.gui.camera.live import LiveAnswer, LiveLookUp, live_choices
from beautyfinder.gui.camera.multimedia import load_multimedia
from beautyfinder.gui.camera.states import CameraState, LiveState
from beautyfinder.gui.drops import VIDEO_SUFFIXES
from beautyfinder.gui.images_qt import thumb_of
from beautyfinder.gui.look_ups import ANSWERED, LIVE, RUNNING, LookUp
from beautyfinder.gui.query import Choices, ImageQuery
from beautyfinder.gui.task import Task

if TYPE_CHECKING:
    from beautyfinder.gui.camera.frames import Frame, FrameReader
    from beautyfinder.gui.camera.panel import CameraPanel
    from beautyfinder.gui.camera.sources import Source
    from beautyfinder.gui.main_window import MainWindow

_SHARE = 0.46  # of the window's width, that the camera has at the least


class Camera(QObject):
    """Opens in place of the photo. `opened` once there is a source; `closed`.

    load, make_camera: how QtMultimedia is loaded, and the source of `show`; tests have their own.
    """

    opened = Signal()
    closed = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.load: Callable[[], None] = load_multimedia
        self.make_camera: Callable[[QObject], Source] = _real_camera
        self.panel: CameraPanel | None = None
        self.source: Source | None = None
        self.reader: FrameReader | None = None
        self.live = LiveLookUp(window.engine, self._how, self)
        self.live.answered.connect(self._on_answered)
        self.live.locked.connect(self._on_locked)
        self.live.picture_read.connect(window.results.model.set_picture)
        self._opening = 0  # counts: of two that are loaded for, the later counts
        self._video: Path | None = None  # that is opened; None: the camera
        self._kept: LookUp | None = None  # the answer that frames agreed on last
        self._sizes: list[int] = []
        self._dialog: QFileDialog | None = None
        pane, look_ups = window.pane, window.look_ups
        pane.video_offered.connect(self.show_video)
        pane.came_up.connect(self.close)
        look_ups.given.connect(self._on_given)
        look_ups.changed.connect(self._on_changed)
        window.services.preferences.changed.connect(self._on_preference)

    def is_open(self) -> bool:
        """Whether the panel is there."""
        return self.panel is not None and self._window.layout_.left.currentWidget() is self.panel

    @Slot(bool)
    def show(self, shown: bool = True) -> None:
        """Open the camera, or close it."""
        if not shown:
            self.close()
        elif not self.is_open():
            self._open(None)

    @Slot(object)
    def show_video(self, path: Path) -> None:
        """Play a recorded video as if it were the camera's."""
        self._open(path)

    @Slot()
    def ask_for_video(self) -> None:
        """Have a person choose a video file."""
        if self._dialog is not None:
            self._dialog.raise_()
            return
        patterns = " ".join(f"*{suffix}" for suffix in sorted(VIDEO_SUFFIXES))
        dialog = QFileDialog(self._window, self.tr("Open a video"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [self.tr("Videos ({patterns})").format(patterns=patterns), self.tr("All files (*)")]
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_video_chosen)
        dialog.finished.connect(self._on_dialog_finished)
        self._dialog = dialog
        dialog.open()

    @Slot()
    def close(self) -> None:
        """Switch the camera off; what was there before it, or what it found, is shown again."""
        self._opening += 1
        if not self.is_open() or self.panel is None:
            return
        self.panel.countdown.stop()
        self._end_source()
        window, look_ups = self._window, self._window.look_ups
        window.layout_.left.setCurrentWidget(window.pane)
        if self._sizes:
            window.layout_.splitter.setSizes(self._sizes)
        window.actions_["camera"].setChecked(False)
        if look_ups.is_live():
            look_ups.end_live()
            store = window.services.store
            if look_ups.current() is None:
                window.pane.show_pending("")
                window.results.invite(store.products if store else None)
        window.wishes.follow()
        self._kept = None
        self.closed.emit()

    # Opening

    def _open(self, video: Path | None) -> None:
        from beautyfinder.gui.camera.panel import CameraPanel

        self._opening += 1
        self._end_source()
        if self.panel is None:
            self.panel = CameraPanel()
            self._connect(self.panel)
        self._show_panel(self.panel)
        self.panel.show_source(video.name if video is not None else "", video is not None)
        self.panel.show_state(CameraState.STARTING)
        self._video, opening, load = video, self._opening, self.load

        def work() -> int:
            load()
            return opening

        task = Task(work, self)
        task.done.connect(self._on_loaded)
        task.failed.connect(self._on_missing)
        task.start()

    def _show_panel(self, panel: CameraPanel) -> None:
        window, splitter = self._window, self._window.layout_.splitter
        if window.layout_.left.indexOf(panel) < 0:
            window.layout_.left.addWidget(panel)
        if not self.is_open():
            self._sizes = splitter.sizes()
            wide = sum(self._sizes)
            left = max(self._sizes[0], round(_SHARE * wide))
            splitter.setSizes([left, wide - left])
        window.layout_.left.setCurrentWidget(panel)
        window.actions_["camera"].setChecked(True)
        window.wishes.follow()
        panel.preview.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self, panel: CameraPanel) -> None:
        services = self._window.services
        panel.mirror.setChecked(_flag(services.remembered("camera_mirror")))
        panel.live.setChecked(_flag(services.remembered("camera_live")))
        panel.photo_wanted.connect(self._on_photo_wanted)
        panel.close_wanted.connect(self.close)
        panel.retry_wanted.connect(self._on_retry)
        panel.live_wanted.connect(self._on_live_wanted)
        panel.mirror_changed.connect(self._on_mirror_changed)
        panel.chosen.connect(self._on_chosen)
        self.live.state_changed.connect(panel.preview.show_live)

    @Slot(object)
    def _on_loaded(self, opening: int) -> None:
        if opening != self._opening or self.panel is None:
            return
        from beautyfinder.gui.camera.frames import FrameReader
        from beautyfinder.gui.camera.sources import VideoFileSource

        video = self._video
        source = VideoFileSource(video, self) if video is not None else self.make_camera(self)
        wanted = self._window.services.remembered("camera_device")
        source.choose(str(wanted or ""), None)
        self.source = source
        self.reader = FrameReader(self)
        self.reader.read.connect(self._on_frame)
        source.frame.connect(self.reader.offer)
        source.state_changed.connect(self._on_state)
        source.devices_changed.connect(self._on_devices)
        if self.panel.live.isChecked():
            self.live.start()
        source.start()
        self._on_devices()
        self.opened.emit()

    @Slot(str)
    def _on_missing(self, why: str) -> None:
        """QtMultimedia cannot be had, in this run of the program: neither can cameras."""
        action = self._window.actions_["camera"]
        action.setToolTip(why)
        action.setStatusTip(why)
        if self.is_open() and self.panel is not None:
            self.panel.show_state(CameraState.MISSING, why=why)
        for name in ("camera", "open_video"):
            self._window.actions_[name].setEnabled(False)

    def _end_source(self) -> None:
        self.live.stop()
        source, self.source = self.source, None
        reader, self.reader = self.reader, None
        if source is not None:
            source.stop()
            source.deleteLater()
        if reader is not None:
            reader.close()
            reader.deleteLater()
        if self.panel is not None:
            self.panel.preview.show_frame(QImage())

    # What comes from the source

    @Slot(object, str)
    def _on_state(self, state: CameraState, why: str) -> None:
        if self.panel is not None and self.source is not None:
            self.panel.show_state(state, self.source.name(), why)
            self._on_devices()

    @Slot()
    def _on_devices(self) -> None:
        if self.panel is not None and self.source is not None:
            source = self.source
            self.panel.show_devices(source.devices(), source.device(), source.size())

    @Slot(object)
    def _on_frame(self, frame: Frame) -> None:
        if self.panel is None or self.source is None:
            return
        if frame.still is not None:
            self._look_up(frame.still)
            return
        self.panel.preview.show_frame(frame.image)
        self.live.on_frame(frame)

    # Live look-ups

    def _how(self) -> Choices | LiveState:
        """How frames are looked up now, or why they are not."""
        window = self._window
        if window.services.store is None:
            return LiveState.NO_CATALOGUE
        if window.look_ups.busy():
            return LiveState.WAITING
        return live_choices(window.services.store, window.look_ups.choices())

    @Slot(object)
    def _on_answered(self, told: LiveAnswer) -> None:
        self._window.look_ups.show_live(self._look_up_of(told, LIVE))

    @Slot(object, bool)
    def _on_locked(self, told: LiveAnswer, another: bool) -> None:
        """Put into the history once, however often the same product is found again."""
        if another or self._kept is None:
            self._kept = self._look_up_of(told, ANSWERED)
            self._window.look_ups.keep_live(self._kept)
        else:
            self._window.look_ups.show_live(self._kept)

    def _look_up_of(self, told: LiveAnswer, state: str) -> LookUp:
        image = told.image
        query = ImageQuery(image, self._name())
        size = image.width(), image.height()
        return LookUp(query, state=state, preview=image, size=size, answer=told.answer,
                      thumb=thumb_of(image))  # fmt: skip

    def _name(self) -> str:
        """What a photo or frame of now is called."""
        now = QLocale().toString(QDateTime.currentDateTime(), "HH:mm:ss")
        source = self.source.name() if self.source is not None else ""
        return self.tr("{camera}, {time}").format(camera=source or self.tr("Camera"), time=now)

    # What a person wants

    @Slot()
    def _on_photo_wanted(self) -> None:
        if self.reader is not None:
            self.reader.want_still()

    def _look_up(self, still: QImage) -> None:
        """A photo was taken: it is looked up as every photo is, in full."""
        self._window.look_up(ImageQuery(still, self._name()))

    @Slot()
    def _on_retry(self) -> None:
        if self.source is not None:
            self.source.start()

    @Slot(bool)
    def _on_live_wanted(self, wanted: bool) -> None:
        self._window.services.remember("camera_live", int(wanted))
        if not wanted:
            self.live.stop()
        elif self.source is not None:
            self.live.start()

    @Slot(bool)
    def _on_mirror_changed(self, mirrored: bool) -> None:
        self._window.services.remember("camera_mirror", int(mirrored))

    @Slot(str, object)
    def _on_chosen(self, device: str, size: tuple[int, int] | None) -> None:
        self._window.services.remember("camera_device", device)
        if self.source is not None:
            self.source.choose(device, size)

    @Slot(str)
    def _on_video_chosen(self, path: str) -> None:
        self.show_video(Path(path))

    @Slot(int)
    def _on_dialog_finished(self, _result: int) -> None:
        self._dialog = None

    # What ends it

    @Slot(int)
    def _on_given(self, _count: int) -> None:
        """Photos were given, or a look-up of the history is shown, or the catalogue is gone."""
        if not self._window.look_ups.is_live():
            self.close()

    @Slot(int, object)
    def _on_changed(self, _row: int, look_up: LookUp) -> None:
        if look_up.state == RUNNING:
            self.live.superseded()

    @Slot(str)
    def _on_preference(self, key: str) -> None:
        if key == "language":  # another window comes
            self.close()


def _real_camera(parent: QObject) -> Source:
    from beautyfinder.gui.camera.devices import QtCameras
    from beautyfinder.gui.camera.sources import CameraSource

    cameras = QtCameras()
    source = CameraSource(cameras, parent)
    cameras.setParent(source)  # gone with it
    return source


def _flag(remembered: object) -> bool:
    """On, unless it was switched off: settings give numbers back as text."""
    return str(remembered) != "0"
