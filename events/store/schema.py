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
    String,
    Table,
    Text,
    event,
    literal_column,
)

SCHEMA_VERSION = 4
LONG_SPAN_DAYS = 3  # most reports tell of days, few of weeks: linking seeks those apart

metadata = MetaData()

# schema, revision, documents (in the tf-idf sense: reports whose words were counted)
facts = Table("facts", metadata, Column("key", String, primary_key=True), Column("value", Integer, nullable=False))

# A story as it is today. number: the order in which stories came in.
stories = Table(
    "stories", metadata,
    Column("id", String, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("url", Text, index=True),
    Column("title", Text, nullable=False),
    Column("published", Date),
    Column("source", Text, index=True),
    Column("version", Integer, nullable=False),
    Column("record", Text, nullable=False),
)  # fmt: skip

# Under which ids, and with which words (a hash), a story was read: what stands here is known.
readings = Table(
    "readings", metadata,
    Column("id", String, primary_key=True),
    Column("content", String, primary_key=True),
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("version", Integer, nullable=False),
)  # fmt: skip

# Versions of stories that were replaced, with the events as extracted then (a JSON list).
past_versions = Table(
    "past_versions", metadata,
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("replaced_at", String, nullable=False),
    Column("record", Text, nullable=False),
    Column("events", Text, nullable=False),
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
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    Column("first", ForeignKey("stories.id", ondelete="CASCADE"), nullable=False, index=True),
)  # fmt: skip

# An event of one story as it stands today, and what linking compares of it. born: the id of the event on the map that
# this report founds or would found alone; seniority: the order in which these ids came up, the eldest of an event's
# reports names it; happening: that of which it is a report, NULL for what a person rejected.
events = Table(
    "events", metadata,
    Column("id", String, primary_key=True),
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("born", String, nullable=False, unique=True),
    Column("seniority", Integer, nullable=False, default=0, index=True),
    Column("happening", String, index=True),
    Column("rejected", Boolean, nullable=False),
    Column("type", String, nullable=False),
    Column("start", Integer),
    Column("end", Integer),
    Column("lat", Float),
    Column("lon", Float),
    Column("radius_km", Float, nullable=False),
    Column("place_id", String),
    Column("source", Text),
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
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("words", Text, nullable=False),
    Column("extracted", Text),
    Column("shown", Text),
)  # fmt: skip

# told: a hash of the words in which an event is reported, alike in all copies of its story.
echoes = Table(
    "echoes", metadata,
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("told", String, nullable=False),
)  # fmt: skip

# An event on the map, joined of its reports, as columns. speaker: the report that speaks for it; record: the joined
# event, NULL where it is the speaker's own. published: the first report's; source: the speaker's. attributes: how sure
# date, type and status are each (events.store.attribute_sureness), NULL where nobody knows. written: the revision that the
# row came with, NULL for one that is older than this column; a row is never changed, only made anew.
happenings = Table(
    "happenings", metadata,
    Column("id", String, primary_key=True),
    Column("speaker", ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("reports", Integer, nullable=False),
    Column("type", String, nullable=False),
    Column("family", String, nullable=False),
    Column("status", String, nullable=False),
    Column("start", Integer, index=True),
    Column("end", Integer),
    Column("lat", Float),
    Column("lon", Float),
    Column("precision", String),
    Column("radius_km", Float),
    Column("country", String),
    Column("place_id", String),
    Column("place_name", Text),
    Column("place_confidence", Float),
    Column("confidence", Float, nullable=False),
    Column("published", Integer),
    Column("source", Text),
    Column("reviewed", Boolean, nullable=False),
    Column("what", Text, nullable=False),
    Column("record", Text),
    Column("attributes", Integer),
    Column("written", Integer, index=True),
)  # fmt: skip

# In how many reports each word stands.
words = Table(
    "words", metadata,
    Column("word", String, primary_key=True),
    Column("documents", Integer, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip

# The audit trail: rows are added and never changed. action: "correct", "undo" (of the row `undoes`), "version",
# "extract anew", "migrate", "restore". kind: a correction's; detail: a correction as JSON, else a word on what was done.
changes = Table(
    "changes", metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("action", String, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("story_id", String),
    Column("kind", String, nullable=False),
    Column("undoes", Integer, unique=True),
    Column("detail", Text, nullable=False),
    sqlite_autoincrement=True,
)  # fmt: skip

# Who brought each story, and on which way: the other half of the audit trail (events.store.audit), never changed either.
# It has no foreign key: that a story came in stays said when it is gone. New after schema 3.
intakes = Table(
    "intakes", metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("who", Text, nullable=False),
    Column("way", Text, nullable=False),
    Column("story_id", String, nullable=False, index=True),
    sqlite_autoincrement=True,
)  # fmt: skip

# Which stories, and which outlet's stories, a correction speaks of.
concerned = Table(
    "concerned", metadata,
    Column("change_id", ForeignKey("changes.id"), primary_key=True),
    Column("story_id", String, primary_key=True),  # "" in the row of an outlet
    Column("outlet", Text, primary_key=True),  # "" in the row of a story
    Index("concerned_story", "story_id"),
    Index("concerned_outlet", "outlet"),
)  # fmt: skip

# Which events a correction took hold of; report: which of its reports, below 0 one of a split's rest.
holds = Table(
    "holds", metadata,
    Column("change_id", ForeignKey("changes.id"), primary_key=True),
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("report", Integer, primary_key=True),
    Index("holds_event", "event_id"),
)  # fmt: skip

for _table in (changes, intakes):
    for _verb in ("UPDATE", "DELETE"):
        event.listen(
            _table,
            "after_create",
            DDL(  # type: ignore[no-untyped-call]
                f"CREATE TRIGGER {_table.name}_never_{_verb.lower()} BEFORE {_verb} ON {_table.name} "
                "BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END"
            ).execute_if(dialect="sqlite"),
        )
