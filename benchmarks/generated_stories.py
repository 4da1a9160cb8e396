"""Short news of our own making, by the number: each about a town and a day, with a headline and a text like no other's.

For benchmarks/generated_news.py and the fuzzing.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

TOWNS = "Kisumu Gdynia Arequipa Batna Sokoto Muscat Beira Cork Tromso Hilo Oran Lviv Nukus Padang Salto Turku".split()
THINGS = (
    ("a fire", "burned down", "a market hall"), ("a flood", "swept away", "a footbridge"),
    ("an earthquake", "damaged", "a row of houses"), ("a storm", "tore open", "the roof of a school"),
    ("a landslide", "buried", "a stretch of road"), ("a blast", "wrecked", "a grain store"),
)  # fmt: skip
WHO = ("the mayor", "a police officer", "the fire service", "a hospital doctor", "the harbour master", "a teacher")
YEARS = (2006, 2025)  # an archive's: of one year alone, a hundred thousand stories are nine fires a town and day
AFTER = (
    "Nobody was hurt.", "Two people were taken to hospital.", "Traffic was held up until the evening.",
    "Repairs will take a month.", "An inquiry has begun.", "Neighbours gave shelter to the families.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class News:
    """A story of our own making; its number makes headline and text like no other's."""

    number: int
    title: str
    text: str
    published: str


def news(number: int, chance: random.Random) -> News:
    """A short story about a town and a day.

    >>> told = news(7, random.Random(1))
    >>> told.title.endswith("no. 7"), "no. 7 " in told.text
    (True, True)
    """
    town, (cause, did, what) = chance.choice(TOWNS), chance.choice(THINGS)
    day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(*YEARS)
    said, after = chance.choice(WHO), chance.sample(AFTER, 2)
    text = (
        f"{cause.capitalize()} {did} {what} in {town} on Monday, {said} said in notice no. {number} to the town. "
        f"{after[0]} It was the {chance.randint(2, 90)}th call of the year for the {chance.randint(3, 60)} volunteers "
        f"on duty. {after[1]}"
    )
    return News(number, f"{cause.split()[1].capitalize()} in {town}, no. {number}", text, f"{year}-{month:02}-{day:02}")
