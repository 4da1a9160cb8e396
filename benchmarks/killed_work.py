"""Work on a store that can be killed and begun again, killing it, and what a store then holds.

For benchmarks/kill.py. Needs os.fork (Linux, macOS).
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.invented_stories import Told
from events.corrections import Accept, Correction, Reject, SetStatus
from events.model import Event
from events.store import Store
from events.store.database.opening import engine_of
from events.store.upkeep.checking import findings

Work = Callable[[Path, Callable[[str], None]], None]


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


def killed(work: Work, path: Path, chance: random.Random, seconds: float) -> tuple[list[str], bool]:
    """Begin the work in a child and kill it. Returns the stories it said were stored, and whether it was done before."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)

        def say(name: str) -> None:
            os.write(writing, f"{name}\n".encode())

        try:
            work(path, say)
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


def what_is_wrong(path: Path, stored: Sequence[str]) -> list[str]:
    """What is not sound in a store, and which stories of those that were said to be stored are not there once."""
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


def seconds_of(work: Work, path: Path) -> float:
    """How long the work takes when nothing disturbs it."""
    begun = time.monotonic()
    work(path, lambda _: None)
    return time.monotonic() - begun


def schema_of(path: Path) -> int:
    """The number of a store's schema."""
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT value FROM facts WHERE key = 'schema'").fetchone()[0])
