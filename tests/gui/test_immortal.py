"""The window's process outlives what PySide 6.12 does to Python 3.11's reference counts."""

import os
import subprocess
import sys


def test_many_calls_into_qt_do_not_end_the_process() -> None:
    code = (
        "import beautyfinder.gui\n"
        "from PySide6.QtGui import QImage\n"
        "image = QImage(2, 2, QImage.Format.Format_RGB32)\n"
        "for _ in range(100_000):\n"
        "    image.fill(1)\n"
        "print('alive')\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, env=os.environ
    )
    assert (ended.returncode, ended.stdout.strip()) == (0, "alive")
