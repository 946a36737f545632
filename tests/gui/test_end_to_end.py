"""A real store, a real network, a real drop: the right product comes first."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from beautyfinder.errors import UserError
from beautyfinder.gui.app import run
from beautyfinder.gui.engine import Engine
from beautyfinder.gui.hit_words import maker_text
from beautyfinder.gui.main_window import MainWindow
from beautyfinder.gui.query import FileQuery
from beautyfinder.gui.results_model import PICTURE_ROLE
from beautyfinder.gui.services import make_services
from tests.gui.conftest import mime_of
from tests.gui.drag import drop

LONG = 60_000


def test_drop_a_file_see_seven_products(qtbot: QtBot, tiny_store: Any, tiny_catalogue: Any) -> None:
    window = MainWindow(make_services(Engine()))
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(window.ready, timeout=LONG):
        window.open_store(Path(tiny_store.folder))
    for product, photo in list(tiny_catalogue.photos.items())[:2]:
        with qtbot.waitSignals([window.answer_shown, window.settled], timeout=LONG):
            assert drop(window, mime_of([str(photo)]))
        model = window.results.model
        assert model.rowCount() == 7
        assert model.hits()[0].image.product_id == product
        pictures = [model.data(model.index(row, 0), PICTURE_ROLE) for row in range(7)]
        assert all(isinstance(picture, QImage) for picture in pictures)
        assert window.pane.view.image().size() == QImage(str(photo)).size()
        assert "Brand" in maker_text(model.hits()[0])
    assert f"{tiny_catalogue.images} pictures" in window.status.facts()
    window.close()
    assert not window.engine.running


def test_the_program_takes_its_screenshot(
    qtbot: QtBot, tiny_store: Any, tiny_catalogue: Any, tmp_path: Path
) -> None:
    photo = next(iter(tiny_catalogue.photos.values()))
    assert run(tiny_store.folder, photo, tmp_path / "window.png") == 0
    image = QImage(str(tmp_path / "window.png"))
    assert (image.width(), image.height()) == (1280, 800)
    with pytest.raises(UserError, match="does not exist"):
        run(tiny_store.folder, tmp_path / "none.jpg", tmp_path / "none.png")
    assert not (tmp_path / "none.png").exists()


def test_a_catalogue_that_vanishes_under_the_program(
    qtbot: QtBot, tiny_store: Any, tiny_catalogue: Any, tmp_path: Path
) -> None:
    """One sentence in place of cards; the window goes on with another catalogue."""
    folder = tmp_path / "shop"
    shutil.copytree(tiny_store.folder, folder)
    window = MainWindow(make_services(Engine()))
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(window.ready, timeout=LONG):
        window.open_store(folder)
    shutil.rmtree(folder)
    photo = str(next(iter(tiny_catalogue.photos.values())))
    with qtbot.waitSignal(window.failed, timeout=LONG) as said:
        window.look_up(FileQuery(photo))
    assert str(folder) in said.args[0]
    assert "Traceback" not in said.args[0]
    assert said.args[0] in window.results.words()
    with qtbot.waitSignal(window.answer_shown, timeout=LONG):
        window.open_store(Path(tiny_store.folder))
    window.close()
