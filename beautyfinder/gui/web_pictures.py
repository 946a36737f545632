"""Fetches the one remote picture that a person dropped or pasted, within stated limits."""

from __future__ import annotations

import codecs
import threading
from typing import TYPE_CHECKING
from urllib.parse import unquote

from PySide6.QtCore import QObject, QTimer, QUrl, Signal, Slot

from beautyfinder import __version__
from beautyfinder.gui.html_pictures import HtmlPictures
from beautyfinder.gui.query import BytesQuery

if TYPE_CHECKING:  # imported when first something is fetched
    from PySide6.QtNetwork import QNetworkAccessManager, QNetworkReply, QNetworkRequest

MAX_PICTURE = 40 * 1024 * 1024
"""Most bytes of a picture, whether or not its length is told beforehand."""
MAX_PAGE = 2 * 1024 * 1024
"""Most bytes of a page that are looked through for its picture."""
MAX_REDIRECTS = 5
SILENCE_MS, WHOLE_MS = 15_000, 60_000
"""Longest time without data, and for everything that one drop leads to."""

_POLL_MS = 10  # until Qt's network is loaded
_PIECE = 64 * 1024  # a page is looked through in pieces, so that the window goes on
_PAGE_PICTURES = 3  # of a page's pictures so many are tried
_PAGE, _PICTURE = "text/html", ("image/", "application/octet-stream", "binary/octet-stream")
_ACCEPT = b"image/jpeg,image/png,image/webp,image/avif,image/*;q=0.8,text/html;q=0.5,*/*;q=0.1"


class PictureFetcher(QObject):
    """One fetch at a time, in the thread of the window and without blocking it.

    `started` (the host) for each address that is asked; `progressed` (bytes so far, bytes in all
    or 0 where that is not told); then `fetched` (a BytesQuery) or `failed` (a sentence); neither
    after `cancel`. Nothing is kept: no cookies, no cache, no passwords.

    Hosts of the own machine and network are asked like any other: shops are tested and run there,
    and it is a person who dropped the address, not a page that could reach what the person cannot.
    """

    started = Signal(str)
    progressed = Signal(int, int)
    fetched = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._manager: QNetworkAccessManager | None = None
        self._reply: QNetworkReply | None = None
        self._waiting: list[tuple[str, bool]] = []  # addresses; whether one may be a page
        self._may_be_page = True
        self._redirects = 0
        self._data = bytearray()
        self._page: _PageReader | None = None
        self._why = ""
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self._on_time_over)
        self._loading: threading.Thread | None = None
        self._poll = QTimer(self)
        self._poll.setInterval(_POLL_MS)
        self._poll.timeout.connect(self._on_poll)
        self.silence_ms, self.whole_ms = SILENCE_MS, WHOLE_MS

    def fetch(self, *urls: str) -> None:
        """Fetch the picture at the first of `urls` that has one; what went on before is left."""
        self.cancel()
        self._waiting = [(url, True) for url in urls]
        self._clock.start(self.whole_ms)
        if self._loading is None:
            self._loading = threading.Thread(target=_load_network, name="load network")
            self._loading.start()
        self._poll.start()

    def cancel(self) -> None:
        """Stop; nothing more is heard of it."""
        self._waiting, self._why = [], ""
        self._clock.stop()
        self._poll.stop()
        self._drop_reply()

    def is_busy(self) -> bool:
        """Whether something is being fetched."""
        return self._clock.isActive()

    @Slot()
    def _on_poll(self) -> None:
        if self._loading is None or not self._loading.is_alive():
            self._poll.stop()
            self._next()

    def _next(self) -> None:
        """Ask the next address, or say why the first one failed."""
        if not self._waiting:
            why = self._why
            self.cancel()
            self.failed.emit(why)
            return
        url, self._may_be_page = self._waiting.pop(0)
        self._redirects = 0
        self._ask(QUrl(url))

    def _ask(self, url: QUrl) -> None:
        from PySide6.QtNetwork import QNetworkAccessManager

        if url.scheme() not in ("http", "https") or not url.host():
            self._give_up(
                self.tr("“{address}” is not fetched: only https and http addresses are.").format(
                    address=url.toDisplayString()[:80]
                )
            )
            return
        url.setUserInfo("")
        if self._manager is None:
            self._manager = QNetworkAccessManager(self)
        self._data.clear()
        self._page = None
        self.started.emit(url.host())
        if not self.is_busy():  # whoever heard it may have cancelled
            return
        reply = self._reply = self._manager.get(self._request(url))
        reply.setReadBufferSize(_PIECE)
        reply.metaDataChanged.connect(self._on_header)
        reply.readyRead.connect(self._on_data)
        reply.finished.connect(self._on_finished)

    def _request(self, url: QUrl) -> QNetworkRequest:
        from PySide6.QtNetwork import QNetworkRequest

        request, names = QNetworkRequest(url), QNetworkRequest.Attribute
        for name in (
            names.CookieLoadControlAttribute, names.CookieSaveControlAttribute,
            names.AuthenticationReuseAttribute,
        ):  # fmt: skip
            request.setAttribute(name, QNetworkRequest.LoadControl.Manual.value)
        control = QNetworkRequest.CacheLoadControl.AlwaysNetwork.value
        request.setAttribute(names.CacheLoadControlAttribute, control)
        request.setAttribute(names.CacheSaveControlAttribute, False)
        manual = QNetworkRequest.RedirectPolicy.ManualRedirectPolicy.value  # see _follow
        request.setAttribute(names.RedirectPolicyAttribute, manual)
        request.setRawHeader(b"User-Agent", f"BeautyFinder/{__version__}".encode())
        request.setRawHeader(b"Accept", _ACCEPT)
        request.setTransferTimeout(self.silence_ms)
        return request

    @Slot()
    def _on_header(self) -> None:
        """Nothing is read that is no picture, no page, or too large by its own account."""
        reply = self._reply
        if reply is None or self._status() // 100 != 2:
            return
        kind = self._kind()
        if kind == _PAGE and self._may_be_page:
            self._page = _PageReader(reply.url().toString())
        elif not kind.startswith(_PICTURE) or kind.startswith("image/svg"):
            self._give_up(
                self.tr("{host} sent no picture but “{kind}”. Save the picture and drop its file.")
                .format(host=reply.url().host(), kind=kind or self.tr("something unnamed"))
            )  # fmt: skip
        elif self._told_length() > MAX_PICTURE:
            self._give_up(self._too_large())

    @Slot()
    def _on_data(self) -> None:
        reply = self._reply
        if reply is None:
            return
        piece = bytes(reply.readAll().data())
        if self._status() // 100 != 2:  # an error's page, a redirect's: not wanted
            return
        if self._page is not None:
            self._page.feed(piece)
            if self._page.done():
                self._try_pictures_of_page()
            return
        self._data += piece
        if len(self._data) > MAX_PICTURE:
            self._give_up(self._too_large())
        else:
            self.progressed.emit(len(self._data), max(self._told_length(), 0))

    @Slot()
    def _on_finished(self) -> None:
        from PySide6.QtNetwork import QNetworkReply, QNetworkRequest

        self._on_data()  # what came last
        reply = self._reply
        if reply is None:
            return
        target = reply.attribute(QNetworkRequest.Attribute.RedirectionTargetAttribute)
        if isinstance(target, QUrl) and not target.isEmpty():
            self._follow(reply.url(), reply.url().resolved(target))
        elif reply.error() != QNetworkReply.NetworkError.NoError:
            self._give_up(self._trouble(reply))
        elif self._page is not None:
            self._try_pictures_of_page()
        elif not is_picture(bytes(self._data[:32])):
            self._give_up(
                self.tr("What {host} sent is not a picture of a known kind. Save the picture and "
                        "drop its file.").format(host=reply.url().host())
            )  # fmt: skip
        else:
            query = BytesQuery(bytes(self._data), _name_of(reply.url()))
            self.cancel()
            self._data.clear()
            self.fetched.emit(query)

    def _follow(self, source: QUrl, target: QUrl) -> None:
        self._redirects += 1
        host = source.host()
        if self._redirects > MAX_REDIRECTS:
            self._give_up(self.tr("{host} redirects without end.").format(host=host))
        elif source.scheme() == "https" and target.scheme() == "http":
            self._give_up(
                self.tr("{host} leads to an address that is not secure; it is not followed.")
                .format(host=host)
            )  # fmt: skip
        else:
            self._drop_reply()
            self._ask(target)

    def _try_pictures_of_page(self) -> None:
        """The page's pictures are next; what they lead to must be a picture, not a page again."""
        assert self._page is not None
        assert self._reply is not None
        found = [url for url in self._page.addresses() if url.startswith("http")][:_PAGE_PICTURES]
        self._waiting[:0] = [(url, False) for url in found]
        self._give_up(
            self.tr("The page at {host} shows no picture that can be fetched. Copy the picture "
                    "itself.").format(host=self._reply.url().host())
        )  # fmt: skip

    def _give_up(self, why: str) -> None:
        """This address is of no use; the first one's reason is the one that people are told."""
        self._why = self._why or why
        self._drop_reply()
        self._next()

    @Slot()
    def _on_time_over(self) -> None:
        host = self._reply.url().host() if self._reply is not None else ""
        self.cancel()
        self.failed.emit(self._too_slow(host))

    def _drop_reply(self) -> None:
        reply, self._reply = self._reply, None
        if reply is not None:
            reply.metaDataChanged.disconnect(self._on_header)
            reply.readyRead.disconnect(self._on_data)
            reply.finished.disconnect(self._on_finished)
            reply.abort()
            reply.deleteLater()

    def _status(self) -> int:
        from PySide6.QtNetwork import QNetworkRequest

        assert self._reply is not None
        code = self._reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
        return code if isinstance(code, int) else 0

    def _header(self, name: str) -> str:
        assert self._reply is not None
        return bytes(self._reply.rawHeader(name).data()).decode("latin-1").strip()

    def _kind(self) -> str:
        return self._header("content-type").partition(";")[0].strip().lower()

    def _told_length(self) -> int:
        length = self._header("content-length")
        return int(length[:15]) if length.isdecimal() else 0

    def _too_large(self) -> str:
        return self.tr(
            "The picture is larger than {limit} MiB. Save it smaller and drop its file."
        ).format(limit=MAX_PICTURE // 2**20)

    def _too_slow(self, host: str) -> str:
        return self.tr("{host} took too long to send the picture. Try again, or save it first."
        ).format(host=host)  # fmt: skip

    def _trouble(self, reply: QNetworkReply) -> str:
        """Why the network failed, as people say it."""
        from PySide6.QtNetwork import QNetworkReply

        errors, host = QNetworkReply.NetworkError, reply.url().host()
        code, status = reply.error(), self._status()
        if code in (errors.OperationCanceledError, errors.TimeoutError):
            return self._too_slow(host)  # cancelled by the time-out: by us it is never heard
        if code == errors.HostNotFoundError:
            words = self.tr("There is no host {host}. Check the address and the connection.")
        elif code == errors.SslHandshakeFailedError:
            words = self.tr("{host} cannot prove that it is {host}: nothing is fetched from it.")
        elif status in (404, 410):
            words = self.tr("{host} has no such picture (any more).")
        elif status in (401, 402, 403, 407):
            words = self.tr("{host} does not give this picture away. Save it and drop its file.")
        elif status >= 400:
            words = self.tr("{host} could not send the picture (error {status}). Try again later.")
        else:
            words = self.tr("The picture cannot be fetched from {host}: {reason}.")
        return words.format(host=host, status=status, reason=reply.errorString().rstrip("."))


def _load_network() -> None:
    """In a thread: Qt's network and the system's certificates, which take a quarter of a second.

    Asking an address without a host loads everything and connects to nothing. It must be asked for:
    of all that loads the certificates only `get` lets other threads of Python go on meanwhile.
    """
    from PySide6.QtNetwork import QNetworkAccessManager, QNetworkRequest

    manager = QNetworkAccessManager()
    reply = manager.get(QNetworkRequest(QUrl("https:///")))
    reply.abort()


class _PageReader:
    """Looks through a page as it comes, until its picture is known or it is too long."""

    def __init__(self, address: str) -> None:
        self._parser = HtmlPictures(address)
        # Whatever the page is written in: tags and addresses are ASCII in all that pages use.
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._read = 0

    def feed(self, piece: bytes) -> None:
        self._read += len(piece)
        self._parser.feed(self._decoder.decode(piece))

    def done(self) -> bool:
        return self._parser.told() or self._read >= MAX_PAGE

    def addresses(self) -> list[str]:
        return self._parser.addresses()


def is_picture(head: bytes) -> bool:
    """Whether a file's first 32 bytes are those of a kind of picture that is read here."""
    if head[4:8] == b"ftyp":
        names = {head[8:12], *(head[at : at + 4] for at in range(16, 32, 4))}
        known = b"avif avis heic heix heim heis hevc hevx hevm hevs mif1 msf1"
        return bool(names & set(known.split()))
    if head[:4] == b"RIFF":
        return head[8:12] == b"WEBP"
    starts = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"BM")
    return head.startswith((*starts, b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"))


def _name_of(url: QUrl) -> str:
    """What to call the picture: the last part of its address, or the host."""
    return unquote(url.path()).rstrip("/").rpartition("/")[2][:120] or url.host()
