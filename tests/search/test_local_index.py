"""The index of local features: votes, adding and removing, torn files, stopping."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock
from numpy.typing import NDArray

from beautyfinder.errors import Cancelled, UserError
from beautyfinder.features.keypoints import LocalFeatures, no_features, pack
from beautyfinder.search import local_index_files as files
from beautyfinder.search import quantiser as quantisers
from beautyfinder.search.local_index import LocalIndex
from beautyfinder.search.local_index_files import folder_of, index_state
from beautyfinder.store import sealed
from beautyfinder.store.rows import to_table
from beautyfinder.store.store import FeatureStore

Picture = tuple[str, LocalFeatures | None]
_GENERATOR = np.random.default_rng(5)
# Real local descriptors crowd about common corners and edges; so do these.
_COMMON = _GENERATOR.gamma(0.6, 30, (60, 128))


def picture(seed: int, count: int = 60) -> LocalFeatures:
    generator = np.random.default_rng([3, seed])
    values = _COMMON[generator.integers(0, len(_COMMON), count)]
    values = values * generator.gamma(3, 1 / 3, values.shape)
    return features_of(values)


def features_of(values: NDArray[np.floating]) -> LocalFeatures:
    count = len(values)
    return LocalFeatures(
        np.zeros((count, 2), np.float32),
        np.ones(count, np.float32),
        np.zeros(count, np.float32),
        np.clip(np.rint(values), 0, 255).astype(np.uint8),
    )


def photo_of(features: LocalFeatures, seed: int = 0, strangers: int = 40) -> LocalFeatures:
    """Half of the picture's features, altered, among features of other things."""
    generator = np.random.default_rng([7, seed])
    own = features.descriptors[::2].astype(float)
    own *= generator.normal(1, 0.15, own.shape)
    return features_of(np.concatenate([own, picture(900 + seed, strangers).descriptors]))


def pictures(numbers: Sequence[int], count: int = 60) -> list[Picture]:
    return [(f"{number}", picture(number, count)) for number in numbers]


def append(folder: Path, rows: Sequence[Picture], hashes: bool = True) -> FeatureStore:
    store = FeatureStore.open_or_create(folder)
    values = [
        {
            "image_id": name,
            "product_id": name,
            "path": f"/{name}.jpg",
            "source": "/",
            "sha256": name.split("@")[0].encode().hex().rjust(64, "0")[::-1] if hashes else None,
            "local_features": None if features is None else pack(features),
            "filled": "" if features is None else "local_features",
        }
        for name, features in rows
    ]
    store.append(to_table(values, store.schema(), store.schema().names))
    return FeatureStore.open(folder)


def delete(store: FeatureStore, names: Sequence[str]) -> FeatureStore:
    store.delete(names)
    return FeatureStore.open(store.folder)


@pytest.fixture
def compressed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Product quantisation and cells of cells, though there are only a few thousand features."""
    monkeypatch.setattr(quantisers, "_EXACT_FEATURES", 1000)
    monkeypatch.setattr(quantisers, "_FLAT_CELLS", 8)
    monkeypatch.setattr(quantisers, "_ROUNDS", 2)
    monkeypatch.setattr(quantisers, "cell_count", lambda features: 64)


def names(store: FeatureStore) -> list[str]:
    return [str(name) for name in store.table(["image_id"]).column(0).to_pylist()]


def by_name(store: FeatureStore, index: LocalIndex, photo: LocalFeatures) -> dict[str, float]:
    return dict(zip(names(store), index.votes(photo).tolist(), strict=True))


def made_afresh(store: FeatureStore, copy: Path) -> LocalIndex:
    """An index of the store built in one go with the quantiser of its present index."""
    shutil.copytree(store.folder, copy)
    fresh = FeatureStore.open(copy)
    folder = folder_of(fresh)
    content = sealed.read_sealed(folder) | {"segments": []}
    np.save(folder / "none.npy", np.zeros(0, np.int32))
    content["rows"] = "none.npy"
    content["stamp"] = {}
    sealed.seal(folder, content, [content["quantiser"], "none.npy"])
    return LocalIndex(fresh)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 24])
def test_any_number_of_pictures(tmp_path: Path, count: int) -> None:
    store = append(tmp_path / "store", pictures(range(count)))
    index = LocalIndex(store)
    assert index.pictures == count
    for number in range(count):
        photo = photo_of(picture(number), number)
        assert index.rank(photo, 5).offsets[0] == number
        votes = index.votes(photo)
        assert votes.shape == (count,)
        assert votes.dtype == np.float32
    assert not index.votes(no_features()).any()
    assert len(index.rank(no_features(), 5).offsets) == 0


def test_rows_without_features_get_no_votes(tmp_path: Path) -> None:
    rows = [("a", None), ("b", no_features()), ("c", picture(1)), ("d", None)]
    store = append(tmp_path / "store", rows)
    index = LocalIndex(store)
    assert index.pictures == 2
    votes = index.votes(photo_of(picture(1)))
    assert votes[2] > 1
    assert not votes[[0, 1, 3]].any()


def test_one_picture_in_several_rows(tmp_path: Path) -> None:
    """Forty rows of the same file must not take all places of the neighbours."""
    rows: list[Picture] = [(f"same@{number}", picture(1)) for number in range(40)]
    store = append(tmp_path / "store", [*rows, *pictures(range(2, 8))])
    votes = LocalIndex(store).votes(photo_of(picture(1)))
    once = append(tmp_path / "once", [("same@0", picture(1)), *pictures(range(2, 8))])
    expected = LocalIndex(once).votes(photo_of(picture(1)))
    assert (votes[:40] == expected[0]).all()
    np.testing.assert_array_equal(votes[40:], expected[1:])
    assert expected[0] > expected[1:].max()


def test_votes_by_hand(tmp_path: Path) -> None:
    """Against distances between all the features and the rules, written out slowly."""
    store = append(tmp_path / "store", pictures(range(6), 40))
    photo = photo_of(picture(3, 40))
    seen = [picture(n, 40).descriptors for n in range(6)]
    stored = [quantisers.rounded_root_sift(descriptors).astype(float) for descriptors in seen]
    expected = np.zeros(6)
    best: dict[tuple[int, int], float] = {}
    for voter in quantisers.rounded_root_sift(photo.descriptors).astype(float):
        near = sorted(
            (float(((voter - feature) ** 2).sum()), n, m)
            for n, features in enumerate(stored)
            for m, feature in enumerate(features)
        )[:16]
        for owner in {n for _, n, _ in near}:
            distance, n, m = next(entry for entry in near if entry[1] == owner)
            best[n, m] = max(best.get((n, m), 0), near[-1][0] - distance)
    for (owner, _), gap in best.items():
        expected[owner] += gap / 255**2
    np.testing.assert_allclose(LocalIndex(store).votes(photo), expected, rtol=1e-6)


def test_repeated_structure_does_not_add_up(tmp_path: Path) -> None:
    """A photo full of one dot, which picture 1 has, still finds picture 0 that it shows."""
    dot = np.abs(np.random.default_rng(1).normal(0, 60, (1, 128)))
    spotted = features_of(np.concatenate([picture(1).descriptors, dot]))
    store = append(tmp_path / "store", [("0", picture(0)), ("1", spotted), *pictures([2, 3, 4])])
    crowd = dot * np.random.default_rng(2).normal(1, 0.1, (300, 128))
    photo = features_of(np.concatenate([photo_of(picture(0)).descriptors, crowd]))
    assert LocalIndex(store).rank(photo, 1).offsets[0] == 0


@pytest.mark.usefixtures("compressed")
@pytest.mark.parametrize("hashes", [True, False])
def test_added_to_answers_as_built_afresh(tmp_path: Path, hashes: bool) -> None:
    folder = tmp_path / "store"
    store = append(folder, pictures(range(40)), hashes)
    LocalIndex(store)
    photos = [photo_of(picture(n), n) for n in (1, 17, 35, 44, 58, 70)]
    steps: list[Callable[[FeatureStore], FeatureStore]] = [
        lambda s: append(folder, pictures(range(40, 60)), hashes),
        lambda s: delete(s, ["3", "17", "41"]),
        lambda s: append(folder, pictures(range(60, 72)), hashes),
        lambda s: delete(s, [str(n) for n in range(20, 40)]),
        lambda s: append(folder, pictures([17, 3]), hashes),
    ]
    for number, step in enumerate(steps):
        store = step(store)
        index = LocalIndex(store)
        fresh = made_afresh(store, tmp_path / f"fresh{number}")
        assert len(fresh._contents.segments) == 1
        for photo in photos:
            votes = index.votes(photo)
            np.testing.assert_array_equal(votes, fresh.votes(photo))
            assert votes.any()
        assert index_state(store) == "fresh"
    assert len(index._contents.segments) > 1


@pytest.mark.usefixtures("compressed")
def test_many_additions_are_merged(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    store = append(folder, pictures(range(24)))
    LocalIndex(store)
    for number in range(24, 48):
        store = append(folder, pictures([number]))
        index = LocalIndex(store)
        assert len(index._contents.segments) <= files._MOST_SEGMENTS
    fresh = made_afresh(store, tmp_path / "fresh")
    for number in (3, 25, 46):
        photo = photo_of(picture(number), number)
        np.testing.assert_array_equal(index.votes(photo), fresh.votes(photo))
        assert index.rank(photo, 1).offsets[0] == number
    kept = {path.name for path in index._contents.paths} | {"manifest.json"}
    assert {path.name for path in folder_of(store).iterdir()} == kept


@pytest.mark.usefixtures("compressed")
def test_the_dead_do_not_take_the_places_of_the_living(tmp_path: Path) -> None:
    """A photo's neighbours were all in pictures that are gone; few enough to stay, masked."""
    twins = [(f"twin{n}", photo_of(picture(0), n, 0)) for n in range(20)]
    store = append(tmp_path / "store", [*pictures(range(80)), *twins])
    LocalIndex(store)
    store = delete(store, [name for name, _ in twins])
    index = LocalIndex(store)
    assert not all(living.all() for living in index._contents.alive())
    photo = photo_of(picture(0), 99)
    np.testing.assert_array_equal(
        index.votes(photo), made_afresh(store, tmp_path / "fresh").votes(photo)
    )
    assert index.rank(photo, 1).offsets[0] == 0


def test_an_outgrown_quantiser_is_trained_anew(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    before = LocalIndex(append(folder, pictures(range(4))))._contents.quantiser
    assert LocalIndex(append(folder, pictures(range(4, 16))))._contents.quantiser.pictures == 4
    after = LocalIndex(append(folder, pictures(range(16, 18))))._contents.quantiser
    assert (before.pictures, after.pictures) == (4, 18)


@pytest.mark.usefixtures("compressed")
def test_the_same_catalogue_gives_the_same_index(tmp_path: Path) -> None:
    stores = [append(tmp_path / name, pictures(range(40))) for name in "ab"]
    first, second = (LocalIndex(store)._contents for store in stores)
    np.testing.assert_array_equal(first.quantiser.centroids, second.quantiser.centroids)
    np.testing.assert_array_equal(first.quantiser.codewords, second.quantiser.codewords)
    assert first.segments[0].path.read_bytes() == second.segments[0].path.read_bytes()


@pytest.mark.usefixtures("compressed")
def test_encoding_does_not_depend_on_what_is_encoded_beside_it(tmp_path: Path) -> None:
    index = LocalIndex(append(tmp_path / "store", pictures(range(40))))
    features = quantisers.rounded_root_sift(picture(77, 500).descriptors)
    cells, codes = index._contents.quantiser.encode(features)
    for start in (0, 1, 7):
        for count in (1, 13, 64, 400):
            part = slice(start, start + count)
            alone = index._contents.quantiser.encode(features[part])
            np.testing.assert_array_equal(alone[0], cells[part])
            np.testing.assert_array_equal(alone[1], codes[part])


@pytest.mark.usefixtures("compressed")
def test_built_in_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_BATCH", 7)
    whole = LocalIndex(append(tmp_path / "a", pictures(range(40))))
    monkeypatch.setattr(files, "_RUN_FEATURES", 500)
    seen: list[tuple[int, int]] = []
    store = append(tmp_path / "b", pictures(range(40)))
    runs = LocalIndex(store, progress=lambda done, total: seen.append((done, total)))
    assert runs._contents.segments[0].path.read_bytes() == (
        whole._contents.segments[0].path.read_bytes()
    )
    assert seen[0] == (7, 40)
    assert seen[-1] == (40, 40)


def test_stopping_is_heard_while_the_next_pictures_are_read(tmp_path: Path) -> None:
    store = append(tmp_path / "store", pictures(range(20)))
    asked = []

    def stop() -> bool:
        asked.append(threading.current_thread().name)
        return asked[-1].startswith("reader")

    with pytest.raises(Cancelled):
        LocalIndex(store, should_stop=stop)
    assert asked[-1].startswith("reader")
    assert LocalIndex(store).pictures == 20


def damage_cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5])


def damage_flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) * 3 // 4] ^= 0x10
    path.write_bytes(bytes(data))


def damage_remove(path: Path) -> None:
    path.unlink()


def damage_empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("kind", ["manifest", "quantiser", "rows", "segment"])
@pytest.mark.parametrize("damage", [damage_cut, damage_flip, damage_remove, damage_empty])
@pytest.mark.parametrize("large", [False, True])
def test_torn_files_are_made_anew(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    damage: Callable[[Path], None],
    large: bool,
) -> None:
    if large:  # a large index is not read whole each time
        monkeypatch.setattr(sealed, "_ALWAYS_CHECKED", 0)
    store = append(tmp_path / "store", pictures(range(6)))
    photo = photo_of(picture(4))
    expected = LocalIndex(store).votes(photo)
    np.testing.assert_array_equal(LocalIndex(store).votes(photo), expected)
    damage(next(folder_of(store).glob(f"{kind}*")))
    missing = kind == "manifest" and damage is damage_remove
    assert index_state(store) == ("missing" if missing else "torn")
    np.testing.assert_array_equal(LocalIndex(store).votes(photo), expected)
    assert index_state(store) == "fresh"


def test_an_index_of_an_older_format_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = append(tmp_path / "store", pictures(range(6)))
    with monkeypatch.context() as patch:
        patch.setattr(files, "_FORMAT", files._FORMAT | {"format": 1})
        LocalIndex(store)
    before = set(folder_of(store).iterdir())
    assert index_state(store) == "torn"
    assert LocalIndex(store).rank(photo_of(picture(4)), 1).offsets[0] == 4
    assert index_state(store) == "fresh"
    assert {path.name for path in before & set(folder_of(store).iterdir())} == {"manifest.json"}


def test_the_check_reads_a_large_index_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A byte that rots leaves size, time and inode as they were."""
    monkeypatch.setattr(sealed, "_ALWAYS_CHECKED", 0)
    store = append(tmp_path / "store", pictures(range(6)))
    LocalIndex(store)
    segment = next(folder_of(store).glob("segment*"))
    before = segment.stat()
    damage_flip(segment)
    os.utime(segment, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert index_state(store) == "torn"


def test_a_large_index_is_read_whole_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "_ALWAYS_CHECKED", 0)
    store = append(tmp_path / "store", pictures(range(6)))
    LocalIndex(store)
    checked: list[Path] = []
    monkeypatch.setattr(sealed, "checksum", checked.append)
    LocalIndex(store)
    assert not checked


def test_segments_swapped_with_those_of_another_store_are_noticed(tmp_path: Path) -> None:
    store = append(tmp_path / "a", pictures(range(6)))
    other = append(tmp_path / "b", pictures(range(6, 12)))
    LocalIndex(store)
    LocalIndex(other)
    shutil.rmtree(folder_of(store))
    shutil.copytree(folder_of(other), folder_of(store))
    assert index_state(store) == "stale"
    assert LocalIndex(store).rank(photo_of(picture(2)), 1).offsets[0] == 2


@pytest.mark.usefixtures("compressed")
@pytest.mark.parametrize("checks", [0, 1, 3, 8, 20, 36])
def test_stopping_leaves_the_index_as_it_was(tmp_path: Path, checks: int) -> None:
    folder = tmp_path / "store"
    store = append(folder, pictures(range(8)))
    LocalIndex(store)
    before = sorted(folder_of(store).iterdir())
    grown = append(folder, pictures(range(8, 60)))
    left = checks

    def should_stop() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    with pytest.raises(Cancelled):
        LocalIndex(grown, should_stop=should_stop)
    assert sorted(folder_of(store).iterdir()) == before
    assert index_state(grown) == "stale"
    assert LocalIndex(grown).rank(photo_of(picture(50)), 1).offsets[0] == 50


@pytest.mark.parametrize("stage", ["write_segment", "_rows", "seal"])
def test_a_build_that_dies_leaves_nothing_that_is_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    store = append(tmp_path / "store", pictures(range(6)))

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(files, stage, die)
        patch.setattr(files, "sweep", lambda folder: None)  # killed: nobody tidies up
        with pytest.raises(KeyboardInterrupt):
            LocalIndex(store)
    assert index_state(store) == "missing"
    index = LocalIndex(store)
    assert index.rank(photo_of(picture(2)), 1).offsets[0] == 2
    assert len(list(folder_of(store).iterdir())) == 4


def test_another_process_at_work_is_waited_for(tmp_path: Path) -> None:
    store = append(tmp_path / "store", pictures(range(3)))
    folder_of(store).parent.mkdir()
    with (
        FileLock(folder_of(store).with_name("local_index.lock")),
        pytest.raises(Cancelled),
    ):
        LocalIndex(store, should_stop=lambda: True)
    assert LocalIndex(store).pictures == 3


def test_a_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = append(tmp_path / "store", pictures(range(3)))
    (store.folder / "derived").write_text("in the way")
    with pytest.raises(UserError, match="cannot be written"):
        LocalIndex(store)
    (store.folder / "derived").unlink()
    LocalIndex(store)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(files, "_locked", refuse)
    assert LocalIndex(store).pictures == 3  # nothing to write: can be asked all the same
    grown = append(store.folder, pictures([3]))
    with pytest.raises(UserError, match="Permission denied"):
        LocalIndex(grown)


@pytest.mark.usefixtures("compressed")
def test_where_faiss_cannot_map(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import faiss

    store = append(tmp_path / "store", pictures(range(40)))
    photo = photo_of(picture(4))
    expected = LocalIndex(store).votes(photo)
    monkeypatch.delattr(faiss, "OnDiskInvertedLists")
    np.testing.assert_array_equal(LocalIndex(store).votes(photo), expected)


def test_a_manifest_is_no_pickle(tmp_path: Path) -> None:
    store = append(tmp_path / "store", pictures(range(3)))
    LocalIndex(store)
    outer = json.loads((folder_of(store) / "manifest.json").read_text())
    assert json.loads(outer["body"])["content"]["stamp"]["version"] == store.version


@pytest.mark.parametrize(
    ("features", "cells"),
    [
        (4_095, 1),
        (4_096, 256),  # 4 √n
        (1_000_000, 4_096),
        (16_777_216, 16_384),  # 4 √n and n / 1,000 are about the same here
        (538_517 * 384, 262_144),  # at 65,536 each would hold 3,155
        (2_000_000 * 384, 262_144),
    ],
)
def test_cells_grow_with_the_features(features: int, cells: int) -> None:
    assert quantisers.cell_count(features) == cells
    assert 65_536 <= quantisers.sample_size(features) <= 2_097_152
