"""What a drop or the clipboard offers: photos, a store, addresses, or why it cannot be used."""

from __future__ import annotations

import base64
import binascii
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QMimeData, QUrl, QUrlQuery
from PySide6.QtGui import QImage

from beautyfinder.gui.html_pictures import HtmlPictures
from beautyfinder.gui.query import BytesQuery, FileQuery, ImageQuery, Query
from beautyfinder.gui.translation import tr

MAX_DATA_URI = 40 * 1024 * 1024
"""Most characters of a `data:` URI."""

VIDEO_SUFFIXES: frozenset[str] = frozenset(
    {".mp4", ".m4v", ".mov", ".avi", ".mkv", ".webm", ".mpg", ".mpeg", ".wmv", ".3gp", ".ogv"}
)
"""Files that are looked up as the camera's picture is, rather than as a photo."""

# Whole picture files as programs offer them, best first: decoded by the engine, EXIF and all.
_ENCODED = (
    "image/png", "image/jpeg", "image/webp", "image/avif", "image/heic", "image/tiff", "image/bmp",
    "image/gif",
)  # fmt: skip
_WEB = ("http", "https")
_GNOME_FILES = "x-special/gnome-copied-files"
_MOZ_PROMISE, _MOZ_URL = "application/x-moz-file-promise-url", "text/x-moz-url"
_OTHERS = (_GNOME_FILES, _MOZ_PROMISE, _MOZ_URL)
_GNOME_WORDS = {"copy", "cut", "x-special/nautilus-clipboard", _GNOME_FILES}
# Picture searches link to a page of theirs that names the picture in one of these parameters.
_WRAPPED = ("imgurl", "mediaurl", "img_url")


@dataclass(frozen=True, eq=False)
class Offer:
    """One of `queries`, `store`, `video`, `folders`, `urls` and `refusal` is there.

    `remark` may come with queries. `folders`: whose pictures are meant, not listed yet. `urls`:
    where on the web the one picture may be fetched from, the likeliest address first.
    """

    queries: tuple[Query, ...] = ()
    store: Path | None = None
    video: Path | None = None
    folders: tuple[Path, ...] = ()
    urls: tuple[str, ...] = ()
    refusal: str = ""
    remark: str = ""


def may_take(mime: QMimeData) -> bool:
    """Whether to let a drag in. Told by formats alone: what it holds is looked at when dropped."""
    return (
        mime.hasUrls()
        or mime.hasImage()
        or mime.hasText()
        or mime.hasHtml()
        or bool(_encoded_format(mime))
        or any(_format(mime, name) for name in _OTHERS)
    )


def read_offer(mime: QMimeData | None, pasted: bool = False) -> Offer:
    """What in `mime` can be looked up, best first: files, pictures, addresses, then words.

    Files come before pictures since the Finder puts a file's icon beside a copied file. Pictures
    come before addresses since they are there already: nothing is fetched that need not be.
    """
    if mime is None:  # an empty clipboard, for all that Qt's types say
        mime = QMimeData()
    urls = [url.toString(QUrl.ComponentFormattingOption.FullyEncoded) for url in mime.urls()]
    files = [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]
    if files := files or _gnome_files(mime):
        return offer_of_paths(files)
    name = tr("Pasted picture") if pasted else tr("Dropped picture")
    picture = _picture(mime, name)
    if picture is not None:
        return Offer((picture,))
    moz = _moz_urls(mime)
    page = next((url for url in [*urls, *moz] if _is_web(url)), "")
    shown = _html_pictures(mime, page)
    promised = _text(mime, _MOZ_PROMISE).strip()
    candidates = [*_unwrapped([*urls, *moz]), promised, *shown, *urls, *moz]
    offer = _offer_of_addresses(candidates, name)
    if offer is not None:
        return offer
    if mime.hasText() and mime.text().strip():
        return _offer_of_text(mime.text(), name, pasted)
    if urls:
        return Offer(refusal=_scheme_refusal(urls[0]))
    if pasted:
        return Offer(refusal=tr("The clipboard is empty. Copy a picture or a picture file first."))
    return Offer(refusal=tr("There is no picture in what was dropped. Drop a picture file."))


def offer_of_paths(paths: list[str]) -> Offer:
    """What files and folders offer: every photo, or else the first video, store, or the folders."""
    paths = list(dict.fromkeys(paths))
    folders = [Path(path) for path in paths if os.path.isdir(path)]
    files = [path for path in paths if not os.path.isdir(path)]
    if not files:
        stores = [folder for folder in folders if os.path.isdir(folder / "catalogue.lance")]
        if stores:
            return Offer(store=stores[0])
        return Offer(folders=tuple(folders))
    videos = [path for path in files if os.path.splitext(path)[1].lower() in VIDEO_SUFFIXES]
    if videos and len(videos) == len(files):
        return Offer(video=Path(videos[0]))
    files = [path for path in files if path not in videos]
    remark = ""
    if folders:
        remark = tr("“{name}” is a folder and is left out; the pictures are looked up.").format(
            name=folders[0].name or folders[0]
        )
    return Offer(tuple(FileQuery(path) for path in files), remark=remark)


def _picture(mime: QMimeData, name: str) -> Query | None:
    """The picture whose data is there: a whole file's rather than what Qt made of it."""
    encoded = _encoded_format(mime)
    if encoded:
        data = bytes(mime.data(encoded).data())
        if data:
            return BytesQuery(data, name)
    if mime.hasImage():
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return ImageQuery(QImage(image), name)
    return None


def _offer_of_addresses(addresses: list[str], name: str) -> Offer | None:
    """A `data:` URI that comes first is a picture at hand; else what may be fetched, if any."""
    usable = [url for url in addresses if _is_web(url) or _is_data(url) or _local(url)]
    if not usable:
        return None
    if _is_data(usable[0]):
        return _offer_of_data(usable[0], name)
    if path := _local(usable[0]):
        return offer_of_paths([path])
    return Offer(urls=tuple(dict.fromkeys(url for url in usable if _is_web(url))))


def _offer_of_data(uri: str, name: str) -> Offer:
    """RFC 2397. What kind of picture it is, if it is one, its content tells when decoded."""
    head, comma, body = uri.partition(",")
    kind, *parameters = head[5:].lower().split(";")
    if not comma or not (kind.startswith("image/") or kind == "application/octet-stream"):
        return Offer(refusal=tr("That “data:” address holds no picture. Copy the picture itself."))
    if len(uri) > MAX_DATA_URI:
        return Offer(
            refusal=tr(
                "That “data:” address is over {limit} MiB long. Save the picture and drop its file."
            ).format(limit=MAX_DATA_URI // 2**20)
        )
    try:
        if "base64" not in (parameter.strip() for parameter in parameters):
            data = unquote_to_bytes(body)
        else:
            packed = unquote_to_bytes(body) if "%" in body else body.encode("ascii")
            data = base64.b64decode(packed + b"=" * (-len(packed) % 4), altchars=None)
    except (binascii.Error, UnicodeEncodeError):
        data = b""
    if not data:
        return Offer(refusal=tr("That “data:” address is cut short. Copy the picture itself."))
    return Offer((BytesQuery(data, name),))


def _offer_of_text(text: str, name: str, pasted: bool) -> Offer:
    """A path, a `file:` URI or an address, one in a line; more than one file may be named."""
    lines = [line.strip().strip("\"'<>") for line in text.strip().splitlines()]
    lines = [line for line in lines if line and line not in _GNOME_WORDS]
    line = lines[0] if lines else ""
    if _is_web(line) or _is_data(line):
        whole = "".join(lines) if _is_data(line) else line  # a long one may have been wrapped
        found = _offer_of_addresses([*_unwrapped([line]), whole], name)
        if found is not None:
            return found
    files = [path for path in map(_existing, lines) if path]
    if files:
        return offer_of_paths(files)
    path = _local(line) or line
    if Path(path).is_absolute() and len(path) < 4096:
        return Offer(
            refusal=tr("There is no file {path}. Check its name and folder.").format(path=path)
        )
    if "://" in line and " " not in line:
        return Offer(refusal=_scheme_refusal(line))
    if pasted:
        return Offer(
            refusal=tr("The clipboard holds text, not a picture. Copy a picture or its file.")
        )
    return Offer(refusal=tr("That is text, not a picture. Drop a picture file or a picture."))


def _encoded_format(mime: QMimeData) -> str:
    formats = set(mime.formats())
    return next((name for name in _ENCODED if name in formats), "")


def _format(mime: QMimeData, name: str) -> str:
    """What `mime` calls the format `name`: Qt gives Windows programs' own ones a longer name."""
    windows = f'application/x-qt-windows-mime;value="{name}"'
    return next((one for one in (name, windows) if mime.hasFormat(one)), "")


def _text(mime: QMimeData, name: str) -> str:
    """Text in a format that Qt does not decode: browsers write UTF-16, others UTF-8."""
    called = _format(mime, name)
    data = bytes(mime.data(called).data()) if called else b""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:2]
    if wide and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):  # no mark: as the machine has it
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", "replace")
    return data.decode("utf-16" if wide else "utf-8", "replace").strip("\0")


def _gnome_files(mime: QMimeData) -> list[str]:
    """The files that Nautilus copied: a word, then a URI in each line."""
    return [path for path in map(_local, _text(mime, _GNOME_FILES).splitlines()) if path]


def _moz_urls(mime: QMimeData) -> list[str]:
    """Of pairs of lines, an address and its title, the addresses."""
    return [line.strip() for line in _text(mime, _MOZ_URL).splitlines()[::2] if line.strip()]


def _html_pictures(mime: QMimeData, page: str) -> list[str]:
    if not mime.hasHtml():
        return []
    parser = HtmlPictures(page)
    parser.feed(mime.html())
    return parser.addresses()


def _unwrapped(urls: list[str]) -> list[str]:
    """The pictures that links of picture searches lead to, from their parameters."""
    found: list[str] = []
    for url in filter(_is_web, urls):
        query, plain = QUrlQuery(QUrl(url)), QUrl.ComponentFormattingOption.FullyDecoded
        found += [query.queryItemValue(name, plain) for name in _WRAPPED]
    return [url for url in found if _is_web(url)]


def _is_web(url: str) -> bool:
    parsed = QUrl(url) if len(url) < 65_536 else QUrl()
    return parsed.scheme() in _WEB and bool(parsed.host())


def _is_data(url: str) -> bool:
    return url[:5].lower() == "data:"


def _local(url: str) -> str:
    """The path of a `file:` URI; empty where it is none."""
    parsed = QUrl(url) if url[:5].lower() == "file:" else QUrl()
    return parsed.toLocalFile()


def _existing(line: str) -> str:
    """The path that a line of text names, if there is such a file."""
    path = _local(line) or line
    if len(path) >= 4096 or "\0" in path:
        return ""
    path = os.path.expanduser(path)
    return path if os.path.exists(path) else ""


def _scheme_refusal(url: str) -> str:
    return tr(
        "Addresses that begin with “{scheme}:” cannot be read here. Save the picture or copy it to "
        "this computer, then drop its file."
    ).format(scheme=QUrl(url[:200]).scheme() or url.partition(":")[0][:20])
