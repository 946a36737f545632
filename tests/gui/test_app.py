"""Starting: environment, light imports, screenshots, Ctrl-C, faults; most in a new process."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from beautyfinder.errors import UserError
from beautyfinder.gui import app as app_module
from beautyfinder.gui.app import has_display, prepare_environment, run
from beautyfinder.gui.faults import FaultReporter

HEAVY = ("torch", "cv2", "lance", "hnswlib", "pyarrow", "numpy", "PIL", "PySide6.QtMultimedia")


def environment(tmp_path: Path) -> dict[str, str]:
    kept = {n: v for n, v in os.environ.items() if n not in ("DISPLAY", "WAYLAND_DISPLAY")}
    kept.pop("QT_QPA_PLATFORM", None)
    home = str(tmp_path / "home")
    return kept | {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_STATE_HOME": home}


def test_the_window_starts_without_the_heavy_libraries(tmp_path: Path) -> None:
    code = (
        "import sys, beautyfinder.gui.main_window, beautyfinder.gui.app; "
        f"print([n for n in {HEAVY!r} if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, env=environment(tmp_path), check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "[]"


def test_has_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app_module.platform, "system", lambda: "Linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not has_display()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert has_display()
    monkeypatch.delenv("WAYLAND_DISPLAY")
    monkeypatch.setattr(app_module.platform, "system", lambda: "Darwin")
    assert has_display()


def test_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setenv("QT_QPA_PLATFORM_PLUGIN_PATH", "/venv/site-packages/cv2/qt/plugins")
    monkeypatch.setenv("QT_QPA_FONTDIR", "/my/fonts")
    monkeypatch.setattr(app_module, "has_display", lambda: False)
    prepare_environment()
    assert "QT_QPA_PLATFORM_PLUGIN_PATH" not in os.environ
    assert os.environ["QT_QPA_FONTDIR"] == "/my/fonts"
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"


def test_a_screenshot_that_cannot_be_saved_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="there is no folder"):
        run(None, None, tmp_path / "none" / "a.png")
    with pytest.raises(UserError, match="is a folder"):
        run(None, None, tmp_path)


def test_a_screenshot_of_the_empty_window(qtbot: QtBot, tmp_path: Path) -> None:
    assert run(None, None, tmp_path / "empty.png") == 0
    assert (tmp_path / "empty.png").stat().st_size > 5_000
    with pytest.raises(UserError, match="cannot be saved"):
        run(None, None, tmp_path / "a.nokind")


def test_a_screenshot_of_a_store_that_is_none(qtbot: QtBot, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not a BeautyFinder catalogue store"):
        run(tmp_path, tmp_path / "photo.jpg", tmp_path / "a.png")
    assert not (tmp_path / "a.png").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="sends a POSIX signal")
def test_ctrl_c_ends_the_program_cleanly(tmp_path: Path) -> None:
    code = (
        "import sys; from beautyfinder.gui.app import run; import beautyfinder.gui.app as a; "
        "show = a.MainWindow.show; "
        "a.MainWindow.show = lambda self: (show(self), print('shown', flush=True)); "
        "sys.exit(run(None, None))"
    )
    program = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(tmp_path),
    )  # fmt: skip
    assert program.stdout is not None
    assert program.stdout.readline() == "shown\n"
    time.sleep(0.3)
    program.send_signal(signal.SIGINT)
    _out, errors = program.communicate(timeout=30)
    assert program.returncode == 130
    assert errors == ""


def test_a_fault_in_a_slot_becomes_a_sentence(qtbot: QtBot, tmp_path: Path) -> None:
    reporter = FaultReporter(lambda: None)
    hook = sys.excepthook
    reporter.install()
    try:
        with qtbot.waitSignal(reporter.fault_reported) as said:
            error = ValueError("a slot\nof two lines")
            sys.excepthook(ValueError, error, None)
    finally:
        reporter.uninstall()
    assert sys.excepthook == hook
    assert said.args is not None
    assert "ValueError: a slot" in said.args[0]
    assert "\n" not in said.args[0]
    assert "of two lines" in said.args[1]
    (report,) = (tmp_path / "home").rglob("fault.log")
    assert "of two lines" in report.read_text()
