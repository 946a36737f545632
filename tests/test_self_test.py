"""The self-test: what it tells, how it fails, and that it leaves nothing behind."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from beautyfinder import self_test
from beautyfinder.self_test_window import Bench, PartFails

ROOT = Path(__file__).parents[1]


def checks(**ones: object) -> dict[str, object]:
    return ones


def passing(bench: Bench) -> str:
    assert (bench.store / "catalogue.lance").is_dir()
    assert bench.photo.is_file()
    return "seen"


def failing(_bench: Bench) -> str:
    raise PartFails("the part\nis not there")


def crashing(_bench: Bench) -> str:
    raise ImportError("no library")


def test_one_that_fails_does_not_keep_others_from_running(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(self_test, "_CHECKS", checks(a=failing, b=crashing, c=passing))
    told: list[tuple[str, bool, str]] = []
    before = os.environ.get("BEAUTYFINDER_DATA")
    report = self_test.run_self_test(None, lambda *one: told.append(one))
    assert told == [
        ("a", False, "the part is not there"),
        ("b", False, "ImportError: no library"),
        ("c", True, "seen"),
    ]
    assert not report.passed
    assert report.versions["BeautyFinder"]
    assert os.environ.get("BEAUTYFINDER_DATA") == before


def test_all_pass(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_test, "_CHECKS", checks(c=passing))
    assert self_test.run_self_test(None).passed


def test_the_real_one_passes_and_keeps_its_pictures(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "beautyfinder", "--self-test", "--json",
         "--screenshots", str(tmp_path / "shots")],
        capture_output=True, text=True, timeout=280, cwd=ROOT, check=False,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path),
                          "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    report = json.loads(ended.stdout)
    failed = [check for check in report["checks"] if not check["passed"]]
    assert not failed
    assert report["passed"]
    assert ended.returncode == 0
    assert [check["name"] for check in report["checks"]] == list(self_test._CHECKS)
    names = sorted(path.name for path in (tmp_path / "shots").iterdir())
    assert names == ["inspector.png", "match.png", "window.png"]


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ended = subprocess.run(
        [sys.executable, "-m", "beautyfinder", "--self-test",
         "--screenshots", str(tmp_path / "file" / "shots")],
        capture_output=True, text=True, timeout=60, cwd=ROOT, check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert ended.returncode == 1
    assert "choose another folder" in " ".join(ended.stderr.split())
