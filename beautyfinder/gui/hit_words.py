"""What the window says of a hit: how well it agrees, what decided it, who makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from beautyfinder.gui.translation import tr

if TYPE_CHECKING:
    from beautyfinder.search.method import Hit

BETWEEN = "  ·  "


_MOST_REASONS = 2  # the strongest: four of four say nothing


def details(hit: Hit) -> int | None:
    """What counts as matching details: those that agree on where the product lies, where known."""
    return hit.matches if hit.inliers is None else hit.inliers


def evidence_text(hit: Hit) -> str:
    """“42 matching details”, else the words that were found, else empty: never that there are 0."""
    count = details(hit)
    if count == 1:
        return tr("1 matching detail")
    if count and hit.matches and hit.inliers is not None:  # those that agree, of all matches
        number = QLocale().toString
        return tr("{count} of {all} details").format(count=number(count), all=number(hit.matches))
    if count:
        return tr("{count} matching details").format(count=QLocale().toString(count))
    return words_text(hit)


def words_text(hit: Hit) -> str:
    """“words: lavender, milk”; empty where none was found."""
    return tr("words: {words}").format(words=", ".join(hit.words)) if hit.words else ""


def decided_text(hit: Hit) -> str:
    """“by details and words”, the strongest first; empty where that is not known."""
    names = {
        "details": tr("details"),
        "words": tr("words"),
        "looks": tr("looks"),
        "likeness": tr("likeness"),
    }
    told = [names.get(reason, reason) for reason in hit.reasons[:_MOST_REASONS]]
    if len(told) > 1:
        told = [
            tr("{first} and {last}").format(first=tr(", ").join(told[:-1]), last=told[-1]),
        ]
    return tr("by {reasons}").format(reasons=told[0]) if told else ""


def aside_text(hit: Hit) -> str:
    """The line under the evidence of a small card: what decided, and words not yet said."""
    found = ", ".join(hit.words) if hit.words and details(hit) else ""
    return BETWEEN.join(text for text in (decided_text(hit), found) if text)


def sure_text(hit: Hit) -> str:
    """“87 % sure”; empty where that is not known. Never that it is certain, or impossible."""
    if hit.confidence is None:
        return ""
    percent = round(100 * hit.confidence)
    if percent < 1:
        return tr("under 1 % sure")
    if percent > 99:
        return tr("over 99 % sure")
    return tr("{percent} % sure").format(percent=QLocale().toString(percent))


def sure_or_score_text(hit: Hit) -> str:
    """Where there is room for one of them: what people understand, if it is known."""
    return sure_text(hit) or score_text(hit)


def score_text(hit: Hit) -> str:
    """“score 42.4”; it is no probability."""
    digits = 1 if abs(hit.score) >= 10 else 2
    return tr("score {score}").format(score=QLocale().toString(hit.score, "f", digits))


def maker_text(hit: Hit) -> str:
    """Brand and price, as far as they are known."""
    return BETWEEN.join(word for word in (hit.image.brand, hit.image.price) if word)


def reason_text(hit: Hit) -> str:
    """For a headline: how sure it is, the evidence and what decided, in one line."""
    told = (sure_text(hit), evidence_text(hit), decided_text(hit))
    return BETWEEN.join(text for text in told if text)


def tooltip_text(hit: Hit) -> str:
    """Everything that a small card may have no room for, a line each."""
    lines = (
        hit.image.name,
        maker_text(hit),
        evidence_text(hit),
        words_text(hit) if details(hit) else "",
        decided_text(hit),
        sure_text(hit),
        score_text(hit),
        hit.image.path,
    )
    return "\n".join(line for line in lines if line)


def spoken_text(hit: Hit, right: bool | None) -> str:
    """For assistive technology: the whole card in one sentence."""
    told = [
        hit.image.name, hit.image.brand, hit.image.price, evidence_text(hit), aside_text(hit),
        sure_text(hit), score_text(hit),
    ]  # fmt: skip
    if right is not None:
        told.append(tr("marked as right") if right else tr("marked as wrong"))
    return f"{hit.rank}. " + ", ".join(text for text in told if text)
