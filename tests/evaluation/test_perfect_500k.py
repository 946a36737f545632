"""A small copy of Perfect-500K in its own form: portions of pictures, a ragged file with a BOM."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from beautyfinder.evaluation.evaluate import evaluate
from beautyfinder.evaluation.ground_truth import GroundTruth, read_queries
from beautyfinder.search.method import Method
from beautyfinder.search.ranking import Ranking
from beautyfinder.search.searcher import Searcher
from beautyfinder.search.sources import Sources
from beautyfinder.store.indexer import IndexOptions, index
from beautyfinder.store.sources import read_sources
from beautyfinder.store.store import FeatureStore
from tests.pictures import pack_picture, phone_photo, save

METHOD = Method("efficientnet-lite0", "mac", "cosine", ("deep",), "none")
SUFFIXES = (".jpg", ".png", ".webp")


@pytest.fixture(scope="module")
def perfect(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten pictures in two portions, three photos in a folder beside the ground truth."""
    root = tmp_path_factory.mktemp("perfect")
    for number in range(10):
        portion = "train_1" if number < 5 else "train_2"
        name = f"n{number:07}{SUFFIXES[number % 3]}"
        save(pack_picture(number), root / "images" / portion / name)
    for number in range(3):
        save(phone_photo(number), root / "validation" / f"v{number:06}.jpg")
    lines = [
        "Validation Image ID,Training Image ID",
        "v000000,n0000001,n0000002,n0000008,n0000009",
        "v000001,n0000003",
        "v000002,n0000004,n0000005",
    ]
    (root / "val.csv").write_bytes("\r\n".join([*lines, ""]).encode("utf-8-sig"))
    return root


@pytest.fixture(scope="module")
def store(perfect: Path, tmp_path_factory: pytest.TempPathFactory) -> FeatureStore:
    folder = tmp_path_factory.mktemp("stores") / "P"
    options = IndexOptions(poolings=("mac",), device="cpu", local_features=False, text=False)
    index(folder, [perfect / "images"], options)
    return FeatureStore.open(folder)


def test_each_picture_is_a_product_of_its_own(perfect: Path) -> None:
    """The portions it is downloaded in are no products."""
    entries = read_sources([perfect / "images"])
    assert [entry.image.product_id for entry in entries] == [f"n{n:07}" for n in range(10)]
    save(pack_picture(0), perfect / "mixed" / "cream" / "n0000001.jpg")
    save(pack_picture(1), perfect / "mixed" / "cream" / "front.jpg")
    assert {e.image.product_id for e in read_sources([perfect / "mixed"])} == {"cream"}


def test_ids_find_files_of_any_suffix(perfect: Path, store: FeatureStore) -> None:
    truth = GroundTruth(store.read_images())
    by_offset = store.read_images()
    for query in read_queries(perfect / "val.csv"):
        found = {Path(by_offset[o].path).stem for o in truth.right_answers(query)}
        assert found == query.image_names


def test_average_precision_is_that_worked_out_by_hand(
    perfect: Path, store: FeatureStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    # By the pictures' numbers; the seven best count.
    orders = iter([
        [0, 1, 2, 3, 4, 5, 6, 8, 9, 7],  # right at 2 and 3, and too late at 8 and 9; four in all
        [3, 0, 1, 2, 4, 5, 6, 7, 8, 9],  # right at 1, of one
        [0, 1, 2, 3, 6, 7, 8, 9, 4, 5],  # none among the seven
    ])  # fmt: skip
    stems = [Path(image.path).stem for image in store.read_images()]

    def given(_self: Sources, _descriptor: object, _method: Method) -> Ranking:
        offsets = [stems.index(f"n{number:07}") for number in next(orders)]
        return Ranking(np.array(offsets), np.arange(10, dtype=np.float32))

    monkeypatch.setattr(Sources, "rank_deep", given)
    queries = read_queries(perfect / "val.csv")
    evaluation = evaluate(Searcher(store, "cpu"), queries, [METHOD])
    (row,) = evaluation.rows
    precisions = [answer.precision for answer in row.answers]
    assert precisions == pytest.approx([(1 / 2 + 2 / 3) / 4, 1.0, 0.0])
    challenge = [answer.challenge_precision for answer in row.answers]
    assert challenge == pytest.approx([(1 / 2 + 2 / 3) / 2, 1.0, 0.0])
    assert row.map7 == pytest.approx(((1 / 2 + 2 / 3) / 4 + 1) / 3)
    assert row.map7_challenge == pytest.approx(((1 / 2 + 2 / 3) / 2 + 1) / 3)
    assert row.top1 == pytest.approx(1 / 3)
    assert [len(query.right) for query in evaluation.asked] == [4, 1, 2]


def test_photos_in_another_folder(perfect: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "truth.csv"
    elsewhere.write_bytes((perfect / "val.csv").read_bytes())
    queries = read_queries(elsewhere, perfect / "validation")
    assert [Path(query.path).name for query in queries] == [f"v{n:06}.jpg" for n in range(3)]
