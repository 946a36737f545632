"""The catalogues that the window knows: a list in the settings; the disk is not looked at."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Signal

_SETTING = "catalogues/known"


@dataclass(frozen=True)
class KnownStore:
    """A catalogue of the list. `opened`: when it was opened last, ISO 8601, empty for never."""

    folder: Path
    opened: str = ""


class KnownStores(QObject):
    """The list, the last opened first. `settings` None: it is forgotten with the program.

    Never looks at the disk: a folder may lie on a share that does not answer. `changed` whenever
    the list is another one.
    """

    changed = Signal()

    def __init__(self, settings: QSettings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._stores = self._read()

    def stores(self) -> tuple[KnownStore, ...]:
        """Every known catalogue, the last opened first."""
        return tuple(sorted(self._stores.values(), key=lambda s: s.opened, reverse=True))

    def add(self, folder: Path) -> None:
        """Put the catalogue on the list, if it is not there."""
        folder = _absolute(folder)
        if folder not in self._stores:
            self._stores[folder] = KnownStore(folder)
            self._write()

    def opened(self, folder: Path) -> None:
        """The catalogue was opened just now."""
        folder = _absolute(folder)
        self._stores[folder] = KnownStore(folder, datetime.now().isoformat(timespec="seconds"))
        self._write()

    def remove(self, folder: Path) -> None:
        """Take it off the list; the catalogue itself stays."""
        if self._stores.pop(_absolute(folder), None) is not None:
            self._write()

    def _read(self) -> dict[Path, KnownStore]:
        text = str(self._settings.value(_SETTING, "") or "") if self._settings is not None else ""
        try:
            pairs = [(Path(folder), str(opened)) for folder, opened in json.loads(text or "[]")]
        except (ValueError, TypeError):  # settings are files that anybody may have edited
            pairs = []
        return {folder: KnownStore(folder, opened) for folder, opened in pairs}

    def _write(self) -> None:
        if self._settings is not None:
            pairs = [(str(store.folder), store.opened) for store in self._stores.values()]
            self._settings.setValue(_SETTING, json.dumps(pairs))
        self.changed.emit()


def _absolute(folder: Path) -> Path:
    return Path(os.path.abspath(folder))
