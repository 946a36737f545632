"""The settings' format: written with them, and what another version left is kept in a copy."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QSettings

from beautyfinder.paths import data_folder

log = logging.getLogger(__name__)

FORMAT = 1
"""Raised when a key changes its meaning; `prepare_settings` then has to translate the older."""

_KEY = "format"


def prepare_settings(settings: QSettings) -> Path | None:
    """Note the format in settings that tell none, which is what the first version wrote.

    Settings of another format are first copied, all of them, into a file of the data folder, which
    is returned; then used as far as they are understood: what is not becomes its default where it
    is read. None where there was nothing to copy.
    """
    told = settings.value(_KEY)
    if told is None or str(told) == str(FORMAT):
        if told is None:
            settings.setValue(_KEY, FORMAT)
        return None
    name = "".join(sign for sign in str(told) if sign.isalnum())[:12] or "unknown"
    file = data_folder() / f"settings-format-{name}.ini"
    copy = QSettings(str(file), QSettings.Format.IniFormat)
    for key in settings.allKeys():
        copy.setValue(key, settings.value(key))
    copy.sync()
    if copy.status() != QSettings.Status.NoError:
        return None  # without a copy theirs stay as they are, format and all
    settings.setValue(_KEY, FORMAT)
    log.warning("The settings are another version's; they were copied to %s.", file)
    return file
