"""Keeps stories, their events and what people said of them in a database; one SQLite file by default."""

from events.store.archive_store import ArchiveStore
from events.store.changes.conflicts import ConflictError
from events.store.changes.reviewing import Change
from events.store.database.opening import default_url
from events.store.reading import StoryVersion
from events.store.standing import Standing
from events.store.store import Store

__all__ = ["ArchiveStore", "Change", "ConflictError", "Standing", "Store", "StoryVersion", "default_url"]
