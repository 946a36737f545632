"""Runs the frozen program's self-test as a user's system would, and reads what it says."""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

SECONDS = 600
# Anything else on the error stream fails the build.
KNOWN_NOISE = re.compile(
    r"qt\.multimedia\.|This plugin does not support|libEGL warning|MESA|QStandardPaths: |"
    r"Failed to create wl_display|\s*$|.*XDG_RUNTIME_DIR|qt\.qpa\.theme\.gnome|dbind-WARNING|"
    r"qt\.core\.qmetaobject\.connectslotsbyname"
)


class TestFailed(Exception):
    """What the program cannot do, in words."""

    __test__ = False  # for pytest


def executable(folder: Path) -> Path:
    """The program with streams, which on Windows is another file."""
    name = "beautyfinder-console.exe" if platform.system() == "Windows" else "beautyfinder"
    return folder / name


def test(folder: Path, screenshots: Path) -> None:
    """Off screen, and on Linux on an X server too. Raises TestFailed."""
    print("off screen:")
    run([str(executable(folder))], screenshots / "offscreen", {"QT_QPA_PLATFORM": "offscreen"})
    if platform.system() != "Linux":
        return
    if shutil.which("xvfb-run") is None:
        raise TestFailed("there is no xvfb-run here (Debian: the package xvfb)")
    print("on an X server:")
    display = ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24", str(executable(folder))]
    run(display, screenshots / "xvfb", {"QT_QPA_PLATFORM": "xcb"})


def run(command: list[str], screenshots: Path, environment: dict[str, str]) -> None:
    """One self-test, with folders of its own and nothing of a Python around it."""
    kept = {"PATH", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "DISPLAY"}
    with tempfile.TemporaryDirectory() as home:
        clean = {name: value for name, value in os.environ.items() if name in kept}
        clean |= {"HOME": home, "USERPROFILE": home, "APPDATA": home, "LOCALAPPDATA": home}
        ended = subprocess.run(
            [*command, "--self-test", "--json", "--screenshots", str(screenshots)],
            env=clean | environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=SECONDS, check=False,
        )  # fmt: skip
    try:
        report = json.loads(ended.stdout)
    except ValueError as error:
        said = (ended.stdout + ended.stderr)[-2000:]
        raise TestFailed(f"the program ended with {ended.returncode}: {said}") from error
    for check in report["checks"]:
        word = "ok    " if check["passed"] else "FAILED"
        print(f"  {word} {check['name']:<14} {check['seconds']:6.1f} s  {check['detail']}")
    strange = [line for line in ended.stderr.splitlines() if not KNOWN_NOISE.match(line)]
    if strange:
        raise TestFailed("unexpected words on the error stream: " + " | ".join(strange[:5]))
    if ended.returncode or not report["passed"]:
        raise TestFailed("the self-test did not pass")
