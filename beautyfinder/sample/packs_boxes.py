"""Cartons, soap boxes, sachets and deodorant sticks."""

from dataclasses import replace

import cv2
import numpy as np

from beautyfinder.sample.finishes import FINISHES
from beautyfinder.sample.forms import rounded
from beautyfinder.sample.graphics import barcode, draw_graphic
from beautyfinder.sample.labels import BUSY, draw_panel
from beautyfinder.sample.lettering import Pixels
from beautyfinder.sample.look import Look
from beautyfinder.sample.palette import mix, readable
from beautyfinder.sample.products import Product
from beautyfinder.sample.skins import plain_panel, round_label, small_print
from beautyfinder.sample.stage import Stage, new_stage, polygon, put, quad, rounded_distance, turned


def _printed(product: Product, look: Look, width: float, height: float, ppm: float) -> Pixels:
    """The printed front of a box or bag."""
    face = plain_panel(width, height, ppm, look.body)
    art = replace(look, paper=False, label=look.body, ink=readable(look.body, look.ink, 0.42))
    if look.graphic in BUSY:
        draw_graphic(face, art, look.body, product.brand.emblem)
        rows, columns = face.shape[:2]
        y0, y1 = round(rows * 0.13), round(rows * 0.87)
        x0 = round(columns * 0.09)
        face[y0:y1, x0 : columns - x0] = look.body
        inner = face[y0:y1, x0 : columns - x0]
        draw_panel(inner, product, replace(art, graphic="plain"), look.body)
    else:
        draw_panel(face, product, art, look.body)
    return face


def _side(product: Product, look: Look, width: float, height: float, ppm: float) -> Pixels:
    """A box's side: ingredients, volume and a barcode."""
    tone = mix(look.body, look.accent, 0.25 if look.form[6] > 0.5 else 0.0)
    face = plain_panel(width, height, ppm, tone)
    rows, columns = face.shape[:2]
    margin = max(1, columns // 9)
    ink = readable(tone, look.ink, 0.42)
    if columns > 24:
        area = face[round(rows * 0.12) : round(rows * 0.70), margin : columns - margin]
        small_print(area, product, ink, max(2.2, min(columns * 0.06, ppm * 1.5)))
        code = barcode(
            columns - 2 * margin, max(4, round(rows * 0.14)), (*look.art_seed, product.index)
        )
        face[round(rows * 0.78) : round(rows * 0.78) + len(code), margin : columns - margin] = code
    return face


def draw_carton(product: Product, look: Look, ppm: float) -> Stage:
    """An upright carton, its narrow side turned a little to the viewer."""
    height, width = 104 + 42 * look.form[0], 46 + 26 * look.form[1]
    depth = 15 + 9 * look.form[2]
    rise, lift = depth * 0.20, 7.0
    stage = new_stage(width + depth + 10, height + lift + 12, ppm)
    front = _printed(product, look, width, height, ppm)
    side = _side(product, look, width * 0.55, height, ppm)
    right = look.form[3] > 0.4
    x0 = 5.0 if right else 5 + depth
    top, bottom = 5 + lift, 5 + lift + height
    dip = 1.5
    lid = mix(look.body, (255, 255, 255), 0.25)
    if right:
        x1, x2 = x0 + width, x0 + width + depth
        polygon(stage, [(x0, top), (x0 + depth * 0.9, top - lift), (x2, top - lift + rise * 0.2),
                        (x2, top - rise), (x1, top + dip)], lid)  # fmt: skip
        quad(
            stage,
            side,
            [(x1, top + dip), (x2, top - rise), (x2, bottom - rise - 1), (x1, bottom + dip)],
            0.80,
        )
        quad(stage, front, [(x0, top), (x1, top + dip), (x1, bottom + dip), (x0, bottom)], 1.0)
    else:
        x1, xs = x0 + width, x0 - depth
        polygon(stage, [(x1, top), (x1 - depth * 0.9, top - lift), (xs, top - lift + rise * 0.2),
                        (xs, top - rise), (x0, top + dip)], lid)  # fmt: skip
        quad(
            stage,
            side,
            [(xs, top - rise), (x0, top + dip), (x0, bottom + dip), (xs, bottom - rise - 1)],
            0.78,
        )
        quad(stage, front, [(x0, top + dip), (x1, top), (x1, bottom), (x0, bottom + dip)], 1.0)
    return stage


def draw_soap(product: Product, look: Look, ppm: float) -> Stage:
    """A flat soap carton lying at a slight angle, its front edge showing."""
    width, height = 92 + 14 * look.form[0], 58 + 10 * look.form[1]
    depth = 15 + 6 * look.form[2]
    stage = new_stage(width + 26, height + depth + 14, ppm)
    wide = replace(
        look, layout="centred" if look.layout in {"vertical", "initial"} else look.layout
    )
    top = _printed(product, wide, width, height, ppm)
    front = plain_panel(width, depth, ppm, mix(look.body, look.accent, 0.35))
    strip = replace(wide, graphic="plain", layout="centred")
    tone = mix(look.body, look.accent, 0.35)
    draw_panel(
        front, product, replace(strip, label=tone, ink=readable(tone, look.ink, 0.42)), tone, False
    )
    x0, x1, inset, y0 = 6.0, 20 + width, 7.0, 5.0
    y1 = y0 + height * 0.92
    quad(stage, top, [(x0 + inset, y0), (x1 - inset, y0), (x1, y1), (x0, y1)], 1.02)
    quad(stage, front, [(x0, y1), (x1, y1), (x1 - 1, y1 + depth), (x0 + 1, y1 + depth)], 0.84)
    return stage


def draw_sachet(product: Product, look: Look, ppm: float) -> Stage:
    """A foil bag with sealed, crimped ends and a slightly crumpled face."""
    width, height = 88 + 18 * look.form[0], 118 + 26 * look.form[1]
    stage = new_stage(width + 12, height + 12, ppm)
    face = _printed(product, look, width, height * 0.88, ppm)
    seal = max(2, round(height * 0.06 * ppm))
    face = np.pad(face, ((seal, seal), (0, 0), (0, 0)), mode="edge")
    rows, columns = face.shape[:2]
    rng = np.random.default_rng(look.art_seed)
    rough = cv2.resize(
        rng.normal(0, 1, (7, 6)).astype(np.float32), (columns, rows), interpolation=cv2.INTER_CUBIC
    )
    u = np.linspace(-1, 1, columns, dtype=np.float32)[None, :]
    v = np.linspace(-1, 1, rows, dtype=np.float32)[:, None]
    puff = (1 - u**4) * (1 - v**6)
    slope = -np.gradient(puff, axis=1) * columns * 0.05 - np.gradient(puff, axis=0) * rows * 0.03
    folds = np.gradient(rough, axis=1) * columns * 0.010 + np.gradient(rough, axis=0) * rows * 0.006
    light = 1 + np.clip(slope, -0.3, 0.25) * -1 + np.clip(folds, -0.10, 0.13)
    ribs = 1 + 0.09 * np.sin(np.arange(rows) / max(ppm * 0.28, 0.6))[:, None]
    ends = np.ones((rows, 1), np.float32)
    ends[:seal] = ribs[:seal]
    ends[-seal:] = ribs[-seal:]
    paint = face * (light * ends)[..., None] + np.clip(folds - 0.03, 0, 1)[..., None] * 420
    distance = rounded_distance(columns, rows, 1.2 * ppm, 1 + ppm * 0.3)
    pinch = (1.4 * ppm * (1 - v**2) * np.abs(u) ** 6).astype(np.float32)
    cover = np.clip(0.5 - (distance + pinch * 0), 0, 1)
    put(stage, round(6 * ppm), round(6 * ppm), paint.astype(np.float32), cover.astype(np.float32))
    return stage


def draw_stick(product: Product, look: Look, ppm: float) -> Stage:
    """A deodorant stick: a wide oval body under a domed cap."""
    height, radius = 74 + 12 * look.form[0], 25 + 6 * look.form[1]
    cap = 36 + 8 * look.form[2]
    stage = new_stage(radius * 2 + 12, height + cap + 12, ppm)
    c = stage.width / 2
    finish = FINISHES["satin"] if look.cap_finish.name == "wood" else look.cap_finish
    dome = radius * (0.35 + 0.4 * look.form[3])
    turned(stage, c, 4, rounded(cap, radius * 0.97, dome, 0), finish, look.cap, flat=2.2)
    skin = round_label(product, look, radius, height, ppm, (0.06, 0.86), 0.86)
    profile = rounded(height, radius, 0, 3)
    turned(stage, c, 3.5 + cap, profile, look.finish, look.body, skin, flat=2.4)
    wheel = mix(look.cap, (120, 120, 120), 0.25)
    ridges = plain_panel(np.pi * radius, 7, ppm, wheel)
    dark = (np.arange(ridges.shape[1]) // max(1, round(ppm * 0.8))) % 2 == 0
    ridges[:, dark] = mix(wheel, (0, 0, 0), 0.25)
    top = 3.5 + cap + height - 8.5
    turned(
        stage,
        c,
        top,
        [(0, radius * 0.99), (7, radius * 0.97)],
        FINISHES["satin"],
        wheel,
        ridges,
        flat=2.4,
    )
    return stage
