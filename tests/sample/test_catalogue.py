"""The sample on disk: complete, repeatable, drawn once, and whole or not at all."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from beautyfinder.sample import catalogue
from beautyfinder.sample.catalogue import SampleCatalogue, draw_catalogue

PRODUCTS, QUERIES, SEED = 15, 2, 2018


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> SampleCatalogue:
    folder = tmp_path_factory.mktemp("shop") / "sample"
    return draw_catalogue(folder, PRODUCTS, QUERIES, SEED, workers=1)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_catalogue_table_names_pictures_that_decode(sample: SampleCatalogue) -> None:
    table = rows(sample.catalogue_csv)
    assert list(table[0]) == list(catalogue.CATALOGUE_COLUMNS)
    assert len(table) == PRODUCTS
    assert all(all(row.values()) for row in table)
    assert len({row["product_id"] for row in table}) == PRODUCTS
    for row in table:
        with Image.open(sample.catalogue_csv.parent / row["image"]) as image:
            image.load()
            assert image.format == "JPEG"
            assert image.mode == "RGB"
            assert 600 <= max(image.size) <= 800
        assert row["price"].endswith(" EUR")
        assert float(row["price"].split()[0]) > 0
        assert row["url"] == f"https://shop.example/p/{row['product_id']}"
        assert row["title"].startswith(row["brand"])


def test_queries_show_products_of_the_catalogue(sample: SampleCatalogue) -> None:
    known = {row["product_id"] for row in rows(sample.catalogue_csv)}
    table = rows(sample.queries_csv)
    assert list(table[0]) == list(catalogue.QUERY_COLUMNS)
    assert len(table) == QUERIES
    assert {row["product_id"] for row in table} <= known
    for row in table:
        with Image.open(sample.queries_csv.parent / row["image"]) as image:
            image.load()
            assert min(image.size) >= 900
            assert np.asarray(image).std() > 15  # a scene, not an empty frame


def test_processes_draw_the_same_bytes_as_one(sample: SampleCatalogue, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    again = draw_catalogue(
        tmp_path / "again",
        PRODUCTS,
        QUERIES,
        SEED,
        progress=lambda done, total: steps.append((done, total)),
        workers=2,
    )
    assert contents(again.catalogue_csv.parent) == contents(sample.catalogue_csv.parent)
    assert steps[-1] == (PRODUCTS + QUERIES, PRODUCTS + QUERIES)
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)


def test_a_smaller_sample_is_the_beginning_of_a_larger_one(
    sample: SampleCatalogue, tmp_path: Path
) -> None:
    small = draw_catalogue(tmp_path / "small", 5, 0, SEED, workers=1)
    table = rows(small.catalogue_csv)
    assert table == rows(sample.catalogue_csv)[:5]
    for row in table:
        ours, theirs = small.catalogue_csv.parent, sample.catalogue_csv.parent
        assert (ours / row["image"]).read_bytes() == (theirs / row["image"]).read_bytes()
    assert rows(small.queries_csv) == []


def test_another_seed_is_another_shop(sample: SampleCatalogue, tmp_path: Path) -> None:
    other = draw_catalogue(tmp_path / "other", 3, 0, SEED + 1, workers=1)
    assert rows(other.catalogue_csv) != rows(sample.catalogue_csv)[:3]


def test_the_second_call_draws_nothing(
    sample: SampleCatalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the sample was drawn again")

    monkeypatch.setattr(catalogue, "_draw_all", refuse)
    folder = sample.catalogue_csv.parent
    assert draw_catalogue(folder, PRODUCTS, QUERIES, SEED) == sample


@pytest.mark.parametrize("damage", ["stamp", "version", "picture", "count"])
def test_what_is_not_whole_is_drawn_anew(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "sample"
    first = contents(draw_catalogue(folder, 2, 0, SEED, workers=1).catalogue_csv.parent)
    stamp = folder / catalogue.STAMP
    if damage == "stamp":
        stamp.unlink()
    elif damage == "version":
        stamp.write_text(json.dumps(json.loads(stamp.read_text()) | {"drawing_version": -1}))
    elif damage == "picture":
        next((folder / "catalogue").iterdir()).unlink()
    products = 3 if damage == "count" else 2
    draw_catalogue(folder, products, 0, SEED, workers=1)
    assert len(list((folder / "catalogue").iterdir())) == products
    assert (contents(folder) == first) == (damage != "count")
    assert [path.name for path in tmp_path.iterdir()] == ["sample"]


class Stop(Exception):
    """What a caller's progress raises to cancel."""


def stop(done: int, total: int) -> None:
    raise Stop(f"{done} of {total}")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_cancelled_run_leaves_nothing(tmp_path: Path, workers: int) -> None:
    folder = tmp_path / "sample"
    with pytest.raises(Stop):
        draw_catalogue(folder, 9, 0, SEED, progress=stop, workers=workers)
    assert list(tmp_path.iterdir()) == []


def test_a_cancelled_run_keeps_the_sample_that_was_there(tmp_path: Path) -> None:
    folder = tmp_path / "sample"
    draw_catalogue(folder, 1, 0, SEED, workers=1)
    before = contents(folder)
    with pytest.raises(Stop):
        draw_catalogue(folder, 6, 0, SEED, progress=stop, workers=1)
    assert contents(folder) == before


def test_a_killed_run_leaves_nothing_that_counts(tmp_path: Path) -> None:
    folder = tmp_path / "sample"
    code = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from beautyfinder.sample.catalogue import draw_catalogue\n"
        "draw_catalogue(Path(sys.argv[1]), 9, 0, 2018, lambda *_: os._exit(9), workers=1)\n"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(folder)], check=False, timeout=60)
    assert killed.returncode == 9
    assert not folder.exists()
    drawn = draw_catalogue(folder, 2, 0, SEED, workers=1)
    assert len(rows(drawn.catalogue_csv)) == 2


def test_foreign_files_are_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "holiday.txt").write_text("keep me")
    with pytest.raises(FileExistsError, match="not a sample"):
        draw_catalogue(tmp_path, 1, 0, SEED, workers=1)
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.txt"]


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    folder = tmp_path / "made" / "before"
    folder.mkdir(parents=True)
    assert draw_catalogue(folder, 1, 0, SEED, workers=1).catalogue_csv.is_file()
