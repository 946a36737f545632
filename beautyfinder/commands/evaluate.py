"""beautyfinder evaluate: how good are methods on photos whose products are known?"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from beautyfinder import console
from beautyfinder.commands.machine import Talk, machine_option, run_machine
from beautyfinder.commands.options import (
    BackboneNames,
    Names,
    chosen_methods,
    device_option,
    json_option,
    method_choices,
    metrics,
    poolings,
    store_option,
)

if TYPE_CHECKING:
    from beautyfinder.evaluation.evaluate import Evaluation
    from beautyfinder.search.method import Method
    from beautyfinder.store.store import FeatureStore


@click.command()
@store_option
@click.option("--queries", required=True, type=click.Path(path_type=Path), metavar="CSV",
              help="image,product_id; or the challenge's own file.")  # fmt: skip
@click.option("--photos", type=click.Path(path_type=Path, exists=True, file_okay=False),
              default=None, metavar="DIR",
              help="Folder of the photos that the CSV names; default: the CSV's.")  # fmt: skip
@click.option("--catalogue", "sources_of_store", multiple=True, metavar="SOURCE",
              type=click.Path(path_type=Path),
              help="Index this folder or CSV first, as far as the store lacks it.")  # fmt: skip
@click.option("--backbone", type=BackboneNames(), default=None, metavar="N,N",
              help="Default: the store's first.")  # fmt: skip
@click.option("--pooling", type=Names(poolings), default=None, metavar="N,N",
              help="Of mac,spoc,r-mac,ra-mac.")  # fmt: skip
@click.option("--metric", type=Names(metrics), default=None, metavar="N,N",
              help="Of cosine,l2,l1.")  # fmt: skip
@click.option("--sources", type=Names(method_choices("sources")), default=None,
              metavar="deep,local,words",
              help="What makes the short-list; default: all that the store has.")  # fmt: skip
@click.option("--rerank", type=Names(method_choices("rerank")), multiple=True,
              metavar="none|sift|verified|hybrid", help="May be given several times.")  # fmt: skip
@click.option("--ranker", type=Names(method_choices("ranker")), default=None,
              metavar="exact|hnsw")  # fmt: skip
@click.option("--grid", is_flag=True,
              help="The paper's grid: every backbone and pooling × metric × re-ranking; "
              "short-lists by deep descriptors, unless --sources says otherwise.")  # fmt: skip
@click.option("--limit", type=click.IntRange(min=1), default=None, metavar="N",
              help="Only N of the queries, evenly spread.")  # fmt: skip
@click.option("--report", type=click.Path(path_type=Path), default=None, metavar="OUT.html",
              help="Write the tables and every query's hits as one web page.")  # fmt: skip
@click.option("--csv", "csv_file", type=click.Path(path_type=Path), default=None,
              metavar="OUT.csv", help="Write the table as CSV.")  # fmt: skip
@device_option
@json_option
@click.option("--results", type=click.Path(path_type=Path, file_okay=False), default=None,
              hidden=True, help="Folder for what the window shows.")  # fmt: skip
@machine_option
def evaluate(
    store_folder: Path,
    queries: Path,
    photos: Path | None,
    sources_of_store: tuple[Path, ...],
    limit: int | None,
    report: Path | None,
    csv_file: Path | None,
    device: str,
    as_json: bool,
    results: Path | None,
    machine: bool,
    **choices: Any,
) -> int:
    """Measure methods on photos whose products are known: mAP@7, top-1, short-list recall."""
    wanted = _Wanted(
        store_folder, queries, photos, limit, device, choices, report, csv_file, results
    )  # fmt: skip
    if machine:
        return run_machine(lambda talk: _run_for(talk, wanted))
    _check_places(wanted)
    _index(store_folder, sources_of_store, device, choices)
    with console.stop_on_interrupt() as stopped, console.progress_bar("Evaluating", "steps") as bar:
        evaluation = _run(wanted, lambda done, total: bar(done, total, ""), stopped)
    if as_json:
        from beautyfinder.evaluation.records import document

        console.say_json(document(evaluation))
    else:
        _say(evaluation)
    for path in (report, csv_file):
        if path is not None:
            size = path.stat().st_size
            console.err.print(f"{path} written ({size / 1e6:.1f} MB).", markup=False)
    return 0


@dataclass(frozen=True)
class _Wanted:
    """What to measure and where to write it; `choices`: the options that choose methods."""

    store_folder: Path
    queries: Path
    photos: Path | None
    limit: int | None
    device: str
    choices: Mapping[str, Any]
    report: Path | None
    csv_file: Path | None
    results: Path | None


def _check_places(wanted: _Wanted) -> None:
    """Before hours of work: are there queries, and can what is wanted be written?"""
    from beautyfinder.evaluation.ground_truth import read_queries
    from beautyfinder.evaluation.records import check_writable

    read_queries(wanted.queries, wanted.photos)
    for path in (wanted.report, wanted.csv_file):
        if path is not None:
            check_writable(path)


def _index(
    store_folder: Path, sources: tuple[Path, ...], device: str, choices: Mapping[str, Any]
) -> None:
    """Bring the store up to `sources`, for each backbone; words only where they are asked for."""
    if not sources:
        return
    from beautyfinder.commands.index import run_index, with_the_stores_columns

    words = "words" in (choices["sources"] or ())
    for backbone in choices["backbone"] or (None,):
        chosen = with_the_stores_columns(store_folder, backbone, choices["pooling"])
        run_index(store_folder, sources, replace(chosen, device=device, text=words))


def _run(
    wanted: _Wanted, progress: Callable[[int, int], None], should_stop: Callable[[], bool]
) -> Evaluation:
    """Measure, and write the files that are wanted; none of them when it is stopped."""
    from beautyfinder.evaluation.evaluate import evaluate as run_evaluation
    from beautyfinder.evaluation.ground_truth import read_queries
    from beautyfinder.search.searcher import Searcher
    from beautyfinder.store.store import FeatureStore

    store = FeatureStore.open(wanted.store_folder)
    labelled = read_queries(wanted.queries, wanted.photos)
    if wanted.limit is not None and wanted.limit < len(labelled):
        step = len(labelled) / wanted.limit
        labelled = [labelled[int(place * step)] for place in range(wanted.limit)]
    methods = _methods(store, wanted.choices)
    evaluation = run_evaluation(
        Searcher(store, wanted.device), labelled, methods, progress, should_stop
    )
    _write(wanted, evaluation, store)
    return evaluation


def _run_for(talk: Talk, wanted: _Wanted) -> dict[str, Any]:
    """For the window: what it shows lies in the folder `results` when this has returned."""
    started = time.perf_counter()
    evaluation = _run(
        wanted, lambda done, total: talk.progress("evaluate", done, total), talk.should_stop
    )
    return {
        "queries": evaluation.queries,
        "rows": len(evaluation.rows),
        "seconds": round(time.perf_counter() - started, 1),
    }


def _methods(store: FeatureStore, choices: Mapping[str, Any]) -> list[Method]:
    """With --grid every backbone of the store, else its recommended method's; as chosen."""
    from beautyfinder.evaluation.paper_tables import PAPER_SOURCES
    from beautyfinder.search.method import RERANKS

    chosen = {name: value for name, value in choices.items() if name != "grid"}
    chosen["rerank"] = tuple(dict.fromkeys(name for names in choices["rerank"] for name in names))
    in_store = tuple(dict.fromkeys(column.backbone for column in store.descriptors))
    usual = in_store if choices["grid"] else (chosen_methods(store, {})[0].backbone,)
    methods = []
    for backbone in chosen["backbone"] or usual:
        of_backbone = chosen | {"backbone": (backbone,)}
        if choices["grid"]:
            poolings = tuple(c.pooling for c in store.descriptors if c.backbone == backbone)
            reranks = RERANKS if store.has_local_features() else RERANKS[:1]
            filled = {"pooling": poolings, "metric": tuple(metrics()), "rerank": reranks,
                      "sources": PAPER_SOURCES}  # fmt: skip
            of_backbone |= {name: chosen[name] or values for name, values in filled.items()}
        methods += chosen_methods(store, of_backbone)
    return methods


def _write(wanted: _Wanted, evaluation: Evaluation, store: FeatureStore) -> None:
    """The files, each whole or not at all."""
    from beautyfinder.evaluation.calibration import calibration_section
    from beautyfinder.evaluation.records import csv_text, document, write_whole
    from beautyfinder.evaluation.report import report_html
    from beautyfinder.evaluation.report_data import as_lines, report_data

    if wanted.csv_file is not None:
        write_whole(wanted.csv_file, csv_text(evaluation))
    if wanted.report is None and wanted.results is None:
        return
    data = report_data(evaluation, store)
    sections = [calibration_section(evaluation.certainties)] if evaluation.certainties else []
    page = report_html(evaluation, data, sections)
    if wanted.report is not None:
        write_whole(wanted.report, page)
    if wanted.results is not None:
        texts = {
            "report.html": page,
            "table.csv": csv_text(evaluation),
            "table.json": json.dumps(document(evaluation), indent=2) + "\n",
            "look.jsonl": as_lines(data),
        }
        for name, text in texts.items():
            write_whole(wanted.results / name, text)


def _say(evaluation: Evaluation) -> None:
    console.out.print(
        f"{evaluation.queries} queries, {evaluation.catalogue_images} catalogue pictures\n"
    )
    console.say_table(
        ("backbone", "pooling", "metric", "sources", "rerank", "mAP@7", "95 %",
         "challenge's", "top-1",
         "in short-list", "ms/query"),
        [
            (row.method.backbone, row.method.pooling, row.method.metric,
             ",".join(row.method.sources), row.method.rerank, f"{row.map7:.4f}",
             f"{row.interval[0]:.3f}–{row.interval[1]:.3f}",
             f"{row.map7_challenge:.4f}", f"{row.top1:.3f}", f"{row.shortlist_recall:.3f}",
             f"{row.ms_per_query:.0f}")
            for row in evaluation.rows
        ],
        ("mAP@7", "challenge's", "top-1", "in short-list", "ms/query"),
    )  # fmt: skip
