"""How long a word takes in a large store: with the index of words and without it, and what the index costs.

    python -m benchmarks.words --store PATH_OR_URL [--repeats 9] [--without]

The index is made anew, where the page would look for it. The events are those of `benchmarks.crowded_events`, whose words are
asked for. Times are medians of a core's work and by the clock, but for what is done once; --without: also the way that is
gone while there is no index, once a word. Each word is asked for anew, for the page remembers its last four.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence

from benchmarks.crowded_events import WHO
from events.store import Store
from events.store.words.making import bring_up_to_date
from events.store.words.word_index import folder_of
from events.view import EventTable
from events.view.stored import StoredEvents, table_of
from geodata.atlas import Atlas
from geodata.gazetteer import Gazetteer

Asked = Callable[[int], list[str]]
ENDS = "burg ville stad grad ford ston pur abad ham field".split()
PAIRS = "an in er st ar on ra ka ma el".split()
ASKED: Mapping[str, Asked] = {
    "a word, which a tenth of the events have": lambda turn: [WHO[turn % len(WHO)].lower()],
    "two words": lambda turn: [WHO[turn % len(WHO)].lower(), "talks"],
    "a piece of a word": lambda turn: [ENDS[turn % len(ENDS)]],
    "one letter": lambda turn: ["aeioursntl"[turn % 10]],
    "two letters": lambda turn: [PAIRS[turn % len(PAIRS)]],
    "a word that none has": lambda turn: [f"nobody{turn}"],
}


def main(arguments: Sequence[str]) -> int:
    """Measure and print. Returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--store", required=True)
    parser.add_argument("--repeats", type=int, default=9)
    parser.add_argument("--without", action="store_true")
    options = parser.parse_args(arguments)
    store, gazetteer = Store.open(options.store), Gazetteer.open()
    table = table_of(store, Atlas.open(gazetteer), gazetteer)
    print(f"| {len(table):,} events | |\n|---|---|")
    if options.without:
        shutil.rmtree(folder_of(store.identity()), ignore_errors=True)
        for name, words in ASKED.items():
            begun = time.perf_counter()
            table.worded(words(0))
            print(f"| {name}, without an index, s | {time.perf_counter() - begun:,.2f} |", flush=True)
    for (name, unit), value in figures(store, table, options.repeats).items():
        print(f"| {name}, {unit} | {value:,.1f} |", flush=True)
    print(f"\nload of the machine: {', '.join(f'{load:.1f}' for load in os.getloadavg())} on {os.cpu_count()} cores")
    store.close()
    return 0


def figures(store: Store, table: EventTable, repeats: int) -> dict[tuple[str, str], float]:
    """What the index of a store costs, made anew, and what it answers how soon; by name and unit."""
    assert isinstance(table.source, StoredEvents)
    folder, made = folder_of(store.identity()), "index of words made, once"
    shutil.rmtree(folder, ignore_errors=True)
    begun = time.perf_counter(), time.process_time()
    bring_up_to_date(store)
    found = {(made, "s"): time.perf_counter() - begun[0], (made, "CPU s"): time.process_time() - begun[1]}
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    found["index of words, bytes an event", "B"] = size / len(table)
    begun = time.perf_counter(), time.process_time()
    table.worded(["nobody"])
    found["the first word of a server", "ms"] = 1000 * (time.perf_counter() - begun[0])
    for name, words in ASKED.items():
        found[name, "CPU ms"], found[name, "ms"] = _medians(table, words, repeats)
    return found


def _medians(table: EventTable, words: Asked, repeats: int) -> tuple[float, float]:
    times = []
    for turn in range(repeats):
        begun = time.process_time(), time.perf_counter()
        table.worded(words(turn))
        times.append((1000 * (time.process_time() - begun[0]), 1000 * (time.perf_counter() - begun[1])))
    work, waited = (statistics.median(some) for some in zip(*times, strict=True))
    return work, waited


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
