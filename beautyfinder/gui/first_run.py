"""The first page of all: try the sample catalogue, or make one of one's own pictures."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from beautyfinder.gui.catalogues.job import CatalogueJob, JobReport, JobState
from beautyfinder.gui.catalogues.job_runner import JobRunner
from beautyfinder.gui.catalogues.job_text import state_line
from beautyfinder.gui.theme import current_theme, icon_pixmap
from beautyfinder.paths import sample_store

SAMPLE_PRODUCTS = 200
_STEPS = 1000
_ICON_SIDE = 44


class FirstRunPage(QWidget):
    """Two choices and a quiet third; while the sample is made, how far that is.

    `open_wanted` (a Path) and `sample_photo` (a Path) when the sample is ready, whatever else is
    open by then; `new_wanted` and
    `open_existing_wanted` are wishes for the window to fulfil.
    """

    open_wanted = Signal(object)
    sample_photo = Signal(object)
    new_wanted = Signal()
    open_existing_wanted = Signal()

    def __init__(
        self, runner: JobRunner, products: int = SAMPLE_PRODUCTS, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._sample = CatalogueJob("sample", sample_store(products), products=products)
        title = QLabel(self.tr("Which product is it?"))
        title.setProperty("role", "headline")
        text = QLabel(self.tr("Give BeautyFinder a photo, and it tells which product it shows.\n"
                              "First it needs a catalogue of products."))  # fmt: skip
        text.setProperty("role", "muted")
        for label in (title, text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
        self._try = ChoiceCard(
            "sample", self.tr("Try the sample catalogue"),
            self.tr("{count} drawn products and phone photos of them. Made on this machine in a "
                    "few minutes, then looked up at once.").format(count=products), "accent",
        )  # fmt: skip
        self._own = ChoiceCard(
            "photo", self.tr("Use my own pictures…"),
            self.tr("A folder of product pictures, or a CSV that lists them. Built in the "
                    "background, as large as you like."), "good",
        )  # fmt: skip
        self._existing = QPushButton(self.tr("Open an existing catalogue…"))
        self._existing.setProperty("role", "link")
        self._existing.setCursor(Qt.CursorShape.PointingHandCursor)
        self._trouble = QLabel()
        self._trouble.setObjectName("warning")
        self._trouble.setWordWrap(True)
        self._trouble.setTextFormat(Qt.TextFormat.PlainText)
        self._trouble.hide()
        self._try.clicked.connect(self._on_try_clicked)
        self._own.clicked.connect(self.new_wanted)
        self._existing.clicked.connect(self.open_existing_wanted)

        cards = QGridLayout()
        cards.setSpacing(16)
        cards.addWidget(self._try, 0, 0)
        cards.addWidget(self._own, 0, 1)
        cards.setColumnStretch(0, 1)
        cards.setColumnStretch(1, 1)
        choices = QWidget()
        column = QVBoxLayout(choices)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(cards)
        column.addSpacing(14)
        column.addWidget(self._existing, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._making = _Making()
        self._making.cancelled.connect(runner.cancel)
        self._pages = QStackedWidget()
        self._pages.addWidget(choices)
        self._pages.addWidget(self._making)
        inner = QWidget()
        inner.setMaximumWidth(660)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(title)
        column.addSpacing(4)
        column.addWidget(text)
        column.addSpacing(22)
        column.addWidget(self._trouble)
        column.addSpacing(6)
        column.addWidget(self._pages)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(inner, 20)
        row.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 0, 12, 0)
        outer.addStretch(4)
        outer.addLayout(row)
        outer.addStretch(5)
        runner.progressed.connect(self._on_progressed)
        runner.finished.connect(self._on_finished)
        runner.stopped.connect(self._on_stopped)
        runner.broken.connect(self._on_broken)
        if (state := runner.state()) is not None:
            self._on_progressed(state)

    def words(self) -> str:
        """What went wrong, or how far the sample is; empty while a choice is waited for."""
        if not self._trouble.isHidden():
            return self._trouble.text()
        return self._making.words() if self._pages.currentWidget() is self._making else ""

    def say_trouble(self, sentence: str) -> None:
        """Why there is no catalogue, above the choices; an empty text takes it away."""
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))

    @Slot()
    def _on_try_clicked(self) -> None:
        self.say_trouble("")
        self._runner.start(self._sample)

    @Slot(object)
    def _on_progressed(self, state: JobState) -> None:
        if state.job.kind == "sample":
            self._making.show_state(state)
            self._pages.setCurrentWidget(self._making)

    @Slot(object)
    def _on_finished(self, report: JobReport) -> None:
        if report.job.kind != "sample":
            return
        self._pages.setCurrentIndex(0)
        self.open_wanted.emit(report.job.store)
        photo = report.result.get("photo")
        if photo:
            self.sample_photo.emit(Path(str(photo)))

    @Slot(object)
    def _on_stopped(self, job: CatalogueJob) -> None:
        if job.kind == "sample":
            self._pages.setCurrentIndex(0)

    @Slot(object, str)
    def _on_broken(self, job: CatalogueJob, sentence: str) -> None:
        if job.kind == "sample":
            self._pages.setCurrentIndex(0)
            self.say_trouble(sentence)


class ChoiceCard(QAbstractButton):
    """A large button: an icon, a title and a sentence."""

    def __init__(self, icon: str, title: str, text: str, colour: str) -> None:
        super().__init__()
        self._icon_name, self._colour = icon, colour
        self.setAccessibleName(title.rstrip("…"))
        self.setAccessibleDescription(text)
        self.setText(title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._icon = QLabel()
        words, detail = QLabel(title), QLabel(text)
        words.setProperty("role", "title")
        detail.setProperty("role", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 24, 22, 24)
        column.setSpacing(8)
        column.addWidget(self._icon)
        column.addSpacing(6)
        for label in (words, detail):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setMinimumWidth(1)
            column.addWidget(label)
        column.addStretch(1)
        for label in (self._icon, words, detail):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._draw_icon()

    def sizeHint(self) -> QSize:
        layout = self.layout()
        assert layout is not None
        return QSize(280, layout.totalHeightForWidth(280))

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        assert layout is not None
        return layout.totalHeightForWidth(width)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icon()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hot = self.underMouse() or self.hasFocus()
        painter.setPen(QPen(theme.accent if hot else theme.border, 2 if self.hasFocus() else 1))
        painter.setBrush(theme.accent_soft if self.isDown() else theme.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 14, 14)
        painter.end()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def _draw_icon(self) -> None:
        colour = getattr(current_theme(), self._colour)
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(icon_pixmap(self._icon_name, _ICON_SIDE, colour, ratio))


class _Making(QWidget):
    """How far the sample is, and a way to stop: `cancelled`."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title, self._line = QLabel(), QLabel()
        self._title.setProperty("role", "title")
        self._line.setProperty("role", "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.clicked.connect(self.cancelled)
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 10, 40, 0)
        column.setSpacing(10)
        for label in (self._title, self._line):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(self._title)
        column.addWidget(self._bar)
        column.addWidget(self._line)
        column.addSpacing(6)
        column.addWidget(self._cancel, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def words(self) -> str:
        return f"{self._title.text()} {self._line.text()}"

    def show_state(self, state: JobState) -> None:
        steps = {
            "draw": self.tr("Step 1 of 2: drawing the products"),
            "index": self.tr("Step 2 of 2: looking at every picture"),
        }
        self._title.setText(steps.get(state.part, self.tr("The sample catalogue")))
        self._line.setText(state_line(state))
        known = state.total > 0 and state.part in steps
        self._bar.setRange(0, _STEPS if known else 0)
        if known:
            self._bar.setValue(round(_STEPS * state.done / state.total))
        self._cancel.setEnabled(state.part != "stop")
