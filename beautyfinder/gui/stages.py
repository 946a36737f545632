"""The stages of a look-up in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def stage_words(stage: str, done: int, total: int) -> str:
    """What goes on, and how far it is where that is known."""
    words = {
        "read": _tr("Reading the photo"),
        "open": _tr("Getting the catalogue ready"),
        "describe": _tr("Looking at the photo"),
        "rank": _tr("Going through the whole catalogue"),
        "rerank": _tr("Comparing details with the best candidates"),
    }.get(stage, stage)
    if total > 1:
        return _tr("{what}: {done} of {total}").format(what=words, done=done, total=total)
    return f"{words}…"


def _tr(text: str) -> str:
    return QCoreApplication.translate("stages", text)
