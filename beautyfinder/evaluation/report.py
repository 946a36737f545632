"""An evaluation as one HTML file that needs nothing else: the tables, and each query's hits."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Any

from beautyfinder import __version__
from beautyfinder.evaluation.evaluate import Evaluation, EvaluationRow
from beautyfinder.evaluation.paper_tables import (
    METRIC_NAMES,
    METRICS,
    PAPER_IMAGES,
    PAPER_QUERIES,
    PAPER_TABLES,
    POOLING_NAMES,
    POOLINGS,
    RERANK_NAMES,
    Table,
    best_of,
    lay_out,
    method_words,
    paper_map7,
    sift_gain,
)
from beautyfinder.paths import resource

# What a cell can show: the radio button's id, its words, and whether the greatest is the best.
_MEASURES = (
    ("map7", "mAP@7", True),
    ("challenge", "mAP@7, the challenge's way", True),
    ("top1", "first hit right", True),
    ("recall", "in the short-list", True),
    ("ms", "ms per query", False),
)
_STRIP_NAMES = {
    "none": "w/o SIFT re-ranking",
    "sift": "w/ SIFT re-ranking",
    "verified": "verified matches",
    "hybrid": "all evidence (hybrid)",
}
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'"


def report_html(
    evaluation: Evaluation,
    data: dict[str, Any],
    sections: Sequence[tuple[str, str]] = (),
    when: datetime | None = None,
) -> str:
    """The page. `data`: of `report_data`; `sections`: further titles, each with its HTML or SVG."""
    catalogue = str(data["catalogue"])
    tables = lay_out(evaluation.rows)
    figures = "\n".join(_table(table, evaluation.rows) for table in tables)
    more = "\n".join(
        f"<h2>{escape(title)}</h2>\n<div class='card'>{inside}</div>" for title, inside in sections
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<title>Evaluation on {escape(catalogue)} – BeautyFinder</title>
<style>
{_text("report/report.css")}</style>
</head>
<body>
<header>
<h1>Evaluation on {escape(catalogue)}</h1>
<p class="muted">{_made(when)}</p>
{_facts(evaluation)}
{_remarks(evaluation, tables)}
</header>
<main>
<h2>Methods</h2>
{_measure_choice()}
<p class="muted">The best of each table is marked ★. Press a figure to see its queries.</p>
{figures}
{more}
{_LOOKER}
{_published()}
</main>
<script type="application/json" id="data">{_json(data, evaluation)}</script>
<script>
{_text("report/report.js")}</script>
</body>
</html>
"""


def _made(when: datetime | None) -> str:
    stamp = (when or datetime.now().astimezone()).strftime("%Y-%m-%d %H:%M")
    return f"BeautyFinder {escape(__version__)}, {stamp}"


def _facts(evaluation: Evaluation) -> str:
    best = best_of(evaluation.rows)
    facts = [
        ("Best mAP@7", f"{best.map7:.4f}",
         f"{_interval(best)} (95 %), {method_words(best.method)}"),
        ("Queries", f"{evaluation.queries:,}", "photos whose product is known"),
        ("Catalogue", f"{evaluation.catalogue_images:,}", "pictures"),
        ("Methods", f"{len(evaluation.rows):,}", f"measured in {_duration(evaluation.seconds)}"),
    ]  # fmt: skip
    return (
        "<dl class='facts'>"
        + "".join(
            f"<div><dt>{escape(name)}</dt><dd>{escape(value)}<small>{escape(more)}</small></dd></div>"
            for name, value, more in facts
        )
        + "</dl>"
    )


def _remarks(evaluation: Evaluation, tables: Sequence[Table]) -> str:
    """What re-ranking does, and what sets our figures apart from the paper's."""
    sentences = []
    gain = sift_gain(evaluation.rows)
    if gain is not None:
        sentences.append(
            f"The SIFT re-ranking changes mAP@7 by {gain[0]:+.4f} to {gain[1]:+.4f} (the paper: "
            "an improvement of 0.03 to 0.10 in all combinations)."
        )
    data = (
        f"The paper looked {PAPER_QUERIES} photos up among the {PAPER_IMAGES:,} pictures of "
        f"Perfect-500K; here {_count(evaluation.queries, 'photo')} among "
        f"{_count(evaluation.catalogue_images, 'picture')}"
    )
    published = [table for table in tables if table.paper is not None]
    if (evaluation.queries, evaluation.catalogue_images) == (PAPER_QUERIES, PAPER_IMAGES):
        sentences.append(data.replace("; here", ", and so are") + ", as many of both.")
    elif published:
        sentences.append(
            data + ": the paper's figures stand beside ours, but the data differ, so only what "
            "changes from cell to cell can be compared, not the figures themselves."
        )
    else:
        sentences.append(
            data + ". It did not measure these backbones; its own tables are at the end."
        )
    if published:
        sentences.append(
            "The paper does not name the depths of its networks; its figures are set beside those "
            "of the deepest that its library has of each family."
        )
    if evaluation.catalogue_images <= min(row.method.shortlist for row in evaluation.rows):
        sentences.append(
            "The short-list holds the whole catalogue: once re-ranked, poolings and distances "
            "hardly differ."
        )
    sentences.append(
        "The interval is that of the mean over queries, by bootstrap. mAP@7 divides by all right "
        "answers that the catalogue holds (the paper's equation 10); the challenge's way by those "
        "among the seven."
    )
    return "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)


def _measure_choice() -> str:
    radios = "".join(
        f"<label><input type='radio' name='measure' id='m-{name}'"
        f"{' checked' if name == 'map7' else ''}>{escape(words)}</label>"
        for name, words, _ in _MEASURES
    )
    return f"<fieldset><legend>Show</legend>{radios}</fieldset>"


def _table(table: Table, rows: Sequence[EvaluationRow]) -> str:
    number_of = {id(row): number for number, row in enumerate(rows)}
    best = {
        name: max(_value(row, name) for row in table.cells.values())
        for name, _, most_is_best in _MEASURES
        if most_is_best
    }
    heads = "".join(f"<th scope='col'>{escape(_pooling(name))}</th>" for name in table.poolings)
    bodies = []
    for metric in dict.fromkeys(metric for metric, _ in table.lines):
        reranks = [rerank for one, rerank in table.lines if one == metric]
        lines = []
        for place, rerank in enumerate(reranks):
            first = (
                f"<th scope='rowgroup' rowspan='{len(reranks)}'>"
                f"{escape(METRIC_NAMES.get(metric, metric))}</th>"
                if place == 0
                else ""
            )
            cells = "".join(
                _cell(table.cells.get((metric, rerank, pooling)), number_of, best)
                for pooling in table.poolings
            )
            name = escape(RERANK_NAMES.get(rerank, rerank))
            lines.append(f"<tr>{first}<th scope='row'>{name}</th>{cells}</tr>")
        bodies.append(f"<tbody>{''.join(lines)}</tbody>")
    sources = "+".join(table.sources)
    remark = f"Short-list from: {sources}."
    if table.paper is not None:
        remark += f" Beside ours: the paper's Table {table.paper.number}, {table.paper.network}."
    return (
        "<div class='card wide figures'><table>"
        f"<caption>mAP@7 of {escape(table.backbone)} with or without re-ranking"
        f"<small>{escape(remark)}</small></caption>"
        f"<thead><tr><th scope='col'>Distance</th><th scope='col'>Re-ranking</th>{heads}</tr>"
        f"</thead>{''.join(bodies)}</table></div>"
    )


def _cell(row: EvaluationRow | None, number_of: dict[int, int], best: dict[str, float]) -> str:
    if row is None:
        return "<td><span class='muted'>–</span></td>"
    paper = paper_map7(row.method)
    beside = f"<small>paper {paper:.4f}</small>" if paper is not None else ""
    shown = {
        "map7": f"<b>{row.map7:.4f}</b><small>{_interval(row)}</small>{beside}",
        "challenge": f"<b>{row.map7_challenge:.4f}</b>",
        "top1": f"<b>{row.top1:.4f}</b>",
        "recall": f"<b>{row.shortlist_recall:.4f}</b>",
        "ms": f"<b>{row.ms_per_query:,.0f}</b>",
    }
    spans = "".join(
        f"<span class='v v-{name}{' best' if _value(row, name) == best.get(name) else ''}'>"
        f"{inside}</span>"
        for name, inside in shown.items()
    )
    return (
        f"<td><button type='button' class='cell' data-row='{number_of[id(row)]}'"
        f" title='{escape(method_words(row.method))}'>{spans}</button></td>"
    )


def _value(row: EvaluationRow, measure: str) -> float:
    return {
        "map7": row.map7,
        "challenge": row.map7_challenge,
        "top1": row.top1,
        "recall": row.shortlist_recall,
        "ms": row.ms_per_query,
    }[measure]


def _published() -> str:
    """The paper's own tables, as printed."""
    parts = []
    for table in PAPER_TABLES:
        best = max(max(line) for line in table.figures.values())
        bodies = []
        for metric in METRICS:
            lines = [
                "<tr>"
                + (f"<th scope='rowgroup' rowspan='2'>{METRIC_NAMES[metric]}</th>" * (place == 0))
                + f"<th scope='row'>{words}</th>"
                + "".join(
                    f"<td><b>{figure:.4f}</b></td>" if figure == best else f"<td>{figure:.4f}</td>"
                    for figure in table.figures[metric, rerank]
                )
                + "</tr>"
                for place, (rerank, words) in enumerate((("none", "w/o"), ("sift", "w/")))
            ]
            bodies.append(f"<tbody>{''.join(lines)}</tbody>")
        heads = "".join(f"<th scope='col'>{POOLING_NAMES[name]}</th>" for name in POOLINGS)
        parts.append(
            f"<div class='wide figures'><table><caption>{escape(table.caption)}"
            f"<small>{escape(table.backbone)} here</small></caption><thead><tr>"
            f"<th scope='col'></th><th scope='col'>SIFT</th>{heads}</tr></thead>"
            f"{''.join(bodies)}</table></div>"
        )
    return (
        "<h2>The paper's tables</h2><details class='card'><summary>Tables 1 to 4 of Tang, Huang "
        f"and Fuh, on Perfect-500K</summary>{''.join(parts)}</details>"
    )


_LOOKER = """<h2 id="by-query" tabindex="-1">Query by query</h2>
<p class="muted">The best seven pictures of each method, as in the paper's Tables 5 and 6: a green
frame with a tick is a right answer.</p>
<noscript><p>This part needs JavaScript, which is switched off.</p></noscript>
<div class="controls">
<label>Method <select id="method"></select></label>
<label>Order of the queries <select id="order">
<option value="worst">worst first</option>
<option value="gained">gained most by re-ranking</option>
<option value="listed">as listed</option></select></label>
<label>Compare <select id="layout">
<option value="pooling">poolings (Table 5)</option>
<option value="backbone">backbones (Table 6)</option></select></label>
</div>
<div id="looker">
<ul id="queries" aria-label="Queries"></ul>
<div id="query" class="card" role="region" aria-label="Hits of the chosen query"></div>
</div>"""


def _json(data: dict[str, Any], evaluation: Evaluation) -> str:
    """For a script element: nothing in it can end the element."""
    names = {
        "pooling": POOLING_NAMES,
        "metric": METRIC_NAMES,
        "rerank": RERANK_NAMES,
        "strips": _STRIP_NAMES,
    }
    best = evaluation.rows.index(best_of(evaluation.rows))
    text = json.dumps(data | {"names": names, "best": best}, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _text(name: str) -> str:
    return resource(name).read_text(encoding="utf-8")


def _pooling(name: str) -> str:
    return POOLING_NAMES.get(name, name)


def _interval(row: EvaluationRow) -> str:
    return f"{row.interval[0]:.3f}–{row.interval[1]:.3f}"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
