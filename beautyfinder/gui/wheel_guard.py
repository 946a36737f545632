"""Keeps the mouse wheel from changing a control that is only scrolled past."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget


class WheelGuard(QObject):
    """The wheel turns a control only while it has the keyboard; else what is around it scrolls."""

    def guard(self, controls: Iterable[QWidget]) -> None:
        """Guard these from now on."""
        for control in controls:
            control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # not by the wheel itself
            control.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget):
            if watched.hasFocus():
                return False
            event.ignore()  # so that it goes to the parent
            return True
        return super().eventFilter(watched, event)
