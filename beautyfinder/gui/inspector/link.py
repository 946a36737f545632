"""Linked panes: the other one shows the same part of the product, as large as this one does."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from beautyfinder.gui.inspector.pane import Pane

_WILD = 1e6


def follow(leader: Pane, follower: Pane, homography: NDArray[np.float64] | None) -> None:
    """Move `follower` to what `leader` shows.

    homography: (3, 3), keypoint coordinates of the leader's picture -> those of the follower's.
    With it, the part in the middle and its size on the screen become the same, as far as the
    follower would not become smaller than whole. Without: the same share of the way from whole to
    large, and of width and height.
    """
    if not leader.size[0] or not follower.size[0]:
        return
    if homography is not None and _follow_through(leader, follower, homography):
        return
    follower.set_scale(follower.fit_scale() * leader.scale / leader.fit_scale())
    shares = [at / extent for at, extent in zip(leader.centre, leader.size, strict=True)]
    follower.centre = shares[0] * follower.size[0], shares[1] * follower.size[1]
    follower.fitted = leader.fitted


def _follow_through(leader: Pane, follower: Pane, homography: NDArray[np.float64]) -> bool:
    x, y = leader.centre[0] - 0.5, leader.centre[1] - 0.5
    across, down, depth = homography @ np.array([x, y, 1.0])
    if abs(depth) < 1e-9:
        return False
    place = np.array([across, down]) / depth
    jacobian = (homography[:2, :2] - np.outer(place, homography[2, :2])) / depth
    size = float(np.sqrt(abs(np.linalg.det(jacobian))))  # follower's pixels for one of the leader's
    if not (1 / _WILD < size < _WILD and np.abs(place).max() < _WILD):
        return False
    least = follower.fit_scale()
    scale = leader.scale / size
    if scale <= least:
        follower.fit()
        return True
    follower.set_scale(scale)
    follower.centre = float(place[0]) + 0.5, float(place[1]) + 0.5
    follower.keep_near(1.0)
    return True
