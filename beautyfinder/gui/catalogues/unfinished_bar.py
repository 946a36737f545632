"""A quiet line about catalogues that an earlier run of the program did not finish."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from beautyfinder.gui.catalogues.job_runner import JobRunner
from beautyfinder.gui.theme import tinted_icon


class UnfinishedBar(QFrame):
    """Hidden until `offer_unfinished` finds something; "Go on" and "Forget" take it away."""

    def __init__(self, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._runner = runner
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self.go_on = QPushButton(tinted_icon("play"), self.tr("Go on"))
        self.go_on.setToolTip(self.tr("What was done already is not computed again"))
        self.go_on.clicked.connect(self._on_go_on_clicked)
        self.forget = QPushButton(self.tr("Forget"))
        self.forget.setToolTip(self.tr("Do not ask again; what was done so far is kept"))
        self.forget.clicked.connect(self._on_forget_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 10, 8)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        for button in (self.go_on, self.forget):
            button.setProperty("role", "small")
            row.addWidget(button)
        runner.changed.connect(self._on_changed)
        self.hide()

    def words(self) -> str:
        """What the bar says; empty where there is nothing to say."""
        return "" if self.isHidden() else self._words.text()

    def offer_unfinished(self) -> bool:
        """Show what can be gone on with; whether there is anything."""
        names = list(dict.fromkeys(job.name for job in self._runner.unfinished()))
        if names:
            words = self.tr("Not finished yet: {names}").format(names=", ".join(names))
            self._words.setText(words)
        self.setVisible(bool(names))
        return bool(names)

    @Slot()
    def _on_changed(self) -> None:
        if not self.isHidden():
            self.offer_unfinished()

    @Slot()
    def _on_go_on_clicked(self) -> None:
        self.hide()
        self._runner.go_on()

    @Slot()
    def _on_forget_clicked(self) -> None:
        self.hide()
        self._runner.forget_unfinished()
