"""The search by words: scores worked out by hand, misread letters, rows added and removed."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from beautyfinder.errors import Cancelled, UserError
from beautyfinder.features.text import Word, pack_words
from beautyfinder.search import words as module
from beautyfinder.search.tokens import grams, tokens
from beautyfinder.search.words import WordsIndex
from beautyfinder.store.derived import derived_state
from beautyfinder.store.rows import to_table
from beautyfinder.store.store import DERIVED, FeatureStore

PRIOR = 6.0

Texts = Sequence[str | tuple[str, float]]
Row = tuple[Texts | None, str, str, str]  # on the pack; title, brand, description
MakeShop = Callable[..., FeatureStore]


def seen(*texts: str | tuple[str, float], height: float = 10) -> list[Word]:
    """Words of one height, one below the other."""
    found = []
    for number, text in enumerate(texts):
        named, confidence = (text, 1.0) if isinstance(text, str) else text
        y = 20.0 * number
        box = np.array([[0, y], [60, y], [60, y + height], [0, y + height]], np.float32)
        found.append(Word(named, confidence, box))
    return found


@pytest.fixture
def shop(tmp_path: Path) -> MakeShop:
    """Makes a store of rows (words on the pack or None, title, brand, description), or appends."""

    def make(rows: Sequence[Row], name: str = "store") -> FeatureStore:
        store = FeatureStore.open_or_create(tmp_path / name)
        table = [
            {
                "image_id": f"{number}.jpg",
                "product_id": str(number),
                "path": f"/{number}.jpg",
                "source": "/",
                "title": title,
                "brand": brand,
                "description": description,
                "words": None if texts is None else pack_words(seen(*texts)),
                "filled": "" if texts is None else "words",
            }
            for number, (texts, title, brand, description) in enumerate(rows, len(store))
        ]
        store.append(to_table(table, store.schema(), store.schema().names))
        return FeatureStore.open(store.folder)

    return make


def pack(*texts: str | tuple[str, float]) -> Row:
    return texts, "", "", ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Crème BRÛLÉE, 5%", ["creme", "brulee"]),
        ("Straße Ørsted ÆØÅ Tropıcana", ["strasse", "orsted", "aeoa", "tropicana"]),
        ("orange&red 250ml no_5 a B", ["orange", "red", "250ml", "no"]),
        ("１００ ﬁne", ["100", "fine"]),
        ("保湿Cream水 ガーゼ", ["保湿", "cream", "ガーゼ"]),
        ("비타민 C", ["비타민"]),
        ("--- ! 水", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_grams_are_trigrams_with_ends_and_pairs_of_wide_characters() -> None:
    def number(*characters: str) -> int:
        value = 0
        for character in "".join(characters):
            value = value * 2**21 + ord(character)
        return value

    assert grams("soya") == {number(g) for g in (" so", "soy", "oya", "ya ")}
    assert grams("aaaa") == {number(g) for g in (" aa", "aaa", "aa ")}
    assert grams("保湿霜") == {number("保湿"), number("湿霜")}
    assert max(grams("\U00020000\U0010ffff\U0010ffff"[1:])) < 2**63


def test_scores_are_those_worked_out_by_hand(shop: MakeShop) -> None:
    # Trigrams of "soya": " so soy oya ya "; of "soap": " so soa oap ap ".
    store = shop([pack("SOYA", "soya"), pack(("soap", 0.8)), pack("milk"), pack()])
    rare, shared = math.log(5 / 1.5) / math.log(5), math.log(5 / 2.5) / math.log(5)
    index = WordsIndex(store)
    scores = index.scores(seen("soya"))
    whole = 3 * rare + shared
    confidence = round(255 * 0.8) / 255
    expected = [
        whole / math.sqrt(whole + PRIOR),
        shared * confidence / math.sqrt(whole * confidence + PRIOR),
        0,
        0,
    ]
    np.testing.assert_allclose(scores.pack, expected, rtol=1e-5)
    assert scores.pack.dtype == np.float32
    assert not scores.text.any()
    # Read less surely, it counts less; read twice, or in capitals, it does not count twice.
    doubtful = index.scores(seen(("soya", 0.5), ("Soya", 0.25)))
    np.testing.assert_allclose(doubtful.pack, np.array(expected) / 2, rtol=1e-5)
    # A quarter of the height: half the weight. The order of words makes no difference.
    large, small = seen("milk"), seen("soya", height=2.5)
    np.testing.assert_allclose(
        index.scores(large + small).pack[:2], np.array(expected[:2]) / 2, rtol=1e-5
    )
    np.testing.assert_array_equal(
        index.scores(small + large).pack, index.scores(large + small).pack
    )


def test_fields_are_scored_apart_and_a_description_counts_less(shop: MakeShop) -> None:
    store = shop(
        [
            (None, "Velvet Shampoo", "", ""),
            (("velvet",), "", "", ""),
            ((), "Soap", "Velvet", ""),
            ((), "", "", "A soap that feels like velvet"),
        ]
    )
    scores = WordsIndex(store).scores(seen("VELVET"))
    assert np.flatnonzero(scores.pack).tolist() == [1]
    assert np.flatnonzero(scores.text).tolist() == [0, 2, 3]
    assert scores.text[3] < 0.5 * min(scores.text[0], scores.text[2])
    np.testing.assert_allclose(scores.combined(), np.hypot(scores.pack, scores.text))


def test_rare_words_and_a_misread_letter(shop: MakeShop) -> None:
    common = [pack("shampoo", f"scent{n}x") for n in range(20)]
    store = shop([*common, pack("shampoo", "mandarin"), pack("mangrove")])
    index = WordsIndex(store)
    ranked = index.rank(seen("SHAMPOO", "MANDAKIN", "unrelated"), 5)
    assert ranked.offsets[0] == 20
    assert ranked.scores[0] > 1.3 * ranked.scores[1]
    assert ranked.offsets.dtype == np.int64
    assert len(ranked.offsets) == len(ranked.scores) == 5
    # The word that one picture alone has says more than the one on nearly every pack.
    rare, everywhere = index.scores(seen("mandarin")).pack, index.scores(seen("shampoo")).pack
    assert rare[20] > 2 * everywhere[20]
    # Only such as agree are ranked.
    assert len(index.rank(seen("mandarin"), 100).offsets) == 2
    assert len(index.rank(seen("zzzz"), 100).offsets) == 0
    assert len(index.rank([], 100).offsets) == 0


def test_words_of_wide_characters(shop: MakeShop) -> None:
    store = shop([pack("保湿润肤露"), pack("洗发水"), pack("保湿 hand cream")])
    assert WordsIndex(store).rank(seen("润肤露"), 3).offsets.tolist() == [0]
    assert set(WordsIndex(store).rank(seen("保湿"), 3).offsets.tolist()) == {0, 2}


def test_found_names_the_words_that_agree_as_they_were_read(shop: MakeShop) -> None:
    store = shop([(("God", "MANDARIN"), "Crème de Nuit", "Áurea", "with rose oil"), pack()])
    index = WordsIndex(store)
    query = seen("MANDAKIN: 100%", "rose,", "Rose CREME", "nightly", "god", "(aurea)")
    assert index.found(query, [0]) == [("MANDAKIN", "rose", "CREME", "god", "aurea")]
    assert index.found(query, [1]) == [()]
    assert index.found([], [0]) == [()]


def test_found_leaves_out_what_is_on_every_other_pack(shop: MakeShop) -> None:
    store = shop([pack("with", "water", f"name{n}") for n in range(9)] + [pack("lotus")])
    index = WordsIndex(store)
    assert index.found(seen("with", "water", "name3"), [3]) == [("name3",)]


def test_an_empty_store_and_one_without_words(shop: MakeShop) -> None:
    for store in (shop([], "empty"), shop([(None, "", "", "")], "silent")):
        index = WordsIndex(store)
        assert len(index) == len(store)
        assert index.scores(seen("soya")).combined().shape == (len(store),)
        assert len(index.rank(seen("soya"), 10).offsets) == 0


ROWS: list[Row] = [
    (("velvet", f"scent {word}"), f"Shampoo {word}", "Velvet", f"smells of {word}")
    for word in ("mandarin", "lavender", "vanilla", "orange", "almond", "lemon")
]


def test_two_commits_equal_one_and_removing_equals_never_adding(shop: MakeShop) -> None:
    shop(ROWS[:3], "parts")
    parts, whole, fewer = shop(ROWS[3:], "parts"), shop(ROWS, "whole"), shop(ROWS[:-1], "fewer")
    queries = [seen("VELVET", "LAVENOER"), seen("almond")]
    for query in queries:
        a, b = WordsIndex(parts).scores(query), WordsIndex(whole).scores(query)
        np.testing.assert_array_equal(a.pack, b.pack)
        np.testing.assert_array_equal(a.text, b.text)
    with whole.locked():
        whole.delete(["5.jpg"])
    shrunk = FeatureStore.open(whole.folder)
    for query in queries:
        a, b = WordsIndex(shrunk).scores(query), WordsIndex(fewer).scores(query)
        np.testing.assert_array_equal(a.pack, b.pack)
        np.testing.assert_array_equal(a.text, b.text)


def test_a_large_catalogue_keeps_the_index_and_renews_it(
    shop: MakeShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = seen("VELVET", "LAVENOER")
    built = WordsIndex(shop(ROWS)).scores(query)
    monkeypatch.setattr(module, "_KEPT_FROM", 1)
    monkeypatch.setattr(module, "_ROWS_AT_A_TIME", 4)
    store = shop([])
    for _ in range(2):  # made, then loaded
        kept = WordsIndex(store).scores(query)
        np.testing.assert_array_equal(kept.pack, built.pack)
        np.testing.assert_array_equal(kept.text, built.text)
    name = "words.bin"
    assert derived_state(store, name) == "fresh"
    with monkeypatch.context() as patch:
        patch.setattr(module, "_build", None)
        WordsIndex(store)
    # Torn: noticed and built anew, never answered from.
    file = store.folder / DERIVED / name
    content = bytearray(file.read_bytes())
    content[-3] ^= 0xFF
    file.write_bytes(content)
    np.testing.assert_array_equal(WordsIndex(store).scores(query).pack, built.pack)
    more = shop([pack("lavender water")])
    assert derived_state(more, name) == "stale"
    assert len(WordsIndex(more).scores(query).pack) == len(ROWS) + 1
    assert WordsIndex(more).rank(seen("water"), 1).offsets.tolist() == [len(ROWS)]


def test_in_a_large_catalogue_only_the_words_that_agree_most_are_followed(
    shop: MakeShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    common = [pack("shamrock", "champion", f"number{n}") for n in range(30)]
    index = WordsIndex(shop([*common, pack("shampoo", "mandarin")]))
    query = seen("shampoo", "mandarin")
    everything = index.rank(query, 99)
    assert len(everything.offsets) == 31
    monkeypatch.setattr(module, "_MOST_POSTINGS", 10)
    most = index.rank(query, 99)
    assert most.offsets.tolist() == [30]
    assert most.scores[0] == pytest.approx(everything.scores[0], rel=1e-5)


@pytest.mark.parametrize("kept_from", [1, 5_000])
def test_building_tells_how_far_it_is_and_can_be_stopped(
    shop: MakeShop, monkeypatch: pytest.MonkeyPatch, kept_from: int
) -> None:
    monkeypatch.setattr(module, "_KEPT_FROM", kept_from)
    monkeypatch.setattr(module, "_ROWS_BETWEEN_LOOKS", 2)
    store = shop(ROWS)
    told: list[tuple[int, int]] = []
    with pytest.raises(Cancelled):
        WordsIndex(store, lambda *state: told.append(state), lambda: len(told) > 1)
    assert told == [(0, len(ROWS)), (2, len(ROWS))]
    assert derived_state(store, "words.bin") == "missing"
    assert not list(store.folder.rglob("*.part"))
    assert len(WordsIndex(store)) == len(ROWS)


def test_a_damaged_store_is_one_sentence(shop: MakeShop) -> None:
    store = shop(ROWS)
    for file in (store.folder / "catalogue.lance" / "data").iterdir():
        file.write_bytes(b"torn")
    with pytest.raises(UserError, match="damaged"):
        WordsIndex(FeatureStore.open(store.folder))
