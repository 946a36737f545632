"""Labels: words, emblem and graphic set on a panel of any proportion, in one of several layouts."""

import textwrap
from collections.abc import Callable
from dataclasses import dataclass, replace

import cv2
import numpy as np

from beautyfinder.sample.brands import Brand
from beautyfinder.sample.emblems import emblem_mask
from beautyfinder.sample.graphics import draw_graphic
from beautyfinder.sample.lettering import (
    CAP_TOP,
    Colour,
    Mask,
    Pixels,
    fitted_mask,
    stamp,
    text_mask,
)
from beautyfinder.sample.look import Look
from beautyfinder.sample.palette import lightness, mix, readable
from beautyfinder.sample.products import Product


# Patterns too lively to read words on: the words get a calm panel of their own.
BUSY = frozenset({"dots", "terrazzo", "stripes", "scatter", "watercolour", "marble"})


@dataclass(frozen=True)
class Item:
    """One line of a label: a text, an emblem (`face` "emblem") or a rule (`face` "rule").

    `cap` is its height and `gap` the space below it, both in shares of the panel's text unit.
    """

    text: str
    face: str
    cap: float
    tracking: float
    colour: Colour
    gap: float


def brand_text(brand: Brand) -> str:
    """The brand's name as its own packs write it."""
    return brand.name.upper() if brand.capitals else brand.name


def _brand(product: Product, look: Look, cap: float, gap: float = 0.09) -> Item:
    brand = product.brand
    return Item(brand_text(brand), brand.face, cap, brand.tracking, look.ink, gap)


def _line(product: Product, look: Look, cap: float, gap: float = 0.07) -> Item:
    brand = product.brand
    upper = brand.capitals and look.form[9] > 0.4
    text = product.line.upper() if upper else product.line
    face = brand.text_face if look.form[9] < 0.6 else brand.face
    tracking = 0.18 if upper else 0.02
    return Item(text, face, cap, tracking, _second_ink(look), gap)


def _second_ink(look: Look) -> Colour:
    return readable(look.label, look.accent if look.form[8] < 0.5 else look.metal, 0.40)


def _type(product: Product, look: Look, cap: float, gap: float = 0.07) -> Item:
    upper = look.form[10] > 0.45
    text = product.type.upper() if upper else product.type
    return Item(text, product.brand.text_face, cap, 0.10 if upper else 0.0, look.ink, gap)


def _small(product: Product, look: Look, text: str, cap: float, gap: float = 0.045) -> Item:
    return Item(text, product.brand.text_face, cap, 0.04, look.ink, gap)


def _shade(product: Product) -> str:
    return product.shade_name.upper() if product.shade_name else ""


def _emblem(product: Product, look: Look, cap: float, gap: float = 0.07) -> Item:
    return Item(product.brand.emblem, "emblem", cap, 0, _second_ink(look), gap)


def _rule(look: Look, cap: float = 0.012, gap: float = 0.07, width: float = 0.35) -> Item:
    return Item("", "rule", cap, width, _second_ink(look), gap)


def _names(product: Product, look: Look, size: float = 1.0) -> list[Item]:
    items = [_line(product, look, 0.085 * size), _type(product, look, 0.068 * size)]
    if product.wording:
        items.append(_small(product, look, product.wording, 0.056 * size))
    if product.shade_name:
        items.append(_small(product, look, _shade(product), 0.05 * size))
    return items


def _foot(product: Product, look: Look) -> list[Item]:
    return [
        _small(product, look, product.claims[0], 0.040, 0.035),
        _small(product, look, product.amount, 0.048, 0.02),
    ]


def _centred(product: Product, look: Look) -> list[Item]:
    top = [_emblem(product, look, 0.20)] if look.emblem else []
    return [*top, _brand(product, look, 0.15), _rule(look), *_names(product, look)]


def _big_type(product: Product, look: Look) -> list[Item]:
    words = product.type.split()
    lines = [" ".join(words[:1]), " ".join(words[1:])] if len(words) > 1 else words
    big = [
        replace(_type(product, look, 0.15, 0.05), text=word.upper(), colour=_second_ink(look))
        for word in lines
    ]
    names = [_line(product, look, 0.075)]
    if product.wording:
        names.append(_small(product, look, product.wording, 0.06))
    if product.shade_name:
        names.append(_small(product, look, _shade(product), 0.055))
    return [_brand(product, look, 0.115, 0.13), *big, *names]


def _initial(product: Product, look: Look) -> list[Item]:
    letter = Item(product.brand.name[0], product.brand.face, 0.46, 0, _second_ink(look), 0.10)
    return [letter, _brand(product, look, 0.10), *_names(product, look, 0.92)]


def _grid(product: Product, look: Look) -> list[Item]:
    return [
        _brand(product, look, 0.125, 0.06),
        _rule(look, 0.010, 0.05, 1.0),
        _type(product, look, 0.078, 0.05),
        _line(product, look, 0.065, 0.05),
        _rule(look, 0.010, 0.05, 1.0),
        *([_small(product, look, product.wording, 0.056)] if product.wording else []),
        *([_small(product, look, _shade(product), 0.05)] if product.shade_name else []),
        _small(product, look, product.claims[1], 0.042),
        _small(product, look, product.claims[2], 0.042),
    ]


_LAYOUTS: dict[str, Callable[[Product, Look], list[Item]]] = {
    "centred": _centred,
    "left": _centred,
    "frame": _centred,
    "badge": _centred,
    "vertical": _centred,
    "big-type": _big_type,
    "initial": _initial,
    "grid": _grid,
}


def _item_mask(item: Item, unit: float, width: float, initial: str) -> Mask:
    if item.face == "emblem":
        return emblem_mask(item.text, max(4, round(item.cap * unit)), initial)
    if item.face == "rule":
        thick = max(1, round(item.cap * unit))
        return np.full((thick, max(2, round(width * item.tracking))), 255, np.uint8)
    return fitted_mask(item.text, item.face, item.cap * unit, item.tracking, width)


def _ink_on(area: Pixels, x: int, y: int, mask: Mask, wish: Colour) -> Colour:
    """`wish`, unless what is already printed there would hide it."""
    y0, x0 = max(y, 0), max(x, 0)
    under = area[y0 : y + mask.shape[0], x0 : x + mask.shape[1]]
    if under.size == 0:
        return wish
    r, g, b = (round(float(value)) for value in under.reshape(-1, 3).mean(axis=0))
    return readable((r, g, b), wish, 0.30)


def _set_items(
    area: Pixels, items: list[Item], unit: float, top: int, left: bool, room: int, initial: str
) -> int:
    """Set `items` from row `top` downwards, shrunk to `room` rows; the row below the last."""
    width = area.shape[1]
    margin = round(width * (0.09 if left else 0.05))
    inner = width - 2 * margin
    for _ in range(3):
        masks = [_item_mask(item, unit, inner, initial) for item in items]
        total = sum(
            (m.shape[0] if i.face in {"emblem", "rule"} else m.shape[0] / 1.56) + i.gap * unit
            for m, i in zip(masks, items, strict=True)
        )
        if total <= room:
            break
        unit *= max(0.5, room / total * 0.99)
    y = float(top)
    for item, mask in zip(items, masks, strict=True):
        x = margin if left else round((width - mask.shape[1]) / 2)
        graphic = item.face in {"emblem", "rule"}
        cap = mask.shape[0] if graphic else mask.shape[0] / 1.56
        row = round(y if graphic else y - cap * CAP_TOP)
        stamp(area, mask, x, row, _ink_on(area, x, row, mask, item.colour))
        y += cap + item.gap * unit
    return round(y)


def draw_panel(
    area: Pixels, product: Product, look: Look, ground: Colour, foot: bool = True
) -> None:
    """Print a whole label on uint8 (H, W, 3) RGB `area`, already filled with `ground`."""
    height, width = area.shape[:2]
    draw_graphic(area, look, ground, product.brand.emblem)
    initial = product.brand.name[0]
    if height > width * 2.6 and (look.layout == "vertical" or height > width * 3.6):
        _vertical(area, product, look)
        return
    unit = min(width * 1.0, height * 1.15)
    left = look.layout in {"left", "grid"}
    if look.layout == "frame":
        _frame(area, look)
    elif look.layout == "badge":
        _badge(area, look, ground)
    items = _LAYOUTS[look.layout](product, look)
    wide = width > height * 1.35
    if wide:  # a low, wide panel has no room for ornaments: keep the words
        items = [item for item in items if item.face not in {"emblem", "rule"} and item.cap < 0.4]
        if foot:
            items.append(_small(product, look, product.amount, 0.06, 0.0))
    foot_rows = round(0.17 * unit) if foot and not wide else 0
    room = round(height * 0.90) - foot_rows
    top = round(height * (0.06 if look.layout not in {"badge", "frame"} else 0.11))
    if look.form[7] > 0.55 and not wide and look.layout in {"centred", "initial"}:
        top = round(height * 0.14)
        room -= round(height * 0.08)
    if look.layout == "frame":
        room = round(height * 0.78) - foot_rows
    elif look.layout == "badge":
        top, room = round(height * 0.15), round(height * 0.60)
    if wide:  # and set them in the middle of its height
        trial = _set_items(area[:0], items, unit, 0, left, room, initial)
        top = max(top, (height - trial) // 2)
    _set_items(area, items, unit, top, left, room, initial)
    if foot_rows:
        bottom = height - foot_rows - round(height * (0.02 if look.layout != "frame" else 0.06))
        _set_items(area, _foot(product, look), unit, bottom, left, foot_rows, initial)


def _vertical(area: Pixels, product: Product, look: Look) -> None:
    """Brand and names running up a tall, narrow panel."""
    height, width = area.shape[:2]
    turned: Pixels = np.ascontiguousarray(np.rot90(area, -1))  # reads from bottom to top
    cap = min(width * 0.36, height * 0.075)
    mask = fitted_mask(
        brand_text(product.brand), product.brand.face, cap, product.brand.tracking, height * 0.60
    )
    middle = width // 2
    y = middle - mask.shape[0] // 2 - round(width * 0.10)
    stamp(turned, mask, height * 0.06, y, _ink_on(turned, round(height * 0.06), y, mask, look.ink))
    words = [product.line, product.type]
    words += [part for part in (product.wording, product.shade_name) if part]
    names = fitted_mask("  ".join(words), product.brand.text_face, cap * 0.44, 0.04, height * 0.80)
    y = middle + round(width * 0.14)
    ink = _ink_on(turned, round(height * 0.06), y, names, _second_ink(look))
    stamp(turned, names, height * 0.06, y, ink)
    size = max(6, round(width * 0.44))
    emblem = emblem_mask(product.brand.emblem, size, product.brand.name[0])
    x = round(height * 0.94 - size)
    y = middle - size // 2
    if x > height * 0.7:
        upright = np.ascontiguousarray(np.rot90(emblem, -1))
        stamp(turned, upright, x, y, _ink_on(turned, x, y, upright, _second_ink(look)))
    area[:] = np.rot90(turned, 1)


def _frame(area: Pixels, look: Look) -> None:
    height, width = area.shape[:2]
    colour = _second_ink(look)
    thick = max(1, round(width / 110))
    for inset, stroke in ((0.03, thick), (0.055, max(1, thick // 2))):
        d = round(min(width, height) * inset)
        cv2.rectangle(area, (d, d), (width - 1 - d, height - 1 - d), colour, stroke)


def _badge(area: Pixels, look: Look, ground: Colour) -> None:
    height, width = area.shape[:2]
    centre = (width // 2, round(height * 0.43))
    axes = (round(width * 0.49), round(height * 0.38))
    fill = mix(ground, (255, 255, 255), 0.55 if lightness(look.ink) < 0.5 else 0.0)
    cv2.ellipse(area, centre, axes, 0, 0, 360, fill, -1, cv2.LINE_AA)
    ring = _second_ink(look)
    cv2.ellipse(area, centre, axes, 0, 0, 360, ring, max(1, width // 90), cv2.LINE_AA)
    inner = (round(axes[0] * 0.94), round(axes[1] * 0.95))
    cv2.ellipse(area, centre, inner, 0, 0, 360, ring, 1, cv2.LINE_AA)


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
    _set_items(
        area, items, unit, round(rows * top), False, round(rows * (0.92 - top)), brand.name[0]
    )


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
