"""From a product to its picture without a background: the right drawing at the right size."""

from collections.abc import Callable

import numpy as np

from beautyfinder.sample.lettering import Pixels
from beautyfinder.sample.look import Look, make_look
from beautyfinder.sample.packs_bottles import (
    draw_airless,
    draw_dropper,
    draw_flip,
    draw_foundation,
    draw_jar,
    draw_pump,
    draw_rollon,
    draw_spray,
    draw_tube,
)
from beautyfinder.sample.packs_boxes import draw_carton, draw_sachet, draw_soap, draw_stick
from beautyfinder.sample.packs_colour import (
    draw_compact,
    draw_flacon,
    draw_gloss,
    draw_lipstick,
    draw_mascara,
    draw_palette,
    draw_polish,
)
from beautyfinder.sample.products import Product
from beautyfinder.sample.stage import Stage, stage_pixels

Draw = Callable[[Product, Look, float], Stage]

DRAWINGS: dict[str, Draw] = {
    "pump": draw_pump,
    "flip": draw_flip,
    "dropper": draw_dropper,
    "tube": draw_tube,
    "jar": draw_jar,
    "lipstick": draw_lipstick,
    "gloss": draw_gloss,
    "mascara": draw_mascara,
    "polish": draw_polish,
    "flacon": draw_flacon,
    "carton": draw_carton,
    "soap": draw_soap,
    "spray": draw_spray,
    "stick": draw_stick,
    "rollon": draw_rollon,
    "compact": draw_compact,
    "palette": draw_palette,
    "sachet": draw_sachet,
    "foundation": draw_foundation,
    "airless": draw_airless,
}

# Photographed from above, so they cast no shadow on a floor line.
LYING: frozenset[str] = frozenset({"compact", "palette", "sachet"})


def pack_size(product: Product) -> tuple[float, float]:
    """Width and height of the product's drawing board in millimetres."""
    probe = DRAWINGS[product.kind](product, make_look(product), 0.25)
    return probe.width, probe.height


def draw_pack_at(product: Product, ppm: float) -> Pixels:
    """The product cut out at `ppm` pixels per millimetre: uint8 (H, W, 4) RGBA, trimmed."""
    pixels = stage_pixels(DRAWINGS[product.kind](product, make_look(product), ppm))
    alpha = pixels[..., 3] > 2
    rows, columns = np.flatnonzero(alpha.max(axis=1)), np.flatnonzero(alpha.max(axis=0))
    return pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def draw_pack(product: Product, width: int, height: int) -> Pixels:
    """The product cut out, as large as fits: uint8 (H, W, 4) RGBA, trimmed to what is drawn."""
    board = pack_size(product)
    return draw_pack_at(product, min(width / board[0], height / board[1]))
