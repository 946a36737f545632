"""The hits as a list model: which are listed, their pictures, what a person said of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage

from beautyfinder.gui.hit_words import spoken_text, tooltip_text
from beautyfinder.gui.query import Answer

if TYPE_CHECKING:
    from beautyfinder.search.method import Hit

HIT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
PICTURE_ROLE = int(Qt.ItemDataRole.UserRole) + 2
MARK_ROLE = int(Qt.ItemDataRole.UserRole) + 3  # True: right, False: wrong, None: not judged
BEST = 7  # as many as the paper's measure counts, and as can be judged at a glance

_Index = QModelIndex | QPersistentModelIndex


class ResultsModel(QAbstractListModel):
    """One row per listed hit, best first: the best seven, or all, or those that fit a filter.

    Another list takes the place of the one before without a reset where both have rows, so that
    the view keeps selection and place. `hits()` are all of the answer, `listed()` those with rows.
    """

    def __init__(self) -> None:
        super().__init__()
        self._answer: Answer | None = None
        self._provisional = False
        self._listed: tuple[Hit, ...] = ()
        self._pictures: dict[str, QImage | None] = {}  # by image id
        self._marks: dict[str, bool] = {}  # by product id
        self._all = False
        self._words: tuple[str, ...] = ()
        self._brand = ""

    def show(self, answer: Answer | None, provisional: bool = False) -> None:
        """List the hits of `answer`, or none.

        The answer that follows a `provisional` one is of the same look-up: its pictures are kept.
        """
        if answer is not self._answer:
            same = self._provisional and answer is not None
            hits = answer.result.hits if answer else ()
            fresh = {
                hit.image.image_id: picture
                for hit, picture in zip(hits, answer.thumbnails if answer else (), strict=True)
            }
            known = self._pictures if same else {}
            self._pictures = {
                name: picture if known.get(name) is None else known[name]
                for name, picture in fresh.items()
            }
            self._marks = self._marks if same else {}
            self._answer = answer
        self._provisional = provisional and answer is not None
        self._list_anew()

    def set_all(self, all_of_them: bool) -> None:
        """List all hits, or the best seven."""
        self._all = all_of_them
        self._list_anew()

    def set_filter(self, text: str, brand: str) -> None:
        """List only the hits of `brand` (empty: any) in which all words of `text` stand."""
        self._words, self._brand = tuple(text.casefold().split()), brand
        self._list_anew()

    def set_picture(self, row: int, picture: QImage) -> None:
        """A larger picture of the hit at `row` of the answer."""
        if 0 <= row < len(self.hits()):
            image_id = self.hits()[row].image.image_id
            self._pictures[image_id] = picture
            self._changed(PICTURE_ROLE, lambda hit: hit.image.image_id == image_id)

    def set_marks(self, marks: Mapping[str, bool]) -> None:
        """What a person said of products (by id): right or wrong."""
        self._marks = dict(marks)
        self._changed(MARK_ROLE, lambda hit: True)

    def marks(self) -> dict[str, bool]:
        """What was said of the answer's products, by id."""
        return dict(self._marks)

    def answer(self) -> Answer | None:
        """Whose hits are listed."""
        return self._answer

    def is_provisional(self) -> bool:
        """Whether the order is the short-list's, before re-ranking."""
        return self._provisional

    def hits(self) -> tuple[Hit, ...]:
        """All hits of the answer, best first."""
        return self._answer.result.hits if self._answer else ()

    def listed(self) -> tuple[Hit, ...]:
        """The hits that have rows."""
        return self._listed

    def is_filtered(self) -> bool:
        """Whether a filter is set."""
        return bool(self._words or self._brand)

    def lists_all(self) -> bool:
        """Whether more than the best seven are listed where there are more."""
        return self._all

    def picture(self, hit: Hit) -> QImage | None:
        """The largest picture there is of `hit`."""
        return self._pictures.get(hit.image.image_id)

    def row_of(self, hit: Hit) -> int:
        """The row of `hit` in the answer; its place among all, not among those listed."""
        return self.hits().index(hit)

    def brands(self) -> list[tuple[str, int]]:
        """The brands of all hits with how many hits each has, by name."""
        counts: dict[str, int] = {}
        for hit in self.hits():
            if hit.image.brand:
                counts[hit.image.brand] = counts.get(hit.image.brand, 0) + 1
        return sorted(counts.items(), key=lambda pair: pair[0].casefold())

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._listed)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._listed):
            return None
        hit = self._listed[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.image.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip_text(hit)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken_text(hit, self._marks.get(hit.image.product_id))
        if role == HIT_ROLE:
            return hit
        if role == PICTURE_ROLE:
            return self.picture(hit)
        if role == MARK_ROLE:
            return self._marks.get(hit.image.product_id)
        return None

    def _fits(self, hit: Hit) -> bool:
        if self._brand and hit.image.brand != self._brand:
            return False
        image = hit.image
        told = (image.title, image.brand, image.product_id, image.description, *hit.words)
        text = " ".join(told).casefold()
        return all(word in text for word in self._words)

    def _list_anew(self) -> None:
        hits = self.hits()
        if self.is_filtered():
            wanted = tuple(hit for hit in hits if self._fits(hit))
        else:
            wanted = hits if self._all else hits[:BEST]
        self._replace(wanted)

    def _replace(self, wanted: tuple[Hit, ...]) -> None:
        before = self._listed
        if not before or not wanted:
            self.beginResetModel()
            self._listed = wanted
            self.endResetModel()
            return
        if len(wanted) > len(before):
            self.beginInsertRows(QModelIndex(), len(before), len(wanted) - 1)
            before = self._listed = before + wanted[len(before) :]
            self.endInsertRows()
        self.layoutAboutToBeChanged.emit()
        self._listed = wanted + before[len(wanted) :]
        self._follow_products(before, wanted)
        self.layoutChanged.emit()
        if len(wanted) < len(before):
            self.beginRemoveRows(QModelIndex(), len(wanted), len(before) - 1)
            self._listed = wanted
            self.endRemoveRows()
        self.dataChanged.emit(self.index(0, 0), self.index(len(wanted) - 1, 0))

    def _follow_products(self, before: Sequence[Hit], wanted: Sequence[Hit]) -> None:
        """Selected and current rows go where their products went."""
        places = {hit.image.product_id: row for row, hit in enumerate(wanted)}
        for old in self.persistentIndexList():
            row = places.get(before[old.row()].image.product_id)
            new = QModelIndex() if row is None else self.index(row, 0)
            self.changePersistentIndex(old, new)

    def _changed(self, role: int, concerned: Callable[[Hit], bool]) -> None:
        for row, hit in enumerate(self._listed):
            if concerned(hit):
                index = self.index(row, 0)
                self.dataChanged.emit(index, index, [role])
