"""One program at a time: a second start hands its photo to the first and ends."""

from __future__ import annotations

import getpass
import hashlib
import json
import logging

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = logging.getLogger(__name__)

_WAIT_MS = 1_000
_PATIENCE_MS = 10_000  # the first one may be busy, but it is there
_MOST_BYTES = 1 << 20


def server_name(data_folder: str) -> str:
    """One for each user and data folder: on a shared machine nobody gets another's photos."""
    told = f"{getpass.getuser()}\0{data_folder}".encode()
    return f"beautyfinder-{hashlib.sha256(told).hexdigest()[:16]}"


def hand_over(name: str, photos: list[str], store: str) -> bool:
    """Give photos and a store to the program that runs already; False where none takes them."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_WAIT_MS):
        return False
    socket.write(json.dumps({"photos": photos, "store": store}).encode() + b"\n")
    socket.flush()
    if socket.bytesToWrite():
        socket.waitForBytesWritten(_WAIT_MS)
    answer = socket.readAll().data() if socket.waitForReadyRead(_PATIENCE_MS) else b""
    socket.disconnectFromServer()
    return answer == b"taken\n"


def _is_served(name: str) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(name)
    served = socket.waitForConnected(_WAIT_MS)
    socket.abort()
    return served


class InstanceServer(QObject):
    """Listens for later starts: `handed_over` (photos, store), both perhaps empty."""

    handed_over = Signal(list, str)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        self._waiting: dict[QLocalSocket, bytes] = {}
        if _is_served(name):  # to listen would take the first one's place: Qt replaces its socket
            log.warning("BeautyFinder runs already but does not answer: this is a second one.")
            return
        QLocalServer.removeServer(name)  # what is in the way was left by one that was killed
        if not self._server.listen(name):
            log.warning(
                "Later starts of the program cannot be noticed (%s).", self._server.errorString()
            )

    def close(self) -> None:
        """Listen no more; who still waits for an answer goes on alone."""
        self._server.close()
        for socket in list(self._waiting):
            socket.abort()

    @Slot()
    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            self._waiting[socket] = b""
            socket.readyRead.connect(self._on_ready)
            socket.disconnected.connect(self._on_gone)
            self._read(socket)

    @Slot()
    def _on_ready(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        data = self._waiting.get(socket, b"") + socket.readAll().data()
        if len(data) > _MOST_BYTES:
            socket.abort()
            return
        self._waiting[socket] = data
        if not data.endswith(b"\n"):
            return
        self._waiting[socket] = b""
        try:
            message = json.loads(data)
            photos = [str(path) for path in message["photos"]]
            store = str(message["store"])
        except (ValueError, KeyError, TypeError):
            socket.abort()
            return
        socket.write(b"taken\n")
        socket.flush()
        self.handed_over.emit(photos, store)

    @Slot()
    def _on_gone(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._waiting.pop(socket, None)
            socket.deleteLater()
