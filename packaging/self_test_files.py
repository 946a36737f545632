"""Draws what the self-test looks up: resources/self_test, from the sample catalogue.

Run in the development environment by somebody who may write to the root folder: the catalogue holds
the paths that it was made from, and these shall name no machine.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from PIL import Image
from pillow_heif import from_pillow

from beautyfinder.sample.catalogue import draw_catalogue
from beautyfinder.store.indexer import IndexOptions, index

_FOLDER = Path("/beautyfinder-self-test")
_TARGET = Path(__file__).parents[1] / "resources" / "self_test"
_PRODUCTS = 6
_SMALL = (90, 120)


def main() -> None:
    """Write the three anew."""
    sample = draw_catalogue(_FOLDER / "sample-6", _PRODUCTS, queries=_PRODUCTS)
    index(_FOLDER / "store", [sample.catalogue_csv], IndexOptions(device="cpu"))
    shutil.rmtree(_TARGET, ignore_errors=True)
    _TARGET.mkdir()
    shutil.copytree(_FOLDER / "store" / "catalogue.lance", _TARGET / "catalogue.lance")
    photo = _TARGET / "photo.jpg"
    shutil.copyfile(sample.queries_csv.parent / "queries" / "photo-001.jpg", photo)
    with Image.open(photo) as picture:
        from_pillow(picture.convert("RGB").resize(_SMALL)).save(_TARGET / "format.heic")
    shutil.rmtree(_FOLDER)


if __name__ == "__main__":
    main()
