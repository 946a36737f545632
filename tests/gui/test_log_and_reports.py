"""Log, reports of faults and About: private paths stay out of what is copied."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QPushButton, QTableWidget
from pytestqt.qtbot import QtBot

from beautyfinder import __version__
from beautyfinder.gui.about import AboutDialog, ShortcutsDialog
from beautyfinder.gui.actions import ACTIONS
from beautyfinder.gui.crash_dialog import CrashDialog, report_of
from beautyfinder.gui.log_view import LogDialog, LogKeeper, without_private_paths

log = logging.getLogger("beautyfinder.test")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("/home/ann/Secret project/a.jpg is damaged", "…/a.jpg is damaged"),
        ("the file /srv/x/y/z.csv, line 3", "the file …/z.csv, line 3"),
        ("3/4 of 10", "3/4 of 10"),
        ("no path at all", "no path at all"),
    ],
)
def test_folders_are_taken_out(text: str, told: str) -> None:
    assert without_private_paths(text).endswith(told.rsplit("…/", 1)[-1])
    assert "ann" not in without_private_paths(text)
    assert "Secret" not in without_private_paths(text)
    assert "/srv" not in without_private_paths(text)


def test_the_home_folder_is_taken_out() -> None:
    assert str(Path.home()) not in without_private_paths(f"in {Path.home()}/shop/a.jpg.")


def test_the_log_is_kept_shown_and_copied(qtbot: QtBot) -> None:
    keeper = LogKeeper()
    keeper.install()
    try:
        log.warning("first")
        dialog = LogDialog(keeper)
        qtbot.addWidget(dialog)
        dialog.show()
        log.info("second in /home/ann/shop/a.jpg")
        text = dialog.findChild(QPlainTextEdit)
        assert text is not None
        qtbot.waitUntil(lambda: "second" in text.toPlainText(), timeout=2000)
        dialog.findChildren(QPushButton)[0].click()
        copied = QGuiApplication.clipboard().text()
        assert "first" in copied
        assert "ann" not in copied
    finally:
        keeper.uninstall()
    log.warning("third")
    assert len(keeper.lines()) == 2


def test_a_report_can_be_copied_and_tells_paths_only_when_asked(qtbot: QtBot) -> None:
    report = report_of('File "/home/ann/shop/code.py", line 3\nValueError: boom', ["a line"])
    dialog = CrashDialog("It broke. The details are in /home/ann/fault.log.", report)
    qtbot.addWidget(dialog)
    dialog.show()
    assert __version__ in dialog.report()
    assert "ValueError: boom" in dialog.report()
    assert "a line" in dialog.report()
    assert "ann" not in dialog.report()
    copy = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Copy report")
    copy.click()
    assert QGuiApplication.clipboard().text() == dialog.report()
    check = dialog.findChild(QCheckBox)
    assert check is not None
    check.click()
    assert "/home/ann/shop/code.py" in dialog.report()


def test_about_names_versions_device_and_licences(qtbot: QtBot) -> None:
    dialog = AboutDialog("cuda:0")
    qtbot.addWidget(dialog)
    told = [
        table.item(row, column).text()
        for table in dialog.findChildren(QTableWidget)
        for row in range(table.rowCount())
        for column in (0, 1)
    ]
    assert {"BeautyFinder", __version__, "cuda:0", "torch", "Apache-2.0"} <= set(told)


def test_every_shortcut_is_listed_and_used_once(qtbot: QtBot) -> None:
    dialog = ShortcutsDialog()
    qtbot.addWidget(dialog)
    table = dialog.findChild(QTableWidget)
    assert table is not None
    listed = {
        table.item(row, 0).text(): table.item(row, 1).text() for row in range(table.rowCount())
    }
    assert listed["Paste photo"] == "Ctrl+V"
    keys = [spec.shortcut for spec in ACTIONS if spec.shortcut]
    assert len(keys) == len(set(keys))
