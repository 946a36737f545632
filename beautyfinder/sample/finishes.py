"""What surfaces do with light: matt and glossy plastic, glass, metals, as tables across a body."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from beautyfinder.sample.lettering import Colour


@dataclass(frozen=True)
class Finish:
    """A surface: how dark its edges turn, how strong and sharp its reflections are."""

    name: str
    edge: float
    gloss: float
    sharp: float
    metal: bool = False


FINISHES: dict[str, Finish] = {
    "matt": Finish("matt", 0.30, 0.05, 0.2),
    "satin": Finish("satin", 0.32, 0.16, 0.4),
    "gloss": Finish("gloss", 0.36, 0.46, 0.9),
    "glass": Finish("glass", 0.52, 0.50, 1.0),
    "frosted": Finish("frosted", 0.26, 0.14, 0.3),
    "metal": Finish("metal", 0.55, 0.30, 0.8, metal=True),
    "wood": Finish("wood", 0.34, 0.06, 0.2),
    "brushed": Finish("brushed", 0.40, 0.16, 0.4, metal=True),
}

METALS: dict[str, Colour] = {
    "gold": (205, 168, 98),
    "pale gold": (222, 200, 150),
    "rose gold": (214, 158, 138),
    "silver": (196, 199, 204),
    "gunmetal": (92, 95, 102),
    "copper": (190, 120, 84),
}


@dataclass(frozen=True)
class ShadeTables:
    """256 steps across a body from its left to its right edge: float32 (256, 3) each.

    A colour is multiplied by `tint`, then `gloss` (0..255) is added.
    """

    tint: npt.NDArray[np.float32]
    gloss: npt.NDArray[np.float32]


def _window(
    u: npt.NDArray[np.float64], low: float, high: float, soft: float
) -> npt.NDArray[np.float64]:
    rise = np.clip((u - low) / soft, 0, 1)
    fall = np.clip((high - u) / soft, 0, 1)
    return rise * rise * (3 - 2 * rise) * fall * fall * (3 - 2 * fall)


@lru_cache(maxsize=64)
def shade_tables(finish: Finish, flat: float = 1.0) -> ShadeTables:
    """Tables for `finish` on a round (`flat` 1) or oval-box section (`flat` 2 to 5)."""
    u = np.linspace(-1, 1, 256)
    bent = np.sign(u) * np.abs(u) ** flat
    normal = np.sqrt(np.clip(1 - bent**2, 0, 1))
    lambert = np.clip(normal * 0.93 - bent * 0.37, 0, 1)
    tint = 1 - finish.edge * (1 - lambert) ** 1.25
    soft = 0.34 - 0.26 * finish.sharp
    key = _window(bent, -0.86, -0.58 if finish.sharp > 0.8 else -0.42, soft)
    fill = _window(bent, 0.66, 0.86, soft * 0.7)
    gloss = finish.gloss * (key + 0.42 * fill) * 205
    if finish.metal:
        # Polished metal mirrors the studio: dark walls between the bright boxes.
        mirror = (
            0.66
            + 0.52 * _window(bent, -0.86, -0.34, 0.20)
            + 0.40 * _window(bent, 0.10, 0.34, 0.18)
            + 0.30 * _window(bent, 0.72, 0.95, 0.12)
            - 0.26 * _window(bent, -0.36, 0.06, 0.22)
            - 0.22 * _window(bent, 0.38, 0.74, 0.20)
        )
        strength = 1.0 if finish.name == "metal" else 0.5
        tint = 1 + (mirror - 1) * strength - 0.22 * (1 - normal)
    if finish.name == "glass":
        rim = np.exp(-(((np.abs(u) - 0.955) / 0.028) ** 2))
        tint = tint - 0.18 * rim + 0.10 * np.exp(-(((np.abs(u) - 0.88) / 0.03) ** 2))
    columns = np.repeat(tint[:, None], 3, axis=1)
    light = np.repeat(gloss[:, None], 3, axis=1)
    return ShadeTables(columns.astype(np.float32), light.astype(np.float32))
