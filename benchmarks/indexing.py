"""Indexing against the bare network and against a plain loop with torch and OpenCV; its memory.

Everything works on the same files, turn and turn about, all cores at each one's disposal. Wall time
and processor time are given for one picture: on a busy machine only the latter can be compared.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from beautyfinder.features.backbones import DEFAULT_BACKBONE
from beautyfinder.features.descriptor import DeepDescriber
from beautyfinder.features.weights import load_network
from beautyfinder.store.indexer import IndexOptions, index

_SUFFIXES = (".jpg", ".jpeg", ".png")
_CHILD = """
import numpy as np
from beautyfinder.cli import main
from beautyfinder.features.descriptor import DeepDescriber
numbers = np.random.default_rng(0).random((1, 1280), np.float32)
DeepDescriber.describe = lambda self, prepared: dict.fromkeys(self.poolings, numbers)
try:
    main()
finally:  # what rusage says of a child is at least what its parent had
    with open("/proc/self/status") as status:
        print(next(line.split()[1] for line in status if line.startswith("VmHWM")))
"""
Work = Callable[[], object]


def measure(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Milliseconds for one picture: ours, and what it is compared with."""
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        root = Path(folder)
        files = _pictures(options, root / "pictures")
        pictures = files[0].parent
        describer = DeepDescriber(DEFAULT_BACKBONE, ("r-mac",), "cpu")
        ready = [_ready(path, describer) for path in files]
        stores = iter(range(10**6))

        def ours(**choices: Any) -> object:
            chosen = IndexOptions(device="cpu", **choices)
            return index(root / f"store{next(stores)}", [pictures], chosen)

        raw = load_network(DEFAULT_BACKBONE)[0].eval()
        work: dict[str, Work] = {
            "index: descriptors alone": lambda: ours(local_features=False, text=False),
            "index: and local features": lambda: ours(text=False),
            "bare network, ready, one by one": lambda: _bare(raw, ready, 1),
            "bare network, ready, batches of 16": lambda: _bare(raw, ready, 16),
            "our network, ready, one by one": lambda: _bare(describer._network, ready, 1),
            "our network, ready, one a core": lambda: _one_a_core(describer._network, ready),
            "plain loop: descriptors and SIFT": lambda: _plain_loop(raw, files),
        }
        if options.words:
            work["index: and words"] = lambda: ours()
        wall, processor = _interleaved(work, options.runs)
        sizes = _bytes_each(root, len(files))
    ours_ms = wall["index: descriptors alone"] / len(files)
    return [
        {
            "what": what,
            "milliseconds": wall[what] / len(files),
            "ratio": wall[what] / len(files) / ours_ms,
            "quality": f"{1000 * len(files) / wall[what]:6.1f} pictures/s, "
            f"{processor[what] / len(files):6.1f} ms of processor time" + sizes.get(what, ""),
        }
        for what in work
    ]


def memory(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Peak memory of `beautyfinder index` in a process of its own, at growing catalogues.

    Pictures are strips, the network is loaded but random numbers stand for its descriptors, and
    there are no local features: minutes instead of hours. What those take does not depend on the
    number of pictures; what could grow with it is what the indexer and the store keep.
    """
    rows: list[dict[str, Any]] = []
    for count in options.index_rows:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            root = Path(folder)
            _draw_strips(root / "pictures", count)
            command = [sys.executable, "-c", _CHILD, "index", str(root / "pictures")]
            command += ["--store", str(root / "store"), "--no-text", "--no-local-features"]
            start = time.perf_counter()
            child = subprocess.run([*command, "--device", "cpu"], stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL, text=True)  # fmt: skip
            ms = (time.perf_counter() - start) * 1000
            if child.returncode:
                raise RuntimeError(f"indexing {count} pictures failed")
            peak = int(child.stdout.split()[-1]) / 1024
            rows.append({"what": f"{count} pictures", "milliseconds": ms, "quality":
                         f"peak {peak:.0f} MB"})  # fmt: skip
    return [row | {"ratio": row["milliseconds"] / rows[0]["milliseconds"]} for row in rows]


def _pictures(options: argparse.Namespace, folder: Path) -> list[Path]:
    """The first of --photos, linked into `folder`, or drawn ones where none are given."""
    folder.mkdir()
    if options.photos is None:
        from beautyfinder.sample.catalogue import draw_catalogue

        drawn = draw_catalogue(folder.parent / "drawn", options.index_pictures, queries=0)
        options.photos = drawn.catalogue_csv.parent
    found = sorted(
        p for p in Path(options.photos).resolve().rglob("*") if p.suffix.lower() in _SUFFIXES
    )
    step = max(1, len(found) // options.index_pictures)
    for number, path in enumerate(found[::step][: options.index_pictures]):
        (folder / f"{number:05}{path.suffix}").symlink_to(path)
    return sorted(folder.iterdir())


def _draw_strips(folder: Path, count: int) -> None:
    generator = np.random.default_rng(0)
    for number in range(count):
        inside = folder / f"{number // 1000:03}"
        inside.mkdir(parents=True, exist_ok=True)
        noise = generator.integers(0, 256, (3, 25, 3), dtype=np.uint8)
        cv2.imwrite(str(inside / f"{number}.jpg"), cv2.resize(noise, (200, 20)))


def _ready(path: Path, describer: DeepDescriber) -> torch.Tensor:
    pixels = describer.prepare(_read(path)[:, :, ::-1])
    return (torch.tensor(pixels).permute(2, 0, 1)[None].float() - 127) / 128


def _read(path: Path) -> NDArray[np.uint8]:
    return np.asarray(cv2.imread(str(path)), np.uint8)


def _bare(network: torch.nn.Module, ready: list[torch.Tensor], batch: int) -> None:
    """Nothing but the network over tensors of one shape at a time."""
    by_shape: dict[torch.Size, list[torch.Tensor]] = {}
    for tensor in ready:
        by_shape.setdefault(tensor.shape, []).append(tensor)
    with torch.inference_mode():
        for alike in by_shape.values():
            for start in range(0, len(alike), batch):
                network(torch.cat(alike[start : start + batch]))


def _one_a_core(network: torch.nn.Module, ready: list[torch.Tensor]) -> None:
    """As the indexer runs it: a thread for each core, each with a tensor of its own."""
    before = torch.get_num_threads()
    with ThreadPoolExecutor(
        os.cpu_count(), initializer=torch.set_num_threads, initargs=(1,)
    ) as pool:
        list(pool.map(lambda tensor: _bare(network, [tensor], 1), ready))
    torch.set_num_threads(before)


def _plain_loop(network: torch.nn.Module, files: list[Path]) -> list[Any]:
    """What one would write: decode, resize, network, the maxima, SIFT, append."""
    rows = []
    sift = cv2.SIFT_create(nfeatures=400)  # type: ignore[attr-defined]
    for path in files:
        picture = _read(path)
        small, large = (
            cv2.resize(picture, None, fx=side / max(picture.shape), fy=side / max(picture.shape))
            for side in (320, 512)
        )
        tensor = torch.from_numpy(np.ascontiguousarray(small[:, :, ::-1])).permute(2, 0, 1)[None]
        with torch.inference_mode():
            activations = network((tensor.float() - 127) / 128)
        descriptor = torch.nn.functional.normalize(activations.amax(dim=(2, 3))).numpy()
        keypoints = sift.detectAndCompute(cv2.cvtColor(large, cv2.COLOR_BGR2GRAY), None)
        rows.append((path, descriptor, keypoints))
    return rows


def _interleaved(work: dict[str, Work], runs: int) -> tuple[dict[str, float], dict[str, float]]:
    """Medians of wall and of processor time, milliseconds; the first round does not count."""
    wall: dict[str, list[float]] = {what: [] for what in work}
    processor: dict[str, list[float]] = {what: [] for what in work}
    for number in range(runs + 1):
        for what, task in work.items():
            start, start_processor = time.perf_counter(), _processor_seconds()
            report = task()
            seconds = getattr(report, "seconds", time.perf_counter() - start)
            if number:
                wall[what].append(1000 * seconds)
                processor[what].append(1000 * (_processor_seconds() - start_processor))
    return (
        {what: statistics.median(each) for what, each in wall.items()},
        {what: statistics.median(each) for what, each in processor.items()},
    )


def _processor_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _bytes_each(root: Path, pictures: int) -> dict[str, str]:
    """Kilobytes on disk for each picture, of the first stores of ours."""
    sizes = {}
    for number, what in enumerate(("index: descriptors alone", "index: and local features")):
        files = (root / f"store{number}").rglob("*")
        kilobytes = sum(f.stat().st_size for f in files if f.is_file()) / 1000 / pictures
        sizes[what] = f", {kilobytes:.1f} kB a picture"
    return sizes
