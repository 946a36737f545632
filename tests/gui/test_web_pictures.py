"""Fetching a remote picture from a server of our own that behaves well, badly, or not at all."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from beautyfinder.gui import web_pictures
from beautyfinder.gui.query import BytesQuery
from beautyfinder.gui.web_pictures import PictureFetcher, is_picture
from tests.gui.conftest import WAIT

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4

Respond = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """Answers each path as it is told to in `answers`; what it was asked for is in `asked`."""

    def __init__(self) -> None:
        self.answers: dict[str, Respond] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.over = threading.Event()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                owner.asked.append(self.path)
                owner.headers.append({name.lower(): value for name, value in self.headers.items()})
                owner.answers[self.path](self)

            def log_message(self, *_args: Any) -> None:
                pass

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_args: Any) -> None:
                pass  # the other side hung up, as it should

        self.http = Quiet(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.http.serve_forever, args=(0.01,), daemon=True).start()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.http.server_port}{path}"

    def close(self) -> None:
        self.over.set()
        self.http.shutdown()
        self.http.server_close()

    def wait(self, handler: BaseHTTPRequestHandler) -> None:
        """Say nothing until the test is over."""
        self.over.wait(WAIT / 1000)


def sends(body: bytes, kind: str | None = "image/jpeg", length: bool = True) -> Respond:
    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        if kind is not None:
            handler.send_header("Content-Type", kind)
        if length:
            handler.send_header("Content-Length", str(len(body)))
        handler.send_header("Set-Cookie", "id=1")
        handler.end_headers()
        handler.wfile.write(body)

    return respond


def refuses(status: int) -> Respond:
    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", "image/jpeg")
        handler.end_headers()
        handler.wfile.write(JPEG)

    return respond


def redirects(target: str) -> Respond:
    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", target)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return respond


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    made = Server()
    yield made
    made.close()


@pytest.fixture
def fetcher(qtbot: QtBot) -> Iterator[PictureFetcher]:
    made = PictureFetcher()
    yield made
    made.cancel()


def fetched(qtbot: QtBot, fetcher: PictureFetcher, *urls: str) -> BytesQuery:
    failures: list[str] = []
    fetcher.failed.connect(failures.append)
    with qtbot.waitSignal(fetcher.fetched, timeout=WAIT) as heard:
        fetcher.fetch(*urls)
    assert failures == []
    assert not fetcher.is_busy()
    (query,) = heard.args or [None]
    assert isinstance(query, BytesQuery)
    return query


def failure(qtbot: QtBot, fetcher: PictureFetcher, *urls: str) -> str:
    pictures: list[Any] = []
    fetcher.fetched.connect(pictures.append)
    with qtbot.waitSignal(fetcher.failed, timeout=WAIT) as heard:
        fetcher.fetch(*urls)
    assert pictures == []
    assert not fetcher.is_busy()
    (sentence,) = heard.args or [""]
    return str(sentence)


def test_a_picture(qtbot: QtBot, fetcher: PictureFetcher, server: Server) -> None:
    server.answers["/shop/rose%20soap.jpg"] = sends(JPEG)
    hosts: list[str] = []
    progress: list[tuple[int, int]] = []
    fetcher.started.connect(hosts.append)
    fetcher.progressed.connect(lambda done, total: progress.append((done, total)))
    query = fetched(qtbot, fetcher, server.url("/shop/rose%20soap.jpg"))
    assert query.data == JPEG
    assert query.name == "rose soap.jpg"
    assert hosts == ["127.0.0.1"]
    assert progress[-1] == (len(JPEG), len(JPEG))


def test_nothing_personal_is_sent(qtbot: QtBot, fetcher: PictureFetcher, server: Server) -> None:
    server.answers["/a.jpg"] = sends(JPEG)
    with_password = server.url("/a.jpg").replace("://", "://user:secret@")
    for _ in range(2):  # the second time there would be a cookie
        fetched(qtbot, fetcher, with_password)
    assert server.asked == ["/a.jpg"] * 2  # nothing is kept either
    for headers in server.headers:
        assert headers["user-agent"].startswith("BeautyFinder/")
        assert not {"cookie", "authorization", "referer"} & set(headers)


def test_redirects_are_followed(qtbot: QtBot, fetcher: PictureFetcher, server: Server) -> None:
    for n in range(5):
        server.answers[f"/{n}"] = redirects(f"/{n + 1}")  # relative ones
    server.answers["/5"] = sends(JPEG, "application/octet-stream")
    assert fetched(qtbot, fetcher, server.url("/0")).data == JPEG
    server.answers["/before"] = redirects("/0")
    assert "redirects without end" in failure(qtbot, fetcher, server.url("/before"))


def test_redirects_that_are_not_followed(
    qtbot: QtBot, fetcher: PictureFetcher, server: Server
) -> None:
    server.answers["/loop"] = redirects("/loop")
    assert "redirects without end" in failure(qtbot, fetcher, server.url("/loop"))
    assert server.asked.count("/loop") == 6
    for target in ("file:///etc/hostname", "ftp://127.0.0.1/a.jpg", "data:image/png;base64,AAAA"):
        server.answers["/away"] = redirects(target)
        assert "only https and http" in failure(qtbot, fetcher, server.url("/away"))
    failures: list[str] = []
    fetcher.failed.connect(failures.append)
    fetcher._follow(QUrl("https://shop.example/a"), QUrl("http://shop.example/b"))
    assert failures == ["shop.example leads to an address that is not secure; it is not followed."]


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://a.example/b.jpg", "http:///a.jpg"])
def test_other_addresses_are_not_asked(qtbot: QtBot, fetcher: PictureFetcher, url: str) -> None:
    assert "only https and http" in failure(qtbot, fetcher, url)


@pytest.mark.parametrize("length", [True, False])
def test_too_large(
    qtbot: QtBot, fetcher: PictureFetcher, server: Server, monkeypatch: Any, length: bool
) -> None:
    monkeypatch.setattr(web_pictures, "MAX_PICTURE", 100_000)
    server.answers["/a.jpg"] = sends(JPEG + bytes(100_000), length=length)
    assert "larger than" in failure(qtbot, fetcher, server.url("/a.jpg"))


def test_what_is_small_only_while_it_is_packed(
    qtbot: QtBot, fetcher: PictureFetcher, server: Server, monkeypatch: Any
) -> None:
    monkeypatch.setattr(web_pictures, "MAX_PICTURE", 1_000_000)
    packed = gzip.compress(JPEG + bytes(5_000_000))
    assert len(packed) < 20_000

    def sends_packed(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "image/jpeg")
        handler.send_header("Content-Encoding", "gzip")
        handler.send_header("Content-Length", str(len(packed)))
        handler.end_headers()
        handler.wfile.write(packed)

    server.answers["/a.jpg"] = sends_packed
    assert "larger than" in failure(qtbot, fetcher, server.url("/a.jpg"))


def test_a_host_that_says_nothing_or_stops_in_the_middle(
    qtbot: QtBot, fetcher: PictureFetcher, server: Server
) -> None:
    def stops(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "image/jpeg")
        handler.send_header("Content-Length", "90000")
        handler.end_headers()
        handler.wfile.write(JPEG)
        server.wait(handler)

    server.answers.update({"/silent": server.wait, "/stops": stops})
    fetcher.silence_ms = 100
    for path in ("/silent", "/stops"):
        assert "took too long" in failure(qtbot, fetcher, server.url(path))


def test_a_host_that_sends_for_ever(qtbot: QtBot, fetcher: PictureFetcher, server: Server) -> None:
    def drips(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "image/jpeg")
        handler.end_headers()
        while not server.over.is_set():
            handler.wfile.write(b"\xff")
            handler.wfile.flush()
            time.sleep(0.01)

    server.answers["/drips"] = drips
    fetcher.whole_ms = 200
    assert "took too long" in failure(qtbot, fetcher, server.url("/drips"))


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (b"{}", "application/json", "sent no picture but “application/json”"),
        (b"<svg/>", "image/svg+xml", "sent no picture but “image/svg+xml”"),
        (JPEG, None, "something unnamed"),
        (b"<html>not found, but 200", "image/jpeg", "is not a picture of a known kind"),
        (b"", "image/jpeg", "is not a picture of a known kind"),
        (b"<p>words</p>", "text/html", "shows no picture"),
    ],
)
def test_what_is_no_picture(
    qtbot: QtBot,
    fetcher: PictureFetcher,
    server: Server,
    body: bytes,
    kind: str | None,
    words: str,
) -> None:
    server.answers["/a"] = sends(body, kind)
    assert words in failure(qtbot, fetcher, server.url("/a"))


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, "has no such picture"), (403, "does not give"), (401, "does not give"), (500, "500")],
)
def test_errors_of_the_host(
    qtbot: QtBot, fetcher: PictureFetcher, server: Server, status: int, words: str
) -> None:
    server.answers["/a.jpg"] = refuses(status)
    assert words in failure(qtbot, fetcher, server.url("/a.jpg"))


def test_a_host_that_is_not_there(qtbot: QtBot, fetcher: PictureFetcher) -> None:
    gone = Server()
    gone.close()
    assert "cannot be fetched from 127.0.0.1" in failure(qtbot, fetcher, gone.url("/a.jpg"))


def test_the_picture_of_a_page(qtbot: QtBot, fetcher: PictureFetcher, server: Server) -> None:
    page = b'<head><meta property="og:image" content="/big.jpg"></head><img src="/other.jpg">'
    server.answers["/soap"] = sends(page, "text/html; charset=utf-8")
    server.answers["/big.jpg"] = sends(JPEG)
    assert fetched(qtbot, fetcher, server.url("/soap")).name == "big.jpg"
    page = b'<img width=1 src="/dot.jpg"><base href="/img/"><img src="\xe9.png"><img src="a.jpg">'
    server.answers["/soap"] = sends(page, "text/html")
    server.answers["/img/%EF%BF%BD.png"] = refuses(404)
    server.answers["/img/a.jpg"] = sends(JPEG)
    assert fetched(qtbot, fetcher, server.url("/soap")).name == "a.jpg"
    assert "/dot.jpg" not in server.asked


def test_a_page_leads_one_level_down_only(
    qtbot: QtBot, fetcher: PictureFetcher, server: Server
) -> None:
    server.answers["/a"] = sends(b'<meta property="og:image" content="/b">', "text/html")
    server.answers["/b"] = sends(b'<meta property="og:image" content="/c.jpg">', "text/html")
    assert "shows no picture" in failure(qtbot, fetcher, server.url("/a"))
    assert server.asked == ["/a", "/b"]


def test_a_page_is_read_so_far(
    qtbot: QtBot, fetcher: PictureFetcher, server: Server, monkeypatch: Any
) -> None:
    monkeypatch.setattr(web_pictures, "MAX_PAGE", 200_000)
    page = b'<img src="/a.jpg">' + b"<p>words</p>" * 40_000 + b'<img src="/never.jpg">'
    server.answers["/long"] = sends(page, "text/html")
    server.answers["/a.jpg"] = sends(JPEG)
    assert fetched(qtbot, fetcher, server.url("/long")).name == "a.jpg"


def test_the_next_address_where_the_first_is_of_no_use(
    qtbot: QtBot, fetcher: PictureFetcher, server: Server
) -> None:
    server.answers.update({"/large.jpg": refuses(403), "/small.jpg": sends(JPEG)})
    urls = server.url("/large.jpg"), server.url("/small.jpg")
    assert fetched(qtbot, fetcher, *urls).name == "small.jpg"
    server.answers["/small.jpg"] = refuses(500)
    assert "does not give" in failure(qtbot, fetcher, *urls)  # the first one's reason


def test_cancel(qtbot: QtBot, fetcher: PictureFetcher, server: Server) -> None:
    heard: list[Any] = []
    fetcher.fetched.connect(heard.append)
    fetcher.failed.connect(heard.append)
    server.answers.update({"/silent": server.wait, "/a.jpg": sends(JPEG)})
    fetcher.fetch(server.url("/silent"))
    qtbot.waitUntil(lambda: server.asked == ["/silent"], timeout=WAIT)
    assert fetcher.is_busy()
    fetcher.cancel()
    assert not fetcher.is_busy()
    fetcher.fetch(server.url("/silent"))
    fetched(qtbot, fetcher, server.url("/a.jpg"))  # instead of the one before
    assert len(heard) == 1
    assert isinstance(heard[0], BytesQuery)


def test_kinds_of_pictures() -> None:
    assert is_picture(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")
    assert is_picture(b"\0\0\0\x18ftypmif1\0\0\0\0avif")
    assert is_picture(b"RIFF\0\0\0\0WEBPVP8 ")
    assert not is_picture(b"RIFF\0\0\0\0WAVEfmt ")
    assert not is_picture(b"\0\0\0\x18ftypisom\0\0\0\0mp42")
    assert not is_picture(b"<!doctype html>")
