"""Make-up and scent: lipsticks, glosses, nail polish, compacts, palettes and perfume flacons."""

import math
from dataclasses import replace

import numpy as np

from beautyfinder.sample.emblems import emblem_mask
from beautyfinder.sample.finishes import FINISHES
from beautyfinder.sample.forms import rounded, shouldered
from beautyfinder.sample.labels import brand_text, draw_panel
from beautyfinder.sample.lettering import Colour, Pixels, fitted_mask, stamp
from beautyfinder.sample.look import Look
from beautyfinder.sample.palette import mix, readable, turned_hue
from beautyfinder.sample.products import Product
from beautyfinder.sample.skins import plain_panel, shade_words
from beautyfinder.sample.stage import Stage, new_stage, put, slab, turned


def _upright(skin: Pixels, product: Product, text: str, look: Look, ground: Colour) -> None:
    """Words running up the middle of a slim case, in place."""
    turned_skin: Pixels = np.ascontiguousarray(np.rot90(skin, -1))
    rows, columns = turned_skin.shape[:2]
    ink = readable(ground, look.ink, 0.4)
    mask = fitted_mask(
        brand_text(product.brand), product.brand.face, rows * 0.17, product.brand.tracking,
        columns * 0.62,
    )  # fmt: skip
    y = rows / 2 - mask.shape[0] / 2
    stamp(turned_skin, mask, columns * 0.07, y - (rows * 0.07 if text else 0), ink)
    if text:
        small = fitted_mask(text, product.brand.text_face, rows * 0.085, 0.04, columns * 0.86)
        stamp(turned_skin, small, columns * 0.07, rows / 2 + rows * 0.045, ink, 0.9)
    skin[:] = np.rot90(turned_skin, 1)


def _case(look: Look) -> tuple[Colour, str]:
    """Colour and finish name of a make-up case."""
    pick = look.form[0]
    if pick < 0.30:
        return (28, 27, 30), "gloss"
    if pick < 0.55:
        return look.metal, "metal"
    return (look.deep, "satin") if pick < 0.8 else (look.body, "satin")


def draw_lipstick(product: Product, look: Look, ppm: float) -> Stage:
    """An open lipstick with its bullet, and its cap standing beside it."""
    radius = 10.5 + 2 * look.form[1]
    base, inner, bullet = 34 + 8 * look.form[2], 14.0, 22 + 4 * look.form[3]
    total = base + inner + bullet
    cap_height = 46 + 8 * look.form[4]
    stage = new_stage(radius * 4.6 + 16, total + 12, ppm)
    colour, finish_name = _case(look)
    finish = FINISHES[finish_name]
    flat = 3.2 if look.form[5] > 0.55 else 1.0
    c, foot = 7 + radius, 5 + total
    _bullet(stage, c, 6, radius * 0.70, bullet + 3, product.shade, look.form[6])
    inner_colour = look.metal if finish_name != "metal" else mix(look.metal, (250, 250, 250), 0.35)
    top = foot - base - inner
    turned(stage, c, top, [(0, radius * 0.84), (inner + 1, radius * 0.84)], FINISHES["metal"],
           inner_colour, sag=0.12, flat=flat)  # fmt: skip
    skin = plain_panel(np.pi * radius, base, ppm, colour)
    _case_print(skin, product, look, colour)
    turned(stage, c, foot - base, rounded(base, radius, 0.6, 0.8), finish, colour, skin,
           sag=0.12, flat=flat)  # fmt: skip
    turned(stage, c, foot - base, [(0, radius * 1.01), (1.4, radius * 1.01)], FINISHES["metal"],
           look.metal, sag=0.12, flat=flat)  # fmt: skip
    cap_centre = c + radius * 2.35
    cap_skin = plain_panel(np.pi * radius, cap_height, ppm, colour)
    _upright(cap_skin, product, f"{product.line}  {product.type}", look, colour)
    turned(stage, cap_centre, foot - cap_height, rounded(cap_height, radius * 1.02, 1.2, 0.6),
           finish, colour, cap_skin, sag=0.12, flat=flat, open_top=True)  # fmt: skip
    return stage


def _case_print(skin: Pixels, product: Product, look: Look, ground: Colour) -> None:
    rows, columns = skin.shape[:2]
    ink = readable(ground, look.metal if look.form[0] < 0.30 else look.ink, 0.4)
    name = fitted_mask(
        brand_text(product.brand), product.brand.face, columns * 0.12, product.brand.tracking,
        columns * 0.60,
    )  # fmt: skip
    stamp(skin, name, (columns - name.shape[1]) / 2, rows * 0.50, ink)
    shade = fitted_mask(
        product.shade_name, product.brand.text_face, columns * 0.055, 0.04, columns * 0.5
    )
    stamp(skin, shade, (columns - shade.shape[1]) / 2, rows * 0.72, ink)
    emblem = emblem_mask(product.brand.emblem, max(6, round(columns * 0.20)), product.brand.name[0])
    stamp(skin, emblem, (columns - emblem.shape[1]) / 2, rows * 0.18, ink)


def _bullet(
    stage: Stage,
    centre: float,
    top: float,
    radius: float,
    height: float,
    colour: Colour,
    tip: float,
) -> None:
    """The slanted stick of a lipstick, its cut face lighter than its side."""
    ppm = stage.ppm
    left, start = math.floor((centre - radius - 1) * ppm), math.floor((top - radius) * ppm)
    centre, top = centre - left / ppm, top - start / ppm
    board = new_stage(2 * radius + 2, height + 2 * radius, ppm)
    turned(board, centre, top, [(0, radius), (height, radius)], FINISHES["satin"], colour, sag=0.1)
    rows, columns = board.cover.shape
    x = ((np.arange(columns) + 0.5) / ppm - centre)[None, :] / radius
    y = (np.arange(rows) + 0.5)[:, None] / ppm - top
    slant = radius * (1.25 + 0.5 * tip)
    # The cut is a tilted ellipse, highest at the left; its upper half is the stick's outline.
    middle = slant * (0.30 + 0.5 * (x + 0.55 * (x**2 - 0.5)))
    bow = radius * 0.42 * np.sqrt(np.clip(1 - x**2, 0, 1))
    crown = np.clip((y - (middle - bow)) * ppm + 0.5, 0, 1)
    face = np.clip((middle + bow * 1.7 - y) * ppm + 0.5, 0, 1)[..., None]
    light = mix(colour, (255, 255, 255), 0.20)
    tone = np.asarray(light, np.float32) * (1.06 - 0.14 * x[..., None])
    rgb = board.rgb * (1 - face) + tone * face
    rim = np.exp(-(((y - middle - bow * 1.7) / (radius * 0.07)) ** 2))[..., None] * 0.16
    rgb = rgb + (255 - rgb) * rim
    put(stage, left, start, rgb.astype(np.float32), (board.cover * crown).astype(np.float32))


def draw_gloss(product: Product, look: Look, ppm: float) -> Stage:
    """A lip gloss: a clear tube full of colour under a long cap."""
    radius, body, cap = 9 + 1.5 * look.form[1], 46 + 8 * look.form[2], 40 + 8 * look.form[3]
    stage = new_stage(radius * 2 + 9, body + cap + 10, ppm)
    c = stage.width / 2
    colour, finish = _case(look)
    flat = 3.4 if look.form[5] > 0.6 else 1.0
    cap_skin = plain_panel(np.pi * radius, cap, ppm, colour)
    _upright(cap_skin, product, "", look, colour)
    turned(
        stage,
        c,
        4,
        rounded(cap, radius * 0.96, 1, 0),
        FINISHES[finish],
        colour,
        cap_skin,
        flat=flat,
        open_top=True,
    )
    turned(
        stage, c, 3.5 + cap, [(0, radius * 0.8), (2.4, radius * 0.8)], FINISHES["metal"], look.metal
    )
    skin = plain_panel(np.pi * radius * 0.86, body - 6, ppm, product.shade)
    _upright(
        skin, product, f"{product.line} {product.type}  {product.shade_name}", look, product.shade
    )
    tube = rounded(body, radius, 1, 2)
    glassy = mix(product.shade, (255, 255, 255), 0.35)
    turned(stage, c, 4 + cap + 1.6, tube, FINISHES["glass"], glassy, flat=flat)
    inner = rounded(body - 6, radius * 0.86, 3, 4)
    turned(stage, c, 4 + cap + 4, inner, FINISHES["gloss"], product.shade,
           skin, flat=flat)  # fmt: skip
    return stage


def draw_mascara(product: Product, look: Look, ppm: float) -> Stage:
    """A mascara tube standing beside its drawn-out brush."""
    radius, body, cap = 9.5 + 1.5 * look.form[1], 62 + 8 * look.form[2], 46 + 6 * look.form[3]
    stage = new_stage(radius * 4 + 24, body + cap + 12, ppm)
    c = radius + 9
    foot = 5 + body + cap
    colour, finish = _case(look)
    skin = plain_panel(np.pi * radius, body, ppm, colour)
    _upright(skin, product, f"{product.line} {product.type} {product.amount}", look, colour)
    turned(stage, c, foot - body - 9, [(0, radius * 0.62), (11, radius * 0.62)], FINISHES["metal"],
           look.metal)  # fmt: skip
    turned(stage, c, foot - body, rounded(body, radius, 1.5, 1), FINISHES[finish], colour, skin)
    b = c + radius * 2.1 + 6
    turned(stage, b, 5, rounded(cap, radius, 2, 0), FINISHES[finish], colour)
    turned(stage, b, 5 + cap, [(0, radius * 0.5), (4, radius * 0.5)], FINISHES["metal"], look.metal)
    turned(stage, b, 8 + cap, [(0, 1.0), (30, 1.0)], FINISHES["satin"], (40, 40, 42))
    for row in range(34):  # bristles
        swell = 1.6 + 2.6 * np.sin(np.pi * (row + 2) / 37)
        tone = 26 + 16 * (row % 2)
        slab(stage, b - swell, 24 + cap + row * 0.75, swell * 2, 0.5, 0.2, (tone, tone, tone + 2))
    return stage


def draw_polish(product: Product, look: Look, ppm: float) -> Stage:
    """A nail polish: a small bottle of colour under a tall cap."""
    radius, body, cap = 15 + 4 * look.form[1], 32 + 9 * look.form[2], 34 + 10 * look.form[3]
    stage = new_stage(radius * 2 + 12, body + cap + 10, ppm)
    c = stage.width / 2
    colour, finish = _case(look)
    cap_radius = radius * (0.44 + 0.16 * look.form[4])
    turned(stage, c, 4, rounded(cap, cap_radius, 2.5, 0, taper=0.16), FINISHES[finish], colour)
    flat = 3.0 if look.form[5] > 0.5 else 1.0
    if look.form[6] > 0.66 and flat == 1.0:
        profile = rounded(body, radius, radius * 0.72, radius * 0.5)
    else:
        profile = shouldered(body, radius, cap_radius * 1.02, 7 + 6 * look.form[7], 4, 0.35)
    skin = plain_panel(np.pi * radius, body, ppm, product.shade)
    ink = readable(product.shade, (255, 255, 255), 0.36)
    shade_words(skin, product, ink, 0.40, 0.56)
    turned(stage, c, 3 + cap, profile, FINISHES["glass"], product.shade, skin, sag=0.09, flat=flat)
    return stage


def draw_compact(product: Product, look: Look, ppm: float) -> Stage:
    """A round or square powder compact from above, lid open behind it."""
    side = 62 + 12 * look.form[1]
    round_one = look.form[2] > 0.42
    corner = side / 2 if round_one else 9.0
    stage = new_stage(side + 12, side * 1.86 + 10, ppm)
    x = 6.0
    colour, _ = _case(look)
    lid = side * 0.80
    slab(stage, x, 4, side, lid, min(corner, lid / 2), colour, rim=2.4)
    glass = plain_panel(side - 10, lid - 10, ppm, (206, 214, 222))
    shade = np.linspace(0.84, 1.1, glass.shape[1])[None, :, None] * np.ones((len(glass), 1, 1))
    streak = ((np.arange(glass.shape[1])[None, :] + np.arange(len(glass))[:, None]) / ppm % 46) < 13
    mirror = np.clip(glass * (shade + 0.10 * streak[..., None]), 0, 255).astype(np.uint8)
    slab(stage, x + 5, 9, side - 10, lid - 10, min(corner, lid / 2) - 4, mirror, rim=1.0, dish=True)
    top = 4 + lid + 1
    slab(stage, x + side * 0.36, top - 3, side * 0.28, 5, 1, mix(colour, (0, 0, 0), 0.35))
    slab(stage, x, top, side, side, corner, colour, rim=3)
    slab(stage, x + 6.5, top + 6.5, side - 13, side - 13, corner - 6, mix(colour, (0, 0, 0), 0.35),
         rim=1.5, dish=True)  # fmt: skip
    pan = _pan(product, look, side - 15, ppm, product.shade)
    slab(stage, x + 7.5, top + 7.5, side - 15, side - 15, corner - 7, pan, rim=1.6, sheen=0.13)
    return stage


def _pan(product: Product, look: Look, side: float, ppm: float, shade: Colour) -> Pixels:
    """Pressed powder with the brand's emblem and name embossed."""
    pan = plain_panel(side, side, ppm, shade)
    rows = pan.shape[0]
    rng = np.random.default_rng(look.art_seed)
    grain = rng.normal(0, 3.0, (rows, pan.shape[1], 1))
    pan[:] = np.clip(pan + grain, 0, 255).astype(np.uint8)
    dark, light = mix(shade, (0, 0, 0), 0.24), mix(shade, (255, 255, 255), 0.45)
    size = round(rows * 0.40)
    emblem = emblem_mask(product.brand.emblem, size, product.brand.name[0])
    name = fitted_mask(brand_text(product.brand), product.brand.face, rows * 0.085,
                       product.brand.tracking, rows * 0.72)  # fmt: skip
    relief = max(1, round(rows / 190))
    for mask, y in ((emblem, rows * 0.20), (name, rows * 0.66)):
        x = (pan.shape[1] - mask.shape[1]) / 2
        stamp(pan, mask, x + relief, y + relief, light, 0.9)
        stamp(pan, mask, x, y, dark, 0.85)
    return pan


def draw_palette(product: Product, look: Look, ppm: float) -> Stage:
    """An eyeshadow palette: pans in a tray under an open, printed lid."""
    columns, rows = (4, 2) if look.form[1] > 0.4 else (3, 2)
    cell = 23.0
    width, tray = columns * cell + 12, rows * cell + 12
    stage = new_stage(width + 12, tray * 2 + 12, ppm)
    ground, finish = _case(look)
    lid = plain_panel(width, tray, ppm, look.body)
    draw_panel(lid, product, look, look.body, foot=False)
    slab(stage, 6, 4, width, tray, 5, lid, rim=1.6)
    top = 4 + tray + 1.2
    slab(stage, 6 + width * 0.2, top - 3, width * 0.6, 4, 1, mix(ground, (0, 0, 0), 0.4))
    slab(stage, 6, top, width, tray, 5, ground, rim=2, sheen=0.2 if finish == "metal" else 0.1)
    rng = np.random.default_rng(look.art_seed)
    start = turned_hue(product.shade, float(rng.uniform(-0.1, 0.1)))
    for k in range(columns * rows):
        light = float(np.linspace(0.16, -0.28, columns * rows)[k])
        shade = turned_hue(start, float(rng.uniform(-0.05, 0.05)), light)
        x, y = 6 + 6 + (k % columns) * cell, top + 6 + (k // columns) * cell
        slab(stage, x + 0.8, y + 0.8, cell - 1.6, cell - 1.6, 3, mix(ground, (0, 0, 0), 0.5))
        pan = plain_panel(cell - 3, cell - 3, ppm, shade)
        spark = rng.normal(0, 13 if k % 3 == 0 else 3, (pan.shape[0], pan.shape[1], 1))
        pan[:] = np.clip(pan + spark, 0, 255).astype(np.uint8)
        emblem = emblem_mask(
            product.brand.emblem, max(5, round(len(pan) * 0.5)), product.brand.name[0]
        )
        stamp(pan, emblem, len(pan) * 0.25, len(pan) * 0.25, mix(shade, (0, 0, 0), 0.25), 0.6)
        slab(stage, x + 1.5, y + 1.5, cell - 3, cell - 3, 2.4, pan, rim=1.2, sheen=0.12)
    return stage


def draw_flacon(product: Product, look: Look, ppm: float) -> Stage:
    """A perfume bottle: heavy glass round a coloured liquid, a collar and a sculpted cap."""
    grow_h, grow_r = product.size**1.2, product.size**0.9
    height, radius = (62 + 26 * look.form[1]) * grow_h, (24 + 14 * look.form[2]) * grow_r
    cap = (20 + 14 * look.form[3]) * product.size**0.6
    stage = new_stage(radius * 2 + 14, height + cap + 18, ppm)
    c = stage.width / 2
    top = 5 + cap + 6
    style = int(look.form[4] * 4)
    cap_colour, cap_finish = look.cap, look.cap_finish
    cap_radius = radius * (0.42 + 0.28 * look.form[5])
    if style == 0:
        orb = rounded(cap, cap / 2, cap / 2, cap / 2)
        turned(stage, c, 5, orb, cap_finish, cap_colour)
    else:
        block = rounded(cap, cap_radius, 1.5 + 3 * look.form[6], 0)
        turned(stage, c, 5, block, cap_finish, cap_colour, flat=1.0 if style == 1 else 3.0)
    turned(stage, c, 5 + cap - 0.5, [(0, 9.0), (8, 9.0)], FINISHES["metal"], look.metal)
    liquid = mix(look.accent, (255, 255, 255), 0.50 + 0.25 * look.form[7])
    glass = mix(liquid, (238, 240, 242), 0.72)
    wall, base = 3.6, 9 + 5 * look.form[8]
    ground = look.deep if look.form[9] > 0.72 else liquid
    ink = readable(ground, look.ink, 0.42)
    tag = plain_panel(radius * 1.36, height * 0.56, ppm, ground)
    if style in {1, 0}:  # round glass
        turned(stage, c, top, shouldered(height, radius, 9, 9 + 12 * look.form[10], 7, 0.3),
               FINISHES["glass"], glass, sag=0.06)  # fmt: skip
        inner = shouldered(height - base - 4, radius - wall, 7, 8 + 12 * look.form[10], 5, 0.3)
        from_top = plain_panel(np.pi * (radius - wall), height - base - 4, ppm, ground)
        _flacon_print(from_top, product, look, ground, ink, 0.56)
        turned(stage, c, top + 3, inner, FINISHES["gloss"], ground, from_top, sag=0.06)
    else:
        corner = 3 + 10 * look.form[10]
        slab(stage, c - radius, top, radius * 2, height, corner, glass, rim=3.2, sheen=0.16)
        depth = (radius - wall) * 2
        tag = plain_panel(depth, height - wall - base, ppm, ground)
        _flacon_print(tag, product, look, ground, ink, 0.84)
        inside = height - wall - base
        slab(stage, c - radius + wall, top + wall, depth, inside, max(corner - 3, 1), tag,
             rim=1.8, sheen=0.20)  # fmt: skip
        slab(stage, c - radius + 1.4, top + 5, 1.5, height - 10, 0.7, (255, 255, 255), opacity=0.75)
    return stage


def _flacon_print(
    skin: Pixels, product: Product, look: Look, ground: Colour, ink: Colour, share: float
) -> None:
    width = skin.shape[1]
    x0 = round(width * (1 - share) / 2)
    y0, y1 = round(len(skin) * 0.20), round(len(skin) * 0.92)
    # On round glass the left margin lies under the highlight.
    layout = "centred" if share < 0.6 and look.layout in {"left", "grid"} else look.layout
    plain = replace(look, graphic="plain", layout=layout, ink=ink, label=ground)
    draw_panel(skin[y0:y1, x0 : width - x0], product, plain, ground)
