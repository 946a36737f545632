"""The pictures in folders that were dropped: listed in another thread, a share may be slow."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from beautyfinder.errors import UserError
from beautyfinder.gui.drops import Offer
from beautyfinder.gui.query import FileQuery
from beautyfinder.gui.translation import tr

MOST = 200
"""Most pictures taken at once."""


def offer_of_folders(folders: Sequence[Path]) -> Offer:
    """The pictures right in `folders`, by name, at most MOST; or a refusal where there are none.

    Raises UserError where a folder cannot be listed.
    """
    found = [path for folder in folders for path in _pictures(folder)]
    name = folders[0].name or str(folders[0])
    if not found:
        return Offer(refusal=_nothing_in(name, len(folders)))
    taken = found[:MOST]
    if len(folders) == 1:
        remark = tr("{taken} of {count} pictures in the folder “{name}” are looked up.")
    else:
        remark = tr("{taken} of {count} pictures in {folders} folders are looked up.")
    return Offer(
        tuple(FileQuery(path) for path in taken),
        remark=remark.format(taken=len(taken), count=len(found), name=name, folders=len(folders)),
    )


def _pictures(folder: Path) -> list[str]:
    from beautyfinder.photo import PHOTO_SUFFIXES  # brings numpy and Pillow along

    try:
        with os.scandir(folder) as entries:
            found = [
                entry.path
                for entry in entries
                if os.path.splitext(entry.name)[1].lower() in PHOTO_SUFFIXES
                and not entry.name.startswith(".")  # what macOS puts beside files is no picture
                and entry.is_file()
            ]
    except OSError as error:
        raise UserError(
            tr(
                "The folder {folder} cannot be read: {why}. Drop the pictures in it instead."
            ).format(folder=folder, why=error.strerror or error)
        ) from error
    return sorted(found, key=lambda path: (path.casefold(), path))


def _nothing_in(name: str, folders: int) -> str:
    if folders > 1:
        return tr(
            "There is no picture in these {folders} folders; folders in them are not searched. "
            "Drop the pictures themselves."
        ).format(folders=folders)
    return tr(
        "There is no picture in the folder “{name}”; folders in it are not searched. Drop the "
        "pictures themselves."
    ).format(name=name)
