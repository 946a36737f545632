"""How well the confidence keeps its word: reliability, calibration error, "no match", drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beautyfinder.search.verdict import NO_MATCH, THRESHOLDS, VERDICTS, Thresholds, verdict_of

BINS = 10


@dataclass(frozen=True)
class Certainty:
    """One look-up's first hit: its confidence, whether it is right, whether its product is there.

    present: False where the product was taken out of the catalogue, so that no hit can be right.
    """

    confidence: float
    right: bool
    present: bool


@dataclass(frozen=True)
class Bin:
    """First hits whose confidence is from `low` up to `high`; confidence, right: their means."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


def reliability(certainties: Sequence[Certainty], bins: int = BINS) -> list[Bin]:
    """How often the first hit is right, by how sure the look-up was; empty bins are left out."""
    confidence = np.array([one.confidence for one in certainties])
    right = np.array([one.right for one in certainties])
    place = np.minimum((confidence * bins).astype(np.int64), bins - 1)
    found = []
    for number in range(bins):
        inside = place == number
        if inside.any():
            means = float(confidence[inside].mean()), float(right[inside].mean())
            found.append(Bin(number / bins, (number + 1) / bins, int(inside.sum()), *means))
    return found


def expected_calibration_error(certainties: Sequence[Certainty], bins: int = BINS) -> float:
    """Mean distance between confidence and share right over equal bins, weighed by their counts."""
    found = reliability(certainties, bins)
    total = sum(one.count for one in found)
    return sum(one.count * abs(one.confidence - one.right) for one in found) / max(1, total)


def no_match_auroc(certainties: Sequence[Certainty]) -> float:
    """How probable it is that a product that is there gets more confidence than one that is not.

    The area under the curve of `no_match_curve`; equal confidences count half. NaN where there are
    only products of one kind.
    """
    there, missing = _by_presence(certainties)
    if not len(there) or not len(missing):
        return float("nan")
    missing = np.sort(missing)
    below = np.searchsorted(missing, there, "left")
    equal = np.searchsorted(missing, there, "right") - below
    return float((below + equal / 2).mean() / len(missing))


def no_match_curve(certainties: Sequence[Certainty]) -> list[tuple[float, float]]:
    """For every threshold: of the products that are there the share told “no match” wrongly, and

    of those that are not the share told so rightly; from (0, 0) to (1, 1).
    """
    there, missing = (np.sort(part) for part in _by_presence(certainties))
    points = [(0.0, 0.0)]
    for threshold in np.unique(np.concatenate([there, missing])):
        wrongly = np.searchsorted(there, threshold, "right") / max(1, len(there))
        rightly = np.searchsorted(missing, threshold, "right") / max(1, len(missing))
        points.append((float(wrongly), float(rightly)))
    return points


@dataclass(frozen=True)
class VerdictCounts:
    """How often a verdict is given: to all, to products that are there and that are not.

    right: of the first hits with this verdict the share that is right.
    """

    verdict: str
    count: int
    present: float
    absent: float
    right: float


def verdict_counts(
    certainties: Sequence[Certainty], thresholds: Thresholds = THRESHOLDS
) -> list[VerdictCounts]:
    """One for each of the three verdicts."""
    told = [verdict_of(one.confidence, thresholds) for one in certainties]
    counts = []
    for verdict in VERDICTS:
        these = [one for one, word in zip(certainties, told, strict=True) if word == verdict]
        counts.append(
            VerdictCounts(
                verdict,
                len(these),
                _share(sum(one.present for one in these), sum(c.present for c in certainties)),
                _share(sum(not c.present for c in these), sum(not c.present for c in certainties)),
                _share(sum(one.right for one in these), len(these)),
            )
        )
    return counts


def calibration_section(
    certainties: Sequence[Certainty], thresholds: Thresholds = THRESHOLDS
) -> tuple[str, str]:
    """Title and HTML for the report on an evaluation. Needs at least one look-up of each kind."""
    error, area = expected_calibration_error(certainties), no_match_auroc(certainties)
    absent = sum(not one.present for one in certainties)
    rows = "".join(
        f"<tr><th scope='row'>{one.verdict}</th><td>{one.count:,}</td><td>{one.present:.1%}</td>"
        f"<td>{one.absent:.1%}</td><td>{one.right:.1%}</td></tr>"
        for one in verdict_counts(certainties, thresholds)
    )
    return (
        "How sure",
        f"<p>Of {len(certainties) - absent:,} look-ups and of {absent:,} whose product was taken "
        "out of the short-list, as if the catalogue did not have it. Expected calibration error: "
        f"<b>{error:.3f}</b>. Area under the curve of “no match”: <b>{area:.3f}</b>.</p>"
        f"{draw_calibration(certainties, thresholds)}"
        "<div class='wide figures'><table><thead><tr><th scope='col'>Verdict</th>"
        "<th scope='col'>Look-ups</th><th scope='col'>of products that are there</th>"
        "<th scope='col'>of products that are not</th>"
        f"<th scope='col'>first hit right</th></tr></thead><tbody>{rows}</tbody></table></div>",
    )


# Drawing: one grey for light and dark grounds alike, no background, no font of its own.

_SIDE, _LEFT, _TOP, _APART, _BELOW = 300, 64, 34, 96, 58
_GREY, _BLUE, _ORANGE = "#808488", "#3d85c6", "#d97a28"


def draw_calibration(certainties: Sequence[Certainty], thresholds: Thresholds = THRESHOLDS) -> str:
    """An SVG: the reliability diagram, and beside it the curve of “no match”."""
    width, height = _LEFT + 2 * _SIDE + _APART + 24, _TOP + _SIDE + _BELOW
    error, area = expected_calibration_error(certainties), no_match_auroc(certainties)
    counts = {one.verdict: one for one in verdict_counts(certainties, thresholds)}
    second = _LEFT + _SIDE + _APART
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" style="max-width:100%;height:auto" '
        f'font-family="sans-serif" font-size="12" fill="{_GREY}">'
        f"<title>Reliability, calibration error {error:.3f}; "
        f"no match, area under the curve {area:.3f}</title>"
        + _frame(_LEFT, "confidence of the first hit", "share right",
                 f"Reliability: calibration error {error:.3f}")
        + _bars(certainties)
        + _frame(second, "“no match” though it is there", "“no match”, and it is not there",
                 f"No match: area under the curve {area:.3f}")
        + _curve(second, certainties, counts[NO_MATCH])
        + "</svg>"
    )  # fmt: skip


def _frame(left: float, across: str, up: str, title: str) -> str:
    """Axes from 0 to 100 %, with the diagonal."""
    bottom, right = _TOP + _SIDE, left + _SIDE
    parts = [
        f'<text x="{left}" y="{_TOP - 14}" font-size="13" font-weight="600">{title}</text>',
        f'<path d="M{left} {_TOP}V{bottom}H{right}" fill="none" stroke="{_GREY}"/>',
        f'<path d="M{left} {bottom}L{right} {_TOP}" stroke="{_GREY}" stroke-dasharray="4 4"/>',
        f'<text x="{left + _SIDE / 2}" y="{bottom + 42}" text-anchor="middle">{across}</text>',
        f'<text transform="translate({left - 44} {_TOP + _SIDE / 2}) rotate(-90)" '
        f'text-anchor="middle">{up}</text>',
    ]
    for percent in (0, 25, 50, 75, 100):
        x, y = left + _SIDE * percent / 100, bottom - _SIDE * percent / 100
        parts.append(f'<text x="{x}" y="{bottom + 20}" text-anchor="middle">{percent} %</text>')
        parts.append(f'<text x="{left - 8}" y="{y + 4}" text-anchor="end">{percent}</text>')
    return "".join(parts)


def _bars(certainties: Sequence[Certainty]) -> str:
    """A bar as high as the share right; the dot is the mean confidence, on the diagonal."""
    bottom = _TOP + _SIDE
    parts = []
    for one in reliability(certainties):
        x, width = _LEFT + _SIDE * one.low + 2, _SIDE * (one.high - one.low) - 4
        top = bottom - _SIDE * one.right
        dot_x, dot_y = _LEFT + _SIDE * one.confidence, bottom - _SIDE * one.confidence
        parts.append(
            f'<rect x="{x:.1f}" y="{top:.1f}" width="{width:.1f}" height="{bottom - top:.1f}" '
            f'fill="{_BLUE}" fill-opacity="0.75"><title>{one.count} look-ups, {one.right:.0%} '
            f"right at a confidence of {one.confidence:.0%}</title></rect>"
            f'<circle cx="{dot_x:.1f}" cy="{dot_y:.1f}" r="3.5" fill="{_ORANGE}"/>'
            f'<text x="{x + width / 2:.1f}" y="{min(top, dot_y - 4) - 4:.1f}" '
            f'text-anchor="middle" font-size="10">{one.count}</text>'
        )
    return "".join(parts)


def _curve(left: float, certainties: Sequence[Certainty], told: VerdictCounts) -> str:
    """The curve, and on it where the threshold of “no match” stands."""
    bottom = _TOP + _SIDE
    points = " ".join(
        f"{left + _SIDE * wrongly:.1f},{bottom - _SIDE * rightly:.1f}"
        for wrongly, rightly in no_match_curve(certainties)
    )
    x, y = left + _SIDE * told.present, bottom - _SIDE * told.absent
    return (
        f'<polyline points="{points}" fill="none" stroke="{_BLUE}" stroke-width="2"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{_ORANGE}"/>'
        f'<text x="{left + _SIDE}" y="{bottom - 34}" text-anchor="end">“no match” is told '
        f"{told.absent:.0%} of the missing</text>"
        f'<text x="{left + _SIDE}" y="{bottom - 16}" text-anchor="end">and {told.present:.0%} of '
        "those that are there</text>"
    )


def _by_presence(
    certainties: Sequence[Certainty],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Confidences of the products that are there, and of those that are not."""
    there = [one.confidence for one in certainties if one.present]
    return np.array(there), np.array([one.confidence for one in certainties if not one.present])


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
