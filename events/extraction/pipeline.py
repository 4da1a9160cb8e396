"""A story in, its events out: the parts of extraction joined.

For the command line, the page and the benchmarks. Loading (gazetteer, parser, tagger, weights) is apart from thinking and
done once. The light profile does without the learned tagger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geopy.geocoders.base import Geocoder

from events.extraction.analysis import Analysis
from events.extraction.datelines import dateline_of, without_datelines
from events.extraction.happenings.finding_happenings import find_happenings
from events.extraction.happenings.happening import Happening
from events.extraction.linear_choice import LinearChoice
from events.extraction.places.online_places import place_online
from events.extraction.places.outlets import home_country, seat_country
from events.extraction.places.resolution import geoparse
from events.extraction.places.toponyms import Toponym
from events.extraction.publication import date_story
from events.extraction.records.confidence import Chances, chances_of
from events.extraction.records.event_records import event_of
from events.extraction.records.placing import place_of
from events.extraction.records.same_happening import Told, groups, told
from events.extraction.records.timing import when_of
from events.extraction.sentences import split
from events.extraction.syntax import Parser
from events.extraction.tagging.name_spreading import spread
from events.extraction.tagging.name_taggers import NameTagger, named
from events.extraction.tagging.tagger import Tagged, Tagger
from events.extraction.times.time_expressions import find_times
from events.model import Event, Mention, Sentence, Story
from geodata.gazetteer import Gazetteer
from geodata.geocoder_online import from_environment

MONTH_FIRST = frozenset(
    {"US", "PH", None}
)  # where 3/4/2025 is the fourth of March; None: nothing tells the outlet's country
LONGEST_TAGGED = 10_000  # characters of a sentence that the tagger reads
LEAST_MENTION = 0.2  # chance of reporting anything, below which a word is not followed up
LEAST_EVENT = 0.14  # chance of an event with its place and time right, below which it is not put out
LEAST_UNPLACED = 0.85  # chance of an event without a place, below which it is not put out


@dataclass(frozen=True, slots=True)
class Choices:
    """The learned weights of each decision."""

    event: LinearChoice
    event_tagged: LinearChoice
    place: LinearChoice
    time: LinearChoice
    same: LinearChoice

    @classmethod
    def load(cls) -> Choices:
        """The shipped weights. Raises ExtractionError when they are missing."""
        return cls(*(LinearChoice.load(name) for name in ("event", "event_tagged", "place", "time", "same")))


class Extractor:
    """Finds the events of stories. Use `Extractor.load`; one extractor serves several threads."""

    def __init__(
        self, gazetteer: Gazetteer, parser: Parser, tagger: Tagger | None, choices: Choices,
        *, names: NameTagger | None = None, online: Geocoder | None = None,
    ) -> None:  # fmt: skip
        self.gazetteer = gazetteer
        self._parser = parser
        self._tagger = tagger
        self._choices = choices
        self._names = names
        self._online = online

    @classmethod
    def load(cls, gazetteer: Gazetteer | None = None, *, light: bool = False, names: str = "") -> Extractor:
        """Open what is needed.

        light: without the learned tagger, for speed and small machines; names: another tagger of names in its seat
        ("spacy:MODEL", "hf:MODEL"). An online geocoder is asked only where DATELINE_GEOCODER names one.
        Raises GazetteerError or ExtractionError when a part is missing.
        """
        tagger = None if light else Tagger.load()
        return cls(
            gazetteer or Gazetteer.open(), Parser.load(), tagger, Choices.load(),
            names=named(names) if names else None, online=from_environment(),
        )  # fmt: skip

    def read(self, story: Story) -> Analysis:
        """What is seen in a story: its sentences, places, times, names and the learned triggers."""
        whole = split(story)
        parsed = self._parse(whole)
        dated = date_story(story, parsed)
        tagged = self._tagger.tag([_shortened(s) for s in whole]) if self._tagger else Tagged([], [])
        names = self._names(whole) if self._names else tagged.names
        toponyms = geoparse(story, whole, self.gazetteer, (lambda _: names) if names else None)
        whose_days = home_country(story) or _country_of(toponyms)
        times = find_times(parsed, dated.published, seat_country(story) not in MONTH_FIRST, whose_days)
        return Analysis(
            dated, tuple(parsed), tuple(place_online(toponyms, self._online)), tuple(times),
            tuple(_spread(whole, names)),
            tuple(tagged.triggers), dateline_of(whole), self.gazetteer,
        )  # fmt: skip

    def extract(self, story: Story) -> list[Event]:
        """The events of a story, in the order in which it tells of them."""
        return self.events_of(self.read(story))

    def events_of(self, analysis: Analysis) -> list[Event]:
        """The events of a story that was read already."""
        happenings = find_happenings(
            analysis, self._choices.event, self._choices.event_tagged if self._tagger else None, LEAST_MENTION
        )
        mentions = [self._told(happening, analysis) for happening in happenings]
        kept = [
            (group, chances)
            for group in groups(mentions, analysis, self._choices.same)
            if is_sure(chances := chances_of(group))
        ]
        told_below = any(not _only_in_headline(group, analysis) for group, _ in kept)
        return [
            event_of(group, chances.calibrated, analysis)
            for group, chances in kept
            if not (told_below and _only_in_headline(group, analysis))
        ]

    def _told(self, happening: Happening, analysis: Analysis) -> Told:
        place = place_of(happening, analysis, self._choices.place)
        when, chance = when_of(happening, analysis, self._choices.time)
        return told(happening, place, when, chance, analysis)

    def _parse(self, sentences: Sequence[Sentence]) -> list[Sentence]:
        parsed = self._parser.parse(without_datelines(sentences))
        return [replace(p, start=s.start, text=s.text) for s, p in zip(sentences, parsed, strict=True)]


def _shortened(sentence: Sentence) -> Sentence:
    """A sentence that the tagger reads in good time: what has no full stop for pages is no prose."""
    return sentence if len(sentence.text) <= LONGEST_TAGGED else replace(sentence, text=sentence.text[:LONGEST_TAGGED])


def _country_of(toponyms: Sequence[Toponym]) -> str | None:
    """The country that a story names most, whose seasons and holidays are meant; None where there is none."""
    named = Counter(t.place.country for t in toponyms if t.place and t.place.country).most_common(1)
    return named[0][0] if named else None


def _spread(sentences: Sequence[Sentence], names: Sequence[Mention]) -> list[Mention]:
    """The names, and persons and organisations wherever else they are named; places are the gazetteer's to spread."""
    places = [name for name in names if name.label not in {"PER", "ORG"}]
    return [*spread(sentences, [name for name in names if name.label in {"PER", "ORG"}]), *places]


def is_sure(chances: Chances) -> bool:
    """Whether an event is sure enough to be put out."""
    return chances.all_right >= LEAST_EVENT or (chances.place == 0 and chances.event >= LEAST_UNPLACED)


def _only_in_headline(group: Sequence[Told], analysis: Analysis) -> bool:
    """Whether only the headline tells of it: what it says in brief the story tells under it, in other words."""
    return all(analysis.sentences[t.happening.sentence].part == "title" for t in group)
