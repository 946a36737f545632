"""Frames become pictures of the right colours and the right way round; the latest one counts."""

import threading

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QtVideo, QVideoFrame, QVideoFrameFormat
from pytestqt.qtbot import QtBot

from beautyfinder.gui.camera.frames import FRAME_SIDE, Frame, FrameReader
from beautyfinder.gui.camera.sharpness import FrameGate, FrameMeter, Measures, scene_changed
from beautyfinder.gui.camera.states import LiveState
from beautyfinder.gui.camera.yuv import image_of
from beautyfinder.gui.images_qt import image_from_pixels, pixels_from_image
from tests.gui.camera.conftest import blurred, dark, marked, scene
from tests.gui.conftest import WAIT

COLOURS = [(200, 40, 60), (30, 180, 90), (60, 70, 220), (128, 128, 128), (240, 240, 240)]
FORMATS = ["YUV420P", "YUV422P", "NV12", "NV21", "YUYV", "UYVY"]


def yuv_frame(
    name: str, rgb: tuple[int, int, int], full: bool, size: tuple[int, int]
) -> QVideoFrame:
    """A frame of one colour, by the equations of BT.601."""
    red, green, blue = rgb
    y = 0.299 * red + 0.587 * green + 0.114 * blue
    u, v = (blue - y) / 1.772, (red - y) / 1.402
    if full:
        y, u, v = y, u + 128, v + 128
    else:
        y, u, v = 16 + y * 219 / 255, 128 + u * 224 / 255, 128 + v * 224 / 255
    pattern = {
        "YUV420P": [[y], [u], [v]], "YUV422P": [[y], [u], [v]], "NV12": [[y], [u, v]],
        "NV21": [[y], [v, u]], "YUYV": [[y, u, y, v]], "UYVY": [[u, y, v, y]],
    }[name]  # fmt: skip
    form = QVideoFrameFormat(QSize(*size), getattr(QVideoFrameFormat.PixelFormat, f"Format_{name}"))
    ranges = QVideoFrameFormat.ColorRange
    form.setColorRange(ranges.ColorRange_Full if full else ranges.ColorRange_Video)
    form.setColorSpace(QVideoFrameFormat.ColorSpace.ColorSpace_BT601)
    frame = QVideoFrame(form)
    assert frame.map(QVideoFrame.MapMode.WriteOnly)
    for number, values in enumerate(pattern):
        data = np.frombuffer(frame.bits(number), np.uint8)
        data[:] = np.resize(np.round(values).astype(np.uint8), len(data))
    frame.unmap()
    return frame


@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize("name", FORMATS)
def test_colours(qapp: object, name: str, full: bool) -> None:
    for rgb in COLOURS:
        image = image_of(yuv_frame(name, rgb, full, (64, 48)))
        assert image.size() == QSize(64, 48)
        found = pixels_from_image(image).reshape(-1, 3)
        assert np.abs(found - np.array(rgb)).max() <= 4, (rgb, found[0])


def test_a_large_frame_is_made_small(qapp: object) -> None:
    image = image_of(yuv_frame("NV12", (200, 40, 60), False, (1920, 1080)), FRAME_SIDE)
    assert image.size() == QSize(960, 540)
    whole = image_of(QVideoFrame(scene(size=(1920, 1080))))
    assert whole.size() == QSize(1920, 1080)
    assert image_of(QVideoFrame(scene(size=(1920, 1080))), 480).size() == QSize(480, 270)


def test_the_right_way_round(qapp: object) -> None:
    """Turned and upside down as its format says; mirrored never."""
    picture = marked(scene())
    frame = QVideoFrame(picture)
    frame.setMirrored(True)
    assert np.array_equal(pixels_from_image(image_of(frame)), pixels_from_image(picture))
    frame.setRotation(QtVideo.Rotation.Clockwise90)
    turned = np.rot90(pixels_from_image(picture), -1)
    assert np.array_equal(pixels_from_image(image_of(frame)), turned)


def test_an_empty_frame(qapp: object) -> None:
    assert image_of(QVideoFrame()).isNull()


def test_a_rare_format_is_left_to_qt(qapp: object) -> None:
    form = QVideoFrameFormat(QSize(64, 48), QVideoFrameFormat.PixelFormat.Format_YV12)
    frame = QVideoFrame(form)
    frame.map(QVideoFrame.MapMode.WriteOnly)
    for number, value in enumerate((180, 128, 128)):
        np.frombuffer(frame.bits(number), np.uint8)[:] = value
    frame.unmap()
    image = image_of(frame, 32)
    assert image.size() == QSize(32, 24)
    red, green, blue = pixels_from_image(image)[10, 10].tolist()
    assert abs(red - green) <= 2
    assert abs(red - blue) <= 2


def test_the_reader_drops_what_it_cannot_get_to(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, threads = threading.Event(), set()

    def slow(frame: QVideoFrame, most: int | None = None) -> QImage:
        threads.add(threading.get_ident())
        assert go.wait(WAIT / 1000)
        return image_of(frame, most)

    monkeypatch.setattr("beautyfinder.gui.camera.frames.image_of", slow)
    reader = FrameReader()
    read: list[Frame] = []
    reader.read.connect(read.append)
    for seed in range(1, 11):
        reader.offer(QVideoFrame(scene(seed, (64 * 5, 48 * 5))))
    go.set()
    qtbot.waitUntil(lambda: len(read) == 2, timeout=WAIT)
    assert (reader.given, reader.dropped) == (10, 8)
    last = pixels_from_image(scene(10, (64 * 5, 48 * 5)))
    assert np.array_equal(pixels_from_image(read[-1].image), last)
    assert threads == threads - {threading.get_ident()}
    reader.close()
    assert not reader.running
    reader.offer(QVideoFrame(scene()))  # too late


def test_a_still_is_of_full_size(qtbot: QtBot) -> None:
    reader = FrameReader()
    with qtbot.waitSignal(reader.read, timeout=WAIT) as heard:
        reader.offer(QVideoFrame(scene(size=(1920, 1080))))
    assert heard.args[0].still is None
    reader.want_still()
    with qtbot.waitSignal(reader.read, timeout=WAIT) as heard:
        reader.offer(QVideoFrame(scene(size=(1920, 1080))))
    assert heard.args[0].still.size() == QSize(1920, 1080)
    assert heard.args[0].image.size() == QSize(960, 540)
    reader.close()


def test_closed_while_frames_come(qtbot: QtBot) -> None:
    reader = FrameReader()
    read: list[Frame] = []
    reader.read.connect(read.append)
    for _ in range(5):
        reader.offer(QVideoFrame(scene(size=(1920, 1080))))
    reader.close()
    count = len(read)
    qtbot.wait(30)
    assert not reader.running
    assert len(read) == count


def test_one_broken_frame_is_no_matter(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = FrameReader()
    with monkeypatch.context() as patch:
        patch.setattr("beautyfinder.gui.camera.frames.image_of", lambda *_: 1 / 0)
        reader.offer(QVideoFrame(scene()))
        qtbot.waitUntil(lambda: not reader._busy, timeout=WAIT)
    with qtbot.waitSignal(reader.read, timeout=WAIT):
        reader.offer(QVideoFrame(scene()))
    reader.close()


def measured(*images: QImage) -> list[Measures]:
    meter = FrameMeter()
    return [meter.measure(image) for image in images]


def brighter(image: QImage, factor: float) -> QImage:
    pixels = pixels_from_image(image).astype(np.float32) * factor
    return image_from_pixels(np.clip(pixels, 0, 255).astype(np.uint8))


def test_the_gate(qapp: object) -> None:
    sharp = scene()
    gate = FrameGate()
    told = [
        gate.judge(one)
        for one in measured(sharp, sharp, scene(2), scene(2), blurred(scene(2)), dark((640, 480)))
    ]
    assert told[:4] == [LiveState.LOOKING, LiveState.LOOKING, LiveState.MOVING, LiveState.LOOKING]
    assert told[4] in (LiveState.MOVING, LiveState.BLURRED)
    assert told[5] == LiveState.DARK
    still_blurred = measured(blurred(scene(2)), blurred(scene(2)))[1]
    assert gate.judge(still_blurred) == LiveState.BLURRED
    for _ in range(400):  # a smooth product is not kept out for ever
        last = gate.judge(still_blurred)
    assert last == LiveState.LOOKING


def test_exposure_that_flickers_is_no_motion(qapp: object) -> None:
    base = brighter(scene(), 0.7)
    one, other = measured(base, brighter(base, 1.2))
    assert FrameGate().judge(other) == LiveState.LOOKING
    assert other.sharpness == pytest.approx(one.sharpness, rel=0.1)
    assert not scene_changed(one, other)


def test_a_trembling_hand_is_the_same_scene(qapp: object) -> None:
    one, other, elsewhere = measured(scene(), scene(shift=6), scene(2))
    assert not scene_changed(one, other)
    assert scene_changed(one, elsewhere)


def test_frames_of_another_size(qapp: object) -> None:
    assert [one.motion for one in measured(scene(), scene(size=(320, 360)))] == [0.0, 0.0]
