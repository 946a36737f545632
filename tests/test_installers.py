"""The files that installers are made from: consistent with the program and with one another."""

from __future__ import annotations

import plistlib
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from beautyfinder import __version__
from beautyfinder.features.torch_vision import _OPERATORS, import_torchvision

ROOT = Path(__file__).parents[1]
PACKAGING = ROOT / "packaging"


@pytest.fixture(autouse=True)
def _scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(PACKAGING))


def test_the_version_is_the_programs() -> None:
    import version

    assert __version__ == version.VERSION
    assert version.ROOT == ROOT


def test_what_is_left_out_is_not_what_is_needed() -> None:
    from contents import is_wanted

    for kept in (
        "pyarrow/lib.cpython-311-x86_64-linux-gnu.so", "pyarrow/libarrow.so.2600",
        "torch/bin/torch_shm_manager", "torch/lib/libtorch_cpu.so",
        "PySide6/Qt/plugins/platforms/libqxcb.so", "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/plugins/multimedia/libffmpegmediaplugin.so",
        "PySide6/Qt/translations/qtbase_zh_TW.qm", "PySide6\\translations\\qtbase_zh_TW.qm",
        "pillow.libs/libjpeg-1.so", "beautyfinder/resources/icons/app.svg",
        "torch/nn/functional.py", "torch/_dynamo/config.py", "torch/fx/experimental/_config.py",
    ):  # fmt: skip
        assert is_wanted(kept), kept
    for dropped in (
        "torch/include/ATen/ATen.h", "pyarrow/libarrow_flight.so.2600", "libpulse.so.0",
        "PySide6/Qt/translations/qtbase_de.qm", "PySide6\\translations\\qt_zh_TW.qm",
        "torch/nn/modules/conv.py", "timm/models/vgg.py", "torch-2.13.0+cpu.dist-info/RECORD",
        "torchvision/_C.so", "cv2/qt/plugins/platforms/libqxcb.so", "libstdc++.so.6",
    ):  # fmt: skip
        assert not is_wanted(dropped), dropped


@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("gcc"), reason="no gcc of Linux")
@pytest.mark.parametrize("answers", [False, True])
def test_a_stub_is_loaded_and_says_what_it_is(tmp_path: Path, answers: bool) -> None:
    import elf
    import stubs

    def compiled(name: str, source: str, *options: str) -> Path:
        (tmp_path / "source.c").write_text(source, encoding="ascii")
        command = ["gcc", "-o", str(tmp_path / name), str(tmp_path / "source.c"), *options]
        subprocess.run(command, check=True)
        return tmp_path / name

    (tmp_path / "film.map").write_text("FILM_1 { global: *; };", encoding="ascii")
    film = compiled(
        "libfilm.so", "int table[9] = {7}; void *film(void) { return table; } void other() {}",
        "-shared", "-fPIC", "-Wl,-soname,libfilm.so", f"-Wl,--version-script={tmp_path}/film.map",
    )  # fmt: skip
    player = compiled(
        "player", "void *film(void); extern int table[9]; int main() { return film() || *table; }",
        str(film), f"-Wl,-rpath,{tmp_path}", "-fPIC", "-pie",
    )  # fmt: skip
    assert subprocess.run([player], check=False).returncode == 1
    stubs.replace(film, [player], answers)
    assert elf.can_be_loaded(film)
    assert elf.libraries(tmp_path) == [film, player]
    ended = subprocess.run([player], check=False, capture_output=True, text=True)
    if answers:
        assert ended.returncode == 0
    else:
        assert ended.returncode < 0
        assert ended.stderr == "BeautyFinder: libfilm.so is left out of this program\n"


def test_modules_that_are_left_out_are_none_of_ours() -> None:
    from contents import EXCLUDED

    code = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "beautyfinder").rglob("*.py"))
    imported = set(re.findall(r"^\s*(?:import|from) ([\w.]+)", code, re.MULTILINE))
    assert not imported & set(EXCLUDED)


def test_constraints_for_the_cpu_name_no_cuda() -> None:
    import environment

    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    dropped = [line for line in lines if environment._OF_CUDA.match(line)]
    assert any(line.startswith("nvidia-") for line in dropped)
    assert {line.partition("==")[0] for line in environment.TORCH_FOR_CPU} <= {
        line.partition("==")[0] for line in dropped
    }


@pytest.mark.parametrize("name", ["Info.plist", "entitlements.plist"])
def test_property_lists_are_read(name: str) -> None:
    assert plistlib.loads((PACKAGING / "macos" / name).read_bytes())


def test_macos_asks_for_the_camera_in_words_and_may_use_it() -> None:
    info = plistlib.loads((PACKAGING / "macos" / "Info.plist").read_bytes())
    rights = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert len(info["NSCameraUsageDescription"]) > 20
    assert rights["com.apple.security.device.camera"] is True


def test_the_manifest_is_for_long_paths_and_every_screen() -> None:
    text = (PACKAGING / "windows" / "beautyfinder.manifest").read_text(encoding="utf-8")
    ElementTree.fromstring(text)
    assert "longPathAware" in text
    assert "PerMonitorV2" in text


def test_the_desktop_file_is_the_windows() -> None:
    text = (PACKAGING / "linux" / "beautyfinder.desktop").read_text(encoding="utf-8")
    app = (ROOT / "beautyfinder" / "gui" / "app.py").read_text(encoding="utf-8")
    assert 'setDesktopFileName("beautyfinder")' in app
    assert "Exec=beautyfinder %f" in text
    if shutil.which("desktop-file-validate"):
        subprocess.run(
            ["desktop-file-validate", str(PACKAGING / "linux" / "beautyfinder.desktop")], check=True
        )


def test_scripts_of_the_shell_are_sound() -> None:
    bash = shutil.which("bash")
    if bash is None or sys.platform == "win32":
        pytest.skip("no bash")
    for script in PACKAGING.rglob("*.sh"):
        subprocess.run([bash, "-n", str(script)], check=True)


def test_the_windows_installer_compiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if shutil.which("makensis") is None:
        pytest.skip("no NSIS")
    import icons_made
    import windows_installer
    from PIL import Image

    icon = tmp_path / "beautyfinder.ico"
    Image.new("RGBA", (64, 64), "navy").save(icon)
    monkeypatch.setattr(windows_installer, "FOLDER", tmp_path)
    assert icons_made.FOLDER.name == "icons"
    folder = tmp_path / "BeautyFinder"
    shutil.copytree(ROOT / "resources", folder / "_internal" / "beautyfinder" / "resources")
    (folder / "licences").mkdir()
    (folder / "BeautyFinder.exe").write_bytes(b"MZ")
    made = windows_installer.build(folder, tmp_path / "beautyfinder-0.exe")
    assert made.read_bytes()[:2] == b"MZ"


def test_uninstalling_keeps_catalogues_unless_asked() -> None:
    text = (PACKAGING / "windows" / "beautyfinder.nsi").read_text(encoding="utf-8-sig")
    main, data = text.split('Section /o "un.Catalogues')
    assert 'RMDir /r "$LOCALAPPDATA' not in main
    assert "/SD IDNO" in data  # silent: kept


def test_the_wheel_has_the_self_tests_catalogue_and_the_compiled_kernels(tmp_path: Path) -> None:
    """Of a copy: compiling in place would exchange the module that other tests are loading."""
    for name in ("beautyfinder", "resources"):
        shutil.copytree(
            ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("*.so", "*.pyd")
        )
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel"],
        cwd=tmp_path, check=True, capture_output=True, timeout=280,
    )  # fmt: skip
    (built,) = (tmp_path / "dist").glob("*.whl")
    names = zipfile.ZipFile(built).namelist()
    assert "none-any" not in built.name
    assert "beautyfinder/resources/self_test/photo.jpg" in names
    assert any("self_test/catalogue.lance/data/" in name for name in names)
    assert any(re.fullmatch(r"beautyfinder/kernels/_native\.\S+\.(so|pyd)", n) for n in names)
    assert not any(name.endswith((".cpp", ".h")) for name in names)


def test_torchvision_without_its_compiled_part() -> None:
    """As in an installer: its operators are not there, and it is imported all the same."""
    code = (
        "import sys, importlib.util as u\n"
        "find = u.find_spec\n"
        "import torch\n"
        "torch.ops.load_library = lambda path: (_ for _ in ()).throw(OSError(path))\n"
        "from beautyfinder.features.torch_vision import import_torchvision\n"
        "from beautyfinder.features.backbones import build_network\n"
        "assert import_torchvision().models\n"
        "with torch.device('meta'):\n"
        "    print(build_network('resnext101_64x4d')(torch.empty(1, 3, 64, 64)).shape[1])\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip
    assert ended.stdout.strip() == "2048", ended.stderr[-600:]


def test_torchvision_with_it() -> None:
    assert import_torchvision().__name__ == "torchvision"
    assert len(_OPERATORS) == 2
