"""The tables of the store, schema 4.

For the rooms of events.store. What the page filters by stands in narrow rows (`happenings`), what it shows of one event in
`records`. Days are Python ordinals (`date.toordinal`), so that columns of a million go into arrays as they are.
"""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    event,
    literal_column,
)

from events.store.database.column_types import Key, Words
from events.store.database.guards import never_changed

SCHEMA_VERSION = 4
LONG_SPAN_DAYS = 3  # most reports tell of days, few of weeks: linking seeks those apart

metadata = MetaData()


def _row_of(table: str) -> ForeignKey:
    """A reference to a row by its id; who refers to it goes with it."""
    return ForeignKey(f"{table}.id", ondelete="CASCADE")


# schema, revision, documents (in the tf-idf sense: reports whose words were counted), restored (how often a copy was put in
# the store's place; none before the first time)
facts = Table("facts", metadata, Column("key", Key, primary_key=True), Column("value", Integer, nullable=False))

# Alembic's own: the schema as its steps know it.
revisions = Table(
    "alembic_version", metadata,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)  # fmt: skip

# A story as it is today. number: the order in which stories came in.
stories = Table(
    "stories", metadata,
    Column("id", Key, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("url", Words, index=True),
    Column("title", Words, nullable=False),
    Column("published", Date),
    Column("source", Words, index=True),
    Column("version", Integer, nullable=False),
    Column("record", Words, nullable=False),
)  # fmt: skip

# Under which ids, and with which words (a hash), a story was read: what stands here is known.
readings = Table(
    "readings", metadata,
    Column("id", Key, primary_key=True),
    Column("content", Key, primary_key=True),
    Column("story_id", _row_of("stories"), nullable=False, index=True),
    Column("version", Integer, nullable=False),
)  # fmt: skip

# Versions of stories that were replaced, with the events as extracted then (a JSON list).
past_versions = Table(
    "past_versions", metadata,
    Column("story_id", _row_of("stories"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("replaced_at", Key, nullable=False),
    Column("record", Words, nullable=False),
    Column("events", Words, nullable=False),
)  # fmt: skip

# Under which keys a story meets those that may be copies of one with it (events.reprints); number: that of `stories`.
bands = Table(
    "bands", metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)  # fmt: skip

# Stories that are copies of one, each with the first of them that came in, itself among them; others have no row.
families = Table(
    "families", metadata,
    Column("story_id", _row_of("stories"), primary_key=True),
    Column("first", _row_of("stories"), nullable=False, index=True),
)  # fmt: skip

# An event of one story as it stands today, and what linking compares of it. born: the id of the event on the map that
# this report founds or would found alone; seniority: the order in which these ids came up, the eldest of an event's
# reports names it; happening: that of which it is a report, NULL for what a person rejected.
events = Table(
    "events", metadata,
    Column("id", Key, primary_key=True),
    Column("story_id", _row_of("stories"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("born", Key, nullable=False, unique=True),
    Column("seniority", Integer, nullable=False, default=0, index=True),
    Column("happening", Key, index=True),
    Column("rejected", Boolean, nullable=False),
    Column("type", Key, nullable=False),
    Column("start", Integer),
    Column("end", Integer),
    Column("lat", Float),
    Column("lon", Float),
    Column("radius_km", Float, nullable=False),
    Column("place_id", Key),
    Column("source", Words),
    Column("block", Integer, nullable=False),
    Index("events_by_block", "block", "type", "start", "end"),
    Index("events_by_type", "type", "start", "end"),
)  # fmt: skip
is_long = events.c.end - events.c.start > literal_column(str(LONG_SPAN_DAYS))  # a bound number would pass the index by
Index("events_that_last", events.c.type, events.c.start, sqlite_where=is_long, postgresql_where=is_long)

# words: counted, for linking; extracted: as the extractor gave it, NULL for what a person added or brought back;
# shown: as it stands after what people said, NULL where that is as extracted.
records = Table(
    "records", metadata,
    Column("event_id", _row_of("events"), primary_key=True),
    Column("words", Words, nullable=False),
    Column("extracted", Words),
    Column("shown", Words),
)  # fmt: skip

# told: a hash of the words in which an event is reported, alike in all copies of its story.
echoes = Table(
    "echoes", metadata,
    Column("event_id", _row_of("events"), primary_key=True),
    Column("told", Key, nullable=False),
)  # fmt: skip

# An event on the map, joined of its reports, as columns. speaker: the report that speaks for it; record: the joined
# event, NULL where it is the speaker's own. published: the first report's; source: the speaker's. attributes: how sure
# date, type and status are each (events.attribute_sureness), NULL where nobody knows. written: the revision
# that the row came with, NULL for one that is older than this column; a row is never changed, only made anew.
happenings = Table(
    "happenings", metadata,
    Column("id", Key, primary_key=True),
    Column("speaker", _row_of("events"), nullable=False, index=True),
    Column("reports", Integer, nullable=False),
    Column("type", Key, nullable=False),
    Column("family", Key, nullable=False),
    Column("status", Key, nullable=False),
    Column("start", Integer, index=True),
    Column("end", Integer),
    Column("lat", Float),
    Column("lon", Float),
    Column("precision", Key),
    Column("radius_km", Float),
    Column("country", Key),
    Column("place_id", Key),
    Column("place_name", Words),
    Column("place_confidence", Float),
    Column("confidence", Float, nullable=False),
    Column("published", Integer),
    Column("source", Words),
    Column("reviewed", Boolean, nullable=False),
    Column("what", Words, nullable=False),
    Column("record", Words),
    Column("attributes", Integer),
    Column("written", Integer, index=True),
)  # fmt: skip

# In how many reports each word stands.
words = Table(
    "words", metadata,
    Column("word", Key, primary_key=True),
    Column("documents", Integer, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip

# Actions by which a story's events are made anew.
READ_ANEW = ("version", "extract anew")

# The audit trail: rows are added and never changed. action: "correct", "undo" (of the row `undoes`), "version",
# "extract anew", "migrate", "restore". kind: a correction's; detail: a correction as JSON, else a word on what was done.
changes = Table(
    "changes", metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Key, nullable=False),
    Column("action", Key, nullable=False),
    Column("who", Words, nullable=False),
    Column("why", Words, nullable=False),
    Column("story_id", Key),
    Column("kind", Key, nullable=False),
    Column("undoes", Integer, unique=True),
    Column("detail", Words, nullable=False),
    sqlite_autoincrement=True,
)  # fmt: skip

# Who brought each story, and on which way: the other half of the audit trail (events.store.changes.audit), never changed
# either. It has no foreign key: that a story came in stays said when it is gone. New after schema 3.
intakes = Table(
    "intakes", metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Key, nullable=False),
    Column("who", Words, nullable=False),
    Column("way", Words, nullable=False),
    Column("story_id", Key, nullable=False, index=True),
    sqlite_autoincrement=True,
)  # fmt: skip

# Which stories, and which outlet's stories, a correction speaks of.
concerned = Table(
    "concerned", metadata,
    Column("change_id", ForeignKey("changes.id"), primary_key=True),
    Column("story_id", Key, primary_key=True),  # "" in the row of an outlet
    Column("outlet", Words, primary_key=True),  # "" in the row of a story
    Index("concerned_story", "story_id"),
    Index("concerned_outlet", "outlet"),
)  # fmt: skip

# Which events a correction took hold of; report: which of its reports, below 0 one of a split's rest.
holds = Table(
    "holds", metadata,
    Column("change_id", ForeignKey("changes.id"), primary_key=True),
    Column("event_id", _row_of("events"), primary_key=True),
    Column("report", Integer, primary_key=True),
    Index("holds_event", "event_id"),
)  # fmt: skip


def _also(table: Table, dialect: str, *statements: str) -> None:
    """What one database has beside a table's columns."""
    for statement in statements:
        made = DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
        event.listen(table, "after_create", made)


for _kept in (changes, intakes):
    for _dialect, _statements in never_changed(_kept.name).items():
        _also(_kept, _dialect, *_statements)
# Where PostGIS can look for it: the point that a mark stands at, made by the database of the two columns.
_also(
    happenings, "postgresql",
    "ALTER TABLE happenings ADD COLUMN point geometry(Point, 4326) "
    "GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(lon, lat), 4326)) STORED",
    "CREATE INDEX happenings_by_point ON happenings USING gist (point)",
)  # fmt: skip
