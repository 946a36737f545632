"""beautyfinder backbones: which networks there are, and where their weights come from."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import click

from beautyfinder import console
from beautyfinder.commands.options import BackboneName


@click.group(invoke_without_command=True)
@click.pass_context
def backbones(ctx: click.Context) -> None:
    """The networks, and their weights: list, download, import."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_backbones)


@backbones.command("list")
def list_backbones() -> int:
    """Every backbone of the table, and whose weights are on this machine."""
    from beautyfinder.features.weights import weights_folder
    from beautyfinder.features.weights_status import weights_status

    rows = []
    for status in weights_status():
        size = f"{status.on_disk.bytes / 1e6:.0f} MB" if status.on_disk else ""
        where = status.file_name if status.on_disk else ", ".join(status.hosts)
        rows.append((status.name, status.state, size, where, status.note))
    console.say_table(("backbone", "weights", "size", "file or host", "note"), rows, ("size",))
    console.out.print(f"\nDownloaded and imported weights are kept in {weights_folder()}.")
    there = importlib.util.find_spec("timm") is not None
    console.out.print(
        "Every network of the library timm is a backbone too, as timm:NAME"
        + ("." if there else ", once it is installed: pip install timm"),
        markup=False,
    )
    return 0


@backbones.command()
@click.argument("name", type=BackboneName(), metavar="NAME")
@click.option("--timeout", default=30.0, show_default=True, help="Seconds without an answer.")
def download(name: str, timeout: float) -> int:
    """Fetch the weights of NAME over https; a broken download is resumed."""
    from beautyfinder.features.weights import download_weights

    with console.stop_on_interrupt() as stopped, console.download_bar(name) as bar:
        found = download_weights(name, progress=bar, should_stop=stopped, timeout=timeout)
    _say_found(found.path, found.note)
    return 0


@backbones.command("import")
@click.argument("name", type=BackboneName(), metavar="NAME")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--unverified", is_flag=True, help="Take a file whose SHA-256 nobody knows.")
def import_file(name: str, file: Path, unverified: bool) -> int:
    """Take the weights of NAME from FILE, .pth, .pt or .safetensors: needs no network."""
    from beautyfinder.features.weights import import_weights

    found = import_weights(name, file, unverified=unverified)
    _say_found(found.path, found.note)
    return 0


def _say_found(path: Path, note: str) -> None:
    console.out.print(f"{path} is there.", markup=False)
    if note:
        console.err.print(f"Note: {note}", markup=False)
