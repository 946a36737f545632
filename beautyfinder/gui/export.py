"""Hits on paper: as a table (CSV), as one web page with its pictures, or as a PDF.

Nothing here needs the GUI's thread; a hundred hits take a second.
"""

from __future__ import annotations

import csv
import io
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QByteArray,
    QDateTime,
    QIODevice,
    QLocale,
    QMarginsF,
    QSaveFile,
    QUrl,
)
from PySide6.QtGui import QFont, QImage, QPageSize, QPdfWriter, QTextDocument

from beautyfinder.errors import UserError
from beautyfinder.gui.hit_words import (
    BETWEEN,
    decided_text,
    details,
    evidence_text,
    maker_text,
    score_text,
    sure_text,
    words_text,
)
from beautyfinder.gui.images_qt import jpeg_from_image
from beautyfinder.gui.translation import tr

if TYPE_CHECKING:
    from beautyfinder.search.method import Hit

_PICTURE_SIDE = 320  # of a hit, in pixels: sharp at the size of a card
_PHOTO_SIDE = 640
_PDF_COLUMNS = 3
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SAFE_SCHEMES = {"http", "https"}


@dataclass(frozen=True, eq=False)
class Sheet:
    """What is saved: the photo and its hits, each with a picture or None, best first.

    `verdict` as of a SearchResult; empty where the order is provisional.
    """

    name: str
    photo: QImage | None
    catalogue: str
    verdict: str
    hits: tuple[Hit, ...]
    pictures: tuple[QImage | None, ...]
    when: QDateTime


def save(kind: str, sheet: Sheet, path: Path) -> Path:
    """Write `sheet` to `path` as one of `KINDS`, in one step. Raises UserError."""
    file = QSaveFile(str(path))  # a temporary file beside it, then renamed
    if file.open(QIODevice.OpenModeFlag.WriteOnly):
        KINDS[kind](sheet, file)
        if file.commit():
            return path
    raise UserError(
        tr("{file} cannot be written: {why}. Choose another place.").format(
            file=path, why=file.errorString().rstrip(".")
        )
    )


def verdict_words(verdict: str) -> str:
    """“match” and so on, for people."""
    words = {
        "match": tr("The first is the product."),
        "unsure": tr("Likely one of these."),
        "no match": tr("Probably not in this catalogue."),
    }
    return words.get(verdict, tr("Provisional order: details were not compared."))


def _csv(sheet: Sheet, out: QIODevice) -> None:
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(
        ["rank", "product_id", "image_id", "title", "brand", "price", "score", "distance",
         "matches", "inliers", "words", "reasons", "confidence", "url", "image", "description",
         "query", "catalogue", "verdict"]
    )  # fmt: skip
    for hit in sheet.hits:
        image = hit.image
        table.writerow(
            [hit.rank, *map(_cell, (image.product_id, image.image_id, image.title, image.brand,
                                    image.price)),
             hit.score, hit.distance, _number(hit.matches), _number(hit.inliers),
             _cell(", ".join(hit.words)), ", ".join(hit.reasons), _number(hit.confidence),
             *map(_cell, (image.url, image.path, image.description, sheet.name, sheet.catalogue)),
             sheet.verdict]
        )  # fmt: skip
    # With a byte order mark: without one, Excel takes UTF-8 for the computer's old code page.
    out.write(QByteArray(text.getvalue().encode("utf-8-sig")))


def _cell(text: str) -> str:
    """A text of the catalogue; a spreadsheet must not run one as a formula, hence the apostrophe.

    Numbers are written as they are: -3.2 is no formula.
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def _number(value: float | None) -> float | str:
    return "" if value is None else value


def _html(sheet: Sheet, out: QIODevice) -> None:
    cards = "\n".join(
        _html_card(hit, picture) for hit, picture in zip(sheet.hits, sheet.pictures, strict=True)
    )
    photo = _html_picture(sheet.photo, _PHOTO_SIDE, sheet.name)
    page = f"""<!doctype html>
<html lang="{escape(QLocale().bcp47Name())}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(sheet.name)} – BeautyFinder</title>
<style>{_HTML_STYLE}</style>
</head>
<body>
<header>{photo}
<div><h1>{escape(sheet.name)}</h1>
<p class="verdict">{escape(verdict_words(sheet.verdict))}</p>
<p>{escape(_about(sheet))}</p></div></header>
<main>
{cards}
</main>
</body>
</html>
"""
    out.write(QByteArray(page.encode()))


def _html_card(hit: Hit, picture: QImage | None) -> str:
    image = hit.image
    title = escape(image.name)
    if QUrl(image.url).scheme().lower() in _SAFE_SCHEMES:  # never a javascript: address
        title = f'<a href="{escape(image.url)}" rel="noreferrer">{title}</a>'
    lines = [
        ("maker", maker_text(hit)),
        ("evidence", evidence_text(hit)),
        ("", words_text(hit) if details(hit) else ""),
        (
            "",
            BETWEEN.join(
                text for text in (decided_text(hit), sure_text(hit), score_text(hit)) if text
            ),
        ),
        ("", image.product_id if image.title else ""),
    ]
    told = "".join(f'<p class="{kind}">{escape(text)}</p>' for kind, text in lines if text)
    return (
        f'<article><div class="picture">{_html_picture(picture, _PICTURE_SIDE, image.name)}'
        f'<span class="rank">{hit.rank}</span></div><h2>{title}</h2>{told}</article>'
    )


def _html_picture(picture: QImage | None, side: int, alt: str) -> str:
    if picture is None or picture.isNull():
        return '<div class="none"></div>'
    data = b64encode(jpeg_from_image(picture, side)).decode()
    return f'<img alt="{escape(alt)}" src="data:image/jpeg;base64,{data}">'


def _pdf(sheet: Sheet, out: QIODevice) -> None:
    writer = QPdfWriter(out)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))  # QTextDocument adds two centimetres
    writer.setTitle(sheet.name)
    writer.setCreator("BeautyFinder")
    document = QTextDocument()
    document.setDefaultFont(QFont(QFont().family(), 9))
    document.setDefaultStyleSheet(
        "h1 { font-size: 17pt; margin: 0; } td { padding: 4px; } p { margin: 0; }"
        ".verdict { font-size: 11pt; } .muted { color: #666; }"
    )
    pictures = (sheet.photo, *sheet.pictures)
    for n, (picture, side) in enumerate(
        zip(pictures, (_PHOTO_SIDE, *[_PICTURE_SIDE] * len(sheet.pictures)), strict=True)
    ):
        if picture is not None and not picture.isNull():
            # As JPEG: a QPdfWriter keeps what came as one, else the file grows tenfold.
            small = QImage.fromData(QByteArray(jpeg_from_image(picture, side)))
            document.addResource(
                QTextDocument.ResourceType.ImageResource, QUrl(f"picture:{n}"), small
            )
    document.setHtml(_pdf_page(sheet))
    document.print_(writer)


def _pdf_page(sheet: Sheet) -> str:
    """Rich text in Qt's part of HTML: tables in place of a grid."""
    photo = _pdf_picture(0, sheet.photo, 150, 150)
    parts = [
        f'<table width="100%"><tr><td width="30%">{photo}</td><td valign="middle">'
        f"<h1>{escape(sheet.name)}</h1>"
        f'<p class="verdict">{escape(verdict_words(sheet.verdict))}</p>'
        f'<p class="muted">{escape(_about(sheet))}</p></td></tr></table><p>&nbsp;</p>'
    ]
    for start in range(0, len(sheet.hits), _PDF_COLUMNS):
        cells = []
        for n in range(start, start + _PDF_COLUMNS):
            inside = _pdf_card(sheet, n) if n < len(sheet.hits) else ""
            cells.append(f'<td width="{100 // _PDF_COLUMNS}%" valign="top">{inside}</td>')
        # A table for each row: a page then breaks between rows.
        parts.append(
            '<table width="100%" style="page-break-inside: avoid">'
            f"<tr>{''.join(cells)}</tr></table>"
        )
    return "".join(parts)


def _pdf_card(sheet: Sheet, n: int) -> str:
    hit = sheet.hits[n]
    lines = (
        maker_text(hit),
        evidence_text(hit),
        words_text(hit) if details(hit) else "",
        BETWEEN.join(text for text in (decided_text(hit), sure_text(hit), score_text(hit)) if text),
        hit.image.product_id if hit.image.title else "",
    )
    told = "".join(f'<p class="muted">{escape(line)}</p>' for line in lines if line)
    picture = _pdf_picture(n + 1, sheet.pictures[n], 140, 140)
    return f"{picture}<p><b>{hit.rank}. {escape(hit.image.name)}</b></p>{told}"


def _pdf_picture(n: int, picture: QImage | None, width: int, height: int) -> str:
    """As large as fits in `width` x `height` points of the document."""
    if picture is None or picture.isNull():
        return ""
    scale = min(width / picture.width(), height / picture.height())
    size = round(picture.width() * scale), round(picture.height() * scale)
    return f'<p><img src="picture:{n}" width="{size[0]}" height="{size[1]}"></p>'


def _about(sheet: Sheet) -> str:
    when = QLocale().toString(sheet.when, QLocale.FormatType.ShortFormat)
    count = QLocale().toString(len(sheet.hits))
    found = (
        tr("1 product of {catalogue}, {when}")
        if len(sheet.hits) == 1
        else tr("{count} products of {catalogue}, {when}")
    )
    return found.format(count=count, catalogue=sheet.catalogue, when=when)


KINDS: dict[str, Callable[[Sheet, QIODevice], None]] = {"csv": _csv, "html": _html, "pdf": _pdf}

_HTML_STYLE = """
:root { color-scheme: light dark; --back: #f4f5f8; --card: #fff; --text: #1b1e25; --muted: #646b7a;
  --line: #dfe2e8; --accent: #3d5af1; --well: #eef0f4; }
@media (prefers-color-scheme: dark) { :root { --back: #14161a; --card: #1d2026; --text: #eceef2;
  --muted: #a2a9b6; --line: #343942; --accent: #8ea5ff; --well: #262a31; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 2rem; background: var(--back); color: var(--text);
  font: 15px/1.45 system-ui, sans-serif; }
header { display: flex; gap: 1.5rem; align-items: center; margin: 0 auto 2rem; max-width: 1200px; }
header img { max-width: min(40vw, 320px); max-height: 320px; border-radius: 12px; }
h1 { font-size: 1.5rem; margin: 0 0 .4rem; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin: .7rem 0 .2rem; overflow-wrap: anywhere; }
p { margin: .1rem 0; color: var(--muted); font-size: .88rem; overflow-wrap: anywhere; }
p.verdict { color: var(--text); font-size: 1.05rem; }
p.evidence { color: var(--text); }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
main { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(210px, 1fr));
  margin: 0 auto; max-width: 1200px; }
article { background: var(--card); border: 1px solid var(--line); border-radius: 12px;
  padding: .8rem; break-inside: avoid; }
.picture { position: relative; height: 200px; display: grid; place-items: center; }
.picture img { max-width: 100%; max-height: 200px; border-radius: 8px; }
.none { width: 100%; height: 100%; min-width: 120px; background: var(--well); border-radius: 8px; }
.rank { position: absolute; left: -4px; top: -4px; background: var(--card); font-weight: 600;
  border: 1px solid var(--line); border-radius: 99px; padding: .05rem .55rem; font-size: .8rem; }
@media print { body { padding: 0; } }
"""
