"""beautyfinder evaluate: how good are methods on photos whose products are known?"""

from __future__ import annotations

from pathlib import Path

import click

from beautyfinder import console
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


@click.command()
@store_option
@click.option("--queries", required=True, type=click.Path(path_type=Path), metavar="CSV",
              help="image,product_id; or the challenge's own file.")  # fmt: skip
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
@click.option("--grid", is_flag=True, help="Every pooling of the store × metric × re-ranking.")
@device_option
@json_option
def evaluate(
    store_folder: Path,
    queries: Path,
    rerank: tuple[tuple[str, ...], ...],
    grid: bool,
    device: str,
    as_json: bool,
    **choices: tuple[str, ...] | None,
) -> int:
    """Measure methods on photos whose products are known: mAP@7, top-1, short-list recall."""
    from beautyfinder.evaluation.ground_truth import read_queries
    from beautyfinder.search.method import RERANKS
    from beautyfinder.store.store import FeatureStore

    store = FeatureStore.open(store_folder)
    labelled = read_queries(queries)
    from beautyfinder.evaluation.evaluate import evaluate as run_evaluation
    from beautyfinder.search.searcher import Searcher

    choices["rerank"] = tuple(dict.fromkeys(name for names in rerank for name in names)) or None
    methods = []
    for backbone in choices["backbone"] or (chosen_methods(store, {})[0].backbone,):
        of_backbone = choices | {"backbone": (backbone,)}
        if grid:
            in_store = tuple(c.pooling for c in store.descriptors if c.backbone == backbone)
            filled = {"pooling": in_store, "metric": tuple(metrics()), "rerank": RERANKS}
            of_backbone |= {name: choices[name] or values for name, values in filled.items()}
        methods += chosen_methods(store, of_backbone)
    searcher = Searcher(store, device)
    with console.stop_on_interrupt() as stopped, console.progress_bar("Evaluating", "steps") as bar:
        result = run_evaluation(
            searcher, labelled, methods, lambda done, total: bar(done, total, ""), stopped
        )
    rows = [
        {
            **{name: getattr(row.method, name) for name in ("backbone", "pooling", "metric")},
            "sources": list(row.method.sources),
            "rerank": row.method.rerank,
            "map7": row.map7,
            "map7_challenge": row.map7_challenge,
            "map7_interval": list(row.interval),
            "top1": row.top1,
            "shortlist_recall": row.shortlist_recall,
            "ms_per_query": row.ms_per_query,
        }
        for row in result.rows
    ]
    if as_json:
        console.say_json({"queries": result.queries, "catalogue_images": result.catalogue_images,
                          "rows": rows})  # fmt: skip
        return 0
    console.out.print(f"{result.queries} queries, {result.catalogue_images} catalogue pictures\n")
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
            for row in result.rows
        ],
        ("mAP@7", "challenge's", "top-1", "in short-list", "ms/query"),
    )  # fmt: skip
    return 0
