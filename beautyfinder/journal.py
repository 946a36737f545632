"""The history: look-ups as they were, and which products people said are right or wrong.

One SQLite file. A Journal belongs to the thread that made it; the window's is
gui/journal_keeper.py's own.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from beautyfinder.errors import UserError

if TYPE_CHECKING:  # a tenth of a second that a start without history need not pay
    import sqlite3

KEPT = 1000  # look-ups; with photo and pictures some 200 kB each
VERSION = 1
RIGHT_FILE, WRONG_FILE = "queries.csv", "wrong.csv"
_BUSY_S = 5.0

_T = TypeVar("_T")

_TABLES = """
CREATE TABLE look_up (
    id TEXT PRIMARY KEY, time TEXT NOT NULL, name TEXT NOT NULL, path TEXT,
    photo BLOB NOT NULL, region TEXT NOT NULL, store TEXT NOT NULL, verdict TEXT NOT NULL,
    best TEXT NOT NULL, hits TEXT NOT NULL, method TEXT NOT NULL
);
CREATE INDEX look_up_time ON look_up (time);
CREATE TABLE picture (
    look_up TEXT NOT NULL REFERENCES look_up (id) ON DELETE CASCADE,
    image_id TEXT NOT NULL, jpeg BLOB NOT NULL, PRIMARY KEY (look_up, image_id)
);
CREATE TABLE label (
    look_up TEXT NOT NULL REFERENCES look_up (id) ON DELETE CASCADE,
    product_id TEXT NOT NULL, correct INTEGER NOT NULL, time TEXT NOT NULL,
    PRIMARY KEY (look_up, product_id)
);
"""
_COLUMNS = "id, time, name, path, photo, region, store, verdict, best, hits, method"


@dataclass(frozen=True)
class LookUp:
    """One look-up.

    time: UTC, ISO 8601. path: of the photo's file, None where it came from the clipboard. photo:
    the photo, whole and unturned, as JPEG of at most 1024 pixels. region: which part was looked up
    (`turns`, quarter turns clockwise; `box`, left, top, width, height as shares of the turned
    photo, or None). store: the catalogue's folder. best: the name of the best hit. hits, method:
    plain data of at most 100 hits and of the Method. pictures: small JPEGs of some hits by image
    id, so that they can be shown when the catalogue has gone.
    """

    id: str
    time: str
    name: str
    path: str | None
    photo: bytes
    region: Mapping[str, Any]
    store: str
    verdict: str
    best: str
    hits: Sequence[Mapping[str, Any]] = ()
    method: Mapping[str, Any] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Label:
    """What a person said: that a look-up's photo shows this product, or that it does not."""

    look_up: str
    product_id: str
    right: bool
    time: str


@dataclass(frozen=True)
class Exported:
    """How many photos have a right product, and how many labels are right and wrong."""

    folder: Path
    queries: int
    right: int
    wrong: int


def now() -> str:
    """The time as a LookUp has it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Journal:
    """For one thread. `notice`: a sentence where a damaged file was set aside, else empty.

    Every method raises UserError where the file cannot be read or written; one that finds it
    damaged moves it aside first, so that the next one has a new history.
    """

    def __init__(self, path: Path, kept: int = KEPT) -> None:
        """Open the history in `path`, or begin one. `kept`: how many look-ups at most."""
        self.notice = ""
        self._path, self._kept = path, kept
        self._connection: sqlite3.Connection | None = None
        try:
            self._run(lambda _connection: None)
        except _Damaged as damage:
            self.notice = str(damage)
            self._run(lambda _connection: None)

    def add(self, look_up: LookUp) -> None:
        """Keep `look_up`, and no more than `kept`: the oldest without labels go first."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                f"INSERT INTO look_up ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (look_up.id, look_up.time, look_up.name, look_up.path, look_up.photo,
                 json.dumps(dict(look_up.region)), look_up.store, look_up.verdict, look_up.best,
                 json.dumps([dict(hit) for hit in look_up.hits]), json.dumps(dict(look_up.method))),
            )  # fmt: skip
            connection.executemany(
                "INSERT INTO picture (look_up, image_id, jpeg) VALUES (?, ?, ?)",
                [(look_up.id, name, jpeg) for name, jpeg in look_up.pictures.items()],
            )
            connection.execute(
                "DELETE FROM look_up WHERE id IN (SELECT id FROM look_up WHERE id != ? ORDER BY "
                "EXISTS (SELECT 1 FROM label WHERE label.look_up = look_up.id), time, rowid "
                "LIMIT max(0, (SELECT count(*) FROM look_up) - ?))",
                (look_up.id, self._kept),
            )

        self._run(work)

    def find(self, text: str = "", limit: int = 100, offset: int = 0) -> list[LookUp]:
        """Look-ups whose name, best hit, verdict or catalogue has all words of `text`.

        The newest first; without hits and pictures, see `get`.
        """
        told = "name || ' ' || best || ' ' || verdict || ' ' || store"
        words = text.split()
        where = " AND ".join([rf"{told} LIKE ? ESCAPE '\'"] * len(words)) or "1"
        columns = _COLUMNS.replace("hits, method", "'[]', '{}'")
        query = (
            f"SELECT {columns} FROM look_up WHERE {where} "
            "ORDER BY time DESC, rowid DESC LIMIT ? OFFSET ?"
        )
        values = (*(f"%{_like(word)}%" for word in words), limit, offset)
        rows = self._run(lambda connection: connection.execute(query, values).fetchall())
        return [_look_up(row, {}) for row in rows]

    def get(self, look_up: str) -> LookUp:
        """All of one look-up. Raises UserError where it was erased."""

        def work(connection: sqlite3.Connection) -> tuple[Any, list[Any]]:
            one, id_ = connection.execute, (look_up,)
            row = one(f"SELECT {_COLUMNS} FROM look_up WHERE id = ?", id_).fetchone()
            pictures = one("SELECT image_id, jpeg FROM picture WHERE look_up = ?", id_)
            return row, pictures.fetchall()

        row, pictures = self._run(work)
        if row is None:
            raise UserError("That look-up is no longer in the history.")
        return _look_up(row, dict(pictures))

    def erase(self, look_up: str) -> None:
        """Forget one look-up and what was said of it."""
        self._run(lambda one: one.execute("DELETE FROM look_up WHERE id = ?", (look_up,)))

    def erase_all(self) -> None:
        """Forget everything, and give the room on the disk back."""
        self._run(lambda connection: connection.execute("DELETE FROM look_up"))
        self._run(lambda connection: connection.execute("VACUUM"))

    def label(self, look_up: str, product_id: str, right: bool | None) -> None:
        """Keep that the photo shows the product, or does not; None takes back what was said."""

        def work(connection: sqlite3.Connection) -> None:
            if right is None:
                connection.execute(
                    "DELETE FROM label WHERE look_up = ? AND product_id = ?", (look_up, product_id)
                )
                return
            connection.execute(
                "INSERT OR REPLACE INTO label (look_up, product_id, correct, time) "
                "SELECT id, ?, ?, ? FROM look_up WHERE id = ?",
                (product_id, int(right), now(), look_up),
            )

        self._run(work)

    def labels(self, look_up: str | None = None) -> list[Label]:
        """What was said of one look-up, or of all, the oldest first."""
        query = (
            "SELECT look_up, product_id, correct, time FROM label "
            "WHERE ? IS NULL OR look_up = ? ORDER BY time, rowid"
        )
        rows = self._run(lambda one: one.execute(query, (look_up, look_up)).fetchall())
        return [Label(row[0], row[1], bool(row[2]), row[3]) for row in rows]

    def export_ground_truth(self, folder: Path) -> Exported:
        """Write the labelled queries into `folder`, for `evaluate --queries`.

        queries.csv lists the right products, wrong.csv what is said not to be right (`evaluate`
        does not read that); the photos, turned and cut as they were looked up, go into photos/.
        Raises UserError: nothing is labelled, there is a queries.csv already, no file can be
        written.
        """
        labels = self.labels()
        if not labels:
            raise UserError(
                "No look-up in the history is labelled yet: mark hits with “This is it” first."
            )
        for name in (RIGHT_FILE, WRONG_FILE):
            if (folder / name).exists():
                raise UserError(f"{folder} has a {name} already: choose another folder.")
        files: dict[str, str] = {}
        try:
            (folder / "photos").mkdir(parents=True, exist_ok=True)
            for look_up in dict.fromkeys(label.look_up for label in labels):
                entry = self.get(look_up)
                files[look_up] = f"photos/{_file_name(entry)}"
                (folder / files[look_up]).write_bytes(_as_looked_up(entry))
            for name, right in ((RIGHT_FILE, True), (WRONG_FILE, False)):
                rows = [
                    (files[one.look_up], one.product_id) for one in labels if one.right is right
                ]
                if rows:
                    _write_table(folder / name, rows)
        except OSError as error:
            raise UserError(
                f"The labelled queries cannot be written to {folder}: {error.strerror or error}."
            ) from error
        right_ones = {label.look_up for label in labels if label.right}
        wrong = sum(not label.right for label in labels)
        return Exported(folder, len(right_ones), len(labels) - wrong, wrong)

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _run(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """`work` in a transaction of its own."""
        import sqlite3

        try:
            if self._connection is None:
                self._connection = self._open()
            with self._connection as connection:
                return work(connection)
        except sqlite3.OperationalError as error:
            raise UserError(
                f"The history {self._path} cannot be used ({error}); look-ups are not remembered "
                "until it can: close other programs that use it, or check who may write there."
            ) from error
        except sqlite3.DatabaseError as error:
            raise _Damaged(self._set_aside(error)) from error
        except OSError as error:
            raise UserError(
                f"The history {self._path} cannot be used: {error.strerror or error}."
            ) from error

    def _open(self) -> sqlite3.Connection:
        import sqlite3

        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path, timeout=_BUSY_S)
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")  # erased is erased
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version == 0:
                connection.executescript(
                    f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version = {VERSION}; COMMIT;"
                )
            elif version != VERSION:
                raise UserError(
                    f"The history {self._path} was made by a newer BeautyFinder; "
                    "look-ups are not remembered with this one."
                )
        except BaseException:
            connection.close()
            raise
        return connection

    def _set_aside(self, why: Exception) -> str:
        """Move the damaged file away; says so in one sentence."""
        self.close()
        stamp = f"{datetime.now():%Y%m%d-%H%M%S}"
        aside = self._path.with_name(f"{self._path.stem}-damaged-{stamp}{self._path.suffix}")
        try:
            self._path.replace(aside)
        except OSError as error:
            raise UserError(
                f"The history {self._path} is damaged ({why}) and cannot be moved away: "
                f"{error.strerror or error}."
            ) from error
        for ending in ("-journal", "-wal"):  # they belong to the damaged one
            with suppress(OSError):
                Path(f"{self._path}{ending}").unlink(missing_ok=True)
        return (
            f"The history {self._path} was damaged ({why}): a new one was begun, "
            f"and the old file is kept as {aside.name}."
        )


class _Damaged(UserError):
    """The file was damaged and has been moved aside."""


def _look_up(row: Sequence[Any], pictures: Mapping[str, bytes]) -> LookUp:
    id_, time, name, path, photo, region, store, verdict, best, hits, method = row
    try:
        return LookUp(id_, time, name, path, bytes(photo), json.loads(region), store, verdict, best,
                      tuple(json.loads(hits)), json.loads(method), pictures)  # fmt: skip
    except ValueError as error:
        raise UserError(
            f"The look-up of {name} in the history is damaged ({error}); erase it."
        ) from error


def _like(word: str) -> str:
    for sign in ("\\", "%", "_"):
        word = word.replace(sign, f"\\{sign}")
    return word


def _file_name(entry: LookUp) -> str:
    """Legal on every system, and of this look-up alone."""
    stem = re.sub(r"[^\w-]+", "-", Path(entry.name).stem).strip("-")[:60]
    return f"{stem or 'photo'}-{entry.id[:12]}.jpg"


def _as_looked_up(entry: LookUp) -> bytes:
    """The photo's JPEG, turned and cut to the entry's region. Raises OSError."""
    turns, box = int(entry.region.get("turns", 0)) % 4, entry.region.get("box")
    if not turns and box is None:
        return entry.photo
    from PIL import Image

    photo = Image.open(io.BytesIO(entry.photo)).convert("RGB")
    photo = photo.rotate(-90 * turns, expand=True)  # Pillow turns counter-clockwise
    if box is not None:
        left, top, width, height = box
        w, h = photo.size
        edges = (
            round(left * w),
            round(top * h),
            round((left + width) * w),
            round((top + height) * h),
        )
        photo = photo.crop((*edges[:2], max(edges[2], edges[0] + 1), max(edges[3], edges[1] + 1)))
    out = io.BytesIO()
    photo.save(out, "JPEG", quality=92)
    return out.getvalue()


def _write_table(path: Path, rows: Sequence[tuple[str, str]]) -> None:
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("image", "product_id"), *rows])
    part.replace(path)
