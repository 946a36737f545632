"""Drags without a mouse: the events that a drop consists of, sent to a widget."""

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, qVersion
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

_COPY, _LEFT, _NO_KEY = (
    Qt.DropAction.CopyAction,
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.NoModifier,
)


def enter(widget: QWidget, mime: QMimeData) -> bool:
    """The drag comes over `widget`; whether it is let in."""
    # QPoint until Qt 6.11, QPointF from 6.12 on, where QPoint warns.
    modern = tuple(int(part) for part in qVersion().split(".")[:2]) >= (6, 12)
    place = QPointF(9, 9) if modern else QPoint(9, 9)
    event = QDragEnterEvent(place, _COPY, mime, _LEFT, _NO_KEY)  # type: ignore[arg-type]
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def leave(widget: QWidget) -> None:
    """The drag goes without letting go."""
    QApplication.sendEvent(widget, QDragLeaveEvent())


def drop(widget: QWidget, mime: QMimeData) -> bool:
    """The drag comes and lets go; whether what it brought is used."""
    if not enter(widget, mime):
        return False
    event = QDropEvent(QPointF(9, 9), _COPY, mime, _LEFT, _NO_KEY, QEvent.Type.Drop)
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()
