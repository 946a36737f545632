"""Matching: one hit's way from the engine's Inspection over its Pairing to both laid together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from beautyfinder.gui.engine import Engine
from beautyfinder.gui.inspector.compare import Laid, laid
from beautyfinder.gui.inspector.latest import Latest
from beautyfinder.gui.inspector.messages import Inspected, Wanted
from beautyfinder.gui.inspector.overlay import Box

if TYPE_CHECKING:
    from beautyfinder.search.inspection import Pairing


class Matching(QObject):
    """Everything slow is done in the engine's thread or in Qt's thread pool; the latest wins.

    `inspected` (Inspected) once the pictures are there, `paired` (Pairing) whenever another ratio
    or part of the photo has been matched, `laid` (Laid or None) after `lay`, `failed` (a sentence).
    """

    inspected = Signal(object)
    paired = Signal(object)
    laid = Signal(object)
    failed = Signal(str)

    def __init__(self, engine: Engine, parent: QObject) -> None:
        super().__init__(parent)
        self._engine = engine
        self._token = -1
        self._ratios: dict[str, float] = {}  # as a person has set them, by rule
        self._region: Box | None = None
        self._laid_for: Pairing | None = None
        self.current: Inspected | None = None
        self.pairing: Pairing | None = None
        self._pairer = Latest(self, self._on_paired, self.failed.emit)
        self._layer = Latest(self, self._on_laid, self.failed.emit)
        engine.inspected.connect(self._on_inspected)
        engine.inspection_failed.connect(self._on_failed)

    def begin(self, wanted: Wanted) -> None:
        """Match that hit, in place of the one before."""
        self._forget()
        self._token = self._engine.inspect(wanted)

    def leave(self) -> None:
        """Nobody waits for matches any more."""
        self._forget()
        self._engine.inspect(None)
        self._token = -1

    def ratio(self) -> float:
        """Of the rule that is matched by."""
        rule = self.current.wanted.rule if self.current is not None else ""
        return self._ratios.get(rule, self.default_ratio())

    def default_ratio(self) -> float:
        """A look-up's own, of the rule that is matched by."""
        from beautyfinder.search.inspection import DEFAULT_RATIO

        return DEFAULT_RATIO[self.current.wanted.rule if self.current is not None else "verified"]

    def set_ratio(self, ratio: float) -> None:
        """Match anew, from the distances that are known."""
        if self.current is not None:
            self._ratios[self.current.wanted.rule] = ratio
            self._pair()

    def set_region(self, region: Box | None) -> None:
        """Only what lies in this part of the photo, in its pixels, counts."""
        self._region = region
        self._pair()

    def lay(self) -> None:
        """The photo over the catalogue's picture, where that is not done for this pairing."""
        inspected, pairing = self.current, self.pairing
        if inspected is None or pairing is None or self._laid_for is pairing:
            return
        self._laid_for = pairing

        def work() -> tuple[Pairing, Laid | None]:
            return pairing, laid(inspected, pairing)

        self._layer.ask(work)

    def _pair(self) -> None:
        inspected = self.current
        if inspected is None:
            return
        ratio, region = self.ratio(), self._region

        def work() -> tuple[Inspected, Pairing]:
            from beautyfinder.search.inspection import pairing_at

            return inspected, pairing_at(inspected.inspection, ratio, region)

        self._pairer.ask(work)

    def _forget(self) -> None:
        self._pairer.forget()
        self._layer.forget()
        self.current = self.pairing = self._laid_for = None

    @Slot(int, object)
    def _on_inspected(self, token: int, inspected: Inspected) -> None:
        if token == self._token:
            self.current = inspected
            self.inspected.emit(inspected)
            self._pair()

    @Slot(int, str)
    def _on_failed(self, token: int, why: str) -> None:
        if token == self._token:
            self.failed.emit(why)

    def _on_paired(self, result: tuple[Inspected, Pairing]) -> None:
        inspected, pairing = result
        if inspected is self.current:
            self.pairing = pairing
            self.paired.emit(pairing)

    def _on_laid(self, result: tuple[Pairing, Laid | None]) -> None:
        pairing, over = result
        if pairing is self.pairing:
            self.laid.emit(over)
