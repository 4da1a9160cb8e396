"""Words that a terminal would obey or that turn the reading around, and what of them is left in an output."""

import unicodedata

HOSTILE = (
    "Quake\x1b]0;owned\x07\x1b[2J\x1bP1$r\x1b\\ \x9b31m\x85 \x08\x7f\x00 \u202eniar\u202c \u2066gpj\u2069 \u200e\u200f\u061c"
    " \u2028\u2029 \ufeff \U000e0041 ${HOME} [red]{{7*7}}"
)
_TURNED = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
_MARKS = set("\u200e\u200f\u061c\ufeff")


def obeyed(text):
    """The signs of a text that do more than be shown; ends of lines are no such."""
    return {sign for sign in text if sign != "\n" and is_obeyed(sign)}


def is_obeyed(sign):
    return (
        unicodedata.category(sign) in {"Cc", "Zl", "Zp", "Cs"}
        or unicodedata.bidirectional(sign) in _TURNED
        or sign in _MARKS
        or 0xE0000 <= ord(sign) < 0xE0080
    )
