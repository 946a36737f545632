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


def set_items(
    area: Pixels,
    items: list[Item],
    unit: float,
    top: int,
    left: bool,
    room: int,
    initial: str,
    margin: float = 0.05,
) -> int:
    """Set `items` from row `top` downwards, shrunk to `room` rows; the row below the last."""
    width = area.shape[1]
    side = round(width * (0.09 if left else margin))
    inner = width - 2 * side
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
        x = side if left else round((width - mask.shape[1]) / 2)
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
    items = _LAYOUTS[look.layout](product, look)
    wide = width > height * 1.35
    if look.layout == "frame" and not wide:
        _frame(area, look)
    elif look.layout == "badge" and not wide:
        _badge(area, look, ground)
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
    if look.layout == "frame" and not wide:
        room = round(height * 0.78) - foot_rows
    elif look.layout == "badge" and not wide:
        top, room = round(height * 0.15), round(height * 0.60)
    if wide:  # and set them in the middle of its height
        trial = set_items(area[:0], items, unit, 0, left, room, initial)
        top = max(top, (height - trial) // 2)
    margin = {"frame": 0.115, "badge": 0.15}.get(look.layout, 0.05)
    end = set_items(area, items, unit, top, left, room, initial, margin)
    if foot_rows:
        bottom = height - foot_rows - round(height * (0.02 if look.layout != "frame" else 0.06))
        strip = area[bottom - foot_rows // 8 : bottom + foot_rows]
        if strip.std(axis=(0, 1)).max() > 26:  # leaves or petals: a veil keeps the print legible
            veil = strip.astype(np.float32) * 0.25 + np.asarray(ground, np.float32) * 0.75
            strip[:] = veil.astype(np.uint8)
        set_items(area, _foot(product, look), unit, bottom, left, foot_rows, initial)
        if bottom - end > 0.22 * height:
            _fill_gap(area, product, look, unit, (end, bottom))


def _fill_gap(
    area: Pixels, product: Product, look: Look, unit: float, rows: tuple[int, int]
) -> None:
    """Something for an empty middle: a large emblem, claims, or a paragraph of small print."""
    width = area.shape[1]
    left = look.layout in {"left", "grid"}
    initial = product.brand.name[0]
    space = rows[1] - rows[0]
    choice = look.form[6]
    if choice < 0.38:
        size = round(min(space * 0.62, width * 0.46))
        mask = emblem_mask(product.brand.emblem, max(size, 6), initial)
        x = round(width * 0.09) if left else (width - mask.shape[1]) // 2
        y = rows[0] + (space - size) // 2
        stamp(area, mask, x, y, _ink_on(area, x, y, mask, _second_ink(look)), 0.9)
        return
    if choice < 0.66 and look.layout != "grid":  # the grid has its claims already
        lines = [product.claims[1], product.claims[2]]
        items = [_small(product, look, line, 0.044, 0.05) for line in lines]
        if not left:
            items = [_rule(look, 0.010, 0.06, 0.22), *items, _rule(look, 0.010, 0.02, 0.22)]
    else:
        wrapped = textwrap.wrap(product.ingredients, 38)[:6]
        items = [_small(product, look, line, 0.030, 0.026) for line in wrapped]
    used = sum((item.cap + item.gap) * unit for item in items)
    top = rows[0] + max(0, round((space - used) * 0.45))
    set_items(area, items, unit, top, left, rows[1] - top, initial)


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
