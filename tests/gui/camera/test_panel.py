"""The camera in the window: opened, closed, photos taken, and what a live look-up leaves."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from beautyfinder.errors import UserError
from beautyfinder.gui.camera import multimedia
from beautyfinder.gui.camera.panel import CameraPanel
from beautyfinder.gui.camera.sources import CameraSource, VideoFileSource
from beautyfinder.gui.camera.states import CameraState, LiveState
from beautyfinder.gui.images_qt import pixels_from_image
from beautyfinder.gui.look_ups import ANSWERED, LIVE
from beautyfinder.gui.main_window import MainWindow
from beautyfinder.gui.query import ImageQuery
from tests.gui.camera.conftest import OTHER, WEBCAM, FakeCameras, FakePermission, scene, write_clip
from tests.gui.camera.test_live import SOAP, answers_are, of_product
from tests.gui.conftest import WAIT, FakeBackend, file_query, mime_of
from tests.gui.drag import drop


@pytest.fixture
def window_(
    ready_window: MainWindow, cameras: FakeCameras, permission: FakePermission
) -> MainWindow:
    """With cameras to open."""

    def made(parent: QObject) -> CameraSource:
        return CameraSource(cameras, parent, permission, permission.ask)

    ready_window.camera.make_camera = made
    return ready_window


@pytest.fixture
def opened(qtbot: QtBot, window_: MainWindow) -> CameraPanel:
    return open_camera(qtbot, window_)


def open_camera(qtbot: QtBot, window: MainWindow) -> CameraPanel:
    with qtbot.waitSignal(window.camera.opened, timeout=WAIT):
        window.actions_["camera"].trigger()
    assert window.camera.panel is not None
    return window.camera.panel


def send(qtbot: QtBot, window: MainWindow, cameras: FakeCameras, image: QImage) -> None:
    """A frame, until it is shown and what it set going is done."""
    reader = window.camera.reader
    assert reader is not None
    cameras.send(image)
    qtbot.waitUntil(lambda: not reader._busy or not reader.running, timeout=WAIT)
    qtbot.waitUntil(lambda: not window.camera.live._token, timeout=WAIT)


def test_opened_and_closed(
    qtbot: QtBot, window_: MainWindow, opened: CameraPanel, cameras: FakeCameras
) -> None:
    window, camera = window_, window_.camera
    assert camera.is_open()
    assert window.actions_["camera"].isChecked()
    assert opened.isVisible()
    assert not opened.shutter.isEnabled()
    send(qtbot, window, cameras, scene())
    assert opened.stack.currentWidget() is opened.preview
    assert opened.focusWidget() is opened.preview
    assert opened.shutter.isEnabled()
    reader, held = camera.reader, cameras.camera
    qtbot.keyClick(opened.preview, Qt.Key.Key_Escape)
    assert not camera.is_open()
    assert window.pane.isVisible()
    assert not window.actions_["camera"].isChecked()
    assert held is not None
    assert held.stopped
    assert reader is not None
    assert not reader.running
    assert camera.source is None
    open_camera(qtbot, window)
    send(qtbot, window, cameras, scene())
    window.actions_["camera"].trigger()
    assert not camera.is_open()


def test_closed_while_frames_come(
    qtbot: QtBot, window_: MainWindow, opened: CameraPanel, cameras: FakeCameras
) -> None:
    for seed in range(1, 6):
        cameras.send(scene(seed))
    reader = window_.camera.reader
    window_.close()
    qtbot.wait(30)
    assert reader is not None
    assert not reader.running
    assert not window_.engine.running


def test_closed_before_it_is_loaded(qtbot: QtBot, window_: MainWindow) -> None:
    window_.actions_["camera"].trigger()
    window_.actions_["camera"].trigger()
    qtbot.wait(50)
    assert window_.camera.source is None
    assert not window_.camera.is_open()


@pytest.mark.parametrize("state", [s for s in CameraState if s != CameraState.RUNNING])
def test_every_state_is_said(
    qtbot: QtBot, window_: MainWindow, opened: CameraPanel, state: CameraState
) -> None:
    opened.show_state(state, "Webcam", "why not")
    assert opened.stack.currentWidget() is opened.page
    assert opened.page.words().strip()
    assert not opened.shutter.isEnabled()


def test_unplugged_and_retried(
    qtbot: QtBot, window_: MainWindow, opened: CameraPanel, cameras: FakeCameras
) -> None:
    send(qtbot, window_, cameras, scene())
    cameras.put()
    assert "unplugged" in opened.page.words()
    assert not opened.device.isEnabled()
    cameras.put(OTHER)
    opened.page.asked.emit()
    assert cameras.opened_ones[-1][0] == OTHER
    send(qtbot, window_, cameras, scene())
    assert opened.stack.currentWidget() is opened.preview


def test_devices_and_sizes(
    qtbot: QtBot, window_: MainWindow, opened: CameraPanel, cameras: FakeCameras
) -> None:
    send(qtbot, window_, cameras, scene())
    assert [opened.device.itemText(n) for n in range(2)] == ["Webcam", "Microscope"]
    assert [opened.resolution.itemText(n) for n in range(2)] == ["1920 × 1080", "640 × 480"]
    opened.resolution.setCurrentIndex(1)
    opened.resolution.activated.emit(1)
    assert cameras.opened_ones[-1] == (WEBCAM, (640, 480))
    opened.device.setCurrentIndex(1)
    opened.device.activated.emit(1)
    assert cameras.opened_ones[-1] == (OTHER, None)
    assert opened.resolution.currentText() == "2592 × 1944"
    window_.camera.close()
    open_camera(qtbot, window_)
    assert cameras.opened_ones[-1][0] == OTHER  # as it was chosen last


def test_mirrored_in_the_preview_only(
    qtbot: QtBot, window_: MainWindow, opened: CameraPanel, cameras: FakeCameras
) -> None:
    opened.live.setChecked(False)
    send(qtbot, window_, cameras, scene())
    shades = []
    for mirrored in (True, False):
        opened.mirror.setChecked(mirrored)
        place, shot = opened.preview.picture_rect().toRect(), opened.preview.grab().toImage()
        pixels = pixels_from_image(shot)[place.top() + 9 : place.bottom() - 9]
        halves = pixels[:, place.left() : place.center().x()], pixels[:, place.center().x() + 1 :]
        shades.append([float(half[..., 2].mean()) for half in halves])
    assert shades[0][0] > 2 * shades[0][1]  # the red half is on the right in the mirror
    assert shades[1][1] > 2 * shades[1][0]
    opened.mirror.setChecked(True)
    with qtbot.waitSignal(window_.answer_shown, timeout=WAIT):
        opened.take()
        cameras.send(scene())
    query = window_.look_ups.all()[0].query
    assert isinstance(query, ImageQuery)
    assert np.array_equal(pixels_from_image(query.image), pixels_from_image(scene()))


@pytest.mark.parametrize("how", ["space", "button"])
def test_a_photo_is_looked_up_in_full(
    qtbot: QtBot, window_: MainWindow, opened: CameraPanel, cameras: FakeCameras,
    backend: FakeBackend, how: str,
) -> None:  # fmt: skip
    opened.live.setChecked(False)
    large = scene(size=(1920, 1080))
    send(qtbot, window_, cameras, large)
    with qtbot.waitSignal(window_.answer_shown, timeout=WAIT):
        if how == "space":
            qtbot.keyClick(opened.preview, Qt.Key.Key_Space)
        else:
            qtbot.mouseClick(opened.shutter, Qt.MouseButton.LeftButton)
        cameras.send(large)
    assert not window_.camera.is_open()
    assert window_.camera.source is None
    assert backend.begun[0].startswith("Webcam, ")
    assert backend.asked[-1][1].shortlist is None
    query = window_.look_ups.all()[0].query
    assert isinstance(query, ImageQuery)
    assert query.image.width() == 1920


def test_the_countdown(
    qtbot: QtBot, window_: MainWindow, opened: CameraPanel, cameras: FakeCameras
) -> None:
    opened.live.setChecked(False)
    opened.countdown._timer.setInterval(5)
    send(qtbot, window_, cameras, scene())
    opened.seconds.setCurrentIndex(opened.seconds.findData(3))
    ticks: list[int] = []
    opened.countdown.ticked.connect(ticks.append)
    with qtbot.waitSignal(opened.photo_wanted, timeout=WAIT):
        opened.take()
    assert ticks == [3, 2, 1, 0]
    opened.countdown._timer.setInterval(WAIT)
    opened.take()
    assert opened.countdown.is_running()
    qtbot.keyClick(opened.preview, Qt.Key.Key_Escape)
    assert not opened.countdown.is_running()
    assert window_.camera.is_open()
    opened.take()
    opened.take()  # the button again
    assert not opened.countdown.is_running()
    opened.take()
    cameras.put()  # unplugged meanwhile
    assert not opened.countdown.is_running()


def test_live_hits_follow_and_the_lock_is_remembered_once(
    qtbot: QtBot, window_: MainWindow, opened: CameraPanel, cameras: FakeCameras,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    window, added = window_, []
    monkeypatch.setattr(
        window.services.journal, "add", lambda *given: added.append(given[-1]) or "an id"
    )
    answers_are(monkeypatch, of_product("oil", "unsure"), of_product(SOAP))
    send(qtbot, window, cameras, scene())
    qtbot.waitUntil(lambda: len(window.results.model.hits()) == 7, timeout=WAIT)
    assert window.results.model.is_provisional()
    assert "Live" in window.results.words()
    current = window.look_ups.current()
    assert current is not None
    assert current.state == LIVE
    assert added == []
    for _ in range(3):
        send(qtbot, window, cameras, scene())
    assert window.camera.live.state == LiveState.FOUND
    assert f"Found: {SOAP}" in opened.preview.words()
    assert opened.preview.accessibleDescription() == opened.preview.words()
    assert not window.results.model.is_provisional()
    assert [answer.result.hits[0].image.product_id for answer in added] == [SOAP]
    for seed in (2, 3):
        for _ in range(8):
            send(qtbot, window, cameras, scene(seed))
    assert window.camera.live.state == LiveState.FOUND
    assert len(added) == 1
    window.camera.close()
    current = window.look_ups.current()
    assert current is not None
    assert current.state == ANSWERED
    assert len(added) == 1
    assert window.results.model.hits()[0].image.product_id == SOAP
    assert not window.look_ups.is_live()


def test_without_a_lock_what_was_there_is_back(
    qtbot: QtBot, window_: MainWindow, cameras: FakeCameras, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = window_
    with qtbot.waitSignal(window.answer_shown, timeout=WAIT):
        window.look_up(file_query("soap.jpg"))
    before = window.look_ups.current()
    assert before is not None
    open_camera(qtbot, window)
    answers_are(monkeypatch, of_product("oil", "unsure"))
    send(qtbot, window, cameras, scene())
    qtbot.waitUntil(window.look_ups.is_live, timeout=WAIT)
    window.camera.close()
    current = window.look_ups.current()
    assert current is not None
    assert current.query is before.query
    assert window.results.model.hits()[0].image.name == "soap.jpg 0"


def test_closed_with_nothing_before(
    qtbot: QtBot, window_: MainWindow, opened: CameraPanel, cameras: FakeCameras,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    answers_are(monkeypatch, of_product("oil", "unsure"))
    send(qtbot, window_, cameras, scene())
    qtbot.waitUntil(window_.look_ups.is_live, timeout=WAIT)
    window_.camera.close()
    assert window_.look_ups.current() is None
    assert "Ready when you are" in window_.results.words()


def test_a_dropped_photo_ends_it(
    qtbot: QtBot, window_: MainWindow, opened: CameraPanel, cameras: FakeCameras,
    backend: FakeBackend, tmp_path: Path,
) -> None:  # fmt: skip
    backend.hold = True
    cameras.send(scene())
    qtbot.waitUntil(lambda: bool(backend.begun), timeout=WAIT)
    photo = tmp_path / "cream.jpg"
    photo.write_bytes(b"")
    with qtbot.waitSignal(window_.answer_shown, timeout=WAIT):
        drop(window_, mime_of([str(photo)]))
        qtbot.waitUntil(lambda: backend.stopped == ["Camera"], timeout=WAIT)
        backend.go.set()
    assert not window_.camera.is_open()
    assert backend.done == ["cream.jpg"]
    current = window_.look_ups.current()
    assert current is not None
    assert current.query.name == "cream.jpg"


def test_a_refusal_is_seen(window_: MainWindow, opened: CameraPanel) -> None:
    drop(window_, mime_of(text="no picture"))
    assert not window_.camera.is_open()
    assert window_.pane.notice()


def test_live_waits_for_a_look_up(
    qtbot: QtBot, window_: MainWindow, cameras: FakeCameras, backend: FakeBackend
) -> None:
    backend.hold = True
    window_.look_up(file_query("slow.jpg"))
    qtbot.waitUntil(lambda: backend.begun == ["slow.jpg"], timeout=WAIT)
    panel = open_camera(qtbot, window_)
    send(qtbot, window_, cameras, scene())
    assert window_.camera.live.state == LiveState.WAITING
    with qtbot.waitSignal(window_.answer_shown, timeout=WAIT):
        backend.go.set()
    assert backend.done == ["slow.jpg"]
    assert window_.camera.panel is panel


def test_without_a_catalogue(qtbot: QtBot, window: MainWindow, cameras: FakeCameras) -> None:
    window.camera.make_camera = lambda parent: CameraSource(
        cameras, parent, FakePermission(), FakePermission().ask
    )
    panel = open_camera(qtbot, window)
    send(qtbot, window, cameras, scene())
    assert "Open a catalogue" in panel.preview.words()


def test_another_method_meanwhile(
    qtbot: QtBot, window_: MainWindow, cameras: FakeCameras, backend: FakeBackend,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    from beautyfinder.gui.query import Choices

    with qtbot.waitSignal(window_.answer_shown, timeout=WAIT):
        window_.look_up(file_query("soap.jpg"))
    open_camera(qtbot, window_)
    send(qtbot, window_, cameras, scene())
    qtbot.waitUntil(window_.look_ups.is_live, timeout=WAIT)
    window_.look_ups.set_choices(Choices(pooling="mac"))
    assert window_.camera.is_open()
    send(qtbot, window_, cameras, scene())
    assert backend.asked[-1][1].pooling == "mac"
    with qtbot.waitSignal(window_.answer_shown, timeout=WAIT):
        window_.camera.close()
    assert backend.done[-1] == "soap.jpg"


def test_denied_in_the_window(
    qtbot: QtBot, window_: MainWindow, permission: FakePermission
) -> None:
    from beautyfinder.gui.camera.permission import Permission

    permission.now = Permission.DENIED
    panel = open_camera(qtbot, window_)
    assert "not allowed" in panel.page.words()


def test_the_system_library_is_missing(
    qtbot: QtBot, ready_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise ImportError("libpulse.so.0: cannot open shared object file: No such file")

    monkeypatch.setattr(multimedia, "import_multimedia", broken)
    action = ready_window.actions_["camera"]
    action.trigger()
    qtbot.waitUntil(lambda: not action.isEnabled(), timeout=WAIT)
    assert "libpulse0" in action.toolTip()
    assert ready_window.camera.panel is not None
    assert "libpulse.so.0" in ready_window.camera.panel.page.words()
    assert not ready_window.camera.panel.shutter.isEnabled()
    assert not ready_window.actions_["open_video"].isEnabled()
    ready_window.wishes.follow()
    assert not action.isEnabled()


def test_what_else_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ImportError("DLL load failed while importing QtMultimedia")

    monkeypatch.setattr(multimedia, "import_multimedia", broken)
    with pytest.raises(UserError, match="DLL load failed"):
        multimedia.load_multimedia()


def test_a_video_is_dropped_on_the_window(
    qtbot: QtBot, window_: MainWindow, tmp_path: Path, backend: FakeBackend
) -> None:
    path = tmp_path / "shelf.mp4"
    write_clip(path, [scene(1, (320, 240))] * 12)
    with qtbot.waitSignal(window_.camera.opened, timeout=WAIT):
        drop(window_, mime_of([str(path)]))
    camera = window_.camera
    assert isinstance(camera.source, VideoFileSource)
    panel = camera.panel
    assert panel is not None
    over = (CameraState.ENDED, CameraState.UNREADABLE)
    qtbot.waitUntil(lambda: camera.source is not None and camera.source.state in over, timeout=WAIT)
    if camera.source.state == CameraState.UNREADABLE:
        pytest.skip("Qt has no decoder for MPEG-4 here")
    qtbot.waitUntil(lambda: bool(backend.begun), timeout=WAIT)
    assert not panel.device.isVisible()
    assert not panel.mirror.isVisible()
    assert "all of the video" in panel.page.words()
    camera.close()


def test_the_window_does_not_load_it() -> None:
    """The start of the window would wait for it, and some systems lack a library for it."""
    code = (
        "import sys, beautyfinder.gui.main_window\n"
        "from beautyfinder.gui.app import make_app\n"
        "from beautyfinder.gui.engine import Engine\n"
        "from beautyfinder.gui.program import Program\n"
        "from beautyfinder.gui.services import make_services\n"
        "app = make_app(); program = Program(make_services(Engine())); program.window.show()\n"
        "app.processEvents()\n"
        "heavy = {'PySide6.QtMultimedia', 'numpy', 'cv2'} & set(sys.modules)\n"
        "program.close()\n"
        "sys.exit(', '.join(heavy) or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
