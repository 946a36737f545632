"""Puts every answer into the history, and what a person judged of its hits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from beautyfinder.gui.journal_keeper import JournalKeeper
from beautyfinder.gui.look_ups import ANSWERED, LookUp, LookUps
from beautyfinder.gui.preferences import Preferences

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from beautyfinder.gui.remembered import Remembered
    from beautyfinder.search.method import Hit, SearchResult

_KNOWN = 500  # answers whose place in the history is kept in mind


class Recorder(QObject):
    """Keeps the look-ups of `look_ups` in `keeper`, unless the preferences say otherwise."""

    def __init__(self, look_ups: LookUps, keeper: JournalKeeper, preferences: Preferences) -> None:
        super().__init__()
        self._keeper, self._preferences = keeper, preferences
        self.store: Path | None = None  # that answers are of
        # By the result, which every copy of an answer shares; an answer itself may be slimmed.
        self._kept: dict[int, tuple[SearchResult, str, dict[str, bool]]] = {}
        look_ups.changed.connect(self._on_changed)

    def marks(self, result: SearchResult) -> Mapping[str, bool]:
        """What was judged of the hits, by product id."""
        return self._kept[id(result)][2] if id(result) in self._kept else {}

    def judge(self, result: SearchResult, hit: Hit, right: bool | None) -> None:
        """Note that the hit is right, or wrong, or (None) take that back."""
        if id(result) not in self._kept:
            return
        _, look_up, marks = self._kept[id(result)]
        marks.pop(hit.image.product_id, None)
        if right is not None:
            marks[hit.image.product_id] = right
        self._keeper.label(look_up, hit.image.product_id, right)

    def adopt(self, entry: Remembered) -> None:
        """An answer that comes from the history: it is there already."""
        self._remember(entry.answer.result, entry.id, dict(entry.marks))

    def _remember(self, result: SearchResult, look_up: str, marks: dict[str, bool]) -> None:
        while len(self._kept) >= _KNOWN:
            del self._kept[next(iter(self._kept))]
        self._kept[id(result)] = result, look_up, marks

    @Slot(int, object)
    def _on_changed(self, _row: int, look_up: LookUp) -> None:
        answer, preview = look_up.answer, look_up.preview
        if look_up.state != ANSWERED or answer is None or preview is None or self.store is None:
            return
        if id(answer.result) in self._kept or not self._preferences.flag("keep_history"):
            return
        told = self._keeper.add(look_up.query, preview, look_up.region, self.store, answer)
        self._remember(answer.result, told, {})
