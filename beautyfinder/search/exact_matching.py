"""RootSIFT matches of one query with catalogue pictures, exactly: ratio test, mutual neighbours."""

from __future__ import annotations

from beautyfinder.features.keypoints import LocalFeatures
from beautyfinder.kernels import QueryDescriptors
from beautyfinder.search.matching import Matches, Neighbours, no_neighbours

RATIO = 0.9  # of nearest to second nearest; laxer than the paper, as matches must be mutual, too


class ExactMatcher:
    """Matches one query's RootSIFT descriptors against those of catalogue pictures, exactly.

    A catalogue keypoint and its nearest query keypoint match when the second nearest is clearly
    farther (ratio test) and the catalogue keypoint is the nearest of that query keypoint, too
    (mutual nearest neighbours). Of equally near ones the first counts as the nearest. May be used
    from several threads, which then run side by side.
    """

    def __init__(self, query: LocalFeatures) -> None:
        self._count = len(query)
        self._query = QueryDescriptors(query.descriptors)

    def match(self, candidate: LocalFeatures, ratio: float) -> Matches:
        """The matches in the order of the candidate's keypoints; distances are RootSIFT's."""
        return Matches(*self._query.match(candidate.descriptors, ratio))

    def neighbours(self, candidate: LocalFeatures) -> Neighbours:
        """What the ratio test is given, and which keypoints are mutual neighbours."""
        if self._count < 2 or not len(candidate):
            return no_neighbours(len(candidate))
        return Neighbours(*self._query.neighbours(candidate.descriptors))
