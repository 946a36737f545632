"""Where the frozen program begins: before anything else, what only a frozen program needs."""

import multiprocessing
import os
import sys

multiprocessing.freeze_support()  # a child of multiprocessing is this same program

# A program of Windows' without a console has no streams at all; libraries write to them.
for name in ("stdout", "stderr"):
    if getattr(sys, name) is None:
        setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115

from beautyfinder.cli import main  # noqa: E402

main()
