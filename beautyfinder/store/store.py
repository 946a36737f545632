"""FeatureStore: the catalogue on disk. One Lance dataset, one row per product image."""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import lance
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from beautyfinder.errors import UserError
from beautyfinder.features.keypoints import LocalFeatures, no_features, unpack
from beautyfinder.features.text import Word, unpack_words
from beautyfinder.store.columns import METADATA, DescriptorColumn, DescriptorMatrix
from beautyfinder.store.product import ProductImage

log = logging.getLogger(__name__)

FORMAT = 1
DATASET = "catalogue.lance"
DERIVED = "derived"
KEY = ["path", "product_id"]
PRODUCT_COLUMNS = (
    "image_id", "product_id", "path", "title", "brand", "price", "url", "description",
)  # fmt: skip
_OWN_NAMES = {DATASET, DERIVED, ".lock"}
# Old versions stay this long, so that a look-up under way keeps the files that it reads.
KEEP_VERSIONS = timedelta(hours=1)
# Compaction merges fragments to pieces of at least so many rows, or as many as fit into so many
# bytes (rounded down to a power of two), and fewer than twice as many. It holds a piece in memory
# while it does, and what is as large is neither read nor written again.
PIECE_ROWS, PIECE_BYTES = 8192, 1 << 27


@dataclass(frozen=True)
class StoreInfo:
    """What `beautyfinder store info` tells. `images` can be found, `errors` could not be read."""

    images: int
    products: int
    errors: int
    descriptors: tuple[DescriptorColumn, ...]
    local_features: int
    words: int
    format: int
    version: int
    bytes: int


def base_schema() -> pa.Schema:
    """Every column but the descriptors', which are added as backbones are."""
    texts = [pa.field(name, pa.string()) for name in (*PRODUCT_COLUMNS, "source", "sha256")]
    return pa.schema(
        [
            *texts,
            pa.field("file_bytes", pa.int64()),
            pa.field("width", pa.int32()),
            pa.field("height", pa.int32()),
            pa.field("thumbnail", pa.binary()),
            pa.field("local_features", pa.binary()),
            pa.field("words", pa.string()),  # read off the pack
            # Names of the feature columns that are filled, separated by blanks: told from here,
            # since asking a column for its nulls would read gigabytes.
            pa.field("filled", pa.string()),
            pa.field("error", pa.string()),
        ],
        metadata={METADATA: json.dumps({"format": FORMAT}).encode()},
    )


class FeatureStore:
    """One version of a store, opened. Reading sees that version even while others write.

    Rows are addressed by offset (position within the version). Every write returns with the store
    at its new version; use `locked` around writes.
    """

    def __init__(self, folder: Path, dataset: lance.LanceDataset) -> None:
        self.folder = folder
        self._dataset = dataset
        self._has: dict[tuple[int, str], bool] = {}  # by version and feature column

    @classmethod
    def open(cls, folder: str | Path) -> FeatureStore:
        """Open the newest version. Raises UserError: no store, damaged, or of a newer format."""
        folder = Path(folder)
        if not has_store(folder):
            raise UserError(
                f"{folder} is not a BeautyFinder catalogue store; build one with "
                f"`beautyfinder index SOURCE --store {folder}`."
            )
        try:
            dataset = lance.dataset(str(folder / DATASET))
            metadata = json.loads((dataset.schema.metadata or {})[METADATA])
            written = int(metadata["format"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise UserError(
                f"The store {folder} is damaged or was not made by BeautyFinder "
                f"({_first_line(error)}); restore it from a copy or index again into a new folder."
            ) from error
        if written > FORMAT:
            raise UserError(
                f"The store {folder} was made by a newer BeautyFinder (format {written}; this "
                f"version reads up to {FORMAT}); update BeautyFinder to open it."
            )
        wanting = [f.name for f in base_schema() if f not in list(dataset.schema)]
        if wanting:
            raise UserError(
                f"The store {folder} does not fit this version: it lacks the columns "
                f"{', '.join(wanting[:4])}; index again into a new folder."
            )
        return cls(folder, dataset)

    @classmethod
    def open_or_create(cls, folder: str | Path) -> FeatureStore:
        """Open the store, or make an empty one in a new or empty folder.

        Raises UserError when `folder` holds other things or cannot be written.
        """
        folder = Path(folder)
        if has_store(folder):
            return cls.open(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            strangers = {path.name for path in folder.iterdir()} - _OWN_NAMES
            if strangers:
                raise UserError(
                    f"{folder} holds other files ({sorted(strangers)[0]}, …) and no catalogue "
                    "store; choose a new or an empty folder for --store."
                )
            dataset = lance.write_dataset(
                base_schema().empty_table(), str(folder / DATASET), mode="create"
            )
        except OSError as error:
            if has_store(folder):  # another run made it at the same moment
                return cls.open(folder)
            raise UserError(
                f"No store can be made in {folder} ({error.strerror or _first_line(error)}); "
                "choose a new or an empty folder for --store."
            ) from error
        return cls(folder, dataset)

    @property
    def version(self) -> int:
        """The dataset's version; every write raises it."""
        return int(self._dataset.version)

    @property
    def descriptors(self) -> tuple[DescriptorColumn, ...]:
        """The columns of descriptors that the store has."""
        columns = []
        for field in self._dataset.schema:
            if field.name.startswith("descriptor_") and METADATA in (field.metadata or {}):
                origin = json.loads(field.metadata[METADATA])
                columns.append(DescriptorColumn(dimensions=field.type.list_size, **origin))
        return tuple(columns)

    def descriptor_column(self, backbone: str, pooling: str) -> DescriptorColumn:
        """The column of that backbone and pooling; UserError names those that there are."""
        for column in self.descriptors:
            if (column.backbone, column.pooling) == (backbone, pooling):
                return column
        there = ", ".join(f"{c.backbone} {c.pooling}" for c in self.descriptors) or "none"
        raise UserError(
            f"The store {self.folder} has no descriptors of {backbone} with {pooling} (it has: "
            f"{there}); index again with --backbone {backbone} --pooling {pooling}."
        )

    def __len__(self) -> int:
        with self._telling_damage():
            return int(self._dataset.count_rows())

    def refreshed(self) -> FeatureStore:
        """This store if it is still the newest version, else the newest."""
        with self._telling_damage():
            newest = int(self._dataset.latest_version)
        return self if newest == self.version else FeatureStore.open(self.folder)

    @contextmanager
    def _telling_damage(self) -> Iterator[None]:
        """Whatever Lance and Arrow raise over damaged files becomes one sentence."""
        try:
            yield
        except (OSError, ValueError, KeyError) as error:
            raise UserError(
                f"The store {self.folder} is damaged ({_first_line(error)}); restore it from a "
                "copy or index again into a new folder."
            ) from error

    def info(self) -> StoreInfo:
        """Counts and sizes; reads the short columns only."""
        table = self.table(["product_id", "error", "filled"])
        readable = table.filter(table["error"].is_null())

        def filled(column: str) -> int:
            return pc.sum(pc.match_substring(table["filled"], column)).as_py() or 0

        return StoreInfo(
            images=readable.num_rows,
            products=len(readable["product_id"].unique()),
            errors=table.num_rows - readable.num_rows,
            descriptors=self.descriptors,
            local_features=filled("local_features"),
            words=filled("words"),
            format=FORMAT,
            version=self.version,
            bytes=_size_on_disk(self.folder),
        )

    # Reading

    def has_local_features(self) -> bool:
        """Whether any picture has its local features stored."""
        return self._is_filled_anywhere("local_features")

    def has_words(self) -> bool:
        """Whether the words on any picture were read, though there may have been none on it."""
        return self._is_filled_anywhere("words")

    def _is_filled_anywhere(self, column: str) -> bool:
        # Kept, since of half a million pictures it takes 0.1 s, and every look-up asks.
        key = (self.version, column)
        if key not in self._has:
            with self._telling_damage():
                count = self._dataset.count_rows(filter=f"filled LIKE '%{column}%'")
            self._has[key] = bool(count)
        return self._has[key]

    def table(self, columns: Sequence[str], offsets: Sequence[int] | None = None) -> pa.Table:
        """The columns as an Arrow table: of every row in order, or of the rows at `offsets`."""
        with self._telling_damage():
            if offsets is None:
                return self._dataset.to_table(columns=list(columns))
            if len(offsets) == 0:
                return self._dataset.schema.empty_table().select(list(columns))
            return self._dataset.take([int(offset) for offset in offsets], columns=list(columns))

    def read_images(self, offsets: Sequence[int] | None = None) -> list[ProductImage]:
        """What the catalogue says of the rows at `offsets`, or of every row."""
        return [
            ProductImage(**{name: value or "" for name, value in row.items()})
            for row in self.table(PRODUCT_COLUMNS, offsets).to_pylist()
        ]

    def read_local_features(self, offsets: Sequence[int]) -> list[LocalFeatures]:
        """Local features of the rows at `offsets`; empty ones where the store has none."""
        column = self.table(["local_features"], offsets).column(0)
        with self._telling_damage():
            return [unpack(v.as_py()) if v.is_valid else no_features() for v in column]

    def read_words(self, offsets: Sequence[int]) -> list[tuple[Word, ...]]:
        """Words on the packs of the rows at `offsets`; none where the store has none."""
        column = self.table(["words"], offsets).column(0)
        with self._telling_damage():
            return [unpack_words(v.as_py()) if v.is_valid else () for v in column]

    def read_thumbnails(self, offsets: Sequence[int]) -> list[bytes | None]:
        """JPEG bytes of the rows at `offsets`, None where a picture could not be read."""
        values: list[bytes | None] = self.table(["thumbnail"], offsets).column(0).to_pylist()
        return values

    def read_descriptors(self, column: DescriptorColumn) -> DescriptorMatrix:
        """The whole column; memory: 2 bytes a number, read in pieces."""
        rows = np.empty((len(self), column.dimensions), np.float16)
        offsets = np.empty(len(rows), np.int64)
        filled = 0
        for part in self.descriptor_batches(column):
            end = filled + len(part.rows)
            rows[filled:end], offsets[filled:end] = part.rows, part.offsets
            filled = end
        return DescriptorMatrix(offsets[:filled], rows[:filled])

    def descriptor_batches(
        self, column: DescriptorColumn, first: int = 0
    ) -> Iterator[DescriptorMatrix]:
        """The column a few thousand rows at a time, from the `first` of the `fragment_names` on."""
        with self._telling_damage():
            fragments = self._dataset.get_fragments()
            start = sum(fragment.count_rows() for fragment in fragments[:first])
            if first == len(fragments):
                return
            scanner = self._dataset.scanner(columns=[column.name], fragments=fragments[first:])
            for batch in scanner.to_batches():
                values = batch.column(0)
                valid = np.flatnonzero(values.is_valid().to_numpy(zero_copy_only=False))
                rows = values.flatten().to_numpy().reshape(-1, column.dimensions)
                yield DescriptorMatrix(valid + start, rows)
                start += len(values)

    def fragment_names(self) -> tuple[str, ...]:
        """What tells the pieces of the dataset apart, with what was deleted or changed in each.

        Files are never rewritten: a later version that begins with the same names begins with the
        same rows.
        """
        with self._telling_damage():
            pieces = [fragment.metadata.to_json() for fragment in self._dataset.get_fragments()]
        return tuple(
            hashlib.blake2b(json.dumps(piece, sort_keys=True).encode(), digest_size=16).hexdigest()
            for piece in pieces
        )

    def read_descriptor_rows(
        self, column: DescriptorColumn, offsets: Sequence[int]
    ) -> NDArray[np.float32]:
        """Descriptors (K, D) of the rows at `offsets`; zeros where there is none."""
        rows = np.zeros((len(offsets), column.dimensions), np.float32)
        values = self.table([column.name], offsets).column(0).combine_chunks()
        with self._telling_damage():
            valid = values.is_valid().to_numpy(zero_copy_only=False)
            rows[valid] = values.flatten().to_numpy().reshape(-1, column.dimensions)
        return rows

    # Writing

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the store against other writers. Raises UserError when another one is at work."""
        lock = FileLock(self.folder / ".lock")
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise UserError(
                f"Another run is writing to the store {self.folder}; wait for it or stop it."
            ) from error
        except OSError as error:
            raise UserError(
                f"The store {self.folder} cannot be written: {error.strerror}."
            ) from error
        try:
            self._dataset = lance.dataset(str(self.folder / DATASET))  # others may have written
            yield
        finally:
            lock.release()

    def add_descriptor_column(self, column: DescriptorColumn) -> None:
        """Add the column, null in every row. Raises UserError if it is there but does not fit."""
        for present in self.descriptors:
            if present.name != column.name:
                continue
            if present != column:
                raise UserError(
                    f"The store {self.folder} has descriptors of {column.backbone} with "
                    f"{column.pooling} that do not fit: they have {present.dimensions} numbers "
                    f"from weights {present.weights_sha256[:8]} at {present.longer_side} px, now "
                    f"it is {column.dimensions} from {column.weights_sha256[:8]} at "
                    f"{column.longer_side} px; use the same weights or index into a new store."
                )
            return
        self._dataset.add_columns(pa.schema([column.field()]))

    def append(self, rows: pa.Table) -> None:
        """Add rows, all of them or none. Columns that `rows` lacks are null."""
        self._dataset = lance.write_dataset(rows, self._dataset, mode="append")

    def update(self, rows: pa.Table) -> None:
        """Set columns of the rows with the same `KEY`, all of them or none."""
        self._dataset.merge_insert(KEY).when_matched_update_all().execute(rows)

    def delete(self, image_ids: Iterable[str]) -> int:
        """Delete the rows with these image ids; returns how many there were."""
        before = len(self)
        ids = sorted(set(image_ids))
        for start in range(0, len(ids), 500):
            quoted = ", ".join("'" + i.replace("'", "''") + "'" for i in ids[start : start + 500])
            self._dataset.delete(f"image_id IN ({quoted})")
        return before - len(self)

    def compact(self, keep: timedelta = KEEP_VERSIONS, deleted: float = 0) -> None:
        """Merge fragments to pieces of PIECE_ROWS or PIECE_BYTES, drop deleted rows and the
        versions older than `keep`. A full piece is written again where more than this share is
        `deleted`.
        """
        self._dataset.optimize.compact_files(
            target_rows_per_fragment=self._piece_rows(),
            materialize_deletions_threshold=deleted,
            num_threads=1,
        )
        self._dataset.cleanup_old_versions(older_than=keep)

    def _piece_rows(self) -> int:
        pieces = [fragment.metadata for fragment in self._dataset.get_fragments()]
        rows = sum(piece.physical_rows for piece in pieces)
        size = sum(file.file_size_bytes or 0 for piece in pieces for file in piece.files)
        # To a power of two, so that it seldom changes: of more rows, all pieces are written again.
        wanted: int = PIECE_BYTES * rows // max(1, size)
        return min(PIECE_ROWS, 1 << max(0, wanted.bit_length() - 1))

    def schema(self) -> pa.Schema:
        """The dataset's schema, for building rows."""
        return self._dataset.schema

    def fragments(self) -> int:
        """How many pieces the dataset consists of: each batch of an index run adds one."""
        return len(self._dataset.get_fragments())


def has_store(folder: Path) -> bool:
    """Whether a store was made in `folder`; it may still be damaged or of a newer format."""
    # A run killed while creating leaves a folder without any version: that is no store yet.
    versions = folder / DATASET / "_versions"
    return versions.is_dir() and any(versions.iterdir())


def _size_on_disk(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        with suppress(OSError):  # gone since it was listed: another run compacts
            total += path.stat().st_size if path.is_file() else 0
    return total


def _first_line(error: BaseException) -> str:
    """Of a message of Lance's without the place in its source code that it ends with."""
    lines = str(error).strip().splitlines()
    return re.sub(r",? ?/[^ ]*\.rs:\d+.*", "", lines[0])[:160] if lines else type(error).__name__
