"""What a person may set, in one table; kept in QSettings, told to whoever listens."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, QSettings, Signal

from beautyfinder.gui.translation import QT_TRANSLATE_NOOP
from beautyfinder.search.verdict import THRESHOLDS

_GROUP = "preferences"


@dataclass(frozen=True)
class Preference:
    """One row of the settings dialog. Texts are English, to be translated when shown.

    default: its type, bool, int or str, is that of the value. choices: values and their texts; of
    an int, least, most and unit instead.
    """

    key: str
    page: str
    label: str
    default: bool | int | str
    choices: tuple[tuple[str, str], ...] = ()
    least: int = 0
    most: int = 0
    unit: str = ""
    note: str = ""


WINDOW = QT_TRANSLATE_NOOP("preferences", "Window")
ANSWERS = QT_TRANSLATE_NOOP("preferences", "Answers")
PRIVACY = QT_TRANSLATE_NOOP("preferences", "Privacy")
PREFERENCES = (
    Preference(
        "language", WINDOW, QT_TRANSLATE_NOOP("preferences", "Language"), "",
        (("", QT_TRANSLATE_NOOP("preferences", "As the desktop")), ("en", "English"),
         ("zh_TW", "繁體中文")),
    ),
    Preference(
        "appearance", WINDOW, QT_TRANSLATE_NOOP("preferences", "Appearance"), "",
        (("", QT_TRANSLATE_NOOP("preferences", "As the desktop")),
         ("light", QT_TRANSLATE_NOOP("preferences", "Light")),
         ("dark", QT_TRANSLATE_NOOP("preferences", "Dark"))),
    ),
    Preference(
        "text_size", WINDOW, QT_TRANSLATE_NOOP("preferences", "Text size"), 100,
        least=80, most=200, unit="%",
    ),
    Preference(
        "reopen", WINDOW, QT_TRANSLATE_NOOP("preferences", "Open the last catalogue at the start"),
        True,
    ),
    # The second cannot come above the first: their ranges do not meet.
    Preference(
        "match_from", ANSWERS, QT_TRANSLATE_NOOP("preferences", "Call it a match from"),
        round(100 * THRESHOLDS.match_from), least=50, most=99,
        unit=QT_TRANSLATE_NOOP("preferences", "% on"),
        note=QT_TRANSLATE_NOOP(
            "preferences",
            "How sure a look-up must be of its first product. Higher: fewer matches, and fewer "
            "wrong ones.",
        ),
    ),
    Preference(
        "no_match_below", ANSWERS, QT_TRANSLATE_NOOP("preferences", "Say “no match” below"),
        round(100 * THRESHOLDS.no_match_below), least=0, most=49, unit="%",
        note=QT_TRANSLATE_NOOP(
            "preferences",
            "Between the two the answer is “please compare”. Both hold from the next look-up on.",
        ),
    ),
    Preference(
        "fetch", PRIVACY, QT_TRANSLATE_NOOP("preferences", "Fetch pictures that links point to"),
        True,
        note=QT_TRANSLATE_NOOP(
            "preferences",
            "When a link is dropped or pasted, its picture is fetched from the web. Nothing else "
            "is ever sent or fetched, and photos never leave this computer.",
        ),
    ),
    Preference(
        "keep_history", PRIVACY, QT_TRANSLATE_NOOP("preferences", "Keep a history of look-ups"),
        True,
        note=QT_TRANSLATE_NOOP(
            "preferences", "Photos and hits are kept on this computer until they are erased."
        ),
    ),
)  # fmt: skip
_BY_KEY = {preference.key: preference for preference in PREFERENCES}


def translated(text: str) -> str:
    """A text of this table in the language of the window."""
    return QCoreApplication.translate("preferences", text)


class Preferences(QObject):
    """The values. `changed` (key) after one was set. Without `settings` nothing is kept."""

    changed = Signal(str)

    def __init__(self, settings: QSettings | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._values: dict[str, bool | int | str] = {}
        for preference in PREFERENCES:
            stored = None if settings is None else settings.value(f"{_GROUP}/{preference.key}")
            self._values[preference.key] = _valid(preference, stored)

    def flag(self, key: str) -> bool:
        """A value that is true or false."""
        return bool(self._values[key])

    def number(self, key: str) -> int:
        """A value that is a whole number."""
        return int(self._values[key])

    def text(self, key: str) -> str:
        """A value that is one of the table's choices."""
        return str(self._values[key])

    def value(self, key: str) -> bool | int | str:
        """Whatever it is."""
        return self._values[key]

    def set_value(self, key: str, value: bool | int | str) -> None:
        """Keep it and tell; what the table does not allow becomes its default."""
        value = _valid(_BY_KEY[key], value)
        if value == self._values[key]:
            return
        self._values[key] = value
        if self._settings is not None:
            self._settings.setValue(f"{_GROUP}/{key}", value)
        self.changed.emit(key)

    def reset(self) -> None:
        """Everything to its default."""
        for preference in PREFERENCES:
            self.set_value(preference.key, preference.default)


def _valid(preference: Preference, value: object) -> bool | int | str:
    """`value`, of whichever type a settings file gives it back, or the default."""
    default = preference.default
    if isinstance(default, bool):
        words = {"true": True, "1": True, "false": False, "0": False}
        return value if isinstance(value, bool) else words.get(str(value).lower(), default)
    if isinstance(default, int):
        try:
            return min(max(int(str(value)), preference.least), preference.most)
        except ValueError:
            return default
    allowed = {choice for choice, _ in preference.choices}
    return value if isinstance(value, str) and value in allowed else default
