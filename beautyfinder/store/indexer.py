"""Entries -> features -> store: in batches, taking up where an earlier run stopped."""

from __future__ import annotations

import hashlib
import logging
import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from beautyfinder.errors import Cancelled, UserError
from beautyfinder.features.backbones import DEFAULT_BACKBONE
from beautyfinder.features.descriptor import DeepDescriber
from beautyfinder.features.keypoints import CATALOGUE_LIMIT
from beautyfinder.features.pooling import PAPER_POOLINGS
from beautyfinder.features.text import (
    text_reading_problem,
)
from beautyfinder.photo import PhotoError, read_file
from beautyfinder.store.columns import DescriptorColumn
from beautyfinder.store.extraction import Extractor, one_thread_each
from beautyfinder.store.pending import CATALOGUE_COLUMNS, Pending
from beautyfinder.store.rows import catalogue_values, from_table
from beautyfinder.store.sources import Entry, read_sources, with_sources, with_unique_ids
from beautyfinder.store.store import FeatureStore

log = logging.getLogger(__name__)

_COMPACT_DELETED = 0.1  # of a fragment: fewer rows do not make up for writing it again
_COMPACT_FROM = 16  # fragments: a run that committed more often than this merges them at its end


@dataclass(frozen=True)
class IndexOptions:
    """How to index. `keypoints`: of a picture at the most.

    `commit_rows` and `commit_seconds`: what a killed run loses at the most.
    """

    backbone: str = DEFAULT_BACKBONE
    poolings: tuple[str, ...] = PAPER_POOLINGS
    device: str = "auto"
    local_features: bool = True
    text: bool = True
    keypoints: int = CATALOGUE_LIMIT
    remove_vanished: bool = False
    workers: int = field(default_factory=lambda: min(8, os.cpu_count() or 1))
    batch: int = 16
    commit_rows: int = 512
    commit_seconds: float = 30.0


@dataclass(frozen=True)
class IndexProgress:
    """How far a run is: pictures looked at, of how many, and what became of them.

    `latest_failure`: path and reason of the last of the `failed`; each is the last one once.
    """

    done: int
    total: int
    added: int
    updated: int
    unchanged: int
    failed: int
    latest_failure: tuple[str, str] | None = None


@dataclass(frozen=True)
class IndexReport:
    """What a run did. `failed`: path and reason.

    `vanished`: ids of pictures that the sources no longer have, or have under another path now.
    """

    added: int
    updated: int
    unchanged: int
    failed: tuple[tuple[str, str], ...]
    vanished: tuple[str, ...]
    removed: int
    seconds: float


@dataclass(frozen=True)
class _Known:
    """What the store already holds of an entry."""

    offset: int
    image_id: str
    sha256: str | None
    error: str | None
    filled: frozenset[str]
    catalogue: tuple[str | None, ...]


@dataclass(frozen=True)
class _Donor:
    """A row whose features serve for any picture of the same content."""

    offset: int
    image_id: str
    path: str


@dataclass(frozen=True)
class _Prepared:
    """One entry after its file was read. `row`: the columns to write; `pixels`: for the network."""

    entry: Entry
    known: _Known | None
    columns: str  # one of the keys of Pending
    row: dict[str, Any] | None = None
    pixels: NDArray[np.uint8] | None = None
    donors: tuple[_Donor, ...] = ()
    failure: str | None = None


def index(
    folder: str | Path,
    sources: Sequence[str | Path],
    options: IndexOptions | None = None,
    progress: Callable[[IndexProgress], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> IndexReport:
    """Bring the store in `folder` up to date with `sources`; see `read_sources`.

    Pictures whose content the store has are skipped, or take over the features of the same content
    under another name; files that cannot be read get a row with the reason. Commits in batches: a
    run that is killed is gone on with by running it again. Raises UserError, and Cancelled after
    committing what was done when `should_stop` says so.
    """
    options = options or IndexOptions()
    entries = read_sources(sources, should_stop)
    if Path(folder).is_file():
        raise UserError(f"{folder} is a file; choose a new or an empty folder for --store.")
    describer = DeepDescriber(options.backbone, options.poolings, options.device)
    store = FeatureStore.open_or_create(folder)
    with store.locked():
        return _Run(store, entries, describer, options).run(progress, should_stop)


class _Run:
    """One run of the indexer on a locked store."""

    def __init__(
        self,
        store: FeatureStore,
        entries: Sequence[Entry],
        describer: DeepDescriber,
        options: IndexOptions,
    ) -> None:
        self.store, self.describer, self.options = store, describer, options
        self.wanted = [
            DescriptorColumn(
                describer.backbone.name,
                pooling,
                describer.backbone.channels,
                describer.weights_sha256,
                describer.longer_side,
            )
            for pooling in options.poolings
        ]
        for column in self.wanted:
            store.add_descriptor_column(column)
        self.feature_names = [column.name for column in self.wanted]
        if options.local_features:
            self.feature_names.append("local_features")
        if options.text:
            problem = text_reading_problem()
            if problem is None:
                self.feature_names.append("words")
            else:
                log.warning("%s The catalogue is indexed without them.", problem)
        self.known: dict[tuple[str, str], _Known] = {}
        self.donors: dict[str, tuple[_Donor, ...]] = {}
        self.vanished: dict[str, None] = {}  # a set that keeps its order
        self.disowned: list[dict[str, Any]] = []  # rows that only other sources still name
        taken = self._read_known(entries)
        new = [entry for entry in entries if entry.key not in self.known]
        named = {e.key: e for e in with_unique_ids(new, taken)}
        self.entries = [named.get(e.key) or self._keeping_id(e) for e in entries]
        self.snapshot = FeatureStore.open(store.folder)  # donors' offsets are of this version
        self.failed: list[tuple[str, str]] = []
        self.extractor = Extractor(describer, self.wanted, self.feature_names, options.keypoints)
        self.pending = Pending(store, ["sha256", "file_bytes", "width", "height", "thumbnail",
                                        "error", "filled", *self.feature_names])  # fmt: skip
        self.pending.rows["catalogue"] += self.disowned
        self.counts = dict.fromkeys(("added", "updated", "unchanged"), 0)

    def run(
        self, progress: Callable[[IndexProgress], None], should_stop: Callable[[], bool]
    ) -> IndexReport:
        started = last_commit = time.monotonic()
        batch: list[_Prepared] = []
        for done, prepared in enumerate(self._read_ahead(should_stop), 1):
            if prepared.pixels is not None:
                batch.append(prepared)
            else:
                self._take_in(prepared)
            due = len(self.pending) + len(batch) >= self.options.commit_rows
            due = due or time.monotonic() - last_commit >= self.options.commit_seconds
            if due or len(batch) >= self.options.batch:
                self._describe(batch)
                batch = []
            if due:
                self.pending.commit()
                last_commit = time.monotonic()
            latest = self.failed[-1] if self.failed else None
            progress(
                IndexProgress(
                    done,
                    len(self.entries),
                    failed=len(self.failed),
                    latest_failure=latest,
                    **self.counts,
                )
            )
        self._describe(batch)
        self.pending.commit()
        if should_stop():
            raise Cancelled(
                f"Stopped; {self.counts['added'] + self.counts['updated']} pictures are in the "
                f"store {self.store.folder}. Run the same command again to go on."
            )
        removed = 0
        if self.options.remove_vanished and self.vanished:
            removed = self.store.delete(self.vanished)
        if self.store.fragments() > _COMPACT_FROM:
            self.store.compact(deleted=_COMPACT_DELETED)
        return IndexReport(
            failed=tuple(self.failed),
            vanished=tuple(self.vanished),
            removed=removed,
            seconds=time.monotonic() - started,
            **self.counts,
        )

    def _read_known(self, entries: Sequence[Entry]) -> dict[str, str]:
        """Learn what the store holds of the entries; returns the ids that are taken, by path."""
        table = self.store.table([*CATALOGUE_COLUMNS, "sha256", "error", "filled"])
        here = {entry.key for entry in entries}
        sources = {source for entry in entries for source in entry.source.splitlines()}
        for offset, row in enumerate(table.to_pylist()):
            filled = frozenset((row["filled"] or "").split())
            key = (row["path"], row["product_id"])
            if key in here:
                values = tuple(row[name] for name in CATALOGUE_COLUMNS)
                self.known[key] = _Known(
                    offset, row["image_id"], row["sha256"], row["error"], filled, values
                )
            elif not sources.isdisjoint(row["source"].splitlines()):
                others = [s for s in row["source"].splitlines() if s not in sources]
                if others:
                    catalogue = {name: row[name] for name in CATALOGUE_COLUMNS}
                    self.disowned.append(catalogue | {"source": "\n".join(others)})
                else:
                    self.vanished[row["image_id"]] = None
            if filled.issuperset(self.feature_names):
                donor = _Donor(offset, row["image_id"], row["path"])
                self.donors[row["sha256"]] = (*self.donors.get(row["sha256"], ()), donor)
        paths = table["path"].to_pylist()
        return dict(zip(table["image_id"].to_pylist(), paths, strict=True))

    def _keeping_id(self, entry: Entry) -> Entry:
        known = self.known[entry.key]
        entry = replace(entry, image=replace(entry.image, image_id=known.image_id))
        return with_sources(entry, known.catalogue[-1] or "")

    def _read_ahead(self, should_stop: Callable[[], bool]) -> Iterator[_Prepared]:
        """Every entry read and prepared, in order; threads stay some batches ahead."""
        ahead = 2 * self.options.batch + self.options.workers
        waiting: deque[Future[_Prepared]] = deque()
        with (
            one_thread_each(),
            ThreadPoolExecutor(
                self.options.workers, "indexer", initializer=torch.set_num_threads, initargs=(1,)
            ) as pool,
        ):
            try:
                for entry in self.entries:
                    if should_stop():
                        break
                    waiting.append(pool.submit(self._prepare, entry))
                    if len(waiting) >= ahead:
                        yield waiting.popleft().result()
                while waiting and not should_stop():
                    yield waiting.popleft().result()
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    def _prepare(self, entry: Entry) -> _Prepared:
        """Read one file and all but its deep descriptors; runs in the pool's threads."""
        known = self.known.get(entry.key)
        path = entry.image.path
        sha256 = None
        if entry.problem:
            return self._failure(entry, known, sha256, entry.problem)
        try:
            data = read_file(path)
            sha256 = hashlib.sha256(data).hexdigest()
            same = known is not None and known.error is None and known.sha256 == sha256
            kept = known.filled if same and known is not None else frozenset()
            if known is not None and same and kept.issuperset(self.feature_names):
                values = tuple(catalogue_values(entry).values())
                columns = "unchanged" if values == known.catalogue else "catalogue"
                return _Prepared(entry, known, columns, catalogue_values(entry))
            columns = "new" if known is None else "features" if same else "everything"
            row = catalogue_values(entry) | {"sha256": sha256, "file_bytes": len(data)}
            row["filled"] = " ".join(sorted(kept.union(self.feature_names)))
            if sha256 in self.donors:
                return _Prepared(entry, known, columns, row, donors=self.donors[sha256])
            row |= self._kept(known, kept)
            pixels = self.extractor.extract(data, row, kept)
            return _Prepared(entry, known, columns, row, pixels)
        except PhotoError as error:
            return self._failure(entry, known, sha256, str(error))
        except (MemoryError, cv2.error) as error:  # one odd picture does not end the run
            reason = f"{path} could not be processed ({' '.join(str(error).split())[:120]})."
            return self._failure(entry, known, sha256, reason)

    def _kept(self, known: _Known | None, kept: frozenset[str]) -> dict[str, Any]:
        """Features that the store has of the same content: computing them costs far more."""
        names = [name for name in self.feature_names if name in kept]
        if known is None or not names:
            return {}
        return from_table(self.snapshot.table(names, [known.offset]))[0]

    def _failure(
        self, entry: Entry, known: _Known | None, sha256: str | None, reason: str
    ) -> _Prepared:
        # A file that is gone for the moment (a drive not plugged in) does not cost its features.
        keep = known is not None and known.error is None and sha256 is None
        told = known is not None and (known.sha256, known.error) == (sha256, reason)
        columns = "unchanged" if keep or told else "new" if known is None else "everything"
        row = catalogue_values(entry) | {"sha256": sha256, "error": reason}
        return _Prepared(entry, known, columns, row, failure=reason)

    def _take_in(self, prepared: _Prepared) -> None:
        """Note a prepared entry that needs no network, or no longer does."""
        assert prepared.row is not None
        row = prepared.row
        if prepared.failure is not None:
            self.failed.append((prepared.entry.image.path, prepared.failure))
        elif prepared.columns in self.counts:
            self.counts[prepared.columns] += 1
        else:
            self.counts["added" if prepared.columns == "new" else "updated"] += 1
        if prepared.donors:
            donated = ["width", "height", "thumbnail", *self.feature_names]
            row |= from_table(self.snapshot.table(donated, [prepared.donors[0].offset]))[0]
            # The file was moved: the row under its old path is of no use any more.
            moved = (donor for donor in prepared.donors if not os.path.exists(donor.path))
            self.vanished.update((donor.image_id, None) for donor in moved)
        if prepared.columns != "unchanged":
            self.pending.rows[prepared.columns].append(row)

    def _describe(self, batch: Sequence[_Prepared]) -> None:
        rows = [prepared.row for prepared in batch if prepared.row is not None]
        self.extractor.describe(rows, [p.pixels for p in batch if p.pixels is not None])
        for prepared in batch:
            self._take_in(prepared)
