"""A short-list matched with one query: ours, and OpenCV's FLANN matcher pair by pair."""

from __future__ import annotations

import argparse
from typing import Any

import cv2
import numpy as np

from beautyfinder.features.keypoints import CATALOGUE_LIMIT, QUERY_LIMIT, extract_local_features
from beautyfinder.search.matching import QueryMatcher
from benchmarks.timing import median_ms, table

RATIO = 0.8


def measure(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Both match the same descriptors by the same rule; how far their counts agree stands by."""
    generator = np.random.default_rng(0)

    def picture() -> Any:
        small = generator.integers(0, 255, (48, 48, 3), np.uint8)
        return cv2.resize(small, (512, 512), interpolation=cv2.INTER_CUBIC)

    pictures = [picture() for _ in range(options.candidates)]
    turn = cv2.getRotationMatrix2D((256, 256), 10, 0.8)
    query = extract_local_features(cv2.warpAffine(pictures[0], turn, (512, 512)), QUERY_LIMIT)
    candidates = [extract_local_features(p, CATALOGUE_LIMIT) for p in pictures]

    def ours() -> list[int]:
        return [len(matches) for matches in QueryMatcher(query).match(candidates, RATIO)]

    def pair_by_pair() -> list[int]:
        counts = []
        wanted = query.descriptors.astype(np.float32)
        for candidate in candidates:
            flann = cv2.FlannBasedMatcher({"algorithm": 1, "trees": 5}, {"checks": 50})
            pairs = flann.knnMatch(candidate.descriptors.astype(np.float32), wanted, k=2)
            counts.append(sum(a.distance <= RATIO * b.distance for a, b in pairs))
        return counts

    work = {
        "ours, trees of the query built once": ours,
        "OpenCV, trees for each pair": pair_by_pair,
    }
    times = {what: median_ms(task, options.runs) for what, task in work.items()}
    qualities = {what: f"right picture: {task()[0]} matches" for what, task in work.items()}
    return table(times, qualities)
