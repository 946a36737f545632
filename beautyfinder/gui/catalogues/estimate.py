"""How long a catalogue will take and how large it will be: told before it is begun. No widgets."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

# Seconds of one core for a picture of a shop's size, measured on a machine with two cores: 0.2 s
# a picture with words and local features on both of them, 0.1 s without words.
_SECONDS_BASE = 0.06  # reading, decoding, thumbnail
_SECONDS_LOCAL = 0.10
_SECONDS_WORDS = 0.20
_SECONDS_PER_GIGA = 0.1  # of a network's multiplications, as below
# Multiplications for 224 x 224 pixels in thousand millions, as their authors give them.
_GIGA_MULTIPLICATIONS = {
    "efficientnet-lite0": 0.4, "vgg16": 15.5, "resnet50": 4.1, "resnet101": 7.8, "resnet152": 11.5,
    "resnext101_32x4d": 8.0, "resnext101_64x4d": 15.5, "se_resnet50": 3.9, "se_resnet101": 7.6,
    "se_resnet152": 11.3, "senet154": 20.7, "se_resnext50_32x4d": 4.3, "se_resnext101_32x4d": 8.0,
}  # fmt: skip
_START_SECONDS = 6.0
_BYTES_BASE = 10_000  # the row and its thumbnail
_BYTES_LOCAL = 50_000  # with their share of the index that is built at the first look-up
_BYTES_PER_NUMBER = 2
_SPREAD = 1.7  # times less and times more: pictures and machines differ
_ROOM_LEFT = 200_000_000  # bytes that should stay free


@dataclass(frozen=True)
class Estimate:
    """What to expect: seconds and bytes, each as the least and the most."""

    seconds: tuple[float, float]
    bytes: tuple[int, int]


def estimate(
    pictures: int,
    backbone: str,
    channels: int,
    poolings: int,
    local_features: bool,
    text: bool,
    workers: int,
) -> Estimate:
    """For so many `pictures`, a backbone with so many `channels`, and so many threads."""
    seconds = _SECONDS_BASE + _SECONDS_PER_GIGA * _GIGA_MULTIPLICATIONS.get(backbone, 8.0)
    seconds += _SECONDS_LOCAL * local_features + _SECONDS_WORDS * text
    size = _BYTES_BASE + _BYTES_LOCAL * local_features
    size += _BYTES_PER_NUMBER * channels * poolings
    took, room = _START_SECONDS + pictures * seconds / workers, pictures * size
    return Estimate(
        (took / _SPREAD, took * _SPREAD), (round(room / _SPREAD), round(room * _SPREAD))
    )


def count_pictures(source: str, should_stop: Callable[[], bool]) -> int:
    """How many pictures the folder or CSV names. Raises UserError, and Cancelled when stopped."""
    from beautyfinder.store.sources import read_sources

    return len(read_sources([source], should_stop))


def free_bytes(folder: Path) -> int | None:
    """Room on the disk where `folder` is or would be made; None where that cannot be told."""
    for place in (folder, *folder.parents):
        try:
            return shutil.disk_usage(place).free
        except OSError:
            continue
    return None


def fits(expected: Estimate, free: int | None) -> bool:
    """Whether there is room for the most that is expected."""
    return free is None or expected.bytes[1] + _ROOM_LEFT <= free


def workers() -> int:
    """How many threads the child will compute with: all cores but one."""
    return max(1, min(8, (os.cpu_count() or 1) - 1))
