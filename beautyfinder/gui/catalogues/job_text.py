"""What is said of a job: its title, how far it is, how it ended; and times and sizes in words."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from beautyfinder.gui.catalogues.job import CatalogueJob, JobReport, JobState
from beautyfinder.gui.translation import tr

_SEPARATOR = "  ·  "


def title(job: CatalogueJob) -> str:
    """What is being done to which catalogue."""
    words = {
        "build": tr("Building “{name}”"),
        "update": tr("Updating “{name}”"),
        "check": tr("Checking “{name}”"),
        "compact": tr("Compacting “{name}”"),
        "sample": tr("Making the sample catalogue"),
    }
    return words[job.kind].format(name=job.name)


def state_line(state: JobState) -> str:
    """How far it is: counts, rate and time left, as far as they are known."""
    if state.part == "start":
        return tr("Getting ready…")
    if state.part == "stop":
        return tr("Stopping: what is in hand is still written…")
    number = QLocale().toString
    counts = {
        "draw": tr("{done} of {total} pictures drawn"),
        "index": tr("{done} of {total} pictures"),
        "check": tr("{done} of {total} pictures checked"),
    }.get(state.part, tr("{done} of {total}"))
    said = [counts.format(done=number(state.done), total=number(state.total))]
    if state.paused:
        said.append(tr("paused"))
    if state.rate is not None:
        said.append(tr("{rate} a second").format(rate=number(state.rate, "f", 1)))
    if state.seconds_left is not None and state.done < state.total:
        said.append(tr("{duration} left").format(duration=duration(state.seconds_left)))
    return _SEPARATOR.join(said)


def report_line(report: JobReport) -> str:
    """How it went, in a line."""
    kind, count = report.job.kind, report.count
    if kind == "check":
        if not count("findings"):
            return tr("{checked} pictures checked: nothing is wrong.").format(
                checked=QLocale().toString(count("checked"))
            )
        words = tr("{checked} pictures checked: {findings} findings, {serious} of them serious.")
        return words.format(
            checked=QLocale().toString(count("checked")),
            findings=QLocale().toString(count("findings")),
            serious=QLocale().toString(count("serious")),
        )
    if kind == "compact":
        return tr("{before} before, {after} now.").format(
            before=size(count("bytes_before")), after=size(count("bytes_after"))
        )
    parts = (
        ("added", tr("{count} added")),
        ("updated", tr("{count} updated")),
        ("unchanged", tr("{count} unchanged")),
        ("removed", tr("{count} removed")),
        ("failed", tr("{count} could not be read")),
    )
    said = [
        words.format(count=QLocale().toString(count(name))) for name, words in parts if count(name)
    ]
    return _SEPARATOR.join(said) or tr("Nothing was to be done.")


def duration(seconds: float) -> str:
    """ "40 s", "5 min", "2 h 10 min"."""
    if seconds < 59.5:
        return tr("{seconds} s").format(seconds=max(1, round(seconds)))
    minutes = round(seconds / 60)
    if minutes < 60:
        return tr("{minutes} min").format(minutes=minutes)
    return tr("{hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)


def size(count: int) -> str:
    """Bytes as people read them, in thousands: "86 MB"."""
    return QLocale().formattedDataSize(
        count, 1 if count >= 1_000_000_000 else 0, QLocale.DataSizeFormat.DataSizeSIFormat
    )
