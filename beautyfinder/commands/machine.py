"""`--machine`: a command as the window runs it. JSON lines out, orders in, at low priority.

Out, one object a line: `progress` (part, done, total, failed), `failed` (path and reason), `note`
(a sentence), and as the last one `report`, `stopped` or `error` (a sentence). In, one word a line:
`pause`, `resume`, `stop`; the end of the input means stop, for the window is gone.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, TextIO

import click

from beautyfinder.errors import Cancelled, UserError
from beautyfinder.faults import keep_fault

MOST_FAILURES = 1000  # are told by name; a drive that is missing would fill pages
_EVERY_SECONDS = 0.1  # between two lines of progress
_NICE = 15
_BELOW_NORMAL_PRIORITY_CLASS = 0x4000  # Windows' name and number

machine_option = click.option("--machine", is_flag=True, hidden=True, help="Run by the window.")
Work = Callable[["Talk"], Mapping[str, Any]]


class Talk:
    """What the work tells the window, and what the window wants of it. For any thread."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._writing = threading.Lock()
        self._changed = threading.Condition()
        self._paused = self._stopped = False
        self._last_progress = -_EVERY_SECONDS
        self._failures = 0

    def should_stop(self) -> bool:
        """Whether to stop; returns only once the work may go on or has to stop."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopped or not self._paused)
            return self._stopped

    def order(self, word: str) -> None:
        """Do as the window says; other words than the three are none of ours."""
        with self._changed:
            if word == "stop":
                self._stopped = True
            elif word in ("pause", "resume"):
                self._paused = word == "pause"
            self._changed.notify_all()

    def progress(self, part: str, done: int, total: int, failed: int = 0) -> None:
        """How far `part` ("draw", "index", "check") is; most calls between the lines are lost."""
        now = time.monotonic()
        if done < total and now - self._last_progress < _EVERY_SECONDS:
            return
        self._last_progress = now
        self.tell("progress", {"part": part, "done": done, "total": total, "failed": failed})

    def failure(self, path: str, reason: str) -> None:
        """A picture that cannot be used; after `MOST_FAILURES` they are only counted."""
        self._failures += 1
        if self._failures <= MOST_FAILURES:
            self.tell("failed", [path, reason])

    def tell(self, what: str, content: object) -> None:
        """Write a line; a window that no longer listens means stop."""
        try:
            with self._writing:
                self._out.write(json.dumps({what: content}) + "\n")  # ASCII, whatever the names
                self._out.flush()
        except OSError:
            self.order("stop")


class _Notes(logging.Handler):
    """Warnings of our own code, told as notes."""

    def __init__(self, talk: Talk) -> None:
        super().__init__(logging.WARNING)
        self._talk = talk

    def emit(self, record: logging.LogRecord) -> None:
        self._talk.tell("note", record.getMessage())


def run_machine(work: Work) -> int:
    """Run `work` and tell what it returns as the report; the exit code."""
    out = _take_standard_output()
    _keep_to_the_background()
    talk = Talk(out)
    threading.Thread(target=_listen, args=(talk,), name="orders", daemon=True).start()
    logging.getLogger("beautyfinder").addHandler(_Notes(talk))
    try:
        report = work(talk)
    except UserError as error:
        talk.tell("error", str(error))
        return 1
    except Cancelled as stop:
        talk.tell("stopped", str(stop))
        return 0
    except Exception as error:
        file = keep_fault(error)
        where = "" if file is None else f" The details are in {file}."
        what = " ".join(f"{type(error).__name__}: {error}".split())[:160].rstrip(": .")
        talk.tell("error", f"Something went wrong inside BeautyFinder ({what}).{where}")
        return 70
    talk.tell("report", dict(report))
    return 0


def background_workers() -> int:
    """How many threads to compute with: all cores but one, which is the window's."""
    there = getattr(os, "sched_getaffinity", None)
    cores = len(there(0)) if there is not None else os.cpu_count() or 1
    return max(1, min(8, cores - 1))


def _take_standard_output() -> TextIO:
    """The pipe to the window, for us alone: what libraries print goes with the errors."""
    out = os.fdopen(os.dup(1), "w", encoding="ascii", newline="\n")
    sys.stdout.flush()
    os.dup2(2, 1)
    return out


def _keep_to_the_background() -> None:
    """Before torch and the like are imported: they read the number of threads only then."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the window's; it will say stop
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, str(background_workers()))
    with suppress(OSError):  # the priority is a courtesy
        if sys.platform == "win32":
            import ctypes

            kernel = ctypes.windll.kernel32
            kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL_PRIORITY_CLASS)
        else:
            os.nice(_NICE)


def _listen(talk: Talk) -> None:
    # Not sys.stdin: at the end of the program Python would wait for its lock.
    rest = b""
    while True:
        try:
            data = os.read(0, 4096)
        except OSError:
            data = b""
        if not data:
            break
        *lines, rest = (rest + data).split(b"\n")
        for line in lines:
            talk.order(line.decode("ascii", "replace").strip())
    talk.order("stop")
