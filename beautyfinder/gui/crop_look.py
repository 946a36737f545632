"""Draws the box over the photo: what is outside dimmed, an outline, eight handles; its cursors."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from beautyfinder.gui.crop_box import INSIDE, Box, Grip, handle_centres
from beautyfinder.gui.theme import Theme

_HANDLE = 9.0
_ROOM_FOR_HANDLES = 40.0  # in a smaller box only the corners are drawn
_SHAPES = Qt.CursorShape


def box_rect(box: Box, photo: QRectF) -> QRectF:
    """Where `box` lies in the widget when the photo lies in `photo`."""
    left, top, width, height = box
    return QRectF(
        photo.left() + left * photo.width(),
        photo.top() + top * photo.height(),
        width * photo.width(),
        height * photo.height(),
    )


def cursor_for(grip: Grip | None) -> Qt.CursorShape:
    """The mouse's shape over what of a box may be held; over no box: a cross, to draw one."""
    if grip is None:
        return _SHAPES.CrossCursor
    if grip == INSIDE:
        return _SHAPES.SizeAllCursor
    if not grip.dx:
        return _SHAPES.SizeVerCursor
    if not grip.dy:
        return _SHAPES.SizeHorCursor
    return _SHAPES.SizeFDiagCursor if grip.dx == grip.dy else _SHAPES.SizeBDiagCursor


def paint_box(painter: QPainter, box: Box, photo: QRectF, theme: Theme) -> None:
    """`box` over the photo that was drawn in `photo`."""
    rect = box_rect(box, photo)
    dark = theme.window if theme.dark else theme.text  # photos are dimmed, never washed out
    veil, shade = QColor(dark), QColor(dark)
    veil.setAlpha(150)
    shade.setAlpha(170)
    outside = QPainterPath()
    outside.addRect(photo)
    inside = QPainterPath()
    inside.addRect(rect)
    painter.fillPath(outside - inside, veil)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    bright = theme.text if theme.dark else theme.surface
    for colour, width in ((shade, 3.0), (bright, 1.5)):  # to be seen on any photo
        painter.setPen(QPen(colour, width))
        painter.drawRect(rect)
    corners_only = min(rect.width(), rect.height()) < _ROOM_FOR_HANDLES
    painter.setPen(QPen(theme.accent, 1.5))
    painter.setBrush(bright)
    for grip, (x, y) in handle_centres(box).items():
        if corners_only and not (grip.dx and grip.dy):
            continue
        handle = QRectF(0, 0, _HANDLE, _HANDLE)
        handle.moveCenter(
            QPointF(photo.left() + x * photo.width(), photo.top() + y * photo.height())
        )
        painter.drawRoundedRect(handle, 2.5, 2.5)
