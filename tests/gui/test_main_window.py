"""The window as a whole, with a backend that answers at will."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from beautyfinder.gui.actions import ACTIONS
from beautyfinder.gui.catalogues.job import CatalogueJob, JobReport
from beautyfinder.gui.crash_dialog import CrashDialog
from beautyfinder.gui.engine import Engine
from beautyfinder.gui.inspector.window import InspectorWindow
from beautyfinder.gui.main_window import MainWindow
from beautyfinder.gui.program import Program
from beautyfinder.gui.query import Choices, Region
from beautyfinder.gui.results_model import PICTURE_ROLE
from beautyfinder.gui.services import make_services
from beautyfinder.gui.theme import StyleKeeper, current_theme
from tests.gui.conftest import WAIT, FakeBackend, file_query, mime_of
from tests.gui.drag import drop, enter, leave


def look_up(qtbot: QtBot, window: MainWindow, name: str) -> None:
    with qtbot.waitSignal(window.answer_shown, timeout=WAIT):
        window.look_up(file_query(name))


def test_with_no_catalogue_it_says_how_to_get_going(window: MainWindow) -> None:
    assert window.first_page.isVisible()
    assert "No catalogue" in window.status.sentence()


def test_a_dropped_photo_is_looked_up(qtbot: QtBot, ready_window: MainWindow) -> None:
    window = ready_window
    assert "80 products" in window.results.words()
    with qtbot.waitSignal(window.answer_shown, timeout=WAIT):
        assert drop(window, mime_of(["/photos/soap.jpg"]))  # anywhere over the window
    assert window.results.model.rowCount() == 7
    assert "soap.jpg" in window.pane._full_name
    assert window.pane.view.image().width() == 20
    facts = window.status.facts()
    for fact in ("shop", "81 pictures", "CPU"):
        assert fact in facts
    assert window.status._long_timing == "0.03 s  ·  describe 20 ms"


def test_larger_pictures_come_after_the_answer(qtbot: QtBot, ready_window: MainWindow) -> None:
    with qtbot.waitSignal(ready_window.settled, timeout=WAIT):
        ready_window.look_up(file_query("soap.jpg"))
    model = ready_window.results.model
    widths = [model.data(model.index(row, 0), PICTURE_ROLE).width() for row in range(7)]
    assert widths == [400, 40, 40, 400, 400, 400, 400]


def test_the_whole_window_shows_the_drag(ready_window: MainWindow) -> None:
    assert enter(ready_window, mime_of(["/a.jpg"]))
    assert ready_window.pane.view.is_hovered()
    leave(ready_window)
    assert not ready_window.pane.view.is_hovered()


def test_the_answer_before_is_dimmed_until_the_shortlist_comes(
    qtbot: QtBot, ready_window: MainWindow, backend: FakeBackend
) -> None:
    window = ready_window
    look_up(qtbot, window, "one.jpg")
    backend.hold = True
    window.look_up(file_query("two.jpg"))
    assert window.results.cards.is_dimmed()
    assert window.results.model.hits()[0].image.title == "one.jpg 0"
    qtbot.waitUntil(lambda: "30 of 100" in window.results.words(), timeout=WAIT)
    assert not window.results.cards.is_dimmed()
    assert window.results.model.is_provisional()
    assert window.results.model.hits()[0].image.title == "two.jpg 0"
    backend.go.set()
    qtbot.waitUntil(lambda: not window.results.model.is_provisional(), timeout=WAIT)
    assert "please compare" in window.results.words()


def test_the_hits_get_the_keyboard(
    qtbot: QtBot, ready_window: MainWindow, backend: FakeBackend
) -> None:
    window = ready_window
    window.pane.view.setFocus()
    look_up(qtbot, window, "one.jpg")
    assert window.focusWidget() is window.results.cards
    for kept in (window.pane.tools.left, window.results.bar.findChild(QLineEdit)):
        kept.setFocus()
        look_up(qtbot, window, "two.jpg")
        assert window.focusWidget() is kept
    window.pane.view.setFocus()
    with qtbot.waitSignal(window.answer_shown, timeout=WAIT):
        qtbot.keyClick(window.pane.view, Qt.Key.Key_B)
    assert window.focusWidget() is window.pane.view  # arrow keys move the box on


def test_a_file_that_is_no_picture_leaves_what_was_there(
    qtbot: QtBot, ready_window: MainWindow
) -> None:
    window = ready_window
    look_up(qtbot, window, "one.jpg")
    shown: QImage = window.pane.view.image()
    with qtbot.waitSignal(window.failed, timeout=WAIT):
        window.look_up(file_query("bad.jpg"))
    assert window.pane.notice() == "bad.jpg is not a picture."
    assert window.pane.view.image() == shown
    assert window.results.model.hits()[0].image.title == "one.jpg 0"
    assert not window.results.cards.is_dimmed()
    look_up(qtbot, window, "two.jpg")
    assert window.pane.notice() == ""


def test_a_first_file_that_is_no_picture(qtbot: QtBot, ready_window: MainWindow) -> None:
    with qtbot.waitSignal(ready_window.failed, timeout=WAIT):
        ready_window.look_up(file_query("bad.jpg"))
    assert "Ready when you are" in ready_window.results.words()


def test_a_lookup_that_fails_says_so_in_place_of_cards(
    qtbot: QtBot, ready_window: MainWindow
) -> None:
    with qtbot.waitSignal(ready_window.failed, timeout=WAIT):
        ready_window.look_up(file_query("fail.jpg"))
    assert "It cannot be looked up." in ready_window.results.words()
    assert ready_window.pane.notice() == ""
    with qtbot.waitSignal(ready_window.failed, timeout=WAIT):
        ready_window.look_up(file_query("crash.jpg"))
    assert "RuntimeError: boom" in ready_window.results.words()


def test_another_catalogue_looks_the_same_photo_up_again(
    qtbot: QtBot, ready_window: MainWindow, backend: FakeBackend
) -> None:
    look_up(qtbot, ready_window, "one.jpg")
    with qtbot.waitSignal(ready_window.answer_shown, timeout=WAIT):
        ready_window.open_store(Path("/shops/other"))
    assert backend.done == ["one.jpg", "one.jpg"]
    assert "other" in ready_window.status.facts()
    assert "other" in ready_window.windowTitle()


def test_a_catalogue_that_cannot_be_opened(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.failed, timeout=WAIT):
        window.open_store(Path("/shops/bad"))
    assert "is not a store" in window.results.words()
    with qtbot.waitSignal(window.ready, timeout=WAIT):
        window.open_store(Path("/shops/good"))
    look_up(qtbot, window, "one.jpg")
    with qtbot.waitSignal(window.failed, timeout=WAIT):
        window.open_store(Path("/shops/bad"))
    assert "is not a store" in window.pane.notice()
    assert window.results.model.rowCount() == 7
    assert "good" in window.status.facts()


def test_notes_come_in_the_status_line(window: MainWindow) -> None:
    window.engine.note.emit("The cuda device failed; going on on the CPU.")
    assert "going on on the CPU" in window.status.sentence()


def test_what_is_remembered(
    qtbot: QtBot, ready_window: MainWindow, settings: QSettings, tmp_path: Path
) -> None:
    ready_window.layout_.splitter.setSizes([300, 500])
    sizes = ready_window.layout_.splitter.sizes()
    ready_window.close()
    settings.sync()
    assert settings.value("store") == str(tmp_path / "shop")
    assert settings.value("geometry")
    again = MainWindow(make_services(Engine(FakeBackend), settings))
    qtbot.addWidget(again)
    again.resize(ready_window.size())
    again.show()
    assert again.layout_.splitter.sizes() == sizes
    again.close()
    assert not again.engine.running


def test_closing_while_a_lookup_runs(
    qtbot: QtBot, ready_window: MainWindow, backend: FakeBackend
) -> None:
    backend.hold = True
    ready_window.look_up(file_query("one.jpg"))
    qtbot.waitUntil(lambda: bool(backend.begun), timeout=WAIT)
    ready_window.close()
    assert not ready_window.engine.running
    assert backend.stopped == ["one.jpg"]


def test_every_control_has_a_name_and_a_place_in_the_order_of_tab(
    qtbot: QtBot, ready_window: MainWindow
) -> None:
    window = ready_window
    look_up(qtbot, window, "one.jpg")
    window.pane.refuse("No.")
    for widget in window.findChildren(QWidget):
        tabbed = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if tabbed and widget.isVisible() and widget.objectName() != "qt_scrollarea_viewport":
            face = QAccessible.queryAccessibleInterface(widget)
            assert face.text(QAccessible.Text.Name), widget
    order: list[QWidget] = []
    widget = window.pane.view
    while widget not in order:
        order.append(widget)
        widget = widget.nextInFocusChain()
    wanted = [window.pane.view, window.pane._open, window.pane._paste, window.results.cards]
    assert sorted(wanted, key=order.index) == wanted


def test_menus_and_toolbar(window: MainWindow) -> None:
    menus = [action.text().replace("&", "") for action in window.menuBar().actions()]
    assert menus == ["File", "Photo", "Results", "View", "Tools", "Help"]
    for spec in ACTIONS:
        action = window.actions_[spec.name]
        assert action in window.actions_.menu(spec.menu).actions()
        assert (action in window.actions_.toolbar.actions()) == spec.toolbar
        assert action.toolTip()


@pytest.mark.parametrize("name", ["settings", "log", "shortcuts", "about", "open_store"])
def test_a_dialog_is_open_once(qtbot: QtBot, window: MainWindow, name: str) -> None:
    window.actions_[name].trigger()
    first = window.dialogs.shown(name)
    assert first is not None
    assert first.isVisible()
    window.actions_[name].trigger()
    assert window.dialogs.shown(name) is first
    first.close()
    qtbot.waitUntil(lambda: window.dialogs.shown(name) is None, timeout=WAIT)


def test_another_part_of_the_photo(
    qtbot: QtBot, ready_window: MainWindow, backend: FakeBackend
) -> None:
    look_up(qtbot, ready_window, "one.jpg")
    with qtbot.waitSignal(ready_window.answer_shown, timeout=WAIT):
        ready_window.actions_["turn_right"].trigger()
    assert backend.asked[-1][0] == Region(turns=1)
    with qtbot.waitSignal(ready_window.answer_shown, timeout=WAIT):
        ready_window.actions_["again"].trigger()
    assert backend.asked[-1][0] == Region(turns=1)


def test_another_method(qtbot: QtBot, ready_window: MainWindow, backend: FakeBackend) -> None:
    window = ready_window
    assert not window.method.isVisible()
    window.actions_["method"].trigger()
    assert window.method.isVisible()
    look_up(qtbot, window, "one.jpg")
    with qtbot.waitSignal(window.answer_shown, timeout=WAIT):
        window.method.chosen.emit(Choices(rerank="sift"))
    assert backend.asked[-1][1] == Choices(rerank="sift")
    with qtbot.waitSignal(window.answer_shown, timeout=WAIT):
        window.open_store(Path("/shops/other"))
    assert backend.asked[-1][1] == Choices()  # another catalogue may not serve it


def test_stopping_a_look_up(qtbot: QtBot, ready_window: MainWindow, backend: FakeBackend) -> None:
    window = ready_window
    look_up(qtbot, window, "one.jpg")
    backend.hold = True
    window.look_up(file_query("two.jpg"))
    qtbot.waitUntil(window.results.model.is_provisional, timeout=WAIT)
    window.actions_["stop"].trigger()
    qtbot.waitUntil(lambda: backend.stopped == ["two.jpg"], timeout=WAIT)
    assert window.status.sentence() == "Stopped."
    assert "Stopped: only first candidates" in window.results.words()
    assert window.results.model.hits()[0].image.title == "two.jpg 0"
    window.look_up(file_query("three.jpg"))
    window.actions_["stop"].trigger()  # before it has anything: nothing of another photo is kept
    assert "This photo was not looked up." in window.results.words()
    assert window.pane._full_name == "three.jpg"
    assert window.results.model.hits() == ()
    backend.go.set()
    with qtbot.waitSignal(window.answer_shown, timeout=WAIT):
        window.results.again_wanted.emit()
    assert window.results.model.hits()[0].image.title == "three.jpg 0"


def test_photo_and_results_are_of_the_same_look_up(
    qtbot: QtBot, ready_window: MainWindow, backend: FakeBackend
) -> None:
    window = ready_window
    look_up(qtbot, window, "one.jpg")
    with qtbot.waitSignal(window.answer_shown, timeout=WAIT):
        window.look_up(file_query("bad.jpg"), file_query("good.jpg"))
    assert "good.jpg" in window.pane._full_name
    assert window.strip.current() == 1
    window.strip.set_current(0)
    window.look_ups.select(0)
    assert window.pane._full_name == "bad.jpg"
    assert window.pane.view.image().isNull()
    assert window.pane.tools.isHidden()
    assert "bad.jpg is not a picture." in window.results.words()
    backend.hold = True
    window.look_up(file_query("two.jpg"), file_query("three.jpg"))
    qtbot.waitUntil(window.results.model.is_provisional, timeout=WAIT)
    window.look_ups.select(1)
    assert window.pane._full_name == "three.jpg"


def test_several_files_that_are_no_pictures_leave_what_was_there(
    qtbot: QtBot, ready_window: MainWindow
) -> None:
    window = ready_window
    look_up(qtbot, window, "one.jpg")
    with qtbot.waitSignal(window.look_ups.refused, timeout=WAIT):
        window.look_up(file_query("bad1.jpg"), file_query("bad2.jpg"))
    assert "None of these 2 photos" in window.pane.notice()
    assert "one.jpg" in window.pane._full_name
    assert window.results.model.hits()[0].image.title == "one.jpg 0"


def test_first_files_that_are_no_pictures(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.look_ups.refused, timeout=WAIT):
        window.look_up(file_query("bad1.jpg"), file_query("bad2.jpg"))
    assert window.pane._full_name == "Nothing chosen yet"
    assert "None of these 2 photos" in window.pane.notice()
    assert window.first_page.isVisible()


def test_a_hit_is_inspected(qtbot: QtBot, ready_window: MainWindow) -> None:
    look_up(qtbot, ready_window, "one.jpg")
    cards = ready_window.results.cards
    cards.setCurrentIndex(ready_window.results.model.index(2, 0))
    qtbot.keyClick(cards, Qt.Key.Key_Return)
    inspector = ready_window.dialogs.shown("inspector")
    assert isinstance(inspector, InspectorWindow)
    assert inspector.windowTitle() == "one.jpg 2"
    inspector.header.forward.click()
    assert inspector.windowTitle() == "one.jpg 3"
    assert cards.currentIndex().row() == 3  # the results follow
    cards.setCurrentIndex(ready_window.results.model.index(0, 0))
    ready_window.actions_["inspect"].trigger()
    assert ready_window.dialogs.shown("inspector") is inspector
    assert inspector.windowTitle() == "one.jpg 0"
    inspector.close()
    assert ready_window.dialogs.shown("inspector") is None


def test_inspector_and_exports_show_the_part_that_was_looked_up(
    qtbot: QtBot, ready_window: MainWindow
) -> None:
    window = ready_window
    look_up(qtbot, window, "one.jpg")
    region = Region(1, (0.0, 0.0, 0.5, 1.0))
    with qtbot.waitSignal(window.answer_shown, timeout=WAIT):
        window.look_ups.set_region(region)
    photo = window.results.exporter._photo
    assert photo is not None
    assert (photo.width(), photo.height()) == (15, 20)  # of 20 x 30
    window.actions_["inspect"].trigger()
    inspector = window.dialogs.shown("inspector")
    assert isinstance(inspector, InspectorWindow)
    assert inspector.canvas.photo.size == (15, 20)


def test_the_open_catalogue_is_deleted(
    qtbot: QtBot, ready_window: MainWindow, backend: FakeBackend, tmp_path: Path
) -> None:
    window = ready_window
    look_up(qtbot, window, "one.jpg")
    manager = window.dialogs.catalogues()
    window.dialogs.store_deleted.emit(tmp_path / "shop")
    qtbot.waitUntil(lambda: backend.closed == 1, timeout=WAIT)
    assert window.status.facts() == ""
    assert window.look_ups.all() == ()
    assert window.pane.view.image().isNull()
    assert window.first_page.isVisible()
    assert not window.method._inner.isEnabled()
    assert manager._opened is None
    manager.close()
    with qtbot.waitSignal(window.ready, timeout=WAIT):
        window.open_store(Path("/shops/other"))
    look_up(qtbot, window, "two.jpg")


def sample(folder: Path) -> JobReport:
    return JobReport(CatalogueJob("sample", folder, products=2), {"photo": "/photos/sample.jpg"})


def test_a_sample_is_opened_once_and_its_photo_looked_up(
    qtbot: QtBot, window: MainWindow, backend: FakeBackend
) -> None:
    with qtbot.waitSignal(window.answer_shown, timeout=WAIT):
        window.services.jobs.finished.emit(sample(Path("/samples")))
    assert backend.opened == [Path("/samples")]
    assert set(backend.done) == {"sample.jpg"}


def test_a_sample_leaves_the_open_catalogue_alone(
    qtbot: QtBot, ready_window: MainWindow, backend: FakeBackend, tmp_path: Path
) -> None:
    look_up(qtbot, ready_window, "one.jpg")
    ready_window.services.jobs.finished.emit(sample(Path("/samples")))
    assert "sample catalogue is ready" in ready_window.status.sentence()
    look_up(qtbot, ready_window, "two.jpg")
    assert backend.opened == [tmp_path / "shop"]
    assert backend.done == ["one.jpg", "two.jpg"]


def test_a_fault_is_reported_in_a_dialog(qtbot: QtBot, engine: Engine) -> None:
    program = Program(make_services(engine))
    qtbot.addWidget(program.window)
    program.window.show()
    program.on_fault("Something went wrong.", "ValueError: boom")
    dialog = program.window.dialogs.shown("crash")
    assert isinstance(dialog, CrashDialog)
    assert "ValueError: boom" in dialog.report()
    assert program.window.status.sentence() == "Something went wrong."


def test_a_later_start_hands_its_photo_over(
    qtbot: QtBot, engine: Engine, backend: FakeBackend
) -> None:
    program = Program(make_services(engine))
    qtbot.addWidget(program.window)
    program.window.show()
    with qtbot.waitSignal(program.window.answer_shown, timeout=WAIT):
        program.take_over(["/photos/a.jpg"], "/shops/good")
    assert [folder.name for folder in backend.opened] == ["good"]
    assert backend.done[-1] == "a.jpg"


def test_dark_and_light_at_once(qtbot: QtBot, engine: Engine) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    keeper = StyleKeeper(app)
    try:
        services = make_services(engine)
        program = Program(services)
        qtbot.addWidget(program.window)
        program.window.show()
        services.preferences.set_value("appearance", "dark")
        assert current_theme().dark
        before = app.font().pointSizeF()
        services.preferences.set_value("text_size", 150)
        assert app.font().pointSizeF() == pytest.approx(1.5 * before)
        services.preferences.reset()
        services.preferences.set_value("appearance", "light")
        assert not current_theme().dark
    finally:
        keeper.set_appearance("")
        keeper.setParent(None)


@pytest.mark.parametrize("size", [(900, 600), (1280, 800), (2560, 1440), (3840, 2160)])
def test_it_can_be_any_size(qtbot: QtBot, ready_window: MainWindow, size: tuple[int, int]) -> None:
    look_up(qtbot, ready_window, "one.jpg")
    ready_window.resize(*size)
    cards = ready_window.results.cards

    def fits() -> bool:
        right = max((place.right() for place in cards.places()), default=0)
        return len(cards.places()) == 7 and right < cards.viewport().width()

    def settled() -> bool:
        """Pane and cards have taken the new size, one after the other."""
        before = list(cards.places())
        qtbot.wait(50)
        return fits() and list(cards.places()) == before

    qtbot.waitUntil(settled, timeout=WAIT)
    ready_window.grab()
    assert (ready_window.width(), ready_window.height()) == size
    assert cards.horizontalScrollBar().maximum() == 0


def test_the_method_panel_does_not_cover_the_results(window: MainWindow) -> None:
    """A small window grows for it, or the panel floats where the screen is small, too."""
    window.resize(900, 600)
    window.actions_["method"].trigger()
    assert window.method.isVisible()
    assert window.layout_.method_dock.isFloating() or window.width() >= 1180


def test_what_can_do_nothing_is_greyed(
    qtbot: QtBot, ready_window: MainWindow, backend: FakeBackend
) -> None:
    actions = ready_window.actions_

    def there() -> tuple[bool, bool, bool]:
        photo, look_up, hits = (actions[n].isEnabled() for n in ("turn_left", "stop", "export"))
        return photo, look_up, hits

    assert there() == (False, False, False)
    backend.hold = True
    ready_window.look_up(file_query("one.jpg"))
    qtbot.waitUntil(lambda: there() == (True, True, False), timeout=WAIT)
    backend.go.set()
    qtbot.waitUntil(lambda: there() == (True, False, True), timeout=WAIT)
