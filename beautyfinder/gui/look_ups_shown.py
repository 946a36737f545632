"""Look-ups as strip and exports show them; those of the history as the window takes them."""

from __future__ import annotations

from beautyfinder.gui.look_ups import ANSWERED, FAILED, RUNNING, WAITING, LookUp
from beautyfinder.gui.query import OpenedStore
from beautyfinder.gui.query_strip import QueryStrip
from beautyfinder.gui.query_strip_model import QueryState
from beautyfinder.gui.remembered import Remembered
from beautyfinder.gui.results import ResultsPanel

_STATES = {
    WAITING: QueryState.WAITING,
    RUNNING: QueryState.LOOKING_UP,
    ANSWERED: QueryState.ANSWERED,
    FAILED: QueryState.FAILED,
}


def show_in_strip(strip: QueryStrip, row: int, look_up: LookUp) -> None:
    """How far the look-up in that row is, with its best hit or why it failed."""
    text, verdict = look_up.why, ""
    if look_up.answer is not None:
        result = look_up.answer.result
        text, verdict = (result.hits[0].image.name if result.hits else ""), result.verdict
    strip.set_state(row, _STATES[look_up.state], text, look_up.thumb, verdict)


def tell_subject(results: ResultsPanel, look_up: LookUp | None, store: OpenedStore | None) -> None:
    """Whose hits come into the results: exported sheets say so."""
    if look_up is not None:
        name, photo = look_up.query.name, look_up.preview
        results.set_subject(name, photo, store.name if store else "")


def earlier(entry: Remembered) -> LookUp:
    """A look-up of the history, answered as it was."""
    size = entry.photo.width(), entry.photo.height()
    return LookUp(entry.query(), entry.region, ANSWERED, entry.photo, size, entry.answer)
