"""Drawn pictures of one pack, a backend that inspects them, and an inspector open on them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from beautyfinder.errors import UserError
from beautyfinder.gui.engine import Engine
from beautyfinder.gui.inspector.messages import Inspected, Subject, Wanted
from beautyfinder.gui.inspector.reading import InspectionReader
from beautyfinder.gui.inspector.window import InspectorWindow
from beautyfinder.gui.query import FileQuery, Region
from beautyfinder.gui.services import Services, make_services
from beautyfinder.photo import photo_from_pixels
from tests.gui.conftest import WAIT, FakeBackend, make_answer

PICTURE_SIZE = (240, 320)  # width, height
PHOTO_SIZE = (600, 450)
TO_PHOTO = np.array([[0.9, -0.2, 220.0], [0.2, 0.9, 40.0], [0.0, 0.0, 1.0]])


def drawn_pack(seed: int = 0) -> NDArray[np.uint8]:
    """A white shop picture of a label full of corners."""
    rng = np.random.default_rng(seed)
    width, height = PICTURE_SIZE
    pixels = np.full((height, width, 3), 255, np.uint8)
    cv2.rectangle(pixels, (30, 20), (width - 30, height - 20), (60, 120, 90), -1)
    for _ in range(110):
        x, y = rng.integers(40, width - 60), rng.integers(30, height - 50)
        wide, tall = rng.integers(5, 22, 2)
        colour = tuple(int(value) for value in rng.integers(0, 255, 3))
        cv2.rectangle(pixels, (int(x), int(y)), (int(x + wide), int(y + tall)), colour, -1)
    return pixels


def drawn_photo(pack: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The pack in a photo, turned and smaller, before grey."""
    return np.asarray(
        cv2.warpAffine(
            pack, TO_PHOTO[:2], PHOTO_SIZE, flags=cv2.INTER_AREA, borderValue=(120, 118, 115)
        ),
        np.uint8,
    )


class InspectingBackend(FakeBackend):
    """Its hits are the drawn pack; a photo's name says what happens: `broken…` cannot be read."""

    def __init__(self) -> None:
        super().__init__()
        self.pack = drawn_pack()
        self.photo = photo_from_pixels(drawn_photo(self.pack), "photo.png")
        self.wanted: list[Wanted] = []
        self._reader = InspectionReader()

    def inspect(self, wanted: Wanted) -> Inspected:
        self.wanted.append(wanted)
        while self.hold and not self.go.wait(0.005):
            pass
        if wanted.query.name.startswith("broken"):
            raise UserError("There is no picture of it any more.")
        return self._reader.read(wanted, self.photo, None, ("Hair Milk", "200 ml"))


@pytest.fixture
def backend() -> InspectingBackend:
    return InspectingBackend()


@pytest.fixture
def services(engine: Engine, backend: InspectingBackend, settings: QSettings) -> Iterator[Services]:
    made = make_services(engine, settings)
    yield made
    backend.go.set()
    made.close()


@pytest.fixture
def subject(tmp_path: Path, backend: InspectingBackend) -> Subject:
    """Three hits; the first two have a picture file, the last one has no picture at all."""
    answer = make_answer(3)
    hits = []
    for at, hit in enumerate(answer.result.hits):
        file = tmp_path / f"pack{at}.png"
        if at < 2:
            Image.fromarray(backend.pack).save(file)
        image = replace(hit.image, path=str(file))
        hits.append(replace(hit, image=image, words=("milk",), reasons=("details",)))
    return Subject(FileQuery("/photos/photo.png"), Region(), tuple(hits), (None,) * 3)


@pytest.fixture
def open_inspector(
    qtbot: QtBot, services: Services, subject: Subject
) -> Iterator[Callable[..., InspectorWindow]]:
    made: list[Any] = []

    def make(
        subject: Subject = subject, row: int = 0, size: tuple[int, int] = (1240, 800)
    ) -> InspectorWindow:
        window = InspectorWindow(services)
        window.resize(*size)
        window.show()
        made.append(window)
        with qtbot.waitSignal(window.matched, timeout=WAIT):
            window.show_subject(subject, row)
        return window

    yield make
    for window in made:
        if isValid(window):
            window.close()


@pytest.fixture
def inspector(open_inspector: Callable[..., InspectorWindow]) -> InspectorWindow:
    return open_inspector()
