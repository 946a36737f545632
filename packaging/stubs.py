"""Libraries that others are linked with and that this program never calls, exchanged for stubs.

A stub has the library's name and what is asked of it. Linux alone; needs gcc and binutils.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

LARGEST = 50_000  # bytes; what is larger is no stub yet
_ENDS = """#include <stdlib.h>
#include <unistd.h>
static const char words[] = "BeautyFinder: NAME is left out of this program\\n";
static void *stub(void) {
    if (write(2, words, sizeof words - 1) >= 0) abort();
    abort();
}
"""
_ANSWERS_NOTHING = "static void *stub(void) { return 0; }\n"


def replace(library: Path, others: Iterable[Path], answers: bool) -> None:
    """Put a stub in the library's place, for those `others` that are linked with it.

    answers: its functions may be called and answer with nothing, which says there is no such thing.

    """
    wanted: set[str] = set()
    for other in others:
        if f"[{library.name}]" in _output("readelf", "-d", str(other)):
            wanted |= {row[-1] for row in _symbols(other, "--undefined-only")}
    versions: defaultdict[str, list[str]] = defaultdict(list)
    declared = []
    for row in _symbols(library, "--defined-only"):
        name, _, version = row[-1].partition("@")
        if row[-1] in wanted:
            versions[version].append(name)
            if row[-2] in "TW":
                declared.append(f'void *{name}(void) __attribute__((alias("stub")));\n')
            else:  # data, as much of it, all zeros
                declared.append(f"char {name}[{int(row[1], 16)}];\n")
    with tempfile.TemporaryDirectory() as scratch:
        source, script = Path(scratch, "stub.c"), Path(scratch, "stub.map")
        body = _ANSWERS_NOTHING if answers else _ENDS.replace("NAME", library.name)
        source.write_text(body + "".join(declared), encoding="ascii")
        groups = (
            f"{version} {{ global: {'; '.join(group)}; {'local: *;' if not index else ''} }};\n"
            for index, (version, group) in enumerate(sorted(versions.items()))
        )
        script.write_text("".join(groups) or "{ local: *; };\n", encoding="ascii")
        subprocess.run(
            ["gcc", "-shared", "-s", "-O1", "-o", str(library), str(source),
             f"-Wl,-soname,{library.name}", f"-Wl,--version-script={script}"],
            check=True,
        )  # fmt: skip


def _symbols(library: Path, which: str) -> list[list[str]]:
    told = _output("nm", "-D", "-S", which, str(library)).replace("@@", "@")
    return [line.split() for line in told.splitlines() if re.search(r"\S", line)]


def _output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
