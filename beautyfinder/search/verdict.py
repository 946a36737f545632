"""What a look-up says of its first hit, in a word: by how probable it is that it is right."""

from __future__ import annotations

from dataclasses import dataclass

from beautyfinder.errors import UserError

MATCH, UNSURE, NO_MATCH = "match", "unsure", "no match"
VERDICTS = (MATCH, UNSURE, NO_MATCH)


@dataclass(frozen=True)
class Thresholds:
    """Probabilities, 0 to 1: from `match_from` on it is a match, below `no_match_below` none.

    Chosen on products held out, half of them missing from the catalogue: see docs/accuracy.md.
    Raises UserError where they cross or are no probabilities.
    """

    match_from: float = 0.9
    no_match_below: float = 0.1

    def __post_init__(self) -> None:
        if not 0 <= self.no_match_below < self.match_from <= 1:
            raise UserError(
                f"A match from {self.match_from:.0%} on and no match below "
                f"{self.no_match_below:.0%} do not go together: both lie between 0 and 100 %, and "
                "a match begins above where no match ends."
            )


THRESHOLDS = Thresholds()


def verdict_of(confidence: float | None, thresholds: Thresholds = THRESHOLDS) -> str:
    """ "match", "unsure" or "no match", of the first hit. None, nothing is known: "unsure"."""
    if confidence is None:
        return UNSURE
    if confidence >= thresholds.match_from:
        return MATCH
    return NO_MATCH if confidence < thresholds.no_match_below else UNSURE
