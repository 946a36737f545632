"""Which frames are worth a look-up: measures of a small grey picture, and the gate over them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from beautyfinder.gui.camera.states import LiveState

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

GREY_SIDE = 320
_COARSE = (12, 9)  # so few that a hand's tremble hardly shows in them
DARK = 24.0  # mean grey of 255: below it a webcam shows noise
STEADY = 0.085  # mean change between two frames, in shares of the mean grey
SHARP = 0.45  # of the sharpest frame of late
FORGET = 0.985  # of the best sharpness, with each frame: a smooth product has less detail
SCENE_CHANGED = 0.16  # mean change of coarse pictures, in shares of the mean grey


@dataclass(frozen=True, eq=False)
class Measures:
    """Of one frame; all but `light` do not depend on the exposure.

    sharpness: variance of the Laplacian; motion: mean change from the frame before, 0 where there
    was none; light: mean grey, 0 to 255; coarse: what is where, float32 (9, 12).
    """

    sharpness: float
    motion: float
    light: float
    coarse: NDArray[np.float32]


class FrameMeter:
    """Measures one frame after the other: under a millisecond each."""

    def __init__(self) -> None:
        self._before: NDArray[np.float32] | None = None

    def measure(self, image: QImage) -> Measures:
        """Of the whole frame, unmirrored."""
        import cv2
        import numpy as np

        small = image.scaled(
            GREY_SIDE, GREY_SIDE, Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        ).convertToFormat(QImage.Format.Format_Grayscale8)  # fmt: skip
        rows = np.frombuffer(small.constBits(), np.uint8).reshape(small.height(), -1)
        grey = rows[:, : small.width()].astype(np.float32)
        light = float(grey.mean())
        grey /= max(light, 1.0)
        before, self._before = self._before, grey
        if before is None or before.shape != grey.shape:
            before = grey
        coarse = cv2.resize(grey, _COARSE, interpolation=cv2.INTER_AREA)
        return Measures(
            sharpness=float(cv2.Laplacian(grey, cv2.CV_32F).var()),
            motion=float(np.abs(grey - before).mean()),
            light=light,
            coarse=coarse.astype(np.float32, copy=False),
        )


class FrameGate:
    """Lets sharp and steady frames through."""

    def __init__(self) -> None:
        self._best = 0.0

    def judge(self, measures: Measures) -> LiveState:
        """LOOKING: the frame is good; else what is wrong with it."""
        self._best = max(measures.sharpness, self._best * FORGET)
        if measures.light < DARK:
            return LiveState.DARK
        if measures.motion > STEADY:
            return LiveState.MOVING
        if measures.sharpness < SHARP * self._best:
            return LiveState.BLURRED
        return LiveState.LOOKING


def scene_changed(one: Measures, other: Measures) -> bool:
    """Whether something else is before the camera, not the same thing a little elsewhere."""
    return float(abs(one.coarse - other.coarse).mean()) > SCENE_CHANGED
