"""Ctrl-C in the terminal ends the program as closing its window does."""

from __future__ import annotations

import signal
import socket
import threading
from types import FrameType
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot


class InterruptWatcher(QObject):
    """Emits `interrupted` at SIGINT, also while Qt waits and no Python code runs.

    Python notes the signal and writes a byte to a socket, which wakes Qt. Only the main thread may
    do that; elsewhere nothing is watched.
    """

    interrupted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._before: Any = None
        self._before_fd = -1
        self._sockets: tuple[socket.socket, socket.socket] | None = None
        self._notifier: QSocketNotifier | None = None
        self.happened = False

    def install(self) -> None:
        """From now on."""
        if threading.current_thread() is not threading.main_thread():
            return
        reading, writing = socket.socketpair()
        for end in (reading, writing):
            end.setblocking(False)
        self._sockets = reading, writing
        self._before_fd = signal.set_wakeup_fd(writing.fileno(), warn_on_full_buffer=False)
        self._before = signal.signal(signal.SIGINT, self._on_signal)
        self._notifier = QSocketNotifier(reading.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._on_woken)

    def uninstall(self) -> None:
        """Back to who was there before."""
        if self._sockets is None or self._notifier is None:
            return
        self._notifier.setEnabled(False)
        signal.signal(signal.SIGINT, self._before)
        signal.set_wakeup_fd(self._before_fd)
        for end in self._sockets:
            end.close()
        self._sockets = self._notifier = None

    def interrupt(self) -> None:
        """As if Ctrl-C had been pressed."""
        self.happened = True
        self.interrupted.emit()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.interrupt()

    @Slot()
    def _on_woken(self) -> None:
        if self._sockets is not None:  # the handler runs by itself once Python is running
            self._sockets[0].recv(64)
