"""Shows what is being fetched from the web: the host, how much has come, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from beautyfinder.gui.theme import current_theme, icon_pixmap


class FetchBar(QFrame):
    """Host, progress and a button: `cancelled`."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("fetch")
        self._host = ""
        self._icon = QLabel()
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._amount = QLabel()
        self._amount.setProperty("role", "muted")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(4)
        self._progress.setAccessibleName(self.tr("How much of the picture has come"))
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setProperty("role", "small")
        self.cancel.setToolTip(self.tr("Stop fetching; the photo that is shown stays"))
        self.cancel.setAccessibleName(self.tr("Cancel fetching"))
        self.cancel.clicked.connect(self.cancelled)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(self._words)
        words.addWidget(self._progress)
        words.addWidget(self._amount)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 10, 10)
        row.setSpacing(10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignVCenter)

    def words(self) -> str:
        """What it says, as it is read."""
        return f"{self._words.toolTip()} {self._amount.text()}".strip()

    @Slot(str)
    def show_host(self, host: str) -> None:
        """`host` is asked; nothing has come yet."""
        self._host = host
        self._words.setToolTip(self.tr("Fetching from {host}").format(host=host))
        self.setAccessibleName(self._words.toolTip())
        self._amount.setText(self.tr("Waiting for an answer"))
        self._progress.setRange(0, 0)
        self._draw_icon()
        self.show()
        self._elide()

    @Slot(int, int)
    def show_progress(self, done: int, total: int) -> None:
        """So many bytes have come, of `total`, or of 0 where that is not known."""
        self._progress.setRange(0, total)
        self._progress.setValue(min(done, total))
        locale = self.locale()
        came = locale.formattedDataSize(done, 1)
        self._amount.setText(
            self.tr("{done} of {total}").format(done=came, total=locale.formattedDataSize(total, 1))
            if total
            else came
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        """Of a long host the end stays, for that says whose it is."""
        if (layout := self.layout()) is not None:
            layout.activate()
        words, metrics = self.tr("From {host}"), self._words.fontMetrics()
        room = self._words.width() - metrics.horizontalAdvance(words.format(host="")) - 4
        host = metrics.elidedText(self._host, Qt.TextElideMode.ElideLeft, max(room, 40))
        self._words.setText(words.format(host=host))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icon()
        super().changeEvent(event)

    def _draw_icon(self) -> None:
        pixmap = icon_pixmap("globe", 20, current_theme().accent, self.devicePixelRatioF())
        self._icon.setPixmap(pixmap)
