"""The verdict of an answer by the thresholds that a person set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from beautyfinder.gui.preferences import Preferences
from beautyfinder.gui.query import Answer
from beautyfinder.search.verdict import Thresholds, verdict_of


def judge_by(preferences: Preferences) -> Callable[[Answer], Answer]:
    """What gives an answer its verdict anew; it is left alone where no confidence is known."""

    def judged(answer: Answer) -> Answer:
        hits = answer.result.hits
        if not hits or hits[0].confidence is None:
            return answer
        match_from, no_match_below = map(preferences.number, ("match_from", "no_match_below"))
        thresholds = Thresholds(match_from / 100, no_match_below / 100)
        verdict = verdict_of(hits[0].confidence, thresholds)
        return replace(answer, result=replace(answer.result, verdict=verdict))

    return judged
