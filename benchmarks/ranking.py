"""One query against a whole catalogue of descriptors: ours, NumPy, torch, hnswlib."""

from __future__ import annotations

import argparse
from typing import Any

import hnswlib
import numpy as np
import torch

from beautyfinder.features.device import choose_device
from beautyfinder.search.ranking import ExactRanker
from beautyfinder.store.columns import DescriptorMatrix
from benchmarks.timing import median_ms, table

DIMENSIONS, TOP, CLUSTERS = 1_280, 100, 500


def measure(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Top-100 by each metric, with recall against float64."""
    generator = np.random.default_rng(0)
    centres = generator.gamma(0.5, size=(CLUSTERS, DIMENSIONS)).astype(np.float32)
    rows = centres[generator.integers(0, CLUSTERS, options.rows)]
    rows *= generator.gamma(4, 0.25, rows.shape).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    query = rows[7] * generator.gamma(4, 0.25, DIMENSIONS).astype(np.float32)
    query /= np.linalg.norm(query)
    half = DescriptorMatrix(np.arange(len(rows)), rows.astype(np.float16))
    ours = ExactRanker(half, choose_device("auto"))
    tensor, vector = torch.from_numpy(rows), torch.from_numpy(query)
    graph = hnswlib.Index("cosine", DIMENSIONS)
    graph.init_index(len(rows), M=16, ef_construction=200)
    graph.add_items(rows)
    graph.set_ef(400)
    truth = set(np.argsort(-(rows.astype(np.float64) @ query))[:TOP].tolist())

    def recall(found: Any) -> str:
        return f"recall@{TOP} {len(truth & set(np.asarray(found).tolist())) / TOP:.3f}"

    work = {
        f"ours, exact, cosine, {ours.device}": lambda: ours.rank(query, "cosine", TOP).offsets,
        "ours, exact, l2": lambda: ours.rank(query, "l2", TOP).offsets,
        "ours, exact, l1": lambda: ours.rank(query, "l1", TOP).offsets,
        "NumPy float32, cosine": lambda: np.argsort(-(rows @ query))[:TOP],
        "torch float32, cosine": lambda: torch.topk(tensor @ vector, TOP).indices.numpy(),
        "hnswlib, cosine": lambda: graph.knn_query(query[None], TOP)[0][0],
    }
    times = {what: median_ms(task, options.runs) for what, task in work.items()}
    qualities = {what: "" if "l1" in what else recall(task()) for what, task in work.items()}
    return table(times, qualities)
