"""What a story that is read is to a store: new, another version of one, known, or in conflict with one.

For the store.
"""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection, Row

from events.model import Story
from events.store.database.rows import content_of
from events.store.database.schema import readings, stories

Standing = Literal["new", "version", "known", "conflict"]
_CONTENTS = select(readings.c.content).where(
    readings.c.id == bindparam("id")
)  # asked for every story, and so written once
_AT = select(stories).where(stories.c.url == bindparam("url")).order_by(stories.c.number)


def standing_of(connection: Connection, story: Story) -> tuple[Standing, Row[tuple[object, ...]] | None]:
    """What a story is to the store, and the story's row that it is another version of."""
    content = content_of(story)
    read = connection.scalars(_CONTENTS, {"id": story.id}).all()
    if content in read:
        return "known", None
    by_id, by_url = known_as(connection, story.id) if read else None, _at(connection, story)
    if by_id is not None and (by_url is None or by_url.id != by_id.id):
        return "conflict", None
    if by_url is None:
        return "new", None
    same = select(readings.c.id).where(readings.c.story_id == by_url.id, readings.c.content == content)
    return ("known", None) if connection.scalar(same) is not None else ("version", by_url)


def known_as(connection: Connection, story_id: str) -> Row[tuple[object, ...]] | None:
    """The row of the story that was read under this id; None where there is none."""
    kept = select(readings.c.story_id).where(readings.c.id == story_id)
    return connection.execute(select(stories).where(stories.c.id.in_(kept))).first()


def _at(connection: Connection, story: Story) -> Row[tuple[object, ...]] | None:
    """The story of the same address; an outlet's front page is no article's address."""
    if not story.url or not urlsplit(story.url).path.strip("/"):
        return None
    return connection.execute(_AT, {"url": story.url}).first()
