"""Puts every answer into the history, and what a person judged of its hits."""

from __future__ import annotations

from dataclasses import dataclass, field
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


@dataclass(eq=False)
class _Kept:
    """An answer's place in the history. id: empty where it was erased. marks: by product id."""

    result: SearchResult
    id: str
    store: Path
    marks: dict[str, bool] = field(default_factory=dict)


class Recorder(QObject):
    """Keeps the look-ups of `look_ups` in `keeper`, unless the preferences say otherwise."""

    def __init__(self, look_ups: LookUps, keeper: JournalKeeper, preferences: Preferences) -> None:
        super().__init__()
        self._look_ups, self._keeper, self._preferences = look_ups, keeper, preferences
        self.store: Path | None = None  # that answers are of
        # By the result, which every copy of an answer shares; an answer itself may be slimmed.
        self._kept: dict[int, _Kept] = {}
        look_ups.changed.connect(self._on_changed)
        keeper.erased.connect(self._on_erased)

    def marks(self, result: SearchResult) -> Mapping[str, bool]:
        """What was judged of the hits, by product id."""
        kept = self._kept.get(id(result))
        return kept.marks if kept is not None else {}

    def judge(self, result: SearchResult, hit: Hit, right: bool | None) -> bool:
        """Note that the hit is right, or wrong, or (None) take that back.

        Its look-up is put into the history first if it is not there; False where that cannot be:
        no history is kept, or the photo is no longer at hand.
        """
        kept = self._kept.get(id(result))
        if kept is None or not kept.id:
            kept = self._keep_anew(result)
        if kept is None:
            return False
        kept.marks.pop(hit.image.product_id, None)
        if right is not None:
            kept.marks[hit.image.product_id] = right
        self._keeper.label(kept.id, hit.image.product_id, right)
        return True

    def adopt(self, entry: Remembered) -> None:
        """An answer that comes from the history: it is there already."""
        self._remember(_Kept(entry.answer.result, entry.id, entry.store, dict(entry.marks)))

    def _remember(self, kept: _Kept) -> None:
        while len(self._kept) >= _KNOWN:
            del self._kept[next(iter(self._kept))]
        self._kept[id(kept.result)] = kept

    def _keep_anew(self, result: SearchResult) -> _Kept | None:
        for look_up in self._look_ups.all():
            if look_up.answer is not None and look_up.answer.result is result:
                return self._keep(look_up)
        return None

    def _keep(self, look_up: LookUp) -> _Kept | None:
        """Put it into the history; None where that cannot be."""
        answer, preview, store = look_up.answer, look_up.preview, look_up.store or self.store
        if answer is None or preview is None or store is None:
            return None
        if not self._preferences.flag("keep_history"):
            return None
        told = self._keeper.add(look_up.query, preview, look_up.region, store, answer)
        kept = _Kept(answer.result, told, store)
        self._remember(kept)
        return kept

    @Slot(int, object)
    def _on_changed(self, _row: int, look_up: LookUp) -> None:
        answer = look_up.answer
        if look_up.state != ANSWERED or answer is None or id(answer.result) in self._kept:
            return
        kept = self._keep(look_up)
        before = self._kept.get(id(look_up.before))
        if kept is None or before is None or before.store != kept.store:
            return
        kept.marks |= before.marks  # the same part of the same photo in the same catalogue
        for product_id, right in kept.marks.items():
            self._keeper.label(kept.id, product_id, right)

    @Slot(str)
    def _on_erased(self, look_up: str) -> None:
        for kept in self._kept.values():
            if look_up in (kept.id, ""):
                kept.id, kept.marks = "", {}
