"""All that is measured in one table, beside its floor and beside what others reach in the same run.

    python -m benchmarks                    everything whose data are at hand
    python -m benchmarks times geoparsing   only these
    python -m benchmarks --check            exit status 1 where a figure is below its floor
    python -m benchmarks --raise            put the floors up to the margin below today's figures; never down

Floors stand in floors.json, a figure's name and the least it may be. Each benchmark is a module of this folder with
`figures()`, and `beside()` where something is measured beside it; its first lines say what is measured and how.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from dataclasses import dataclass

from benchmarks.floors import Figures, below, raised, read_floors, table, write_floors
from benchmarks.shared_data import SHARED


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A module of this folder, and the files below ../shared that it reads."""

    name: str
    needs: tuple[str, ...] = ()

    def lacking(self) -> list[str]:
        """The files that are not at hand."""
        return [need for need in self.needs if not (SHARED / need).exists()]


TEMPEVAL = ("corpora/tempeval3-timebank.jsonl", "corpora/tempeval3-aquaint.jsonl")
EVENTS = ("corpora/events-dev.jsonl", "corpora/events-dev-world.jsonl")
TOPONYMS = tuple(f"corpora/{name}.jsonl" for name in ("lgl", "geovirus", "tud-loc-2013"))
UNER = ("training/names_uner_ewt_test.jsonl", "training/names_uner_pud_test.jsonl")
BENCHMARKS = (
    Benchmark("gazetteer"),
    Benchmark("linking"),
    Benchmark("reprints"),
    Benchmark("fresh_news"),
    Benchmark("publication", (*TEMPEVAL, *EVENTS, "corpora/meantime.jsonl", "training/own-news")),
    Benchmark("times", (*TEMPEVAL, "score/score_times.py")),
    Benchmark("triggers"),
    Benchmark("actors"),
    Benchmark("names", (*UNER, "corpora/geovirus.jsonl")),
    Benchmark("geoparsing", (*TOPONYMS, "score/score_geoparse.py")),
    Benchmark("events", (*EVENTS, "score/score_events.py")),
)


def main() -> int:
    """Measure what was asked for, print the table, compare with the floors. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(b.name for b in BENCHMARKS))
    parser.add_argument("--check", action="store_true", help="exit with 1 where a figure is below its floor")
    parser.add_argument("--raise", dest="raises", action="store_true", help="put the floors up, never down")
    asked = parser.parse_args()
    known = {benchmark.name: benchmark for benchmark in BENCHMARKS}
    if unknown := set(asked.names) - set(known):
        parser.error(f"there is no benchmark called {', '.join(sorted(unknown))}")
    floors = read_floors()
    measured: Figures = {}
    print(f"{'':46} {'ours':>8} {'floor':>6}  beside it")
    for benchmark in [known[name] for name in asked.names] or BENCHMARKS:
        if lacking := benchmark.lacking():
            print(f"{benchmark.name}: skipped, for ../shared/{lacking[0]} is not there")
            continue
        measured |= measure(benchmark, floors, with_peers=not (asked.check or asked.raises))
    if asked.raises:
        write_floors(raised(floors, measured))
    broken = below(measured, floors)
    for name in broken:
        print(f"{name} is {measured[name]:.3f}, below its floor of {floors[name]:.3f}", file=sys.stderr)
    return 1 if broken and asked.check else 0


def measure(benchmark: Benchmark, floors: Figures, with_peers: bool) -> Figures:
    """Run one benchmark and print its lines. Returns its figures."""
    module = importlib.import_module(f"benchmarks.{benchmark.name}")
    ours: Figures = module.figures()
    peers: dict[str, Figures] = module.beside() if with_peers and hasattr(module, "beside") else {}
    for line in table(ours, floors, peers):
        print(line, flush=True)
    return ours


if __name__ == "__main__":
    raise SystemExit(main())
