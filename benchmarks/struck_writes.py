"""Writes of a store on PostgreSQL whose statements, or whose end, are struck by an error of the server.

For benchmarks/faults.py and the tests of faults. The error is the server's own, raised by a function in the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from benchmarks.store_acts import ACTS, Desk, content, overheard
from events.model import StoreError

if TYPE_CHECKING:
    from tests.postgresql_server import Server

AT_THE_END = 0  # the number of the statement that ends a transaction
FAULTS = {  # by PostgreSQL's code for it, what must be told
    "53100": "the disk is full",
    "57P01": "the server is being shut down",
    "40001": "another program changed the same",
    "40P01": "another program changed the same",
    "57014": "it took longer than the server allows",
    "55P03": "another program has been writing",
    "58030": "the server can't read or write its disk",
    "53200": "the server has no memory left",
    "25006": "it is read-only",
}
_STRIKING = """
CREATE FUNCTION strike(code text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
  IF code = '57P01' THEN PERFORM pg_terminate_backend(pg_backend_pid()), pg_sleep(5); END IF;
  RAISE EXCEPTION 'struck' USING ERRCODE = code;
END $$;
CREATE TABLE strikes (code text);
CREATE FUNCTION strike_at_the_end() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM strike(NEW.code); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER at_the_end AFTER INSERT ON strikes DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION strike_at_the_end();
"""
Strike = Callable[[Any, bool], None]  # the driver's cursor; whether the transaction is at its end


def by_code(code: str) -> Strike:
    """The server raises the error with this code, at once or when the transaction ends."""

    def strike(cursor: Any, at_the_end: bool) -> None:
        if at_the_end:
            cursor.execute(f"INSERT INTO strikes VALUES ('{code}')")
        else:
            cursor.execute(f"SELECT strike('{code}')")

    return strike


def template(server: Server) -> str:
    """The name of a database that can be copied: a store with two stories, and what lets its statements fail."""
    address = server.database(name="struck")
    desk = Desk(address).filled()
    with desk.engines()[0].begin() as connection:
        connection.exec_driver_sql(_STRIKING)
    desk.close()
    return "struck"


@contextmanager
def struck(desk: Desk, number: int, strike: Strike) -> Iterator[list[str]]:
    """Let a fault strike in place of the statement of this number of a write. Gives a list with the statements so far."""
    seen: list[str] = []

    def execute(connection: Any, cursor: Any, statement: str, *_: object) -> None:
        if connection.get_execution_options().get("writing"):
            seen.append(statement)
            if len(seen) == number:
                strike(cursor, False)

    def commit(connection: Any) -> None:
        if number == AT_THE_END and connection.get_execution_options().get("writing"):
            strike(connection.connection.cursor(), True)

    with overheard(desk.engines(), execute, commit):
        yield seen


def what_went_wrong(desk: Desk, act: str, number: int, strike: Strike, told: str, before: Sequence[str]) -> str:
    """What was not as it must be when a fault struck a write; "" where all was. before: the store's content."""
    url = desk.engines()[0].url.render_as_string(hide_password=False)
    with struck(desk, number, strike):
        try:
            ACTS[act](desk)
        except StoreError as error:
            if told not in str(error):
                return f"it is told {str(error)!r}"
        else:
            return "nothing is told"
    if content(url) != before:
        return "the store is another"
    stories = sum(row.startswith("stories ") for row in before)
    if desk.store.story_count() != stories or f"facts (revision,{desk.store.revision()})" not in before:
        return "the store is read as another"
    return ""


def statements_of(desk: Desk, act: str) -> int:
    """How many statements a write has. It is undone at its end."""
    with struck(desk, AT_THE_END, by_code("53100")) as seen:
        try:
            ACTS[act](desk)
        except StoreError:
            return len(seen)
    raise RuntimeError(f"{act} writes nothing")


def next_try(desk: Desk, act: str, before: Sequence[str]) -> str:
    """What is wrong when the write is tried again, and nothing is in its way; "" where nothing is."""
    ACTS[act](desk)
    if content(desk.engines()[0].url.render_as_string(hide_password=False)) == before:
        return "the next try changes nothing"
    return "; ".join(desk.what_is_wrong())
