"""Who did what to a store and when: stories that came in, what the history of changes holds, and what was done to the list of
feeds, as one list.

For the store, the command `audit` and the page. A correction, its undo and a new version write their rows themselves
(events.store.changes.reviewing, events.store.keeping), and so does the list of feeds (events.store.changes.feed_changes);
here is what notes that a story came in, and what reads all of them.
"""

from __future__ import annotations

import getpass
import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Select, func, insert, literal, null, select, union_all
from sqlalchemy.engine import Connection, Row

from events.corrections.values import Correction
from events.store.changes.feed_changes import FeedChange, noted
from events.store.database.rows import moment_of, now
from events.store.database.schema import changes, intakes, stories

UNNAMED = "dateline"  # what the program does where nobody stands behind it
DEEDS: Mapping[str, str] = {  # by a correction's kind
    "accept": "event accepted", "reject": "event rejected", "place": "place corrected", "when": "date corrected",
    "type": "type corrected", "status": "status corrected", "label": "label corrected", "actors": "actors corrected",
    "merge": "events merged", "split": "event split", "add": "missed event added",
}  # fmt: skip
TOLD: Mapping[str, str] = {  # by a change's action
    "add": "story added", "version": "new version of a story", "extract anew": "story extracted anew",
    "migrate": "store brought up to date", "restore": "store restored",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that somebody did. at: UTC.

    what: in words, as "place corrected" or "story added"; about: the event or the story in words, or the address of a feed;
    way: on which a story or a feed came in ("page", "import", ...), else what the change notes of itself; why: as they said;
    number: the correction's or the change's, None for a story that came in and for a feed.
    """

    at: datetime
    who: str
    what: str
    about: str
    story_id: str | None
    way: str
    why: str
    number: int | None


def operator() -> str:
    """Who runs this program, by the name of their account; "dateline" where the account has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return UNNAMED


def note_intake(connection: Connection, story_id: str, who: str, way: str) -> None:
    """Take down that a story came in, within the caller's transaction. way: "page", "ingest", "watch", "import", ..."""
    connection.execute(insert(intakes), {"at": now(), "who": who, "way": way, "story_id": story_id})


def acts(connection: Connection, since: datetime | None = None, limit: int | None = None) -> Iterator[Act]:
    """What was done since a moment (UTC; None: ever), the newest first. limit: at most so many."""
    first = moment_of(since) if since else ""
    of_stories = (_act(row) for row in connection.execute(_query(first, limit)))
    of_feeds = (_act_of_feed(change) for change in noted(connection, first, limit))
    return islice(heapq.merge(of_stories, of_feeds, key=lambda act: act.at, reverse=True), limit)


def _query(since: str, limit: int | None) -> Select[Any]:
    """Both tables of stories as one, by time and then by number."""
    changed = select(
        changes.c.at, changes.c.id, changes.c.action, changes.c.who, changes.c.why,
        changes.c.story_id, changes.c.kind, changes.c.undoes, changes.c.detail,
    )  # fmt: skip
    came = select(
        intakes.c.at, intakes.c.id, literal("add"), intakes.c.who, literal(""),
        intakes.c.story_id, literal(""), null(), intakes.c.way,
    )  # fmt: skip
    both = union_all(changed, came).subquery()
    title = select(stories.c.title).where(stories.c.id == both.c.story_id).scalar_subquery()
    query = select(both, func.coalesce(title, "").label("title"))
    if since:
        query = query.where(both.c.at >= since)
    return query.order_by(both.c.at.desc(), (both.c.action == "add").asc(), both.c.id.desc()).limit(limit)


def _act(row: Row[Any]) -> Act:
    correction = Correction.model_validate_json(row.detail) if row.action == "correct" else None
    return Act(
        at=datetime.fromisoformat(row.at),
        who=row.who,
        what=said(row.action, row.kind, row.undoes),
        about=correction.reports[0].what if correction else row.title,
        story_id=row.story_id,
        way="" if correction else row.detail,
        why=row.why,
        number=None if row.action == "add" else row.id,
    )


def _act_of_feed(change: FeedChange) -> Act:
    return Act(change.at, change.who, change.what, change.address, None, change.way, "", None)


def said(action: str, kind: str, undoes: int | None) -> str:
    """What was done, in words.

    >>> said("correct", "place", None), said("correct", "merge", None), said("undo", "", 7), said("restore", "", None)
    ('place corrected', 'events merged', 'correction 7 undone', 'store restored')
    """
    if action == "correct":
        return DEEDS.get(kind, kind)
    return f"correction {undoes} undone" if undoes is not None else TOLD.get(action, action)
