"""One piece of long work on a catalogue, and the command line that does it in a child process."""

from __future__ import annotations

import json
import sys
from collections import deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

KINDS = ("build", "update", "check", "compact", "sample")
REMEMBERED = ("build", "update", "sample")  # goes on after a restart; the others are soon repeated
PAUSABLE = ("build", "update", "check", "sample")
_RATE_SECONDS = 30.0


@dataclass(frozen=True)
class CatalogueJob:
    """What to do with the catalogue in `store`.

    kind: "build" a new one from `sources`, with `backbone`, `poolings`, `local_features` and
    `text`; "update" one from `sources`, computing what it has of its pictures, with
    `remove_vanished`; "check", "compact"; draw and build the "sample" of so many `products`.
    """

    kind: str
    store: Path
    sources: tuple[str, ...] = ()
    backbone: str = ""
    poolings: tuple[str, ...] = ()
    local_features: bool = True
    text: bool = True
    remove_vanished: bool = False
    products: int = 0

    @property
    def name(self) -> str:
        """What people call the catalogue: its folder's name."""
        return self.store.name


@dataclass(frozen=True)
class JobState:
    """How far a job is.

    part: "start" until the first word from the child, then "draw", "index", "check"; "stop" once
    it was asked to stop. rate: pictures a second over the last half minute, None while that is not
    known; seconds_left likewise.
    """

    job: CatalogueJob
    part: str = "start"
    done: int = 0
    total: int = 0
    failed: int = 0
    rate: float | None = None
    seconds_left: float | None = None
    paused: bool = False


@dataclass(frozen=True)
class JobReport:
    """A job that is done. `result`: what the command reported, by name."""

    job: CatalogueJob
    result: Mapping[str, Any] = field(default_factory=dict)

    def count(self, name: str) -> int:
        """A number of the report, 0 where it has none of that name."""
        value = self.result.get(name, 0)
        return value if isinstance(value, int) else 0


class RateMeter:
    """Steps a second over the last `_RATE_SECONDS`; `now` in seconds, from any beginning."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def restart(self) -> None:
        """Another part begins, or a pause ended: what was before says nothing."""
        self._seen.clear()

    def rate(self, now: float, done: int) -> float | None:
        """Take in that so many are done; None until a second has passed."""
        self._seen.append((now, done))
        while now - self._seen[0][0] > _RATE_SECONDS:
            self._seen.popleft()
        seconds, steps = now - self._seen[0][0], done - self._seen[0][1]
        return steps / seconds if seconds >= 1 and steps > 0 else None


def program() -> list[str]:
    """How the command line of this very program is run."""
    frozen = getattr(sys, "frozen", False)
    return [sys.executable] if frozen else [sys.executable, "-m", "beautyfinder"]


def arguments(job: CatalogueJob) -> list[str]:
    """The command that does `job` and talks to the window."""
    store = str(job.store)
    if job.kind == "sample":
        return ["demo", "--products", str(job.products), "--machine"]
    if job.kind in ("check", "compact"):
        return ["store", job.kind, "--machine", "--", store]
    if job.kind == "update":
        flags = ["--remove-vanished"] if job.remove_vanished else []
        return ["store", "add", "--machine", *flags, "--", store, *job.sources]
    options = [f"--store={store}"]
    if job.backbone:
        options.append(f"--backbone={job.backbone}")
    if job.poolings:
        options.append(f"--pooling={','.join(job.poolings)}")
    if not job.local_features:
        options.append("--no-local-features")
    if not job.text:
        options.append("--no-text")
    return ["index", "--machine", *options, "--", *job.sources]


def job_to_text(job: CatalogueJob) -> str:
    """For the settings."""
    return json.dumps(asdict(job) | {"store": str(job.store)})


def job_from_text(text: str) -> CatalogueJob | None:
    """None for what is no job: settings are files that anybody may have edited."""
    try:
        values = json.loads(text)
        values["store"] = Path(values["store"])
        for name in ("sources", "poolings"):
            values[name] = tuple(str(value) for value in values[name])
        job = CatalogueJob(**values)
    except (ValueError, TypeError, KeyError):
        return None
    return job if job.kind in KINDS else None
