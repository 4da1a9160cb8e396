"""Whether each story of a store is what was noted of it, with its bands, its events, their quotes and their columns.

For `check`. Stories are read some hundreds at a time, and all that hangs on them with them: what is asked of the database grows
with the stories, what is in memory does not. Of the bands, which are most of a large store's rows, only counts and sums are
read, in one pass; where these are not those of the text, each story is asked for its own.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from pydantic import ValidationError
from sqlalchemy import func, select
from sqlalchemy.engine import Connection, Row

from events.model import Event, EventPlace, Span, Story, When
from events.preparing import band_keys, echo_key
from events.store.database.rows import Name, content_of, event_values
from events.store.database.schema import bands, echoes, events, readings, records, stories
from events.store.upkeep.findings import Finding

AT_ONCE = 500  # numbers of stories that are looked at together
MODULUS, OTHER_MODULUS, WEIGHTS = 1_048_573, 1_048_559, 1021  # primes; sums of what is left of keys stay below 2 ** 53
_COMPARED = ("type", "start", "end", "lat", "lon", "radius_km", "place_id", "block")


class Sums(NamedTuple):
    """Of the bands of some stories: how many there are, and two sums by which other ones are told from them."""

    number: int = 0
    weighted: int = 0
    plain: int = 0

    def with_keys(self, keys: Sequence[int], number: int) -> Sums:
        """The same with the bands of another story.

        >>> Sums().with_keys([5, -7], 2)
        Sums(number=2, weighted=-6, plain=-2)
        """
        given = np.array(keys, dtype=np.int64)
        left = int(np.fmod(given, MODULUS).sum()), int(np.fmod(given, OTHER_MODULUS).sum())  # signed as SQL's
        weight = number % WEIGHTS + 1
        return Sums(self.number + len(keys), self.weighted + weight * left[0], self.plain + left[1])


def findings_of_stories(connection: Connection) -> Iterator[Finding]:
    """All that is wrong with stories and their events."""
    kept = _kept_sums(connection)
    surplus = 0
    last = connection.scalar(select(func.max(stories.c.number))) or 0
    for part in range(last // AT_ONCE + 1):
        surplus += yield from _of_part(connection, part, kept.pop(part, Sums()))
    if surplus := surplus + sum(sums.number for sums in kept.values()):
        yield Finding(f"bands ({surplus}) that are of no story's text: stories may meet that are no copies")


def _of_part(connection: Connection, part: int, kept: Sums) -> Generator[Finding, None, int]:
    """What is wrong with the stories of one part. Gives in the end how many bands there are that no text of these has."""
    rows = _rows(connection, part)
    told = yield from _readable(rows)
    yield from _of_readings(connection, told)
    surplus = yield from _of_bands(connection, rows, told, kept)
    yield from _of_events(connection, told)
    return surplus


def _rows(connection: Connection, part: int) -> Sequence[Any]:
    query = select(stories.c.id, stories.c.number, stories.c.record).order_by(stories.c.number)
    return connection.execute(query.where(stories.c.number.between(part * AT_ONCE, (part + 1) * AT_ONCE - 1))).all()


def _readable(rows: Sequence[Any]) -> Generator[Finding, None, dict[str, Story]]:
    """Gives the stories by id in the end."""
    told: dict[str, Story] = {}
    for row in rows:
        try:
            told[row.id] = Story.model_validate_json(row.record)
        except ValidationError as error:
            yield Finding(f"story {row.id} can't be read: {error.errors()[0]['msg']}")
    return told


def _of_readings(connection: Connection, told: Mapping[str, Story]) -> Iterator[Finding]:
    query = select(readings.c.story_id, readings.c.content).where(readings.c.story_id.in_(told))
    noted = {(row.story_id, row.content) for row in connection.execute(query)}
    for story_id, story in told.items():
        if story.id != story_id or (story_id, content_of(story)) not in noted:
            yield Finding(f"story {story_id}: what it says is not what was noted of its reading")


def _of_bands(
    connection: Connection, rows: Sequence[Any], told: Mapping[str, Story], kept: Sums
) -> Generator[Finding, None, int]:
    """Gives in the end how many bands there are that no text of these has."""
    keys = {row.number: band_keys(told[row.id]) for row in rows if row.id in told}
    wanted = Sums()
    for number, own in keys.items():
        wanted = wanted.with_keys(own, number)
    if wanted == kept:
        return 0
    surplus = kept.number
    for row in rows:
        if row.id in told:
            surplus -= (there := _kept_bands(connection, row.number, keys[row.number]))
            if there != len(keys[row.number]):
                yield Finding(f"story {row.id} would not meet its copies: its bands are not those of its text")
    return surplus


def _kept_sums(connection: Connection) -> dict[int, Sums]:
    """The sums of all bands, by the part of stories that they are of."""
    part = bands.c.number // AT_ONCE
    weighted = (bands.c.key % MODULUS) * (bands.c.number % WEIGHTS + 1)
    query = select(
        part.label("part"), func.count(), func.sum(weighted), func.sum(bands.c.key % OTHER_MODULUS)
    ).group_by("part")  # fmt: skip
    return {int(part): Sums(count, int(one), int(other)) for part, count, one, other in connection.execute(query)}


def _kept_bands(connection: Connection, number: int, keys: Sequence[int]) -> int:
    """How many of a story's bands are kept. Asked by their keys, by which they are ordered: by its number alone every
    story would cost a pass over the bands of all.
    """
    there = select(func.count()).select_from(bands).where(bands.c.key.in_(keys), bands.c.number == number)
    return connection.scalar(there) or 0


def _of_events(connection: Connection, told: Mapping[str, Story]) -> Iterator[Finding]:
    query = (
        select(events, records.c.extracted, records.c.shown, echoes.c.told)
        .join(records, records.c.event_id == events.c.id, isouter=True)
        .join(echoes, echoes.c.event_id == events.c.id, isouter=True)
        .where(events.c.story_id.in_(told))
    )
    for row in connection.execute(query, execution_options={"yield_per": AT_ONCE}):
        yield from _of_event(row, told[row.story_id])


def _of_event(row: Row[Any], story: Story) -> Iterator[Finding]:
    if row.shown is None and row.extracted is None:
        yield Finding(f"orphan: event {row.id} of story {story.id} has no record")
        return
    try:
        told = [Event.model_validate_json(text) for text in (row.extracted, row.shown) if text]
    except ValidationError as error:
        yield Finding(f"event {row.id} of story {story.id} can't be read: {error.errors()[0]['msg']}")
        return
    for event in told:
        yield from _of_evidence(event, story)
    values = event_values(told[-1], story, row.position, Name(row.born, row.seniority), rejected=row.rejected)
    wrong = [name for name in _COMPARED if values[name] != getattr(row, name)]
    if wrong:
        yield Finding(f"event {row.id} of story {story.id}: its columns are not its record's: {', '.join(wrong)}")
    if row.told != echo_key(told[-1], story):
        yield Finding(f"event {row.id} of story {story.id}: its words are not those that its copies would have")


def _of_evidence(event: Event, story: Story) -> Iterator[Finding]:
    """Quotes that are no slices of their story, and words pointed to that it does not have."""
    for quote in event.evidence:
        if story.part(quote.part)[quote.start : quote.end] != quote.text:
            yield Finding(f"evidence: a quote of event {event.id} is not in story {story.id} at {quote.start}")
    attributes: tuple[EventPlace | When | None, ...] = (event.place, event.when)
    spans = [event.type_evidence, event.status_evidence, *(value.evidence for value in attributes if value)]
    for span in spans:
        if isinstance(span, Span) and span.end > len(story.part(span.part)):
            yield Finding(f"evidence: event {event.id} points behind the end of story {story.id}")
