"""Imports what dialogs need before anybody opens one, beside the window's thread."""

from __future__ import annotations

import threading


def prefetch() -> None:
    """Begin; returns at once. A first About would hold the window up for a tenth of a second."""
    threading.Thread(target=_import_dialogs, name="prefetch", daemon=True).start()


def _import_dialogs() -> None:
    import beautyfinder.gui.catalogues.manager
    import beautyfinder.gui.history
    import beautyfinder.gui.inspector.window
    import beautyfinder.gui.settings_dialog  # noqa: F401
    from beautyfinder.gui.about import licences, part_versions

    part_versions()
    licences()
