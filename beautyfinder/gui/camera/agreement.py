"""When the answers to several frames are one answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from beautyfinder.gui.query import Answer

SURE = 2  # answers in a row that are each a match, of the same product
ALIKE = 3  # answers in a row of the same product, however sure each is, if it leads by LEAD
CLOSE = 5  # answers in a row, if it does not: near-twins take turns by chance
LEAD = 0.5  # of the scores, logits, on average before the second
# A verdict is of one frame. That the same product leads so far in NOTHING of them outweighs it.
CLEAR_LEAD = 3.0
NOTHING = 4  # answers in a row that say that it is not in the catalogue
_MATCH, _NO_MATCH = "match", "no match"


@dataclass(frozen=True, eq=False)
class Agreed:
    """What the answers agree on. product_id empty: that there is nothing like it.

    sure: whether they are matches, or the likeliest only.
    """

    product_id: str
    name: str
    sure: bool


class Agreement:
    """Hears answers in turn and says when they agree."""

    def __init__(self) -> None:
        self._answers: list[Answer] = []

    def clear(self) -> None:
        """Something else is looked at."""
        self._answers = []

    def add(self, answer: Answer) -> Agreed | None:
        """What the last answers agree on, if they do."""
        self._answers = [*self._answers, answer][-max(SURE, ALIKE, CLOSE, NOTHING) :]
        verdicts = [one.result.verdict for one in self._answers]
        alike = self._alike()
        if len(verdicts) >= NOTHING and set(verdicts[-NOTHING:]) == {_NO_MATCH}:
            if len(alike) < NOTHING or _lead(alike[-NOTHING:]) < CLEAR_LEAD:
                return Agreed("", "", False)
            first = answer.result.hits[0].image
            return Agreed(first.product_id, first.name, False)
        if not alike:
            return None
        matches = [one for one in alike if one.result.verdict == _MATCH]
        sure = all(one.result.verdict == _MATCH for one in alike[-SURE:]) and len(alike) >= SURE
        enough = ALIKE if _lead(alike[-ALIKE:]) >= LEAD else CLOSE
        if sure or (len(alike) >= enough and self._mostly_there(alike[-enough:])):
            first = answer.result.hits[0].image
            return Agreed(first.product_id, first.name, sure or 2 * len(matches) > len(alike))
        return None

    def _alike(self) -> list[Answer]:
        """The last answers that have the same product first."""
        alike: list[Answer] = []
        for answer in reversed(self._answers):
            hits = answer.result.hits
            if not hits or (alike and _first(answer) != _first(alike[0])):
                break
            alike.insert(0, answer)
        return alike

    @staticmethod
    def _mostly_there(answers: list[Answer]) -> bool:
        return 2 * sum(one.result.verdict == _NO_MATCH for one in answers) < len(answers)


def _lead(answers: list[Answer]) -> float:
    """By how much the first product leads the second on average; 0 where there is no second."""
    leads = [one.result.hits[0].score - one.result.hits[1].score
             for one in answers if len(one.result.hits) > 1]  # fmt: skip
    return sum(leads) / len(leads) if leads else 0.0


def _first(answer: Answer) -> str:
    return answer.result.hits[0].image.product_id
