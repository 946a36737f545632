"""The method panel: how photos are looked up, what the catalogue can serve, what it cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QFrame,
    QLabel,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from beautyfinder.gui.query import Choices, OpenedStore, Possible
from beautyfinder.gui.wheel_guard import WheelGuard
from beautyfinder.search.method import RANKERS, RATIO, RERANKS, SHORTLIST, SOURCES, Method

_RECOMMENDED, _PAPER, _OWN = "recommended", "paper", "own"
_DESCRIBED_BEST = ("r-mac", "ra-mac", "mac", "spoc", "gem", "cls")  # as `recommended_method` does
# The best of its tables first; where a catalogue has none of them, the backbone that it has.
_PAPER_BACKBONES = (
    "senet154", "resnext101_64x4d", "resnext101_32x4d", "resnet152", "resnet101", "resnet50",
    "vgg16",
)  # fmt: skip


class MethodPanel(QScrollArea):
    """Emits `chosen` (Choices) when a person changes something."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store: OpenedStore | None = None
        self._possible: Possible | None = None
        self.setWidgetResizable(True)
        self.setAccessibleName(self.tr("Method"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._preset = QComboBox()
        self._preset.addItem(self.tr("Recommended"), _RECOMMENDED)
        self._preset.addItem(self.tr("Paper's best"), _PAPER)
        self._preset.addItem(self.tr("My own choice"), _OWN)
        self._backbone, self._pooling, self._metric = QComboBox(), QComboBox(), QComboBox()
        self._rerank, self._ranker, self._device = QComboBox(), QComboBox(), QComboBox()
        source_words = {
            "deep": self.tr("Deep features"),
            "local": self.tr("Local features"),
            "words": self.tr("Words on the pack"),
        }
        self._sources = {name: QCheckBox(source_words[name]) for name in SOURCES}
        rerank_words = {
            "none": self.tr("None"),
            "sift": self.tr("SIFT matches (the paper's)"),
            "verified": self.tr("Verified matches"),
            "hybrid": self.tr("All evidence"),
        }
        _fill(self._rerank, [(name, rerank_words[name], "") for name in RERANKS])
        ranker_words = {"exact": self.tr("Exact"), "hnsw": self.tr("HNSW (approximate)")}
        _fill(self._ranker, [(name, ranker_words[name], "") for name in RANKERS])
        _fill(self._device, [("auto", self.tr("Automatic"), "")])
        self._shortlist = QSpinBox()
        self._shortlist.setRange(1, 1000)
        self._shortlist.setKeyboardTracking(False)
        self._ratio = QDoubleSpinBox()
        self._ratio.setRange(0.05, 1.0)
        self._ratio.setSingleStep(0.05)
        self._ratio.setKeyboardTracking(False)
        for spin in (self._shortlist, self._ratio):
            spin.lineEdit().setTextMargins(8, 0, 0, 0)  # no padding of the style reaches it
        self._note = QLabel()
        self._note.setWordWrap(True)
        self._note.setProperty("role", "muted")
        self._timings = QLabel()
        self._timings.setProperty("role", "muted")
        self._timings.setTextFormat(Qt.TextFormat.PlainText)
        self._inner = self._form()
        self.setWidget(self._inner)
        self.setMinimumWidth(290)
        self._wheel = WheelGuard(self)
        self._wheel.guard([*self.findChildren(QComboBox), *self.findChildren(QAbstractSpinBox)])
        self._connect()
        self._show(None)

    def choices(self) -> Choices:
        """What is chosen; None where it is the recommended."""
        device = str(self._device.currentData() or "auto")
        if self._preset.currentData() == _RECOMMENDED:
            return Choices(device=device)
        return Choices(
            backbone=_data(self._backbone),
            pooling=_data(self._pooling),
            metric=_data(self._metric),
            sources=tuple(name for name, box in self._sources.items() if box.isChecked()),
            rerank=_data(self._rerank),
            shortlist=self._shortlist.value(),
            ratio=self._ratio.value(),
            ranker=_data(self._ranker),
            device=device,
        )

    def set_choices(self, choices: Choices) -> None:
        """As if a person had chosen these for the store that is shown; says nothing of it."""
        with QSignalBlocker(self._device):
            self._device.setCurrentIndex(max(0, self._device.findData(choices.device)))
        method = self._recommended(choices.backbone or "")
        told = {field.name: getattr(choices, field.name) for field in fields(Method)}
        method = replace(method, **{name: one for name, one in told.items() if one is not None})
        own = choices != Choices(device=choices.device)
        preset = (_PAPER if method == self._paper() else _OWN) if own else _RECOMMENDED
        with QSignalBlocker(self._preset):
            self._preset.setCurrentIndex(self._preset.findData(preset))
        self._show(method)

    def show_store(self, store: OpenedStore | None) -> None:
        """What this store (None: there is none) can serve; the choice is the recommended again."""
        self._store = store
        with QSignalBlocker(self._preset):
            self._preset.setCurrentIndex(0)
        self._show(None)

    def show_possible(self, possible: Possible) -> None:
        """All that there is to choose from, now that the engine knows."""
        self._possible = possible
        device = self._device.currentData()
        words = {"auto": self.tr("Automatic"), "cpu": self.tr("Processor"),
                 "cuda": self.tr("Graphics card (CUDA)"),
                 "mps": self.tr("Graphics (Apple)")}  # fmt: skip
        with QSignalBlocker(self._device):
            _fill(self._device, [(name, words.get(name, name), "") for name in possible.devices])
            self._device.setCurrentIndex(max(0, self._device.findData(device)))
        self._show(self._method())

    def show_used(
        self, method: Method, timings: Mapping[str, float], device: str, of_this_store: bool = True
    ) -> None:
        """The method of the answer that is shown, and how long each stage took.

        Recommended is what was used where the answer is `of_this_store`, not of the history.
        """
        if of_this_store and self._preset.currentData() == _RECOMMENDED:
            self._show(method)
        stages = {
            "open": self.tr("Getting ready"),
            "describe": self.tr("Describing the photo"),
            "rank": self.tr("Ranking the catalogue"),
            "rerank": self.tr("Comparing details"),
            "total": self.tr("In all"),
        }
        number = self.locale().toString
        sources = [self._sources[name].text() for name in method.sources if name in self._sources]
        lines = [
            f"{method.backbone} · {method.pooling.upper()} · {_text(self._metric, method.metric)}",
            " · ".join(sources),
            self.tr("Re-ranking: {method}").format(method=_text(self._rerank, method.rerank)),
        ]
        lines += [
            self.tr("{stage}: {ms} ms").format(stage=words, ms=number(round(timings[stage])))
            for stage, words in stages.items()
            if stage in timings
        ]
        self._timings.setText("\n".join([*lines, self.tr("On: {device}").format(device=device)]))

    def reason_against(self, combo: str, value: str) -> str:
        """Why a value of "backbone", "pooling" or "rerank" is greyed; empty where it is not."""
        box = {"backbone": self._backbone, "pooling": self._pooling, "rerank": self._rerank}[combo]
        row = box.findData(value)
        return str(box.itemData(row, Qt.ItemDataRole.ToolTipRole) or "") if row >= 0 else ""

    def _form(self) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(12)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(9)
        sources = QWidget()
        boxes = QVBoxLayout(sources)
        boxes.setContentsMargins(0, 0, 0, 0)
        boxes.setSpacing(4)
        for box in self._sources.values():
            boxes.addWidget(box)
        for label, widget in (
            (self.tr("Preset"), self._preset),
            (self.tr("Short-list from"), sources),
            (self.tr("Backbone"), self._backbone),
            (self.tr("Pooling"), self._pooling),
            (self.tr("Distance"), self._metric),
            (self.tr("Ranker"), self._ranker),
            (self.tr("Pictures in the short-list"), self._shortlist),
            (self.tr("Re-ranking"), self._rerank),
            (self.tr("Ratio of the matches"), self._ratio),
            (self.tr("Device"), self._device),
        ):
            widget.setAccessibleName(label)
            form.addRow(label, widget)
        title = QLabel(self.tr("The last look-up"))
        title.setProperty("role", "strong")
        column.addLayout(form)
        column.addWidget(self._note)
        column.addWidget(title)
        column.addWidget(self._timings)
        column.addStretch(1)
        return inner

    def _connect(self) -> None:
        self._preset.activated.connect(self._on_preset)
        self._backbone.activated.connect(self._on_backbone)
        for combo in (self._pooling, self._metric, self._rerank, self._ranker):
            combo.activated.connect(self._on_own)
        self._device.activated.connect(self._on_device)
        for box in self._sources.values():
            box.clicked.connect(self._on_source)
        self._shortlist.valueChanged.connect(self._on_own)
        self._ratio.valueChanged.connect(self._on_own)

    def _served(self, backbone: str) -> list[str]:
        columns = self._store.columns if self._store else ()
        return [pooling for name, pooling in columns if name == backbone]

    def _recommended(self, backbone: str = "") -> Method:
        columns = self._store.columns if self._store else ()
        backbone = backbone or (columns[0][0] if columns else "")
        served = self._served(backbone)
        pooling = next((name for name in _DESCRIBED_BEST if name in served), _DESCRIBED_BEST[0])
        store = self._store
        local, words = (store.local_features, store.words) if store else (True, True)
        sources = tuple(
            name for name in SOURCES
            if name == "deep" or (name == "local" and local) or (name == "words" and words)
        )  # fmt: skip
        return Method(backbone, pooling, "cosine", sources, "hybrid" if local else "none")

    def _paper(self) -> Method:
        """MAC, cosine and SIFT, of the paper's best backbone that the store has (Table 4)."""
        columns = self._store.columns if self._store else ()
        names = dict.fromkeys(name for name, _ in columns)
        backbone = next((n for n in _PAPER_BACKBONES if n in names), next(iter(names), ""))
        served = self._served(backbone)
        pooling = "mac" if "mac" in served else next(iter(served), "")
        rerank = "sift" if self._store is None or self._store.local_features else "none"
        return Method(backbone, pooling, "cosine", ("deep",), rerank)

    def _method(self) -> Method | None:
        """What the controls say; None where it is the recommended."""
        choices = self.choices()
        if choices.backbone is None or choices.sources is None:
            return None
        return Method(
            choices.backbone, choices.pooling or "", choices.metric or "", choices.sources,
            choices.rerank or "", choices.shortlist or SHORTLIST, choices.ratio or RATIO,
            choices.ranker or RANKERS[0],
        )  # fmt: skip

    def _show(self, method: Method | None) -> None:
        """Put `method`, or else the recommended, into the controls; grey what is not there."""
        method = method or self._recommended()
        store, possible = self._store, self._possible
        columns = store.columns if store else ()
        names = dict.fromkeys(name for name, _ in columns)
        every = dict.fromkeys([*names, *(possible.backbones if possible else ())])
        poolings = dict.fromkeys([*(possible.poolings if possible else _DESCRIBED_BEST)])
        served = self._served(method.backbone)
        not_indexed = self.tr("The catalogue was not indexed with it.")
        no_local = self.tr("The catalogue has no local features.")
        no_words = self.tr("No words were read in this catalogue.")
        not_by_hnsw = self.tr("HNSW does not rank by it.")
        local = store is None or store.local_features
        words = store is None or store.words
        widgets = (self._backbone, self._pooling, self._metric, self._rerank, self._ranker,
                   self._shortlist, self._ratio, *self._sources.values())  # fmt: skip
        blockers = [QSignalBlocker(widget) for widget in widgets]
        _fill(self._backbone, [(n, n, "" if n in names else not_indexed) for n in every])
        _fill(
            self._pooling,
            [(n, n.upper(), "" if n in served or not store else not_indexed) for n in poolings],
        )
        metrics = possible.metrics if possible else ("cosine", "l2", "l1")
        hnsw = method.ranker == "hnsw"
        _fill(
            self._metric,
            [(n, n.upper() if n != "cosine" else self.tr("Cosine"),
              not_by_hnsw if hnsw and n == "l1" else "") for n in metrics],
        )  # fmt: skip
        _grey(self._rerank, {name: "" if local or name == "none" else no_local for name in RERANKS})
        _grey(self._ranker, {"hnsw": not_by_hnsw if method.metric == "l1" else ""})
        for combo, value in (
            (self._backbone, method.backbone),
            (self._pooling, method.pooling),
            (self._metric, method.metric),
            (self._rerank, method.rerank),
            (self._ranker, method.ranker),
        ):
            combo.setCurrentIndex(combo.findData(value))
        self._backbone.setToolTip(method.backbone)  # names of timm's are longer than the box
        for name, there, why in (("deep", True, ""), ("local", local, no_local),
                                 ("words", words, no_words)):  # fmt: skip
            self._sources[name].setChecked(name in method.sources and there)
            self._sources[name].setEnabled(there)
            self._sources[name].setToolTip("" if there else why)
        self._shortlist.setValue(method.shortlist)
        self._ratio.setValue(method.ratio)
        self._ratio.setEnabled(method.rerank == "sift")
        self._ratio.setToolTip(
            "" if method.rerank == "sift" else self.tr("Only the paper's SIFT matches use it.")
        )
        self._inner.setEnabled(store is not None)
        self._note.setText("" if store else self.tr("Open a catalogue to see what it can serve."))
        self._note.setVisible(store is None)
        for blocker in blockers:
            blocker.unblock()

    @Slot(int)
    def _on_preset(self, _row: int) -> None:
        preset = self._preset.currentData()
        if preset == _PAPER:
            self._show(self._paper())
        elif preset == _RECOMMENDED:
            self._show(None)
        self.chosen.emit(self.choices())

    @Slot(int)
    def _on_backbone(self, _row: int) -> None:
        backbone = str(_data(self._backbone) or "")
        own = self._method() or self._recommended()
        served = self._served(backbone)
        pooling = own.pooling if own.pooling in served else self._recommended(backbone).pooling
        self._pooling.setCurrentIndex(self._pooling.findData(pooling))
        self._on_own()

    @Slot()
    def _on_own(self, *_: object) -> None:
        self._preset.setCurrentIndex(self._preset.findData(_OWN))
        self._show(self._method())
        self.chosen.emit(self.choices())

    @Slot()
    def _on_source(self, *_: object) -> None:
        if not any(box.isChecked() for box in self._sources.values()):
            sender = self.sender()
            if isinstance(sender, QCheckBox):
                sender.setChecked(True)  # one there must be
            return
        self._on_own()

    @Slot(int)
    def _on_device(self, _row: int) -> None:
        self.chosen.emit(self.choices())


def _data(combo: QComboBox) -> str | None:
    value = combo.currentData()
    return None if value is None else str(value)


def _text(combo: QComboBox, value: str) -> str:
    """What the combo calls `value`; itself where it is none of its own."""
    row = combo.findData(value)
    return combo.itemText(row) if row >= 0 else value


def _fill(combo: QComboBox, rows: Sequence[tuple[str, str, str]]) -> None:
    """Value, text, and why it cannot be chosen (empty: it can)."""
    combo.clear()
    for value, text, _why in rows:
        combo.addItem(text, value)
    _grey(combo, {value: why for value, _text, why in rows})


def _grey(combo: QComboBox, reasons: Mapping[str, str]) -> None:
    model = combo.model()
    assert isinstance(model, QStandardItemModel)
    for value, why in reasons.items():
        item: QStandardItem | None = model.item(combo.findData(value))
        if item is not None:
            item.setEnabled(not why)
            item.setToolTip(why)
