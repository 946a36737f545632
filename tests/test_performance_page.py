"""The page of speeds: what ran is on it, and a target that is missed is said to be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.performance_page import write_page


def row(what: str, milliseconds: float, ratio: float, quality: str = "") -> dict[str, Any]:
    return {"what": what, "milliseconds": milliseconds, "ratio": ratio, "quality": quality}


def test_what_ran_is_drawn_and_targets_are_judged(tmp_path: Path) -> None:
    """By the ratios and times of the run; parts that did not run have no chapter."""
    page = tmp_path / "docs" / "performance.md"
    results = {
        "reranking": [
            row("ours, exact, mutual", 100, 1),
            row("NumPy, a product of matrices a pair", 299, 2.99, "same  everywhere"),
            row("OpenCV FLANN, trees for each pair", 800, 8),
        ],
        "ranking_growth": [
            row("1,000 x 256, ExactRanker, opened", 2, 1),
            row("10,000 x 256, BoundedRanker, opened", 3, 1),
        ],
        "look_up": [row("whole look-up", 500, 1) | {"opened": 1.9}],
    }
    write_page({"machine": {"cores": 2}, "results": results}, page)
    text = page.read_text(encoding="utf-8")
    assert "cores 2." in text
    assert "| Re-ranking: OpenCV FLANN, trees for each pair / ours | ≥ 8 | 8.0 | met |" in text
    numpy = "| Re-ranking: NumPy, a product of matrices a pair / ours | ≥ 3 | 3.0 | **short** |"
    assert numpy in text
    assert "| Whole look-up, median | < 500 ms | 500 | **short** |" in text
    assert "| Opening catalogue, indices and network, s | ≤ 2 | 1.9 | met |" in text
    assert "| NumPy, a product of matrices a pair | 299.00 | 2.99 | same everywhere |" in text
    assert "## Indexing" not in text
    assert {plot.name for plot in page.parent.glob("*.svg")} == {
        "performance-look-up.svg",
        "performance-ranking-growth.svg",
        "performance-reranking.svg",
    }
    growth = (page.parent / "performance-ranking-growth.svg").read_text(encoding="utf-8")
    assert "opened (256)" in growth


def test_a_ranking_is_judged_size_by_size(tmp_path: Path) -> None:
    """Each size against its own peers."""

    def of(size: str, ours: float) -> list[dict[str, Any]]:
        return [
            row(f"{size}: ours, bounds, cosine", ours, 1),
            row(f"{size}: ours, bounds, l2", 2 * ours, 2),
            row(f"{size}: ours, bounds, l1", 2.1 * ours, 2.1),
            row(f"{size}: faiss IndexFlatIP", 80, 80 / ours),
            row(f"{size}: faiss SQfp16, inner product", 20, 20 / ours),
        ]

    page = tmp_path / "performance.md"
    write_page({"machine": {}, "results": {"ranking": of("9 x 4", 10) + of("9 x 2", 20)}}, page)
    text = page.read_text(encoding="utf-8")
    assert "| 9 x 4: faiss IndexFlatIP / ours | ≥ 8 | 8.0 | met |" in text
    assert "| 9 x 2: faiss IndexFlatIP / ours | ≥ 8 | 4.0 | **short** |" in text
    assert "| 9 x 4: l2 / cosine | ≤ 2 | 2.00 | met |" in text
    assert "| 9 x 2: l1 / cosine | ≤ 2 | 2.10 | **short** |" in text
