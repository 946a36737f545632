"""The feature store on disk: reading, writing, refusing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import lance
import numpy as np
import pyarrow as pa
import pytest

from beautyfinder.errors import UserError
from beautyfinder.features.keypoints import LocalFeatures, pack
from beautyfinder.store.rows import from_table, to_table
from beautyfinder.store.store import (
    DATASET,
    PRODUCT_COLUMNS,
    DescriptorColumn,
    FeatureStore,
    base_schema,
)

COLUMN = DescriptorColumn("net", "r-mac", 4, "ff" * 32, 320)


def features(count: int) -> LocalFeatures:
    generator = np.random.default_rng(count)
    return LocalFeatures(
        generator.random((count, 2), np.float32),
        generator.random(count, np.float32),
        generator.random(count, np.float32),
        generator.integers(0, 255, (count, 128), np.uint8),
    )


def row(number: int, readable: bool = True) -> dict[str, Any]:
    values: dict[str, Any] = {name: f"{name}{number}" for name in PRODUCT_COLUMNS}
    values |= {"source": "s", "sha256": f"{number:064x}", "file_bytes": 10}
    if not readable:
        return values | {"error": "broken"}
    return values | {
        "width": 3,
        "height": 2,
        "thumbnail": bytes([number]),
        "local_features": pack(features(number)),
        "filled": f"{COLUMN.name} local_features",
        COLUMN.name: np.full(4, number, np.float32),
    }


@pytest.fixture
def store(tmp_path: Path) -> FeatureStore:
    store = FeatureStore.open_or_create(tmp_path / "S")
    with store.locked():
        store.add_descriptor_column(COLUMN)
        rows = [row(number, readable=number % 3 != 0) for number in range(10)]
        store.append(to_table(rows, store.schema(), store.schema().names))
    return store


def test_reads_back_what_was_written(store: FeatureStore) -> None:
    opened = FeatureStore.open(store.folder)
    matrix = opened.read_descriptors(opened.descriptors[0])
    assert opened.descriptors == (COLUMN,)
    assert matrix.offsets.tolist() == [1, 2, 4, 5, 7, 8]
    assert matrix.rows.dtype == np.float16
    assert matrix.rows[:, 0].tolist() == [1, 2, 4, 5, 7, 8]
    images = opened.read_images([8, 1])
    assert [image.image_id for image in images] == ["image_id8", "image_id1"]
    assert images[0].title == "title8"
    local = opened.read_local_features([5, 0])
    assert len(local[0]) == 5
    assert np.array_equal(local[0].descriptors, features(5).descriptors)
    assert len(local[1]) == 0
    assert opened.read_thumbnails([2, 3]) == [b"\x02", None]


def test_info_counts(store: FeatureStore) -> None:
    info = store.info()
    assert (info.images, info.products, info.errors, info.local_features) == (6, 6, 4, 6)
    assert info.version == store.version
    assert info.bytes > 0
    assert store.has_local_features()


def test_offsets_stay_true_after_deleting_updating_and_compacting(store: FeatureStore) -> None:
    with store.locked():
        assert store.delete(["image_id1", "image_id4", "it's not there"]) == 2
        titles = [{"path": "path5", "product_id": "product_id5", "title": "new"}]
        store.update(to_table(titles, store.schema(), ["path", "product_id", "title"]))
        store.compact()
    matrix = store.read_descriptors(COLUMN)
    found = {
        image.image_id: (values[0], image.title)
        for image, values in zip(
            store.read_images(matrix.offsets.tolist()), matrix.rows.tolist(), strict=True
        )
    }
    assert found == {
        "image_id2": (2, "title2"),
        "image_id5": (5, "new"),
        "image_id7": (7, "title7"),
        "image_id8": (8, "title8"),
    }
    assert len(store) == 8


def test_full_pieces_are_left_alone_when_others_are_merged(
    store: FeatureStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("beautyfinder.store.store.PIECE_ROWS", 4)

    def append(number: int) -> None:
        store.append(to_table([row(number)], store.schema(), store.schema().names))

    with store.locked():
        for number in range(10, 18):
            append(number)
        store.compact()
        pieces = store.fragment_names()
        append(18)
        store.compact()
    assert 3 <= len(pieces) <= 5  # 18 rows, ten of them one piece before
    assert set(pieces) - {pieces[-1]} <= set(store.fragment_names())
    names = [image.image_id for image in store.read_images(range(19))]
    assert names == [f"image_id{number}" for number in range(19)]


def test_pieces_of_larger_rows_have_fewer(
    store: FeatureStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.locked():
        for number in range(10, 26):
            store.append(to_table([row(number)], store.schema(), store.schema().names))
        rows = len(store)
        written = sum(
            file.file_size_bytes
            for fragment in lance.dataset(str(store.folder / DATASET)).get_fragments()
            for file in fragment.data_files()
        )
        monkeypatch.setattr("beautyfinder.store.store.PIECE_BYTES", 7 * written // rows)
        store.compact()
    pieces = lance.dataset(str(store.folder / DATASET)).get_fragments()
    first, *others = (piece.count_rows() for piece in pieces)
    assert first == 10  # as the store's rows were written
    assert others
    assert all(4 <= count < 8 for count in others)  # 7 rows, to a power of two
    names = [image.image_id for image in store.read_images(range(rows))]
    assert names == [f"image_id{number}" for number in range(rows)]


def test_compacting_drops_every_deleted_row_or_those_worth_it(
    store: FeatureStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("beautyfinder.store.store.PIECE_ROWS", 10)
    with store.locked():
        store.delete(["image_id4"])
        store.compact(deleted=0.2)
        (piece,) = lance.dataset(str(store.folder / DATASET)).get_fragments()
        assert piece.num_deletions == 1
        store.compact()
        (piece,) = lance.dataset(str(store.folder / DATASET)).get_fragments()
    assert (piece.num_deletions, piece.count_rows()) == (0, 9)


def test_an_opened_version_stays_as_it_was(store: FeatureStore) -> None:
    reader = FeatureStore.open(store.folder)
    with store.locked():
        store.delete(["image_id1"])
    assert len(reader) == 10
    assert len(FeatureStore.open(store.folder)) == 9


def test_second_writer_is_refused(store: FeatureStore) -> None:
    with (
        store.locked(),
        pytest.raises(UserError, match="Another run is writing"),
        FeatureStore.open(store.folder).locked(),
    ):
        pass


def test_column_of_other_weights_does_not_fit(store: FeatureStore) -> None:
    other = DescriptorColumn("net", "r-mac", 4, "00" * 32, 320)
    with pytest.raises(UserError, match="do not fit"):
        store.add_descriptor_column(other)
    with pytest.raises(UserError, match=r"it has: net r-mac"):
        store.descriptor_column("net", "mac")


def test_rows_to_table_and_back(store: FeatureStore) -> None:
    rows = [row(1), row(3, readable=False)]
    back = from_table(to_table(rows, store.schema(), store.schema().names))
    assert back[0]["title"] == "title1"
    assert back[0][COLUMN.name].tolist() == [1, 1, 1, 1]
    assert back[1][COLUMN.name] is None
    assert back[1]["error"] == "broken"


def test_no_store_a_stranger_a_newer_one_and_a_damaged_one(
    store: FeatureStore, tmp_path: Path
) -> None:
    for nothing in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(UserError, match="is not a BeautyFinder catalogue store"):
            FeatureStore.open(nothing)
    stranger = tmp_path / "stranger"
    lance.write_dataset(pa.table({"a": [1]}), str(stranger / DATASET))
    with pytest.raises(UserError, match="damaged or was not made by BeautyFinder"):
        FeatureStore.open(stranger)
    newer = tmp_path / "newer"
    schema = base_schema().with_metadata({b"beautyfinder": json.dumps({"format": 99}).encode()})
    lance.write_dataset(schema.empty_table(), str(newer / DATASET))
    with pytest.raises(UserError, match=r"newer BeautyFinder \(format 99"):
        FeatureStore.open(newer)
    for manifest in (store.folder / DATASET / "_versions").iterdir():
        manifest.write_bytes(b"torn")
    with pytest.raises(UserError, match="damaged") as caught:
        FeatureStore.open(store.folder)
    assert "\n" not in str(caught.value)


def test_a_folder_with_other_things_is_not_made_a_store(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(UserError, match="holds other files"):
        FeatureStore.open_or_create(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.jpg"]


def test_creation_that_was_killed_is_begun_again(tmp_path: Path) -> None:
    (tmp_path / "S" / DATASET / "_versions").mkdir(parents=True)
    assert len(FeatureStore.open_or_create(tmp_path / "S")) == 0


@pytest.mark.parametrize("damage", ["cut", "overwritten", "deleted"])
def test_damaged_data_is_one_sentence_whatever_is_read(store: FeatureStore, damage: str) -> None:
    for file in (store.folder / DATASET / "data").iterdir():
        if damage == "cut":
            file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
        elif damage == "overwritten":
            file.write_bytes(bytes(file.stat().st_size))
        else:
            file.unlink()
    opened = FeatureStore.open(store.folder)
    for read in (
        opened.info,
        opened.has_local_features,
        opened.read_images,
        lambda: opened.read_descriptors(COLUMN),
        lambda: opened.read_local_features([1, 2]),
    ):
        with pytest.raises(UserError, match="is damaged") as caught:
            read()
        assert "\n" not in str(caught.value)
        assert ".rs:" not in str(caught.value)


def test_a_store_without_our_columns_does_not_fit(tmp_path: Path) -> None:
    fewer = base_schema().remove(base_schema().get_field_index("filled"))
    lance.write_dataset(fewer.empty_table(), str(tmp_path / "S" / DATASET))
    with pytest.raises(UserError, match="lacks the columns filled"):
        FeatureStore.open(tmp_path / "S")


def test_losing_the_race_to_create_a_store_opens_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = lance.write_dataset

    def another_was_first(*arguments: Any, **options: Any) -> Any:
        write(*arguments, **options)
        return write(*arguments, **options)

    monkeypatch.setattr(lance, "write_dataset", another_was_first)
    assert len(FeatureStore.open_or_create(tmp_path / "S")) == 0


def test_refreshed_follows_other_writers(store: FeatureStore) -> None:
    reader = FeatureStore.open(store.folder)
    assert reader.refreshed() is reader
    with store.locked():
        store.delete(["image_id1"])
    assert len(reader.refreshed()) == 9
