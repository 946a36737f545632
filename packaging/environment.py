"""The virtual environment that an installer is frozen from, and freezing it."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

from version import ROOT

PYTHON = (3, 11)
# The newest torch that is to be had without CUDA everywhere we build, and torchvision beside it.
TORCH_FOR_CPU = ("torch==2.13.0", "torchvision==0.28.0")
# pybind11: for its licence, being part of what it built.
FREEZER = ("pyinstaller==6.22.3", "pyinstaller-hooks-contrib==2026.9", "pybind11")
_OF_CUDA = re.compile(r"(torch|torchvision|triton|nvidia-[\w-]+|cuda-[\w-]+)==", re.IGNORECASE)


def python(venv: Path) -> Path:
    """Its interpreter."""
    windows = platform.system() == "Windows"
    return venv / ("Scripts/python.exe" if windows else "bin/python")


def make(venv: Path, cuda: bool, index: str) -> None:
    """Anew, unless one for the same constraints is there. Raises CalledProcessError."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if not cuda:
        lines = [line for line in lines if not _OF_CUDA.match(line)] + list(TORCH_FOR_CPU)
    kernels = ROOT / "beautyfinder" / "kernels"
    ours = [ROOT / "pyproject.toml", ROOT / "hatch_build.py",
            *sorted(path for kind in ("*.cpp", "*.h") for path in kernels.glob(kind))]  # fmt: skip
    wanted = "\n".join([*lines, *FREEZER, *(path.read_text(encoding="utf-8") for path in ours)])
    stamp = venv / "made-from.txt"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    shutil.rmtree(venv, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    constraints = venv / "constraints.txt"
    constraints.write_text("\n".join(lines) + "\n", encoding="utf-8")
    pip = [str(python(venv)), "-m", "pip", "--quiet", "--disable-pip-version-check", "install",
           "--constraint", str(constraints), "--build-constraint", str(constraints)]  # fmt: skip
    upgrade = [str(python(venv)), "-m", "pip", "--quiet", "install", "--upgrade", "pip>=25.3"]
    subprocess.run(upgrade, check=True)  # older ones know no --build-constraint
    # torch first and alone: with a second index in sight pip would take CUDA's for what follows.
    torch = [line for line in lines if line.startswith("torch==")] or ["torch"]
    subprocess.run([*pip, *(["--index-url", index] if index else []), *torch], check=True)
    subprocess.run([*pip, "--editable", f"{ROOT}[timm]", *FREEZER], check=True)
    _keep_one_opencv(venv, pip)
    _check_torch(venv, cuda)
    stamp.write_text(wanted, encoding="utf-8")


def _keep_one_opencv(venv: Path, pip: list[str]) -> None:
    """Both kinds of OpenCV fill one folder; the one without Qt and windows of its own is enough."""
    remove = [str(python(venv)), "-m", "pip", "--quiet", "uninstall", "--yes", "opencv-python"]
    subprocess.run(remove, check=True)
    subprocess.run([*pip, "--no-deps", "--force-reinstall", "opencv-python-headless"], check=True)


def _check_torch(venv: Path, cuda: bool) -> None:
    """An index can hand out another torch than was meant: hundreds of megabytes too many."""
    asked = "import sys, torch; sys.exit(bool(torch.version.cuda) != (sys.argv[1] == 'True'))"
    ended = subprocess.run([str(python(venv)), "-c", asked, str(cuda)], check=False)
    if ended.returncode:
        raise OSError(
            f"pip installed a torch {'without' if cuda else 'with'} CUDA; give PyTorch's own index "
            "with --torch-index"
        )


def freeze(work: Path, cuda: bool) -> None:
    """Run PyInstaller; the program is then in `work`/dist. Raises CalledProcessError."""
    command = [
        str(python(work / "venv")), "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR",
        "--workpath", str(work / "pyinstaller"), "--distpath", str(work / "dist"),
        str(ROOT / "packaging" / "beautyfinder.spec"),
    ]  # fmt: skip
    environment = os.environ | {"BEAUTYFINDER_CUDA": "1" if cuda else "0"}
    subprocess.run(command, check=True, env=environment)
