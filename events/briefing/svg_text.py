"""Text in SVG: escaped, in the briefing's typeface, and how wide it will be.

Widths are those of Libertinus Serif in hundredths of an em, measured with Typst; letters that are not in the table are
taken to be as wide as an average one. Labels are laid out by them, with a little room to spare.
"""

from __future__ import annotations

import unicodedata
from html import escape

from events.briefing.scripts import legible
from events.briefing.typefaces import is_joined, outlined

FAMILIES = "'Libertinus Serif','Noto Naskh Arabic',serif"
_REGULAR = """
25 29 34 46 46 64 70 19 30 30 37 55 22 34 22 32 46 46 46 46 46 46 46 46 46 46 24 24 55 55 55 44 90 70 59 65 70 56 48 68 73
30 32 64 53 84 70 70 54 70 59 48 60 66 65 95 66 58 60 36 29 36 52 49 39 46 49 43 51 45 31 50 54 27 27 51 26 79 54 50 52 50
37 39 32 53 50 75 49 52 42 28 20 28 45
"""
WIDTHS = {chr(32 + at): int(width) / 100 for at, width in enumerate(_REGULAR.split())}
SEMIBOLD = 1.04  # as wide as regular
OTHER = {"L": 0.56, "W": 1.0}  # letters of other scripts, and wide ones


def width(text: str, size: float, *, semibold: bool = False, tracking: float = 0.0) -> float:
    """How wide a line of text is, in the unit of its size. tracking: what is added after each letter.

    >>> round(width("Moscow", 16)), round(width("МОСКВА", 16))
    (55, 54)
    """
    if is_joined(text):
        return outlined(legible(text), 600 if semibold else 400)[1] * size / 100
    plain = (unicodedata.normalize("NFD", letter)[0] for letter in text if not unicodedata.combining(letter))
    ems = sum(
        WIDTHS.get(letter) or OTHER["W" if unicodedata.east_asian_width(letter) == "W" else "L"] for letter in plain
    )
    return ems * size * (SEMIBOLD if semibold else 1.0) + tracking * len(text)


def text(
    said: str, x: float, y: float, size: float, colour: str, *, weight: int = 400, italic: bool = False,
    anchor: str = "start", tracking: float = 0.0, halo: str = "", halo_width: float = 3.0,
) -> str:  # fmt: skip
    """A line of text as an SVG element with its baseline at y. halo: the colour of what surrounds it; "" for none."""
    if is_joined(said):
        return _outlines(said, x, y, size, colour, weight, anchor, halo, halo_width)
    styles = [f'font-weight="{weight}"'] if weight != 400 else []
    styles += ['font-style="italic"'] if italic else []
    styles += [f'text-anchor="{anchor}"'] if anchor != "start" else []
    styles += [f'letter-spacing="{tracking:g}"'] if tracking else []
    if halo:
        styles.append(
            f'stroke="{halo}" stroke-opacity=".9" stroke-width="{halo_width:g}" stroke-linejoin="round" paint-order="stroke"'
        )
    shown = escape(legible(said), quote=True)
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{colour}" {" ".join(styles)}>{shown}</text>'


def _outlines(
    said: str, x: float, y: float, size: float, colour: str, weight: int, anchor: str, halo: str, halo_width: float
) -> str:  # fmt: skip
    """Words that Typst has shaped, as outlines."""
    drawn, wide = outlined(legible(said), weight)
    scale = size / 100
    left = x - wide * scale * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
    place = f'transform="translate({left:.1f} {y - size:.1f}) scale({scale:.4f})"'
    around = f'stroke="{halo}" stroke-opacity=".9" stroke-width="{halo_width / scale:.1f}" fill="{halo}"'
    below = f"<g {around}>{drawn}</g>" if halo else ""
    return f'<g {place} role="img" aria-label="{escape(legible(said), quote=True)}">{below}<g fill="{colour}">{drawn}</g></g>'
