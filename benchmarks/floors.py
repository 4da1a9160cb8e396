"""Floors under what is measured: floors.json holds a figure's name and the least it may be, and they only rise.

For `python -m benchmarks` and tests/test_floors.py. Figures are shares of 1 by name, the benchmark's first.
"""

from __future__ import annotations

import json
from pathlib import Path

Figures = dict[str, float]

FLOORS = Path(__file__).with_name("floors.json")
MARGIN = 0.01  # of a share, that a floor keeps below what was measured
WIDER = {"actors": 0.03, "events": 0.03, "names": 0.02}  # where weights learned anew move a figure by more
UNGUARDED = ("_s", "_mb", ".given")  # what depends on the machine, or is no better for being higher
EVENT_GUARDS = (".core_recall", ".precision", ".f1")  # the rest is of the pairs found, and falls when more are found


def table(ours: Figures, floors: Figures, peers: dict[str, Figures]) -> list[str]:
    """A line a figure: its name, ours, its floor, and what others reach.

    >>> table({"times.value_f1": 0.768}, {"times.value_f1": 0.75}, {"dateparser": {"times.value_f1": 0.318}})
    ['times.value_f1                                    0.768  0.750  dateparser 0.318']
    """
    lines = []
    for name, value in ours.items():
        floor = f"{floors[name]:.3f}" if name in floors else ""
        others = ", ".join(f"{peer} {row[name]:.3f}" for peer, row in peers.items() if name in row)
        shown = f"{value:.3f}" if value < 10 else f"{value:,.0f}"
        lines.append(f"{name:46} {shown:>8} {floor:>6}  {others}".rstrip())
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
    new = {name: round(value - margin(name), 3) for name, value in measured.items() if is_guarded(name)}
    return dict(sorted({**new, **{name: max(floor, new.get(name, floor)) for name, floor in floors.items()}}.items()))


def is_guarded(name: str) -> bool:
    """Whether a figure has a floor.

    >>> [is_guarded(name) for name in ("gazetteer.size_mb", "events.all.f1", "events.all.place", "linking.f1")]
    [False, True, False, True]
    """
    return name.endswith(EVENT_GUARDS) if name.startswith("events.") else not name.endswith(UNGUARDED)


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
