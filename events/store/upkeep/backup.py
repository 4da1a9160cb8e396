"""Puts a copy of a store's file in the store's place, where the copy is sound.

For the store.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from events.model import StoreError
from events.store.database.file_copies import copy_file, free_name
from events.store.database.schema import SCHEMA_VERSION

COUNTED_ON = ("revision", "restored")  # facts by which what somebody remembers of a store is told to be so still


def restore_file(copy: Path, store: Path) -> Path | None:
    """Put a copy in the store's place, page by page, so that programs that have it open see it at once.

    Returns where the store that was there is kept, None where there was none. Raises StoreError where the copy is no
    sound store.
    """
    _refuse_unsound(copy)
    kept, before = None, {}
    if store.exists():
        kept = free_name(store, "before-restore")
        copy_file(store, kept)
        before = _numbers(kept)
    store.parent.mkdir(parents=True, exist_ok=True)
    try:
        with closing(sqlite3.connect(copy)) as old, closing(sqlite3.connect(store, timeout=10)) as new:
            old.backup(new)
            _count_on(new, before)
    except sqlite3.Error as error:
        raise StoreError(f"{copy} can't be restored to {store}: {error}") from error
    return kept


def _numbers(store: Path) -> dict[str, int]:
    """The facts of a store, by name; none of a file that is no store."""
    try:
        with closing(sqlite3.connect(store)) as connection:
            return dict(connection.execute("SELECT key, value FROM facts").fetchall())
    except sqlite3.Error:
        return {}


def _count_on(restored: sqlite3.Connection, before: Mapping[str, int]) -> None:
    """Number the restored store after the one that was there and after the copy."""
    first = "INSERT INTO facts (key, value) VALUES (?, 0) ON CONFLICT (key) DO NOTHING"
    with restored:
        restored.executemany(first, [(key,) for key in COUNTED_ON])
        for key in COUNTED_ON:
            last = before.get(key, 0)
            restored.execute("UPDATE facts SET value = max(value, ?) + 1 WHERE key = ?", (last, key))


def _refuse_unsound(copy: Path) -> None:
    if not copy.is_file():
        raise StoreError(f"{copy} is not there")
    try:
        with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as connection:
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
