"""All evidence of every query of a set, gathered once, in several processes, and kept in a file."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beautyfinder.evaluation.fitting import Sample
from beautyfinder.evaluation.ground_truth import GroundTruth, LabelledQuery
from beautyfinder.evaluation.look_ups import LookUps, deep_alone
from beautyfinder.photo import read_photo
from beautyfinder.search.hybrid import FEATURES, features
from beautyfinder.search.searcher import Searcher, recommended_method
from beautyfinder.store.store import FeatureStore

# The short-lists to be told apart: every source alone, one left out, and all.
SHORTLISTS = ("deep", "local", "words", "deep,local", "deep,words", "local,words",
              "deep,local,words")  # fmt: skip
ALL = SHORTLISTS[-1]


@dataclass(frozen=True, eq=False)
class QueryEvidence:
    """One query and the K pictures that any source put into its short-list.

    sift: the paper's score (K,), of the short-lists of the deep source and of all, NaN elsewhere;
    right: bool (K,); total: right answers in the catalogue; shortlists: places among the K, in the
    order of the short-list; features: of each short-list, in its order, see `hybrid.FEATURES`;
    milliseconds: of the default look-up, opening not counted; ids: the product of each of the K. A
    file that lacks them has a name of its own for each picture, which comes to the same where a
    product has one picture, as in all sets so far.
    """

    group: str
    sift: NDArray[np.float64]
    right: NDArray[np.bool_]
    total: int
    shortlists: dict[str, NDArray[np.int64]]
    features: dict[str, NDArray[np.float64]]
    milliseconds: float
    ids: NDArray[np.str_]

    def products(self, shortlist: str = ALL) -> NDArray[np.str_]:
        """The product of each picture of a short-list, in its order."""
        return self.ids[self.shortlists[shortlist]]

    def sample(self, shortlist: str = ALL) -> Sample:
        """What a look-up with these sources hands to the model."""
        right = self.right[self.shortlists[shortlist]]
        return Sample(self.group, self.features[shortlist], right, self.total)


def gather(
    store: FeatureStore,
    queries: Sequence[LabelledQuery],
    kept: Path,
    workers: int,
    say: Callable[[str], None],
) -> list[QueryEvidence]:
    """Evidence of every query, in order; from the file `kept` where it was made from the same.

    That is the same version of the store and the same queries; that the code is the same, whoever
    changed it has to see to.
    """
    made_from = f"{store.version} {FEATURES} {[(q.path, q.product_ids) for q in queries]}"
    if kept.exists() and (found := _load(kept, made_from)):
        return found
    Searcher(store).open(recommended_method(store))  # the indices are built here, once
    found = []
    with ProcessPoolExecutor(workers, get_context("spawn"), _open, (str(store.folder),)) as pool:
        for number, evidence in enumerate(pool.map(_look_up, queries, chunksize=4), 1):
            found.append(evidence)
            if number % 20 == 0:
                say(f"{kept.stem}: {number} of {len(queries)} queries")
    _save(kept, made_from, found)
    return found


_worker: dict[str, Any] = {}  # of this process


def _open(folder: str) -> None:
    searcher = Searcher(FeatureStore.open(folder), "cpu")
    searcher.open(recommended_method(searcher.store))
    _worker.update(searcher=searcher, truth=GroundTruth(searcher.store.read_images()))


def _look_up(query: LabelledQuery) -> QueryEvidence:
    searcher: Searcher = _worker["searcher"]
    method = recommended_method(searcher.store)
    started = time.perf_counter()
    descriptors = searcher.describe(read_photo(query.path), [deep_alone(method)]).descriptors
    deep = searcher.sources.rank_deep(descriptors[method.pooling], method)
    milliseconds = (time.perf_counter() - started) * 1000
    described = {(method.backbone, pooling): row for pooling, row in descriptors.items()}
    look_ups = LookUps(searcher, query.path, described, [method])
    # The default first: what it costs is not to profit from what the others computed.
    milliseconds += look_ups.order(method, deep)[2]
    methods = {names: replace(method, sources=tuple(names.split(","))) for names in SHORTLISTS}
    found = {
        names: look_ups.order(replace(chosen, rerank="none"), deep)[0]
        for names, chosen in methods.items()
    }
    offsets = list(dict.fromkeys(offset for names in found for offset in found[names]))
    place = {offset: number for number, offset in enumerate(offsets)}
    matched = dict.fromkeys([*found["deep"], *found[ALL]])  # those that the tables ask for
    sift = look_ups.sift_scores(list(matched), method.ratio)[0]
    right = _worker["truth"].right_answers(query)
    return QueryEvidence(
        group=min(query.product_ids),
        sift=np.array([sift.get(offset, np.nan) for offset in offsets]),
        right=np.array([offset in right for offset in offsets]),
        total=len(right),
        shortlists={n: np.array([place[o] for o in found[n]], np.int64) for n in SHORTLISTS},
        features={n: features(look_ups.evidence(m, deep, found[n])) for n, m in methods.items()},
        milliseconds=milliseconds,
        ids=np.array([image.product_id for image in searcher.store.read_images(offsets)]),
    )


def _save(kept: Path, made_from: str, found: Sequence[QueryEvidence]) -> None:
    arrays: dict[str, Any] = {"made from": np.array(made_from)}
    for number, query in enumerate(found):
        arrays |= {
            f"{number}/group": np.array(query.group),
            f"{number}/numbers": np.array([query.total, query.milliseconds]),
            f"{number}/sift": query.sift,
            f"{number}/right": query.right,
            f"{number}/ids": query.ids,
        }
        for name, places in query.shortlists.items():
            arrays |= {
                f"{number}/places/{name}": places,
                f"{number}/features/{name}": query.features[name],
            }
    part = kept.with_suffix(".part.npz")
    np.savez_compressed(part, **arrays)
    part.replace(kept)


def _load(kept: Path, made_from: str) -> list[QueryEvidence]:
    """Nothing where the file was made from something else."""
    with np.load(kept, allow_pickle=False) as file:
        arrays = dict(file)
    found: list[QueryEvidence] = []
    if str(arrays.get("made from")) != made_from:
        return found
    for number in range(sum(name.endswith("/group") for name in arrays)):
        total, milliseconds = arrays[f"{number}/numbers"]
        right = arrays[f"{number}/right"]
        found.append(
            QueryEvidence(
                group=str(arrays[f"{number}/group"]),
                sift=arrays[f"{number}/sift"],
                right=right,
                total=int(total),
                shortlists={n: arrays[f"{number}/places/{n}"] for n in SHORTLISTS},
                features={n: arrays[f"{number}/features/{n}"] for n in SHORTLISTS},
                milliseconds=float(milliseconds),
                ids=arrays.get(f"{number}/ids", np.arange(len(right)).astype(np.str_)),
            )
        )
    return found
