"""Where the result cards go: the best one large, six beside it, the others in a grid below."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QRect


@dataclass(frozen=True)
class CardSizes:
    """What the type size asks for, in pixels: a card's least width, and its text below the picture.

    `gap` lies between cards.
    """

    least_width: int
    text_height: int
    best_text_height: int
    gap: int = 14

    @property
    def least_height(self) -> int:
        """Of a small card: a picture to judge by, and the text."""
        return self.text_height + max(110, self.least_width * 3 // 4)


MOST_BEST_WIDTH = 900
MOST_CARD_WIDTH = 640
TOGETHER = 7  # how many are laid out to be seen at a glance


def arrange(width: int, height: int, count: int, sizes: CardSizes) -> list[QRect]:
    """A rectangle for each of `count` cards, best first, in a view of `width` x `height`.

    Never wider than the view; taller where they must be, and then it scrolls. The first seven lie
    as they do without the others.
    """
    if count <= 0 or width <= 0:
        return []
    places = _together(width, height, min(count, TOGETHER), sizes)
    return places + _below(width, places, count - len(places), sizes)


def _below(width: int, above: list[QRect], count: int, sizes: CardSizes) -> list[QRect]:
    """For the others: a grid of cards about as wide as the small ones `above`, right across."""
    if count <= 0:
        return []
    gap = sizes.gap
    columns = max(1, (width + gap) // (above[-1].width() + gap))
    card_width = (width - (columns - 1) * gap) // columns
    card_height = max(sizes.least_height, sizes.text_height + round(card_width * 0.95))
    top = max(place.bottom() + 1 for place in above) + gap
    places = []
    for n in range(count):
        row, column = divmod(n, columns)
        x, y = column * (card_width + gap), top + row * (card_height + gap)
        places.append(QRect(x, y, card_width, card_height))
    return places


def _together(width: int, height: int, count: int, sizes: CardSizes) -> list[QRect]:
    gap = sizes.gap
    best_width = min(max(round(width * 0.34), sizes.least_width), MOST_BEST_WIDTH)
    beside = width - best_width - gap
    if beside < sizes.least_width:
        return _stacked(width, height, count, sizes)
    others = count - 1
    columns = max(
        (n for n in (1, 2, 3) if n == 1 or (beside - (n - 1) * gap) // n >= sizes.least_width),
    )
    if columns == 1 and others > 2:
        return _stacked(width, height, count, sizes)
    card_width = min((beside - (columns - 1) * gap) // columns, MOST_CARD_WIDTH)
    rows = math.ceil(others / columns)
    card_height = sizes.least_height
    if rows:
        fitting = (height - (rows - 1) * gap) // rows
        highest = sizes.text_height + round(card_width * 1.4)
        card_height = max(sizes.least_height, min(fitting, highest))
    best_height = min(height, sizes.best_text_height + round(best_width * 1.6))
    if rows > 1:
        best_height = max(min(height, rows * card_height + (rows - 1) * gap), sizes.least_height)
    best_height = max(best_height, sizes.best_text_height + 120)
    places = [QRect(0, 0, best_width, best_height)]
    for n in range(others):
        row, column = divmod(n, columns)
        x = best_width + gap + column * (card_width + gap)
        places.append(QRect(x, row * (card_height + gap), card_width, card_height))
    return places


def _stacked(width: int, height: int, count: int, sizes: CardSizes) -> list[QRect]:
    """For a narrow view: the best across the top, the others below in one or two columns."""
    gap = sizes.gap
    best_height = sizes.best_text_height + max(140, min(height // 3, width))
    places = [QRect(0, 0, width, best_height)]
    columns = 2 if (width - gap) // 2 >= min(sizes.least_width, 130) else 1
    card_width = (width - (columns - 1) * gap) // columns
    for n in range(count - 1):
        row, column = divmod(n, columns)
        y = best_height + gap + row * (sizes.least_height + gap)
        places.append(QRect(column * (card_width + gap), y, card_width, sizes.least_height))
    return places
