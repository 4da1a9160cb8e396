"""The command `import`: events that come as data into a store.

Messages go to standard error; exit status 1 where something was bad and is named, the rest being taken in.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from events.importing.result import Imported, Record
from events.reading.result import Problem
from events.store import Store
from events.store.changes.audit import operator
from events.store_options import StoreUrl
from events.terminal import Messages, told_as_bad_use
from geodata.gazetteer import Gazetteer

messages = Messages()

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
    with told_as_bad_use(messages):
        gazetteer = Gazetteer.open()
        with closing(Store.open(store)) as kept:
            for path in files:
                found = read_events(path, gazetteer)
                problems += found.problems
                if found.records:
                    messages.print(_told(path, found, *_take_in(found, kept, str(path), problems)))
    for problem in problems:
        messages.print(str(problem))
    if problems:
        raise typer.Exit(1)


def _take_in(found: Imported, kept: Store, name: str, problems: list[Problem]) -> tuple[int, int]:
    """Store what the store lacks. Returns how many events were taken in and how many were not."""
    taken = 0
    with Progress(console=messages, transient=True, disable=not messages.is_terminal) as progress:
        for record in progress.track(found.records, description="Taking in"):
            new, why = _new_to(kept, record, own=found.own)
            if new and kept.add(new.story, new.events, who=operator(), way="import"):
                taken += len(new.events)
            elif why:
                problems.append(Problem(name, None, why))
    return taken, len(found.events) - taken


def _new_to(kept: Store, record: Record, *, own: bool) -> tuple[Record | None, str]:
    """What of a record the store lacks, and why a part of it is refused, if it is.

    No import changes a story that the store has: of our own events only the quotes are known, and a row of a table that
    shares its article with another is no new version of it.
    """
    standing = kept.standing(record.story)
    if own:
        events = tuple(event for event in record.events if kept.event(event.id) is None)
        if kept.has(record.story.id) or not events:
            return None, ""
        if standing != "new":
            return None, f"the store has another text at {record.story.url}: read the events out of that"
        return replace(record, events=events), ""
    if standing == "version":
        record = replace(record, story=record.story.model_copy(update={"url": None}))
    if standing == "conflict":
        return None, f"{record.story.id} was changed at its source since it was taken in: the store keeps what it has"
    return (None, "") if standing == "known" else (record, "")


def _told(path: Path, found: Imported, taken: int, known: int) -> str:
    unplaced = sum(event.place is None for event in found.events)
    also = f", {known} known already" if known else ""
    return f"{path}: {found.kind}, {taken} events taken in{also}; {unplaced} of its events have no place."
