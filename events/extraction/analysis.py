"""What is seen in a story before anything is decided: sentences with their parse, places, times, names, triggers.

For the pipeline and for whoever decides about a happening: they all look at one Analysis and change nothing in it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from events.extraction.dependency import token_at
from events.extraction.places.toponyms import Toponym
from events.extraction.tagging.tagger import LearnedTrigger
from events.model import Mention, Part, Sentence, Story, TimeExpression, Token
from geodata.gazetteer import Gazetteer
from geodata.place import Place

Span = TypeVar("Span", Mention, Toponym)
MOST_IN_SENTENCE = 40  # places or times of one sentence that are weighed: a list of towns is no news


@dataclass(frozen=True)
class Analysis:
    """A story as it was read. `sentences` are parsed, title first; `dateline` is its span in the text."""

    story: Story
    sentences: tuple[Sentence, ...]
    toponyms: tuple[Toponym, ...]
    times: tuple[TimeExpression, ...]
    names: tuple[Mention, ...]
    triggers: tuple[LearnedTrigger, ...]
    dateline: tuple[int, int] | None
    gazetteer: Gazetteer

    @cached_property
    def _starts(self) -> dict[Part, list[tuple[int, int]]]:
        found: dict[Part, list[tuple[int, int]]] = {"title": [], "text": []}
        for number, sentence in enumerate(self.sentences):
            found[sentence.part].append((sentence.start, number))
        return found

    def sentence_at(self, part: Part, start: int) -> int | None:
        """The number of the sentence that holds an offset; the one before it for what lies between two (a dateline's)."""
        starts = self._starts[part]
        at = bisect_right(starts, (start, 1_000_000)) - 1
        if at < 0:
            return starts[0][1] if starts else None
        return starts[at][1]

    @cached_property
    def toponyms_by_sentence(self) -> dict[int, list[tuple[Toponym, Token | None]]]:
        """Resolved toponyms of each sentence with the head token of their words; the dateline's are left out."""
        found: dict[int, list[tuple[Toponym, Token | None]]] = {}
        for toponym in self.toponyms:
            if toponym.place is None or self.in_dateline(toponym):
                continue
            number = self.sentence_at(toponym.part, toponym.start)
            if number is not None and len(found.get(number, ())) < MOST_IN_SENTENCE:
                head = token_at(self.sentences[number], toponym.start, toponym.end)
                found.setdefault(number, []).append((toponym, head))
        return found

    @cached_property
    def unknown_by_sentence(self) -> dict[int, list[tuple[Toponym, Token | None]]]:
        """Place names of each sentence that no gazetteer has, with the head token of their words."""
        found: dict[int, list[tuple[Toponym, Token | None]]] = {}
        for toponym in self.toponyms:
            if toponym.place is None and (number := self.sentence_at(toponym.part, toponym.start)) is not None:
                head = token_at(self.sentences[number], toponym.start, toponym.end)
                found.setdefault(number, []).append((toponym, head))
        return found

    @cached_property
    def times_by_sentence(self) -> dict[int, list[tuple[TimeExpression, Token | None]]]:
        """Temporal expressions of each sentence with the head token of their words; the dateline's are left out."""
        found: dict[int, list[tuple[TimeExpression, Token | None]]] = {}
        for time in self.times:
            if time.part == "text" and self.dateline and time.start < self.dateline[1]:
                continue
            number = self.sentence_at(time.part, time.start)
            if number is not None and len(found.get(number, ())) < MOST_IN_SENTENCE:
                found.setdefault(number, []).append((time, token_at(self.sentences[number], time.start, time.end)))
        return found

    def names_in(self, sentence: Sentence) -> Sequence[Mention]:
        """The names that stand in a sentence, or begin before it and reach into it, in the story's order."""
        return self._names_at.get((sentence.part, sentence.start), ())

    def toponyms_in(self, sentence: Sentence) -> Sequence[Toponym]:
        """The place names that stand in a sentence, or begin before it and reach into it, in the story's order."""
        return self._toponyms_at.get((sentence.part, sentence.start), ())

    @cached_property
    def persons(self) -> tuple[Mention, ...]:
        """The names of persons, in the story's order."""
        return tuple(name for name in self.names if name.label == "PER")

    @cached_property
    def _names_at(self) -> dict[tuple[Part, int], list[Mention]]:
        return self._by_sentence(self.names)

    @cached_property
    def _toponyms_at(self) -> dict[tuple[Part, int], list[Toponym]]:
        return self._by_sentence(self.toponyms)

    def _by_sentence(self, spans: Iterable[Span]) -> dict[tuple[Part, int], list[Span]]:
        found: dict[tuple[Part, int], list[Span]] = {}
        for span in spans:
            first = self.sentence_at(span.part, span.start)
            for sentence in self.sentences[first:] if first is not None else ():
                if sentence.part != span.part or sentence.start >= span.end:
                    break
                found.setdefault((sentence.part, sentence.start), []).append(span)
        return found

    @cached_property
    def first_named(self) -> dict[str, int]:
        """The number of the first sentence that names each place, by the place's id; the dateline's names are left out."""
        found: dict[str, int] = {}
        for number, named in self.toponyms_by_sentence.items():
            for toponym, _ in named:
                if toponym.place:
                    found[toponym.place.id] = min(number, found.get(toponym.place.id, number))
        return found

    def in_dateline(self, toponym: Toponym) -> bool:
        """Whether a toponym stands in the story's dateline."""
        return toponym.part == "text" and self.dateline is not None and toponym.start < self.dateline[1] - 2

    @cached_property
    def dateline_toponym(self) -> Toponym | None:
        """The place of the dateline, the most exact of its names."""
        inside = [t for t in self.toponyms if t.place and self.in_dateline(t) and t.kind != "demonym"]
        return inside[0] if inside else None

    @cached_property
    def first_body(self) -> int:
        """The number of the first sentence that is no headline and no caption; 0 where there is none."""
        return next((n for n, s in enumerate(self.sentences) if s.kind == "body"), 0)

    @cached_property
    def countries(self) -> Counter[str]:
        """How often each country is named, by its own name, its people's or its towns': ISO codes."""
        return Counter(t.place.country for t in self.toponyms if t.place and t.place.country)

    @cached_property
    def mentions_of(self) -> Counter[str]:
        """How often each place is meant, by its id."""
        return Counter(t.place.id for t in self.toponyms if t.place)

    @cached_property
    def focus(self) -> Place | None:
        """The place below the level of a country that the story names most, the first among equals."""
        narrow = [
            t.place
            for t in self.toponyms
            if t.place and t.kind != "demonym" and t.place.kind in {"town", "site", "district", "province", "island"}
        ]
        return max(narrow, key=lambda place: self.mentions_of[place.id]) if narrow else None

    @cached_property
    def country(self) -> str | None:
        """The country that the story is about, by the dateline, else the most named; None where two are level."""
        line = self.dateline_toponym
        if line and line.place and line.place.country:
            return line.place.country
        top = self.countries.most_common(2)
        if not top or (len(top) == 2 and top[0][1] == top[1][1]):
            return None
        return top[0][0]
