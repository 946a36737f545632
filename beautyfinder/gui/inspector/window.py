"""InspectorWindow: one hit beside the photo, with all that matches; the parts put together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QColor, QImage
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from beautyfinder.gui.images_qt import part_of_image
from beautyfinder.gui.inspector.buttons import ZoomBar
from beautyfinder.gui.inspector.canvas import MatchCanvas
from beautyfinder.gui.inspector.colours import (
    INLIERS,
    OUTLIERS,
    REJECTED,
    colour_of,
)
from beautyfinder.gui.inspector.compare import CompareView, Laid, laid
from beautyfinder.gui.inspector.controls import COMPARE, MATCHES, CompareBar, MatchBar, ViewBar
from beautyfinder.gui.inspector.export import PairExporter
from beautyfinder.gui.inspector.facts import FactsPanel, WordsPanel
from beautyfinder.gui.inspector.header import HitHeader
from beautyfinder.gui.inspector.keys import add_keys
from beautyfinder.gui.inspector.latest import Latest
from beautyfinder.gui.inspector.messages import (
    THUMBNAIL_CHANGED,
    THUMBNAIL_GONE,
    Inspected,
    Subject,
    Wanted,
)
from beautyfinder.gui.inspector.overlay import Shown
from beautyfinder.gui.inspector.pair_panel import PairPanel
from beautyfinder.gui.services import Services

if TYPE_CHECKING:
    from beautyfinder.search.inspection import Pairing
    from beautyfinder.search.method import Hit

_GEOMETRY = "inspector"
_SIZE = (1240, 800)
_SIDE = 300  # pixels of the panel at the right, in small type


class InspectorWindow(QDialog):
    """`hit_shown` (Hit) when a person goes to another hit; `matched` once all of it is shown."""

    hit_shown = Signal(object)
    matched = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._subject: Subject | None = None
        self._row, self._token = 0, 0
        self._rule = "verified"
        self._shown = Shown()
        self.inspected: Inspected | None = None
        self.pairing: Pairing | None = None
        self._laid_for: Pairing | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.header, self.bar, self.view_bar = HitHeader(), MatchBar(), ViewBar()
        self.compare_bar = CompareBar()
        self.canvas, self.compare = MatchCanvas(), CompareView()
        self.pairs, self.words, self.facts = PairPanel(), WordsPanel(), FactsPanel()
        self.exporter = PairExporter(self)
        self._pairer, self._layer = Latest(self), Latest(self)
        self._notice = QLabel()
        self._notice.setObjectName("warning")
        self._notice.setWordWrap(True)
        self._notice.hide()
        self.remark = QLabel()
        self.remark.setProperty("role", "muted")
        self._put_together()
        self._connect()
        add_keys(self)
        self.resize(*_SIZE)
        geometry = services.remembered(_GEOMETRY)
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_subject(self, subject: Subject, row: int) -> None:
        """Inspect the hit in that row of the subject."""
        if self._subject is None or subject.query is not self._subject.query:
            self.canvas.set_region(None)
        self._subject = subject
        self._show_row(row)

    def hit(self) -> Hit | None:
        """The one that is shown."""
        return self._subject.hits[self._row] if self._subject is not None else None

    def notice(self) -> str:
        """What is said of the catalogue's picture; empty: nothing."""
        return "" if self._notice.isHidden() else self._notice.text()

    @Slot(int)
    def step(self, by: int) -> None:
        """Go to the hit so many places on, and say so."""
        if self._subject is not None and 0 <= self._row + by < len(self._subject.hits):
            self._show_row(self._row + by)
            self.hit_shown.emit(self._subject.hits[self._row])

    @Slot(str)
    def set_mode(self, mode: str) -> None:
        """MATCHES or COMPARE."""
        comparing = mode == COMPARE
        self.bar.show_mode(mode)
        self._views.setCurrentWidget(self.compare if comparing else self.canvas)
        self._bars.setCurrentWidget(self.compare_bar if comparing else self.view_bar)
        if comparing:
            self._lay()
        self.current_view().setFocus(Qt.FocusReason.OtherFocusReason)

    def current_view(self) -> MatchCanvas | CompareView:
        """What takes zooms just now."""
        return self.compare if self._views.currentWidget() is self.compare else self.canvas

    def smaller(self) -> None:
        """Zoom out."""
        self.current_view().zoom(1 / 1.3)

    def fit(self) -> None:
        """Whole pictures."""
        self.current_view().fit()

    def actual_pixels(self) -> None:
        """One of the picture's pixels on one of the screen's."""
        self.current_view().actual_pixels()

    def larger(self) -> None:
        """Zoom in."""
        self.current_view().zoom(1.3)

    def save_png(self) -> None:
        """Ask where to."""
        self.exporter.ask("png")

    def _show_row(self, row: int) -> None:
        subject = self._subject
        if subject is None or not subject.hits:
            return
        self._row = min(max(row, 0), len(subject.hits) - 1)
        hit, picture = subject.hits[self._row], subject.pictures[self._row]
        self.setWindowTitle(hit.image.name)
        self.header.show_hit(hit, self._row, len(subject.hits))
        self.facts.show_hit(hit)
        before = self.inspected
        if before is not None and before.wanted.query is subject.query:
            photo = before.photo.levels
        elif subject.preview is not None and not subject.preview.isNull():
            photo = (_drawable(part_of_image(subject.preview, subject.region)),)
        else:
            photo = ()
        there = (_drawable(picture),) if picture is not None and not picture.isNull() else ()
        self._forget()
        self.canvas.show_pictures(photo, there, (self.tr("Your photo"), self.tr("Catalogue")))
        self.compare.show_laid(there, None)
        self._ask()

    def _ask(self) -> None:
        subject = self._subject
        if subject is None:
            return
        self.canvas.say(self.tr("Matching…"))
        self._token = self._services.engine.inspect(
            Wanted(
                subject.query,
                subject.region,
                subject.hits[self._row],
                self._rule,
                subject.pictures[self._row],
                subject.earlier,
            )
        )

    def _forget(self) -> None:
        """What was shown is of another hit."""
        self._pairer.forget()
        self._layer.forget()
        self.inspected = self.pairing = self._laid_for = None
        self._notice.hide()
        self.pairs.clear()
        self.words.show_words(None, None)
        self.bar.set_counts({}, {})
        self._tell_exporter()

    @Slot(int, object)
    def _on_inspected(self, token: int, inspected: Inspected) -> None:
        if token != self._token:
            return
        from beautyfinder.search.inspection import DEFAULT_RATIO

        rule = inspected.wanted.rule
        if self.inspected is None or self.inspected.wanted.rule != rule:
            default = DEFAULT_RATIO[rule]
            fresh = self.bar.rule_of_ratio != rule
            self.bar.set_ratio(default if fresh else self.bar.ratio(), default)
            self.bar.rule_of_ratio = rule
        self.inspected = inspected
        self.canvas.show_pictures(
            inspected.photo.levels, inspected.picture.levels, self._captions(inspected)
        )
        self._say_origin(inspected)
        hit = inspected.wanted.hit
        self.words.show_words(inspected.photo_words, inspected.pack_words, hit.words)
        self._pair()

    @Slot(int, str)
    def _on_failed(self, token: int, why: str) -> None:
        if token == self._token:
            self.canvas.say("")
            self.compare.show_laid((), None, why)
            self._notice.setText(why)
            self._notice.show()

    def _pair(self) -> None:
        """Match anew from the distances that are known."""
        inspected = self.inspected
        if inspected is None:
            return
        ratio, region = self.bar.ratio(), self.canvas.region

        def work() -> tuple[Inspected, Pairing]:
            from beautyfinder.search.inspection import pairing_at

            return inspected, pairing_at(inspected.inspection, ratio, region)

        self._pairer.ask(work)

    @Slot(object)
    def _on_paired(self, result: tuple[Inspected, Pairing]) -> None:
        inspected, pairing = result
        if inspected is not self.inspected:
            return
        self.pairing = pairing
        self.canvas.say("" if pairing.accepted.any() else self.tr("No matching details"))
        self.canvas.show_matches(inspected.inspection, pairing, inspected.silhouette)
        self.pairs.show_match(inspected, pairing)
        self._count()
        self._tell_exporter()
        if self._views.currentWidget() is self.compare:
            self._lay()
        self.matched.emit()

    def _lay(self) -> None:
        """The photo over the catalogue's picture, where that is not done for this pairing."""
        inspected, pairing = self.inspected, self.pairing
        if inspected is None or pairing is None or self._laid_for is pairing:
            return
        self._laid_for = pairing
        if pairing.geometry is None:
            self._on_laid((pairing, None))
            return
        if self.compare.laid() is None:
            message = self.tr("Laying the photo over the catalogue's picture…")
            self.compare.show_laid(inspected.picture.levels, None, message)

        def work() -> tuple[Pairing, Laid | None]:
            return pairing, laid(inspected, pairing)

        self._layer.ask(work)

    @Slot(object)
    def _on_laid(self, result: tuple[Pairing, Laid | None]) -> None:
        pairing, over = result
        if self.inspected is None or pairing is not self.pairing:
            return
        message = ""
        if over is None:
            message = self.tr("Too few details agree to lay the photo over this picture.")
        self.compare.show_laid(self.inspected.picture.levels, over, message)

    def _count(self) -> None:
        inspected, pairing = self.inspected, self.pairing
        if inspected is None or pairing is None:
            return
        from beautyfinder.search.match_look import scale

        agree = int(pairing.inliers.sum())
        matches = int(pairing.accepted.sum())
        paired = int((inspected.inspection.nearest >= 0).sum())
        counts = {INLIERS: agree, OUTLIERS: matches - agree, REJECTED: paired - matches}
        if self.canvas.region is not None:
            counts.pop(REJECTED)  # of those, the part says nothing
        import numpy as np

        shares = np.linspace(0.1, 0.9, 5)
        wheel = [QColor(*rgb) for rgb in scale(shares, self._shown.colour).tolist()]
        colours = {
            INLIERS: wheel,
            OUTLIERS: [QColor(colour_of(OUTLIERS))],
            REJECTED: [QColor(colour_of(REJECTED))],
        }
        self.bar.set_counts(counts, colours)

    def _captions(self, inspected: Inspected) -> tuple[str, str]:
        number = self.locale().toString
        return tuple(  # type: ignore[return-value]
            self.tr("{what}, {width} × {height}").format(
                what=what, width=number(picture.size[0]), height=number(picture.size[1])
            )
            for what, picture in (
                (self.tr("Your photo"), inspected.photo),
                (self.tr("Catalogue"), inspected.picture),
            )
        )

    def _say_origin(self, inspected: Inspected) -> None:
        told = {
            THUMBNAIL_GONE: self.tr(
                "The file {file} cannot be read: this is the small picture that the catalogue kept."
            ),
            THUMBNAIL_CHANGED: self.tr(
                "The file {file} is another picture now: this is the small one that the catalogue "
                "kept. Update the catalogue."
            ),
        }.get(inspected.origin, "")
        self._notice.setText(told.format(file=inspected.wanted.hit.image.path))
        self._notice.setVisible(bool(told))

    def _tell_exporter(self) -> None:
        self.exporter.set_pair(self.inspected, self.pairing, self._shown)
        self.header.set_savable(self.pairing is not None)

    @Slot(str)
    def _on_rule(self, rule: str) -> None:
        if rule != self._rule:
            self._rule = rule
            self._forget()
            self._ask()

    @Slot(float)
    def _on_ratio(self, _ratio: float) -> None:
        self._pair()

    @Slot(object)
    def _on_region(self, _region: object) -> None:
        self._pair()

    @Slot(object)
    def _on_shown_kinds(self, shown: Shown) -> None:
        self._set_shown(
            replace(
                self._shown,
                inliers=shown.inliers, outliers=shown.outliers, rejected=shown.rejected,
            )
        )  # fmt: skip

    @Slot(object)
    def _on_shown_marks(self, shown: Shown) -> None:
        self._set_shown(
            replace(
                self._shown,
                keypoints=shown.keypoints, outline=shown.outline, colour=shown.colour,
            )
        )  # fmt: skip

    def _set_shown(self, shown: Shown) -> None:
        self._shown = shown
        self.canvas.set_shown(shown)
        self._count()
        self._tell_exporter()

    @Slot(float)
    def _on_share(self, share: float) -> None:
        self.compare.set_share(share)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.ApplicationPaletteChange, QEvent.Type.PaletteChange):
            self.canvas.anew()
            self.words.restyle()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._leave()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        self._leave()
        super().done(result)

    def _leave(self) -> None:
        """Nobody waits for matches any more."""
        self._services.remember(_GEOMETRY, self.saveGeometry())
        self._services.engine.inspect(None)
        self._token = -1
        self._pairer.forget()
        self._layer.forget()

    # Putting it together

    def _put_together(self) -> None:
        self._views, self._bars = QStackedWidget(), QStackedWidget()
        for view in (self.canvas, self.compare):
            self._views.addWidget(view)
        for bar in (self.view_bar, self.compare_bar):
            self._bars.addWidget(bar)
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        for panel, title in (
            (self.pairs, self.tr("Match")),
            (self.words, self.tr("Words")),
            (self.facts, self.tr("Product")),
        ):
            scroll = QScrollArea()
            scroll.setWidgetResizable(True)
            scroll.setFrameShape(QFrame.Shape.NoFrame)
            scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            scroll.setWidget(panel)
            scroll.viewport().setAutoFillBackground(False)
            panel.setAutoFillBackground(False)
            tabs.addTab(scroll, title)
        self.tabs = tabs
        tabs.setFixedWidth(max(_SIDE, self.fontMetrics().averageCharWidth() * 40))
        below = QHBoxLayout()
        below.setSpacing(10)
        below.addWidget(self._bars, 1)
        zoom = ZoomBar(self.smaller, self.fit, self.actual_pixels, self.larger)
        below.addWidget(zoom)
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self.bar)
        left.addWidget(self._notice)
        left.addWidget(self._views, 1)
        left.addLayout(below)
        left.addWidget(self.remark)
        self.remark.hide()
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addLayout(left, 1)
        both.addWidget(tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(12)
        column.addWidget(self.header)
        column.addLayout(both, 1)

    def _connect(self) -> None:
        engine, bar, canvas = self._services.engine, self.bar, self.canvas
        engine.inspected.connect(self._on_inspected)
        engine.inspection_failed.connect(self._on_failed)
        self._pairer.done.connect(self._on_paired)
        self._pairer.failed.connect(self._say)
        self._layer.done.connect(self._on_laid)
        self._layer.failed.connect(self._say)
        self.exporter.remarked.connect(self._say)
        self.header.step_wanted.connect(self.step)
        self.header.copy_wanted.connect(self.exporter.copy)
        self.header.save_wanted.connect(self.exporter.ask)
        bar.mode_chosen.connect(self.set_mode)
        bar.rule_chosen.connect(self._on_rule)
        bar.ratio_changed.connect(self._on_ratio)
        bar.shown_changed.connect(self._on_shown_kinds)
        self.view_bar.shown_changed.connect(self._on_shown_marks)
        self.view_bar.linked.toggled.connect(canvas.set_linked)
        self.view_bar.select.toggled.connect(canvas.set_selecting)
        canvas.selecting.connect(self.view_bar.select.setChecked)
        canvas.lit_changed.connect(self.pairs.show_pair)
        canvas.region_changed.connect(self._on_region)
        self.compare_bar.mode_chosen.connect(self.compare.set_mode)
        self.compare_bar.share_changed.connect(self._on_share)
        self.compare.share_changed.connect(self.compare_bar.set_share)

    @Slot(str)
    def _say(self, sentence: str) -> None:
        self.remark.setText(sentence)
        self.remark.setVisible(bool(sentence))


def _drawable(image: QImage) -> QImage:
    return image.convertToFormat(QImage.Format.Format_RGB32)


__all__ = ["COMPARE", "MATCHES", "InspectorWindow"]
