"""MatchCanvas: what a person does with the pictures: mouse, wheel, pinch and keys."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from beautyfinder.gui.inspector.frame import visible
from beautyfinder.gui.inspector.pane import Pane
from beautyfinder.gui.inspector.view import PairView
from beautyfinder.gui.theme import current_theme

_NOTCH = 1.2  # how much larger a notch of the wheel makes it
_KEY_ZOOM = 1.3
_KEY_PAN = 60.0
_REACH_END, _REACH_LINE = 12.0, 5.0  # how near the mouse must come, widget pixels
_LEAST_BAND = 6.0
_ARROWS = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
_STEPS = {Qt.Key.Key_N: 1, Qt.Key.Key_P: -1}


class MatchCanvas(PairView):
    """`lit_changed` (catalogue keypoint, or -1), `region_changed` (a Box, or None), `selecting`
    (whether the mouse draws a part of the photo).
    """

    lit_changed = Signal(int)
    region_changed = Signal(object)
    selecting = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._active = self.photo
        self._dragged: Pane | None = None
        self._last = QPointF()
        self._band_start: tuple[float, float] | None = None
        self._selecting = self._space = self._by_keyboard = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.setAccessibleName(self.tr("Photo and catalogue picture"))
        self.setAccessibleDescription(
            self.tr(
                "N and P step through the matching details, arrows move the pictures, plus and "
                "minus zoom, 0 shows them whole, 1 shows actual pixels."
            )
        )

    def fit(self) -> None:
        """Both pictures whole."""
        for pane in (self.photo, self.picture):
            pane.fit()
        self.anew()

    def actual_pixels(self) -> None:
        """The picture that was used last: one of its pixels on one of the screen's."""
        self._active.set_scale(1 / self.devicePixelRatioF())
        self._active.keep_near(0.5)
        self.moved(self._active)

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """The picture under `at`, or the one that was used last."""
        pane = self._active if at is None else self._pane_at(at)
        pane.zoom(factor, pane.rect.center() if at is None else at)
        self.moved(pane)

    def set_linked(self, linked: bool) -> None:
        """Whether one picture follows the other."""
        self.linked = linked
        if linked and not self._active.fitted:
            self.moved(self._active)

    def set_selecting(self, selecting: bool) -> None:
        """Whether the next drag on the photo chooses a part of it."""
        if selecting != self._selecting:
            self._selecting = selecting
            self._show_cursor()
            self.selecting.emit(selecting)

    def set_region(self, region: tuple[float, float, float, float] | None) -> None:
        """Only matches of this part of the photo count; None: all of it."""
        if region != self.region:
            self.region = region
            self.update()
            self.region_changed.emit(region)

    def set_lit(self, pair: int) -> None:
        """Light one pair, and dim the others; -1: none."""
        if pair != self.lit:
            self.lit = pair
            self.update()
            self.lit_changed.emit(pair)

    def step(self, by: int) -> None:
        """Light the next pair, from the top of the catalogue picture to its end."""
        if self.overlay is None or not len(self.overlay):
            return
        places = self.overlay.picture
        order = self.overlay.pairs[np.lexsort((places[:, 0], places[:, 1]))].tolist()
        if self.lit in order:
            at = (order.index(self.lit) + by) % len(order)
        else:
            at = 0 if by > 0 else len(order) - 1
        self.set_lit(order[at])
        self._bring_in(order[at])

    def pair_at(self, place: QPointF) -> int:
        """The pair whose keypoint, or else whose line, is nearest to `place`; -1: none is near."""
        overlay = self.overlay
        if overlay is None or not len(overlay):
            return -1
        at = np.array([place.x(), place.y()])
        starts, stops = self.photo.to_widget(overlay.photo), self.picture.to_widget(overlay.picture)
        for pane, ends in ((self.photo, starts), (self.picture, stops)):
            if pane.rect.contains(place):
                gaps = np.linalg.norm(ends - at, axis=1)
                if gaps.min() <= _REACH_END:
                    return int(overlay.pairs[int(gaps.argmin())])
        seen = visible(self.photo, starts) & visible(self.picture, stops)
        way = stops - starts
        along = ((at - starts) * way).sum(axis=1) / np.maximum((way**2).sum(axis=1), 1e-9)
        nearest = starts + np.clip(along, 0, 1)[:, None] * way
        gaps = np.where(seen, np.linalg.norm(nearest - at, axis=1), np.inf)
        return int(overlay.pairs[int(gaps.argmin())]) if gaps.min() <= _REACH_LINE else -1

    def _lose_lit(self) -> None:
        self.set_lit(-1)

    def _bring_in(self, pair: int) -> None:
        """Move the pictures where the pair that is stepped to is not seen."""
        ends = self.ends_of(pair)
        if ends is None:
            return
        for pane, end in zip((self.photo, self.picture), ends, strict=True):
            if not pane.rect.adjusted(8, 8, -8, -8).contains(end):
                pane.pan(pane.rect.center() - end)
                self.anew()

    def _pane_at(self, place: QPointF) -> Pane:
        return self.photo if place.x() < self.picture.rect.left() else self.picture

    def _show_cursor(self) -> None:
        shapes = Qt.CursorShape
        if self._dragged is not None:
            shape = shapes.ClosedHandCursor
        elif self._space:
            shape = shapes.OpenHandCursor
        else:
            shape = shapes.CrossCursor if self._selecting else shapes.ArrowCursor
        self.setCursor(shape)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom(1 + event.value(), event.position())
                return True
        elif isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self.zoom(pinch.scaleFactor(), QPointF(self.mapFromGlobal(pinch.centerPoint())))
                return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        pane, moved = self._pane_at(event.position()), event.pixelDelta()
        self._active = pane
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        touched = event.phase() != Qt.ScrollPhase.NoScrollPhase
        if touched and not moved.isNull() and not control:  # two fingers on a touchpad
            pane.pan(QPointF(moved))
        else:
            pane.zoom(_NOTCH ** (event.angleDelta().y() / 120), event.position())
        self.moved(pane)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            super().mousePressEvent(event)
            return
        place = event.position()
        self._active = self._pane_at(place)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if (self._selecting or shift) and not self._space and self._active is self.photo:
            self._band_start = self.photo.to_picture(place)
            self.band = None
        else:
            self._dragged, self._last = self._active, place
            self._show_cursor()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if self._band_start is not None:
            self.band = self._box_to(place)
            self.update()
        elif self._dragged is not None:
            self._dragged.pan(place - self._last)
            self._last = place
            self.moved(self._dragged)
        else:
            self.set_lit(self.pair_at(place))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._band_start is not None:
            box, self.band, self._band_start = self._box_to(event.position()), None, None
            least = _LEAST_BAND / self.photo.scale
            self.set_region(box if min(box[2:]) >= least else None)
            self.set_selecting(False)
            self.update()
        self._dragged = None
        self._show_cursor()

    def leaveEvent(self, event: QEvent) -> None:
        if self._dragged is None:
            self.set_lit(-1)
        super().leaveEvent(event)

    def _box_to(self, place: QPointF) -> tuple[float, float, float, float]:
        """From where the drag began, within the photo."""
        assert self._band_start is not None
        ends = np.array([self._band_start, self.photo.to_picture(place)])
        ends = ends.clip(0, self.photo.size)
        left, top = ends.min(axis=0).tolist()
        right, bottom = ends.max(axis=0).tolist()
        return left, top, right - left, bottom - top

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._space = True
            self._show_cursor()
        elif not self.take_key(event.key()):
            super().keyPressEvent(event)

    def take_key(self, key: int) -> bool:
        """Do what the key means; whether it means something. From elsewhere in the window, too."""
        if key in _ARROWS:
            across, down = _ARROWS[Qt.Key(key)]
            self._active.pan(QPointF(across, down) * _KEY_PAN)
            self.moved(self._active)
        elif key in _STEPS:
            self.step(_STEPS[Qt.Key(key)])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(_KEY_ZOOM)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / _KEY_ZOOM)
        elif key in (Qt.Key.Key_0, Qt.Key.Key_F):
            self.fit()
        elif key == Qt.Key.Key_1:
            self.actual_pixels()
        else:
            return key == Qt.Key.Key_Escape and self._clears()
        return True

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self._show_cursor()
        super().keyReleaseEvent(event)

    def _clears(self) -> bool:
        """Escape, one thing after the other: the drag, the chosen part, the lit pair."""
        if self._band_start is not None or self._selecting:
            self._band_start = self.band = None
            self.set_selecting(False)
            self.update()
        elif self.region is not None:
            self.set_region(None)
        elif self.lit >= 0:
            self.set_lit(-1)
        else:
            return False
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        reasons = Qt.FocusReason
        self._by_keyboard = event.reason() in (
            reasons.TabFocusReason, reasons.BacktabFocusReason, reasons.ShortcutFocusReason,
        )  # fmt: skip
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._space = self._by_keyboard = False
        self._show_cursor()
        super().focusOutEvent(event)
        self.update()

    def _paint_more(self, painter: QPainter) -> None:
        if self.hasFocus() and self._by_keyboard:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(current_theme().accent, 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
