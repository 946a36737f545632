"""What is printed behind a label's words: bands, patterns, leaves, watercolour; barcodes."""

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

from beautyfinder.sample.emblems import emblem_mask, petal
from beautyfinder.sample.lettering import Colour, Pixels, stamp
from beautyfinder.sample.look import Look
from beautyfinder.sample.palette import lightness, mix

Rng = np.random.Generator


def _poly(area: Pixels, points: npt.NDArray[np.float64], colour: Colour) -> None:
    cv2.fillPoly(area, [np.round(points * 16).astype(np.int32)], colour, cv2.LINE_AA, 4)


def _disc(area: Pixels, x: float, y: float, radius: float, colour: Colour) -> None:
    centre = (round(x * 16), round(y * 16))
    cv2.circle(area, centre, max(1, round(radius * 16)), colour, -1, cv2.LINE_AA, 4)


def _soft(look: Look, ground: Colour, share: float = 0.55) -> Colour:
    """A pattern colour near the ground, so that words printed over it stay readable."""
    target = look.accent if abs(lightness(look.accent) - lightness(look.ink)) > 0.3 else look.second
    return mix(ground, target, share)


def _plain(area: Pixels, look: Look, ground: Colour, rng: Rng, emblem: str) -> None:
    del area, look, ground, rng, emblem


def _band(area: Pixels, look: Look, ground: Colour, rng: Rng, emblem: str) -> None:
    del emblem
    height = area.shape[0]
    y = round(height * float(rng.choice([0.03, 0.86])))
    thick = round(height * float(rng.uniform(0.05, 0.10)))
    area[y : y + thick] = look.accent
    area[y + thick + max(1, thick // 5) : y + thick + max(2, thick // 3)] = mix(
        ground, look.accent, 0.7
    )


def _lower_block(area: Pixels, look: Look, ground: Colour, rng: Rng, emblem: str) -> None:
    del emblem
    split = round(area.shape[0] * float(rng.uniform(0.60, 0.74)))
    area[split:] = _soft(look, ground, 0.8)
    area[split : split + max(1, area.shape[0] // 160)] = look.metal


def _gradient(area: Pixels, look: Look, ground: Colour, rng: Rng, emblem: str) -> None:
    del rng, emblem
    share = np.linspace(-0.5, 1, area.shape[0]).clip(0, 1)[:, None, None] ** 1.3
    far = np.asarray(_soft(look, ground, 0.75), np.float64)
    area[:] = (np.asarray(ground) * (1 - share) + far * share).astype(np.uint8)


def _stripes(area: Pixels, look: Look, ground: Colour, rng: Rng, emblem: str) -> None:
    del emblem
    step = max(5, area.shape[1] // int(rng.integers(9, 22)))
    colour = _soft(look, ground, 0.35)
    columns = (np.arange(area.shape[1]) // max(2, step // 2)) % 2 == 0
    area[:, columns] = colour


def _dots(area: Pixels, look: Look, ground: Colour, rng: Rng, emblem: str) -> None:
    del emblem
    step = area.shape[1] / int(rng.integers(9, 15))
    colours = (_soft(look, ground, 0.5), mix(ground, look.second, 0.55))
    for row in range(int(area.shape[0] / step) + 2):
        for column in range(int(area.shape[1] / step) + 2):
            x = (column + 0.5 * (row % 2)) * step
            _disc(area, x, row * step * 0.88, step * 0.24, colours[(row + column) % 2])


def _terrazzo(area: Pixels, look: Look, ground: Colour, rng: Rng, emblem: str) -> None:
    del emblem
    height, width = area.shape[:2]
    unit = max(width, height) / 22
    colours = [mix(ground, c, 0.6) for c in (look.accent, look.second, look.deep, look.metal)]
    for _ in range(int(width * height / (unit * unit * 3.2))):
        count = int(rng.integers(4, 7))
        angle = np.sort(rng.uniform(0, 2 * np.pi, count))
        radius = unit * rng.uniform(0.25, 0.75, count)
        centre = rng.uniform((0, 0), (width, height))
        shape = centre + np.stack([np.cos(angle), np.sin(angle)], axis=1) * radius[:, None]
        _poly(area, shape, colours[int(rng.integers(4))])


def _chevron(area: Pixels, look: Look, ground: Colour, rng: Rng, emblem: str) -> None:
    del emblem
    height, width = area.shape[:2]
    step = width / int(rng.integers(7, 12))
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    wave = np.abs((x / step) % 2 - 1) * step * 0.8 + y
    phase = (wave / (step * 0.5)) % 2
    cover = np.clip((1 - np.abs(phase - 1)) * step - step * 0.5 + 0.5, 0, 1)[..., None]
    cover *= np.clip((y / height - 0.55) * 4, 0, 1)[..., None]
    area[:] = (area * (1 - cover) + np.asarray(_soft(look, ground, 0.6)) * cover).astype(np.uint8)


def _waves(area: Pixels, look: Look, ground: Colour, rng: Rng, emblem: str) -> None:
    del emblem
    height, width = area.shape[:2]
    x = np.linspace(0, width, 60)
    colours = (_soft(look, ground, 0.35), _soft(look, ground, 0.6), look.accent, look.deep)
    phase = float(rng.uniform(0, 6))
    for k, colour in enumerate(colours):
        top = height * (0.62 + 0.095 * k)
        y = top + height * 0.035 * np.sin(x / width * 9 + phase + k * 1.3)
        _poly(area, np.r_[np.c_[x, y], [[width, height], [0, height]]], colour)


def _diagonal(area: Pixels, look: Look, ground: Colour, rng: Rng, emblem: str) -> None:
    del emblem
    height, width = area.shape[:2]
    y = height * float(rng.uniform(0.62, 0.75))
    rise = width * 0.42
    for k, colour in enumerate((_soft(look, ground, 0.4), look.accent)):
        low = y + k * height * 0.05
        points = np.array(
            [[0, low + rise / 2], [width, low - rise / 2], [width, height], [0, height]]
        )
        _poly(area, points, colour)


def _scatter(area: Pixels, look: Look, ground: Colour, rng: Rng, emblem: str) -> None:
    height, width = area.shape[:2]
    step = max(width / 7, 8)
    mask = emblem_mask(emblem, max(6, round(step * float(rng.uniform(0.35, 0.55)))), "A")
    colour = _soft(look, ground, 0.32)
    for row in range(int(height / step) + 2):
        for column in range(int(width / step) + 2):
            stamp(area, mask, (column + 0.5 * (row % 2) - 0.5) * step, (row - 0.3) * step, colour)


def _petals(area: Pixels, look: Look, ground: Colour, rng: Rng, emblem: str) -> None:
    del emblem
    height, width = area.shape[:2]
    unit = width / 6.5
    centres = [(0.16, 0.93), (0.5, 1.0), (0.83, 0.9), (0.3, 1.03), (0.68, 1.02), (0.95, 1.0)]
    colours = (look.accent, mix(look.accent, ground, 0.45), look.second, look.deep)
    for k, (cx, cy) in enumerate(centres):
        x, y = cx * width, height * cy - unit * 0.2
        petals = int(rng.integers(5, 8))
        for leaf in range(2):
            turn = float(rng.uniform(0, 360))
            _poly(
                area,
                petal(unit * 1.1, unit * 0.4, turn, x, y),
                mix((90, 130, 80), ground, 0.25 + 0.2 * leaf),
            )
        start = float(rng.uniform(0, 360))
        colour = mix(colours[k % 4], ground, 0.12)
        for p in range(petals):
            turn = start + p * 360 / petals
            _poly(area, petal(unit * 0.82, unit * 0.55, turn, x, y), colour)
            _poly(
                area, petal(unit * 0.5, unit * 0.2, turn, x, y), mix(colour, (255, 255, 255), 0.3)
            )
        _disc(area, x, y, unit * 0.15, mix(look.metal, (255, 220, 120), 0.5))


def _botanical(area: Pixels, look: Look, ground: Colour, rng: Rng, emblem: str) -> None:
    del emblem
    height, width = area.shape[:2]
    reach = min(height * 0.34, width * 0.55)
    green = mix(look.accent, (86, 122, 76), float(rng.uniform(0.1, 0.7)))
    tints = (mix(green, ground, 0.45), mix(green, ground, 0.2), green)
    slender = float(rng.uniform(0.16, 0.34))
    for k in range(9):
        x = width * (0.5 + (k - 4) * 0.13) + float(rng.uniform(-4, 4))
        length = reach * float(rng.uniform(0.6, 1.05)) * (1.0 if k not in (3, 4, 5) else 0.55)
        lean = float(rng.uniform(-0.35, 0.35))
        colour = tints[k % 3]
        t = np.linspace(0, 1, 9)
        stem = np.c_[x + lean * length * t**2, height - length * t]
        line = [np.round(stem * 16).astype(np.int32)]
        cv2.polylines(area, line, False, colour, max(1, round(width / 160)), cv2.LINE_AA, 4)
        for i in range(1, 9):
            size = length * 0.30 * (1.25 - t[i])
            for side in (-1, 1):
                turn = -90 + side * 48 + lean * 60 * t[i]
                _poly(area, petal(size, size * slender * 2, turn, *stem[i]), colour)


def _watercolour(area: Pixels, look: Look, ground: Colour, rng: Rng, emblem: str) -> None:
    del ground, emblem
    height, width = area.shape[:2]
    cloud = np.zeros((height, width), np.float32)
    for cells in (3, 6, 13, 27):
        rows = max(2, round(cells * height / max(width, 1)))
        noise = rng.random((rows, cells), dtype=np.float32)
        layer = cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC)
        cloud += layer.astype(np.float32) / cells**0.55
    cloud = (cloud - cloud.min()) / max(float(np.ptp(cloud)), 1e-3)
    fade = np.abs(np.linspace(-1, 1, height, dtype=np.float32))[:, None] ** 1.4
    cover = np.clip((cloud - 0.78 + 0.52 * fade) * 7, 0, 1) * (0.45 + 0.4 * cloud)
    ridge = np.exp(-(((cloud - 0.78 + 0.52 * fade) * 22) ** 2)) * 0.3
    cover = np.clip(cover + ridge, 0, 0.9)[..., None]
    tint = np.linspace(0, 1, width, dtype=np.float32)[None, :, None]
    paint = np.asarray(look.accent) * (1 - tint) + np.asarray(look.second) * tint
    area[:] = (area * (1 - cover) + paint * cover).astype(np.uint8)


def _arcs(area: Pixels, look: Look, ground: Colour, rng: Rng, emblem: str) -> None:
    del emblem
    height, width = area.shape[:2]
    centre = (width * float(rng.choice([0.2, 0.5, 0.8])), height * 1.02)
    radius = min(width * 0.62, height * 0.42)
    colours = (look.accent, look.second, _soft(look, ground, 0.7), look.deep, ground)
    for k in range(5):
        _disc(area, *centre, radius * (1 - 0.19 * k), mix(colours[k], ground, 0.08))


def _marble(area: Pixels, look: Look, ground: Colour, rng: Rng, emblem: str) -> None:
    del emblem
    height, width = area.shape[:2]
    x = np.linspace(-0.1, 1.1, 24) * width
    for k in range(9):
        drift = np.cumsum(rng.normal(0, height * 0.035, 24))
        y = height * float(rng.uniform(-0.2, 1.1)) + drift + x * 0.6
        colour = mix(ground, look.metal if k % 3 == 0 else look.ink, 0.5 if k % 3 == 0 else 0.14)
        line = [np.round(np.c_[x, y] * 16).astype(np.int32)]
        cv2.polylines(area, line, False, colour, 1 + (k % 3 == 1) * 2, cv2.LINE_AA, 4)


def _blobs(area: Pixels, look: Look, ground: Colour, rng: Rng, emblem: str) -> None:
    del emblem
    height, width = area.shape[:2]
    angle = np.linspace(0, 2 * np.pi, 60)
    for k, (cx, cy) in enumerate(((0.22, 0.9), (0.75, 0.83), (0.5, 1.02), (0.85, 0.08))):
        radius = min(width * 0.3, height * 0.22) * (
            1 + 0.16 * np.sin(angle * 3 + float(rng.uniform(0, 6))) + 0.09 * np.sin(angle * 2 + k)
        )
        shape = np.c_[cx * width + radius * np.cos(angle), cy * height + radius * np.sin(angle)]
        _poly(area, shape, mix((look.accent, look.second, look.deep, look.accent)[k], ground, 0.15))


def _molecules(area: Pixels, look: Look, ground: Colour, rng: Rng, emblem: str) -> None:
    del emblem
    height, width = area.shape[:2]
    step = width / 11
    colour = _soft(look, ground, 0.45)
    for row in range(int(height / step) + 2):
        for column in range(13):
            x, y = (column + 0.5 * (row % 2)) * step, row * step * 0.87
            if y / height < 0.66 + 0.1 * float(rng.random()):
                continue
            angle = np.radians(np.arange(6) * 60 + 30)
            ring = np.c_[x + step * 0.5 * np.cos(angle), y + step * 0.5 * np.sin(angle)]
            line = [np.round(ring * 16).astype(np.int32)]
            cv2.polylines(area, line, True, colour, max(1, round(step / 9)), cv2.LINE_AA, 4)


_GRAPHICS: dict[str, Callable[[Pixels, Look, Colour, Rng, str], None]] = {
    "plain": _plain, "band": _band, "lower-block": _lower_block, "gradient": _gradient,
    "stripes": _stripes, "dots": _dots, "terrazzo": _terrazzo, "chevron": _chevron,
    "waves": _waves, "diagonal": _diagonal, "scatter": _scatter, "petals": _petals,
    "botanical": _botanical, "watercolour": _watercolour, "arcs": _arcs, "marble": _marble,
    "blobs": _blobs, "molecules": _molecules,
}  # fmt: skip


def draw_graphic(area: Pixels, look: Look, ground: Colour, emblem: str) -> None:
    """Print the look's graphic over uint8 (H, W, 3) RGB `area`, whose colour is `ground`."""
    rng = np.random.default_rng(look.art_seed)
    _GRAPHICS[look.graphic](area, look, ground, rng, emblem)


def barcode(width: int, height: int, seed: tuple[int, ...]) -> Pixels:
    """A barcode on white, uint8 (height, width, 3) RGB."""
    rng = np.random.default_rng(seed)
    bits = np.repeat(np.arange(60) % 2, rng.integers(1, 4, 60))
    strip = np.pad((1 - bits) * 0 + bits, 8)
    row = np.where(strip[(np.arange(width) * len(strip)) // max(width, 1)] > 0, 25, 252)
    image = np.full((height, width, 3), 252, np.uint8)
    edge = max(1, height // 10)
    image[edge:-edge] = row[None, :, None]
    return image
