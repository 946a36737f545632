"""The camera on a real X server, with the keys of a real keyboard; its picture is drawn."""

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from beautyfinder.gui.camera.sources import CameraSource
from beautyfinder.gui.main_window import MainWindow
from tests.gui.camera.conftest import FakeCameras, FakePermission, scene
from tests.gui.conftest import WAIT, FakeBackend
from tests.gui.test_x_server import press

pytestmark = pytest.mark.xvfb


def test_what_a_person_does(
    qtbot: QtBot, qapp: QApplication, ready_window: MainWindow, cameras: FakeCameras,
    permission: FakePermission, backend: FakeBackend,
) -> None:  # fmt: skip
    """Ctrl+K, hold something up, the space bar; Ctrl+K and Escape."""
    assert qapp.platformName() == "xcb"
    window, camera = ready_window, ready_window.camera

    def made(parent: QObject) -> CameraSource:
        return CameraSource(cameras, parent, permission, permission.ask)

    camera.make_camera = made
    qtbot.waitExposed(window)
    with qtbot.waitSignal(camera.opened, timeout=WAIT):
        press(qtbot, window, "ctrl+k")
    panel = camera.panel
    assert panel is not None
    for _ in range(6):
        cameras.send(scene())
        qtbot.wait(30)
    qtbot.waitUntil(lambda: panel.stack.currentWidget() is panel.preview, timeout=WAIT)
    shot = panel.preview.grab().toImage()
    middle = panel.preview.picture_rect().center().toPoint()
    left, right = (shot.pixelColor(middle.x() + by, middle.y()) for by in (-60, 60))
    assert right.red() > 2 * right.blue()  # as in a mirror
    assert left.red() < 2 * left.blue()
    assert window.results.model.rowCount() == 7
    with qtbot.waitSignal(window.answer_shown, timeout=WAIT):
        press(qtbot, window, "space")
        cameras.send(scene(size=(1920, 1080)))
    assert not camera.is_open()
    assert backend.done[-1].startswith("Webcam, ")
    with qtbot.waitSignal(camera.opened, timeout=WAIT):
        press(qtbot, window, "ctrl+k")
    press(qtbot, window, "Escape")
    qtbot.waitUntil(lambda: not camera.is_open(), timeout=WAIT)
