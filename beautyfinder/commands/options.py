"""Options that several commands share, and what they choose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from beautyfinder.search.method import Method
    from beautyfinder.store.store import FeatureStore


class Names(click.ParamType[Any]):
    """Comma-separated names, checked against choices that are looked up only when needed."""

    name = "names"

    def __init__(self, choices: Callable[[], Sequence[str]]) -> None:
        self._choices = choices

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        names = tuple(name.strip() for name in str(value).split(",") if name.strip())
        unknown = [name for name in names if name not in self._choices()]
        if unknown or not names:
            self.fail(f"{', '.join(unknown) or 'nothing'}: choose among "
                      f"{', '.join(self._choices())}.", param, ctx)  # fmt: skip
        return names


class BackboneName(click.ParamType[Any]):
    """A backbone of the table, or timm:NAME, which becomes the full name that stores have."""

    name = "backbone"

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        from beautyfinder.errors import UserError
        from beautyfinder.features.backbones import backbone_named

        try:
            return backbone_named(str(value)).name
        except UserError as error:
            self.fail(str(error), param, ctx)


class BackboneNames(BackboneName):
    """Several of them, with commas between."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        if isinstance(value, tuple):
            return value
        names = [name.strip() for name in str(value).split(",")]
        return tuple(super(BackboneNames, self).convert(name, param, ctx) for name in names)


def poolings() -> Sequence[str]:
    from beautyfinder.features.pooling import POOLING_NAMES

    return POOLING_NAMES


def metrics() -> Sequence[str]:
    from beautyfinder.search.distances import METRICS

    return tuple(METRICS)


def method_choices(name: str) -> Callable[[], Sequence[str]]:
    def choices() -> Sequence[str]:
        from beautyfinder.search import method

        return {"sources": method.SOURCES, "rerank": method.RERANKS, "ranker": method.RANKERS}[name]

    return choices


store_option = click.option(
    "--store", "store_folder", required=True, type=click.Path(path_type=Path), metavar="DIR",
    help="Folder of the feature store.",
)  # fmt: skip
device_option = click.option(
    "--device", default="auto", metavar="D", help="auto, cpu, cuda or mps.", show_default=True
)
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON document, no more.")


def chosen_methods(store: FeatureStore, choices: dict[str, tuple[str, ...] | None]) -> list[Method]:
    """Every combination of what was chosen; what was not is the store's recommended method's."""
    from beautyfinder.search.searcher import recommended_method

    backbones = choices.get("backbone") or (None,)
    methods = [recommended_method(store, backbone) for backbone in backbones]
    sources = choices.get("sources")
    if sources:
        methods = [replace(method, sources=sources) for method in methods]
    for name in ("pooling", "metric", "rerank", "ranker"):
        values = choices.get(name) or ()
        # mypy cannot tell which field a name stands for.
        combined = [replace(m, **{name: v}) for m in methods for v in values]  # type: ignore[arg-type]
        methods = combined or methods
    for method in methods:
        store.descriptor_column(method.backbone, method.pooling)
    return methods
