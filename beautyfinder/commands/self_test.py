"""beautyfinder --self-test: whether this installation can do all that the program does."""

from __future__ import annotations

from pathlib import Path

import click

from beautyfinder import console
from beautyfinder.commands.options import json_option
from beautyfinder.errors import UserError


@click.command("self-test")
@click.option("--screenshots", type=click.Path(path_type=Path), metavar="DIR",
              help="Keep the pictures of the window and of the match there.")  # fmt: skip
@json_option
def self_test(screenshots: Path | None, as_json: bool) -> int:
    """Try every part of this installation on a small catalogue of its own.

    Also as `beautyfinder --self-test`. Ends with 0 only when all of it works. Nothing of yours is
    read or written; with no display the window is drawn off screen.
    """
    from beautyfinder.self_test import run_self_test

    if screenshots is not None:
        try:
            screenshots.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(
                f"The screenshots cannot be kept in {screenshots} ({error.strerror}); choose "
                "another folder."
            ) from error

    def tell(name: str, passed: bool, detail: str) -> None:
        if not as_json:
            word = "[green]ok[/]    " if passed else "[red]FAILED[/]"
            console.out.print(f"{word}  {name:<16}", end="")
            console.out.print(detail, markup=False)

    report = run_self_test(screenshots, tell)
    if as_json:
        console.say_json(
            {
                "passed": report.passed,
                "versions": dict(report.versions),
                "checks": [
                    {
                        "name": check.name,
                        "passed": check.passed,
                        "seconds": round(check.seconds, 2),
                        "detail": check.detail,
                    }
                    for check in report.checks
                ],
            }
        )
    return 0 if report.passed else 1
