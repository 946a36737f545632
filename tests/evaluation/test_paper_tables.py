"""The paper's figures against its text, and our cells in its layout."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from beautyfinder.evaluation.evaluate import EvaluationRow
from beautyfinder.evaluation.paper_tables import (
    METRICS,
    PAPER_TABLES,
    POOLINGS,
    RERANKS,
    best_of,
    lay_out,
    paper_map7,
    sift_gain,
)
from beautyfinder.search.method import Method

# As printed, from the paper's own text.
PRINTED = """
Table 1. mAP@7 of VGGNet with or without the SIFT re-ranking.
	SIFT	MAC	R-MAC	RA-MAC	SPoC
L1	w/o	0.2260	0.1917	0.2040	0.1745
	w/	0.2517	0.2317	0.2600	0.2387
L2	w/o	0.2229	0.1882	0.2187	0.1783
	w/	0.2737	0.2478	0.2875	0.2208
Cosine	w/o	0.2229	0.1882	0.2187	0.1783
	w/	0.2701	0.2415	0.2878	0.2162
Table 2. mAP@7 of ResNet with or without the SIFT re-ranking.
	SIFT	MAC	R-MAC	RA-MAC	SPoC
L1	w/o	0.2834	0.2624	0.2938	0.2517
	w/	0.3762	0.3433	0.3700	0.2942
L2	w/o	0.2822	0.2774	0.2961	0.2327
	w/	0.3545	0.3392	0.3631	0.2573
Cosine	w/o	0.2822	0.2774	0.2961	0.2327
	w/	0.3603	0.3392	0.3685	0.2637
Table 3. mAP@7 of ResNeXt with or without the SIFT re-ranking.
	SIFT	MAC	R-MAC	RA-MAC	SPoC
L1	w/o	0.3059	0.2709	0.2827	0.2552
	w/	0.3675	0.3515	0.3423	0.3128
L2	w/o	0.3046	0.2648	0.2750	0.2210
	w/	0.3658	0.3550	0.3517	0.2945
Cosine	w/o	0.3046	0.2648	0.2750	0.2210
	w/	0.3725	0.3600	0.3517	0.2942
Table 4. mAP@7 of SENet with or without the SIFT re-ranking.
	SIFT	MAC	R-MAC	RA-MAC	SPoC
L1	w/o	0.2786	0.2853	0.2809	0.2629
	w/	0.3488	0.3301	0.3623	0.3304
L2	w/o	0.2923	0.2964	0.3329	0.2674
	w/	0.3728	0.3401	0.3653	0.3010
Cosine	w/o	0.2923	0.2964	0.3329	0.2674
	w/	0.3787	0.3406	0.3703	0.3001
"""


def figures_of(text: str) -> dict[str, list[list[str]]]:
    """By caption, the figures of each line."""
    found: dict[str, list[list[str]]] = {}
    for line in text.splitlines():
        if re.match(r"Table [1-4]\. mAP@7", line):
            found[line.strip()] = []
        elif found and (figures := re.findall(r"\b0\.\d{4}\b", line)) and len(figures) == 4:
            found[list(found)[-1]].append(figures)
    return found


def ours() -> dict[str, list[list[str]]]:
    return {
        table.caption: [[f"{figure:.4f}" for figure in line] for line in table.figures.values()]
        for table in PAPER_TABLES
    }


def test_every_figure_is_the_printed_one() -> None:
    assert figures_of(PRINTED) == ours()
    assert sum(len(line) for table in ours().values() for line in table) == 96


@pytest.mark.data
def test_every_figure_is_that_of_the_papers_text(data: Path) -> None:
    assert figures_of((data.parent / "paper.txt").read_text(encoding="utf-8")) == ours()


def test_what_the_paper_says_of_its_figures() -> None:
    """The best without and with SIFT, in its section 4.3."""
    cells = {
        (table.network, pooling, metric, rerank): figure
        for table in PAPER_TABLES
        for (metric, rerank), line in table.figures.items()
        for pooling, figure in zip(POOLINGS, line, strict=True)
    }
    without = {key: value for key, value in cells.items() if key[3] == "none"}
    best = max(without.values())
    assert best == 0.3329
    assert {key[:3] for key, value in without.items() if value == best} == {
        ("SENet", "ra-mac", "l2"), ("SENet", "ra-mac", "cosine"),
    }  # fmt: skip
    assert max(cells, key=lambda key: cells[key]) == ("SENet", "mac", "cosine", "sift")


def row(method: Method, map7: float = 0.5) -> EvaluationRow:
    return EvaluationRow(method, map7, map7, (map7, map7), map7, 1.0, 10.0)


SENET = Method("senet154", "mac", "cosine", ("deep",), "sift")


def test_published_figure_of_a_method() -> None:
    assert paper_map7(SENET) == 0.3787
    assert paper_map7(replace(SENET, pooling="ra-mac", metric="l2", rerank="none")) == 0.3329
    assert paper_map7(Method("vgg16", "spoc", "l1", ("deep",), "sift")) == 0.2387
    for other in (
        replace(SENET, backbone="efficientnet-lite0"), replace(SENET, rerank="hybrid"),
        replace(SENET, sources=("deep", "local")), replace(SENET, pooling="gem"),
        replace(SENET, ratio=0.7), replace(SENET, shortlist=10), replace(SENET, ranker="hnsw"),
    ):  # fmt: skip
        assert paper_map7(other) is None


def test_cells_in_the_papers_order() -> None:
    backbones = ("efficientnet-lite0", "senet154", "vgg16")
    rows = [
        row(Method(backbone, pooling, metric, ("deep",), rerank))
        for backbone in backbones
        for rerank in reversed(RERANKS)
        for metric in ("cosine", "l1", "l2")
        for pooling in ("spoc", "gem", "mac", "r-mac", "ra-mac")
    ]
    tables = lay_out(rows)
    assert [table.backbone for table in tables] == ["vgg16", "senet154", "efficientnet-lite0"]
    assert [table.paper and table.paper.number for table in tables] == [1, 4, None]
    for table in tables:
        assert table.poolings == (*POOLINGS, "gem")
        assert table.lines == tuple((m, r) for m in METRICS for r in RERANKS)
        assert len(table.cells) == 5 * 3 * 4
        for (metric, rerank, pooling), cell in table.cells.items():
            method = cell.method
            assert (method.metric, method.rerank, method.pooling) == (metric, rerank, pooling)


def test_other_sources_are_another_table_without_the_papers_figures() -> None:
    wide = replace(SENET, sources=("deep", "local", "words"))
    deep, all_sources = lay_out([row(SENET), row(wide)])
    assert deep.paper is not None
    assert all_sources.paper is None
    assert lay_out([]) == ()


def test_best_and_what_sift_gains() -> None:
    none, sift = replace(SENET, rerank="none"), SENET
    mac = [row(none, 0.3), row(sift, 0.45)]
    spoc = [row(replace(none, pooling="spoc"), 0.4), row(replace(sift, pooling="spoc"), 0.38)]
    assert best_of([*mac, *spoc]) is mac[1]
    gain = sift_gain([*mac, *spoc])
    assert gain == pytest.approx((-0.02, 0.15))
    assert sift_gain([mac[1]]) is None
