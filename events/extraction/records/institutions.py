"""Institutions of a state or a town, and where they sit: "the Malaysian foreign ministry" → Kuala Lumpur.

For placing. A government acts where it sits; so does its parliament, its supreme court, its central bank. It finds no place
for what has none (a party, a company) and never goes by an actor's nationality alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from events.extraction.analysis import Analysis
from events.extraction.places.toponyms import Toponym
from geodata.organisations import organisation, place_of
from geodata.place import Place

SEATS = Path(__file__).parents[1] / "lists" / "government_seats.tsv"
_NATIONAL = (
    r"government|cabinet|parliament|(?:foreign|defen[cs]e|interior|health|finance|commerce|trade|justice|energy|oil|"
    r"agriculture|education|economy|transport|environment|culture|tourism) minist(?:er|ry)|ministry|prime minister|"
    r"president(?:ial (?:office|palace|administration))?|premier|chancellor|senate|congress|national assembly|"
    r"house of representatives|lower house|upper house|lawmakers|supreme court|constitutional court|high court|"
    r"central bank|state department|treasury|home office|foreign office|attorney general|electoral commission|"
    r"election commission|head of state|junta|administration|justice department|defen[cs]e department|"
    r"state television|crown prince|king|queen|emperor|sultan|emir"
)
_NAMED = frozenset({"ORG", "LOC"})
_INSTITUTION = re.compile(rf"\b(?:{_NATIONAL})\b", re.IGNORECASE)


class Seat(NamedTuple):
    """A place that an institution implies: where it is, and the words (the sentence's number, story offsets) that say so."""

    place: Place
    sentence: int
    start: int
    end: int


@lru_cache(maxsize=1)
def _seats() -> dict[str, str]:
    lines = SEATS.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {code: f"gn:{number}" for code, _, number in rows}


def government_seat(country: str, analysis: Analysis) -> Place | None:
    """The town where a country's government sits (ISO 3166-1 code); None for an unknown country."""
    place_id = _seats().get(country)
    return analysis.gazetteer.place(place_id) if place_id else None


def seats_in(number: int, analysis: Analysis) -> list[Seat]:
    """The seats that the institutions of a sentence imply, in order.

    The country is the one named beside the institution ("Iranian foreign ministry", "the parliament of Iran"), else the
    story's own.
    """
    sentence = analysis.sentences[number]
    found = list(_organisations_in(number, analysis))
    for match in _INSTITUTION.finditer(sentence.text):
        start, end = sentence.start + match.start(), sentence.start + match.end()
        beside = _country_beside(number, start, end, analysis)
        country = beside or analysis.country
        if match[0].lower() in {"king", "queen", "administration", "emir", "sultan", "emperor"} and not beside:
            continue
        place = government_seat(country, analysis) if country else None
        if place:
            found.append(Seat(place, number, start, end))
    return found


def _organisations_in(number: int, analysis: Analysis) -> Iterator[Seat]:
    """Where the organisations and venues sit that a sentence names; who only reports the news is none of them."""
    sentence = analysis.sentences[number]
    for name in analysis.names_in(sentence):
        if not sentence.start <= name.start < sentence.end or name.label not in _NAMED:
            continue
        known = organisation(name.text)
        if known is not None and known.kind != "media":
            yield Seat(place_of(known, analysis.gazetteer), number, name.start, name.end)


def _country_beside(number: int, start: int, end: int, analysis: Analysis) -> str | None:
    """The country whose name or demonym stands close before the institution, or after it with "of"."""
    best: tuple[int, str] | None = None
    for toponym, _ in analysis.toponyms_by_sentence.get(number, ()):
        if toponym.place is None or not _is_state(toponym):
            continue
        before, after = start - toponym.end, toponym.start - end
        gap = before if 0 <= before <= 28 else after if 0 <= after <= 8 else None
        if gap is not None and (best is None or gap < best[0]) and toponym.place.country:
            best = (gap, toponym.place.country)
    return best[1] if best else None


def _is_state(toponym: Toponym) -> bool:
    return toponym.place is not None and toponym.place.kind == "country"
