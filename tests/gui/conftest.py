"""Off screen, with settings of their own; a fake backend and helpers for drops."""

import gc
import os

os.environ["QT_QPA_PLATFORM"] = os.environ.get("QT_QPA_PLATFORM", "offscreen")

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QSettings
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from beautyfinder.errors import Cancelled, UserError
from beautyfinder.gui.app import prepare_environment
from beautyfinder.gui.engine import Engine
from beautyfinder.gui.main_window import MainWindow
from beautyfinder.gui.query import (
    Answer,
    Choices,
    FileQuery,
    OpenedStore,
    Possible,
    Query,
    ReadPhoto,
    Region,
)
from beautyfinder.gui.services import make_services
from beautyfinder.photo import Photo, photo_from_pixels
from beautyfinder.search.method import Hit, Method, SearchResult
from beautyfinder.store.product import ProductImage
from benchmarks.stall_watch import StallWatch

WAIT = 10_000


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    prepare_environment()  # another test may have imported cv2 in this process
    return ["beautyfinder-tests"]


@pytest.fixture(autouse=True)
def _collect_in_this_thread() -> Iterator[None]:
    """As gui.garbage does: widgets must not be destroyed in an engine's thread."""
    gc.disable()
    gc.freeze()  # what other tests made need not be looked through
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))


@pytest.fixture(autouse=True)
def _same_look() -> Iterator[None]:
    """No test leaves its fonts and colours to the next."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        yield
        return
    font, palette, sheet = app.font(), app.palette(), app.styleSheet()
    yield
    if app.styleSheet() != sheet:
        app.setStyleSheet(sheet)
    if app.font() != font:
        app.setFont(font)
    if app.palette() != palette:
        app.setPalette(palette)


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


def make_answer(count: int = 7, verdict: str = "unsure", name: str = "Product") -> Answer:
    hits = tuple(
        Hit(
            rank=n + 1,
            image=ProductImage(f"i{n}", f"p{n}", f"/c/{n}.jpg", f"{name} {n}", "Brand", "3.99 €"),
            score=50.5 - n,
            distance=n / 10,
            offset=n,
            matches=50 - n,
        )
        for n in range(count)
    )
    pictures = [QImage(40, 60, QImage.Format.Format_RGB888) for _ in range(count)]
    for n, picture in enumerate(pictures):
        picture.fill(QColor.fromHsv(n * 40, 200, 200))
    method = Method("backbone", "r-mac", "l1")
    result = SearchResult(hits, {"describe": 20.0, "total": 25.0}, method, verdict)
    return Answer(result, tuple(pictures), "cpu")


class FakeBackend:
    """Answers at once, unless `hold` is set: then a look-up waits for `go` or to be stopped.

    File names tell what happens: `bad…` cannot be read, `fail…` cannot be looked up, `crash…`
    raises what nobody expects.
    """

    def __init__(self) -> None:
        self.done: list[str] = []
        self.begun: list[str] = []
        self.stopped: list[str] = []
        self.opened: list[Path] = []
        self.closed = 0
        self.asked: list[tuple[Region, Choices]] = []
        self.threads: set[int] = set()
        self._region = Region()
        self.hold = False
        self.go = threading.Event()

    def open(self, folder: Path) -> OpenedStore:
        self.threads.add(threading.get_ident())
        if folder.name.startswith("bad"):
            raise UserError(f"{folder} is not a store.")
        self.opened.append(folder)
        return OpenedStore(folder, 81, 80)

    def close(self) -> None:
        self.closed += 1

    def warm_up(
        self,
        choices: Choices,
        progress: Callable[[str, int, int], None],
        should_stop: Callable[[], bool],
    ) -> str:
        progress("open", 40, 81)
        return "cpu"

    def possible(self) -> Possible:
        return Possible(
            ("backbone", "other"), ("mac", "r-mac"), ("cosine", "l2", "l1"), ("auto", "cpu")
        )

    def read(self, query: Query, region: Region) -> ReadPhoto:
        self._region = region
        self.threads.add(threading.get_ident())
        if query.name.startswith("bad"):
            raise UserError(f"{query.name} is not a picture.")
        photo = photo_from_pixels(np.full((30, 20, 3), 90, np.uint8), query.name)
        preview = QImage(20, 30, QImage.Format.Format_RGB888)
        preview.fill(QColor("teal"))
        return ReadPhoto(photo, preview, (20, 30), preview.copy())

    def search(
        self,
        photo: Photo,
        choices: Choices,
        progress: Callable[[str, int, int], None],
        on_shortlist: Callable[[Answer], None],
        should_stop: Callable[[], bool],
    ) -> Answer:
        self.asked.append((self._region, choices))
        self.begun.append(photo.source)
        if photo.source.startswith("fail"):
            raise UserError("It cannot be looked up.")
        if photo.source.startswith("crash"):
            raise RuntimeError("boom")
        on_shortlist(make_answer(name=photo.source))
        progress("rerank", 30, 100)
        while self.hold and not self.go.wait(0.005):
            if should_stop():
                self.stopped.append(photo.source)
                raise Cancelled("stopped")
        self.done.append(photo.source)
        return make_answer(name=photo.source)

    def sharper(self, answer: Answer, row: int) -> QImage | None:
        if row == 1:
            return None
        if row == 2:
            raise RuntimeError("boom")
        picture = QImage(400, 600, QImage.Format.Format_RGB888)
        picture.fill(QColor("red"))
        return picture


@pytest.fixture
def backend() -> FakeBackend:
    return FakeBackend()


@pytest.fixture
def engine(qapp: Any, backend: FakeBackend) -> Iterator[Engine]:
    made = Engine(lambda: backend)
    yield made
    backend.go.set()
    made.close()
    assert not made.running


@pytest.fixture
def window(
    qtbot: QtBot, engine: Engine, settings: QSettings, request: pytest.FixtureRequest
) -> Iterator[MainWindow]:
    """Watched: how long its thread stood still is told at the end of the run, never asserted."""
    made = MainWindow(make_services(engine, settings))
    qtbot.addWidget(made)
    made.show()
    watch = StallWatch()
    watch.start()
    yield made
    watch.stop()
    request.node.user_properties.append(("worst_stall_ms", round(1000 * watch.worst, 1)))


@pytest.fixture
def ready_window(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> MainWindow:
    """With a store open."""
    with qtbot.waitSignal(window.ready, timeout=WAIT):
        window.open_store(tmp_path / "shop")
    return window


def mime_of(
    paths: list[str] | None = None, image: QImage | None = None, text: str | None = None
) -> QMimeData:
    from PySide6.QtCore import QUrl

    mime = QMimeData()
    if paths:
        mime.setUrls([QUrl(p) if "://" in p else QUrl.fromLocalFile(p) for p in paths])
    if image is not None:
        mime.setImageData(image)
    if text is not None:
        mime.setText(text)
    return mime


def file_query(name: str) -> FileQuery:
    return FileQuery(f"/photos/{name}")
