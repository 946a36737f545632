"""Draws one result card: picture, rank, title, maker, matching details, score."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from beautyfinder.gui.cards_layout import CardSizes
from beautyfinder.gui.results_model import HIT_ROLE, PICTURE_ROLE, ResultsModel
from beautyfinder.gui.theme import Theme, current_theme, paint_icon, scaled_font

_RADIUS, _PAD, _PICTURE_RADIUS = 12.0, 12.0, 7.0
_BLOW_UP = 2.0  # how many times larger than it is a thumbnail may be drawn
_CACHE = 64

_Index = QModelIndex | QPersistentModelIndex


class CardFonts:
    """The type of the cards, from the view's font; and what it needs in pixels."""

    def __init__(self, font: QFont) -> None:
        self.body = QFont(font)
        self.small = scaled_font(font, 0.92)
        self.title = scaled_font(font, 1.0, QFont.Weight.DemiBold)
        self.best_title = scaled_font(font, 1.35, QFont.Weight.DemiBold)
        self.strong = scaled_font(font, 1.0, QFont.Weight.DemiBold)

    def text_height(self, best: bool) -> int:
        """Pixels below the picture: two title lines, maker, details with their bar, score."""
        title = QFontMetrics(self.best_title if best else self.title).lineSpacing() * 2
        body, small = QFontMetrics(self.body).lineSpacing(), QFontMetrics(self.small).lineSpacing()
        return round(10 + title + 3 + small + 9 + 4 + 7 + body + small + _PAD)

    def sizes(self) -> CardSizes:
        """What the layout of the cards must grant them."""
        width = QFontMetrics(self.body).horizontalAdvance("0000 matching details") + 2 * _PAD + 2
        return CardSizes(round(width), self.text_height(False), self.text_height(True))


class CardDelegate(QStyledItemDelegate):
    """Paints cards in the current theme; `places` are set by the view, one per row."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self.places: list[QSize] = []
        self.dimmed = False
        self._cache: dict[tuple[int, int, int], QPixmap] = {}

    def forget_pictures(self) -> None:
        """The pictures changed: scale them anew."""
        self._cache.clear()

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        return self.places[index.row()] if index.row() < len(self.places) else QSize(10, 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        hit, model = index.data(HIT_ROLE), index.model()
        if hit is None or not isinstance(model, ResultsModel):
            return
        theme, best = current_theme(), index.row() == 0
        fonts = CardFonts(option.font)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self.dimmed:
            painter.setOpacity(0.38)
        card = QRectF(option.rect).adjusted(1, 1, -1, -1)
        self._paint_card(painter, card, option, theme, best)
        inner = card.adjusted(_PAD, _PAD, -_PAD, 0)
        picture = QRectF(inner)
        picture.setHeight(max(20.0, inner.height() - fonts.text_height(best)))
        ratio = painter.device().devicePixelRatio()
        self._paint_picture(painter, picture, index.data(PICTURE_ROLE), theme, ratio)
        self._paint_rank(painter, picture, fonts, hit.rank, theme, best)

        line = QRectF(inner.left(), picture.bottom() + 10, inner.width(), 0)
        title_font = fonts.best_title if best else fonts.title
        line = _two_lines(painter, line, title_font, hit.image.name, theme)
        line.moveTop(line.bottom() + 3)
        maker = model.maker_text(hit)
        line = _one_line(painter, line, fonts.small, maker, theme.muted)
        line.moveTop(line.bottom() + 9)
        strength = model.strength(hit)
        if strength is not None:
            _bar(painter, line, strength, theme, best)
        line.moveTop(line.top() + 4 + 7)
        words = model.matches_text(hit)
        if words:
            font = fonts.strong if best else fonts.body
            line = _one_line(painter, line, font, words, theme.text)
            line.moveTop(line.bottom())
        _one_line(painter, line, fonts.small, model.score_text(hit), theme.muted)
        painter.restore()

    def _paint_card(
        self,
        painter: QPainter,
        card: QRectF,
        option: QStyleOptionViewItem,
        theme: Theme,
        best: bool,
    ) -> None:
        state = option.state
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver) and not self.dimmed
        pen = QPen(theme.border_strong if hovered else theme.border, 1)
        if best:
            pen = QPen(theme.accent, 1.5)
        if selected or focused:
            pen = QPen(theme.accent, 2.5 if focused else 2)
        painter.setPen(pen)
        painter.setBrush(theme.accent_soft if selected else theme.surface)
        painter.drawRoundedRect(card, _RADIUS, _RADIUS)

    def _paint_picture(
        self, painter: QPainter, area: QRectF, image: QImage | None, theme: Theme, ratio: float
    ) -> None:
        if image is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.well)
            painter.drawRoundedRect(area, _PICTURE_RADIUS, _PICTURE_RADIUS)
            side = min(40.0, area.height() / 2)
            place = QRectF(0, 0, side, side)
            place.moveCenter(area.center())
            paint_icon(painter, "photo", place, theme.muted)
            return
        pixmap = self._scaled(image, area, ratio)
        size = pixmap.deviceIndependentSize()
        place = QRectF(0, 0, size.width(), size.height())
        place.moveCenter(area.center())
        clip = QPainterPath()
        clip.addRoundedRect(place, _PICTURE_RADIUS, _PICTURE_RADIUS)
        painter.save()
        painter.setClipPath(clip)
        painter.drawPixmap(place.topLeft(), pixmap)
        painter.restore()

    def _scaled(self, image: QImage, area: QRectF, ratio: float) -> QPixmap:
        bound = (area.size() * ratio).toSize()
        size = image.size().scaled(bound, Qt.AspectRatioMode.KeepAspectRatio)
        if size.width() > image.width() * _BLOW_UP * ratio:
            size = image.size() * (_BLOW_UP * ratio)
        key = (image.cacheKey(), size.width(), size.height())
        if key not in self._cache:
            if len(self._cache) >= _CACHE:
                self._cache.clear()
            smooth = image.scaled(
                size.expandedTo(QSize(1, 1)),
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self._cache[key] = QPixmap.fromImage(smooth)
        pixmap = self._cache[key]
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _paint_rank(
        self,
        painter: QPainter,
        picture: QRectF,
        fonts: CardFonts,
        rank: int,
        theme: Theme,
        best: bool,
    ) -> None:
        words = self.tr("Best match") if best else str(rank)
        painter.setFont(scaled_font(fonts.small, 1.0, QFont.Weight.DemiBold))
        metrics = painter.fontMetrics()
        height = metrics.height() + 6.0
        width = max(height, metrics.horizontalAdvance(words) + 16.0)
        badge = QRectF(picture.left() - 4, picture.top() - 4, width, height)
        painter.setPen(Qt.PenStyle.NoPen if best else QPen(theme.border, 1))
        painter.setBrush(theme.accent if best else theme.surface)
        painter.drawRoundedRect(badge, height / 2, height / 2)
        painter.setPen(theme.accent_text if best else theme.text)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, words)


def _two_lines(
    painter: QPainter, place: QRectF, font: QFont, text: str, theme: Theme
) -> QRectF:
    """Draw `text` wrapped, the second line elided; returns the room of two lines."""
    metrics = QFontMetrics(font)
    painter.setFont(font)
    painter.setPen(theme.text)
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    first = layout.createLine()
    first.setLineWidth(place.width())
    split = first.textLength()
    layout.endLayout()
    lines = [text[:split].rstrip(), text[split:].strip()]
    for n, line in enumerate(lines):
        if n == 1:
            line = metrics.elidedText(line, Qt.TextElideMode.ElideRight, int(place.width()))
        top = place.top() + n * metrics.lineSpacing()
        row = QRectF(place.left(), top, place.width(), metrics.lineSpacing())
        painter.drawText(row, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line)
    return QRectF(place.left(), place.top(), place.width(), metrics.lineSpacing() * 2.0)


def _one_line(painter: QPainter, place: QRectF, font: QFont, text: str, colour: object) -> QRectF:
    """Draw `text` elided at the top of `place`; returns the room that it takes."""
    metrics = QFontMetrics(font)
    row = QRectF(place.left(), place.top(), place.width(), metrics.lineSpacing())
    painter.setFont(font)
    painter.setPen(colour)  # type: ignore[call-overload]
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(row.width()))
    painter.drawText(row, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
    return row


def _bar(painter: QPainter, place: QRectF, share: float, theme: Theme, best: bool) -> None:
    """How strong the hit is beside the strongest one."""
    track = QRectF(place.left(), place.top(), place.width(), 4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.hover)
    painter.drawRoundedRect(track, 2, 2)
    if share > 0:
        track.setWidth(max(4.0, track.width() * share))
        painter.setBrush(theme.accent if best else theme.muted)
        painter.drawRoundedRect(track, 2, 2)
