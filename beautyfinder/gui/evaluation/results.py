"""What an evaluation found, as its child process wrote it down for the window."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beautyfinder.errors import Cancelled, UserError
from beautyfinder.gui.evaluation.names import POOLINGS

RERANK_NONE = "none"


@dataclass(frozen=True)
class Cell:
    """One method and what it reaches; `paper`: the paper's figure of the same cell."""

    backbone: str
    pooling: str
    metric: str
    sources: tuple[str, ...]
    rerank: str
    map7: float
    low: float
    high: float
    challenge: float
    top1: float
    recall: float
    milliseconds: float
    paper: float | None


@dataclass(frozen=True)
class Strip:
    """The best seven of one method: numbers of pictures, whether each is right, AP@7 times GTP."""

    pictures: tuple[int, ...]
    hits: tuple[bool, ...]
    precisions: float


@dataclass(frozen=True)
class Asked:
    """One photo: the number of its picture, how many right answers there are, a strip a cell."""

    name: str
    picture: int
    right: int
    answers: tuple[int, ...]


@dataclass(frozen=True)
class Picture:
    """What is shown of a picture; `jpeg` in base64, empty where there is none."""

    name: str
    jpeg: str


@dataclass(frozen=True, eq=False)
class Results:
    """One evaluation; `folder` holds its report and tables, ready to be saved elsewhere."""

    folder: Path
    catalogue: str
    images: int
    seconds: float
    cells: tuple[Cell, ...]
    asked: tuple[Asked, ...]
    strips: tuple[Strip, ...]
    pictures: tuple[Picture, ...]

    def strip(self, query: int, cell: int) -> Strip:
        """What that method found of that photo."""
        return self.strips[self.asked[query].answers[cell]]

    def precision(self, query: int, cell: int) -> float:
        """AP@7 of that photo by that method."""
        return self.strip(query, cell).precisions / self.asked[query].right

    def best(self) -> int:
        """The cell with the greatest mAP@7, the first of equal ones."""
        return max(range(len(self.cells)), key=lambda number: self.cells[number].map7)

    def without_reranking(self, cell: int) -> int | None:
        """The same method with rerank "none", where it was measured."""
        wanted = _apart_from_rerank(self.cells[cell])
        return next(
            (number for number, one in enumerate(self.cells)
             if one.rerank == RERANK_NONE and _apart_from_rerank(one) == wanted), None,
        )  # fmt: skip

    def compared(self, cell: int) -> list[int]:
        """The cells shown beside that one, as in the paper's Table 5: all poolings, re-rankings."""
        one = self.cells[cell]
        together = [
            number for number, other in enumerate(self.cells)
            if (other.backbone, other.metric, other.sources)
            == (one.backbone, one.metric, one.sources)
        ]  # fmt: skip
        return sorted(together, key=lambda number: _paper_order(self.cells[number].pooling))


def read_results(folder: Path, should_stop: Callable[[], bool] = lambda: False) -> Results:
    """What the child wrote into `folder`. Raises UserError, and Cancelled when asked to stop."""
    figures: dict[str, Any] = {}
    strips, asked, pictures = [], [], []
    try:
        with (folder / "look.jsonl").open(encoding="utf-8") as file:
            for line in file:
                if should_stop():
                    raise Cancelled("The results are no longer wanted.")
                ((what, one),) = json.loads(line).items()
                if what == "figures":
                    figures = one
                elif what == "strip":
                    hits = tuple(hit == "1" for hit in one["hits"])
                    strips.append(Strip(tuple(one["pictures"]), hits, one["sum"]))
                elif what == "query":
                    answers = tuple(one["answers"])
                    asked.append(Asked(one["name"], one["picture"], one["right"], answers))
                else:
                    pictures.append(Picture(one["name"], one["jpeg"]))
        cells = tuple(_cell(row) for row in figures["rows"])
        return Results(
            folder, str(figures["catalogue"]), int(figures["catalogue_images"]),
            float(figures["seconds"]), cells, tuple(asked), tuple(strips), tuple(pictures),
        )  # fmt: skip
    except OSError as error:
        raise UserError(f"The results cannot be read: {error.strerror}. Evaluate again.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise UserError("The results are damaged; evaluate again.") from error


def _cell(row: dict[str, Any]) -> Cell:
    low, high = row["map7_interval"]
    return Cell(
        row["backbone"], row["pooling"], row["metric"], tuple(row["sources"]), row["rerank"],
        row["map7"], low, high, row["map7_challenge"], row["top1"], row["shortlist_recall"],
        row["ms_per_query"], row["paper_map7"],
    )  # fmt: skip


def _apart_from_rerank(cell: Cell) -> tuple[object, ...]:
    return cell.backbone, cell.pooling, cell.metric, cell.sources


def _paper_order(pooling: str) -> int:
    return list(POOLINGS).index(pooling) if pooling in POOLINGS else len(POOLINGS)
