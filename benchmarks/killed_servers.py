"""Servers of PostgreSQL that are killed while a store writes, as by `pg_ctl stop -m immediate`, and started again.

For benchmarks/faults.py and the tests of faults.
"""

from __future__ import annotations

import itertools
import random
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from benchmarks.store_acts import ACTS, FIRE, Desk, content, event_of, story
from benchmarks.struck_writes import AT_THE_END, next_try, struck
from events.model import StoreError
from events.store import Store

if TYPE_CHECKING:
    from tests.postgresql_server import Server

LOST_AT_THE_END = "whether it was stored is not known"


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
    threads = [threading.Thread(target=_write, args=(store, numbers, told, ended)) for store in stores]
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


def _write(store: Store, numbers: Iterator[int], told: set[str], ended: threading.Event) -> None:
    """Store one story after the other, each until it is stored. told: the ids of those that are."""
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
