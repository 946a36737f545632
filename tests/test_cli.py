"""The commands, run as a user runs them: what they print where, and how they end."""

from __future__ import annotations

import json
import os
import shutil
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from beautyfinder import cli
from tests.pictures import pack_picture, phone_photo, save


def run(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """A fresh process, so that nothing of pytest's is in the way."""
    return subprocess.run(
        [sys.executable, "-m", "beautyfinder", *map(str, arguments)],
        capture_output=True, text=True, timeout=120, cwd=cwd, check=False,
    )  # fmt: skip


def call(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    """The same in this process, which has the networks' libraries loaded already."""
    with pytest.raises(SystemExit) as ended:
        cli.main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return int(ended.value.code or 0), captured.out, captured.err


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with pictures, photos of them, ground truth and an indexed store."""
    root = tmp_path_factory.mktemp("cli")
    lines = ["image,product_id,title"]
    for number in range(8):
        save(pack_picture(number), root / "catalogue" / f"pack{number}.png")
        lines.append(f"catalogue/pack{number}.png,P{number},Pack number {number}")
    (root / "catalogue.csv").write_text("\n".join(lines), encoding="utf-8")
    queries = ["image,product_id"]
    for number in (2, 5):
        save(phone_photo(number), root / "photos" / f"photo{number}.jpg")
        queries.append(f"photos/photo{number}.jpg,P{number}")
    (root / "queries.csv").write_text("\n".join(queries), encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        cli.main(["index", str(root / "catalogue.csv"), "--store", str(root / "S")])
    assert ended.value.code == 0
    return root


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files that are no photos."""
    folder = tmp_path_factory.mktemp("bad")
    (folder / "corrupt.jpg").write_bytes(save(phone_photo(1), folder / "ok.jpg").read_bytes()[:900])
    (folder / "empty.jpg").write_bytes(b"")
    (folder / "text.jpg").write_text("not a picture")
    (folder / "folder.jpg").mkdir()

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 60000, 60000, 1, 0, 0, 0, 0))
    (folder / "bomb.png").write_bytes(
        b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(10**6)))
        + chunk(b"IEND", b"")
    )  # fmt: skip
    return folder


def test_search_json_has_the_agreed_form(
    catalogue: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photos = [catalogue / "photos" / f"photo{n}.jpg" for n in (2, 5)]
    code, out, err = call(capsys, "search", *photos, "--store", catalogue / "S", "--json")
    document = json.loads(out)
    assert (code, err) == (0, "")
    assert [entry["query"] for entry in document] == [str(photo) for photo in photos]
    assert [entry["hits"][0]["product_id"] for entry in document] == ["P2", "P5"]
    first = document[0]
    assert set(first["timings_ms"]) == {"open", "describe", "rank", "rerank", "total"}
    assert first["verdict"] in ("match", "unsure", "no match")
    assert first["method"]["sources"] == ["deep", "local", "words"]
    assert first["method"]["rerank"] == "hybrid"
    assert len(first["hits"]) == 7
    hit = first["hits"][0]
    assert (hit["rank"], hit["title"]) == (1, "Pack number 2")
    assert hit["image"] == str(catalogue / "catalogue" / "pack2.png")
    assert {"score", "distance", "matches", "inliers", "words", "confidence"} <= set(hit)
    scores = [hit["score"] for hit in first["hits"]]
    assert scores == sorted(scores, reverse=True)


def test_search_by_ones_own_thresholds(catalogue: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_of = ("search", catalogue / "photos" / "photo2.jpg", "--store", catalogue / "S")
    code, out, _ = call(
        capsys, *call_of, "--json", "--match-from", "0.001", "--no-match-below", "0"
    )
    (answer,) = json.loads(out)
    sure = [hit["confidence"] for hit in answer["hits"]]
    assert (code, answer["verdict"]) == (0, "match")
    assert sum(sure) <= 1
    assert sure == sorted(sure, reverse=True)
    code, out, _ = call(capsys, *call_of, "--match-from", "1", "--no-match-below", "0.9999")
    assert (code, "no match" in out, " %" in out) == (0, True, True)
    code, out, err = call(capsys, *call_of, "--match-from", "0.2", "--no-match-below", "0.9")
    assert (code, out) == (1, "")
    assert "20% on and no match below 90% do not go together" in " ".join(err.split())


def test_search_by_every_choice_finds_the_product(
    catalogue: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo, store = catalogue / "photos" / "photo2.jpg", catalogue / "S"
    for options in (
        ("--pooling", "mac", "--metric", "cosine", "--rerank", "none"),
        ("--pooling", "ra-mac", "--metric", "l2", "--rerank", "sift", "--sources", "deep"),
        ("--pooling", "spoc", "--metric", "cosine", "--ranker", "hnsw"),
    ):
        code, out, _ = call(capsys, "search", photo, "--store", store, "--json", *options)
        (entry,) = json.loads(out)
        assert code == 0
        assert "P2" in [hit["product_id"] for hit in entry["hits"]]
        assert entry["method"]["pooling"] == options[1]
        assert (entry["hits"][0]["matches"] is None) == (entry["method"]["rerank"] == "none")


def test_search_in_words_and_as_a_sheet(
    catalogue: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    from PIL import Image

    photo, sheet = catalogue / "photos" / "photo5.jpg", tmp_path / "sheet.png"
    code, out, _ = call(capsys, "search", photo, "--store", catalogue / "S", "--sheet", sheet)
    assert code == 0
    assert "Pack number 5" in out
    with Image.open(sheet) as picture:
        assert picture.width > picture.height
    code, _, err = call(
        capsys, "search", photo, "--store", catalogue / "S", "--sheet", tmp_path / "no" / "x.png"
    )
    assert code == 1
    assert "cannot be written: there is no folder" in err


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("corrupt.jpg", "damaged"),
        ("empty.jpg", "is empty"),
        ("bomb.png", "60000 x 60000"),
        ("text.jpg", "is not a"),
        ("folder.jpg", "is a folder"),
        ("missing.jpg", "does not exist"),
    ],
)
def test_a_photo_that_is_none_is_one_clear_line(
    catalogue: Path, bad: Path, name: str, said: str
) -> None:
    ended = run("search", "--json", bad / name, "--store", catalogue / "S")
    assert (ended.returncode, ended.stdout) == (1, "")
    (line,) = ended.stderr.splitlines()
    assert said in line
    assert name in line


def test_a_store_that_is_none_is_one_clear_line(catalogue: Path, bad: Path) -> None:
    photo = catalogue / "photos" / "photo2.jpg"
    for folder in (bad, bad / "nowhere"):
        ended = run("search", "--json", photo, "--store", folder)
        assert (ended.returncode, ended.stdout) == (1, "")
        (line,) = ended.stderr.splitlines()
        assert "is not a BeautyFinder catalogue store" in line


def test_good_photos_are_answered_beside_bad_ones(
    catalogue: Path, bad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = catalogue / "photos" / "photo2.jpg"
    code, out, err = call(
        capsys, "search", bad / "text.jpg", good, "--store", catalogue / "S", "--json"
    )
    assert code == 1
    assert [entry["query"] for entry in json.loads(out)] == [str(good)]
    assert len(err.splitlines()) == 1


def test_what_the_store_lacks_is_said(catalogue: Path, capsys: pytest.CaptureFixture[str]) -> None:
    photo = catalogue / "photos" / "photo2.jpg"
    code, out, err = call(
        capsys, "search", photo, "--store", catalogue / "S", "--backbone", "senet154"
    )
    assert (code, out) == (1, "")
    assert "has no descriptors of senet154" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "--store", "S"),
        ("search", "x.jpg"),
        ("search", "x.jpg", "--store", "S", "--metric", "l3"),
        ("index", "x", "--store", "S", "--pooling", "mean"),
        ("store", "remove", "S"),
        ("serach",),
        ("backbones", "download", "alexnet"),
    ],
)
def test_wrong_usage_ends_with_2(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = call(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err


def test_index_reports_unreadable_files_and_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save(pack_picture(1), tmp_path / "c" / "one.png")
    (tmp_path / "c" / "broken.jpg").write_bytes(b"\xff\xd8\xff")
    code, out, _ = call(capsys, "index", tmp_path / "c", "--store", tmp_path / "S", "--json")
    report = json.loads(out)
    assert (code, report["added"]) == (0, 1)
    assert [Path(f["path"]).name for f in report["failed"]] == ["broken.jpg"]
    code, out, _ = call(capsys, "store", "info", tmp_path / "S", "--json")
    info = json.loads(out)
    assert (info["images"], info["products"], info["errors"]) == (1, 1, 1)
    assert (info["local_features"], info["words"], info["format"]) == (1, 1, 1)
    assert [d["pooling"] for d in info["descriptors"]] == ["mac", "spoc", "r-mac", "ra-mac"]
    assert info["descriptors"][0] | {"pooling": ""} == {
        "backbone": "efficientnet-lite0", "pooling": "", "dimensions": 1280,
    }  # fmt: skip


def test_store_add_remove_check_and_compact(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(3):
        save(pack_picture(number), tmp_path / "a" / f"{number}.png")
    extra = save(pack_picture(9), tmp_path / "b" / "extra.png")
    store = tmp_path / "S"
    call(capsys, "index", tmp_path / "a", "--store", store, "--pooling", "mac,r-mac")
    assert call(capsys, "store", "add", store, tmp_path / "b")[0] == 0
    _, out, _ = call(capsys, "store", "info", store, "--json")
    assert json.loads(out)["images"] == 4
    assert (
        call(capsys, "store", "check", store)[1].strip() == "4 pictures checked: nothing is wrong."
    )
    extra.unlink()
    code, out, _ = call(capsys, "store", "check", store)
    assert code == 0
    assert "vanished file: extra.png" in out
    assert json.loads(call(capsys, "store", "remove", store, "--vanished", "--json")[1]) == {
        "removed": 1,
        "image_ids": ["extra.png"],
    }
    code, _, err = call(capsys, "store", "remove", store, "nothing.png")
    assert code == 1
    assert "nothing was removed" in err
    assert call(capsys, "store", "remove", store, "0.png")[0] == 0
    assert call(capsys, "store", "compact", store)[0] == 0
    assert json.loads(call(capsys, "store", "info", store, "--json")[1])["images"] == 2


def test_evaluate_json_has_the_agreed_form(
    catalogue: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = call(
        capsys, "evaluate", "--store", catalogue / "S", "--queries", catalogue / "queries.csv",
        "--rerank", "none", "--rerank", "sift", "--pooling", "mac,r-mac", "--json",
    )  # fmt: skip
    document = json.loads(out)
    assert code == 0
    assert (document["queries"], document["catalogue_images"]) == (2, 8)
    cells = [(row["pooling"], row["rerank"]) for row in document["rows"]]
    assert cells == [("mac", "none"), ("mac", "sift"), ("r-mac", "none"), ("r-mac", "sift")]
    for row in document["rows"]:
        assert {"backbone", "metric", "sources", "map7_challenge", "ms_per_query"} <= set(row)
        assert row["shortlist_recall"] == 1.0
    assert [row["map7"] for row in document["rows"] if row["rerank"] == "sift"] == [1.0, 1.0]


def test_evaluate_grid_in_words(catalogue: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(
        capsys, "evaluate", "--store", catalogue / "S", "--queries", catalogue / "queries.csv",
        "--grid",
    )  # fmt: skip
    assert code == 0
    assert out.count("efficientnet-lite0") == 4 * 3 * 4
    assert "2 queries, 8 catalogue pictures" in out


def test_backbones_list(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "backbones", "list")
    assert code == 0
    for name in ("efficientnet-lite0", "senet154", "resnext101_64x4d", "vgg16"):
        assert name in out
    assert "embedded" in out
    code, _, err = call(capsys, "backbones", "download", "resnext101_32x4d")
    assert code == 1
    assert "import" in err


def test_a_fault_of_ours_is_one_line_and_a_log(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from beautyfinder import faults
    from beautyfinder.store.store import FeatureStore

    def fail(*_: object) -> None:
        raise ZeroDivisionError("made by a test")

    monkeypatch.setattr(FeatureStore, "open", fail)
    monkeypatch.setattr(faults, "log_folder", lambda: tmp_path)
    code, _, err = call(capsys, "store", "info", "S")
    assert code == cli.INTERNAL
    assert "made by a test" in err
    assert len(err.splitlines()) == 1
    assert "Traceback" in (tmp_path / "fault.log").read_text()


def test_help_and_version_need_no_heavy_library() -> None:
    code = (
        "import sys\nfrom beautyfinder import cli\n"
        "try: cli.main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'torch', 'cv2', 'lance', 'PySide6', 'numpy', 'hnswlib'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60, stdout=subprocess.DEVNULL)


def test_store_add_reads_words_where_the_store_has_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, name in enumerate(("a", "b", "c")):
        save(pack_picture(number), tmp_path / name / f"{name}.png")

    def words() -> int:
        _, out, _ = call(capsys, "store", "info", tmp_path / "S", "--json")
        return int(json.loads(out)["words"])

    arguments = ("--store", tmp_path / "S", "--pooling", "mac")
    call(capsys, "index", tmp_path / "a", *arguments, "--no-text")
    call(capsys, "store", "add", tmp_path / "S", tmp_path / "b")
    assert words() == 0
    call(capsys, "index", tmp_path / "a", *arguments)
    assert words() == 1
    call(capsys, "store", "add", tmp_path / "S", tmp_path / "c")
    assert words() == 2


def test_first_interrupt_stops_after_committing(tmp_path: Path) -> None:
    import signal
    import time

    for number in range(40):
        save(pack_picture(number), tmp_path / "c" / f"{number}.png")
    started = subprocess.Popen(
        [sys.executable, "-m", "beautyfinder", "index", str(tmp_path / "c"),
         "--no-text", "--store", str(tmp_path / "S")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=os.environ | {"COLUMNS": "200"},
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not (tmp_path / "S" / "catalogue.lance" / "_versions").is_dir():
        assert time.monotonic() < deadline
        assert started.poll() is None
        time.sleep(0.005)
    started.send_signal(signal.SIGINT)
    _, err = started.communicate(timeout=60)
    assert started.returncode == cli.INTERRUPTED
    assert "Run the same command again to go on" in err
    assert "Traceback" not in err
    ended = run("index", tmp_path / "c", "--no-text", "--store", tmp_path / "S", "--json")
    report = json.loads(ended.stdout)
    assert report["added"] + report["unchanged"] == 40


def test_index_goes_on_with_the_poolings_of_the_store(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save(pack_picture(1), tmp_path / "c" / "one.png")
    store = tmp_path / "S"
    call(capsys, "index", tmp_path / "c", "--store", store, "--pooling", "mac")
    save(pack_picture(2), tmp_path / "c" / "two.png")
    _, out, _ = call(capsys, "index", tmp_path / "c", "--store", store, "--json")
    report = json.loads(out)
    assert (report["added"], report["updated"], report["unchanged"]) == (1, 0, 1)
    _, out, _ = call(capsys, "store", "info", store, "--json")
    assert [d["pooling"] for d in json.loads(out)["descriptors"]] == ["mac"]


def test_a_damaged_store_is_one_clear_line(
    catalogue: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(catalogue / "S", tmp_path / "S")
    for file in (tmp_path / "S" / "catalogue.lance" / "data").iterdir():
        file.write_bytes(file.read_bytes()[:100])
    photo = catalogue / "photos" / "photo2.jpg"
    for command in (
        ("search", "--json", photo, "--store", tmp_path / "S"),
        ("store", "info", tmp_path / "S"),
        ("store", "check", tmp_path / "S"),
        ("index", catalogue / "catalogue.csv", "--store", tmp_path / "S"),
    ):
        code, _, err = call(capsys, *command)
        assert code == 1
        (line,) = [line for line in err.splitlines() if line.startswith("beautyfinder")]
        assert "is damaged" in line


def test_a_backbone_alone_takes_a_pooling_that_the_store_has(
    catalogue: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "S"
    call(capsys, "index", catalogue / "catalogue.csv", "--store", store, "--pooling", "spoc")
    code, out, _ = call(
        capsys, "search", catalogue / "photos" / "photo2.jpg", "--store", store, "--json",
        "--backbone", "efficientnet-lite0",
    )  # fmt: skip
    assert code == 0
    assert json.loads(out)[0]["method"]["pooling"] == "spoc"


def test_store_add_to_an_empty_store_indexes_by_default(
    catalogue: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from beautyfinder.store.store import FeatureStore

    FeatureStore.open_or_create(tmp_path / "S")
    code, out, _ = call(
        capsys, "store", "add", tmp_path / "S", catalogue / "catalogue.csv", "--json"
    )
    assert (code, json.loads(out)["added"]) == (0, 8)
    code, _, err = call(capsys, "index", catalogue, "--store", catalogue / "queries.csv")
    assert code == 1
    assert "is a file" in err


def test_a_store_without_a_readable_picture_says_so(
    catalogue: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "broken.jpg").write_bytes(b"\xff\xd8\xff")
    call(capsys, "index", tmp_path / "c", "--store", tmp_path / "S")
    code, out, err = call(
        capsys, "search", catalogue / "photos" / "photo2.jpg", "--store", tmp_path / "S",
        "--rerank", "none",
    )  # fmt: skip
    assert (code, out) == (1, "")
    assert "no picture that could be read" in err


def test_evaluate_leaves_unreadable_photos_out(
    catalogue: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "torn.jpg").write_bytes(b"\xff\xd8\xff")
    good = catalogue / "photos" / "photo2.jpg"
    (tmp_path / "q.csv").write_text(f"image,product_id\ntorn.jpg,P1\n{good},P2\n")
    code, out, err = call(
        capsys, "evaluate", "--store", catalogue / "S", "--queries", tmp_path / "q.csv", "--json"
    )
    assert code == 0
    assert json.loads(out)["queries"] == 1
    assert "torn.jpg" in err
