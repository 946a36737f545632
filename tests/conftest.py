"""Shared by all tests: markers that skip, and a tiny catalogue drawn here and indexed once."""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.pictures import pack_picture, phone_photo, save

if TYPE_CHECKING:
    from beautyfinder.features.keypoints import LocalFeatures
    from beautyfinder.store.columns import DescriptorColumn
    from beautyfinder.store.store import FeatureStore

# torch's threads wait for one another by spinning: where tests share the cores with anything else
# one thread is up to ten times as fast as two. Read when torch is imported, so set before.
os.environ.setdefault("OMP_NUM_THREADS", "1")

DATA = Path(__file__).parents[2] / "shared" / "data"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The longest that the thread of any tested window stood still (tests/gui/conftest.py)."""
    stalls = [
        (value, report.nodeid)
        for reports in terminalreporter.stats.values()
        for report in reports
        for name, value in getattr(report, "user_properties", ())
        if name == "worst_stall_ms"
    ]
    if stalls:
        worst, where = max(stalls)
        terminalreporter.write_line(f"worst stall of a window's thread: {worst} ms, in {where}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not DATA.is_dir():
        for item in items:
            if item.get_closest_marker("data"):
                item.add_marker(pytest.mark.skip(reason=f"needs the pictures of {DATA}"))
    wanting = [item for item in items if item.get_closest_marker("gpu")]
    if wanting:
        import torch

        if not torch.cuda.is_available():
            for item in wanting:
                item.add_marker(pytest.mark.skip(reason="needs a CUDA device"))


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real pictures; tests that use it are marked `data`."""
    return DATA


@dataclass(frozen=True)
class TinyCatalogue:
    """Twelve products `p00` to `p11`, and labelled photos of five of them.

    `p00` and `p01` have a second picture, listed under `extra/`; `broken.jpg` of the product `p12`
    is no picture. `photos`: the photo of each product that has one.
    """

    folder: Path
    csv: Path
    queries: Path
    photos: dict[str, Path]
    images: int = 14
    products: int = 12


def write_csv(path: Path, lines: Sequence[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    return path


@pytest.fixture(scope="session")
def tiny_catalogue(tmp_path_factory: pytest.TempPathFactory) -> TinyCatalogue:
    folder = tmp_path_factory.mktemp("catalogue")
    lines = [["image", "product_id", "title", "brand"]]
    for number in range(12):
        product = f"p{number:02}"
        save(pack_picture(number), folder / "shop" / f"{product}.png")
        lines.append([f"shop/{product}.png", product, f"Product {number}", "Brand"])
    for number in range(2):
        product = f"p{number:02}"
        save(pack_picture(number, side=200), folder / "extra" / f"{product}.png")
        lines.append([f"extra/{product}.png", product, f"Product {number}", "Brand"])
    (folder / "shop" / "broken.jpg").write_bytes(b"this is no picture")
    lines.insert(4, ["shop/broken.jpg", "p12", "Broken", ""])
    photos = {}
    for number in (0, 1, 4, 7, 11):
        path = folder / "photos" / f"photo{number}.png"
        photos[f"p{number:02}"] = save(phone_photo(number), path)
    labelled = [["image", "product_id"]]
    labelled += [[f"photos/{path.name}", product] for product, path in photos.items()]
    return TinyCatalogue(
        folder,
        write_csv(folder / "catalogue.csv", lines),
        write_csv(folder / "queries.csv", labelled),
        photos,
    )


@pytest.fixture(scope="session")
def tiny_store(
    tiny_catalogue: TinyCatalogue, tmp_path_factory: pytest.TempPathFactory
) -> FeatureStore:
    """`tiny_catalogue` indexed with the embedded backbone and every pooling. Read it only."""
    from beautyfinder.store.indexer import IndexOptions, index
    from beautyfinder.store.store import FeatureStore

    folder = tmp_path_factory.mktemp("stores") / "tiny"
    index(folder, [tiny_catalogue.csv], IndexOptions(device="cpu", workers=2, text=False))
    return FeatureStore.open(folder)


# What is said to stand on the packs of `p00` to `p11`, see `worded_store`.
PACK_WORDS = (
    "mandarin", "lavender", "vanilla", "eucalyptus", "almond", "rosehip",
    "jojoba", "bergamot", "cinnamon", "verbena", "hibiscus", "turmeric",
)  # fmt: skip


@pytest.fixture(scope="session")
def worded_store(
    tiny_store: FeatureStore, tmp_path_factory: pytest.TempPathFactory
) -> FeatureStore:
    """`tiny_store` with a word of `PACK_WORDS` on every pack, none of them read. Read it only."""
    from beautyfinder.features.text import Word, pack_words
    from beautyfinder.store.rows import from_table, to_table
    from beautyfinder.store.store import KEY, FeatureStore

    folder = tmp_path_factory.mktemp("stores") / "worded"
    store = FeatureStore.open(shutil.copytree(tiny_store.folder, folder))
    box = np.array([[20, 30], [120, 30], [120, 50], [20, 50]], np.float32)
    columns = [*KEY, "filled", "words"]
    rows = [row for row in from_table(store.table([*columns, "error"])) if row["error"] is None]
    for row in rows:
        row["words"] = pack_words([Word(PACK_WORDS[int(row["product_id"][1:])], 1.0, box)])
        row["filled"] += " words"
    with store.locked():
        store.update(to_table(rows, store.schema(), columns))
    return store


@pytest.fixture
def store_copy(tiny_store: FeatureStore, tmp_path: Path) -> FeatureStore:
    """`tiny_store` in a folder of the test's own, to be changed."""
    from beautyfinder.store.store import FeatureStore

    return FeatureStore.open(shutil.copytree(tiny_store.folder, tmp_path / "copy"))


MakeStore = Callable[..., "tuple[FeatureStore, DescriptorColumn]"]


@pytest.fixture
def make_store(tmp_path: Path) -> MakeStore:
    """Makes a store of given descriptors, without pictures or networks.

    `make_store(descriptors, local=None, name="store")`: an array (D,) or None per row, and
    LocalFeatures or None per row; calling it again with the same name appends.
    """

    def make(
        descriptors: Sequence[NDArray[Any] | None],
        local: Sequence[LocalFeatures | None] | None = None,
        name: str = "store",
    ) -> tuple[FeatureStore, DescriptorColumn]:
        from beautyfinder.features.keypoints import pack
        from beautyfinder.store.columns import DescriptorColumn
        from beautyfinder.store.rows import to_table
        from beautyfinder.store.store import FeatureStore

        store = FeatureStore.open_or_create(tmp_path / name)
        length = next(len(row) for row in descriptors if row is not None)
        column = DescriptorColumn("efficientnet-lite0", "mac", length, "0" * 64, 320)
        store.add_descriptor_column(column)
        rows = []
        for number, descriptor in enumerate(descriptors, len(store)):
            features = local[number] if local else None
            filled = [column.name] if descriptor is not None else []
            filled += ["local_features"] if features is not None else []
            rows.append(
                {
                    "image_id": f"{number}.jpg",
                    "product_id": str(number),
                    "path": f"/{number}.jpg",
                    "source": "/",
                    column.name: descriptor,
                    "local_features": None if features is None else pack(features),
                    "filled": " ".join(filled),
                    "error": None if descriptor is not None else "no picture",
                }
            )
        store.append(to_table(rows, store.schema(), store.schema().names))
        return FeatureStore.open(store.folder), column

    return make
