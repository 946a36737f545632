"""The wheel: that it holds the resources, and that they are found when it is installed."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from beautyfinder import paths

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (built,) = folder.glob("*.whl")
    return built


def test_wheel_holds_code_resources_licence_and_command(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tracked = {
        p.relative_to(ROOT).as_posix() for p in (ROOT / "resources").rglob("*") if p.is_file()
    }
    assert tracked
    assert {f"beautyfinder/{name}" for name in tracked} <= set(names)
    assert "beautyfinder/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert any(name.endswith("entry_points.txt") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/"))]


def test_resources_are_found_in_the_installed_wheel(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    code = (
        "from beautyfinder import paths; import beautyfinder; "
        "print(beautyfinder.__file__); print(paths.resource('icons/app.svg'))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "site")}, timeout=60,
    )  # fmt: skip
    package, icon = ended.stdout.splitlines()
    assert package.startswith(str(tmp_path))
    assert icon == str(tmp_path / "site" / "beautyfinder" / "resources" / "icons" / "app.svg")


def test_resources_are_found_in_a_checkout() -> None:
    assert paths.resource("icons/app.svg") == ROOT / "resources" / "icons" / "app.svg"
    with pytest.raises(FileNotFoundError, match=r"no\.svg"):
        paths.resource("icons/no.svg")
