"""The bar above the cards: a filter, how many fit it, all or the best seven, saving."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QMenu, QToolButton, QWidget

from beautyfinder.gui.theme import tinted_icon

_MOST_BRANDS_SEEN = 14


class ResultsBar(QWidget):
    """`filter_changed` (text, brand; empty: none), `all_wanted` (bool), `export_wanted` (kind).

    Its actions may stand in a menu too: `filter_action`, `all_action`, `export_actions`.
    """

    filter_changed = Signal(str, str)
    all_wanted = Signal(bool)
    export_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = QLineEdit()
        self._field.setObjectName("filter")
        self._field.setClearButtonEnabled(True)
        self._field.setPlaceholderText(self.tr("Filter"))
        self._field.setAccessibleName(self.tr("Filter the products by words"))
        self._field.setToolTip(self.tr("Only products whose title, brand, id, description or "
                                       "found words contain this (Ctrl+F)"))  # fmt: skip
        self._field.addAction(
            tinted_icon("filter", "muted"), QLineEdit.ActionPosition.LeadingPosition
        )
        self._field.textChanged.connect(self._on_filter_changed)
        self._brand = QComboBox()
        self._brand.setObjectName("brands")
        self._brand.setAccessibleName(self.tr("Filter the products by brand"))
        self._brand.setToolTip(self.tr("Only products of one brand"))
        self._brand.setMaxVisibleItems(_MOST_BRANDS_SEEN)
        self._brand.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._brand.setMinimumContentsLength(9)
        self._brand.currentIndexChanged.connect(self._on_filter_changed)
        self._count = QLabel()
        self._count.setProperty("role", "muted")
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        self._make_actions()
        self._all = _button()
        self._all.setDefaultAction(self.all_action)
        self._all.setIconSize(QSize(24, 18))  # the icon takes the left, the rest is a gap
        self._all.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._save = _button()
        self._save.setIcon(tinted_icon("export"))
        self._save.setText(self.tr("Save the products"))
        self._save.setAccessibleName(self._save.text())
        self._save.setToolTip(self.tr("Save the listed products as a table, a web page or a PDF"))
        self._save.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self._save)
        menu.addActions(self.export_actions)
        self._save.setMenu(menu)

        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._field, 3)
        row.addWidget(self._brand, 2)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self._all)
        row.addWidget(self._save)
        self.set_counts(0, 0, 0, False)

    def set_brands(self, brands: Sequence[tuple[str, int]]) -> None:
        """The brands to choose from and how many products each has; a chosen one stays chosen."""
        chosen = self._brand.currentData() or ""
        blocked = self._brand.blockSignals(True)
        self._brand.clear()
        self._brand.addItem(self.tr("All brands"), "")
        for name, count in brands:
            shown = self.locale().toString(count)
            text = self.tr("{brand} ({count})").format(brand=name, count=shown)
            self._brand.addItem(text, name)
        self._brand.setCurrentIndex(max(0, self._brand.findData(chosen)))
        self._brand.blockSignals(blocked)
        self._brand.setVisible(bool(brands))
        if chosen and self._brand.currentIndex() == 0:
            self._on_filter_changed()

    def set_counts(self, listed: int, total: int, best: int, everything: bool) -> None:
        """How many of `total` products are listed; `best`: of the short form; whether all are."""
        filtered, locale = self.is_filtered(), self.locale()
        self._count.setVisible(filtered)
        self._count.setText(
            self.tr("{count} of {total} products").format(
                count=locale.toString(listed), total=locale.toString(total)
            )
        )
        self.all_action.setEnabled(total > best and not filtered)
        self._all.setVisible(total > best and not filtered)
        self.all_action.setChecked(everything)
        self.all_action.setText(
            self.tr("Best {count} only").format(count=locale.toString(best))
            if everything
            else self.tr("Show all {count}").format(count=locale.toString(total))
        )
        self._all.setAccessibleName(self.all_action.text())
        self.filter_action.setEnabled(total > 0)
        for action in self.export_actions:
            action.setEnabled(listed > 0)
        self._save.setEnabled(listed > 0)

    def is_filtered(self) -> bool:
        """Whether a filter is set."""
        return bool(self._field.text().strip() or self._brand.currentData())

    def count_text(self) -> str:
        """“3 of 87 products” while a filter is set, else empty."""
        return "" if self._count.isHidden() else self._count.text()

    def filter(self) -> tuple[str, str]:
        """The words and the brand; empty where none is set."""
        return self._field.text(), self._brand.currentData() or ""

    def set_filter(self, text: str, brand: str = "") -> None:
        """As if a person had chosen that; an unknown brand is no brand."""
        blocked = self._field.blockSignals(True), self._brand.blockSignals(True)
        self._field.setText(text)
        self._brand.setCurrentIndex(max(0, self._brand.findData(brand)))
        self._field.blockSignals(blocked[0])
        self._brand.blockSignals(blocked[1])
        self._on_filter_changed()

    @Slot()
    def ask_export(self) -> None:
        """Offer the kinds of files that the products can be saved as."""
        if self.isVisible():
            self._save.showMenu()

    def focus_filter(self) -> None:
        """The keyboard goes into the filter."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    @Slot()
    def _on_filter_changed(self) -> None:
        self.filter_changed.emit(self._field.text(), self._brand.currentData() or "")

    def _make_actions(self) -> None:
        self.filter_action = QAction(tinted_icon("filter"), self.tr("&Filter the products"), self)
        self.filter_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Find))
        self.filter_action.triggered.connect(self.focus_filter)
        self.all_action = QAction(tinted_icon("more"), "", self)
        self.all_action.setCheckable(True)
        self.all_action.setToolTip(self.tr("All products of the short-list, or the best (Ctrl+L)"))
        self.all_action.setShortcut(QKeySequence("Ctrl+L"))
        self.all_action.triggered.connect(self.all_wanted)
        self.export_actions = []
        for kind, text in (
            ("csv", self.tr("Save as a &table (CSV)…")),
            ("html", self.tr("Save as a &web page with pictures…")),
            ("pdf", self.tr("Save as a &PDF…")),
        ):
            action = QAction(tinted_icon("export"), text, self)
            action.setData(kind)
            action.triggered.connect(self._on_export)
            self.export_actions.append(action)
        self.addActions([self.filter_action, self.all_action])

    @Slot()
    def _on_export(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.export_wanted.emit(action.data())


def _button() -> QToolButton:
    button = QToolButton()
    button.setProperty("role", "bar")
    button.setIconSize(QSize(18, 18))
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button
