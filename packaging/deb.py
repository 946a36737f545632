"""The Debian package: the frozen program in /usr/lib, and what a desktop needs to know of it."""

from __future__ import annotations

import gzip
import os
import platform
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import elf
import icons_made
from version import ROOT, VERSION

LINUX = ROOT / "packaging" / "linux"
MAINTAINER = "The BeautyFinder developers <beautyfinder@localhost.localdomain>"
# Opened by name when they are wanted, so that no analysis finds them.
ALSO_NEEDED = ("libegl1", "libgl1", "libxcb-cursor0", "fontconfig", "ca-certificates")
RECOMMENDED = ("libva2", "libva-drm2", "libva-x11-2")
SUGGESTED = ("fonts-noto-cjk",)
_XZ = ("xz", "--stdout", "--threads=0", "--check=crc32")
# 64 MB of memory to unpack, as `xz -9` takes.
_FILTERS = (*(("--x86",) if platform.machine() == "x86_64" else ()), "--lzma2=preset=9")
DESCRIPTION = """find which product of a catalogue a photo shows
 Take a photo of a product, and BeautyFinder tells which one of your catalogue
 it is: deep features, local features and the words on the pack are looked up
 in the whole catalogue, and the best are compared in detail.
 .
 Everything is computed on this computer; nothing is sent anywhere."""


def build(folder: Path, work: Path, out: Path, cuda: bool) -> Path:
    """Lay the package out under `work` and pack it into `out`. Raises CalledProcessError."""
    shutil.rmtree(work, ignore_errors=True)
    root = work / "root"
    program = root / "usr/lib/beautyfinder"
    shutil.copytree(folder, program, symlinks=True)
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin/beautyfinder").symlink_to("../lib/beautyfinder/beautyfinder")
    name = "beautyfinder-cuda" if cuda else "beautyfinder"
    _desktop_files(root)
    _documents(root, name)
    _permissions(root)
    _control(root, name)
    target = out / f"{name}_{VERSION}_{_architecture()}.deb"
    plain = work / "plain.deb"
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Znone", "--build", str(root), str(plain)],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    _compress(plain, target)
    return target


def _compress(plain: Path, target: Path) -> None:
    """As `dpkg-deb -Zxz` would, but for x86's own filter, which makes it 5 % smaller."""
    parts = {"debian-binary": b"2.0\n"}
    for name in ("control.tar", "data.tar"):
        command = ["ar", "p", str(plain), name]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as content:
            done = subprocess.run([*_XZ, *_FILTERS], check=True, stdin=content.stdout,
                                  stdout=subprocess.PIPE)  # fmt: skip
        if content.returncode:
            raise subprocess.CalledProcessError(content.returncode, command)
        parts[f"{name}.xz"] = done.stdout
    with target.open("wb") as archive:
        archive.write(b"!<arch>\n")
        stamp = int(_date().timestamp())
        for name, data in parts.items():
            header = f"{name:16}{stamp:<12}{0:<6}{0:<6}{100644:<8}{len(data):<10}`\n"
            archive.write(header.encode("ascii") + data + b"\n" * (len(data) % 2))


def _desktop_files(root: Path) -> None:
    share = root / "usr/share"
    write(share / "applications/beautyfinder.desktop", text_of("beautyfinder.desktop"))
    write(share / "metainfo/beautyfinder.metainfo.xml", text_of("beautyfinder.metainfo.xml"))
    icons_made.install(share / "icons/hicolor")


def _documents(root: Path, name: str) -> None:
    documents = root / "usr/share/doc" / name
    write(documents / "copyright", text_of("copyright"))
    stamp = _date().strftime("%a, %d %b %Y %H:%M:%S +0000")
    log = f"{name} ({VERSION}) unstable; urgency=medium\n\n  * See CHANGELOG.md.\n\n"
    _gzip(documents / "changelog.gz", log + f" -- {MAINTAINER}  {stamp}\n")
    _gzip(root / "usr/share/man/man1/beautyfinder.1.gz", text_of("beautyfinder.1"))
    write(root / "usr/share/lintian/overrides" / name, text_of("lintian-overrides"))


def text_of(name: str) -> str:
    """A file of packaging/linux with version and date put in."""
    text = (LINUX / name).read_text(encoding="utf-8")
    return text.replace("@VERSION@", VERSION).replace("@DATE@", _date().strftime("%Y-%m-%d"))


def write(path: Path, text: str) -> None:
    """Make a text file and its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _gzip(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def _date() -> datetime:
    """Of the commit that is built: the same source makes the same package."""
    told = (
        os.environ.get("SOURCE_DATE_EPOCH")
        or subprocess.run(
            ["git", "log", "-1", "--format=%ct"],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    )
    return datetime.fromtimestamp(int(told), UTC)


def _permissions(root: Path) -> None:
    """Folders 755, files 644; only programs may be run, libraries are not."""
    for folder, _, files in os.walk(root):
        os.chmod(folder, 0o755)
        for name in files:
            path = Path(folder, name)
            if not path.is_symlink():
                runs = name in ("beautyfinder", "torch_shm_manager") and path.suffix == ""
                path.chmod(0o755 if runs and "lib/beautyfinder" in str(path) else 0o644)


def _architecture() -> str:
    return _output(["dpkg", "--print-architecture"]).strip()


def _control(root: Path, name: str) -> None:
    kilobytes = sum(
        (path.lstat().st_size + 1023) // 1024 for path in root.rglob("*") if not path.is_dir()
    )
    other = "beautyfinder" if name != "beautyfinder" else "beautyfinder-cuda"
    write(
        root / "DEBIAN/control",
        f"Package: {name}\nVersion: {VERSION}\nArchitecture: {_architecture()}\n"
        f"Maintainer: {MAINTAINER}\nInstalled-Size: {kilobytes}\nSection: graphics\n"
        f"Priority: optional\nDepends: {', '.join(_dependencies(root))}\n"
        f"Recommends: {', '.join(RECOMMENDED)}\nSuggests: {', '.join(SUGGESTED)}\n"
        f"Conflicts: {other}\nDescription: {DESCRIPTION}\n",
    )
    sums = subprocess.run(
        "find usr -type f -print0 | sort -z | xargs -0 md5sum", shell=True, cwd=root, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    write(root / "DEBIAN/md5sums", sums.stdout)


def _dependencies(root: Path) -> list[str]:
    """The packages of the libraries that ours need and do not bring.

    dpkg-shlibdeps would look through the symbols of 1.3 GB, which takes it tens of minutes; the
    C and C++ libraries get the versions of the system that it is built on instead.
    """
    libraries = elf.libraries(root)
    own = {path.name for path in root.rglob("*.so*")}
    told = _output(["objdump", "-p", *map(str, libraries)])
    wanted = set(re.findall(r"NEEDED\s+(\S+)", told)) - own
    paths = dict(
        re.findall(r"^\s+(\S+) \([^)]*x86-64.*\) => (\S+)$", _output(["ldconfig", "-p"]), re.M)
    )
    missing = sorted(wanted - set(paths) - {"ld-linux-x86-64.so.2"})
    if missing:
        raise OSError(f"no package is installed here with {', '.join(missing)}")
    names = {_package(paths[name]) for name in wanted & set(paths)}
    of_here = {name: f"{name} (>= {_version(name)})" for name in ("libc6", "libstdc++6")}
    return sorted(of_here.get(name, name) for name in names | set(ALSO_NEEDED))


def _package(library: str) -> str:
    """The package that has this file; its real place, where / and /usr are one."""
    real = os.path.realpath(library)
    for path in (real, real.removeprefix("/usr"), library):
        told = subprocess.run(["dpkg", "-S", path], check=False, capture_output=True, text=True)
        if told.returncode == 0:
            return told.stdout.partition(":")[0]
    raise OSError(f"{library} belongs to no package")


def _version(package: str) -> str:
    """Its upstream version here, to two numbers."""
    told = _output(["dpkg-query", "-W", "-f", "${Version}", package])
    return ".".join(re.findall(r"\d+", told)[:2])


def _output(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
