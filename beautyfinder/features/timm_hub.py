"""Weights of timm's networks from the hub where timm keeps them, by timm's own library for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from beautyfinder.errors import Cancelled, UserError
from beautyfinder.features.backbones import Backbone
from beautyfinder.features.fetching import Progress, ShouldStop, check_stop
from beautyfinder.features.timm_backbones import hub_file_names


def fetch_from_hub(
    backbone: Backbone,
    folder: Path,
    progress: Progress | None,
    should_stop: ShouldStop | None,
) -> Path:
    """The file with the weights of `backbone`, as the hub has it, in `folder`.

    A broken download is taken up by the next call with the same `folder`. Raises Cancelled when
    `should_stop()`, asked at each block that comes, and UserError where the file cannot be had.
    """
    import huggingface_hub
    from huggingface_hub.errors import EntryNotFoundError, LocalEntryNotFoundError

    repository, _, revision = backbone.hub.partition("@")
    bar = _bar(progress, should_stop)
    failure: Exception | None = None
    for file_name in hub_file_names(backbone.name):
        check_stop(should_stop)
        try:
            with _quietly():
                fetched = huggingface_hub.hf_hub_download(
                    repository,
                    file_name,
                    revision=revision or None,
                    local_dir=folder,
                    tqdm_class=bar,
                )
            return Path(fetched)
        except Cancelled:
            raise
        except Exception as error:  # of its own, of a library for http, of the system
            absent = isinstance(error, EntryNotFoundError)
            if not absent or isinstance(error, LocalEntryNotFoundError):  # the hub is not reached
                failure = error
                break
            failure = failure or error
    reason = " ".join(str(failure).split())[:160].rstrip(". ")
    if isinstance(failure, LocalEntryNotFoundError):
        reason = "the hub cannot be reached"
    page = f"{huggingface_hub.constants.ENDPOINT}/{repository}"
    raise UserError(
        f"The weights of {backbone.name} could not be downloaded ({reason}): try again, or get "
        f"{hub_file_names(backbone.name)[0]} of {page} yourself and "
        f"run: beautyfinder backbones import {backbone.name} FILE --unverified"
    ) from failure


def _bar(progress: Progress | None, should_stop: ShouldStop | None) -> Any:
    """A class of progress bars that draw nothing: they tell `progress`, and can be stopped."""
    from huggingface_hub.utils import tqdm

    class Bar(tqdm):  # type: ignore[misc]
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **{**options, "disable": True})
            self.told, self.whole = int(options.get("initial") or 0), options.get("total")

        def update(self, n: float | None = 1) -> None:
            check_stop(should_stop)
            self.told += int(n or 0)
            if progress is not None:
                progress(self.told, self.whole)

    return Bar


@contextmanager
def _quietly() -> Iterator[None]:
    """Without a warning on the screen for each of the attempts that the library makes."""
    from huggingface_hub.utils import logging

    verbosity = logging.get_verbosity()
    logging.set_verbosity_error()
    try:
        yield
    finally:
        logging.set_verbosity(verbosity)
