"""What the commands say: answers on standard output; progress, notes and errors on the other."""

from __future__ import annotations

import json
import logging
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.table import Table
from rich.text import Text

# Piped into a file, a table keeps its columns instead of folding them at 80 characters.
out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 200)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def say_json(document: Any) -> None:
    """One JSON document on standard output, in ASCII: any encoding of the output holds it."""
    sys.stdout.write(json.dumps(document, indent=2) + "\n")


def count(number: int, what: str) -> str:
    """ "1 picture", "2 pictures"."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def say_error(message: str) -> None:
    """One line on standard error."""
    err.print(Text("beautyfinder: " + " ".join(message.split())))


def say_table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[str]
) -> None:
    """A table on standard output; `numbers` are the columns set flush right."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, justify="right" if column in numbers else "left")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    out.print(table)


def route_log() -> None:
    """Warnings of our own code as notes on standard error; other libraries' stay in their logs."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("Note: %(message)s"))
    logger = logging.getLogger("beautyfinder")
    logger.handlers[:] = [handler]
    logger.setLevel(logging.WARNING)
    logger.propagate = False


class _Rate(ProgressColumn):
    """Steps per second since the work began, its preparation included."""

    def __init__(self, unit: str) -> None:
        super().__init__()
        self._unit = unit

    def render(self, task: Task) -> Text:
        elapsed = task.finished_time or task.elapsed
        speed = f"{task.completed / elapsed:.1f} {self._unit}/s" if elapsed else ""
        return Text(speed, style="cyan")


@contextmanager
def progress_bar(what: str, unit: str) -> Iterator[Callable[[int, int, str], None]]:
    """A bar with rate and time left on standard error; yields `update(done, total, remark)`.

    Work that is over before its first update shows no bar.
    """
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=28),
        MofNCompleteColumn(),
        _Rate(unit),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[remark]}", style="yellow"),
        console=err,
    )
    task = bar.add_task(what, total=None, remark="")

    def update(done: int, total: int, remark: str = "") -> None:
        bar.start()  # does nothing from the second time on
        bar.update(task, completed=done, total=total, remark=remark)

    try:
        yield update
    finally:
        if bar.live.is_started:
            bar.stop()


@contextmanager
def download_bar(what: str) -> Iterator[Callable[[int, int | None], None]]:
    """A bar in bytes on standard error; yields `update(done_bytes, total_bytes or None)`."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=28),
        DownloadColumn(),
        TransferSpeedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        console=err,
    )
    task = bar.add_task(what, total=None)

    def update(done: int, total: int | None) -> None:
        bar.start()
        bar.update(task, completed=done, total=total)

    try:
        yield update
    finally:
        if bar.live.is_started:
            bar.stop()


@contextmanager
def stop_on_interrupt() -> Iterator[Callable[[], bool]]:
    """Yields a check that turns true at the first Ctrl-C; the second interrupts at once."""
    stopped = False

    def on_interrupt(_signal: int, _frame: object) -> None:
        nonlocal stopped
        if stopped:
            raise KeyboardInterrupt
        stopped = True
        err.print("Stopping after the pictures in hand (Ctrl-C again to stop at once) …")

    before = signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield lambda: stopped
    finally:
        signal.signal(signal.SIGINT, before)
