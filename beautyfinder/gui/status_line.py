"""The line at the bottom: what goes on, the catalogue, the device, how long the look-up took."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStatusBar, QWidget

from beautyfinder.gui.query import OpenedStore

_ROOM_FOR_STAGES = 1150


class StatusLine(QStatusBar):
    """One sentence at the left that fits or is elided; facts at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(18, 3, 18, 3)
        self._sentence = QLabel()
        self._sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._store, self._device, self._timing = QLabel(), QLabel(), QLabel()
        self._full = self._short_timing = self._long_timing = ""
        self.addWidget(self._sentence, 1)
        for label in (self._store, self._device, self._timing):
            label.setProperty("role", "muted")
            label.setContentsMargins(18, 0, 0, 0)
            label.hide()
            self.addPermanentWidget(label)
        for label in (self._sentence, self._store, self._device, self._timing):
            label.setTextFormat(Qt.TextFormat.PlainText)

    def say(self, sentence: str) -> None:
        """Show `sentence` until the next one."""
        self._full = sentence
        self._sentence.setToolTip(sentence)
        self._elide()

    def sentence(self) -> str:
        """The sentence that is shown, in full."""
        return self._full

    def show_store(self, store: OpenedStore | None) -> None:
        """The open catalogue and how many pictures it has."""
        self._store.setVisible(store is not None)
        if store is not None:
            count = self.locale().toString(store.images)
            self._store.setText(
                self.tr("{name}  ·  {count} pictures").format(name=store.name, count=count)
                if store.images != 1
                else self.tr("{name}  ·  1 picture").format(name=store.name)
            )
            self._store.setToolTip(str(store.folder))

    def show_device(self, device: str) -> None:
        """What the networks run on."""
        kind = device.split(":")[0]
        names = {"cpu": "CPU", "cuda": "GPU", "mps": "GPU"}
        self._device.setText(names.get(kind, device))
        self._device.setToolTip(self.tr("Device: {device}").format(device=device))
        self._device.setVisible(bool(device))

    def show_timings(self, timings: Mapping[str, float]) -> None:
        """How long the last look-up took, in all and per stage."""
        self._timing.setVisible(bool(timings))
        names = {
            "open": self.tr("open"),
            "describe": self.tr("describe"),
            "rank": self.tr("rank"),
            "rerank": self.tr("re-rank"),
        }
        stages = [
            self.tr("{stage} {ms} ms").format(
                stage=names.get(stage, stage), ms=self.locale().toString(round(took))
            )
            for stage, took in timings.items()
            if stage != "total" and round(took) > 0
        ]
        seconds = timings.get("total", sum(timings.values())) / 1000
        self._short_timing = self.tr("{seconds} s").format(
            seconds=self.locale().toString(seconds, "f", 2)
        )
        self._long_timing = "  ·  ".join([self._short_timing, *stages])
        self._timing.setToolTip("\n".join([self._short_timing, *stages]))
        self._fit()

    def facts(self) -> str:
        """Store, device and timings, as they are read."""
        labels = (self._store, self._device, self._timing)
        return "  ".join(label.text() for label in labels if not label.isHidden())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(400, self.fontMetrics().height() + 18)

    def _fit(self) -> None:
        wide = self.width() >= _ROOM_FOR_STAGES
        self._timing.setText(self._long_timing if wide else self._short_timing)
        if (layout := self.layout()) is not None:
            layout.activate()
        self._elide()

    def _elide(self) -> None:
        metrics = self._sentence.fontMetrics()
        room = max(self._sentence.width() - 4, 60)
        self._sentence.setText(metrics.elidedText(self._full, Qt.TextElideMode.ElideRight, room))
