"""From start to a window that takes a drop, beside an empty PySide6 window: seconds and ratio."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

ROUNDS = 5
# Each prints one line once its window is shown and its event loop runs.
EMPTY = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.setAcceptDrops(True)
window.show()
QTimer.singleShot(0, lambda: (print("shown", flush=True), app.quit()))
app.exec()
"""
OURS = """
import sys
from PySide6.QtCore import QTimer
from beautyfinder.gui.app import make_app
from beautyfinder.gui.engine import Engine
from beautyfinder.gui.program import Program
from beautyfinder.gui.services import make_services
app = make_app()
program = Program(make_services(Engine()))
program.window.show()
heavy = [name for name in ("torch", "cv2", "lance", "PySide6.QtMultimedia") if name in sys.modules]
QTimer.singleShot(0, lambda: (print("shown", *heavy, flush=True), program.close(), app.quit()))
app.exec()
"""


def seconds_until_shown(code: str) -> tuple[float, list[str]]:
    """Seconds from starting Python to the window, and which heavy modules were loaded by then."""
    started = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        took = time.perf_counter() - started
        process.stdout.read()
    word, *heavy = line.split()
    if word != "shown":
        raise RuntimeError(f"no window was shown: {line!r}")
    return took, heavy


def main() -> None:
    """Both in turn, so that whatever else the machine does hits both; medians."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for code in (EMPTY, OURS):  # into the disk's cache
        seconds_until_shown(code)
    empty, ours, heavy = [], [], set()
    for _ in range(ROUNDS):
        empty.append(seconds_until_shown(EMPTY)[0])
        took, loaded = seconds_until_shown(OURS)
        ours.append(took)
        heavy.update(loaded)
    one, other = statistics.median(empty), statistics.median(ours)
    print(f"empty PySide6 window  {one:.2f} s")
    print(f"BeautyFinder          {other:.2f} s   {other / one:.2f} times as long")
    print(f"heavy modules loaded before the window: {', '.join(sorted(heavy)) or 'none'}")


if __name__ == "__main__":
    main()
