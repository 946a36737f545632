"""The printed skins of whole packs: panels, wrap-round labels, shade names, small print."""

import textwrap
from dataclasses import replace

import numpy as np

from beautyfinder.sample.graphics import draw_graphic
from beautyfinder.sample.labels import BUSY, Item, brand_text, draw_panel, set_items
from beautyfinder.sample.lettering import Colour, Mask, Pixels, fitted_mask, stamp, text_mask
from beautyfinder.sample.look import Look
from beautyfinder.sample.palette import mix
from beautyfinder.sample.products import Product


def shade_words(skin: Pixels, product: Product, ink: Colour, top: float, share: float) -> None:
    """Brand, line, type and shade on a small bottle of colour, from the row share `top` down."""
    rows, columns = skin.shape[:2]
    brand, face = product.brand, product.brand.text_face
    items = [
        Item(brand_text(brand), brand.face, 0.17, brand.tracking, ink, 0.07),
        Item(product.line, face, 0.085, 0.04, ink, 0.05),
        Item(product.type, face, 0.075, 0.04, ink, 0.05),
        Item(product.shade_name, face, 0.075, 0.04, ink, 0.05),
    ]
    x0 = round(columns * (1 - share) / 2)
    area = skin[:, x0 : columns - x0]
    unit = area.shape[1]
    set_items(
        area, items, unit, round(rows * top), False, round(rows * (0.92 - top)), brand.name[0]
    )


def small_print(area: Pixels, product: Product, colour: Colour, cap: float) -> None:
    """Fill uint8 (H, W, 3) `area` with lines of ingredients at `cap` pixels."""
    height, width = area.shape[:2]
    letters = max(10, int(width / (cap * 0.92)))
    y = 0.0
    for line in textwrap.wrap(product.ingredients, letters):
        if y + cap * 1.5 > height:
            return
        mask = fitted_mask(line, "humanist-narrow", cap, 0.0, width)
        stamp(area, mask, 0, y, colour, 0.85)
        y += cap * 1.75


def plain_panel(width: float, height: float, ppm: float, colour: Colour) -> Pixels:
    """An empty panel of `width` x `height` millimetres, uint8 (H, W, 3) RGB."""
    size = (max(2, round(height * ppm)), max(2, round(width * ppm)), 3)
    panel = np.empty(size, np.uint8)
    panel[:] = colour
    return panel


def round_label(
    product: Product,
    look: Look,
    radius: float,
    height: float,
    ppm: float,
    span: tuple[float, float] = (0.08, 0.94),
    share: float = 0.60,
) -> Pixels:
    """The printed skin of a round body: uint8 (H, W, 3) RGB over its visible half.

    `span` are the label's upper and lower edge as shares of the height, `share` its part of the
    half circumference; with a paper label the rest keeps the body's colour.
    """
    skin = plain_panel(np.pi * radius, height, ppm, look.body)
    rows = skin.shape[0]
    y0, y1 = round(rows * span[0]), round(rows * span[1])
    if look.paper:
        skin[y0:y1] = look.label
        edge = mix(look.label, (90, 90, 90), 0.35)
        skin[y0 : y0 + 1], skin[y1 - 1 : y1] = edge, edge
        ground, band = look.label, skin[y0:y1]
    else:
        ground, band = look.body, skin
    _print_band(band, product, look, ground, share, (0, len(band)) if look.paper else (y0, y1))
    return skin


def _print_band(
    band: Pixels, product: Product, look: Look, ground: Colour, share: float, rows: tuple[int, int]
) -> None:
    """Graphic all the way round, words in the middle where the eye sees them unbent."""
    width = band.shape[1]
    draw_graphic(band[rows[0] :], look, ground, product.brand.emblem)
    x0 = round(width * (1 - share) / 2)
    words = replace(look, graphic="plain")
    if look.graphic in BUSY:
        panel = band[rows[0] : rows[1], x0 : width - x0]
        calm = panel.astype(np.float32) * 0.08 + np.asarray(ground, np.float32) * 0.92
        panel[:] = calm.astype(np.uint8)
    draw_panel(band[rows[0] : rows[1], x0 : width - x0], product, words, ground)


def line_mask(product: Product, cap: float) -> Mask:
    """The brand's name alone, for caps, lids and clasps."""
    return text_mask(brand_text(product.brand), product.brand.face, cap, product.brand.tracking)
