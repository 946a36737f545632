"""The camera in place of the photo: its picture or why there is none, the shutter, the choices."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from beautyfinder.gui.camera.countdown import Countdown
from beautyfinder.gui.camera.devices import Device, Size
from beautyfinder.gui.camera.preview import Preview
from beautyfinder.gui.camera.shutter import Shutter
from beautyfinder.gui.camera.states import CAMERA_WORDS, CameraState, camera_text, translated
from beautyfinder.gui.message_page import MessagePage
from beautyfinder.gui.theme import tinted_icon

_COUNTDOWNS = (0, 3, 10)
_LEAST_WIDTH = 340


class CameraPanel(QWidget):
    """Shows what it is told; what a person wants is told by signals.

    `photo_wanted`; `close_wanted`; `retry_wanted`; `live_wanted` (bool); `chosen` (id of a camera,
    Size or None for its best); `mirror_changed` (bool).
    """

    photo_wanted = Signal()
    close_wanted = Signal()
    retry_wanted = Signal()
    live_wanted = Signal(bool)
    chosen = Signal(str, object)
    mirror_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preview = Preview()
        self.preview.photo_wanted.connect(self.take)
        self.page = MessagePage()
        self.page.asked.connect(self.retry_wanted)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.page)
        self.stack.addWidget(self.preview)
        self.countdown = Countdown(self)
        self.countdown.ticked.connect(self._on_ticked)
        self.countdown.done.connect(self.photo_wanted)
        self._is_video = False
        self._make_head()
        self._make_controls()
        self._lay_out()
        self.setMinimumWidth(_LEAST_WIDTH)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.activated.connect(self._on_escape)
        self.show_state(CameraState.STARTING)

    def _make_head(self) -> None:
        self._title = QLabel(self.tr("Camera"))
        self._title.setProperty("role", "headline")
        self._caption = QLabel()
        self._caption.setProperty("role", "muted")
        self._caption.setTextFormat(Qt.TextFormat.PlainText)
        self._caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.close_button = _tool("close", self.tr("Close the camera"))
        self.close_button.setToolTip(self.tr("Close the camera (Escape)"))
        self.close_button.clicked.connect(self.close_wanted)

    def _make_controls(self) -> None:
        self.shutter = Shutter()
        self.shutter.clicked.connect(self.take)
        self.mirror = _tool("mirror", self.tr("Mirror"))
        self.mirror.setText(self.tr("Mirror"))
        self.mirror.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.mirror.setCheckable(True)
        self.mirror.setProperty("role", "bar")
        self.mirror.setToolTip(
            self.tr("Show the picture as a mirror does. Photos and look-ups are never mirrored.")
        )
        self.mirror.toggled.connect(self.preview.set_mirrored)
        self.mirror.toggled.connect(self.mirror_changed)
        self.seconds = QComboBox()
        for seconds in _COUNTDOWNS:
            text = self.tr("{count} s").format(count=seconds) if seconds else self.tr("At once")
            self.seconds.addItem(text, seconds)
        self.seconds.setToolTip(self.tr("How long to wait before the photo is taken"))
        self.seconds.setAccessibleName(self.tr("Countdown"))
        self.live = QCheckBox(self.tr("Look up live what I hold up"))
        self.live.setChecked(True)
        self.live.toggled.connect(self.live_wanted)
        self._note = QLabel(
            self.tr("Live, a quick method is used: no words are read, and only the best 40 "
                    "candidates are compared in detail. A photo is looked up in full.")
        )  # fmt: skip
        self._note.setProperty("role", "muted")
        self._note.setWordWrap(True)
        self.device = QComboBox()
        self.device.setAccessibleName(self.tr("Camera"))
        self.device.setToolTip(self.tr("Which camera"))
        self.resolution = QComboBox()
        self.resolution.setAccessibleName(self.tr("Resolution"))
        self.resolution.setToolTip(self.tr("Resolution"))
        for box in (self.device, self.resolution):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(9)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.device.activated.connect(self._on_device)
        self.resolution.activated.connect(self._on_size)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._title)
        words.addWidget(self._caption)
        head = QHBoxLayout()
        head.addLayout(words, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        # Both sides equally wide, so that the shutter is in the middle.
        controls = QGridLayout()
        controls.setContentsMargins(0, 2, 0, 2)
        controls.setColumnStretch(0, 1)
        controls.setColumnStretch(2, 1)
        controls.setColumnMinimumWidth(0, 100)
        controls.setColumnMinimumWidth(2, 100)
        middle = Qt.AlignmentFlag.AlignVCenter
        controls.addWidget(self.mirror, 0, 0, middle | Qt.AlignmentFlag.AlignLeft)
        controls.addWidget(self.shutter, 0, 1, Qt.AlignmentFlag.AlignCenter)
        controls.addWidget(self.seconds, 0, 2, middle | Qt.AlignmentFlag.AlignRight)
        live = QVBoxLayout()
        live.setSpacing(4)
        live.addWidget(self.live)
        live.addWidget(self._note)
        choices = QHBoxLayout()
        choices.setSpacing(8)
        choices.addWidget(self.device, 3)
        choices.addWidget(self.resolution, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        column.addLayout(controls)
        column.addLayout(live)
        column.addLayout(choices)

    def show_source(self, name: str, is_video: bool) -> None:
        """What the picture comes from: a video has no cameras to choose from, nor a mirror."""
        self._is_video = is_video
        self._title.setText(self.tr("Video") if is_video else self.tr("Camera"))
        self._say_name(name)
        for widget in (self.device, self.resolution, self.mirror):
            widget.setVisible(not is_video)
        self.seconds.setVisible(not is_video)
        self.preview.set_mirrored(not is_video and self.mirror.isChecked())

    def show_devices(
        self, devices: tuple[Device, ...], current: Device | None, size: Size | None
    ) -> None:
        """The cameras to choose from, the one that is used, and its sizes."""
        self.device.clear()
        for device in devices:
            self.device.addItem(device.name, device.id)
        if not devices:
            self.device.addItem(self.tr("No camera"))
        self.device.setEnabled(bool(devices))
        if current is not None:
            self.device.setCurrentIndex(self.device.findData(current.id))
        self.resolution.clear()
        for wide, high in current.sizes if current is not None else ():
            self.resolution.addItem(self.tr("{width} × {height}").format(width=wide, height=high),
                              (wide, high))  # fmt: skip
        if current is not None and size in current.sizes:
            self.resolution.setCurrentIndex(current.sizes.index(size))
        self.resolution.setEnabled(self.resolution.count() > 1)
        self.resolution.setVisible(bool(self.resolution.count()) and not self._is_video)
        if not self._is_video:
            self._say_name(current.name if current is not None else "")

    def show_state(self, state: CameraState, name: str = "", why: str = "") -> None:
        """The picture while it runs, else in its place the words for what is the matter."""
        runs = state == CameraState.RUNNING
        self.shutter.setEnabled(runs)
        if runs:
            self._show_preview()
            return
        self.countdown.stop()
        words, name = CAMERA_WORDS[state], name or self.tr("the camera")
        title, button = translated(words.title), translated(words.button)
        text = camera_text(state, name, why)
        self.page.say(words.icon, title, text, button, words.colour)
        self.stack.setCurrentWidget(self.page)

    def _show_preview(self) -> None:
        """The space bar takes a photo at once: without a picture, the keyboard went elsewhere."""
        holder = self.focusWidget()
        idle = holder is None or holder is self.close_button or self.page.isAncestorOf(holder)
        self.stack.setCurrentWidget(self.preview)
        if idle:
            self.preview.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def take(self) -> None:
        """A photo, once the countdown is over; while it counts, none."""
        if self.countdown.stop() or not self.shutter.isEnabled():
            return
        self.countdown.start(0 if self._is_video else int(self.seconds.currentData()))

    def _say_name(self, name: str) -> None:
        self._caption.setText(name)
        self._caption.setToolTip(name)

    @Slot(int)
    def _on_ticked(self, seconds: int) -> None:
        self.preview.show_seconds(seconds)
        self.shutter.set_counting(bool(seconds))

    @Slot()
    def _on_escape(self) -> None:
        if not self.countdown.stop():
            self.close_wanted.emit()

    @Slot(int)
    def _on_device(self, _index: int) -> None:
        self.chosen.emit(str(self.device.currentData() or ""), None)

    @Slot(int)
    def _on_size(self, _index: int) -> None:
        self.chosen.emit(str(self.device.currentData() or ""), self.resolution.currentData())


def _tool(icon: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("role", "tool")
    button.setIcon(tinted_icon(icon))
    button.setIconSize(QSize(20, 20))
    button.setToolTip(name)
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button
