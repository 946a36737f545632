"""The command line's root: the window, the demo, and one line for every fault of the input."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from beautyfinder import __version__, console
from beautyfinder.commands.backbones import backbones
from beautyfinder.commands.evaluate import evaluate
from beautyfinder.commands.index import index
from beautyfinder.commands.machine import machine_option, run_machine
from beautyfinder.commands.match import match
from beautyfinder.commands.search import search
from beautyfinder.commands.self_test import self_test
from beautyfinder.commands.store import store
from beautyfinder.errors import Cancelled, UserError
from beautyfinder.faults import keep_fault

INTERRUPTED, INTERNAL = 130, 70


class _PhotoOrCommand(click.Group):
    """`beautyfinder PHOTO` opens the window with that photo; no argument opens the window."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] == "--self-test":
            args = ["self-test", *args[1:]]
        if not args or args[0] not in {*self.commands, "-h", "--help", "--version"}:
            if args and not args[0].startswith("-") and not os.path.exists(args[0]):
                if Path(args[0]).suffix or os.sep in args[0]:
                    raise UserError(f"{args[0]} does not exist. Check its name and folder.")
                known = ", ".join(name for name, c in self.commands.items() if not c.hidden)
                raise click.UsageError(f"“{args[0]}” is neither a photo nor a command ({known}).")
            args = ["window", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_PhotoOrCommand, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="beautyfinder")
def cli() -> None:
    """Find which product of a catalogue a photo shows.

    \b
    With no command, the window opens:
      beautyfinder [--store DIR] [PHOTO]
    """


@cli.command(hidden=True)
@click.argument("photo", required=False, type=click.Path(path_type=Path))
@click.option("--store", "store_folder", type=click.Path(path_type=Path), metavar="DIR")
def window(photo: Path | None, store_folder: Path | None) -> int:
    """The window."""
    from beautyfinder.gui.app import has_display, run

    if not has_display() and "QT_QPA_PLATFORM" not in os.environ:
        raise UserError(
            "There is no display to open the window on; use `beautyfinder search PHOTO --store "
            "DIR`, or `beautyfinder demo`, which saves a picture of the window."
        )
    return run(store_folder, photo)


@cli.command()
@click.option("--screenshot", type=click.Path(path_type=Path), metavar="OUT.png",
              help="Save a picture of the window with the answer, then end.")  # fmt: skip
@click.option("--products", default=126, show_default=True, help="Products of the sample.")
@machine_option
def demo(screenshot: Path | None, products: int, machine: bool) -> int:
    """Draw the sample catalogue, index it, and look a sample photo up in the window.

    With no display the window is drawn off screen and a screenshot is saved.
    """
    from beautyfinder.demo import prepare_demo, prepare_demo_for

    if machine:
        return run_machine(lambda talk: prepare_demo_for(talk, products))
    from beautyfinder.gui.app import has_display, run

    store_folder, photo = prepare_demo(products)
    if screenshot is None and not has_display():
        screenshot = Path("beautyfinder-demo.png")
    code = run(store_folder, photo, screenshot)
    if screenshot is not None and code == 0:
        console.out.print(f"The window is in {screenshot}.")
    return code


for command in (index, search, match, evaluate, backbones, store, self_test):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit: 0 found, 1 the input was at fault (one line says what), 2 usage."""
    os.environ.setdefault("LANCE_LOG", "error")  # its notices are not for the user
    console.route_log()
    for stream in (sys.stdout, sys.stderr):  # a name that the terminal cannot show ends nothing
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = cli.main(arguments, prog_name="beautyfinder", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except UserError as error:
        console.say_error(str(error))
        code = 1
    except Cancelled as stop:
        console.say_error(str(stop))
        code = INTERRUPTED
    except (KeyboardInterrupt, click.Abort):
        console.say_error("Interrupted.")
        code = INTERRUPTED
    except BrokenPipeError:  # `beautyfinder … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:
        console.say_error(_report_fault(error))
        code = INTERNAL
    sys.exit(code if isinstance(code, int) else 0)


def _report_fault(error: Exception) -> str:
    """Keep the traceback where it can be sent from, and say where."""
    what = f"A fault in BeautyFinder itself ({type(error).__name__}: {error})"
    file = keep_fault(error)
    return f"{what}." if file is None else f"{what}; please report it with {file}."
