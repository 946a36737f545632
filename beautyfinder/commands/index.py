"""beautyfinder index: compute the features of a catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from beautyfinder import console
from beautyfinder.commands.machine import Talk, background_workers, machine_option, run_machine
from beautyfinder.commands.options import (
    BackboneName,
    Names,
    device_option,
    json_option,
    poolings,
    store_option,
)

if TYPE_CHECKING:
    from beautyfinder.store.indexer import IndexOptions, IndexReport

_NAMED = 20  # vanished pictures; a catalogue that moved would fill the screen


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@store_option
@click.option("--backbone", type=BackboneName(), default=None, metavar="N",
              help="Default: the store's, else efficientnet-lite0; also timm:NAME.")  # fmt: skip
@click.option("--pooling", type=Names(poolings), default=None, metavar="N,N",
              help="Of mac,spoc,r-mac,ra-mac,gem,cls; default: the store's, the first four for a "
              "new one, and cls of a transformer.")  # fmt: skip
@device_option
@click.option(
    "--no-local-features",
    is_flag=True,
    help="No SIFT: smaller, but no re-ranking and no search by details.",
)
@click.option("--no-text", is_flag=True, help="Do not read words on the pack: faster.")
@click.option(
    "--keypoints",
    type=click.IntRange(50, 2000),
    default=400,
    show_default=True,
    metavar="N",
    help="The strongest of a picture; each takes 144 bytes. Pictures indexed already keep theirs.",
)
@click.option("--remove-vanished", is_flag=True, help="Delete rows of pictures that are gone.")
@json_option
@machine_option
def index(
    sources: tuple[str, ...],
    store_folder: Path,
    backbone: str | None,
    pooling: tuple[str, ...] | None,
    device: str,
    no_local_features: bool,
    no_text: bool,
    keypoints: int,
    remove_vanished: bool,
    as_json: bool,
    machine: bool,
) -> int:
    """Compute the features of a catalogue: folders of pictures, or catalogue CSVs.

    Run it again at any time: only what is new or changed is computed, and a run that was stopped
    or killed is gone on with.
    """

    def options() -> IndexOptions:
        chosen = with_the_stores_columns(store_folder, backbone, pooling)
        return replace(
            chosen,
            device=device,
            local_features=not no_local_features,
            text=not no_text,
            keypoints=keypoints,
            remove_vanished=remove_vanished,
        )

    if machine:
        return run_machine(lambda talk: run_index_for(talk, store_folder, sources, [options()]))
    report = run_index(store_folder, sources, options())
    say_report(report, store_folder, as_json)
    return 0


def with_the_stores_columns(
    store_folder: Path, backbone: str | None, pooling: tuple[str, ...] | None
) -> IndexOptions:
    """What was not chosen is as the store has it already."""
    from beautyfinder.features.backbones import DEFAULT_BACKBONE, backbone_named
    from beautyfinder.features.pooling import CLS, PAPER_POOLINGS
    from beautyfinder.store.indexer import IndexOptions
    from beautyfinder.store.store import FeatureStore, has_store

    present = FeatureStore.open(store_folder).descriptors if has_store(store_folder) else ()
    backbone = backbone or next((c.backbone for c in present), DEFAULT_BACKBONE)
    in_store = tuple(c.pooling for c in present if c.backbone == backbone)
    if not pooling and not in_store:
        # A class token comes for nothing with the patches.
        token = (CLS,) if backbone_named(backbone).class_token else ()
        pooling = (*PAPER_POOLINGS, *token)
    return IndexOptions(backbone, pooling or in_store)


def run_index(
    store_folder: Path, sources: Sequence[str | Path], options: IndexOptions
) -> IndexReport:
    """`index` with a progress bar; Ctrl-C commits what is done."""
    from beautyfinder.store.indexer import IndexProgress
    from beautyfinder.store.indexer import index as run

    with (
        console.stop_on_interrupt() as stopped,
        console.progress_bar("Indexing", "pictures") as bar,
    ):

        def tell(state: IndexProgress) -> None:
            remark = f"{state.failed} unreadable" if state.failed else ""
            bar(state.done, state.total, remark)

        return run(store_folder, sources, options, tell, stopped)


def run_index_for(
    talk: Talk, store_folder: Path, sources: Sequence[str | Path], runs: Sequence[IndexOptions]
) -> dict[str, Any]:
    """`index` for the window, once for each of `runs`; the report of the first, which adds."""
    from beautyfinder.store.indexer import IndexProgress
    from beautyfinder.store.indexer import index as run

    reports = []
    for number, options in enumerate(runs):
        failed = 0

        def tell(state: IndexProgress, before: int = number) -> None:
            nonlocal failed
            if before == 0 and state.failed > failed and state.latest_failure is not None:
                failed = state.failed
                talk.failure(*state.latest_failure)
            done = before * state.total + state.done
            talk.progress("index", done, len(runs) * state.total, state.failed)

        modest = replace(options, workers=background_workers())
        reports.append(run(store_folder, sources, modest, tell, talk.should_stop))
    report = asdict(reports[0])
    return report | {name: len(report[name]) for name in ("failed", "vanished")}


def say_report(report: IndexReport, store_folder: Path, as_json: bool) -> None:
    if as_json:
        failed = [{"path": path, "reason": reason} for path, reason in report.failed]
        console.say_json(asdict(report) | {"failed": failed})
        return
    for _, reason in report.failed:
        console.err.print(f"Not read: {reason}", markup=False)
    console.out.print(
        f"{store_folder}: {report.added} added, {report.updated} updated, {report.unchanged} "
        f"unchanged, {len(report.failed)} unreadable, in {report.seconds:.1f} s.",
        markup=False,
    )
    if report.removed:
        console.out.print(f"{console.count(report.removed, 'vanished picture')} removed.")
    elif report.vanished:
        for image_id in report.vanished[:_NAMED]:
            console.out.print(f"No longer there: {image_id}", markup=False)
        if len(report.vanished) > _NAMED:
            console.out.print(f"… and {len(report.vanished) - _NAMED} more")
        console.out.print(
            f"{console.count(len(report.vanished), 'picture')} of the store no longer in the "
            "source; --remove-vanished deletes what the store knows of them."
        )
