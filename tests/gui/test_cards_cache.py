"""Cards are drawn once for each way they look, and never too many in one go."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from beautyfinder.gui import cards_cache
from beautyfinder.gui.cards_cache import CardsCache

PLACE = QRectF(10, 20, 30, 40)


class Drawing:
    """Counts, and fills the card with a colour."""

    def __init__(self, colour: str) -> None:
        self.count, self._colour = 0, QColor(colour)

    def __call__(self, painter: QPainter) -> None:
        self.count += 1
        painter.fillRect(PLACE, self._colour)


def frame(cache: CardsCache, *cards: tuple[int, str, object, Drawing]) -> QImage:
    image = QImage(60, 80, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    cache.begin_frame()
    for row, key, subject, draw in cards:
        cache.paint(painter, PLACE, row, key, subject, draw)
    painter.end()
    return image


def test_drawn_once_for_the_same_look(qapp: QApplication) -> None:
    cache, red, blue, hit = CardsCache(), Drawing("red"), Drawing("blue"), object()
    for _ in range(3):
        image = frame(cache, (0, "plain", hit, red))
    assert red.count == 1
    assert image.pixelColor(11, 21) == QColor("red")
    assert image.pixelColor(39, 59) == QColor("red")
    assert image.pixelColor(9, 21) == image.pixelColor(40, 60) == QColor("white")
    assert frame(cache, (0, "hovered", hit, blue)).pixelColor(20, 30) == QColor("blue")
    frame(cache, (0, "hovered", object(), blue))  # another hit in the same place
    assert blue.count == 2


def test_a_frame_that_takes_long_shows_what_was_there(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache, red, blue, hit = CardsCache(), Drawing("red"), Drawing("blue"), object()
    frame(cache, (0, "a", hit, red))
    monkeypatch.setattr(cards_cache, "_FRAME_SECONDS", -1.0)  # all of it is over
    image = frame(cache, (0, "b", hit, blue), (1, "b", hit, blue))
    assert cache.unfinished
    assert blue.count == 0
    assert image.pixelColor(20, 30) == QColor("red")
    monkeypatch.undo()
    image = frame(cache, (0, "b", hit, blue))
    assert not cache.unfinished
    assert image.pixelColor(20, 30) == QColor("blue")
