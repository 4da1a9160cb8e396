"""The typefaces that briefings are set with, and the outlines of words whose letters join and turn around.

Latin, Greek and Cyrillic stand in pictures as text. Arabic and its like are shaped by Typst into outlines first: other
programs shape them differently or not at all, and PDF/UA wants to know the letters of all text in a picture.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

import typst

from events.briefing.briefing import BriefingError

TYPEFACES = Path(__file__).resolve().parents[2] / "static" / "vendor" / "briefing"
_FILL = re.compile(r'fill="#[0-9a-f]{6}"')
_SIZE = re.compile(r'<svg viewBox="0 0 ([\d.]+) ([\d.]+)"')
_TEMPLATE = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#set text(font: ("Libertinus Serif", "Noto Naskh Arabic"), size: 100pt, weight: int(sys.inputs.weight))
#set text(top-edge: 1em, bottom-edge: 0em)
#sys.inputs.said
"""


@lru_cache(maxsize=1)
def typefaces() -> typst.Fonts:
    """The typefaces in Typst's own wheel, and the Arabic one. Raises BriefingError where set-up has not fetched it."""
    if not any(TYPEFACES.glob("*.ttf")):
        raise BriefingError(f"the typefaces for briefings are not in {TYPEFACES}: run make setup")
    return typst.Fonts(include_system_fonts=False, font_paths=[str(TYPEFACES)])


def is_joined(text: str) -> bool:
    """Whether a text has letters that are written from right to left, or join into others.

    >>> is_joined("Москва"), is_joined("تهران")
    (False, True)
    """
    return any(unicodedata.bidirectional(letter) in {"R", "AL"} or "\u0900" <= letter <= "\u097f" for letter in text)


@lru_cache(maxsize=512)
def outlined(said: str, weight: int) -> tuple[str, float]:
    """The outlines of words as SVG elements, their baseline at y = 100 and an em of 100, and how wide they are."""
    compiler = typst.Compiler(
        font_paths=typefaces(), ignore_system_fonts=True, sys_inputs={"said": said, "weight": str(weight)}
    )
    made = compiler.compile(_TEMPLATE, format="svg")
    drawn = (made[0] if isinstance(made, list) else made or b"").decode()
    size = _SIZE.match(drawn)
    inside = drawn[drawn.index(">") + 1 : drawn.rindex("</svg>")]
    return _FILL.sub("", inside).replace("xlink:href", "href"), float(size[1]) if size else 0.0
