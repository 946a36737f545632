"""The type of the result cards, and how much room it takes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontMetrics

from beautyfinder.gui.card_text import wrapped
from beautyfinder.gui.cards_layout import CardSizes
from beautyfinder.gui.results_model import ResultsModel
from beautyfinder.gui.theme import scaled_font

PAD = 12
_COMFORTABLE_WIDTH = 215  # a card of this width has the window's own type size
_LARGEST = 1.9
_TITLE_LINES = 3  # what tells variants apart often stands last


class CardLook:
    """Fonts for cards at `scale` times the window's type, and which lines the cards have."""

    def __init__(self, font: QFont, scale: float = 1.0) -> None:
        self.scale = scale
        self.body = scaled_font(font, scale)
        self.small = scaled_font(font, 0.92 * scale)
        self.title = scaled_font(font, scale, QFont.Weight.DemiBold)
        self.best_title = scaled_font(font, 1.35 * scale, QFont.Weight.DemiBold)
        self.strong = self.title
        self.best_lines = self.lines = 2
        self.maker = self.matches = True

    def fit(self, model: ResultsModel, places: Sequence[QRect]) -> None:
        """Only as many lines as the hits need in cards of these `places`."""
        hits = model.hits()
        lines = [1] * len(hits)
        for n, (hit, place) in enumerate(zip(hits, places, strict=False)):
            room = place.width() - 2 * PAD - 2
            font = self.title if n else self.best_title
            lines[n] = max(1, len(wrapped(hit.image.name, font, room, _TITLE_LINES)))
        self.best_lines = lines[0] if lines else 1
        self.lines = max(lines[1:], default=1)
        self.maker = any(model.maker_text(hit) for hit in hits)
        self.matches = any(hit.matches is not None for hit in hits)

    def footer_height(self) -> float:
        """Of bar, matching details and score."""
        body, small = QFontMetrics(self.body).lineSpacing(), QFontMetrics(self.small).lineSpacing()
        return small + (4 + 7 + body if self.matches else 0)

    def text_height(self, best: bool) -> int:
        """Of everything below the picture, down to the card's edge."""
        title = QFontMetrics(self.best_title if best else self.title).lineSpacing()
        lines = self.best_lines if best else self.lines
        maker = 3 + QFontMetrics(self.small).lineSpacing() if self.maker else 0
        return round(10 + title * lines + maker + 9 + self.footer_height() + PAD)

    def sizes(self) -> CardSizes:
        """What the layout of the cards must grant them."""
        width = QFontMetrics(self.body).horizontalAdvance("000 matching details") + 2 * PAD + 2
        return CardSizes(round(width), self.text_height(False), self.text_height(True))


def scale_for(places: Sequence[QRect]) -> float:
    """Larger type in larger cards, so that a large window does not look empty."""
    if len(places) < 2:
        return 1.0
    share = places[1].width() / _COMFORTABLE_WIDTH
    return min(_LARGEST, max(1.0, round(share * 20) / 20))
