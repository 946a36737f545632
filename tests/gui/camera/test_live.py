"""Live look-ups: one frame at a time, until answers agree; the lock and what ends it."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from beautyfinder.gui.camera.agreement import ALIKE, CLOSE, NOTHING, SURE, Agreement
from beautyfinder.gui.camera.frames import Frame
from beautyfinder.gui.camera.live import SHORTLIST, LiveAnswer, LiveLookUp, live_choices
from beautyfinder.gui.camera.sharpness import FrameMeter
from beautyfinder.gui.camera.states import LiveState
from beautyfinder.gui.engine import Engine
from beautyfinder.gui.query import Answer, Choices, OpenedStore
from tests.gui.camera.conftest import blurred, dark, scene
from tests.gui.conftest import WAIT, FakeBackend, make_answer


class Talk:
    """A live look-up over the fake backend, and what it said."""

    def __init__(self, qtbot: QtBot, engine: Engine, backend: FakeBackend) -> None:
        self.qtbot, self.backend = qtbot, backend
        self.how: Choices | LiveState = Choices(shortlist=SHORTLIST)
        self.live = LiveLookUp(engine, lambda: self.how)
        self.answered: list[LiveAnswer] = []
        self.locked: list[tuple[LiveAnswer, bool]] = []
        self.states: list[tuple[LiveState, str]] = []
        self.pictures: list[int] = []
        self.live.answered.connect(self.answered.append)
        self.live.locked.connect(lambda told, another: self.locked.append((told, another)))
        self.live.state_changed.connect(lambda state, name: self.states.append((state, name)))
        self.live.picture_read.connect(lambda row, _picture: self.pictures.append(row))
        self._meter = FrameMeter()
        self.live.start()

    def frame(self, image: QImage) -> None:
        self.live.on_frame(Frame(image, self._meter.measure(image)))

    def show(self, image: QImage, times: int) -> None:
        """So many look-ups of it, each waited for."""
        self.frame(image)
        for _ in range(times):
            told = len(self.answered) + len(self.locked)
            self.qtbot.waitUntil(lambda: not self.live._token, timeout=WAIT)
            self.frame(image)
            self.qtbot.waitUntil(
                lambda told=told: len(self.answered) + len(self.locked) > told or self.idle(),
                timeout=WAIT,
            )

    def idle(self) -> bool:
        return not self.live._token


@pytest.fixture
def talk(
    qtbot: QtBot, engine: Engine, backend: FakeBackend, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Talk:  # fmt: skip
    monkeypatch.setattr("beautyfinder.gui.camera.live._STAYS_S", 0.0)
    with qtbot.waitSignal(engine.warmed_up, timeout=WAIT):
        engine.open_store(tmp_path / "shop")
    return Talk(qtbot, engine, backend)


def answers_are(monkeypatch: pytest.MonkeyPatch, *answers: Answer) -> None:
    """What the fake backend says from now on, the last again and again."""
    waiting = list(answers)

    def search(_self: FakeBackend, photo: object, choices: Choices, *_: object) -> Answer:
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    monkeypatch.setattr(FakeBackend, "search", search)


def of_product(product: str, verdict: str = "match") -> Answer:
    answer = make_answer(7, verdict)
    first = answer.result.hits[0]
    first = replace(first, image=replace(first.image, product_id=product, title=product))
    result = replace(answer.result, hits=(first, *answer.result.hits[1:]))
    return replace(answer, result=result)


SOAP, OIL = "soap", "oil"


def agreed(*answers: Answer) -> list[tuple[str, bool] | None]:
    agreement = Agreement()
    told = [agreement.add(answer) for answer in answers]
    return [None if one is None else (one.product_id, one.sure) for one in told]


def test_matches_agree_soon() -> None:
    assert agreed(*[of_product(SOAP)] * SURE) == [None] * (SURE - 1) + [(SOAP, True)]


def test_unsure_ones_agree_later() -> None:
    unsure = of_product(SOAP, "unsure")
    assert agreed(*[unsure] * ALIKE) == [None] * (ALIKE - 1) + [(SOAP, False)]


def test_near_twins_agree_later_still() -> None:
    answer = of_product(SOAP, "unsure")
    first, second, *others = answer.result.hits
    hits = (first, replace(second, score=first.score - 0.1), *others)
    close = replace(answer, result=replace(answer.result, hits=hits))
    assert agreed(*[close] * CLOSE) == [None] * (CLOSE - 1) + [(SOAP, False)]


def test_another_product_between_begins_anew() -> None:
    unsure = of_product(SOAP, "unsure")
    told = agreed(*[unsure] * (ALIKE - 1), of_product(OIL), of_product(SOAP), of_product(SOAP))
    assert told == [None] * (ALIKE + 1) + [(SOAP, True)]


def test_agreed_on_nothing() -> None:
    told = agreed(*[of_product(name, "no match") for name in "abcd"[:NOTHING]])
    assert told == [None] * (NOTHING - 1) + [("", False)]


def test_a_clear_lead_in_every_frame_outweighs_the_verdicts() -> None:
    answer = of_product(SOAP, "no match")
    first, *others = answer.result.hits
    clear = replace(answer.result, hits=(replace(first, score=first.score + 5), *others))
    told = agreed(*[replace(answer, result=clear)] * NOTHING)
    assert told == [None] * (NOTHING - 1) + [(SOAP, False)]


def test_one_that_is_hardly_there_does_not_lock() -> None:
    doubtful = *[of_product(SOAP, "no match")] * 2, of_product(SOAP, "unsure")
    assert agreed(*doubtful, *doubtful, *doubtful) == [None] * 9


def test_no_hits_agree_on_nothing() -> None:
    assert agreed(*[make_answer(0, "unsure")] * 5) == [None] * 5


def test_it_locks(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    answers_are(monkeypatch, of_product(OIL, "unsure"), of_product(SOAP))
    talk.show(scene(), SURE + 1)
    assert [told.answer.result.hits[0].image.product_id for told in talk.answered] == [OIL, SOAP]
    assert [(told.answer.result.hits[0].image.product_id, new) for told, new in talk.locked] == [
        (SOAP, True)
    ]
    assert talk.live.state == LiveState.FOUND
    assert talk.states[-1] == (LiveState.FOUND, SOAP)
    looked_up = talk.live.looked_up
    for _ in range(5):
        talk.frame(scene())
    assert talk.live.looked_up == looked_up  # nothing to look up while it is held up
    talk.qtbot.waitUntil(lambda: 0 in talk.pictures, timeout=WAIT)


def test_taken_away_and_back_it_is_the_same(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    answers_are(monkeypatch, of_product(SOAP))
    talk.show(scene(), SURE)
    talk.frame(scene(2))  # one frame alone: a flash
    talk.frame(scene())
    assert talk.live.state == LiveState.FOUND
    for _ in range(6):
        talk.frame(scene(2))
    assert talk.live.state != LiveState.FOUND
    talk.show(scene(3), SURE + 1)
    assert [another for _, another in talk.locked] == [True, False]
    for _ in range(6):
        talk.frame(dark((640, 480)))
    answers_are(monkeypatch, of_product(OIL))
    talk.show(scene(4), SURE + 1)
    assert [another for _, another in talk.locked] == [True, False, True]


def test_nothing_like_it(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    answers_are(monkeypatch, *[of_product(name, "no match") for name in "abcd"])
    talk.show(scene(), NOTHING)
    assert talk.live.state == LiveState.UNKNOWN
    assert talk.locked == []
    count = talk.live.looked_up
    talk.frame(scene())
    assert talk.live.state == LiveState.UNKNOWN  # it is said as long as that is held up
    assert talk.live.looked_up == count  # and looked up less often
    talk.frame(scene(2))
    talk.frame(scene(2))
    assert talk.live.state == LiveState.LOOKING


def test_something_small_comes_into_view(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    answers_are(monkeypatch, *[of_product(name, "no match") for name in "abcd"])
    talk.show(scene(), NOTHING)
    assert talk.live.state == LiveState.UNKNOWN
    monkeypatch.setattr("beautyfinder.gui.camera.live._REST_S", 0.0)
    monkeypatch.setattr("beautyfinder.gui.camera.live._STAYS_S", 0.0)
    answers_are(monkeypatch, of_product(SOAP))
    talk.show(scene(), 1)
    talk.frame(scene())
    assert talk.live.state == LiveState.LOOKING
    talk.show(scene(), SURE)
    assert talk.live.state == LiveState.FOUND


def test_frames_are_dropped_while_one_is_looked_up(talk: Talk) -> None:
    talk.backend.hold = True
    for _ in range(20):
        talk.frame(scene())
    talk.qtbot.waitUntil(lambda: len(talk.backend.begun) == 1, timeout=WAIT)
    assert (talk.live.looked_up, talk.live.passed) == (1, 19)
    talk.backend.go.set()
    talk.qtbot.waitUntil(lambda: len(talk.answered) == 1, timeout=WAIT)
    talk.frame(scene())
    talk.qtbot.waitUntil(lambda: len(talk.answered) == 2, timeout=WAIT)
    assert talk.backend.begun == ["Camera"] * 2
    assert talk.backend.asked[0][1].shortlist == SHORTLIST


def test_poor_frames_are_not_looked_up(talk: Talk) -> None:
    talk.frame(dark((640, 480)))
    talk.frame(scene())  # far from the one before: moving
    assert talk.live.looked_up == 0
    assert talk.live.state in (LiveState.DARK, LiveState.MOVING)
    talk.frame(blurred(scene()))
    talk.frame(blurred(scene()))
    assert talk.live.looked_up == 0
    talk.frame(scene())
    talk.frame(scene())
    assert talk.live.looked_up == 1


def test_stopped(talk: Talk) -> None:
    talk.backend.hold = True
    talk.frame(scene())
    talk.qtbot.waitUntil(lambda: bool(talk.backend.begun), timeout=WAIT)
    talk.live.stop()
    talk.qtbot.waitUntil(lambda: bool(talk.backend.stopped), timeout=WAIT)
    talk.frame(scene())
    assert (talk.live.looked_up, talk.answered) == (1, [])
    assert talk.states[-1] == (LiveState.OFF, "")


def test_not_while_it_may_not(talk: Talk) -> None:
    talk.how = LiveState.NO_CATALOGUE
    talk.frame(scene())
    talk.frame(scene())
    assert talk.live.looked_up == 0
    assert talk.live.state == LiveState.NO_CATALOGUE


def test_a_failure_is_said_once(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    from beautyfinder.errors import UserError

    def search(*_: object) -> Answer:
        raise UserError("The disk is gone.")

    monkeypatch.setattr(FakeBackend, "search", search)
    talk.frame(scene())
    talk.qtbot.waitUntil(lambda: talk.live.state == LiveState.FAILED, timeout=WAIT)
    talk.frame(scene())
    assert talk.live.looked_up == 1
    assert talk.states[-1] == (LiveState.FAILED, "The disk is gone.")
    talk.live.stop()
    talk.live.start()
    talk.frame(scene())
    assert talk.live.looked_up == 2


def test_the_quick_method() -> None:
    chosen = Choices(pooling="mac", device="cpu", sources=("deep", "words"), shortlist=500)
    store = OpenedStore(Path("/shop"), 9, 9)
    quick = live_choices(store, chosen)
    assert quick == Choices(
        pooling="mac", device="cpu", sources=("deep", "local"), rerank="hybrid", shortlist=SHORTLIST
    )
    bare = live_choices(replace(store, local_features=False), chosen)
    assert (bare.sources, bare.rerank, bare.pooling) == (("deep",), "none", "mac")
