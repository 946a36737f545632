"""The drop area: shows the photo, invites a drop while there is none, answers a drag above it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
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
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from beautyfinder.gui.theme import Theme, current_theme, paint_icon, scaled_font

_RADIUS = 14.0


class PhotoView(QWidget):
    """Draws one picture as large as fits, its sides kept, sharp at any screen's resolution.

    A click, Return or the space bar asks for a file: `open_requested`.
    """

    open_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._scaled: QPixmap | None = None
        self._hovered = self._mouse_over = self._by_keyboard = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(180, 160)
        self._describe()

    def image(self) -> QImage:
        """What is shown; a null image where nothing is."""
        return self._image

    def show_image(self, image: QImage) -> None:
        """Show `image` from now on."""
        self._image, self._scaled = image, None
        self._describe()
        self.update()

    def set_hovered(self, hovered: bool) -> None:
        """Whether something that may be dropped is held above."""
        if hovered != self._hovered:
            self._hovered = hovered
            self.update()

    def is_hovered(self) -> bool:
        """Whether the drag's highlight is on."""
        return self._hovered

    def _describe(self) -> None:
        empty = self._image.isNull()
        self.setAccessibleName(
            self.tr("Drop area for a photo") if empty else self.tr("Photo being looked up")
        )
        self.setAccessibleDescription(self.tr("Press Return to choose a photo file."))
        self.setCursor(Qt.CursorShape.PointingHandCursor if empty else Qt.CursorShape.ArrowCursor)

    def sizeHint(self) -> QSize:
        return QSize(340, 420)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if self._image.isNull() and event.button() == Qt.MouseButton.LeftButton and inside:
            self.open_requested.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.open_requested.emit()
        else:
            super().keyPressEvent(event)

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
            painter.drawRoundedRect(area, _RADIUS, _RADIUS)
        painter.end()

    def _paint_invitation(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        lively = self._hovered or self._mouse_over
        pen = QPen(theme.accent if lively else theme.border_strong, 2.0 if self._hovered else 1.5)
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.setBrush(theme.accent_soft if self._hovered else theme.surface)
        painter.drawRoundedRect(area, _RADIUS, _RADIUS)
        title = self.tr("Let go to look it up") if self._hovered else self.tr("Drop a photo here")
        detail = (
            "" if self._hovered else self.tr("or paste one with Ctrl+V,\nor click to choose a file")
        )
        self._paint_words(painter, area, theme, title, detail)

    def _paint_words(
        self, painter: QPainter, area: QRectF, theme: Theme, title: str, detail: str
    ) -> None:
        large = scaled_font(self.font(), 1.25, painter.font().Weight.DemiBold)
        painter.setFont(large)
        title_height = painter.fontMetrics().height() * 1.2
        painter.setFont(self.font())
        detail_height = painter.fontMetrics().lineSpacing() * (detail.count("\n") + 1)
        side = min(72.0, area.height() * 0.24)
        height = side + 14 + title_height + (6 + detail_height if detail else 0)
        top = area.center().y() - height / 2
        colour = theme.accent if self._hovered or self._mouse_over else theme.muted
        paint_icon(painter, "photo", QRectF(area.center().x() - side / 2, top, side, side), colour)
        top += side + 14
        centred = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.setPen(theme.accent if self._hovered else theme.text)
        painter.setFont(large)
        painter.drawText(QRectF(area.left(), top, area.width(), title_height), centred, title)
        painter.setPen(theme.muted)
        painter.setFont(self.font())
        place = QRectF(area.left(), top + title_height + 6, area.width(), detail_height + 4)
        painter.drawText(place, centred, detail)

    def _paint_photo(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        painter.setPen(QPen(theme.border, 1))
        painter.setBrush(theme.well)
        painter.drawRoundedRect(area, _RADIUS, _RADIUS)
        pixmap = self._fitted(area)
        size = pixmap.deviceIndependentSize()
        place = QRectF(0, 0, size.width(), size.height())
        place.moveCenter(area.center())
        clip = QPainterPath()
        clip.addRoundedRect(area.adjusted(1, 1, -1, -1), _RADIUS - 1, _RADIUS - 1)
        painter.save()
        painter.setClipPath(clip)
        painter.drawPixmap(place.topLeft(), pixmap)
        painter.restore()
        if self._hovered:
            veil = QColor(theme.accent_soft)
            veil.setAlpha(225)
            pen = QPen(theme.accent, 2)
            pen.setDashPattern([5, 4])
            painter.setPen(pen)
            painter.setBrush(veil)
            painter.drawRoundedRect(area, _RADIUS, _RADIUS)
            self._paint_words(painter, area, theme, self.tr("Let go to look it up"), "")

    def _fitted(self, area: QRectF) -> QPixmap:
        ratio = self.devicePixelRatioF()
        bound = area.adjusted(2, 2, -2, -2).size() * ratio
        size = self._image.size().scaled(bound.toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        if size.width() > 3 * self._image.width():  # a tiny picture is not blown up without end
            size = self._image.size() * 3
        if self._scaled is None or self._scaled.size() != size:
            self._scaled = QPixmap.fromImage(
                self._image.scaled(
                    size,
                    Qt.AspectRatioMode.IgnoreAspectRatio,
                    Qt.TransformationMode.SmoothTransformation,
                )
            )
        self._scaled.setDevicePixelRatio(ratio)
        return self._scaled
