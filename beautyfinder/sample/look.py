"""A family's look: which layout, graphic, colours, finishes and proportions its packs share."""

from dataclasses import dataclass

import numpy as np

from beautyfinder.sample.brands import Brand
from beautyfinder.sample.finishes import FINISHES, METALS, Finish
from beautyfinder.sample.lettering import Colour
from beautyfinder.sample.palette import lightness, mix, readable, turned_hue
from beautyfinder.sample.products import Product

# mood -> choices; repeated entries are likelier
_LAYOUTS: dict[str, tuple[str, ...]] = {
    "luxe": ("centred", "centred", "vertical", "initial", "frame"),
    "clinical": ("left", "left", "grid", "centred", "big-type"),
    "botanical": ("centred", "badge", "frame", "centred"),
    "fun": ("big-type", "badge", "vertical", "big-type"),
    "natural": ("badge", "centred", "frame", "left"),
    "men": ("big-type", "vertical", "left", "grid"),
    "classic": ("frame", "centred", "badge", "centred"),
    "modern": ("left", "vertical", "initial", "centred"),
}
_GRAPHICS: dict[str, tuple[str, ...]] = {
    "luxe": ("plain", "plain", "lower-block", "scatter", "arcs", "marble", "gradient"),
    "clinical": ("plain", "band", "lower-block", "waves", "gradient", "molecules", "diagonal"),
    "botanical": ("botanical", "botanical", "scatter", "petals", "lower-block", "watercolour"),
    "fun": ("dots", "terrazzo", "chevron", "waves", "scatter", "stripes", "arcs", "blobs"),
    "natural": ("botanical", "plain", "band", "terrazzo", "watercolour", "petals"),
    "men": ("plain", "stripes", "diagonal", "band", "chevron", "lower-block"),
    "classic": ("petals", "band", "stripes", "scatter", "watercolour", "lower-block"),
    "modern": ("blobs", "arcs", "gradient", "lower-block", "plain", "terrazzo"),
}
_CAPS: dict[str, tuple[str, ...]] = {
    "luxe": ("metal", "metal", "black", "deep"),
    "clinical": ("white", "white", "accent", "brushed"),
    "botanical": ("wood", "black", "deep", "metal", "white"),
    "fun": ("accent", "second", "white", "deep"),
    "natural": ("wood", "wood", "black", "brushed"),
    "men": ("black", "brushed", "accent", "deep"),
    "classic": ("metal", "white", "second", "deep"),
    "modern": ("body", "second", "white", "brushed"),
}


@dataclass(frozen=True)
class Look:
    """What all members of a family share; `form` are free proportions in 0..1 for the pack."""

    layout: str
    graphic: str
    body: Colour
    label: Colour
    ink: Colour
    accent: Colour
    second: Colour
    deep: Colour
    metal: Colour
    cap: Colour
    cap_finish: Finish
    finish: Finish
    paper: bool
    emblem: bool
    form: tuple[float, ...]
    backdrop: str
    backdrop_colour: Colour
    art_seed: tuple[int, ...]


def _cap(choice: str, brand: Brand, body: Colour) -> tuple[Colour, Finish]:
    _, _, accent, deep, second = brand.colours
    table: dict[str, tuple[Colour, str]] = {
        "metal": (METALS[brand.metal], "metal"),
        "brushed": (METALS[brand.metal], "brushed"),
        "black": ((30, 29, 31), "satin"),
        "white": ((244, 244, 243), "satin"),
        "wood": ((196, 154, 106), "wood"),
        "accent": (accent, "gloss"),
        "second": (second, "satin"),
        "deep": (deep, "satin"),
        "body": (mix(body, (255, 255, 255), 0.1), "matt"),
    }
    colour, finish = table[choice]
    return colour, FINISHES[finish]


def make_look(product: Product) -> Look:
    """The look of the product's family; the same for all its members."""
    rng = np.random.default_rng(product.look)
    brand = product.brand
    body, ink, accent, deep, second = brand.colours
    # One range of a house differs from the next by the colours' roles and a turn of the hue.
    role = int(rng.integers(6))
    if role == 1:
        body = second
    elif role == 2 and brand.mood != "clinical":
        body, ink = accent, readable(accent, ink)
    elif role == 3 and brand.mood in {"luxe", "men", "botanical", "modern"}:
        body, ink = deep, readable(deep, brand.colours[0])
    elif role == 4:
        body = mix(body, (255, 255, 255), 0.55)
    turn = float(rng.choice([0.0, 0.0, 0.0, 0.08, -0.08, 0.5, 0.3]))
    if turn and brand.mood not in {"luxe", "men"}:
        accent, second = turned_hue(accent, turn), turned_hue(second, turn)
        deep = turned_hue(deep, turn)
        if role in {1, 2}:
            body = turned_hue(body, turn)
    paper = bool(rng.random() < 0.30)
    label = mix((253, 252, 249), second, float(rng.choice([0.0, 0.12, 0.3]))) if paper else body
    if paper and lightness(body) > 0.82:
        label = deep if rng.random() < 0.5 else mix(label, accent, 0.25)
    cap, cap_finish = _cap(str(rng.choice(_CAPS[brand.mood])), brand, body)
    finish = str(rng.choice(["matt", "satin", "satin", "gloss"]))
    backdrops = ["white"] * 11 + ["grey"] * 3 + ["pastel"] * 4 + ["texture"] * 2
    return Look(
        layout=str(rng.choice(_LAYOUTS[brand.mood])),
        graphic=str(rng.choice(_GRAPHICS[brand.mood])),
        body=body,
        label=label,
        ink=readable(label, ink, 0.5),
        accent=accent,
        second=second,
        deep=deep,
        metal=METALS[brand.metal],
        cap=cap,
        cap_finish=cap_finish,
        finish=FINISHES[finish],
        paper=paper,
        emblem=bool(rng.random() < 0.72),
        form=tuple(float(value) for value in rng.random(12)),
        backdrop=str(rng.choice(backdrops)),
        backdrop_colour=mix(
            (255, 255, 255), mix(accent, second, 0.5), float(rng.uniform(0.2, 0.4))
        ),
        art_seed=(*product.look, 3),
    )
