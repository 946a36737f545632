"""Starts the program: environment, QApplication, look, window; and takes its screenshots."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QTimer, Slot
from PySide6.QtWidgets import QApplication

from beautyfinder.errors import UserError
from beautyfinder.gui.engine import Engine
from beautyfinder.gui.faults import FaultReporter
from beautyfinder.gui.garbage import GarbageCollector
from beautyfinder.gui.interrupt import InterruptWatcher
from beautyfinder.gui.main_window import MainWindow
from beautyfinder.gui.prefetch import prefetch
from beautyfinder.gui.program import Program
from beautyfinder.gui.query import FileQuery
from beautyfinder.gui.services import make_services
from beautyfinder.gui.settings_format import prepare_settings
from beautyfinder.gui.theme import StyleKeeper, app_icon
from beautyfinder.paths import data_folder

if TYPE_CHECKING:
    from beautyfinder.gui.single_instance import InstanceServer

INTERRUPTED = 130
_SWITCH_SECONDS = 0.0005
_SETTLE_MS = 120  # for layout and hover before the picture is taken


def has_display() -> bool:
    """Whether a window could be seen here."""
    linux = platform.system() == "Linux"
    return not linux or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def prepare_environment() -> None:
    """Before the QApplication: off screen where there is no display, and Qt's own plugins.

    opencv-python points Qt to its own Qt 5 when it is imported; PySide would not start with that.
    """
    for name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
        if "cv2" in Path(os.environ.get(name, "")).parts:
            del os.environ[name]
    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


def make_app() -> QApplication:
    """The QApplication, named and dressed; the one that there is, if there is one."""
    prepare_environment()
    # A slot waits so long for a lock that the engine's thread holds, again and again in a chain of
    # slots: with Python's own 5 ms benchmarks.gui_latency saw 70 ms where it then saw 56 and 64.
    sys.setswitchinterval(_SWITCH_SECONDS)
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        QApplication.setApplicationName("BeautyFinder")
        QApplication.setOrganizationName("BeautyFinder")
        QApplication.setDesktopFileName("beautyfinder")
        app = QApplication(sys.argv[:1])
    app.setWindowIcon(app_icon())
    if app.findChild(StyleKeeper) is None:
        StyleKeeper(app)
    return app


def run(store_folder: Path | None, photo: Path | None, screenshot: Path | None = None) -> int:
    """Show the window until it is closed; 0, or 130 after Ctrl-C.

    With no `store_folder` the catalogue that was open last. Where the program runs already, it is
    given store and photo instead. With `screenshot` the window is saved there once the answer is
    shown, and closed. Raises UserError where that does not work.
    """
    if screenshot is not None:
        _check_screenshot(screenshot)
    app = make_app()
    instance: InstanceServer | None = None
    if screenshot is None:
        from beautyfinder.gui.single_instance import InstanceServer, hand_over, server_name

        name = server_name(str(data_folder()))
        if hand_over(name, _told(photo), (_told(store_folder) or [""])[0]):
            return 0
        instance = InstanceServer(name)
    settings = None if screenshot else QSettings("BeautyFinder", "BeautyFinder")
    if settings is not None:
        prepare_settings(settings)
    program = Program(make_services(Engine(), settings))
    window = program.window
    garbage, interrupts = GarbageCollector(), InterruptWatcher()
    faults = FaultReporter(interrupts.interrupt)
    faults.fault_reported.connect(program.on_fault)
    interrupts.interrupted.connect(program.close)
    camera: _Camera | None = None
    window.ready.connect(garbage.on_libraries_loaded)
    window.ready.connect(prefetch)
    if instance is not None:
        instance.handed_over.connect(program.take_over)
        program.services.instance = instance
    for helper in (garbage, faults, interrupts):
        helper.install()
    try:
        if screenshot is not None:
            camera = _Camera(window, screenshot, bool(photo), bool(store_folder))
        window.show()
        reopen = settings is not None and program.services.preferences.flag("reopen")
        folder = store_folder or (_last_store(settings) if settings and reopen else None)
        if folder is not None:
            window.open_store(folder)
        if photo is not None:
            window.look_up(FileQuery(str(photo)))
        app.exec()
    finally:
        program.close()
        program.services.close()
        for helper in (interrupts, faults, garbage):
            helper.uninstall()
    if camera is not None and camera.trouble:
        raise UserError(camera.trouble)
    return INTERRUPTED if interrupts.happened else 0


def _told(path: Path | None) -> list[str]:
    """The path as another process, in another folder, can use it."""
    return [] if path is None else [str(path.absolute())]


def _last_store(settings: QSettings) -> Path | None:
    folder = str(settings.value("store", "") or "")
    return Path(folder) if folder and Path(folder).is_dir() else None


def _check_screenshot(path: Path) -> None:
    folder = path.absolute().parent
    if not folder.is_dir():
        raise UserError(f"The screenshot {path} cannot be saved: there is no folder {folder}.")
    if path.is_dir():
        raise UserError(f"The screenshot {path} cannot be saved: that is a folder; name a file.")
    if not os.access(folder, os.W_OK):
        raise UserError(f"The screenshot {path} cannot be saved: {folder} may not be written.")


class _Camera(QObject):
    """Saves the window once it shows what was asked for, then closes it."""

    def __init__(self, window: MainWindow, path: Path, photo: bool, store: bool) -> None:
        super().__init__(window)
        self._window, self._path = window, path
        self.trouble = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE_MS)
        self._timer.timeout.connect(self._on_settled)
        window.failed.connect(self._on_failed)
        if photo:
            window.settled.connect(self._on_shown)
        elif store:
            window.ready.connect(self._on_shown)
        else:
            self._timer.start()

    @Slot()
    def _on_shown(self) -> None:
        self._timer.start()

    @Slot(str)
    def _on_failed(self, why: str) -> None:
        self.trouble = why
        self._window.close()

    @Slot()
    def _on_settled(self) -> None:
        path = self._path if self._path.suffix else self._path.with_suffix(".png")
        if not self._window.grab().save(str(path)):
            self.trouble = (
                f"The screenshot {self._path} cannot be saved: it may not be written there, or "
                "pictures are not saved as that kind of file; try a name ending in .png."
            )
        self._window.close()
