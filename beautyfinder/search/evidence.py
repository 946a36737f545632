"""Evidence: all that speaks for each candidate of a short-list, in numbers that can be fused."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from beautyfinder.errors import Cancelled
from beautyfinder.features.keypoints import LocalFeatures
from beautyfinder.search.appearance import Agreement, agreement, halvings, rectify
from beautyfinder.search.description import Description
from beautyfinder.search.exact_matching import RATIO, ExactMatcher
from beautyfinder.search.verification import Geometry, Size, verify
from beautyfinder.search.workers import workers
from beautyfinder.store.columns import DescriptorColumn
from beautyfinder.store.store import FeatureStore

_COMPARED = 10  # candidates, those with the best geometry, whose looks are compared: the dear part
_PAIRS_AT_A_TIME = 16  # between two looks at `should_stop`

Progress = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Evidence:
    """float64 (K,) each, one a candidate; NaN where nothing was measured.

    deep: cosine similarity of the descriptors; votes: of the local index; pack, texts: agreement of
    the words read on the photo with those read on the catalogue picture and with the catalogue's
    texts; matches: RootSIFT, mutual; inliers, guided: see Geometry, 0 where there is none;
    structure, colour, shade, area: see Agreement.
    """

    deep: NDArray[np.float64]
    votes: NDArray[np.float64]
    pack: NDArray[np.float64]
    texts: NDArray[np.float64]
    matches: NDArray[np.float64]
    inliers: NDArray[np.float64]
    guided: NDArray[np.float64]
    structure: NDArray[np.float64]
    colour: NDArray[np.float64]
    shade: NDArray[np.float64]
    area: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Pair:
    """What matching the photo with one candidate gave."""

    matches: int
    geometry: Geometry | None
    inlier_points: NDArray[np.float32]  # (I, 2), pixels of the catalogue picture

    @property
    def inliers(self) -> int:
        return self.geometry.distinct if self.geometry else 0

    @property
    def guided(self) -> int:
        return self.geometry.guided if self.geometry else 0


def verify_all(
    query: Description,
    store: FeatureStore,
    offsets: Sequence[int],
    known: dict[int, Pair] | None = None,
    progress: Progress = lambda _done, _total: None,
    should_stop: Callable[[], bool] = lambda: False,
    matcher: ExactMatcher | None = None,
) -> list[Pair]:
    """Match and verify the photo against the pictures at `offsets`.

    What is in `known`, by offset, is not verified again; what is verified is added. `matcher`: of
    the photo's local features, where there is one already. Raises Cancelled when `should_stop`
    says so.
    """
    if query.local is None:
        raise ValueError("the query was described without local features")
    local, size_of_photo = query.local, query.size
    pairs = {} if known is None else known
    new = [offset for offset in offsets if offset not in pairs]
    candidates, sizes = store.read_local_features(new), read_sizes(store, new)
    match = (matcher or ExactMatcher(local)).match

    def verified(candidate: LocalFeatures, size: tuple[int, int]) -> Pair:
        matches = match(candidate, RATIO)
        geometry = verify(local, candidate, matches, size_of_photo, size)
        agreeing = matches.catalogue_indices[geometry.inliers] if geometry else slice(0)
        return Pair(len(matches), geometry, candidate.points[agreeing])

    before = len(offsets) - len(new)
    for start in range(0, len(new), _PAIRS_AT_A_TIME):
        progress(before + start, len(offsets))
        if should_stop():
            raise Cancelled("The look-up was stopped.")
        end = min(start + _PAIRS_AT_A_TIME, len(new))
        found = workers().map(verified, candidates[start:end], sizes[start:end])
        pairs.update(zip(new[start:end], found, strict=True))
    progress(len(offsets), len(offsets))
    return [pairs[offset] for offset in offsets]


def verify_ahead(
    query: Description,
    store: FeatureStore,
    offsets: Sequence[int],
    known: dict[int, Pair],
    looks: dict[int, Agreement | None] | None,
    enough: Callable[[], bool],
    should_stop: Callable[[], bool] = lambda: False,
) -> None:
    """Verify the pictures at `offsets`, the likeliest first, into `known` until it is `enough`.

    When all are, the looks of the best go into `looks`, where there is one; that, some 50 ms, is
    done to its end.
    """
    if query.local is None:
        return
    matcher = ExactMatcher(query.local)
    for start in range(0, len(offsets), _PAIRS_AT_A_TIME):
        if enough():
            return
        some = offsets[start : start + _PAIRS_AT_A_TIME]
        verify_all(query, store, some, known, should_stop=should_stop, matcher=matcher)
    if looks is not None and not enough():
        compare_looks(query, store, offsets, [known[offset] for offset in offsets], looks)


def gather(
    query: Description,
    store: FeatureStore,
    column: DescriptorColumn,
    offsets: Sequence[int],
    pairs: Sequence[Pair],
    votes: NDArray[np.float32] | None,
    words: tuple[NDArray[np.float32], NDArray[np.float32]] | None,
    looks: dict[int, Agreement | None] | None = None,
) -> Evidence:
    """The evidence of the candidates at `offsets`; `votes` and `words` (pack, texts) are of them.

    None stands for a source that was not asked. `looks`: by offset, what was compared before; what
    is compared now is added.
    """
    nothing = np.full(len(offsets), np.nan)
    pack, texts = (nothing, nothing) if words is None else words
    seen = compare_looks(query, store, offsets, pairs, {} if looks is None else looks)
    return Evidence(
        deep=_similarities(query.descriptors[column.pooling], store, column, offsets),
        votes=nothing if votes is None else votes.astype(np.float64),
        pack=pack.astype(np.float64),
        texts=texts.astype(np.float64),
        matches=np.array([pair.matches for pair in pairs], np.float64),
        inliers=np.array([pair.inliers for pair in pairs], np.float64),
        guided=np.array([pair.guided for pair in pairs], np.float64),
        structure=_each(seen, "structure"),
        colour=_each(seen, "colour"),
        shade=_each(seen, "shade"),
        area=_each(seen, "area"),
    )


def compare_looks(
    query: Description,
    store: FeatureStore,
    offsets: Sequence[int],
    pairs: Sequence[Pair],
    known: dict[int, Agreement | None],
) -> list[Agreement | None]:
    """Structure and colour of the candidates with the best geometry; None for the others.

    None, too, where the geometry holds for too small a part to compare. The catalogue's side is the
    thumbnail in the store: its file need not be there any more. What is in `known`, by offset, is
    not compared again; what is compared is added.
    """
    order = sorted(
        (place for place, pair in enumerate(pairs) if pair.geometry is not None),
        key=lambda place: -(pairs[place].inliers + pairs[place].guided),
    )[:_COMPARED]
    wanted = [place for place in order if offsets[place] not in known]
    chosen = [offsets[place] for place in wanted]
    thumbnails = store.read_thumbnails(chosen)
    levels = halvings(query.pixels) if wanted else []

    def compare(pair: Pair, size: Size, data: bytes | None) -> Agreement | None:
        if data is None or pair.geometry is None:
            return None
        picture = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
        return agreement(
            rectify(levels, picture, pair.geometry.homography, size, pair.inlier_points)
        )

    sizes = read_sizes(store, chosen)
    compared = workers().map(compare, (pairs[place] for place in wanted), sizes, thumbnails)
    known.update(zip(chosen, compared, strict=True))
    looks: list[Agreement | None] = [None] * len(pairs)
    for place in order:
        looks[place] = known.get(offsets[place])
    return looks


def read_sizes(store: FeatureStore, offsets: Sequence[int]) -> list[Size]:
    """Width and height of the pictures at `offsets`, (1, 1) where they could not be read."""
    table = store.table(["width", "height"], offsets).to_pydict()
    return [(w or 1, h or 1) for w, h in zip(table["width"], table["height"], strict=True)]


def _similarities(
    descriptor: NDArray[np.float32],
    store: FeatureStore,
    column: DescriptorColumn,
    offsets: Sequence[int],
) -> NDArray[np.float64]:
    rows = store.read_descriptor_rows(column, offsets).astype(np.float64)
    lengths = np.linalg.norm(rows, axis=1) * np.linalg.norm(descriptor)
    return np.asarray(rows @ descriptor.astype(np.float64) / np.maximum(lengths, 1e-12))


def _each(looks: Sequence[Agreement | None], name: str) -> NDArray[np.float64]:
    return np.array([np.nan if look is None else getattr(look, name) for look in looks], np.float64)
