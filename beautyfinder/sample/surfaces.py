"""Tables, cloths and walls: textures for studio backdrops and phone photos."""

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

from beautyfinder.sample.emblems import petal
from beautyfinder.sample.lettering import Colour, Pixels

Rng = np.random.Generator
Floats = npt.NDArray[np.float32]


def cloud(height: int, width: int, rng: Rng, cells: tuple[int, ...], fall: float = 0.6) -> Floats:
    """Smooth noise, float32 (height, width) with mean about 0 and range about -1..1."""
    total = np.zeros((height, width), np.float32)
    weight = 1.0
    for count in cells:
        rows = max(2, round(count * height / max(height, width)))
        columns = max(2, round(count * width / max(height, width)))
        noise = rng.uniform(-1, 1, (rows, columns)).astype(np.float32)
        total += weight * cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC)
        weight *= fall
    return total


def _toned(values: Floats, base: Colour, strength: float) -> Pixels:
    paint = np.asarray(base, np.float32) * (1 + strength * values[..., None])
    return np.clip(paint, 0, 255).astype(np.uint8)


_WOODS: tuple[Colour, ...] = (
    (171, 124, 80),
    (116, 78, 52),
    (206, 170, 124),
    (146, 104, 72),
    (92, 68, 54),
)


def wood(height: int, width: int, rng: Rng) -> Pixels:
    """Boards with grain and seams."""
    base = _WOODS[int(rng.integers(len(_WOODS)))]
    boards = int(rng.integers(3, 7))
    step = height / boards
    grain = np.zeros((height, width), np.float32)
    tone = np.zeros((height, 1), np.float32)
    for k in range(boards):
        top, low = round(k * step), round((k + 1) * step)
        rows = max(low - top, 2)
        noise = rng.uniform(-1, 1, (max(4, rows // 4), 7)).astype(np.float32)
        fine = rng.uniform(-1, 1, (rows, 24)).astype(np.float32)
        grain[top:low] = cv2.resize(noise, (width, rows), interpolation=cv2.INTER_CUBIC)[
            : low - top
        ]
        grain[top:low] += (
            0.6 * cv2.resize(fine, (width, rows), interpolation=cv2.INTER_LINEAR)[: low - top]
        )
        tone[top:low] = float(rng.uniform(-0.6, 0.6))
        tone[max(low - max(2, height // 300), 0) : low] = -3.2
    return _toned(grain * 0.8 + tone, base, 0.13)


def marble(height: int, width: int, rng: Rng) -> Pixels:
    """White or dark stone with veins."""
    base: Colour = (236, 234, 231) if rng.random() < 0.7 else (58, 60, 64)
    field = cloud(height, width, rng, (3, 6, 12, 25, 50))
    veins = np.exp(-((field * 9) ** 2)) * (0.4 + 0.6 * (cloud(height, width, rng, (4, 9)) > 0))
    soft = cloud(height, width, rng, (4, 9))
    sign = -1.0 if base[0] > 128 else 1.6
    return _toned((sign * veins * 0.9 + soft * 0.25).astype(np.float32), base, 0.17)


def linen(height: int, width: int, rng: Rng) -> Pixels:
    """Woven cloth with soft folds."""
    tones: tuple[Colour, ...] = (
        (214, 204, 188),
        (168, 178, 186),
        (196, 160, 152),
        (120, 128, 118),
        (226, 224, 220),
    )
    base = tones[int(rng.integers(len(tones)))]
    weave = rng.normal(0, 1, (height, 1)).astype(np.float32) + rng.normal(0, 1, (1, width)).astype(
        np.float32
    )
    weave += rng.normal(0, 0.8, (height, width)).astype(np.float32)
    folds = cloud(height, width, rng, (2, 4, 7))
    ridge = np.abs(cloud(height, width, rng, (3, 5)))
    return _toned(weave * 0.18 + folds * 0.9 - np.exp(-ridge * 14) * 0.9, base, 0.16)


def tiles(height: int, width: int, rng: Rng) -> Pixels:
    """Bathroom tiles with grout."""
    tones: tuple[Colour, ...] = ((232, 234, 234), (176, 204, 206), (214, 198, 180), (92, 112, 122))
    base = tones[int(rng.integers(len(tones)))]
    step = max(height, width) / float(rng.uniform(3.5, 8))
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    shift = (np.floor(y / step) % 2) * step * (0.5 if rng.random() < 0.5 else 0)
    gx = np.abs(((x + shift) / step) % 1 - 0.5)
    gy = np.abs((y / step) % 1 - 0.5)
    grout = np.clip((np.maximum(gx, gy) - 0.48) * 80, 0, 1)
    values = cloud(height, width, rng, (3, 7, 20)) * 0.35 - grout * 1.5
    return _toned(values.astype(np.float32), base, 0.16)


def concrete(height: int, width: int, rng: Rng) -> Pixels:
    """Plaster or a worktop."""
    tones: tuple[Colour, ...] = ((188, 186, 182), (226, 220, 212), (142, 146, 150), (210, 190, 176))
    values = cloud(height, width, rng, (3, 8, 20, 60, 140), 0.7)
    grain = rng.normal(0, 0.5, (height, width)).astype(np.float32)
    return _toned(values * 0.8 + grain * 0.4, tones[int(rng.integers(len(tones)))], 0.11)


def leaves(height: int, width: int, rng: Rng) -> Pixels:
    """A thicket of leaves seen from above."""
    image = np.empty((height, width, 3), np.uint8)
    image[:] = (24, 42, 28)
    unit = max(height, width)
    for k in range(90):
        depth = k / 90
        length = unit * float(rng.uniform(0.16, 0.34))
        x, y = float(rng.uniform(-0.1, 1.1)) * width, float(rng.uniform(-0.1, 1.1)) * height
        turn = float(rng.uniform(0, 360))
        g = 0.35 + 0.65 * depth
        tone = (int(70 * g + rng.uniform(0, 30)), int(128 * g + rng.uniform(0, 30)), int(62 * g))
        blade = petal(length, length * 0.42, turn, x, y)
        cv2.fillPoly(image, [np.round(blade * 16).astype(np.int32)], tone, cv2.LINE_AA, 4)
        tip = (blade[0] + (blade[19] - blade[0]) * 0.96).astype(int)
        vein = (min(tone[0] + 30, 255), min(tone[1] + 34, 255), min(tone[2] + 26, 255))
        cv2.line(
            image,
            (int(x), int(y)),
            (int(tip[0]), int(tip[1])),
            vein,
            max(1, unit // 420),
            cv2.LINE_AA,
        )
    return image


def gingham(height: int, width: int, rng: Rng) -> Pixels:
    """A checked tablecloth."""
    tones: tuple[Colour, ...] = ((178, 52, 58), (60, 96, 150), (90, 130, 92), (120, 110, 104))
    tone = np.asarray(tones[int(rng.integers(len(tones)))], np.float32)
    step = max(height, width) / float(rng.uniform(12, 26))
    gx = ((np.arange(width) / step) % 2 < 1).astype(np.float32)[None, :]
    gy = ((np.arange(height) / step) % 2 < 1).astype(np.float32)[:, None]
    share = ((gx + gy) / 2)[..., None]
    folds = 1 + 0.08 * cloud(height, width, rng, (2, 5))[..., None]
    weave = 1 + rng.normal(0, 0.02, (height, width, 1)).astype(np.float32)
    return np.clip((246 * (1 - share) + tone * share) * folds * weave, 0, 255).astype(np.uint8)


SURFACES: dict[str, Callable[[int, int, Rng], Pixels]] = {
    "wood": wood,
    "marble": marble,
    "linen": linen,
    "tiles": tiles,
    "concrete": concrete,
    "leaves": leaves,
    "gingham": gingham,
}
