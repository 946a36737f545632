"""An evaluation as records: the rows of `--json` and of the CSV, the same figures in both."""

from __future__ import annotations

import csv
import io
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from beautyfinder.errors import UserError
from beautyfinder.evaluation.evaluate import Evaluation
from beautyfinder.evaluation.paper_tables import paper_map7


def document(evaluation: Evaluation) -> dict[str, Any]:
    """What `evaluate --json` prints; `paper_map7` is null where the paper has no such cell."""
    return {
        "queries": evaluation.queries,
        "catalogue_images": evaluation.catalogue_images,
        "seconds": round(evaluation.seconds, 2),
        "rows": [
            {
                "backbone": row.method.backbone,
                "pooling": row.method.pooling,
                "metric": row.method.metric,
                "sources": list(row.method.sources),
                "rerank": row.method.rerank,
                "map7": row.map7,
                "map7_challenge": row.map7_challenge,
                "map7_interval": list(row.interval),
                "top1": row.top1,
                "shortlist_recall": row.shortlist_recall,
                "ms_per_query": row.ms_per_query,
                "paper_map7": paper_map7(row.method),
            }
            for row in evaluation.rows
        ],
    }


def csv_text(evaluation: Evaluation) -> str:
    """The rows of `document` as CSV: sources joined by "+", the interval in two columns."""
    lines = []
    for row in document(evaluation)["rows"]:
        low, high = row.pop("map7_interval")
        row["sources"] = "+".join(row["sources"])
        lines.append(row | {"map7_low": low, "map7_high": high})
    text = io.StringIO()
    table = csv.DictWriter(text, list(lines[0]) if lines else ["backbone"])
    table.writeheader()
    table.writerows(lines)
    return text.getvalue()


def write_whole(path: Path, text: str) -> None:
    """Write `path` in one step: whole, or not at all. Raises UserError where that cannot be."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="")
        os.replace(part, path)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise UserError(
            f"{path} cannot be written: {error.strerror}. Choose another place."
        ) from error


def check_writable(path: Path) -> None:
    """Raises UserError at once where `path` could not be written after an hour's work."""
    if path.is_dir():
        raise UserError(f"{path} cannot be written: it is a folder. Choose another name.")
    if not path.absolute().parent.is_dir():
        raise UserError(
            f"{path} cannot be written: there is no folder {path.absolute().parent}. Choose "
            "another place."
        )
    probe = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise UserError(
            f"{path} cannot be written: {error.strerror}. Choose another place."
        ) from error
