"""Indexing: what is added, skipped, re-read, copied, reported; and killing it at any moment."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pyarrow as pa
import pytest
import torch

from beautyfinder.errors import Cancelled, UserError
from beautyfinder.features.descriptor import DeepDescriber
from beautyfinder.features.text import CATALOGUE, Reading, Word
from beautyfinder.features.text_engine import TextReadingError
from beautyfinder.store import extraction, indexer
from beautyfinder.store.check import check_store
from beautyfinder.store.indexer import IndexOptions, IndexReport, index
from beautyfinder.store.store import DATASET, FeatureStore
from tests.pictures import pack_picture, save

OPTIONS = IndexOptions(poolings=("mac", "r-mac"), device="cpu", text=False)


def counts(report: IndexReport) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, len(report.failed)


def content(folder: Path) -> dict[str, tuple[object, ...]]:
    """Everything of each row but its place: what two equal stores share."""
    store = FeatureStore.open(folder)
    names = [c.name for c in store.descriptors]
    columns = ["image_id", "product_id", "title", "sha256", "filled", "error", "local_features"]
    columns.append("words")
    table = store.table([*columns, *names])
    rows = table.to_pylist()
    assert len({row["image_id"] for row in rows}) == len(rows)
    return {
        row["image_id"]: (
            *(row[name] for name in columns),
            *(None if row[n] is None else np.round(row[n], 2).tobytes() for n in names),
        )
        for row in rows
    }


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    for number in range(6):
        save(pack_picture(number), tmp_path / "catalogue" / f"pack{number}.png")
    return tmp_path / "catalogue"


def test_second_run_adds_only_what_is_new_and_re_reads_what_changed(pictures: Path) -> None:
    store = pictures.parent / "S"
    assert counts(index(store, [pictures], OPTIONS)) == (6, 0, 0, 0)
    before = content(store)
    version = FeatureStore.open(store).version
    assert counts(index(store, [pictures], OPTIONS)) == (0, 0, 6, 0)
    assert FeatureStore.open(store).version == version
    save(pack_picture(50), pictures / "new" / "front.png")
    save(pack_picture(51), pictures / "pack0.png")
    # The same size and times as before do not hide that the content is another.
    os.utime(pictures / "pack0.png", (0, 0))
    assert counts(index(store, [pictures], OPTIONS)) == (1, 1, 5, 0)
    after = content(store)
    assert after["pack0.png"] != before["pack0.png"]
    assert after["new/front.png"][1] == "new"
    assert {k: v for k, v in after.items() if k in before and k != "pack0.png"} == {
        k: v for k, v in before.items() if k != "pack0.png"
    }
    assert check_store(FeatureStore.open(store)) == []


def test_unreadable_files_are_recorded_and_mended_ones_come_in(pictures: Path) -> None:
    store = pictures.parent / "S"
    (pictures / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 not a picture")
    (pictures / "text.png").write_text("hello")
    report = index(store, [pictures], OPTIONS)
    assert counts(report) == (6, 0, 0, 2)
    assert {Path(path).name for path, _ in report.failed} == {"broken.jpg", "text.png"}
    info = FeatureStore.open(store).info()
    assert (info.images, info.errors) == (6, 2)
    version = FeatureStore.open(store).version
    assert counts(index(store, [pictures], OPTIONS)) == (0, 0, 6, 2)
    assert FeatureStore.open(store).version == version
    save(pack_picture(60), pictures / "text.png")
    assert counts(index(store, [pictures], OPTIONS)) == (0, 1, 6, 1)
    assert FeatureStore.open(store).info().errors == 1


def test_a_vanished_file_is_reported_and_removed_on_request(pictures: Path) -> None:
    store = pictures.parent / "S"
    index(store, [pictures], OPTIONS)
    (pictures / "pack3.png").unlink()
    report = index(store, [pictures], OPTIONS)
    assert (report.vanished, report.removed) == (("pack3.png",), 0)
    assert "pack3.png" in content(store)
    removing = replace(OPTIONS, remove_vanished=True)
    assert index(store, [pictures], removing).removed == 1
    assert "pack3.png" not in content(store)


def test_same_content_elsewhere_takes_the_features_over(
    pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = pictures.parent / "S"
    index(store, [pictures], OPTIONS)
    moved = pictures.parent / "moved"
    shutil.move(pictures, moved)

    def no_decoding(*_: object) -> None:
        raise AssertionError("a picture whose features are known was decoded")

    monkeypatch.setattr(extraction, "decode_reduced", no_decoding)
    report = index(store, [moved], OPTIONS)
    assert counts(report) == (6, 0, 0, 0)
    rows = content(store)
    assert rows["moved/pack1.png"][3:] == rows["pack1.png"][3:]
    assert sorted(report.vanished) == [f"pack{number}.png" for number in range(6)]


def test_a_csv_that_changed_changes_the_texts_alone(
    pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, listing = pictures.parent / "S", pictures.parent / "list.csv"
    lines = [f"catalogue/pack{n}.png,P{n},Title {n}" for n in range(6)]
    listing.write_text("\n".join(["image,product_id,title", *lines]), encoding="utf-8")
    assert counts(index(store, [listing], OPTIONS)) == (6, 0, 0, 0)
    before = content(store)
    lines[2] = "catalogue/pack2.png,P2,A better title"
    listing.write_text("\n".join(["image,product_id,title", *lines]), encoding="utf-8")
    monkeypatch.setattr(extraction, "decode_reduced", None)
    assert counts(index(store, [listing], OPTIONS)) == (0, 1, 5, 0)
    after = content(store)
    assert after["catalogue/pack2.png"][2] == "A better title"
    assert after["catalogue/pack2.png"][3:] == before["catalogue/pack2.png"][3:]


def test_further_poolings_and_local_features_add_columns(pictures: Path) -> None:
    store = pictures.parent / "S"
    first = replace(OPTIONS, poolings=("mac",), local_features=False)
    index(store, [pictures], first)
    assert not FeatureStore.open(store).has_local_features()
    assert counts(index(store, [pictures], OPTIONS)) == (0, 6, 0, 0)
    info = FeatureStore.open(store).info()
    assert [c.pooling for c in info.descriptors] == ["mac", "r-mac"]
    assert info.local_features == 6
    index(pictures.parent / "fresh", [pictures], OPTIONS)
    assert content(store) == content(pictures.parent / "fresh")


def test_the_number_of_keypoints_is_an_option(pictures: Path) -> None:
    store = pictures.parent / "S"
    index(store, [pictures], replace(OPTIONS, keypoints=60))
    opened = FeatureStore.open(store)
    fewer = opened.read_local_features(range(len(opened)))
    assert max(map(len, fewer)) == 60
    # Those that are kept are the strongest, as without the limit.
    index(pictures.parent / "all", [pictures], OPTIONS)
    whole = FeatureStore.open(pictures.parent / "all").read_local_features(range(len(opened)))
    for few, many in zip(fewer, whole, strict=True):
        np.testing.assert_array_equal(few.descriptors, many.descriptors[: len(few)])


def test_threads_are_as_they_were_after_a_run(pictures: Path) -> None:
    before = torch.get_num_threads(), cv2.getNumThreads()
    index(pictures.parent / "S", [pictures], OPTIONS)
    assert (torch.get_num_threads(), cv2.getNumThreads()) == before


def test_another_device_describes_in_batches_and_gets_the_same(
    pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(pictures.parent / "S", [pictures], OPTIONS)
    sizes = []
    describe = DeepDescriber.describe
    there = DeepDescriber(OPTIONS.backbone, OPTIONS.poolings, "cpu")

    def elsewhere(_: DeepDescriber, prepared: list[np.ndarray]) -> object:
        sizes.append(len(prepared))
        return describe(there, prepared)

    monkeypatch.setattr(DeepDescriber, "describe", elsewhere)
    load = DeepDescriber._load
    monkeypatch.setattr(
        DeepDescriber,
        "_load",
        lambda self, _: (torch.device("cuda"), *load(self, torch.device("cpu"))[1:]),
    )
    index(pictures.parent / "batches", [pictures], replace(OPTIONS, batch=4))
    assert sizes == [4, 2]
    assert content(pictures.parent / "batches") == content(pictures.parent / "S")


def test_a_changed_picture_loses_features_that_the_run_does_not_compute(pictures: Path) -> None:
    store = pictures.parent / "S"
    index(store, [pictures], OPTIONS)
    save(pack_picture(70), pictures / "pack0.png")
    index(store, [pictures], replace(OPTIONS, poolings=("mac",), local_features=False))
    opened = FeatureStore.open(store)
    stale = opened.table(["image_id", "filled", "descriptor_efficientnet-lite0_r-mac"]).to_pylist()
    (changed,) = [row for row in stale if row["image_id"] == "pack0.png"]
    assert changed["filled"] == "descriptor_efficientnet-lite0_mac"
    assert changed["descriptor_efficientnet-lite0_r-mac"] is None
    assert len(opened.read_descriptors(opened.descriptors[1]).rows) == 5


def test_a_file_out_of_reach_keeps_its_features(pictures: Path) -> None:
    store, listing = pictures.parent / "S", pictures.parent / "list.csv"
    listing.write_text("image\ncatalogue/pack0.png\ncatalogue/pack1.png\n", encoding="utf-8")
    index(store, [listing], OPTIONS)
    before = content(store)
    (pictures / "pack0.png").unlink()
    assert counts(index(store, [listing], OPTIONS)) == (0, 0, 1, 1)
    assert content(store) == before


def test_stopping_commits_what_was_done_and_the_next_run_goes_on(pictures: Path) -> None:
    store = pictures.parent / "S"
    seen = []
    options = replace(OPTIONS, batch=1, workers=1)
    with pytest.raises(Cancelled, match="Run the same command again"):
        index(store, [pictures], options, seen.append, lambda: len(seen) >= 2)
    done = len(content(store))
    assert 0 < done < 6
    assert counts(index(store, [pictures], OPTIONS)) == (6 - done, 0, done, 0)
    index(pictures.parent / "fresh", [pictures], OPTIONS)
    assert content(store) == content(pictures.parent / "fresh")


def test_a_full_disk_is_one_sentence(pictures: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError("LanceError(IO): No space left on device\nbacktrace")

    monkeypatch.setattr(FeatureStore, "append", full)
    with pytest.raises(UserError, match="No space left on device") as caught:
        index(pictures.parent / "S", [pictures], OPTIONS)
    assert "\n" not in str(caught.value)


def test_a_picture_that_another_source_still_names_stays(pictures: Path) -> None:
    root = pictures.parent
    one, two, store = root / "one.csv", root / "two.csv", root / "S"
    one.write_text("image\ncatalogue/pack0.png\ncatalogue/pack1.png\n", encoding="utf-8")
    two.write_text("image\ncatalogue/pack0.png\n", encoding="utf-8")
    removing = replace(OPTIONS, remove_vanished=True)
    index(store, [one], OPTIONS)
    index(store, [two], OPTIONS)
    two.write_text("image\ncatalogue/pack2.png\n", encoding="utf-8")
    report = index(store, [two], removing)
    assert (report.vanished, report.removed) == ((), 0)
    assert "catalogue/pack0.png" in content(store)
    one.write_text("image\ncatalogue/pack1.png\n", encoding="utf-8")
    assert index(store, [one], removing).vanished == ("catalogue/pack0.png",)
    assert sorted(content(store)) == ["catalogue/pack1.png", "catalogue/pack2.png"]


def test_one_odd_picture_does_not_end_the_run(
    pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract = extraction.extract_local_features

    def fail_once(pixels: np.ndarray, limit: int, shape: tuple[int, int]) -> object:
        if np.array_equal(pixels, pack_picture(2)):
            raise MemoryError("made by a test")
        return extract(pixels, limit, shape=shape)

    monkeypatch.setattr(extraction, "extract_local_features", fail_once)
    report = index(pictures.parent / "S", [pictures], OPTIONS)
    assert counts(report) == (5, 0, 0, 1)
    assert "pack2.png could not be processed" in report.failed[0][1]


def test_a_file_with_a_name_that_is_not_unicode_is_recorded(pictures: Path) -> None:
    try:
        (pictures / os.fsdecode(b"caf\xe9.png")).write_bytes(b"x")
    except OSError:
        pytest.skip("this file system takes no such name")
    report = index(pictures.parent / "S", [pictures], OPTIONS)
    assert counts(report) == (6, 0, 0, 1)
    assert "Rename the file" in report.failed[0][1]
    assert counts(index(pictures.parent / "S", [pictures], OPTIONS)) == (0, 0, 6, 1)


class Reader:
    """Stands for the reader of words: tells the shape of the picture, and counts."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.read = 0
        monkeypatch.setattr(indexer, "text_reading_problem", lambda: None)
        monkeypatch.setattr(extraction, "read_words", self)

    def __call__(
        self, pixels: np.ndarray, reading: Reading, shape: tuple[int, int]
    ) -> tuple[Word, ...]:
        assert reading == CATALOGUE
        self.read += 1
        text = f"{pixels.shape} {int(pixels.sum())}"
        return (Word(text, 0.87, np.array([[1, 2], [9, 2], [9, 5], [1, 5]], np.float32)),)


def words_in(folder: Path) -> dict[str, list[str]]:
    store = FeatureStore.open(folder)
    ids = [image.image_id for image in store.read_images()]
    words = store.read_words(range(len(store)))
    return {i: [w.text for w in found] for i, found in zip(ids, words, strict=True)}


READING = replace(OPTIONS, text=True)


def test_words_are_filled_in_later_and_read_once(
    pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, store = Reader(monkeypatch), pictures.parent / "S"
    index(store, [pictures], OPTIONS)
    assert not FeatureStore.open(store).has_words()
    assert set(map(len, words_in(store).values())) == {0}
    with monkeypatch.context() as patch:  # the other features are there already
        patch.setattr(extraction, "extract_local_features", None)
        patch.setattr(indexer.DeepDescriber, "describe", None)
        assert counts(index(store, [pictures], READING)) == (0, 6, 0, 0)
    assert (reader.read, FeatureStore.open(store).info().words) == (6, 6)
    assert FeatureStore.open(store).has_words()
    index(pictures.parent / "fresh", [pictures], READING)
    assert content(store) == content(pictures.parent / "fresh")
    assert reader.read == 12
    # What costs most is not done again for a further column, nor for a picture that moved.
    index(store, [pictures], replace(READING, poolings=("mac", "spoc")))
    before = words_in(store)
    assert all(before.values())
    shutil.move(pictures / "pack1.png", pictures / "moved.png")
    index(store, [pictures], replace(READING, remove_vanished=True))
    assert reader.read == 12
    assert words_in(store)["moved.png"] == before["pack1.png"]
    # A run without words leaves those that there are, but not of a picture that changed.
    before = words_in(store)
    save(pack_picture(70), pictures / "pack0.png")
    index(store, [pictures], replace(OPTIONS, poolings=("mac", "spoc")))
    assert words_in(store) == {**before, "pack0.png": []}
    assert FeatureStore.open(store).info().words == 5
    assert check_store(FeatureStore.open(store)) == []


def test_the_check_finds_torn_words(pictures: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Reader(monkeypatch)
    index(pictures.parent / "S", [pictures], READING)
    store = FeatureStore.open(pictures.parent / "S")
    row = store.table(["path", "product_id", "image_id"], [0])
    with store.locked():
        keys = row.select(["path", "product_id"])
        store.update(keys.append_column("words", pa.array(['[["vel'], pa.string())))
    (finding,) = check_store(FeatureStore.open(store.folder))
    assert (finding.what, finding.serious) == ("torn words", True)
    assert finding.where == row["image_id"][0].as_py()


def test_a_picture_without_words_counts_as_read(
    pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Reader(monkeypatch)
    monkeypatch.setattr(extraction, "read_words", lambda *_: ())
    index(pictures.parent / "S", [pictures], READING)
    assert FeatureStore.open(pictures.parent / "S").info().words == 6
    assert counts(index(pictures.parent / "S", [pictures], READING)) == (0, 0, 6, 0)


def test_without_the_reader_the_index_goes_on_with_one_warning(
    pictures: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    store = pictures.parent / "S"
    monkeypatch.setattr(indexer, "text_reading_problem", lambda: "No words today.")
    assert counts(index(store, [pictures], READING)) == (6, 0, 0, 0)
    assert [r.getMessage() for r in caplog.records if r.levelname == "WARNING"] == [
        "No words today. The catalogue is indexed without them."
    ]
    Reader(monkeypatch)

    def failing(*_: object) -> tuple[Word, ...]:
        raise TextReadingError("The reader broke.")

    monkeypatch.setattr(extraction, "read_words", failing)
    caplog.clear()
    index(store, [pictures], READING)
    assert len([r for r in caplog.records if r.levelname == "WARNING"]) == 1
    assert (FeatureStore.open(store).info().words, len(FeatureStore.open(store))) == (0, 6)
    Reader(monkeypatch)
    assert counts(index(store, [pictures], READING)) == (0, 6, 0, 0)
    assert FeatureStore.open(store).info().words == 6


_KILLED_RUN = """
import sys
from beautyfinder.store.indexer import IndexOptions, index
options = IndexOptions(
    poolings=("mac", "r-mac"), device="cpu", text=False, batch=2, commit_rows=3
)
index(sys.argv[1], [sys.argv[2]], options)
"""


@pytest.mark.parametrize("moment", ["creating", "first commit", "third commit", "between"])
def test_killing_it_and_running_again_gives_the_undisturbed_store(
    tmp_path: Path, moment: str
) -> None:
    pictures = tmp_path / "catalogue"
    for number in range(24):
        save(pack_picture(number, side=96), pictures / f"pack{number:02}.png")
    store = tmp_path / "S"
    versions = store / DATASET / "_versions"
    wanted = {"creating": 1, "first commit": 4, "third commit": 6, "between": 5}[moment]
    run = subprocess.Popen([sys.executable, "-c", _KILLED_RUN, store, pictures])
    deadline = time.monotonic() + 120
    while run.poll() is None and time.monotonic() < deadline:
        if versions.is_dir() and len(list(versions.glob("*.manifest"))) >= wanted:
            break
        time.sleep(0.002)
    if moment == "between":
        time.sleep(0.15)
    run.send_signal(signal.SIGKILL)
    assert run.wait() == -signal.SIGKILL, "the run ended before it could be killed"
    done = len(content(store))
    assert done < 24
    report = index(store, [pictures], OPTIONS)
    assert (report.added, report.unchanged) == (24 - done, done)
    index(tmp_path / "fresh", [pictures], OPTIONS)
    assert content(store) == content(tmp_path / "fresh")
    assert check_store(FeatureStore.open(store)) == []
