"""How long a briefing takes in each format: 10 events and 60, from the view to the bytes.

    python -m benchmarks.briefing

Under 2 seconds for 10 events and 5 seconds for 60 is what a person waits for without noticing. The first briefing of a
process also reads the base map; that is timed apart. Wall time, and processor time beside it for machines that are busy.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import import_module

from events.briefing import Briefing, markdown, pdf, png, svg
from events.briefing.land import land
from events.dashboard.handing_over.briefing_html import html

TOWNS = (
    "Helsinki",
    "Tallinn",
    "Riga",
    "Gdansk",
    "Kyiv",
    "Odesa",
    "Kharkiv",
    "Warsaw",
    "Athens",
    "Ukraine",
    "Gulf Cable",
)
WRITERS: dict[str, Callable[[Briefing], bytes]] = {"pdf": pdf, "png": png, "svg": svg, "md": markdown, "html": html}
MOST_SECONDS = {10: 2.0, 60: 5.0}


def main() -> None:
    """Print a line for each format and number of events."""
    invented = import_module("tests.briefings")
    print(f"{'base map, once':24}{_timed(land)}")
    for number, most in MOST_SECONDS.items():
        made = invented.briefing(invented.many(TOWNS, number, every=2))
        for ending, write in WRITERS.items():
            took = _timed(lambda write=write, made=made: write(made))  # type: ignore[misc]
            print(f"{number} events, {ending:12}{took}   at most {most:.0f} s")


def _timed(act: Callable[[], object]) -> str:
    wall, processor = time.perf_counter(), time.process_time()
    act()
    return f"{time.perf_counter() - wall:8.2f} s{time.process_time() - processor:8.2f} s of processor"


if __name__ == "__main__":
    main()
