"""Where the program keeps its own files, and where its resources are."""

from __future__ import annotations

import os
from pathlib import Path

import appdirs

_APP = "BeautyFinder"


def data_folder() -> Path:
    """The user's folder for catalogues, sample, history; `BEAUTYFINDER_DATA` overrides it."""
    chosen = os.environ.get("BEAUTYFINDER_DATA")
    return Path(chosen) if chosen else Path(appdirs.user_data_dir(_APP, appauthor=False))


def sample_store(products: int) -> Path:
    """The store of the sample catalogue; its folder's name is what the window calls it."""
    return data_folder() / f"Sample catalogue ({products})"


def catalogues_folder() -> Path:
    """Where the window makes new catalogues unless another place is chosen."""
    return data_folder() / "catalogues"


def log_folder() -> Path:
    """The user's folder for logs."""
    return Path(appdirs.user_log_dir(_APP, appauthor=False))


def journal_file() -> Path:
    """Where the window remembers look-ups and what people said of them."""
    return data_folder() / "history.sqlite"


def resource(name: str) -> Path:
    """A file of `resources/`: inside the package when installed, beside it in a checkout.

    Raises FileNotFoundError when there is no such file: a fault of the build, not of the user.
    """
    package = Path(__file__).parent
    for root in (package / "resources", package.parent / "resources"):
        if (root / name).exists():
            return root / name
    raise FileNotFoundError(f"the resource {name} is missing from this installation")
