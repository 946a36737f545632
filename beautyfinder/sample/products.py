"""Which product has which number: families of near-twins, names, prices, looks."""

import re
from dataclasses import dataclass

import numpy as np

from beautyfinder.sample.brands import BRANDS, Brand
from beautyfinder.sample.lettering import Colour
from beautyfinder.sample.words import (
    ACTIVES,
    CLAIMS,
    INGREDIENTS,
    LINES,
    SECOND_LINES,
    SHADE_GROUP,
    SHADES,
    SIZE_STEPS,
    STORIES,
    TYPES,
    VOLUMES,
    WORDINGS,
)

# Eighteen products make a block: four families of near-twins, then six products on their own.
FAMILY_SIZES: tuple[int, ...] = (4, 3, 3, 2, 1, 1, 1, 1, 1, 1)
BLOCK = sum(FAMILY_SIZES)

KINDS: tuple[str, ...] = tuple(TYPES)
SHADE_KINDS: tuple[str, ...] = tuple(SHADE_GROUP)
SIZE_KINDS: tuple[str, ...] = tuple(SIZE_STEPS)
WORDING_KINDS: tuple[str, ...] = ("flip", "tube", "carton", "sachet", "soap", "spray", "stick")

COLOUR_KINDS = frozenset({*SHADE_GROUP, "palette", "mascara"})
HAIR_WORDS = ("Shampoo", "Conditioner", "Hair")


@dataclass(frozen=True)
class Product:
    """One catalogue entry: what the shop says of it and all that its drawing needs.

    `look` seeds everything a family shares (layout, shape, colours); only `shade`, `amount` and
    `wording` differ between its members.
    """

    index: int
    product_id: str
    family: str
    axis: str
    kind: str
    brand: Brand
    line: str
    type: str
    shade_name: str
    shade: Colour
    amount: str
    size: float
    wording: str
    claims: tuple[str, ...]
    ingredients: str
    title: str
    price: str
    url: str
    description: str
    look: tuple[int, ...]


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _family_kind(seed: int, block: int, slot: int) -> tuple[str, str]:
    """The axis a family varies along ("shade", "wording", "size" or "") and its kind of pack."""
    order = np.random.default_rng((seed, 11))
    shades = order.permutation(SHADE_KINDS)
    wordings = order.permutation(WORDING_KINDS)
    sizes = order.permutation(SIZE_KINDS)
    kinds = order.permutation(KINDS)
    if slot == 0:
        return "shade", str(shades[block % len(shades)])
    if slot == 1:
        return "wording", str(wordings[block % len(wordings)])
    if slot == 2:
        if block % 2:
            return "shade", str(shades[(block // 2 + 2) % len(shades)])
        return "size", str(sizes[(block // 2) % len(sizes)])
    if slot == 3:
        return "size", str(sizes[(block + 3) % len(sizes)])
    return "", str(kinds[(block * 6 + slot - 4) % len(kinds)])


def _amount(kind: str, volume: int) -> str:
    grams = {"compact": "8 g", "palette": "12 g", "lipstick": "3.5 g", "soap": "100 g"}
    small = {"gloss": "6 ml", "mascara": "9 ml", "polish": "11 ml", "foundation": "30 ml"}
    if kind in grams:
        return grams[kind]
    if kind in small:
        return small[kind]
    if kind == "stick":
        return "50 g"
    return f"{volume} ml"


def _story_kind(kind: str, type_name: str) -> str:
    if kind in COLOUR_KINDS:
        return "colour"
    if kind == "flacon":
        return "scent"
    if any(word in type_name for word in HAIR_WORDS):
        return "hair"
    return "body" if kind in {"pump", "soap", "spray", "stick", "rollon"} else "face"


def make_product(index: int, seed: int) -> Product:
    """Product number `index` (from 0) of the catalogue `seed`; independent of all the others."""
    block, place = divmod(index, BLOCK)
    slot = 0
    while place >= FAMILY_SIZES[slot]:
        place -= FAMILY_SIZES[slot]
        slot += 1
    axis, kind = _family_kind(seed, block, slot)
    number = block * len(FAMILY_SIZES) + slot
    rng = np.random.default_rng((seed, 12, block, slot))

    order = np.random.default_rng((seed, 13)).permutation(len(BRANDS))
    skip = 0
    while kind in COLOUR_KINDS and BRANDS[int(order[(number + skip) % len(BRANDS)])].mood == "men":
        skip += 1  # a barber's brand sells no lipstick: the next house takes over
    brand_index = int(order[(number + skip) % len(BRANDS)])
    brand = BRANDS[brand_index]
    nth = number // len(BRANDS)  # this brand's nth family: its lines come without repetition
    lines = np.random.default_rng((seed, 14, brand_index)).permutation(LINES)
    second = SECOND_LINES[(nth // len(lines)) % len(SECOND_LINES)]
    line = f"{lines[nth % len(lines)]} {second}".strip()

    type_name = str(rng.choice(TYPES[kind]))
    shades = SHADES[SHADE_GROUP.get(kind, "nail" if brand.mood == "fun" else "cheek")]
    chosen = rng.permutation(len(shades))
    if kind == "foundation":  # neighbours on the ladder from light to dark, as shops list them
        start = int(rng.integers(0, len(shades) - 3))
        chosen = np.arange(start, start + 4)
    shade_name, shade = shades[int(chosen[place if axis == "shade" else 0])]
    volumes = VOLUMES.get(kind, (50,))
    volume, reference = int(rng.choice(volumes)), 0
    if axis == "size":
        steps = SIZE_STEPS[kind]
        first = int(rng.integers(0, len(steps) - FAMILY_SIZES[slot] + 1))
        volume, reference = steps[first + place], steps[len(steps) // 2]
    hair = any(word in type_name for word in HAIR_WORDS)
    wordings = WORDINGS["hair" if hair else "skin"]
    group = wordings[int(rng.integers(len(wordings)))]
    wording = group[int(rng.permutation(len(group))[place if axis == "wording" else 0])]
    if kind == "flacon" or (axis != "wording" and (kind in COLOUR_KINDS or rng.random() < 0.45)):
        wording = ""
    actives = rng.permutation(ACTIVES)
    claims = (
        str(rng.choice(CLAIMS[brand.mood])),
        f"with {actives[0]}",
        f"{actives[1]} & {actives[2]}",
    )
    parts = rng.permutation(INGREDIENTS[1:])[:14]
    cents = (0.90, 0.95, 0.99, 0.50, 0.00)[int(rng.integers(5))]
    base = {"luxe": 28, "clinical": 17, "fun": 7, "men": 10, "natural": 11}.get(brand.mood, 13)
    price = round(base * float(rng.uniform(0.55, 1.9))) + cents
    price *= (volume / reference) ** 0.6 if reference else 1.0
    price = round(price) - 0.10 if reference else price

    shaded = kind in SHADE_GROUP
    number_text = f"{index + 1:03d}"
    title = f"{brand.name} {line} {type_name}"
    detail = shade_name if shaded else ""
    amount = _amount(kind, volume)
    title = ", ".join(part for part in (title, wording, detail, amount) if part)
    slug = _slug(f"{brand.name} {line} {type_name}")
    story = rng.choice(STORIES[_story_kind(kind, type_name)])
    sentences = [
        f"{type_name} from the {line} range by {brand.name}{', ' + wording if wording else ''}.",
        str(story),
        f"{claims[0][0].upper()}{claims[0][1:]}, {claims[1]}. {amount}.",
    ]
    if shaded:
        sentences.insert(1, f"Shade {shade_name}.")
    return Product(
        index=index,
        product_id=f"{slug}-{number_text}",
        family=f"{seed}-{block}-{slot}",
        axis=axis,
        kind=kind,
        brand=brand,
        line=line,
        type=type_name,
        shade_name=shade_name if shaded else "",
        shade=shade,
        amount=amount,
        size=(volume / reference) ** (1 / 3) if reference else 1.0,
        wording=wording,
        claims=claims,
        ingredients="Ingredients: Aqua, " + ", ".join(str(part) for part in parts) + ".",
        title=title,
        price=f"{price:.2f} EUR",
        url=f"https://shop.example/p/{slug}-{number_text}",
        description=" ".join(sentences),
        look=(seed, 15, block, slot),
    )
