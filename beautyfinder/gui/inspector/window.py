"""InspectorWindow: one hit beside the photo, with all that matches; the parts wired together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QWidget

from beautyfinder.gui.images_qt import part_of_image
from beautyfinder.gui.inspector.canvas import MatchCanvas
from beautyfinder.gui.inspector.compare import CompareView, Laid
from beautyfinder.gui.inspector.controls import COMPARE, CompareBar, MatchBar, ViewBar
from beautyfinder.gui.inspector.export import PairExporter
from beautyfinder.gui.inspector.facts import FactsPanel, WordsPanel
from beautyfinder.gui.inspector.header import HitHeader
from beautyfinder.gui.inspector.keys import add_keys
from beautyfinder.gui.inspector.layout import InspectorLayout
from beautyfinder.gui.inspector.legend import colours_of, counts_of
from beautyfinder.gui.inspector.matching import Matching
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


class InspectorWindow(QDialog):
    """`hit_shown` (Hit) when a person goes to another hit; `matched` once all of it is shown."""

    hit_shown = Signal(object)
    matched = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._subject: Subject | None = None
        self._row = 0
        self._rule = "verified"
        self._shown = Shown()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.matching = Matching(services.engine, self)
        self.header, self.bar, self.view_bar = HitHeader(), MatchBar(), ViewBar()
        self.compare_bar = CompareBar()
        self.canvas, self.compare = MatchCanvas(), CompareView()
        self.pairs, self.words, self.facts = PairPanel(), WordsPanel(), FactsPanel()
        self.exporter = PairExporter(self)
        self.layout_ = InspectorLayout(self)
        self._connect()
        add_keys(self)
        self.resize(*_SIZE)
        geometry = services.remembered(_GEOMETRY)
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_subject(self, subject: Subject, row: int) -> None:
        """Inspect the hit in that row of the subject."""
        before = self._subject
        if before is None or (subject.query, subject.region) != (before.query, before.region):
            self.canvas.set_region(None)
        self._subject = subject
        self._show_row(row)

    def hit(self) -> Hit | None:
        """The one that is shown."""
        return self._subject.hits[self._row] if self._subject is not None else None

    @Slot(int)
    def step(self, by: int) -> None:
        """Go to the hit so many places on, and say so."""
        if self._subject is not None and 0 <= self._row + by < len(self._subject.hits):
            self._show_row(self._row + by)
            self.hit_shown.emit(self._subject.hits[self._row])

    @Slot(str)
    def set_mode(self, mode: str) -> None:
        """MATCHES or COMPARE."""
        self.layout_.show_mode(mode)
        if mode == COMPARE:
            self._lay()
        self.current_view().setFocus(Qt.FocusReason.OtherFocusReason)

    def current_view(self) -> MatchCanvas | CompareView:
        """What takes zooms just now."""
        return self.compare if self.layout_.mode == COMPARE else self.canvas

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
        there = (_drawable(picture),) if picture is not None and not picture.isNull() else ()
        photo = self._photo_at_hand(subject)
        self._begin()
        self.canvas.show_pictures(photo, there, (self.tr("Your photo"), self.tr("Catalogue")))
        self.compare.show_laid(there, None)

    def _photo_at_hand(self, subject: Subject) -> tuple[QImage, ...]:
        """Until the engine has it at full resolution."""
        known = self.matching.current
        if known is not None and known.wanted.query is subject.query:
            if known.wanted.region == subject.region:
                return known.photo.levels
        elif subject.preview is not None and not subject.preview.isNull():
            return (_drawable(part_of_image(subject.preview, subject.region)),)
        return ()

    def _begin(self) -> None:
        """Have the hit matched; what was shown is another's."""
        subject = self._subject
        if subject is None:
            return
        hit, picture = subject.hits[self._row], subject.pictures[self._row]
        self.matching.begin(
            Wanted(subject.query, subject.region, hit, self._rule, picture, subject.other_store)
        )
        self.layout_.notify("")
        self.pairs.clear()
        self.words.show_words(None, None)
        self.bar.set_counts({}, {})
        self.canvas.say(self.tr("Matching…"))
        self._tell_exporter()

    @Slot(object)
    def _on_inspected(self, inspected: Inspected) -> None:
        levels = inspected.photo.levels, inspected.picture.levels
        self.canvas.show_pictures(*levels, self._captions(inspected))
        self.bar.set_ratio(self.matching.ratio(), self.matching.default_ratio())
        self.layout_.notify(self._origin(inspected))
        found = inspected.wanted.hit.words
        self.words.show_words(inspected.photo_words, inspected.pack_words, found)

    @Slot(str)
    def _on_failed(self, why: str) -> None:
        self.canvas.say("")
        self.compare.show_laid((), None)
        self.layout_.notify(why)

    @Slot(object)
    def _on_paired(self, pairing: Pairing) -> None:
        inspected = self.matching.current
        if inspected is None:
            return
        self.canvas.say("" if pairing.accepted.any() else self.tr("No matching details"))
        self.canvas.show_matches(inspected.inspection, pairing, inspected.silhouette)
        self.pairs.show_match(inspected, pairing)
        self._count()
        self._tell_exporter()
        if self.layout_.mode == COMPARE:
            self._lay()
        self.matched.emit()

    def _lay(self) -> None:
        if self.compare.laid() is None and self.matching.current is not None:
            message = self.tr("Laying the photo over the catalogue's picture…")
            self.compare.show_laid(self.matching.current.picture.levels, None, message)
        self.matching.lay()

    @Slot(object)
    def _on_laid(self, over: Laid | None) -> None:
        message = ""
        if over is None:
            message = self.tr("Too few details agree to lay the photo over this picture.")
        if self.matching.current is not None:
            self.compare.show_laid(self.matching.current.picture.levels, over, message)

    def _count(self) -> None:
        pairing = self.matching.pairing
        if pairing is not None:
            self.bar.set_counts(counts_of(pairing), colours_of(self._shown.colour))

    def _captions(self, inspected: Inspected) -> tuple[str, str]:
        number = self.locale().toString
        photo, picture = (
            self.tr("{what}, {width} × {height}").format(
                what=what, width=number(side.size[0]), height=number(side.size[1])
            )
            for what, side in (
                (self.tr("Your photo"), inspected.photo),
                (self.tr("Catalogue"), inspected.picture),
            )
        )
        return photo, picture

    def _origin(self, inspected: Inspected) -> str:
        """A word where the catalogue's picture is not its file's; else empty."""
        told = {
            THUMBNAIL_GONE: self.tr(
                "The file {file} cannot be read: this is the small picture that the catalogue kept."
            ),
            THUMBNAIL_CHANGED: self.tr(
                "The file {file} is another picture now: this is the small one that the catalogue "
                "kept. Update the catalogue."
            ),
        }.get(inspected.origin, "")
        return told.format(file=inspected.wanted.hit.image.path)

    def _tell_exporter(self) -> None:
        self.exporter.set_pair(self.matching.current, self.matching.pairing, self._shown)
        self.header.set_savable(self.matching.pairing is not None)

    @Slot(str)
    def _on_rule(self, rule: str) -> None:
        if rule != self._rule:
            self._rule = rule
            self._begin()

    @Slot(object)
    def _on_shown_kinds(self, shown: Shown) -> None:
        kinds = {name: getattr(shown, name) for name in ("inliers", "outliers", "rejected")}
        self._set_shown(replace(self._shown, **kinds))

    @Slot(object)
    def _on_shown_marks(self, shown: Shown) -> None:
        marks = {name: getattr(shown, name) for name in ("keypoints", "outline", "colour")}
        self._set_shown(replace(self._shown, **marks))

    def _set_shown(self, shown: Shown) -> None:
        self._shown = shown
        self.canvas.set_shown(shown)
        self._count()
        self._tell_exporter()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What slider, tabs or buttons leave is the pictures'."""
        view = self.current_view()
        if view.hasFocus() or not view.take_key(event.key()):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.ApplicationPaletteChange, QEvent.Type.PaletteChange):
            self.canvas.anew()
            self.words.restyle()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.layout_.share_width(self.width())
        super().resizeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._leave()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        self._leave()
        super().done(result)

    def _leave(self) -> None:
        self._services.remember(_GEOMETRY, self.saveGeometry())
        self.matching.leave()

    def _connect(self) -> None:
        bar, canvas, matching, layout = self.bar, self.canvas, self.matching, self.layout_
        matching.inspected.connect(self._on_inspected)
        matching.paired.connect(self._on_paired)
        matching.laid.connect(self._on_laid)
        matching.failed.connect(self._on_failed)
        self.exporter.remarked.connect(layout.remark)
        self.header.step_wanted.connect(self.step)
        self.header.copy_wanted.connect(self.exporter.copy)
        self.header.save_wanted.connect(self.exporter.ask)
        self.header.mode.chosen.connect(self.set_mode)
        bar.rule_chosen.connect(self._on_rule)
        bar.ratio_changed.connect(matching.set_ratio)
        bar.shown_changed.connect(self._on_shown_kinds)
        self.view_bar.shown_changed.connect(self._on_shown_marks)
        self.view_bar.linked.toggled.connect(canvas.set_linked)
        self.view_bar.select.toggled.connect(canvas.set_selecting)
        canvas.selecting.connect(self.view_bar.select.setChecked)
        canvas.lit_changed.connect(self.pairs.show_pair)
        canvas.region_changed.connect(matching.set_region)
        self.compare_bar.mode_chosen.connect(self.compare.set_mode)
        self.compare_bar.share_changed.connect(self.compare.set_share)
        self.compare.share_changed.connect(self.compare_bar.set_share)


def _drawable(image: QImage) -> QImage:
    return image.convertToFormat(QImage.Format.Format_RGB32)
