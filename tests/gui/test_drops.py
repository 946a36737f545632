"""What browsers, file managers and text hold out: each format as these programs write it."""

import base64
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QColor, QImage

from beautyfinder.errors import UserError
from beautyfinder.gui import drops, photo_folders
from beautyfinder.gui.drops import Offer, may_take, offer_of_paths, read_offer
from beautyfinder.gui.html_pictures import HtmlPictures
from beautyfinder.gui.photo_folders import offer_of_folders
from beautyfinder.gui.query import BytesQuery, FileQuery, ImageQuery
from tests.gui.conftest import mime_of

PICTURE_URL = "https://img.shop.example/soap%20rose.jpg?w=800"
PAGE_URL = "https://shop.example/products/soap"


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


def mime(**formats: str | bytes) -> QMimeData:
    """By format names with `_` for `/`, and `-` as it is: pass them as **{...}."""
    made = QMimeData()
    for name, data in formats.items():
        made.setData(name, QByteArray(data if isinstance(data, bytes) else data.encode()))
    return made


def files_of(offer: Offer) -> list[str]:
    assert offer.refusal == ""
    assert all(isinstance(query, FileQuery) for query in offer.queries)
    return [query.path for query in offer.queries if isinstance(query, FileQuery)]


@pytest.fixture
def photos(tmp_path: Path) -> list[str]:
    """Two files, of names that URIs have to escape."""
    paths = [tmp_path / "Foto mit Ümlaut #1.jpg", tmp_path / "100% 皂.heic"]
    for path in paths:
        path.write_bytes(b"x")
    return [str(path) for path in paths]


def uris(paths: list[str]) -> list[str]:
    return [Path(path).as_uri() for path in paths]


# -- file managers


def explorer(paths: list[str]) -> QMimeData:
    made = mime_of(paths)
    made.setData('application/x-qt-windows-mime;value="Shell IDList Array"', QByteArray(b"\1\0"))
    made.setData('application/x-qt-windows-mime;value="Preferred DropEffect"', QByteArray(b"\5"))
    return made


def finder(paths: list[str]) -> QMimeData:
    """Copied in the Finder: its name as text and, as a picture, the file's icon."""
    icon = QImage(32, 32, QImage.Format.Format_RGB32)
    made = mime_of(paths, image=icon, text="\r".join(Path(path).name for path in paths))
    made.setData("image/tiff", QByteArray(b"MM\0*"))
    return made


def nautilus_drag(paths: list[str]) -> QMimeData:
    lines = "".join(f"{uri}\r\n" for uri in uris(paths))
    icons = "".join(f"{uri}\r0:0:64:64\r\n" for uri in uris(paths))
    return mime(**{"text/uri-list": lines, "x-special/gnome-icon-list": icons, "text/plain": lines})


def nautilus_copy(paths: list[str]) -> QMimeData:
    listed = "\n".join(uris(paths))
    return mime(
        **{
            "x-special/gnome-copied-files": f"copy\n{listed}",
            "text/plain;charset=utf-8": "\n".join(paths),
        }
    )


def old_nautilus_copy(paths: list[str]) -> QMimeData:
    words = "\n".join(["x-special/nautilus-clipboard", "copy", *uris(paths), ""])
    return mime(**{"text/plain": words})


def dolphin(paths: list[str]) -> QMimeData:
    made = mime_of(paths)
    made.setData("application/x-kde-cutselection", QByteArray(b"0"))
    return made


@pytest.mark.parametrize(
    "manager", [explorer, finder, nautilus_drag, nautilus_copy, old_nautilus_copy, dolphin]
)
@pytest.mark.parametrize("pasted", [False, True])
def test_file_managers(
    photos: list[str], manager: Callable[[list[str]], QMimeData], pasted: bool
) -> None:
    assert may_take(manager(photos))
    assert files_of(read_offer(manager(photos), pasted)) == photos
    assert files_of(read_offer(manager(photos[1:]), pasted)) == photos[1:]  # HEIC of a phone


def test_folders(photos: list[str], tmp_path: Path) -> None:
    holiday, store = tmp_path / "holiday", tmp_path / "shop"
    holiday.mkdir()
    (store / "catalogue.lance").mkdir(parents=True)
    assert offer_of_paths([str(store)]).store == store
    assert offer_of_paths([str(holiday), str(store)]).store == store
    assert read_offer(mime_of([str(holiday)])).folders == (holiday,)
    offer = read_offer(mime_of([photos[0], str(holiday), photos[1], photos[0]]))
    assert files_of(offer) == photos  # each once
    assert "“holiday” is a folder and is left out" in offer.remark


def test_pictures_in_folders(tmp_path: Path) -> None:
    one, two, bare = tmp_path / "one", tmp_path / "two", tmp_path / "bare"
    for name in ("b.JPG", "A.heic", "notes.txt", ".hidden.jpg"):
        one.mkdir(exist_ok=True)
        (one / name).touch()
    (one / "inside.jpg").mkdir()
    for folder in (two, bare / "below"):
        folder.mkdir(parents=True)
    for n in range(photo_folders.MOST):
        (two / f"{n:03}.png").touch()
    (bare / "below" / "c.jpg").touch()
    offer = offer_of_folders([one])
    assert [Path(path).name for path in files_of(offer)] == ["A.heic", "b.JPG"]
    assert offer.remark == "2 of 2 pictures in the folder “one” are looked up."
    offer = offer_of_folders([one, two])
    assert len(offer.queries) == photo_folders.MOST
    assert offer.remark == "200 of 202 pictures in 2 folders are looked up."
    assert "no picture in the folder “bare”" in offer_of_folders([bare]).refusal
    assert "no picture in these 2 folders" in offer_of_folders([bare, bare]).refusal
    with pytest.raises(UserError, match="cannot be read"):
        offer_of_folders([tmp_path / "gone"])


def test_files_that_are_not_there_are_for_the_engine_to_tell() -> None:
    assert files_of(read_offer(mime_of(["/no/such/file.jpg"]))) == ["/no/such/file.jpg"]
    long = "/" + "a" * 5000 + ".jpg"
    assert files_of(read_offer(mime_of([long]))) == [long]


def test_files_on_a_phone_that_is_not_mounted() -> None:
    offer = read_offer(mime(**{"text/uri-list": "mtp://Phone/DCIM/1.jpg\r\n"}))
    assert "“mtp:”" in offer.refusal
    assert "copy it to this computer" in offer.refusal


# -- browsers


def firefox_drag(link: str, src: str) -> QMimeData:
    """A picture within a link: the link in most formats, the picture in few."""
    html = f'<a href="{link}"><img class="main" alt="Soap &amp; Co" src="{src}"></a>'
    return mime(
        **{
            "text/x-moz-url": f"{link}\nSoap & Co".encode("utf-16-le"),
            "text/x-moz-url-data": link.encode("utf-16-le"),
            "application/x-moz-file-promise-url": src.encode("utf-16-le"),
            "application/x-moz-file-promise-dest-filename": "soap.jpg".encode("utf-16-le"),
            "text/_moz_htmlcontext": "<html><body></body></html>".encode("utf-16-le"),
            "text/html": html,
            "text/uri-list": f"{link}\r\n",
            "text/plain": link,
        }
    )


def chromium_drag(link: str, src: str) -> QMimeData:
    return mime(
        **{
            "text/uri-list": f"{link}\r\n",
            "text/x-moz-url": f"{link}\nSoap".encode("utf-16-le"),
            "_NETSCAPE_URL": f"{link}\nSoap",
            "text/html": f'<meta charset="utf-8"><img src="{src}" alt="Soap"/>',
            "text/plain": link,
        }
    )


@pytest.mark.parametrize("browser", [firefox_drag, chromium_drag])
def test_a_picture_dragged_from_a_page(browser: Callable[[str, str], QMimeData]) -> None:
    assert may_take(browser(PAGE_URL, PICTURE_URL))
    assert read_offer(browser(PICTURE_URL, PICTURE_URL)).urls == (PICTURE_URL,)
    assert read_offer(browser(PAGE_URL, PICTURE_URL)).urls == (PICTURE_URL, PAGE_URL)


@pytest.mark.parametrize("browser", [firefox_drag, chromium_drag])
def test_a_picture_that_the_browser_gives_needs_no_network(
    browser: Callable[[str, str], QMimeData], picture: QImage
) -> None:
    made = browser(PICTURE_URL, PICTURE_URL)
    made.setData("image/png", QByteArray(png_of(picture)))
    (query,) = read_offer(made).queries
    assert isinstance(query, BytesQuery)
    assert query.data == png_of(picture)
    made = browser(PICTURE_URL, PICTURE_URL)
    made.setImageData(picture)
    (query,) = read_offer(made, pasted=True).queries
    assert isinstance(query, ImageQuery)
    assert query.image.size() == picture.size()
    assert query.name == "Pasted picture"


@pytest.mark.parametrize("browser", [firefox_drag, chromium_drag])
def test_a_picture_within_the_page_itself(
    browser: Callable[[str, str], QMimeData], picture: QImage
) -> None:
    data = base64.b64encode(png_of(picture)).decode()
    for uri in (f"data:image/png;base64,{data}", f"data:image/png,{quote(png_of(picture))}"):
        (query,) = read_offer(browser(uri, uri)).queries
        assert isinstance(query, BytesQuery)
        assert query.data == png_of(picture)


@pytest.mark.parametrize(
    "link",
    [
        f"https://www.google.com/imgres?imgurl={quote(PICTURE_URL, '')}&imgrefurl=https%3A%2F%2Fa",
        f"https://www.bing.com/images/search?view=detailV2&mediaurl={quote(PICTURE_URL, '')}&q=a",
        f"https://yandex.com/images/search?img_url={quote(PICTURE_URL, '')}",
    ],
)
@pytest.mark.parametrize("browser", [firefox_drag, chromium_drag])
def test_picture_searches(browser: Callable[[str, str], QMimeData], link: str) -> None:
    small = "https://search.example/thumbnail?id=1"
    assert read_offer(browser(link, small)).urls[:2] == (PICTURE_URL, small)
    assert read_offer(mime_of(text=link)).urls[0] == PICTURE_URL
    twisted = "https://www.google.com/imgres?imgurl=file%3A%2F%2F%2Fetc%2Fhostname"
    assert read_offer(browser(twisted, small)).urls == (small, twisted)


def test_a_relative_address_in_the_page(picture: QImage) -> None:
    html = '<img src="../img/soap.jpg">'
    moz = f"{PAGE_URL}\r\nSoap".encode("utf-16")
    assert read_offer(mime(**{"text/html": html, "text/x-moz-url": moz})).urls == (
        "https://shop.example/img/soap.jpg",
        PAGE_URL,
    )
    alone = read_offer(mime(**{"text/html": html}))  # nobody can know where that is
    assert not alone.urls
    assert alone.refusal


def test_a_link_and_an_address_in_words() -> None:
    windows = 'application/x-qt-windows-mime;value="text/x-moz-url"'
    for made in (
        mime_of([PAGE_URL]),
        mime_of(text=f"  <{PAGE_URL}>\n"),
        mime(**{"text/x-moz-url": f"{PAGE_URL}\nSoap".encode("utf-16-le")}),
        mime(**{windows: f"{PAGE_URL}\nSoap\0".encode("utf-16-le")}),
        mime(**{"application/x-moz-file-promise-url": PAGE_URL}),
    ):
        assert may_take(made)
        for pasted in (False, True):
            assert read_offer(made, pasted).urls == (PAGE_URL,)


def test_a_copied_picture_of_a_word_processor(photos: list[str]) -> None:
    html = f'<p>Soap<img src="{Path(photos[0]).as_uri()}"></p>'
    assert files_of(read_offer(mime(**{"text/html": html, "text/plain": "Soap"}))) == photos[:1]


# -- pictures without a file


def test_pictures(picture: QImage) -> None:
    (query,) = read_offer(mime_of(image=picture)).queries
    assert isinstance(query, ImageQuery)
    made = mime_of(image=picture)
    made.setData("image/jpeg", QByteArray(b"lossy"))
    made.setData("image/png", QByteArray(png_of(picture)))
    (query,) = read_offer(made).queries
    assert isinstance(query, BytesQuery)
    assert query.data == png_of(picture)
    assert read_offer(mime(**{"image/png": b""})).refusal


def test_data_uris_in_words(picture: QImage, monkeypatch: pytest.MonkeyPatch) -> None:
    data = base64.b64encode(png_of(picture)).decode()
    for uri in (
        f"data:image/png;base64,{data}",
        f"DATA:image/PNG;charset=x;BASE64,{data.rstrip('=')}",
        f"data:image/png;base64,{quote(data, safe='')}",
        f"data:image/png;base64,{data[:40]}\n{data[40:]}",  # as mail programs wrap it
        f"data:application/octet-stream;base64,{data}",
    ):
        (query,) = read_offer(mime_of(text=uri)).queries
        assert isinstance(query, BytesQuery)
        assert query.data == png_of(picture)
    for uri, words in (
        ("data:text/html,<img>", "holds no picture"),
        ("data:image/png", "holds no picture"),
        ("data:image/png;base64,", "cut short"),
        ("data:image/png;base64,Ä", "cut short"),
        ("data:image/png;base64,A", "cut short"),
    ):
        assert words in read_offer(mime_of(text=uri), pasted=True).refusal
    monkeypatch.setattr(drops, "MAX_DATA_URI", 50)
    assert "MiB long" in read_offer(mime_of(text=f"data:image/png;base64,{data}")).refusal


# -- words


def test_paths_in_words(photos: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for text in (photos[0], f'"{photos[0]}"\n', f"'{photos[0]}'", uris(photos)[0]):
        assert files_of(read_offer(mime_of(text=text), pasted=True)) == photos[:1]
    assert files_of(read_offer(mime_of(text="\n".join(photos)))) == photos
    home = Path(photos[0]).parent
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    home_path = f"~/{Path(photos[0]).name}"
    assert [Path(path) for path in files_of(read_offer(mime_of(text=home_path)))] == [
        Path(photos[0])
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("hello", "text, not a picture"),
        ("a" * 9000, "text, not a picture"),
        ("a\0b", "text, not a picture"),
        ("http://", "“http:”"),
        ("ftp://shop.example/a.jpg", "“ftp:”"),
        ("blob:https://shop.example/0f0e", "“blob:”"),
        ("/no/such/file.jpg", "There is no file /no/such/file.jpg"),
        ("file:///no/such/file.jpg", "There is no file /no/such/file.jpg"),
        ("~nobody-of-that-name/a.jpg", "text, not a picture"),
    ],
)
def test_words_that_lead_nowhere(text: str, words: str) -> None:
    assert words in read_offer(mime_of(text=text)).refusal


def test_nothing() -> None:
    assert not may_take(QMimeData())
    assert "no picture in what was dropped" in read_offer(QMimeData()).refusal
    assert "clipboard is empty" in read_offer(None, pasted=True).refusal
    assert "clipboard is empty" in read_offer(mime_of(text=" \n"), pasted=True).refusal
    assert "The clipboard holds text" in read_offer(mime_of(text="words"), pasted=True).refusal


# -- the pictures of HTML


def addresses(html: str, base: str = PAGE_URL) -> list[str]:
    parser = HtmlPictures(base)
    for start in range(0, len(html), 7):  # in pieces, as it comes
        parser.feed(html[start : start + 7])
    return parser.addresses()


def test_what_a_page_says_its_picture_is_comes_first() -> None:
    html = (
        '<img src="/a.jpg"><meta name="twitter:image" content="/t.jpg">'
        '<meta property="og:image" content="https://cdn.example/o.jpg?a=1&amp;b=2">'
    )
    assert addresses(html) == [
        "https://cdn.example/o.jpg?a=1&b=2",
        "https://shop.example/t.jpg",
        "https://shop.example/a.jpg",
    ]


def test_icons_drawings_and_placeholders_come_last() -> None:
    dot = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
    html = (
        '<img src="/flag.png" width="16"><img src="logo.svg">'
        f'<img src="{dot}" data-src="/late.jpg"><IMG SRC=/soap.jpg width=800px><img alt="none">'
    )
    assert addresses(html) == [
        "https://shop.example/late.jpg",
        "https://shop.example/soap.jpg",
        "https://shop.example/flag.png",
        "https://shop.example/products/logo.svg",
        dot,
    ]


def test_html_that_is_none() -> None:
    for html in ("", "<img", "<img src=>", "<img src='http://['>", "<img src='javascript:x()'>"):
        assert addresses(html) == []
    assert addresses("<img src='a.jpg'>", base="") == []
    assert addresses("<base href='/x/'><img src='a.jpg'>") == ["https://shop.example/x/a.jpg"]


def test_urls_stay_as_they_are_written() -> None:
    made = QMimeData()
    made.setUrls([QUrl("https://shop.example/a%2Fb%20c.jpg?q=%26")])
    assert read_offer(made).urls == ("https://shop.example/a%2Fb%20c.jpg?q=%26",)
