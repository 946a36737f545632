"""`make screenshots`: pictures of the real window with the sample catalogue, light and dark."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QWidget

from beautyfinder.demo import prepare_demo
from beautyfinder.gui.app import make_app
from beautyfinder.gui.engine import Engine
from beautyfinder.gui.inspector.window import InspectorWindow
from beautyfinder.gui.program import Program
from beautyfinder.gui.query import FileQuery, Region
from beautyfinder.gui.services import make_services

_SETTLE_MS = 800
_LONGEST_MS = 120_000
_SIZE = (1280, 800)


def main() -> None:
    """Take every picture into the folder that is named."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.screenshots", description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    store, photo = prepare_demo(126)
    photos = sorted(photo.parent.glob("*.jpg"))[:4]
    with tempfile.TemporaryDirectory() as own:
        os.environ["BEAUTYFINDER_DATA"] = own  # nobody's history
        settings = QSettings(str(Path(own) / "settings.ini"), QSettings.Format.IniFormat)
        app = make_app()
        program = Program(make_services(Engine(), settings))
        window, services = program.window, program.services
        window.resize(*_SIZE)
        window.show()
        _pause()
        _save(window, folder / "first-run.png")
        _until(window.ready, lambda: window.open_store(store))
        services.preferences.set_value("appearance", "light")
        _until(window.settled, lambda: window.look_up(FileQuery(str(photo))))
        _save(window, folder / "window-light.png")
        services.preferences.set_value("appearance", "dark")
        _save(window, folder / "window-dark.png")
        services.preferences.set_value("appearance", "light")
        window.actions_["method"].trigger()
        _until(window.settled, lambda: window.look_ups.set_region(Region(0, (0.2, 0.1, 0.6, 0.8))))
        _save(window, folder / "method.png")
        window.actions_["method"].trigger()
        window.actions_["inspect"].trigger()
        inspector = cast(InspectorWindow, window.dialogs.shown("inspector"))
        inspector.resize(*_SIZE)
        _until(inspector.matched, _nothing)
        _save(inspector, folder / "inspector.png")
        inspector.close()
        _until(window.settled, lambda: window.look_up(*(FileQuery(str(p)) for p in photos)))
        _save(window, folder / "several.png")
        program.close()
        app.quit()


def _save(widget: QWidget, path: Path) -> None:
    _pause()
    if not widget.grab().save(str(path)):
        sys.exit(f"{path} cannot be saved")
    print(path)


def _pause() -> None:
    loop = QEventLoop()
    QTimer.singleShot(_SETTLE_MS, loop.quit)
    loop.exec()


def _nothing() -> None:
    """It was begun already."""


def _until(signal: object, begin: Callable[[], object]) -> None:
    """Begin something and wait for its signal."""
    loop = QEventLoop()
    signal.connect(loop.quit)  # type: ignore[attr-defined]
    QTimer.singleShot(_LONGEST_MS, lambda: sys.exit("the window did not answer"))
    QTimer.singleShot(0, begin)  # type: ignore[call-overload]
    loop.exec()


if __name__ == "__main__":
    main()
