"""Drawn cards, kept: a card is drawn once for each way it can look, and a few in one go."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

_KEPT = 160
_FRAME_SECONDS = 0.012  # of drawing before the window's thread looks after something else


class CardsCache:
    """Pixmaps of cards by row. `unfinished`: cards of this frame still show what they were."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[Hashable, object, QPixmap]] = {}
        self._until = 0.0
        self.unfinished = False

    def begin_frame(self) -> None:
        """Before the cards of one repaint."""
        self._until = time.perf_counter() + _FRAME_SECONDS
        self.unfinished = False

    def paint(
        self,
        painter: QPainter,
        place: QRectF,
        row: int,
        key: Hashable,
        subject: object,
        draw: Callable[[QPainter], None],
    ) -> None:
        """Draw the card of that row by `draw`, or as it was drawn for the same key and subject.

        When a frame has taken long already the card shows what it was; the frame is `unfinished`.
        """
        before = self._kept.get(row)
        same = before is not None and before[0] == key and before[1] is subject
        if not same and time.perf_counter() > self._until:
            self.unfinished = True
            if before is not None and before[2].deviceIndependentSize() == place.size():
                painter.drawPixmap(place.topLeft(), before[2])
            return
        if not same or before is None:
            ratio = painter.device().devicePixelRatio()
            pixmap = QPixmap((place.size() * ratio).toSize())
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(QColor(Qt.GlobalColor.transparent))
            inner = QPainter(pixmap)
            inner.translate(-place.topLeft())
            draw(inner)
            inner.end()
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            before = self._kept[row] = key, subject, pixmap
        painter.drawPixmap(place.topLeft(), before[2])
