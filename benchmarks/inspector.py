"""Frames of the match inspector with 2,000 lines at 3840 x 2160, panned and zoomed, off screen.

Beside it, as the peer, a plain QGraphicsView that shows the same pictures with a QGraphicsLineItem
for each match. Prints machine and versions, medians and 99th percentiles, and the ratio.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from collections.abc import Callable
from importlib.metadata import version

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsView

from beautyfinder.features.keypoints import LocalFeatures
from beautyfinder.gui.app import make_app
from beautyfinder.gui.inspector.canvas import MatchCanvas
from beautyfinder.gui.inspector.overlay import Shown
from beautyfinder.gui.inspector.reading import picture_of
from beautyfinder.search.inspection import Inspection, Pairing

_PHOTO, _PICTURE = (4000, 3000), (1200, 1200)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.inspector", description=__doc__)
    parser.add_argument("--lines", type=int, default=2_000)
    parser.add_argument("--frames", type=int, default=120)
    parser.add_argument("--size", type=int, nargs=2, default=(3840, 2160))
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = make_app()
    print(
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, "
        f"load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}, "
        f"PySide6 {version('PySide6_Essentials')}, OpenCV {version('opencv-python')}"
    )
    size = (int(options.size[0]), int(options.size[1]))
    print(f"{options.lines} lines, {size[0]} x {size[1]}, {options.frames} frames")
    rng = np.random.default_rng(0)
    pictures = [_noise(rng, side) for side in (_PHOTO, _PICTURE)]
    inspection, pairing = _matches(rng, options.lines)
    ours = _ours(app, pictures, inspection, pairing, size, options.frames)
    peer = _peer(app, pictures, inspection, size, options.frames)
    for move in ours:
        ratio = np.median(ours[move]) / np.median(peer[move])
        print(f"{move:<8} ours {_told(ours[move])}   peer {_told(peer[move])}   ratio {ratio:.3f}")


def _told(times: list[float]) -> str:
    return f"median {np.median(times):7.1f} ms, 99th {np.percentile(times, 99):7.1f} ms"


def _noise(rng: np.random.Generator, size: tuple[int, int]) -> np.ndarray:
    return rng.integers(0, 255, (size[1], size[0], 3), dtype=np.uint8)


def _matches(rng: np.random.Generator, count: int) -> tuple[Inspection, Pairing]:
    def features(size: tuple[int, int]) -> LocalFeatures:
        points = (rng.random((count, 2)) * np.array(size)).astype(np.float32)
        scales = rng.uniform(4, 40, count).astype(np.float32)
        angles = rng.uniform(0, 360, count).astype(np.float32)
        return LocalFeatures(points, scales, angles, np.zeros((count, 128), np.uint8))

    distances = np.sort(rng.random((count, 2)), axis=1).astype(np.float32)
    yes = np.ones(count, bool)
    inspection = Inspection(
        "verified", features(_PHOTO), features(_PICTURE), _PHOTO, _PICTURE,
        np.arange(count), distances, yes,
    )  # fmt: skip
    return inspection, Pairing(1.0, yes, yes, None, yes, np.zeros(count, np.float32))


def _ours(
    app: QApplication,
    pictures: list[np.ndarray],
    inspection: Inspection,
    pairing: Pairing,
    size: tuple[int, int],
    frames: int,
) -> dict[str, list[float]]:
    canvas = MatchCanvas()
    canvas.resize(*size)
    canvas.show()
    levels = [picture_of(pixels).levels for pixels in pictures]
    canvas.show_pictures(levels[0], levels[1], ("", ""))
    canvas.set_shown(Shown(outline=False))
    canvas.show_matches(inspection, pairing, np.zeros((0, 2)))
    app.processEvents()

    def pan(frame: int) -> None:
        canvas.photo.pan(QPointF(7 if frame % 40 < 20 else -7, 3))
        canvas.moved(canvas.photo)
        canvas.repaint()

    def zoom(frame: int) -> None:
        canvas.zoom(1.03 if frame % 40 < 20 else 1 / 1.03, QPointF(size[0] / 4, size[1] / 2))
        canvas.repaint()

    times = {"pan": _timed(pan, frames), "zoom": _timed(zoom, frames)}
    canvas.close()
    return times


def _peer(
    app: QApplication,
    pictures: list[np.ndarray],
    inspection: Inspection,
    size: tuple[int, int],
    frames: int,
) -> dict[str, list[float]]:
    scene = QGraphicsScene()
    left = 0.0
    offsets = []
    for pixels in pictures:
        height, width = pixels.shape[:2]
        scale = 2000 / height
        image = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
        item = scene.addPixmap(QPixmap.fromImage(image))
        item.setScale(scale)
        item.setPos(left, 0)
        offsets.append((left, scale))
        left += width * scale + 20
    for at, there in enumerate(inspection.nearest.tolist()):
        (x1, s1), (x2, s2) = offsets
        start, end = inspection.query.points[there] * s1, inspection.catalogue.points[at] * s2
        pen = QPen(QColor.fromHsv(at % 360, 200, 230), 0)
        scene.addLine(x1 + start[0], start[1], x2 + end[0], end[1], pen)
    view = QGraphicsView(scene)
    view.setRenderHint(QPainter.RenderHint.Antialiasing)
    view.resize(*size)
    view.show()
    view.fitInView(QRectF(scene.sceneRect()))
    app.processEvents()

    def pan(frame: int) -> None:
        bar = view.horizontalScrollBar()
        bar.setValue(bar.value() + (7 if frame % 40 < 20 else -7))
        view.viewport().repaint()

    def zoom(frame: int) -> None:
        factor = 1.03 if frame % 40 < 20 else 1 / 1.03
        view.scale(factor, factor)
        view.viewport().repaint()

    view.scale(1.3, 1.3)
    few = max(10, frames // 6)
    times = {"pan": _timed(pan, few), "zoom": _timed(zoom, few)}
    view.close()
    return times


def _timed(step: Callable[[int], None], frames: int) -> list[float]:
    for frame in range(5):
        step(frame)
    times = []
    for frame in range(frames):
        began = time.perf_counter()
        step(frame)
        times.append(1000 * (time.perf_counter() - began))
    return times


if __name__ == "__main__":
    main()
