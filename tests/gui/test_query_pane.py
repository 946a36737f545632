"""Giving a photo: drops, paste, dialog, web; what cannot be used is refused and changes nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QObject, QSettings, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QToolButton
from pytestqt.qtbot import QtBot

from beautyfinder.gui import query_pane
from beautyfinder.gui.query import BytesQuery, FileQuery, ImageQuery, Region
from beautyfinder.gui.query_pane import QueryPane
from beautyfinder.gui.recent_queries import MOST, RecentQueries
from beautyfinder.gui.task import Task
from tests.gui.conftest import WAIT, mime_of
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
    """Each photo that was offered, and each store."""
    heard: list[Any] = []
    pane.photos_offered.connect(heard.extend)
    pane.store_offered.connect(heard.append)
    return heard


@pytest.fixture
def picture() -> QImage:
    image = QImage(9, 5, QImage.Format.Format_RGB32)
    image.fill(QColor("#336699"))
    return image


class FakeFetcher(QObject):
    """Fetches nothing: a test says what comes."""

    started = Signal(str)
    progressed = Signal(int, int)
    fetched = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.urls: tuple[str, ...] = ()
        self.cancelled = 0

    def fetch(self, *urls: str) -> None:
        self.urls = urls
        self.started.emit("shop.example")

    def cancel(self) -> None:
        self.cancelled += bool(self.urls)
        self.urls = ()

    def is_busy(self) -> bool:
        return bool(self.urls)


@pytest.fixture
def fetchers(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[FakeFetcher]]:
    made: list[FakeFetcher] = []

    def make(parent: QObject) -> FakeFetcher:
        made.append(FakeFetcher(parent))
        return made[-1]

    monkeypatch.setattr(query_pane, "PictureFetcher", make)
    yield made
    made.clear()


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


def test_several_files_are_offered_at_once(pane: QueryPane, tmp_path: Path) -> None:
    offers: list[Any] = []
    remarks: list[str] = []
    pane.photos_offered.connect(offers.append)
    pane.remarked.connect(remarks.append)
    assert drop(pane, mime_of(["/a.jpg", "/b.jpg", "/c.jpg"]))
    assert offers == [(FileQuery("/a.jpg"), FileQuery("/b.jpg"), FileQuery("/c.jpg"))]
    assert remarks == []
    assert drop(pane, mime_of(["/a.jpg", str(tmp_path)]))
    assert offers[1:] == [(FileQuery("/a.jpg"),)]
    assert "is a folder and is left out" in remarks[0]


@pytest.mark.parametrize(
    ("mime", "words"),
    [
        ({"text": "hello"}, "text, not a picture"),
        ({"text": "/no/such/file.jpg"}, "There is no file /no/such/file.jpg"),
        ({"text": "data:text/plain,words"}, "holds no picture"),
        ({"paths": ["mtp://phone/1.jpg"]}, "“mtp:”"),
    ],
)
def test_what_cannot_be_used_is_refused_and_what_was_there_stays(
    pane: QueryPane, offered: list[Any], picture: QImage, mime: dict[str, Any], words: str
) -> None:
    pane.show_photo(picture, "soap.jpg", (9, 5), Region(1))
    assert not drop(pane, mime_of(**mime))
    assert words in pane.notice()
    assert offered == []
    assert pane.view.image() == picture
    assert pane.region() == Region(1)
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
        pane.paste_photo()
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


def test_folders_of_pictures(
    qtbot: QtBot, pane: QueryPane, offered: list[Any], tmp_path: Path
) -> None:
    remarks: list[str] = []
    pane.remarked.connect(remarks.append)
    photos, bare = tmp_path / "photos", tmp_path / "bare"
    for folder in (photos, bare):
        folder.mkdir()
    for name in ("2.jpg", "1.png"):
        (photos / name).touch()
    assert drop(pane, mime_of([str(photos)]))
    qtbot.waitUntil(lambda: len(offered) == 2, timeout=WAIT)
    assert [query.name for query in offered] == ["1.png", "2.jpg"]
    assert remarks[-1] == "2 of 2 pictures in the folder “photos” are looked up."
    pane.take(mime_of([str(bare)]))
    qtbot.waitUntil(lambda: "no picture in the folder “bare”" in pane.notice(), timeout=WAIT)
    pane.take(mime_of([str(photos)]))
    pane.take(mime_of(["/photos/last.jpg"]))  # what was given last counts
    qtbot.waitUntil(lambda: not pane.findChildren(Task), timeout=WAIT)
    assert [query.name for query in offered] == ["1.png", "2.jpg", "last.jpg"]


@pytest.mark.parametrize("width", [268, 340, 500])
def test_a_refusal_is_shown_in_full(qtbot: QtBot, pane: QueryPane, width: int) -> None:
    why = (
        "There is no file /a/"
        + "very_long.folder-name/" * 8
        + "0123456789" * 6
        + ".jpg. Check its name."
    )
    pane.resize(width, 600)
    pane.refuse(why)
    assert pane.notice() == why
    words = pane._notice._words

    def fits() -> bool:
        room = words.contentsRect()
        wrap = Qt.TextFlag.TextWordWrap
        drawn = words.fontMetrics().boundingRect(0, 0, room.width(), 9999, wrap, words.text())
        return drawn.width() <= room.width() and drawn.height() <= room.height()

    qtbot.waitUntil(fits, timeout=WAIT)
    pane.resize(400, 600)
    qtbot.waitUntil(fits, timeout=WAIT)


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
    assert dialog.fileMode() == QFileDialog.FileMode.ExistingFiles
    dialog.filesSelected.emit(["/photos/a.jpg", "/photos/b.jpg"])
    dialog.done(1)
    assert offered == [FileQuery("/photos/a.jpg"), FileQuery("/photos/b.jpg")]
    pane._open.click()
    assert len(opened) == 2
    assert opened[1].directory().path() == "/photos" or not Path("/photos").exists()


# -- from the web


def test_a_picture_from_the_web(
    pane: QueryPane, offered: list[Any], fetchers: list[FakeFetcher]
) -> None:
    assert drop(pane, mime_of(["https://shop.example/a.jpg"]))
    (fetcher,) = fetchers
    assert fetcher.urls == ("https://shop.example/a.jpg",)
    assert pane.is_fetching()
    assert "Fetching from shop.example" in pane._fetch_bar.words()
    fetcher.progressed.emit(500_000, 2_000_000)
    assert pane._fetch_bar._progress.value() == 500_000
    assert "of" in pane._fetch_bar._amount.text()
    fetcher.progressed.emit(500_000, 0)  # how much there is, is not told
    assert pane._fetch_bar._progress.maximum() == 0
    assert offered == []
    query = BytesQuery(b"x", "a.jpg")
    fetcher.fetched.emit(query)
    assert offered == [query]
    assert pane._fetch_bar.isHidden()


def test_fetching_can_be_cancelled(
    pane: QueryPane, offered: list[Any], picture: QImage, fetchers: list[FakeFetcher]
) -> None:
    pane.show_photo(picture, "soap.jpg", (9, 5))
    drop(pane, mime_of(["https://shop.example/a.jpg"]))
    pane._fetch_bar.cancel.click()
    assert not pane.is_fetching()
    assert fetchers[0].cancelled == 1
    assert pane._fetch_bar.isHidden()
    assert pane.view.image() == picture
    assert (offered, pane.notice()) == ([], "")


def test_what_is_given_meanwhile_counts(
    pane: QueryPane, offered: list[Any], fetchers: list[FakeFetcher]
) -> None:
    drop(pane, mime_of(["https://shop.example/a.jpg"]))
    drop(pane, mime_of(text="words"))  # of no use: the fetching goes on
    assert pane.is_fetching()
    drop(pane, mime_of(["/b.jpg"]))
    assert not pane.is_fetching()
    assert offered == [FileQuery("/b.jpg")]
    assert pane._fetch_bar.isHidden()


def test_why_it_cannot_be_fetched(
    pane: QueryPane, picture: QImage, fetchers: list[FakeFetcher]
) -> None:
    pane.show_photo(picture, "soap.jpg", (9, 5))
    drop(pane, mime_of(["https://shop.example/a.jpg"]))
    fetchers[0].failed.emit("There is no host shop.example.")
    assert pane.notice() == "There is no host shop.example."
    assert pane._fetch_bar.isHidden()
    assert pane.view.image() == picture


def test_of_a_long_host_the_end_is_seen(pane: QueryPane) -> None:
    pane._fetch_bar.show_host("a" * 80 + ".shop.example")
    shown = pane._fetch_bar._words.text()
    assert "…" in shown
    assert shown.endswith("shop.example")


# -- what of the photo is looked up


def test_turning_and_the_box(qtbot: QtBot, pane: QueryPane, picture: QImage) -> None:
    regions: list[Region] = []
    pane.region_changed.connect(regions.append)
    pane.turn_left()  # nothing there to turn
    assert pane.tools.isHidden()
    pane.show_photo(picture.scaled(900, 500), "soap.jpg", (900, 500))
    assert not pane.tools.isHidden()
    assert pane.tools.remove.isHidden()
    pane.tools.right.click()
    pane.tools.right.click()
    pane.tools.left.click()
    assert regions == [Region(1), Region(2), Region(1)]
    pane.view.setFocus()
    with qtbot.waitSignal(pane.region_changed):
        qtbot.keyClick(pane.view, Qt.Key.Key_B)
    assert regions[-1] == Region(1, (0.2, 0.2, 0.6, 0.6))
    assert not pane.tools.remove.isHidden()
    pane.tools.remove.click()
    assert regions[-1] == Region(1)
    assert pane.tools.remove.isHidden()
    pane.show_photo(picture, "other.jpg", (9, 5))
    assert pane.region() == Region()
    assert len(regions) == 5


# -- recent photos


def recent_texts(pane: QueryPane) -> list[str]:
    pane.recent_menu.aboutToShow.emit()
    return [action.text() for action in pane.recent_menu.actions() if action.text()]


def test_recent_photos(
    pane: QueryPane, offered: list[Any], picture: QImage, tmp_path: Path
) -> None:
    assert recent_texts(pane) == ["No photo has been looked up yet"]
    assert not pane.recent_menu.actions()[0].isEnabled()
    for name in ("a.jpg", "b & c.jpg", "gone.jpg"):
        (tmp_path / name).write_bytes(b"x")
        pane.recent.remember(str(tmp_path / name), picture)
    (tmp_path / "gone.jpg").unlink()
    assert recent_texts(pane) == ["b && c.jpg", "a.jpg", "Clear the list"]
    first = pane.recent_menu.actions()[0]
    assert first.toolTip() == str(tmp_path / "b & c.jpg")
    assert first.icon().pixmap(32, 32).toImage().pixelColor(2, 2).blue() > 120
    first.trigger()
    assert offered == [FileQuery(str(tmp_path / "b & c.jpg"))]
    pane.recent_menu.actions()[-1].trigger()
    assert pane.recent.paths() == []
    assert len(offered) == 1


def test_recent_photos_are_kept(settings: QSettings, picture: QImage, tmp_path: Path) -> None:
    recent = RecentQueries(settings)
    paths = [str(tmp_path / f"{n}.jpg") for n in range(MOST + 3)]
    for path in paths:
        Path(path).write_bytes(b"x")
        recent.remember(path, picture)
    recent.remember(paths[10])  # again: it moves up and keeps its picture
    settings.sync()
    again = RecentQueries(QSettings(settings.fileName(), QSettings.Format.IniFormat))
    assert again.paths()[:3] == [paths[10], paths[-1], paths[-2]]
    assert len(again.paths()) == MOST
    assert again.entries()[0].picture.width() == 64
    again.clear()
    again.remember(paths[0])
    assert RecentQueries(again._settings).paths() == [paths[0]]
    assert RecentQueries(again._settings).entries()[0].picture.isNull()


def test_settings_that_somebody_else_wrote(settings: QSettings) -> None:
    settings.beginWriteArray("recent_queries", 3)
    for row, path in enumerate(["", 7, ["a"]]):
        settings.setArrayIndex(row)
        settings.setValue("path", path)
    settings.endArray()
    assert RecentQueries(settings).paths() == []


# -- the looks


def test_a_narrow_pane_keeps_its_buttons(qtbot: QtBot, pane: QueryPane) -> None:
    assert pane._paste.text() == "Paste"
    pane.resize(268, 600)
    assert pane._paste.text() == ""
    assert pane._paste.accessibleName() == "Paste"
    room = pane._open.fontMetrics().horizontalAdvance("Open photo…") + 30
    qtbot.waitUntil(lambda: pane._open.width() > room, timeout=WAIT)


def test_large_type_is_not_cut(qtbot: QtBot, pane: QueryPane, picture: QImage) -> None:
    pane.show_photo(picture, "soap.jpg", (9, 5), Region())
    font = pane.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    pane.setFont(font)
    pane.resize(pane.minimumWidth(), 600)

    def whole() -> bool:
        hint = pane.tools._hint
        return (
            pane._open.width() >= pane._open.sizeHint().width()
            and hint.width() >= hint.sizeHint().width()
        )

    qtbot.waitUntil(whole, timeout=WAIT)
    assert pane.width() > 268


def test_every_button_has_a_name_and_can_be_reached(pane: QueryPane, picture: QImage) -> None:
    pane.show_photo(picture, "soap.jpg", (9, 5), Region(0, (0.0, 0.0, 0.5, 0.5)))
    pane._fetch_bar.show_host("shop.example")
    for button in [
        pane._open,
        pane._paste,
        pane._fetch_bar.cancel,
        *pane.findChildren(QToolButton),
    ]:
        assert button.accessibleName()
        assert button.toolTip()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
