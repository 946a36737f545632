"""The hits as a list model: texts, pictures and words for assistive technology."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QLocale, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage

from beautyfinder.gui.query import Answer

if TYPE_CHECKING:
    from beautyfinder.search.method import Hit

HIT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
PICTURE_ROLE = int(Qt.ItemDataRole.UserRole) + 2

_Index = QModelIndex | QPersistentModelIndex


class ResultsModel(QAbstractListModel):
    """One row per hit, best first."""

    def __init__(self) -> None:
        super().__init__()
        self._answer: Answer | None = None
        self._pictures: list[QImage | None] = []

    def show(self, answer: Answer | None) -> None:
        """Show the hits of `answer`, or none."""
        self.beginResetModel()
        self._answer = answer
        self._pictures = list(answer.thumbnails) if answer else []
        self.endResetModel()

    def set_picture(self, row: int, picture: QImage) -> None:
        """A larger picture of the hit in that row."""
        if 0 <= row < len(self._pictures):
            self._pictures[row] = picture
            index = self.index(row, 0)
            self.dataChanged.emit(index, index, [PICTURE_ROLE])

    def answer(self) -> Answer | None:
        """What is shown."""
        return self._answer

    def hits(self) -> tuple[Hit, ...]:
        """The hits that are shown, best first."""
        return self._answer.result.hits if self._answer else ()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.hits())

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._answer is None or not index.isValid() or index.row() >= len(self.hits()):
            return None
        hit = self.hits()[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.image.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tooltip(hit)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = (hit.image.name, hit.image.brand, hit.image.price, self.matches_text(hit))
            told = [word for word in words if word]
            return f"{hit.rank}. " + ", ".join([*told, self.score_text(hit)])
        if role == HIT_ROLE:
            return hit
        if role == PICTURE_ROLE:
            return self._pictures[index.row()]
        return None

    def matches_text(self, hit: Hit) -> str:
        """“42 matching details”; empty where nothing was matched."""
        count = details(hit)
        if count is None:
            return ""
        if count == 1:
            return self.tr("1 matching detail")
        return self.tr("{count} matching details").format(count=QLocale().toString(count))

    def score_text(self, hit: Hit) -> str:
        """“score 42.4”."""
        digits = 1 if abs(hit.score) >= 10 else 2
        return self.tr("score {score}").format(score=QLocale().toString(hit.score, "f", digits))

    def maker_text(self, hit: Hit) -> str:
        """Brand and price, as far as they are known."""
        return "  ·  ".join(word for word in (hit.image.brand, hit.image.price) if word)

    def strength(self, hit: Hit) -> float | None:
        """The hit's details as a share of the most details, 0 to 1; None where nothing matched."""
        count = details(hit)
        most = max((details(other) or 0 for other in self.hits()), default=0)
        return None if count is None or not most else count / most

    def _tooltip(self, hit: Hit) -> str:
        lines = [hit.image.name, self.maker_text(hit), self.matches_text(hit), hit.image.path]
        return "\n".join(line for line in lines if line)


def details(hit: Hit) -> int | None:
    """What counts as matching details: those that agree on where the product lies, where known."""
    return hit.matches if hit.inliers is None else hit.inliers
