"""CompareView: the photo laid over the catalogue's picture, to tell near-twins apart.

The photo is rectified by the homography; four ways show both at one place: faded, blinking, wiped
across, and as their difference in colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from beautyfinder.gui.images_qt import image_from_pixels
from beautyfinder.gui.inspector.marks import paint_caption
from beautyfinder.gui.inspector.pane import Pane
from beautyfinder.gui.theme import current_theme

if TYPE_CHECKING:
    from beautyfinder.gui.inspector.messages import Inspected
    from beautyfinder.search.inspection import Pairing

FADE, WIPE, BLINK, DIFFERENCE = "fade", "wipe", "blink", "difference"
_BLINK_MS = 650
_STILL_MS = 120
_NOTCH, _KEY_ZOOM, _KEY_PAN = 1.2, 1.3, 60.0
_GRIP = 14.0
_ARROWS = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


@dataclass(frozen=True, eq=False)
class Laid:
    """The photo at the catalogue picture's size, transparent where it does not reach; and how it
    differs.
    """

    photo: QImage
    difference: QImage


def laid(inspected: Inspected, pairing: Pairing) -> Laid | None:
    """None where no homography is known. Takes a moment: not for the window's thread."""
    from beautyfinder.search.inspection import difference, warped

    photo = warped(inspected.photo.pixels, inspected.inspection, pairing)
    if photo is None:
        return None
    return Laid(
        _with_alpha(photo),
        image_from_pixels(difference(inspected.picture.pixels, photo)).convertToFormat(
            QImage.Format.Format_RGB32
        ),
    )


def _with_alpha(pixels: NDArray[np.uint8]) -> QImage:
    """Black, which is where the photo does not reach, becomes transparent."""
    height, width = pixels.shape[:2]
    alpha = np.where(pixels.any(axis=2), 255, 0).astype(np.uint8)
    four = np.ascontiguousarray(np.dstack([pixels[..., ::-1], alpha]))
    view = QImage(four.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
    return view.copy()  # `view` borrows the array's memory


class CompareView(QWidget):
    """`share_changed` (0 to 1) when the divider was dragged."""

    share_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pane = Pane()
        self.mode, self.share = FADE, 0.5
        self._laid: Laid | None = None
        self._message = ""
        self._photo_on = True
        self._dragged = self._wiping = False
        self._moving = False
        self._last = QPointF()
        self._blink = QTimer(self)
        self._blink.setInterval(_BLINK_MS)
        self._blink.timeout.connect(self.flip)
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(_STILL_MS)
        self._still.timeout.connect(self._on_still)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 220)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Photo over catalogue picture"))

    def show_laid(self, picture: tuple[QImage, ...], over: Laid | None, message: str = "") -> None:
        """`picture`: the catalogue's with its halves; `over` None: `message` says why."""
        self.pane.show(picture)
        self._laid, self._message = over, message
        self.update()

    def laid(self) -> Laid | None:
        """What is shown over the catalogue's picture."""
        return self._laid

    def set_mode(self, mode: str) -> None:
        """FADE, WIPE, BLINK or DIFFERENCE."""
        self.mode, self._photo_on = mode, True
        self._time()
        self.update()

    def set_share(self, share: float) -> None:
        """How much of the photo: its opacity, or how far it is wiped across."""
        self.share = min(max(share, 0.0), 1.0)
        self.update()

    @Slot()
    def flip(self) -> None:
        """The other of the two."""
        if self.mode == BLINK:
            self._photo_on = not self._photo_on
        else:
            self.share = 0.0 if self.share > 0.5 else 1.0
            self.share_changed.emit(self.share)
        self.update()

    def shows_photo(self) -> bool:
        """Whether blinking has the photo on top just now."""
        return self._photo_on

    def fit(self) -> None:
        """All of it."""
        self.pane.fit()
        self.update()

    def actual_pixels(self) -> None:
        """One of the picture's pixels on one of the screen's."""
        self.pane.set_scale(1 / self.devicePixelRatioF())
        self._moved()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Larger by `factor` about `at`, or about the middle."""
        self.pane.zoom(factor, self.pane.rect.center() if at is None else at)
        self._moved()

    def _moved(self) -> None:
        self._moving = True
        self._still.start()
        self.update()

    @Slot()
    def _on_still(self) -> None:
        self._moving = False
        self.update()

    def _time(self) -> None:
        if self.mode == BLINK and self.isVisible():
            self._blink.start()
        else:
            self._blink.stop()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._time()

    def hideEvent(self, event: object) -> None:
        super().hideEvent(event)  # type: ignore[arg-type]
        self._time()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.pane.place(QRectF(self.rect()))
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, pane, ratio = current_theme(), self.pane, self.devicePixelRatioF()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.well)
        pane.paint(painter, theme.well, ratio, not self._moving)
        over = self._laid
        captions = ("", "")
        if over is not None:
            photo, picture = self.tr("Your photo"), self.tr("Catalogue")
            whole = pane.picture_rect()
            edge = self._edge()
            if self.mode == FADE:
                self._paint_over(painter, over.photo, self.share)
                share = self.locale().toString(round(100 * self.share))
                captions = self.tr("Your photo, {share} %").format(share=share), ""
            elif self.mode == WIPE:
                painter.save()
                painter.setClipRect(QRectF(0, 0, edge, self.height()))
                self._paint_over(painter, over.photo, 1.0)
                painter.restore()
                captions = photo, picture
            elif self.mode == BLINK:
                if self._photo_on:
                    self._paint_over(painter, over.photo, 1.0)
                captions = (photo if self._photo_on else picture), ""
            else:
                self._paint_over(painter, over.difference, 1.0)
                captions = (
                    self.tr("Difference in colour: dark is alike, bright is unlike, grey is not "
                            "compared"), "",
                )  # fmt: skip
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.mode == WIPE:
                self._paint_divider(painter, edge, whole)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        paint_caption(painter, area, captions[0], theme, Qt.AlignmentFlag.AlignLeft)
        paint_caption(painter, area, captions[1], theme, Qt.AlignmentFlag.AlignRight)
        paint_caption(painter, area, self._message, theme, Qt.AlignmentFlag.AlignCenter)
        if self.hasFocus() and self.focusPolicy() and not self._dragged:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.border, 1))
            painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _paint_over(self, painter: QPainter, image: QImage, opacity: float) -> None:
        whole = self.pane.picture_rect()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not self._moving)
        painter.setOpacity(opacity)
        painter.translate(whole.topLeft())
        painter.scale(whole.width() / image.width(), whole.height() / image.height())
        painter.drawImage(0, 0, image)
        painter.restore()

    def _paint_divider(self, painter: QPainter, edge: float, whole: QRectF) -> None:
        middle = QRectF(self.rect()).intersected(whole).center().y()
        for colour, width in ((QColor(12, 14, 20, 170), 4.0), (QColor(255, 255, 255), 2.0)):
            painter.setPen(QPen(colour, width))
            painter.drawLine(QPointF(edge, 0), QPointF(edge, self.height()))
        painter.setBrush(QColor(255, 255, 255))
        painter.setPen(QPen(QColor(12, 14, 20, 170), 1.2))
        painter.drawEllipse(QPointF(edge, middle), 13, 13)
        painter.setPen(QPen(QColor(60, 64, 74), 2, c=Qt.PenCapStyle.RoundCap))
        for side in (-1, 1):
            tip = QPointF(edge + 8 * side, middle)
            painter.drawLine(tip, QPointF(edge + 4 * side, middle - 4))
            painter.drawLine(tip, QPointF(edge + 4 * side, middle + 4))

    def _span(self) -> QRectF:
        """What of the picture is seen."""
        seen = self.pane.picture_rect().intersected(QRectF(self.rect()))
        return seen if not seen.isEmpty() else QRectF(self.rect())

    def _edge(self) -> float:
        span = self._span()
        return span.left() + self.share * span.width()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(_NOTCH ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._last = event.position()
        near = abs(self._last.x() - self._edge()) <= _GRIP
        self._wiping = self.mode == WIPE and near
        self._dragged = not self._wiping

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if self._wiping:
            span = self._span()
            self.set_share((place.x() - span.left()) / span.width())
            self.share_changed.emit(self.share)
        elif self._dragged:
            self.pane.pan(place - self._last)
            self._last = place
            self._moved()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._dragged = self._wiping = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.take_key(event.key()):
            super().keyPressEvent(event)

    def take_key(self, key: int) -> bool:
        """Do what the key means; whether it means something. From elsewhere in the window, too."""
        if key in _ARROWS:
            across, down = _ARROWS[Qt.Key(key)]
            self.pane.pan(QPointF(across, down) * _KEY_PAN)
            self._moved()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(_KEY_ZOOM)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / _KEY_ZOOM)
        elif key in (Qt.Key.Key_0, Qt.Key.Key_F):
            self.fit()
        elif key == Qt.Key.Key_1:
            self.actual_pixels()
        elif key == Qt.Key.Key_Space:
            self.flip()
        else:
            return False
        return True
