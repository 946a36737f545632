"""The worst stall of the window's thread: a catalogue is built while photos pour in.

Opens the sample catalogue, starts building one of 5,000 products, drops 200 photos as fast as the
window takes them, and waits for the answer to the last. Beside it, the same drops with no
catalogue being built, so that what the machine itself does shows.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QEventLoop, QMimeData, QTimer, QUrl

from beautyfinder.demo import prepare_demo
from beautyfinder.gui.app import make_app
from beautyfinder.gui.catalogues.job import CatalogueJob
from beautyfinder.gui.engine import Engine
from beautyfinder.gui.garbage import GarbageCollector
from beautyfinder.gui.main_window import MainWindow
from beautyfinder.gui.program import Program
from beautyfinder.gui.services import make_services
from beautyfinder.sample.catalogue import draw_catalogue
from benchmarks.stall_watch import StallWatch
from tests.gui.drag import drop

_LONGEST_MS = 300_000


def main() -> None:
    """Print both worst stalls and whether the last photo is the one that is shown."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gui_latency", description=__doc__)
    parser.add_argument("--products", type=int, default=5_000)
    parser.add_argument("--drops", type=int, default=200)
    parser.add_argument("--pictures", type=Path, help="a drawn catalogue, instead of drawing one")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    store, _photo = prepare_demo(126)
    with tempfile.TemporaryDirectory() as folder:
        pictures = options.pictures
        if pictures is None:
            pictures = draw_catalogue(Path(folder) / "pictures", options.products).catalogue_csv
        app = make_app()
        program = Program(make_services(Engine()))
        garbage = GarbageCollector()  # as in the program: collecting counts as a stall, too
        garbage.install()
        program.window.ready.connect(garbage.on_libraries_loaded)
        program.window.show()
        _wait(program.window.ready, lambda: program.window.open_store(store))
        photos = sorted((store.parent / "pictures").rglob("*.jpg")) or sorted(
            path for path in pictures.parent.rglob("*.jpg")
        )
        wanted = [photos[n % len(photos)] for n in range(options.drops)]
        alone = _pour(program.window, wanted)
        print(f"photos alone: {_told(alone)}", flush=True)
        runner = program.services.jobs
        job = CatalogueJob("build", Path(folder) / "store", (str(pictures),), "efficientnet-lite0",
                           ("r-mac",))  # fmt: skip
        _wait(runner.progressed, lambda: runner.start(job))
        building = _pour(program.window, wanted)
        _wait(runner.stopped, runner.cancel)
        program.close()
        garbage.uninstall()
        app.quit()
    print(f"while a catalogue is built: {_told(building)}")
    print(f"ratio {building.worst / max(alone.worst, 1e-6):.2f}")


def _told(watch: StallWatch) -> str:
    over = ", ".join(f"{1000 * stall:.0f}" for stall in watch.over_50_ms[:9]) or "none"
    return f"worst stall {1000 * watch.worst:.1f} ms; over 50 ms: {over}"


def _pour(window: MainWindow, photos: list[Path]) -> StallWatch:
    """Drop all of them, one with each turn of the event loop; wait for the last one's answer."""
    watch, waiting = StallWatch(), list(photos)
    loop = QEventLoop()
    pourer = QTimer()
    pourer.setInterval(0)

    def pour() -> None:
        if not waiting:
            pourer.stop()
            return
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(waiting.pop(0)))])
        drop(window, mime)

    def done() -> None:
        current = window.look_ups.current()
        if not waiting and current is not None and current.answer is not None:
            loop.quit()

    pourer.timeout.connect(pour)
    window.settled.connect(done)
    patience = QTimer()
    patience.setSingleShot(True)
    patience.timeout.connect(lambda: sys.exit("no answer came"))
    patience.start(_LONGEST_MS)
    watch.start()
    pourer.start()
    loop.exec()
    watch.stop()
    window.settled.disconnect(done)
    current = window.look_ups.current()
    if current is None or Path(current.query.name).name != photos[-1].name:
        sys.exit("the photo that is shown is not the last one dropped")
    return watch


def _wait(signal: object, begin: object) -> None:
    loop = QEventLoop()
    signal.connect(lambda *_: loop.quit())  # type: ignore[attr-defined]
    QTimer.singleShot(0, begin)  # type: ignore[call-overload]
    loop.exec()


if __name__ == "__main__":
    main()
