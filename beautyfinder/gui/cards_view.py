"""The list of result cards: a QListView with places of its own; grey cards while it waits."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QPushButton, QWidget

from beautyfinder.gui.cards_layout import arrange
from beautyfinder.gui.cards_look import CardLook, scale_for
from beautyfinder.gui.results_delegate import CardDelegate
from beautyfinder.gui.results_model import ResultsModel
from beautyfinder.gui.theme import current_theme

_GREY_CARDS = 7
_MORE_ROOM = 46  # under the cards, for the button


class CardsView(QListView):
    """The cards, the best one large, and under them a button for more: `more_wanted`.

    `chosen` (row) when one is double-clicked or entered; `menu_wanted` (row, place on the screen).
    """

    chosen = Signal(int)
    menu_wanted = Signal(int, QPoint)
    more_wanted = Signal()

    def __init__(self, model: ResultsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places: list[QRect] = []
        self._waiting = False
        self._cards = CardDelegate(self)
        self._repaint = QTimer(self)
        self._repaint.setSingleShot(True)
        self._repaint.timeout.connect(self.viewport().update)
        self._more = QPushButton(self.viewport())  # before Qt asks for the first layout
        self._more.setProperty("role", "link")
        self._more.setCursor(Qt.CursorShape.PointingHandCursor)
        self._more.clicked.connect(self.more_wanted)
        self._more.hide()
        self.setObjectName("hits")
        self.setItemDelegate(self._cards)
        self.setModel(model)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Free)  # else Qt refuses places of our own
        self.setResizeMode(QListView.ResizeMode.Fixed)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Most likely products"))
        self.doubleClicked.connect(self._on_double_clicked)
        QWidget.setTabOrder(self, self._more)
        model.modelReset.connect(self._on_model_reset)
        for changed in (model.layoutChanged, model.rowsInserted, model.rowsRemoved):
            changed.connect(self._on_model_changed)

    def set_dimmed(self, dimmed: bool) -> None:
        """Show that what is shown is not the answer to the photo beside it."""
        if dimmed != self._cards.dimmed:
            self._cards.dimmed = dimmed
            self.viewport().update()

    def is_dimmed(self) -> bool:
        """Whether the cards are those of an earlier photo."""
        return self._cards.dimmed

    def set_more(self, text: str) -> None:
        """What the button under the cards says; empty: no button."""
        self._more.setText(text)
        self._more.setAccessibleName(text)
        self._show_more()

    def scroll_to_card(self, row: int) -> None:
        """Bring the card of `row` to the top, as far as it can be."""
        self.executeDelayedItemsLayout()
        if row < len(self._places):
            self.verticalScrollBar().setValue(self._places[row].top() - self._places[row].height())

    def begin_anew(self) -> None:
        """The hits of another photo: from the top, nothing selected."""
        self._cards.forget_pictures()
        self.verticalScrollBar().setValue(0)
        self.setCurrentIndex(self.model().index(0, 0))
        self.clearSelection()

    def set_waiting(self, waiting: bool) -> None:
        """Draw grey cards where the answer will be, as long as there is none."""
        if waiting != self._waiting:
            self._waiting = waiting
            self.viewport().update()

    def places(self) -> list[QRect]:
        """Where the cards are, in the contents."""
        return list(self._places)

    def doItemsLayout(self) -> None:
        rows = self.model().rowCount()
        self._places = self._arranged(rows)
        self._cards.places = [place.size() for place in self._places]
        super().doItemsLayout()
        for row, place in enumerate(self._places):
            self.setPositionForIndex(place.topLeft(), self.model().index(row, 0))
        self.updateGeometries()

    def updateGeometries(self) -> None:
        # Not QListView's: it would set the bars for places that are not ours.
        QAbstractItemView.updateGeometries(self)
        bar = self.verticalScrollBar()
        tall = bottom_of(self._places) + self._more_room()
        bar.setRange(0, max(0, tall - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(40)
        self._place_more()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._place_more()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.model().rowCount():
            self._cards.drawn.begin_frame()
            super().paintEvent(event)
            if self._cards.drawn.unfinished:
                self._repaint.start()
        elif self._waiting:
            self._paint_grey_cards()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, index = event.key(), self.currentIndex()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.chosen.emit(index.row())
            return
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if key == Qt.Key.Key_Menu or (key == Qt.Key.Key_F10 and shift):
            self._ask_for_menu(index)
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self._ask_for_menu(self.currentIndex())
        elif (index := self.indexAt(event.pos())).isValid():
            self.setCurrentIndex(index)
            self.menu_wanted.emit(index.row(), event.globalPos())

    def moveCursor(
        self,
        action: QAbstractItemView.CursorAction,
        modifiers: Qt.KeyboardModifier,
    ) -> QModelIndex:
        """Arrows go to the nearest card in their direction; the rest is Qt's."""
        row = self.currentIndex().row()
        if not 0 <= row < len(self._places):
            return self.model().index(0, 0)
        moves = QAbstractItemView.CursorAction
        directions = {
            moves.MoveLeft: (-1, 0),
            moves.MoveRight: (1, 0),
            moves.MoveUp: (0, -1),
            moves.MoveDown: (0, 1),
        }
        if action not in directions:
            return super().moveCursor(action, modifiers)
        target = nearest(self._places, row, directions[action])
        return self.model().index(target, 0)

    def _arranged(self, count: int) -> list[QRect]:
        """Places for `count` cards; how tall their texts are depends on how wide they are."""
        model, whole = self.model(), self.maximumViewportSize()
        whole.setHeight(whole.height() - self._more_room())
        width, look = whole.width(), CardLook(self.font())
        places = arrange(width, whole.height(), count, look.sizes())
        scale = scale_for(places)
        for _ in range(2):
            look = CardLook(self.font(), scale)
            if isinstance(model, ResultsModel) and model.listed():
                look.fit(model, places)
            if width == whole.width() and bottom_of(places) > whole.height():
                width -= self.verticalScrollBar().sizeHint().width() + 4
            places = arrange(width, whole.height(), count, look.sizes())
        self._cards.look = look
        return places

    def _more_room(self) -> int:
        return 0 if self._more.isHidden() else _MORE_ROOM

    def _show_more(self) -> None:
        """The button is there where it says something and there are cards above it."""
        wanted = bool(self._more.text()) and self.model().rowCount() > 0
        if wanted == self._more.isHidden():
            self._more.setVisible(wanted)
            self.scheduleDelayedItemsLayout()

    def _place_more(self) -> None:
        size = self._more.sizeHint()
        left = (self.viewport().width() - size.width()) // 2
        top = bottom_of(self._places) - self.verticalScrollBar().value()
        self._more.setGeometry(left, top + _MORE_ROOM - size.height(), size.width(), size.height())

    def _ask_for_menu(self, index: QModelIndex) -> None:
        if index.isValid():
            self.scrollTo(index)
            place = self.viewport().mapToGlobal(self.visualRect(index).center())
            self.menu_wanted.emit(index.row(), place)

    def _paint_grey_cards(self) -> None:
        theme = current_theme()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for place in self._arranged(_GREY_CARDS):
            card = QRectF(place).adjusted(1, 1, -1, -1)
            painter.setBrush(theme.surface)
            painter.drawRoundedRect(card, 12, 12)
            painter.setBrush(theme.well)
            picture = card.adjusted(12, 12, -12, -card.height() * 0.36)
            painter.drawRoundedRect(picture, 7, 7)
            for n, share in enumerate((0.8, 0.5, 0.3)):
                top = picture.bottom() + 16 + n * 22
                if top + 10 < card.bottom() - 8:
                    bar = QRectF(card.left() + 12, top, (card.width() - 24) * share, 10)
                    painter.drawRoundedRect(bar, 5, 5)
        painter.end()

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(index.row())

    def _on_model_changed(self) -> None:
        self._show_more()
        self.scheduleDelayedItemsLayout()

    def _on_model_reset(self) -> None:
        self._show_more()
        self._cards.forget_pictures()
        self.verticalScrollBar().setValue(0)
        self.scheduleDelayedItemsLayout()

    def sizeHint(self) -> QSize:
        return QSize(760, 560)


def bottom_of(places: list[QRect]) -> int:
    """How tall the cards are together."""
    return max((place.bottom() + 1 for place in places), default=0)


def nearest(places: list[QRect], row: int, direction: tuple[int, int]) -> int:
    """The card reached from `row` in `direction` (dx, dy); `row` itself where there is none."""
    here = places[row]
    dx, dy = direction

    def cost(place: QRect) -> int | None:
        gap: QPoint = place.center() - here.center()
        along = gap.x() * dx + gap.y() * dy
        if dx:
            beyond = place.left() > here.right() if dx > 0 else place.right() < here.left()
            across = max(place.top() - here.bottom(), here.top() - place.bottom(), 0)
        else:
            beyond = place.top() > here.bottom() if dy > 0 else place.bottom() < here.top()
            across = max(place.left() - here.right(), here.left() - place.right(), 0)
        if not beyond:
            return None
        return along + 4 * across + abs(gap.y() * dx + gap.x() * dy) // 4

    costs = [(value, n) for n, place in enumerate(places) if (value := cost(place)) is not None]
    return min(costs)[1] if costs else row
