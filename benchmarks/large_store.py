"""How the store and the page stand ten million events: sizes, start, the page's queries, and how each grows.

    python -m benchmarks.large_store [--folder DIR] [--events 1000000,10000000] [--repeats 9] [--browser 5] [--duckdb] [--keep]

Datasets of invented events are written where they are not there (`benchmarks.large_archive`; ten million take some minutes and
3 GB, and are deleted afterwards but for --keep). Times are medians, by the clock and of a core's own work (CPU); the machine's
load stands beside them. What is said of a hundred million events is worked out from the growth between the two sizes, and
is called so. Each size's figures are told as soon as they are there.
"""

from __future__ import annotations

import argparse
import math
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from benchmarks import large_archive, words
from benchmarks.crowded_events import DAYS, FIRST_DAY, WHO
from events.store import Store
from events.store.archive.dataset import Manifest, is_archive, manifest_of
from events.store.archive_store import ArchiveStore
from events.store.columns.kept_columns import folder_of
from events.view import EventTable, Filter, View, bars, select
from events.view.clusters import Viewport, crowd
from events.view.stored import columns_of, table_of
from geodata.atlas import Atlas
from geodata.gazetteer import Gazetteer

BEYOND = 100_000_000  # events that are worked out, not measured
CARDS = 40
WORLD = Viewport(-180.0, -60.0, 180.0, 84.0, 2.0)
LAST_DAY = FIRST_DAY + timedelta(days=DAYS - 1)
Measure = Callable[[int], object]


@dataclass(frozen=True)
class Figure:
    """One figure at each size, in a unit."""

    name: str
    unit: str
    values: tuple[float, ...]

    def row(self, sizes: Sequence[int]) -> str:
        """A row of the table: the values, the exponent of growth between the first and the last, and what that would give."""
        told = " | ".join(f"{value:,.4g}" for value in self.values)
        if len(sizes) < 2 or min(self.values) <= 0:
            return f"| {self.name}, {self.unit} | {told} | | |"
        power = math.log(self.values[-1] / self.values[0]) / math.log(sizes[-1] / sizes[0])
        beyond = self.values[-1] * (BEYOND / sizes[-1]) ** power
        return f"| {self.name}, {self.unit} | {told} | {power:.2f} | {beyond:,.3g} |"


def main(arguments: Sequence[str]) -> int:
    """Measure and print the tables. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "dateline-large")
    parser.add_argument("--events", default="1000000,10000000")
    parser.add_argument("--repeats", type=int, default=9)
    parser.add_argument("--browser", type=int, default=0, help="acts of each kind in Chromium, at the largest size")
    parser.add_argument("--duckdb", action="store_true", help="the same counts by DuckDB over the files, beside")
    parser.add_argument("--keep", action="store_true", help="leave the datasets where they are")
    options = parser.parse_args(arguments)
    sizes = [int(size) for size in options.events.split(",")]
    found = []
    for size in sizes:
        found.append(measured(_archive(options.folder, size), options.repeats, duck=options.duckdb))
        print(f"{size:,} events, load {os.getloadavg()[0]:.1f}: {found[-1]}", file=sys.stderr, flush=True)
    heads = " | ".join(f"{size:,}" for size in sizes)
    print(f"| | {heads} | exponent | {BEYOND:,}, extrapolated |\n|{'---|' * (len(sizes) + 3)}")
    for name, unit in found[0]:
        print(Figure(name, unit, tuple(one[name, unit] for one in found)).row(sizes), flush=True)
    print(f"\nload of the machine: {', '.join(f'{load:.1f}' for load in os.getloadavg())} on {os.cpu_count()} cores")
    if options.browser:
        _in_the_browser(options.folder / f"{sizes[-1]}", options.browser)
    if not options.keep:
        shutil.rmtree(options.folder)
    return 0


def measured(folder: Path, repeats: int, *, duck: bool) -> dict[tuple[str, str], float]:
    """All figures of one dataset, by name and unit."""
    manifest = manifest_of(folder)
    found: dict[tuple[str, str], float] = {}
    found |= _sizes(manifest)
    store = Store.open(folder)
    kept = folder_of(store.identity(), store.revision())
    shutil.rmtree(kept, ignore_errors=True)
    found["columns made of the files, once", "s"] = _seconds(lambda: columns_of(store))
    found["columns kept, bytes an event", "B"] = _bytes(kept) / manifest.event_count
    found["columns mapped at each start", "s"] = _seconds(lambda: columns_of(store))
    found["regions of its places, once", "s"] = _seconds(lambda: _table(store))
    begun = time.perf_counter()
    table = _table(store)
    found["the table of a later start", "s"] = time.perf_counter() - begun
    for name, ask in queries(table).items():
        found[name, "CPU ms"], found[name, "ms"] = _medians(ask, repeats)
    assert isinstance(store, ArchiveStore)
    found["two words sought without an index", "s"] = _seconds(lambda: store.rows_worded(["envoys", "talks"]))
    found |= words.figures(store, table, repeats)
    for name, ask in by_words(table).items():
        found[name, "CPU ms"], found[name, "ms"] = _medians(ask, repeats)
    found["memory of the process, its own", "MB"], found["memory of the process, mapped", "MB"] = _memory()
    return found | (_by_duckdb(folder, repeats) if duck else {})


def queries(table: EventTable) -> dict[str, Measure]:
    """What the page asks for when a choice changes; no filter is asked twice, since the latest views are remembered."""

    def step(turn: int) -> date:
        return FIRST_DAY + timedelta(days=turn)

    last = page(table, Filter(start=FIRST_DAY, end=LAST_DAY))
    chosen: dict[str, Callable[[int], Filter]] = {
        "all days": lambda turn: Filter(start=FIRST_DAY, end=LAST_DAY - timedelta(days=turn)),
        "a status": lambda turn: Filter(start=step(turn), statuses=("planned",)),
        "a type": lambda turn: Filter(start=step(turn), types=("AID",)),
        "a third of the days (a brush)": lambda turn: Filter(start=step(turn), end=step(turn + DAYS // 3)),
        "a region": lambda turn: Filter(start=step(turn), regions=("continent:EU",)),
        "an outlet left out": lambda turn: Filter(start=step(turn), not_sources=("Outlet 0",)),
        "at least so sure, for which rows are looked at": lambda turn: Filter(start=step(turn), sureness=0.6),
    }
    asked = {
        f"all the page asks, {name}": lambda turn, make=make: page(table, make(turn)) for name, make in chosen.items()
    }
    return asked | {
        "clusters in sight of another viewport": lambda turn: crowd(last, Viewport(turn, 30, turn + 30, 60, 5.0)),
        "the first cards": lambda turn: _cards(select(table, Filter(start=step(turn + 40), statuses=("planned",)))),
    }


def by_words(table: EventTable) -> dict[str, Measure]:
    """The same when a word is typed."""
    who = [name.lower() for name in WHO]
    return {
        "all the page asks, a word": lambda turn: page(table, Filter(words=who[turn % len(who)])),
        "all the page asks, a word left out": lambda turn: page(table, Filter(words=f"-{who[turn % len(who)]}")),
    }


def page(table: EventTable, chosen: Filter) -> View:
    """All that the page asks of the rows, but for the events of its cards themselves."""
    view = select(table, chosen)
    crowd(view, WORLD)
    bars(view, FIRST_DAY, LAST_DAY)
    assert view.counts.regions and view.counts.families and view.counts.statuses and view.told
    assert len(view.shown) + len(view.unplaced) + len(view.undated) and view.years
    view.shown.first(CARDS)
    return view


def _cards(view: View) -> object:
    view.table._kept.clear()
    return view.shown[:CARDS]


def _by_duckdb(folder: Path, repeats: int) -> dict[tuple[str, str], float]:
    """The counts of "a status" by DuckDB: one question each for places, days, types and outlets."""
    import duckdb

    files = f"read_parquet('{folder}/events/**/*.parquet')"
    where = "status = 'planned' AND date IS NOT NULL AND place IS NOT NULL AND enddate >= DATE '{}'"
    asked = ("place_id, family", "date, family", "event, status", "sources")
    connection = duckdb.connect()

    def ask(turn: int) -> None:
        told = where.format((FIRST_DAY + timedelta(days=turn)).isoformat())
        for columns in asked:
            connection.execute(f"SELECT {columns}, count(*) FROM {files} WHERE {told} GROUP BY ALL").fetchall()

    name = "the counts of a status, by DuckDB over the files"
    return dict(zip(((name, "CPU ms"), (name, "ms")), _medians(ask, min(repeats, 3)), strict=True))


def _archive(folder: Path, size: int) -> Path:
    path = folder / f"{size}"
    if not is_archive(path):
        shutil.rmtree(path, ignore_errors=True)
        begun = time.perf_counter()
        large_archive.write(path, size)
        print(f"{path}: written in {time.perf_counter() - begun:.0f} s", file=sys.stderr)
    return path


def _sizes(manifest: Manifest) -> dict[tuple[str, str], float]:
    count = manifest.event_count
    parts = {"events": manifest.events, "records": manifest.records, "stories": manifest.stories}
    each = {(f"{name} in the dataset", "MB"): sum(file.size for file in files) / 1e6 for name, files in parts.items()}
    whole = sum(each.values()) * 1e6 / count
    return each | {("the dataset, bytes an event", "B"): whole}


def _table(store: Store) -> EventTable:
    gazetteer = Gazetteer.open()
    return table_of(store, Atlas.open(gazetteer), gazetteer)


def _seconds(ask: Callable[[], object]) -> float:
    begun = time.perf_counter()
    ask()
    return time.perf_counter() - begun


def _medians(ask: Measure, repeats: int) -> tuple[float, float]:
    """Milliseconds of the process's own work, and by the clock; what is asked first warms and is not counted."""
    ask(0)
    times = []
    for turn in range(1, repeats + 1):
        begun = time.process_time(), time.perf_counter()
        ask(turn)
        times.append((1000 * (time.process_time() - begun[0]), 1000 * (time.perf_counter() - begun[1])))
    work, waited = (statistics.median(some) for some in zip(*times, strict=True))
    return work, waited


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _memory() -> tuple[float, float]:
    """What this process holds of its own, and what of files it has mapped, in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    own, mapped = (int(status.partition(f"{name}:")[2].split()[0]) / 1024 for name in ("RssAnon", "RssFile"))
    return own, mapped


def _in_the_browser(store: Path | str, repeats: int) -> None:
    """From the reader's hand to the painted map, as `benchmarks.million` measures it."""
    from benchmarks import million, page_acts, page_server

    print(f"\n{million.HEAD}")
    with page_server.serving(store) as (address, server), million._page(address) as (page, first):
        print(page_acts.Figure("first paint, a new visitor", first, os.getloadavg()[0]).row(), flush=True)
        for figure in page_acts.figures(page, repeats):
            print(figure.row(), flush=True)
        print(f"\nserver: {page_server.resident(server):.0f} MB, mapped files among it")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
