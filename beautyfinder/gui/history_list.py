"""The list of the history: a model that loads more as it is scrolled, and how a line is drawn."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter, QPainterPath
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from beautyfinder.gui.hit_words import BETWEEN
from beautyfinder.gui.journal_keeper import JournalKeeper
from beautyfinder.gui.remembered import Line
from beautyfinder.gui.theme import current_theme, paint_icon, scaled_font
from beautyfinder.gui.translation import tr

LINE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_PAGE = 60
_HEIGHT, _PICTURE, _PAD = 76, 60, 8
_VERDICTS = {
    "match": ("match", "good"), "unsure": ("unsure", "warning"), "no match": ("no-match", "muted"),
}  # fmt: skip

_Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractListModel):
    """Lines that fit a text, the newest first; more of them are read when they are needed."""

    def __init__(self, keeper: JournalKeeper) -> None:
        super().__init__()
        self._keeper = keeper
        self._lines: list[Line] = []
        self._text = ""
        self._token = 0  # of the listing that is waited for; 0: of none
        self._from = 0
        self._complete = False
        keeper.listed.connect(self._on_listed)

    def search(self, text: str) -> None:
        """List what has all words of `text`, from the newest on."""
        self._text = text
        self._from, self._complete = 0, False
        self._token = self._keeper.find(text, max(_PAGE, len(self._lines)), 0)

    def refresh(self) -> None:
        """The same list as it is now."""
        self.search(self._text)

    def line(self, row: int) -> Line:
        """What stands in `row`."""
        return self._lines[row]

    def row_of(self, look_up: str) -> int | None:
        """Where the look-up of that id stands, if it does."""
        return next((row for row, line in enumerate(self._lines) if line.id == look_up), None)

    def is_loading(self) -> bool:
        """Whether lines are still being read."""
        return self._token != 0

    def canFetchMore(self, _parent: _Index) -> bool:
        return not self._complete and self._token == 0

    def fetchMore(self, _parent: _Index) -> None:
        self._from = len(self._lines)
        self._token = self._keeper.find(self._text, _PAGE, self._from)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join((line.name, *_told(line), str(line.store)))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join((line.name, *_told(line)))
        if role == LINE_ROLE:
            return line
        return None

    @Slot(int, object)
    def _on_listed(self, token: int, lines: list[Line]) -> None:
        if token != self._token:
            return
        self._token = 0
        self._complete = len(lines) < _PAGE
        if self._from:
            if lines:
                first = len(self._lines)
                self.beginInsertRows(QModelIndex(), first, first + len(lines) - 1)
                self._lines += lines
                self.endInsertRows()
            return
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()


class HistoryDelegate(QStyledItemDelegate):
    """Picture, name, when and the best hit, and the verdict as an icon and in words."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(200, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line = index.data(LINE_ROLE)
        if not isinstance(line, Line):
            return
        theme = current_theme()
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        ground = QRectF(option.rect).adjusted(2, 1, -2, -1)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(theme.accent_soft)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.hover)
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(
            theme.accent if state & QStyle.StateFlag.State_HasFocus else Qt.PenStyle.NoPen
        )
        painter.drawRoundedRect(ground, 8, 8)
        picture = QRectF(ground.left() + _PAD, ground.top(), _PICTURE, _PICTURE)
        picture.moveTop(ground.center().y() - _PICTURE / 2)
        _paint_photo(painter, picture, line.photo)

        icon, colour = _VERDICTS.get(line.verdict, ("unsure", "muted"))
        shown = QRectF(ground.right() - 30, ground.center().y() - 10, 20, 20)
        paint_icon(painter, icon, shown, getattr(theme, colour))
        room = QRectF(picture.right() + 12, ground.top(), 0, 0)
        room.setRight(shown.left() - 10)
        strong = scaled_font(option.font, 1.0, QFont.Weight.DemiBold)
        small = scaled_font(option.font, 0.92)
        step = QFontMetrics(option.font).lineSpacing() + 2
        top = ground.center().y() - 1.5 * step
        lines = (line.name, *_told(line))
        for n, text in enumerate(lines):
            font = small if n else strong
            painter.setFont(font)
            painter.setPen(theme.muted if n else theme.text)
            place = QRectF(room.left(), top + n * step, room.width(), step)
            elided = QFontMetrics(font).elidedText(
                text, Qt.TextElideMode.ElideRight, int(room.width())
            )
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, elided)
        painter.restore()


def verdict_text(verdict: str) -> str:
    """The verdict in a word or two."""
    words = {"match": tr("match"), "unsure": tr("unsure"), "no match": tr("no match")}
    return words.get(verdict, verdict)


def _told(line: Line) -> tuple[str, str]:
    when = QLocale().toString(line.when, QLocale.FormatType.ShortFormat)
    found = line.best or tr("nothing found")
    return found, BETWEEN.join((verdict_text(line.verdict), when, line.store.name))


def _paint_photo(painter: QPainter, place: QRectF, photo: QImage | None) -> None:
    theme = current_theme()
    if photo is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.well)
        painter.drawRoundedRect(place, 6, 6)
        return
    size = QSize(photo.size()).scaled(place.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
    shown = QRectF(0, 0, size.width(), size.height())
    shown.moveCenter(place.center())
    clip = QPainterPath()
    clip.addRoundedRect(shown, 6, 6)
    painter.save()
    painter.setClipPath(clip)
    painter.drawImage(shown, photo)
    painter.restore()
