"""Tools › Evaluate: choose photos and methods, watch it work, read the table, look at a photo."""

from __future__ import annotations

import shutil
import tempfile
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from beautyfinder.errors import UserError
from beautyfinder.gui.catalogues.background import Background
from beautyfinder.gui.catalogues.job import JobReport, JobState
from beautyfinder.gui.catalogues.job_text import duration
from beautyfinder.gui.evaluation.form import EvaluationForm
from beautyfinder.gui.evaluation.job import EvaluationRunner
from beautyfinder.gui.evaluation.results import Results, read_results
from beautyfinder.gui.evaluation.results_page import ResultsPage
from beautyfinder.gui.message_page import MessagePage
from beautyfinder.gui.theme import tinted_icon
from beautyfinder.gui.translation import tr

# What is saved: the file that the child wrote.
_FILES = {"report": "report.html", "csv": "table.csv", "json": "table.json"}


class EvaluationWindow(QDialog):
    """One evaluation at a time, of the catalogue that the window has open.

    `runner` does it; its files lie in a folder that is gone with the window.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Evaluate"))
        self.setModal(False)
        self.runner = EvaluationRunner(None, self)
        self._background = Background(self)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._store: Path | None = None
        self._results: Results | None = None
        self._dialog: QFileDialog | None = None
        self.form = EvaluationForm()
        self.page = ResultsPage()
        self.buttons: dict[str, QPushButton] = {}
        self._lay_out()
        self._connect()
        self._invite()
        self._say("")
        self._enable()
        self.resize(1180, 860)
        self.setMinimumSize(820, 640)

    def set_store(self, folder: Path | None) -> None:
        """The catalogue to evaluate."""
        self._store = folder.absolute() if folder is not None else None
        name = folder.name if folder is not None else self.tr("no catalogue is open")
        self._of.setText(self.tr("Catalogue: {name}").format(name=name))
        self._enable()

    def results(self) -> Results | None:
        """What is shown."""
        return self._results

    def message(self) -> str:
        """The line under the form, as it is read."""
        return self._line.text()

    def shut_down(self) -> None:
        """The program ends: stop the child, ask the disk nothing more, leave nothing there."""
        self.runner.close()
        self._background.close()
        self._drop_folder()

    # What a person wants

    @Slot()
    def _on_start_clicked(self) -> None:
        if self._store is None or self.form.wanting() or self.runner.state() is not None:
            return
        self._drop_folder()
        self._show(None)
        self._folder = tempfile.TemporaryDirectory(prefix="beautyfinder-evaluation-")
        self.runner.start(self.form.job(self._store, Path(self._folder.name)))
        self._stop.setFocus()

    @Slot()
    def _on_open_clicked(self) -> None:
        if self._results is not None:
            report = self._results.folder / _FILES["report"]
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(report)))

    @Slot()
    def _on_report_clicked(self) -> None:
        self.ask_save("report")

    @Slot()
    def _on_csv_clicked(self) -> None:
        self.ask_save("csv")

    @Slot()
    def _on_json_clicked(self) -> None:
        self.ask_save("json")

    def ask_save(self, kind: str) -> None:
        """Ask where to, then save the report, the CSV or the JSON."""
        if self._results is None:
            return
        names = {
            "report": (self.tr("Save the report"), self.tr("Web page (*.html)")),
            "csv": (self.tr("Save the table"), self.tr("CSV (*.csv)")),
            "json": (self.tr("Save the figures"), self.tr("JSON (*.json)")),
        }
        title, pattern = names[kind]
        suffix = Path(_FILES[kind]).suffix
        start = Path.home() / f"{self._results.catalogue}-evaluation{suffix}"
        dialog = QFileDialog(self, title, str(start))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix[1:])
        dialog.setNameFilters([pattern])
        dialog.fileSelected.connect(partial(self._save_to, kind))
        self._dialog = dialog
        dialog.open()

    def save(self, kind: str, target: Path) -> None:
        """Save the report, the CSV or the JSON; says when that is done, or why it is not."""
        if self._results is not None:
            source = self._results.folder / _FILES[kind]
            self._background.ask(partial(_copy, source, target), self._on_saved, self._say)

    def _save_to(self, kind: str, target: str) -> None:
        self.save(kind, Path(target))

    def _on_saved(self, target: Path) -> None:
        self._say(self.tr("Saved as {file}.").format(file=target))

    # What the runner says

    @Slot(object)
    def _on_progressed(self, state: JobState) -> None:
        known = state.total > 0 and state.part not in ("start", "stop")
        self._bar.setRange(0, state.total if known else 0)
        self._bar.setValue(state.done)
        self._say(_progress_words(state))
        self._enable()

    @Slot(object)
    def _on_finished(self, _report: JobReport) -> None:
        if self._folder is not None:
            self._say(self.tr("Reading the results…"))
            folder = Path(self._folder.name)
            self._background.ask(partial(read_results, folder), self._on_read, self._on_failed)

    def _on_read(self, results: Results) -> None:
        self._show(results)
        words = self.tr("{photos} photos by {methods} methods in {duration}.")
        self._say(
            words.format(
                photos=self.locale().toString(len(results.asked)),
                methods=self.locale().toString(len(results.cells)),
                duration=duration(results.seconds),
            )
        )
        self._enable()

    @Slot(object)
    def _on_stopped(self, _job: object) -> None:
        self._on_failed(self.tr("Stopped."))

    @Slot(object, str)
    def _on_broken(self, _job: object, why: str) -> None:
        self._on_failed(why)

    def _on_failed(self, why: str) -> None:
        self._drop_folder()
        self._say(why)
        self._enable()

    @Slot(str)
    def _on_noted(self, sentence: str) -> None:
        """Of photos that are left out; the last is shown, all are in its tooltip."""
        before = self._note.toolTip()
        self._note.setToolTip(f"{before}\n{sentence}".strip())
        self._note.setText(sentence)
        self._note.show()

    # Showing it

    def _show(self, results: Results | None) -> None:
        self._results = results
        if results is None:
            self._note.setToolTip("")
        self._note.setVisible(bool(self._note.toolTip()))
        self.page.show_results(results)
        self._pages.setCurrentWidget(self._empty if results is None else self.page)

    def _say(self, sentence: str) -> None:
        self._line.setText(sentence)
        self._line.setVisible(bool(sentence))

    @Slot()
    def _enable(self) -> None:
        running = self.runner.state() is not None
        wanting = self.form.wanting()
        if self._store is None:
            wanting = self.tr("Open a catalogue first.")
        self.form.setEnabled(not running)
        self._start.setVisible(not running)
        self._start.setEnabled(not wanting)
        self._start.setToolTip(wanting)
        self._stop.setVisible(running)
        self._bar.setVisible(running)
        for button in self.buttons.values():
            button.setEnabled(self._results is not None)

    def _drop_folder(self) -> None:
        folder, self._folder = self._folder, None
        if folder is not None:
            folder.cleanup()

    def _invite(self) -> None:
        self._empty.say(
            "table", self.tr("How good is each method here?"),
            self.tr("Photos whose products you know are looked up by every method ticked above. "
                    "The table is laid out as the paper's, and every photo can be looked at."),
        )  # fmt: skip

    # Putting it together

    def _lay_out(self) -> None:
        headline = QLabel(self.tr("Evaluate"))
        headline.setProperty("role", "headline")
        self._of = QLabel()
        self._of.setProperty("role", "muted")
        self._start = QPushButton(tinted_icon("play", "accent_text"), self.tr("Start"))
        self._start.setProperty("role", "primary")
        self._start.clicked.connect(self._on_start_clicked)
        self._stop = QPushButton(tinted_icon("close"), self.tr("Stop"))
        self._stop.clicked.connect(self.runner.cancel)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(headline)
        head.addWidget(self._of, 1)
        head.addWidget(self._stop)
        head.addWidget(self._start)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._line, self._note = QLabel(), QLabel()
        for label in (self._line, self._note):
            label.setProperty("role", "muted")
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._note.hide()
        self._empty = MessagePage()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self.page)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.form)
        column.addWidget(self._bar)
        column.addWidget(self._line)
        column.addWidget(self._note)
        column.addWidget(self._pages, 1)
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for name, icon, words in (
            ("open", "globe", self.tr("Open the report")),
            ("report", "export", self.tr("Save the report…")),
            ("csv", "table", self.tr("Save CSV…")),
            ("json", "", self.tr("Save JSON…")),
        ):
            button = QPushButton(words)
            if icon:
                button.setIcon(tinted_icon(icon))
            button.setAutoDefault(False)
            button.setProperty("role", "small")
            button.setIconSize(QSize(20, 16))
            self.buttons[name] = button
            foot.addWidget(button)
        foot.addStretch(1)
        close = QPushButton(self.tr("Close"))
        close.setAutoDefault(False)
        close.setProperty("role", "small")
        close.clicked.connect(self.close)
        foot.addWidget(close)
        return foot

    def _connect(self) -> None:
        self.form.changed.connect(self._enable)
        self.runner.progressed.connect(self._on_progressed)
        self.runner.finished.connect(self._on_finished)
        self.runner.stopped.connect(self._on_stopped)
        self.runner.broken.connect(self._on_broken)
        self.runner.noted.connect(self._on_noted)
        self.runner.changed.connect(self._enable)
        self.buttons["open"].clicked.connect(self._on_open_clicked)
        self.buttons["report"].clicked.connect(self._on_report_clicked)
        self.buttons["csv"].clicked.connect(self._on_csv_clicked)
        self.buttons["json"].clicked.connect(self._on_json_clicked)


def _progress_words(state: JobState) -> str:
    """The first half of the steps describes photos, the second looks them up."""
    if state.part == "start":
        return tr("Getting ready…")
    if state.part == "stop":
        return tr("Stopping…")
    words = tr("{percent} % done")
    percent = int(100 * state.done / state.total) if state.total else 0
    return words.format(percent=percent)


def _copy(source: Path, target: Path, _should_stop: object) -> Path:
    """In a thread: copied beside the target first, so that it is there whole or not at all."""
    part = target.with_name(f".{target.name}.part")
    try:
        shutil.copyfile(source, part)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise UserError(
            tr("{file} cannot be written: {why}. Choose another place.").format(
                file=target, why=error.strerror
            )
        ) from error
    return target
