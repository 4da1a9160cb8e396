"""The map's own line from the server: what a run of the page shows is on the map before the page itself has come through.

For the page and its routes. A session's map opens a websocket with a key that no one can guess, which the page's own
connection brought. Over it goes what the map's element is given too, and back comes which picture is painted; a picture that
was overtaken by a newer one is not sent. Before a picture that makes the map look elsewhere it is asked where. Where there
is no line, the element brings the picture as ever.
"""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from contextlib import suppress
from secrets import token_urlsafe
from threading import Condition, Lock
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from events.dashboard.map.viewports import ENDS, viewport
from events.view.clusters import Viewport

MOST_LINES = 500  # maps that can be open at a time; the one that was longest silent does without
LONGEST_WORD = 12  # letters of a picture's number
LONGEST_ANSWER = 160  # letters of a question's number and the five of a viewport


class Line:
    """One map's line. holder: the sign-in that its key was given to, and no other may open it; "" where nobody signs in."""

    def __init__(self, key: str, holder: str = "") -> None:
        self.key, self.holder = key, holder
        self._loop: asyncio.AbstractEventLoop | None = None
        self._due = asyncio.Event()
        self._latest: str | None = None
        self._painted = 0
        self._asked = 0
        self._where: Viewport | None = None
        self._heard = Condition()

    def tell(self, picture: str) -> bool:
        """Send a picture, from any thread. False where the line is not open."""
        loop = self._loop
        if loop is None:
            return False
        self._latest = picture
        try:
            loop.call_soon_threadsafe(self._due.set)
        except RuntimeError:  # the server is about to end
            return False
        return True

    def wait_until_painted(self, number: int, seconds: float) -> bool:
        """Wait until the map has painted this picture or a later one. False where the time ran out."""
        with self._heard:
            return self._heard.wait_for(lambda: self._painted >= number, seconds)

    def where_next(self, extent: Any, seconds: float) -> Viewport | None:
        """What would be in sight of the map if it were shown a crowd of this extent. None where it does not say in time."""
        with self._heard:
            self._asked, self._where = self._asked + 1, None
        if not self.tell(json.dumps({"ask": self._asked, "extent": extent})):
            return None
        with self._heard:
            self._heard.wait_for(lambda: self._where is not None, seconds)
            return self._where

    async def serve(self, socket: WebSocket) -> None:
        """Carry pictures to the browser and its answers back, until it hangs up or another window takes over."""
        await socket.accept()
        self._loop, self._due = asyncio.get_running_loop(), asyncio.Event()
        mine = self._due
        sending = asyncio.create_task(self._send(socket, mine))
        try:
            while (said := await socket.receive())["type"] == "websocket.receive":
                self._hear(said.get("text") or "")
        finally:
            sending.cancel()
            if self._due is mine:
                self._loop = None

    async def _send(self, socket: WebSocket, due: asyncio.Event) -> None:
        while True:
            await due.wait()
            due.clear()
            picture, self._latest = self._latest, None
            if picture is not None:
                with suppress(WebSocketDisconnect):  # it is heard of where the browser's answers are
                    await socket.send_text(picture)

    def _hear(self, word: str) -> None:
        number, _, port = word[:LONGEST_ANSWER].partition(" ")
        if port and number == str(self._asked):
            with self._heard:
                self._where = viewport(dict(zip(ENDS, port.split(" "), strict=False)))
                self._heard.notify_all()
        elif word.isascii() and word.isdigit() and len(word) <= LONGEST_WORD:
            with self._heard:
                self._painted = max(self._painted, int(word))
                self._heard.notify_all()


class Lines:
    """The lines of all maps that are open."""

    def __init__(self) -> None:
        self._lines: OrderedDict[str, Line] = OrderedDict()
        self._lock = Lock()

    def of_map(self, key: str | None, holder: str = "") -> Line:
        """The line of this key; a new one where there is none."""
        with self._lock:
            found = self._lines.get(key) if key else None
            if found is None or found.holder != holder:
                found = Line(token_urlsafe(24), holder)
                self._lines[found.key] = found
            self._lines.move_to_end(found.key)
            while len(self._lines) > MOST_LINES:
                self._lines.popitem(last=False)
        return found

    def get(self, key: str, holder: str = "") -> Line | None:
        """The line of this key, None where none was given out to this sign-in."""
        found = self._lines.get(key)
        return found if found is not None and found.holder == holder else None


LINES = Lines()
