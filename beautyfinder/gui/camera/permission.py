"""The platform's own question whether the camera may be used."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QCameraPermission, QObject, Qt
from PySide6.QtWidgets import QApplication


class Permission(Enum):
    """What the platform says."""

    GRANTED = "granted"
    DENIED = "denied"
    UNDECIDED = "undecided"


_OF_QT = {
    Qt.PermissionStatus.Granted: Permission.GRANTED,
    Qt.PermissionStatus.Denied: Permission.DENIED,
    Qt.PermissionStatus.Undetermined: Permission.UNDECIDED,
}


def camera_permission() -> Permission:
    """What was decided so far."""
    app = QApplication.instance()
    if app is None:
        return Permission.UNDECIDED
    return _OF_QT[app.checkPermission(QCameraPermission())]


def ask_for_camera(context: QObject, then: Callable[[], None]) -> None:
    """Have the platform ask, and call `then` once a person has answered.

    In the thread of `context`; not at all once that has gone.
    """
    app = QApplication.instance()
    if app is not None:
        app.requestPermission(QCameraPermission(), context, lambda _permission: then())
