"""The program's version, read from the source without importing it."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_FOUND = re.search(r'__version__ = "(.+?)"', (ROOT / "beautyfinder" / "__init__.py").read_text())
if _FOUND is None:
    raise SystemExit("beautyfinder/__init__.py tells no version")
VERSION = _FOUND[1]
