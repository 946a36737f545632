"""Marks texts for Qt Linguist, which knows these functions by their names, and translates them."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """`text` as it is, of a table; PySide's does the same, though not for a type checker."""
    return text


def tr(text: str) -> str:
    """`text` in the window's language; for functions, since Linguist files it under no class."""
    return QCoreApplication.translate("", text)


def plain(text: str) -> str:
    """A menu's text as it is read elsewhere: without mnemonic, “(&O)” in Chinese, and ellipsis."""
    return re.sub(r"\(&.\)", "", text).replace("&", "").rstrip("…")
