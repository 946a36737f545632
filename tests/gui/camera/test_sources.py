"""Every state of the camera, caused by a fake one; frames by a real sink; a video file."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtMultimedia import QVideoFrame
from pytestqt.qtbot import QtBot

from beautyfinder.gui.camera.devices import Device, QtCameras, best_size
from beautyfinder.gui.camera.permission import Permission, camera_permission
from beautyfinder.gui.camera.sources import CameraSource, Source, VideoFileSource
from beautyfinder.gui.camera.states import (
    CAMERA_WORDS,
    LIVE_WORDS,
    CameraState,
    LiveState,
    camera_text,
    live_text,
)
from tests.gui.camera.conftest import (
    OTHER,
    WEBCAM,
    FakeCameras,
    FakePermission,
    scene,
    write_clip,
)
from tests.gui.conftest import WAIT


def states_of(source: Source) -> list[CameraState]:
    seen: list[CameraState] = []
    source.state_changed.connect(lambda state, _why: seen.append(state))
    return seen


def test_it_runs_with_the_first_frame(source: CameraSource, cameras: FakeCameras) -> None:
    states, frames = states_of(source), []
    source.frame.connect(frames.append)
    source.start()
    assert cameras.camera is not None
    assert cameras.camera.started
    cameras.send(scene())
    cameras.send(scene())
    assert states == [CameraState.STARTING, CameraState.RUNNING]
    assert [frame.size().toTuple() for frame in frames] == [(640, 480)] * 2
    assert source.name() == "Webcam"
    assert source.size() == (1920, 1080)


def test_no_camera_then_one_is_plugged_in(source: CameraSource, cameras: FakeCameras) -> None:
    cameras.here = ()
    states = states_of(source)
    source.start()
    assert states == [CameraState.NONE]
    cameras.put(WEBCAM)
    assert states[-1] == CameraState.STARTING
    cameras.send(scene())
    assert states[-1] == CameraState.RUNNING


def test_denied(source: CameraSource, cameras: FakeCameras, permission: FakePermission) -> None:
    permission.now = Permission.DENIED
    states = states_of(source)
    source.start()
    assert states == [CameraState.DENIED]
    assert cameras.camera is None
    permission.now = Permission.GRANTED
    source.start()
    assert states[-1] == CameraState.STARTING


@pytest.mark.parametrize(
    ("answer", "state"),
    [(Permission.GRANTED, CameraState.STARTING), (Permission.DENIED, CameraState.DENIED)],
)
def test_a_person_is_asked(
    source: CameraSource, permission: FakePermission, answer: Permission, state: CameraState
) -> None:
    permission.now = Permission.UNDECIDED
    states = states_of(source)
    source.start()
    assert states == [CameraState.ASKING]
    permission.answer(answer)
    assert states[-1] == state


def test_an_answer_after_it_was_closed_opens_nothing(
    source: CameraSource, cameras: FakeCameras, permission: FakePermission
) -> None:
    permission.now = Permission.UNDECIDED
    source.start()
    source.stop()
    permission.answer(Permission.GRANTED)
    assert cameras.camera is None


@pytest.mark.parametrize(
    ("why", "state"),
    [
        ("Camera is in use", CameraState.BUSY),
        ("Device or resource busy", CameraState.BUSY),
        ("Cannot start streaming", CameraState.FAILED),
    ],
)
def test_it_fails(source: CameraSource, cameras: FakeCameras, why: str, state: CameraState) -> None:
    states = states_of(source)
    source.start()
    assert cameras.camera is not None
    failed = cameras.camera
    failed.failed(why)
    assert states[-1] == state
    assert failed.stopped
    source.start()
    assert cameras.camera is not failed
    cameras.send(scene())
    assert states[-1] == CameraState.RUNNING


def test_unplugged_in_use_and_plugged_in_again(source: CameraSource, cameras: FakeCameras) -> None:
    states, frames = states_of(source), []
    source.frame.connect(frames.append)
    source.start()
    cameras.send(scene())
    before = cameras.camera
    assert before is not None
    cameras.put(OTHER)
    assert states[-1] == CameraState.UNPLUGGED
    assert before.stopped
    before.sink.setVideoFrame(QVideoFrame(scene()))  # one that was on its way
    assert len(frames) == 1
    before.failed("No such device")
    assert states[-1] == CameraState.UNPLUGGED
    cameras.put(OTHER, WEBCAM)
    assert states[-1] == CameraState.STARTING
    assert cameras.opened_ones[-1][0] == WEBCAM


def test_an_error_of_a_camera_that_is_gone(source: CameraSource, cameras: FakeCameras) -> None:
    source.start()
    cameras.here = ()
    assert cameras.camera is not None
    cameras.camera.failed("read error")
    assert source.state == CameraState.UNPLUGGED


def test_no_frame_comes(qtbot: QtBot, source: CameraSource, cameras: FakeCameras) -> None:
    source._silence.setInterval(10)
    states = states_of(source)
    source.start()
    qtbot.waitUntil(lambda: states[-1] == CameraState.SILENT, timeout=WAIT)
    cameras.send(scene())
    assert states[-1] == CameraState.RUNNING


def test_another_camera_and_size(source: CameraSource, cameras: FakeCameras) -> None:
    source.start()
    first = cameras.camera
    assert first is not None
    source.choose(OTHER.id)
    assert first.stopped
    assert cameras.opened_ones[-1] == (OTHER, None)
    assert source.size() == (2592, 1944)
    source.choose(OTHER.id, (3840, 2160))
    assert cameras.opened_ones[-1] == (OTHER, (3840, 2160))
    source.choose("gone", (1, 1))
    assert cameras.opened_ones[-1] == (WEBCAM, None)


def test_the_best_size() -> None:
    assert best_size(WEBCAM.sizes) == (1920, 1080)
    assert best_size(OTHER.sizes) == (2592, 1944)
    assert best_size(()) is None


def test_a_real_camera_that_is_not_there(qtbot: QtBot) -> None:
    """Qt's own objects: what they say of a camera that has gone before it is opened."""
    cameras, owner = QtCameras(), QObject()
    source = CameraSource(cameras, owner)
    why: list[str] = []
    opened = cameras.opened(Device("none", "Gone"), None, source.sink(), why.append)  # type: ignore[arg-type]
    opened.start()
    qtbot.wait(20)
    opened.stop()
    if not cameras.devices():
        states = states_of(source)
        source.start()
        assert states == [CameraState.NONE]
    source.stop()
    assert isinstance(camera_permission(), Permission)


def test_every_state_has_words() -> None:
    assert set(CAMERA_WORDS) == set(CameraState) - {CameraState.RUNNING}
    assert set(LIVE_WORDS) == set(LiveState) - {LiveState.OFF}
    for state in CAMERA_WORDS:
        text = camera_text(state, "Webcam", "no signal.")
        assert "{" not in text
        assert ".." not in text
    assert live_text(LiveState.FOUND, "Soap {50 g}") == "Found: Soap {50 g}"
    assert live_text(LiveState.OFF) == ""


@pytest.mark.parametrize("system", ["Darwin", "Windows", "Linux"])
def test_where_the_camera_is_allowed(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.system", lambda: system)
    where = {"Darwin": "System Settings", "Windows": "Privacy & security"}.get(system, "desktop's")
    assert where in camera_text(CameraState.DENIED)


def test_a_video_file(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path, [scene(seed, (320, 240)) for seed in (1, 1, 1, 2, 2, 2)])
    source = VideoFileSource(path)
    states, frames = states_of(source), []
    source.frame.connect(lambda frame: frames.append(frame.size().toTuple()))
    source.start()
    qtbot.waitUntil(lambda: states[-1] in (CameraState.ENDED, CameraState.UNREADABLE), timeout=WAIT)
    if states[-1] == CameraState.UNREADABLE:
        pytest.skip("Qt has no decoder for MPEG-4 here")
    assert states == [CameraState.STARTING, CameraState.RUNNING, CameraState.ENDED]
    assert set(frames) == {(320, 240)}
    count = len(frames)
    source.start()  # again
    qtbot.waitUntil(lambda: states[-1] == CameraState.ENDED and len(states) > 3, timeout=WAIT)
    assert len(frames) > count
    source.stop()


@pytest.mark.parametrize("content", [None, b"", b"no video at all"])
def test_a_video_that_cannot_be_played(qtbot: QtBot, tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "clip.mp4"
    if content is not None:
        path.write_bytes(content)
    source = VideoFileSource(path)
    states = states_of(source)
    source.start()
    qtbot.waitUntil(lambda: bool(states) and states[-1] == CameraState.UNREADABLE, timeout=WAIT)
    source.stop()
