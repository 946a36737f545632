"""Evidence gathered for candidates, on a small store of drawn packs; no network is run."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, replace

import numpy as np
import pytest
from numpy.typing import NDArray

from beautyfinder.errors import Cancelled
from beautyfinder.features.keypoints import extract_local_features, no_features, pack
from beautyfinder.search import evidence as gathering
from beautyfinder.search.appearance import Agreement
from beautyfinder.search.description import Description
from beautyfinder.search.evidence import (
    Evidence,
    Pair,
    compare_looks,
    gather,
    read_sizes,
    verify_all,
)
from beautyfinder.search.verification import Geometry
from beautyfinder.store.columns import DescriptorColumn
from beautyfinder.store.rows import thumbnail, to_table
from beautyfinder.store.store import FeatureStore
from tests.pictures import pack_picture, phone_photo

COLUMN = DescriptorColumn("efficientnet-lite0", "mac", 4, "0" * 64, 320)
# Cosine with (3, 4, 0, 0): 1, 0.6, 0.8, 0; row 4 is of a picture that could not be read.
DESCRIPTORS = [(3, 4, 0, 0), (2, 0, 0, 0), (0, 1, 0, 0), (0, 0, 5, 0)]
UNREADABLE = 4
BLANK = 3  # a picture without keypoints


@dataclass(frozen=True, eq=False)
class Shop:
    """Packs 3, 4 and 5, a blank picture, and one that could not be read; a photo of pack 4."""

    store: FeatureStore
    query: Description


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    store = FeatureStore.open_or_create(tmp_path_factory.mktemp("evidence") / "store")
    store.add_descriptor_column(COLUMN)
    pictures = [pack_picture(number, 300) for number in (3, 4, 5)]
    pictures.append(np.full((90, 120, 3), 200, np.uint8))
    rows: list[dict[str, object]] = []
    for number, (picture, descriptor) in enumerate(zip(pictures, DESCRIPTORS, strict=True)):
        rows.append(
            {
                "image_id": f"{number}.jpg",
                "product_id": str(number),
                "path": f"/{number}.jpg",
                "source": "/",
                "height": picture.shape[0],
                "width": picture.shape[1],
                "thumbnail": thumbnail(picture),
                "local_features": pack(extract_local_features(picture, 400)),
                COLUMN.name: np.array(descriptor, np.float32),
                "filled": f"{COLUMN.name} local_features",
            }
        )
    rows.append({"image_id": "4.jpg", "product_id": "4", "path": "/4.jpg", "source": "/",
                 "filled": "", "error": "no picture"})  # fmt: skip
    store.append(to_table(rows, store.schema(), store.schema().names))
    photo = phone_photo(4, side=400)
    query = Description(
        photo, {"mac": np.array([3, 4, 0, 0], np.float32)}, extract_local_features(photo, 2000)
    )
    return Shop(FeatureStore.open(store.folder), query)


@pytest.fixture(scope="module")
def pairs(shop: Shop) -> list[Pair]:
    return verify_all(shop.query, shop.store, range(5))


def lying(guided: int, distinct: int = 4) -> Pair:
    """A pair whose pack lies on the photo as it is."""
    geometry = Geometry(np.eye(3), np.ones(4, bool), 0.5, distinct, guided, 100)
    points = np.array([[60, 60], [200, 60], [200, 200], [60, 200]], np.float32)
    return Pair(9, geometry, points)


NOWHERE = Pair(2, None, np.zeros((0, 2), np.float32))


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[NDArray[np.float32]]:
    """Collects the inliers of every pair that is compared; nothing is rendered."""
    calls: list[NDArray[np.float32]] = []

    def note(_photo: object, _picture: object, _homography: object, _size: object,
             inliers: NDArray[np.float32]) -> int:  # fmt: skip
        calls.append(inliers)
        return len(calls)

    one_after_another = ThreadPoolExecutor(1)
    monkeypatch.setattr(gathering, "workers", lambda: one_after_another)
    monkeypatch.setattr(gathering, "rectify", note)
    monkeypatch.setattr(gathering, "agreement", lambda number: Agreement(number / 100, 1, 1, 1))
    return calls


# Verification of a short-list


def test_the_right_pack_is_verified(shop: Shop, pairs: list[Pair]) -> None:
    assert len(pairs) == 5
    right = pairs[1]
    assert right.geometry is not None
    assert right.inliers > 15
    assert right.inliers == right.geometry.distinct
    assert right.guided == right.geometry.guided
    assert len(right.inlier_points) == right.geometry.inliers.sum()
    assert right.matches == len(right.geometry.inliers)
    assert all(right.inliers > 2 * pair.inliers for pair in pairs if pair is not right)


def test_inlier_points_are_the_catalogue_pictures_and_go_where_the_homography_puts_them(
    shop: Shop, pairs: list[Pair]
) -> None:
    """phone_photo turns the pack of 160 px by 9° about its middle, here the photo's."""
    geometry, points = pairs[1].geometry, pairs[1].inlier_points
    assert geometry is not None
    assert points.dtype == np.float32
    assert (points >= 0).all()
    assert (points <= 299).all()
    middle = geometry.homography @ [149.5, 149.5, 1]
    assert middle[:2] / middle[2] == pytest.approx((199.5, 199.5), abs=2.5)
    right = geometry.homography @ [249.5, 149.5, 1]
    step = right[:2] / right[2] - middle[:2] / middle[2]
    scale = 100 * 160 / 300 * 1.05  # an angle of OpenCV's rotation is counter-clockwise
    expected = (scale * np.cos(np.deg2rad(9)), -scale * np.sin(np.deg2rad(9)))
    assert step == pytest.approx(expected, abs=2.5)


def test_pictures_without_keypoints(pairs: list[Pair]) -> None:
    for place in (BLANK, UNREADABLE):
        assert pairs[place].matches == pairs[place].inliers == pairs[place].guided == 0
        assert pairs[place].geometry is None
        assert pairs[place].inlier_points.shape == (0, 2)


def test_matches_without_geometry_have_no_inliers(
    shop: Shop, pairs: list[Pair], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "verify", lambda *_: None)
    (pair,) = verify_all(shop.query, shop.store, [1])
    assert pair.matches == pairs[1].matches > 15
    assert pair.inliers == pair.guided == 0
    assert pair.inlier_points.shape == (0, 2)


def test_pairs_follow_the_offsets(shop: Shop, pairs: list[Pair]) -> None:
    found = verify_all(shop.query, shop.store, [2, 1, 3])
    assert [p.matches for p in found] == [pairs[place].matches for place in (2, 1, 3)]
    assert [p.inliers for p in found] == [pairs[place].inliers for place in (2, 1, 3)]
    assert verify_all(shop.query, shop.store, []) == []


def test_photo_without_keypoints(shop: Shop) -> None:
    blind = replace(shop.query, local=no_features())
    assert [pair.matches for pair in verify_all(blind, shop.store, range(5))] == [0] * 5
    with pytest.raises(ValueError, match="without local features"):
        verify_all(replace(shop.query, local=None), shop.store, range(5))


def test_progress_and_stopping(shop: Shop) -> None:
    seen: list[tuple[int, int]] = []
    offsets = [BLANK] * 25
    verify_all(shop.query, shop.store, offsets, progress=lambda *step: seen.append(step))
    assert seen == [(0, 25), (16, 25), (25, 25)]
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) == 2

    with pytest.raises(Cancelled):
        verify_all(shop.query, shop.store, offsets, should_stop=stop)
    assert len(asked) == 2


def test_read_sizes(shop: Shop) -> None:
    """Width first; of a picture that could not be read 1 x 1, and in the order asked for."""
    assert read_sizes(shop.store, [BLANK, 0, UNREADABLE]) == [(120, 90), (300, 300), (1, 1)]
    assert read_sizes(shop.store, []) == []


# Looks


def test_only_candidates_with_geometry_are_compared(
    shop: Shop, compared: list[NDArray[np.float32]]
) -> None:
    known: dict[int, Agreement] = {}
    looks = compare_looks(shop.query, shop.store, [2, 0, 1], [NOWHERE, lying(5), NOWHERE], known)
    assert [look is None for look in looks] == [True, False, True]
    assert len(compared) == 1
    assert set(known) == {0}
    assert compare_looks(shop.query, shop.store, [2], [NOWHERE], known) == [None]
    assert compare_looks(shop.query, shop.store, [], [], known) == []


def test_what_is_known_is_not_compared_again(
    shop: Shop, compared: list[NDArray[np.float32]]
) -> None:
    before = Agreement(0.5, 2, 3, 0.75)
    known = {1: before}
    first = compare_looks(shop.query, shop.store, [0, 1], [lying(5), lying(9)], known)
    assert first == [Agreement(0.01, 1, 1, 1), before]
    assert len(compared) == 1
    again = compare_looks(shop.query, shop.store, [1, 0, 2], [lying(9), lying(5), NOWHERE], known)
    assert again == [before, first[0], None]
    assert len(compared) == 1
    assert set(known) == {0, 1}


def test_ten_with_the_best_geometry_are_compared(
    shop: Shop, compared: list[NDArray[np.float32]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By inliers and guided together; here three, so that the small store is enough."""
    assert gathering._COMPARED == 10
    monkeypatch.setattr(gathering, "_COMPARED", 2)
    three = [lying(guided=20, distinct=5), lying(guided=2, distinct=30), lying(8, distinct=8)]
    looks = compare_looks(shop.query, shop.store, [0, 1, 2], three, {})
    assert [look is None for look in looks] == [False, False, True]
    # The best of them first, each with its own inliers.
    assert compared[0] is three[1].inlier_points
    assert compared[1] is three[0].inlier_points


def test_picture_without_thumbnail_is_not_compared(
    shop: Shop, compared: list[NDArray[np.float32]]
) -> None:
    pairs = [lying(5), lying(6)]
    looks = compare_looks(shop.query, shop.store, [UNREADABLE, 0], pairs, {})
    assert looks[0] is None
    assert looks[1] is not None
    assert compared == [pairs[1].inlier_points]


def test_the_right_pack_looks_alike(shop: Shop, pairs: list[Pair]) -> None:
    known: dict[int, Agreement] = {}
    look = compare_looks(shop.query, shop.store, range(5), pairs, known)[1]
    assert look is not None
    assert look.structure > 0.6
    assert look.area > 0.5
    assert known[1] is look


# All of it


def columns(evidence: Evidence) -> dict[str, list[float]]:
    return {field.name: getattr(evidence, field.name).tolist() for field in fields(Evidence)}


def test_gather(shop: Shop, compared: list[NDArray[np.float32]]) -> None:
    votes = np.array([3, 0, 1], np.float32)
    words = np.array([1, 2, 3], np.float32), np.array([4, 5, 6], np.float32)
    pairs = [lying(20, 7), NOWHERE, lying(30, 8)]
    found = gather(shop.query, shop.store, COLUMN, [2, 0, 1], pairs, votes, words)
    assert all(getattr(found, field.name).dtype == np.float64 for field in fields(Evidence))
    nan = pytest.approx(float("nan"), nan_ok=True)
    assert columns(found) == {
        "deep": pytest.approx([0.8, 1, 0.6], abs=1e-6),
        "votes": [3, 0, 1],
        "pack": [1, 2, 3],
        "texts": [4, 5, 6],
        "matches": [9, 2, 9],
        "inliers": [7, 0, 8],
        "guided": [20, 0, 30],
        "structure": [0.02, nan, 0.01],
        "colour": [1, nan, 1],
        "shade": [1, nan, 1],
        "area": [1, nan, 1],
    }


def test_sources_that_were_not_asked_are_nan(shop: Shop) -> None:
    """Not 0, which says that they were asked and found nothing."""
    found = columns(gather(shop.query, shop.store, COLUMN, [0, 3], [NOWHERE] * 2, None, None))
    for name in ("votes", "pack", "texts", "structure", "colour", "shade", "area"):
        assert np.isnan(found[name]).all(), name
    for name in ("matches", "inliers", "guided", "deep"):
        assert not np.isnan(found[name]).any(), name
    assert found["deep"] == pytest.approx([1, 0], abs=1e-6)


def test_gather_keeps_what_was_compared(shop: Shop, compared: list[NDArray[np.float32]]) -> None:
    looks: dict[int, Agreement] = {}
    arguments = (shop.query, shop.store, COLUMN, [0, 1], [lying(5), lying(6)], None, None)
    first = gather(*arguments, looks)
    second = gather(*arguments, looks)
    assert len(compared) == 2
    assert columns(first)["structure"] == columns(second)["structure"] == [0.02, 0.01]
    gather(*arguments)  # without a place to keep them, compared anew
    assert len(compared) == 4


def test_candidate_without_descriptor_and_no_candidates(shop: Shop) -> None:
    """Found by words, say, while its picture could not be described."""
    found = gather(shop.query, shop.store, COLUMN, [UNREADABLE], [NOWHERE], None, None)
    assert np.isfinite(found.deep).all()
    nothing = gather(shop.query, shop.store, COLUMN, [], [], None, None)
    assert all(values == [] for values in columns(nothing).values())
