"""The demo: the sample catalogue, drawn and indexed on first use, and one of its phone photos."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from beautyfinder import console, paths


def prepare_demo(products: int) -> tuple[Path, Path]:
    """Draw and index what is not there yet; returns the store and the photo to look up."""
    from beautyfinder.commands.index import run_index
    from beautyfinder.evaluation.ground_truth import read_queries
    from beautyfinder.sample.catalogue import draw_catalogue
    from beautyfinder.store.indexer import IndexOptions
    from beautyfinder.store.sources import read_sources

    # The store's folder is what the window calls the catalogue.
    folder = paths.data_folder() / f"sample-{products}"
    store = paths.data_folder() / f"Sample catalogue ({products})"
    with console.progress_bar("Drawing the sample catalogue", "pictures") as bar:
        sample = draw_catalogue(folder, products, progress=lambda done, total: bar(done, total, ""))
    run_index(store, [sample.catalogue_csv], IndexOptions(remove_vanished=True))
    families = Counter(
        _family(entry.image.product_id) for entry in read_sources([sample.catalogue_csv])
    )
    queries = read_queries(sample.queries_csv)
    # A product without near-twins first: what the program does should be plain at first sight.
    shown = min(queries, key=lambda query: families[_family(*query.product_ids)])
    return store, Path(shown.path)


def _family(product_id: str) -> str:
    """What near-twins' ids share: all but the number at the end."""
    return product_id.rpartition("-")[0]
