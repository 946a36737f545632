"""beautyfinder search: which products do these photos show?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
from beautyfinder.errors import UserError
from beautyfinder.search.verdict import THRESHOLDS, Thresholds

if TYPE_CHECKING:
    from beautyfinder.search.method import SearchResult


@click.command()
@click.argument("photos", nargs=-1, required=True, metavar="PHOTO...")
@store_option
@click.option("--backbone", type=BackboneNames(), default=None, metavar="N",
              help="Default: the store's first.")  # fmt: skip
@click.option(
    "--pooling", type=Names(poolings), default=None, metavar="mac|spoc|r-mac|ra-mac|gem|cls"
)
@click.option("--metric", type=Names(metrics), default=None, metavar="cosine|l2|l1")
@click.option("--sources", type=Names(method_choices("sources")), default=None,
              metavar="deep,local,words",
              help="What makes the short-list; default: all that the store has.")  # fmt: skip
@click.option("--rerank", type=Names(method_choices("rerank")), default=None,
              metavar="none|sift|verified|hybrid",
              help="sift is the paper's; default: hybrid, or none without SIFT.")  # fmt: skip
@click.option("--ranker", type=Names(method_choices("ranker")), default=None,
              metavar="exact|hnsw", help="hnsw: faster, approximate.")  # fmt: skip
@click.option("--match-from", type=click.FloatRange(0, 1), metavar="P",
              help="Call it a match from this confidence on.  [default: 0.9]")  # fmt: skip
@click.option("--no-match-below", type=click.FloatRange(0, 1), metavar="P",
              help="Say “no match” below this confidence.  [default: 0.1]")  # fmt: skip
@click.option("--top", default=7, show_default=True, type=click.IntRange(1, 100))
@device_option
@json_option
@click.option("--sheet", type=click.Path(path_type=Path), metavar="OUT.png",
              help="Also draw each photo and its hits into a picture.")  # fmt: skip
def search(
    photos: tuple[str, ...],
    store_folder: Path,
    top: int,
    device: str,
    as_json: bool,
    sheet: Path | None,
    match_from: float | None,
    no_match_below: float | None,
    **choices: tuple[str, ...] | None,
) -> int:
    """Find the products in photos: the seven most likely of the catalogue, best first."""
    if sheet is not None and not sheet.absolute().parent.is_dir():
        raise UserError(f"{sheet} cannot be written: there is no folder {sheet.absolute().parent}.")
    thresholds = Thresholds(
        THRESHOLDS.match_from if match_from is None else match_from,
        THRESHOLDS.no_match_below if no_match_below is None else no_match_below,
    )
    from beautyfinder.photo import Photo, read_photo

    unreadable = 0

    def readable() -> Iterator[Photo]:
        """One photo at a time: hundreds of them need not fit into the memory together."""
        nonlocal unreadable
        for path in photos:
            try:
                yield read_photo(path)
            except UserError as error:
                console.say_error(str(error))
                unreadable += 1

    queries = readable()
    first = next(queries, None)  # before the libraries below, which take seconds to load
    if first is None:
        return 1
    from beautyfinder.store.store import FeatureStore

    store = FeatureStore.open(store_folder)
    from beautyfinder.search.searcher import Searcher
    from beautyfinder.search.sheet import SheetRow, draw_sheet, sheet_picture

    searcher = Searcher(store, device)
    method = chosen_methods(store, choices)[0]
    answers: list[dict[str, Any]] = []
    sheet_rows: list[SheetRow] = []
    for photo in chain([first], queries):
        result = searcher.search(photo, method, top=top, thresholds=thresholds)
        answers.append(_as_json(photo.source, result))
        if not as_json:
            _say_result(photo.source, result)
        if sheet is not None:
            sheet_rows.append(SheetRow(photo.source, sheet_picture(photo), result))
    if as_json:
        console.say_json(answers)
    if sheet is not None:
        draw_sheet(sheet_rows, store, sheet)
    return 1 if unreadable else 0


def _as_json(query: str, result: SearchResult) -> dict[str, Any]:
    return {
        "query": query,
        "method": asdict(result.method),
        "timings_ms": {stage: round(ms, 2) for stage, ms in result.timings.items()},
        "verdict": result.verdict,
        "hits": [
            {
                "rank": hit.rank,
                "product_id": hit.image.product_id,
                "image_id": hit.image.image_id,
                "image": hit.image.path,
                "title": hit.image.title,
                "score": hit.score,
                "distance": hit.distance,
                "matches": hit.matches,
                "inliers": hit.inliers,
                "words": list(hit.words),
                "confidence": hit.confidence,
            }
            for hit in result.hits
        ],
    }


def _say_result(query: str, result: SearchResult) -> None:
    from beautyfinder.search.method import sure_words

    total = result.timings["total"]
    console.out.print(f"{query}: {result.verdict} ({total:.0f} ms)", markup=False)
    titled = any(hit.image.title for hit in result.hits)
    verified = any(hit.inliers is not None for hit in result.hits)
    worded = any(hit.words for hit in result.hits)
    sure = any(hit.confidence is not None for hit in result.hits)
    console.say_table(
        ("", "product", "title" if titled else "", "sure" if sure else "", "score", "matches",
         "inliers" if verified else "", "words" if worded else ""),
        [
            (str(hit.rank), hit.image.product_id, hit.image.title, sure_words(hit),
             f"{hit.score:.3f}",
             "" if hit.matches is None else str(hit.matches),
             "" if hit.inliers is None else str(hit.inliers), " ".join(hit.words))
            for hit in result.hits
        ],
        ("", "sure", "score", "matches", "inliers"),
    )  # fmt: skip
