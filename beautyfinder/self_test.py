"""Every part of the installation, tried on a small catalogue of its own (resources/self_test).

An installer is worth nothing when something of it was left out: this says what, in the installed
program itself.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from beautyfinder.paths import resource
from beautyfinder.self_test_window import PRODUCT, Bench, PartFails, check_window

_CHILD_SECONDS = 300
_WRITTEN_FORMATS = ("jpg", "png", "webp", "tiff", "avif")
_QT_FORMATS = ("gif", "ico", "jpeg", "png", "svg", "webp")


@dataclass(frozen=True)
class Check:
    """One part: whether it works, what was seen of it, and the seconds that took."""

    name: str
    passed: bool
    detail: str
    seconds: float


@dataclass(frozen=True)
class SelfTestReport:
    """All checks in their order, and the versions of the parts by name."""

    checks: tuple[Check, ...]
    versions: Mapping[str, str]

    @property
    def passed(self) -> bool:
        """Whether every check did."""
        return all(check.passed for check in self.checks)


def run_self_test(
    pictures: Path | None, tell: Callable[[str, bool, str], None] = lambda *_: None
) -> SelfTestReport:
    """Run every check; one that fails does not keep the others from being run.

    pictures: an existing folder for `window.png`, `inspector.png` and `match.png`; None: nowhere.
    `tell` hears of each check: its name, whether it passed, and what was seen.
    """
    checks = []
    with _own_folders() as scratch, _qt_application():
        bench = _make_bench(scratch, pictures)
        for name, check in _CHECKS.items():
            started = time.perf_counter()
            try:
                passed, detail = True, check(bench)
            except Exception as error:  # whatever it is, it is what this test is for
                passed = False
                what = str(error) if isinstance(error, PartFails) else f"{_kind(error)}: {error}"
                detail = " ".join(what.split())
            checks.append(Check(name, passed, detail, time.perf_counter() - started))
            tell(name, passed, detail)
        return SelfTestReport(tuple(checks), _versions())


def _kind(error: Exception) -> str:
    return type(error).__name__


@contextmanager
def _own_folders() -> Iterator[Path]:
    """A folder for what is written; nobody's history and catalogues are touched."""
    with tempfile.TemporaryDirectory(prefix="beautyfinder-", ignore_cleanup_errors=True) as folder:
        before = os.environ.get("BEAUTYFINDER_DATA")
        os.environ["BEAUTYFINDER_DATA"] = str(Path(folder) / "data")
        try:
            yield Path(folder)
        finally:
            if before is None:
                del os.environ["BEAUTYFINDER_DATA"]
            else:
                os.environ["BEAUTYFINDER_DATA"] = before


@contextmanager
def _qt_application() -> Iterator[None]:
    from beautyfinder.gui.app import make_app

    app = make_app()
    yield
    app.processEvents()


def _make_bench(scratch: Path, pictures: Path | None) -> Bench:
    """The bundled catalogue is copied: a look-up keeps files in it, which it may not there."""
    store = scratch / "Self-test"
    shutil.copytree(resource("self_test/catalogue.lance"), store / "catalogue.lance")
    photos = scratch / "photos"
    photos.mkdir()
    photo = Path(shutil.copy(resource("self_test/photo.jpg"), photos))
    if pictures is None:
        pictures = scratch / "pictures"
        pictures.mkdir()
    return Bench(store, photo, pictures, scratch)


def _versions() -> dict[str, str]:
    from beautyfinder.features.device import choose_device
    from beautyfinder.gui.about import versions

    return dict(versions(str(choose_device("auto"))))


def _check_libraries(_bench: Bench) -> str:
    """Everything that is imported only when it is needed."""
    import cv2
    import faiss
    import hnswlib  # noqa: F401
    import lance
    import onnxruntime  # type: ignore[import-untyped]
    import pyarrow
    import torch

    known = (torch, cv2, lance, pyarrow, faiss, onnxruntime)
    parts = ", ".join(f"{module.__name__} {module.__version__}" for module in known)
    return f"{parts}; device {_versions()['Device']}"


def _check_resources(_bench: Bench) -> str:
    from PySide6.QtCore import QLibraryInfo, QTranslator
    from PySide6.QtGui import QIcon, QImageReader
    from PySide6.QtNetwork import QSslSocket

    from beautyfinder.gui.languages import TRANSLATED

    icons = sorted(resource("icons").glob("*.svg"))
    empty = [icon.name for icon in icons if QIcon(str(icon)).pixmap(24, 24).isNull()]
    if empty or not icons:
        raise PartFails(f"these icons are not drawn: {', '.join(empty) or 'all are missing'}")
    if not resource("style/app.qss").read_text(encoding="utf-8"):
        raise PartFails("the style sheet is empty")
    of_qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for language in TRANSLATED:
        for file in (str(resource(f"translations/{language}.qm")), f"{of_qt}/qtbase_{language}.qm"):
            if not QTranslator().load(file):
                raise PartFails(f"the translation {file} is missing")
    known = {bytes(name.data()).decode() for name in QImageReader.supportedImageFormats()}
    missing = sorted(set(_QT_FORMATS) - known)
    if missing:
        raise PartFails(f"Qt does not read {', '.join(missing)}")
    if not QSslSocket.supportsSsl():
        raise PartFails("there is no TLS: pictures cannot be fetched from the web")
    tls = QSslSocket.activeBackend()
    return f"{len(icons)} icons, {', '.join(TRANSLATED)}, {len(known)} formats, TLS by {tls}"


def _check_photo_formats(bench: Bench) -> str:
    """Written and read again: the codecs are libraries of their own. HEIC is never written."""
    from PIL import Image

    from beautyfinder.photo import read_photo

    with Image.open(bench.photo) as photo:
        small = photo.convert("RGB").resize((90, 120))
    files = [bench.scratch / f"format.{name}" for name in _WRITTEN_FORMATS]
    for file in files:
        small.save(file)
    files.append(resource("self_test/format.heic"))
    for file in files:
        if read_photo(file).pixels.shape != (120, 90, 3):
            raise PartFails(f"a {file.suffix[1:]} comes back with another size")
    return ", ".join(file.suffix[1:] for file in files)


def _check_words(_bench: Bench) -> str:
    from beautyfinder.features.text import text_reading_problem

    problem = text_reading_problem()
    if problem is not None:
        raise PartFails(problem)
    return "the reader and its models are there"


def _check_look_up(bench: Bench) -> str:
    """One look-up as the window does it: by every source, re-ranked."""
    from beautyfinder.photo import read_photo
    from beautyfinder.search.searcher import Searcher
    from beautyfinder.store.store import FeatureStore

    result = Searcher(FeatureStore.open(bench.store)).search(read_photo(bench.photo))
    if result.method.rerank != "hybrid" or set(result.method.sources) != {"deep", "local", "words"}:
        raise PartFails(f"not everything was looked up by: {result.method}")
    best = result.hits[0]
    if best.image.product_id != PRODUCT:
        raise PartFails(f"{best.image.product_id} was found instead of {PRODUCT}")
    seconds = result.timings["total"] / 1000
    return f"{PRODUCT}, {result.verdict}, {best.matches} matches, {seconds:.1f} s"


def _check_match_picture(bench: Bench) -> str:
    from beautyfinder.photo import decode_photo, read_photo
    from beautyfinder.search.inspection import DEFAULT_RATIO, inspect, pairing_at
    from beautyfinder.search.match_picture import write_match
    from beautyfinder.store.store import FeatureStore

    store = FeatureStore.open(bench.store)
    offsets = range(len(store))
    products = [image.product_id for image in store.read_images(list(offsets))]
    (thumbnail,) = store.read_thumbnails([products.index(PRODUCT)])
    if thumbnail is None:
        raise PartFails("the catalogue has no picture of the product")
    picture, photo = decode_photo(thumbnail, PRODUCT).pixels, read_photo(bench.photo).pixels
    inspection = inspect(photo, picture)
    pairing = pairing_at(inspection, DEFAULT_RATIO["verified"])
    if pairing.geometry is None:
        raise PartFails("photo and catalogue picture do not match")
    file = bench.pictures / "match.png"
    write_match(file, photo, picture, inspection, pairing)
    return f"{pairing.inlier_count} of {pairing.match_count} matches agree"


def _check_backbones(_bench: Bench) -> str:
    """Every network is built and runs; without weights, hence on the device "meta"."""
    import torch

    from beautyfinder.features.backbones import BACKBONES, build_network

    for backbone in BACKBONES.values():
        with torch.device("meta"):
            output = build_network(backbone.name)(torch.empty(1, 3, 224, 224))
        if output.shape[1] != backbone.channels:
            raise PartFails(f"{backbone.name} has {output.shape[1]} channels")
    return f"{len(BACKBONES)}: {', '.join(BACKBONES)}"


def _check_timm(_bench: Bench) -> str:
    from importlib.util import find_spec

    if find_spec("timm") is None:
        return "not installed; it is an extra"
    from beautyfinder.features.backbones import backbone_named

    backbone = backbone_named("timm:vit_small_patch14_dinov2")
    return f"{backbone.name}, {backbone.channels} channels"


def _check_camera(_bench: Bench) -> str:
    from beautyfinder.gui.camera.multimedia import load_multimedia

    load_multimedia()
    from PySide6.QtMultimedia import QMediaDevices, QMediaFormat

    formats = QMediaFormat().supportedFileFormats(QMediaFormat.ConversionMode.Decode)
    if not formats:
        raise PartFails("Qt Multimedia has no backend")
    return f"{len(QMediaDevices.videoInputs())} cameras here, {len(formats)} kinds of video"


def _check_child_process(bench: Bench) -> str:
    """A catalogue built as the window has it built: by this very program, in another process."""
    from beautyfinder.gui.catalogues.job import CatalogueJob, arguments, program

    job = CatalogueJob("build", bench.scratch / "built", (str(bench.photo.parent),))
    command = [*program(), *arguments(job)]
    with (
        (bench.scratch / "child.txt").open("w+b") as errors,
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors
        ) as child,
    ):
        watch = threading.Timer(_CHILD_SECONDS, child.kill)
        watch.start()
        assert child.stdout is not None
        lines = child.stdout.read().splitlines()  # its input stays open: the end of it means stop
        watch.cancel()
        errors.seek(0)
        said = errors.read()[-500:].decode("utf-8", "replace")
    told = json.loads(lines[-1]) if lines else {}
    if "report" not in told or told["report"]["added"] != 1:
        raise PartFails(f"{command[0]} ended with {child.returncode}: {told or said}")
    return f"{Path(command[0]).name} indexed one picture"


_CHECKS: dict[str, Callable[[Bench], str]] = {
    "libraries": _check_libraries,
    "resources": _check_resources,
    "photo formats": _check_photo_formats,
    "words": _check_words,
    "look-up": _check_look_up,
    "match picture": _check_match_picture,
    "backbones": _check_backbones,
    "timm": _check_timm,
    "camera": _check_camera,
    "child process": _check_child_process,
    "window": check_window,
}
