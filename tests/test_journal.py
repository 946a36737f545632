"""The history's file: what is kept, found, erased, labelled, exported; and a damaged one."""

import io
import sqlite3
from pathlib import Path

import pytest
from PIL import Image

from beautyfinder.errors import UserError
from beautyfinder.evaluation.ground_truth import read_queries
from beautyfinder.journal import Journal, LookUp


def jpeg(size: tuple[int, int] = (40, 20), left: str = "red", right: str = "blue") -> bytes:
    picture = Image.new("RGB", size, left)
    picture.paste(Image.new("RGB", (size[0] // 2, size[1]), right), (size[0] // 2, 0))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95)
    return out.getvalue()


def look_up(n: int, **changes: object) -> LookUp:
    values: dict[str, object] = {
        "id": f"id{n}", "time": f"2026-01-01T00:00:{n:02d}+00:00", "name": f"photo {n}.jpg",
        "path": f"/photos/{n}.jpg", "photo": jpeg(), "region": {"turns": 0, "box": None},
        "store": "/shop", "verdict": "match", "best": f"Soap {n}",
        "hits": ({"rank": 1, "words": ["milk"]},), "method": {"rerank": "hybrid"},
        "pictures": {"i1": b"jpeg"},
    }  # fmt: skip
    return LookUp(**(values | changes))  # type: ignore[arg-type]


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "data" / "history.sqlite")


def test_what_is_added_is_got_in_another_session(journal: Journal, tmp_path: Path) -> None:
    journal.add(look_up(1))
    journal.close()
    again = Journal(tmp_path / "data" / "history.sqlite")
    assert again.notice == ""
    assert again.get("id1") == look_up(1)
    with pytest.raises(UserError, match="no longer in the history"):
        again.get("id2")


def test_the_newest_first_page_by_page_and_searched(journal: Journal) -> None:
    for n in range(5):
        journal.add(look_up(n, best="100 % Aloe" if n == 3 else f"Soap {n}"))
    assert [one.id for one in journal.find()] == ["id4", "id3", "id2", "id1", "id0"]
    assert [one.id for one in journal.find(limit=2, offset=2)] == ["id2", "id1"]
    assert [one.id for one in journal.find("soap 2")] == ["id2"]
    assert [one.id for one in journal.find("photo 100 %")] == ["id3"]
    assert journal.find("s_ap") == []  # no wildcards
    assert journal.find()[0].photo
    assert journal.find()[0].hits == ()


def test_the_oldest_without_labels_go_first(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "history.sqlite", kept=3)
    for n in range(3):
        journal.add(look_up(n))
    journal.label("id0", "p", True)
    journal.add(look_up(3))
    assert [one.id for one in journal.find()] == ["id3", "id2", "id0"]
    journal.label("id2", "p", True)
    journal.label("id3", "p", False)
    journal.add(look_up(4))
    assert [one.id for one in journal.find()] == ["id4", "id3", "id2"]  # all others have labels


def test_labels_are_replaced_taken_back_and_go_with_their_look_up(journal: Journal) -> None:
    journal.add(look_up(1))
    journal.add(look_up(2))
    journal.label("id1", "p1", True)
    journal.label("id1", "p1", False)
    journal.label("id1", "p2", True)
    journal.label("id2", "p1", True)
    journal.label("gone", "p1", True)  # erased meanwhile: nothing to keep it for
    said = [(one.look_up, one.product_id, one.right) for one in journal.labels()]
    assert said == [("id1", "p1", False), ("id1", "p2", True), ("id2", "p1", True)]
    journal.label("id1", "p2", None)
    assert [one.product_id for one in journal.labels("id1")] == ["p1"]
    journal.erase("id1")
    assert [one.look_up for one in journal.labels()] == ["id2"]
    journal.erase_all()
    assert journal.labels() == []
    assert journal.find() == []


def test_evaluate_reads_what_is_exported(journal: Journal, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="labelled yet"):
        journal.export_ground_truth(tmp_path)
    journal.add(look_up(1, name="Été/x:1.heic"))
    journal.add(look_up(2, region={"turns": 1, "box": [0.0, 0.5, 1.0, 0.5]}, path=None))
    journal.add(look_up(3))
    for id_, product, right in (
        ("id1", "p1", True), ("id1", "p9", True), ("id2", "p2", True), ("id3", "p3", False),
    ):  # fmt: skip
        journal.label(id_, product, right)
    done = journal.export_ground_truth(tmp_path / "out")
    assert (done.queries, done.right, done.wrong) == (2, 3, 1)
    queries = read_queries(tmp_path / "out" / "queries.csv")
    assert [query.product_ids for query in queries] == [{"p1", "p9"}, {"p2"}]
    assert Path(queries[0].path).read_bytes() == look_up(1).photo
    # Turned clockwise the left half (red) is at the top, and the lower half is blue.
    cut = Image.open(queries[1].path)
    assert cut.size == (20, 20)
    red, _, blue = cut.getpixel((10, 10))  # type: ignore[misc]
    assert blue > 200 > red
    (wrong,) = read_queries(tmp_path / "out" / "wrong.csv")
    assert wrong.product_ids == {"p3"}
    with pytest.raises(UserError, match="choose another folder"):
        journal.export_ground_truth(tmp_path / "out")
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="cannot be written"):
        journal.export_ground_truth(tmp_path / "file" / "x")


def test_a_damaged_file_is_kept_aside_and_a_new_history_begun(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    path.write_bytes(b"no database at all " * 200)
    journal = Journal(path)
    assert "was damaged" in journal.notice
    (aside,) = tmp_path.glob("history-damaged-*.sqlite")
    assert aside.name in journal.notice
    journal.add(look_up(1))
    assert len(journal.find()) == 1


def test_a_file_damaged_while_it_is_open(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    journal = Journal(path)
    for n in range(20):
        journal.add(look_up(n))
    journal.close()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    with pytest.raises(UserError, match=r"was damaged .* new one was begun"):
        journal.find()
    assert journal.find() == []


def test_a_locked_or_newer_file_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("beautyfinder.journal._BUSY_S", 0.01)
    path = tmp_path / "history.sqlite"
    journal = Journal(path)
    other = sqlite3.connect(path)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(UserError, match=r"locked.*not remembered"):
        journal.add(look_up(1))
    other.rollback()
    journal.add(look_up(1))
    journal.close()
    other.execute("PRAGMA user_version = 99")
    other.close()
    with pytest.raises(UserError, match="newer BeautyFinder"):
        Journal(path)
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="cannot be used"):
        Journal(tmp_path / "file" / "history.sqlite")
