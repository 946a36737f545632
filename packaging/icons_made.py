"""Where the icons are that icons.py drew, and how they lie in an icon theme of Linux."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from version import ROOT

FOLDER = ROOT / "build" / "package" / "icons"


def draw(python: Path) -> None:
    """Draw them with the environment that the program is frozen from."""
    script = ROOT / "packaging" / "icons.py"
    subprocess.run([str(python), str(script), str(FOLDER)], check=True)


def install(theme: Path) -> None:
    """Into a theme's folder, such as /usr/share/icons/hicolor."""
    for file in FOLDER.glob("beautyfinder-*.png"):
        size = file.stem.rpartition("-")[2]
        target = theme / f"{size}x{size}" / "apps" / "beautyfinder.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    scalable = theme / "scalable" / "apps" / "beautyfinder.svg"
    scalable.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(ROOT / "resources" / "icons" / "app.svg", scalable)
