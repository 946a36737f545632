"""Faults of the program itself: into a file that can be sent in, and one sentence for people."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)

from beautyfinder.faults import keep_fault
from beautyfinder.gui.translation import tr

_qt_log = logging.getLogger("qt")  # not below "beautyfinder": Qt's notes are not for people
_qt_log.addHandler(logging.NullHandler())


def sentence_for(error: BaseException) -> str:
    """Keeps the traceback of `error` in fault.log; says what happened and where that file is."""
    what = f"{type(error).__name__}: {error}".strip().splitlines()[0][:160].rstrip(": .")
    file = keep_fault(error)
    if file is None:
        return tr("Something went wrong inside BeautyFinder ({what}).").format(what=what)
    return tr(
        "Something went wrong inside BeautyFinder ({what}). The details are in {file}."
    ).format(what=what, file=file)


class FaultReporter(QObject):
    """Takes sys.excepthook while it is installed: exceptions in slots and overrides end there.

    They arrive in the thread where they happened, so the hook only writes and emits
    `fault_reported`: a sentence and the traceback.
    """

    fault_reported = Signal(str, str)

    def __init__(self, on_interrupt: Callable[[], None]) -> None:
        super().__init__()
        self._on_interrupt = on_interrupt
        self._before = sys.excepthook
        self._busy = threading.Lock()

    def install(self) -> None:
        """From now on."""
        self._before = sys.excepthook
        sys.excepthook = self._hook
        qInstallMessageHandler(_log_qt_message)

    def uninstall(self) -> None:
        """Back to who was there before."""
        sys.excepthook = self._before
        qInstallMessageHandler(None)

    def _hook(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._on_interrupt()
            return
        if not self._busy.acquire(blocking=False):  # a fault while reporting one
            return
        try:
            error = error.with_traceback(trace)
            text = "".join(traceback.format_exception(error))
            self.fault_reported.emit(sentence_for(error), text)
        finally:
            self._busy.release()


_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def _log_qt_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    _qt_log.log(_LEVELS.get(kind, logging.WARNING), "%s", message)
    if kind == QtMsgType.QtFatalMsg and sys.stderr is not None:  # the process ends after this
        sys.stderr.write(message + "\n")
