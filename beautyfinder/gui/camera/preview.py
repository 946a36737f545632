"""What the camera sees, drawn large, with what the live look-up says of it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QFont,
    QImage,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from beautyfinder.gui.camera.states import LIVE_WORDS, LiveState, live_text
from beautyfinder.gui.drop_look import RADIUS
from beautyfinder.gui.theme import Theme, current_theme, paint_icon, scaled_font

_OUTLINE = 4.0
_LOCKED = (LiveState.FOUND, LiveState.LIKELY)
_SPOKEN = (*_LOCKED, LiveState.UNKNOWN, LiveState.NO_CATALOGUE, LiveState.FAILED)
_CHIP_PAD, _CHIP_ICON, _CHIP_GAP = 12.0, 20.0, 9.0


class Preview(QWidget):
    """Draws the latest frame, mirrored if that is wanted: the frame itself never is.

    `photo_wanted`: the space bar.
    """

    photo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._mirrored = False
        self._live, self._text = LiveState.OFF, ""
        self._seconds = 0
        self._by_keyboard = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(180)
        self.setAccessibleName(self.tr("Camera picture"))

    def sizeHint(self) -> QSize:
        return QSize(480, 360)

    def show_frame(self, image: QImage) -> None:
        """Draw this from now on; null: nothing."""
        self._image = image
        self.update()

    def set_mirrored(self, mirrored: bool) -> None:
        """Draw frames as a mirror shows them."""
        self._mirrored = mirrored
        self.update()

    def show_live(self, state: LiveState, name: str = "") -> None:
        """Say what the live look-up does, with the product's name or why it failed."""
        self._live, self._text = state, live_text(state, name)
        self.setAccessibleDescription(self._text)
        if state in _SPOKEN and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._text))
        self.update()

    def show_seconds(self, seconds: int) -> None:
        """How many are left until the photo; 0: none is coming."""
        self._seconds = seconds
        self.update()

    def words(self) -> str:
        """What is said of the picture."""
        return self._text

    def picture_rect(self) -> QRectF:
        """Where the frame is drawn."""
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self._image.isNull():
            return area
        size = QSizeF(self._image.size()).scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(area.topLeft(), size)
        place.moveCenter(area.center())
        return place

    def focusInEvent(self, event: QFocusEvent) -> None:
        reasons = Qt.FocusReason
        self._by_keyboard = event.reason() in (reasons.TabFocusReason, reasons.BacktabFocusReason)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.photo_wanted.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        place = self.picture_rect()
        shape = QPainterPath()
        shape.addRoundedRect(place, RADIUS, RADIUS)
        painter.fillPath(shape, theme.well)
        if not self._image.isNull():
            self._paint_frame(painter, place, shape)
        self._paint_outline(painter, place, theme)
        if self._text:
            self._paint_chip(painter, place, theme)
        if self._seconds:
            self._paint_seconds(painter, place, theme)
        painter.end()

    def _paint_frame(self, painter: QPainter, place: QRectF, shape: QPainterPath) -> None:
        painter.save()
        painter.setClipPath(shape)
        if self._mirrored:
            painter.translate(place.left() + place.right(), 0)
            painter.scale(-1, 1)
        painter.drawImage(place, self._image)
        painter.restore()

    def _paint_outline(self, painter: QPainter, place: QRectF, theme: Theme) -> None:
        """Thick and in colour once the product is found; the keyboard's, where that is here."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._live in _LOCKED:
            colour, width = getattr(theme, LIVE_WORDS[self._live].colour), _OUTLINE
        elif self.hasFocus() and self._by_keyboard:
            colour, width = theme.accent, 2.0
        else:
            colour, width = theme.border, 1.0
        painter.setPen(QPen(colour, width))
        inset = width / 2
        painter.drawRoundedRect(place.adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)

    def _paint_chip(self, painter: QPainter, place: QRectF, theme: Theme) -> None:
        """Icon and words on a ground of their own, low in the middle; on two lines at most."""
        words, locked = LIVE_WORDS[self._live], self._live in _LOCKED
        painter.setFont(scaled_font(self.font(), 1.1, QFont.Weight.DemiBold))
        metrics = painter.fontMetrics()
        most = place.width() - 4 * _CHIP_PAD - _CHIP_ICON - _CHIP_GAP
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter)
        room = QRectF(0, 0, most, metrics.lineSpacing() * 2.2).toRect()
        text = self._text
        while text and metrics.boundingRect(room, flags, text).height() > room.height():
            text = text[:-2].rstrip("…") + "…"
        needed = metrics.boundingRect(room, flags, text)
        chip = QRectF(
            0, 0,
            needed.width() + _CHIP_ICON + _CHIP_GAP + 2 * _CHIP_PAD + 1,
            max(needed.height(), _CHIP_ICON) + 1.3 * _CHIP_PAD,
        )  # fmt: skip
        chip.moveCenter(place.center())
        chip.moveBottom(place.bottom() - 1.2 * _CHIP_PAD)
        colour: QColor = getattr(theme, words.colour)
        ground = QColor(colour if locked else theme.surface)
        ground.setAlpha(245 if locked else 232)
        ink = theme.window if locked else theme.text
        painter.setPen(Qt.PenStyle.NoPen if locked else QPen(theme.border, 1))
        painter.setBrush(ground)
        round_ = min(chip.height() / 2, 18.0)
        painter.drawRoundedRect(chip, round_, round_)
        icon = QRectF(chip.left() + _CHIP_PAD, 0, _CHIP_ICON, _CHIP_ICON)
        icon.moveCenter(QRectF(icon.left(), chip.top(), _CHIP_ICON, chip.height()).center())
        paint_icon(painter, words.icon, icon, ink if locked else colour)
        painter.setPen(ink)
        left = icon.right() + _CHIP_GAP
        painter.drawText(
            QRectF(left, chip.top(), chip.right() - _CHIP_PAD - left + 1, chip.height()),
            flags,
            text,
        )

    def _paint_seconds(self, painter: QPainter, place: QRectF, theme: Theme) -> None:
        side = min(place.width(), place.height()) * 0.36
        disc = QRectF(0, 0, side, side)
        disc.moveCenter(place.center())
        ground = QColor(theme.surface)
        ground.setAlpha(215)
        painter.setPen(QPen(theme.accent, 3))
        painter.setBrush(ground)
        painter.drawEllipse(disc)
        font = QFont(self.font())
        font.setPixelSize(max(12, round(side * 0.55)))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(theme.text)
        painter.drawText(disc, int(Qt.AlignmentFlag.AlignCenter), str(self._seconds))
