"""The inspector's keys that work wherever the keyboard is in its window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

if TYPE_CHECKING:
    from beautyfinder.gui.inspector.window import InspectorWindow


def add_keys(window: InspectorWindow) -> None:
    """Each button's own key stands in its tooltip."""
    bar, view = window.bar, window.view_bar
    for keys, button in (
        (("PgUp", "["), window.header.back),
        (("PgDown", "]"), window.header.forward),
        (("I",), bar.shows["inliers"]),
        (("O",), bar.shows["outliers"]),
        (("J",), bar.shows["rejected"]),
        (("K",), view.keypoints),
        (("H",), view.outline),
        (("L",), view.linked),
        (("R",), view.select),
        (("M",), window.header.mode.button("matches")),
        (("C",), window.header.mode.button("compare")),
        (("Ctrl+C",), window.header.copy),
    ):
        for key in keys:
            QShortcut(QKeySequence(key), window).activated.connect(button.click)
    QShortcut(QKeySequence("Ctrl+S"), window).activated.connect(window.save_png)
