"""One hit beside the photo: both pictures large, and all that is known of the product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from beautyfinder.gui.dialog_parts import close_box
from beautyfinder.gui.hit_words import decided_text
from beautyfinder.gui.photo_view import PhotoView
from beautyfinder.gui.query import Region

if TYPE_CHECKING:
    from beautyfinder.search.method import Hit


class HitDetails(QDialog):
    """`photo` and `picture` may be null images: then their place says so.

    `region`: the part of `photo`, whole and unturned, that was looked up.
    """

    def __init__(
        self,
        photo: QImage,
        region: Region,
        picture: QImage,
        hit: Hit,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._url = hit.image.url
        self.setWindowTitle(hit.image.name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        pictures = QHBoxLayout()
        pictures.setSpacing(18)
        for words, image, part in (
            (self.tr("Your photo"), photo, region),
            (self.tr("Catalogue"), picture, Region()),
        ):
            side = QVBoxLayout()
            title = QLabel(words)
            title.setProperty("role", "muted")
            view: QWidget = _Picture(image, part, words)
            if image.isNull():
                view = _label(self.tr("There is no picture of it here."), "muted")
            side.addWidget(title)
            side.addWidget(view, 1)
            pictures.addLayout(side, 1)
        facts = QFormLayout()
        facts.setHorizontalSpacing(18)
        number = self.locale().toString
        for label, value in (
            (self.tr("Product"), hit.image.title or hit.image.name),
            (self.tr("Brand"), hit.image.brand),
            (self.tr("Price"), hit.image.price),
            (self.tr("Product id"), hit.image.product_id),
            (self.tr("Picture"), hit.image.path),
            (self.tr("Rank"), number(hit.rank)),
            (self.tr("Score"), number(hit.score, "f", 2)),
            (self.tr("Matches"), "" if hit.matches is None else number(hit.matches)),
            (self.tr("Of them verified"), "" if hit.inliers is None else number(hit.inliers)),
            (self.tr("Words found"), ", ".join(hit.words)),
            (self.tr("Decided"), decided_text(hit)),
            (self.tr("Description"), hit.image.description),
        ):
            if value:
                facts.addRow(_label(label, "muted"), _label(value, ""))
        buttons = close_box(self)
        page = QPushButton(self.tr("Open product page"))
        page.clicked.connect(self._on_page)
        page.setVisible(QUrl(self._url).scheme() in ("http", "https"))
        row = QHBoxLayout()
        row.addWidget(page)
        row.addStretch(1)
        row.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 16)
        column.setSpacing(16)
        column.addLayout(pictures, 1)
        column.addLayout(facts)
        column.addLayout(row)
        self.resize(860, 680)

    @Slot()
    def _on_page(self) -> None:
        QDesktopServices.openUrl(QUrl(self._url))


class _Picture(PhotoView):
    """A photo view that only shows."""

    def __init__(self, image: QImage, region: Region, name: str) -> None:
        super().__init__()
        self.show_image(image, region)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(name)


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    else:
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
