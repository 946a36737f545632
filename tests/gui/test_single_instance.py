"""A second start hands its photo over; a server that was killed does not stand in the way."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtNetwork import QLocalServer, QLocalSocket
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


def test_a_first_one_that_is_busy_keeps_its_place(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "beautyfinder-test-busy"
    monkeypatch.setattr("beautyfinder.gui.single_instance._PATIENCE_MS", 50)
    QLocalServer.removeServer(name)
    busy = QLocalServer()  # listens, and never answers
    busy.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
    assert busy.listen(name)
    try:
        assert not hand_over(name, ["a.jpg"], "")
        second = InstanceServer(name)
        second.close()
        qtbot.waitUntil(busy.hasPendingConnections, timeout=WAIT)
        while busy.nextPendingConnection() is not None:
            pass
        later = QLocalSocket()
        later.connectToServer(name)
        assert later.waitForConnected(WAIT)
        qtbot.waitUntil(busy.hasPendingConnections, timeout=WAIT)  # still the first one's
    finally:
        busy.close()


def test_one_that_ends_lets_the_second_go_on_at_once(qtbot: QtBot) -> None:
    server = InstanceServer("beautyfinder-test-ending")
    socket = QLocalSocket()
    socket.connectToServer("beautyfinder-test-ending")
    assert socket.waitForConnected(WAIT)
    qtbot.waitUntil(lambda: bool(server._waiting), timeout=WAIT)
    server.close()
    qtbot.waitUntil(
        lambda: socket.state() == QLocalSocket.LocalSocketState.UnconnectedState, timeout=WAIT
    )
