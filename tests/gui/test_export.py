"""Hits as a table, a web page and a PDF: what is in them, and what happens where none can be."""

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QDateTime
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from beautyfinder.errors import UserError
from beautyfinder.gui.export import Sheet, save
from beautyfinder.gui.results import ResultsPanel
from tests.gui.conftest import WAIT, make_answer


def make_sheet(count: int = 7, **changes: str) -> Sheet:
    answer = make_answer(count, "match")
    hits = tuple(
        replace(hit, words=("milk",), reasons=("words", "details"),
                image=replace(hit.image, **changes))
        for hit in answer.result.hits
    )  # fmt: skip
    photo = QImage(300, 400, QImage.Format.Format_RGB888)
    photo.fill(QColor("teal"))
    pictures = (None, *answer.thumbnails[1:])
    return Sheet("Été <1>.jpg", photo, "shop", "match", hits, pictures, QDateTime.currentDateTime())


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_table_has_all_there_is(qtbot: QtBot, tmp_path: Path) -> None:
    sheet = make_sheet(description='says "so",\nreally')
    path = save("csv", sheet, tmp_path / "a.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = read(path)
    assert len(rows) == 7
    first = rows[0]
    assert (first["rank"], first["product_id"], first["title"]) == ("1", "p0", "Product 0")
    assert (first["score"], first["matches"], first["inliers"]) == ("50.5", "50", "")
    assert (first["words"], first["reasons"]) == ("milk", "words, details")
    assert first["description"] == 'says "so",\nreally'
    assert (first["query"], first["catalogue"], first["verdict"]) == (sheet.name, "shop", "match")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t"])
def test_no_text_becomes_a_formula_and_numbers_stay_numbers(
    qtbot: QtBot, tmp_path: Path, sign: str
) -> None:
    sheet = make_sheet(1, title=f"{sign}cmd|' /C calc'!A0")
    sheet = replace(sheet, hits=(replace(sheet.hits[0], score=-3.5),))
    path = save("csv", sheet, tmp_path / "a.csv")
    (row,) = read(path)
    assert row["title"] == f"'{sign}cmd|' /C calc'!A0"
    assert row["score"] == "-3.5"


def test_a_web_page_stands_alone_and_runs_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    sheet = make_sheet(title="<script>alert(1)</script>", url="javascript:alert(1)")
    text = save("html", sheet, tmp_path / "a.html").read_text(encoding="utf-8")
    assert "<script" not in text
    assert "javascript:" not in text
    assert "Été &lt;1&gt;.jpg" in text
    assert "prefers-color-scheme: dark" in text
    assert len(re.findall(r'src="data:image/jpeg;base64,[A-Za-z0-9+/=]{100,}"', text)) == 7
    assert not re.search(r'(src|href)="(?!data:)', text)  # nothing is fetched
    linked = make_sheet(1, url='https://shop.example/p?a=1&b="2')
    text = save("html", linked, tmp_path / "b.html").read_text(encoding="utf-8")
    assert 'href="https://shop.example/p?a=1&amp;b=&quot;2"' in text


def test_a_pdf_of_a_hundred_hits_has_pages(qtbot: QtBot, tmp_path: Path) -> None:
    data = save("pdf", make_sheet(100), tmp_path / "a.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", data)) > 3


def test_what_cannot_be_written_is_one_sentence_and_leaves_the_old(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in ("csv", "html", "pdf"):
        with pytest.raises(UserError, match=r"cannot be written: .*Choose another place\."):
            save(kind, make_sheet(1), tmp_path / "none" / f"a.{kind}")
    old = tmp_path / "a.csv"
    old.write_text("old")
    monkeypatch.setattr("beautyfinder.gui.export.QSaveFile.commit", lambda self: False)
    with pytest.raises(UserError):
        save("csv", make_sheet(1), old)
    assert old.read_text() == "old"


def test_the_panel_saves_what_is_listed(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = ResultsPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.set_subject("soap.jpg", None, "shop")
    panel.show_answer(make_answer(30))
    dialogs: list[QFileDialog] = []
    monkeypatch.setattr(QFileDialog, "open", lambda self: dialogs.append(self))
    panel.bar.export_actions[0].trigger()
    assert dialogs[0].selectedFiles()[0].endswith("soap.csv")
    with qtbot.waitSignal(panel.exporter.worker.finished, timeout=WAIT):
        dialogs[0].fileSelected.emit(str(tmp_path / "a.csv"))
    assert len((tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()) == 8
    dialogs[0].done(0)
    said: list[str] = []
    panel.remarked.connect(said.append)
    panel.bar.set_filter("product 2")  # 2, 20 to 29
    panel.bar.export_actions[1].trigger()
    with qtbot.waitSignal(panel.exporter.worker.failed, timeout=WAIT):
        dialogs[1].fileSelected.emit(str(tmp_path / "none" / "a.html"))
    assert "cannot be written" in said[-1]
