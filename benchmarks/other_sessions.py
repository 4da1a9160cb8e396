"""Other people at the page: plain clients of its connection that change a date every few seconds, as browsers would.

For `benchmarks.million`. Each has a session of its own, asks for a run of the page, and then moves the first day of the filter
again and again; what the server answers is read and thrown away. The work of their browsers is not done here.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from threading import Event as Signal
from threading import Thread

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

THINKING = 4.0  # seconds between two acts of one person, on the average
FIRST_DAY, DAYS = date(2022, 1, 2), 900
LARGEST = 64 * 2**20  # bytes of a message
PATIENCE = 180.0


class Others:
    """So many people. `answers` are seconds: from each act of theirs until the server had sent the map's new picture."""

    def __init__(self, address: str, count: int) -> None:
        self.answers: list[float] = []
        self.here = 0
        self.count = count
        self._address = address.replace("http", "ws", 1) + "/_stcore/stream"
        self._end = Signal()
        self._thread = Thread(target=lambda: asyncio.run(self._all()), name="other sessions", daemon=True)

    def come(self) -> None:
        """Open all sessions, and return when each has the page. Raises RuntimeError where one does not come up."""
        self._thread.start()
        end = time.monotonic() + PATIENCE
        while self.here < self.count:
            if time.monotonic() > end or not self._thread.is_alive():
                raise RuntimeError(f"only {self.here} of {self.count} sessions came up")
            time.sleep(0.1)

    def go(self) -> None:
        """Close all sessions."""
        self._end.set()
        self._thread.join(timeout=PATIENCE)

    async def _all(self) -> None:
        await asyncio.gather(*(self._person(number) for number in range(self.count)))

    async def _person(self, number: int) -> None:
        chance = random.Random(number)
        async with connect(self._address, subprotocols=[Subprotocol("streamlit")], max_size=LARGEST) as connection:
            session = _Session(connection)
            await session.run()
            self.here += 1
            while not self._end.is_set():
                await asyncio.sleep(chance.expovariate(1 / THINKING))
                self.answers.append(await session.run(FIRST_DAY + timedelta(days=chance.randrange(DAYS))))


class _Session:
    """One session: its connection, and what the widget of the first day is called in it."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._day_widget = ""

    async def run(self, day: date | None = None) -> float:
        """Have the page run, with another first day if one is given. Returns the seconds until the map was told."""
        message = BackMsg()
        message.rerun_script.query_string = ""
        if day:
            widget = message.rerun_script.widget_states.widgets.add()
            widget.id = self._day_widget
            widget.string_array_value.data.append(f"{day:%Y/%m/%d}")
        begun = time.monotonic()
        await self._connection.send(message.SerializeToString())
        return await self._read() - begun

    async def _read(self) -> float:
        """Read until the run is over. Returns when the map was told."""
        told = 0.0
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(_bytes(await self._connection.recv()))
            if answer.WhichOneof("type") == "script_finished":
                return told or time.monotonic()
            element = answer.delta.new_element
            if element.WhichOneof("type") == "component_instance":
                told = time.monotonic()
            if element.date_input.id.endswith("-start"):
                self._day_widget = element.date_input.id


@contextmanager
def others(address: str, count: int) -> Iterator[Others]:
    """So many people at the page, as long as the block lasts."""
    people = Others(address, count)
    people.come()
    try:
        yield people
    finally:
        people.go()


def _bytes(message: str | bytes) -> bytes:
    return message.encode() if isinstance(message, str) else message
