"""Names as keys: spellings that differ only in case, accents, apostrophes or hyphens fold to one.

For the gazetteer and everybody who looks names up in it. Decomposition is Unicode's NFKD; the few Latin letters that it
leaves whole (ł, ø, ß …) are in a table of ours. It does not transliterate other scripts.
"""

from __future__ import annotations

import re
import unicodedata

_WHOLE_LETTERS = str.maketrans({
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "ʻ": "'", "ʿ": "'", "ʾ": "'", "–": "-", "—": "-", "‐": "-", "‑": "-",
    "ı": "i", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe",
    "Œ": "oe", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ə": "a", "Ə": "a", "ħ": "h", "Ħ": "h",
})  # fmt: skip
_SPACES = re.compile(r"\s+")
_LATIN = re.compile("[\u0000-\u024f\u1e00-\u1eff’‘–—ʼʻʿʾ]*")


def fold(name: str) -> str:
    """The key of a name.

    >>> fold("Deir al-Balah"), fold("Côte d’Ivoire"), fold("U.S."), fold("Łódź")
    ('deir al balah', 'cote divoire', 'u.s', 'lodz')
    """
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", name.translate(_WHOLE_LETTERS))
        name = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    name = name.lower().replace("'", "").replace("-", " ").replace("`", "")
    return _SPACES.sub(" ", name).strip(" .,;:")


def is_latin(name: str) -> bool:
    """Whether every letter is of a Latin script, so that an English story could have it.

    >>> is_latin("Kyïv"), is_latin("Київ")
    (True, False)
    """
    return name.isascii() or _LATIN.fullmatch(name) is not None
