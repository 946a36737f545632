"""Check for updates: asked only when a person wants it, of a server of this machine's own."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pytestqt.qtbot import QtBot

from beautyfinder import __version__, releases
from beautyfinder.errors import UserError
from beautyfinder.gui.main_window import MainWindow
from beautyfinder.gui.updates import UpdateDialog
from tests.gui.conftest import WAIT


class Server(ThreadingHTTPServer):
    """Answers with `body` and counts what it is asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.body, self.code = b"{}", 200
        self.asked: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/newest.json"


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.send_response(self.server.code)
        if self.server.code == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def tell(server: Server, **values: object) -> None:
    server.body = json.dumps(values).encode()


def test_a_newer_version_is_told_with_its_page(qtbot: QtBot, server: Server) -> None:
    tell(server, version="99.0.1", page="https://shop.example/get")
    dialog = UpdateDialog(server.address)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: "99.0.1" in dialog._title.text(), timeout=WAIT)
    assert dialog._open.isVisible()
    assert __version__ in dialog._words.text()
    assert server.asked == ["/newest.json"]


def test_the_same_version_is_no_news(qtbot: QtBot, server: Server) -> None:
    tell(server, version=__version__, page="https://shop.example/get")
    dialog = UpdateDialog(server.address)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: "up to date" in dialog._title.text(), timeout=WAIT)
    assert not dialog._open.isVisible()


def test_a_server_that_does_not_answer_is_a_sentence(qtbot: QtBot, server: Server) -> None:
    server.code = 503
    dialog = UpdateDialog(server.address)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: "does not answer" in dialog._words.text(), timeout=WAIT)


def test_closed_before_the_answer(qtbot: QtBot, server: Server) -> None:
    dialog = UpdateDialog(server.address)
    dialog.show()
    with qtbot.waitSignal(dialog.destroyed, timeout=WAIT):
        dialog.close()


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b'{"version": "new"}', b'{"version": null}', b'"1.2.3"']
)
def test_nonsense_is_a_sentence(server: Server, body: bytes) -> None:
    server.body = body
    with pytest.raises(UserError, match="answer is none"):
        releases.newest_release(server.address)


def test_one_request_means_one(server: Server) -> None:
    server.code = 302
    with pytest.raises(UserError):
        releases.newest_release(server.address)
    assert server.asked == ["/newest.json"]


@pytest.mark.parametrize("address", ["http://shop.example/new", "ftp://shop.example/new", ""])
def test_only_https_is_asked(address: str) -> None:
    with pytest.raises(UserError, match="https"):
        releases.newest_release(address)


def test_a_page_that_is_not_https_is_not_offered(server: Server) -> None:
    tell(server, version="99.0.0", page="javascript:alert(1)")
    assert releases.newest_release(server.address) == releases.Release("99.0.0", "")


def test_versions_are_compared_as_numbers() -> None:
    ours = [int(number) for number in __version__.split(".")]
    assert releases.Release(f"{ours[0]}.{ours[1] + 10}.0", "").is_newer
    assert not releases.Release("0.0.999", "").is_newer


def test_without_an_address_the_action_is_greyed_and_says_why(window: MainWindow) -> None:
    action = window.actions_["updates"]
    assert action.isEnabled() == bool(releases.ADDRESS)
    assert releases.ADDRESS == ""
    assert "does not know" in action.toolTip()


def test_with_an_address_the_action_opens_the_dialog(
    qtbot: QtBot, server: Server, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(server, version="99.0.0")
    monkeypatch.setattr(releases, "ADDRESS", server.address)
    assert not server.asked
    window.dialogs.updates()
    dialog = window.dialogs.shown("updates")
    assert isinstance(dialog, UpdateDialog)
    qtbot.waitUntil(lambda: "99.0.0" in dialog._title.text(), timeout=WAIT)
