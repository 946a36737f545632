"""Words on the pack, the whole catalogue: fuzzy search by character trigrams weighted by rarity."""

from __future__ import annotations

import json
import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from beautyfinder.errors import Cancelled, UserError
from beautyfinder.features.text import Word, unpack_texts
from beautyfinder.search.candidates import Candidates, best
from beautyfinder.search.local_index_files import Progress, ShouldStop, never, silent
from beautyfinder.search.tokens import grams, tokens
from beautyfinder.search.workers import workers
from beautyfinder.store.derived import derived_file
from beautyfinder.store.store import FeatureStore

# Up to here the index is built faster than a file of it is checked.
_KEPT_FROM = 5_000
_ROWS_AT_A_TIME = 16_384
_ROWS_BETWEEN_LOOKS = 500  # at `should_stop`
_NAME = "words.bin"
_MAGIC = b"BFWORDS1"

# A title tells the product; of a description only here and there a word stands on the pack.
_DESCRIPTION_WEIGHT = 0.2
# Of the share of a picture's own words that a photo confirms: how many rare trigrams a picture is
# thought to have besides, so that one short word, confirmed, is not a certainty.
_PRIOR_GRAMS = 6.0
# Postings that a query adds up for each field at the most: some 20 ms.
_MOST_POSTINGS = 1_000_000
_LEVELS = 1_000  # of what a word adds, in which words are told apart for that

# Of two words that a person would call the same but for a misread letter.
_SAME_WORD = 0.5
_TELLING = 0.25  # rarity of a word that is worth naming as found


@dataclass(frozen=True, eq=False)
class WordScores:
    """How far the words of a query agree with each picture; float32 (N,), N rows of the store.

    pack: with the words read off the catalogue picture; text: with title, brand and description.
    Each is sqrt(matched * share): `matched`, the number of trigrams found again, each counting by
    its rarity, 0 (in every picture) to 1 (in one alone), and by how surely and how large it was
    read; `share`, the part of the picture's own trigrams that this is. Zero where nothing agrees.
    Rarity is relative to the size of the catalogue, so that scores of different queries and
    catalogues mean about the same.
    """

    pack: NDArray[np.float32]
    text: NDArray[np.float32]

    def combined(self) -> NDArray[np.float32]:
        """Both fields as one score, float32 (N,): what each matched and confirmed, added."""
        return np.hypot(self.pack, self.text)


class WordsIndex:
    """The words of every picture of one version of a store; safe to use from several threads.

    Two inverted files for each field: trigram -> words, word -> pictures. That of a large
    catalogue is kept beside the store, built anew when the store has moved on.
    """

    def __init__(
        self, store: FeatureStore, progress: Progress = silent, should_stop: ShouldStop = never
    ) -> None:
        """`progress(done, total)`: pictures taken in, where the index is built.

        Raises UserError when the store is damaged or its folder cannot be written, Cancelled when
        `should_stop` says so.
        """
        self._store = store

        def build() -> tuple[_Field, _Field]:
            return _build(store, progress, should_stop)

        if len(store) < _KEPT_FROM:
            self._pack, self._text = build()
        else:
            instead = "search without the source `words`"
            path = derived_file(store, _NAME, lambda target: _save(target, build()), instead)
            self._pack, self._text = _load(path)

    def __len__(self) -> int:
        return len(self._pack.row_totals)

    def scores(self, words: Sequence[Word]) -> WordScores:
        """Of the `words` read on a query, for every row of the store."""
        weights = _gram_weights(words)
        return WordScores(*workers().map(lambda f: f.scores(weights), (self._pack, self._text)))

    def rank(self, words: Sequence[Word], count: int) -> Candidates:
        """The `count` pictures that agree best, both fields together; only such as agree."""
        return best(self.scores(words).combined(), count)

    def found(self, words: Sequence[Word], offsets: Sequence[int]) -> list[tuple[str, ...]]:
        """The words of a query, as read, that each of the pictures at `offsets` has on its pack or
        in its texts, but for a misread letter; each once. What every third picture has is left out.
        """
        asked = [
            (token, piece.strip(".,;:!?()[]{}<>«»\"'*-–—|/"), read)
            for word in words
            for piece in word.text.split()
            for token in tokens(piece)
            if self._rarity_of(read := grams(token)) >= _TELLING
        ]
        found = []
        for row in self._store.table(["words", *_TEXTS], offsets).to_pylist():
            own = {
                token
                for text, _ in (*_pack_texts(row), *_catalogue_texts(row))
                for token in tokens(text)
            }
            like = _Likeness(own)
            named: dict[str, str] = {}
            for token, piece, read in asked:
                if token not in named and like.best(read) >= _SAME_WORD:
                    named[token] = piece
            found.append(tuple(dict.fromkeys(named.values())))
        return found

    def _rarity_of(self, read: set[int]) -> float:
        """How rare a word's trigrams are, 0 to 1, in the field where they are the commoner."""
        return min(field.rarity_of(read) for field in (self._pack, self._text))


class _Likeness:
    """The words of one picture, by their trigrams: only those that share one are compared."""

    def __init__(self, own: Iterable[str]) -> None:
        self._sizes: list[int] = []
        self._holders: dict[int, list[int]] = {}
        for number, token in enumerate(own):
            held = grams(token)
            self._sizes.append(len(held))
            for gram in held:
                self._holders.setdefault(gram, []).append(number)

    def best(self, read: set[int]) -> float:
        """The greatest Dice coefficient, 0 to 1, of `read` with the trigrams of any word."""
        shared = Counter(number for gram in read for number in self._holders.get(gram, ()))
        return max(
            (2 * count / (len(read) + self._sizes[number]) for number, count in shared.items()),
            default=0.0,
        )


def _gram_weights(words: Sequence[Word]) -> dict[int, float]:
    """The trigrams of a query's words; what is read several times counts once, at its best.

    Weighed by the reader's confidence, and by the height of the letters: what was photographed is
    larger than what stands around it. The root, since small print tells products apart as well.
    """
    if not words:
        return {}
    corners = np.stack([word.box for word in words])
    edges = np.linalg.norm(np.roll(corners, -1, axis=1) - corners, axis=2)  # (words, 4)
    heights = np.minimum(edges[:, 0] + edges[:, 2], edges[:, 1] + edges[:, 3])
    highest = float(heights.max())
    sizes = np.sqrt(heights / highest) if highest > 0 else np.ones(len(words))
    weights: dict[int, float] = {}
    for word, size in zip(words, sizes.tolist(), strict=True):
        weight = size * word.confidence
        for token in tokens(word.text):
            for gram in grams(token):
                weights[gram] = max(weights.get(gram, 0.0), weight)
    return weights


@dataclass(frozen=True, eq=False)
class _Field:
    """One field of every picture. G trigrams, V words, N rows; the *_starts are those of CSR.

    rarity: 0 to 1. gram_words: the words that hold each trigram. word_rows: the pictures that
    hold each word, and row_weights, 0 to 255, how surely. word_totals, row_totals: what a word and
    a picture would match with themselves.
    """

    grams: NDArray[np.uint64]  # (G,), in order
    rarity: NDArray[np.float32]  # (G,)
    gram_starts: NDArray[np.int64]  # (G + 1,)
    gram_words: NDArray[np.uint32]
    word_starts: NDArray[np.int64]  # (V + 1,)
    word_rows: NDArray[np.uint32]
    row_weights: NDArray[np.uint8]
    word_totals: NDArray[np.float32]  # (V,)
    row_totals: NDArray[np.float32]  # (N,)

    @cached_property
    def _divisors(self) -> NDArray[np.float32]:
        return np.asarray(np.sqrt(self.row_totals + _PRIOR_GRAMS))

    def rarity_of(self, read: set[int]) -> float:
        """The mean rarity of trigrams, 0 to 1; those that no picture has are as rare as can be."""
        if not read or not len(self.grams):
            return 1.0
        asked = np.fromiter(read, np.uint64, len(read))
        place = np.searchsorted(self.grams, asked).clip(max=len(self.grams) - 1)
        return float(np.where(self.grams[place] == asked, self.rarity[place], 1.0).mean())

    def scores(self, weights: Mapping[int, float]) -> NDArray[np.float32]:
        """float32 (N,): sqrt(matched * share) of each row, see WordScores."""
        rows = len(self.row_totals)
        if not weights or not len(self.grams):
            return np.zeros(rows, np.float32)
        asked = np.fromiter(weights, np.uint64, len(weights))
        told = np.fromiter(weights.values(), np.float64, len(weights))
        place = np.searchsorted(self.grams, asked).clip(max=len(self.grams) - 1)
        there = self.grams[place] == asked
        place = place[there]
        words, of_gram = _expand(self.gram_starts, place, self.gram_words)
        worth = told[there] * self.rarity[place]
        by_word = np.bincount(words, worth[of_gram], minlength=len(self.word_starts) - 1)
        hit = self._worth_following(by_word)
        found, of_word = _expand(self.word_starts, hit, self.word_rows)
        sure, _ = _expand(self.word_starts, hit, self.row_weights)
        matched = np.bincount(found, by_word[hit][of_word] * sure, minlength=rows) / 255
        return np.asarray(matched / self._divisors, np.float32)

    def _worth_following(self, by_word: NDArray[Any]) -> NDArray[np.int64]:
        """The words that agree at all; when they are in too many pictures, those that add most.

        In a large catalogue nearly every picture has a word that shares a trigram with any other,
        and the words that are everywhere tell next to nothing.
        """
        hit = np.flatnonzero(by_word)
        lengths = self.word_starts[hit + 1] - self.word_starts[hit]
        if int(lengths.sum()) <= _MOST_POSTINGS:
            return hit
        level = (by_word[hit] * ((_LEVELS - 1) / by_word.max())).astype(np.int64)
        postings = np.bincount(level, lengths, minlength=_LEVELS)
        fitting = np.cumsum(postings[::-1])[::-1] <= _MOST_POSTINGS
        least = int(np.argmax(fitting)) if fitting.any() else _LEVELS - 1
        return np.asarray(hit[level >= least], np.int64)


def _expand(
    starts: NDArray[np.int64], chosen: NDArray[np.int64], values: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """The CSR lists of `chosen`, one after the other, and which of `chosen` each is of."""
    lengths = starts[chosen + 1] - starts[chosen]
    of = np.repeat(np.arange(len(chosen)), lengths)
    before = np.cumsum(lengths) - lengths
    at = np.arange(len(of)) + (starts[chosen] - before)[of]
    return values[at], of


# Building

_TEXTS = ("title", "brand", "description")


def _pack_texts(row: Mapping[str, Any]) -> list[tuple[str, float]]:
    return unpack_texts(row["words"]) if row["words"] else []


def _catalogue_texts(row: Mapping[str, Any]) -> list[tuple[str, float]]:
    weights = (1.0, 1.0, _DESCRIPTION_WEIGHT)
    return [(row[n], w) for n, w in zip(_TEXTS, weights, strict=True) if row[n]]


def _build(
    store: FeatureStore, progress: Progress, should_stop: ShouldStop
) -> tuple[_Field, _Field]:
    pack, text = _Gathering(), _Gathering()
    total = len(store)
    for done, row in enumerate(_rows(store)):
        if done % _ROWS_BETWEEN_LOOKS == 0:
            progress(done, total)
            if should_stop():
                raise Cancelled("Stopped before the index of words was built.")
        pack.add(_pack_texts(row))
        text.add(_catalogue_texts(row))
    return pack.field(), text.field()


def _rows(store: FeatureStore) -> Iterator[dict[str, Any]]:
    total = len(store)
    for start in range(0, total, _ROWS_AT_A_TIME):
        offsets = range(start, min(start + _ROWS_AT_A_TIME, total))
        table: pa.Table = store.table(["words", *_TEXTS], offsets)
        yield from table.to_pylist()


class _Gathering:
    """Takes in a field row by row; each different word is kept once."""

    def __init__(self) -> None:
        self._vocabulary: dict[str, int] = {}
        self._words = array("I")  # of every row, one after the other
        self._weights = array("B")
        self._lengths = array("I")

    def add(self, texts: Iterable[tuple[str, float]]) -> None:
        """A row's texts and their weights, 0 to 1; a word that comes again counts once."""
        own: dict[int, float] = {}
        vocabulary = self._vocabulary
        for text, weight in texts:
            for token in tokens(text):
                word = vocabulary.setdefault(token, len(vocabulary))
                own[word] = max(own.get(word, 0.0), weight)
        self._words.extend(own)
        self._weights.extend(max(1, round(255 * min(1.0, weight))) for weight in own.values())
        self._lengths.append(len(own))

    def field(self) -> _Field:
        words = np.array(self._words, np.uint32)
        weights = np.array(self._weights, np.uint8)
        lengths = np.array(self._lengths, np.int64)
        rows = np.repeat(np.arange(len(lengths), dtype=np.uint32), lengths)
        order = np.argsort(words, kind="stable")
        frequency = np.bincount(words, minlength=len(self._vocabulary))

        sets = [grams(token) for token in self._vocabulary]
        sizes = np.array([len(s) for s in sets], np.int64)
        flat = np.fromiter((g for s in sets for g in s), np.uint64, int(sizes.sum()))
        keys, gram_of = np.unique(flat, return_inverse=True)
        word_of = np.repeat(np.arange(len(sets)), sizes)
        # Counted by words, not by pictures: one that has two words with the same trigram counts
        # twice. To know better would cost several times the memory.
        held = np.bincount(gram_of, frequency[word_of], minlength=len(keys))
        rarity = _rarity(held, len(lengths))
        by_gram = np.argsort(gram_of, kind="stable")
        word_totals = np.bincount(word_of, rarity[gram_of], minlength=len(sets))
        row_totals = np.bincount(rows, word_totals[words] * weights / 255, minlength=len(lengths))
        return _Field(
            grams=keys,
            rarity=rarity.astype(np.float32),
            gram_starts=_starts(np.bincount(gram_of, minlength=len(keys))),
            gram_words=word_of[by_gram].astype(np.uint32),
            word_starts=_starts(frequency),
            word_rows=rows[order],
            row_weights=weights[order],
            word_totals=word_totals.astype(np.float32),
            row_totals=row_totals.astype(np.float32),
        )


def _rarity(held: NDArray[Any], rows: int) -> NDArray[np.float64]:
    """log((N + 1) / (n + ½)) / log(N + 1), not below 0: about 1 for what one picture has."""
    if rows == 0:
        return np.zeros(len(held))
    return np.clip(np.log((rows + 1) / (held + 0.5)) / math.log(rows + 1), 0, 1)


def _starts(lengths: NDArray[Any]) -> NDArray[np.int64]:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)])


# The derived file: magic, length of a JSON list of (dtype, length), that list, the arrays.


def _save(target: Path, both: tuple[_Field, _Field]) -> None:
    arrays = [getattr(field, f.name) for field in both for f in fields(_Field)]
    head = json.dumps([(a.dtype.str, len(a)) for a in arrays]).encode()
    with target.open("wb") as file:
        file.write(_MAGIC + len(head).to_bytes(8, "little") + head)
        for values in arrays:
            file.write(bytes(-file.tell() % 8))
            file.write(np.ascontiguousarray(values).tobytes())


def _load(path: Path) -> tuple[_Field, _Field]:
    """`derived_file` vouches for the content by its SHA-256."""
    try:
        # Not mapped: Windows lets nobody replace a file that is, and all of it is used anyway.
        data = np.fromfile(path, np.uint8)
    except OSError as error:
        raise UserError(f"{path} cannot be read ({error.strerror or error}).") from error
    start = len(_MAGIC) + 8
    head = int.from_bytes(data[len(_MAGIC) : start].tobytes(), "little")
    arrays = []
    at = start + head
    for kind, length in json.loads(data[start:at].tobytes()):
        at += -at % 8
        end = at + np.dtype(kind).itemsize * length
        arrays.append(data[at:end].view(kind))
        at = end
    half = len(fields(_Field))
    return _Field(*arrays[:half]), _Field(*arrays[half:])
