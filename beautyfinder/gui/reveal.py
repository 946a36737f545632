"""Shows a file in the desktop's file manager, selected where the desktop can do that."""

from __future__ import annotations

import platform
from pathlib import Path

from PySide6.QtCore import QDir, QProcess, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication


def show_in_folder(path: Path) -> None:
    """Open the file manager at `path`; its folder where nothing can be selected. Never a shell."""
    system = platform.system()
    if system == "Windows":
        native = QDir.toNativeSeparators(str(path))
        shown = QProcess.startDetached("explorer.exe", ["/select,", native])[0]
    elif system == "Darwin":
        shown = QProcess.startDetached("open", ["-R", str(path)])[0]
    else:
        _ask_file_manager(path)
        return
    if not shown:
        _open_folder(path)


def dbus_arguments(path: Path) -> list[str]:
    """What dbus-send needs to have the desktop's file manager select `path`."""
    # A comma would end the item of the array; percent-encoded it is the same address.
    url = QUrl.fromLocalFile(str(path)).toString(QUrl.ComponentFormattingOption.FullyEncoded)
    return [
        "--session",
        "--print-reply",  # else it does not wait, and says nothing when there is no file manager
        "--dest=org.freedesktop.FileManager1",
        "/org/freedesktop/FileManager1",
        "org.freedesktop.FileManager1.ShowItems",
        f"array:string:{url.replace(',', '%2C')}",
        "string:",
    ]


def _ask_file_manager(path: Path) -> None:
    process = QProcess(QApplication.instance())

    def on_finished(code: int, _status: QProcess.ExitStatus) -> None:
        process.deleteLater()
        if code != 0:
            _open_folder(path)

    def on_error(error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:  # then it never finishes
            process.deleteLater()
            _open_folder(path)

    process.finished.connect(on_finished)
    process.errorOccurred.connect(on_error)
    process.start("dbus-send", dbus_arguments(path))


def _open_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
