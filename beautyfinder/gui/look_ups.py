"""The photos that were given, one or several, and the course of their look-ups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage

from beautyfinder.gui.engine import Engine
from beautyfinder.gui.query import Answer, Choices, Query, ReadPhoto, Region

if TYPE_CHECKING:
    from beautyfinder.search.method import SearchResult

_WHOLE = Region()
_KEPT_WHOLE = 12  # photos given at once, up to which all pictures are kept
_KEPT_PICTURES = 7
_SMALL_SIDE = 800
WAITING, RUNNING, ANSWERED, FAILED = "waiting", "running", "answered", "failed"
LIVE = "live"  # the answer to a frame of the camera: not for the history


@dataclass(frozen=True, eq=False)
class LookUp:
    """One photo: what became of it. `why`: the sentence of a failure.

    preview: all of the photo, unturned, once it was read; size: its own in pixels; thumb: the
    preview made small. store: the catalogue of an answer that comes from the history; None: the one
    that is open. before: what was found in the same part of the photo before it is looked up again.
    """

    query: Query
    region: Region = _WHOLE
    state: str = WAITING
    preview: QImage | None = None
    size: tuple[int, int] = (0, 0)
    answer: Answer | None = None
    why: str = ""
    store: Path | None = None
    before: SearchResult | None = None
    thumb: QImage | None = None


class LookUps(QObject):
    """Puts the photos to the engine in turn; one of them is the current one, which is shown.

    `given` (number of photos) when there are new ones; `current_changed` (LookUp) when another is
    to be shown; `changed` (row, LookUp) whenever one got further. Of the current one alone:
    `photo_read` (LookUp), `stage_changed` (stage, done, total), `shortlist_found` (Answer),
    `answered` (LookUp), `failed` (LookUp), `picture_read` (row, QImage) and `settled`. `refused`
    (a sentence): none of the photos given could be read, and those before are back.
    """

    given = Signal(int)
    current_changed = Signal(object)
    changed = Signal(int, object)
    photo_read = Signal(object)
    stage_changed = Signal(str, int, int)
    shortlist_found = Signal(object)
    answered = Signal(object)
    failed = Signal(object)
    refused = Signal(str)
    picture_read = Signal(int, object)
    settled = Signal()

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._all: list[LookUp] = []
        self._current = -1
        self._running = -1
        self._sharpened = -1  # the row whose pictures come
        self._before: tuple[list[LookUp], int] = ([], -1)  # until a new photo proves readable
        self._chosen = False  # whether a person went to the one that is shown
        self._live = False  # whether a camera's frames are shown; what was there is in `_before`
        self._token = 0
        self._choices = Choices()
        engine.photo_read.connect(self._on_photo_read)
        engine.stage_changed.connect(self._on_stage_changed)
        engine.shortlist_found.connect(self._on_shortlist_found)
        engine.search_finished.connect(self._on_finished)
        engine.search_failed.connect(self._on_failed)
        engine.picture_read.connect(self._on_picture_read)
        engine.pictures_finished.connect(self._on_pictures_finished)

    def current(self) -> LookUp | None:
        """The one that is shown."""
        return self._all[self._current] if 0 <= self._current < len(self._all) else None

    def row(self) -> int:
        """The place of the one that is shown."""
        return self._current

    def all(self) -> tuple[LookUp, ...]:
        """Every photo that was given last, in order."""
        return tuple(self._all)

    def busy(self) -> bool:
        """Whether one is being looked up."""
        return self._running >= 0

    def choices(self) -> Choices:
        """How photos are looked up."""
        return self._choices

    def give(self, queries: Sequence[Query], region: Region = _WHOLE) -> None:
        """Look these up, in turn, instead of those before; the first is shown."""
        if not queries:
            return
        if self._before[1] < 0 and not self._live:
            self._before = self._all, self._current
        self._live = False
        self._all = [LookUp(query, region) for query in queries]
        self._current, self._running, self._chosen = 0, -1, False
        self.given.emit(len(self._all))
        self._start(0)

    def select(self, row: int) -> None:
        """Show that one; it is looked up next if it was not yet."""
        if not 0 <= row < len(self._all) or row == self._current:
            return
        before, self._current, self._chosen = self._current, row, True
        self._slim(before)
        self.current_changed.emit(self._all[row])
        if self._all[row].state == WAITING:
            self._start(row)

    def step(self, by: int) -> None:
        """Show the one that is so many places on."""
        self.select(self._current + by)

    def forget(self, row: int) -> None:
        """Take one away; if it is shown, its neighbour is shown instead."""
        if not 0 <= row < len(self._all) or len(self._all) == 1:
            return
        running, current = self._running, self._current
        if running == row:
            self._engine.cancel()
            self._running = running = -1
        del self._all[row]
        self._running = running - 1 if running > row else running
        self._current = min(current - 1 if current > row else current, len(self._all) - 1)
        if current == row:
            self.current_changed.emit(self._all[self._current])
        self._go_on()

    def set_region(self, region: Region) -> None:
        """Look another part of the current photo up."""
        current = self.current()
        if current is not None and region != current.region:
            self._change(self._current, region=region, before=None)
            self._start(self._current)

    def set_choices(self, choices: Choices, again: bool = True) -> None:
        """From now on; what was looked up otherwise is looked up `again`."""
        if choices == self._choices:
            return
        self._choices = choices
        if again:
            self.again()

    def again(self) -> None:
        """Look all photos up again, the current one first: another catalogue, another method.

        While the camera is on those that it stands before, once they are back.
        """
        if self._live:
            self._before = list(map(_anew, self._before[0])), self._before[1]
            return
        for row, look_up in enumerate(self._all):
            self._all[row] = _anew(look_up)
            self.changed.emit(row, self._all[row])
        if self._current >= 0:
            self._start(self._current)

    def clear(self) -> None:
        """No photo any more: the catalogue is gone."""
        self._engine.cancel()
        self._live = False
        self._all, self._current, self._running = [], -1, -1
        self._before = [], -1
        self.given.emit(0)

    def resume(self) -> None:
        """Look up what still waits after a stop, the current one first."""
        self._go_on()

    def stop(self) -> None:
        """Stop what runs; those that wait go on waiting."""
        if self._running < 0:
            return
        self._engine.cancel()
        row, self._running = self._running, -1
        before = ANSWERED if self._all[row].answer is not None else WAITING
        self._change(row, state=before)

    def show_live(self, look_up: LookUp) -> None:
        """Show the answer to a frame of the camera; `end_live` brings back what was there."""
        begins, self._live = not self._live, True
        if begins:
            self._before = self._all, self._current
        self._all, self._current, self._running = [look_up], 0, -1
        if begins:
            self.given.emit(1)
        self.current_changed.emit(look_up)

    def keep_live(self, look_up: LookUp) -> None:
        """The answer that frames agree on: it stays when the camera goes, and is remembered."""
        self.show_live(look_up)
        self._before = self._all, 0
        self.changed.emit(0, look_up)

    def end_live(self) -> None:
        """The camera is off: what was there before is shown again."""
        if self._live:
            self._live = False
            self._bring_back()

    def is_live(self) -> bool:
        """Whether what is shown is the camera's."""
        return self._live

    def show_earlier(self, look_up: LookUp) -> None:
        """Show an answer of the history as it was."""
        self._live = False
        self._engine.cancel()
        self._all, self._current, self._running = [look_up], 0, -1
        self._before = [], -1
        self.given.emit(1)
        self.changed.emit(0, look_up)
        self.current_changed.emit(look_up)

    def _start(self, row: int) -> None:
        if 0 <= self._running < len(self._all) and self._running != row:
            self._change(self._running, state=WAITING)
        self._running, self._live = row, False
        self._change(row, state=RUNNING)
        look_up = self._all[row]
        self._token = self._engine.search(look_up.query, look_up.region, self._choices)

    def _slim(self, row: int) -> None:
        """Of many photos only the one that is shown keeps large pictures: the others' add up."""
        look_up = self._all[row]
        if len(self._all) <= _KEPT_WHOLE or look_up.preview is None:
            return
        preview, answer = look_up.preview, look_up.answer
        if max(preview.width(), preview.height()) > _SMALL_SIDE:
            preview = preview.scaled(
                _SMALL_SIDE,
                _SMALL_SIDE,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        if answer is not None:
            kept = answer.thumbnails[:_KEPT_PICTURES]
            missing = len(answer.thumbnails) - len(kept)
            answer = replace(answer, thumbnails=(*kept, *[None] * missing))
        self._all[row] = replace(look_up, preview=preview, answer=answer)

    def _bring_back(self) -> None:
        """What was there before photos came that cannot be read."""
        (before, self._current), self._before = self._before, ([], -1)
        self._all = [replace(b, state=WAITING if b.state == RUNNING else b.state) for b in before]
        self.given.emit(len(self._all))
        for row, look_up in enumerate(self._all):
            self.changed.emit(row, look_up)
        if (current := self.current()) is not None:
            self.current_changed.emit(current)
        self._go_on()

    def _leave_unreadable(self, row: int) -> None:
        """Show `row` where the current one cannot be read and nobody went there."""
        current = self.current()
        if current is not None and _is_unreadable(current) and not self._chosen:
            self._current = row
            self.current_changed.emit(self._all[row])

    def _go_on(self) -> None:
        """Look up the next one that waits, if any does."""
        if self._running >= 0:
            return
        waiting = [n for n, look_up in enumerate(self._all) if look_up.state == WAITING]
        if waiting:
            self._start(min(waiting, key=lambda n: (n < self._current, n)))

    def _change(self, row: int, **changes: object) -> None:
        self._all[row] = replace(self._all[row], **changes)  # type: ignore[arg-type]
        self.changed.emit(row, self._all[row])

    def _is_shown(self, token: int) -> bool:
        return self._is_running(token) and self._running == self._current

    def _is_running(self, token: int) -> bool:
        return token == self._token and 0 <= self._running < len(self._all)

    @Slot(int, object)
    def _on_photo_read(self, token: int, photo: ReadPhoto) -> None:
        if not self._is_running(token):
            return
        self._before = [], -1
        self._change(self._running, preview=photo.preview, size=photo.size, thumb=photo.thumb)
        if self._is_shown(token):
            self.photo_read.emit(self._all[self._running])

    @Slot(int, str, int, int)
    def _on_stage_changed(self, token: int, stage: str, done: int, total: int) -> None:
        if self._is_shown(token):
            self.stage_changed.emit(stage, done, total)

    @Slot(int, object)
    def _on_shortlist_found(self, token: int, answer: Answer) -> None:
        if self._is_shown(token):
            self.shortlist_found.emit(answer)

    @Slot(int, object)
    def _on_finished(self, token: int, answer: Answer) -> None:
        if not self._is_running(token):
            return
        row, self._running = self._running, -1
        self._sharpened = row
        self._change(row, state=ANSWERED, answer=answer, why="", store=None)
        self._leave_unreadable(row)
        if row == self._current:
            self.answered.emit(self._all[row])
        else:
            self._slim(row)
        if len(self._all) > 1:
            self._go_on()

    @Slot(int, str)
    def _on_failed(self, token: int, why: str) -> None:
        if not self._is_running(token):
            return
        row, self._running = self._running, -1
        self._change(row, state=FAILED, why=why)
        if all(map(_is_unreadable, self._all)):
            count, first = len(self._all), self._all[0].why
            self._bring_back()
            if count > 1:
                first = self.tr("None of these {count} photos can be read. {why}").format(
                    count=count, why=first
                )
            self.refused.emit(first)
            return
        if self._all[row].preview is not None:
            self._leave_unreadable(row)
        if row == self._current:
            self.failed.emit(self._all[row])
        self._go_on()

    @Slot(int, int, object)
    def _on_picture_read(self, token: int, row: int, picture: object) -> None:
        if token == self._token and self._sharpened == self._current:
            self.picture_read.emit(row, picture)

    @Slot(int)
    def _on_pictures_finished(self, token: int) -> None:
        if token == self._token:
            self.settled.emit()


def _anew(look_up: LookUp) -> LookUp:
    """Waiting, as if it had not been looked up."""
    before = look_up.answer.result if look_up.answer is not None else look_up.before
    return replace(look_up, state=WAITING, answer=None, why="", before=before)


def _is_unreadable(look_up: LookUp) -> bool:
    return look_up.state == FAILED and look_up.preview is None
