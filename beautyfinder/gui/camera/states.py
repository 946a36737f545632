"""What a camera may be doing and what a live look-up may be doing, each with its words."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication

from beautyfinder.gui.translation import QT_TRANSLATE_NOOP


class CameraState(Enum):
    """What became of the camera, or of the video that stands in for it."""

    STARTING = "starting"
    ASKING = "asking"
    RUNNING = "running"
    DENIED = "denied"
    NONE = "none"
    BUSY = "busy"
    UNPLUGGED = "unplugged"
    SILENT = "silent"
    FAILED = "failed"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    ENDED = "ended"


class LiveState(Enum):
    """What became of the frames that are looked up."""

    OFF = "off"
    WAITING = "waiting"
    NO_CATALOGUE = "no catalogue"
    DARK = "dark"
    MOVING = "moving"
    BLURRED = "blurred"
    LOOKING = "looking"
    FOUND = "found"
    LIKELY = "likely"
    UNKNOWN = "unknown"
    FAILED = "failed"


@dataclass(frozen=True)
class CameraWords:
    """A page in place of the preview. `button`: what a person may do about it, if anything.

    title, text, button: English, to be translated when shown.
    """

    icon: str
    colour: str
    title: str
    text: str
    button: str = ""


@dataclass(frozen=True)
class LiveWords:
    """What stands over the preview. colour: the theme's, of outline and icon.

    text: English, to be translated when shown; it may have `{name}`, a product's or a reason.
    """

    icon: str
    colour: str
    text: str


_TRY = QT_TRANSLATE_NOOP("camera", "Try again")

CAMERA_WORDS = {
    CameraState.STARTING: CameraWords(
        "camera", "muted", QT_TRANSLATE_NOOP("camera", "Starting the camera…"), "",
    ),
    CameraState.ASKING: CameraWords(
        "camera", "accent", QT_TRANSLATE_NOOP("camera", "May BeautyFinder use the camera?"),
        QT_TRANSLATE_NOOP("camera", "Answer the question that your system asks now."),
    ),
    CameraState.DENIED: CameraWords(
        "camera-off", "warning", QT_TRANSLATE_NOOP("camera", "The camera is not allowed"), "", _TRY,
    ),
    CameraState.NONE: CameraWords(
        "camera-off", "muted", QT_TRANSLATE_NOOP("camera", "No camera found"),
        QT_TRANSLATE_NOOP("camera", "Plug one in: it starts by itself. Or open a recorded "
                          "video with File › Open video."),
        _TRY,
    ),
    CameraState.BUSY: CameraWords(
        "camera-off", "warning", QT_TRANSLATE_NOOP("camera", "Another program uses the camera"),
        QT_TRANSLATE_NOOP("camera", "Close the program that uses {name}, such as a video call, "
                          "then try again."),
        _TRY,
    ),
    CameraState.UNPLUGGED: CameraWords(
        "camera-off", "warning", QT_TRANSLATE_NOOP("camera", "The camera was unplugged"),
        QT_TRANSLATE_NOOP("camera", "Plug {name} in again: it goes on by itself. Or choose another "
                          "camera below."),
        _TRY,
    ),
    CameraState.SILENT: CameraWords(
        "camera-off", "warning", QT_TRANSLATE_NOOP("camera", "The camera sends no picture"),
        QT_TRANSLATE_NOOP("camera", "Another program may be using {name}, or its lid or switch is "
                          "closed. See to that, or unplug it and plug it in again."),
        _TRY,
    ),
    CameraState.FAILED: CameraWords(
        "camera-off", "warning", QT_TRANSLATE_NOOP("camera", "The camera does not start"),
        QT_TRANSLATE_NOOP("camera", "The system says of {name}: “{why}”. Close other programs that "
                          "may use it or choose another resolution, then try again."),
        _TRY,
    ),
    CameraState.MISSING: CameraWords(
        "camera-off", "warning", QT_TRANSLATE_NOOP("camera", "The camera cannot be used here"),
        "{why}",
    ),
    CameraState.UNREADABLE: CameraWords(
        "alert", "warning", QT_TRANSLATE_NOOP("camera", "The video cannot be played"),
        QT_TRANSLATE_NOOP("camera", "{name}: {why}. Save it as MP4 with H.264 and try that."),
    ),
    CameraState.ENDED: CameraWords(
        "video", "muted", QT_TRANSLATE_NOOP("camera", "That was all of the video"),
        "{name}",
        QT_TRANSLATE_NOOP("camera", "Play again"),
    ),
}  # fmt: skip

LIVE_WORDS = {
    LiveState.WAITING: LiveWords(
        "find", "muted", QT_TRANSLATE_NOOP("camera", "Waiting for the other look-up"),
    ),
    LiveState.NO_CATALOGUE: LiveWords(
        "store", "warning", QT_TRANSLATE_NOOP("camera", "Open a catalogue to look products up"),
    ),
    LiveState.DARK: LiveWords(
        "unsure", "warning", QT_TRANSLATE_NOOP("camera", "Too dark: more light, please"),
    ),
    LiveState.MOVING: LiveWords(
        "hold", "warning", QT_TRANSLATE_NOOP("camera", "Hold the product still"),
    ),
    LiveState.BLURRED: LiveWords(
        "hold", "warning",
        QT_TRANSLATE_NOOP("camera", "Blurred: hold still, a little further away"),
    ),
    LiveState.LOOKING: LiveWords("find", "accent", QT_TRANSLATE_NOOP("camera", "Looking…")),
    LiveState.FOUND: LiveWords("match", "good", QT_TRANSLATE_NOOP("camera", "Found: {name}")),
    LiveState.LIKELY: LiveWords(
        "unsure", "accent", QT_TRANSLATE_NOOP("camera", "Likely: {name}. Please compare"),
    ),
    LiveState.UNKNOWN: LiveWords(
        "no-match", "muted", QT_TRANSLATE_NOOP("camera", "Nothing of this catalogue in view"),
    ),
    LiveState.FAILED: LiveWords("alert", "warning", "{name}"),
}  # fmt: skip

# Where a person allows the camera; elsewhere the system hardly ever denies it.
_ALLOW = {
    "Darwin": QT_TRANSLATE_NOOP(
        "camera",
        "Allow it in System Settings › Privacy & Security › Camera, then try again.",
    ),
    "Windows": QT_TRANSLATE_NOOP(
        "camera",
        "Allow it in Settings › Privacy & security › Camera (“Let desktop apps access your "
        "camera”), then try again.",
    ),
}
_ALLOW_ELSEWHERE = QT_TRANSLATE_NOOP(
    "camera", "Allow it in your desktop's privacy settings, then try again."
)


def translated(text: str) -> str:
    """A text of these tables in the language of the window."""
    return QCoreApplication.translate("camera", text)


def camera_text(state: CameraState, name: str = "", why: str = "") -> str:
    """The sentences below the title. name: of the camera or video; why: as the system says it."""
    if state == CameraState.DENIED:
        return translated(_ALLOW.get(platform.system(), _ALLOW_ELSEWHERE))
    if state != CameraState.MISSING:  # the system's words go into a sentence of ours
        why = why.rstrip(".")
    return translated(CAMERA_WORDS[state].text).format(name=name, why=why)


def live_text(state: LiveState, name: str = "") -> str:
    """What stands over the preview; empty where nothing does."""
    words = LIVE_WORDS.get(state)
    return translated(words.text).format(name=name) if words else ""
