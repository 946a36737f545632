"""What there is of every backbone's weights: on this machine, to be downloaded, to be imported."""

from __future__ import annotations

from dataclasses import dataclass

from beautyfinder.errors import UserError
from beautyfinder.features.backbones import BACKBONES, Backbone, is_of_timm, safe_name
from beautyfinder.features.fetching import read_json
from beautyfinder.features.weights import (
    WeightsOnDisk,
    find_recorded,
    find_weights,
    weights_folder,
    weights_note,
)


@dataclass(frozen=True)
class WeightsStatus:
    """What `backbones list` shows of one backbone.

    `state`: embedded, present, damaged, downloadable or import only. `hosts`: where a download
    would go. `file_name`: what to look for. `note`: what must be said of these weights.
    `channels`: how many numbers a descriptor has.
    """

    name: str
    state: str
    on_disk: WeightsOnDisk | None
    hosts: tuple[str, ...]
    file_name: str
    note: str
    channels: int


def weights_status() -> list[WeightsStatus]:
    """One row for every backbone of the table, in its order, then for timm's that are here.

    Reads sums, never a network, nor timm.
    """
    rows = []
    folder = weights_folder()
    for name, backbone in BACKBONES.items():
        hosts = tuple(source.host for source in backbone.sources)
        state, note = ("downloadable" if hosts else "import only"), weights_note(name)
        found = None
        try:
            found = find_weights(name)
        except UserError as error:
            state, note = "damaged", str(error)
        if found is not None:
            state, note = ("embedded" if backbone.embedded else "present"), found.note
        file_name = found.path.name if found else backbone.file_names[0]
        channels = backbone.channels
        rows.append(WeightsStatus(name, state, found, hosts, file_name, note, channels))
    for path in sorted(folder.glob(f"{safe_name('timm:')}*.json")):
        record = read_json(path)
        name, note = str(record.get("backbone")), ""
        if not is_of_timm(name) or not isinstance(record.get("channels"), int):
            continue
        channels = int(record["channels"])
        # What its file is checked by is in the record: no need to ask timm for the rest.
        backbone = Backbone(name, channels, 0, (0.0,) * 3, (1.0,) * 3, original="")
        try:
            found = find_recorded(backbone, folder, record)
        except UserError as error:
            found, note = None, str(error)
        if found or note:
            state = "damaged" if note else "present"
            rows.append(WeightsStatus(name, state, found, (), str(record["file"]), note, channels))
    return rows
