"""Weights of timm's networks: downloaded from a hub of our own, imported, used by the commands."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import torch

from beautyfinder import cli
from beautyfinder.errors import Cancelled, UserError
from beautyfinder.features.weights import download_weights, find_weights, load_network
from beautyfinder.features.weights_status import weights_status
from beautyfinder.store.store import FeatureStore
from tests.pictures import pack_picture, phone_photo, save

timm = pytest.importorskip("timm")
hub = pytest.importorskip("huggingface_hub")
safetensors_torch = pytest.importorskip("safetensors.torch")

NAME = "timm:test_vit.r160_in1k"
STEM = "timm-test_vit-r160_in1k"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BEAUTYFINDER_WEIGHTS", str(tmp_path / "weights"))
    monkeypatch.setenv("no_proxy", "*")
    return tmp_path / "weights"


def weights_file(path: Path, seed: int = 7, name: str = "test_vit") -> Path:
    torch.manual_seed(seed)
    safetensors_torch.save_file(timm.create_model(name).state_dict(), path)
    return path


def call(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        cli.main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return int(ended.value.code or 0), captured.out, captured.err


# Downloading


class Hub(BaseHTTPRequestHandler):
    """A hub with the files of one repository."""

    files: dict[str, bytes]

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        if (data := self.answer()) is not None:
            self.wfile.write(data)

    def answer(self) -> bytes | None:
        data = self.files.get(self.path.removeprefix("/timm/test_vit.r160_in1k/resolve/main/"))
        self.send_response(404 if data is None else 200)
        if data is None:
            self.send_header("X-Error-Code", "EntryNotFound")
        self.send_header("Content-Length", str(len(data or b"")))
        self.send_header("ETag", f'"{hashlib.sha256(data or b"").hexdigest()}"')
        self.send_header("X-Repo-Commit", "0" * 40)
        self.end_headers()
        return data

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[dict[str, bytes]]:
    """What the hub has; it answers on 127.0.0.1."""
    handler = type("Handler", (Hub,), {"files": {}})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    mine, real = f"http://127.0.0.1:{server.server_port}", hub.constants.ENDPOINT
    template = hub.constants.HUGGINGFACE_CO_URL_TEMPLATE.replace(real, mine)
    monkeypatch.setattr(hub.constants, "ENDPOINT", mine)
    monkeypatch.setattr(hub.constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
    yield handler.files  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()
    thread.join()


def test_download(folder: Path, tmp_path: Path, files: dict[str, bytes]) -> None:
    data = weights_file(tmp_path / "w.safetensors").read_bytes()
    files["model.safetensors"] = data
    told: list[tuple[int, int | None]] = []
    got = download_weights("timm:test_vit", progress=lambda *now: told.append(now))
    assert (got.name, got.verified, got.bytes) == (NAME, True, len(data))
    assert got.path.name == f"{STEM}-{hashlib.sha256(data).hexdigest()[:8]}.safetensors"
    assert got.path.read_bytes() == data  # as the hub has it: the same sum on every machine
    assert told[-1] == (len(data), len(data))
    kept = {path.name for path in folder.iterdir()}
    assert kept == {got.path.name, f"{STEM}.json", f"{STEM}.lock"}
    files.clear()
    assert download_weights("timm:test_vit") == got
    assert load_network("timm:test_vit")[1] == got.sha256


def test_download_of_the_older_form(folder: Path, tmp_path: Path, files: dict[str, bytes]) -> None:
    torch.manual_seed(7)
    torch.save(timm.create_model("test_vit").state_dict(), tmp_path / "w.bin")
    files["pytorch_model.bin"] = (tmp_path / "w.bin").read_bytes()
    assert download_weights(NAME).path.suffix == ".pth"


def test_download_that_is_stopped(folder: Path, tmp_path: Path, files: dict[str, bytes]) -> None:
    files["model.safetensors"] = weights_file(tmp_path / "w.safetensors").read_bytes()
    asked = iter([False, False])
    with pytest.raises(Cancelled):
        download_weights(NAME, should_stop=lambda: next(asked, True))
    assert find_weights(NAME) is None


@pytest.mark.parametrize("content", [None, b"nonsense"])
def test_download_that_fails(
    folder: Path, files: dict[str, bytes], content: bytes | None, capsys: Any
) -> None:
    if content is not None:
        files["model.safetensors"] = content
    code, out, err = call(capsys, "backbones", "download", "timm:test_vit")
    assert (code, out) == (1, "")
    said = "could not be downloaded" if content is None else "not a file of weights"
    assert said in err
    if content is None:
        assert f"backbones import {NAME} FILE --unverified" in err.replace("\n", " ")
    assert "Traceback" not in err
    assert find_weights(NAME) is None


def test_download_without_network(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def unreachable(*_: Any, **__: Any) -> str:
        raise hub.errors.LocalEntryNotFoundError("Please check your connection")

    monkeypatch.setattr(hub, "hf_hub_download", unreachable)
    code, out, err = call(capsys, "backbones", "download", "timm:test_vit")
    assert (code, out) == (1, "")
    assert err.count("could not be downloaded (the hub cannot be reached): try again") == 1


def test_network_that_timm_has_no_weights_of(folder: Path) -> None:
    with pytest.raises(UserError, match="timm offers none, so run: beautyfinder backbones import"):
        download_weights("timm:test_maxvit")


def test_missing_weights_say_what_to_do(folder: Path) -> None:
    with pytest.raises(UserError, match=f"run: beautyfinder backbones download {NAME}"):
        load_network("timm:test_vit")


# Importing, and the rest of the chain


def test_import(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> None:
    file = weights_file(tmp_path / "mine.safetensors")
    code, _, err = call(capsys, "backbones", "import", "timm:test_vit", file)
    assert code == 1
    assert "import it with --unverified" in err
    code, out, _ = call(capsys, "backbones", "import", "timm:test_vit", file, "--unverified")
    assert code == 0
    assert f"{STEM}-" in out.replace("\n", "")
    # The list asks timm nothing: it may be gone.
    monkeypatch.setattr("beautyfinder.features.timm_backbones._timm", pytest.fail)
    row = weights_status()[-1]
    assert (row.name, row.state, row.channels) == (NAME, "present", 64)
    assert row.on_disk is not None
    assert not row.on_disk.verified
    code, out, _ = call(capsys, "backbones", "list")
    assert code == 0
    assert "as timm:NAME." in out.replace("\n", " ")
    row.on_disk.path.write_bytes(b"changed")
    assert weights_status()[-1].state == "damaged"
    row.on_disk.path.unlink()
    assert not any(row.name.startswith("timm:") for row in weights_status())


def test_names_of_files_are_fit_for_windows(folder: Path, tmp_path: Path) -> None:
    import_ = ("backbones", "import", "timm:test_vit", "--unverified")
    with pytest.raises(SystemExit):
        cli.main([*import_, str(weights_file(tmp_path / "w.safetensors"))])
    assert not any(":" in path.name for path in folder.rglob("*"))


def test_a_catalogue_from_end_to_end(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(4):
        save(pack_picture(number)[:, : 160 - 20 * number], tmp_path / "shop" / f"{number}.png")
    photo = save(phone_photo(2)[30:-30], tmp_path / "photo.jpg")
    same = tmp_path / "shop" / "1.png"
    store = tmp_path / "S"
    file = weights_file(tmp_path / "w.safetensors")
    import_ = ("backbones", "import", "timm:test_vit", "--unverified")
    assert call(capsys, *import_, file)[0] == 0

    arguments = ("index", tmp_path / "shop", "--store", store, "--no-text")
    assert call(capsys, *arguments, "--backbone", "timm:test_vit")[0] == 0
    assert call(capsys, *arguments, "--pooling", "gem")[0] == 0  # of the store's backbone
    _, out, _ = call(capsys, "store", "info", store, "--json")
    poolings = ["mac", "spoc", "r-mac", "ra-mac", "cls", "gem"]
    assert json.loads(out)["descriptors"] == [
        {"backbone": NAME, "pooling": name, "dimensions": 64} for name in poolings
    ]
    assert [c.name for c in FeatureStore.open(store).descriptors][4] == f"descriptor_{STEM}_cls"
    assert call(capsys, "store", "check", store)[0] == 0
    assert call(capsys, "store", "compact", store)[0] == 0

    # The very picture is nearest, by every pooling, exactly and by HNSW.
    for pooling in poolings:
        for ranker in ("exact", "hnsw"):
            code, out, _ = call(
                capsys, "search", same, "--store", store, "--backbone", "timm:test_vit",
                "--pooling", pooling, "--ranker", ranker, "--sources", "deep", "--rerank", "none",
                "--json",
            )  # fmt: skip
            assert code == 0
            best = json.loads(out)[0]["hits"][0]
            assert Path(best["image"]).name == "1.png"
            assert best["distance"] == pytest.approx(0, abs=2e-3)
    assert call(capsys, "search", photo, "--store", store, "--json")[0] == 0  # the recommended
    assert not any(":" in path.name for path in store.rglob("*"))

    queries = tmp_path / "queries.csv"
    queries.write_text("image,product_id\nshop/1.png,1\n", encoding="utf-8")
    code, out, _ = call(
        capsys, "evaluate", "--store", store, "--queries", queries, "--backbone", "timm:test_vit",
        "--grid", "--rerank", "none", "--json",
    )  # fmt: skip
    assert code == 0
    rows = json.loads(out)["rows"]
    assert len(rows) == len(poolings) * 3
    assert {row["backbone"] for row in rows} == {NAME}

    # Other weights would give nonsense.
    assert call(capsys, *import_, weights_file(tmp_path / "o.safetensors", seed=8))[0] == 0
    code, out, err = call(capsys, "search", same, "--store", store)
    assert (code, out) == (1, "")
    assert f"described with other weights of {NAME}" in err.replace("\n", " ")
    code, out, err = call(capsys, *arguments, "--backbone", "timm:test_vit")
    assert code == 1
    assert "do not fit" in err


def test_a_store_with_the_class_token_alone(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = save(pack_picture(1), tmp_path / "shop" / "1.png")
    file = weights_file(tmp_path / "w.safetensors")
    store = tmp_path / "S"
    call(capsys, "backbones", "import", NAME, file, "--unverified")
    options = ("--backbone", NAME, "--pooling", "cls", "--no-text", "--no-local-features")
    assert call(capsys, "index", tmp_path / "shop", "--store", store, *options)[0] == 0
    code, out, _ = call(capsys, "search", picture, "--store", store, "--json")
    assert code == 0
    assert json.loads(out)[0]["method"]["pooling"] == "cls"


def test_the_class_token_of_the_default_network_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save(pack_picture(1), tmp_path / "shop" / "1.png")
    code, out, err = call(
        capsys, "index", tmp_path / "shop", "--store", tmp_path / "S", "--pooling", "cls"
    )
    assert (code, out) == (1, "")
    assert "efficientnet-lite0 has no class token" in err
