"""The right side: the verdict in words, under it the seven cards or a page of words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from beautyfinder.gui.cards_view import CardsView
from beautyfinder.gui.message_page import MessagePage
from beautyfinder.gui.query import Answer
from beautyfinder.gui.results_model import ResultsModel
from beautyfinder.gui.theme import current_theme, icon_pixmap

_ICON_SIDE = 36


class ResultsPanel(QWidget):
    """Shows one of: welcome, invitation, busy, answer, failure."""

    store_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ResultsModel()
        self.cards = CardsView(self.model)
        self.page = MessagePage()
        self.page.asked.connect(self.store_wanted)
        self._headline = _ElidedLabel("headline")
        self._detail = _ElidedLabel("muted")
        self._icon = QLabel()
        self._icon_name = self._icon_colour = ""
        self._progress = ProgressLine()
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._headline)
        words.addWidget(self._detail)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addLayout(words, 1)
        self._head = QWidget()
        self._head.setLayout(head)
        head.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.page)
        self._stack.addWidget(self.cards)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addSpacing(5)
        column.addWidget(self._progress)
        column.addSpacing(5)
        column.addWidget(self._stack, 1)
        self.setMinimumWidth(420)
        self.show_welcome()

    def show_welcome(self, trouble: str = "") -> None:
        """No catalogue is open: how to get going. `trouble`: why the last one is not."""
        self._settle()
        self._head.hide()
        commands = (
            (self.tr("No catalogue yet? See the program at work with its sample:"),
             "beautyfinder demo"),
            (self.tr("Or make a catalogue of your own product pictures:"),
             "beautyfinder index PICTURES --store CATALOGUE"),
        )  # fmt: skip
        if trouble:
            self.page.say(
                "alert", self.tr("That catalogue cannot be opened"), trouble,
                self.tr("Open catalogue…"), commands, "warning",
            )  # fmt: skip
        else:
            self.page.say(
                "find",
                self.tr("Which product is it?"),
                self.tr("Open a catalogue, then drop a photo of a product: the seven products "
                        "most like it appear here, with the reasons why."),
                self.tr("Open catalogue…"),
                commands,
                "accent",
            )  # fmt: skip
        self._stack.setCurrentWidget(self.page)

    def show_invitation(self, products: int) -> None:
        """A catalogue is open and nothing was looked up yet."""
        self._settle()
        self._head.hide()
        count = self.locale().toString(products)
        self.page.say(
            "find",
            self.tr("Ready when you are"),
            self.tr("Drop a photo anywhere in this window. It is compared with {count} products, "
                    "and the seven most like it appear here.").format(count=count),
            colour="accent",
        )  # fmt: skip
        self._stack.setCurrentWidget(self.page)

    def show_busy(self, words: str, done: int = 0, total: int = 0) -> None:
        """A look-up runs; an earlier answer stays, dimmed. `total` below 2: not known how long."""
        self._head.show()
        old = bool(self.model.hits())
        self.cards.set_dimmed(old)
        self.cards.set_waiting(True)
        self._say("find", "accent", self.tr("Looking it up…"), words)
        self._progress.show_share(done / total if total > 1 else None)
        self._stack.setCurrentWidget(self.cards)

    def show_answer(self, answer: Answer) -> None:
        """The hits, best first, and the verdict."""
        self._settle()
        self.model.show(answer)
        hits = answer.result.hits
        self._head.show()
        if not hits:
            self._head.hide()
            why = self.tr("This catalogue has no picture that can be compared.")
            self.page.say("no-match", self.tr("Nothing found"), why)
            self._stack.setCurrentWidget(self.page)
            return
        best = hits[0].image.name
        reason = self.model.matches_text(hits[0])
        verdict = answer.result.verdict
        if verdict == "match":
            self._say("match", "good", self.tr("It is {name}").format(name=best), reason)
        elif verdict == "no match":
            self._say(
                "no-match", "warning", self.tr("Probably not in this catalogue"),
                self.tr("These come closest, but none agrees well with the photo."),
            )  # fmt: skip
        else:
            self._say(
                "unsure", "warning", self.tr("Likely one of these: please compare"),
                self.tr("Closest: {name}").format(name=best) + (f"  ·  {reason}" if reason else ""),
            )  # fmt: skip
        self._stack.setCurrentWidget(self.cards)
        self.cards.setCurrentIndex(self.model.index(0, 0))
        self.cards.clearSelection()
        self._announce(f"{self._headline.full_text()}. {self._detail.full_text()}")

    def show_failure(self, why: str) -> None:
        """The look-up failed; no cards, for they would be those of another photo."""
        self._settle()
        self.model.show(None)
        self._head.hide()
        self.page.say("alert", self.tr("The look-up did not work"), why, colour="warning")
        self._stack.setCurrentWidget(self.page)
        self._announce(why)

    def keep_answer(self) -> bool:
        """Back from busy to the answer before; False where there was none."""
        answer = self.model.answer()
        if answer is not None:
            self.show_answer(answer)
        return answer is not None

    def words(self) -> str:
        """What the panel says, as it is read: the verdict, or the page in its place."""
        if not self._head.isHidden():
            return f"{self._headline.full_text()} {self._detail.full_text()}"
        return self.page.words()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and self._icon_name:
            self._draw_icon()
        super().changeEvent(event)

    def _settle(self) -> None:
        self.cards.set_dimmed(False)
        self.cards.set_waiting(False)
        self._progress.stop()

    def _say(self, icon: str, colour: str, headline: str, detail: str) -> None:
        if (icon, colour) != (self._icon_name, self._icon_colour):
            self._icon_name, self._icon_colour = icon, colour
            self._draw_icon()
        self._headline.set_full_text(headline)
        self._detail.set_full_text(detail)

    def _draw_icon(self) -> None:
        colour = getattr(current_theme(), self._icon_colour)
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(icon_pixmap(self._icon_name, _ICON_SIDE, colour, ratio))

    def _announce(self, words: str) -> None:
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))


class ProgressLine(QWidget):
    """Four pixels high: how far it is, or a light that wanders while that is not known."""

    def __init__(self) -> None:
        super().__init__()
        self._share: float | None = None
        self._active = False
        self._phase = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(33)
        self._timer.timeout.connect(self._on_tick)
        self.setFixedHeight(4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float | None) -> None:
        """0 to 1, or None where it is not known."""
        self._active, self._share = True, share
        self._follow()

    def stop(self) -> None:
        """Nothing runs."""
        self._active = False
        self._follow()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _follow(self) -> None:
        if self._active and self._share is None and self.isVisible():
            self._timer.start()
        else:
            self._timer.stop()
        self.update()

    def _on_tick(self) -> None:
        self._phase = (self._phase + 0.012) % 1.0
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._active:
            return
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        track = QRectF(self.rect())
        painter.setBrush(theme.hover)
        painter.drawRoundedRect(track, 2, 2)
        painter.setBrush(theme.accent)
        if self._share is None:
            width = track.width() * 0.22
            track = QRectF(self._phase * (track.width() + width) - width, 0, width, 4)
        else:
            track.setWidth(max(4.0, track.width() * self._share))
        painter.drawRoundedRect(track, 2, 2)
        painter.end()


class _ElidedLabel(QLabel):
    """One line that ends in an ellipsis where it does not fit; the tooltip has it all."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self._full = ""
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def full_text(self) -> str:
        return self._full

    def set_full_text(self, text: str) -> None:
        self._full = text
        self.setToolTip(text)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def _elide(self) -> None:
        self.ensurePolished()
        room = max(self.width() - 2, 40)
        self.setText(self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, room))
