"""Facts of a catalogue's folder, and deleting one. Slow: for worker threads."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from beautyfinder.errors import UserError
from beautyfinder.gui.translation import tr


@dataclass(frozen=True)
class StoreFacts:
    """A catalogue as it is on the disk now. `problem`: why it cannot be used, empty if it can.

    bytes: its size on the disk. changed: the last change. sources: folders and CSVs it is made of.
    """

    folder: Path
    problem: str = ""
    images: int = 0
    products: int = 0
    errors: int = 0
    bytes: int = 0
    changed: datetime | None = None
    sources: tuple[str, ...] = ()


def read_facts(folder: Path) -> StoreFacts:
    """Look at the catalogue in `folder`; never raises over what is there."""
    from beautyfinder.store.store import DATASET, FeatureStore, has_store

    try:
        if not folder.is_dir():
            return StoreFacts(folder, tr("It is not there: moved, deleted, or a drive is missing."))
        if not has_store(folder):
            return StoreFacts(folder, tr("There is no catalogue in this folder any more."))
        store = FeatureStore.open(folder)
        info = store.info()
        lines = store.table(["source"]).column(0).unique().to_pylist()
        changed = (folder / DATASET / "_versions").stat().st_mtime
    except (UserError, OSError) as error:
        return StoreFacts(folder, str(error))
    sources = dict.fromkeys(source for line in lines for source in (line or "").splitlines())
    return StoreFacts(
        folder, "", info.images, info.products, info.errors, info.bytes,
        datetime.fromtimestamp(changed), tuple(sources),
    )  # fmt: skip


def size_to_delete(folder: Path) -> int:
    """Bytes that deleting the catalogue would free. Raises UserError where that is refused.

    Only a folder that holds a catalogue and nothing else is ever deleted.
    """
    from beautyfinder.store.store import DATASET, DERIVED, has_store

    if folder.is_symlink():
        raise UserError(
            tr("{folder} is a link to another folder; delete the catalogue there by hand.").format(
                folder=folder
            )
        )
    if not has_store(folder):
        raise UserError(
            tr("{folder} holds no catalogue; nothing was deleted.").format(folder=folder)
        )
    try:
        strangers = sorted(
            entry.name for entry in os.scandir(folder)
            if entry.name not in (DATASET, DERIVED, ".lock") or entry.is_symlink()
        )  # fmt: skip
        if strangers:
            raise UserError(
                tr("{folder} holds other things than the catalogue ({name}, …); move them away "
                    "or delete the catalogue by hand.").format(folder=folder, name=strangers[0])
            )  # fmt: skip
        files = (Path(at, name) for at, _, names in os.walk(folder) for name in names)
        return sum(file.lstat().st_size for file in files)
    except OSError as error:
        raise UserError(
            tr("{folder} cannot be looked through ({why}).").format(
                folder=folder, why=error.strerror
            )
        ) from error


def delete_store(folder: Path) -> None:
    """Delete the catalogue in `folder`, for good. Raises UserError where that is refused.

    It is moved aside first, so that one which cannot be deleted is left whole.
    """
    from beautyfinder.store.store import FeatureStore

    size_to_delete(folder)
    with FeatureStore.open(folder).locked():
        pass  # nobody writes to it
    try:
        aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-deleting-", dir=folder.parent))
        try:
            os.replace(folder, aside / folder.name)
        except OSError:
            aside.rmdir()
            raise
        shutil.rmtree(aside)
    except OSError as error:
        raise UserError(
            tr("{folder} cannot be deleted ({why}); is it open in another program?").format(
                folder=folder, why=error.strerror
            )
        ) from error
