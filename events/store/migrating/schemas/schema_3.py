"""Schema 3: copies of one wire story are told from stories of their own."""

from alembic import op
from pydantic import ValidationError
from sqlalchemy import insert, inspect, select
from sqlalchemy.engine import Connection

from events.model import Event, StoreError, Story
from events.preparing import band_keys, echo_key
from events.store import keeping
from events.store.database.schema import bands, echoes, events, families, records, stories
from events.store.grouping.families import event_ids, family_of, note_bands, settle
from events.store.migrating.structure import complete

revision = "3"
down_revision = "2"


def upgrade() -> None:
    """Find the copies among the stories, and link their events anew."""
    connection = op.get_bind()
    if inspect(connection).has_table(bands.name):
        return  # the step before took all in as today
    complete(connection)
    for row in connection.execute(select(stories.c.id, stories.c.number).order_by(stories.c.number)).all():
        note_bands(connection, row.number, band_keys(_with_echoes(connection, row.id)))
    for story_id in connection.scalars(select(stories.c.id).order_by(stories.c.number)).all():
        settle(connection, story_id)
    for first in connection.scalars(select(families.c.first).distinct().order_by(families.c.first)).all():
        keeping.keep_again(connection, (), event_ids(connection, family_of(connection, first)))


def _with_echoes(connection: Connection, story_id: str) -> Story:
    """Note in which words each event of a story is reported. Returns the story."""
    try:
        story = Story.model_validate_json(
            connection.execute(select(stories.c.record).where(stories.c.id == story_id)).scalar_one()
        )
        query = select(records).join(events, events.c.id == records.c.event_id).where(events.c.story_id == story_id)
        for row in connection.execute(query).all():
            event = Event.model_validate_json(row.shown or row.extracted)
            connection.execute(insert(echoes), {"event_id": event.id, "told": echo_key(event, story)})
    except ValidationError as error:
        raise StoreError(f"story {story_id} of the store can't be read: {error.errors()[0]['msg']}") from error
    return story
