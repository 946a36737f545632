"""The demo: the sample catalogue, drawn and indexed on first use, and one of its phone photos."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beautyfinder import console, paths
from beautyfinder.commands.index import run_index, run_index_for
from beautyfinder.commands.machine import Talk, background_workers
from beautyfinder.errors import Cancelled

if TYPE_CHECKING:
    from beautyfinder.sample.catalogue import SampleCatalogue


def prepare_demo(products: int) -> tuple[Path, Path]:
    """Draw and index what is not there yet; returns the store and the photo to look up."""
    from beautyfinder.store.indexer import IndexOptions

    store = paths.sample_store(products)
    with console.progress_bar("Drawing the sample catalogue", "pictures") as bar:
        sample = _draw(products, lambda done, total: bar(done, total, ""), None)
    run_index(store, [sample.catalogue_csv], IndexOptions(remove_vanished=True))
    return store, _shown_photo(sample)


def prepare_demo_for(talk: Talk, products: int) -> dict[str, Any]:
    """The same for the window; its report has the `store` and the `photo`."""
    from beautyfinder.store.indexer import IndexOptions

    store = paths.sample_store(products)

    def tell(done: int, total: int) -> None:
        if talk.should_stop():
            raise Cancelled("Drawing was stopped.")
        talk.progress("draw", done, total)

    sample = _draw(products, tell, background_workers())
    options = [IndexOptions(remove_vanished=True)]
    report = run_index_for(talk, store, [sample.catalogue_csv], options)
    return report | {"store": str(store), "photo": str(_shown_photo(sample))}


def _draw(
    products: int, progress: Callable[[int, int], None], workers: int | None
) -> SampleCatalogue:
    from beautyfinder.sample.catalogue import draw_catalogue

    folder = paths.data_folder() / f"sample-{products}"
    return draw_catalogue(folder, products, progress=progress, workers=workers)


def _shown_photo(sample: SampleCatalogue) -> Path:
    """Of a product without near-twins: what the program does should be plain at first sight."""
    from beautyfinder.evaluation.ground_truth import read_queries
    from beautyfinder.store.sources import read_sources

    families = Counter(
        _family(entry.image.product_id) for entry in read_sources([sample.catalogue_csv])
    )
    queries = read_queries(sample.queries_csv)
    shown = min(queries, key=lambda query: families[_family(*query.product_ids)])
    return Path(shown.path)


def _family(product_id: str) -> str:
    """What near-twins' ids share: all but the number at the end."""
    return product_id.rpartition("-")[0]
