"""Lines end on the keypoints at every zoom, for turned, cropped and downscaled pictures alike."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from beautyfinder.gui.backend import StoreBackend
from beautyfinder.gui.images_qt import image_from_pixels
from beautyfinder.gui.inspector.messages import FILE, Wanted
from beautyfinder.gui.inspector.overlay import Shown
from beautyfinder.gui.inspector.pane import Pane
from beautyfinder.gui.inspector.reading import picture_of
from beautyfinder.gui.inspector.window import InspectorWindow
from beautyfinder.gui.query import FileQuery, Region
from beautyfinder.search.inspection import inspect, pairing_at
from tests.gui.conftest import make_answer
from tests.gui.inspector.conftest import WAIT, drawn_pack, drawn_photo


@pytest.mark.parametrize("scale", [0.3, 1.0, 2.5, 17.0])
def test_a_pixel_of_the_picture_is_drawn_where_the_transform_says(scale: float) -> None:
    pixels = np.zeros((900, 1300, 3), np.uint8)
    x, y = 801, 402
    pixels[y - 3 : y + 4, x - 3 : x + 4] = 255
    pane = Pane()
    pane.show(picture_of(pixels).levels)
    pane.place(QRectF(20, 10, 500, 400))
    pane.set_scale(scale)
    pane.centre = (790.25, 410.5)
    shot = QImage(QSize(600, 450), QImage.Format.Format_RGB32)
    shot.fill(0)
    painter = QPainter(shot)
    pane.paint(painter, QColor("black"), 1.0, True)
    painter.end()
    rows = np.frombuffer(shot.constBits(), np.uint8).reshape(450, 600, 4)[..., 1].astype(float)
    rows[:, :20] = rows[:, 520:] = rows[:10] = rows[410:] = 0
    total = rows.sum()
    seen = (rows.sum(axis=0) @ (np.arange(600) + 0.5), rows.sum(axis=1) @ (np.arange(450) + 0.5))
    expected = pane.to_widget(np.array([[x + 0.5, y + 0.5]]))[0]
    # Half a pixel of the screen: unscaled and magnified pictures begin on a whole one.
    assert np.abs(np.array(seen) / total - expected).max() <= 0.5


def test_points_go_there_and_back() -> None:
    pane = Pane()
    pane.show((QImage(200, 100, QImage.Format.Format_RGB32),))
    pane.place(QRectF(0, 0, 320, 240))
    pane.zoom(3.7, QPointF(40, 50))
    pane.pan(QPointF(-13, 8))
    there = pane.to_widget(np.array([[12.5, 80.25]]))[0]
    assert pane.to_picture(QPointF(*there)) == pytest.approx((12.5, 80.25))


def test_zooming_keeps_what_is_under_the_cursor() -> None:
    pane = Pane()
    pane.show((QImage(800, 600, QImage.Format.Format_RGB32),))
    pane.place(QRectF(0, 0, 400, 300))
    place = QPointF(250, 100)
    before = pane.to_picture(place)
    pane.zoom(2.5, place)
    assert pane.to_picture(place) == pytest.approx(before)


def test_line_ends_are_drawn_on_the_keypoints(qtbot: QtBot, inspector: InspectorWindow) -> None:
    """Looked for in a grab: the colour of the line's dot at both ends, at several zooms."""
    canvas = inspector.canvas
    canvas.set_shown(Shown(outline=False))
    assert canvas.overlay is not None
    for factor in (1.0, 1.9, 1.9):
        canvas.zoom(factor, canvas.photo.rect.center())
        qtbot.waitUntil(canvas.is_fine, timeout=WAIT)
        shot = canvas.grab().toImage()
        canvas.set_shown(Shown(inliers=False, outline=False))
        qtbot.waitUntil(canvas.is_fine, timeout=WAIT)
        bare = canvas.grab().toImage()
        canvas.set_shown(Shown(outline=False))
        found = 0
        for pair in canvas.overlay.pairs[:40].tolist():
            ends = canvas.ends_of(pair)
            assert ends is not None
            panes = (canvas.photo, canvas.picture)
            if all(p.rect.contains(end) for p, end in zip(panes, ends, strict=True)):
                found += 1
                for end in ends:
                    at = end.toPoint()
                    around = [
                        shot.pixel(at.x() + dx, at.y() + dy) != bare.pixel(at.x() + dx, at.y() + dy)
                        for dx in range(-3, 4)
                        for dy in range(-3, 4)
                        if shot.rect().contains(at.x() + dx, at.y() + dy)
                    ]
                    assert any(around)
        assert found


def test_the_transform_maps_keypoints_to_the_ends(inspector: InspectorWindow) -> None:
    canvas, current = inspector.canvas, inspector.matching.current
    assert current is not None
    assert canvas.overlay is not None
    canvas.zoom(3.3, QPointF(200, 200))
    for pair in canvas.overlay.pairs[:10].tolist():
        ends = canvas.ends_of(pair)
        assert ends is not None
        x, y = current.inspection.catalogue.points[pair] + 0.5
        assert canvas.picture.to_picture(ends[1]) == pytest.approx((x, y), abs=1e-3)
        at = current.inspection.nearest[pair]
        x, y = current.inspection.query.points[at] + 0.5
        assert canvas.photo.to_picture(ends[0]) == pytest.approx((x, y), abs=1e-3)


def _wanted(tmp_path: Path, photo: Path, region: Region, picture: np.ndarray) -> Wanted:
    from dataclasses import replace

    file = tmp_path / "pack.png"
    Image.fromarray(picture).save(file)
    hit = make_answer(1).result.hits[0]
    hit = replace(hit, image=replace(hit.image, path=str(file)))
    return Wanted(FileQuery(str(photo)), region, hit, "verified")


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_photo_turned_by_its_exif_is_upright_in_picture_and_keypoints(
    tmp_path: Path, orientation: int
) -> None:
    pack = drawn_pack()
    upright = drawn_photo(pack)
    stored = np.rot90(upright, {1: 0, 3: 2, 6: 1, 8: 3}[orientation])
    image = Image.fromarray(np.ascontiguousarray(stored))
    exif = image.getexif()
    exif[0x0112] = orientation
    file = tmp_path / "photo.png"
    image.save(file, exif=exif)
    inspected = StoreBackend().inspect(_wanted(tmp_path, file, Region(), pack))
    assert inspected.origin == FILE
    assert inspected.photo.levels[0] == image_from_pixels(upright).convertToFormat(
        QImage.Format.Format_RGB32
    )
    inspection = inspected.inspection
    assert np.array_equal(inspection.query.points, inspect(upright, pack).query.points)
    pairing = pairing_at(inspection, 0.9)
    assert pairing.inlier_count > 20
    assert np.nanmedian(pairing.errors[pairing.inliers]) < 1.5


def test_a_part_of_the_photo_turned_and_cut(tmp_path: Path) -> None:
    pack = drawn_pack()
    file = tmp_path / "photo.png"
    Image.fromarray(drawn_photo(pack)).save(file)
    backend = StoreBackend()
    region = Region(1, (0.1, 0.05, 0.8, 0.9))
    wanted = _wanted(tmp_path, file, region, pack)
    inspected = backend.inspect(wanted)
    part = backend.read(wanted.query, region).photo.pixels
    assert inspected.photo.size == (part.shape[1], part.shape[0])
    assert np.array_equal(inspected.photo.pixels, part)
    assert inspected.photo.levels[0].size() == QSize(*inspected.photo.size)
    assert pairing_at(inspected.inspection, 0.9).inlier_count > 20


def test_a_large_photo_is_shown_at_full_resolution(
    tmp_path: Path, open_inspector: Callable[..., InspectorWindow]
) -> None:
    pack = drawn_pack()
    large = np.asarray(Image.fromarray(drawn_photo(pack)).resize((4800, 3600)))
    file = tmp_path / "photo.jpg"
    Image.fromarray(large).save(file, quality=92)
    inspected = StoreBackend().inspect(_wanted(tmp_path, file, Region(), pack))
    assert inspected.photo.levels[0].size() == QSize(4800, 3600)
    assert inspected.inspection.query_size == (4800, 3600)
    assert pairing_at(inspected.inspection, 0.9).inlier_count > 20
