"""Faults of the program itself: the traceback goes into a file that can be sent in."""

from __future__ import annotations

import traceback
from datetime import datetime
from pathlib import Path

from beautyfinder.paths import log_folder

_KEEP_BYTES = 200_000


def keep_fault(error: BaseException) -> Path | None:
    """Append the traceback of `error` to fault.log; None where no file can be written."""
    try:
        file = log_folder() / "fault.log"
        file.parent.mkdir(parents=True, exist_ok=True)
        before = file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""
        entry = f"{datetime.now():%Y-%m-%d %H:%M:%S}\n{''.join(traceback.format_exception(error))}"
        file.write_text((before + entry + "\n")[-_KEEP_BYTES:], encoding="utf-8")
    except OSError:
        return None
    return file
