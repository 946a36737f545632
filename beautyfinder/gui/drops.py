"""What a drop or the clipboard offers: a query, a store, or in words why it cannot be used."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData, QUrl
from PySide6.QtGui import QImage

from beautyfinder.gui.query import BytesQuery, FileQuery, ImageQuery, Query

# Whole picture files as programs offer them, best first: decoded by the engine, EXIF and all.
_ENCODED = (
    "image/png", "image/jpeg", "image/webp", "image/avif", "image/heic", "image/tiff", "image/bmp",
)  # fmt: skip
_WEB = ("http", "https", "ftp")


@dataclass(frozen=True, eq=False)
class Offer:
    """One of `query`, `store` and `refusal` is there; `remark` may come with a query."""

    query: Query | None = None
    store: Path | None = None
    refusal: str = ""
    remark: str = ""


def may_take(mime: QMimeData) -> bool:
    """Whether to let a drag in. Told by formats alone: what it holds is looked at when dropped."""
    return mime.hasUrls() or mime.hasImage() or mime.hasText() or bool(_encoded_format(mime))


def read_offer(mime: QMimeData | None, pasted: bool = False) -> Offer:
    """The first thing in `mime` that can be looked up: file, picture, then path in words."""
    if mime is None:  # an empty clipboard, for all that Qt's types say
        mime = QMimeData()
    urls = mime.urls()
    files = [url.toLocalFile() for url in urls if url.isLocalFile()]
    if files:
        return _offer_of_files(files)
    name = _tr("Pasted picture") if pasted else _tr("Dropped picture")
    encoded = _encoded_format(mime)
    if encoded:
        return Offer(BytesQuery(bytes(mime.data(encoded).data()), name))
    if mime.hasImage():
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return Offer(ImageQuery(QImage(image), name))
    if any(url.scheme() in _WEB for url in urls):
        return Offer(refusal=_web_refusal())
    if mime.hasText():
        return _offer_of_text(mime.text(), pasted)
    if pasted:
        return Offer(refusal=_tr("The clipboard is empty. Copy a picture or a picture file first."))
    return Offer(refusal=_tr("There is no picture in what was dropped. Drop a picture file."))


def offer_of_paths(paths: list[str]) -> Offer:
    """What a file dialog chose."""
    return _offer_of_files(paths)


def _offer_of_files(files: list[str]) -> Offer:
    first = Path(files[0])
    if first.is_dir():
        if (first / "catalogue.lance").is_dir():
            return Offer(store=first)
        return Offer(
            refusal=_tr(
                "“{name}” is a folder, neither a picture nor a catalogue store. Drop a picture."
            ).format(name=first.name or first)
        )
    remark = ""
    if len(files) > 1:
        remark = _tr("{count} files came at once: the first, {name}, is looked up.").format(
            count=len(files), name=first.name
        )
    return Offer(FileQuery(files[0]), remark=remark)


def _offer_of_text(text: str, pasted: bool) -> Offer:
    lines = text.strip().splitlines()
    line = lines[0].strip().strip("\"'") if lines else ""
    url = QUrl(line)
    if url.scheme() in _WEB:
        return Offer(refusal=_web_refusal())
    path = url.toLocalFile() if url.isLocalFile() else line
    if 0 < len(path) < 4096 and "\0" not in path:
        try:
            there = Path(path).expanduser()
            if there.exists():
                return _offer_of_files([str(there)])
        except (OSError, RuntimeError):  # a name too long, no such user
            pass
        if Path(path).is_absolute():
            return Offer(
                refusal=_tr("There is no file {path}. Check its name and folder.").format(path=path)
            )
    if pasted:
        return Offer(
            refusal=_tr("The clipboard holds text, not a picture. Copy a picture or its file.")
        )
    return Offer(refusal=_tr("That is text, not a picture. Drop a picture file or a picture."))


def _encoded_format(mime: QMimeData) -> str:
    formats = set(mime.formats())
    return next((name for name in _ENCODED if name in formats), "")


def _web_refusal() -> str:
    return _tr(
        "That is a link to a web page, and links are not fetched. Save the picture or copy the "
        "picture itself, then drop or paste it here."
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("drops", text)
