"""The command `import`: events that come as data into a store.

Messages go to standard error; exit status 1 where something was bad and is named, the rest being taken in.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from events.importing.result import Imported, Record
from events.model import DatelineError
from events.reading.result import Problem, same_words
from events.store import Store
from events.view_options import StoreUrl
from geodata.gazetteer import Gazetteer
from geodata.place import GazetteerError

messages = Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)

Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE", help="GeoJSON or JSON Lines of Dateline's; tables of GDELT 2, ACLED or UCDP GED."),
]


def import_events(files: Files, store: StoreUrl = None) -> None:
    """Events that are data already, ours or other people's, into the store. What is stored already is passed over.

    Example: python -m events import acled-2024.csv --store news.sqlite
    """
    from events.importing.files import read_events  # shapely takes a moment to load: --help does without it

    missing = next((path for path in files if not path.exists()), None)
    if missing:
        raise typer.BadParameter(f"{missing} is not there", param_hint="FILE")
    problems: list[Problem] = []
    try:
        gazetteer, kept = Gazetteer.open(), Store.open(store)
        try:
            for path in files:
                found = read_events(path, gazetteer)
                problems += found.problems
                if found.records:
                    messages.print(_told(path, found, *_take_in(found.records, kept, str(path), problems)))
        finally:
            kept.close()
    except (DatelineError, GazetteerError) as error:
        messages.print(str(error))
        raise typer.Exit(2) from error
    for problem in problems:
        messages.print(
            f"{problem.file}:{problem.line}: {problem.reason}" if problem.line else f"{problem.file}: {problem.reason}"
        )
    if problems:
        raise typer.Exit(1)


def _take_in(records: Sequence[Record], kept: Store, name: str, problems: list[Problem]) -> tuple[int, int]:
    """Store what the store lacks. Returns how many events were taken in and how many were known."""
    taken = known = 0
    with Progress(console=messages, transient=True, disable=not messages.is_terminal) as progress:
        for record in progress.track(records, description="Taking in"):
            if kept.add(record.story, record.events):
                taken += len(record.events)
                continue
            known += len(record.events)
            before = kept.story(record.story.id)
            if ":" in record.story.id and before and not same_words(before, record.story):
                said = f"{record.story.id} was changed at its source since it was taken in: the store keeps what it has"
                problems.append(Problem(name, None, said))
    return taken, known


def _told(path: Path, found: Imported, taken: int, known: int) -> str:
    unplaced = sum(event.place is None for event in found.events)
    also = f", {known} known already" if known else ""
    return f"{path}: {found.kind}, {taken} events taken in{also}; {unplaced} of its events have no place."
