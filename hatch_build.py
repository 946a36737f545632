"""Compiles beautyfinder/kernels, in C++: for hatchling, or in place by `python hatch_build.py`."""

from __future__ import annotations

import platform
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from pybind11.setup_helpers import Pybind11Extension
from setuptools import Distribution
from setuptools.command.build_ext import build_ext

_FOLDER = Path("beautyfinder", "kernels")
# Loops are compiled once for every instruction set; the best that the processor has is chosen when
# the program runs.
_MICROSOFT = sys.platform == "win32"
_INSTRUCTION_SETS: dict[str, list[str]] = {"generic": []}
if platform.machine().lower() in {"x86_64", "amd64"} or sys.platform == "darwin":
    _INSTRUCTION_SETS |= (
        {"avx2": ["/arch:AVX2"], "avx512": ["/arch:AVX512"]}
        if _MICROSOFT
        else {
            "avx2": ["-mavx2", "-mfma"],
            "avx512": [
                *("-mavx2", "-mfma", "-mprefer-vector-width=512"),
                *(f"-mavx512{part}" for part in ("f", "bw", "dq", "vl", "vnni")),
            ],
        }
    )
_FLAGS = ["/O2", "/std:c++17"] if _MICROSOFT else ["-O3", "-std=c++17", "-fno-math-errno"]


class Kernels(BuildHookInterface[Any]):
    """Puts the compiled module into the wheel, or beside its sources where that is editable."""

    PLUGIN_NAME = "custom"

    def initialize(self, _version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return
        module = compile_kernels(Path(self.root))
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        build_data["artifacts"].append(module.relative_to(self.root).as_posix())


class _BuildLoops(build_ext):
    """Builds the extension from its sources and from the loops of every instruction set."""

    def build_extension(self, extension: Any) -> None:
        headers = [str(path) for path in Path(_FOLDER).glob("*.h")]
        extension.extra_objects = []
        for name, flags in _INSTRUCTION_SETS.items():
            if sys.platform == "darwin":  # one call of the compiler may build for Intel and ARM
                flags = [part for flag in flags for part in ("-Xarch_x86_64", flag)]
            extension.extra_objects += self.compiler.compile(
                [str(path) for path in sorted(Path(_FOLDER).glob("loops_*.cpp"))],
                output_dir=str(Path(self.build_temp, name)),
                macros=[("INSTRUCTION_SET", name)],
                depends=headers,
                extra_postargs=[*_FLAGS, *flags],
            )
        super().build_extension(extension)


def compile_kernels(root: Path) -> Path:
    """Compile the module in place; its path. Needs a C++17 compiler."""
    with_name = Pybind11Extension(
        "beautyfinder.kernels._native",
        sorted(str(path) for path in _FOLDER.glob("*.cpp") if not path.name.startswith("loops_")),
        cxx_std=17,
        extra_compile_args=_FLAGS,
        define_macros=[("X86_LOOPS", "1")] if "avx2" in _INSTRUCTION_SETS else [],
    )
    distribution = Distribution({"name": "beautyfinder", "ext_modules": [with_name]})
    command = _BuildLoops(distribution)
    command.inplace = True
    command.build_temp = str(root / "build" / "kernels")
    command.ensure_finalized()
    command.run()
    return (root / command.get_ext_filename("beautyfinder.kernels._native")).resolve()


if __name__ == "__main__":
    print(compile_kernels(Path.cwd()))
