"""Pane: where one picture lies in the view, how large, and how its points become the view's.

A picture's points are those of its pixels' edges: the top-left pixel reaches from (0, 0) to (1, 1)
and its centre is (0.5, 0.5). Keypoints, whose (0, 0) is that centre, are half a pixel further.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QRegion

_MOST = 48.0  # screen pixels for one of the picture
_CRISP = 12.0  # from here on, pixels are shown as what they are: squares
_MARGIN = 10.0  # around a picture that is shown whole


@dataclass(eq=False)
class Pane:
    """rect: its place in the widget; scale: widget pixels for one of the picture; centre: the point
    of the picture that lies in the middle of `rect`. levels: the picture and its halves.
    """

    rect: QRectF = field(default_factory=QRectF)
    scale: float = 1.0
    centre: tuple[float, float] = (0.0, 0.0)
    size: tuple[int, int] = (0, 0)
    levels: tuple[QImage, ...] = ()
    fitted: bool = True  # stays so when the widget's size changes

    def show(self, levels: tuple[QImage, ...]) -> None:
        """Another picture, whole; the place stays where it is of the same size."""
        size = (levels[0].width(), levels[0].height()) if levels else (0, 0)
        self.levels, same, self.size = levels, size == self.size, size
        if self.fitted or not same:
            self.fit()

    def place(self, rect: QRectF) -> None:
        """Where in the widget it is from now on."""
        self.rect = rect
        if self.fitted:
            self.fit()
        else:
            self.keep_near(0.5)

    def fit_scale(self) -> float:
        """At which all of the picture is seen."""
        width, height = self.size
        if not width or not height:
            return 1.0
        room = self.rect.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        return float(max(1e-3, min(room.width() / width, room.height() / height, _MOST)))

    def fit(self) -> None:
        """Show all of it."""
        self.scale, self.centre = self.fit_scale(), (self.size[0] / 2, self.size[1] / 2)
        self.fitted = True

    def zoom(self, factor: float, at: QPointF) -> None:
        """Larger by `factor`; the point of the picture at `at` stays there."""
        under = self.to_picture(at)
        self.set_scale(self.scale * factor)
        offset = (at - self.rect.center()) / self.scale
        self.centre = under[0] - offset.x(), under[1] - offset.y()
        self.keep_near(0.5)

    def set_scale(self, scale: float) -> None:
        """Widget pixels for one of the picture, within what is sensible."""
        least = min(self.fit_scale(), 1.0) / 2
        self.scale, self.fitted = min(max(scale, least), _MOST), False

    def pan(self, by: QPointF) -> None:
        """Move the picture by so many widget pixels."""
        self.centre = self.centre[0] - by.x() / self.scale, self.centre[1] - by.y() / self.scale
        self.fitted = False
        self.keep_near(0.5)

    def keep_near(self, share: float) -> None:
        """Move it back where less than `share` of the pane is covered; 1: all that can be."""
        middle = []
        for extent, room, at in zip(
            self.size, (self.rect.width(), self.rect.height()), self.centre, strict=True
        ):
            spare = room / 2 / self.scale * (2 * share - 1)
            low, high = spare, extent - spare
            middle.append(extent / 2 if low > high else min(max(at, low), high))
        self.centre = middle[0], middle[1]

    def origin(self) -> tuple[float, float]:
        """Where in the widget the picture's top-left corner lies."""
        middle = self.rect.center()
        return (
            middle.x() - self.centre[0] * self.scale,
            middle.y() - self.centre[1] * self.scale,
        )

    def to_widget(self, points: NDArray[np.floating]) -> NDArray[np.float64]:
        """The picture's points (N, 2) as the widget's."""
        return np.asarray(points * self.scale + self.origin(), np.float64)

    def to_picture(self, place: QPointF) -> tuple[float, float]:
        """The widget's point as the picture's."""
        left, top = self.origin()
        return (place.x() - left) / self.scale, (place.y() - top) / self.scale

    def picture_rect(self) -> QRectF:
        """Where in the widget the whole picture lies, seen or not."""
        left, top = self.origin()
        return QRectF(left, top, self.size[0] * self.scale, self.size[1] * self.scale)

    def paint(self, painter: QPainter, back: QColor, ratio: float, smooth: bool) -> None:
        """The part that is seen. `ratio`: the screen's pixels for one of the widget's."""
        painter.save()
        painter.setClipRect(self.rect)
        whole = self.picture_rect()
        inner = whole.adjusted(1, 1, -1, -1).toRect()
        free = QRegion(self.rect.toAlignedRect()).subtracted(QRegion(inner))
        for beside in free:  # type: ignore[attr-defined]  # not in the stubs
            painter.fillRect(beside, back)
        image = self._level(ratio)
        if image is not None:
            crisp = self.scale * ratio >= _CRISP
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth and not crisp)
            painter.translate(whole.topLeft())
            painter.scale(whole.width() / image.width(), whole.height() / image.height())
            painter.drawImage(0, 0, image)
        painter.restore()

    def _level(self, ratio: float) -> QImage | None:
        """The smallest that has as many pixels as the screen."""
        if not self.levels:
            return None
        wanted = self.scale * ratio * self.size[0]
        fine = [level for level in self.levels if level.width() >= wanted]
        return fine[-1] if fine else self.levels[0]
