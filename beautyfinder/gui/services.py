"""What outlives a window: made once for a run of the program and handed to every window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings

from beautyfinder.gui.catalogues.job_runner import JobRunner
from beautyfinder.gui.catalogues.known_stores import KnownStores
from beautyfinder.gui.engine import Engine
from beautyfinder.gui.journal_keeper import JournalKeeper
from beautyfinder.gui.log_view import LogKeeper
from beautyfinder.gui.look_ups import LookUps
from beautyfinder.gui.preferences import Preferences
from beautyfinder.gui.query import OpenedStore, Possible
from beautyfinder.gui.recorder import Recorder
from beautyfinder.gui.verdicts import judge_by
from beautyfinder.paths import journal_file

if TYPE_CHECKING:
    from beautyfinder.gui.single_instance import InstanceServer


@dataclass(eq=False)
class Services:
    """The parts behind the windows, and what they know. `settings` None: nothing is remembered.

    store, possible, device: what the engine told last; a window made later shows it at once.
    instance: what listens for later starts of the program, where anything does.
    """

    engine: Engine
    look_ups: LookUps
    preferences: Preferences
    log: LogKeeper
    settings: QSettings | None
    journal: JournalKeeper
    recorder: Recorder
    jobs: JobRunner
    known_stores: KnownStores
    store: OpenedStore | None = None
    possible: Possible | None = None
    device: str = ""
    instance: InstanceServer | None = None

    def close(self) -> None:
        """End every thread and child process, and what is said to the log."""
        if self.instance is not None:  # first: the rest takes time, and photos would be lost
            self.instance.close()
        self.jobs.close()
        self.engine.close()
        self.journal.close()
        self.log.uninstall()

    def remember(self, name: str, value: object) -> None:
        """Keep a value for the next run."""
        if self.settings is not None:
            self.settings.setValue(name, value)

    def remembered(self, name: str) -> object:
        """The value kept under `name`; None where there is none."""
        return None if self.settings is None else self.settings.value(name)


def make_services(engine: Engine, settings: QSettings | None = None) -> Services:
    """The parts that one run of the program needs."""
    log = LogKeeper()
    log.install()
    look_ups, preferences = LookUps(engine), Preferences(settings)
    engine.judged = judge_by(preferences)
    journal = JournalKeeper(journal_file())
    return Services(
        engine,
        look_ups,
        preferences,
        log,
        settings,
        journal,
        Recorder(look_ups, journal, preferences),
        JobRunner(settings),
        KnownStores(settings),
    )
