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
import json
import sys
from dataclasses import dataclass
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared"
FLOORS = Path(__file__).with_name("floors.json")
MARGIN = 0.01  # of a share, that a floor keeps below what was measured
WIDER = {"events": 0.03}  # where weights learned on another machine move a figure by more
UNGUARDED = ("_s", "_mb", ".given")  # what depends on the machine, or is no better for being higher

Figures = dict[str, float]


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
    Benchmark("linking", ("training/own-news/pairs.jsonl",)),
    Benchmark("publication", (*TEMPEVAL, *EVENTS, "corpora/meantime.jsonl", "training/own-news")),
    Benchmark("times", (*TEMPEVAL, "score/score_times.py")),
    Benchmark("triggers", ("training/own-news",)),
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
    print(f"{'':42} {'ours':>9} {'floor':>6}  beside it")
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


def table(ours: Figures, floors: Figures, peers: dict[str, Figures]) -> list[str]:
    """A line a figure: its name, ours, its floor, and what others reach.

    >>> table({"times.value_f1": 0.768}, {"times.value_f1": 0.75}, {"dateparser": {"times.value_f1": 0.318}})
    ['times.value_f1                                 0.768  0.750  dateparser 0.318']
    """
    lines = []
    for name, value in ours.items():
        floor = f"{floors[name]:.3f}" if name in floors else ""
        others = ", ".join(f"{peer} {row[name]:.3f}" for peer, row in peers.items() if name in row)
        shown = f"{value:.3f}" if value < 10 else f"{value:,.0f}"
        lines.append(f"{name:42} {shown:>9} {floor:>6}  {others}".rstrip())
    return lines


def below(measured: Figures, floors: Figures) -> list[str]:
    """The figures that are below their floors.

    >>> below({"a": 0.7, "b": 0.9, "c": 0.1}, {"a": 0.71, "b": 0.9})
    ['a']
    """
    return [name for name, value in measured.items() if value < floors.get(name, value)]


def raised(floors: Figures, measured: Figures) -> Figures:
    """Floors a margin below what was measured, where that is higher than they are.

    >>> raised({"a": 0.7, "b": 0.5}, {"a": 0.68, "b": 0.62, "c": 0.9, "c.size_mb": 30.0})
    {'a': 0.7, 'b': 0.61, 'c': 0.89}
    """
    new = {name: round(value - margin(name), 3) for name, value in measured.items() if not name.endswith(UNGUARDED)}
    return dict(sorted({**new, **{name: max(floor, new.get(name, floor)) for name, floor in floors.items()}}.items()))


def margin(name: str) -> float:
    """How far below what was measured a figure's floor lies."""
    return WIDER.get(name.split(".")[0], MARGIN)


def read_floors() -> Figures:
    """The floors by figure."""
    floors: Figures = json.loads(FLOORS.read_text(encoding="utf-8"))
    return floors


def write_floors(floors: Figures) -> None:
    """Write the floors, a line each."""
    FLOORS.write_text(json.dumps(floors, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
