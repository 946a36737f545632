"""Rows on their way into the store, written batch by batch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from beautyfinder.errors import UserError
from beautyfinder.store.rows import to_table
from beautyfinder.store.store import KEY, PRODUCT_COLUMNS, FeatureStore

CATALOGUE_COLUMNS = (*PRODUCT_COLUMNS, "source")


class Pending:
    """Rows described but not yet committed, by which of their columns are to be written."""

    def __init__(self, store: FeatureStore, feature_columns: Sequence[str]) -> None:
        self._store = store
        everything = store.schema().names
        # A picture that changed loses the features of backbones that this run does not compute.
        self._columns = {
            "new": everything,
            "everything": everything,
            "features": [*KEY, *_others(CATALOGUE_COLUMNS), *feature_columns],
            "catalogue": [*KEY, *_others(CATALOGUE_COLUMNS)],
        }
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in self._columns}

    def __len__(self) -> int:
        return sum(map(len, self.rows.values()))

    def commit(self) -> None:
        """Write all rows; each kind is one atomic commit, and repeating one changes nothing."""
        try:
            for kind, rows in self.rows.items():
                if not rows:
                    continue
                table = to_table(rows, self._store.schema(), self._columns[kind])
                if kind == "new":
                    self._store.append(table)
                else:
                    self._store.update(table)
                rows.clear()
        except OSError as error:
            raise UserError(
                f"Writing to the store {self._store.folder} failed "
                f"({str(error).splitlines()[0][:200]}); make room or mend the access and run "
                "again, it goes on from here."
            ) from error


def _others(columns: Sequence[str]) -> list[str]:
    return [name for name in columns if name not in KEY]
