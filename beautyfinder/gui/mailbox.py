"""What the window wishes of the engine's thread: the latest of each kind, older ones are lost."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from beautyfinder.gui.inspector.messages import Wanted
from beautyfinder.gui.query import Choices, Query, Region

WHOLE, RECOMMENDED = Region(), Choices()


@dataclass(frozen=True, eq=False)
class Request:
    """A store to open, None to close the one that is open, or a query to look up."""

    token: int
    wish: Path | Query | None
    region: Region = WHOLE
    choices: Choices = RECOMMENDED


class Mailbox:
    """The latest wishes, put in by one thread and taken out by the other; older ones are lost."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._store: Request | None = None
        self._search: Request | None = None
        self._inspection: tuple[int, Wanted] | None = None
        self._latest_search = 0
        self._closed = False

    def put_store(self, request: Request) -> None:
        """Instead of a store that waits to be opened."""
        with self._lock:
            self._store = request

    def put_search(self, request: Request) -> None:
        """Instead of the look-up that waits; the one that runs is outdated."""
        with self._lock:
            self._latest_search = request.token
            self._search = request

    def drop_search(self, token: int) -> None:
        """Nobody wants an answer to an earlier request than `token` any more."""
        with self._lock:
            self._latest_search = token
            self._search = None

    def put_back(self, request: Request) -> None:
        """The search was stopped for a store to be opened: it comes after, if still wanted."""
        with self._lock:
            if self._search is None and self._latest_search == request.token:
                self._search = request

    def take(self) -> Request | None:
        """What to do next, a store before a search; None: nothing."""
        with self._lock:
            if self._closed:
                return None
            if self._store is not None:
                store, self._store = self._store, None
                return store
            search, self._search = self._search, None
            return search

    def put_inspection(self, token: int, wanted: Wanted | None) -> None:
        """Instead of the inspection that waits; None: none is wanted any more."""
        with self._lock:
            self._inspection = None if wanted is None else (token, wanted)

    def take_inspection(self) -> tuple[int, Wanted] | None:
        """What to inspect next; nothing while a store or a search waits."""
        with self._lock:
            if self._closed or self._store is not None or self._search is not None:
                return None
            inspection, self._inspection = self._inspection, None
            return inspection

    def close(self) -> None:
        """Nothing is taken out any more."""
        with self._lock:
            self._closed = True

    def something_waits(self) -> bool:
        """Whether warming up should make way."""
        with self._lock:
            return self._closed or self._store is not None or self._search is not None

    def outdated(self, token: int) -> bool:
        """Whether the running search `token` should stop."""
        with self._lock:
            return self._closed or self._store is not None or self._latest_search != token
