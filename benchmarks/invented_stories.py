"""Stories of a few towns and days with their events, invented without an extractor, so that many tell of one happening.

For the benchmarks of the store, which need many that are linked.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

from events.model import Event, EventPlace, Quote, Report, Span, Story, When
from events.ontology import family_of

TOWNS = (("Kisumu", -0.1, 34.75), ("Gdynia", 54.52, 18.53), ("Arequipa", -16.4, -71.54), ("Batna", 35.56, 6.17))
ACTS = (("burned", "ACCIDENT"), ("flooded", "DISASTER"), ("marched", "PROTEST"), ("met", "CONSULT"))
Told = tuple[Story, list[Event]]


def invented(number: int, seed: int) -> list[Told]:
    """Stories of a few towns and days, so that many tell of one happening; every ninth is a new version of one before."""
    chance = random.Random(seed)
    told: list[Told] = []
    for index in range(number):
        if index % 9 == 8:
            before = told[chance.randrange(len(told))][0]
            told.append(_story(index, before.text + " Nobody was hurt.", before.url or "", before.published or _day(0)))
        else:
            told.append(
                _story(index, _sentences(chance), f"https://example.org/{seed}/{index}", _day(chance.randrange(9)))
            )
    return told


def _day(number: int) -> date:
    return date(2025, 3, 1) + timedelta(days=number)


def _sentences(chance: random.Random) -> str:
    parts = []
    for _ in range(chance.randint(1, 4)):
        (town, _, _), (act, _) = chance.choice(TOWNS), chance.choice(ACTS)
        parts.append(
            f"{chance.choice(('Crowds', 'Stores', 'Officials'))} {act} in {town} on the {chance.randint(2, 9)}th."
        )
    return " ".join(dict.fromkeys(parts))


def _story(index: int, text: str, url: str, published: date) -> Told:
    story = Story(
        id=f"s{index}", title=f"News {index}", text=text, url=url, published=published, source=f"Wire {index % 5}"
    )
    return story, [
        event for number, sentence in enumerate(text.split(". ")) for event in _event(story, number, sentence)
    ]


def _event(story: Story, number: int, sentence: str) -> list[Event]:
    """The event of a sentence, none for one that names no town."""
    town = next((town for town in TOWNS if town[0] in sentence), None)
    if town is None:
        return []
    words, kind = next(act for act in ACTS if act[0] in sentence)
    start = story.text.index(sentence)
    trigger = story.text.index(words, start)
    place = EventPlace(name=town[0], lat=town[1], lon=town[2], precision="city", radius_km=10, place_id=town[0])
    day = When(start=story.published or _day(0), end=story.published or _day(0), precision="day")
    quote = Quote(part="text", start=start, end=start + len(sentence), text=sentence)
    return [
        Event(id=f"{story.id}-{number}", story_id=story.id, type=kind, family=family_of(kind), status="occurred",
              what=sentence, place=place, when=day, evidence=(quote,), confidence=0.5,
              type_evidence=Span(part="text", start=trigger, end=trigger + len(words)),
              reports=(Report(story_id=story.id, source=story.source, url=story.url, published=story.published),))
    ]  # fmt: skip
