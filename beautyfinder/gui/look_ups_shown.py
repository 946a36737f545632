"""Look-ups as strip and exports show them; those of the history as the window takes them."""

from __future__ import annotations

from beautyfinder.gui.images_qt import part_of_image, thumb_of
from beautyfinder.gui.look_ups import ANSWERED, FAILED, LIVE, RUNNING, WAITING, LookUp
from beautyfinder.gui.query import OpenedStore
from beautyfinder.gui.query_strip import QueryStrip
from beautyfinder.gui.query_strip_model import QueryState
from beautyfinder.gui.remembered import Remembered
from beautyfinder.gui.results import ResultsPanel

_STATES = {
    WAITING: QueryState.WAITING,
    RUNNING: QueryState.LOOKING_UP,
    ANSWERED: QueryState.ANSWERED,
    LIVE: QueryState.ANSWERED,
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
        preview, region = look_up.preview, look_up.region
        part = part_of_image(preview, region) if preview is not None else None
        results.set_subject(look_up.query.name, part, catalogue_name(look_up, store))


def earlier(entry: Remembered) -> LookUp:
    """A look-up of the history, answered as it was."""
    size = entry.photo.width(), entry.photo.height()
    return LookUp(
        entry.query(),
        entry.region,
        ANSWERED,
        entry.photo,
        size,
        entry.answer,
        store=entry.store,
        thumb=thumb_of(entry.photo),
    )


def catalogue_name(look_up: LookUp, opened: OpenedStore | None) -> str:
    """The catalogue that the look-up was done in, as the window calls it."""
    if look_up.store is not None:
        return look_up.store.name or str(look_up.store)
    return opened.name if opened is not None else ""
