"""docs/performance.md: what a run of the benchmarks found, with plots, targets and their limits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("svg")
mpl.rcParams["svg.hashsalt"] = "performance"  # the same figures give the same file
mpl.rcParams["font.size"] = 9
from matplotlib import pyplot as plt  # noqa: E402  # after the choice of how to draw

Row = dict[str, Any]
Results = dict[str, list[Row]]

_OURS, _PEER = "#b5446e", "#8a8f98"


@dataclass(frozen=True)
class _Part:
    """A chapter of the page: `said` goes before the plot and the table."""

    title: str
    said: str
    draw: Callable[[Sequence[Row], Path], None] | None = None


def write_page(found: dict[str, Any], page: Path) -> None:
    """Write the page and `performance-*.svg` beside it; parts that did not run are left out."""
    results: Results = found["results"]
    page.parent.mkdir(parents=True, exist_ok=True)
    lines = [_HEAD, ", ".join(f"{k} {v}" for k, v in found["machine"].items()) + ".\n"]
    lines += _targets(results)
    for name, part in _PARTS.items():
        if name not in results:
            continue
        rows = results[name]
        lines.append(f"\n## {part.title}\n\n{part.said}\n")
        if part.draw:
            plot = page.with_name(f"performance-{name.replace('_', '-')}.svg")
            part.draw(rows, plot)
            lines.append(f"![{part.title}]({plot.name})\n")
        lines += ["| | ms | × ours | |", "|---|---|---|---|"]
        lines += [
            f"| {row['what']} | {row['milliseconds']:,.2f} | {row['ratio']:.2f} "
            f"| {' '.join(row['quality'].split())} |"
            for row in rows
        ]
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _targets(results: Results) -> list[str]:
    lines = ["\n## Targets\n", "| what | asked | reached | |", "|---|---|---|---|"]

    def target(what: str, asked: str, reached: float, form: str, met: bool) -> None:
        lines.append(f"| {what} | {asked} | {reached:{form}} | {'met' if met else '**short**'} |")

    ranked = results.get("ranking", [])
    for size in dict.fromkeys(row["what"].split(": ")[0] for row in ranked):
        ms = {
            row["what"].split(": ")[1]: row["milliseconds"]
            for row in ranked
            if row["what"].startswith(f"{size}: ")
        }
        ours = ms["ours, bounds, cosine"]
        for peer, times in (("faiss IndexFlatIP", 8), ("faiss SQfp16, inner product", 2)):
            reached = ms[peer] / ours
            target(f"{size}: {peer} / ours", f"≥ {times}", reached, ".1f", reached >= times)
        for metric in ("l2", "l1"):
            reached = ms[f"ours, bounds, {metric}"] / ours
            target(f"{size}: {metric} / cosine", "≤ 2", reached, ".2f", reached <= 2)
    for row in results.get("reranking", []):
        for start, times in (("NumPy", 3), ("OpenCV FLANN", 8)):
            if row["what"].startswith(start):
                target(f"Re-ranking: {row['what']} / ours", f"≥ {times}", row["ratio"], ".1f",
                       row["ratio"] >= times)  # fmt: skip
    for row in results.get("local_index_scale", [])[:1]:
        target(f"Local index, {row['what']}", "≤ 100 ms", row["milliseconds"], ".0f",
               row["milliseconds"] <= 100)  # fmt: skip
    for row in results.get("look_up", [])[:1]:
        target("Whole look-up, median", "< 500 ms", row["milliseconds"], ".0f",
               row["milliseconds"] < 500)  # fmt: skip
        target("Opening catalogue, indices and network, s", "≤ 2", row["opened"], ".1f",
               row["opened"] <= 2)  # fmt: skip
    indexed = {row["what"]: row["milliseconds"] for row in results.get("indexing", [])}
    if indexed:
        alone = indexed["index: descriptors alone"]
        ours = "our network, ready, one"
        for peer in ("bare network, ready, one by one", f"{ours} by one", f"{ours} a core"):
            reached = indexed[peer] / alone
            target(f"Descriptors alone, pictures/s: of {peer}", "≥ 0.9", reached, ".2f",
                   reached >= 0.9)  # fmt: skip
        reached = indexed["plain loop: descriptors and SIFT"] / indexed["index: and local features"]
        target("Descriptors and SIFT: plain loop / ours", "≥ 3", reached, ".1f", reached >= 3)
    return lines


def _bars(rows: Sequence[Row], path: Path) -> None:
    """Milliseconds, least at the top."""
    ordered = sorted(rows, key=lambda row: -float(row["milliseconds"]))
    names = [row["what"] for row in ordered]
    values = [row["milliseconds"] for row in ordered]
    figure, axes = plt.subplots(figsize=(8, 0.4 + 0.24 * len(rows)), layout="constrained")
    colours = [_OURS if "ours" in name or "index:" in name else _PEER for name in names]
    drawn = axes.barh(names, values, color=colours)
    axes.bar_label(drawn, fmt="%.0f", padding=3)
    axes.set_xlabel("ms")
    axes.margins(x=0.12)
    axes.spines[["top", "right"]].set_visible(False)
    _save(figure, path)


def _stages(rows: Sequence[Row], path: Path) -> None:
    _bars([row | {"what": f"ours: {row['what']}"} for row in rows], path)


def _curve(rows: Sequence[Row], path: Path) -> None:
    """Milliseconds over rows, both by powers of ten."""
    figure, axes = plt.subplots(figsize=(8, 4.2), layout="constrained")
    curves: dict[str, list[tuple[int, float]]] = {}
    for row in rows:
        size, what = row["what"].split(" x ", 1)
        dimensions, _, said = what.partition(", ")
        said = said.partition(", ")[2]
        curves.setdefault(f"{said} ({dimensions})", []).append(
            (int(size.replace(",", "")), row["milliseconds"])
        )
    for name, points in curves.items():
        axes.plot(*zip(*sorted(points), strict=True), marker="o", label=name)
    axes.set(xscale="log", yscale="log", xlabel="pictures", ylabel="ms")
    axes.grid(alpha=0.3)
    axes.legend(frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    _save(figure, path)


def _save(figure: Any, path: Path) -> None:
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


_HEAD = """# Speed

Drawn and written by `make bench`: figures are of one run on the machine named here, explanations
were written for it. Medians of several runs, in which ours and its peers take turns, except what is
made or opened once (built, opened, appended, memory). Read the ratios first: on a machine that does
other things, too, milliseconds vary by a third.
"""

_PARTS = {
    "bandwidth": _Part(
        "What the memory gives",
        "The limit of every ranking that reads all descriptors: a float16 matrix of 538,517 x "
        "2,048 is 2.2 GB, so no scan of it ends sooner than it takes to read that.",
    ),
    "ranking": _Part(
        "Ranking",
        "One query, the 100 nearest, drawn descriptors. Ours sums four-bit codes of all rows, a "
        "quarter of the bytes of float16; the sums bound every distance from below, and only rows "
        "that the bounds leave in question are measured in full. The result is that of brute "
        "force, certified query by query; where bounds do not decide, as for photos far from "
        "everything (see the whole look-up's `rank`), it is sure to six standard deviations. The "
        "time is that of reading the codes and looking their parts up; opening maps the files.",
        _bars,
    ),
    "ranking_graphs": _Part(
        "Ranking, with graphs",
        "At a size at which graphs of neighbours are built in a minute. Over half a million rows "
        "they take hours to build, keep the float32 matrix in memory and are not exact.",
        _bars,
    ),
    "ranking_growth": _Part(
        "Growth",
        "Descriptors drawn, float16 on disk. Below 105,000 rows all are measured. Ranking "
        "grows in proportion; opening hardly does, for files are mapped; appending writes what is "
        "new. Re-ranking does not depend on the size. × ours: of making and opening.",
        _curve,
    ),
    "reranking": _Part(
        "Re-ranking",
        "A short-list against one photo. Ours multiplies descriptors rounded to 7 bits, in C++ "
        "for the instructions of the processor; what rounding can be off at the most leaves few "
        "pairs in question, and those are summed in float64: matches are those of brute force, "
        "pair by pair. The products are more than half of the time, close to what the arithmetic "
        "of the processor gives; the rest is what is summed in full and the mutual check.",
        _bars,
    ),
    "local_index": _Part(
        "Local index, built",
        "384 features of each drawn picture, quantised; a photo of 1,600 features of which 80 are "
        "the right picture's. `first`: how often the right one comes first.",
    ),
    "local_index_scale": _Part(
        "Local index, at size",
        "Only asking, with cells and codes drawn for the size said. Per feature and cell a table "
        "of 32 x 16 distances is made and every code of the cell summed from it, 32 at a time. "
        "Counting the votes comes on top.",
    ),
    "look_up": _Part(
        "A whole look-up",
        "Photo file to seven hits, default method, with words. Stages are timed one after another; "
        "in the look-up words are read while the rest is matched. × ours: share of the "
        "whole. Reading words is the longest: detection and recognition networks of RapidOCR.",
        _stages,
    ),
    "indexing": _Part(
        "Indexing",
        "Time for one picture: decode, network, SIFT, thumbnail, store. Our network is run by ONNX "
        "Runtime on one core; `one a core`: by every core at once, the most that they can do. What "
        "is missing to that is decoding, resizing and the thumbnail. SIFT is our own, on that same "
        "core; the plain loop's is OpenCV's, on both.",
        _bars,
    ),
    "indexing_memory": _Part(
        "Memory of indexing",
        "Peak memory of a process that indexes so many pictures (drawn strips; random numbers "
        "stand for what the network says). × ours: of the first.",
    ),
}
