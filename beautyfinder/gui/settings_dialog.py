"""The settings dialog, made from the table of preferences; what is changed holds at once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from beautyfinder.gui.preferences import PREFERENCES, Preference, Preferences, translated


class SettingsDialog(QDialog):
    """One page for each of the table's pages."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._editors: dict[str, QWidget] = {}
        self.setWindowTitle(self.tr("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.setAccessibleName(self.tr("Settings"))
        tabs.tabBar().setAccessibleName(self.tr("Pages"))
        for page in dict.fromkeys(preference.page for preference in PREFERENCES):
            tabs.addTab(self._page(page), translated(page))
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.RestoreDefaults | QDialogButtonBox.StandardButton.Close
        )
        restore = buttons.button(QDialogButtonBox.StandardButton.RestoreDefaults)
        restore.setText(self.tr("Restore defaults"))
        restore.clicked.connect(preferences.reset)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 16)
        column.setSpacing(14)
        column.addWidget(tabs)
        column.addWidget(buttons)
        self.setMinimumWidth(480)
        preferences.changed.connect(self._on_changed)

    def editor(self, key: str) -> QWidget:
        """The control of that preference."""
        return self._editors[key]

    def _page(self, page: str) -> QWidget:
        widget = QWidget()
        form = QFormLayout(widget)
        form.setContentsMargins(4, 18, 4, 10)
        form.setVerticalSpacing(14)
        form.setHorizontalSpacing(20)
        for preference in PREFERENCES:
            if preference.page != page:
                continue
            editor = self._editor(preference)
            self._editors[preference.key] = editor
            if isinstance(editor, QCheckBox):
                form.addRow(editor)
            else:
                editor.setAccessibleName(translated(preference.label))
                form.addRow(translated(preference.label), editor)
            if preference.note:
                note = QLabel(translated(preference.note))
                note.setWordWrap(True)
                note.setProperty("role", "muted")
                editor.setAccessibleDescription(note.text())
                form.addRow(note)
        return widget

    def _editor(self, preference: Preference) -> QWidget:
        key, preferences = preference.key, self._preferences
        if isinstance(preference.default, bool):
            check = QCheckBox(translated(preference.label))
            check.setChecked(preferences.flag(key))
            check.toggled.connect(self._on_edited)
            return check
        if isinstance(preference.default, int):
            spin = QSpinBox()
            spin.lineEdit().setTextMargins(8, 0, 0, 0)  # no padding of the style reaches it
            spin.setRange(preference.least, preference.most)
            spin.setSingleStep(5)
            spin.setSuffix(f" {translated(preference.unit)}")
            spin.setKeyboardTracking(False)
            spin.setValue(preferences.number(key))
            spin.valueChanged.connect(self._on_edited)
            return spin
        combo = QComboBox()
        for value, text in preference.choices:
            combo.addItem(translated(text), value)
        combo.setCurrentIndex(combo.findData(preferences.text(key)))
        combo.activated.connect(self._on_edited)
        return combo

    @Slot()
    def _on_edited(self, *_: object) -> None:
        editor = self.sender()
        key = next(name for name, widget in self._editors.items() if widget is editor)
        if isinstance(editor, QCheckBox):
            self._preferences.set_value(key, editor.isChecked())
        elif isinstance(editor, QSpinBox):
            self._preferences.set_value(key, editor.value())
        elif isinstance(editor, QComboBox):
            self._preferences.set_value(key, str(editor.currentData()))

    @Slot(str)
    def _on_changed(self, key: str) -> None:
        editor, value = self._editors[key], self._preferences.value(key)
        if isinstance(editor, QCheckBox):
            editor.setChecked(bool(value))
        elif isinstance(editor, QSpinBox):
            editor.setValue(int(value))
        elif isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(value))
