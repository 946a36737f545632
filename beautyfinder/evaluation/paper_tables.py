"""The paper's Tables 1 to 4: its published figures, and our cells laid out in the same way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from beautyfinder.evaluation.evaluate import EvaluationRow
from beautyfinder.search.method import Method

POOLINGS = ("mac", "r-mac", "ra-mac", "spoc")  # the columns, in the paper's order
METRICS = ("l1", "l2", "cosine")
PAPER_RERANKS = ("none", "sift")
RERANKS = (*PAPER_RERANKS, "verified", "hybrid")
PAPER_SOURCES = ("deep",)
PAPER_QUERIES, PAPER_IMAGES = 100, 538_517
POOLING_NAMES = {
    "mac": "MAC",
    "r-mac": "R-MAC",
    "ra-mac": "RA-MAC",
    "spoc": "SPoC",
    "gem": "GeM",
    "cls": "class token",
}
METRIC_NAMES = {"l1": "L1", "l2": "L2", "cosine": "Cosine"}
RERANK_NAMES = {"none": "w/o SIFT", "sift": "w/ SIFT", "verified": "verified", "hybrid": "hybrid"}


@dataclass(frozen=True)
class PaperTable:
    """One published table: `figures` are mAP@7 by metric and re-ranking, a pooling a column."""

    number: int
    network: str
    backbone: str
    figures: dict[tuple[str, str], tuple[float, float, float, float]]

    @property
    def caption(self) -> str:
        """As the paper has it."""
        return f"Table {self.number}. mAP@7 of {self.network} with or without the SIFT re-ranking."


@dataclass(frozen=True)
class Table:
    """Our cells of one backbone and one choice of sources, laid out as the paper's are.

    `paper`: the published table of the same backbone and sources. `lines`: metric and re-ranking
    of each line; `cells` by metric, re-ranking and pooling, where they were measured.
    """

    backbone: str
    sources: tuple[str, ...]
    paper: PaperTable | None
    poolings: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]
    cells: dict[tuple[str, str, str], EvaluationRow]


def _table(number: int, network: str, backbone: str, *lines: tuple[float, ...]) -> PaperTable:
    keys = [(metric, rerank) for metric in METRICS for rerank in PAPER_RERANKS]
    return PaperTable(number, network, backbone, dict(zip(keys, lines, strict=True)))  # type: ignore[arg-type]


# Lines as printed: L1 without and with SIFT, L2, cosine; columns MAC, R-MAC, RA-MAC, SPoC.
PAPER_TABLES = (
    _table(
        1, "VGGNet", "vgg16",
        (0.2260, 0.1917, 0.2040, 0.1745), (0.2517, 0.2317, 0.2600, 0.2387),
        (0.2229, 0.1882, 0.2187, 0.1783), (0.2737, 0.2478, 0.2875, 0.2208),
        (0.2229, 0.1882, 0.2187, 0.1783), (0.2701, 0.2415, 0.2878, 0.2162),
    ),
    _table(
        2, "ResNet", "resnet152",
        (0.2834, 0.2624, 0.2938, 0.2517), (0.3762, 0.3433, 0.3700, 0.2942),
        (0.2822, 0.2774, 0.2961, 0.2327), (0.3545, 0.3392, 0.3631, 0.2573),
        (0.2822, 0.2774, 0.2961, 0.2327), (0.3603, 0.3392, 0.3685, 0.2637),
    ),
    _table(
        3, "ResNeXt", "resnext101_64x4d",
        (0.3059, 0.2709, 0.2827, 0.2552), (0.3675, 0.3515, 0.3423, 0.3128),
        (0.3046, 0.2648, 0.2750, 0.2210), (0.3658, 0.3550, 0.3517, 0.2945),
        (0.3046, 0.2648, 0.2750, 0.2210), (0.3725, 0.3600, 0.3517, 0.2942),
    ),
    _table(
        4, "SENet", "senet154",
        (0.2786, 0.2853, 0.2809, 0.2629), (0.3488, 0.3301, 0.3623, 0.3304),
        (0.2923, 0.2964, 0.3329, 0.2674), (0.3728, 0.3401, 0.3653, 0.3010),
        (0.2923, 0.2964, 0.3329, 0.2674), (0.3787, 0.3406, 0.3703, 0.3001),
    ),
)  # fmt: skip
_BY_BACKBONE = {table.backbone: table for table in PAPER_TABLES}


def paper_map7(method: Method) -> float | None:
    """What the paper published for `method`; None where it measured no such cell."""
    table = _published(method.backbone, method.sources)
    line = table.figures.get((method.metric, method.rerank)) if table is not None else None
    # Another ratio or another length of the short-list is another method.
    if line is None or method.pooling not in POOLINGS or method != _as_the_paper(method):
        return None
    return line[POOLINGS.index(method.pooling)]


def lay_out(rows: Sequence[EvaluationRow]) -> tuple[Table, ...]:
    """A table for each backbone and choice of sources; the paper's backbones first, in its order.

    A pooling or metric that the paper lacks comes after its own. Of rows that differ in nothing
    that a table shows (the ranker), the first is kept.
    """
    groups: dict[tuple[str, tuple[str, ...]], list[EvaluationRow]] = {}
    for row in rows:
        groups.setdefault((row.method.backbone, row.method.sources), []).append(row)
    order = [table.backbone for table in PAPER_TABLES]
    tables = []
    for (backbone, sources), members in groups.items():
        cells: dict[tuple[str, str, str], EvaluationRow] = {}
        for row in members:
            cells.setdefault((row.method.metric, row.method.rerank, row.method.pooling), row)
        lines = {(metric, rerank) for metric, rerank, _ in cells}
        poolings = {pooling for *_, pooling in cells}
        tables.append(
            Table(
                backbone,
                sources,
                _published(backbone, sources),
                tuple(sorted(poolings, key=lambda name: _place(name, POOLINGS))),
                tuple(
                    sorted(lines, key=lambda one: (_place(one[0], METRICS), RERANKS.index(one[1])))
                ),
                cells,
            )
        )
    return tuple(sorted(tables, key=lambda table: _place(table.backbone, order)))


def best_of(rows: Sequence[EvaluationRow]) -> EvaluationRow:
    """The row with the greatest mAP@7, the first of equal ones."""
    return max(rows, key=lambda row: row.map7)


def method_words(method: Method) -> str:
    """A cell by name: “efficientnet-lite0, R-MAC, L1, w/ SIFT”."""
    return ", ".join(
        (
            method.backbone,
            POOLING_NAMES.get(method.pooling, method.pooling),
            METRIC_NAMES.get(method.metric, method.metric),
            RERANK_NAMES.get(method.rerank, method.rerank),
        )
    )


def sift_gain(rows: Sequence[EvaluationRow]) -> tuple[float, float] | None:
    """The least and the greatest change of mAP@7 that the SIFT re-ranking makes to a cell."""
    by_method = {row.method: row.map7 for row in rows}
    changes = [
        row.map7 - before
        for row in rows
        if row.method.rerank == "sift"
        and (before := by_method.get(replace(row.method, rerank="none"))) is not None
    ]
    return (min(changes), max(changes)) if changes else None


def _published(backbone: str, sources: Sequence[str]) -> PaperTable | None:
    return _BY_BACKBONE.get(backbone) if tuple(sources) == PAPER_SOURCES else None


def _as_the_paper(method: Method) -> Method:
    return Method(method.backbone, method.pooling, method.metric, PAPER_SOURCES, method.rerank)


def _place(name: str, order: Sequence[str]) -> tuple[int, str]:
    """Where it stands in `order`; what is not there comes after, by name."""
    return (order.index(name), "") if name in order else (len(order), name)
