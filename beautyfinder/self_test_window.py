"""The self-test's window: it looks its photo up and opens the inspector; pictures of both."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance
    from PySide6.QtWidgets import QWidget

PRODUCT = "tamariska-orchid-day-cream-005"
"""What resources/self_test/photo.jpg shows."""

_WINDOW_SECONDS, _SETTLE_MS = 180, 400
_WINDOW_SIZE = (1280, 800)


class PartFails(Exception):
    """What is wrong, in one sentence."""


@dataclass(frozen=True)
class Bench:
    """What the checks work on: a copy of the catalogue, and where pictures are saved."""

    store: Path
    photo: Path
    pictures: Path
    scratch: Path


def check_window(bench: Bench) -> str:
    """The window with the answer, then the inspector with the best hit; both are kept."""
    from beautyfinder.gui.engine import Engine
    from beautyfinder.gui.inspector.window import InspectorWindow
    from beautyfinder.gui.program import Program
    from beautyfinder.gui.query import FileQuery
    from beautyfinder.gui.services import make_services

    program = Program(make_services(Engine()))
    window = program.window
    troubles: list[str] = []
    window.failed.connect(troubles.append)
    hook, sys.excepthook = sys.excepthook, lambda _kind, error, _trace: troubles.append(str(error))
    try:
        window.resize(*_WINDOW_SIZE)
        window.show()
        _wait(window.ready, lambda: window.open_store(bench.store), troubles)
        _wait(window.settled, lambda: window.look_up(FileQuery(str(bench.photo))), troubles)
        hit = window.results.model.hits()[0]
        if hit.image.product_id != PRODUCT:
            raise PartFails(f"the window shows {hit.image.name} first")
        _pause()
        seen = [_shot(window, bench.pictures / "window.png")]
        window.actions_["inspect"].trigger()
        inspector = window.dialogs.shown("inspector")
        if not isinstance(inspector, InspectorWindow):
            raise PartFails("the inspector does not open")
        _wait(inspector.matched, lambda: None, troubles)
        _pause()
        seen.append(_shot(inspector, bench.pictures / "inspector.png"))
    finally:
        program.close()
        program.services.close()
        sys.excepthook = hook
    if troubles:
        raise PartFails(troubles[0])
    return ", ".join(seen)


def _wait(signal: SignalInstance, begin: Callable[[], object], troubles: list[str]) -> None:
    """Begin something and let the window run until its signal; a trouble ends that, too."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop, poll = QEventLoop(), QTimer()
    ends = time.monotonic() + _WINDOW_SECONDS
    heard: list[bool] = []
    signal.connect(lambda *_: heard.append(True))
    poll.timeout.connect(lambda: loop.quit() if heard or troubles else None)
    poll.timeout.connect(lambda: loop.quit() if time.monotonic() > ends else None)
    poll.start(20)
    QTimer.singleShot(0, begin)
    loop.exec()
    if troubles:
        raise PartFails(troubles[0])
    if not heard:
        raise PartFails(f"the window did not answer within {_WINDOW_SECONDS} s")


def _pause() -> None:
    """For what is drawn a moment later."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(_SETTLE_MS, loop.quit)
    loop.exec()


def _shot(widget: QWidget, file: Path) -> str:
    """Keep a picture of it; one of a single colour would be no window."""
    picture = widget.grab()
    image = picture.toImage()
    seen = {
        image.pixel(x, y)
        for x in range(0, image.width(), image.width() // 40)
        for y in range(0, image.height(), image.height() // 40)
    }
    if len(seen) < 5 or not picture.save(str(file)):
        raise PartFails(f"{file.stem} is blank or cannot be saved as {file}")
    return f"{file.name} {picture.width()} × {picture.height()}"
