"""The type of the result cards, and how much room it takes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontMetrics

from beautyfinder.gui.card_text import wrapped
from beautyfinder.gui.cards_layout import CardSizes
from beautyfinder.gui.hit_words import aside_text, decided_text, details, evidence_text, maker_text
from beautyfinder.gui.results_model import ResultsModel
from beautyfinder.gui.theme import scaled_font

PAD = 12
RULE = 8  # a hairline and the room under it
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
        self.maker = self.evidence = self.aside = True
        self.best_details = self.best_decided = True
        self.best_words = False

    def fit(self, model: ResultsModel, places: Sequence[QRect]) -> None:
        """Only as many lines as the hits need in cards of these `places`."""
        hits = model.listed()
        lines = [1] * len(hits)
        for n, (hit, place) in enumerate(zip(hits, places, strict=False)):
            room = place.width() - 2 * PAD - 2
            font = self.title if n else self.best_title
            lines[n] = max(1, len(wrapped(hit.image.name, font, room, _TITLE_LINES)))
        self.best_lines = lines[0] if lines else 1
        self.lines = max(lines[1:], default=1)
        self.maker = any(maker_text(hit) for hit in hits)
        self.evidence = any(evidence_text(hit) for hit in hits[1:])
        self.aside = any(aside_text(hit) for hit in hits[1:])
        self.best_details = bool(hits and details(hits[0]))
        self.best_words = bool(hits and hits[0].words)
        self.best_decided = bool(hits and decided_text(hits[0]))

    def key(self) -> tuple[object, ...]:
        """What the look of a card depends on, besides its hit."""
        return (self.scale, self.best_lines, self.lines, self.maker, self.evidence, self.aside,
                self.best_details, self.best_decided, self.best_words)  # fmt: skip

    def chip_height(self) -> int:
        """Of a word that was found, with the ground it stands on."""
        return QFontMetrics(self.small).lineSpacing() + 6

    def footer_height(self, best: bool) -> float:
        """Of the rule and what stands under it: how well the hit agrees, and its score."""
        body, small = QFontMetrics(self.body).lineSpacing(), QFontMetrics(self.small).lineSpacing()
        if not best:
            return RULE + body * self.evidence + small * self.aside + small
        words = (self.chip_height() + 8) * self.best_words
        return RULE + body * self.best_details + words + small * self.best_decided + small

    def text_height(self, best: bool) -> int:
        """Of everything below the picture, down to the card's edge."""
        title = QFontMetrics(self.best_title if best else self.title).lineSpacing()
        lines = self.best_lines if best else self.lines
        maker = 3 + QFontMetrics(self.small).lineSpacing() if self.maker else 0
        return round(10 + title * lines + maker + 7 + self.footer_height(best) + PAD)

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
