"""Texts -> the words that are compared, and a word -> the trigrams that it is found by."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

_WIDE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003ffff"
_TOKEN = re.compile(f"[{_WIDE}]+|[^\\W_{_WIDE}]+")
_WIDE_START = re.compile(f"[{_WIDE}]")
_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)
_BITS = 21  # of a Unicode character: three fit into 63


def tokens(text: str) -> list[str]:
    """The words of `text` as they are compared: casefolded, without accents, digits kept.

    Chinese, Japanese and Korean characters keep their marks and make words of their own. Single
    letters are left out: mostly, the reader took a shape for one.
    """
    if text.isascii():
        plain = text.lower()
    else:
        folded = unicodedata.normalize("NFKC", text).casefold()
        parts = unicodedata.normalize("NFD", folded)
        bare = "".join(c for c in parts if not "\u0300" <= c <= "\u036f")
        plain = unicodedata.normalize("NFC", bare).translate(_LETTERS)
    return [token for token in _TOKEN.findall(plain) if len(token) > 1]


def grams(token: str) -> set[int]:
    """The trigrams of a token of `tokens` with its ends, each as one number.

    Of Chinese, Japanese and Korean, which carry more in a character, the pairs of characters.
    """
    if _WIDE_START.match(token):
        return {ord(a) << _BITS | ord(b) for a, b in pairwise(token)}
    codes = [32, *map(ord, token), 32]
    return {
        (a << _BITS | b) << _BITS | c for a, b, c in zip(codes, codes[1:], codes[2:], strict=False)
    }
