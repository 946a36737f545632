"""The history: its thread, the list, and what the dialog asks for."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLineEdit, QListView, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from beautyfinder.evaluation.ground_truth import read_queries
from beautyfinder.gui.history import HistoryDialog
from beautyfinder.gui.history_list import HistoryModel
from beautyfinder.gui.journal_keeper import JournalKeeper
from beautyfinder.gui.query import BytesQuery, FileQuery, ImageQuery, Region
from beautyfinder.journal import Journal
from tests.gui.conftest import WAIT, make_answer


@pytest.fixture
def keeper(qtbot: QtBot, tmp_path: Path) -> Iterator[JournalKeeper]:
    made = JournalKeeper(tmp_path / "history.sqlite")
    yield made
    made.close()


@pytest.fixture
def dialog(qtbot: QtBot, keeper: JournalKeeper) -> HistoryDialog:
    made = HistoryDialog(keeper)
    qtbot.addWidget(made)
    return made


def photo(width: int = 600, height: int = 400) -> QImage:
    made = QImage(width, height, QImage.Format.Format_RGB888)
    made.fill(QColor("teal"))
    return made


def remember(keeper: JournalKeeper, name: str, region: Region = Region()) -> str:  # noqa: B008
    query = FileQuery(f"/photos/{name}")
    return keeper.add(query, photo(3000, 1500), region, Path("/shop"), make_answer(20, name=name))


def shown(qtbot: QtBot, dialog: HistoryDialog, count: int) -> None:
    dialog.show()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == count, timeout=WAIT)


def press(dialog: HistoryDialog, name: str) -> None:
    (button,) = [b for b in dialog.findChildren(QPushButton) if b.accessibleName() == name]
    assert button.isEnabled(), name
    button.click()


def test_a_look_up_comes_back_as_it_was(qtbot: QtBot, keeper: JournalKeeper) -> None:
    region = Region(1, (0.1, 0.2, 0.5, 0.5))
    look_up = remember(keeper, "soap.jpg", region)
    keeper.label(look_up, "p3", True)
    keeper.label(look_up, "p4", False)
    with qtbot.waitSignal(keeper.opened, timeout=WAIT) as signal:
        keeper.get(look_up)
    entry = signal.args[0]
    assert (entry.name, entry.region, entry.store) == ("soap.jpg", region, Path("/shop"))
    assert entry.answer.result == make_answer(20, name="soap.jpg").result
    assert (entry.photo.width(), entry.photo.height()) == (1024, 512)
    pictures = entry.answer.thumbnails
    assert [picture is not None for picture in pictures] == [True] * 7 + [False] * 13
    assert entry.marks == {"p3": True, "p4": False}
    assert isinstance(entry.query(), BytesQuery)  # there is no /photos


def test_what_is_looked_up_again_is_the_file_where_it_is_there(
    qtbot: QtBot, keeper: JournalKeeper, tmp_path: Path
) -> None:
    file = tmp_path / "there.jpg"
    photo().save(str(file))
    kept = keeper.add(FileQuery(str(file)), photo(), Region(), Path("/shop"), make_answer())
    with qtbot.waitSignal(keeper.opened, timeout=WAIT) as signal:
        keeper.get(kept)
    assert signal.args[0].query() == FileQuery(str(file))
    pasted = keeper.add(
        ImageQuery(photo(), "Clipboard"), photo(), Region(), Path("/shop"), make_answer(0)
    )
    with qtbot.waitSignal(keeper.opened, timeout=WAIT) as signal:
        keeper.get(pasted)
    assert signal.args[0].path is None
    assert signal.args[0].query().data[:2] == b"\xff\xd8"


def test_everything_happens_in_one_other_thread_and_closing_loses_nothing(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = set()
    run = Journal._run

    def watched(self: Journal, work: object) -> object:
        threads.add(threading.get_ident())
        return run(self, work)  # type: ignore[arg-type]

    monkeypatch.setattr(Journal, "_run", watched)
    keeper = JournalKeeper(tmp_path / "history.sqlite")
    look_up = remember(keeper, "soap.jpg")
    keeper.label(look_up, "p0", True)
    keeper.close()
    keeper.close()
    remember(keeper, "late.jpg")  # after closing: nothing
    assert len(threads) == 1
    assert threading.get_ident() not in threads
    journal = Journal(tmp_path / "history.sqlite")
    assert [one.name for one in journal.find()] == ["soap.jpg"]
    assert len(journal.labels()) == 1


def test_a_history_that_cannot_be_opened_is_one_sentence(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    keeper = JournalKeeper(tmp_path / "file" / "history.sqlite")
    with qtbot.waitSignal(keeper.failed, timeout=WAIT) as signal:
        remember(keeper, "soap.jpg")
    assert "cannot be used" in signal.args[0]
    keeper.close()
    damaged = tmp_path / "history.sqlite"
    damaged.write_bytes(b"nothing of the kind " * 100)
    keeper = JournalKeeper(damaged)
    with qtbot.waitSignals([keeper.remarked, keeper.changed], timeout=WAIT):
        remember(keeper, "soap.jpg")
    keeper.close()


def test_the_model_reads_more_as_it_is_scrolled(
    qtbot: QtBot, keeper: JournalKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("beautyfinder.gui.history_list._PAGE", 3)
    for n in range(5):
        remember(keeper, f"{n}.jpg")
    model = HistoryModel(keeper)
    model.search("")
    qtbot.waitUntil(lambda: model.rowCount() == 3, timeout=WAIT)
    assert model.canFetchMore(model.index(-1, 0))
    model.fetchMore(model.index(-1, 0))
    assert not model.canFetchMore(model.index(-1, 0))  # not twice at once
    qtbot.waitUntil(lambda: model.rowCount() == 5, timeout=WAIT)
    assert not model.canFetchMore(model.index(-1, 0))
    assert [model.line(row).name for row in range(5)] == [f"{n}.jpg" for n in (4, 3, 2, 1, 0)]


def test_search_reopen_and_again(
    qtbot: QtBot, keeper: JournalKeeper, dialog: HistoryDialog
) -> None:
    for name in ("soap.jpg", "cream.jpg"):
        remember(keeper, name)
    shown(qtbot, dialog, 2)
    dialog.grab()
    field = dialog.findChild(QLineEdit)
    qtbot.keyClicks(field, "soap")
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1, timeout=WAIT)
    with qtbot.waitSignal(dialog.reopen_wanted, timeout=WAIT) as signal:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert signal.args[0].name == "soap.jpg"
    with qtbot.waitSignal(dialog.again_wanted, timeout=WAIT) as signal:
        press(dialog, "Look up again")
    assert signal.args[0].query().name == "soap.jpg"
    field.setText("nothing of the kind")
    qtbot.waitUntil(lambda: "Nothing fits" in dialog._empty.words(), timeout=WAIT)


def test_erase_one_keeps_the_place_and_all_is_asked_first(
    qtbot: QtBot, keeper: JournalKeeper, dialog: HistoryDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(4):
        remember(keeper, f"{n}.jpg")
    shown(qtbot, dialog, 4)
    view = dialog.findChild(QListView)
    view.setCurrentIndex(dialog.model.index(1, 0))
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 3, timeout=WAIT)
    assert dialog.model.line(view.currentIndex().row()).name == "1.jpg"
    asked: list[QMessageBox] = []
    monkeypatch.setattr(QMessageBox, "open", lambda self: asked.append(self))
    press(dialog, "Erase all")
    assert dialog.model.rowCount() == 3
    next(b for b in asked[0].buttons() if b.text() == "Erase all").click()
    qtbot.waitUntil(lambda: "No look-ups yet" in dialog._empty.words(), timeout=WAIT)
    asked[0].close()


def test_labelled_queries_are_exported(
    qtbot: QtBot, keeper: JournalKeeper, dialog: HistoryDialog, tmp_path: Path
) -> None:
    look_up = remember(keeper, "soap.jpg")
    shown(qtbot, dialog, 1)
    dialog.export_to(str(tmp_path / "out"))
    qtbot.waitUntil(lambda: "labelled yet" in dialog.remark(), timeout=WAIT)
    keeper.label(look_up, "p0", True)
    keeper.label(look_up, "p1", False)
    dialog.export_to(str(tmp_path / "out"))
    qtbot.waitUntil(lambda: "Saved 1 labelled" in dialog.remark(), timeout=WAIT)
    (query,) = read_queries(tmp_path / "out" / "queries.csv")
    assert query.product_ids == {"p0"}
