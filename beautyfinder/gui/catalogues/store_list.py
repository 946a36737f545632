"""The known catalogues as a list: name, what is in it, where it lies; what is gone in grey."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from beautyfinder.gui.catalogues.job_text import size
from beautyfinder.gui.catalogues.known_stores import KnownStore
from beautyfinder.gui.catalogues.store_files import StoreFacts
from beautyfinder.gui.theme import current_theme, paint_icon, scaled_font

_MARGIN, _ICON, _GAP = 14, 26, 14
_Index = QModelIndex | QPersistentModelIndex


class _Model(QAbstractListModel):
    """Rows of known stores, with the facts that have come in so far."""

    def __init__(self) -> None:
        super().__init__()
        self.stores: tuple[KnownStore, ...] = ()
        self.facts: dict[Path, StoreFacts] = {}
        self.opened: Path | None = None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.stores)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        folder = self.stores[index.row()].folder
        if role == Qt.ItemDataRole.DisplayRole:
            return folder.name or str(folder)
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(folder)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{folder.name}. {self.line(index.row())}"
        return None

    def line(self, row: int) -> str:
        """What is in the catalogue, or why it cannot be used."""
        folder = self.stores[row].folder
        facts = self.facts.get(folder)
        if facts is None:
            return self.tr("Looking…")
        if facts.problem:
            return facts.problem
        number = QLocale().toString
        said = [
            self.tr("{count} pictures").format(count=number(facts.images)),
            self.tr("{count} products").format(count=number(facts.products)),
            size(facts.bytes),
        ]
        if facts.errors:
            said.append(self.tr("{count} unreadable").format(count=number(facts.errors)))
        if facts.changed is not None:
            day = f"{facts.changed:%Y-%m-%d %H:%M}"
            said.append(self.tr("changed {day}").format(day=day))
        return "  ·  ".join(said)

    def say_all_changed(self) -> None:
        if self.stores:
            self.dataChanged.emit(self.index(0), self.index(len(self.stores) - 1))


class StoreList(QListView):
    """`chosen_changed` when another row is current; `activated` on Return or double click."""

    chosen_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Model()
        self.setObjectName("stores")
        self.setAccessibleName(self.tr("Known catalogues"))
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def show_stores(self, stores: Sequence[KnownStore], opened: Path | None) -> None:
        """Show these; the current one stays current if it is among them."""
        chosen = self.chosen()
        self._model.beginResetModel()
        self._model.stores, self._model.opened = tuple(stores), opened
        self._model.endResetModel()
        folders = [store.folder for store in stores]
        if folders:
            row = folders.index(chosen) if chosen in folders else 0
            self.setCurrentIndex(self._model.index(row))
        self.chosen_changed.emit()

    def set_facts(self, facts: StoreFacts) -> None:
        """What is known of one of them now."""
        self._model.facts[facts.folder] = facts
        self._model.say_all_changed()
        self.chosen_changed.emit()

    def facts(self) -> Mapping[Path, StoreFacts]:
        """What is known of them."""
        return self._model.facts

    def chosen(self) -> Path | None:
        """The folder of the current row."""
        row = self.currentIndex().row()
        return self._model.stores[row].folder if 0 <= row < len(self._model.stores) else None

    def choose(self, folder: Path) -> None:
        """Make it the current row, if it is there."""
        for row, store in enumerate(self._model.stores):
            if store.folder == folder:
                self.setCurrentIndex(self._model.index(row))

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, _new: QModelIndex, _old: QModelIndex) -> None:
        self.chosen_changed.emit()


class _Delegate(QStyledItemDelegate):
    """Draws a row: icon, name, two lines of facts."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(200, self._line(option.font) * 3 + 2 * _MARGIN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        assert isinstance(model, _Model)
        store = model.stores[index.row()]
        facts = model.facts.get(store.folder)
        gone = facts is not None and bool(facts.problem)
        theme = current_theme()
        place = QRect(option.rect).adjusted(3, 3, -3, -3)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.accent, 2) if focused else Qt.PenStyle.NoPen)
        painter.setBrush(
            theme.accent_soft if selected else theme.hover if hovered else Qt.BrushStyle.NoBrush
        )
        painter.drawRoundedRect(place, 8, 8)
        line = self._line(option.font)
        top = place.top() + (place.height() - 3 * line) // 2
        icon_top = place.top() + (place.height() - _ICON) / 2
        icon = QRectF(place.left() + _MARGIN, icon_top, _ICON, _ICON)
        colour = theme.warning if gone else theme.accent if selected else theme.muted
        paint_icon(painter, "alert" if gone else "store", icon, colour)
        left = round(icon.right()) + _GAP
        width = place.right() - _MARGIN - left
        room = QRect(left, top, width, line)
        bold = scaled_font(option.font, 1.0, QFont.Weight.DemiBold)
        name = str(index.data())
        if store.folder == model.opened:
            room = self._chip(painter, room, self.tr("open"), option.font)
        self._text(painter, room, name, bold, theme.muted if gone else theme.text)
        room = QRect(left, top + line, width, line)
        self._text(painter, room, model.line(index.row()), option.font, theme.muted)
        room.translate(0, line)
        small = scaled_font(option.font, 0.92)
        self._text(painter, room, str(store.folder), small, theme.muted, middle=True)
        painter.restore()

    @staticmethod
    def _chip(painter: QPainter, room: QRect, words: str, font: QFont) -> QRect:
        """The words at the right on a ground of their own; returns what room is left."""
        theme = current_theme()
        small = scaled_font(font, 0.88, QFont.Weight.DemiBold)
        wide = QFontMetrics(small).horizontalAdvance(words) + 16
        place = QRect(room.right() - wide, room.top(), wide, room.height() - 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.accent)
        painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
        painter.setPen(theme.accent_text)
        painter.setFont(small)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
        return room.adjusted(0, 0, -wide - 8, 0)

    @staticmethod
    def _text(
        painter: QPainter, room: QRect, words: str, font: QFont, colour: Any, middle: bool = False
    ) -> None:
        mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        painter.setFont(font)
        painter.setPen(colour)
        shown = QFontMetrics(font).elidedText(words, mode, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    @staticmethod
    def _line(font: QFont) -> int:
        return QFontMetrics(font).height() + 4
