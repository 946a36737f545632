"""Derived files: built once, again when stale, and when torn."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from beautyfinder.errors import UserError
from beautyfinder.store import derived, sealed
from beautyfinder.store.columns import DescriptorColumn
from beautyfinder.store.derived import derived_file, derived_names, derived_state
from beautyfinder.store.store import DERIVED, FeatureStore


class Builder:
    """Writes a counter, so that a test sees how often it was called."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, target: Path) -> None:
        self.calls += 1
        target.write_text(f"build {self.calls}")


@pytest.fixture
def store(tmp_path: Path) -> FeatureStore:
    return FeatureStore.open_or_create(tmp_path / "S")


def test_built_once_for_a_version(store: FeatureStore) -> None:
    build = Builder()
    assert derived_state(store, "x.bin") == "missing"
    first = derived_file(store, "x.bin", build, "go without")
    assert derived_file(store, "x.bin", build, "go without").read_text() == "build 1"
    assert (first.name, build.calls) == ("x.bin", 1)
    assert derived_state(store, "x.bin") == "fresh"
    assert derived_names(store) == ["x.bin"]


def test_built_again_when_the_store_moved_on(store: FeatureStore) -> None:
    build = Builder()
    derived_file(store, "x.bin", build, "go without")
    with store.locked():
        store.add_descriptor_column(DescriptorColumn("net", "mac", 4, "ff", 320))
    assert derived_state(store, "x.bin") == "stale"
    assert derived_file(store, "x.bin", build, "go without").read_text() == "build 2"


def test_a_fresh_file_serves_where_nothing_can_be_written(
    store: FeatureStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(_path: object) -> None:
        raise OSError(30, "Read-only file system")

    made = derived_file(store, "x.bin", Builder(), "go without")
    monkeypatch.setattr(derived, "FileLock", read_only)
    assert derived_file(store, "x.bin", Builder(), "go without") == made
    with pytest.raises(UserError, match=r"y.bin cannot be written \(Read-only.*or go without\."):
        derived_file(store, "y.bin", Builder(), "go without")


@pytest.mark.parametrize("damage", ["shorter", "flipped", "stamp torn", "stamp gone"])
def test_never_trusted_when_torn(store: FeatureStore, damage: str) -> None:
    build = Builder()
    target = derived_file(store, "x.bin", build, "go without")
    stamp = target.with_name("x.bin.stamp.json")
    if damage == "shorter":
        target.write_text("build")
    elif damage == "flipped":
        target.write_text("build 7")
    elif damage == "stamp torn":
        stamp.write_text('{"version": 1, "sha')
    else:
        stamp.unlink()
    assert derived_state(store, "x.bin") == "torn"
    assert derived_file(store, "x.bin", build, "go without").read_text() == "build 2"


def test_a_build_that_fails_leaves_the_old_file_and_nothing_that_counts(
    store: FeatureStore,
) -> None:
    def fail(target: Path) -> None:
        target.write_text("half")
        raise OSError("disk full")

    with pytest.raises(UserError, match=r"disk full.*go without\."):
        derived_file(store, "x.bin", fail, "go without")
    assert derived_state(store, "x.bin") == "missing"
    assert not (store.folder / DERIVED / "x.bin.part").exists()
    assert derived_file(store, "x.bin", Builder(), "go without").read_text() == "build 1"
    assert not (store.folder / DERIVED / "x.bin.part").exists()


def test_a_large_file_is_read_whole_once(
    store: FeatureStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And again when its size, time or inode changed, or when the whole is asked for."""
    monkeypatch.setattr(sealed, "_ALWAYS_CHECKED", 3)
    read: list[Path] = []
    real = sealed.checksum
    monkeypatch.setattr(sealed, "checksum", lambda path: read.append(path) or real(path))
    target = derived_file(store, "x.bin", Builder(), "go without")
    read.clear()
    assert [derived_state(store, "x.bin") for _ in range(3)] == ["fresh"] * 3
    assert read == [target]
    assert derived_state(store, "x.bin", whole=True) == "fresh"
    assert read == [target] * 2
    content = target.read_bytes()
    target.write_bytes(content[::-1])
    os.utime(target, ns=(0, 0))  # whatever the clock's steps are
    assert derived_state(store, "x.bin") == "torn"
    target.unlink()
    target.write_bytes(content)
    assert derived_state(store, "x.bin") == "fresh"
    assert derived_names(store) == ["x.bin"]
