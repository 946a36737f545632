"""The inspector's controls: what is matched how, what of it is drawn, how the pictures move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSlider, QToolButton, QWidget

from beautyfinder.gui.inspector.buttons import Choice, dot_icon, tool_button
from beautyfinder.gui.inspector.colours import CONFIDENCE, POSITION
from beautyfinder.gui.inspector.compare import BLINK, DIFFERENCE, FADE, WIPE
from beautyfinder.gui.inspector.overlay import Shown

MATCHES, COMPARE = "matches", "compare"
_LEAST, _MOST = 40, 100  # of the ratio, in hundredths


class MatchBar(QWidget):
    """Above the pictures. `rule_chosen`, `ratio_changed`, `shown_changed` (Shown)."""

    rule_chosen = Signal(str)
    ratio_changed = Signal(float)
    shown_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rule = QComboBox()
        self.rule.setObjectName("brands")
        self.rule.addItem(self.tr("Verified"), "verified")
        self.rule.addItem(self.tr("Paper"), "paper")
        self.rule.setAccessibleName(self.tr("Matching rule"))
        self.rule.setToolTip(
            self.tr(
                "Verified: RootSIFT, mutual nearest neighbours, homography.\n"
                "Paper: SIFT, the nearest neighbour by FLANN, as in Tang, Huang and Fuh."
            )
        )
        self.rule.activated.connect(self._on_rule)
        self._default = 0.9
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(_LEAST, _MOST)
        self.slider.setMinimumWidth(60)
        self.slider.setMaximumWidth(180)
        self.slider.setAccessibleName(self.tr("Ratio of distances"))
        self.slider.setToolTip(
            self.tr(
                "Ratio test: a match's nearest keypoint may be at most this much of the second "
                "nearest's distance away. Lower is stricter."
            )
        )
        self.slider.valueChanged.connect(self._on_slider)
        self.value = QToolButton()
        self.value.setProperty("role", "quiet")
        self.value.setToolTip(self.tr("Back to the look-up's own ratio"))
        self.value.clicked.connect(self._on_default)
        self.shows: dict[str, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.rule)
        ratio = QLabel(self.tr("Ratio"))
        ratio.setProperty("role", "muted")
        ratio.setBuddy(self.slider)
        row.addWidget(ratio)
        row.addWidget(self.slider, 2)
        row.addWidget(self.value)
        row.addStretch(1)
        for name, text, tip in (
            ("inliers", self.tr("Agreeing"),
             self.tr("Inliers: matches that agree on where the product lies (I)")),
            ("outliers", self.tr("Elsewhere"),
             self.tr("Outliers: matches that lie somewhere else (O)")),
            ("rejected", self.tr("Rejected"),
             self.tr("Nearest neighbours that the ratio test or the mutual test refused (J)")),
        ):  # fmt: skip
            button = tool_button(text, tip, checkable=True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setIconSize(QSize(12, 12))
            button.toggled.connect(self._on_shown)
            self.shows[name] = button
            row.addWidget(button)
        self._words = {name: button.text() for name, button in self.shows.items()}
        self._rest = Shown()
        self.set_shown(self._rest)
        self.set_ratio(self._default, self._default)

    def set_shown(self, shown: Shown) -> None:
        """What is drawn."""
        self._rest = shown
        for name, button in self.shows.items():
            with QSignalBlocker(button):
                button.setChecked(getattr(shown, name))

    def set_ratio(self, ratio: float, default: float) -> None:
        """`default`: that of a look-up."""
        self._default = default
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(100 * ratio))
        self._say()

    def ratio(self) -> float:
        """As the slider has it."""
        return self.slider.value() / 100

    def set_rule(self, rule: str) -> None:
        """Show that rule as chosen."""
        self.rule.setCurrentIndex(max(0, self.rule.findData(rule)))

    def set_counts(
        self, counts: Mapping[str, int], colours: Mapping[str, Sequence[QColor]]
    ) -> None:
        """How many matches there are of each kind, and their colours: the key to the lines."""
        number = self.locale().toString
        for name, button in self.shows.items():
            count = number(counts[name]) if name in counts else ""
            button.setText(f"{self._words[name]} {count}".strip())
            if name in colours:
                button.setIcon(dot_icon(colours[name], self.devicePixelRatioF()))

    def _say(self) -> None:
        self.value.setText(self.locale().toString(self.ratio(), "f", 2))
        changed = abs(self.ratio() - self._default) > 0.004
        self.value.setEnabled(changed)
        self.value.setAccessibleName(
            self.tr("Ratio {ratio}; press for the look-up's own").format(ratio=self.value.text())
        )

    @Slot(int)
    def _on_slider(self, _value: int) -> None:
        self._say()
        self.ratio_changed.emit(self.ratio())

    @Slot()
    def _on_default(self) -> None:
        self.slider.setValue(round(100 * self._default))

    @Slot(int)
    def _on_rule(self, _at: int) -> None:
        self.rule_chosen.emit(self.rule.currentData())

    @Slot(bool)
    def _on_shown(self, _down: bool) -> None:
        down = {name: button.isChecked() for name, button in self.shows.items()}
        self._rest = replace(
            self._rest,
            inliers=down["inliers"],
            outliers=down["outliers"],
            rejected=down["rejected"],
        )
        self.shown_changed.emit(self._rest)


class ViewBar(QWidget):
    """Below the pictures, while matches are shown: `shown_changed` (Shown) and the view's tools."""

    shown_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = Shown()
        self.linked = tool_button(
            "",
            self.tr(
                "Moving one picture moves the other to the same part of the product, at the same "
                "size (L). Where the product was not found in the photo: to the same share of it."
            ),
            "linked",
            checkable=True,
            name=self.tr("Linked"),
        )
        self.linked.setChecked(True)
        self.select = tool_button(
            "",
            self.tr(
                "Draw a rectangle on the photo: only matches inside it count (R, or Shift and "
                "drag). Escape takes it away."
            ),
            "select",
            checkable=True,
            name=self.tr("Matches of a part of the photo"),
        )
        self.keypoints = tool_button(
            self.tr("Keypoints"),
            self.tr("Every keypoint with its scale (circle) and orientation (radius) (K)"),
            checkable=True,
        )
        self.outline = tool_button(
            self.tr("Outline"),
            self.tr("Where the product lies, by the homography (H)"),
            checkable=True,
        )
        self.colour = QComboBox()
        self.colour.setObjectName("brands")
        self.colour.addItem(self.tr("Colour: position"), POSITION)
        self.colour.addItem(self.tr("Colour: confidence"), CONFIDENCE)
        self.colour.setAccessibleName(self.tr("Colour of the lines"))
        self.colour.setToolTip(
            self.tr(
                "Position: by height on the pack, so that lines that cross can be followed.\n"
                "Confidence: by how clearly the nearest keypoint is nearer than the second."
            )
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.linked, self.select, self.keypoints, self.outline, self.colour):
            row.addWidget(widget)
        row.addStretch(1)
        self.keypoints.toggled.connect(self._on_changed)
        self.outline.toggled.connect(self._on_changed)
        self.colour.activated.connect(self._on_changed)
        self.set_shown(self._shown)

    def set_shown(self, shown: Shown) -> None:
        """What is drawn."""
        self._shown = shown
        for button, down in ((self.keypoints, shown.keypoints), (self.outline, shown.outline)):
            with QSignalBlocker(button):
                button.setChecked(down)
        self.colour.setCurrentIndex(self.colour.findData(shown.colour))

    @Slot()
    def _on_changed(self, *_: object) -> None:
        self._shown = replace(
            self._shown,
            keypoints=self.keypoints.isChecked(),
            outline=self.outline.isChecked(),
            colour=self.colour.currentData(),
        )
        self.shown_changed.emit(self._shown)


class CompareBar(QWidget):
    """Below the pictures, while they are compared. `mode_chosen`, `share_changed` (0 to 1)."""

    mode_chosen = Signal(str)
    share_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mode = Choice(
            (
                (FADE, self.tr("Fade"), self.tr("The photo over the catalogue's picture; the "
                                                "slider fades it. Space: one or the other")),
                (WIPE, self.tr("Wipe"), self.tr("The photo up to the divider, the catalogue's "
                                                "picture beyond it: drag it")),
                (BLINK, self.tr("Blink"), self.tr("One after the other at the same place: what "
                                                  "jumps is different")),
                (DIFFERENCE, self.tr("Difference"), self.tr("How much the colours differ, the "
                                                            "light taken off")),
            )
        )  # fmt: skip
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 100)
        self.slider.setValue(50)
        self.slider.setMaximumWidth(320)
        self.slider.setAccessibleName(self.tr("How much of the photo is seen"))
        self.slider.setToolTip(self.tr("How much of the photo is seen"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.mode)
        row.addWidget(self.slider, 1)
        row.addStretch(1)
        self.mode.chosen.connect(self._on_mode)
        self.slider.valueChanged.connect(self._on_slider)

    def set_share(self, share: float) -> None:
        """Where the slider is."""
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(100 * share))

    @Slot(str)
    def _on_mode(self, mode: str) -> None:
        self.slider.setVisible(mode in (FADE, WIPE))
        self.mode_chosen.emit(mode)

    @Slot(int)
    def _on_slider(self, value: int) -> None:
        self.share_changed.emit(value / 100)
