"""Pipelines, cables and the like that a story describes by their ends: "a gas pipeline that runs from Norway to Poland".

For the geoparser. The description stands for the line that the gazetteer has between those two countries, when there is
just one that carries what is said; else nothing is found and the ends stay what they are. It knows no line itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from events.extraction.places.toponyms import Toponym
from events.model import Sentence
from geodata.gazetteer import Gazetteer
from geodata.place import Place

_NAME = r"((?:[A-Z][\w'’-]+)(?: (?:and )?[A-Z][\w'’-]+){0,2})"
_DESCRIPTION = re.compile(
    r"\b((?:\w+[ -]){0,3}?)(pipelines?|interconnectors?|cables?|links?|bridges?|tunnels?|railways?)\b"
    r"(?:,? (?:that|which))?(?: (?:runs|running|goes|going|leads|leading|stretches|stretching|laid))?"
    r" (?:(?:from|between|linking|connecting|joining|links|connects)) " + _NAME + r" (?:to|and|with) " + _NAME
)
_CARRIES = {
    "gas": "gas", "oil": "oil", "crude": "oil", "power": "power", "electricity": "power", "data": "data",
    "telecom": "data", "telecoms": "data", "telecommunications": "data", "internet": "data", "fibre": "data", "fiber": "data",
}  # fmt: skip


def described_lines(sentence: Sentence, gazetteer: Gazetteer) -> Iterator[Toponym]:
    """The lines that a sentence describes by their two ends, each over its whole description."""
    for match in _DESCRIPTION.finditer(sentence.text):
        carried = next((_CARRIES[w] for w in re.findall(r"\w+", match[1].lower()) if w in _CARRIES), "")
        ends = _country(match[3], gazetteer), _country(match[4], gazetteer)
        if not (ends[0] and ends[1]):
            continue
        lines = gazetteer.lines_between(ends[0], ends[1], carried)
        if len(lines) == 1:
            start, end = sentence.start + match.start(), sentence.start + match.end()
            yield _toponym(sentence, start, end, lines[0])


def _country(name: str, gazetteer: Gazetteer) -> str | None:
    for text in (name, name.split(" ")[0]):
        first = next(iter(gazetteer.candidates(text)), None)
        if first and first.place.kind == "country":
            return first.place.country
    return None


def _toponym(sentence: Sentence, start: int, end: int, line: Place) -> Toponym:
    text = sentence.text[start - sentence.start : end - sentence.start]
    return Toponym(
        sentence.part,
        start,
        end,
        text,
        "literal",
        line,
        0.85,
        (),
        f"the only such line known between those ends: {line.name}",
    )
