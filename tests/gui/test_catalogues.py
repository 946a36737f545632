"""The manager, its list, the form for a new catalogue, the estimate, and the first page of all."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from beautyfinder.errors import UserError
from beautyfinder.features.backbones import BACKBONES
from beautyfinder.gui.catalogues import job_runner, new_catalogue
from beautyfinder.gui.catalogues.background import Background
from beautyfinder.gui.catalogues.estimate import (
    _GIGA_MULTIPLICATIONS,
    Estimate,
    count_pictures,
    estimate,
    fits,
    free_bytes,
)
from beautyfinder.gui.catalogues.job import CatalogueJob, JobReport, JobState
from beautyfinder.gui.catalogues.job_runner import JobRunner
from beautyfinder.gui.catalogues.job_text import duration
from beautyfinder.gui.catalogues.known_stores import KnownStores
from beautyfinder.gui.catalogues.machine_facts import MachineFacts, Network, read_machine_facts
from beautyfinder.gui.catalogues.manager import CatalogueManager
from beautyfinder.gui.catalogues.new_catalogue import NewCatalogueDialog
from beautyfinder.gui.catalogues.new_catalogue_fields import POOLINGS
from beautyfinder.gui.catalogues.store_files import delete_store, read_facts, size_to_delete
from beautyfinder.gui.first_run import FirstRunPage
from beautyfinder.store.store import FeatureStore
from tests.conftest import TinyCatalogue
from tests.gui.conftest import mime_of
from tests.gui.drag import drop
from tests.pictures import pack_picture, save

LONG = 60_000


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEAUTYFINDER_DATA", str(tmp_path / "data"))


@pytest.fixture
def store(tiny_store: FeatureStore, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny_store.folder, tmp_path / "Shop"))


@pytest.fixture
def jobs() -> list[CatalogueJob]:
    return []


@pytest.fixture
def manager(
    qtbot: QtBot, settings: QSettings, jobs: list[CatalogueJob], monkeypatch: pytest.MonkeyPatch
) -> Any:
    """With a runner that only notes what it shall do."""
    runner = JobRunner(settings)
    monkeypatch.setattr(runner, "start", jobs.append)
    made = CatalogueManager(runner, KnownStores(settings))
    qtbot.addWidget(made)
    made.show()
    yield made
    made.shut_down()


@pytest.fixture
def background(qtbot: QtBot) -> Any:
    made = Background()
    yield made
    made.close()


@pytest.fixture
def form(qtbot: QtBot, background: Background) -> NewCatalogueDialog:
    made = NewCatalogueDialog(background)
    qtbot.addWidget(made)
    made.show()
    return made


def known_facts(qtbot: QtBot, manager: CatalogueManager, folder: Path) -> None:
    qtbot.waitUntil(lambda: folder in manager.list.facts(), timeout=LONG)


def press(manager: CatalogueManager, name: str) -> None:
    assert manager._buttons[name].isEnabled()
    manager._buttons[name].click()


def box_button(manager: CatalogueManager, words: str) -> QPushButton:
    assert isinstance(manager._dialog, QMessageBox)
    return next(b for b in manager._dialog.buttons() if words in b.text())  # type: ignore[return-value]


# The list


def test_the_list_is_remembered_last_opened_first(settings: QSettings, tmp_path: Path) -> None:
    known = KnownStores(settings)
    for name in "abc":
        known.add(tmp_path / name)
    known.opened(tmp_path / "b")
    known.add(tmp_path / "b")
    known.remove(tmp_path / "c")
    again = KnownStores(settings).stores()
    assert [store.folder.name for store in again] == ["b", "a"]
    assert again[0].opened
    settings.setValue("catalogues/known", "[[1], 2")
    assert KnownStores(settings).stores() == ()


def test_no_catalogue_yet(qtbot: QtBot, manager: CatalogueManager) -> None:
    assert "No catalogue yet" in manager._empty.words()
    assert manager._pages.currentWidget() is manager._empty
    manager._empty._button.click()
    assert isinstance(manager._dialog, NewCatalogueDialog)
    manager._dialog.wanted.emit(CatalogueJob("build", Path("/s")))


def test_facts_of_catalogues_and_of_one_that_is_gone(
    qtbot: QtBot, manager: CatalogueManager, store: Path, tmp_path: Path
) -> None:
    manager.set_open(store)
    manager._known.add(tmp_path / "gone")
    known_facts(qtbot, manager, store)
    known_facts(qtbot, manager, tmp_path / "gone")
    lines = [manager.list._model.line(row) for row in (0, 1)]
    assert "14 pictures  ·  12 products" in lines[0]
    assert "1 unreadable" in lines[0]
    assert "It is not there" in lines[1]
    manager.list.choose(tmp_path / "gone")
    assert not manager._buttons["open"].isEnabled()
    assert not manager._buttons["delete"].isEnabled()
    press(manager, "remove")
    assert [s.folder for s in manager._known.stores()] == [store]
    assert not manager.grab().isNull()


def test_what_can_be_done_with_a_catalogue(
    qtbot: QtBot,
    manager: CatalogueManager,
    store: Path,
    jobs: list[CatalogueJob],
    tiny_catalogue: TinyCatalogue,
) -> None:
    manager.set_open(store)
    known_facts(qtbot, manager, store)
    with qtbot.waitSignal(manager.open_wanted) as wanted:
        press(manager, "open")
    assert wanted.args == [store]
    with qtbot.waitSignal(manager.open_wanted):
        manager.list.setFocus()
        qtbot.keyClick(manager.list, Qt.Key.Key_Return)
    for name in ("update", "check", "compact"):
        press(manager, name)
    assert jobs == [
        CatalogueJob("update", store, (str(tiny_catalogue.csv),)),
        CatalogueJob("check", store),
        CatalogueJob("compact", store),
    ]
    press(manager, "add")
    box_button(manager, "A CSV").click()
    manager._dialog.filesSelected.emit(["/more.csv"])  # type: ignore[union-attr]
    assert jobs[-1] == CatalogueJob("update", store, ("/more.csv",))


def test_a_job_that_ended_brings_its_catalogue_on_the_list(
    qtbot: QtBot, manager: CatalogueManager, store: Path
) -> None:
    manager._runner.finished.emit(JobReport(CatalogueJob("build", store)))
    assert manager.list.chosen() == store
    known_facts(qtbot, manager, store)


def test_a_catalogue_is_deleted_after_a_question(
    qtbot: QtBot, manager: CatalogueManager, store: Path, tiny_catalogue: TinyCatalogue
) -> None:
    manager.set_open(store)
    known_facts(qtbot, manager, store)
    for words in ("Cancel", "Delete"):
        press(manager, "delete")
        qtbot.waitUntil(lambda: manager._dialog is not None, timeout=LONG)
        assert str(store) in manager._dialog.informativeText()  # type: ignore[union-attr]
        assert store.is_dir()
        box_button(manager, words).click()
    qtbot.waitUntil(lambda: manager._known.stores() == (), timeout=LONG)
    assert not store.exists()
    assert list(store.parent.glob(".Shop*")) == []
    assert tiny_catalogue.csv.exists()


def test_a_folder_with_other_things_is_not_deleted(
    qtbot: QtBot, manager: CatalogueManager, store: Path
) -> None:
    (store / "holiday.jpg").write_bytes(b"x")
    manager.set_open(store)
    known_facts(qtbot, manager, store)
    press(manager, "delete")
    qtbot.waitUntil(lambda: "holiday.jpg" in manager.notice(), timeout=LONG)
    assert store.is_dir()


def test_what_is_never_deleted(store: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(store, target_is_directory=True)
    (tmp_path / "other").mkdir()
    for folder in (link, tmp_path / "other", tmp_path / "nothing"):
        with pytest.raises(UserError):
            size_to_delete(folder)
    with FeatureStore.open(store).locked(), pytest.raises(UserError, match="Another run"):
        delete_store(store)
    assert FeatureStore.open(store).info().images == 14


def test_an_existing_catalogue_is_put_on_the_list(
    qtbot: QtBot, manager: CatalogueManager, store: Path, tmp_path: Path
) -> None:
    manager._on_existing_chosen([str(tmp_path)])
    qtbot.waitUntil(lambda: "no catalogue in this folder" in manager.notice(), timeout=LONG)
    manager._on_existing_chosen([str(store)])
    qtbot.waitUntil(lambda: manager.list.chosen() == store, timeout=LONG)
    assert manager.notice() == ""


def test_a_store_deleted_under_a_job_is_one_sentence(
    qtbot: QtBot, settings: QSettings, store: Path
) -> None:
    shutil.rmtree(store)
    runner = JobRunner(settings)
    with qtbot.waitSignal(runner.broken, timeout=LONG) as broken:
        runner.start(CatalogueJob("check", store))
    assert "is not a BeautyFinder catalogue store" in broken.args[1]
    assert read_facts(store).problem


# The form


def test_the_form_offers_what_this_machine_can_compute(
    qtbot: QtBot, form: NewCatalogueDialog
) -> None:
    from beautyfinder.features.pooling import PAPER_POOLINGS

    assert tuple(POOLINGS) == PAPER_POOLINGS
    form._on_machine_facts(
        MachineFacts(
            (Network("vgg16", 512, "no weights"), Network("efficientnet-lite0", 1280)), "no OCR"
        )
    )
    assert form.fields.backbone.currentText() == "efficientnet-lite0"
    assert "no weights" in form.fields.backbone.itemText(0)
    assert not form.fields.backbone.model().item(0).isEnabled()  # type: ignore[attr-defined]
    assert not form.fields.words.isEnabled()
    assert not form.fields.words.isChecked()
    assert form.fields.words_hint.text() == "no OCR"
    real = read_machine_facts()
    assert [network.name for network in real.networks] == list(BACKBONES)
    assert real.networks[0].wanting == ""


def test_a_form_that_is_filled_in(
    qtbot: QtBot, form: NewCatalogueDialog, tiny_catalogue: TinyCatalogue, tmp_path: Path
) -> None:
    assert form.message().startswith("Choose a folder")
    assert form.job() is None
    assert drop(form, mime_of([str(tiny_catalogue.csv)]))
    assert form.fields.name.text() == "catalogue"
    qtbot.waitUntil(lambda: "15 pictures found" in form.message(), timeout=LONG)
    assert "estimate" in form.message()
    form.fields.poolings["spoc"].setChecked(False)
    form.fields.local.setChecked(False)
    form.fields.words.setChecked(False)
    with qtbot.waitSignal(form.wanted) as wanted:
        form._build.click()
    assert wanted.args == [
        CatalogueJob(
            "build", tmp_path / "data" / "catalogues" / "catalogue", (str(tiny_catalogue.csv),),
            "efficientnet-lite0", ("mac", "r-mac", "ra-mac"), False, False,
        )
    ]  # fmt: skip


def test_what_the_form_refuses(
    qtbot: QtBot, form: NewCatalogueDialog, tmp_path: Path, store: Path
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("picture,id\na.jpg,1\n", encoding="utf-8")
    form.set_source(str(bad))
    qtbot.waitUntil(lambda: "is not a catalogue CSV" in form.message(), timeout=LONG)
    assert not form._build.isEnabled()
    form.set_source(str(tmp_path / "nothing"))
    qtbot.waitUntil(lambda: "does not exist" in form.message(), timeout=LONG)
    form.set_source(str(save(pack_picture(1), tmp_path / "packs" / "a.png").parent))
    qtbot.waitUntil(lambda: "1 picture found" in form.message(), timeout=LONG)
    form.fields.name.setText("a/b")
    assert "cannot" in form.message()
    form._on_place_chosen([str(store.parent)])
    form.fields.name.setText(store.name)
    qtbot.waitUntil(lambda: "a catalogue of that name already" in form.message(), timeout=LONG)
    form.fields.name.setText("packs")
    qtbot.waitUntil(lambda: "with other things in it" in form.message(), timeout=LONG)
    form.fields.name.setText("new")
    qtbot.waitUntil(lambda: "1 picture found" in form.message(), timeout=LONG)
    for box in form.fields.poolings.values():
        box.setChecked(False)
    assert form.message() == "Choose one pooling at least."
    assert form.job() is None


def test_a_disk_that_is_too_small_is_told(
    qtbot: QtBot, form: NewCatalogueDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(new_catalogue, "free_bytes", lambda _folder: 1000)
    form.set_source(str(save(pack_picture(1), tmp_path / "packs" / "a.png").parent))
    qtbot.waitUntil(lambda: "not be room enough" in form.message(), timeout=LONG)
    assert form._build.isEnabled()  # it is only an estimate


# The estimate


def test_the_estimate_grows_with_what_is_asked_for(tmp_path: Path) -> None:
    plain = estimate(1000, "efficientnet-lite0", 1280, 1, False, False, 1)
    words = estimate(1000, "efficientnet-lite0", 1280, 1, False, True, 1)
    all_of_it = estimate(1000, "efficientnet-lite0", 1280, 4, True, True, 1)
    assert plain.seconds[0] < plain.seconds[1] < words.seconds[1] < all_of_it.seconds[1]
    assert plain.bytes[1] == words.bytes[1] < all_of_it.bytes[1]
    assert all_of_it.bytes[0] < 1000 * 70_000 < all_of_it.bytes[1]  # as measured
    two = estimate(1000, "efficientnet-lite0", 1280, 4, True, True, 2)
    assert two.seconds[0] < 1000 * 0.2 < two.seconds[1]
    assert set(_GIGA_MULTIPLICATIONS) == set(BACKBONES)
    assert fits(Estimate((1, 2), (1, 2)), None)
    assert not fits(Estimate((1, 2), (1, 2)), 1000)
    assert (free_bytes(tmp_path / "not" / "yet") or 0) > 0
    assert [duration(s) for s in (0.2, 59, 61, 7800)] == ["1 s", "59 s", "1 min", "2 h 10 min"]


def test_counting_can_be_stopped(tmp_path: Path) -> None:
    from beautyfinder.errors import Cancelled

    save(pack_picture(1), tmp_path / "a.png")
    assert count_pictures(str(tmp_path), lambda: False) == 1
    with pytest.raises(Cancelled):
        count_pictures(str(tmp_path), lambda: True)


def test_a_fault_in_a_question_is_a_sentence(qtbot: QtBot, background: Background) -> None:
    said: list[str] = []

    def crash(_should_stop: object) -> None:
        raise RuntimeError("boom")

    background.ask(crash, lambda _value: None, said.append)
    qtbot.waitUntil(lambda: bool(said), timeout=LONG)
    assert "boom" in said[0]
    token = background.ask(lambda _stop: 1, said.append, said.append)
    background.drop(token)
    background.close()
    background.ask(lambda _stop: 1, said.append, said.append)
    qtbot.wait(80)
    assert len(said) == 1


# The first page


def test_the_first_page_offers_three_ways(qtbot: QtBot) -> None:
    page = FirstRunPage(JobRunner())
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.new_wanted):
        qtbot.keyClick(page._own, Qt.Key.Key_Space)
    with qtbot.waitSignal(page.open_existing_wanted):
        page._existing.click()
    assert page.words() == ""
    page.say_trouble("That catalogue is damaged.")
    assert page.words() == "That catalogue is damaged."
    assert not page.grab().isNull()


def test_the_sample_is_made_and_opened(qtbot: QtBot, tmp_path: Path) -> None:
    runner = JobRunner()
    page = FirstRunPage(runner, products=2)
    qtbot.addWidget(page)
    opened: list[Path] = []
    photos: list[Path] = []
    page.open_wanted.connect(opened.append)
    page.sample_photo.connect(photos.append)
    page._try.click()
    assert "Getting ready" in page.words()
    qtbot.waitUntil(lambda: bool(photos), timeout=LONG)
    assert page.words() == ""
    assert opened == [tmp_path / "data" / "Sample catalogue (2)"]
    assert FeatureStore.open(opened[0]).info().images == 2
    assert photos[0].is_file()


def test_the_sample_that_fails_or_is_stopped(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    code = 'import sys; print(\'{"error": "The disk is full."}\')'
    monkeypatch.setattr(job_runner, "program", lambda: [sys.executable, "-c", code])
    runner = JobRunner()
    page = FirstRunPage(runner, products=2)
    qtbot.addWidget(page)
    with qtbot.waitSignal(runner.broken, timeout=LONG):
        page._try.click()
    assert page.words() == "The disk is full."
    job = page._sample
    runner.progressed.emit(JobState(CatalogueJob("check", Path("/s")), "check", 1, 2))
    assert page.words() == "The disk is full."  # another job is none of its business
    page.say_trouble("")
    runner.progressed.emit(JobState(job, "draw", 1, 2))
    assert page.words().startswith("Step 1 of 2")
    runner.stopped.emit(job)
    assert page.words() == ""
    assert os.environ["BEAUTYFINDER_DATA"] in str(job.store)
