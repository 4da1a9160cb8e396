"""Whether a store outlives kill -9: a child takes in stories, reviews and migrates, and is killed at random moments.

After each kill the store must open, pass `python -m events check`, and hold every story that the child said was stored,
once. In the end it must be, row by row, what an undisturbed run makes of the same steps. Times of day are left out of
the comparison. A migration is killed on a copy of an old store of its own each time, within the time that the one before
took, and the store must come to the same state when it is opened again. Needs os.fork (Linux, macOS).

Run: python -m benchmarks.kill [--kills 200] [--migrations 50] [--migrated 30] [--seed 1]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from events.corrections import Accept, Correction, Reject, SetStatus
from events.model import Event, EventPlace, Quote, Report, Span, Story, When
from events.ontology import family_of
from events.store import Store
from events.store.database.opening import engine_of
from events.store.upkeep.checking import findings

STEPS_A_KILL = 3
MIGRATED = 30  # stories of a store that is migrated: the migration runs as a whole after every kill of it
TOWNS = (("Kisumu", -0.1, 34.75), ("Gdynia", 54.52, 18.53), ("Arequipa", -16.4, -71.54), ("Batna", 35.56, 6.17))
ACTS = (("burned", "ACCIDENT"), ("flooded", "DISASTER"), ("marched", "PROTEST"), ("met", "CONSULT"))
VERSION_1 = """
CREATE TABLE facts (key VARCHAR NOT NULL PRIMARY KEY, value INTEGER NOT NULL);
CREATE TABLE stories (id VARCHAR NOT NULL PRIMARY KEY, published DATE, source TEXT, record TEXT NOT NULL);
CREATE TABLE events (id VARCHAR NOT NULL PRIMARY KEY, story_id VARCHAR NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
  type VARCHAR NOT NULL, status VARCHAR NOT NULL, start DATE, "end" DATE, lat FLOAT, lon FLOAT, record TEXT NOT NULL);
CREATE INDEX ix_events_story_id ON events (story_id);
CREATE INDEX ix_events_start ON events (start);
CREATE TABLE evidence (event_id VARCHAR NOT NULL REFERENCES events (id) ON DELETE CASCADE, position INTEGER NOT NULL,
  part VARCHAR NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY (event_id, position));
INSERT INTO facts VALUES ('schema', 1), ('revision', 0);
"""

Told = tuple[Story, list[Event]]
Work = Callable[[Path, Callable[[str], None]], None]


@dataclass
class Survived:
    """How the kills went: before the child was done, with a migration not yet written, and what was wrong in the end."""

    kills: int
    in_the_act: int
    wrong: list[str]
    still_old: int = 0


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


def version_1_file(path: Path, told: Sequence[Told]) -> None:
    """A store of schema 1, made with plain SQL."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(VERSION_1)
        for story, events in told:
            row = (story.id, story.published and story.published.isoformat(), story.source, story.model_dump_json())
            connection.execute("INSERT INTO stories VALUES (?, ?, ?, ?)", row)
            for event in events:
                connection.execute(
                    "INSERT INTO events VALUES (?, ?, ?, ?, NULL, NULL, NULL, NULL, ?)",
                    (event.id, story.id, event.type, event.status, event.model_dump_json()),
                )
        connection.commit()


def take_in_and_review(told: Sequence[Told]) -> Work:
    """Work that takes in stories and corrects after every fourth, and that can be begun again at any time."""

    def work(path: Path, done: Callable[[str], None]) -> None:
        store = Store.open(path)
        said = {row.correction.why: row for row in store.corrections()}
        done("")
        for number, (story, events) in enumerate(told):
            store.add(story, events)
            done(story.id)
            if number % 4 == 3 and events:
                _review(store, number, events[0], said)
        store.close()

    return work


def _review(store: Store, number: int, event: Event, said: Collection[str]) -> None:
    """One correction, which is undone where its number says so; neither twice."""
    why, change = f"step {number}", (Accept(), Reject(), SetStatus(status="alleged"))[number % 3]
    if why not in said and store.story(event.story_id):
        own = store.story(event.story_id)
        event = event.model_copy(update={"story_id": own.id if own else event.story_id})
        store.correct(
            Correction(reports=(event,), change=change, who="Ada", why=why, at=datetime(2025, 3, 20, tzinfo=UTC))
        )
    if number % 8 == 7:
        mine = next(row for row in store.corrections() if row.correction.why == why)
        if mine.undone is None:
            store.undo(mine.correction.id, who="Bo")


def migrate(path: Path, done: Callable[[str], None]) -> None:
    """Work that opens a store of schema 1."""
    done("")
    Store.open(path).close()


def state(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of a store but the times of day at which they were written."""
    left_out = {"changes": {"at"}, "intakes": {"at"}, "past_versions": {"replaced_at"}}
    with closing(sqlite3.connect(path)) as connection:
        names = [
            row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]
        found = {}
        for name in names:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
            kept = ", ".join(f'"{column}"' for column in columns if column not in left_out.get(name, set()))
            found[name] = sorted(connection.execute(f"SELECT {kept} FROM {name}").fetchall(), key=repr)
    return found


def survive(work: Work, path: Path, kills: int, seconds: float, chance: random.Random) -> Survived:
    """Kill the work `kills` times, at a random moment of up to `seconds`, and look at the store each time."""
    survived = Survived(0, 0, [])
    for _ in range(kills):
        stored, finished = _killed(work, path, chance, seconds)
        survived.kills += 1
        survived.in_the_act += not finished
        if path.exists():
            survived.wrong += _what_is_wrong(path, stored)
    work(path, lambda _: None)
    return survived


def _killed(work: Work, path: Path, chance: random.Random, seconds: float) -> tuple[list[str], bool]:
    """Begin the work in a child and kill it. Returns the stories it said were stored, and whether it was done before."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            work(path, lambda name: void(os.write(writing, f"{name}\n".encode())))
        finally:
            os._exit(0)
    os.close(writing)
    told = b""
    if chance.random() < 0.8:  # else opening is killed, too
        told = os.read(reading, 1)
    time.sleep(chance.uniform(0, seconds))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    while part := os.read(reading, 65536):
        told += part
    os.close(reading)
    whole = told.decode().rpartition("\n")[0]
    return [name for name in whole.split("\n") if name], os.WIFEXITED(status)


def void(_: object) -> None:
    """Nothing of it."""


def _what_is_wrong(path: Path, stored: Sequence[str]) -> list[str]:
    engine = engine_of(f"sqlite:///{path}")
    try:
        wrong = [finding.what for finding in findings(engine) if finding.bad and "facts" not in finding.what]
    finally:
        engine.dispose()
    with closing(sqlite3.connect(path)) as connection:
        if connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'readings'").fetchone()[0]:
            known = [row[0] for row in connection.execute("SELECT id FROM readings")]
            wrong += [
                f"{name} was stored and is there {known.count(name)} times" for name in stored if known.count(name) != 1
            ]
    return wrong


def survive_migrations(old: Path, folder: Path, kills: int, chance: random.Random) -> Survived:
    """Kill migrations of copies of an old store, each within the time that the last whole one took."""
    calm = folder / "migrated.sqlite"
    shutil.copyfile(old, calm)
    length = _seconds(migrate, calm)
    expected, survived = state(calm), Survived(0, 0, [])
    for number in range(kills):
        path = folder / f"migration-{number}" / "old.sqlite"
        path.parent.mkdir()
        shutil.copyfile(old, path)
        stored, finished = _killed(migrate, path, chance, length)
        survived.kills += 1
        survived.in_the_act += not finished
        survived.wrong += _what_is_wrong(path, stored)
        still_old = _schema(path) == 1
        again = _seconds(migrate, path)
        if still_old:
            survived.still_old, length = survived.still_old + 1, again
        if state(path) != expected:
            survived.wrong.append(f"kill {number}: the store is not what an undisturbed migration makes")
        shutil.rmtree(path.parent)
    return survived


def _seconds(work: Work, path: Path) -> float:
    begun = time.monotonic()
    work(path, lambda _: None)
    return time.monotonic() - begun


def _schema(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT value FROM facts WHERE key = 'schema'").fetchone()[0])


def survive_intake(told: Sequence[Told], folder: Path, kills: int, chance: random.Random) -> Survived:
    """Kill a run that takes in stories and reviews them, and that goes on after each kill."""
    calm, killed, work = folder / "calm.sqlite", folder / "killed.sqlite", take_in_and_review(told)
    survived = survive(work, killed, kills, 2 * _seconds(work, calm) / max(1, kills), chance)
    if state(calm) != state(killed):
        survived.wrong.append("the store is not what an undisturbed run makes")
    return survived


def measured(kills: int, migrations: int, migrated: int, seed: int, folder: Path) -> dict[str, Survived]:
    """Kill ingest and review, and then migrations."""
    chance, found = random.Random(seed), {}
    if intakes := kills - migrations:
        found["ingest and review"] = survive_intake(invented(intakes * STEPS_A_KILL, seed), folder, intakes, chance)
    if migrations:
        old = folder / "old.sqlite"
        version_1_file(old, invented(migrated, seed))
        found["migration"] = survive_migrations(old, folder, migrations, chance)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each kind of work as JSON; 1 where something was wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument(
        "--migrations", type=int, help="how many of the kills hit a migration; a quarter where not said"
    )
    parser.add_argument("--migrated", type=int, default=MIGRATED, help="stories of the store that is migrated")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    migrations = asked.kills // 4 if asked.migrations is None else min(asked.kills, asked.migrations)
    with tempfile.TemporaryDirectory() as folder:
        found = measured(asked.kills, migrations, asked.migrated, asked.seed, Path(folder))
    for name, survived in found.items():
        print(json.dumps({"work": name, "kills": survived.kills, "in the act": survived.in_the_act,
                          "still of the old schema": survived.still_old, "wrong": survived.wrong[:20]}))  # fmt: skip
    return 1 if any(survived.wrong for survived in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
