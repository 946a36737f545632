"""What another version left: opened as it is, or copied before it is changed."""

import hashlib
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from beautyfinder.errors import UserError
from beautyfinder.gui.preferences import Preferences
from beautyfinder.gui.settings_format import FORMAT, prepare_settings
from beautyfinder.paths import resource
from beautyfinder.store import store as store_module
from beautyfinder.store.store import FeatureStore


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEAUTYFINDER_DATA", str(tmp_path / "data"))


@pytest.fixture
def old_store(tmp_path: Path) -> Path:
    """Made by 0.1.0, and never to be made anew: whatever comes later has to open it."""
    folder = tmp_path / "store"
    shutil.copytree(resource("self_test/catalogue.lance"), folder / "catalogue.lance")
    return folder


def contents(folder: Path) -> dict[str, str]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_store_of_0_1_0_opens_and_is_left_as_it_is(old_store: Path) -> None:
    before = contents(old_store)
    info = FeatureStore.open(old_store).info()
    assert (info.format, info.images, info.products) == (1, 6, 6)
    assert info.local_features == info.words == 6
    assert contents(old_store) == before


def test_a_store_of_a_later_version_is_refused_and_left_as_it_is(
    old_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(old_store)
    monkeypatch.setattr(store_module, "FORMAT", 0)
    with pytest.raises(UserError, match="newer BeautyFinder"):
        FeatureStore.open(old_store)
    with pytest.raises(UserError, match="newer BeautyFinder"):
        FeatureStore.open_or_create(old_store)
    assert contents(old_store) == before


def test_settings_without_a_format_are_the_first_versions(settings: QSettings) -> None:
    settings.setValue("preferences/appearance", "dark")
    assert prepare_settings(settings) is None
    assert int(str(settings.value("format"))) == FORMAT
    assert Preferences(settings).text("appearance") == "dark"


def test_settings_of_this_format_are_not_touched(settings: QSettings) -> None:
    settings.setValue("format", FORMAT)
    settings.setValue("store", "/c")
    assert prepare_settings(settings) is None
    assert sorted(settings.allKeys()) == ["format", "store"]


@pytest.mark.parametrize("told", ["7", "../../up", ""])
def test_settings_of_another_format_are_copied_first(settings: QSettings, told: str) -> None:
    settings.setValue("format", told)
    settings.setValue("preferences/appearance", "sepia")
    settings.setValue("store", "/c")
    copy = prepare_settings(settings)
    assert copy is not None
    assert copy.parent.name == "data"
    kept = QSettings(str(copy), QSettings.Format.IniFormat)
    assert kept.value("preferences/appearance") == "sepia"
    assert kept.value("format") == told
    assert settings.value("store") == "/c"
    assert Preferences(settings).text("appearance") == ""
    assert prepare_settings(settings) is None


def test_settings_that_cannot_be_copied_stay_as_they_are(
    settings: QSettings, tmp_path: Path
) -> None:
    (tmp_path / "data").touch()
    settings.setValue("format", "7")
    assert prepare_settings(settings) is None
    assert settings.value("format") == "7"
