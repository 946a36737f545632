"""Draws one result card: picture, rank, title, maker, what agrees, what decided, how sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QGuiApplication,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from beautyfinder.gui.card_text import paint_chips, paint_lines
from beautyfinder.gui.cards_cache import CardsCache
from beautyfinder.gui.cards_look import PAD, RULE, CardLook
from beautyfinder.gui.hit_words import (
    BETWEEN,
    aside_text,
    decided_text,
    details,
    evidence_text,
    maker_text,
    score_text,
    sure_or_score_text,
    sure_text,
)
from beautyfinder.gui.results_model import HIT_ROLE, MARK_ROLE, PICTURE_ROLE, ResultsModel
from beautyfinder.gui.theme import Theme, current_theme, paint_icon, scaled_font

if TYPE_CHECKING:
    from beautyfinder.search.method import Hit

_RADIUS, _PICTURE_RADIUS = 12.0, 7.0
_BLOW_UP = 2.5  # how many times larger than it is a thumbnail may be drawn
_CACHE = 160

_Index = QModelIndex | QPersistentModelIndex


class CardDelegate(QStyledItemDelegate):
    """Paints cards in the current theme; the view sets `look` and `places`, one per row."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self.look = CardLook(view.font())
        self.places: list[QSize] = []
        self.dimmed = False
        self.drawn = CardsCache()
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
        picture: QImage | None = index.data(PICTURE_ROLE)
        state, answer, font = option.state, model.answer(), self.look.body
        key = (
            None if picture is None else picture.cacheKey(),
            index.data(MARK_ROLE),
            model.is_provisional(),
            answer.result.verdict if answer is not None else "",
            bool(state & QStyle.StateFlag.State_HasFocus),
            bool(state & QStyle.StateFlag.State_Selected),
            bool(state & QStyle.StateFlag.State_MouseOver),
            self.dimmed,
            option.rect.size().toTuple(),
            self.look.key(),
            font.key(),
            QGuiApplication.palette().cacheKey(),
            painter.device().devicePixelRatio(),
        )
        self.drawn.paint(
            painter,
            QRectF(option.rect),
            index.row(),
            key,
            hit,
            lambda inner: self._draw(inner, option, index, hit, model),
        )

    def _draw(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: _Index,
        hit: Hit,
        model: ResultsModel,
    ) -> None:
        theme, best = current_theme(), index.row() == 0
        leads = best and hit.rank == 1 and not model.is_provisional()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self.dimmed:
            painter.setOpacity(0.38)
        card = QRectF(option.rect).adjusted(1, 1, -1, -1)
        self._paint_card(painter, card, option, theme, leads)
        inner = card.adjusted(PAD, PAD, -PAD, -PAD)
        picture, words = QRectF(inner), QRectF(inner)
        if card.width() > 1.5 * card.height():  # across the top of a narrow view
            picture.setWidth(min(inner.height() * 1.1, inner.width() * 0.5))
            words.setLeft(picture.right() + 1.5 * PAD)
        else:
            room = inner.height() - self.look.text_height(best) + PAD
            highest = inner.width() * (_tallness(index.data(PICTURE_ROLE)) if best else 1.4)
            picture.setHeight(max(20.0, min(room, highest)))
            words.setTop(picture.bottom() + 10)
        ratio = painter.device().devicePixelRatio()
        self._paint_picture(painter, picture, index.data(PICTURE_ROLE), theme, ratio)
        answer = model.answer()
        verdict = answer.result.verdict if leads and answer is not None else ""
        self._paint_badge(painter, picture, hit.rank, theme, verdict)
        right = index.data(MARK_ROLE)
        if right is not None:
            _mark(painter, picture, right, theme)
        self._paint_words(painter, words, hit, theme, best)
        painter.restore()

    def _paint_card(
        self,
        painter: QPainter,
        card: QRectF,
        option: QStyleOptionViewItem,
        theme: Theme,
        leads: bool,
    ) -> None:
        state = option.state
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver) and not self.dimmed
        pen = QPen(theme.border_strong if hovered else theme.border, 1)
        if leads:
            pen = QPen(theme.accent, 1.5)
        if selected or focused:
            pen = QPen(theme.accent, 2.5 if focused else 2)
        painter.setPen(pen)
        painter.setBrush(theme.accent_soft if selected else theme.surface)
        painter.drawRoundedRect(card, _RADIUS, _RADIUS)

    def _paint_words(
        self, painter: QPainter, area: QRectF, hit: Hit, theme: Theme, best: bool
    ) -> None:
        """Title and maker from the top, what agrees from the bottom, between them more."""
        look = self.look
        title, lines = (look.best_title, look.best_lines) if best else (look.title, look.lines)
        middle = Qt.TextElideMode.ElideMiddle  # a title's end tells variants apart
        top = paint_lines(painter, area, title, hit.image.name, theme.text, lines, middle)
        if look.maker:
            place = QRectF(area.left(), top + 3, area.width(), area.bottom() - top)
            top = paint_lines(painter, place, look.small, maker_text(hit), theme.muted, 1)
        footer = QRectF(area)
        footer.setTop(area.bottom() - look.footer_height(best))
        if best and hit.image.description:
            between = QRectF(area.left(), top + 10, area.width(), footer.top() - top - 20)
            spacing = QFontMetrics(look.body).lineSpacing()
            fitting = int(between.height() // spacing)
            if fitting >= 1:
                words = " ".join(hit.image.description.split())
                paint_lines(painter, between, look.body, words, theme.muted, min(fitting, 9))
        painter.setPen(QPen(theme.border, 1))
        painter.drawLine(footer.topLeft(), footer.topRight())
        footer.setTop(footer.top() + RULE)
        if best:
            self._paint_best_footer(painter, footer, hit, theme)
            return
        if words := evidence_text(hit):
            footer.setTop(paint_lines(painter, footer, look.body, words, theme.text, 1))
        if words := _aside(hit, QFontMetrics(look.small), footer.width()):
            footer.setTop(paint_lines(painter, footer, look.small, words, theme.muted, 1))
        paint_lines(painter, footer, look.small, sure_or_score_text(hit), theme.muted, 1)

    def _paint_best_footer(self, painter: QPainter, area: QRectF, hit: Hit, theme: Theme) -> None:
        look = self.look
        if details(hit):
            words = BETWEEN.join(text for text in (sure_text(hit), evidence_text(hit)) if text)
            area.setTop(paint_lines(painter, area, look.strong, words, theme.text, 1))
        if hit.words:
            area.setTop(area.top() + 3)
            paint_chips(painter, area, look.small, hit.words, look.chip_height(), theme)
            area.setTop(area.top() + look.chip_height() + 5)
        if words := decided_text(hit):
            area.setTop(paint_lines(painter, area, look.small, words, theme.muted, 1))
        last = score_text(hit) if details(hit) else sure_or_score_text(hit)
        paint_lines(painter, area, look.small, last, theme.muted, 1)

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

    def _paint_badge(
        self, painter: QPainter, picture: QRectF, rank: int, theme: Theme, verdict: str
    ) -> None:
        """The verdict on the best card, on others the rank."""
        words, colour = {
            "match": (self.tr("Match"), theme.good),
            "unsure": (self.tr("Unsure"), theme.warning),
            "no match": (self.tr("No match"), theme.muted),
        }.get(verdict, (str(rank), theme.surface))
        leads = bool(verdict)
        painter.setFont(scaled_font(self.look.small, 1.0, QFont.Weight.DemiBold))
        metrics = painter.fontMetrics()
        height = metrics.height() + 6.0
        width = max(height, metrics.horizontalAdvance(words) + 16.0)
        badge = QRectF(picture.left() - 4, picture.top() - 4, width, height)
        painter.setPen(Qt.PenStyle.NoPen if leads else QPen(theme.border, 1))
        painter.setBrush(colour)
        painter.drawRoundedRect(badge, height / 2, height / 2)
        painter.setPen(theme.window if leads else theme.text)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, words)


def _aside(hit: Hit, metrics: QFontMetrics, width: float) -> str:
    """What decided, and the words that were found if one of them has room."""
    decided = decided_text(hit)
    room = width - metrics.horizontalAdvance(decided + BETWEEN)
    return aside_text(hit) if room >= metrics.averageCharWidth() * 6 else decided


def _tallness(image: QImage | None) -> float:
    """Height to width of the best card's picture: its own, within reason."""
    if image is None:
        return 1.0
    return min(1.5, max(0.8, image.height() / max(1, image.width())))


def _mark(painter: QPainter, picture: QRectF, right: bool, theme: Theme) -> None:
    """In the corner: a person said that this is it, or is not."""
    disc = QRectF(picture.right() - 22, picture.top() - 4, 26, 26)
    painter.setPen(QPen(theme.border, 1))
    painter.setBrush(theme.good if right else theme.warning)
    painter.drawEllipse(disc)
    icon = "right" if right else "close"
    paint_icon(painter, icon, disc.adjusted(5, 5, -5, -5), theme.surface)
