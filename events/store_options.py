"""The option --store of the commands, and what it names: a store that is there, where a command only looks.

For every command that opens a store.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from events.model import StoreError
from events.store import default_url
from events.store.archive.dataset import is_archive

SQLITE = "sqlite:///"

StoreUrl = Annotated[
    str | None,
    typer.Option(
        "--store", metavar="URL", help="A file or an SQLAlchemy URL; else DATELINE_STORE, else your data folder."
    ),
]
AnyStore = Annotated[
    str | None,
    typer.Option(
        "--store", metavar="URL",
        help="A file, an SQLAlchemy URL or the folder of a dataset; else DATELINE_STORE, else your data folder.",
    ),
]  # fmt: skip


def name_of_what_is_there(store: str | None) -> str:
    """The file, folder or URL of a store; None: the usual one. Raises StoreError for a file that is not there.

    A mistyped name must not give an empty view of a store that was just made. Whether a server is there shows when it is
    asked.

    >>> name_of_what_is_there("sqlite:///nowhere/news.sqlite")
    Traceback (most recent call last):
    events.model.StoreError: there is no store at nowhere/news.sqlite: python -m events ingest makes one
    """
    name = store or default_url()
    path = name.removeprefix(SQLITE)
    is_address = "://" in path or path.startswith("file:")  # SQLite's own, which may say how the file is opened
    if not is_address and not Path(path).expanduser().is_file() and not is_archive(path):
        raise StoreError(f"there is no store at {path}: python -m events ingest makes one")
    return name
