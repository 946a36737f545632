"""Commands as the window runs them: lines out, orders in, at the end of the input a stop."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from beautyfinder.commands.index import run_index_for
from beautyfinder.commands.machine import MOST_FAILURES, Talk
from beautyfinder.commands.store import _check_for, _compact, _runs_of
from beautyfinder.store.store import FeatureStore
from tests.conftest import TinyCatalogue
from tests.pictures import pack_picture, save

Lines = list[dict[str, Any]]


def begin(*arguments: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "beautyfinder", *map(str, arguments), "--machine"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def run(*arguments: str | Path) -> tuple[int, Lines]:
    """With nothing ordered until it ends."""
    process = begin(*arguments)
    assert process.stdout is not None
    lines = [json.loads(line) for line in process.stdout]
    process.communicate()
    return process.returncode, lines


def content(lines: Lines, what: str) -> list[Any]:
    return [line[what] for line in lines if what in line]


def test_index_tells_progress_failures_and_a_report(
    tiny_catalogue: TinyCatalogue, tmp_path: Path
) -> None:
    store = tmp_path / "S"
    code, lines = run("index", tiny_catalogue.csv, "--store", store, "--no-text")
    assert code == 0
    progress = content(lines, "progress")
    assert progress[-1] == {"part": "index", "done": 15, "total": 15, "failed": 1}
    ((path, reason),) = content(lines, "failed")
    assert path == str(tiny_catalogue.folder / "shop" / "broken.jpg")
    assert "broken.jpg" in reason
    (report,) = content(lines, "report")
    assert (report["added"], report["failed"], report["vanished"]) == (14, 1, 0)
    assert lines[-1] == {"report": report}


def test_add_check_and_compact(tiny_store: FeatureStore, tmp_path: Path) -> None:
    store = Path(
        shutil.copytree(tiny_store.folder, tmp_path / "S", ignore=shutil.ignore_patterns("derived"))
    )
    more = save(pack_picture(90), tmp_path / "more" / "x.png").parent
    out = io.StringIO()
    talk = Talk(out)
    report = run_index_for(talk, store, [more], _runs_of(store, "cpu", False))
    assert report["added"] == 1
    assert not FeatureStore.open(store).has_words()  # it had none, so it gets none
    (more / "x.png").unlink()
    report = _check_for(talk, store)
    assert (report["checked"], report["findings"], report["serious"]) == (16, 2, 0)
    told = content([json.loads(line) for line in out.getvalue().splitlines()], "failed")
    assert any("vanished file" in reason for _, reason in told)
    save(pack_picture(91), more / "y.png")
    report = run_index_for(talk, store, [more], _runs_of(store, "cpu", True))
    assert (report["added"], report["removed"]) == (1, 1)
    report = _compact(store)
    assert report["bytes_after"] < report["bytes_before"]


def test_faults_of_the_input_are_one_sentence(tmp_path: Path) -> None:
    code, lines = run("store", "check", tmp_path / "nowhere")
    assert code == 1
    assert "nowhere" in content(lines, "error")[0]
    assert len(lines) == 1


def test_the_end_of_the_input_stops_it_and_what_is_done_stays(tmp_path: Path) -> None:
    for number in range(40):
        save(pack_picture(number), tmp_path / "pictures" / f"{number}.png")
    cheap = ("--no-text", "--no-local-features", "--pooling=mac")
    process = begin("index", tmp_path / "pictures", "--store", tmp_path / "S", *cheap)
    assert process.stdin is not None
    assert process.stdout is not None
    first = json.loads(process.stdout.readline())
    assert first["progress"]["done"] < 40
    process.stdin.close()
    rest = [json.loads(line) for line in process.stdout]
    assert process.wait(60) == 0
    assert "stopped" in rest[-1]
    done = FeatureStore.open(tmp_path / "S").info().images
    assert 0 < done < 40
    _, lines = run("index", tmp_path / "pictures", "--store", tmp_path / "S", *cheap)
    report = content(lines, "report")[0]
    assert (report["unchanged"], report["added"]) == (done, 40 - done)


def test_a_pause_holds_the_work_until_it_goes_on_or_stops() -> None:
    talk = Talk(io.StringIO())
    assert not talk.should_stop()
    for word in ("resume", "stop"):
        talk.order("pause")
        answered: list[bool] = []
        thread = threading.Thread(target=lambda into=answered: into.append(talk.should_stop()))
        thread.start()
        thread.join(0.1)
        assert thread.is_alive()
        talk.order("nonsense")
        talk.order(word)
        thread.join(10)
        assert answered == [word == "stop"]


def test_progress_is_thinned_out_and_failures_are_bounded() -> None:
    out = io.StringIO()
    talk = Talk(out)
    for done in range(1, 2001):
        talk.progress("index", done, 2000)
        talk.failure("/a.jpg", "why")
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert len(content(lines, "failed")) == MOST_FAILURES
    progress = content(lines, "progress")
    assert len(progress) < 200
    assert progress[-1]["done"] == 2000


def test_a_window_that_is_gone_means_stop() -> None:
    class Broken(io.StringIO):
        def write(self, _text: str) -> int:
            raise BrokenPipeError

    talk = Talk(Broken())
    talk.tell("note", "x")
    assert talk.should_stop()


@pytest.mark.parametrize("arguments", [["index", "--help"], ["store", "check", "--help"]])
def test_the_option_is_for_the_window_alone(arguments: list[str]) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "beautyfinder", *arguments],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert "--machine" not in ended.stdout
