"""Copies of a store's file, made by SQLite while others read and write.

For backups and migrations. A copy is written under another name and renamed when it is whole, so a copy that is there is a
whole one.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from events.model import StoreError

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
