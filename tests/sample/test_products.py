"""Which products there are: unique, independent of the count, a third and more near-twins."""

from collections import Counter, defaultdict
from collections.abc import Callable

import numpy as np
import pytest

from beautyfinder.sample.brands import BRANDS
from beautyfinder.sample.catalogue import query_products
from beautyfinder.sample.look import make_look
from beautyfinder.sample.packs import DRAWINGS
from beautyfinder.sample.products import KINDS, Product, make_product
from beautyfinder.sample.studio import draw_catalogue_picture

SEED = 2018


@pytest.fixture(scope="module")
def shop() -> list[Product]:
    return [make_product(index, SEED) for index in range(126)]


def families(entries: list[Product]) -> dict[str, list[Product]]:
    groups: dict[str, list[Product]] = defaultdict(list)
    for entry in entries:
        groups[entry.family].append(entry)
    return groups


def test_ids_and_titles_of_many_products_are_unique() -> None:
    many = [make_product(index, SEED) for index in range(1200)]
    assert len({entry.product_id for entry in many}) == len(many)
    assert max(Counter(entry.title for entry in many).values()) == 1
    assert all(entry.product_id.replace("-", "").isalnum() for entry in many)


def test_the_default_shop_shows_every_kind_and_dozens_of_brands(shop: list[Product]) -> None:
    assert {entry.kind for entry in shop} == set(KINDS) == set(DRAWINGS)
    assert len({entry.brand.name for entry in shop}) >= 48
    assert len({brand.name for brand in BRANDS}) == len(BRANDS) >= 48


def test_a_third_and_more_are_near_twins_along_three_axes(shop: list[Product]) -> None:
    groups = [group for group in families(shop).values() if len(group) > 1]
    assert sum(map(len, groups)) >= len(shop) / 3
    assert {group[0].axis for group in groups} == {"shade", "size", "wording"}
    for group in groups:
        assert len({(e.kind, e.brand.name, e.line, e.type, e.axis) for e in group}) == 1
        assert len({make_look(e) for e in group}) == 1
        varied: dict[str, Callable[[Product], str]] = {
            "shade": lambda e: e.shade_name,
            "size": lambda e: e.amount,
            "wording": lambda e: e.wording,
        }
        for axis, value in varied.items():
            values = {value(entry) for entry in group}
            assert len(values) == (len(group) if axis == group[0].axis else 1)


@pytest.mark.parametrize("axis", ["shade", "size", "wording"])
def test_near_twins_differ_in_the_picture_but_little(shop: list[Product], axis: str) -> None:
    group = next(g for g in families(shop).values() if len(g) > 1 and g[0].axis == axis)
    first, second = (draw_catalogue_picture(entry).astype(int) for entry in group[:2])
    assert first.shape == second.shape or axis == "size"
    if first.shape == second.shape:
        changed = float((np.abs(first - second).max(axis=2) > 24).mean())
        least, most = {"shade": (0.01, 0.4), "size": (0.005, 0.5), "wording": (0.0005, 0.05)}[axis]
        assert least < changed < most


def test_every_kind_is_drawn_on_a_quiet_background(shop: list[Product]) -> None:
    seen: set[str] = set()
    for entry in shop:
        if entry.kind in seen:
            continue
        seen.add(entry.kind)
        picture = draw_catalogue_picture(entry)
        assert picture.dtype == np.uint8
        height, width = picture.shape[:2]
        middle = picture[height // 4 : -height // 4, width // 4 : -width // 4]
        assert middle.std() > 12, entry.product_id
        assert picture[:4, :4].mean() > 80, entry.product_id


def test_queries_are_spread_over_kinds_and_include_near_twins(shop: list[Product]) -> None:
    chosen = query_products(shop, 24, SEED)
    assert len(set(chosen)) == 24
    assert len({shop[index].kind for index in chosen}) == len(KINDS)
    twins = sum(1 for index in chosen if shop[index].axis)
    assert 8 <= twins < 24
    assert query_products(shop[:3], 7, SEED)[3:6] == query_products(shop[:3], 7, SEED)[:3]
