"""The command `audit`: who did what to a store and when, for people in a terminal and for scripts.

Lines go to standard output, the newest last, with nothing in them that a terminal would obey; --json gives JSON Lines.
Exit status: 0 all well, 2 bad use.
"""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import Annotated

import typer

from events.store import Store
from events.store.changes.audit import Act
from events.store.database.rows import moment_of
from events.store_options import StoreUrl, name_of_what_is_there
from events.terminal import Messages, json_line, on_a_terminal, told_as_bad_use

Where = Annotated[
    str | None,
    typer.Argument(metavar="STORE", help="A file or an SQLAlchemy URL; else DATELINE_STORE, else your data folder."),
]
Since = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        metavar="YYYY-MM-DD[THH:MM]",
        help="Only what was done from this moment on (UTC).",
    ),
]
Who = Annotated[str, typer.Option("--who", metavar="NAME", help="Only what somebody did whose name has these letters.")]
Json = Annotated[bool, typer.Option("--json", help="JSON Lines.")]
messages = Messages()


def audit(
    where: Where = None, store: StoreUrl = None, since: Since = None, who: Who = "", as_json: Json = False
) -> None:
    """Who did what and when: stories added, corrections, merges, splits, undos, new versions, imports, restores; feeds added,
    paused, resumed, taken off, asked.

    Example: python -m events audit news.sqlite --since 2025-03-01
    """
    with told_as_bad_use(messages), closing(Store.open(name_of_what_is_there(where or store))) as kept:
        found = kept.acts(since.replace(tzinfo=UTC) if since else None)
    for act in reversed(found):
        if who.casefold() in act.who.casefold():
            typer.echo(json_line(row_of(act)) if as_json else on_a_terminal(line_of(act)))


def line_of(act: Act) -> str:
    """An act as a line.

    >>> line_of(Act(datetime(2025, 3, 1, 9, 30, tzinfo=UTC), "Ada", "story added", "Quake in Goma", "s1", "page", "", None))
    '2025-03-01 09:30:00  Ada  story added (page): Quake in Goma'
    """
    way = f" ({act.way})" if act.way else ""
    number = f" [{act.number}]" if act.number is not None else ""
    why = f" — {act.why}" if act.why else ""
    about = f": {act.about or act.story_id}" if act.about or act.story_id else ""
    return f"{act.at:%Y-%m-%d %H:%M:%S}  {act.who}  {act.what}{way}{number}{about}{why}"


def row_of(act: Act) -> dict[str, str | int | None]:
    """An act as a row of JSON."""
    return {
        "at": moment_of(act.at), "who": act.who, "what": act.what, "about": act.about,
        "story": act.story_id, "way": act.way, "why": act.why, "number": act.number,
    }  # fmt: skip
