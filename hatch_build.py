"""Compiles beautyfinder/kernels, in C++: for hatchling, or in place by `python hatch_build.py`."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from pybind11.setup_helpers import Pybind11Extension
from setuptools import Distribution
from setuptools.command.build_ext import build_ext

_FOLDER = Path("beautyfinder", "kernels")
_NAME = "beautyfinder.kernels._native"
_MICROSOFT = sys.platform == "win32"
# /GL-: optimising across files would mix what is compiled for different instruction sets.
_FLAGS = ["/O2", "/GL-", "/std:c++17"] if _MICROSOFT else ["-O3", "-std=c++17", "-fno-math-errno"]
# Loops are compiled once for every instruction set; the best that the processor has is chosen when
# the program runs.
_INSTRUCTION_SETS: dict[str, list[str]] = {"generic": []}
if platform.machine().lower() in {"x86_64", "amd64"} or sys.platform == "darwin":
    _INSTRUCTION_SETS |= (
        {"avx2": ["/arch:AVX2"], "avx512": ["/arch:AVX512"]}
        if _MICROSOFT
        else {
            "avx2": ["-mavx2", "-mfma", "-mf16c"],
            "avx512": [
                *("-mavx2", "-mfma", "-mf16c", "-mprefer-vector-width=512"),
                *(f"-mavx512{part}" for part in ("f", "bw", "dq", "vl", "vnni")),
            ],
        }
    )


class Kernels(BuildHookInterface[Any]):
    """Puts the compiled module into the wheel, or beside its sources where that is editable."""

    PLUGIN_NAME = "custom"

    def initialize(self, _version: str, build_data: dict[str, Any]) -> None:
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        build_data["artifacts"].append(compile_kernels(Path(self.root)))


class _BuildLoops(build_ext):
    """Builds the extension from its sources and from the loops of every instruction set."""

    def build_extension(self, extension: Any) -> None:
        extension.extra_objects = []
        for name, flags in _INSTRUCTION_SETS.items():
            if sys.platform == "darwin":  # one call of the compiler may build for Intel and ARM
                flags = [part for flag in flags for part in ("-Xarch_x86_64", flag)]
            extension.extra_objects += self.compiler.compile(
                [str(path) for path in _sources() if path.name.startswith("loops_")],
                output_dir=str(Path(self.build_temp, name)),
                macros=[("INSTRUCTION_SET", name)],
                extra_postargs=[*_FLAGS, *flags],
            )
        super().build_extension(extension)


def compile_kernels(root: Path) -> str:
    """Compile the module in place; its path below `root`. Needs a C++17 compiler."""
    os.chdir(root)
    extension = Pybind11Extension(
        _NAME,
        [str(path) for path in _sources() if not path.name.startswith("loops_")],
        cxx_std=17,
        extra_compile_args=_FLAGS,
        define_macros=[("X86_LOOPS", "1")] if "avx2" in _INSTRUCTION_SETS else [],
    )
    command = _BuildLoops(Distribution({"name": "beautyfinder", "ext_modules": [extension]}))
    command.inplace = True
    command.force = True  # what it would take for unchanged is decided without loops and headers
    command.build_temp = str(Path("build", "kernels"))
    command.ensure_finalized()
    command.run()
    return Path(command.get_ext_filename(_NAME)).as_posix()


def _sources() -> list[Path]:
    return sorted(_FOLDER.glob("*.cpp"))


if __name__ == "__main__":
    print(compile_kernels(Path(__file__).parent))
