"""Puts a copy of a store's file in the store's place, where the copy is sound.

For the store.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from events.model import StoreError
from events.store.database.file_copies import copy_file, free_name
from events.store.database.schema import SCHEMA_VERSION


def restore_file(copy: Path, store: Path) -> Path | None:
    """Put a copy in the store's place, page by page, so that programs that have it open see it at once.

    Returns where the store that was there is kept, None where there was none. Raises StoreError where the copy is no
    sound store.
    """
    _refuse_unsound(copy)
    kept = None
    if store.exists():
        kept = free_name(store, "before-restore")
        copy_file(store, kept)
    store.parent.mkdir(parents=True, exist_ok=True)
    try:
        with closing(sqlite3.connect(copy)) as old, closing(sqlite3.connect(store, timeout=10)) as new:
            old.backup(new)
    except sqlite3.Error as error:
        raise StoreError(f"{copy} can't be restored to {store}: {error}") from error
    return kept


def _refuse_unsound(copy: Path) -> None:
    if not copy.is_file():
        raise StoreError(f"{copy} is not there")
    try:
        with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchone()[0]
            schema = connection.execute("SELECT value FROM facts WHERE key = 'schema'").fetchone()[0]
    except (sqlite3.Error, TypeError) as error:
        raise StoreError(f"{copy} is no store of Dateline: {error}") from error
    if sound != "ok":
        raise StoreError(f"{copy} is damaged: {sound}")
    if schema > SCHEMA_VERSION:
        raise StoreError(
            f"{copy} has schema {schema}, this program reads {SCHEMA_VERSION}: use the program that wrote it"
        )
