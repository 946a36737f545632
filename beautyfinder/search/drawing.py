"""Pictures with lines, rings and words on them: one description, painted as pixels or as SVG."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import ceil, floor, hypot
from xml.sax.saxutils import escape, quoteattr

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Colour = tuple[int, int, int]
Point = tuple[float, float]

_FINER = 4  # painted that many times as large, then averaged: smooth edges
_BAND = 128  # rows painted at a time, so that a photo of 12 megapixels needs little memory
_LOSSLESS = 1_000_000  # pixels up to which a picture in an SVG is a PNG; above, a fine JPEG


@dataclass(frozen=True)
class Pen:
    """How a line is drawn. `width` in pixels; `dash`: on and off, in pixels, or none."""

    colour: Colour
    width: float
    opacity: float = 1.0
    dash: Point | None = None


@dataclass(frozen=True)
class Line:
    """From `start` to `end`. As everywhere here, (0, 0) is the drawing's top-left corner."""

    start: Point
    end: Point
    pen: Pen


@dataclass(frozen=True)
class Ring:
    """A circle; `radius` to the middle of the pen."""

    centre: Point
    radius: float
    pen: Pen


@dataclass(frozen=True)
class Dot:
    """A filled circle."""

    centre: Point
    radius: float
    colour: Colour
    opacity: float = 1.0


@dataclass(frozen=True)
class Words:
    """One line of text; `left` and its `baseline`, `size` of the letters in pixels."""

    text: str
    left: float
    baseline: float
    size: float
    colour: Colour


Shape = Line | Ring | Dot | Words


@dataclass(frozen=True, eq=False)
class Placed:
    """A picture, uint8 (H, W, 3) RGB, with its top-left corner on whole pixels of the drawing."""

    pixels: NDArray[np.uint8]
    left: int
    top: int
    name: str


@dataclass(frozen=True, eq=False)
class Drawing:
    """Pictures on paper, and `layers` of shapes by name, the first at the bottom."""

    width: int
    height: int
    paper: Colour
    title: str
    pictures: Sequence[Placed]
    layers: dict[str, list[Shape]] = field(default_factory=dict)


@cache
def font(size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The font that comes with Pillow: the same on every machine."""
    return ImageFont.load_default(size)


def text_width(text: str, size: float) -> float:
    """Width in pixels of one line of text."""
    return float(font(size).getlength(text))


def paint(drawing: Drawing) -> Image.Image:
    """The drawing in pixels. Where no shape lies the pictures' pixels are untouched."""
    image = Image.new("RGB", (drawing.width, drawing.height), drawing.paper)
    for picture in drawing.pictures:
        image.paste(Image.fromarray(picture.pixels), (picture.left, picture.top))
    shapes = [shape for layer in drawing.layers.values() for shape in layer]
    extents = [_rows(shape) for shape in shapes]
    for top in range(0, drawing.height, _BAND):
        bottom = min(top + _BAND, drawing.height)
        here = [
            shape
            for shape, (first, last) in zip(shapes, extents, strict=True)
            if first <= bottom and last >= top
        ]
        if here:
            image.paste(_band(image.crop((0, top, drawing.width, bottom)), top, here), (0, top))
    return image


def _band(image: Image.Image, top: int, shapes: Sequence[Shape]) -> Image.Image:
    """`image`, the drawing's rows from `top`, with shapes on it."""
    large = image.resize((image.width * _FINER, image.height * _FINER), Image.Resampling.NEAREST)
    draw = ImageDraw.Draw(large, "RGBA")  # this mode blends

    def at(point: Point) -> Point:
        """Of the large picture's pixels, which Pillow knows by their centres."""
        return point[0] * _FINER - 0.5, (point[1] - top) * _FINER - 0.5

    for shape in shapes:
        match shape:
            case Line(start, end, pen):
                width, fill = max(1, round(pen.width * _FINER)), _fill(pen.colour, pen.opacity)
                for first, last in _dashes(start, end, pen.dash):
                    draw.polygon(_bar(at(first), at(last), width), fill)
            case Ring(centre, radius, pen):
                outer = radius + pen.width / 2
                draw.ellipse(
                    _box(at(centre), outer * _FINER),
                    outline=_fill(pen.colour, pen.opacity),
                    width=max(1, round(pen.width * _FINER)),
                )
            case Dot(centre, radius, colour, opacity):
                draw.ellipse(_box(at(centre), radius * _FINER), fill=_fill(colour, opacity))
            case Words():
                x, y = shape.left * _FINER, (shape.baseline - top) * _FINER
                letters = font(shape.size * _FINER)
                draw.text((x, y), shape.text, shape.colour, letters, anchor="ls")
    return large.reduce(_FINER)


def _bar(start: Point, end: Point, width: int) -> list[Point]:
    """The corner pixels of a line, `width` pixels wide: Pillow's own lie beside their middle."""
    x, y = end[0] - start[0], end[1] - start[1]
    length = hypot(x, y) or 1.0
    out = (width - 1) / 2 / length
    return [
        (floor(place[0] - side * y * out + 0.5), floor(place[1] + side * x * out + 0.5))
        for place, side in ((start, 1), (end, 1), (end, -1), (start, -1))
    ]


def _rows(shape: Shape) -> tuple[float, float]:
    """The rows that a shape may touch, first and last."""
    match shape:
        case Line(start, end, pen):
            return min(start[1], end[1]) - pen.width, max(start[1], end[1]) + pen.width
        case Ring(centre, radius, pen):
            return centre[1] - radius - pen.width, centre[1] + radius + pen.width
        case Dot(centre, radius):
            return centre[1] - radius - 1, centre[1] + radius + 1
        case Words():
            return shape.baseline - shape.size * 1.5, shape.baseline + shape.size


def _dashes(start: Point, end: Point, dash: Point | None) -> Iterator[tuple[Point, Point]]:
    length = hypot(end[0] - start[0], end[1] - start[1])
    if dash is None or not length:
        yield start, end
        return

    def along(distance: float) -> Point:
        share = min(1.0, distance / length)
        return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])

    period = sum(dash)
    for number in range(ceil(length / period)):
        yield along(number * period), along(number * period + dash[0])


def _box(centre: Point, radius: float) -> tuple[float, float, float, float]:
    x, y = centre
    return x - radius, y - radius, x + radius, y + radius


def _fill(colour: Colour, opacity: float) -> tuple[int, int, int, int]:
    return (*colour, round(255 * opacity))


def as_svg(drawing: Drawing) -> str:
    """The drawing as an SVG document of the same size, its pictures inside, a group per layer."""
    width, height = drawing.width, drawing.height
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">',
        f"<title>{escape(drawing.title)}</title>",
        f'<rect width="{width}" height="{height}" fill="{_hex(drawing.paper)}"/>',
    ]
    for picture in drawing.pictures:
        tall, wide = picture.pixels.shape[:2]
        parts.append(
            f"<image id={quoteattr(picture.name)} x={_number(picture.left)} "
            f'y={_number(picture.top)} width="{wide}" height="{tall}" '
            f'href="{_embedded(picture.pixels)}"/>'
        )
    for name, shapes in drawing.layers.items():
        parts.append(f'<g id={quoteattr(name)} fill="none">')
        parts += [_element(shape) for shape in shapes]
        parts.append("</g>")
    return "\n".join([*parts, "</svg>", ""])


def _element(shape: Shape) -> str:
    match shape:
        case Line((x1, y1), (x2, y2), pen):
            ends = f"x1={_number(x1)} y1={_number(y1)} x2={_number(x2)} y2={_number(y2)}"
            return f"<line {ends} {_stroke(pen)}/>"
        case Ring((x, y), radius, pen):
            return f"<circle cx={_number(x)} cy={_number(y)} r={_number(radius)} {_stroke(pen)}/>"
        case Dot((x, y), radius, colour, opacity):
            return (
                f"<circle cx={_number(x)} cy={_number(y)} r={_number(radius)} "
                f'fill="{_hex(colour)}" fill-opacity={_number(opacity)}/>'
            )
        case Words():
            return (
                f"<text x={_number(shape.left)} y={_number(shape.baseline)} "
                f"font-size={_number(shape.size)} "
                'font-family="Helvetica, Arial, sans-serif" '
                f"textLength={_number(text_width(shape.text, shape.size))} "
                'lengthAdjust="spacingAndGlyphs" '
                f'fill="{_hex(shape.colour)}">{escape(shape.text)}</text>'
            )


def _stroke(pen: Pen) -> str:
    dash = "" if pen.dash is None else f' stroke-dasharray="{pen.dash[0]:g} {pen.dash[1]:g}"'
    return (
        f'stroke="{_hex(pen.colour)}" stroke-width={_number(pen.width)} '
        f"stroke-opacity={_number(pen.opacity)}{dash}"
    )


def _number(value: float) -> str:
    """Quoted; to a thousandth of a pixel."""
    return f'"{round(value, 3):.10g}"'


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _embedded(pixels: NDArray[np.uint8]) -> str:
    data, image = io.BytesIO(), Image.fromarray(pixels)
    if pixels.shape[0] * pixels.shape[1] <= _LOSSLESS:
        kind = "png"
        image.save(data, "PNG")
    else:
        kind = "jpeg"
        image.save(data, "JPEG", quality=95, subsampling=0)
    return f"data:image/{kind};base64,{base64.b64encode(data.getvalue()).decode('ascii')}"
