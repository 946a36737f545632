"""The stages of a look-up in words."""

from __future__ import annotations

from beautyfinder.gui.translation import tr


def stage_words(stage: str, done: int, total: int) -> str:
    """What goes on, and how far it is where that is known."""
    words = {
        "read": tr("Reading the photo"),
        "open": tr("Getting the catalogue ready"),
        "describe": tr("Looking at the photo"),
        "rank": tr("Going through the whole catalogue"),
        "rerank": tr("Comparing details with the best candidates"),
    }.get(stage, stage)
    if total > 1:
        return tr("{what}: {done} of {total}").format(what=words, done=done, total=total)
    return f"{words}…"
