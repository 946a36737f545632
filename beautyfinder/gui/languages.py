"""Languages of the window: Qt Linguist's files, installed and exchanged at any moment."""

from __future__ import annotations

import logging

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from beautyfinder.paths import resource

log = logging.getLogger(__name__)

TRANSLATED = ("zh_TW",)  # besides English, in which the sources are written
_installed: list[QTranslator] = []


def language_for(chosen: str, locale: QLocale | None = None) -> str:
    """The language to use: the one chosen, or what comes nearest to the desktop's."""
    if chosen in ("en", *TRANSLATED):
        return chosen
    for name in (locale or QLocale.system()).uiLanguages():
        parts = name.replace("_", "-").split("-")
        if parts[0] == "en":
            return "en"
        if parts[0] == "zh" and not {"CN", "SG", "Hans"} & set(parts[1:]):
            return "zh_TW"
    return "en"


def install_language(name: str) -> None:
    """Translate what is shown from now on into `name`, "en" or one of TRANSLATED."""
    app = QCoreApplication.instance()
    if app is None:
        raise RuntimeError("there is no application to translate")
    while _installed:
        app.removeTranslator(_installed.pop())
    # Numbers and dates go with the words; a desktop's own English is kept.
    system = QLocale.system()
    english = system if system.language() == QLocale.Language.English else QLocale("en")
    QLocale.setDefault(QLocale(name) if name in TRANSLATED else english)
    if name not in TRANSLATED:
        return
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for file in (f"{folder}/qtbase_{name}.qm", str(resource(f"translations/{name}.qm"))):
        translator = QTranslator(app)
        if translator.load(file):
            app.installTranslator(translator)
            _installed.append(translator)
        else:
            log.info("The translation %s is not to be had.", file)
