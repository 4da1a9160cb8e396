"""How a store in a file of SQLite and one on a PostgreSQL server compare: the same events, the same calls.

Run: python -m benchmarks.stores [--events 100000] [--stories 100] [--store PATH]

Makes a crowded store (`benchmarks.crowded_store`), copies it to a server of its own and back, then reads and writes the
same in both. The server waits for the disk as a real one does, and is reached by a socket, so no network is measured.
Prints a table; each figure is the median of what it says, and the load of the machine. With --store the events are those of
a store in a file that is there (`benchmarks.crowded_store` makes one); a copy of it is measured, and not copied back.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from benchmarks.crowded_store import fill
from benchmarks.invented_stories import invented
from events.corrections import Correction, SetStatus
from events.model import Event, Story, When
from events.store import Store

LAGOS = (2.0, 5.0, 5.0, 8.0)
NAMED = 50  # events on a page of the list
TIMES = 7
A_YEAR = timedelta(days=365)

Figures = dict[str, str]


def median_ms(act: Callable[[], Any], times: int = TIMES) -> str:
    """The median of some runs, in milliseconds."""
    return f"{1000 * statistics.median(_seconds(act) for _ in range(times)):,.2f} ms"


def _seconds(act: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def read(store: Store) -> Figures:
    """What it takes to read."""
    begun = time.perf_counter()
    columns = store.columns()
    whole = time.perf_counter() - begun
    ids = [name.decode() for name in columns.ids[:: max(1, len(columns.ids) // NAMED)]][:NAMED]
    return {
        "revision, nothing new": median_ms(store.revision, 200),
        "all columns, once": f"{whole:,.1f} s",
        f"{NAMED} events by id": median_ms(lambda: store.events_named(ids)),
        "one event by id": median_ms(lambda: store.event(ids[0]), 50),
        "columns of a box of 3 by 3 degrees": median_ms(lambda: store.columns(LAGOS)),
        "ids by two words": median_ms(lambda: store.candidates(["farmers", "relief"]), 3),
        "new since a mark": median_ms(lambda: store.since(*store.mark())),
    }


def write(store: Store, stories: int) -> Figures:
    """What it takes to take in stories and to correct."""
    told = [_in_the_midst(*one) for one in invented(stories, seed=3)]
    adding = [_seconds(lambda one=one: store.add(*one)) for one in told]  # type: ignore[misc]
    reports = [report for story, _ in told[:20] for report in store.events_of(story.id)[:1]]
    correcting = [_seconds(lambda report=report: store.correct(_denied(report))) for report in reports]  # type: ignore[misc]
    return {
        f"taking in a story, median of {stories}": f"{1000 * statistics.median(adding):,.1f} ms",
        f"correcting an event, median of {len(correcting)}": f"{1000 * statistics.median(correcting):,.1f} ms",
    }


def _in_the_midst(story: Story, events: Sequence[Event]) -> tuple[Story, list[Event]]:
    """A story and its events a year before: among the days of a crowded store, so that they have neighbours there."""
    earlier = [event.model_copy(update={"when": event.when and _a_year_before(event.when)}) for event in events]
    return story.model_copy(update={"published": story.published and story.published - A_YEAR}), earlier


def _a_year_before(when: When) -> When:
    return when.model_copy(update={"start": when.start - A_YEAR, "end": when.end - A_YEAR})


def _denied(report: Any) -> Correction:
    return Correction(reports=(report,), change=SetStatus(status="denied"), who="Ada")


def measured(asked: argparse.Namespace, folder: Path, address: str) -> dict[str, Figures]:
    """The figures of both, by name of the kind."""
    path = folder / "news.sqlite"
    if asked.store:
        shutil.copyfile(asked.store, path)
    else:
        fill(path, asked.events)
    file, server = Store.open(path), Store.open(address)
    there = _seconds(lambda: file.copy_to(server))
    with server._engine.begin() as connection:
        connection.execute(text("ANALYZE"))
        size = connection.scalar(text("SELECT pg_database_size(current_database())"))
    found = {
        "SQLite": {"size": f"{path.stat().st_size / 1e6:,.0f} MB"},
        "PostgreSQL": {"size": f"{size / 1e6:,.0f} MB", "copied from the other in": f"{there:,.1f} s"},
    }
    if not asked.store:
        other = Store.open(folder / "again.sqlite")
        found["SQLite"]["copied from the other in"] = f"{_seconds(lambda: server.copy_to(other)):,.1f} s"
        other.close()
    for name, store in (("SQLite", file), ("PostgreSQL", server)):
        found[name] |= read(store) | write(store, asked.stories)
        store.close()
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--stories", type=int, default=100)
    parser.add_argument("--store", type=Path, help="a store in a file, in place of a new one")
    asked = parser.parse_args(arguments)
    from tests.postgresql_server import SAFE, Server, why_not

    if reason := why_not():
        print(reason, file=sys.stderr)
        return 1
    server = Server(SAFE)
    try:
        with tempfile.TemporaryDirectory() as folder:
            found = measured(asked, Path(folder), server.database())
    finally:
        server.end()
    print(f"| {asked.store or f'{asked.events:,} events'} | SQLite | PostgreSQL |\n|---|---|---|")
    for name in found["PostgreSQL"]:
        print(f"| {name} | {found['SQLite'].get(name, '')} | {found['PostgreSQL'][name]} |")
    print(f"\nload of the machine: {', '.join(f'{load:.1f}' for load in os.getloadavg())} on {os.cpu_count()} cores")
    return 0


if __name__ == "__main__":
    sys.exit(main())
