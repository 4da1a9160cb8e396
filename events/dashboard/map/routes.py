"""The map's own way to the server: what lies in sight, asked for when the map is moved.

For app.py. It stands beside Streamlit's routes and is guarded as the page is: it answers only where the page is open (a pass
that the page's own connection brought), under the name by which the page is served, to no other site's script. What it
gives are numbers, ids of events, outlines of places and a viewer's own shapes, never a word of a story. The map's line alone
carries words: what the page's own connection brings the same map a little later.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket
from streamlit import config

from events.dashboard.access.gate import REFUSED_CODE, holder_of
from events.dashboard.access.listening import is_insecure_said
from events.dashboard.access.rules import rules
from events.dashboard.map.crowds import PASSES, Answer, Pass, grounds
from events.dashboard.map.map_files import MEDIA_TYPES, map_file
from events.dashboard.map.map_line import LINES
from events.dashboard.map.overlays import shapes_of
from events.dashboard.map.viewports import viewport

MOST_PLACES = 300  # outlines that are asked for at a time
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
KEPT = "private, max-age=31536000, immutable"
SAME_SITE = {None, "same-origin", "none"}
THIS_MACHINE = {"127.0.0.1", "localhost", "::1"}  # a page served to it alone is reached by no other name


def routes() -> list[BaseRoute]:
    """The routes, under the page's own base path."""
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    under = f"/{base}/dateline" if base else "/dateline"
    answers = {"sight": _sight, "grounds": _grounds, "overlay": _overlay} | dict.fromkeys(MEDIA_TYPES, _file)
    asked = [Route(f"{under}/{name}", answer) for name, answer in answers.items()]
    return [*asked, WebSocketRoute(f"{under}/line", _line)]


async def _sight(request: Request) -> Response:
    """What is in the viewport that the map names."""
    port = viewport(request.query_params)
    return await _answer(request, (lambda leave: leave.look(port)) if port else None)


async def _grounds(request: Request) -> Response:
    """The outlines of places, by their numbers."""
    places = place_numbers(request.query_params.get("places", ""))
    return await _answer(request, (lambda leave: grounds(leave.view, leave.gazetteer, places)) if places else None)


async def _overlay(request: Request) -> Response:
    """The shapes of a viewer's own layer, by its key, which nobody else has."""
    if not is_from_page(request.headers):
        return Response("not from the page", 403, HEADERS)
    shapes = shapes_of(request.query_params.get("key", ""))
    return JSONResponse(shapes, headers=HEADERS) if shapes else Response("no such layer", 404, HEADERS)


async def _file(request: Request) -> Response:
    """A file of the map's, which is the same for everybody; kept by the browser where its address names its content."""
    name = request.url.path.rpartition("/")[2]
    try:
        found = await run_in_threadpool(map_file, name)
    except OSError:
        return Response("not set up", 404, HEADERS)
    named = request.query_params.get("v") == found.version
    headers = HEADERS | {"Vary": "Accept-Encoding"} | ({"Cache-Control": KEPT} if named else {})
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(found.content, headers=headers, media_type=MEDIA_TYPES[name])
    return Response(found.packed, headers=headers | {"Content-Encoding": "gzip"}, media_type=MEDIA_TYPES[name])


async def _line(socket: WebSocket) -> None:
    """The line of one map, by its key, which no other has."""
    line = LINES.get(socket.query_params.get("key", ""), holder_of(socket.scope))
    if line is None or not is_from_page(socket.headers):
        await socket.close(REFUSED_CODE)
        return
    await line.serve(socket)


async def _answer(request: Request, ask: Callable[[Pass], Answer] | None) -> Response:
    if not is_from_page(request.headers):
        return Response("not from the page", 403, HEADERS)
    leave = PASSES.get(request.query_params.get("pass", ""), holder_of(request.scope))
    if leave is None:
        return Response("no such pass", 403, HEADERS)
    if ask is None:
        return Response("not understood", 400, HEADERS)
    return JSONResponse(await run_in_threadpool(ask, leave), headers=HEADERS)


def is_from_page(headers: Mapping[str, str]) -> bool:
    """Whether a request names the page's own host and comes from the page itself, as far as a browser says.

    >>> is_from_page({"host": "127.0.0.1:8501", "sec-fetch-site": "same-origin"})
    True
    >>> is_from_page({"host": "127.0.0.1:8501", "sec-fetch-site": "cross-site"})
    False
    """
    if headers.get("sec-fetch-site") not in SAME_SITE:
        return False
    host, origin = headers.get("host", ""), headers.get("origin")
    if origin and urlsplit(origin).netloc != host:
        return False
    if rules() is not None or is_insecure_said():
        return True  # it may stand behind a proxy under any name: the gate knows who asks
    served_at = config.get_option("server.address")
    return served_at not in THIS_MACHINE or urlsplit(f"//{host}").hostname in THIS_MACHINE


def place_numbers(text: str) -> list[int]:
    """The numbers of places in a parameter, at most 300 of them; none where it holds anything else.

    >>> place_numbers("3,17"), place_numbers("3,x")
    ([3, 17], [])
    """
    parts = text.split(",")[:MOST_PLACES]
    understood = all(part.isascii() and part.isdigit() and len(part) < 9 for part in parts)
    return [int(part) for part in parts] if understood else []
