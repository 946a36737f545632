"""`python packaging/startup.py`: start to a window on an X server, frozen beside unfrozen; seconds.

Both in turn, so that whatever else the machine does hits both, after a round that fills the disk's
cache; medians. The unfrozen one runs in the environment that the other is frozen from. Needs Xvfb
and xwininfo (Debian: xvfb, x11-utils).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time

import environment
import smoke
from version import ROOT

WORK = ROOT / "build" / "package"
ROUNDS, LONGEST, DISPLAY = 7, 60.0, ":97"


def seconds_until_shown(command: list[str], home: str) -> float:
    """From starting the program until the server maps its window; then the program is ended."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    own = kept | {"HOME": home, "DISPLAY": DISPLAY, "QT_QPA_PLATFORM": "xcb"}
    started = time.perf_counter()
    program = subprocess.Popen(command, env=own, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        while time.perf_counter() - started < LONGEST:
            tree = subprocess.run(
                ["xwininfo", "-display", DISPLAY, "-name", "BeautyFinder"],
                capture_output=True, text=True, check=False,
            )  # fmt: skip
            if "IsViewable" in tree.stdout:
                return time.perf_counter() - started
            time.sleep(0.01)
        raise SystemExit(f"{command[0]} showed no window within {LONGEST:.0f} s")
    finally:
        program.terminate()
        program.wait()


def main() -> None:
    """Print both medians and their ratio."""
    frozen = [str(smoke.executable(WORK / "dist" / "BeautyFinder"))]
    unfrozen = [str(environment.python(WORK / "venv")), "-m", "beautyfinder"]
    # -noreset: it would start anew, deaf for a moment, whenever xwininfo was its only client
    server = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1600x1000x24", "-noreset"])
    took: dict[str, list[float]] = {"frozen": [], "unfrozen": []}
    try:
        time.sleep(1)
        with tempfile.TemporaryDirectory() as home:
            for turn in range(ROUNDS + 1):
                for name, command in (("unfrozen", unfrozen), ("frozen", frozen)):
                    seconds = seconds_until_shown(command, home)
                    if turn:
                        took[name].append(seconds)
    finally:
        server.terminate()
        server.wait()
    one, other = statistics.median(took["frozen"]), statistics.median(took["unfrozen"])
    for name, each in took.items():
        print(f"{name:9}{statistics.median(each):6.2f} s   ({min(each):.2f} to {max(each):.2f})")
    print(f"frozen is {one / other:.2f} times as long")
    sys.exit(one > 1.5 * other)


if __name__ == "__main__":
    main()
