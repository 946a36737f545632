"""A second start hands its photo over; a server that was killed does not stand in the way."""

from __future__ import annotations

import subprocess
import sys

from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from beautyfinder.gui.single_instance import InstanceServer, hand_over, server_name
from tests.gui.conftest import WAIT

SECOND = """
import sys
from PySide6.QtCore import QCoreApplication
from beautyfinder.gui.single_instance import hand_over
app = QCoreApplication([])
sys.exit(0 if hand_over(sys.argv[1], sys.argv[2:], "/shop") else 3)
"""


def test_names_differ_by_data_folder() -> None:
    assert server_name("/a") != server_name("/b")
    assert server_name("/a") == server_name("/a")


def test_nobody_there(qtbot: QtBot) -> None:
    assert not hand_over("beautyfinder-test-nobody", ["a.jpg"], "")


def test_a_second_process_hands_over(qtbot: QtBot) -> None:
    server = InstanceServer("beautyfinder-test-handing")
    try:
        with qtbot.waitSignal(server.handed_over, timeout=WAIT) as told:
            second = subprocess.Popen([sys.executable, "-c", SECOND, "beautyfinder-test-handing",
                                       "/photos/ü 1.jpg", "/b.jpg"])  # fmt: skip
        assert told.args == [["/photos/ü 1.jpg", "/b.jpg"], "/shop"]
        qtbot.waitUntil(lambda: second.poll() is not None, timeout=WAIT)
        assert second.returncode == 0
    finally:
        server.close()


def test_nonsense_is_ignored(qtbot: QtBot) -> None:
    server = InstanceServer("beautyfinder-test-nonsense")
    try:
        for nonsense in (b"hello\n", b'{"photos": 3, "store": ""}\n', b'{"x": 1}\n', b"\n"):
            socket = QLocalSocket()
            socket.connectToServer("beautyfinder-test-nonsense")
            assert socket.waitForConnected(WAIT)
            with qtbot.assertNotEmitted(server.handed_over, wait=20):
                socket.write(nonsense)
                socket.flush()
            qtbot.waitUntil(
                lambda s=socket: s.state() == QLocalSocket.LocalSocketState.UnconnectedState,
                timeout=WAIT,
            )
    finally:
        server.close()
