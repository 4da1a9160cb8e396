"""The colours of the page, in the light and in the dark: every tint that page, map, timeline and marks use.

For the page and briefings. Colour is data: five family colours, and all else is ink, paper and grey. The
families were found by search for the greatest least distance under normal sight and three kinds of colour blindness
(least OKLab distance x 100: 11.8 light, 9.8 dark); verbal is the lighter of each pair.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from events.ontology import FAMILIES

WHITE, NEAR_BLACK = "#FFFFFF", "#0E141A"
PAGE_TOKENS = ("page", "rail", "panel", "tint", "mark", "ink", "soft", "faint", "rule")


@dataclass(frozen=True)
class Theme:
    """One set of colours, as CSS writes them.

    `families` has a colour for each family of event types, `numerals` the colour of a number that stands on it.
    `veil` is the panel that lets the map shine through, `halo` what surrounds names on the map.
    """

    name: Literal["light", "dark"]
    page: str
    rail: str
    panel: str
    tint: str
    veil: str
    mark: str
    ink: str
    soft: str
    faint: str
    rule: str
    sea: str
    land: str
    coast: str
    border: str
    graticule: str
    halo: str
    land_names: str
    sea_names: str
    town_names: str
    families: Mapping[str, str]
    numerals: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        numerals = {colour: numeral_colour(colour) for colour in self.families.values()}
        object.__setattr__(self, "numerals", numerals)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours "#RRGGBB", 1 to 21 (WCAG 2.2, relative luminance of sRGB).

    >>> contrast("#FFFFFF", "#000000"), round(contrast("#22303A", "#FFFFFF"), 1)
    (21.0, 13.5)
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def numeral_colour(colour: str) -> str:
    """White or near-black, whichever reads better on a colour.

    >>> numeral_colour("#173965"), numeral_colour("#5EBFDD")
    ('#FFFFFF', '#0E141A')
    """
    return max((WHITE, NEAR_BLACK), key=lambda numeral: contrast(numeral, colour))


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _families(*colours: str) -> dict[str, str]:
    return dict(zip(FAMILIES, colours, strict=True))


LIGHT = Theme(
    name="light", page="#FFFFFF", rail="#FAF8F4", panel="#FFFFFF", tint="#F6F3EC", veil="rgba(255,255,255,.88)",
    mark="#F6E7B8", ink="#22303A", soft="#5C6972", faint="#9AA6AE", rule="#D5DBDF", sea="#DFE9EF", land="#FAF8F4",
    coast="#9FB2BD", border="#C9C2B4", graticule="#CFDDE5", halo="rgba(250,248,244,.9)", land_names="#766D5C",
    sea_names="#4C6877", town_names="#55606A",
    families=_families("#2091B8", "#173965", "#BB7918", "#B3261E", "#58666E"),
)  # fmt: skip

DARK = Theme(
    name="dark", page="#13181C", rail="#171C21", panel="#171C20", tint="#20272D", veil="rgba(23,28,32,.88)",
    mark="#4A4122", ink="#E9E5DB", soft="#A5AFB5", faint="#66727A", rule="#333C42", sea="#18222A", land="#292D2F",
    coast="#546672", border="#454B4E", graticule="#202C35", halo="rgba(32,37,40,.9)", land_names="#A59D8C",
    sea_names="#7F9DAD", town_names="#B5B0A4",
    families=_families("#5EBFDD", "#5F8FDC", "#DAB05F", "#E0695D", "#D3D6D8"),
)  # fmt: skip


def css_tokens() -> str:
    """The page's colours as CSS variables that follow the colour scheme by themselves: --ink, --material-conflict."""
    pairs = {name: (getattr(LIGHT, name), getattr(DARK, name)) for name in PAGE_TOKENS}
    pairs |= {name.replace(" ", "-"): (LIGHT.families[name], DARK.families[name]) for name in FAMILIES}
    return "".join(f"--{name}:light-dark({light},{dark});" for name, (light, dark) in pairs.items())
