"""Weights of timm's networks from the hub where timm keeps them, by timm's own library for it."""

from __future__ import annotations

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
    `should_stop()`, and UserError where the file cannot be had.
    """
    import huggingface_hub
    from huggingface_hub.errors import EntryNotFoundError, LocalEntryNotFoundError
    from huggingface_hub.utils import tqdm

    class Bar(tqdm):  # type: ignore[misc]
        """Tells `progress`, draws nothing, and is where a download can be stopped."""

        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **{**options, "disable": True})
            self.told, self.whole = options.get("initial", 0), options.get("total")

        def update(self, n: float | None = 1) -> None:
            check_stop(should_stop)
            self.told += int(n or 0)
            if progress is not None:
                progress(self.told, self.whole)

    repository, _, revision = backbone.hub.partition("@")
    failure: Exception | None = None
    for file_name in hub_file_names(backbone.name):
        try:
            return Path(
                huggingface_hub.hf_hub_download(
                    repository, file_name, revision=revision or None, local_dir=folder,
                    tqdm_class=Bar,
                )
            )  # fmt: skip
        except Cancelled:
            raise
        except LocalEntryNotFoundError as error:  # what it says where the hub is not reached
            failure = error
            break
        except EntryNotFoundError as error:
            failure = failure or error
        except Exception as error:  # of its own, of two libraries for http, of the system
            failure = error
            break
    reason = " ".join(str(failure or "it has no such file").split())[:160].rstrip(". ")
    page = f"{huggingface_hub.constants.ENDPOINT}/{repository}"
    raise UserError(
        f"The weights of {backbone.name} could not be downloaded ({reason}): try again, or get "
        f"{hub_file_names(backbone.name)[0]} of {page} yourself and "
        f"run: beautyfinder backbones import {backbone.name} FILE --unverified"
    ) from failure
