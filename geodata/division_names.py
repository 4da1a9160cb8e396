"""The many spellings of a first- or second-level division: "Donetsk Oblast", "Donetsk region", "Donetsk".

Pure functions on names, for the build. English names come first; the generic word ("oblast", "governorate") is taken off
and the ones that English news puts there are put on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from geodata.folding import fold, is_latin
from geodata.place import NameKind

_GENERIC = re.compile(
    r"\b(autonomous|oblast|oblast'|province|region|governorate|prefecture|district|county|department|state of|state|"
    r"municipality|voivodeship|krai|kray|kraj|republic of|republic|respublika|regional|wilayat|canton of|canton|"
    r"division|parish|territory|provincia de|departamento de|departement|estado de|city of)\b",
    re.IGNORECASE,
)
_LISTED = re.compile(r"([^,()]{1,80})\((\w{3})\)")
_OFFICIAL_FORMS = (("oblast", "Oblast"), ("krai", "Krai"), ("kray", "Krai"), ("kraj", "Krai"))
_FORMS = {
    "state": ("state",), "governorate": ("governorate", "province"), "prefecture": ("prefecture",),
    "county": ("county",), "department": ("department", "province"), "canton": ("canton",), "voivodship": ("province",),
    "district": ("district",), "parish": ("parish",), "land": ("state",), "popularate": ("district",),
}  # fmt: skip
_ENGLISH_FIRST = frozenset(
    "UA RU BY CN IR IQ SY YE EG SA LY DE IT ES PL CZ BE CH AT GR LB JO OM".split()
)  # where the first English name is the usual one; elsewhere it may be a nickname
_WORDS = frozenset(
    "central centre center northern southern eastern western north south east west northeast northwest southeast "
    "southwest north-east north-west south-east south-west nord sud est ouest upper lower capital metropolitan littoral "
    "coast coastal plateau plateaux lakes unity delta rivers bay maritime savanes highland mountain oases interior "
    "islands island city town main national federal new old green red white black sea river lake centre-nord "
    "centre-sud centre-est centre-ouest nord-est nord-ouest sud-est sud-ouest".split()
)  # by themselves words and no names


def spellings(row: dict[str, Any], country: str, curated: tuple[str, ...] = ()) -> list[tuple[str, NameKind]]:
    """All names of a row of iso3166-2, the one to show first.

    curated: English names of our own table, which go before the package's.

    >>> [name for name, _ in spellings({"name": "Lvivska oblast", "localOtherName": "Lviv (eng)", "type": "Region"}, "UA")]
    ['Lviv Oblast', 'Lviv', 'Lvivska oblast', 'Lvivska', 'Lviv region', 'Lviv province']
    """
    listed = [(name.strip(), language) for name, language in _LISTED.findall(row.get("localOtherName") or "")]
    english = [name for name, language in listed if language == "eng" and is_latin(name)]
    others = [name for name, language in listed if language != "eng"]
    if country not in _ENGLISH_FIRST:
        english, others = [], [] if country == "US" else [*english, *others]
    official = re.sub(r"\s*\[.*?\]", "", row["name"]).strip()
    found: dict[str, NameKind] = {}

    def add(name: str, kind: NameKind) -> None:
        nickname = (" of " in name and kind == "alternate") or name.startswith("The ")
        if len(name) > 3 and is_latin(name) and name.lower() not in _WORDS and not nickname:
            found.setdefault(name, kind)

    best = curated[0] if curated else _shown(official, english)
    for name in (best, *curated, *english[:1]):
        add(name, "name")
        add(bare(name), "name")
    add(official, "name")
    for name in (*english[1:], official, *others):
        add(name, "alternate")
        if name in found:
            add(bare(name), "alternate")
    for name in (*curated, *(english[:1] or [official])):
        for form in _forms(row.get("type") or "", country):
            add(f"{bare(name)} {form}", "name")
    return list(found.items())


def bare(name: str) -> str:
    """A name without its generic word.

    >>> bare("Donetsk Oblast"), bare("State of Brandenburg"), bare("Province")
    ('Donetsk', 'Brandenburg', 'Province')
    """
    short = re.sub(r"\s+", " ", _GENERIC.sub("", name)).strip(" -,'")
    return short if len(short) > 2 else name


def keys(name: str) -> tuple[str, str]:
    """The folded name, and the folded name without its generic word."""
    return fold(name), fold(bare(name))


def names_of_old_dump(name: str, country: str) -> Iterator[tuple[str, NameKind]]:
    """The names of a division that only the old dump has."""
    if name.lower() in _WORDS:
        yield f"{name} Region", "name"
        return
    yield name, "name"
    if country == "US":
        yield name.replace(" County", " Co."), "abbreviation"
        if name.startswith("Saint "):
            yield name.replace("Saint ", "St. ", 1), "alternate"
        return
    short = bare(name)
    if len(short) > 3 and short.lower() not in _WORDS:
        if short != name:
            yield short, "alternate"
        yield f"{short} province", "alternate"
        yield f"{short} district", "alternate"


def _shown(official: str, english: list[str]) -> str:
    """The name that a map shows: "Donetsk Oblast" for "Donetska oblast", "Bavaria" for "Bayern"."""
    form = next((form for word, form in _OFFICIAL_FORMS if word in official.lower().split()[-1:][0]), "")
    if not english:
        return re.sub(r"^(State|Republic|Canton|City) of ", "", official)
    return f"{english[0]} {form}" if form and form not in english[0] else english[0]


def _forms(kind: str, country: str) -> tuple[str, ...]:
    words = kind.lower().split()
    special = ("governorate",) if country == "SY" else _FORMS.get(words[-1], ()) if words else ()
    return (*special, *(form for form in ("region", "province") if form not in special and country != "US"))
