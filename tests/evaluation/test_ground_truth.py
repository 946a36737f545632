"""Labelled queries in both forms, and which pictures are right answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from beautyfinder.errors import UserError
from beautyfinder.evaluation.ground_truth import GroundTruth, LabelledQuery, read_queries
from beautyfinder.store.product import ProductImage


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With photos `one.jpg`, `deep/two.png` and `v000104.jpg`, which need not be pictures."""
    (tmp_path / "deep").mkdir()
    for name in ("one.jpg", "deep/two.png", "v000104.jpg", "notes.txt"):
        (tmp_path / name).write_bytes(b"")
    return tmp_path


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "queries.csv"
    path.write_bytes(text.encode(encoding))
    return path


# Our own form


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_own_form(folder: Path, encoding: str, newline: str) -> None:
    text = newline.join(["image,product_id", "one.jpg,Crème", 'deep/two.png,"b, c"', ""])
    assert read_queries(written(folder, text, encoding)) == [
        LabelledQuery(str(folder / "one.jpg"), product_ids=frozenset({"Crème"})),
        LabelledQuery(str(folder / "deep" / "two.png"), product_ids=frozenset({"b, c"})),
    ]


def test_own_form_with_other_columns_blanks_and_absolute_paths(folder: Path) -> None:
    text = f"note, Product_ID ,IMAGE\n\nx, a , {folder / 'one.jpg'} \n , , \ny,b,deep/two.png\n"
    queries = read_queries(str(written(folder, text)))
    assert [(Path(q.path).name, *q.product_ids) for q in queries] == [
        ("one.jpg", "a"),
        ("two.png", "b"),
    ]


def test_photo_listed_twice_shows_both_products(folder: Path) -> None:
    text = "image,product_id\none.jpg,a\ndeep/two.png,c\n./one.jpg,b\n"
    first, second = read_queries(written(folder, text))
    assert first.product_ids == {"a", "b"}
    assert second.product_ids == {"c"}


@pytest.mark.parametrize("line", ["one.jpg", "one.jpg,", ",a", "one.jpg, "])
def test_own_form_with_a_torn_line(folder: Path, line: str) -> None:
    with pytest.raises(UserError, match="lacks an image or a product id"):
        read_queries(written(folder, f"image,product_id\none.jpg,a\n{line}\n"))


def test_own_form_with_a_photo_that_is_nowhere(folder: Path) -> None:
    path = written(folder, "image,product_id\none.jpg,a\nthree.jpg,b\n")
    with pytest.raises(UserError, match=r"names the photo three\.jpg, but there is no file"):
        read_queries(path)


# The challenge's form

CHALLENGE = "Validation Image ID,Training Image ID\nv000104,n0185640,n0185641\none,n1\ntwo,n1,n2,n3"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_challenge_form(folder: Path, encoding: str) -> None:
    assert read_queries(written(folder, CHALLENGE, encoding)) == [
        LabelledQuery(str(folder / "v000104.jpg"), image_names=frozenset({"n0185640", "n0185641"})),
        LabelledQuery(str(folder / "one.jpg"), image_names=frozenset({"n1"})),
        LabelledQuery(str(folder / "deep" / "two.png"), image_names=frozenset({"n1", "n2", "n3"})),
    ]


def test_challenge_form_as_a_spreadsheet_saves_it(folder: Path) -> None:
    """All lines as long as the longest."""
    text = "Validation Image ID,Training Image ID,,\nv000104,n1,,\none,n1,n2,n3\n,,,\n"
    queries = read_queries(written(folder, text))
    assert [q.image_names for q in queries] == [{"n1"}, {"n1", "n2", "n3"}]


def test_challenge_photo_beside_the_csv_wins(folder: Path) -> None:
    (folder / "deep" / "one.jpg").write_bytes(b"")
    (folder / "notes.jpg").write_bytes(b"")
    (query,) = read_queries(written(folder, "Test Image ID,Training Image ID\none,n1\n"))
    assert query.path == str(folder / "one.jpg")


@pytest.mark.parametrize("name", ["v000105", "notes"])
def test_challenge_photo_that_is_nowhere(folder: Path, name: str) -> None:
    with pytest.raises(UserError, match=f"names the photo {name}, but no picture of that name"):
        read_queries(written(folder, f"{CHALLENGE}\n{name},n1\n"))


# Neither


@pytest.mark.parametrize(
    "header", ["photo,product", "image,label", "Validation Image ID", "a,b,c", "one.jpg,a"]
)
def test_wrong_header(folder: Path, header: str) -> None:
    with pytest.raises(UserError, match="its header must be “image,product_id” or"):
        read_queries(written(folder, f"{header}\none.jpg,a\n"))


@pytest.mark.parametrize("text", ["", "\n\n", "image,product_id\n", "image,product_id\n,\n"])
def test_no_queries(folder: Path, text: str) -> None:
    with pytest.raises(UserError, match="lists no queries"):
        read_queries(written(folder, text))


def test_files_that_cannot_be_read(folder: Path) -> None:
    with pytest.raises(UserError, match=r"none\.csv cannot be opened: No such file"):
        read_queries(folder / "none.csv")
    with pytest.raises(UserError, match="cannot be opened"):
        read_queries(folder)
    with pytest.raises(UserError, match="cannot be read as a CSV in UTF-8"):
        read_queries(written(folder, "image,product_id\none.jpg,Crème\n", "latin-1"))
    with pytest.raises(UserError, match="cannot be read as a CSV"):
        read_queries(written(folder, 'image,product_id\none.jpg,"a'))


# Right answers


def test_right_answers() -> None:
    images = [
        ProductImage("n0000001.jpg", "a", "/n0000001.jpg"),
        ProductImage("deep/n0000002.jpg", "b", "/deep/n0000002.jpg"),
        ProductImage("deep/n0000003.png", "a", "/deep/n0000003.png"),
        ProductImage("n1", "n0000002", "/n1"),
    ]
    truth = GroundTruth(images)

    def right(*, products: set[str] | None = None, names: set[str] | None = None) -> set[int]:
        query = LabelledQuery("", frozenset(products or ()), frozenset(names or ()))
        return truth.right_answers(query)

    assert right(products={"a"}) == {0, 2}
    assert right(products={"a", "b"}) == {0, 1, 2}
    assert right(products={"c"}) == right() == set()
    assert right(names={"n0000002"}) == {1}  # a product of that name is another matter
    assert right(names={"n0000002.jpg"}) == right(names={"deep/n0000002.jpg"}) == {1}
    assert right(names={"n0000001", "n0000003", "gone"}) == {0, 2}
    assert right(names={"n1"}) == {3}
    assert right(names={"n000000"}) == right(products={"A"}) == set()


def test_unreadable_pictures_are_never_right_answers() -> None:
    images = [ProductImage(f"{name}.jpg", "cream", f"/c/{name}.jpg") for name in "ab"]
    query = LabelledQuery("q.jpg", product_ids=frozenset({"cream"}), image_names=frozenset({"b"}))
    assert GroundTruth(images).right_answers(query) == {0, 1}
    assert GroundTruth(images, unreadable=[1]).right_answers(query) == {0}


def test_queries_of_a_spreadsheet_with_semicolons(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"x")
    (tmp_path / "queries.csv").write_text("image;product_id\na.jpg;P1\n", encoding="utf-8")
    (query,) = read_queries(tmp_path / "queries.csv")
    assert query.product_ids == {"P1"}
