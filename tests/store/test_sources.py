"""Folders and CSVs to entries."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from beautyfinder.errors import UserError
from beautyfinder.store.sources import read_sources, with_unique_ids


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    return path


def test_folder_gives_parent_folder_or_stem_as_product(tmp_path: Path) -> None:
    touch(tmp_path / "lipstick.JPG")
    touch(tmp_path / "cream" / "front.png")
    touch(tmp_path / "range" / "balm" / "a.heic")
    touch(tmp_path / "range" / "balm" / "notes.txt")
    touch(tmp_path / ".hidden" / "b.jpg")
    touch(tmp_path / "store" / "catalogue.lance" / "c.jpg")
    entries = read_sources([tmp_path])
    assert [(e.image.image_id, e.image.product_id) for e in entries] == [
        ("lipstick.JPG", "lipstick"),
        ("cream/front.png", "cream"),
        ("range/balm/a.heic", "balm"),
    ]
    assert entries[1].image.path == str(tmp_path / "cream" / "front.png")
    assert {e.source for e in entries} == {str(tmp_path)}


def test_csv_reads_all_columns_relative_paths_and_bom(tmp_path: Path) -> None:
    listing = tmp_path / "list.csv"
    listing.write_text(
        "\ufeffImage,product_id,title,brand,price,url,description\n"
        'img/a.jpg,A1,"Crème, 50 ml",Belle,9.90 EUR,https://shop.example/a,"soft\nand light"\n'
        f"{tmp_path}/b.jpg,,,,,,\n",
        encoding="utf-8",
    )
    first, second = read_sources([listing])
    assert first.image.path == str(tmp_path / "img" / "a.jpg")
    assert (first.image.title, first.image.price) == ("Crème, 50 ml", "9.90 EUR")
    assert first.image.description == "soft\nand light"
    assert (second.image.product_id, second.image.path) == ("b", str(tmp_path / "b.jpg"))


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_csv_of_a_spreadsheet_with_another_delimiter(tmp_path: Path, delimiter: str) -> None:
    listing = tmp_path / "list.csv"
    listing.write_text(f"image{delimiter}price\na.jpg{delimiter}9,90\n", encoding="utf-8")
    (entry,) = read_sources([listing])
    assert (entry.image.image_id, entry.image.price) == ("a.jpg", "9,90")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"file,product\na.jpg,1\n", "is not a catalogue CSV"),
        (b"image,product_id\n", "lists no pictures"),
        (b"image,product_id\n,5\n", "line 2"),
        (b"image\na.jpg,stray\n", "more cells"),
        (b"image\n\xff\xfe\x00a.jpg\n", "UTF-8"),
        (b'image\n"a.jpg\n', "cannot be read as a CSV"),
    ],
)
def test_malformed_csv_is_one_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    listing = tmp_path / "list.csv"
    listing.write_bytes(content)
    with pytest.raises(UserError, match=said) as caught:
        read_sources([listing])
    assert "list.csv" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_source_and_folder_without_pictures(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not exist"):
        read_sources([tmp_path / "nowhere"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(UserError, match="holds no pictures"):
        read_sources([tmp_path / "empty"])


def test_same_picture_of_same_product_counts_once_and_of_two_products_twice(tmp_path: Path) -> None:
    touch(tmp_path / "pictures" / "a.jpg")
    listing = tmp_path / "list.csv"
    listing.write_text(
        "image,product_id,title\npictures/a.jpg,a,named\npictures/a.jpg,other,twin\n",
        encoding="utf-8",
    )
    entries = read_sources([tmp_path / "pictures", listing])
    assert [(e.image.product_id, e.image.title) for e in entries] == [
        ("a", "named"),
        ("other", "twin"),
    ]


def test_ids_are_made_unique_by_folders_then_product(tmp_path: Path) -> None:
    for folder in ("north", "south"):
        touch(tmp_path / folder / "001.jpg")
    listing = tmp_path / "list.csv"
    listing.write_text("image,product_id\nnorth/001.jpg,twin\n", encoding="utf-8")
    entries = read_sources([tmp_path / "north", tmp_path / "south", listing])
    ids = [
        e.image.image_id for e in with_unique_ids(entries, taken={"001.jpg": "/elsewhere/001.jpg"})
    ]
    assert ids == ["north/001.jpg", "south/001.jpg", "north/001.jpg#twin"]


def test_two_sources_of_one_picture_are_both_kept(tmp_path: Path) -> None:
    touch(tmp_path / "pictures" / "a.jpg")
    listing = tmp_path / "list.csv"
    listing.write_text("image,product_id\npictures/a.jpg,a\n", encoding="utf-8")
    (entry,) = read_sources([tmp_path / "pictures", listing])
    assert entry.source.splitlines() == sorted([str(tmp_path / "pictures"), str(listing)])


def test_blank_lines_and_cells_of_a_spreadsheet_are_passed_over(tmp_path: Path) -> None:
    listing = tmp_path / "list.csv"
    listing.write_text("image,title\na.jpg,A,\n,,\n,\nb.jpg,B\n", encoding="utf-8")
    assert [e.image.title for e in read_sources([listing])] == ["A", "B"]


def test_a_name_that_is_not_unicode_is_a_problem_of_that_file_alone(tmp_path: Path) -> None:
    touch(tmp_path / "ok.jpg")
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.jpg")).write_bytes(b"x")
    except OSError:
        pytest.skip("this file system takes no such name")
    bad, good = read_sources([tmp_path])
    assert (good.image.image_id, good.problem) == ("ok.jpg", "")
    assert "Rename the file" in bad.problem
    bad.image.path.encode()


def test_a_folder_that_cannot_be_read_is_not_taken_for_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touch(tmp_path / "a.jpg")
    touch(tmp_path / "deep" / "b.jpg")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("deep"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(UserError, match=r"deep cannot be read \(Permission denied\)"):
        read_sources([tmp_path])
