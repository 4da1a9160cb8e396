"""How a store of ten million events on a PostgreSQL server stands the page, a question, a new story and `check`.

    python -m benchmarks.large_server FOLDER [--events 10000000] [--repeats 5] [--browser 8] [--only PART,PART]

The server is one of its own in FOLDER, which stays: 32 GB for ten million, filled by COPY where it is empty
(`benchmarks.server_filling`). Parts: sizes, start, page, reading, area, check, story, browser. Times are by the clock; the
load of the machine stands behind each part. Not run in tests.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Connection

from benchmarks.invented_stories import invented
from benchmarks.kept_server import LOADING, KeptServer
from benchmarks.large_store import _in_the_browser, _medians, _memory, queries
from benchmarks.server_filling import fill, is_loaded, put_in_order
from benchmarks.stores import median_ms
from events.store import Store
from events.store.columns.kept_columns import folder_of
from events.store.upkeep import checking, checking_stories
from events.view import EventTable
from events.view.filtering import Mark
from events.view.stored import columns_of, table_of
from geodata.atlas import Atlas
from geodata.gazetteer import Gazetteer

BOX = "2,5;5,5;5,8;2,8"  # around Lagos: corners, longitude first
MONTH = ("--from", "2023-01-01", "--to", "2023-01-31")
PARTS = ("sizes", "start", "page", "reading", "area", "check", "story", "browser")
STORIES = 12  # that are taken in
PARTS_WALKED = 20  # of the stories that `check` reads
ROOT = Path(__file__).resolve().parents[1]
_SIZES = """
    SELECT relname, pg_table_size(oid), pg_indexes_size(oid) FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY pg_total_relation_size(oid) DESC LIMIT 8
"""


def main(arguments: Sequence[str]) -> int:
    """Fill where nothing is, measure, print. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--browser", type=int, default=8, help="acts of each kind in Chromium")
    parser.add_argument("--only", default=",".join(PARTS), help="parts, parted by commas")
    options = parser.parse_args(arguments)
    folder = options.folder.resolve()
    if not (folder / "filled").exists():
        _fill(folder, options.events)
    server = KeptServer(folder)
    try:
        for part in options.only.split(","):
            print(f"\n{part}:", flush=True)
            _MEASURES[part](server.store, options)
            print(f"load {os.getloadavg()[0]:.1f}", flush=True)
    finally:
        server.end()
    return 0


def _fill(folder: Path, count: int) -> None:
    server = KeptServer(folder, LOADING)
    try:
        took = {} if is_loaded(server.store) else fill(server.store, folder, count)
        took |= put_in_order(server.store, folder)
    finally:
        server.end()
    for name, seconds in took.items():
        _row(name, f"{seconds:,.1f} s")
    (folder / "filled").touch()


def _row(name: str, value: object) -> None:
    print(f"| {name} | {value} |", flush=True)


def _timed(name: str, act: Callable[[], Any]) -> Any:
    begun = time.perf_counter()
    found = act()
    _row(name, f"{time.perf_counter() - begun:,.2f} s")
    return found


def _table(store: Store) -> EventTable:
    gazetteer = Gazetteer.open()
    return table_of(store, Atlas.open(gazetteer), gazetteer)


def sizes(address: str, _options: argparse.Namespace) -> None:
    """How large the database and its largest tables are."""
    store = Store.open(address)
    with store._engine.begin() as connection:
        whole = connection.scalar(text("SELECT pg_database_size(current_database())"))
        rows = connection.execute(text(_SIZES)).all()
    _row("all", f"{whole / 1e9:,.1f} GB")
    for name, own, indexes in rows:
        _row(name, f"{own / 1e9:,.2f} GB and {indexes / 1e9:,.2f} GB of indexes")
    store.close()


def start(address: str, _options: argparse.Namespace) -> None:
    """The first start, which reads all columns where none are kept, and the next."""
    store = Store.open(address)
    kept = folder_of(store.identity(), store.revision()).is_dir()
    _timed("columns mapped" if kept else "columns read, indexed and written", lambda: columns_of(store))
    _timed("columns mapped again", lambda: columns_of(store))
    _timed("the table, with the regions of its places", lambda: _table(store))
    _timed("the table of a later start", lambda: _table(store))
    own, mapped = _memory()
    _row("memory of this process, its own and mapped", f"{own:,.0f} MB and {mapped:,.0f} MB")
    store.close()


def page(address: str, options: argparse.Namespace) -> None:
    """What the page asks when a choice changes."""
    store = Store.open(address)
    for name, ask in queries(_table(store)).items():
        work, clock = _medians(ask, options.repeats)
        _row(name, f"{clock:,.1f} ms ({work:,.1f} of a core of ours)")
    store.close()


def reading(address: str, _options: argparse.Namespace) -> None:
    """Questions that the database answers."""
    store = Store.open(address)
    names = columns_of(store).ids
    ids = [name.decode() for name in names[:: len(names) // 50]][:50]
    _row("revision, nothing new", median_ms(store.revision, 200))
    _row("50 events by id", median_ms(lambda: store.events_named(ids)))
    _row("one event by id", median_ms(lambda: store.event(ids[0]), 50))
    table, (story, change) = _table(store), store.mark()
    for back in (0, 1_000, story // 2, story):
        mark = Mark(story - back, change)
        _row(f"which rows are new since {back:,} stories", median_ms(lambda mark=mark: table.since(mark)))  # type: ignore[misc]
    _row("how many events there are", median_ms(store.event_count, 3))
    _row("columns of a box of 3 by 3 degrees", median_ms(lambda: store.columns((2.0, 5.0, 5.0, 8.0)), 1))
    _row("ids by two words", median_ms(lambda: store.candidates(["farmers", "relief"]), 1))
    store.close()


def area(address: str, _options: argparse.Namespace) -> None:
    """`export --area` as a command of its own, of a month and of all days: what has no place comes with it."""
    for days in (MONTH, ()):
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "box.jsonl"
            asked = ["--store", address, "--area", BOX, *days, "-o", str(out)]
            command = [sys.executable, "-m", "events", "export", *asked]
            done = _timed(
                f"export --area '{BOX}' {' '.join(days)}",
                lambda command=command: subprocess.run(command, cwd=ROOT, capture_output=True, text=True),  # type: ignore[misc]
            )
            _row("it said", " ".join(done.stderr.split()) or done.returncode)


def check(address: str, _options: argparse.Namespace) -> None:
    """`check`, part by part; of its walk through the stories the first ones."""
    store = Store.open(address)
    parts = (checking._of_references, checking._of_links, checking._of_copies, checking._of_duplicates,
             checking._of_corrections)  # fmt: skip
    for part in parts:
        with store._engine.begin() as connection:
            found = _timed(f"check{part.__name__.replace('_', ' ')}", lambda part=part: list(part(connection)))  # type: ignore[misc]
            _row("found", [finding.what for finding in found[:3]] or "nothing")
    with store._engine.begin() as connection:
        kept = _timed("check of bands: the sums of all", lambda: checking_stories._kept_sums(connection))
        _timed(f"check of {PARTS_WALKED * checking_stories.AT_ONCE:,} stories", lambda: _walk(connection, kept))
    store.close()


def _walk(connection: Connection, kept: dict[int, checking_stories.Sums]) -> None:
    for part in range(PARTS_WALKED):
        for finding in checking_stories._of_part(connection, part, kept.get(part, checking_stories.Sums())):
            _row("found", finding.what)


def story(address: str, _options: argparse.Namespace) -> None:
    """Stories taken in one by one, and what the page's table takes to have them."""
    store = Store.open(address)
    times = []
    for told in invented(STORIES, seed=time.time_ns()):
        begun = time.perf_counter()
        store.add(*told)
        times.append(1000 * (time.perf_counter() - begun))
    _row(f"each of {STORIES} stories taken in", ", ".join(f"{ms:,.0f}" for ms in times) + " ms")
    _timed("the columns with them", lambda: columns_of(store))
    _timed("the table with them", lambda: _table(store))
    store.close()


def browser(address: str, options: argparse.Namespace) -> None:
    """The page in Chromium, for somebody who never was there: what people keep of other stores stays out of it."""
    with tempfile.TemporaryDirectory() as desk:
        os.environ["XDG_DATA_HOME"] = desk
        _in_the_browser(address, options.browser)
        del os.environ["XDG_DATA_HOME"]


_MEASURES = {part: globals()[part] for part in PARTS}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
