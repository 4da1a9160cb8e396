"""Copies of a store's file, made by SQLite while others read and write.

For the store, its migration and the command line. A copy is written under another name and renamed when it is whole, so
a copy that is there is a whole one.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from events.model import StoreError
from events.store.database.schema import SCHEMA_VERSION

PAGES_AT_ONCE = 2000


def copy_file(source: Path, target: Path) -> None:
    """Copy a store into a new file. Raises StoreError where the file is there already, OSError where it can't be made."""
    if target.exists():
        raise StoreError(f"{target} is there already: name another file")
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f"{target.name}.", suffix=".part", dir=target.parent)
    os.close(handle)
    part = Path(name)
    try:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(part)) as new:
            old.backup(new, pages=PAGES_AT_ONCE)
        part.replace(target)
    except sqlite3.Error as error:
        raise StoreError(f"{source} can't be copied to {target}: {error}") from error
    finally:
        part.unlink(missing_ok=True)


def free_name(path: Path, ending: str) -> Path:
    """The path with an ending, and a number where that is taken.

    >>> free_name(Path("nowhere/news.sqlite"), "schema-1").name
    'news.sqlite.schema-1'
    """
    name, number = path.with_name(f"{path.name}.{ending}"), 2
    while name.exists():
        name, number = path.with_name(f"{path.name}.{ending}-{number}"), number + 1
    return name


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
