"""Runs the jobs, one at a time, each in a child process; remembers those that are unfinished."""

from __future__ import annotations

import json
import logging
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QProcess, QSettings, QTimer, Signal, Slot

from beautyfinder.gui.catalogues.job import (
    REMEMBERED,
    CatalogueJob,
    JobReport,
    JobState,
    RateMeter,
    arguments,
    job_from_text,
    job_to_text,
    program,
)

_STOP_MS = 60_000  # a heavy network's batch, and its commit; then the child is ended
_CLOSE_MS = 8_000  # the same while the window closes: what the last commit had is kept
_KEPT_ERRORS = 4_000  # characters of what the child wrote to its standard error
_SETTING = "catalogues/unfinished"
_log = logging.getLogger(__name__)


class JobRunner(QObject):
    """The long work behind the window. `settings` None: nothing is remembered.

    `progressed` (JobState) at every news of the running job; `failed_picture` (path, reason) or,
    of a check, what was found; `noted` (a sentence). A job ends with one of `finished` (JobReport),
    `stopped` (CatalogueJob) and `broken` (CatalogueJob, a sentence). `changed` whenever a job
    began, ended or was queued.
    """

    progressed = Signal(object)
    failed_picture = Signal(str, str)
    noted = Signal(str)
    finished = Signal(object)
    stopped = Signal(object)
    broken = Signal(object, str)
    changed = Signal()

    def __init__(self, settings: QSettings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._queue: deque[CatalogueJob] = deque()
        self._process: QProcess | None = None
        self._state: JobState | None = None
        self._meter = RateMeter()
        self._end: tuple[str, Any] | None = None  # the child's last word
        self._heard = b""
        self._errors = ""
        self._closed = False
        self._making_way = False
        self._unfinished = self._read_unfinished()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_STOP_MS)
        self._patience.timeout.connect(self._on_patience_ended)

    def start(self, job: CatalogueJob) -> None:
        """Do `job` now, or after those before it; one that is under way already is not repeated."""
        running = self._state.job if self._state is not None else None
        if self._closed or job == running or job in self._queue:
            return
        self.forget(job)
        if job.kind in REMEMBERED:
            self._unfinished.append(job)
            self._write_unfinished()
        self._queue.append(job)
        self._begin_next()
        self.changed.emit()

    def pause(self) -> None:
        """Rest after the pictures in hand."""
        self._set_paused(True)

    def resume(self) -> None:
        """Go on after a pause."""
        self._set_paused(False)

    def make_way(self, busy: bool) -> None:
        """Rest while somebody waits for a look-up, without a word; a person's own pause stays."""
        if busy == self._making_way:
            return
        self._making_way = busy
        state = self._state
        if state is not None and not state.paused and state.part != "stop":
            self._order("pause" if busy else "resume")
            self._meter.restart()

    def cancel(self) -> None:
        """Stop the running job: what it has done so far is kept."""
        if self._process is None or self._state is None:
            return
        self.forget(self._state.job)
        self._order("stop")
        self._patience.start()
        self._state = replace(self._state, part="stop", paused=False, rate=None, seconds_left=None)
        self.progressed.emit(self._state)

    def drop_waiting(self) -> None:
        """Nothing comes after the running job."""
        for job in self._queue:
            self.forget(job)
        self._queue.clear()
        self.changed.emit()

    def state(self) -> JobState | None:
        """How far the running job is; None where none runs."""
        return self._state

    def waiting(self) -> tuple[CatalogueJob, ...]:
        """The jobs after the running one."""
        return tuple(self._queue)

    def is_busy_with(self, store: Path) -> bool:
        """Whether a job on that catalogue runs or waits."""
        jobs = [*self._queue, *([self._state.job] if self._state is not None else [])]
        return any(job.store == store for job in jobs)

    def unfinished(self) -> tuple[CatalogueJob, ...]:
        """Jobs that neither ended nor were cancelled, and that do not run now."""
        running = self._state.job if self._state is not None else None
        return tuple(j for j in self._unfinished if j != running and j not in self._queue)

    def go_on(self) -> None:
        """Start what is unfinished."""
        for job in self.unfinished():
            self.start(job)

    def forget(self, job: CatalogueJob) -> None:
        """Do not offer that unfinished job again."""
        with suppress(ValueError):
            self._unfinished.remove(job)
            self._write_unfinished()

    def forget_unfinished(self) -> None:
        """Do not offer it again; what is in the catalogues stays there."""
        for job in self.unfinished():
            self.forget(job)
        self.changed.emit()

    def close(self) -> None:
        """End the child, politely at first; returns when it has ended. The job stays remembered."""
        self._closed = True
        self._queue.clear()
        self._patience.stop()
        process, self._process = self._process, None
        if process is None:
            return
        process.finished.disconnect(self._on_ended)
        process.errorOccurred.disconnect(self._on_process_error)
        process.closeWriteChannel()  # which the child takes for "stop"
        if not process.waitForFinished(_CLOSE_MS):
            process.kill()
            process.waitForFinished(1000)
        self._state = None

    def _begin_next(self) -> None:
        if self._process is not None or not self._queue or self._closed:
            return
        job = self._queue.popleft()
        self._state = JobState(job)
        self._meter.restart()
        self._end, self._heard, self._errors = None, b"", ""
        command, *first = program()
        process = QProcess(self)
        process.readyReadStandardOutput.connect(self._on_output)
        process.readyReadStandardError.connect(self._on_error_output)
        process.finished.connect(self._on_ended)
        process.errorOccurred.connect(self._on_process_error)
        self._process = process
        process.start(command, [*first, *self._arguments(job)])
        self.progressed.emit(self._state)

    def _arguments(self, job: CatalogueJob) -> list[str]:
        return arguments(job)

    def _set_paused(self, paused: bool) -> None:
        state = self._state
        if state is None or state.paused == paused or state.part == "stop":
            return
        self._order("pause" if paused or self._making_way else "resume")
        self._meter.restart()
        self._state = replace(state, paused=paused, rate=None, seconds_left=None)
        self.progressed.emit(self._state)

    def _order(self, word: str) -> None:
        if self._process is not None:
            self._process.write(f"{word}\n".encode())

    @Slot()
    def _on_output(self) -> None:
        if self._process is None:
            return
        *lines, self._heard = (
            self._heard + bytes(self._process.readAllStandardOutput().data())
        ).split(b"\n")
        for line in lines:
            self._take(line)

    @Slot()
    def _on_error_output(self) -> None:
        if self._process is not None:
            text = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
            self._errors = (self._errors + text)[-_KEPT_ERRORS:]

    def _take(self, line: bytes) -> None:
        """One line of the child's; what is none of the protocol goes to the log, and no further."""
        handlers: dict[str, Callable[[Any], None]] = {
            "progress": self._take_progress,
            "failed": lambda pair: self.failed_picture.emit(str(pair[0]), str(pair[1])),
            "note": lambda sentence: self.noted.emit(str(sentence)),
            "report": lambda report: self._take_end("report", dict(report)),
            "stopped": lambda sentence: self._take_end("stopped", sentence),
            "error": lambda sentence: self._take_end("error", str(sentence)),
        }
        try:
            ((what, content),) = json.loads(line).items()
            handlers[what](content)
        except (ValueError, TypeError, AttributeError, KeyError, IndexError):
            _log.info("The child said what is not understood: %r", line[:200])

    def _take_end(self, what: str, content: object) -> None:
        self._end = (what, content)

    def _take_progress(self, news: dict[str, Any]) -> None:
        part, done, total = str(news["part"]), int(news["done"]), int(news["total"])
        state = self._state
        if state is None or state.part == "stop":
            return
        if part != state.part:
            self._meter.restart()
        rate = None if state.paused else self._meter.rate(time.monotonic(), done)
        self._state = replace(
            state,
            part=part,
            done=done,
            total=total,
            failed=int(news.get("failed", 0)),
            rate=rate,
            seconds_left=(total - done) / rate if rate else None,
        )
        self.progressed.emit(self._state)

    @Slot(QProcess.ProcessError)
    def _on_process_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart and self._process is not None:
            why = self.tr("The background process could not be started ({why}). Install "
                          "BeautyFinder again if this goes on.")  # fmt: skip
            self._end = ("error", why.format(why=self._process.errorString()))
            self._on_ended()

    @Slot()
    def _on_ended(self) -> None:
        process, state = self._process, self._state
        if process is None or state is None:
            return
        self._on_output()  # what it still had to say
        self._on_error_output()
        killed = process.exitStatus() == QProcess.ExitStatus.CrashExit
        cancelled = state.part == "stop"
        self._patience.stop()
        self._process = self._state = None
        process.deleteLater()
        what, content = self._end or ("", None)
        if what == "report":
            self.forget(state.job)
            self.finished.emit(JobReport(state.job, content or {}))
        elif what == "error" and not cancelled:
            self.broken.emit(state.job, content)
        elif cancelled or what == "stopped":
            self.stopped.emit(state.job)
        else:
            self.broken.emit(state.job, self._death(state.job, killed))
        self._begin_next()
        self.changed.emit()

    @Slot()
    def _on_patience_ended(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _death(self, job: CatalogueJob, killed: bool) -> str:
        """What to say of a child that ended without a last word."""
        lines = self._errors.strip().splitlines()
        last = lines[-1][:200] if lines else ""
        if killed or not last:
            sentence = self.tr(
                "The work on “{name}” was ended from outside or for want of memory. What was done "
                "so far is kept: try again to go on."
            )
            return sentence.format(name=job.name)
        sentence = self.tr(
            "The work on “{name}” ended unexpectedly ({why}). What was done so far is kept: try "
            "again to go on."
        )
        return sentence.format(name=job.name, why=last.removeprefix("beautyfinder: "))

    def _read_unfinished(self) -> list[CatalogueJob]:
        value = self._settings.value(_SETTING) if self._settings is not None else None
        # A list of one comes back as its only text from some kinds of settings.
        texts = value if isinstance(value, list) else [value] if value else []
        jobs = [job_from_text(str(text)) for text in texts]
        return [job for job in jobs if job is not None]

    def _write_unfinished(self) -> None:
        if self._settings is not None:
            self._settings.setValue(_SETTING, [job_to_text(job) for job in self._unfinished])
            self._settings.sync()  # the program may be killed before it would be written by itself
