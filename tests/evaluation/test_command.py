"""`beautyfinder evaluate` with files: the report, the CSV, the store made on the way."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from beautyfinder import cli
from beautyfinder.commands.evaluate import _methods
from beautyfinder.evaluation import evaluate as evaluating
from beautyfinder.evaluation.look_ups import LookUps
from beautyfinder.search.distances import METRICS
from beautyfinder.store.store import FeatureStore
from tests.conftest import MakeStore, TinyCatalogue


def run(*arguments: str | Path) -> int:
    with pytest.raises(SystemExit) as ended:
        cli.main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


def test_report_csv_and_json_of_one_run(
    tiny_store: FeatureStore, tiny_catalogue: TinyCatalogue, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    code = run(
        "evaluate", "--store", tiny_store.folder, "--queries", tiny_catalogue.queries, "--grid",
        "--limit", "2", "--report", tmp_path / "r.html", "--csv", tmp_path / "r.csv", "--json",
    )  # fmt: skip
    assert code == 0
    printed = capsys.readouterr()
    document = json.loads(printed.out)
    assert document["queries"] == 2
    assert {tuple(row["sources"]) for row in document["rows"]} == {("deep",)}
    with (tmp_path / "r.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [float(line["map7"]) for line in lines] == [row["map7"] for row in document["rows"]]
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert len(lines) == page.count("data-row='") == 48
    assert "r.html written" in printed.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.csv", "r.html"]


def test_a_target_that_cannot_be_written_is_told_before_the_work(
    tiny_store: FeatureStore, tiny_catalogue: TinyCatalogue, tmp_path: Path,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(evaluating, "read_photo", lambda *_: pytest.fail("too early"))
    arguments = ["evaluate", "--store", tiny_store.folder, "--queries", tiny_catalogue.queries]
    assert run(*arguments, "--report", tmp_path / "nowhere" / "r.html") == 1
    assert "there is no folder" in capsys.readouterr().err
    assert run(*arguments, "--csv", tmp_path) == 1
    assert "it is a folder" in capsys.readouterr().err


def test_stopped_in_the_middle_nothing_is_written(
    tiny_store: FeatureStore, tiny_catalogue: TinyCatalogue, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    import signal

    real, asked = LookUps.order, []

    def interrupted(*arguments: object) -> object:
        if not asked:
            signal.raise_signal(signal.SIGINT)
        asked.append(1)
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(LookUps, "order", interrupted)
    code = run(
        "evaluate", "--store", tiny_store.folder, "--queries", tiny_catalogue.queries,
        "--rerank", "none", "--report", tmp_path / "r.html", "--csv", tmp_path / "r.csv",
    )  # fmt: skip
    assert code != 0
    assert len(asked) == 1
    assert list(tmp_path.iterdir()) == []


def test_one_command_from_the_pictures_to_the_report(
    tiny_catalogue: TinyCatalogue, tmp_path: Path
) -> None:
    code = run(
        "evaluate", "--store", tmp_path / "S", "--catalogue", tiny_catalogue.csv,
        "--queries", tiny_catalogue.queries, "--grid", "--pooling", "mac", "--metric", "l2",
        "--rerank", "none,sift", "--limit", "1", "--csv", tmp_path / "r.csv", "--device", "cpu",
    )  # fmt: skip
    assert code == 0
    assert len((tmp_path / "r.csv").read_text(encoding="utf-8").splitlines()) == 1 + 2
    store = FeatureStore.open(tmp_path / "S")
    assert [column.pooling for column in store.descriptors] == ["mac"]
    assert not store.has_words()


def test_grid_of_a_store_without_local_features(make_store: MakeStore) -> None:
    """What cannot be re-ranked is not: the grid has the cells that there can be."""
    store, _ = make_store([np.ones(1280, np.float16)])
    nothing = dict.fromkeys(("backbone", "pooling", "metric", "sources", "ranker"))
    methods = _methods(store, nothing | {"grid": True, "rerank": ()})
    assert [(m.pooling, m.metric, m.sources, m.rerank) for m in methods] == [
        ("mac", metric, ("deep",), "none") for metric in METRICS
    ]
    assert len(_methods(store, nothing | {"grid": False, "rerank": ()})) == 1
