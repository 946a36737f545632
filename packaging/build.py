"""`python packaging/build.py`: from a checkout to installers that passed their own self-test.

Runs on the system that it builds for. Every step leaves its result under build/package; what is to
be given away is in dist/. See README.md.
"""

from __future__ import annotations

import argparse
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import archives
import deb
import environment
import icons_made
import licences
import slimming
import smoke
import windows_installer
from version import ROOT, VERSION

WORK = ROOT / "build" / "package"
OUT = ROOT / "dist"


@dataclass(frozen=True)
class Plan:
    """What to build. cuda: with the GPU; index: where pip finds that torch; "": pip's own."""

    cuda: bool
    index: str
    steps: tuple[str, ...]

    @property
    def name(self) -> str:
        """How the files are called, without their endings."""
        system = {"Darwin": "macos"}.get(platform.system(), platform.system().lower())
        machine = {"AMD64": "x86_64"}.get(platform.machine(), platform.machine())
        return f"beautyfinder-{VERSION}-{system}-{machine}{'-cuda' if self.cuda else ''}"


def folder() -> Path:
    """The program as PyInstaller leaves it."""
    return WORK / "dist" / "BeautyFinder"


def make_environment(plan: Plan) -> None:
    """A virtual environment of its own, from constraints.txt."""
    environment.make(WORK / "venv", plan.cuda, plan.index)


def freeze(plan: Plan) -> None:
    """The icons, then PyInstaller."""
    icons_made.draw(environment.python(WORK / "venv"))
    environment.freeze(WORK, plan.cuda)


def slim(_plan: Plan) -> None:
    """Symbols that only debuggers read, and what is there twice."""
    slimming.slim(folder())


def gather(plan: Plan) -> None:
    """Licences of everything inside, and the list of it (SBOM), into the program and beside it."""
    licences.gather(environment.python(WORK / "venv"), folder(), OUT / f"{plan.name}.cdx.json")


def test(_plan: Plan) -> None:
    """The frozen program's own self-test; nothing is packed that fails it."""
    smoke.test(folder(), WORK / "screenshots")


def pack(plan: Plan) -> None:
    """The installers of this system."""
    OUT.mkdir(exist_ok=True)
    files = []
    if platform.system() == "Linux":
        files.append(archives.tar_zst(folder(), OUT / f"{plan.name}.tar.zst"))
        files.append(deb.build(folder(), WORK / "deb", OUT, cuda=plan.cuda))
    elif platform.system() == "Windows":
        if not plan.cuda:  # more than the 2 GB that NSIS can hold
            files.append(windows_installer.build(folder(), OUT / f"{plan.name}.exe"))
        files.append(archives.zipped(folder(), OUT / f"{plan.name}.zip"))
    else:
        app = folder().with_name("BeautyFinder.app")
        files.append(archives.dmg(app, OUT / f"{plan.name}.dmg"))
    files.append(OUT / f"{plan.name}.cdx.json")
    archives.write_checksums(files, OUT / f"{plan.name}.sha256")
    for file in files:
        print(f"{file.stat().st_size / 1e6:8.1f} MB  {file.relative_to(ROOT)}")


def weigh(_plan: Plan) -> None:
    """What weighs what."""
    slimming.print_table(folder())


STEPS: dict[str, Callable[[Plan], None]] = {
    "environment": make_environment,
    "freeze": freeze,
    "slim": slim,
    "licences": gather,
    "test": test,
    "weigh": weigh,
    "pack": pack,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Do the steps in their order; the first that fails ends it."""
    parser = argparse.ArgumentParser(prog="packaging/build.py", description=__doc__)
    parser.add_argument("--cuda", action="store_true", help="with the GPU; several gigabytes")
    parser.add_argument(
        "--torch-index", default="", metavar="URL",
        help="PyTorch's package index for the CPU (or CUDA) builds, where pip's own has another",
    )  # fmt: skip
    parser.add_argument(
        "--only", default=",".join(STEPS), metavar="STEPS",
        help=f"some of {', '.join(STEPS)}, with commas",
    )  # fmt: skip
    given = parser.parse_args(arguments)
    steps = tuple(given.only.split(","))
    unknown = set(steps) - set(STEPS)
    if unknown:
        parser.error(f"there is no step {sorted(unknown)[0]}")
    plan = Plan(given.cuda, given.torch_index, steps)
    if sys.version_info[:2] != environment.PYTHON:
        parser.error(f"run it with Python {environment.PYTHON[0]}.{environment.PYTHON[1]}, the "
                     "one that constraints.txt is for")  # fmt: skip
    WORK.mkdir(parents=True, exist_ok=True)
    OUT.mkdir(exist_ok=True)
    took = {}
    for name, step in STEPS.items():
        if name in steps:
            print(f"== {name}: {(step.__doc__ or '').splitlines()[0]}", flush=True)
            started = time.perf_counter()
            try:
                step(plan)
            except subprocess.CalledProcessError as error:
                said = str(error.stderr or "")[-2000:]  # the command itself can be pages
                print(f"packaging: {name} failed in {error.cmd[0]}: {said}", file=sys.stderr)
                return 1
            except (smoke.TestFailed, OSError) as error:
                print(f"packaging: {name} failed: {error}", file=sys.stderr)
                return 1
            took[name] = time.perf_counter() - started
    print("== done: where the time went")
    for name, seconds in [*took.items(), ("all", sum(took.values()))]:
        print(f"{seconds:8.0f} s   {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
