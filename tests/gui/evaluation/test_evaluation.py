"""Tools › Evaluate: the form, the child process, the table, the strips, what is saved."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QColor, QDesktopServices, QDropEvent
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from beautyfinder.errors import Cancelled, UserError
from beautyfinder.evaluation.evaluate import Evaluation, evaluate
from beautyfinder.evaluation.ground_truth import read_queries
from beautyfinder.evaluation.records import csv_text, document
from beautyfinder.evaluation.report_data import as_lines, report_data
from beautyfinder.gui.catalogues import job_runner
from beautyfinder.gui.engine import Engine
from beautyfinder.gui.evaluation.job import evaluation_arguments
from beautyfinder.gui.evaluation.results import read_results
from beautyfinder.gui.evaluation.table_model import INTERVAL, MAP7, PAPER, TOP1
from beautyfinder.gui.evaluation.window import EvaluationWindow
from beautyfinder.gui.main_window import MainWindow
from beautyfinder.gui.services import make_services
from beautyfinder.gui.theme import current_theme
from beautyfinder.search.method import Method
from beautyfinder.search.searcher import Searcher
from beautyfinder.store.store import FeatureStore
from tests.conftest import TinyCatalogue
from tests.gui.conftest import mime_of

LONG = 180_000  # the machine may be busy
METHODS = [
    Method("efficientnet-lite0", pooling, metric, ("deep",), rerank)
    for pooling in ("r-mac", "mac")
    for metric in ("cosine", "l1")
    for rerank in ("none", "sift")
]


@pytest.fixture(scope="module")
def evaluation(tiny_store: FeatureStore, tiny_catalogue: TinyCatalogue) -> Evaluation:
    return evaluate(Searcher(tiny_store, "cpu"), read_queries(tiny_catalogue.queries), METHODS)


@pytest.fixture(scope="module")
def files(
    evaluation: Evaluation, tiny_store: FeatureStore, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """What the child process leaves for the window."""
    folder = tmp_path_factory.mktemp("results")
    data = report_data(evaluation, tiny_store)
    for name, text in (
        ("look.jsonl", as_lines(data)), ("table.csv", csv_text(evaluation)),
        ("table.json", json.dumps(document(evaluation))), ("report.html", "<p>the report</p>"),
    ):  # fmt: skip
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Puts a few lines of Python in the place of the program."""

    def put(code: str) -> None:
        lines = (
            "import sys, json, time, shutil\n"
            "say = lambda **line: print(json.dumps(line), flush=True)\n"
            "folder = next(a for a in sys.argv if a.startswith('--results='))[10:]\n" + code
        )
        monkeypatch.setattr(job_runner, "program", lambda: [sys.executable, "-c", lines])

    return put


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Any:
    made = EvaluationWindow()
    qtbot.addWidget(made)
    made.set_store(tmp_path / "shop")
    made.form.set_queries(str(tmp_path / "queries.csv"))
    made.show()
    yield made
    made.shut_down()


def deliver(child: Any, files: Path) -> None:
    child(
        f"shutil.copytree({str(files)!r}, folder, dirs_exist_ok=True)\n"
        "say(progress={'part': 'evaluate', 'done': 10, 'total': 10, 'failed': 0})\n"
        "say(report={'queries': 5})\n"
    )


def start(window: EvaluationWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(window._start, Qt.MouseButton.LeftButton)


def evaluated(window: EvaluationWindow, qtbot: QtBot, child: Any, files: Path) -> EvaluationWindow:
    deliver(child, files)
    start(window, qtbot)
    qtbot.waitUntil(lambda: window.results() is not None, timeout=LONG)
    return window


def shown(window: EvaluationWindow, row: int, column: int) -> str:
    return str(window.page._sorted.index(row, column).data())


# The form


def test_the_form_says_what_is_wanting(qtbot: QtBot, window: EvaluationWindow) -> None:
    assert window._start.isEnabled()
    window.form.queries.clear()
    assert not window._start.isEnabled()
    assert "Choose the CSV" in window._start.toolTip()
    window.form.set_queries("q.csv")
    for box in window.form.metrics.values():
        box.setChecked(False)
    assert "at least one distance" in window._start.toolTip()
    window.form.metrics["l2"].setChecked(True)
    assert window._start.isEnabled()
    window.set_store(None)
    assert not window._start.isEnabled()
    assert "Open a catalogue" in window._start.toolTip()


def test_a_csv_is_dropped(window: EvaluationWindow, tmp_path: Path) -> None:
    mime = mime_of([str(tmp_path / "other.csv")])  # an event keeps no reference to it
    event = QDropEvent(
        QPoint(9, 9), Qt.DropAction.CopyAction, mime,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    window.form.dropEvent(event)
    assert window.form.queries.text() == str(tmp_path / "other.csv")


def test_the_command_of_a_form(window: EvaluationWindow, tmp_path: Path) -> None:
    """All ticked: nothing is named, for a catalogue need not have every pooling."""
    job = window.form.job(tmp_path / "S", tmp_path / "R")
    assert evaluation_arguments(job) == [
        "evaluate", "--machine", "--grid", f"--store={tmp_path / 'S'}",
        f"--queries={tmp_path / 'queries.csv'}", f"--results={tmp_path / 'R'}", "--sources=deep",
    ]  # fmt: skip
    window.form.poolings["spoc"].setChecked(False)
    window.form.reranks["hybrid"].setChecked(False)
    window.form.sources.setCurrentIndex(1)
    window.form.limit.setValue(12)
    arguments = evaluation_arguments(window.form.job(tmp_path / "S", tmp_path / "R"))
    assert arguments[-4:] == [
        "--pooling=mac,r-mac,ra-mac", "--rerank=none,sift,verified",
        "--sources=deep,local,words", "--limit=12",
    ]  # fmt: skip


# The child process


def test_the_real_program_does_it(
    qtbot: QtBot, window: EvaluationWindow, tiny_store: FeatureStore, tiny_catalogue: TinyCatalogue
) -> None:
    window.set_store(tiny_store.folder)
    form = window.form
    form.set_queries(str(tiny_catalogue.queries))
    form.limit.setValue(2)
    for name in ("l1", "l2"):
        form.metrics[name].setChecked(False)
    for name in ("verified", "hybrid"):
        form.reranks[name].setChecked(False)
    start(window, qtbot)
    assert not form.isEnabled()
    qtbot.waitUntil(lambda: window.results() is not None, timeout=LONG)
    results = window.results()
    assert results is not None
    assert len(results.cells) == 4 * 2
    assert len(results.asked) == 2
    assert "2 photos by 8 methods" in window.message()
    page = (results.folder / "report.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")


def test_progress_and_stop(qtbot: QtBot, window: EvaluationWindow, child: Any) -> None:
    child(
        "say(progress={'part': 'evaluate', 'done': 3, 'total': 10, 'failed': 0})\n"
        "for line in sys.stdin:\n"
        "    if line.strip() == 'stop': break\n"
        "say(stopped='')\n"
    )
    start(window, qtbot)
    qtbot.waitUntil(lambda: "30 %" in window.message(), timeout=LONG)
    assert window._stop.isVisible()
    assert not window._start.isVisible()
    assert window._folder is not None
    folder = Path(window._folder.name)
    with qtbot.waitSignal(window.runner.stopped, timeout=LONG):
        qtbot.mouseClick(window._stop, Qt.MouseButton.LeftButton)
    assert window.message() == "Stopped."
    assert window.results() is None
    assert not folder.exists()
    assert window._start.isVisible()
    assert window.form.isEnabled()


def test_an_error_is_one_sentence(qtbot: QtBot, window: EvaluationWindow, child: Any) -> None:
    child("say(error='queries.csv cannot be opened: No such file or directory.')")
    with qtbot.waitSignal(window.runner.broken, timeout=LONG):
        start(window, qtbot)
    assert window.message() == "queries.csv cannot be opened: No such file or directory."
    assert window.results() is None
    assert window._start.isEnabled()


def test_a_child_that_dies(qtbot: QtBot, window: EvaluationWindow, child: Any) -> None:
    child("sys.exit(3)")
    with qtbot.waitSignal(window.runner.broken, timeout=LONG):
        start(window, qtbot)
    assert "ended" in window.message()
    assert "kept" not in window.message()  # there is nothing half-done to go on with


def test_results_that_are_damaged(
    qtbot: QtBot, window: EvaluationWindow, child: Any, files: Path, tmp_path: Path
) -> None:
    torn = Path(shutil.copytree(files, tmp_path / "torn"))
    (torn / "look.jsonl").write_text('{"figures": {}}\n{"str', encoding="utf-8")
    deliver(child, torn)
    start(window, qtbot)
    qtbot.waitUntil(lambda: "damaged" in window.message(), timeout=LONG)
    assert window.results() is None
    with pytest.raises(UserError, match="damaged"):
        read_results(torn)
    with pytest.raises(UserError, match="cannot be read"):
        read_results(tmp_path / "nowhere")
    with pytest.raises(Cancelled):
        read_results(files, lambda: True)


def test_remarks_are_kept(qtbot: QtBot, window: EvaluationWindow, child: Any, files: Path) -> None:
    child(
        "say(note='2 of 7 queries are left out.')\nsay(note='Another.')\n"
        f"shutil.copytree({str(files)!r}, folder, dirs_exist_ok=True)\nsay(report={{}})\n"
    )
    start(window, qtbot)
    qtbot.waitUntil(lambda: window.results() is not None, timeout=LONG)
    assert window._note.text() == "Another."
    assert "2 of 7 queries" in window._note.toolTip()


# The table


def test_table_is_that_of_the_evaluation(
    qtbot: QtBot, window: EvaluationWindow, child: Any, files: Path, evaluation: Evaluation
) -> None:
    page = evaluated(window, qtbot, child, files).page
    model = page.model
    assert model.rowCount() == len(METHODS)
    for row, measured in enumerate(evaluation.rows):
        text = str(model.index(row, MAP7).data())
        assert text.removeprefix("★ ") == f"{measured.map7:.4f}"
        low, high = measured.interval
        assert model.index(row, INTERVAL).data() == f"{low:.3f}–{high:.3f}"
    assert page.table.isColumnHidden(PAPER)  # the paper has no such backbone
    assert page.table.isColumnHidden(0)


def test_best_are_marked_and_on_top(
    qtbot: QtBot, window: EvaluationWindow, child: Any, files: Path, evaluation: Evaluation
) -> None:
    page = evaluated(window, qtbot, child, files).page
    best = max(row.map7 for row in evaluation.rows)
    for row, measured in enumerate(evaluation.rows):
        assert page.model.is_best(row, MAP7) == (measured.map7 == best)
    assert shown(window, 0, MAP7).startswith("★")
    assert evaluation.rows[page.cell()].map7 == best
    spoken = page._sorted.index(0, MAP7).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "the best" in spoken


def test_sorted_by_any_column(
    qtbot: QtBot, window: EvaluationWindow, child: Any, files: Path, evaluation: Evaluation
) -> None:
    page = evaluated(window, qtbot, child, files).page
    for column, values in (
        (TOP1, [row.top1 for row in evaluation.rows]),
        (MAP7, [row.map7 for row in evaluation.rows]),
    ):
        page.table.sortByColumn(column, Qt.SortOrder.AscendingOrder)
        texts = [shown(window, row, column).removeprefix("★ ") for row in range(len(METHODS))]
        assert [float(text) for text in texts] == pytest.approx(sorted(values), abs=1e-3)
    page.table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert shown(window, 0, 1) == "MAC"


# A photo and its strips


def test_strips_of_a_photo(
    qtbot: QtBot, window: EvaluationWindow, child: Any, files: Path, evaluation: Evaluation
) -> None:
    page = evaluated(window, qtbot, child, files).page
    cell = page.cell()
    metric = METHODS[cell].metric
    wanted = [
        (pooling, rerank) for rerank in ("none", "sift") for pooling in ("mac", "r-mac")
    ]  # the paper's order
    query = page.queries_model.query(page.list.currentIndex().row())
    assert query is not None
    assert len(page.strips.rows()) == len(wanted)
    for row, (pooling, rerank) in zip(page.strips.rows(), wanted, strict=True):
        number = METHODS.index(Method("efficientnet-lite0", pooling, metric, ("deep",), rerank))
        answer = evaluation.rows[number].answers[query]
        assert row.frames() == list(answer.hits)
        assert f"{answer.precision:.3f}" in row.accessibleName()
        assert row.accessibleName().count("(right)") == sum(answer.hits)


def test_green_frames_round_true_hits_only(
    qtbot: QtBot, window: EvaluationWindow, child: Any, files: Path
) -> None:
    page = evaluated(window, qtbot, child, files).page
    good = current_theme().good
    seen = set()
    for row in page.strips.rows():
        image = row.grab().toImage()
        ratio = image.devicePixelRatio()
        for place, right in enumerate(row.frames()):
            box = row._box(place)
            colour = QColor(
                image.pixel(int(box.center().x() * ratio), int((box.top() + 1) * ratio))
            )
            near = abs(colour.red() - good.red()) + abs(colour.green() - good.green()) < 40
            assert near == right
            seen.add(right)
    assert seen == {True, False}


def test_photos_in_three_orders(
    qtbot: QtBot, window: EvaluationWindow, child: Any, files: Path, evaluation: Evaluation
) -> None:
    page = evaluated(window, qtbot, child, files).page
    without = METHODS.index(Method("efficientnet-lite0", "mac", "l1", ("deep",), "none"))
    page.table.setCurrentIndex(page._sorted.mapFromSource(page.model.index(without, MAP7)))
    assert page.cell() == without

    def order() -> list[int]:
        rows = range(page.queries_model.rowCount())
        return [query for row in rows if (query := page.queries_model.query(row)) is not None]

    precisions = [answer.precision for answer in evaluation.rows[without].answers]
    assert order() == sorted(range(5), key=lambda query: precisions[query])
    page.order.setCurrentIndex(2)
    assert order() == list(range(5))
    page.table.setCurrentIndex(page._sorted.mapFromSource(page.model.index(without + 1, MAP7)))
    page.order.setCurrentIndex(1)
    after = [answer.precision for answer in evaluation.rows[without + 1].answers]
    assert order() == sorted(range(5), key=lambda query: precisions[query] - after[query])


def test_the_photo_stays_when_another_method_is_chosen(
    qtbot: QtBot, window: EvaluationWindow, child: Any, files: Path
) -> None:
    page = evaluated(window, qtbot, child, files).page
    page.list.setCurrentIndex(page.queries_model.index(3))
    query = page.queries_model.query(3)
    page.table.selectRow(5)
    assert page.queries_model.query(page.list.currentIndex().row()) == query


# Saving


def test_save_report_csv_and_json(
    qtbot: QtBot, window: EvaluationWindow, child: Any, files: Path, tmp_path: Path
) -> None:
    evaluated(window, qtbot, child, files)
    for kind, name in (("report", "report.html"), ("csv", "table.csv"), ("json", "table.json")):
        qtbot.mouseClick(window.buttons[kind], Qt.MouseButton.LeftButton)
        dialog = window._dialog
        assert isinstance(dialog, QFileDialog)
        target = tmp_path / f"my {name}"
        dialog.fileSelected.emit(str(target))
        qtbot.waitUntil(lambda target=target: str(target) in window.message(), timeout=LONG)
        assert target.read_bytes() == (files / name).read_bytes()
        dialog.close()


def test_saving_where_nothing_can_be_written(
    qtbot: QtBot, window: EvaluationWindow, child: Any, files: Path, tmp_path: Path
) -> None:
    evaluated(window, qtbot, child, files)
    window.save("csv", tmp_path / "nowhere" / "t.csv")
    qtbot.waitUntil(lambda: "cannot be written" in window.message(), timeout=LONG)
    (tmp_path / "folder").mkdir()
    window.save("csv", tmp_path / "folder")
    qtbot.waitUntil(lambda: "folder cannot be written" in window.message(), timeout=LONG)
    assert not [path for path in tmp_path.rglob("*") if path.name.endswith(".part")]


def test_open_in_the_browser(
    qtbot: QtBot, window: EvaluationWindow, child: Any, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    assert not window.buttons["open"].isEnabled()
    evaluated(window, qtbot, child, files)
    qtbot.mouseClick(window.buttons["open"], Qt.MouseButton.LeftButton)
    assert Path(opened[0]).read_text(encoding="utf-8") == "<p>the report</p>"


def test_nothing_is_left_when_it_closes(
    qtbot: QtBot, window: EvaluationWindow, child: Any, files: Path
) -> None:
    evaluated(window, qtbot, child, files)
    results = window.results()
    assert results is not None
    folder = results.folder
    window.shut_down()
    assert not folder.exists()


# In the main window


@pytest.fixture
def main_window(qtbot: QtBot, engine: Engine, settings: QSettings, tmp_path: Path) -> MainWindow:
    """With a store open."""
    made = MainWindow(make_services(engine, settings))
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignal(made.ready, timeout=LONG):
        made.open_store(tmp_path / "shop")
    return made


def test_tools_evaluate(main_window: MainWindow) -> None:
    main_window.actions_["evaluate"].trigger()
    made = main_window.dialogs._evaluation
    assert made is not None
    assert made.isVisible()
    assert "shop" in made._of.text()
    made.close()
    main_window.actions_["evaluate"].trigger()
    assert main_window.dialogs._evaluation is made
