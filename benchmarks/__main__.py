"""`make bench`: every benchmark, with machine and versions; sizes by option."""

from __future__ import annotations

import argparse
import json
import os
import platform
from importlib.metadata import version
from pathlib import Path

from benchmarks import local_index, ranking, reranking

PARTS = {
    "ranking": ranking.measure,
    "reranking": reranking.measure,
    "local_index": local_index.measure,
}


def main() -> None:
    """Run the parts that are asked for and print a table, or JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"default: all of {', '.join(PARTS)}")
    parser.add_argument("--rows", type=int, default=60_000, help="catalogue pictures to rank")
    parser.add_argument("--pictures", type=int, default=2_000, help="of the local index")
    parser.add_argument("--keypoints", type=int, default=1_000, help="of a picture to re-rank")
    parser.add_argument("--features", type=Path, help="store whose local features are drawn from")
    parser.add_argument("--recall", action="store_true", help="of the local index; minutes")
    parser.add_argument("--candidates", type=int, default=100, help="pictures to re-rank")
    parser.add_argument("--runs", type=int, default=7, help="the median of so many is given")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        parser.error(f"no part {', '.join(unknown)}")
    machine = {
        "processor": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        **{
            name: version(name)
            for name in ("numpy", "torch", "opencv-python", "hnswlib", "faiss-cpu")
        },
    }
    results = {name: PARTS[name](options) for name in options.parts or PARTS}
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
