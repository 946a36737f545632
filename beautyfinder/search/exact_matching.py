"""RootSIFT matches of one query with catalogue pictures, exactly: ratio test, mutual neighbours."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import torch
from numpy.typing import NDArray

from beautyfinder.features.keypoints import LocalFeatures, root_sift
from beautyfinder.search.matching import (
    NO_MATCHES,
    Matches,
    Neighbours,
    no_neighbours,
    within_ratio,
)

RATIO = 0.9  # of nearest to second nearest; laxer than the paper, as matches must be mutual, too

# Rounded descriptors. Processors without VNNI add two products in 16 bits and shift the left side
# by 128, so (127 + 128) * 64 * 2 is the most that comes out right on every one of them.
_LEFT, _RIGHT = 127, 64
TOGETHER = 2  # pictures in one pass; with more, memory is asked of the system anew each time
_BLOCK = 256  # rows at a time: with 1,000 query keypoints 1 MB of products
_SLACK = 1e-5  # more than float32 can be off in a product of two unit vectors
# Elsewhere torch multiplies bytes more slowly than it multiplies floats.
_SCREENING = (
    torch.backends.mkldnn.is_available()  # type: ignore[no-untyped-call]
    and platform.machine().lower() in {"x86_64", "amd64"}
)


class ExactMatcher:
    """Matches one query's RootSIFT descriptors against those of catalogue pictures, exactly.

    A catalogue keypoint and its nearest query keypoint match when the second nearest is clearly
    farther (ratio test) and the catalogue keypoint is the nearest of that query keypoint, too
    (mutual nearest neighbours). Most keypoints are decided by descriptors rounded to 8 bits and the
    most that rounding can be off; only the others are compared in full, so the matches are those of
    brute force. May be used from several threads.
    """

    def __init__(self, query: LocalFeatures) -> None:
        self._query = root_sift(query.descriptors)
        self._columns = torch.from_numpy(self._query).T
        self._rounded = _round_query(self._query) if len(query) >= 2 else None

    def match(self, candidate: LocalFeatures, ratio: float) -> Matches:
        """The matches in the order of the candidate's keypoints; distances are RootSIFT's."""
        return self.match_all([candidate], ratio)[0]

    def match_all(self, candidates: Sequence[LocalFeatures], ratio: float) -> list[Matches]:
        """The matches with each of a few candidates: one pass over all of their keypoints costs
        less than a pass for each, above all where several threads share the interpreter.
        """
        ends = np.cumsum([0, *map(len, candidates)])
        if self._rounded is None or not ends[-1]:
            return [NO_MATCHES] * len(candidates)
        rows = root_sift(np.concatenate([candidate.descriptors for candidate in candidates]))
        if _SCREENING:
            nearest, accepted, unsure = self._screened(rows, self._rounded, ratio)
        else:
            nearest, accepted = np.zeros(len(rows), np.int64), np.zeros(len(rows), np.bool_)
            unsure = np.ones(len(rows), np.bool_)
        result = []
        for start, end in pairwise(ends.tolist()):
            if start == end:
                result.append(NO_MATCHES)
                continue
            own, found = rows[start:end], nearest[start:end]
            # Picture by picture: how a product rounds may depend on how many rows it has.
            asked = np.flatnonzero(unsure[start:end])
            if len(asked):
                found[asked], distances = self._two_nearest(own[asked])
                accepted[start + asked] = within_ratio(distances, ratio)
            kept = np.flatnonzero(accepted[start:end])
            kept = kept[self._mutual(own, found[kept], kept)]  # asked of those that may match
            result.append(Matches(found[kept], kept, self._distances(own[kept], found[kept])))
        return result

    def neighbours(self, candidate: LocalFeatures) -> Neighbours:
        """What the ratio test is given, and which keypoints are mutual neighbours."""
        if self._rounded is None or not len(candidate):
            return no_neighbours(len(candidate))
        rows = root_sift(candidate.descriptors)
        nearest, distances = self._two_nearest(rows)
        mutual = self._mutual(rows, nearest, np.arange(len(rows)))
        return Neighbours(nearest, distances, mutual)

    def _two_nearest(
        self, rows: NDArray[np.float32]
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Index of the nearest (K,) and the two least distances (K, 2) of rows (K, 128)."""
        nearest, second = np.empty(len(rows), np.int64), np.empty(len(rows), np.int64)
        for start in range(0, len(rows), _BLOCK):
            block = torch.from_numpy(rows[start : start + _BLOCK])
            similarity = (block @ self._columns).numpy()
            part = slice(start, start + len(similarity))
            nearest[part] = similarity.argmax(axis=1)
            similarity[np.arange(len(similarity)), nearest[part]] = -1
            second[part] = similarity.argmax(axis=1)
        both = [self._distances(rows, columns) for columns in (nearest, second)]
        return nearest, np.stack(both, axis=1)

    def _distances(
        self, rows: NDArray[np.float32], columns: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """Of rows (K, 128) from the query keypoint (K,) given for each.

        In float64: in float32 one of some 10,000 ratios lies within rounding of the greatest.
        """
        product = np.einsum(
            "ij,ij->i", rows.astype(np.float64), self._query[columns].astype(np.float64)
        )
        # |u - v|² = 2 - 2uv for unit vectors.
        return np.asarray(np.sqrt(np.maximum(2 - 2 * product, 0)), np.float32)

    def _screened(
        self, rows: NDArray[np.float32], query: _RoundedQuery, ratio: float
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.bool_]]:
        """Nearest (K,), whether the ratio test passes (K,), and which the rounded descriptors
        leave undecided (K,); what stands for those means nothing.
        """
        scales = _LEFT / np.maximum(torch.from_numpy(rows).amax(dim=1, keepdim=True).numpy(), 1e-6)
        rounded = np.rint(rows * scales)
        loss = np.linalg.norm(rows - rounded / scales, axis=1)
        one, two, others = _three_most_similar(rounded.astype(np.int8), query)
        # No other query keypoint is more similar than this.
        bound = (
            others / (scales[:, 0] * query.scale)
            + query.shift * rows.sum(axis=1)
            + (loss * query.longest + query.loss + _SLACK)
        )
        first = np.einsum("ij,ij->i", rows, self._query[one])
        second = np.einsum("ij,ij->i", rows, self._query[two])
        best, next_best = np.maximum(first, second), np.minimum(first, second)
        limit = ratio**2
        least, most = 2 - 2 * np.maximum(best, bound), 2 - 2 * next_best
        rejected = least > limit * most + _SLACK
        runner_up = np.maximum(next_best, bound)
        accepted = (2 - 2 * best + _SLACK < limit * (2 - 2 * runner_up)) & (
            best > runner_up + _SLACK
        )
        nearest = np.where(first >= second, one, two)
        return nearest, accepted, ~(rejected | accepted)

    def _mutual(
        self, rows: NDArray[np.float32], nearest: NDArray[np.int64], chosen: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """Which of the candidate's keypoints `chosen` are the nearest of their `nearest`, too."""
        asked, place = np.unique(nearest, return_inverse=True)
        similarity = (torch.from_numpy(self._query[asked]) @ torch.from_numpy(rows).T).numpy()
        first = similarity.argmax(axis=1)
        best = similarity[np.arange(len(asked)), first]
        similarity[np.arange(len(asked)), first] = -1
        for tied in np.flatnonzero(
            torch.from_numpy(similarity).amax(dim=1).numpy() > best - _SLACK
        ):
            similarity[tied, first[tied]] = best[tied]
            close = np.flatnonzero(similarity[tied] > best[tied] - _SLACK)
            twins = rows[close].astype(np.float64)
            first[tied] = close[np.argmax((twins * self._query[asked[tied]]).sum(axis=1))]
        return np.asarray(first[place] == chosen)


@dataclass(frozen=True, eq=False)
class _RoundedQuery:
    """Query descriptors v as whole numbers: v is about `shift` + columns / `scale`.

    columns: int8 (128, Q). longest: greatest length of columns / scale; loss: of what rounding
    takes from a descriptor.
    """

    columns: torch.Tensor
    shift: float
    scale: float
    longest: float
    loss: float


def _round_query(query: NDArray[np.float32]) -> _RoundedQuery:
    # Values run from 0 to some maximum; moved to its middle they take both signs of a byte.
    shift = max(float(query.max()), 1e-6) / 2
    scale = _RIGHT / shift
    rounded = np.rint((query - shift) * scale)
    kept = rounded / scale
    return _RoundedQuery(
        torch.from_numpy(np.ascontiguousarray(rounded.astype(np.int8).T)),
        shift,
        scale,
        float(np.linalg.norm(kept, axis=1).max()),
        float(np.linalg.norm(query - shift - kept, axis=1).max()),
    )


def _three_most_similar(
    rows: NDArray[np.int8], query: _RoundedQuery
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int32]]:
    """Of each of rows (K, 128): the two columns with the greatest products, the third product."""
    least = np.iinfo(np.int32).min
    one, two = np.empty(len(rows), np.int64), np.empty(len(rows), np.int64)
    third = np.empty(len(rows), np.int32)
    memory = torch.empty((min(_BLOCK, len(rows)), query.columns.shape[1]), dtype=torch.int32)
    for start in range(0, len(rows), _BLOCK):
        block = torch.from_numpy(rows[start : start + _BLOCK])
        products = memory[: len(block)]
        torch._int_mm(block, query.columns, out=products)
        values = products.numpy()
        number = np.arange(len(values))
        part = slice(start, start + len(values))
        one[part] = values.argmax(axis=1)
        values[number, one[part]] = least
        two[part] = values.argmax(axis=1)
        values[number, two[part]] = least
        third[part] = products.amax(dim=1).numpy()  # half of NumPy's time
    return one, two, third
