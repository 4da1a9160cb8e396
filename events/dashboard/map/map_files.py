"""What the map's frame loads, each file packed once and kept by the browser: its script, the land, the names of places.

For the map, its routes and the page's first answer. An address names the content, so that a browser asks for it once; and the
first answer of the page says which files will be wanted, so that they come while Streamlit's own scripts are still loading.
"""

from __future__ import annotations

import gzip
from functools import cache
from hashlib import sha256
from typing import NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from events.dashboard.access.gate import holder_of, path_of
from events.dashboard.access.rules import rules
from events.dashboard.map.map_script import STATIC, map_script

SCRIPT, LAND, NAMES = "map.js", "land.json", "names.json"
SOURCES = {LAND: STATIC / "base" / "countries-50m.geojson", NAMES: STATIC / "base" / "labels.json"}
MEDIA_TYPES = {SCRIPT: "text/javascript", LAND: "application/geo+json", NAMES: "application/json"}
WANTED = {SCRIPT: "script", LAND: "fetch", NAMES: "fetch"}  # as what, in a browser's words
PACKING = 6  # of gzip's nine: land takes a twentieth of a second


class MapFile(NamedTuple):
    """A file as it is and packed, with a name for its content."""

    content: bytes
    packed: bytes
    version: str


@cache
def map_file(name: str) -> MapFile:
    """The file of this name. Raises OSError where set-up has not fetched what it is made of, KeyError for another name."""
    content = map_script() if name == SCRIPT else SOURCES[name].read_bytes()
    return MapFile(content, gzip.compress(content, PACKING, mtime=0), sha256(content).hexdigest()[:16])


def version(name: str) -> str:
    """A name for a file's content as it is now; "" where it can't be read, which the browser then says."""
    try:
        return map_file(name).version
    except OSError:
        return ""


def address(name: str) -> str:
    """Where a file is, below the page's own base path.

    >>> address(LAND).partition("?")[0]
    'dateline/land.json'
    """
    return f"dateline/{name}?v={version(name)}"


class WantedFiles:
    """ASGI middleware behind the gate: names the map's files in the page's first answer to whom they are open."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or connection."""
        is_page = scope["type"] == "http" and path_of(scope) in {"/", "/index.html"}
        if not is_page or not (rules() is None or holder_of(scope)):
            await self.app(scope, receive, send)
            return

        async def naming(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"link", links().encode("ascii"))]
            await send(message)

        await self.app(scope, receive, naming)


def links() -> str:
    """The files as the value of a Link header. Their addresses are relative to the page's."""
    return ", ".join(f"<{address(name)}>; rel=prefetch; as={kind}" for name, kind in WANTED.items())
