"""A store as the first version of Dateline made it, for what migrates it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from benchmarks.invented_stories import Told

VERSION_1 = """
CREATE TABLE facts (key VARCHAR NOT NULL PRIMARY KEY, value INTEGER NOT NULL);
CREATE TABLE stories (id VARCHAR NOT NULL PRIMARY KEY, published DATE, source TEXT, record TEXT NOT NULL);
CREATE TABLE events (id VARCHAR NOT NULL PRIMARY KEY, story_id VARCHAR NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
  type VARCHAR NOT NULL, status VARCHAR NOT NULL, start DATE, "end" DATE, lat FLOAT, lon FLOAT, record TEXT NOT NULL);
CREATE INDEX ix_events_story_id ON events (story_id);
CREATE INDEX ix_events_start ON events (start);
CREATE TABLE evidence (event_id VARCHAR NOT NULL REFERENCES events (id) ON DELETE CASCADE, position INTEGER NOT NULL,
  part VARCHAR NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY (event_id, position));
INSERT INTO facts VALUES ('schema', 1), ('revision', 0);
"""


def version_1_file(path: Path, told: Sequence[Told]) -> None:
    """A store of schema 1, made with plain SQL."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(VERSION_1)
        for story, events in told:
            row = (story.id, story.published and story.published.isoformat(), story.source, story.model_dump_json())
            connection.execute("INSERT INTO stories VALUES (?, ?, ?, ?)", row)
            for event in events:
                connection.execute(
                    "INSERT INTO events VALUES (?, ?, ?, ?, NULL, NULL, NULL, NULL, ?)",
                    (event.id, story.id, event.type, event.status, event.model_dump_json()),
                )
        connection.commit()
