"""What several dialogs have: the Close button, and a text to read and copy."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit

from beautyfinder.gui.translation import tr


def close_box(dialog: QDialog) -> QDialogButtonBox:
    """A box with a Close button that closes `dialog`."""
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.button(QDialogButtonBox.StandardButton.Close).setText(tr("Close"))
    buttons.rejected.connect(dialog.reject)
    return buttons


def text_to_copy(name: str) -> QPlainTextEdit:
    """Lines as they are, in type of one width; `name`: for assistive technology."""
    text = QPlainTextEdit()
    text.setReadOnly(True)
    text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    text.setAccessibleName(name)
    return text
