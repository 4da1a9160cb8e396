"""Opening the database: its address, its settings, and what went wrong in words.

For the store. Every write begins with a lock (BEGIN IMMEDIATE in SQLite), so that two writers wait for one another and
never meet half-way; all that is read in one transaction is of one moment.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import platformdirs
from pydantic import ValidationError
from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from events.model import StoreError
from events.store.database import postgresql

_WHEN_A_WRITE_FAILS: list[Callable[[Engine], None]] = []
LONGEST_WAIT = 10  # seconds for another writer
_READ_ONLY = "it is read-only"
_FULL = "the disk is full; nothing of it was stored, and what is stored is safe"
_BUSY = f"another program has been writing for {LONGEST_WAIT} seconds; try again"
_STARTING = "the server is starting or being shut down; try again"
_CROWDED = "the server has too many connections; try again"
_AT_ONCE = "another program changed the same at the same moment; nothing of it was stored, try again"
_LOST = "the connection to the server was lost; nothing of it was stored, try again"
_IN_DOUBT = (
    "the connection to the server was lost at the very end, so whether it was stored is not known; "
    "look before you try again"
)
_ELSEWHERE = "its folder is not there or this user may not write in it, or it is a folder itself"
_RESTORED = "SELECT value FROM facts WHERE key = 'restored'"
ANOTHER = "Name another with --store."  # what a terminal can do about a store that can't be opened
_REASONS = {
    "readonly": _READ_ONLY,
    "is full": _FULL,
    "is locked": _BUSY,
    "QueuePool limit": "too much is asked at once",
    "is starting up": _STARTING,  # who can't connect to PostgreSQL is given no code
    "is shutting down": _STARTING,
    "in recovery mode": _STARTING,
    "too many clients": _CROWDED,
    "is not a database": "it is a file of another kind, no store of Dateline",
    "unable to open database file": _ELSEWHERE,
    "onnection refused": "no server answers there; start it, or look whether the address is right",
    "resolve host": "no server of that name is known; look whether the address is right",
    "authentication failed": "the server does not take this name and password",
    "FATAL: database": "the server has no such database; ask who runs it",
    "FATAL: role": "the server knows no such user; ask who runs it",
}
_REASONS_BY_ERRNO = {
    errno.ENOENT: _ELSEWHERE,
    errno.EEXIST: "what should be its folder is a file",
    errno.ENOTDIR: "what should be its folder is a file",
    errno.EACCES: "this user may not read or write there",
    errno.EPERM: "this user may not read or write there",
    errno.EROFS: _READ_ONLY,
    errno.ENOSPC: _FULL,
}
_REASONS_BY_CODE = {  # of PostgreSQL, whatever the language of its messages
    "25006": _READ_ONLY,
    "25P03": "it stood still for so long that the server ended it; nothing of it was stored, try again",
    "40001": _AT_ONCE,
    "40P01": _AT_ONCE,
    "42501": "this user may not do that with the database; ask who runs it",
    "53100": _FULL,
    "53200": "the server has no memory left; nothing of it was stored, try again",
    "53300": _CROWDED,
    "55P03": _BUSY,
    "57014": "it took longer than the server allows, or somebody ended it; nothing of it was stored, try again",
    "57P01": "the server is being shut down; try again",
    "57P02": "the server is being shut down; try again",
    "57P03": _STARTING,
    "58030": "the server can't read or write its disk; ask who runs it",
}


class _InDoubtError(SQLAlchemyError):
    """The connection was lost after all was said, and before the server said that it is stored."""


def default_url() -> str:
    """Where events are kept when nobody says: DATELINE_STORE, else a file in the user's data folder."""
    named = os.environ.get("DATELINE_STORE")
    return named or str(platformdirs.user_data_path("dateline") / "dateline.sqlite")


def as_url(text: str) -> str:
    """The SQLAlchemy URL of a file path or a URL; the folder of a file is made."""
    if "://" in text:
        return text
    path = Path(text).expanduser()
    path.parent.mkdir(parents=True, exist_ok=True)
    return URL.create("sqlite", database=str(path)).render_as_string()


def engine_of(url: str) -> Engine:
    """An engine whose transactions are the database's own, with a clean wait for other writers.

    Raises StoreError for an address that is none, and for a database that a store can't be kept in.
    """
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise StoreError(f"{url} is no address of a store: a file, or postgresql://user@host/database") from error
    if postgresql.is_postgresql(address):
        return postgresql.make_engine(address, LONGEST_WAIT)
    if address.get_backend_name() != "sqlite":
        raise StoreError(f"a store is a file of SQLite or a database of PostgreSQL, not of {address.drivername}")
    engine = create_engine(address)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin)
    return engine


def shown(url: str) -> str:
    """An address as it may be told: without its password; that of a file as its path.

    >>> shown("postgresql://ada:secret@desk/news"), shown("sqlite:////srv/news.sqlite")
    ('postgresql://ada:***@desk/news', '/srv/news.sqlite')
    """
    try:
        address = make_url(url)
    except ArgumentError:
        return url
    is_file = address.get_backend_name() == "sqlite" and address.database
    return str(address.database) if is_file else address.render_as_string()


def file_of(engine: Engine) -> Path | None:
    """The file of an SQLite store; None for one in memory or on a server."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or name == ":memory:":
        return None
    return Path(name.removeprefix("file:"))


def identity_of(engine: Engine) -> str:
    """What tells a store from every other: the address of its server without a password and the number that the server has
    for the database, or its file with the number that the disk has for it and how often a copy was put in its place; "" for
    a store in memory. Raises SQLAlchemyError and OSError.
    """
    path = file_of(engine)
    if path is None and engine.dialect.name == "sqlite":
        return ""
    with snapshot(engine) as connection:
        if path is None:
            number = connection.exec_driver_sql(postgresql.NUMBER_OF_DATABASE).scalar()
            return f"{engine.url.render_as_string()} {number}"
        restored = connection.exec_driver_sql(_RESTORED).scalar()
    there = path.resolve().stat()
    own = f"{path.resolve()} {there.st_dev} {there.st_ino}"
    return f"{own} {restored}" if restored else own


def when_a_write_fails(act: Callable[[Engine], None]) -> Callable[[Engine], None]:
    """Have something done whenever a transaction that writes has failed, its end included: what it counted on is not so."""
    _WHEN_A_WRITE_FAILS.append(act)
    return act


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that holds the lock from its start: all or nothing."""
    is_ending = False
    try:
        with engine.connect().execution_options(writing=True) as connection, connection.begin():
            yield connection
            is_ending = True
    except BaseException as error:
        for act in _WHEN_A_WRITE_FAILS:
            act(engine)
        if is_ending and _is_lost(error):
            raise _InDoubtError(_IN_DOUBT) from error
        raise


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A transaction in which all is as it was at its start, whoever writes meanwhile."""
    options: dict[str, Any] = postgresql.READING if engine.dialect.name == "postgresql" else {}
    with engine.connect().execution_options(**options) as connection:
        yield connection


@contextmanager
def told(what: str) -> Iterator[None]:
    """What goes wrong in the database is told as a StoreError that begins with `what`."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise StoreError(f"{what}: {reason(error)}") from error
    except ValidationError as error:
        raise StoreError(f"{what}: a record in it is damaged; `python -m events check` says which") from error


def reason(error: Exception) -> str:
    """Why, in words that say what to do where that is known.

    >>> reason(OSError("attempt to write a readonly database"))
    'it is read-only'
    >>> reason(FileExistsError(17, "File exists", "news"))
    'what should be its folder is a file'
    """
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, OSError) and cause.errno:
        return _REASONS_BY_ERRNO.get(cause.errno, cause.strerror or str(cause))
    if words := _REASONS_BY_CODE.get(_code_of(cause)):
        return words
    if _is_lost(error):
        return _LOST
    text = " ".join((_first_words(cause) or str(cause)).split())
    return next((words for sign, words in _REASONS.items() if sign in text), text)


def _code_of(cause: BaseException) -> str:
    """PostgreSQL's code for what went wrong; "" where there is none."""
    return getattr(cause, "sqlstate", None) or ""


def _first_words(cause: BaseException) -> str | None:
    """What PostgreSQL says without the lines on where it happened."""
    return getattr(getattr(cause, "diag", None), "message_primary", None)


def _is_lost(error: BaseException) -> bool:
    """Whether a connection that stood is gone, and the server didn't say why: it was killed, or the way to it is cut."""
    return isinstance(error, DBAPIError) and error.connection_invalidated and not _code_of(error.orig or error)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Readers beside one writer, references that hold, and a wait for another writer."""
    connection.isolation_level = None  # transactions begin where SQLAlchemy says so, with `_begin`
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {LONGEST_WAIT * 1000}")
    try:
        cursor.execute("PRAGMA journal_mode = WAL")
    except Exception as error:  # a store that may only be read is read as it is
        if "readonly" not in str(error):
            raise
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
