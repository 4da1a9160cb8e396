"""Keeps stories, their events and what people said of them in a database; one SQLite file by default."""

from events.store.store import Store, default_url

__all__ = ["Store", "default_url"]
