"""Every action of the window, declared once: menus, toolbar, shortcuts and their list in Help."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QToolBar

from beautyfinder.gui.theme import tinted_icon
from beautyfinder.gui.translation import QT_TRANSLATE_NOOP, plain

_CONTEXT = "actions"


@dataclass(frozen=True)
class ActionSpec:
    """One action. `text` and `tip` are English, to be translated when shown.

    menu: the title of its menu; toolbar: whether it is there, too. shortcut: as Qt writes it, or
    the name of a standard key. A `separate` action has a line above it. needs: "photo", "look_up"
    or "hits", without which it is greyed.
    """

    name: str
    text: str
    menu: str
    icon: str = ""
    shortcut: str = ""
    tip: str = ""
    toolbar: bool = False
    separate: bool = False
    needs: str = ""
    checkable: bool = False
    role: QAction.MenuRole = QAction.MenuRole.NoRole


FILE = QT_TRANSLATE_NOOP("actions", "&File")
PHOTO = QT_TRANSLATE_NOOP("actions", "&Photo")
RESULTS = QT_TRANSLATE_NOOP("actions", "&Results")
VIEW = QT_TRANSLATE_NOOP("actions", "&View")
TOOLS = QT_TRANSLATE_NOOP("actions", "&Tools")
HELP = QT_TRANSLATE_NOOP("actions", "&Help")
MENUS = (FILE, PHOTO, RESULTS, VIEW, TOOLS, HELP)


def _spec(name: str, text: str, menu: str, *more: str, **others: object) -> ActionSpec:
    return ActionSpec(name, text, menu, *more, **others)  # type: ignore[arg-type]


ACTIONS = (
    _spec("open", QT_TRANSLATE_NOOP("actions", "&Open photos…"), FILE, "photo", "Open",
          QT_TRANSLATE_NOOP("actions", "Choose photos to look up"), toolbar=True),
    _spec("paste", QT_TRANSLATE_NOOP("actions", "&Paste photo"), FILE, "paste", "Paste",
          QT_TRANSLATE_NOOP("actions", "Look up the picture on the clipboard"), toolbar=True),
    _spec("camera", QT_TRANSLATE_NOOP("actions", "Ca&mera"), FILE, "camera", "Ctrl+K",
          QT_TRANSLATE_NOOP("actions", "Hold a product up to the camera, or take a photo of it"),
          toolbar=True, checkable=True),
    _spec("open_video", QT_TRANSLATE_NOOP("actions", "Open &video…"), FILE, "video", "Ctrl+Shift+V",
          QT_TRANSLATE_NOOP("actions", "Look up what a recorded video shows, as if live")),
    _spec("new_catalogue", QT_TRANSLATE_NOOP("actions", "&New catalogue…"), FILE, "plus",
          "Ctrl+N", separate=True),
    _spec("catalogues", QT_TRANSLATE_NOOP("actions", "&Catalogues…"), FILE, "store", "Ctrl+Shift+C",
          QT_TRANSLATE_NOOP("actions", "Build, update, check and switch among catalogues"),
          toolbar=True),
    _spec("open_store", QT_TRANSLATE_NOOP("actions", "Open &catalogue store…"), FILE, "",
          "Ctrl+Shift+O"),
    _spec("history", QT_TRANSLATE_NOOP("actions", "&History…"), FILE, "history", "Ctrl+H",
          QT_TRANSLATE_NOOP("actions", "Earlier look-ups"), toolbar=True),
    _spec("settings", QT_TRANSLATE_NOOP("actions", "&Settings…"), FILE, "settings", "Preferences",
          separate=True, role=QAction.MenuRole.PreferencesRole),
    _spec("quit", QT_TRANSLATE_NOOP("actions", "&Quit"), FILE, "", "Ctrl+Q", separate=True,
          role=QAction.MenuRole.QuitRole),
    _spec("turn_left", QT_TRANSLATE_NOOP("actions", "Turn &left"), PHOTO, "turn-left",
          "Ctrl+Shift+R", needs="photo"),
    _spec("turn_right", QT_TRANSLATE_NOOP("actions", "Turn &right"), PHOTO, "turn-right",
          "Ctrl+R", needs="photo"),
    _spec("whole", QT_TRANSLATE_NOOP("actions", "Look up the &whole photo"), PHOTO, "whole",
          "Ctrl+0", needs="photo"),
    _spec("again", QT_TRANSLATE_NOOP("actions", "Look up &again"), PHOTO, "again", "F5",
          separate=True, needs="photo"),
    _spec("stop", QT_TRANSLATE_NOOP("actions", "&Stop the look-up"), PHOTO, "close", "Ctrl+.",
          needs="look_up"),
    _spec("inspect", QT_TRANSLATE_NOOP("actions", "&Inspect the match…"), RESULTS, "find",
          "Ctrl+I", QT_TRANSLATE_NOOP("actions", "The photo beside the chosen hit, and what "
                                      "matches in both"), needs="hits"),
    _spec("filter", QT_TRANSLATE_NOOP("actions", "&Filter hits"), RESULTS, "filter", "Ctrl+F"),
    _spec("more", QT_TRANSLATE_NOOP("actions", "Show the whole &short-list"), RESULTS, "",
          "Ctrl+L"),
    _spec("export", QT_TRANSLATE_NOOP("actions", "&Export hits…"), RESULTS, "export", "Ctrl+E",
          QT_TRANSLATE_NOOP("actions", "Save the hits as a table, a sheet with pictures, or PDF"),
          toolbar=True, separate=True, needs="hits"),
    _spec("method", QT_TRANSLATE_NOOP("actions", "&Method"), VIEW, "method", "F8",
          QT_TRANSLATE_NOOP("actions", "Choose how photos are looked up"), toolbar=True,
          checkable=True),
    _spec("log", QT_TRANSLATE_NOOP("actions", "&Log…"), VIEW, "", "Ctrl+Shift+L", separate=True),
    _spec("evaluate", QT_TRANSLATE_NOOP("actions", "&Evaluate…"), TOOLS, "table", "Ctrl+Shift+E",
          QT_TRANSLATE_NOOP("actions", "Measure methods on photos whose products are known")),
    _spec("shortcuts", QT_TRANSLATE_NOOP("actions", "&Keyboard shortcuts…"), HELP, "", "F1"),
    _spec("updates", QT_TRANSLATE_NOOP("actions", "Check for &updates…"), HELP, "update",
          role=QAction.MenuRole.ApplicationSpecificRole),
    _spec("about", QT_TRANSLATE_NOOP("actions", "&About BeautyFinder"), HELP, "app", separate=True,
          role=QAction.MenuRole.AboutRole),
)  # fmt: skip


def translated(text: str) -> str:
    """A text of this table in the language of the window."""
    return QCoreApplication.translate(_CONTEXT, text)


def shortcut_of(spec: ActionSpec) -> QKeySequence:
    """The keys; those of the desktop where the table names a standard key."""
    standard = getattr(QKeySequence.StandardKey, spec.shortcut, None)
    return QKeySequence(standard if standard is not None else spec.shortcut)


class Actions(QObject):
    """The window's QActions by name, in its menus and toolbar.

    `slots`: what each does, or the QAction that a panel has for it already; an action without one
    is a mistake of the program (KeyError).
    """

    def __init__(
        self, window: QMainWindow, slots: Mapping[str, Callable[..., object] | QAction]
    ) -> None:
        super().__init__(window)
        self._menus: dict[str, QMenu] = {}
        self._actions: dict[str, QAction] = {}
        self.toolbar = QToolBar(window)
        self.toolbar.setObjectName("toolbar")
        self.toolbar.setMovable(False)
        self.toolbar.setIconSize(QSize(20, 20))
        self.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for title in MENUS:
            self._menus[title] = window.menuBar().addMenu("")
        self._menus[HELP].setToolTipsVisible(True)  # why updates cannot be asked for
        for spec in ACTIONS:
            slot = slots[spec.name]
            action = slot if isinstance(slot, QAction) else self._made(spec, slot)
            if spec.separate:
                self._menus[spec.menu].addSeparator()
            self._menus[spec.menu].addAction(action)
            if spec.toolbar:
                self.toolbar.addAction(action)
            self._actions[spec.name] = action
        window.addToolBar(self.toolbar)
        self._say()

    def _made(self, spec: ActionSpec, slot: Callable[..., object]) -> QAction:
        action = QAction(self)
        if spec.icon:
            action.setIcon(tinted_icon(spec.icon))
        action.setShortcut(shortcut_of(spec))
        action.setMenuRole(spec.role)
        action.setCheckable(spec.checkable)
        (action.toggled if spec.checkable else action.triggered).connect(slot)
        return action

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def follow(self, **there: bool) -> None:
        """Grey what can do nothing now: `there` says of each `needs` whether it is there."""
        for spec in ACTIONS:
            if spec.needs in there:
                self._actions[spec.name].setEnabled(there[spec.needs])

    def menu(self, title: str) -> QMenu:
        """The menu with that English title."""
        return self._menus[title]

    def _say(self) -> None:
        """Texts in the language of the window."""
        self.toolbar.setWindowTitle(translated(QT_TRANSLATE_NOOP("actions", "Toolbar")))
        for title, menu in self._menus.items():
            menu.setTitle(translated(title))
        for spec in ACTIONS:
            action = self._actions[spec.name]
            if action.parent() is not self:  # the panel's own
                continue
            text = translated(spec.text)
            action.setText(text)
            action.setIconText(plain(text))
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            tip = translated(spec.tip) if spec.tip else plain(text)
            action.setToolTip(f"{tip} ({keys})" if keys else tip)
