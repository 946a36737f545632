"""What is known of the product and how it was found; and the words that both packs have."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from beautyfinder.gui.hit_words import decided_text
from beautyfinder.gui.theme import current_theme

if TYPE_CHECKING:
    from beautyfinder.search.method import Hit


class FactsPanel(QWidget):
    """The catalogue's own words, each under its name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._url = ""
        self.page = QPushButton(self.tr("Open product page"))
        self.page.clicked.connect(self._on_page)
        self._rows: list[QLabel] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(2, 14, 2, 6)
        self._column.setSpacing(2)
        self._column.addWidget(self.page, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)

    def show_hit(self, hit: Hit) -> None:
        """Of this product; what is not known is left out."""
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows.clear()
        image, number = hit.image, self.locale().toString
        for name, value in (
            (self.tr("Product"), image.name),
            (self.tr("Brand"), image.brand),
            (self.tr("Price"), image.price),
            (self.tr("Product id"), image.product_id),
            (self.tr("Rank"), number(hit.rank)),
            (self.tr("Score"), number(hit.score, "f", 2)),
            (self.tr("Matches"), "" if hit.matches is None else number(hit.matches)),
            (self.tr("Of them verified"), "" if hit.inliers is None else number(hit.inliers)),
            (self.tr("Words found"), ", ".join(hit.words)),
            (self.tr("Decided"), decided_text(hit)),
            (self.tr("Description"), image.description),
            (self.tr("Picture"), image.path),
        ):
            if value:
                self._add(name, "muted")
                self._add(value, "")
        self._url = image.url
        self.page.setVisible(QUrl(self._url).scheme() in ("http", "https"))

    def texts(self) -> list[str]:
        """What is shown, names and values in turn."""
        return [row.text() for row in self._rows]

    def _add(self, text: str, role: str) -> None:
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        if role:
            label.setProperty("role", role)
        else:
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setContentsMargins(0, 0, 0, 8)
        self._column.insertWidget(len(self._rows), label)
        self._rows.append(label)

    @Slot()
    def _on_page(self) -> None:
        QDesktopServices.openUrl(QUrl(self._url))


class WordsPanel(QWidget):
    """The lines read on the photo and on the pack; the words that both have stand out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told: tuple[tuple[str, ...] | None, tuple[str, ...] | None, tuple[str, ...]] = (
            None, None, (),
        )  # fmt: skip
        self._summary, self._photo, self._pack = QLabel(), QLabel(), QLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 14, 2, 6)
        column.setSpacing(6)
        for title, label in (
            ("", self._summary),
            (self.tr("Read on your photo"), self._photo),
            (self.tr("Read on the pack in the catalogue"), self._pack),
        ):
            if title:
                head = QLabel(title)
                head.setProperty("role", "muted")
                column.addSpacing(8)
                column.addWidget(head)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        column.addStretch(1)

    def show_words(
        self,
        photo: tuple[str, ...] | None,
        pack: tuple[str, ...] | None,
        agreeing: tuple[str, ...] = (),
    ) -> None:
        """Lines of both; None: not known. `agreeing`: words found on both, misread or not."""
        from beautyfinder.search.tokens import tokens

        self._told = photo, pack, agreeing
        both = set(_tokens(photo)) & set(_tokens(pack))
        both.update(token for word in agreeing for token in tokens(word))
        count = len(both)
        if photo is None and pack is None:
            summary = self.tr("This catalogue knows no words of its packs.")
        elif count == 1:
            summary = self.tr("1 word is on both.")
        elif count:
            summary = self.tr("{count} words are on both.").format(
                count=self.locale().toString(count)
            )
        else:
            summary = self.tr("No word is on both.")
        self._summary.setText(escape(summary))
        self._photo.setText(_marked(photo, both, self.tr("They are not at hand for this photo.")))
        self._pack.setText(_marked(pack, both, self.tr("They were not read.")))

    def restyle(self) -> None:
        """In the theme's colours of now."""
        self.show_words(*self._told)

    def words(self) -> tuple[str, str, str]:
        """Summary, photo and pack, as rich text."""
        return self._summary.text(), self._photo.text(), self._pack.text()


def _tokens(lines: tuple[str, ...] | None) -> list[str]:
    from beautyfinder.search.tokens import tokens

    return [token for line in lines or () for token in tokens(line)]


def _marked(lines: tuple[str, ...] | None, both: set[str], missing: str) -> str:
    """A line each; words of `both` in bold and in colour."""
    from beautyfinder.search.tokens import tokens

    theme = current_theme()
    if not lines:
        return f'<span style="color:{theme.muted.name()}">{escape(missing)}</span>'
    told = []
    for line in lines:
        pieces = []
        for piece in line.split():
            if both.intersection(tokens(piece)):
                pieces.append(
                    f'<span style="color:{theme.good.name()}; font-weight:600">'
                    f"{escape(piece)}</span>"
                )
            else:
                pieces.append(escape(piece))
        told.append(" ".join(pieces))
    return "<br>".join(told)
