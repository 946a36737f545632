"""Which ranker of all rows a catalogue gets: all measured, or a scan of their codes first."""

from __future__ import annotations

import logging

import torch

from beautyfinder.search.bounded_ranking import BoundedRanker
from beautyfinder.search.local_index_files import Progress, ShouldStop
from beautyfinder.search.ranking import ExactRanker
from beautyfinder.search.ranking_files import open_or_update
from beautyfinder.store.columns import DescriptorColumn
from beautyfinder.store.store import FeatureStore

log = logging.getLogger(__name__)

Ranker = ExactRanker | BoundedRanker

# Numbers in the matrix from which on the CPU goes by bounds: 105,000 rows of 1,280. Up to there all
# rows are measured in some 15 ms, and a scan of codes is not sure to be quicker.
BOUNDED_FROM = 1 << 27


def exact_ranker(
    store: FeatureStore,
    column: DescriptorColumn,
    device: torch.device,
    progress: Progress,
    should_stop: ShouldStop,
) -> Ranker:
    """The ranker of the column. A GPU keeps the whole matrix and measures every row.

    `progress` and `should_stop` as for `ranking_files.open_or_update`. Where its files cannot be
    written all rows are measured, and the log says so.
    """
    if device.type == "cpu" and len(store) * column.dimensions >= BOUNDED_FROM:
        try:
            return BoundedRanker(open_or_update(store, column, progress, should_stop))
        except OSError as error:
            log.warning(
                "The codes that make ranking fast cannot be written beside the store (%s); it goes "
                "on without them.",
                error,
            )
    return ExactRanker(store.read_descriptors(column), device)
