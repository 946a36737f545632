"""Labelled queries: which photo shows which product, in either of the two forms there are."""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from beautyfinder.errors import UserError
from beautyfinder.photo import PHOTO_SUFFIXES
from beautyfinder.store.product import ProductImage
from beautyfinder.store.sources import csv_delimiter


@dataclass(frozen=True)
class LabelledQuery:
    """A photo and what it shows: products by id, or catalogue pictures by file name."""

    path: str
    product_ids: frozenset[str] = frozenset()
    image_names: frozenset[str] = frozenset()


def read_queries(path: str | Path, photos: Path | None = None) -> list[LabelledQuery]:
    """The queries of a CSV in either form, its photos relative to `photos`, or to the CSV.

    Ours: a header with `image` and `product_id`; a photo listed twice shows several products. The
    challenge's: a header (with a BOM), then lines of a photo's id and the ids of any number of
    catalogue pictures, without extensions. Raises UserError: no such file, neither form, a photo
    that is nowhere.
    """
    path = Path(path)
    folder = path.parent if photos is None else photos
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            delimiter = csv_delimiter(file)
            rows = csv.reader(file, delimiter=delimiter, strict=True)
            lines = [[cell.strip() for cell in line] for line in rows]
    except OSError as error:
        raise UserError(f"{path} cannot be opened: {error.strerror}.") from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise UserError(f"{path} cannot be read as a CSV in UTF-8 ({error}).") from error
    lines = [line for line in lines if any(line)]
    if not lines:
        raise UserError(f"{path} is empty: it lists no queries.")
    header = [name.lower() for name in lines[0]]
    while not header[-1]:  # a spreadsheet makes all lines as long as the longest
        header.pop()
    own = "image" in header and "product_id" in header
    challenge = len(header) == 2 and all(name.endswith("image id") for name in header)
    if (own or challenge) and len(lines) == 1:
        raise UserError(f"{path} lists no queries.")
    if own:
        return _own_form(path, folder, header, lines[1:])
    if challenge:
        return _challenge_form(path, folder, lines[1:])
    raise UserError(
        f"{path} is not a file of queries: its header must be “image,product_id” or the "
        "challenge's “Validation Image ID,Training Image ID”."
    )


class GroundTruth:
    """Looks up which rows of a catalogue are right answers."""

    def __init__(self, images: Sequence[ProductImage], unreadable: Sequence[int] = ()) -> None:
        """`images`: the catalogue's, in the order of the store's rows.

        `unreadable`: offsets of pictures that are never right answers.
        """
        left_out = set(unreadable)
        self._by_product: dict[str, set[int]] = defaultdict(set)
        self._by_name: dict[str, set[int]] = defaultdict(set)
        for offset, image in enumerate(images):
            if offset in left_out:
                continue
            self._by_product[image.product_id].add(offset)
            name = PurePosixPath(image.image_id)
            for known_as in {image.image_id, name.name, name.stem}:
                self._by_name[known_as].add(offset)

    def right_answers(self, query: LabelledQuery) -> set[int]:
        """Offsets of the catalogue pictures that show what the query shows."""
        found: set[int] = set()
        for product in query.product_ids:
            found |= self._by_product.get(product, set())
        for name in query.image_names:
            found |= self._by_name.get(name, set())
        return found


def _own_form(
    path: Path, folder: Path, header: list[str], lines: list[list[str]]
) -> list[LabelledQuery]:
    image, product = header.index("image"), header.index("product_id")
    products: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if len(line) <= max(image, product) or not line[image] or not line[product]:
            raise UserError(f"{path}: the line “{','.join(line)}” lacks an image or a product id.")
        photo = os.path.abspath(folder / line[image])
        if photo not in products and not os.path.isfile(photo):
            raise UserError(f"{path} names the photo {line[image]}, but there is no file {photo}.")
        products[photo].add(line[product])
    return [LabelledQuery(photo, product_ids=frozenset(ids)) for photo, ids in products.items()]


def _challenge_form(path: Path, folder: Path, lines: list[list[str]]) -> list[LabelledQuery]:
    photos = _photos_by_stem(folder)
    queries = []
    for query, *answers in lines:
        if query not in photos:
            raise UserError(
                f"{path} names the photo {query}, but no picture of that name lies in "
                f"{folder} or in a folder directly below it."
            )
        names = frozenset(answer for answer in answers if answer)
        queries.append(LabelledQuery(str(photos[query]), image_names=names))
    return queries


def _photos_by_stem(folder: Path) -> dict[str, Path]:
    """Pictures directly below `folder` win over those one level deeper."""
    deeper = sorted(path for path in folder.glob("*/*") if path.suffix.lower() in PHOTO_SUFFIXES)
    near = sorted(path for path in folder.glob("*") if path.suffix.lower() in PHOTO_SUFFIXES)
    return {path.stem: path for path in (*deeper, *near)}
