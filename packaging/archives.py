"""Archives of the program, disk images, and checksums of what is given away."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tarfile
from collections.abc import Sequence
from pathlib import Path

from version import ROOT

# `long`: a window of 128 MB, the most that zstd opens without being told; nearly no file is larger.
_ZSTD = ("zstd", "-q", "-f", "-T0", "-19", "--long=27")


def tar_zst(folder: Path, target: Path) -> Path:
    """Portable: unpacked anywhere, it runs. Reproducible but for the program itself."""
    plain = target.with_suffix("")
    with tarfile.open(plain, "w", format=tarfile.GNU_FORMAT) as archive:
        archive.add(folder, "beautyfinder", filter=_nobody)
    subprocess.run([*_ZSTD, "--rm", str(plain), "-o", str(target)], check=True)
    return target


def _nobody(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    return entry


def zipped(folder: Path, target: Path) -> Path:
    """For Windows, without an installer."""
    made = shutil.make_archive(str(target.with_suffix("")), "zip", folder.parent, folder.name)
    return Path(made)


def dmg(app: Path, target: Path) -> Path:
    """A disk image of the app for macOS, signed and notarised where the environment says how."""
    script = ROOT / "packaging" / "macos" / "dmg.sh"
    subprocess.run(["bash", str(script), str(app), str(target)], check=True, env=dict(os.environ))
    return target


def write_checksums(files: Sequence[Path], target: Path) -> None:
    """As `sha256sum -c` reads them."""
    lines = []
    for file in files:
        with file.open("rb") as stream:
            lines.append(f"{hashlib.file_digest(stream, 'sha256').hexdigest()}  {file.name}\n")
    target.write_text("".join(lines), encoding="ascii")
