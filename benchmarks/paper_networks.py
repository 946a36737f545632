"""`python -m benchmarks.paper_networks`: the paper's four networks through the whole real chain.

Their weights cannot be fetched everywhere, so each gets random ones, from its own initialisation
and a fixed seed: saved to a file, imported, indexed with all of the paper's poolings, evaluated, by
the commands that a user gives. It shows shapes and that the path holds; not how good anything is.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import torch

from beautyfinder.features.backbones import BACKBONES, build_network
from beautyfinder.features.pooling import PAPER_POOLINGS
from beautyfinder.sample.catalogue import draw_catalogue
from beautyfinder.store.store import FeatureStore

NETWORKS = ("senet154", "resnet152", "resnext101_64x4d", "vgg16")
PICTURES, QUERIES, SEED = 20, 3, 2020
RANDOM = "RANDOM WEIGHTS: shapes and the path alone. The figures say nothing of the networks."


def main() -> int:
    """Prints what was done, what is in the store and the table of `evaluate --grid`."""
    print(RANDOM)
    with tempfile.TemporaryDirectory(prefix="paper-networks-") as name:
        folder = Path(name)
        os.environ["BEAUTYFINDER_WEIGHTS"] = str(folder / "weights")
        sample = draw_catalogue(folder / "sample", PICTURES, QUERIES, SEED, workers=1)
        store = folder / "store"
        for network in NETWORKS:
            file = _save_random(network, folder / f"{network}.pth")
            _command("backbones", "import", network, str(file), "--unverified")
            file.unlink()
            started = time.monotonic()
            _command(
                "index", str(sample.catalogue_csv), "--store", str(store), "--backbone", network,
                "--pooling", ",".join(PAPER_POOLINGS), "--no-text",
            )  # fmt: skip
            print(f"{network}: indexed in {time.monotonic() - started:.0f} s")
        _check(FeatureStore.open(store))
        started = time.monotonic()
        grid = json.loads(
            _command(
                "evaluate", "--store", str(store), "--queries", str(sample.queries_csv),
                "--backbone", ",".join(NETWORKS), "--grid", "--json",
            )
        )  # fmt: skip
        print(f"evaluate --grid: {time.monotonic() - started:.0f} s")
    _say(grid)
    print(RANDOM)
    return 0


def _save_random(network: str, file: Path) -> Path:
    torch.manual_seed(SEED)
    torch.save(build_network(network).state_dict(), file)
    return file


def _command(*arguments: str) -> str:
    """What the command prints; its own words where it fails."""
    ended = subprocess.run(
        [sys.executable, "-m", "beautyfinder", *arguments], stdout=subprocess.PIPE, text=True,
        check=False,
    )  # fmt: skip
    if ended.returncode != 0:
        raise SystemExit(f"beautyfinder {' '.join(arguments)} ended with {ended.returncode}")
    return ended.stdout


def _check(store: FeatureStore) -> None:
    """One column for each network and pooling, every row finite and of length 1."""
    for column in store.descriptors:
        rows = store.read_descriptors(column).rows.astype(np.float32)
        lengths = np.linalg.norm(rows, axis=1)
        assert rows.shape == (len(store), BACKBONES[column.backbone].channels), column
        assert np.isfinite(rows).all(), column
        assert np.allclose(lengths, 1, atol=2e-3), (column, lengths)
        # Random networks send all pictures nearly the same way: how nearly is said, not judged.
        apart = 1 - (rows @ rows.T)[~np.eye(len(rows), dtype=bool)].max()
        print(
            f"{column.backbone} {column.pooling}: {rows.shape[0]} × {rows.shape[1]}, "
            f"nearest two {max(0.0, apart):.1e} apart"
        )
    assert len(store.descriptors) == len(NETWORKS) * len(PAPER_POOLINGS)


def _say(grid: dict[str, Any]) -> None:
    rows = grid["rows"]
    counted = Counter(row["backbone"] for row in rows)
    print(f"{grid['queries']} queries, {grid['catalogue_images']} pictures, rows: {dict(counted)}")
    print("backbone, pooling, metric, re-ranking: mAP@7, ms for a query")
    for row in rows:
        print(
            f"{row['backbone']}, {row['pooling']}, {row['metric']}, {row['rerank']}: "
            f"{row['map7']:.3f}, {row['ms_per_query']:.0f}"
        )


if __name__ == "__main__":
    sys.exit(main())
