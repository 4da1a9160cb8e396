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
import json
import os
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.killed_servers import killed, killed_at_random
from benchmarks.store_acts import ACTS, Desk, content
from benchmarks.struck_writes import AT_THE_END, FAULTS, by_code, next_try, statements_of, template, what_went_wrong

if TYPE_CHECKING:
    from tests.postgresql_server import Server


@dataclass
class Met:
    """How it went: faults that were met, and what was wrong after them."""

    faults: int = 0
    wrong: list[str] = field(default_factory=list)


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


def all_writes(server: Server, every: int, kills: int) -> tuple[Met, Met]:
    """What came of faults at statements, and of kills of the server, in each write."""
    met, dead = Met(), Met()
    template(server)
    for act in ACTS:
        every_statement(server, act, every, met)
        for number in (1, 3, AT_THE_END)[:kills]:
            dead.faults += 1
            if wrong := killed(server, act, number):
                dead.wrong.append(f"{act}, killed at {number}: {wrong}")
    return met, dead


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
    server, begun = Server(), time.monotonic()
    try:
        met, dead = all_writes(server, asked.every, asked.kills)
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
