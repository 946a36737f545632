"""The report: one file, whole, safe, with the table's figures; CSV and JSON say the same."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from beautyfinder.errors import UserError
from beautyfinder.evaluation.evaluate import AskedQuery, Evaluation, EvaluationRow, evaluate
from beautyfinder.evaluation.ground_truth import read_queries
from beautyfinder.evaluation.records import check_writable, csv_text, document, write_whole
from beautyfinder.evaluation.report import report_html
from beautyfinder.evaluation.report_data import as_lines, report_data
from beautyfinder.search.method import RERANKS, Method
from beautyfinder.search.searcher import Searcher
from beautyfinder.store.store import FeatureStore
from tests.conftest import TinyCatalogue

METHODS = [
    Method("efficientnet-lite0", pooling, metric, ("deep",), rerank)
    for pooling in ("mac", "r-mac")
    for metric in ("cosine", "l1")
    for rerank in RERANKS
]


@pytest.fixture(scope="module")
def evaluation(tiny_store: FeatureStore, tiny_catalogue: TinyCatalogue) -> Evaluation:
    queries = read_queries(tiny_catalogue.queries)[:3]
    return evaluate(Searcher(tiny_store, "cpu"), queries, METHODS)


@pytest.fixture(scope="module")
def data(evaluation: Evaluation, tiny_store: FeatureStore) -> dict[str, Any]:
    return report_data(evaluation, tiny_store)


@pytest.fixture(scope="module")
def page(evaluation: Evaluation, data: dict[str, Any]) -> str:
    return report_html(evaluation, data)


class Page(HTMLParser):
    """Takes a page apart, and holds it to closing what it opens."""

    VOID = ("meta", "br", "img", "input", "link")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open[-1] if self.open else "", data))

    def script(self, kind: str | None = None) -> str:
        scripts = [attributes for tag, attributes in self.tags if tag == "script"]
        texts = [text for tag, text in self.texts if tag == "script"]
        return texts[[attributes.get("type") for attributes in scripts].index(kind)]


def test_answers_of_each_query_are_kept(evaluation: Evaluation) -> None:
    assert evaluation.seconds > 0
    for row in evaluation.rows:
        assert len(row.answers) == len(evaluation.asked) == 3
        for asked, answer in zip(evaluation.asked, row.answers, strict=True):
            assert len(answer.top) == len(answer.hits) == 7
            assert answer.hits == tuple(offset in asked.right for offset in answer.top)
        assert row.map7 == pytest.approx(sum(a.precision for a in row.answers) / 3)


def test_strips_mark_true_hits_only(evaluation: Evaluation, data: dict[str, Any]) -> None:
    asked = [set(query.right) for query in evaluation.asked]
    for place, query in enumerate(data["queries_asked"]):
        assert query["right"] == len(asked[place])
        for row, number in zip(evaluation.rows, query["answers"], strict=True):
            strip, answer = data["strips"][number], row.answers[place]
            assert [hit == "1" for hit in strip["hits"]] == list(answer.hits)
            assert strip["sum"] / query["right"] == pytest.approx(answer.precision, abs=1e-5)
            products = [data["pictures"][picture]["product"] for picture in strip["pictures"]]
            right = {data["pictures"][number]["product"] for number in strip["pictures"]} & {
                "p00", "p01", "p04"
            }  # fmt: skip
            for product, hit in zip(products, strip["hits"], strict=True):
                assert hit == "0" or product in right


def test_each_strip_and_picture_is_there_once(data: dict[str, Any]) -> None:
    strips = [(tuple(strip["pictures"]), strip["hits"]) for strip in data["strips"]]
    assert len(set(strips)) == len(strips) <= 3 * len(METHODS)
    catalogue = [picture["id"] for picture in data["pictures"] if picture["product"]]
    assert len(set(catalogue)) == len(catalogue) <= 14
    assert all(picture["jpeg"] for picture in data["pictures"])


def test_pictures_keep_within_their_room(evaluation: Evaluation, tiny_store: FeatureStore) -> None:
    small = report_data(evaluation, tiny_store, most=20_000)
    sizes = [len(picture["jpeg"]) for picture in small["pictures"]]
    assert 0 in sizes
    assert 0 < sum(sizes) < 20_000 + 2 * max(sizes)
    assert all(picture["name"] for picture in small["pictures"])


def test_page_is_one_file_that_fetches_nothing(page: str) -> None:
    parsed = Page(page)
    assert not re.search(r"""(src|href|url\(|@import)\s*[=(]?\s*["']?(https?:)?//""", page)
    assert "http://" not in page
    assert "https://" not in page
    assert not [
        tag for tag, attributes in parsed.tags if "src" in attributes or "href" in attributes
    ]
    policy = next(a["content"] for t, a in parsed.tags if a.get("http-equiv"))
    assert policy is not None
    assert "default-src 'none'" in policy
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page


def test_page_shows_every_cell_and_marks_the_best(evaluation: Evaluation, page: str) -> None:
    cells = re.findall(r"data-row='(\d+)' title='[^']*'>(.*?)</button>", page)
    assert sorted(int(number) for number, _ in cells) == list(range(len(METHODS)))
    greatest = max(row.map7 for row in evaluation.rows)
    for number, inside in cells:
        row = evaluation.rows[int(number)]
        assert f"<b>{row.map7:.4f}</b>" in inside
        assert f"{row.interval[0]:.3f}–{row.interval[1]:.3f}" in inside
        assert ("v-map7 best" in inside) == (row.map7 == greatest)
    assert "here 3 photos among 14 pictures" in page
    assert "It did not measure these backbones" in page


def test_tables_can_be_read_aloud(page: str) -> None:
    """Captions, and every heading says what it heads."""
    parsed = Page(page)
    tables = sum(tag == "table" for tag, _ in parsed.tags)
    assert tables == sum(tag == "caption" for tag, _ in parsed.tags) == 1 + 4
    headings = [attributes for tag, attributes in parsed.tags if tag == "th"]
    assert {attributes.get("scope") for attributes in headings} == {"col", "row", "rowgroup"}
    labels = {attributes.get("for") for tag, attributes in parsed.tags if tag == "label"}
    assert labels == {None}  # each holds what it labels


def test_json_in_the_page_is_the_data(page: str, data: dict[str, Any]) -> None:
    inside = json.loads(Page(page).script("application/json"))
    assert {name: inside[name] for name in data} == json.loads(json.dumps(data))


def test_titles_cannot_break_out(evaluation: Evaluation, data: dict[str, Any]) -> None:
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
    poisoned = data | {
        "catalogue": evil,
        "pictures": [picture | {"name": evil} for picture in data["pictures"]],
    }
    page = report_html(evaluation, poisoned)
    parsed = Page(page)
    assert sum(tag == "script" for tag, _ in parsed.tags) == 2
    assert not [tag for tag, _ in parsed.tags if tag == "img"]
    assert json.loads(parsed.script("application/json"))["pictures"][0]["name"] == evil
    assert "innerHTML" not in page


def test_further_sections_have_their_place(evaluation: Evaluation, data: dict[str, Any]) -> None:
    page = report_html(evaluation, data, [("Reliability <1>", "<svg><title>x</title></svg>")])
    assert "<h2>Reliability &lt;1&gt;</h2>" in page
    assert "<svg><title>x</title></svg>" in page
    Page(page)


def test_the_papers_figures_stand_beside_the_same_backbones(data: dict[str, Any]) -> None:
    rows = tuple(
        EvaluationRow(Method("senet154", "mac", "cosine", ("deep",), rerank), 0.4, 0.4, (0.3, 0.5),
                      0.4, 1.0, 1.0)
        for rerank in ("none", "sift", "hybrid")
    )  # fmt: skip
    asked = tuple(AskedQuery(f"{number}.jpg", (0,)) for number in range(100))
    page = report_html(Evaluation(asked, 1000, rows, 1.0), data)
    assert "paper 0.2923" in page
    assert "paper 0.3787" in page
    assert "Table 4, SENet" in page
    assert "but the data differ" in page
    as_there = report_html(Evaluation(asked, 538_517, rows, 1.0), data)
    assert "but the data differ" not in as_there
    assert "as many of both" in as_there


def test_csv_and_json_say_what_the_table_says(evaluation: Evaluation) -> None:
    rows = document(evaluation)["rows"]
    lines = list(csv.DictReader(io.StringIO(csv_text(evaluation))))
    assert len(rows) == len(lines) == len(METHODS)
    for measured, row, line in zip(evaluation.rows, rows, lines, strict=True):
        assert row["map7"] == float(line["map7"]) == measured.map7
        assert row["map7_interval"] == [float(line["map7_low"]), float(line["map7_high"])]
        assert row["paper_map7"] is None
        assert line["paper_map7"] == ""
        for name in ("map7_challenge", "top1", "shortlist_recall", "ms_per_query"):
            assert row[name] == float(line[name]) == getattr(measured, name)
        for name in ("backbone", "pooling", "metric", "rerank"):
            assert row[name] == line[name] == getattr(measured.method, name)
        assert row["sources"] == line["sources"].split("+") == ["deep"]


def test_lines_for_the_window_hold_everything(data: dict[str, Any]) -> None:
    lines = [json.loads(line) for line in as_lines(data).splitlines()]
    assert lines[0]["figures"]["rows"] == json.loads(json.dumps(data["rows"]))
    for word, name in (("strip", "strips"), ("query", "queries_asked"), ("picture", "pictures")):
        assert [line[word] for line in lines if word in line] == data[name]


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    write_whole(target, "one")
    write_whole(target, "two")
    assert target.read_text(encoding="utf-8") == "two"
    assert list(tmp_path.iterdir()) == [target]
    (tmp_path / "folder").mkdir()
    for wrong in (tmp_path / "folder", tmp_path / "nowhere" / "report.html"):
        with pytest.raises(UserError, match="cannot be written"):
            write_whole(wrong, "x")
        with pytest.raises(UserError, match="cannot be written"):
            check_writable(wrong)
    check_writable(target)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "report.html"]
