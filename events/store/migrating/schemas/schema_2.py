"""Schema 2: reports are linked when they come in, and people's corrections are kept.

Schema 1 linked whenever it was read: all that it has is taken in as today.
"""

from alembic import op
from pydantic import ValidationError
from sqlalchemy import insert, inspect, text
from sqlalchemy.engine import Connection

from events.model import Event, StoreError, Story
from events.store import keeping
from events.store.database.schema import facts
from events.store.migrating.structure import complete

revision = "2"
down_revision = "1"

_FORMER = ("evidence", "events", "stories")


def upgrade() -> None:
    """Take in the stories and events of the former tables, and drop these."""
    connection = op.get_bind()
    for name in _FORMER:
        op.rename_table(name, f"former_{name}")
    for index in inspect(connection).get_indexes("former_events"):
        op.drop_index(index["name"] or "", table_name="former_events")
    complete(connection)
    connection.execute(insert(facts), {"key": "documents", "value": 0})
    for story_id, record in connection.execute(text("SELECT id, record FROM former_stories ORDER BY rowid")).all():
        _take_in(connection, story_id, record)
    for name in _FORMER:
        op.drop_table(f"former_{name}")


def _take_in(connection: Connection, story_id: str, record: str) -> None:
    events = text("SELECT record FROM former_events WHERE story_id = :story ORDER BY rowid")
    rows = connection.execute(events, {"story": story_id}).scalars()
    try:
        story, found = Story.model_validate_json(record), [Event.model_validate_json(row) for row in rows]
    except ValidationError as error:
        raise StoreError(
            f"story {story_id} of the store of schema 1 can't be read: {error.errors()[0]['msg']}"
        ) from error
    keeping.insert_story(connection, story, found)
