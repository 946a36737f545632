"""Jobs in child processes: progress, pause, stop and go on, and every way a child can fail."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from beautyfinder.gui.catalogues import job_runner
from beautyfinder.gui.catalogues.job import (
    CatalogueJob,
    JobReport,
    JobState,
    RateMeter,
    arguments,
    job_from_text,
    job_to_text,
)
from beautyfinder.gui.catalogues.job_runner import JobRunner
from beautyfinder.gui.catalogues.job_view import JobView
from beautyfinder.gui.catalogues.unfinished_bar import UnfinishedBar
from tests.pictures import pack_picture, save

LONG = 60_000  # this machine may be busy


class Heard:
    """What a runner said, in order."""

    def __init__(self, runner: JobRunner) -> None:
        self.states: list[JobState] = []
        self.failed: list[tuple[str, str]] = []
        self.ends: list[tuple[str, Any]] = []
        runner.progressed.connect(self.states.append)
        runner.failed_picture.connect(lambda path, why: self.failed.append((path, why)))
        runner.finished.connect(lambda report: self.ends.append(("finished", report)))
        runner.stopped.connect(lambda job: self.ends.append(("stopped", job)))
        runner.broken.connect(lambda job, why: self.ends.append(("broken", why)))


@pytest.fixture
def runner(qtbot: QtBot, settings: QSettings) -> Any:
    made = JobRunner(settings)
    yield made
    made.close()


@pytest.fixture
def heard(runner: JobRunner) -> Heard:
    return Heard(runner)


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Puts a few lines of Python in the place of the program."""

    def put(code: str) -> None:
        lines = f"import sys, json, time, os\n{code}"
        monkeypatch.setattr(job_runner, "program", lambda: [sys.executable, "-c", lines])

    return put


def pictures(folder: Path, count: int) -> Path:
    for number in range(count):
        save(pack_picture(number), folder / f"{number}.png")
    return folder


def small_job(tmp_path: Path, count: int) -> CatalogueJob:
    source = pictures(tmp_path / "pictures", count)
    return CatalogueJob(
        "build", tmp_path / "S", (str(source),), "", ("mac",), local_features=False, text=False
    )


WAITS = """
say = lambda **line: print(json.dumps(line), flush=True)
say(progress={"part": "index", "done": 1, "total": 9, "failed": 0})
for line in sys.stdin:
    say(note=line.strip())
    if line.strip() == "stop": break
say(stopped="")
"""


def test_a_catalogue_is_built(
    qtbot: QtBot, runner: JobRunner, heard: Heard, tmp_path: Path
) -> None:
    job = small_job(tmp_path, 3)
    (tmp_path / "pictures" / "broken.jpg").write_bytes(b"no picture")
    with qtbot.waitSignal(runner.finished, timeout=LONG):
        runner.start(job)
        assert runner.unfinished() == ()  # it runs
    ((_, report),) = heard.ends
    assert report.job == job
    assert (report.count("added"), report.count("failed")) == (3, 1)
    assert heard.states[0].part == "start"
    assert (heard.states[-1].done, heard.states[-1].total, heard.states[-1].failed) == (4, 4, 1)
    assert "broken.jpg" in heard.failed[0][0]
    assert runner.state() is None
    assert runner.unfinished() == ()


def test_cancelled_half_way_and_gone_on_with(
    qtbot: QtBot, runner: JobRunner, heard: Heard, tmp_path: Path
) -> None:
    job = small_job(tmp_path, 40)
    runner.start(job)
    qtbot.waitUntil(lambda: bool(heard.states and heard.states[-1].done > 0), timeout=LONG)
    with qtbot.waitSignal(runner.stopped, timeout=LONG):
        runner.cancel()
    assert heard.states[-1].part == "stop"
    assert runner.unfinished() == ()  # cancelled is not unfinished
    with qtbot.waitSignal(runner.finished, timeout=LONG):
        runner.start(job)
    report: JobReport = heard.ends[-1][1]
    assert report.count("unchanged") > 0
    assert report.count("unchanged") + report.count("added") == 40


def test_a_source_that_is_gone_is_one_sentence(
    qtbot: QtBot, runner: JobRunner, heard: Heard, tmp_path: Path
) -> None:
    with qtbot.waitSignal(runner.broken, timeout=LONG):
        runner.start(CatalogueJob("build", tmp_path / "S", (str(tmp_path / "gone"),)))
    assert heard.ends[0][1].endswith(
        "does not exist; give a folder of pictures or a catalogue CSV."
    )


def test_pause_resume_and_stop_are_told(
    qtbot: QtBot, runner: JobRunner, heard: Heard, tmp_path: Path, child: Any
) -> None:
    child(WAITS)
    notes: list[str] = []
    runner.noted.connect(notes.append)
    runner.start(CatalogueJob("check", tmp_path))
    qtbot.waitUntil(lambda: bool(heard.states and heard.states[-1].total == 9), timeout=LONG)
    runner.pause()
    runner.pause()
    assert heard.states[-1].paused
    runner.resume()
    assert not heard.states[-1].paused
    with qtbot.waitSignal(runner.stopped, timeout=LONG):
        runner.cancel()
    assert notes == ["pause", "resume", "stop"]


def test_a_job_makes_way_for_look_ups(
    qtbot: QtBot, runner: JobRunner, heard: Heard, tmp_path: Path, child: Any
) -> None:
    """Without a word in the window; a pause that a person made outlasts the look-up."""
    child(WAITS)
    notes: list[str] = []
    runner.noted.connect(notes.append)
    runner.start(CatalogueJob("check", tmp_path))
    qtbot.waitUntil(lambda: bool(heard.states and heard.states[-1].total == 9), timeout=LONG)
    for busy in (True, True, False, False):
        runner.make_way(busy)
        assert not heard.states[-1].paused
    runner.pause()
    runner.make_way(True)
    runner.make_way(False)
    with qtbot.waitSignal(runner.stopped, timeout=LONG):
        runner.cancel()
    assert notes == ["pause", "resume", "pause", "stop"]


def test_garbage_is_passed_over(
    qtbot: QtBot, runner: JobRunner, heard: Heard, tmp_path: Path, child: Any
) -> None:
    garbage = (
        b"\xff\x00 no json\n[1, 2]\nnull\n7\n" + b'{"who": 1}\n{"progress": 7}\n{"failed": []}\n'
        b'{"progress": {"done": 1}}\n{"report": 3}\n{"a": 1, "b": 2}\n'
    )
    child(f"os.write(1, {garbage!r})")
    with qtbot.waitSignal(runner.broken, timeout=LONG):
        runner.start(CatalogueJob("check", tmp_path))
    child("print('rubbish'); print(json.dumps({'report': {'checked': 2}}))")
    with qtbot.waitSignal(runner.finished, timeout=LONG):
        runner.start(CatalogueJob("check", tmp_path))
    assert heard.ends[-1][1].count("checked") == 2
    assert heard.ends[-1][1].count("nothing of that name") == 0


def test_a_child_that_is_killed_is_one_sentence_and_stays_unfinished(
    qtbot: QtBot, runner: JobRunner, heard: Heard, settings: QSettings, tmp_path: Path, child: Any
) -> None:
    child(WAITS)
    job = CatalogueJob("update", tmp_path / "Shop", ("/a",))
    runner.start(job)
    qtbot.waitUntil(lambda: bool(heard.states and heard.states[-1].total == 9), timeout=LONG)
    assert runner._process is not None
    with qtbot.waitSignal(runner.broken, timeout=LONG):
        os.kill(runner._process.processId(), signal.SIGKILL)
    assert "“Shop” was ended from outside" in heard.ends[0][1]
    assert runner.unfinished() == (job,)
    assert JobRunner(settings).unfinished() == (job,)


def test_the_last_line_of_a_child_that_fails_is_told(
    qtbot: QtBot, runner: JobRunner, heard: Heard, tmp_path: Path, child: Any
) -> None:
    child("sys.exit('usage\\nbeautyfinder: no such option')")
    with qtbot.waitSignal(runner.broken, timeout=LONG):
        runner.start(CatalogueJob("check", tmp_path / "Shop"))
    assert "“Shop” ended unexpectedly (no such option)" in heard.ends[0][1]


def test_a_program_that_cannot_be_started(
    qtbot: QtBot, runner: JobRunner, heard: Heard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_runner, "program", lambda: [str(tmp_path / "nothing")])
    with qtbot.waitSignal(runner.broken, timeout=LONG):
        runner.start(CatalogueJob("check", tmp_path))
    assert "could not be started" in heard.ends[0][1]


def test_one_after_the_other(
    qtbot: QtBot, runner: JobRunner, heard: Heard, tmp_path: Path, child: Any
) -> None:
    child("print(json.dumps({'report': {}}))")
    jobs = [CatalogueJob("check", tmp_path / name) for name in "abc"]
    for job in (*jobs, jobs[0], jobs[2]):  # what is under way is not repeated
        runner.start(job)
    assert runner.waiting() == (jobs[1], jobs[2])
    assert runner.is_busy_with(tmp_path / "c")
    qtbot.waitUntil(lambda: len(heard.ends) == 3, timeout=LONG)
    assert [report.job for _, report in heard.ends] == jobs
    assert not runner.is_busy_with(tmp_path / "c")


def test_unfinished_work_is_offered_after_a_restart(
    qtbot: QtBot, settings: QSettings, tmp_path: Path, child: Any
) -> None:
    child(WAITS)
    first = JobRunner(settings)
    job = CatalogueJob("build", tmp_path / "Shop", ("/a", "/b"), "vgg16", ("mac",), False, False)
    first.start(job)
    first.start(CatalogueJob("check", tmp_path / "Shop"))
    first.close()
    second = JobRunner(settings)
    bar = UnfinishedBar(second)
    qtbot.addWidget(bar)
    assert bar.words() == ""
    assert bar.offer_unfinished()
    assert bar.words() == "Not finished yet: Shop"
    child("print(json.dumps({'report': {}}))")
    with qtbot.waitSignal(second.finished, timeout=LONG) as ended:
        bar.go_on.click()
    assert ended.args[0].job == job
    assert not bar.offer_unfinished()
    assert JobRunner(settings).unfinished() == ()


def test_unfinished_work_can_be_forgotten(qtbot: QtBot, settings: QSettings) -> None:
    settings.setValue("catalogues/unfinished", [job_to_text(CatalogueJob("build", Path("/s")))])
    runner = JobRunner(settings)
    bar = UnfinishedBar(runner)
    qtbot.addWidget(bar)
    assert bar.offer_unfinished()
    bar.forget.click()
    assert bar.words() == ""
    assert JobRunner(settings).unfinished() == ()


@pytest.mark.parametrize("text", ["", "x", "[]", "{}", '{"kind": "rm", "store": "/"}', "null"])
def test_settings_that_are_nonsense_are_no_jobs(settings: QSettings, text: str) -> None:
    assert job_from_text(text) is None
    settings.setValue("catalogues/unfinished", [text])
    assert JobRunner(settings).unfinished() == ()


def test_jobs_survive_the_settings() -> None:
    job = CatalogueJob("build", Path("/s ü"), ("/a",), "vgg16", ("mac", "spoc"), False, True)
    assert job_from_text(job_to_text(job)) == job


def test_the_command_of_each_kind() -> None:
    store = Path("/s")
    assert arguments(CatalogueJob("check", store)) == ["store", "check", "--machine", "--", "/s"]
    assert arguments(CatalogueJob("update", store, ("-a",), remove_vanished=True)) == [
        "store", "add", "--machine", "--remove-vanished", "--", "/s", "-a",
    ]  # fmt: skip
    build = CatalogueJob("build", store, ("-a",), "vgg16", ("mac", "spoc"), False, False)
    assert arguments(build) == [
        "index", "--machine", "--store=/s", "--backbone=vgg16", "--pooling=mac,spoc",
        "--no-local-features", "--no-text", "--", "-a",
    ]  # fmt: skip
    sample = CatalogueJob("sample", store, products=9)
    assert arguments(sample) == ["demo", "--products", "9", "--machine"]


def test_the_rate_is_of_the_last_half_minute() -> None:
    meter = RateMeter()
    assert meter.rate(0.0, 0) is None
    assert meter.rate(0.5, 5) is None
    assert meter.rate(10.0, 20) == pytest.approx(2.0)
    assert meter.rate(39.0, 310) == pytest.approx(10.0)  # since the tenth second
    meter.restart()
    assert meter.rate(40.0, 311) is None
    assert meter.rate(42.0, 311) is None  # nothing was done


def test_the_view_shows_the_job_and_what_failed(
    qtbot: QtBot, runner: JobRunner, tmp_path: Path, child: Any
) -> None:
    view = JobView(runner)
    qtbot.addWidget(view)
    assert view.isHidden()
    child(WAITS.replace("for line", "say(failed=['/a.jpg', '/a.jpg is torn.'])\nfor line"))
    job = CatalogueJob("update", tmp_path / "Shop", ("/a",))
    runner.start(job)
    runner.start(CatalogueJob("check", tmp_path / "Shop"))
    qtbot.waitUntil(lambda: "1 of 9 pictures" in view.words(), timeout=LONG)
    assert view.words().startswith("Updating “Shop”")
    assert view._waiting.text() == "Then: Checking “Shop”"
    qtbot.waitUntil(lambda: view.failures() == "/a.jpg is torn.", timeout=LONG)
    view._pause.click()
    assert "paused" in view.words()
    assert view._pause.text() == "Resume"
    view._pause.click()
    runner.drop_waiting()
    view._cancel.click()
    assert "Stopping" in view.words()
    qtbot.waitUntil(lambda: view.words().startswith("Stopped: Updating “Shop”"), timeout=LONG)
    child("print(json.dumps({'report': {'added': 3, 'vanished': 2}}))")
    view._again.click()
    qtbot.waitUntil(lambda: view.words().startswith("Done: Updating “Shop”"), timeout=LONG)
    assert "3 added" in view.words()
    assert "2 no longer in its folders and CSVs" in view.words()
    started: list[CatalogueJob] = []
    runner.start = started.append  # type: ignore[method-assign]
    view._remove.click()
    assert started[0].remove_vanished
    view._dismiss.click()
    assert view.isHidden()
