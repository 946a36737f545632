"""PairView: two pictures side by side and one overlay over both, drawn fast, then finely.

While anything moves, pictures are sampled roughly and lines have no soft edges, on large screens at
half their resolution; a moment after, the same is drawn finely, some milliseconds at a time, and
takes the rough one's place. What takes no longer than a frame is drawn finely at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, QTimer, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from beautyfinder.gui.inspector import link
from beautyfinder.gui.inspector.frame import Frame, draw, visible
from beautyfinder.gui.inspector.marks import paint_caption, paint_lit, paint_outline, paint_region
from beautyfinder.gui.inspector.overlay import Box, Overlay, Shown, overlay_of
from beautyfinder.gui.inspector.pane import Pane
from beautyfinder.gui.theme import current_theme

if TYPE_CHECKING:
    from beautyfinder.search.inspection import Inspection, Pairing

_STILL_MS = 120
_GAP = 14.0  # between the pictures, widget pixels
_QUICK = 1_600_000  # screen pixels of pictures, and 12 for one of a line: fine at once
_LARGE = 5_000_000  # screen pixels from which on rough frames have half the resolution
_LINE_COST = 12.0
_RING_COST = 400.0
_CROWD, _THINNEST = 60, 0.66  # so many lines or more let the pictures shine through
_FAINT = 0.3  # of lines beside the one that is lit


class PairView(QWidget):
    """What is drawn and where; the person's part is MatchCanvas's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.photo, self.picture = Pane(), Pane()
        self.captions = ("", "")
        self.inspection: Inspection | None = None
        self.pairing: Pairing | None = None
        self.shown = Shown()
        self.region: Box | None = None  # in the photo's pixels, from its corner
        self.band: Box | None = None  # the same while it is drawn
        self.linked = True
        self.lit = -1  # the catalogue keypoint whose pair is lit
        self.message = ""
        self.overlay: Overlay | None = None
        self._outlines: list[tuple[Pane, NDArray[np.float64]]] = []
        self._rough: Frame | None = None
        self._smooth: Frame | None = None
        self._frame: Frame | None = None  # of the two, what is shown
        self._base: NDArray[np.uint8] | None = None  # the pictures without lines
        self._faint: QImage | None = None
        self._faint_pixels: NDArray[np.uint8] | None = None
        self._stale = True
        self._fine = False
        self._work: Iterator[None] | None = None  # of the fine frame that is being drawn
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(_STILL_MS)
        self._still.timeout.connect(self._on_still)
        self._slice = QTimer(self)
        self._slice.setInterval(0)
        self._slice.timeout.connect(self._on_slice)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 220)

    def show_pictures(
        self, photo: tuple[QImage, ...], picture: tuple[QImage, ...], captions: tuple[str, str]
    ) -> None:
        """These two, each with its halves; without matches, until `show_matches`."""
        self.photo.show(photo)
        self.picture.show(picture)
        self.captions = captions
        self.inspection = self.pairing = self.overlay = None
        self._outlines = []
        self.lit = -1
        self.anew()

    def show_matches(
        self, inspection: Inspection, pairing: Pairing, silhouette: NDArray[np.float64]
    ) -> None:
        """What is matched in the pictures that are shown; `silhouette`: the product's outline."""
        from beautyfinder.search.verification import project

        self.inspection, self.pairing = inspection, pairing
        self._outlines = []
        if pairing.geometry is not None:
            there = project(pairing.geometry.homography, silhouette.astype(np.float32))
            self._outlines = [(self.photo, there + 0.5), (self.picture, silhouette + 0.5)]
        self._collect()

    def set_shown(self, shown: Shown) -> None:
        """What of the matches is drawn."""
        self.shown = shown
        self._collect()

    def say(self, message: str) -> None:
        """A word in the middle; empty: none."""
        self.message = message
        self.update()

    def homography(self) -> NDArray[np.float64] | None:
        """Catalogue picture to photo, where it is known."""
        geometry = self.pairing.geometry if self.pairing is not None else None
        return None if geometry is None else geometry.homography

    def is_fine(self) -> bool:
        """Whether what is shown is drawn finely."""
        return self._fine and not self._stale

    def anew(self) -> None:
        """Draw everything again, finely as soon as there is time."""
        self._stop()
        self._stale = True
        self.update()
        self._still.start()

    def moved(self, leader: Pane) -> None:
        """The view of `leader` changed: the other follows, and all is drawn roughly first."""
        if self.linked and self.photo.size[0] and self.picture.size[0]:
            to_photo = self.homography()
            if leader is self.picture:
                link.follow(self.picture, self.photo, to_photo)
            else:
                inverse = (
                    None if to_photo is None else np.asarray(np.linalg.inv(to_photo), np.float64)
                )
                link.follow(self.photo, self.picture, inverse)
        self.anew()

    def ends_of(self, pair: int) -> tuple[QPointF, QPointF] | None:
        """Where in the widget the ends of that catalogue keypoint's line lie."""
        if self.inspection is None or not 0 <= pair < len(self.inspection.nearest):
            return None
        nearest = int(self.inspection.nearest[pair])
        if nearest < 0:
            return None
        ends = (
            self.photo.to_widget(self.inspection.query.points[[nearest]] + 0.5)[0],
            self.picture.to_widget(self.inspection.catalogue.points[[pair]] + 0.5)[0],
        )
        return QPointF(*ends[0].tolist()), QPointF(*ends[1].tolist())

    def _collect(self) -> None:
        if self.inspection is not None and self.pairing is not None:
            region = self.region
            self.overlay = overlay_of(self.inspection, self.pairing, self.shown, region)
            if self.lit >= 0 and self.lit not in self.overlay.pairs:
                self._lose_lit()
        self.anew()

    def _lose_lit(self) -> None:
        self.lit = -1

    def resizeEvent(self, event: QResizeEvent) -> None:
        width, height = float(self.width()), float(self.height())
        half = (width - _GAP) / 2
        self.photo.place(QRectF(0, 0, half, height))
        self.picture.place(QRectF(half + _GAP, 0, half, height))
        self._frame = self._rough = self._smooth = None
        self.anew()
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._stale or self._frame is None:
            self._draw_now()
        frame = self._frame
        if frame is None:
            return
        painter = QPainter(self)
        image = self._dimmed() if self.lit >= 0 else frame.image
        painter.drawImage(QRectF(QPointF(0, 0), QSizeF(image.size()) / frame.ratio), image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = current_theme()
        for pane, outline in self._outlines if self.shown.outline else ():
            paint_outline(painter, pane, outline)
        box = self.band or self.region
        if box is not None:
            paint_region(painter, self.photo, box, theme)
        ends = self.ends_of(self.lit) if self.lit >= 0 else None
        if ends is not None and self.inspection is not None:
            paint_lit(painter, self.inspection, self.lit, self.photo, self.picture)
        for pane, caption in zip((self.photo, self.picture), self.captions, strict=True):
            paint_caption(painter, pane.rect, caption, theme, Qt.AlignmentFlag.AlignLeft)
        if self.message:
            paint_caption(
                painter, QRectF(self.rect()), self.message, theme, Qt.AlignmentFlag.AlignCenter
            )
        self._paint_more(painter)
        painter.end()

    def _paint_more(self, painter: QPainter) -> None:
        """For what comes on top of all."""

    def _rough_frame(self) -> Frame:
        ratio = self.devicePixelRatioF()
        if self.width() * self.height() * ratio**2 >= _LARGE:
            ratio /= 2
        if self._rough is None or self._rough.ratio != ratio:
            self._rough = Frame(self.size(), ratio)
        return self._rough

    def _smooth_frame(self) -> Frame:
        ratio = self.devicePixelRatioF()
        if self._smooth is None or self._smooth.ratio != ratio:
            self._smooth = Frame(self.size(), ratio)
        return self._smooth

    def _draw_now(self) -> None:
        """All of it at once: finely where that is quick, else roughly."""
        if self._work is not None:
            self._stop()
            self._still.start()
        fine = self._cost() < _QUICK
        self._frame = self._smooth_frame() if fine else self._rough_frame()
        for _ in self._steps(self._frame, fine, keep=fine):
            pass
        self._stale, self._fine = False, fine
        self._faint = None

    def _steps(self, frame: Frame, smooth: bool, keep: bool) -> Iterator[None]:
        """Draw the frame, step by step. keep: remember the pictures without lines."""
        theme = current_theme()
        for pane in (self.photo, self.picture):
            painter = QPainter(frame.image)
            gap = QRectF(self.photo.rect.right(), 0, _GAP, self.height())
            painter.fillRect(gap, theme.window)
            pane.paint(painter, theme.well, frame.ratio, smooth)
            painter.end()
            yield
        if keep:
            self._base = frame.pixels.copy()
        if self.overlay is not None:
            alpha = max(_THINNEST, min(1.0, _CROWD / max(1, len(self.overlay))))
            yield from draw(
                frame, self.overlay, self.photo, self.picture,
                smooth=smooth, rings=self.shown.keypoints,
            )  # fmt: skip
            if keep and self._base is not None and alpha < 1:
                import cv2

                cv2.addWeighted(frame.pixels, alpha, self._base, 1 - alpha, 0, frame.pixels)

    def _cost(self) -> float:
        """Screen pixels that drawing finely would touch, about."""
        ratio, overlay = self.devicePixelRatioF(), self.overlay
        cost = self.width() * self.height() * ratio**2
        if overlay is not None:
            starts = self.photo.to_widget(overlay.photo)
            ends = self.picture.to_widget(overlay.picture)
            seen = visible(self.photo, starts) & visible(self.picture, ends)
            reach = np.abs(starts[seen] - ends[seen]).max(axis=1, initial=0)
            cost += _LINE_COST * ratio * float(reach.sum())
            rings = 2 * len(overlay) + len(overlay.others_photo) + len(overlay.others_picture)
            cost += _RING_COST * rings
        return cost

    @Slot()
    def _on_still(self) -> None:
        if self._fine and not self._stale:
            return
        self._work = self._steps(self._smooth_frame(), smooth=True, keep=True)
        self._slice.start()

    @Slot()
    def _on_slice(self) -> None:
        if self._work is None:
            self._slice.stop()
            return
        try:
            next(self._work)
        except StopIteration:
            self._stop()
            self._frame = self._smooth
            self._stale, self._fine, self._faint = False, True, None
            self.update()

    def _stop(self) -> None:
        self._slice.stop()
        self._work = None

    def _dimmed(self) -> QImage:
        """The frame with its lines faint, so that one of them stands out."""
        assert self._frame is not None
        if self._faint is not None:
            return self._faint
        frame, base = self._frame.pixels, self._base
        if not self._fine or base is None or base.shape != frame.shape:
            return self._frame.image
        import cv2

        pixels = np.asarray(cv2.addWeighted(base, 1 - _FAINT, frame, _FAINT, 0), np.uint8)
        self._faint_pixels = pixels  # the image borrows them
        height, width = frame.shape[:2]
        self._faint = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
        self._faint.setDevicePixelRatio(self._frame.ratio)
        return self._faint
