"""Bottles, tubes, jars and cans: bodies of revolution with caps, pumps and droppers."""

from dataclasses import replace

import numpy as np

from beautyfinder.sample.finishes import FINISHES
from beautyfinder.sample.forms import rounded, shouldered, waisted
from beautyfinder.sample.lettering import Colour, Pixels, stamp
from beautyfinder.sample.look import Look
from beautyfinder.sample.palette import mix, readable
from beautyfinder.sample.products import Product
from beautyfinder.sample.skins import line_mask, plain_panel, round_label
from beautyfinder.sample.stage import Stage, new_stage, polygon, slab, turned

AMBER: Colour = (112, 58, 20)
GLASS_TINTS: tuple[Colour, ...] = (AMBER, (58, 84, 62), (52, 66, 96), (236, 236, 232))


def _scaled(product: Product, height: float, radius: float) -> tuple[float, float]:
    """A bigger size of the same bottle grows a little more in height than in girth."""
    return height * product.size**1.25, radius * product.size**0.85


def _body(
    stage: Stage,
    product: Product,
    look: Look,
    top: float,
    profile: list[tuple[float, float]],
    span: tuple[float, float],
    flat: float = 1.0,
    share: float = 0.62,
) -> None:
    height, radius = profile[-1][0], max(r for _, r in profile)
    skin = round_label(
        product, look, radius, height, stage.ppm, span, share if flat <= 1.5 else 0.86
    )
    turned(stage, stage.width / 2, top, profile, look.finish, look.body, skin, flat=flat)


def _ring(stage: Stage, look: Look, top: float, radius: float, height: float = 2.2) -> None:
    profile = [(0.0, radius), (height, radius)]
    turned(stage, stage.width / 2, top, profile, FINISHES["metal"], look.metal, open_top=False)


def draw_pump(product: Product, look: Look, ppm: float) -> Stage:
    """A lotion or soap bottle with a pump head."""
    height, radius = _scaled(product, 118 + 36 * look.form[0], 27 + 9 * look.form[1])
    head = 46.0
    stage = new_stage(radius * 2 + 30, height + head + 12, ppm)
    c = stage.width / 2
    cap, finish = look.cap, look.cap_finish
    if finish.name == "wood":
        finish, cap = FINISHES["satin"], (34, 32, 33)
    # nozzle, then stem, then collar: each hides the end of the one before
    nozzle = 27 + 5 * look.form[2]
    polygon(
        stage,
        [(c - 6, 6), (c - nozzle, 9), (c - nozzle - 1.5, 14), (c - nozzle + 3, 14), (c - 6, 12.5)],
        mix(cap, (0, 0, 0), 0.10),
    )
    turned(stage, c, 15, [(0, 4.2), (22, 4.2)], FINISHES["satin"], mix(cap, (200, 200, 200), 0.25))
    turned(stage, c, 4, rounded(12, 10.5, 3, 1.5), finish, cap, sag=0.10)
    turned(stage, c, 30, rounded(18, 13.5, 1.5, 0), finish, cap, sag=0.08)
    shoulder = 10 + 22 * look.form[3]
    profile = shouldered(height, radius, 12.5, shoulder, 5, look.form[4])
    flat = 2.2 if look.form[5] > 0.75 else 1.0
    start = (shoulder + 6) / height
    _body(stage, product, look, head, profile, (start, 0.93), flat)
    return stage


def draw_flip(product: Product, look: Look, ppm: float) -> Stage:
    """A shampoo or shower bottle with a flip-top cap, standing or on its head."""
    height, radius = _scaled(product, 128 + 32 * look.form[0], 29 + 8 * look.form[1])
    stage = new_stage(radius * 2 + 14, height + 44, ppm)
    c = stage.width / 2
    cap_height = 22 + 10 * look.form[2]
    finish = FINISHES["satin"] if look.cap_finish.name == "wood" else look.cap_finish
    flat = 2.6 if look.form[5] > 0.4 else 1.0
    if look.form[6] > 0.72:  # standing on its cap
        profile = rounded(height, radius * 0.9, radius * 0.55, 0, taper=-0.10)
        turned(stage, c, 4 + height - 1, rounded(cap_height, radius * 0.82, 0, 3), finish, look.cap)
        _body(stage, product, look, 4, profile, (0.14, 0.95), flat)
        return stage
    neck = radius * (0.55 + 0.25 * look.form[3])
    turned(stage, c, 6, rounded(cap_height, neck, 3, 0), finish, look.cap, sag=0.07, flat=1.3)
    turned(stage, c, 6 + cap_height * 0.55, [(0, neck + 0.2), (0.9, neck + 0.2)], finish,
           mix(look.cap, (0, 0, 0), 0.25), sag=0.07)  # fmt: skip
    slab(stage, c - neck * 0.3, 6 + cap_height * 0.55 - 1.5, neck * 0.6, 3.4, 1.6,
         mix(look.cap, (0, 0, 0), 0.10), rim=1.2, dish=True)  # fmt: skip
    if look.form[4] > 0.7:
        profile = waisted(height, radius, neck, 14, 6, 0.10)
    else:
        profile = shouldered(height, radius, neck, 12 + 18 * look.form[7], 6, look.form[4])
    _body(stage, product, look, 6 + cap_height - 0.5, profile, (0.17, 0.94), flat)
    return stage


def draw_dropper(product: Product, look: Look, ppm: float) -> Stage:
    """A small glass bottle with a rubber-bulb dropper."""
    height, radius = _scaled(product, 58 + 14 * look.form[0], 17 + 3 * look.form[1])
    stage = new_stage(radius * 2 + 12, height + 52, ppm)
    c = stage.width / 2
    rubber: Colour = (36, 35, 37) if look.form[2] > 0.4 else (240, 240, 238)
    turned(stage, c, 4, rounded(22, 6.2, 6, 0, taper=-0.08), FINISHES["matt"], rubber)
    collar = (look.metal, FINISHES["metal"]) if look.form[3] > 0.35 else (look.cap, look.cap_finish)
    turned(stage, c, 25, rounded(17, 10.5, 1.2, 0), collar[1], collar[0], sag=0.07)
    profile = shouldered(height, radius, 9.5, 8 + 6 * look.form[4], 3, look.form[4] * 0.6)
    tint = GLASS_TINTS[int(look.form[5] * len(GLASS_TINTS))]
    if look.form[6] > 0.45:  # clear or tinted glass under a paper label
        glass = _with_body(look, tint, paper=True)
        skin = round_label(product, glass, radius, height, ppm, (0.26, 0.92), 0.62)
        turned(stage, c, 41.5, profile, FINISHES["glass"], tint, skin)
    else:
        _body(stage, product, look, 41.5, profile, (0.24, 0.94), 1.0, 0.62)
    return stage


def _with_body(look: Look, body: Colour, paper: bool) -> Look:
    label = look.label if look.paper else mix((252, 251, 247), look.second, 0.12)
    return replace(
        look,
        body=body,
        paper=paper,
        label=label if paper else body,
        ink=readable(label if paper else body, look.ink, 0.42),
    )


def draw_tube(product: Product, look: Look, ppm: float) -> Stage:
    """A squeezable tube standing on its cap, crimped at the top."""
    height, radius = _scaled(product, 106 + 28 * look.form[0], 21 + 5 * look.form[1])
    cap_height = 16 + 12 * look.form[2]
    stage = new_stage(radius * 2.3 + 10, height + cap_height + 8, ppm)
    c = stage.width / 2
    cap_radius = radius * (0.66 + 0.26 * look.form[3])
    profile = [(0.0, radius * 1.12), (7.0, radius * 1.12), (height * 0.5, radius * 1.04)]
    profile += [(height - 5, radius * 0.93), (height - 1.5, radius * 0.90), (height, cap_radius)]
    finish = FINISHES["satin"] if look.cap_finish.name == "wood" else look.cap_finish
    turned(stage, c, 3 + height, rounded(cap_height, cap_radius, 0, 2), finish, look.cap, sag=0.08)
    _body(stage, product, look, 3, profile, (0.12, 0.95), 2.4, 0.80)
    for row in range(5):  # the weld at the top
        slab(stage, c - radius * 1.11, 4.0 + row * 1.15, radius * 2.22, 0.5, 0,
             mix(look.body, (0, 0, 0), 0.16), sheen=0.0)  # fmt: skip
    return stage


def draw_jar(product: Product, look: Look, ppm: float) -> Stage:
    """A cream jar with a screw lid."""
    height, radius = _scaled(product, 30 + 14 * look.form[0], 32 + 7 * look.form[1])
    lid = 14 + 8 * look.form[2]
    stage = new_stage(radius * 2 + 12, height + lid + 20, ppm)
    c = stage.width / 2
    top = 4 + radius * 0.18
    lid_radius = radius * (1.0 if look.form[3] > 0.4 else 0.93)
    glass = look.form[4] > 0.6
    body = mix(look.body, (255, 255, 255), 0.1) if glass else look.body
    profile = rounded(height, radius, 2, 6 + 8 * look.form[5], taper=-0.02)
    skin = round_label(product, look, radius, height, ppm, (0.08, 0.90), 0.66)
    finish = FINISHES["glass"] if glass and not look.paper else look.finish
    turned(stage, c, top + lid - 1, profile, finish, body, skin, sag=0.16)
    lid_skin = plain_panel(3.14 * lid_radius, lid, ppm, look.cap)
    if look.cap_finish.name == "wood":
        _grain(lid_skin)
    elif look.form[6] > 0.5:
        mask = line_mask(product, lid * 0.26 * ppm)
        if mask.shape[1] < lid_skin.shape[1] * 0.7:
            ink = readable(look.cap, look.metal, 0.3)
            x = (lid_skin.shape[1] - mask.shape[1]) / 2
            stamp(lid_skin, mask, x, lid_skin.shape[0] / 2 - mask.shape[0] / 2, ink)
    turned(stage, c, top, [(0, lid_radius), (lid, lid_radius)], look.cap_finish, look.cap, lid_skin,
           sag=0.16, open_top=True)  # fmt: skip
    return stage


def _grain(skin: Pixels) -> None:
    """Wood grain: fine dark lines along the length, in place."""
    columns = np.arange(skin.shape[1])
    wave = np.sin(columns * 0.9) * 0.5 + np.sin(columns * 0.37 + 1) + np.sin(columns * 0.11)
    skin[:] = np.clip(skin * (1 + 0.045 * wave)[None, :, None], 0, 255).astype(np.uint8)


def draw_spray(product: Product, look: Look, ppm: float) -> Stage:
    """An aerosol can with a domed shoulder and an over-cap."""
    height, radius = _scaled(product, 126 + 30 * look.form[0], 22 + 4 * look.form[1])
    stage = new_stage(radius * 2 + 12, height + 56, ppm)
    c = stage.width / 2
    cap = 34 + 8 * look.form[2]
    cap_radius = radius * (0.80 if look.form[3] > 0.5 else 0.97)
    finish = FINISHES["gloss"] if look.cap_finish.name == "wood" else look.cap_finish
    turned(stage, c, 4, rounded(cap, cap_radius, 5 + 9 * look.form[4], 0), finish, look.cap)
    _ring(stage, look, 3 + cap, radius * 0.97, 3)
    profile = shouldered(height, radius, radius * 0.93, 7, 2, 0.4)
    _body(stage, product, look, 4 + cap + 1.5, profile, (0.07, 0.95))
    _ring(stage, look, 4 + cap + height - 1.2, radius * 0.985, 2.6)
    return stage


def draw_airless(product: Product, look: Look, ppm: float) -> Stage:
    """A slim airless dispenser with a clear or solid over-cap."""
    height, radius = _scaled(product, 74 + 20 * look.form[0], 15 + 4 * look.form[1])
    stage = new_stage(radius * 2 + 12, height + 46, ppm)
    c = stage.width / 2
    cap = 30 + 8 * look.form[2]
    finish = FINISHES["satin"] if look.cap_finish.name == "wood" else look.cap_finish
    if look.form[3] > 0.5:  # the pump shows through a clear cap
        turned(stage, c, 12, rounded(8, radius * 0.5, 2, 0), FINISHES["satin"], (238, 238, 238))
        turned(stage, c, 20, rounded(cap - 14, radius * 0.34, 0, 0), FINISHES["metal"], look.metal)
        clear = rounded(cap, radius, 2, 0)
        turned(stage, c, 4, clear, FINISHES["glass"], (232, 236, 238), opacity=0.62)
    else:
        turned(stage, c, 4, rounded(cap, radius, 2 + 3 * look.form[4], 0), finish, look.cap)
    _ring(stage, look, 3.5 + cap, radius)
    _body(stage, product, look, 5 + cap, rounded(height, radius, 0, 3), (0.05, 0.94), 1.0, 0.62)
    return stage


def draw_foundation(product: Product, look: Look, ppm: float) -> Stage:
    """A glass bottle whose colour is the foundation's own shade, with a tall cap."""
    height, radius = 62 + 16 * look.form[0], 16 + 5 * look.form[1]
    stage = new_stage(radius * 2 + 12, height + 52, ppm)
    c = stage.width / 2
    cap = 32 + 10 * look.form[2]
    finish = FINISHES["gloss"] if look.cap_finish.name == "wood" else look.cap_finish
    cap_radius = radius * (0.94 if look.form[3] > 0.5 else 0.68)
    flat = 2.8 if look.form[5] > 0.5 else 1.0
    turned(stage, c, 4, rounded(cap, cap_radius, 2, 0), finish, look.cap, flat=flat)
    _ring(stage, look, 3 + cap, cap_radius)
    tinted = _with_body(look, product.shade, paper=False)
    tinted = replace(tinted, graphic="plain", ink=readable(product.shade, look.ink, 0.42))
    profile = shouldered(height, radius, cap_radius * 0.98, 3 + 6 * look.form[6], 4, 0.2)
    skin = round_label(
        product, tinted, radius, height, ppm, (0.12, 0.92), 0.62 if flat == 1 else 0.84
    )
    turned(stage, c, 4 + cap, profile, FINISHES["glass"], product.shade, skin, flat=flat)
    return stage


def draw_rollon(product: Product, look: Look, ppm: float) -> Stage:
    """A roll-on with a domed cap."""
    height, radius = 58 + 10 * look.form[0], 17 + 3 * look.form[1]
    stage = new_stage(radius * 2 + 12, height + 48, ppm)
    c = stage.width / 2
    cap = 30 + 8 * look.form[2]
    finish = FINISHES["satin"] if look.cap_finish.name == "wood" else look.cap_finish
    dome = radius * (0.5 + 0.4 * look.form[3])
    turned(stage, c, 4, rounded(cap, radius * 0.97, dome, 0), finish, look.cap)
    profile = waisted(height, radius, radius * 0.95, 6, 8, 0.12 * look.form[4])
    _body(stage, product, look, 4 + cap - 0.5, profile, (0.08, 0.92), 1.0, 0.64)
    return stage
