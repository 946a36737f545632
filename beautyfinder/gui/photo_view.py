"""The drop area: shows the photo, lets a box be drawn on it, answers a drag above it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QTransform,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from beautyfinder.gui.crop_box import (
    CORNER,
    INSIDE,
    MIDDLE,
    Box,
    Drag,
    Grip,
    Point,
    changed,
    grip_at,
    least_size,
    tidied,
    turned,
)
from beautyfinder.gui.crop_look import cursor_for, paint_box
from beautyfinder.gui.drop_look import RADIUS, paint_invitation, paint_let_go
from beautyfinder.gui.query import Region
from beautyfinder.gui.theme import Theme, current_theme

_INSET = 2.0  # between frame and photo
_REACH = 10.0  # how near the mouse must come to a handle, in pixels
_STEP = 0.02  # what an arrow key moves, as a share of the photo
_KEYS_PAUSE_MS = 250  # a held key changes the box many times; it is looked up once
_ARROWS = {
    Qt.Key.Key_Left: (-_STEP, 0.0),
    Qt.Key.Key_Right: (_STEP, 0.0),
    Qt.Key.Key_Up: (0.0, -_STEP),
    Qt.Key.Key_Down: (0.0, _STEP),
}


class PhotoView(QWidget):
    """Draws one picture as large as fits, its sides kept, sharp at any screen's resolution.

    While there is none a click or Return, and always the space bar, asks for a file:
    `open_requested`. On a photo the mouse or the keys (B, arrows, Shift and arrows, Escape) draw a
    box: `region_changed` (a Region) once it is let go. The picture itself stays as it was given;
    turns and box are kept beside it.
    """

    open_requested = Signal()
    region_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._scaled: QPixmap | None = None
        self._region = self._told = Region()
        self._drag: Drag | None = None
        self._box: Box | None = None  # as it is drawn; in the region once it is let go
        self._pressed_at: QPointF | None = None
        self._hovered = self._mouse_over = self._by_keyboard = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_KEYS_PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(180, 160)
        self._describe()

    def image(self) -> QImage:
        """What is shown, not turned; a null image where nothing is."""
        return self._image

    def region(self) -> Region:
        """Turns and box as they are shown."""
        return Region(self._region.turns, tidied(self._box))

    def show_image(self, image: QImage, region: Region = Region()) -> None:  # noqa: B008
        """Show `image` from now on, and what of it is looked up.

        Where it is the image that is there already, and a person is just changing its box, theirs
        is the newer one and stays.
        """
        if self.is_changing() and image == self._image:
            return
        self._image, self._scaled = image, None
        self.set_region(region)

    def set_region(self, region: Region) -> None:
        """Show these turns and this box; says nothing of it."""
        self._stop_changing()
        if region.turns != self._region.turns:
            self._scaled = None
        self._region = self._told = region
        self._box = region.box
        self._describe()
        self.update()

    def is_changing(self) -> bool:
        """Whether a person is just changing the box."""
        return self._drag is not None or self._pause.isActive()

    def turn(self, quarters: int) -> None:
        """Turn by quarters clockwise; the box stays on the same part of the photo."""
        if self._image.isNull():
            return
        self._drag = None
        box = None if self._box is None else tidied(turned(self._box, quarters))
        self._region = Region((self._region.turns + quarters) % 4, box)
        self._box, self._scaled = box, None
        self._tell()

    def remove_box(self) -> None:
        """Look up all of the photo, as it is turned."""
        self._drag = None
        self._box = None
        self._tell()

    def set_hovered(self, hovered: bool) -> None:
        """Whether something that may be dropped is held above."""
        if hovered != self._hovered:
            self._hovered = hovered
            self.update()

    def is_hovered(self) -> bool:
        """Whether the drag's highlight is on."""
        return self._hovered

    def photo_rect(self) -> QRectF:
        """Where the photo is drawn in this widget."""
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        size = QSizeF(self._fitted_size(area)) / self.devicePixelRatioF()
        place = QRectF(0, 0, size.width(), size.height())
        place.moveCenter(area.center())
        return place

    @Slot()
    def _tell(self) -> None:
        """The box was let go: tell it, if it is another one than was told last."""
        self._pause.stop()
        self._region = self.region()
        self._box = self._region.box
        self._describe()
        self.update()
        if self._region != self._told:
            self._told = self._region
            self.region_changed.emit(self._region)

    def _stop_changing(self) -> None:
        self._pause.stop()
        self._drag = self._pressed_at = None

    def _describe(self) -> None:
        if self._image.isNull():
            self.setAccessibleName(self.tr("Drop area for a photo"))
            self.setAccessibleDescription(self.tr("Press Return to choose a photo file."))
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            return
        self.setAccessibleName(
            self.tr("Photo being looked up")
            if self._box is None
            else self.tr("Photo being looked up, with a box round the product")
        )
        self.setAccessibleDescription(
            self.tr("Press B to put a box round the product.")
            if self._box is None
            else self.tr("Arrows move the box, Shift and arrows resize it, Escape removes it.")
        )
        self.setCursor(cursor_for(None))

    def sizeHint(self) -> QSize:
        return QSize(340, 420)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)  # the right one's menu is the window's business
            return
        if not self._image.isNull():
            self._pressed_at = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._image.isNull():
            return
        if self._pressed_at is None:
            self.setCursor(cursor_for(self._grip_at(event.position())))
            return
        if self._drag is None:
            way = (event.position() - self._pressed_at).manhattanLength()
            if way < QApplication.startDragDistance():
                return  # as yet a click
            grip = self._grip_at(self._pressed_at)
            start = self._share_at(self._pressed_at)
            self._pause.stop()
            self._drag = Drag(start, None) if grip is None else Drag(start, self._box, grip)
        self._box = self._drag.to(self._share_at(event.position()), self._least())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)
            return
        self._pressed_at = None
        if self._drag is not None:
            self._drag = None
            self._tell()
            self.setCursor(cursor_for(self._grip_at(event.position())))
        elif self._image.isNull() and self.rect().contains(event.position().toPoint()):
            self.open_requested.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self._image.isNull():
            self.remove_box()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._use_key(Qt.Key(event.key()), event.modifiers()):
            super().keyPressEvent(event)

    def _use_key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        shift = Qt.KeyboardModifier.ShiftModifier
        held = modifiers & ~Qt.KeyboardModifier.KeypadModifier
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if key == Qt.Key.Key_Space or (enter and self._image.isNull()):
            self.open_requested.emit()
        elif self._image.isNull() or held not in (Qt.KeyboardModifier.NoModifier, shift):
            return False
        elif key == Qt.Key.Key_Escape and self._drag is not None:
            self._stop_changing()
            self._box = self._region.box
        elif key == Qt.Key.Key_Escape and self._box is not None:
            self.remove_box()
        elif key == Qt.Key.Key_B and self._box is None:
            self._box = MIDDLE
            self._pause.start()
        elif key in _ARROWS and self._box is not None and self._drag is None:
            grip = CORNER if held == shift else INSIDE
            self._box = changed(self._box, grip, *_ARROWS[key], self._least())
            self._pause.start()
        else:
            return False
        self._describe()
        self.update()
        return True

    def _turned_size(self) -> QSize:
        size = self._image.size()
        return size.transposed() if self._region.turns % 2 else size

    def _least(self) -> Point:
        size = self._turned_size()
        return least_size(size.width(), size.height())

    def _share_at(self, place: QPointF) -> Point:
        """A place in the widget as shares of the photo, as it is turned."""
        photo = self.photo_rect()
        return (
            (place.x() - photo.left()) / photo.width(),
            (place.y() - photo.top()) / photo.height(),
        )

    def _grip_at(self, place: QPointF) -> Grip | None:
        if self._box is None or self._image.isNull():
            return None
        photo = self.photo_rect()
        return grip_at(self._share_at(place), self._box, (photo.width(), photo.height()), _REACH)

    def focusInEvent(self, event: QFocusEvent) -> None:
        reasons = Qt.FocusReason
        self._by_keyboard = event.reason() in (
            reasons.TabFocusReason, reasons.BacktabFocusReason, reasons.ShortcutFocusReason,
        )  # fmt: skip
        super().focusInEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._mouse_over = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._mouse_over = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self._image.isNull():
            self._paint_invitation(painter, area, theme)
        else:
            self._paint_photo(painter, area, theme)
        if self.hasFocus() and self._by_keyboard and not self._hovered:
            painter.setPen(QPen(theme.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area, RADIUS, RADIUS)
        painter.end()

    def _paint_invitation(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        if self._hovered:
            paint_let_go(painter, area, theme, theme.accent_soft, self.tr("Let go to look it up"))
            return
        detail = self.tr("or paste one with Ctrl+V,\nor click to choose a file")
        title = self.tr("Drop a photo here")
        paint_invitation(painter, area, theme, title, detail, self._mouse_over)

    def _paint_photo(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        painter.setPen(QPen(theme.border, 1))
        painter.setBrush(theme.well)
        painter.drawRoundedRect(area, RADIUS, RADIUS)
        place = self.photo_rect()
        clip = QPainterPath()
        clip.addRoundedRect(area.adjusted(1, 1, -1, -1), RADIUS - 1, RADIUS - 1)
        painter.save()
        painter.setClipPath(clip)
        painter.drawPixmap(place.topLeft(), self._fitted(area))
        if self._box is not None:
            paint_box(painter, self._box, place, theme)
        painter.restore()
        if self._hovered:
            veil = QColor(theme.accent_soft)
            veil.setAlpha(225)
            paint_let_go(painter, area, theme, veil, self.tr("Let go to look it up"))

    def _fitted_size(self, area: QRectF) -> QSize:
        """The turned photo in the screen's own pixels."""
        bound = area.adjusted(_INSET, _INSET, -_INSET, -_INSET).size() * self.devicePixelRatioF()
        whole = self._turned_size()
        size = whole.scaled(bound.toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        if size.width() > 3 * whole.width():  # a tiny picture is not blown up without end
            return whole * 3
        return size.expandedTo(QSize(1, 1))

    def _fitted(self, area: QRectF) -> QPixmap:
        size = self._fitted_size(area)
        if self._scaled is None or self._scaled.size() != size:
            turns = self._region.turns
            image = self._image.scaled(
                size.transposed() if turns % 2 else size,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            # Turned after it was made small: a quarter of a turn moves pixels, it mixes none.
            self._scaled = QPixmap.fromImage(image.transformed(QTransform().rotate(90 * turns)))
        self._scaled.setDevicePixelRatio(self.devicePixelRatioF())
        return self._scaled
