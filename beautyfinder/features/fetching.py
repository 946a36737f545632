"""One file from the web onto the disk: taken up where it broke off, checked by SHA-256."""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import re
import shutil
import ssl
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from beautyfinder import __version__
from beautyfinder.errors import Cancelled, UserError
from beautyfinder.features.backbones import is_trustworthy

Progress = Callable[[int, int | None], None]
ShouldStop = Callable[[], bool]

_BLOCK = 1 << 18
_LARGEST = 4 << 30  # bytes: no file of weights is half as large
_GAIN = 1 << 20  # bytes: a broken connection that brought less counts as a failure


class SourceFailed(Exception):
    """This source won't do; the next one may."""


def fetch(
    url: str,
    expected: str,
    part: Path,
    *,
    progress: Progress | None,
    should_stop: ShouldStop | None,
    timeout: float,
    attempts: int,
    pause: float,
) -> str:
    """Fetches `url` into `part`, going on where an earlier run stopped; returns its SHA-256.

    `expected`: the sum or the start of it. See `download_weights` for the rest. Raises SourceFailed
    where the file can't be had there, Cancelled, and UserError where the disk is full.
    """
    return _Fetch(url, expected, part, progress, should_stop, timeout).run(attempts, pause)


class _Broken(Exception):
    """The connection broke off or the server is busy: worth another attempt."""


class _Redirects(urllib.request.HTTPRedirectHandler):
    """At most five, and never away from https: not even to this machine."""

    max_redirections = 5

    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        left_https = req.type == "https" and urlsplit(newurl).scheme != "https"
        if left_https or not is_trustworthy(newurl):
            fp.close()
            raise SourceFailed("it redirects away from https")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


@dataclass(frozen=True)
class _Fetch:
    """One source's file on its way into `part`; beside it, whose part it is and of what size."""

    url: str
    expected: str
    part: Path
    progress: Progress | None
    should_stop: ShouldStop | None
    timeout: float

    def run(self, attempts: int, pause: float) -> str:
        """The SHA-256 of the whole file, now in `part`; SourceFailed where it can't be had."""
        failures, most = 0, 0
        while True:
            try:
                sha256 = self._attempt()
                break
            except _Broken as error:
                size = _size(self.part)
                failures = 1 if size >= most + _GAIN else failures + 1
                most = max(most, size)
                if failures >= attempts:
                    raise SourceFailed(str(error)) from error
                until = time.monotonic() + pause * 2 ** (failures - 1)
                while time.monotonic() < until:
                    check_stop(self.should_stop)
                    time.sleep(min(0.1, pause))
        if not sha256.startswith(self.expected):
            discard(self.part)
            raise SourceFailed(f"its SHA-256 is {sha256[:16]}…, not {self.expected[:16]}…")
        return sha256

    def _attempt(self) -> str:
        state = read_json(_state_file(self.part))
        validator = str(state.get("validator", ""))
        mine = state.get("url") == self.url and validator
        offset = _size(self.part) if mine else 0
        if offset and offset == state.get("total"):
            return file_sha256(self.part, self.should_stop)
        headers = {
            "User-Agent": f"BeautyFinder/{__version__}",
            "Accept-Encoding": "identity",  # ranges and sums are of the file as it is
        }
        if offset:
            headers |= {"Range": f"bytes={offset}-", "If-Range": validator}
        check_stop(self.should_stop)
        with self._open(urllib.request.Request(self.url, headers=headers)) as response:
            offset, total = self._place(response, offset, validator)
            room = shutil.disk_usage(self.part.parent).free
            if total is not None and room < total - offset:
                raise disk_full(self.part.parent, total - offset)
            return self._receive(response, offset, total)

    def _open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        try:
            secure = urllib.request.HTTPSHandler(context=ssl.create_default_context())
            opener = urllib.request.build_opener(_Redirects, secure)
            response: http.client.HTTPResponse = opener.open(request, timeout=self.timeout)
        except urllib.error.HTTPError as error:
            error.close()
            if error.code == 416:
                discard(self.part)
            answer = f"{error.code} {error.reason}".replace("\n", " ")
            if error.code in (408, 416, 425, 429) or error.code >= 500:
                raise _Broken(answer) from error
            raise SourceFailed(answer) from error
        except urllib.error.URLError as error:
            if isinstance(error.reason, ssl.SSLCertVerificationError):
                raise SourceFailed("its certificate is not valid") from error
            raise _Broken(str(error.reason)) from error
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise _Broken(str(error) or type(error).__name__) from error
        return response

    def _place(
        self, response: http.client.HTTPResponse, offset: int, validator: str
    ) -> tuple[int, int | None]:
        """Where in the file the answer begins, and the file's size where the server says."""
        given = _validator(response)
        if response.status == 206:
            text = response.headers.get("Content-Range", "")
            match = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", text.strip())
            fits = match is not None and int(match[1]) == offset and int(match[2]) < int(match[3])
            if match is None or not fits or (offset and given not in ("", validator)):
                discard(self.part)
                raise _Broken("it answered with another part of the file than asked for")
            return offset, int(match[3])
        if response.status != 200:
            raise SourceFailed(f"it answered {response.status} {response.reason}")
        length = response.headers.get("Content-Length", "")
        total = int(length) if length.isdigit() else None
        self.part.write_bytes(b"")  # before the new state: old bytes must not pass for new ones
        state = {"url": self.url, "validator": given, "total": total}
        write_json(_state_file(self.part), state)
        return 0, total

    def _receive(self, response: http.client.HTTPResponse, offset: int, total: int | None) -> str:
        digest = hashlib.sha256()
        with self.part.open("r+b" if offset else "wb") as file:
            done = copy_hashing(file, None, digest, self.should_stop) if offset else 0
            while True:
                if self.progress is not None:
                    self.progress(done, total)
                check_stop(self.should_stop)
                try:
                    block = response.read1(_BLOCK)
                except (OSError, http.client.HTTPException) as error:
                    raise _Broken(str(error) or type(error).__name__) from error
                if not block:
                    break
                file.write(block)
                digest.update(block)
                done += len(block)
                if done > _LARGEST:
                    discard(self.part)
                    raise SourceFailed("its file is too large to be weights")
            file.flush()
            os.fsync(file.fileno())
        if total is not None and done != total:
            raise _Broken(f"the connection broke off after {done} of {total} bytes")
        return digest.hexdigest()


def _validator(response: http.client.HTTPResponse) -> str:
    """What tells one version of a file from another: a strong ETag, else the time of change."""
    etag = response.headers.get("ETag", "")
    strong = etag.startswith('"')
    return etag if strong else response.headers.get("Last-Modified", "")


def _state_file(part: Path) -> Path:
    return part.with_name(f"{part.name}.json")


def _size(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


def discard(part: Path) -> None:
    """Deletes a part and what is noted beside it."""
    part.unlink(missing_ok=True)
    _state_file(part).unlink(missing_ok=True)


def file_sha256(file: Path, should_stop: ShouldStop | None = None) -> str:
    """SHA-256 of a file in lower-case hex; UserError where it cannot be read."""
    digest = hashlib.sha256()
    try:
        with file.open("rb") as stream:
            copy_hashing(stream, None, digest, should_stop)
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error}.") from error
    return digest.hexdigest()


def copy_hashing(
    source: IO[bytes], target: IO[bytes] | None, digest: Any, should_stop: ShouldStop | None
) -> int:
    """Copies to `target` where there is one, feeding `digest`; returns the bytes copied."""
    copied = 0
    while block := source.read(_BLOCK):
        check_stop(should_stop)
        digest.update(block)
        copied += len(block)
        if target is not None:
            target.write(block)
    return copied


def check_stop(should_stop: ShouldStop | None) -> None:
    """Raises Cancelled when `should_stop()`."""
    if should_stop is not None and should_stop():
        raise Cancelled


def read_json(file: Path) -> dict[str, Any]:
    """The object in a JSON file; an empty one where there is none or it is no use."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def write_json(file: Path, content: dict[str, Any]) -> None:
    """Writes the file in one step: it is the old one or the new one, never half of it."""
    passing = file.with_name(f".{file.name}.{uuid.uuid4().hex}")
    try:
        passing.write_text(json.dumps(content, indent=1), encoding="utf-8")
        os.replace(passing, file)
    finally:
        passing.unlink(missing_ok=True)


def disk_full(folder: Path, needed: int = 0) -> UserError:
    """The error to raise where `folder` has no room, for `needed` bytes where that is known."""
    size = f"{needed / 1e6:.0f} MB are needed in" if needed else "no room is left in"
    return UserError(
        f"The disk is full: {size} {folder}; make room, or set BEAUTYFINDER_WEIGHTS to another."
    )
