"""The tables of the store.

For the rooms of events.store.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, Float, ForeignKey, Integer, MetaData, String, Table, Text

SCHEMA_VERSION = 1

metadata = MetaData()
facts = Table("facts", metadata, Column("key", String, primary_key=True), Column("value", Integer, nullable=False))
stories = Table(
    "stories", metadata,
    Column("id", String, primary_key=True),
    Column("published", Date),
    Column("source", Text),
    Column("record", Text, nullable=False),
)  # fmt: skip
events = Table(
    "events", metadata,
    Column("id", String, primary_key=True),
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("type", String, nullable=False),
    Column("status", String, nullable=False),
    Column("start", Date, index=True),
    Column("end", Date),
    Column("lat", Float),
    Column("lon", Float),
    Column("record", Text, nullable=False),
)  # fmt: skip
evidence = Table(
    "evidence", metadata,
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("part", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
)  # fmt: skip
