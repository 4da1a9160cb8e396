"""What a person may say of an event, as values: who, when, why, of which reports, and what is to hold.

For the store, which keeps them, and the page, which makes them. A correction carries the reports as the person saw
them. It holds on to each by story, quoted sentence and trigger, never by the event's id, which changes with its content.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from events.model import Actor, Event, EventPlace, Status, When
from events.ontology import TYPES

Reach = Literal["event", "story", "outlet"]
LONGEST_WORDS = 2000  # characters of a reason or a label


class _Value(BaseModel):
    """A frozen value that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Accept(_Value):
    """The event is right as it stands; it stays even where a later extractor no longer finds it."""

    kind: Literal["accept"] = "accept"


class Reject(_Value):
    """It is no event; it is not shown again."""

    kind: Literal["reject"] = "reject"


class SetPlace(_Value):
    """The event happened here; None: its place can't be had.

    reach: "event" for these reports alone; "story" or "outlet" for whatever the story or the outlet places by the same
    words too. `name` is those words as the text has them ("Paris"); `Store.correct` needs it for a wider reach.
    """

    kind: Literal["place"] = "place"
    place: EventPlace | None
    reach: Reach = "event"
    name: str = Field(default="", max_length=200)


class SetWhen(_Value):
    """The event happened within this interval; None: its date can't be had."""

    kind: Literal["when"] = "when"
    when: When | None


class SetType(_Value):
    """The event is of this type of `events.ontology`; the family follows."""

    kind: Literal["type"] = "type"
    type: str

    @field_validator("type")
    @classmethod
    def _known(cls, name: str) -> str:
        if name not in TYPES:
            raise ValueError(f"{name!r} is no event type: one of {', '.join(TYPES)}")
        return name


class SetStatus(_Value):
    """The event has this status."""

    kind: Literal["status"] = "status"
    status: Status


class SetLabel(_Value):
    """What happened, in these words."""

    kind: Literal["label"] = "label"
    what: str = Field(min_length=1, max_length=LONGEST_WORDS)


class SetActors(_Value):
    """These, and no others, took part."""

    kind: Literal["actors"] = "actors"
    actors: tuple[Actor, ...]


class Merge(_Value):
    """The correction's reports all tell of one happening, whatever they look like."""

    kind: Literal["merge"] = "merge"


class Split(_Value):
    """The correction's reports tell of another happening than `rest`, the reports that they stood with."""

    kind: Literal["split"] = "split"
    rest: tuple[Event, ...] = Field(min_length=1)


class AddEvent(_Value):
    """The extractor missed this: the correction's only report, made with `missed_event`."""

    kind: Literal["add"] = "add"


Change = Annotated[
    Accept | Reject | SetPlace | SetWhen | SetType | SetStatus | SetLabel | SetActors | Merge | Split | AddEvent,
    Field(discriminator="kind"),
]


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


class Correction(_Value):
    """What a person said, of which reports. `id` is the store's, 0 as long as it is not stored; `at` is in UTC.

    reports: as the person saw them; for a joined event all of its reports (`Store.reports_of`), so that all are
    corrected and stay together.
    """

    reports: tuple[Event, ...] = Field(min_length=1)
    change: Change
    who: str = Field(min_length=1, max_length=200)
    why: str = Field(default="", max_length=LONGEST_WORDS)
    at: datetime = Field(default_factory=_now)
    id: int = 0


class Undo(_Value):
    """That a correction was taken back: by whom, when and why."""

    who: str
    at: datetime
    why: str = ""


class Recorded(_Value):
    """A correction as the store has it. `held`: in how many of its reports it takes hold today.

    `held` is 0 where it was undone, or where the sentence is no longer in the story's present version: it is kept and
    takes hold again when the sentence comes back.
    """

    correction: Correction
    undone: Undo | None = None
    held: int = 0
