"""The numbers of the whole match, and of the pair that is lit: its patches and its numbers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from beautyfinder.gui.inspector.messages import Inspected
from beautyfinder.gui.inspector.number_grid import NumberGrid
from beautyfinder.gui.inspector.patches import Patch

if TYPE_CHECKING:
    from beautyfinder.features.keypoints import LocalFeatures
    from beautyfinder.search.inspection import Inspection, Pairing


class PairPanel(QWidget):
    """`show_match` for the whole, `show_pair` for one of its pairs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inspected: Inspected | None = None
        self._pairing: Pairing | None = None
        self._pair = -1
        self.numbers, self.pair_numbers = NumberGrid(), NumberGrid()
        self._title = QLabel()
        self._title.setProperty("role", "strong")
        self._hint = QLabel(
            self.tr("Point at a line or a keypoint, or step through them with N and P.")
        )
        self._hint.setProperty("role", "muted")
        self._hint.setWordWrap(True)
        self.patches = (Patch(self.tr("In your photo")), Patch(self.tr("In the catalogue")))
        both = QHBoxLayout()
        both.setSpacing(10)
        for patch in self.patches:
            both.addWidget(patch, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 14, 2, 6)
        column.setSpacing(10)
        column.addWidget(self.numbers)
        column.addSpacing(8)
        column.addWidget(self._title)
        column.addLayout(both)
        column.addWidget(self.pair_numbers)
        column.addWidget(self._hint)
        column.addStretch(1)
        self.clear()

    def clear(self) -> None:
        """Nothing is matched yet."""
        self._inspected = self._pairing = None
        self.numbers.show_rows([])
        self.show_pair(-1)

    def show_match(self, inspected: Inspected, pairing: Pairing) -> None:
        """The whole: of these two pictures, at this ratio."""
        self._inspected, self._pairing = inspected, pairing
        inspection, geometry = inspected.inspection, pairing.geometry
        number = self.locale().toString
        rows = [
            (
                self.tr("Matches"),
                number(pairing.match_count),
                self.tr("Keypoints of the catalogue's picture whose nearest in the photo is "
                        "clearly nearer than the second nearest (ratio test)."),
            ),
            (
                self.tr("Agreeing"),
                number(int(pairing.inliers.sum())),
                self.tr("Inliers: matches that agree on where the product lies in the photo."),
            ),
            (
                self.tr("at different places"),
                number(pairing.inlier_count),
                self.tr("What counts as matching details: of several inliers at one place, only "
                        "one."),
            ),
            (
                self.tr("Keypoints, photo"),
                number(len(inspection.query)),
                self.tr("SIFT keypoints of the photo."),
            ),
            (
                self.tr("Keypoints, catalogue"),
                number(len(inspection.catalogue)),
                self.tr("SIFT keypoints of the catalogue's picture."),
            ),
        ]  # fmt: skip
        if geometry is not None:
            scale, turn = _scale_and_turn(geometry.homography, inspection.catalogue_size)
            rows += [
                (
                    self.tr("Reprojection error"),
                    self.tr("{error} px").format(error=number(geometry.error, "f", 2)),
                    self.tr("Root mean square distance of the inliers from where the homography "
                            "puts them, in pixels of the photo. Four places always fit."),
                ),
                (
                    self.tr("Scale"),
                    self.tr("{scale} ×").format(scale=number(scale, "f", 2)),
                    self.tr("Pixels of the photo for one of the catalogue's picture."),
                ),
                (
                    self.tr("Turned by"),
                    self.tr("{angle}°").format(angle=number(turn, "f", 0)),
                    self.tr("Clockwise, in the photo."),
                ),
                (
                    self.tr("Found where expected"),
                    self.tr("{found} of {all}").format(
                        found=number(geometry.guided), all=number(geometry.visible)
                    ),
                    self.tr("Guided matching: keypoints of the catalogue's picture that find their "
                            "like where the homography puts them in the photo."),
                ),
            ]  # fmt: skip
        self.numbers.show_rows(rows)
        self.show_pair(self._pair)

    def show_pair(self, pair: int) -> None:
        """The pair of that catalogue keypoint; -1: the clearest, since none is lit."""
        inspected, pairing = self._inspected, self._pairing
        self._pair = pair
        self._title.setText(
            self.tr("This matching detail")
            if pair >= 0
            else self.tr("The clearest matching detail")
        )
        if pair < 0 and inspected is not None and pairing is not None:
            pair = _clearest(inspected.inspection, pairing)
        there = inspected is not None and pairing is not None and pair >= 0
        for widget in (self._title, *self.patches, self.pair_numbers, self._hint):
            widget.setVisible(there)
        if inspected is None or pairing is None or pair < 0:
            for patch in self.patches:
                patch.show_keypoint((), None)
            return
        inspection = inspected.inspection
        near = int(inspection.nearest[pair])
        self.patches[0].show_keypoint(inspected.photo.levels, _keypoint(inspection.query, near))
        self.patches[1].show_keypoint(
            inspected.picture.levels, _keypoint(inspection.catalogue, pair)
        )
        first, second = (float(distance) for distance in inspection.distances[pair])
        sizes = float(inspection.query.scales[near]), float(inspection.catalogue.scales[pair])
        turn = float(inspection.query.angles[near] - inspection.catalogue.angles[pair])
        number, error = self.locale().toString, float(pairing.errors[pair])
        digits = 3 if inspection.rule == "verified" else 1
        rows = [
            (self.tr("Verdict"), self._fate(pair), ""),
            (
                self.tr("Distance"),
                number(first, "f", digits),
                self.tr("Of the two descriptors; the second nearest is at {second}.").format(
                    second=number(second, "f", digits)
                ),
            ),
            (
                self.tr("Ratio"),
                self.tr("{ratio} (at most {most})").format(
                    ratio=number(first / second if second > 0 else 1.0, "f", 3),
                    most=number(pairing.ratio, "f", 2),
                ),
                self.tr("Nearest to second nearest distance: the lower, the clearer."),
            ),
            (
                self.tr("Size"),
                self.tr("{photo} and {picture} px").format(
                    photo=number(sizes[0], "f", 1), picture=number(sizes[1], "f", 1)
                ),
                self.tr("Diameters of the keypoints in the photo and in the catalogue's picture."),
            ),
            (
                self.tr("Turned by"),
                self.tr("{angle}°").format(angle=number((turn + 180) % 360 - 180, "f", 0)),
                self.tr("The photo's keypoint against the catalogue's, clockwise."),
            ),
        ]
        if not math.isnan(error):
            rows.append(
                (
                    self.tr("Reprojection error"),
                    self.tr("{error} px").format(error=number(error, "f", 1)),
                    self.tr("From where the homography puts the keypoint, in the photo's pixels."),
                )
            )
        self.pair_numbers.show_rows(rows)

    def _fate(self, pair: int) -> str:
        assert self._inspected is not None
        assert self._pairing is not None
        inspection, pairing = self._inspected.inspection, self._pairing
        if pairing.inliers[pair]:
            return self.tr("agrees (inlier)")
        if pairing.accepted[pair]:
            return self.tr("elsewhere (outlier)")
        if not inspection.mutual[pair]:
            return self.tr("not mutual (rejected)")
        return self.tr("not clear (rejected)")


def _clearest(inspection: Inspection, pairing: Pairing) -> int:
    """Of those that agree, or else of all matches; -1: there is none."""
    rows = np.flatnonzero(pairing.inliers if pairing.inliers.any() else pairing.accepted)
    if not len(rows):
        return -1
    nearest, second = inspection.distances[rows].T
    return int(rows[np.argmin(nearest / np.maximum(second, 1e-9))])


def _keypoint(features: LocalFeatures, row: int) -> tuple[float, float, float, float]:
    x, y = (features.points[row] + 0.5).tolist()
    return x, y, float(features.scales[row]), float(features.angles[row])


def _scale_and_turn(homography: np.ndarray, size: tuple[int, int]) -> tuple[float, float]:
    """In the middle of the picture: how much larger, and degrees clockwise."""
    x, y, depth = homography @ np.array([size[0] / 2, size[1] / 2, 1.0])
    jacobian = (homography[:2, :2] - np.outer((x / depth, y / depth), homography[2, :2])) / depth
    scale = math.sqrt(abs(float(np.linalg.det(jacobian))))
    turn = math.degrees(
        math.atan2(jacobian[1, 0] - jacobian[0, 1], jacobian[0, 0] + jacobian[1, 1])
    )
    return scale, turn
