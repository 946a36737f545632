"""beautyfinder store: look into a feature store, check it, add, remove, compact."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from beautyfinder import console
from beautyfinder.commands.index import run_index, run_index_for, say_report
from beautyfinder.commands.machine import Talk, machine_option, run_machine
from beautyfinder.commands.options import device_option, json_option
from beautyfinder.errors import UserError

if TYPE_CHECKING:
    from beautyfinder.store.check import Finding
    from beautyfinder.store.indexer import IndexOptions
    from beautyfinder.store.store import FeatureStore

folder_argument = click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")


@click.group()
def store() -> None:
    """Look into a feature store, check it, add to it, remove from it, compact it."""


@store.command()
@folder_argument
@json_option
def info(folder: Path, as_json: bool) -> int:
    """What the store holds."""
    from beautyfinder.store.store import FeatureStore

    found = FeatureStore.open(folder).info()
    if as_json:
        columns = [
            {"backbone": c.backbone, "pooling": c.pooling, "dimensions": c.dimensions}
            for c in found.descriptors
        ]
        console.say_json(asdict(found) | {"descriptors": columns})
        return 0
    console.say_table(
        ("", ""),
        [
            ("pictures", str(found.images)),
            ("products", str(found.products)),
            ("unreadable files", str(found.errors)),
            ("with local features", str(found.local_features)),
            ("with words", str(found.words)),
            ("size", f"{found.bytes / 1e6:.1f} MB"),
            ("format, version", f"{found.format}, {found.version}"),
            *(("descriptors", f"{c.backbone} {c.pooling}, {c.dimensions} numbers")
              for c in found.descriptors),
        ],
        (),
    )  # fmt: skip
    return 0


@store.command()
@folder_argument
@json_option
@machine_option
def check(folder: Path, as_json: bool, machine: bool) -> int:
    """Read everything in the store and compare it with the files; exit 1 if anything is wrong."""
    from beautyfinder.store.store import FeatureStore

    if machine:
        return run_machine(lambda talk: _check_for(talk, folder))
    opened = FeatureStore.open(folder)
    with console.stop_on_interrupt() as stopped, console.progress_bar("Checking", "rows") as bar:
        findings = _findings(opened, lambda done, total: bar(done, total, ""), stopped)
    if as_json:
        console.say_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            console.out.print(f"{finding.what}: {finding.where}: {finding.remedy}", markup=False)
        rows = console.count(len(opened), "picture")
        said = console.count(len(findings), "finding") if findings else "nothing is wrong"
        console.out.print(f"{rows} checked: {said}.")
    return 1 if any(finding.serious for finding in findings) else 0


def _findings(
    opened: FeatureStore, progress: Callable[[int, int], None], should_stop: Callable[[], bool]
) -> list[Finding]:
    from beautyfinder.search.local_index_files import folder_of, index_state
    from beautyfinder.search.ranking_files import ranking_states
    from beautyfinder.store.check import cache_findings, check_store

    findings = check_store(opened, progress, should_stop)
    findings += cache_findings(folder_of(opened).name, index_state(opened))
    for name, state in ranking_states(opened).items():
        findings += cache_findings(name, state)
    return findings


def _check_for(talk: Talk, folder: Path) -> dict[str, Any]:
    from beautyfinder.store.store import FeatureStore

    opened = FeatureStore.open(folder)
    findings = _findings(
        opened, lambda done, total: talk.progress("check", done, total), talk.should_stop
    )
    for finding in findings:
        talk.failure(finding.where, f"{finding.what}: {finding.remedy}")
    serious = sum(finding.serious for finding in findings)
    return {"checked": len(opened), "findings": len(findings), "serious": serious}


@store.command()
@folder_argument
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@device_option
@click.option("--remove-vanished", is_flag=True, help="Delete rows of pictures that are gone.")
@json_option
@machine_option
def add(
    folder: Path,
    sources: tuple[str, ...],
    device: str,
    remove_vanished: bool,
    as_json: bool,
    machine: bool,
) -> int:
    """Index further sources with every backbone and pooling that the store has."""
    if machine:
        return run_machine(
            lambda talk: run_index_for(
                talk, folder, sources, _runs_of(folder, device, remove_vanished)
            )
        )
    # The first run adds the pictures, the others fill in further backbones' columns.
    runs = _runs_of(folder, device, remove_vanished)
    report, *_ = [run_index(folder, sources, options) for options in runs]
    say_report(report, folder, as_json)
    return 0


def _runs_of(folder: Path, device: str, remove_vanished: bool) -> list[IndexOptions]:
    """One run for each backbone of the store, computing what the store has of its pictures."""
    from beautyfinder.store.indexer import IndexOptions
    from beautyfinder.store.store import FeatureStore

    present = FeatureStore.open(folder)
    empty = present.info().images == 0
    local, text = present.has_local_features() or empty, present.has_words() or empty
    columns = present.descriptors
    return [
        IndexOptions(
            backbone,
            tuple(c.pooling for c in columns if c.backbone == backbone),
            device,
            local_features=local,
            text=text,
            remove_vanished=remove_vanished,
        )
        for backbone in dict.fromkeys(column.backbone for column in columns)
    ] or [IndexOptions(device=device, remove_vanished=remove_vanished)]


@store.command()
@folder_argument
@click.argument("image_ids", nargs=-1, metavar="[IMAGE_ID]...")
@click.option("--vanished", is_flag=True, help="Every picture whose file no longer exists.")
@json_option
def remove(folder: Path, image_ids: tuple[str, ...], vanished: bool, as_json: bool) -> int:
    """Delete pictures from the store; the files themselves stay."""
    from beautyfinder.store.store import FeatureStore

    if bool(image_ids) == vanished:
        raise click.UsageError("Give image ids, or --vanished.")
    opened = FeatureStore.open(folder)
    with opened.locked():
        images = opened.read_images()
        known = {image.image_id for image in images}
        unknown = [image_id for image_id in image_ids if image_id not in known]
        if unknown:
            raise UserError(
                f"The store {folder} has no picture with the id {', '.join(unknown[:3])}; "
                "nothing was removed."
            )
        if vanished:
            image_ids = tuple(i.image_id for i in images if not os.path.exists(i.path))
            if image_ids and len(image_ids) == len(images):
                raise UserError(
                    f"Not one of the {len(images)} pictures of {folder} is where it was: is a "
                    "drive or a network share missing? Nothing was removed."
                )
        removed = opened.delete(image_ids)
    if as_json:
        console.say_json({"removed": removed, "image_ids": list(image_ids)})
    else:
        console.out.print(f"{console.count(removed, 'picture')} removed.")
    return 0


@store.command()
@folder_argument
@machine_option
def compact(folder: Path, machine: bool) -> int:
    """Give back the space of deleted rows and old versions.

    A look-up that runs in another window at this moment may have to be repeated.
    """
    if machine:
        return run_machine(lambda _talk: _compact(folder))
    report = _compact(folder)
    before, after = report["bytes_before"], report["bytes_after"]
    console.out.print(f"{before / 1e6:.1f} MB before, {after / 1e6:.1f} MB after.")
    return 0


def _compact(folder: Path) -> dict[str, int]:
    from beautyfinder.store.store import FeatureStore

    opened = FeatureStore.open(folder)
    before = opened.info().bytes
    with opened.locked():
        opened.compact(keep=timedelta(0))
    return {"bytes_before": before, "bytes_after": opened.info().bytes}
