"""Dateline: from news stories to events on a map."""

__version__ = "0.1.0"
