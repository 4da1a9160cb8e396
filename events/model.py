"""The nouns of the house: Story, Mention, Token, Sentence, Toponym, TimeExpression, When, EventPlace, Event.

Everything that crosses a border between two modules is one of these frozen values. Offsets are Python character
offsets into a story's `title` or `text`, end exclusive, so a quote is always a slice of its story. Coordinates are
WGS 84 degrees; GeoJSON geometries are in (longitude, latitude) order. Dates are calendar days, intervals inclusive.

The errors that callers may meet:

    DatelineError
    |-- StoryError       an input that is no story: unreadable, empty, broken (says which file and line)
    |-- StoreError       a store that can't be opened, read or written
    `-- ExtractionError  a part of the extractor that is missing (says how to install or build it)

`geodata.GazetteerError` stands beside them: geodata knows nothing of events.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

Part = Literal["title", "text"]
Status = Literal["occurred", "ongoing", "planned", "alleged", "denied", "cancelled"]
PlacePrecision = Literal["exact", "city", "district", "province", "country", "region", "sea", "line"]
DatePrecision = Literal["day", "week", "month", "season", "year"]
NameLabel = Literal["PER", "ORG", "LOC", "DEM"]
ToponymKind = Literal["literal", "metonymic", "demonym", "embedded"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
SentenceKind = Literal["headline", "caption", "body"]
PublishedBasis = Literal["metadata", "header", "dateline", "inferred", "by hand"]

STATUSES: tuple[Status, ...] = get_args(Status)
POINTS: frozenset[PlacePrecision] = frozenset({"exact", "city"})  # places that are a point; all others have an extent


class DatelineError(Exception):
    """Something a caller can put right; the message says how."""


class StoryError(DatelineError, ValueError):
    """An input that is no story: unreadable, empty or broken. Names the file and the line."""


class StoreError(DatelineError):
    """A store that can't be opened, read or written."""


class ExtractionError(DatelineError):
    """A part of the extractor that is missing; the message says how to install or build it."""


class _Value(BaseModel):
    """A frozen value that serialises to the JSON of the contract and refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# ------------------------------------------------------------------ in


class Story(_Value):
    """One news story as it was read. Only `text` is required of an input; `id` is made from the content if missing.

    `text` holds the paragraphs in order, captions among them, parted by blank lines. `captions` are the (start, end)
    offsets in `text` of those paragraphs that are picture captions: they hold dated events and have a grammar of
    their own. `published` is None when nothing gave it; `published_basis` and `published_reasons` say what did.
    """

    id: str
    text: str
    title: str = ""
    published: date | None = None
    published_basis: PublishedBasis | None = None
    published_reasons: tuple[str, ...] = ()
    url: str | None = None
    source: str | None = None
    captions: tuple[tuple[int, int], ...] = ()

    def part(self, part: Part) -> str:
        """The title or the text.

        >>> Story(id="1", title="Quake", text="It shook.").part("title")
        'Quake'
        """
        return self.title if part == "title" else self.text


# ------------------------------------------------------------------ what is seen in a story


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence. `head` is the index in the sentence of the governing token, its own index for the root.

    `tag` is the Penn Treebank tag ("VBD"), `pos` the Universal Dependencies one ("VERB"), `dep` the UD relation
    ("nsubj", "obl", "ROOT"), `lemma` the lower-case dictionary form.
    """

    index: int
    text: str
    start: int
    end: int
    lemma: str
    tag: str
    pos: str
    dep: str
    head: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the title or the text with its offsets, kind, paragraph number and (when parsed) its tokens."""

    part: Part
    start: int
    end: int
    text: str
    kind: SentenceKind
    paragraph: int
    tokens: tuple[Token, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in the title or the text: a person, an organisation, a place or a people."""

    part: Part
    start: int
    end: int
    text: str
    label: NameLabel


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A temporal expression with its TIMEX3 type and value ("2025-01-17", "2025-W03", "2025-01", "P2D", "PAST_REF")."""

    part: Part
    start: int
    end: int
    text: str
    type: TimeType
    value: str


# ------------------------------------------------------------------ out


class Span(_Value):
    """Where in a story the words stand. end exclusive."""

    part: Part
    start: int = Field(ge=0)
    end: int = Field(ge=0)

    @model_validator(mode="after")
    def _in_order(self) -> Span:
        if self.end < self.start:
            raise ValueError(f"a span ends at {self.end}, before its start at {self.start}")
        return self


class Quote(Span):
    """A span together with its words: the sentence that stands behind an event."""

    text: str


class Actor(_Value):
    """Somebody who takes part: who did it ("actor") or to whom it was done ("recipient").

    `country` is the ISO 3166-1 code of the country that the text gives them ("the Iranian president"), else None.
    """

    name: str
    role: Literal["actor", "recipient"]
    country: str | None = None


class EventPlace(_Value):
    """Where an event happened: what the gazetteer knows, how precise it is, and the words that gave it.

    `lat`, `lon` are degrees; for an area or a line they are a label's place and never the event's own point.
    `radius_km` bounds the place. `geometry` is GeoJSON (lon, lat): a Point for towns and sites, a LineString for
    lines, a Polygon or MultiPolygon for areas where one is known. `alternatives` are the gazetteer's other
    candidates, likeliest first; `reason` says in one line why this one was taken.
    """

    name: str
    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)
    precision: PlacePrecision
    radius_km: float = Field(ge=0)
    country: str | None = None
    geonames_id: int | None = None
    place_id: str | None = None
    geometry: dict[str, Any] | None = None
    confidence: float = Field(default=1.0, ge=0, le=1)
    alternatives: tuple[str, ...] = ()
    reason: str = ""
    evidence: Span | None = None


class When(_Value):
    """An interval of days, both ends included, with its precision and the words that gave it.

    `assumed` is true when no words did: the story's own news in the past tense, taken to be of the publication day.
    `confidence` is the chance that it is right, None where nobody knows.
    """

    start: date
    end: date
    precision: DatePrecision
    text: str = ""
    assumed: bool = False
    confidence: float | None = Field(default=None, ge=0, le=1)
    evidence: Span | None = None

    @model_validator(mode="after")
    def _in_order(self) -> When:
        if self.end < self.start:
            raise ValueError(f"an interval ends on {self.end}, before its start on {self.start}")
        return self


class Report(_Value):
    """One story that tells of an event."""

    story_id: str
    title: str = ""
    source: str | None = None
    url: str | None = None
    published: date | None = None


class Review(_Value):
    """What a person said of an event: the id of the correction in the store, its kind ("accept", "place", ...), who."""

    correction: int
    kind: str
    who: str
    at: datetime
    why: str = ""


class Event(_Value):
    """One happening, of one type, at one place, within one interval, with one status, and the sentences behind it.

    `place` or `when` is None where it can't be had. `type_evidence` and `status_evidence` point to the words that
    gave the type and the status; `evidence` holds the quoted sentences, the first of them the best. `type_confidence` and
    `status_confidence` are the chances that these are right, None where nobody knows. `reviews` says what people
    corrected or accepted, oldest first; it is empty where nobody has looked at the event yet.
    """

    id: str
    story_id: str
    type: str
    family: str
    status: Status
    what: str
    actors: tuple[Actor, ...] = ()
    place: EventPlace | None = None
    when: When | None = None
    attribution: str | None = None
    confidence: float = Field(default=1.0, ge=0, le=1)
    type_confidence: float | None = Field(default=None, ge=0, le=1)
    status_confidence: float | None = Field(default=None, ge=0, le=1)
    type_evidence: Span | None = None
    status_evidence: Span | None = None
    evidence: tuple[Quote, ...] = Field(min_length=1)
    reports: tuple[Report, ...] = ()
    reviews: tuple[Review, ...] = ()
