"""beautyfinder store: look into a feature store, check it, add, remove, compact."""

from __future__ import annotations

import os
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import click

from beautyfinder import console
from beautyfinder.commands.index import run_index, say_report
from beautyfinder.commands.options import device_option, json_option
from beautyfinder.errors import UserError

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
def check(folder: Path, as_json: bool) -> int:
    """Read everything in the store and compare it with the files; exit 1 if anything is wrong."""
    from beautyfinder.search.local_index_files import folder_of, index_state
    from beautyfinder.store.check import cache_findings, check_store
    from beautyfinder.store.store import FeatureStore

    opened = FeatureStore.open(folder)
    with console.stop_on_interrupt() as stopped, console.progress_bar("Checking", "rows") as bar:
        findings = check_store(opened, lambda done, total: bar(done, total, ""), stopped)
    findings += cache_findings(folder_of(opened).name, index_state(opened))
    if as_json:
        console.say_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            console.out.print(f"{finding.what}: {finding.where}: {finding.remedy}", markup=False)
        rows = console.count(len(opened), "picture")
        said = console.count(len(findings), "finding") if findings else "nothing is wrong"
        console.out.print(f"{rows} checked: {said}.")
    return 1 if any(finding.serious for finding in findings) else 0


@store.command()
@folder_argument
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@device_option
@json_option
def add(folder: Path, sources: tuple[str, ...], device: str, as_json: bool) -> int:
    """Index further sources with every backbone and pooling that the store has."""
    from beautyfinder.store.indexer import IndexOptions
    from beautyfinder.store.store import FeatureStore

    present = FeatureStore.open(folder)
    empty = present.info().images == 0
    local, text = present.has_local_features() or empty, present.has_words() or empty
    columns = present.descriptors
    runs = [
        IndexOptions(
            backbone,
            tuple(c.pooling for c in columns if c.backbone == backbone),
            device,
            local_features=local,
            text=text,
        )
        for backbone in dict.fromkeys(column.backbone for column in columns)
    ] or [IndexOptions(device=device)]
    # The first run adds the pictures, the others fill in further backbones' columns.
    report, *_ = [run_index(folder, sources, options) for options in runs]
    say_report(report, folder, as_json)
    return 0


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
def compact(folder: Path) -> int:
    """Give back the space of deleted rows and old versions.

    A look-up that runs in another window at this moment may have to be repeated.
    """
    from beautyfinder.store.store import FeatureStore

    opened = FeatureStore.open(folder)
    before = opened.info().bytes
    with opened.locked():
        opened.compact(keep=timedelta(0))
    after = opened.info().bytes
    console.out.print(f"{before / 1e6:.1f} MB before, {after / 1e6:.1f} MB after.")
    return 0
