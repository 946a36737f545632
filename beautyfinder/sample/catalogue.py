"""Draws the whole sample on first use: pictures, CSVs, queries with ground truth, and a stamp."""

import csv
import json
import multiprocessing
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from beautyfinder.sample.lettering import Pixels
from beautyfinder.sample.products import Product, make_product
from beautyfinder.sample.scene import draw_phone_photo
from beautyfinder.sample.studio import draw_catalogue_picture

DRAWING_VERSION = 1  # raise it whenever the same parameters would give other pictures
STAMP = "sample.json"
CATALOGUE_COLUMNS = ("image", "product_id", "title", "brand", "price", "url", "description")
QUERY_COLUMNS = ("image", "product_id")
_OURS = frozenset({"catalogue", "queries", "catalogue.csv", "queries.csv", STAMP})
_STALE_SECONDS = 24 * 3600
_BATCH = 4  # pictures per task: few enough for steady progress, enough to hide the hand-over

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class SampleCatalogue:
    """Where the sample's two tables lie."""

    catalogue_csv: Path
    queries_csv: Path


@dataclass(frozen=True)
class Parameters:
    """What a drawn sample depends on; the stamp holds exactly this."""

    products: int
    queries: int
    seed: int
    drawing_version: int = DRAWING_VERSION


@dataclass(frozen=True)
class Task:
    """One picture to draw: a catalogue picture, or (`query` >= 0) a phone photo of `product`."""

    path: str
    seed: int
    product: int
    query: int = -1
    others: tuple[int, ...] = ()


def draw_catalogue(
    folder: Path,
    products: int = 126,
    queries: int = 24,
    seed: int = 2018,
    progress: Progress | None = None,
    workers: int | None = None,
) -> SampleCatalogue:
    """Draw the sample into `folder`, or return at once where the same one already lies complete.

    Everything is drawn into a sibling folder that takes `folder`'s place at the end, so a run
    that dies leaves nothing that counts. `progress(done, total)` is called after every few
    pictures; what it raises stops the run cleanly. `workers` None means the processors at hand,
    1 draws in this process. Raises FileExistsError where `folder` holds files that are not a
    sample.
    """
    if products < 1 or queries < 0 or seed < 0:
        raise ValueError("A sample needs at least one product, and no number below zero.")
    folder = Path(os.path.abspath(folder))
    wanted = Parameters(products, queries, seed)
    result = SampleCatalogue(folder / "catalogue.csv", folder / "queries.csv")
    if is_complete(folder, wanted):
        return result
    _refuse_foreign(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-drawing-", dir=folder.parent))
    try:
        _draw_all(draft, wanted, progress, workers)
        _put_in_place(draft, folder, wanted)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return result


def is_complete(folder: Path, wanted: Parameters) -> bool:
    """Whether `folder` holds the whole sample of these parameters and this drawing version."""
    try:
        stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
        pictures = sum(1 for _ in os.scandir(folder / "catalogue"))
        photos = sum(1 for _ in os.scandir(folder / "queries"))
    except (OSError, ValueError):
        return False
    tables = (folder / "catalogue.csv").is_file() and (folder / "queries.csv").is_file()
    whole = pictures == wanted.products and photos == wanted.queries
    return bool(stamp == asdict(wanted)) and tables and whole


def query_products(entries: list[Product], queries: int, seed: int) -> list[int]:
    """Which product each query shows: kinds take turns, every other round starts with a near-twin.

    Asked for more queries than there are products, products come again with other photos.
    """
    rng = np.random.default_rng((seed, 20))
    shelves: dict[str, list[int]] = {}
    for position in rng.permutation(len(entries)):
        shelves.setdefault(entries[position].kind, []).append(int(position))
    for number, shelf in enumerate(shelves.values()):
        shelf.sort(key=lambda i: bool(entries[i].axis) == bool(number % 3 == 2))
    order: list[int] = []
    depth = 0
    while len(order) < len(entries):
        order += [shelf[depth] for shelf in shelves.values() if depth < len(shelf)]
        depth += 1
    return [order[number % len(order)] for number in range(queries)]


def _draw_all(
    draft: Path, wanted: Parameters, progress: Progress | None, workers: int | None
) -> None:
    (draft / "catalogue").mkdir()
    (draft / "queries").mkdir()
    entries = [make_product(index, wanted.seed) for index in range(wanted.products)]
    tasks = list(_tasks(draft, entries, wanted))
    _run(tasks, progress, workers)
    with (draft / "catalogue.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(CATALOGUE_COLUMNS)
        for e in entries:
            image = f"catalogue/{e.product_id}.jpg"
            row = (image, e.product_id, e.title, e.brand.name, e.price, e.url, e.description)
            table.writerow(row)
    with (draft / "queries.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(QUERY_COLUMNS)
        for task in tasks:
            if task.query >= 0:
                image = f"queries/{Path(task.path).name}"
                table.writerow((image, entries[task.product].product_id))
    (draft / STAMP).write_text(json.dumps(asdict(wanted)) + "\n", encoding="utf-8")


def _tasks(draft: Path, entries: list[Product], wanted: Parameters) -> Iterator[Task]:
    for entry in entries:
        path = draft / "catalogue" / f"{entry.product_id}.jpg"
        yield Task(str(path), wanted.seed, entry.index)
    rng = np.random.default_rng((wanted.seed, 21))
    for query, product in enumerate(query_products(entries, wanted.queries, wanted.seed)):
        # A near-twin in the same photo would make the ground truth a matter of opinion.
        drawn = [int(i) for i in rng.integers(0, len(entries), 12)]
        others = [i for i in drawn if entries[i].family != entries[product].family][:5]
        path = draft / "queries" / f"photo-{query + 1:03d}.jpg"
        yield Task(str(path), wanted.seed, product, query, tuple(others))


def draw_task(task: Task) -> None:
    """Draw one picture and write it as JPEG."""
    product = make_product(task.product, task.seed)
    if task.query < 0:
        _save(draw_catalogue_picture(product), task.path, 90)
        return
    others = [make_product(index, task.seed) for index in task.others]
    seed = (task.seed, 22, task.product, task.query)
    photo = draw_phone_photo(product, others, seed, task.query)
    quality = int(np.random.default_rng((*seed, 1)).integers(60, 86))
    _save(photo, task.path, quality)


def _draw_batch(tasks: list[Task]) -> int:
    for task in tasks:
        draw_task(task)
    return len(tasks)


def _one_thread() -> None:
    cv2.setNumThreads(1)  # the processes already share out the cores


def _save(pixels: Pixels, path: str, quality: int) -> None:
    Image.fromarray(pixels).save(path, "JPEG", quality=quality)


def _run(tasks: list[Task], progress: Progress | None, workers: int | None) -> None:
    batches = [tasks[start : start + _BATCH] for start in range(0, len(tasks), _BATCH)]
    if workers is None:
        # A process takes most of a second to start: not worth it for a handful of pictures.
        workers = min(_processors(), 1 + len(tasks) // 24)
    done = 0
    if workers <= 1:
        for batch in batches:
            done += _draw_batch(batch)
            if progress is not None:
                progress(done, len(tasks))
        return
    # "spawn": forking a program with Qt, CUDA or threads running is not safe.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_one_thread) as pool:
        try:
            for future in as_completed([pool.submit(_draw_batch, batch) for batch in batches]):
                done += future.result()
                if progress is not None:
                    progress(done, len(tasks))
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _refuse_foreign(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir() or any(entry.name not in _OURS for entry in folder.iterdir()):
        raise FileExistsError(
            f"{folder} holds files that are not a sample catalogue; choose an empty folder."
        )


def _sweep(folder: Path) -> None:
    """Remove drafts that killed runs left behind a day ago or earlier."""
    for leftover in folder.parent.glob(f".{folder.name}-drawing-*"):
        try:
            if time.time() - leftover.stat().st_mtime > _STALE_SECONDS:
                shutil.rmtree(leftover, ignore_errors=True)
        except OSError:
            continue  # its owner was faster


def _put_in_place(draft: Path, folder: Path, wanted: Parameters) -> None:
    finished = draft / "finished"
    finished.mkdir(mode=0o755)
    for name in _OURS:
        os.replace(draft / name, finished / name)
    if folder.exists():
        _refuse_foreign(folder)  # something may have come in while we drew
        os.replace(folder, draft / "replaced")
    try:
        os.replace(finished, folder)
    except OSError:
        if not is_complete(folder, wanted):  # else another process put the same sample there
            raise
