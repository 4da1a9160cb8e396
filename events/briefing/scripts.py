"""Which letters the briefing's typefaces have, and what stands for those they have not.

Libertinus Serif and what Typst brings beside it have Latin, Greek, Cyrillic, Hebrew, Armenian, Georgian and Devanagari;
Noto Naskh Arabic is fetched at set-up. Typefaces for Chinese, Japanese and Korean weigh tens of megabytes, and those of
a reader's machine would give other bytes on every machine. Typst prints a missing letter as an empty box and says
nothing; here it is said instead what is missing.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from itertools import groupby

NOTE = "Words in brackets stand for letters that this page has no typeface for; the sources have them."
_RANGES = """
0020-034E 0350-04FF 0510-0513 051A-051D 0531-06FF 0750-077F 0870-097F 10D0-10FF 1D00-1DB3 1DB5-2040 2042-2042 2044-2052
2054-211E 2120-2120 2122-2122 2124-2124 2126-2151 2153-2184 2189-2189 2190-23FF 2460-2606 2609-262F 2638-268B 2690-269C
26A0-26A7 2701-2704 2706-2709 270C-2714 2717-2726 2761-277F 2798-27AF 2C60-2CFF FB00-FDFF FE20-FE2F FE70-FEFC FFFD-FFFD
"""
_EDGES = [int(edge, 16) + at for pair in _RANGES.split() for at, edge in enumerate(pair.split("-"))]
EAST_ASIAN = ("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC", "FULLWIDTH", "HALFWIDTH")
KINDS = {"S": "symbol", "P": "sign", "N": "sign", "C": "sign", "Z": "sign"}


def has(letter: str) -> bool:
    """Whether the typefaces have a letter.

    >>> has("я"), has("ن"), has("漢")
    (True, True, False)
    """
    return bisect_right(_EDGES, ord(letter)) % 2 == 1


def legible(text: str) -> str:
    """Text in which runs of letters that the typefaces lack are named and counted.

    >>> legible("Talks in 北京市 end"), legible("東京で会議が。 🔥")
    ('Talks in [Chinese, 3 letters] end', '[Japanese, 7 letters] [1 symbol]')
    """
    if all(has(letter) for letter in text):
        return text
    words = [_legible_word(word) for word in text.split(" ")]
    return " ".join(words)


def is_legible(text: str) -> bool:
    """Whether the typefaces have all letters of a text."""
    return all(has(letter) for letter in text)


def _legible_word(word: str) -> str:
    said = []
    for kind, letters in groupby(word, key=_kind):
        run = "".join(letters)
        kind = "Japanese" if kind == "Chinese" and any("\u3040" <= letter <= "\u30ff" for letter in run) else kind
        said.append(_named(kind, sum(not unicodedata.combining(letter) for letter in run)) if kind else run)
    return "".join(said)


def _kind(letter: str) -> str:
    """What a missing letter belongs to; "" for one that is not missing."""
    if has(letter):
        return ""
    first = unicodedata.name(letter, "UNKNOWN").split(" ")[0]
    if first in EAST_ASIAN or "\u3000" <= letter <= "\u303f":
        return "Chinese"  # or Japanese, which only the whole run tells
    return KINDS.get(unicodedata.category(letter)[0], first.title())


def _named(kind: str, number: int) -> str:
    one = kind if kind in KINDS.values() else "letter"
    counted = f"{number} {one}{'' if number == 1 else 's'}"
    return f"[{counted}]" if one == kind else f"[{kind}, {counted}]"
