"""What fewer keypoints of a catalogue picture save and cost: kilobytes against mAP@7.

    python -m benchmarks.keypoints --store STORE --queries CSV [--limits 400 200 100] [--every 8]

The store is copied once for each limit, with the strongest keypoints alone, so one made with the
most that is asked for serves all. The paper's mAP@7 of votes alone and of the default method.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from beautyfinder.evaluation.evaluate import evaluate
from beautyfinder.evaluation.ground_truth import read_queries
from beautyfinder.features.keypoints import LocalFeatures, pack, unpack
from beautyfinder.search.searcher import Searcher, recommended_method
from beautyfinder.store.rows import from_table, to_table
from beautyfinder.store.store import FeatureStore

_BATCH = 1_000


def main() -> None:
    """Measure, and print a table in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.keypoints", description=__doc__,
                                     formatter_class=argparse.RawTextHelpFormatter)  # fmt: skip
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--limits", type=int, nargs="+", default=[400, 200, 100])
    parser.add_argument("--every", type=int, default=1, help="take every so-manieth query")
    parser.add_argument("--folder", help="where the copies are put while it runs")
    options = parser.parse_args()
    store = FeatureStore.open(options.store)
    queries = read_queries(options.queries)[:: options.every]
    print(f"{len(queries)} queries, {len(store)} pictures\n")
    print("| keypoints | kB a picture | votes: mAP@7 | among 100 | default: mAP@7 | top-1 |")
    print("|---|---|---|---|---|---|")
    for limit in options.limits:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            searcher = Searcher(_copy(store, Path(folder) / "store", limit), "cpu")
            default = recommended_method(searcher.store)
            votes = replace(default, sources=("local",), rerank="none")
            local, whole = evaluate(searcher, queries, [votes, default]).rows
            files = [path for path in Path(folder).rglob("*") if path.is_file()]
            kilobytes = sum(path.stat().st_size for path in files) / 1000 / len(store)
        print(
            f"| {limit} | {kilobytes:.0f} | {local.map7:.3f} | {local.shortlist_recall:.3f} "
            f"| {whole.map7:.3f} | {whole.top1:.3f} |",
            flush=True,
        )


def _copy(store: FeatureStore, folder: Path, limit: int) -> FeatureStore:
    """The store with at most `limit` keypoints a picture, and its default descriptors alone."""
    method = recommended_method(store)
    column = store.descriptor_column(method.backbone, method.pooling)
    copied = FeatureStore.open_or_create(folder)
    copied.add_descriptor_column(column)
    names = [name for name in copied.schema().names if name in store.schema().names]
    for start in range(0, len(store), _BATCH):
        offsets = range(start, min(start + _BATCH, len(store)))
        rows = from_table(store.table(names, offsets))
        for row in rows:
            row["filled"] = " ".join(name for name in row["filled"].split() if name in names)
            if row["local_features"]:
                row["local_features"] = pack(_strongest(unpack(row["local_features"]), limit))
        copied.append(to_table(rows, copied.schema(), names))
    return FeatureStore.open(folder)


def _strongest(features: LocalFeatures, limit: int) -> LocalFeatures:
    """The first, which are the strongest."""
    kept = slice(0, limit)
    return LocalFeatures(
        np.ascontiguousarray(features.points[kept]),
        features.scales[kept],
        features.angles[kept],
        features.descriptors[kept],
    )


if __name__ == "__main__":
    main()
