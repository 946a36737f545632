"""Giving a photo: drops, paste, keys; what cannot be used is refused and changes nothing."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from beautyfinder.gui.query import BytesQuery, FileQuery, ImageQuery
from beautyfinder.gui.query_pane import QueryPane
from tests.gui.conftest import mime_of
from tests.gui.drag import drop, enter, leave


@pytest.fixture
def pane(qtbot: QtBot) -> QueryPane:
    made = QueryPane()
    qtbot.addWidget(made)
    made.resize(340, 600)
    made.show()
    return made


@pytest.fixture
def offered(pane: QueryPane) -> list[Any]:
    heard: list[Any] = []
    pane.photo_offered.connect(heard.append)
    pane.store_offered.connect(heard.append)
    return heard


@pytest.fixture
def picture() -> QImage:
    image = QImage(9, 5, QImage.Format.Format_RGB32)
    image.fill(QColor("#336699"))
    return image


def png_of(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(data.data())


def test_a_dropped_file(pane: QueryPane, offered: list[Any], tmp_path: Path) -> None:
    file = tmp_path / "Foto mit Ümlaut #1.jpg"
    assert drop(pane, mime_of([str(file)]))
    assert offered == [FileQuery(str(file))]
    assert pane.notice() == ""


def test_the_drag_is_seen(pane: QueryPane) -> None:
    assert enter(pane, mime_of(["/a.jpg"]))
    assert pane.view.is_hovered()
    leave(pane)
    assert not pane.view.is_hovered()
    drop(pane, mime_of(["/a.jpg"]))
    assert not pane.view.is_hovered()
    assert not enter(pane, QMimeData())
    assert not pane.view.is_hovered()


def test_of_several_files_the_first(pane: QueryPane, offered: list[Any]) -> None:
    remarks: list[str] = []
    pane.remarked.connect(remarks.append)
    assert drop(pane, mime_of(["/a.jpg", "/b.jpg", "/c.jpg"]))
    assert offered == [FileQuery("/a.jpg")]
    assert remarks == ["3 files came at once: the first, a.jpg, is looked up."]


def test_a_dropped_picture(pane: QueryPane, offered: list[Any], picture: QImage) -> None:
    assert drop(pane, mime_of(image=picture))
    (query,) = offered
    assert isinstance(query, ImageQuery)
    assert query.image.size() == picture.size()


def test_a_picture_file_as_bytes_comes_before_qts_picture_and_the_link(
    pane: QueryPane, offered: list[Any], picture: QImage
) -> None:
    mime = mime_of(["https://shop.example/soap"], image=picture)
    mime.setData("image/png", png_of(picture))
    assert drop(pane, mime)
    (query,) = offered
    assert isinstance(query, BytesQuery)
    assert query.data == png_of(picture)


@pytest.mark.parametrize(
    ("mime", "words"),
    [
        ({"paths": ["https://shop.example/a.jpg"]}, "links are not fetched"),
        ({"text": "https://shop.example/a.jpg"}, "links are not fetched"),
        ({"text": "hello"}, "text, not a picture"),
        ({"text": "/no/such/file.jpg"}, "There is no file /no/such/file.jpg"),
        ({"paths": ["/"]}, "is a folder"),
    ],
)
def test_what_cannot_be_used_is_refused_and_what_was_there_stays(
    pane: QueryPane, offered: list[Any], picture: QImage, mime: dict[str, Any], words: str
) -> None:
    pane.show_photo(picture, "soap.jpg", (9, 5))
    assert not drop(pane, mime_of(**mime))
    assert words in pane.notice()
    assert offered == []
    assert pane.view.image() == picture
    pane.show_photo(picture, "other.jpg", (9, 5))  # the next photo takes the words away
    assert pane.notice() == ""


def test_a_dropped_store_is_opened(pane: QueryPane, offered: list[Any], tmp_path: Path) -> None:
    (tmp_path / "catalogue.lance").mkdir()
    assert drop(pane, mime_of([str(tmp_path)]))
    assert offered == [tmp_path]


def test_paste(pane: QueryPane, offered: list[Any], picture: QImage, tmp_path: Path) -> None:
    clipboard = QGuiApplication.clipboard()
    file = tmp_path / "a b.jpg"
    file.write_bytes(b"x")
    clipboard.setImage(picture)
    pane._paste.click()
    clipboard.setMimeData(mime_of([str(file)]))
    pane._paste.click()
    for text in (str(file), f'"{file}"\n', file.as_uri()):
        clipboard.setText(text)
        pane._paste.click()
    assert isinstance(offered[0], ImageQuery | BytesQuery)
    assert offered[0].name == "Pasted picture"
    assert offered[1:] == [FileQuery(str(file))] * 4
    clipboard.setText("just words")
    pane._paste.click()
    assert "The clipboard holds text" in pane.notice()
    clipboard.clear()
    pane._paste.click()
    assert "The clipboard is empty" in pane.notice()
    assert len(offered) == 5


def test_the_dialog_offers_pictures(
    qtbot: QtBot, pane: QueryPane, offered: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QFileDialog] = []
    monkeypatch.setattr(QFileDialog, "open", lambda self: opened.append(self))
    pane.view.setFocus()
    qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    qtbot.mouseClick(pane.view, Qt.MouseButton.LeftButton)  # a second one is not opened
    (dialog,) = opened
    assert "*.heic" in dialog.nameFilters()[0]
    dialog.filesSelected.emit(["/photos/a.jpg"])
    dialog.done(1)
    assert offered == [FileQuery("/photos/a.jpg")]
    pane._open.click()
    assert len(opened) == 2
    assert opened[1].directory().path() == "/photos" or not Path("/photos").exists()


def test_the_photo_is_drawn_with_its_sides_kept(
    qtbot: QtBot, pane: QueryPane, picture: QImage
) -> None:
    large = picture.scaled(900, 500)
    pane.show_photo(large, "soap.jpg", (900, 500))
    drawn = pane.view.grab().toImage()
    middle = drawn.pixelColor(drawn.width() // 2, drawn.height() // 2)
    assert middle == QColor("#336699")
    assert drawn.pixelColor(drawn.width() // 2, 20) != QColor("#336699")
    fitted = pane.view._scaled
    assert fitted is not None
    assert fitted.width() / fitted.height() == pytest.approx(9 / 5, rel=0.02)
