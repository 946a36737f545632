"""A short-list matched with one query: ours, and what is commonly written, pair by pair."""

from __future__ import annotations

import argparse
import statistics
import time
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from beautyfinder.features.keypoints import LocalFeatures, extract_local_features, root_sift
from beautyfinder.search.exact_matching import RATIO, ExactMatcher
from beautyfinder.search.matching import Matches, QueryMatcher
from beautyfinder.search.workers import workers
from benchmarks.timing import table

_PAPER_RATIO = 0.8
_NUMPY = "NumPy, a product of matrices a pair"


def measure(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Exact RootSIFT matches and the paper's, of the same descriptors; runs take turns."""
    generator = np.random.default_rng(0)

    def picture() -> Any:
        small = generator.integers(0, 255, (48, 48, 3), np.uint8)
        return cv2.resize(small, (512, 512), interpolation=cv2.INTER_CUBIC)

    pictures = [picture() for _ in range(options.candidates)]
    turn = cv2.getRotationMatrix2D((256, 256), 10, 0.8)
    limit = options.keypoints
    turned = np.asarray(cv2.warpAffine(pictures[0], turn, (512, 512)), np.uint8)
    query = extract_local_features(turned, limit)
    candidates = [extract_local_features(p, limit) for p in pictures]

    def ours() -> list[list[int]]:
        matcher = ExactMatcher(query)
        found = workers().map(lambda candidate: matcher.match(candidate, RATIO), candidates)
        return [_indices(matches) for matches in found]

    def numpy_loop() -> list[list[int]]:
        rows = root_sift(query.descriptors)
        return [_matches(root_sift(c.descriptors) @ rows.T) for c in candidates]

    def flann_loop() -> list[list[int]]:
        return [_flann(query, candidate) for candidate in candidates]

    def paper() -> list[list[int]]:
        return [_indices(found) for found in QueryMatcher(query).match(candidates, _PAPER_RATIO)]

    work = {
        "ours, exact, mutual": ours,
        _NUMPY: numpy_loop,
        "OpenCV FLANN, trees for each pair": flann_loop,
        "ours, the paper's rule, trees built once": paper,
    }
    counts = {what: task() for what, task in work.items()}
    spent: dict[str, list[float]] = {what: [] for what in work}
    for _ in range(options.runs):
        for what, task in work.items():
            started = time.perf_counter()
            task()
            spent[what].append((time.perf_counter() - started) * 1000)
    qualities = {what: f"right picture: {len(found[0])} matches" for what, found in counts.items()}
    same = counts["ours, exact, mutual"] == counts[_NUMPY]
    qualities[_NUMPY] += ", the same everywhere" if same else ", others elsewhere"
    return table({what: statistics.median(times) for what, times in spent.items()}, qualities)


def _indices(matches: Matches) -> list[int]:
    """Of the candidate's keypoints that match."""
    return [int(index) for index in matches.catalogue_indices]


def _matches(similarity: NDArray[np.float32]) -> list[int]:
    rows = np.arange(len(similarity))
    nearest = similarity.argmax(axis=1)
    mutual = similarity.argmax(axis=0)[nearest] == rows
    best = similarity[rows, nearest]
    similarity[rows, nearest] = -1
    first, second = (np.sqrt(np.maximum(2 - 2 * s, 0)) for s in (best, similarity.max(axis=1)))
    return [int(row) for row in np.flatnonzero(mutual & (first <= RATIO * second))]


def _flann(query: LocalFeatures, candidate: LocalFeatures) -> list[int]:
    matcher = cv2.FlannBasedMatcher({"algorithm": 1, "trees": 5}, {"checks": 50})
    ours, theirs = (f.descriptors.astype(np.float32) for f in (candidate, query))
    pairs = matcher.knnMatch(ours, theirs, 2)
    return [a.queryIdx for a, b in pairs if a.distance <= _PAPER_RATIO * b.distance]
