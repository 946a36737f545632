"""The engine: one thread, the latest request wins, nothing stale is heard of, closing ends it."""

import logging
import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from beautyfinder.gui.engine import Engine
from beautyfinder.gui.mailbox import Mailbox, Request
from beautyfinder.gui.query import Answer
from tests.gui.conftest import WAIT, FakeBackend, file_query


class Heard:
    """What the engine said of look-ups, in order."""

    def __init__(self, engine: Engine) -> None:
        self.read: list[int] = []
        self.finished: list[int] = []
        self.failed: list[tuple[int, str]] = []
        engine.photo_read.connect(lambda token, _photo: self.read.append(token))
        engine.search_finished.connect(lambda token, _answer: self.finished.append(token))
        engine.search_failed.connect(lambda token, why: self.failed.append((token, why)))


def test_a_lookup_runs_in_its_own_thread(
    qtbot: QtBot, engine: Engine, backend: FakeBackend
) -> None:
    heard = Heard(engine)
    with qtbot.waitSignal(engine.search_finished, timeout=WAIT) as signal:
        token = engine.search(file_query("a.jpg"))
    assert signal.args is not None
    assert signal.args[0] == token
    assert isinstance(signal.args[1], Answer)
    assert heard.read == [token]
    assert backend.threads
    assert threading.get_ident() not in backend.threads


def test_the_latest_of_many_wins(qtbot: QtBot, engine: Engine, backend: FakeBackend) -> None:
    heard = Heard(engine)
    backend.hold = True
    engine.search(file_query("first.jpg"))
    qtbot.waitUntil(lambda: backend.begun == ["first.jpg"], timeout=WAIT)
    tokens = [engine.search(file_query(f"{n}.jpg")) for n in range(50)]
    qtbot.waitUntil(lambda: "49.jpg" in backend.begun, timeout=WAIT)
    backend.go.set()
    qtbot.waitUntil(lambda: heard.finished == [tokens[-1]], timeout=WAIT)
    assert backend.stopped[0] == "first.jpg"
    assert backend.done == ["49.jpg"]
    assert len(backend.begun) < 10  # the ones between were never begun, or nearly so
    assert heard.failed == []


def test_an_answer_that_is_no_longer_wanted_is_dropped(
    qtbot: QtBot, engine: Engine, backend: FakeBackend
) -> None:
    heard = Heard(engine)
    backend.hold = True
    engine.search(file_query("a.jpg"))
    qtbot.waitUntil(lambda: backend.begun == ["a.jpg"], timeout=WAIT)
    engine.cancel()
    qtbot.waitUntil(lambda: backend.stopped == ["a.jpg"], timeout=WAIT)
    backend.hold = False
    with qtbot.waitSignal(engine.search_finished, timeout=WAIT):
        token = engine.search(file_query("b.jpg"))
    assert heard.finished == [token]


def test_what_the_worker_says_late_is_dropped_on_the_windows_side(
    qtbot: QtBot, engine: Engine
) -> None:
    heard = Heard(engine)
    with qtbot.waitSignal(engine.search_finished, timeout=WAIT):
        token = engine.search(file_query("a.jpg"))
    engine._worker.search_finished.emit(token - 1, object())
    engine._worker.search_failed.emit(token - 1, "late")
    qtbot.wait(20)
    assert heard.finished == [token]
    assert heard.failed == []


def test_errors_become_sentences(qtbot: QtBot, engine: Engine, tmp_path: Path) -> None:
    for name, words in (
        ("bad.jpg", "bad.jpg is not a picture."),
        ("fail.jpg", "It cannot be looked up."),
    ):
        with qtbot.waitSignal(engine.search_failed, timeout=WAIT) as signal:
            engine.search(file_query(name))
        assert signal.args is not None
        assert signal.args[1] == words
    with qtbot.waitSignal(engine.search_failed, timeout=WAIT) as signal:
        engine.search(file_query("crash.jpg"))
    assert signal.args is not None
    assert "RuntimeError: boom" in signal.args[1]
    assert "Traceback" not in signal.args[1]
    (report,) = (tmp_path / "home").rglob("fault.log")
    assert "Traceback" in report.read_text()
    with qtbot.waitSignal(engine.search_finished, timeout=WAIT):  # and it goes on
        engine.search(file_query("a.jpg"))


def test_opening_a_store(qtbot: QtBot, engine: Engine, backend: FakeBackend) -> None:
    with qtbot.waitSignals([engine.store_opened, engine.warmed_up], timeout=WAIT):
        engine.open_store(Path("/shops/one"))
    with qtbot.waitSignal(engine.store_failed, timeout=WAIT) as signal:
        engine.open_store(Path("/shops/bad"))
    assert signal.args == [f"{Path('/shops/bad')} is not a store."]
    assert backend.opened == [Path("/shops/one")]


def test_a_lookup_under_way_is_begun_anew_in_another_store(
    qtbot: QtBot, engine: Engine, backend: FakeBackend
) -> None:
    heard = Heard(engine)
    backend.hold = True
    token = engine.search(file_query("a.jpg"))
    qtbot.waitUntil(lambda: backend.begun == ["a.jpg"], timeout=WAIT)
    engine.open_store(Path("/shops/two"))
    qtbot.waitUntil(lambda: backend.begun == ["a.jpg", "a.jpg"], timeout=WAIT)
    assert backend.opened == [Path("/shops/two")]
    backend.go.set()
    qtbot.waitUntil(lambda: heard.finished == [token], timeout=WAIT)


def test_closing_while_a_lookup_runs(qtbot: QtBot, engine: Engine, backend: FakeBackend) -> None:
    heard = Heard(engine)
    backend.hold = True
    engine.search(file_query("a.jpg"))
    qtbot.waitUntil(lambda: backend.begun == ["a.jpg"], timeout=WAIT)
    engine.search(file_query("b.jpg"))
    engine.close()
    assert not engine.running
    assert engine._thread.isFinished()
    assert backend.stopped[0] == "a.jpg"
    assert backend.done == []
    qtbot.wait(20)
    assert (heard.finished, heard.failed) == ([], [])
    engine.close()  # again does no harm


def test_warnings_of_the_log_are_notes(qtbot: QtBot, engine: Engine) -> None:
    log = logging.getLogger("beautyfinder.features.descriptor")
    with qtbot.waitSignal(engine.note, timeout=WAIT) as signal:
        thread = threading.Thread(target=log.warning, args=("The %s device failed.", "cuda"))
        thread.start()
        thread.join()
    assert signal.args == ["The cuda device failed."]
    handlers = len(logging.getLogger("beautyfinder").handlers)
    engine.close()
    assert len(logging.getLogger("beautyfinder").handlers) == handlers - 1


@pytest.mark.parametrize("closed", [False, True])
def test_the_mailbox_keeps_the_latest_only(closed: bool) -> None:
    box = Mailbox()
    box.put_search(Request(1, file_query("1")))
    box.put_search(Request(2, file_query("2")))
    box.put_store(Request(1, Path("s")))
    assert box.outdated(1)
    assert box.outdated(2)  # a store waits
    if closed:
        box.close()
        assert box.take() is None
        return
    taken = [box.take(), box.take(), box.take()]
    assert [t.wish if t else None for t in taken] == [Path("s"), file_query("2"), None]
    assert not box.outdated(2)
    box.put_back(Request(1, file_query("1")))
    assert box.take() is None
    box.put_back(Request(2, file_query("2")))
    assert box.take() is not None
