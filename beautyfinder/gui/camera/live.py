"""Looks frames up while a product is held before the camera, until several answers agree."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from beautyfinder.gui.camera.agreement import Agreed, Agreement
from beautyfinder.gui.camera.sharpness import FrameGate, scene_changed
from beautyfinder.gui.camera.states import LiveState
from beautyfinder.gui.query import Answer, Choices, ImageQuery, OpenedStore, Region

if TYPE_CHECKING:
    from beautyfinder.gui.camera.frames import Frame
    from beautyfinder.gui.engine import Engine

# Measured on two cores, 960-pixel frames against the sample catalogue: see `live_choices`.
SHORTLIST = 40
_REST_S = 1.0  # between look-ups while nothing of the catalogue is in view
_GONE = 4  # frames of another scene that end a lock: one alone may be a flash or a hand
_STAYS_S = 0.4  # for which "hold still" is said at the least: words that flicker are not read


@dataclass(frozen=True, eq=False)
class LiveAnswer:
    """An answer to a frame. image: the frame, at most FRAME_SIDE pixels."""

    answer: Answer
    image: QImage


def live_choices(store: OpenedStore, chosen: Choices) -> Choices:
    """How frames are looked up: as a person chose, but for what takes the longest.

    Of 0.9 s a look-up reading words takes 0.55 s and comparing the hundred best candidates in
    detail 0.2 s; without words and with 40 candidates it is 0.22 s, with the same product first in
    19 of 20 photos of the sample. With 20 it would be 0.18 s, but among so few, near-twins above
    all, no product stands out, and the verdict is “no match” where it should not be.
    """
    if not store.local_features:
        return replace(chosen, sources=("deep",), rerank="none", ranker="exact")
    return replace(chosen, sources=("deep", "local"), rerank="hybrid", shortlist=SHORTLIST)


class LiveLookUp(QObject):
    """One frame at a time goes to the engine; those that come meanwhile are dropped.

    `state_changed` (LiveState, the product's name or why it failed). `answered` (LiveAnswer) for
    every frame that was looked up, but for the one with which the answers agreed: that is `locked`
    (LiveAnswer, True: another product than the last). `picture_read` (row, QImage): larger pictures
    of the answer that is locked.

    may_look: how frames are looked up now, or the state that says why they are not. After a failure
    nothing is looked up until it is stopped and started.
    """

    state_changed = Signal(object, str)
    answered = Signal(object)
    locked = Signal(object, bool)
    picture_read = Signal(int, object)

    def __init__(
        self,
        engine: Engine,
        may_look: Callable[[], Choices | LiveState],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._engine, self._may_look = engine, may_look
        self.state = LiveState.OFF
        self.looked_up = self.passed = 0  # frames looked up; frames seen while one was
        self._name = ""
        self._said = self._asked = 0.0  # when the state was said, and a frame sent, last
        self._gate, self._agreement = FrameGate(), Agreement()
        self._token = 0  # of the frame that is looked up; 0: none is
        self._sent: Frame | None = None
        self._lock: tuple[Agreed, Frame, int] | None = None
        self._gone = 0
        self._last_product = ""
        self._nothing: Frame | None = None  # of which the catalogue has nothing
        engine.search_finished.connect(self._on_finished)
        engine.search_failed.connect(self._on_failed)
        engine.picture_read.connect(self._on_picture_read)

    def start(self) -> None:
        """From the next frame on."""
        if self.state == LiveState.OFF:
            self._gate = FrameGate()
            self._last_product = ""
            self._forget()
            self._say(LiveState.LOOKING)

    def stop(self) -> None:
        """No more; what is being looked up is dropped."""
        if self._token:
            self._engine.cancel()
        self.superseded()
        self._forget()
        self._say(LiveState.OFF)

    def is_on(self) -> bool:
        """Whether frames are looked up."""
        return self.state != LiveState.OFF

    def superseded(self) -> None:
        """The engine was given something else: the answer to the frame will not come."""
        self._token, self._sent = 0, None

    @Slot(object)
    def on_frame(self, frame: Frame) -> None:
        """A frame came: it is looked up where that makes sense."""
        if self.state in (LiveState.OFF, LiveState.FAILED):
            return
        judged = self._gate.judge(frame.measures)
        choices = self._may_look()
        if isinstance(choices, LiveState):
            self._agreement.clear()
            self._say(choices)
            return
        if self._lock is not None and not self._is_gone(self._lock[1], frame):
            return
        if self._nothing is not None and scene_changed(self._nothing.measures, frame.measures):
            self._nothing = None
        if self._token:
            self.passed += 1
        elif judged == LiveState.LOOKING and not self._rests():
            self._send(frame, choices)
        if self._nothing is None:
            self._say_calmly(judged)

    def _rests(self) -> bool:
        """Whether nothing is in view and that was looked up just now."""
        return self._nothing is not None and time.monotonic() - self._asked < _REST_S

    def _send(self, frame: Frame, choices: Choices) -> None:
        if self._sent is not None and scene_changed(self._sent.measures, frame.measures):
            self._agreement.clear()
        self._sent, self._asked = frame, time.monotonic()
        self.looked_up += 1
        query = ImageQuery(frame.image, self.tr("Camera"))
        self._token = self._engine.search(query, Region(), choices)

    def _is_gone(self, before: Frame, now: Frame) -> bool:
        """Whether what was found is no longer held up: then the search begins anew."""
        changed = scene_changed(before.measures, now.measures)
        self._gone = self._gone + 1 if changed else 0
        if self._gone < _GONE:
            return False
        self._forget()
        return True

    def _forget(self) -> None:
        self._agreement.clear()
        self._lock = self._nothing = None
        self._gone = 0

    @Slot(int, object)
    def _on_finished(self, token: int, answer: Answer) -> None:
        if not token or token != self._token or self._sent is None:
            return
        frame, self._token = self._sent, 0
        agreed = self._agreement.add(answer)
        told = LiveAnswer(answer, frame.image)
        if agreed is None:
            self._nothing = None  # what came into view need not have changed the scene much
            self.answered.emit(told)
        elif not agreed.product_id:
            self._nothing = frame
            self._say(LiveState.UNKNOWN)
            self.answered.emit(told)
        else:
            self._lock = agreed, frame, token
            self._say(LiveState.FOUND if agreed.sure else LiveState.LIKELY, agreed.name)
            another = agreed.product_id != self._last_product
            self._last_product = agreed.product_id
            self.locked.emit(told, another)

    @Slot(int, str)
    def _on_failed(self, token: int, why: str) -> None:
        if token and token == self._token:
            self.superseded()
            self._say(LiveState.FAILED, why)

    @Slot(int, int, object)
    def _on_picture_read(self, token: int, row: int, picture: QImage) -> None:
        if self._lock is not None and token == self._lock[2]:
            self.picture_read.emit(row, picture)

    def _say_calmly(self, state: LiveState) -> None:
        """Not more often than can be read."""
        if state == self.state or time.monotonic() - self._said >= _STAYS_S:
            self._say(state)

    def _say(self, state: LiveState, name: str = "") -> None:
        if (state, name) != (self.state, self._name):
            self.state, self._name = state, name
            self._said = time.monotonic()
            self.state_changed.emit(state, name)
