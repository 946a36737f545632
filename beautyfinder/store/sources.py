"""Where a catalogue comes from: a folder of pictures, or a CSV -> entries to index."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any, TextIO

from beautyfinder.errors import Cancelled, UserError
from beautyfinder.photo import PHOTO_SUFFIXES
from beautyfinder.store.product import ProductImage

_PERFECT_500K = re.compile(r"n\d{7}")  # how the challenge names catalogue pictures
CSV_COLUMNS = ("image", "product_id", "title", "brand", "price", "url", "description")


@dataclass(frozen=True)
class Entry:
    """A product image to index, and the absolute paths of the sources that name it, one a line.

    `image.image_id` is the path within the source; the store makes it unique. `problem`: why the
    picture cannot be indexed at all, empty for nearly every one.
    """

    image: ProductImage
    source: str
    problem: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What makes a row of the store: one picture may show several products, and the reverse."""
        return self.image.path, self.image.product_id


def read_sources(
    sources: Sequence[str | Path], should_stop: Callable[[], bool] = lambda: False
) -> list[Entry]:
    """The entries of every source, in order; the same picture of the same product counts once.

    A folder is searched with its subfolders: the product id is the name of the folder that holds
    the picture, or the file's stem directly under the root. Where every picture is named as those
    of Perfect-500K are (n0185640.jpg), each is a product of its own: its folders are portions that
    say nothing of products. A CSV has a header with `image` and
    any of `CSV_COLUMNS`; paths are absolute or relative to the CSV; a missing product id is the
    file's stem. Links to folders are not followed. Raises UserError: no such source, no pictures,
    a folder that may not be read (its pictures must not count as gone), a malformed CSV. Raises
    Cancelled when `should_stop`, asked at each folder, says so.
    """
    by_key: dict[tuple[str, str], Entry] = {}
    for source in sources:
        absolute = Path(os.path.abspath(source))
        if absolute.is_dir():
            entries = _folder_entries(absolute, should_stop)
        elif absolute.is_file():
            entries = _csv_entries(absolute)
        else:
            raise UserError(
                f"{source} does not exist; give a folder of pictures or a catalogue CSV."
            )
        for entry in entries:
            before = by_key.get(entry.key)
            by_key[entry.key] = entry if before is None else with_sources(entry, before.source)
    return list(by_key.values())


def with_sources(entry: Entry, sources: str) -> Entry:
    """The entry, its sources joined with `sources` (one a line)."""
    joined = sorted({*entry.source.splitlines(), *sources.splitlines()})
    return replace(entry, source="\n".join(joined))


def with_unique_ids(entries: Iterable[Entry], taken: Mapping[str, str]) -> list[Entry]:
    """The entries, each `image_id` lengthened by parent folders until none equals another.

    `taken`: ids that rows of the store already have, with their paths. The same picture of another
    product has the product's id added instead.
    """
    used = dict(taken)
    result = []
    for entry in entries:
        image_id = entry.image.image_id
        parts = PurePath(entry.image.path).parts
        length = len(PurePath(image_id).parts)
        while used.get(image_id, entry.image.path) != entry.image.path and length < len(parts):
            length += 1
            image_id = PurePath(*parts[-length:]).as_posix()
        if image_id in used:  # the same picture for another product
            image_id = f"{image_id}#{entry.image.product_id}"
        used[image_id] = entry.image.path
        result.append(replace(entry, image=replace(entry.image, image_id=image_id)))
    return result


def csv_delimiter(file: TextIO) -> str:
    """The comma, or what spreadsheets write where it is the decimal sign: ";" or a tab.

    Told from the first line; `file` stands at its beginning before and after.
    """
    first_line = file.readline()
    file.seek(0)
    return max(",;\t", key=first_line.count)


def _folder_entries(root: Path, should_stop: Callable[[], bool]) -> list[Entry]:
    entries = []

    def refuse(error: OSError) -> None:
        raise UserError(
            f"The folder {error.filename} cannot be read ({error.strerror}); mend its permissions "
            "or leave it out."
        ) from error

    for folder, subfolders, files in os.walk(root, onerror=refuse):
        if should_stop():
            raise Cancelled(f"Looking through {root} was stopped.")
        subfolders[:] = sorted(name for name in subfolders if _is_content(Path(folder, name)))
        for name in sorted(files):
            path = Path(folder, name)
            if path.suffix.lower() not in PHOTO_SUFFIXES or name.startswith("."):
                continue
            problem = ""
            if not _is_unicode(path):  # cannot be stored, nor opened under the name that is shown
                path = Path(_storable(path))
                problem = f"{path} has a name that is not Unicode text. Rename the file."
            relative = path.relative_to(_storable(root))
            product = relative.parent.name or relative.stem
            image = ProductImage(relative.as_posix(), product, str(path))
            entries.append(Entry(image, _storable(root), problem))
    if not entries:
        raise UserError(
            f"{root} holds no pictures; supported are {', '.join(sorted(PHOTO_SUFFIXES))}."
        )
    if all(_PERFECT_500K.fullmatch(Path(entry.image.path).stem) for entry in entries):
        return [_own_product(entry) for entry in entries]
    return entries


def _own_product(entry: Entry) -> Entry:
    stem = Path(entry.image.path).stem
    return replace(entry, image=replace(entry.image, product_id=stem))


def _is_unicode(path: Path) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in str(path))


def _storable(path: Path) -> str:
    """The path with U+FFFD for what is not Unicode text in it."""
    return re.sub("[\ud800-\udfff]", "\ufffd", str(path))


def _is_content(folder: Path) -> bool:
    """Not a hidden folder and not a feature store that lies among the pictures."""
    return not folder.name.startswith(".") and not (folder / "catalogue.lance").is_dir()


def _csv_entries(path: Path) -> list[Entry]:
    entries = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter=csv_delimiter(file), strict=True)
            header = [name.strip().lower() for name in reader.fieldnames or ()]
            if "image" not in header:
                raise UserError(
                    f"{path} is not a catalogue CSV: its first line must name the columns, "
                    f"“image” at least (possible: {', '.join(CSV_COLUMNS)})."
                )
            reader.fieldnames = header
            for row in reader:
                if any(_cells(row)):  # spreadsheets write lines of nothing but commas
                    entries.append(_csv_entry(path, reader.line_num, row))
    except (csv.Error, UnicodeDecodeError) as error:
        raise UserError(
            f"{path} cannot be read as a CSV in UTF-8 ({error}); save it anew as CSV UTF-8."
        ) from error
    except OSError as error:
        raise UserError(f"{path} cannot be opened: {error.strerror}.") from error
    if not entries:
        raise UserError(f"{path} lists no pictures.")
    return entries


def _cells(row: Mapping[Any, Any]) -> list[str]:
    """Every cell of a line; DictReader keeps those beyond the header's columns in a list."""
    lists = (value if isinstance(value, list) else [value or ""] for value in row.values())
    return [cell.strip() for cells in lists for cell in cells]


def _csv_entry(csv_path: Path, line: int, row: Mapping[Any, Any]) -> Entry:
    # A short row leaves None, a long one a list under the key None: both are torn lines.
    cells = {name: (row.get(name) or "").strip() for name in CSV_COLUMNS}
    surplus = any(row.get(None, ()))
    if not cells["image"] or surplus:
        raise UserError(
            f"{csv_path}, line {line}: "
            + ("more cells than the header has columns" if surplus else "no “image”")
            + "; mend the line and try again."
        )
    listed = Path(cells["image"])
    absolute = os.path.abspath(csv_path.parent / listed)
    image = ProductImage(
        image_id=listed.as_posix(),
        product_id=cells["product_id"] or listed.stem,
        path=absolute,
        title=cells["title"],
        brand=cells["brand"],
        price=cells["price"],
        url=cells["url"],
        description=cells["description"],
    )
    return Entry(image, str(csv_path))
