"""Live look-ups by the real window: a video of sample products held up stands in for the camera.

The video is played at its own speed, again and again. What is counted: look-ups a second, for how
much of the time that a product is held up it comes first, locks that are right and how soon they
come, frames dropped, the longest that the window stood still, and memory by the minute.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, QSettings, QTimer, Slot

from beautyfinder.demo import prepare_demo
from beautyfinder.gui.app import make_app
from beautyfinder.gui.camera.live import LiveAnswer
from beautyfinder.gui.camera.sources import VideoFileSource
from beautyfinder.gui.engine import Engine
from beautyfinder.gui.garbage import GarbageCollector
from beautyfinder.gui.main_window import MainWindow
from beautyfinder.gui.program import Program
from beautyfinder.gui.services import make_services
from beautyfinder.sample.products import make_product
from benchmarks.live_video import SECONDS, Shown, write_video
from benchmarks.stall_watch import StallWatch

_SAMPLE, _SEED = 126, 2018  # the sample catalogue as the demo draws it
_EVERY_MS = 100
_LONGEST_MS = 300_000


@dataclass
class Lock:
    """One lock. after: seconds since the product came up; None where nothing was held up."""

    right: bool
    sure: bool
    after: float | None


@dataclass
class Seen:
    """What was counted so far."""

    held: int = 0  # moments in which a product was held up
    right: int = 0  # of those, with the right product first
    locks: list[Lock] = field(default_factory=list)
    shows: set[tuple[int, int]] = field(default_factory=set)  # loop and product held up to its end
    locked: dict[tuple[int, int], float] = field(default_factory=dict)  # seconds to its first lock
    memory: list[float] = field(default_factory=list)  # MiB, each minute


class Watcher(QObject):
    """Compares what the window shows with what the video shows."""

    def __init__(self, window: MainWindow, shown: list[Shown]) -> None:
        super().__init__()
        self.seen = Seen()
        self._window, self._shown = window, shown
        self._loop, self._last = 0, 0.0
        self._asked_at = (0, 0.0)
        self._ask = window.engine.search
        window.engine.search = self._search  # type: ignore[method-assign]
        window.camera.live.locked.connect(self._on_locked)
        self._timer, self._minutes = QTimer(self), QTimer(self)
        self._timer.timeout.connect(self._on_moment)
        self._minutes.timeout.connect(self._on_minute)

    def start(self) -> None:
        """From now on."""
        self._timer.start(_EVERY_MS)
        self._minutes.start(60_000)
        self._on_minute()

    def _now(self) -> tuple[int, float]:
        """How often the video was over, and the second of it that is shown."""
        source = self._window.camera.source
        at = source.player.position() / 1000 if isinstance(source, VideoFileSource) else 0.0
        if at < self._last - SECONDS:
            self._loop += 1
        self._last = at
        return self._loop, at

    def _held(self, at: float) -> int:
        """Which product is held up, by its place in the video; -1: none."""
        return next((n for n, one in enumerate(self._shown) if one.begin <= at < one.end), -1)

    def _search(self, *given: object) -> int:
        self._asked_at = self._now()
        return self._ask(*given)  # type: ignore[arg-type]

    @Slot(object, bool)
    def _on_locked(self, told: LiveAnswer, _another: bool) -> None:
        loop, at = self._asked_at
        held, first = self._held(at), told.answer.result.hits[0].image.product_id
        sure = self._window.camera.live.state.value == "found"
        right = held >= 0 and self._shown[held].product_id == first
        now = self._now()[1]
        after = now - self._shown[held].begin if held >= 0 else None
        self.seen.locks.append(Lock(right, sure, after))
        if right and after is not None:
            self.seen.locked.setdefault((loop, held), after)

    @Slot()
    def _on_moment(self) -> None:
        loop, at = self._now()
        held = self._held(at)
        if held < 0:
            return
        self.seen.held += 1
        if at > self._shown[held].end - 0.3:
            self.seen.shows.add((loop, held))
        hits = self._window.results.model.hits()
        if hits and hits[0].image.product_id == self._shown[held].product_id:
            self.seen.right += 1

    @Slot()
    def _on_minute(self) -> None:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        self.seen.memory.append(pages * os.sysconf("SC_PAGE_SIZE") / 2**20)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.live", description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--products", type=int, default=10)
    parser.add_argument("--video", type=Path, help="where to keep the video for the next time")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    store, _photo = prepare_demo(_SAMPLE)
    with tempfile.TemporaryDirectory() as own:
        os.environ["BEAUTYFINDER_DATA"] = own  # nobody's history
        video = options.video or Path(own) / "video.mp4"
        shown = _video(video, options.products)
        settings = QSettings(str(Path(own) / "settings.ini"), QSettings.Format.IniFormat)
        app = make_app()
        program = Program(make_services(Engine(), settings))
        garbage = GarbageCollector()
        garbage.install()
        window = program.window
        window.ready.connect(garbage.on_libraries_loaded)
        window.resize(1280, 800)
        window.show()
        _until(window.ready, lambda: window.open_store(store))
        window.camera.make_camera = lambda parent: VideoFileSource(video, parent, loops=True)
        opening, watch = StallWatch(), StallWatch()
        opening.start()
        _until(window.camera.live.answered, window.camera.show)
        opening.stop()
        watcher = Watcher(window, shown)
        reader, live = window.camera.reader, window.camera.live
        watcher.start()
        watch.start()
        before = live.looked_up
        _wait(round(options.minutes * 60_000))
        watch.stop()
        if reader is None:
            sys.exit("the video did not play")
        _tell(watcher.seen, options.minutes * 60, live.looked_up - before)
        print(
            f"frames given {reader.given}, dropped before they were read {reader.dropped}, "
            f"passed over while one was looked up {live.passed}"
        )
        print(f"worst stall {1000 * watch.worst:.0f} ms, over 50 ms: {len(watch.over_50_ms)}; "
              f"while opening {1000 * opening.worst:.0f} ms")  # fmt: skip
        program.close()
        garbage.uninstall()
        app.quit()


def _video(path: Path, count: int) -> list[Shown]:
    """Every twelfth product or so, so that there are all kinds; drawn anew unless it is there."""
    products = [make_product(index, _SEED) for index in range(_SAMPLE)]
    chosen = [products[(5 + number * 17) % _SAMPLE] for number in range(count)]
    if path.is_file():
        return [
            Shown(one.product_id, n * SECONDS + 1.2, n * SECONDS + 6.2)
            for n, one in enumerate(chosen)
        ]
    return write_video(path, chosen, products[100:108])


def _tell(seen: Seen, seconds: float, looked_up: int) -> None:
    right = [lock for lock in seen.locks if lock.right]
    sure = [lock for lock in seen.locks if lock.sure]
    found = [seen.locked[key] for key in seen.shows if key in seen.locked]
    print(f"look-ups: {looked_up / seconds:.2f} a second")
    print(f"right product first: {seen.right / max(seen.held, 1):.1%} of the time it is held up")
    print(f"locks: {len(seen.locks)}, right {len(right)}; of those that say “Found” {len(sure)}, "
          f"right {sum(lock.right for lock in sure)}")  # fmt: skip
    print(f"products held up to the end: {len(seen.shows)}, locked rightly: {len(found)}")
    never = {key[1] for key in seen.shows} - {key[1] for key in seen.locked}
    if never:
        print(f"never locked: products {sorted(never)} of the video")
    if found:
        print(f"seconds to the right lock: median {statistics.median(found):.2f}, "
              f"longest {max(found):.2f}")  # fmt: skip
    print("memory in MiB by the minute: " + " ".join(f"{one:.0f}" for one in seen.memory))


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _until(signal: object, begin: object) -> None:
    loop = QEventLoop()
    signal.connect(lambda *_: loop.quit())  # type: ignore[attr-defined]
    patience = QTimer()
    patience.setSingleShot(True)
    patience.timeout.connect(lambda: sys.exit("the window did not answer"))
    patience.start(_LONGEST_MS)
    QTimer.singleShot(0, begin)  # type: ignore[call-overload]
    loop.exec()


if __name__ == "__main__":
    main()
