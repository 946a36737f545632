"""What this machine can compute: networks with weights, reading of words. Slow: for a worker."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass

from beautyfinder.gui.translation import tr


@dataclass(frozen=True)
class Network:
    """A backbone. `wanting`: why it cannot be used here, empty if it can; `note`: to be known."""

    name: str
    channels: int
    wanting: str = ""
    note: str = ""


@dataclass(frozen=True)
class MachineFacts:
    """The table's networks, then timm's that are here; why no words can be read, or empty."""

    networks: tuple[Network, ...]
    words_wanting: str = ""


def read_machine_facts() -> MachineFacts:
    """Looks for files and libraries; imports none of the heavy ones."""
    from beautyfinder.features.weights_status import weights_status

    reasons = {
        "damaged": tr("Its weights are damaged: {note}"),
        "downloadable": tr("Its weights are not on this machine: beautyfinder backbones "
                            "download {name}"),
        "import only": tr("Its weights are not on this machine and have to be imported: "
                           "beautyfinder backbones import {name} FILE"),
    }  # fmt: skip
    networks = tuple(
        Network(
            status.name,
            status.channels,
            reasons.get(status.state, "").format(name=status.name, note=status.note),
            status.note,
        )
        for status in weights_status()
    )
    wanting = [name for name in ("rapidocr", "onnxruntime") if not _is_there(name)]
    words = tr("Not possible here: the library {name} is not installed.")
    return MachineFacts(networks, words.format(name=wanting[0]) if wanting else "")


def _is_there(library: str) -> bool:
    try:
        return importlib.util.find_spec(library) is not None
    except (ImportError, ValueError):
        return False
