"""Small colour arithmetic: hex, mixing, contrast and readable ink. Colours are 8-bit RGB."""

import colorsys

from beautyfinder.sample.lettering import Colour


def from_hex(text: str) -> Colour:
    """ "d4a373" as (212, 163, 115)."""
    return int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16)


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """`first` moved by `share` (0..1) towards `second`."""
    r, g, b = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return r, g, b


def lightness(colour: Colour) -> float:
    """Perceived lightness, 0..1."""
    return (0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]) / 255


def readable(ground: Colour, wish: Colour, least: float = 0.34) -> Colour:
    """`wish`, or black or white leaning towards it, whichever can be read on `ground`."""
    if abs(lightness(ground) - lightness(wish)) >= least:
        return wish
    pole: Colour = (24, 22, 26) if lightness(ground) > 0.52 else (252, 250, 246)
    for share in (0.45, 0.65, 0.8):
        candidate = mix(wish, pole, share)
        if abs(lightness(ground) - lightness(candidate)) >= least:
            return candidate
    return pole


def turned_hue(colour: Colour, hue: float, light: float = 0.0) -> Colour:
    """`colour` with its hue moved by `hue` turns and its lightness by `light` (-1..1)."""
    h, level, s = colorsys.rgb_to_hls(*(c / 255 for c in colour))
    r, g, b = colorsys.hls_to_rgb((h + hue) % 1, min(max(level + light, 0.03), 0.97), s)
    return round(r * 255), round(g * 255), round(b * 255)
