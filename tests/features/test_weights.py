"""Weights: found, downloaded from a server of our own on 127.0.0.1, imported."""

from __future__ import annotations

import hashlib
import io
import json
import os
import pickle
import shutil
import signal
import ssl
import struct
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import torch
from torch import nn

from beautyfinder.errors import Cancelled, UserError
from beautyfinder.features import backbones, fetching, weights
from beautyfinder.features.backbones import BACKBONES, Backbone, Source
from beautyfinder.features.weights import (
    download_weights,
    find_weights,
    import_weights,
    load_network,
    weights_folder,
    weights_note,
)
from beautyfinder.features.weights_status import weights_status

FILE_NAME = "tiny-weights.pth"


def build_tiny(name: str) -> nn.Module:
    return nn.Sequential(nn.Conv2d(3, 48, 5), nn.ReLU(), nn.Conv2d(48, 64, 5), nn.ReLU())


def saved(state: dict[str, torch.Tensor], **options: bool) -> bytes:
    buffer = io.BytesIO()
    torch.save(state, buffer, **options)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def state() -> dict[str, torch.Tensor]:
    torch.manual_seed(1)
    return build_tiny("").state_dict()


@pytest.fixture(scope="module")
def content(state: dict[str, torch.Tensor]) -> bytes:
    return saved(state)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BEAUTYFINDER_WEIGHTS", str(tmp_path / "weights"))
    monkeypatch.setenv("no_proxy", "*")
    return tmp_path / "weights"


class Server:
    """Answers each request with the next of `answers`, the last of them again and again."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.answers: list[Callable[[BaseHTTPRequestHandler], None]] = [self.properly]
        self.requests: list[dict[str, str]] = []
        self.sent = 0
        self.etag = '"one"'
        self.released = threading.Event()  # set when the test is over: nothing waits longer
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                answers = server.answers
                server.requests.append({"path": self.path, **self.headers})
                answer = answers.pop(0) if len(answers) > 1 else answers[0]
                try:
                    answer(self)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.thread = threading.Thread(
            target=self.http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )
        self.thread.start()

    @property
    def url(self) -> str:
        scheme = "https" if isinstance(self.http.socket, ssl.SSLSocket) else "http"
        return f"{scheme}://127.0.0.1:{self.http.server_address[1]}/{FILE_NAME}"

    def close(self) -> None:
        self.released.set()
        self.http.shutdown()
        self.http.server_close()
        self.thread.join(5)

    def write(self, handler: BaseHTTPRequestHandler, data: bytes) -> None:
        handler.wfile.write(data)
        handler.wfile.flush()
        self.sent += len(data)

    def begin(self, handler: BaseHTTPRequestHandler, *, ranges: bool = True) -> bytes:
        """The headers of a right answer; returns the body to send."""
        asked, body = handler.headers.get("Range"), self.content
        if ranges and asked and handler.headers.get("If-Range") == self.etag:
            start = int(asked.removeprefix("bytes=").removesuffix("-"))
            body = body[start:]
            handler.send_response(206)
            size = len(self.content)
            handler.send_header("Content-Range", f"bytes {start}-{size - 1}/{size}")
        else:
            handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.send_header("ETag", self.etag)
        handler.end_headers()
        return body

    def properly(self, handler: BaseHTTPRequestHandler) -> None:
        self.write(handler, self.begin(handler))

    def breaking(self, handler: BaseHTTPRequestHandler) -> None:
        body = self.begin(handler)
        self.write(handler, body[: len(body) // 2])

    def stalling(self, handler: BaseHTTPRequestHandler) -> None:
        body = self.begin(handler)
        self.write(handler, body[: len(body) // 2])
        self.released.wait(20)

    def without_ranges(self, handler: BaseHTTPRequestHandler) -> None:
        self.write(handler, self.begin(handler, ranges=False))

    def without_length(self, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        self.write(handler, self.content)

    def lying(self, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "5")
        handler.end_headers()
        self.write(handler, b"wrong")

    def code(self, code: int) -> Callable[[BaseHTTPRequestHandler], None]:
        return lambda handler: handler.send_error(code)

    def redirecting(self, to: str) -> Callable[[BaseHTTPRequestHandler], None]:
        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(302)
            handler.send_header("Location", to)
            handler.send_header("Content-Length", "0")
            handler.end_headers()

        return answer


@pytest.fixture
def server(folder: Path, content: bytes) -> Iterator[Server]:
    started = Server(content)
    yield started
    started.close()


@pytest.fixture
def second(content: bytes) -> Iterator[Server]:
    started = Server(content)
    yield started
    started.close()


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch, content: bytes, folder: Path) -> Callable[..., str]:
    """Puts a backbone "tiny" with these sources into the table."""
    architecture = backbones._Architecture(build_tiny, (), ("fc.",))
    monkeypatch.setitem(backbones._ARCHITECTURES, "tiny", (architecture,))

    def put(*urls: str, sha256: str = "", note: str = "") -> str:
        sources = tuple(Source(url, sha256 or digest(content)[:8], note) for url in urls)
        row = Backbone("tiny", 64, 1, (0,) * 3, (1,) * 3, "tiny-original.pth", sources)
        monkeypatch.setitem(BACKBONES, "tiny", row)
        return "tiny"

    return put


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def fetch(name: str, **options: object) -> weights.WeightsOnDisk:
    return download_weights(name, **{"timeout": 5.0, "pause": 0.0, **options})  # type: ignore[arg-type]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"tiny.lock"}


COMPLETE = {FILE_NAME, "tiny.json"}


# Downloading


def test_download_and_load(
    server: Server,
    tiny: Callable[..., str],
    folder: Path,
    content: bytes,
    state: dict[str, torch.Tensor],
) -> None:
    name = tiny(server.url)
    told: list[tuple[int, int | None]] = []
    got = fetch(name, progress=lambda done, total: told.append((done, total)))
    assert got.path.read_bytes() == content
    assert (got.sha256, got.bytes, got.verified) == (digest(content), len(content), True)
    assert told[0] == (0, len(content))
    assert told[-1] == (len(content), len(content))
    assert told == sorted(told)
    assert names(folder) == COMPLETE
    assert server.requests[0]["User-Agent"].startswith("BeautyFinder/")
    assert "Range" not in server.requests[0]
    assert json.loads((folder / "tiny.json").read_text())["sha256"] == digest(content)
    network, sha256 = load_network(name)
    assert sha256 == digest(content)
    assert torch.equal(network.state_dict()["2.weight"], state["2.weight"])
    assert fetch(name) == got  # nothing is fetched twice
    assert len(server.requests) == 1


def test_broken_connection_goes_on_where_it_stopped(
    server: Server, tiny: Callable[..., str], content: bytes, folder: Path
) -> None:
    server.answers = [server.breaking, server.breaking, server.properly]
    assert fetch(tiny(server.url)).sha256 == digest(content)
    half = len(content) // 2
    assert server.requests[1]["Range"] == f"bytes={half}-"
    assert server.requests[1]["If-Range"] == '"one"'
    assert server.sent == len(content)  # not a byte was fetched twice
    assert names(folder) == COMPLETE


def test_broken_connections_are_no_failures_while_they_bring_something(
    server: Server, tiny: Callable[..., str]
) -> None:
    server.content = os.urandom(5 << 20)

    def little(handler: BaseHTTPRequestHandler) -> None:
        server.write(handler, server.begin(handler)[: (1 << 20) + 9])

    server.answers = [little]
    got = fetch(tiny(server.url, sha256=digest(server.content)), attempts=2)
    assert got.bytes == server.sent == 5 << 20
    assert len(server.requests) == 5


def test_attempts_come_to_an_end(server: Server, tiny: Callable[..., str]) -> None:
    def little(handler: BaseHTTPRequestHandler) -> None:
        server.write(handler, server.begin(handler)[:10])

    server.answers = [little]
    with pytest.raises(UserError, match=r"127\.0\.0\.1 \(the connection broke off after 30 of"):
        fetch(tiny(server.url), attempts=3)
    assert len(server.requests) == 3


def test_last_modified_serves_where_there_is_no_strong_etag(
    server: Server, tiny: Callable[..., str], content: bytes
) -> None:
    def dated(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(content)))
        handler.send_header("ETag", 'W/"weak"')
        handler.send_header("Last-Modified", "Tue, 01 Feb 2022 00:00:00 GMT")
        handler.end_headers()
        server.write(handler, content[:1000])

    server.answers = [dated, server.without_ranges]
    assert fetch(tiny(server.url)).sha256 == digest(content)
    assert server.requests[1]["If-Range"] == "Tue, 01 Feb 2022 00:00:00 GMT"


def test_server_that_ignores_range_starts_afresh(
    server: Server, tiny: Callable[..., str], content: bytes
) -> None:
    server.answers = [server.breaking, server.without_ranges]
    assert fetch(tiny(server.url)).sha256 == digest(content)
    assert "Range" in server.requests[1]


def test_no_length(server: Server, tiny: Callable[..., str], content: bytes) -> None:
    server.answers = [server.without_length]
    totals = set()
    got = fetch(tiny(server.url), progress=lambda done, total: totals.add(total))
    assert got.sha256 == digest(content)
    assert totals == {None}


def test_changed_etag_starts_afresh(
    server: Server, tiny: Callable[..., str], content: bytes
) -> None:
    def changed(handler: BaseHTTPRequestHandler) -> None:
        server.etag = '"two"'
        server.properly(handler)

    server.answers = [server.breaking, changed]
    assert fetch(tiny(server.url)).sha256 == digest(content)
    assert server.requests[1]["If-Range"] == '"one"'
    assert server.sent == len(content) // 2 + len(content)


@pytest.mark.parametrize(
    ("content_range", "etag"),
    [("bytes 7-99/100", '"one"'), ("", '"one"'), ("{right}", '"two"')],
    ids=["another start", "no Content-Range", "another version"],
)
def test_part_that_does_not_fit_is_not_appended(
    server: Server, tiny: Callable[..., str], content: bytes, content_range: str, etag: str
) -> None:
    half, size = len(content) // 2, len(content)

    def wrong(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(206)
        right = f"bytes {half}-{size - 1}/{size}"
        handler.send_header("Content-Range", content_range.format(right=right))
        handler.send_header("Content-Length", "3")
        handler.send_header("ETag", etag)
        handler.end_headers()
        server.write(handler, b"???")

    server.answers = [server.breaking, wrong, server.properly]
    assert fetch(tiny(server.url)).sha256 == digest(content)
    assert "Range" not in server.requests[2]


def test_whole_part_needs_no_request(
    server: Server, tiny: Callable[..., str], content: bytes, folder: Path
) -> None:
    """Killed between the last byte and the renaming."""
    folder.mkdir()
    part = folder / f"{FILE_NAME}.part"
    part.write_bytes(content)
    about = {"url": server.url, "validator": '"one"', "total": len(content)}
    part.with_name(f"{part.name}.json").write_text(json.dumps(about))
    assert fetch(tiny(server.url)).sha256 == digest(content)
    assert server.requests == []


def test_range_not_satisfiable_starts_afresh(
    server: Server, tiny: Callable[..., str], content: bytes
) -> None:
    server.answers = [server.breaking, server.code(416), server.properly]
    assert fetch(tiny(server.url)).sha256 == digest(content)
    assert "Range" not in server.requests[2]


def test_wrong_hash_is_thrown_away_and_the_next_source_asked(
    server: Server, second: Server, tiny: Callable[..., str], content: bytes, folder: Path
) -> None:
    server.answers = [server.lying]
    assert fetch(tiny(server.url, second.url)).sha256 == digest(content)
    assert len(server.requests) == 1
    assert names(folder) == COMPLETE


def test_wrong_hash_everywhere(server: Server, tiny: Callable[..., str], folder: Path) -> None:
    server.answers = [server.lying]
    with pytest.raises(UserError, match=r"127\.0\.0\.1 \(its SHA-256 is .*backbones import tiny"):
        fetch(tiny(server.url))
    assert names(folder) == set()
    assert find_weights("tiny") is None


def test_full_sum_once_seen_must_match_from_then_on(
    server: Server, tiny: Callable[..., str], content: bytes, folder: Path
) -> None:
    got = fetch(tiny(server.url))
    got.path.unlink()
    record = json.loads((folder / "tiny.json").read_text())
    record["sha256"] = digest(content)[:8] + "0" * 56  # the same start, another file
    (folder / "tiny.json").write_text(json.dumps(record))
    with pytest.raises(UserError, match="SHA-256"):
        fetch("tiny")


def test_stall(server: Server, tiny: Callable[..., str], content: bytes) -> None:
    server.answers = [server.stalling, server.properly]
    began = time.monotonic()
    assert fetch(tiny(server.url), timeout=0.3).sha256 == digest(content)
    assert time.monotonic() - began < 5
    assert "Range" in server.requests[1]


def test_stalling_for_good_names_the_source(server: Server, tiny: Callable[..., str]) -> None:
    server.answers = [lambda handler: bool(server.released.wait(20)) and None]
    with pytest.raises(UserError, match=r"127\.0\.0\.1 \(.*timed out"):
        fetch(tiny(server.url), timeout=0.2, attempts=2)
    assert len(server.requests) == 2


def test_busy_server_is_asked_again(
    server: Server, tiny: Callable[..., str], content: bytes
) -> None:
    server.answers = [server.code(503), server.code(429), server.properly]
    assert fetch(tiny(server.url)).sha256 == digest(content)


def test_every_source_and_its_failure_is_named(
    server: Server, second: Server, tiny: Callable[..., str], folder: Path
) -> None:
    server.answers, second.answers = [server.code(404)], [second.code(403)]
    with pytest.raises(UserError) as caught:
        fetch(tiny(server.url, second.url))
    text = str(caught.value)
    assert "404" in text
    assert "403" in text
    assert "beautyfinder backbones import tiny FILE" in text
    assert "\n" not in text
    assert len(server.requests) == len(second.requests) == 1  # refusals are final


def test_nobody_listens(tiny: Callable[..., str], folder: Path) -> None:
    with pytest.raises(UserError, match="refused"):
        fetch(tiny(f"http://127.0.0.1:9/{FILE_NAME}"), attempts=2)


def test_redirect_is_followed_with_the_range(
    server: Server, tiny: Callable[..., str], content: bytes
) -> None:
    there = server.url.replace(FILE_NAME, "elsewhere")
    server.answers = [server.breaking, server.redirecting(there), server.properly]
    assert fetch(tiny(server.url)).sha256 == digest(content)
    assert server.requests[2]["path"] == "/elsewhere"
    assert "Range" in server.requests[2]


@pytest.mark.parametrize("to", ["http://192.0.2.1/x.pth", "ftp://127.0.0.1/x", "file:///etc/hosts"])
def test_redirect_away_from_https(server: Server, tiny: Callable[..., str], to: str) -> None:
    server.answers = [server.redirecting(to)]
    with pytest.raises(UserError, match=r"(?i)redirect"):
        fetch(tiny(server.url))
    assert len(server.requests) == 1


def test_redirect_never_leaves_https() -> None:
    request = urllib.request.Request("https://example.org/a.pth")
    redirects, body = fetching._Redirects(), io.BytesIO()
    for to in ("http://example.org/a.pth", "http://127.0.0.1/a.pth"):
        with pytest.raises(fetching.SourceFailed):
            redirects.redirect_request(request, body, 302, "", {}, to)
    onwards = redirects.redirect_request(request, body, 302, "", {}, "https://example.com/b")
    assert onwards is not None


def test_redirects_in_a_circle(server: Server, tiny: Callable[..., str]) -> None:
    server.answers = [server.redirecting(server.url)]
    with pytest.raises(UserError, match="redirect") as caught:
        fetch(tiny(server.url))
    assert "\n" not in str(caught.value)
    assert len(server.requests) <= 6


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make a certificate")
def test_certificate_is_checked(server: Server, tiny: Callable[..., str], tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.http.socket = context.wrap_socket(server.http.socket, server_side=True)
    with pytest.raises(UserError, match="certificate is not valid"):
        fetch(tiny(server.url))
    assert server.requests == []


def test_stopping_keeps_the_part(
    server: Server, tiny: Callable[..., str], content: bytes, folder: Path
) -> None:
    name = tiny(server.url)
    server.answers = [server.stalling, server.properly]
    came: list[int] = []
    with pytest.raises(Cancelled):
        fetch(
            name,
            progress=lambda done, total: came.append(done),
            should_stop=lambda: bool(came and came[-1] >= len(content) // 2),
        )
    assert names(folder) == {f"{FILE_NAME}.part", f"{FILE_NAME}.part.json"}
    assert fetch(name).sha256 == digest(content)
    assert "Range" in server.requests[1]
    assert server.sent == len(content)


DOWNLOADS = """
import sys
from beautyfinder.features import backbones, fetching, weights
row = backbones.Backbone("tiny", 64, 1, (0,) * 3, (1,) * 3, "tiny-original.pth",
                         (backbones.Source(sys.argv[1], sys.argv[2]),))
backbones.BACKBONES["tiny"] = row
weights.download_weights("tiny")
"""


def started(url: str, sha256: str) -> subprocess.Popen[bytes]:
    """Another process that downloads the same."""
    root = Path(__file__).parents[2]
    return subprocess.Popen([sys.executable, "-c", DOWNLOADS, url, sha256], cwd=root)


@pytest.mark.skipif(os.name == "nt", reason="kills with a signal")
def test_killed_process_leaves_only_a_part(
    server: Server, tiny: Callable[..., str], content: bytes, folder: Path
) -> None:
    server.answers = [server.stalling, server.properly]
    process = started(server.url, digest(content))
    part = folder / f"{FILE_NAME}.part"
    try:
        until = time.monotonic() + 20
        while not (part.exists() and server.sent) and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(0.2)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    assert names(folder) == {part.name, f"{part.name}.json"}
    tiny(server.url)
    assert find_weights("tiny") is None
    assert fetch("tiny").sha256 == digest(content)
    assert names(folder) == COMPLETE


def test_two_processes_at_once_fetch_it_once(
    server: Server, tiny: Callable[..., str], content: bytes, folder: Path
) -> None:
    asked = threading.Event()

    def slowly(handler: BaseHTTPRequestHandler) -> None:
        body = server.begin(handler)
        server.write(handler, body[:1000])
        asked.set()
        time.sleep(0.5)
        server.write(handler, body[1000:])

    server.answers = [slowly]
    with started(server.url, digest(content)) as process:
        assert asked.wait(20)
        assert fetch(tiny(server.url)).sha256 == digest(content)
        assert process.wait(20) == 0
    assert len(server.requests) == 1
    assert names(folder) == COMPLETE


def test_waiting_for_another_process_can_be_stopped(
    server: Server, tiny: Callable[..., str], folder: Path
) -> None:
    name = tiny(server.url)
    with weights._locked(folder, name, None), pytest.raises(Cancelled):
        fetch(name, should_stop=lambda: True)


def test_no_room(
    server: Server, tiny: Callable[..., str], monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    class Usage:
        free = 10

    monkeypatch.setattr(fetching.shutil, "disk_usage", lambda path: Usage)
    with pytest.raises(UserError, match=f"disk is full.*{folder}"):
        fetch(tiny(server.url))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_disk_that_fills_up(server: Server, tiny: Callable[..., str], folder: Path) -> None:
    folder.mkdir()
    (folder / f"{FILE_NAME}.part").symlink_to("/dev/full")
    with pytest.raises(UserError, match="The disk is full: no room is left"):
        fetch(tiny(server.url))


def test_folder_that_cannot_be(
    tiny: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = tiny("https://example.org/tiny-weights.pth")
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("BEAUTYFINDER_WEIGHTS", str(tmp_path / "file"))
    with pytest.raises(UserError, match="cannot be kept"):
        fetch(name)


def test_nothing_to_download(folder: Path) -> None:
    with pytest.raises(UserError, match="backbones import resnext101_32x4d FILE"):
        download_weights("resnext101_32x4d")
    assert download_weights("efficientnet-lite0").verified
    with pytest.raises(UserError, match="choose one of"):
        download_weights("resnet5")


# Finding


def test_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BEAUTYFINDER_WEIGHTS", str(tmp_path))
    assert weights_folder() == tmp_path
    monkeypatch.delenv("BEAUTYFINDER_WEIGHTS")
    assert weights_folder().parts[-2:] == ("BeautyFinder", "weights")


def test_embedded(folder: Path) -> None:
    found = find_weights("efficientnet-lite0")
    assert found is not None
    assert found.verified
    assert found.sha256.startswith("57934424")
    assert not folder.exists()  # looking leaves no trace


def test_file_put_there_by_hand(
    tiny: Callable[..., str], folder: Path, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = tiny(f"https://example.org/{FILE_NAME}")
    folder.mkdir()
    path = folder / FILE_NAME
    path.write_bytes(content)
    found = find_weights(name)
    assert found is not None
    assert found.sha256 == digest(content)
    monkeypatch.setattr(weights, "file_sha256", lambda *_: pytest.fail("the sum is kept"))
    assert find_weights(name) == found


def test_folder_that_may_only_be_read(
    tiny: Callable[..., str], folder: Path, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    folder.mkdir()
    (folder / FILE_NAME).write_bytes(content)
    monkeypatch.setattr(weights, "write_json", refuse)
    found = find_weights(tiny(f"https://example.org/{FILE_NAME}"))
    assert found is not None


def test_damaged_file_is_reported_and_fetched_again(
    server: Server, tiny: Callable[..., str], content: bytes
) -> None:
    name = tiny(server.url)
    path = fetch(name).path
    path.write_bytes(content[:-1] + b"!")
    with pytest.raises(UserError, match=f"{path} is damaged"):
        find_weights(name)
    with pytest.raises(UserError, match="is damaged"):
        load_network(name)
    assert {row.name: row.state for row in weights_status()}[name] == "damaged"
    assert fetch(name).sha256 == digest(content)
    assert len(server.requests) == 2


def test_change_that_keeps_size_and_time_is_noticed_on_loading(
    server: Server, tiny: Callable[..., str], content: bytes, state: dict[str, torch.Tensor]
) -> None:
    path = fetch(tiny(server.url)).path
    stat = path.stat()
    at = content.index(state["2.weight"].numpy().tobytes()[:64])
    path.write_bytes(content[:at] + b"\0" * 4 + content[at + 4 :])
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    with pytest.raises(UserError, match="is damaged"):
        load_network("tiny")


@pytest.mark.parametrize(
    "record", ["", "[]", '{"file": "../outside.pth"}', '{"file": 3}', '{"file": "gone.pth"}']
)
def test_record_that_is_no_use(
    tiny: Callable[..., str], folder: Path, content: bytes, record: str
) -> None:
    name = tiny(f"https://example.org/{FILE_NAME}")
    folder.mkdir()
    (folder.parent / "outside.pth").write_bytes(content)
    (folder / "tiny.json").write_text(record)
    assert find_weights(name) is None


def test_status(folder: Path) -> None:
    rows = {row.name: row for row in weights_status()}
    assert list(rows) == list(BACKBONES)
    assert rows["efficientnet-lite0"].state == "embedded"
    assert rows["resnet152"].state == "downloadable"
    assert rows["resnet152"].hosts == ("download.pytorch.org",)
    assert rows["resnet152"].file_name == "resnet152-b121ed2d.pth"
    assert rows["senet154"].hosts == ("github.com",)
    assert rows["resnext101_32x4d"].state == "import only"
    assert rows["resnext101_32x4d"].file_name == "resnext101_32x4d-29e315fa.pth"
    assert "torchvision" in rows["resnext101_64x4d"].note


def test_note_belongs_to_the_file() -> None:
    assert "paper" in weights_note("resnext101_64x4d")
    assert "paper" in weights_note("resnext101_64x4d", "173b62eb" + "0" * 56)
    assert weights_note("resnext101_64x4d", "e77a0586" + "0" * 56) == ""
    assert weights_note("resnext101_32x4d") == ""


def test_missing_weights_say_what_to_do(folder: Path) -> None:
    with pytest.raises(UserError, match="run: beautyfinder backbones download resnet152"):
        load_network("resnet152")
    with pytest.raises(UserError, match="run: beautyfinder backbones import resnext101_32x4d FILE"):
        load_network("resnext101_32x4d")


# Importing


@pytest.fixture
def offline(tiny: Callable[..., str]) -> str:
    return tiny(f"https://example.org/{FILE_NAME}", note="a note")


def test_import_of_a_known_file(offline: str, tmp_path: Path, content: bytes, folder: Path) -> None:
    file = tmp_path / "anything.pt"
    file.write_bytes(content)
    got = import_weights(offline, file)
    assert (got.verified, got.note) == (True, "a note")
    assert got.path.read_bytes() == content
    assert find_weights(offline) == got
    assert {path.suffix for path in folder.iterdir()} == {".pt", ".json", ".lock"}
    assert file.exists()


def test_import_of_an_older_format(
    offline: str, tmp_path: Path, state: dict[str, torch.Tensor]
) -> None:
    data = saved(state, _use_new_zipfile_serialization=False)  # vgg16's and resnet50's format
    file = tmp_path / f"tiny-{digest(data)[:8]}.pth"
    file.write_bytes(data)
    assert import_weights(offline, file).verified


def test_import_of_an_unknown_file(
    offline: str, tmp_path: Path, state: dict[str, torch.Tensor]
) -> None:
    state = {key: value + 1 for key, value in state.items()}
    file = tmp_path / "mine.pth"
    file.write_bytes(saved(state))
    with pytest.raises(UserError, match="import it with --unverified"):
        import_weights(offline, file)
    assert find_weights(offline) is None
    got = import_weights(offline, file, unverified=True)
    assert not got.verified
    assert find_weights(offline) == got
    network, sha256 = load_network(offline)
    assert sha256 == got.sha256
    assert torch.equal(network.state_dict()["0.bias"], state["0.bias"])


def test_import_replaces_what_is_installed(
    server: Server, tiny: Callable[..., str], tmp_path: Path, state: dict[str, torch.Tensor]
) -> None:
    name = tiny(server.url)
    before = fetch(name)
    file = tmp_path / "mine.pth"
    file.write_bytes(b"nonsense")
    with pytest.raises(UserError, match=f"{file} is not a file of weights"):
        import_weights(name, file, unverified=True)
    assert find_weights(name) == before
    file.write_bytes(saved({key: value * 2 for key, value in state.items()}))
    assert find_weights(name) == before
    got = import_weights(name, file, unverified=True)
    assert find_weights(name) == got


def test_import_of_a_file_whose_name_does_not_fit(
    offline: str, tmp_path: Path, state: dict[str, torch.Tensor]
) -> None:
    file = tmp_path / "tiny-01234567.pth"
    file.write_bytes(saved({key: value + 1 for key, value in state.items()}))
    with pytest.raises(UserError, match=r"damaged or incomplete.*not 01234567"):
        import_weights(offline, file, unverified=True)


class Malicious:
    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[Callable[..., object], tuple[str]]:
        return (os.mkdir, (str(self.trace),))


@pytest.mark.parametrize("kind", ["pickle", "torch", "torch, older format"])
@pytest.mark.parametrize("suffix", [".pth", ".pt", ".safetensors"])
def test_nothing_in_a_file_is_executed(
    offline: str, tmp_path: Path, kind: str, suffix: str, folder: Path
) -> None:
    trace, file = tmp_path / "trace", tmp_path / f"mine{suffix}"
    if kind == "pickle":
        file.write_bytes(pickle.dumps(Malicious(trace)))
    else:
        zipped = kind == "torch"
        torch.save({"0.weight": Malicious(trace)}, file, _use_new_zipfile_serialization=zipped)
    with pytest.raises(UserError, match=f"{file} .*read safely"):
        import_weights(offline, file, unverified=True)
    with pytest.raises(UserError):
        load_network(offline, file)
    assert not trace.exists()
    assert names(folder) == set()
    if kind == "torch" and suffix == ".pth":  # the trap is a real one
        torch.load(file, weights_only=False)
        assert trace.exists()


@pytest.mark.parametrize("what", [[1, 2], {"0.weight": 3}, {1: torch.zeros(1)}, torch.zeros(2)])
def test_import_of_something_else(offline: str, tmp_path: Path, what: object) -> None:
    file = tmp_path / "mine.pth"
    torch.save(what, file)
    with pytest.raises(UserError, match="is not a state dict"):
        import_weights(offline, file, unverified=True)


def test_import_refuses_other_files(offline: str, tmp_path: Path, content: bytes) -> None:
    for name in ("mine.zip", "missing.pth"):
        with pytest.raises(UserError, match=name):
            import_weights(offline, tmp_path / name)
    file = tmp_path / "mine.pth"
    file.write_bytes(content)
    with pytest.raises(UserError, match="come with the program"):
        import_weights("efficientnet-lite0", file)
    file.write_bytes(saved({"other": torch.zeros(2)}))
    with pytest.raises(UserError, match=r"mine\.pth does not hold weights of tiny: 0\.weight is"):
        import_weights(offline, file, unverified=True)


def safetensors(state: dict[str, torch.Tensor]) -> bytes:
    """Written by the format's description: a length, a header, the tensors' bytes."""
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    body = b""
    for key, value in state.items():
        raw = value.numpy().tobytes()
        dtype = {torch.float32: "F32", torch.float16: "F16", torch.int64: "I64"}[value.dtype]
        offsets = [len(body), len(body) + len(raw)]
        header[key] = {"dtype": dtype, "shape": list(value.shape), "data_offsets": offsets}
        body += raw
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + body


def test_import_of_safetensors(
    offline: str, tmp_path: Path, state: dict[str, torch.Tensor]
) -> None:
    extra = {"fc.weight": torch.zeros(0, 4), "0.num_batches_tracked": torch.tensor(3)}
    halves = {key: value.half() for key, value in state.items()}
    file = tmp_path / "mine.safetensors"
    file.write_bytes(safetensors({**extra, **halves}))
    got = import_weights(offline, file, unverified=True)
    assert got.path.suffix == ".safetensors"
    network, _ = load_network(offline)
    assert network.state_dict()["2.weight"].dtype == torch.float32
    assert torch.equal(network.state_dict()["2.weight"], halves["2.weight"].float())


def test_damaged_safetensors(offline: str, tmp_path: Path, state: dict[str, torch.Tensor]) -> None:
    whole = safetensors(state)
    file = tmp_path / "mine.safetensors"
    damages = [
        b"",
        whole[:4],
        whole[:40],
        whole[:-1],
        struct.pack("<Q", 1 << 62) + whole[8:],
        whole.replace(b'"F32"', b'"F16"', 1),
        whole.replace(b'"F32"', b'"XXX"', 1),
        whole.replace(b"[48, 3, 5, 5]", b"[-1, 3, 5, 5]", 1),
        whole.replace(b"[48, 3, 5, 5]", b"[49, 3, 5, 5]", 1),
        struct.pack("<Q", 2) + b"[]" + whole,
    ]
    for damaged in damages:
        file.write_bytes(damaged)
        with pytest.raises(UserError, match=str(file)):
            import_weights(offline, file, unverified=True)
