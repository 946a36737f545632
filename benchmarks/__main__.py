"""`make bench`: every benchmark, with machine and versions; sizes by option."""

from __future__ import annotations

import argparse
import json
import os
import platform
from importlib.metadata import version
from pathlib import Path

import torch

from benchmarks import indexing, local_index, ranking, reranking

PARTS = {
    "ranking": ranking.measure,
    "ranking_growth": ranking.growth,
    "bandwidth": ranking.bandwidth,
    "reranking": reranking.measure,
    "local_index": local_index.measure,
    "indexing": indexing.measure,
    "indexing_memory": indexing.memory,
}

_LONG = ("ranking_growth", "indexing_memory")  # only when asked for


def main() -> None:
    """Run the parts that are asked for and print a table, or JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", help=f"of {', '.join(PARTS)}; default: all but growth and memory"
    )
    parser.add_argument("--rows", type=int, default=60_000, help="catalogue pictures to rank")
    parser.add_argument("--dimensions", type=int, default=1_280, help="of a descriptor to rank by")
    parser.add_argument("--folder", help="where ranking's stores are put while it runs")
    parser.add_argument(
        "--plain", action="store_true", help="time all rows measured, too; recall by L1 and L2"
    )
    parser.add_argument(
        "--growth-rows", type=int, nargs="+", default=[1_000, 10_000, 100_000], metavar="N"
    )
    parser.add_argument(
        "--growth-dimensions", type=int, nargs="+", default=[256, 1_280], metavar="D"
    )
    parser.add_argument("--pictures", type=int, default=2_000, help="of the local index")
    parser.add_argument("--keypoints", type=int, default=1_000, help="of a picture to re-rank")
    parser.add_argument("--features", type=Path, help="store whose local features are drawn from")
    parser.add_argument("--recall", action="store_true", help="of the local index; minutes")
    parser.add_argument("--photos", help="of indexing: a folder of pictures, else they are drawn")
    parser.add_argument("--index-pictures", type=int, default=64, help="of indexing")
    parser.add_argument("--words", action="store_true", help="index with words, too")
    parser.add_argument(
        "--index-rows", type=int, nargs="+", default=[2_000, 50_000], help="of indexing_memory"
    )
    parser.add_argument("--candidates", type=int, default=100, help="pictures to re-rank")
    parser.add_argument("--runs", type=int, default=7, help="the median of so many is given")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        parser.error(f"no part {', '.join(unknown)}")
    chosen = options.parts or [name for name in PARTS if name not in _LONG]
    machine = {
        "processor": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "threads": torch.get_num_threads(),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        **{
            name: version(name)
            for name in ("numpy", "torch", "opencv-python", "hnswlib", "faiss-cpu")
        },
    }
    results = {name: PARTS[name](options) for name in chosen}
    if options.json:
        print(json.dumps({"machine": machine, "results": results}, indent=2))
        return
    print(", ".join(f"{name} {value}" for name, value in machine.items()))
    for name, rows in results.items():
        print(f"\n{name}")
        for row in rows:
            print(
                f"  {row['what']:<44}{row['milliseconds']:>10.2f} ms"
                f"{row['ratio']:>8.2f} x ours   {row['quality']}"
            )


main()
