"""What comes of a store on PostgreSQL when a write meets a fault at any of its statements, or the server dies in it.

Ten writes (`benchmarks.store_acts`). Each of their statements, and the end of the transaction, fails in each of the ways
of FAULTS: the error is the server's own, raised by a function in the database. Then the server is killed (as by
`pg_ctl stop -m immediate`) at statements of each write and started again; and, with two writers at work, at random
moments. Each time: it is told and why, the store is to the row what it was and sound, and the next try succeeds, through
the connections that the program has. A story that was said to be stored is there after every kill.

Run: python -m benchmarks.faults [--every 1] [--kills 3] [--random-kills 10] [--seed 1]; the server is the tests' own.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from benchmarks.store_acts import ACTS, FIRE, Desk, content, event_of, overheard, story
from events.model import StoreError
from events.store import Store

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
LOST_AT_THE_END = "whether it was stored is not known"
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


@dataclass
class Met:
    """How it went: faults that were met, and what was wrong after them."""

    faults: int = 0
    wrong: list[str] = field(default_factory=list)


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


def every_statement(server: Server, act: str, every: int, met: Met) -> None:
    """Each fault at each `every`-th statement of a write, and at its end."""
    address = server.database(template="struck")
    desk, before = Desk(address), content(address)
    count = statements_of(desk, act)
    for code, told in FAULTS.items():
        for number in (AT_THE_END, *range(1, count + 1, every)):
            met.faults += 1
            if wrong := what_went_wrong(desk, act, number, by_code(code), told, before):
                met.wrong.append(f"{act}, {code} at {number} of {count}: {wrong}")
    if wrong := next_try(desk, act, before):
        met.wrong.append(f"{act}: {wrong}")
    desk.close()
    server.drop(address)


def killed(server: Server, act: str, number: int) -> str:
    """What is wrong after a server that is killed in place of a statement of a write and started again."""
    address = server.database(template="struck")
    desk, before = Desk(address), content(address)
    server.checkpoint()
    wrong = []
    with struck(desk, number, lambda _cursor, _at_the_end: server.kill()):
        try:
            ACTS[act](desk)
            wrong.append("nothing is told")
        except StoreError as error:
            if (LOST_AT_THE_END if number == AT_THE_END else "was lost; nothing of it was stored") not in str(error):
                wrong.append(f"it is told {str(error)!r}")
    server.start()
    if content(address) != before:
        wrong.append("the store is another")
    wrong.append(next_try(desk, act, before))
    desk.close()
    server.drop(address)
    return "; ".join(filter(None, wrong))


def killed_at_random(server: Server, kills: int, chance: random.Random) -> list[str]:
    """What is wrong after servers that are killed at random moments while two write. All said to be stored must be there."""
    address = server.database(template="struck")
    server.keep_what_was_said(address)
    stores, told, numbers = [Store.open(address), Store.open(address)], set[str](), itertools.count(100)
    wrong: list[str] = []
    ended = threading.Event()

    def write(store: Store) -> None:
        while not ended.is_set():
            one = story(next(numbers))
            while not ended.is_set():
                try:
                    store.add(one, [event_of(one, FIRE)])
                except StoreError:
                    time.sleep(0.05)  # and the same once more
                else:
                    told.add(one.id)
                    break

    threads = [threading.Thread(target=write, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for _ in range(kills):
        time.sleep(chance.uniform(0.2, 1.0))
        server.kill()
        server.start()
        desk = Desk(address)
        kept = set(desk.store.story_ids())
        wrong += [f"{lost} is lost" for lost in told.copy() - kept - set(desk.store.story_ids())]
        wrong += desk.what_is_wrong()
        desk.close()
    ended.set()
    for thread in threads:
        thread.join()
    for store in stores:
        store.close()
    print(f"{len(told)} stories were stored between {kills} kills at random")
    return wrong


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what came of it as JSON; 1 where something was wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--every", type=int, default=1, help="each of how many statements fails")
    parser.add_argument(
        "--kills", type=int, default=3, help="of the server in each write, at its start, middle and end"
    )
    parser.add_argument("--random-kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    from tests.postgresql_server import Server, why_not

    if reason := why_not():
        print(f"left out: {reason}", file=sys.stderr)
        return 0
    server, begun, met, dead = Server(), time.monotonic(), Met(), Met()
    try:
        template(server)
        for act in ACTS:
            every_statement(server, act, asked.every, met)
            for number in (1, 3, AT_THE_END)[: asked.kills]:
                dead.faults += 1
                if wrong := killed(server, act, number):
                    dead.wrong.append(f"{act}, killed at {number}: {wrong}")
        dead.faults += asked.random_kills
        dead.wrong += killed_at_random(server, asked.random_kills, random.Random(asked.seed))
    finally:
        server.end()
    for name, one in (("statements", met), ("server killed", dead)):
        print(json.dumps({"faults of": name, "met": one.faults, "wrong": len(one.wrong), "first": one.wrong[:20]}))
    print(f"{time.monotonic() - begun:.0f} s; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return 1 if met.wrong or dead.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
