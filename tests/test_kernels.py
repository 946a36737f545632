"""The compiled part: what is said where it is missing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PIL import Image

from tests.pictures import pack_picture

_WITHOUT = """
import sys
sys.modules["beautyfinder.kernels._native"] = None
from beautyfinder.cli import main
main()
"""


def test_one_sentence_where_the_compiled_module_is_missing(tmp_path: Path) -> None:
    picture = tmp_path / "pack.png"
    Image.fromarray(pack_picture(1)).save(picture)
    ended = subprocess.run(
        [sys.executable, "-c", _WITHOUT, "match", str(picture), str(picture), "--out", "x.png"],
        capture_output=True,
        cwd=tmp_path,
        text=True,
    )
    assert ended.returncode == 1
    told = " ".join(ended.stderr.split())
    assert "The compiled part of BeautyFinder is missing" in told
    assert "pip install -e ." in told
    assert "Traceback" not in told
