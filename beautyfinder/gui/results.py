"""The right side: the verdict in words, under it the cards or a page of words."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QImage, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from beautyfinder.gui.cards_view import CardsView
from beautyfinder.gui.export_dialog import Exporter
from beautyfinder.gui.first_run import FirstRunPage
from beautyfinder.gui.headline import Headline
from beautyfinder.gui.hit_menu import HitMenu
from beautyfinder.gui.hit_words import BETWEEN, reason_text
from beautyfinder.gui.message_page import MessagePage
from beautyfinder.gui.progress_line import ProgressLine
from beautyfinder.gui.query import Answer
from beautyfinder.gui.results_bar import ResultsBar
from beautyfinder.gui.results_model import BEST, ResultsModel


class ResultsPanel(QWidget):
    """Shows one of: welcome, invitation, busy, short-list, answer, stopped, failure.

    `store_wanted`: a catalogue is to be opened; `again_wanted`: what was stopped is to go on.
    `inspect_wanted` (row of the answer's hits), `query_wanted` (Hit: look its picture up),
    `judged` (Hit, True: right, False: wrong, None: taken back), `remarked` (a sentence).
    """

    store_wanted = Signal()
    again_wanted = Signal()
    inspect_wanted = Signal(int)
    query_wanted = Signal(object)
    judged = Signal(object, object)
    remarked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ResultsModel()
        self.cards = CardsView(self.model)
        self.page = MessagePage()
        self.page.asked.connect(self.store_wanted)
        self.bar = ResultsBar()
        self.menu = HitMenu(self.model, self)
        self.exporter = Exporter(self)
        self._nothing_fits = MessagePage()
        self._stopped = MessagePage()
        self._stopped.asked.connect(self.again_wanted)
        self._first: FirstRunPage | None = None
        self._head = Headline()
        self._progress = ProgressLine()
        self._stack = QStackedWidget()
        for page in (self.page, self.cards, self._nothing_fits, self._stopped):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addSpacing(5)
        column.addWidget(self._progress)
        column.addSpacing(5)
        column.addWidget(self.bar)
        self._unfinished = False  # whether the model has only the short-list of a look-up
        self._foreign = False  # whether what it has is of an earlier photo
        self._bar_gap = QWidget()
        self._bar_gap.setFixedHeight(10)
        column.addWidget(self._bar_gap)
        column.addWidget(self._stack, 1)
        self.setMinimumWidth(420)
        self._connect()
        self.show_welcome()

    def show_welcome(self, trouble: str = "") -> None:
        """No catalogue is open: how to get going. `trouble`: why the last one is not."""
        self._settle()
        self._hide_words()
        if self._first is not None and not trouble:
            self._stack.setCurrentWidget(self._first)
            return
        if trouble:
            self.page.say(
                "alert", self.tr("That catalogue cannot be opened"), trouble,
                self.tr("Open catalogue…"), colour="warning",
            )  # fmt: skip
        else:
            self.page.say(
                "find",
                self.tr("Which product is it?"),
                self.tr("Open a catalogue, then drop a photo of a product: the seven products "
                        "most like it appear here, with the reasons why."),
                self.tr("Open catalogue…"),
                colour="accent",
            )  # fmt: skip
        self._stack.setCurrentWidget(self.page)

    def use_first_page(self, page: FirstRunPage) -> None:
        """Show `page` wherever there is no catalogue yet."""
        self._first = page
        self._stack.addWidget(page)
        self.show_welcome()

    def show_invitation(self, products: int) -> None:
        """A catalogue is open and nothing was looked up yet."""
        self._settle()
        self._hide_words()
        count = self.locale().toString(products)
        self.page.say(
            "find",
            self.tr("Ready when you are"),
            self.tr("Drop a photo anywhere in this window. It is compared with {count} products, "
                    "and the seven most like it appear here.").format(count=count),
            colour="accent",
        )  # fmt: skip
        self._stack.setCurrentWidget(self.page)

    def invite(self, products: int | None) -> None:
        """Nothing was looked up; `products`: of the open catalogue, None where there is none."""
        self.model.show(None)
        if products is None:
            self.show_welcome()
        else:
            self.show_invitation(products)

    def show_stopped(self) -> None:
        """The look-up was stopped before there was anything to show."""
        self._settle()
        self.model.show(None)
        self._hide_words()
        self._stopped.say(
            "pause", self.tr("Stopped"), self.tr("This photo was not looked up."),
            self.tr("Look up again"),
        )  # fmt: skip
        self._stack.setCurrentWidget(self._stopped)

    def begin_look_up(self, words: str) -> None:
        """Another photo is looked up: what is shown is an earlier one's from now on."""
        self._foreign = True
        self.model.show(self.model.answer())  # no longer the short-list of what runs
        self.show_busy(words)

    def show_busy(self, words: str, done: int = 0, total: int = 0) -> None:
        """A look-up runs; an earlier answer stays, dimmed. `total` below 2: not known how long.

        The short-list of the look-up that runs is not dimmed: its order is about to change.
        """
        self._head.show()
        self.cards.set_dimmed(bool(self.model.hits()) and not self.model.is_provisional())
        self.cards.set_waiting(True)
        first = self.tr("Looking it up…")
        if self.model.is_provisional():
            first = self.tr("First candidates: the order may change")
        self._head.say("find", "accent", first, words)
        self._progress.show_share(done / total if total > 1 else None)
        self._show_cards()

    def show_shortlist(self, answer: Answer) -> None:
        """The hits before re-ranking, while it goes on: in their provisional order, no verdict."""
        if not answer.result.hits:
            return
        self._unfinished = True
        self._show_hits(answer, provisional=True)
        self.show_busy(self.tr("Comparing details with the best candidates…"))

    def show_answer(
        self, answer: Answer, marks: Mapping[str, bool] | None = None, live: bool = False
    ) -> None:
        """The hits, best first, and the verdict.

        `marks`: what was said of its products before, by id, where it comes from the history.
        `live`: they are of a camera's frame and follow what is held up: no verdict is said.
        """
        self._settle()
        if live and answer.result.hits:
            self._show_live(answer)
            return
        self._unfinished = False
        if not answer.result.hits:
            self._foreign = False
            self.model.show(answer)
            self._hide_words()
            why = self.tr("This catalogue has no picture that can be compared.")
            self.page.say("no-match", self.tr("Nothing found"), why)
            self._stack.setCurrentWidget(self.page)
            return
        self._show_hits(answer)
        if marks is not None:
            self.model.set_marks(marks)
        self._head.show()
        self._say_verdict(answer)
        self._show_cards()
        self._announce(self._head.words(". "))

    def show_failure(self, why: str) -> None:
        """The look-up failed; no cards, for they would be those of another photo."""
        self._settle()
        self._unfinished = False
        self.model.show(None)
        self._hide_words()
        self.page.say("alert", self.tr("The look-up did not work"), why, colour="warning")
        self._stack.setCurrentWidget(self.page)
        self._announce(why)

    def keep_answer(self) -> bool:
        """Back from busy to what is there, the look-up having ended.

        False: there is nothing, or nothing of the photo that was looked up.
        """
        answer = self.model.answer()
        if answer is None or self._foreign:
            return False
        if not self._unfinished:
            self.show_answer(answer)
            return True
        self._settle()
        self.model.show(answer, provisional=True)
        self._head.say(
            "unsure", "warning", self.tr("Stopped: only first candidates"),
            self.tr("Their details were not compared with the photo."),
        )  # fmt: skip
        self._show_cards()
        return True

    def set_subject(self, name: str, photo: QImage | None, catalogue: str) -> None:
        """What exported sheets say is looked up: the photo, its name, and in which catalogue."""
        self.exporter.set_subject(name, photo, catalogue)

    def words(self) -> str:
        """What the panel says, as it is read: the verdict, or the page in its place."""
        if not self._head.isHidden():
            return self._head.words()
        page = self._stack.currentWidget()
        return page.words() if isinstance(page, MessagePage | FirstRunPage) else self.page.words()

    @Slot()
    def clear_filter(self) -> None:
        """All hits fit again."""
        self.bar.set_filter("")

    def event(self, event: QEvent) -> bool:
        # Escape is the filter's while there is one, whatever else the window uses it for.
        if event.type() == QEvent.Type.ShortcutOverride and self._clears(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._clears(event):
            self.clear_filter()
            return
        super().keyPressEvent(event)

    def _clears(self, event: QEvent) -> bool:
        return (
            isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.bar.is_filtered()
        )

    def _connect(self) -> None:
        self.bar.filter_changed.connect(self._on_filter_changed)
        self.bar.all_wanted.connect(self._on_all_wanted)
        self.bar.export_wanted.connect(self._on_export_wanted)
        self.cards.more_wanted.connect(self._on_more_wanted)
        self.cards.chosen.connect(self._on_chosen)
        self.cards.menu_wanted.connect(self._on_menu_wanted)
        self._nothing_fits.asked.connect(self.clear_filter)
        self.exporter.remarked.connect(self.remarked)
        menu = self.menu
        menu.inspect_wanted.connect(self.inspect_wanted)
        menu.query_wanted.connect(self.query_wanted)
        menu.judged.connect(self.judged)
        menu.remarked.connect(self.remarked)

    def _show_hits(self, answer: Answer, provisional: bool = False) -> None:
        """In place of those before; another photo's begin at the top, without a filter."""
        model, cards = self.model, self.cards
        self._foreign = False
        anew = not model.is_provisional() and model.answer() is not answer
        if anew and model.is_filtered():
            self.bar.set_filter("")
        if anew and model.lists_all():
            model.set_all(False)
        model.show(answer, provisional)
        self.bar.set_brands(model.brands())
        self._count()
        if anew:
            cards.begin_anew()
        elif not cards.selectedIndexes():
            cards.setCurrentIndex(model.index(0, 0))
            cards.clearSelection()

    def _show_live(self, answer: Answer) -> None:
        self._unfinished = True
        self._show_hits(answer, provisional=True)
        self._head.show()
        closest = self.tr("Closest now: {name}").format(name=answer.result.hits[0].image.name)
        self._head.say("camera", "accent", self.tr("Live: what the camera sees"), closest)
        self._show_cards()

    def _say_verdict(self, answer: Answer) -> None:
        best, verdict = answer.result.hits[0], answer.result.verdict
        reason = reason_text(best)
        if verdict == "match":
            first = self.tr("It is {name}").format(name=best.image.name)
            self._head.say("match", "good", first, reason)
        elif verdict == "no match":
            self._head.say(
                "no-match", "warning", self.tr("Probably not in this catalogue"),
                self.tr("These come closest, but none agrees well with the photo."),
            )  # fmt: skip
        else:
            closest = self.tr("Closest: {name}").format(name=best.image.name)
            self._head.say(
                "unsure", "warning", self.tr("Likely one of these: please compare"),
                BETWEEN.join(text for text in (closest, reason) if text),
            )  # fmt: skip

    def _show_cards(self) -> None:
        """The cards, or that none fits the filter."""
        hits = bool(self.model.hits())
        self.bar.setVisible(hits)
        self._bar_gap.setVisible(hits)
        if hits and not self.model.listed():
            self._nothing_fits.say(
                "filter", self.tr("No product fits"),
                self.tr("None of the {count} products found has that brand and these words.")
                .format(count=self.locale().toString(len(self.model.hits()))),
                self.tr("Clear the filter"),
            )  # fmt: skip
            self._stack.setCurrentWidget(self._nothing_fits)
        else:
            self._stack.setCurrentWidget(self.cards)

    def _count(self) -> None:
        model = self.model
        total = len(model.hits())
        self.bar.set_counts(len(model.listed()), total, BEST, model.lists_all())
        self.cards.set_more(
            "" if model.is_filtered() or total <= BEST else self.bar.all_action.text()
        )

    @Slot(str, str)
    def _on_filter_changed(self, text: str, brand: str) -> None:
        self.model.set_filter(text, brand)
        self._count()
        self.cards.scroll_to_card(0)
        if self.model.hits():
            self._show_cards()

    @Slot(bool)
    def _on_all_wanted(self, everything: bool) -> None:
        self.model.set_all(everything)
        self._count()
        self.cards.scroll_to_card(BEST if everything else 0)

    @Slot()
    def toggle_all(self) -> None:
        """All products of the short-list, or the seven most likely again."""
        if self.model.hits():
            self._on_more_wanted()

    @Slot()
    def _on_more_wanted(self) -> None:
        self._on_all_wanted(not self.model.lists_all())

    @Slot(str)
    def _on_export_wanted(self, kind: str) -> None:
        answer, model = self.model.answer(), self.model
        if answer is not None and model.listed():
            verdict = "" if model.is_provisional() else answer.result.verdict
            pictures = tuple(model.picture(hit) for hit in model.listed())
            self.exporter.ask(kind, model.listed(), pictures, verdict)

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        self.inspect_wanted.emit(self.model.row_of(self.model.listed()[row]))

    @Slot(int, QPoint)
    def _on_menu_wanted(self, row: int, place: QPoint) -> None:
        self.menu.popup(row, place)

    def _settle(self) -> None:
        self.cards.set_dimmed(False)
        self.cards.set_waiting(False)
        self._progress.stop()

    def _hide_words(self) -> None:
        self._head.hide()
        self.bar.hide()
        self._bar_gap.hide()

    def _announce(self, words: str) -> None:
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
