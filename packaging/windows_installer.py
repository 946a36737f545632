"""The installer for Windows: NSIS over the frozen folder."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from icons_made import FOLDER
from version import ROOT, VERSION

SCRIPT = ROOT / "packaging" / "windows" / "beautyfinder.nsi"


def build(folder: Path, target: Path, makensis: str = "makensis") -> Path:
    """Compile the script; a warning fails. Raises CalledProcessError."""
    program = shutil.which(makensis) or r"C:\Program Files (x86)\NSIS\makensis.exe"
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    subprocess.run(
        [program, "-V2", "-WX", f"-DVERSION={VERSION}", f"-DSOURCE={folder}", f"-DTARGET={target}",
         f"-DKILOBYTES={size // 1024}", f"-DICON={FOLDER / 'beautyfinder.ico'}", str(SCRIPT)],
        check=True,
    )  # fmt: skip
    return target
