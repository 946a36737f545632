"""The running job: how far, how fast, how long yet, what failed and why; pause and cancel."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from beautyfinder.gui.catalogues.job import (
    PAUSABLE,
    REMEMBERED,
    CatalogueJob,
    JobReport,
    JobState,
)
from beautyfinder.gui.catalogues.job_runner import JobRunner
from beautyfinder.gui.catalogues.job_text import report_line, state_line, title
from beautyfinder.gui.theme import tinted_icon

_STEPS = 1000  # of the bar


class JobView(QFrame):
    """Follows `runner`; hidden until there is something to show. After a job it says how it went.

    `open_wanted` (a Path): a catalogue that is ready.
    """

    open_wanted = Signal(object)

    def __init__(self, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._runner = runner
        self._over: CatalogueJob | None = None  # the job whose end is shown
        self._title = QLabel()
        self._title.setProperty("role", "strong")
        self._line = QLabel()
        self._line.setProperty("role", "muted")
        self._line.setWordWrap(True)
        self._waiting = QLabel()
        self._waiting.setProperty("role", "muted")
        self._before = QLabel()  # how the job before this one ended
        self._before.setProperty("role", "muted")
        for label in (self._title, self._line, self._waiting, self._before):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setMinimumWidth(1)
        for label in (self._waiting, self._before):
            label.setWordWrap(True)
            label.hide()
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._pause = self._button("pause", self.tr("Pause"))
        self._pause.clicked.connect(self._on_pause_clicked)
        self._cancel = self._button("close", self.tr("Cancel"))
        self._cancel.setToolTip(self.tr("Stop; what is done so far is kept"))
        self._cancel.clicked.connect(self._runner.cancel)
        self._open = self._button("store", self.tr("Open"))
        self._open.clicked.connect(self._on_open_clicked)
        self._remove = self._button("trash", self.tr("Remove them"))
        self._remove.setToolTip(self.tr("Take the pictures out of the catalogue that are no longer "
                                        "in its folders and CSVs"))  # fmt: skip
        self._remove.clicked.connect(self._on_remove_clicked)
        self._again = self._button("update", self.tr("Try again"))
        self._again.clicked.connect(self._on_again_clicked)
        self._dismiss = QToolButton()
        self._dismiss.setProperty("role", "quiet")
        self._dismiss.setIcon(tinted_icon("close", "muted"))
        self._dismiss.setToolTip(self.tr("Dismiss"))
        self._dismiss.setAccessibleName(self.tr("Dismiss"))
        self._dismiss.clicked.connect(self._on_dismissed)
        self._failures = _Failures()

        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        for button in (
            self._pause, self._cancel, self._remove, self._again, self._open, self._dismiss,
        ):  # fmt: skip
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(8)
        column.addWidget(self._before)
        column.addLayout(head)
        column.addWidget(self._bar)
        column.addWidget(self._line)
        column.addWidget(self._failures)
        column.addWidget(self._waiting)
        self._connect()
        self.hide()
        if (state := runner.state()) is not None:
            self._on_progressed(state)

    def words(self) -> str:
        """Title and line, as they are read."""
        return f"{self._title.text()} {self._line.text()}".strip()

    def failures(self) -> str:
        """What failed and why, a line each."""
        return self._failures.text()

    @Slot(object)
    def _on_progressed(self, state: JobState) -> None:
        if self._over is not None:
            before = f"{self._title.text()}  {self._line.text()}" if not self.isHidden() else ""
            self._before.setText(before)
            self._before.setVisible(bool(before))
            self._failures.clear()
            self._over = None
        self._title.setText(title(state.job))
        self._line.setText(state_line(state))
        known = state.total > 0 and state.part not in ("start", "stop")
        self._bar.setRange(0, _STEPS if known or state.paused else 0)
        if known:
            self._bar.setValue(round(_STEPS * state.done / state.total))
        stopping = state.part == "stop"
        self._pause.setEnabled(not stopping and state.job.kind in PAUSABLE)
        self._pause.setText(self.tr("Resume") if state.paused else self.tr("Pause"))
        self._pause.setIcon(tinted_icon("play" if state.paused else "pause"))
        self._cancel.setEnabled(not stopping)
        self._show_buttons(running=True)
        self.show()

    @Slot(object)
    def _on_finished(self, report: JobReport) -> None:
        self._end(report.job, self.tr("Done: {title}"), report_line(report))
        self._open.setVisible(report.job.kind in REMEMBERED)
        vanished = report.count("vanished")
        if vanished and not report.count("removed"):
            self._remove.setVisible(report.job.kind == "update")
            words = self.tr("{line}  ·  {count} no longer in its folders and CSVs")
            count = self.locale().toString(vanished)
            self._line.setText(words.format(line=self._line.text(), count=count))

    @Slot(object)
    def _on_stopped(self, job: CatalogueJob) -> None:
        kept = self.tr("What was done so far is kept.") if job.kind in REMEMBERED else ""
        self._end(job, self.tr("Stopped: {title}"), kept, self.tr("Go on"))

    @Slot(object, str)
    def _on_broken(self, job: CatalogueJob, sentence: str) -> None:
        self._end(job, self.tr("Not finished: {title}"), sentence, self.tr("Try again"))

    def _end(self, job: CatalogueJob, words: str, line: str, again: str = "") -> None:
        self._over = job
        self._title.setText(words.format(title=title(job)))
        self._line.setText(line)
        self._show_buttons(running=False)
        self._again.setText(again)
        self._again.setVisible(bool(again))
        self.show()

    def _show_buttons(self, running: bool) -> None:
        for button in (self._pause, self._cancel, self._bar):
            button.setVisible(running)
        self._dismiss.setVisible(not running)
        for button in (self._again, self._open, self._remove):
            button.hide()

    @Slot()
    def _on_changed(self) -> None:
        names = [title(job) for job in self._runner.waiting()]
        self._waiting.setText(self.tr("Then: {jobs}").format(jobs=", ".join(names)))
        self._waiting.setVisible(bool(names))

    @Slot(str, str)
    def _on_failed_picture(self, path: str, reason: str) -> None:
        self._failures.add(path, reason)

    @Slot(str)
    def _on_noted(self, sentence: str) -> None:
        self._failures.add("", sentence)

    @Slot()
    def _on_pause_clicked(self) -> None:
        state = self._runner.state()
        if state is not None and state.paused:
            self._runner.resume()
        else:
            self._runner.pause()

    @Slot()
    def _on_open_clicked(self) -> None:
        if self._over is not None:
            self.open_wanted.emit(self._over.store)

    @Slot()
    def _on_remove_clicked(self) -> None:
        if self._over is not None:
            self._runner.start(replace(self._over, remove_vanished=True))

    @Slot()
    def _on_again_clicked(self) -> None:
        if self._over is not None:
            self._runner.start(self._over)

    @Slot()
    def _on_dismissed(self) -> None:
        self.hide()
        if self._over is not None:
            self._runner.forget(self._over)

    def _connect(self) -> None:
        self._runner.progressed.connect(self._on_progressed)
        self._runner.finished.connect(self._on_finished)
        self._runner.stopped.connect(self._on_stopped)
        self._runner.broken.connect(self._on_broken)
        self._runner.failed_picture.connect(self._on_failed_picture)
        self._runner.noted.connect(self._on_noted)
        self._runner.changed.connect(self._on_changed)
        self._on_changed()

    def _button(self, icon: str, text: str) -> QPushButton:
        button = QPushButton(tinted_icon(icon), text)
        button.setProperty("role", "small")
        button.setIconSize(QSize(20, 16))
        button.hide()
        return button


class _Failures(QWidget):
    """A line that unfolds into a list which can be selected and copied."""

    def __init__(self) -> None:
        super().__init__()
        self._count = 0
        self._toggle = QToolButton()
        self._toggle.setCheckable(True)
        self._toggle.setProperty("role", "quiet")
        self._toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._toggle.setArrowType(Qt.ArrowType.RightArrow)
        self._toggle.toggled.connect(self._on_toggled)
        self._copy = QPushButton(tinted_icon("copy"), self.tr("Copy"))
        self._copy.setProperty("role", "small")
        self._copy.setToolTip(self.tr("Copy the list"))
        self._copy.clicked.connect(self._on_copy_clicked)
        self._list = QPlainTextEdit()
        self._list.setReadOnly(True)
        self._list.setAccessibleName(self.tr("What failed and why"))
        self._list.setMinimumHeight(48)
        self._list.setMaximumHeight(140)
        row = QHBoxLayout()
        row.addWidget(self._toggle)
        row.addStretch(1)
        row.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self._list)
        self.clear()

    def text(self) -> str:
        return self._list.toPlainText()

    def clear(self) -> None:
        self._count = 0
        self._list.clear()
        self._toggle.setChecked(False)
        self._on_toggled(False)
        self.hide()

    def add(self, path: str, reason: str) -> None:
        # Reasons mostly name the file in full.
        self._list.appendPlainText(reason if not path or path in reason else f"{path}: {reason}")
        self._count += 1
        words = self.tr("{count} remarks") if self._count != 1 else self.tr("1 remark")
        self._toggle.setText(words.format(count=self.locale().toString(self._count)))
        self._toggle.setAccessibleName(self._toggle.text())
        self.show()

    @Slot(bool)
    def _on_toggled(self, unfolded: bool) -> None:
        arrow = Qt.ArrowType.DownArrow if unfolded else Qt.ArrowType.RightArrow
        self._toggle.setArrowType(arrow)
        self._list.setVisible(unfolded)
        self._copy.setVisible(unfolded)

    @Slot()
    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
