"""What the inspector is told: against a look-up's own counts, and homographies that are known."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from beautyfinder.features.keypoints import (
    CATALOGUE_LIMIT,
    QUERY_LIMIT,
    LocalFeatures,
    extract_local_features,
)
from beautyfinder.photo import read_photo
from beautyfinder.search.exact_matching import ExactMatcher
from beautyfinder.search.inspection import (
    DEFAULT_RATIO,
    RULES,
    Inspection,
    difference,
    inspect,
    outline,
    pairing_at,
    silhouette,
    warped,
)
from beautyfinder.search.matching import QueryMatcher
from beautyfinder.search.method import Method
from beautyfinder.search.searcher import Searcher
from beautyfinder.search.verification import project, verify
from beautyfinder.store.store import FeatureStore
from tests.conftest import TinyCatalogue
from tests.pictures import pack_picture, phone_photo

# Turned by 12°, tilted, 0.9 as large: of PRINT in a photo of 700 x 600.
TRUTH = np.array([[0.88, -0.19, 150.0], [0.17, 0.86, 20.0], [1.5e-4, 5e-5, 1.0]])
PLAIN = np.full((60, 90, 3), 128, np.uint8)


def print_of(numbers: range) -> NDArray[np.uint8]:
    """The fronts of six packs, 480 x 400: print from corner to corner."""
    fronts = [pack_picture(number, 240)[20:220, 40:200] for number in numbers]
    return np.concatenate([np.concatenate(fronts[row : row + 3], axis=1) for row in (0, 3)])


PRINT = print_of(range(1, 7))


def seen(picture: NDArray[np.uint8], homography: NDArray[np.float64]) -> NDArray[np.uint8]:
    size = (700, 600)
    photo = cv2.warpPerspective(
        picture, homography, size, flags=cv2.INTER_CUBIC, borderValue=(90, 100, 110)
    )
    return np.asarray(photo, np.uint8)


@pytest.fixture(scope="module")
def photo() -> NDArray[np.uint8]:
    return seen(PRINT, TRUTH)


@pytest.fixture(scope="module", params=RULES)
def inspection(request: pytest.FixtureRequest, photo: NDArray[np.uint8]) -> Inspection:
    return inspect(photo, PRINT, request.param)


def corners_of(picture: NDArray[np.uint8]) -> NDArray[np.float64]:
    height, width = picture.shape[:2]
    return np.array([[0, 0], [width, 0], [width, height], [0, height]]) - 0.5


# Against the truth


def test_the_outline_lies_where_the_picture_does(inspection: Inspection) -> None:
    pairing = pairing_at(inspection, DEFAULT_RATIO[inspection.rule])
    found = outline(pairing, inspection.catalogue_size)
    assert found is not None
    assert found.shape == (4, 2)
    assert np.abs(found - project(TRUTH, corners_of(PRINT))).max() < 0.5


def test_errors_are_distances_from_where_the_homography_puts_them(inspection: Inspection) -> None:
    pairing = pairing_at(inspection, 0.9)
    assert pairing.geometry is not None
    for row in range(0, len(inspection.catalogue), 17):
        x, y, depth = pairing.geometry.homography @ [*inspection.catalogue.points[row], 1]
        nearest = inspection.query.points[inspection.nearest[row]]
        assert np.hypot(*(nearest - (x / depth, y / depth))) == pytest.approx(
            pairing.errors[row], abs=1e-3
        )
    rms = np.sqrt((pairing.errors[pairing.inliers] ** 2).mean())
    assert rms == pytest.approx(pairing.geometry.error, rel=1e-4)


def test_the_photo_is_laid_onto_the_catalogue_picture(
    photo: NDArray[np.uint8], inspection: Inspection
) -> None:
    found = warped(photo, inspection, pairing_at(inspection, 0.8))
    assert found is not None
    assert found.shape == PRINT.shape
    gap = np.abs(found.astype(int) - PRINT)[8:-8, 8:-8]
    assert np.median(gap) <= 2
    assert gap.mean() < 8  # edges are softer, for the photo was interpolated twice


def test_black_is_what_the_photo_does_not_reach() -> None:
    """The left half of the picture lies off the photo; a black pack does not count as that."""
    away = np.array([[1.0, 0, -240], [0, 1, 40], [0, 0, 1]])
    dark = np.where(PRINT > 240, 0, PRINT).astype(np.uint8)
    photo = seen(dark, away)
    inspection = inspect(photo, dark)
    found = warped(photo, inspection, pairing_at(inspection, 0.9))
    assert found is not None
    assert not found[:, :238].any()
    assert found[:, 242:].any(axis=2).all()


# Against a look-up


@pytest.mark.parametrize(("rule", "rerank"), [("verified", "verified"), ("paper", "sift")])
def test_counts_are_a_look_ups(
    tiny_store: FeatureStore, tiny_catalogue: TinyCatalogue, rule: str, rerank: str
) -> None:
    photo = read_photo(tiny_catalogue.photos["p04"])
    column = tiny_store.descriptors[0]
    method = Method(column.backbone, column.pooling, "cosine", ("deep",), rerank=rerank)
    hits = Searcher(tiny_store, "cpu").search(photo, method).hits
    assert len(hits) == 7
    assert hits[0].matches is not None
    assert hits[0].matches > 10
    for hit in hits:
        inspection = inspect(photo.pixels, read_photo(hit.image.path).pixels, rule)
        pairing = pairing_at(inspection, DEFAULT_RATIO[rule])
        assert pairing.match_count == hit.matches
        if rule == "verified":
            assert pairing.inlier_count == hit.inliers


@pytest.mark.parametrize("ratio", [0.5, 0.7, 0.8, 0.9, 0.95, 1.0])
def test_a_ratio_gives_what_matching_anew_gives(inspection: Inspection, ratio: float) -> None:
    query, catalogue = inspection.query, inspection.catalogue
    if inspection.rule == "verified":
        matches = ExactMatcher(query).match(catalogue, ratio)
    else:
        (matches,) = QueryMatcher(query).match([catalogue], ratio)
    geometry = verify(query, catalogue, matches, inspection.query_size, inspection.catalogue_size)
    pairing = pairing_at(inspection, ratio)
    kept = np.flatnonzero(pairing.accepted)
    assert np.array_equal(kept, matches.catalogue_indices)
    assert np.array_equal(inspection.nearest[kept], matches.query_indices)
    assert np.array_equal(inspection.distances[kept, 0], matches.distances)
    assert geometry is not None
    assert pairing.geometry is not None
    assert np.array_equal(pairing.geometry.homography, geometry.homography)
    assert np.array_equal(pairing.inliers[kept], geometry.inliers)
    assert not pairing.inliers[~pairing.accepted].any()


@pytest.mark.parametrize("rule", RULES)
def test_neighbours_are_those_of_brute_force(rule: str) -> None:
    photo, picture = phone_photo(5), pack_picture(5)
    query = extract_local_features(photo, 150)
    inspection = inspect(photo, picture, rule, query)

    def rows(features: LocalFeatures) -> NDArray[np.float64]:
        values = features.descriptors.astype(np.float64)
        return np.sqrt(values / values.sum(axis=1)[:, None]) if rule == "verified" else values

    ours, theirs = rows(inspection.catalogue), rows(query)
    table = np.linalg.norm(ours[:, None] - theirs, axis=2)
    exact = np.sort(table, axis=1)[:, :2]
    alike = np.isclose(inspection.distances, exact, atol=2e-3).all(axis=1)
    assert alike.mean() > (0.8 if rule == "paper" else 0.999)  # FLANN may miss one
    mutual = table[:, table.argmin(axis=1)].argmin(axis=0) == np.arange(len(table))
    assert np.array_equal(inspection.mutual, mutual | (rule == "paper"))


def test_keypoints_are_a_look_ups_unless_given(photo: NDArray[np.uint8]) -> None:
    def same(one: LocalFeatures, other: LocalFeatures) -> bool:
        return np.array_equal(one.points, other.points) and np.array_equal(
            one.descriptors, other.descriptors
        )

    found = inspect(photo, PRINT)
    assert same(found.query, extract_local_features(photo, QUERY_LIMIT))
    assert same(found.catalogue, extract_local_features(PRINT, CATALOGUE_LIMIT))
    few = extract_local_features(photo, 50)
    assert inspect(photo, PRINT, query=few).query is few
    assert inspect(photo, PRINT, catalogue=few).catalogue is few
    with pytest.raises(ValueError, match="sift"):
        inspect(photo, PRINT, "sift")


# A rectangle of the photo


def test_inside_a_rectangle_only(inspection: Inspection) -> None:
    whole = pairing_at(inspection, 0.9)
    inside = (200.0, 100.0, 180.0, 220.0)
    part = pairing_at(inspection, 0.9, inside)
    x, y = inspection.query.points[inspection.nearest].T
    lies_in = (x >= 199.5) & (x < 379.5) & (y >= 99.5) & (y < 319.5)
    assert np.array_equal(part.accepted, whole.accepted & lies_in)
    assert 4 <= part.match_count < whole.match_count
    assert np.array_equal(pairing_at(inspection, 0.9, (0, 0, 700, 600)).accepted, whole.accepted)
    nowhere = pairing_at(inspection, 0.9, (0, 0, 1, 1))
    assert (nowhere.match_count, nowhere.inlier_count, nowhere.geometry) == (0, 0, None)
    assert np.isnan(nowhere.errors).all()
    assert outline(nowhere, inspection.catalogue_size) is None


# Nothing to match


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(("photo", "picture"), [(PLAIN, PRINT), (PRINT, PLAIN), (PLAIN, PLAIN)])
def test_plain_pictures_match_nothing(
    rule: str, photo: NDArray[np.uint8], picture: NDArray[np.uint8]
) -> None:
    inspection = inspect(photo, picture, rule)
    count = len(inspection.catalogue)
    assert inspection.nearest.shape == inspection.mutual.shape == (count,)
    assert inspection.distances.shape == (count, 2)
    pairing = pairing_at(inspection, 1.0, (0, 0, 10, 10))
    assert pairing_at(inspection, 1.0).match_count == pairing.match_count == 0
    assert pairing.inliers.shape == pairing.errors.shape == (count,)
    assert warped(photo, inspection, pairing) is None


@pytest.mark.parametrize("rule", RULES)
def test_one_keypoint_has_no_second_nearest(rule: str) -> None:
    lone = extract_local_features(PRINT, 1)
    inspection = inspect(PRINT, PRINT, rule, query=lone)
    assert (inspection.nearest == -1).all()
    assert np.isnan(inspection.distances).all()
    assert pairing_at(inspection, 1.0).match_count == 0


# Silhouette and difference


def test_a_silhouette_is_the_hull_of_what_is_not_backdrop() -> None:
    picture = np.full((100, 120, 3), 255, np.uint8)
    picture[20:81, 30:91] = (40, 90, 150)
    picture[5, 5] = 0  # a speck
    found = silhouette(picture)
    low, high = found.min(axis=0), found.max(axis=0)
    assert (*low, *high) == (29.5, 19.5, 90.5, 80.5)


@pytest.mark.parametrize("colour", [255, 60])
def test_the_silhouette_of_a_picture_without_backdrop_is_its_edge(colour: int) -> None:
    found = silhouette(np.full((50, 80, 3), colour, np.uint8))
    assert {tuple(row) for row in found.tolist()} == {
        (-0.5, -0.5), (79.5, -0.5), (79.5, 49.5), (-0.5, 49.5)
    }  # fmt: skip


def test_difference_shows_what_differs_and_not_the_light() -> None:
    dimmer = (PRINT * 0.8 + 8).astype(np.uint8)
    twin = dimmer.copy()
    twin[200:260, 80:140] = (250, 60, 200)
    brightness = difference(PRINT, twin).astype(int).sum(axis=2)
    spot = np.zeros(PRINT.shape[:2], np.bool_)
    spot[206:254, 86:134] = True
    far = np.ones(PRINT.shape[:2], np.bool_)
    far[190:270, 70:150] = False
    assert np.median(brightness[spot]) > 400
    assert np.median(brightness[far]) < 60


def test_difference_is_grey_where_nothing_was_compared() -> None:
    picture = np.full((100, 120, 3), 255, np.uint8)
    picture[20:80, 30:90] = (40, 90, 150)
    photo = picture.copy()
    photo[:, :60] = 0
    found = difference(picture, photo)
    assert (found[:, :60] == 128).all()
    assert (found[:18] == 128).all()
    assert not (found[25:75, 62:88] == 128).all(axis=2).any()
    assert (difference(picture, np.zeros_like(picture)) == 128).all()


def test_difference_of_large_pictures_shows_the_same() -> None:
    twin = PRINT.copy()
    twin[200:260, 80:140] = (250, 60, 200)
    large, large_twin = (
        np.repeat(np.repeat(pixels, 3, axis=0), 3, axis=1) for pixels in (PRINT, twin)
    )
    found = difference(large, large_twin)
    assert found.shape == large.shape
    brightness = found.astype(int).sum(axis=2)
    assert np.median(brightness[620:760, 260:400]) > 400
    assert np.median(brightness[900:]) < 60


# Files: a keypoint lies on the same print, however the file is turned, reduced or cropped


@pytest.mark.data
@pytest.mark.parametrize("orientation", range(1, 9))
def test_turned_files_have_the_same_keypoints(data: Path, orientation: int) -> None:
    """JPEG compresses each turn anew, so that points differ by hundredths of a pixel."""
    folder = data / "odd" / "exif-orientation"
    upright = read_photo(folder / "Landscape_1.jpg").pixels
    turned = read_photo(folder / f"Landscape_{orientation}.jpg").pixels
    inspection = inspect(turned, upright)
    pairing = pairing_at(inspection, 0.9)
    assert pairing.inlier_count > 200
    found = outline(pairing, inspection.catalogue_size)
    assert found is not None
    assert np.abs(found - corners_of(upright)).max() < 1.0


@pytest.mark.parametrize("factor", [0.5, 0.75, 1.6])
def test_resized_photos(factor: float) -> None:
    """By the half-pixel rule: edges meet edges, so the outline is the photo's own edge."""
    size = (round(480 * factor), round(400 * factor))
    photo = np.asarray(cv2.resize(PRINT, size, interpolation=cv2.INTER_AREA), np.uint8)
    inspection = inspect(photo, PRINT)
    found = outline(pairing_at(inspection, 0.9), inspection.catalogue_size)
    assert found is not None
    assert np.abs(found - corners_of(photo)).max() < 0.5


def test_cropped_photos(photo: NDArray[np.uint8]) -> None:
    cropped = np.ascontiguousarray(photo[37:520, 90:610])
    inspection = inspect(cropped, PRINT)
    found = outline(pairing_at(inspection, 0.9), inspection.catalogue_size)
    assert found is not None
    assert np.abs(found - (project(TRUTH, corners_of(PRINT)) - (90, 37))).max() < 0.6
